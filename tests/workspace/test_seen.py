"""What a person has seen is remembered on this computer, by workspace and name, and never in the way."""

from __future__ import annotations

import json
from pathlib import Path

from desktop.workspace import seen


def test_what_was_seen_is_kept_by_workspace_and_name() -> None:
    assert seen.seen("w", "Sari") is None
    seen.remember("w", ["a"], "Sari")
    seen.remember("w", ["b"], " sari ")
    assert seen.seen("w", "SARI") == ("a", "b"), "capitals and blanks make nobody else"
    assert seen.seen("w", "Budi") is None
    assert seen.seen("v", "Sari") is None


def test_what_lies_below_goes_and_the_oldest_go_first() -> None:
    seen.remember("w", ["a", "b"], "Sari")
    seen.remember("w", ["c"], "Sari", below=["a"])
    assert seen.seen("w", "Sari") == ("b", "c")
    seen.remember("w", [str(n) for n in range(200)], "Sari")
    kept = seen.seen("w", "Sari") or ()
    assert len(kept) == seen.MOST
    assert kept[-1] == "199"


def test_an_id_from_a_hostile_file_is_no_path_and_damage_is_forgotten(own_home: Path) -> None:
    seen.remember("../../evil", ["a"], "Sari")
    (file,) = (own_home / "seen").iterdir()
    assert file.parent == own_home / "seen"
    for nonsense in ("", "[]", '{"seen": 7}', '{"seen": {"sari": 7}}', "[" * 100_000):
        file.write_text(nonsense, encoding="utf-8")
        assert seen.seen("../../evil", "Sari") is None
    seen.remember("../../evil", ["b"], "Sari")
    assert json.loads(file.read_text(encoding="utf-8"))["seen"] == {"sari": ["b"]}


def test_where_nothing_can_be_written_nobody_is_troubled(own_home: Path) -> None:
    (own_home / "seen").write_text("a file stands where the folder should", encoding="utf-8")
    seen.remember("w", ["a"], "Sari")
    assert seen.seen("w", "Sari") is None
