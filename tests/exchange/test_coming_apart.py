"""Changes files that take all memory, or never end, are a sentence before anything is taken of them."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.base.bounded import Limits, Unfinished
from desktop.base.ids import derived_id
from desktop.base.jobs import quiet
from desktop.exchange import coming_apart, coming_back
from desktop.exchange.changes_file import SUFFIX, send
from desktop.exchange.handing_out import hand_out
from desktop.guideline import write_pack
from desktop.workspace import Author, Workspace, blobs, wire
from desktop.workspace.errors import TooManyChanges
from desktop.workspace.handouts import MadeFor
from tests.effort import effort
from tests.exchange.test_changes_hostile import described, lines, zipped
from tests.workspace.conftest import TINY
from tests.workspace.test_operation import LABEL

ROW = derived_id("answer", "x.y", "", "")


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A workspace, and beside it ``budi.rancang-changes``: one change of what was handed out."""
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "kantor"))
    made = Workspace.create(
        tmp_path / "kota.rancang", region="18.07", first_year=2026, last_year=2030,
        pack=write_pack(TINY), author=Author("Sari"), title={"id": "Rencana"},
    )  # fmt: skip
    with made as hub:
        with hub.operation(LABEL) as op:
            row = op.insert("programme", title={"id": "Sumur"})
        out = hand_out(
            hub, tmp_path / "salinan.rancang", MadeFor(role="agency", person="Budi"), evidence=False
        )
        monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "budi"))
        with Workspace.open(out.path, author=Author("Budi", "agency")) as copy:
            with copy.operation(LABEL) as op:
                op.set("programme", row, code="A-1")
            send(copy, tmp_path / f"budi{SUFFIX}")
        monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "kantor"))
        yield hub


def forged(hub: Workspace, *edits: list[Any]) -> Path:
    """A changes file in which each of these lists of edits rests on the one before."""
    good = hub.path.with_name(f"budi{SUFFIX}")
    with zipfile.ZipFile(good) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    series = lines(members)
    for number, each in enumerate(edits):
        one = json.loads(json.dumps(series[0]))
        one[1], one[2], one[12], one[13] = one[1] + number + 1, one[2] + number + 1, [1], each
        series.append(one)
    members["changes.jsonl"] = "".join(json.dumps(each) + "\n" for each in series).encode()
    path = hub.path.with_name(f"banyak{SUFFIX}")
    path.write_bytes(zipped(described(members)))
    return path


def many_at_once(hub: Workspace, count: int, past: int = 0) -> Path:
    """A list that so many change at once, after so many have changed it one after the other."""
    start = {"scope": "", "item": "x.y", "value": [], "policy": "set", "language": ""}
    one = ["answer", ROW, "U", "value"]
    edits = [[["answer", ROW, "I", "", start, []]]]
    edits += [[[*one, [f"p{n}"], [[1, 0]]]] for n in range(past)]
    return forged(hub, *edits, [[*one, [f"m{n}"], [[1, 0]]] for n in range(count)])


@pytest.mark.slow
def test_a_list_that_thousands_change_at_once_costs_no_more_than_its_size(hub: Workspace) -> None:
    """What all before rest on was gathered anew for each of them: 8,000 took three minutes."""
    path = many_at_once(hub, 2_500)
    assert effort(lambda: hub.preview(path), 900) < 900
    assert hub.preview(path).change_sets == 3


def test_a_difference_unfolds_to_no_more_than_memory_has(
    hub: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten kilobytes told 500 versions of one text of a million letters, each of four bytes: 5.9 GB."""
    monkeypatch.setattr(wire, "MOST_TEXT", 1 << 20)
    text = "\U0001f600" + "a" * 20_000
    row = hub.plan().programmes[0].id
    edits = [[["programme", row, "U", "before:id", text, [[1, 0]]]]]
    edits += [[["programme", row, "U", "before:id", [9_000, 11_000, str(n)], [[1, 0]], 1]] for n in range(20)]
    path = forged(hub, *edits)
    for deed in (coming_back.look, coming_back.take):
        with pytest.raises(TooManyChanges):
            deed(hub, [path])
    monkeypatch.setattr(wire, "MOST_TEXT", 1 << 28)
    assert coming_back.look(hub, [path]).report.change_sets == 22


@pytest.mark.slow
def test_what_does_not_end_is_a_sentence(
    hub: Workspace, monkeypatch: pytest.MonkeyPatch, read_apart: None
) -> None:
    bad = many_at_once(hub, 1_500, 1_500)
    before = hub.path.read_bytes()
    monkeypatch.setattr(coming_apart, "LIMITS", Limits(0.7, 600 << 20))
    with pytest.raises(Unfinished) as error:
        coming_back.take(hub, [bad])
    assert (error.value.why, error.value.message.params["file"]) == ("time", bad.name)
    assert hub.path.read_bytes() == before
    beside = sorted(each.name for each in hub.path.parent.glob("kota*"))
    assert beside == ["kota.rancang", "kota.rancang.lock"], "no journal is left"
    assert coming_back.take(hub, [hub.path.with_name(f"budi{SUFFIX}")]).coming.report.change_sets == 1


def test_of_several_files_the_others_are_taken(hub: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = many_at_once(hub, 1), hub.path.with_name(f"budi{SUFFIX}")
    asked: list[list[str]] = []

    def ask(look: Any, name: str, report: object) -> dict[str, Any]:
        asked.append([path.name for path in look.paths])
        if bad.name in asked[-1] or len(look.paths) > limit:
            raise Unfinished(name, "memory", look.limits)
        return {}

    monkeypatch.setattr(coming_apart, "ask", ask)
    limit = 3
    found = coming_back.look(hub, [bad, good]).report
    assert [each.refused is None for each in found.per_file] == [False, True]
    assert asked == [[bad.name, good.name], [bad.name], [good.name], [good.name]]
    assert coming_back.take(hub, [bad, good]).coming.report.change_sets == 1
    bad, limit = Path(), 1
    with pytest.raises(Unfinished) as error:  # each of them alone, but not both
        coming_back.take(hub, [good, good])
    assert error.value.message.params["file"] == f"{good.name}, {good.name}"


def test_evidence_is_left_where_it_is_until_it_is_taken(
    hub: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it stood in memory at once: a gigabyte of a colleague's PDFs was called made to do harm."""
    with monkeypatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(tmp_path / "budi"))
        with Workspace.open(tmp_path / "salinan.rancang", author=Author("Budi", "agency")) as copy:
            with copy.operation(LABEL) as op:
                op.attach(b"bukti" * 500, name="a.txt", media_type="text/plain")
            sent = send(copy, tmp_path / f"bukti{SUFFIX}", evidence=True)
    kept: list[str] = []
    store = blobs.store
    monkeypatch.setattr(blobs, "store", lambda *about: kept.append(about[2]) or store(*about))
    assert coming_apart.rehearsed(hub, [sent.path], quiet) == {}
    assert kept == []
    assert coming_back.look(hub, [sent.path]).report.files == 1


def test_another_file_than_the_one_that_was_shown_is_not_taken(hub: Workspace) -> None:
    """Exchanged while a person read what it would bring."""
    good, other = hub.path.with_name(f"budi{SUFFIX}"), many_at_once(hub, 1).read_bytes()
    shown = coming_back.look(hub, [good]).marks
    kept = good.read_bytes()
    good.write_bytes(other)
    with pytest.raises(coming_back.ChangedMeanwhile):
        coming_back.take(hub, [good], shown=shown)
    good.unlink()
    with pytest.raises(coming_back.ChangedMeanwhile):
        coming_back.take(hub, [good], shown=shown)
    good.write_bytes(kept)
    assert coming_back.take(hub, [good], shown=shown).coming.report.change_sets == 1


def test_what_is_laid_beside_a_workspace_that_was_shown_is_told_too(hub: Workspace, tmp_path: Path) -> None:
    """SQLite plays it into the file, so that another content comes of the very same bytes."""
    sent = tmp_path / "kiriman.rancang"
    hub.snapshot(sent)
    shown = coming_back.look(hub, [sent]).marks
    beside = sent.with_name(f"{sent.name}-wal")
    beside.write_bytes(b"7\x7f\x06\x83" + bytes(28))
    with pytest.raises(coming_back.ChangedMeanwhile):
        coming_back.take(hub, [sent], shown=shown)
    assert sorted(each.name for each in tmp_path.glob("kiriman*")) == [sent.name, beside.name]
    beside.unlink()
    assert coming_back.take(hub, [sent], shown=shown).coming.report.change_sets == 0


def test_what_a_file_may_cost_grows_with_it(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"")
    assert coming_apart.limits_of([path, tmp_path / "none"]) == coming_apart.LIMITS
    with path.open("wb") as file:
        file.truncate(300 << 20)
    assert coming_apart.limits_of([path]) == Limits(180.0, 1 << 30)
