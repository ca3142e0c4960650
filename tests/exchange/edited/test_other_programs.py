"""What another program saved comes back as well: a file that LibreOffice wrote, and LibreOffice itself."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.base.jobs import quiet
from desktop.books.printing import write_books
from desktop.exchange.arrival import Kind, look
from desktop.exchange.edited import Standing, compare, read, take_over
from desktop.exchange.edited.taking_over import certain
from desktop.workspace import Workspace
from desktop.workspace.since import heads
from tests.exchange.edited.test_there_and_back import RICH
from tests.exchange.edited.word import edit, put, rewritten, seen, sent

SAVED = Path(__file__).resolve().parents[2] / "data" / "edited" / "libreoffice.docx"
"""Chapters I.1 to I.3 that went out, were opened by LibreOffice Writer, edited as ODT, and saved as DOCX."""


def test_a_file_that_libreoffice_wrote(workspace: Any, tmp_path: Path) -> None:
    put(workspace, {"I.1": RICH, "I.2": '<p id="z1">Satu kalimat saja.</p>'})
    path = tmp_path / "bab.docx"
    shutil.copyfile(SAVED, path)

    def ours(name: str, data: bytes) -> bytes:
        if name != "docProps/custom.xml":
            return data
        said = re.sub(rb">[0-9a-f]{32}<", f">{workspace.id}<".encode(), data)
        return re.sub(rb">[0-9a-f]{64}<", f">{heads(workspace)[0]}<".encode(), said)

    rewritten(path, ours)
    assert look(path).kind is Kind.EDITED
    found = compare(workspace, read(path))
    assert [(each.place.item, each.standing) for each in found.passages] == [
        ("chapter.I.1", Standing.CHANGED),
        ("chapter.I.2", Standing.CHANGED),
    ]
    assert [[(step.before, step.after) for step in each.steps] for each in found.passages] == [
        [("Warganya 1,1 juta.", "Warganya 1,2 juta.")],
        [("", "Ditambah di LibreOffice.")],
    ]
    assert not found.notes
    take_over(workspace, found, certain(found))
    now = workspace.plan().answer("chapter.I.1").text.values["id"]
    assert now == RICH.replace("Warganya 1,1 juta.", "Warganya 1,2 juta.")


def saved_again(path: Path, out: Path, tool: Callable[[str], str], *kinds: str) -> Path:
    """Opened by LibreOffice and saved, in one form after the other."""
    for number, kind in enumerate(kinds):
        folder = out / str(number)
        subprocess.run(
            [tool("soffice"), "--headless", f"-env:UserInstallation={(out / 'profile').as_uri()}",
             "--convert-to", kind, "--outdir", str(folder), str(path)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
        path = folder / f"{path.stem}.{kind}"
    return path


@pytest.mark.slow
@pytest.mark.parametrize("kinds", [("docx",), ("odt", "docx")])
def test_through_libreoffice(
    workspace: Any, tmp_path: Path, tool: Callable[[str], str], kinds: tuple[str, ...]
) -> None:
    put(workspace, {"I.1": RICH, "I.2": "<p>Satu kalimat saja.</p>"})
    path = sent(workspace, tmp_path / "bab.docx", "I.1", "I.2", "I.3")
    assert seen(workspace, saved_again(path, tmp_path / "sama", tool, *kinds)).is_empty
    edit(path, "Warganya 1,1 juta.", "Warganya 1,2 juta.")
    (passage,) = seen(workspace, saved_again(path, tmp_path / "lain", tool, *kinds)).passages
    assert [step.after for step in passage.steps] == ["Warganya 1,2 juta."]


@pytest.mark.slow
def test_books_of_the_demo_through_libreoffice(
    tmp_path: Path, tool: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every text of every book is known again after LibreOffice saved it, and none seems changed."""
    from desktop.exchange.demo import build_demo

    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home"))
    (tmp_path / "demo").mkdir()
    with Workspace.open(build_demo(quiet, tmp_path / "demo").path, read_only=True) as demo:
        for language in ("id", "en"):
            for made in write_books(quiet, demo.path, tmp_path / language, (language,), formats=("docx",)):
                before = seen(demo, made.path)
                after = seen(demo, saved_again(made.path, tmp_path / language / made.book, tool, "docx"))
                assert (after.passages, after.same, after.notes) == ((), before.same, ())
                assert before.same > 0
