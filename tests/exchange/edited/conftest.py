"""A document and two chapters that went out of it: made once, then copied."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from desktop.guideline import bundled_bytes
from desktop.workspace import Author, Workspace
from tests.exchange.edited.word import put, sent

SARI = Author("Sari", "secretary")
TEXT = """<p id="p1">Satu kalimat. Dua kalimat. Tiga kalimat.</p>
<p id="p2">Lihat <a href="ref:chapter/I.2">bab lain</a> untuk angkanya <fn>BPS, 2025.</fn> yang baru.</p>"""


@pytest.fixture(scope="session")
def gone_out(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An empty document, one with two chapters, and the Word file of these."""
    folder = tmp_path_factory.mktemp("disunting")
    made = SimpleNamespace(
        empty=folder / "kosong.rancang", full=folder / "isi.rancang", word=folder / "bab.docx"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(folder / "home"))
        with Workspace.create(
            made.empty, region="18.07", first_year=2026, last_year=2030,
            pack=bundled_bytes("smart-city-2021"), author=SARI, title={"id": "Masterplan"},
        ):  # fmt: skip
            pass
        shutil.copyfile(made.empty, made.full)
        with Workspace.open(made.full, author=SARI) as workspace:
            put(workspace, {"I.1": TEXT, "I.2": "<p>Yang lain.</p>"})
            sent(workspace, made.word, "I.1", "I.2")
    return made


@pytest.fixture
def workspace(gone_out: Any, tmp_path: Path) -> Iterator[Workspace]:
    """A document in which nothing is written yet."""
    yield from _opened(gone_out.empty, tmp_path)


@pytest.fixture
def written(gone_out: Any, tmp_path: Path) -> Iterator[Workspace]:
    """A document with the two chapters."""
    yield from _opened(gone_out.full, tmp_path)


def _opened(source: Path, folder: Path) -> Iterator[Workspace]:
    path = folder / "daerah.rancang"
    shutil.copyfile(source, path)
    with Workspace.open(path, author=SARI) as workspace:
        yield workspace


@pytest.fixture
def path(gone_out: Any, tmp_path: Path) -> Path:
    """The Word file of the two chapters, to be edited."""
    return Path(shutil.copyfile(gone_out.word, tmp_path / "bab.docx"))
