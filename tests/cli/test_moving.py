"""``guideline move`` and ``guideline leftover``: preview, consent, what is kept, undo."""

from __future__ import annotations

import pytest

from desktop.base import Message
from desktop.workspace import Author, Workspace
from tests.workspace.moving_packs import NEW, OLD
from tests.workspace.test_moving import fill


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a.rancang"
    with (
        Workspace.create(
            path, region="18.07", first_year=2026, last_year=2030, pack=OLD, author=Author("Sari")
        ) as made,
        made.operation(Message("workspace.label.resolve")) as op,
    ):
        fill(op)
    return path


@pytest.fixture
def packs(tmp_path):
    for name, data in (("old", OLD), ("new", NEW)):
        (tmp_path / f"{name}.rancang-guideline").write_bytes(data)
    return tmp_path / "old.rancang-guideline", tmp_path / "new.rancang-guideline"


def test_a_preview_tells_and_does_nothing(call, file, packs):
    said = call.ok("guideline", "move", file, packs[1], "--preview").out
    assert "Without a place" in said
    assert "Formulir (en): " not in said
    assert "gone (en) (1 entry)" in said
    assert "Rows of the worksheet Kebutuhan (en) → Keinginan (en) (1 entry)" in said
    assert "fresh (en) (required)" in said
    assert call.ok("show", file, "--json").records[0]
    with Workspace.open(file, read_only=True) as workspace:
        assert workspace.plan().guideline.id == "old"


def test_without_consent_nothing_is_moved(call, file, packs):
    said = call.ok("guideline", "move", file, packs[1]).out
    assert "--yes" in said
    with Workspace.open(file, read_only=True) as workspace:
        assert workspace.plan().guideline.id == "old"


@pytest.mark.slow
def test_there_what_is_kept_is_listed_and_back_nothing_is_left(call, file, packs):
    moved = call.ok("guideline", "move", file, packs[1], "--yes", json=True).records
    assert moved[-1]["kind"] == "moved"
    assert (moved[-1]["from"], moved[-1]["to"]) == ("old", "new")
    kept = call.ok("guideline", "leftover", file, json=True).records
    assert {"f.gone", "f.tags", "f.clash", "hdi"} <= {each["item"] for each in kept[:-1]}
    said = call.ok("guideline", "leftover", file, language="id").out
    assert "Dari Pedoman old:" in said
    assert "gone: Tidak ditanyakan lagi" in said
    assert "Bukti dukung: b.txt" in said
    assert "Catatan Pak: Sayang" in said
    assert "uses Pedoman new (en)" in call.ok("guideline", "move", file, packs[1], "--yes").out
    call.ok("guideline", "move", file, packs[0], "--yes")
    assert (
        call.ok("guideline", "leftover", file).out.strip() == "Nothing is left over from earlier guidelines."
    )
    assert "Moved to the guideline" in call.ok("undo", file).out


def test_a_pack_nobody_vouches_for_is_moved_to_with_a_word(call, file, packs):
    assert "signed" in call("guideline", "move", file, packs[1], "--preview").err


def test_what_is_no_pack_is_told(call, file, tmp_path):
    assert "nowhere" in call.fails("guideline", "move", file, "nowhere", "--yes")
