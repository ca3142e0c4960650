"""Calling a verb as a person would, in this process, and reading what it said."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.cli.main import run
from desktop.workspace import left_as

TINY = Path(__file__).parents[1] / "data" / "tiny-pack"
ROOMS = "cli|base|workspace|exchange|guideline|submission|trust|checks|books"
RAW_ID = re.compile(rf"(?<![\w.])(?:{ROOMS})(?:\.[a-z_]+)+(?![\w.])(?<!\.json)")
"""A message id that reached a person because no catalogue has it."""


def copied(template: Path, path: Path) -> Path:
    """A copy of a workspace that counts as left like this by this computer: its rows are not read anew by
    every command (tests/workspace has files of others)."""
    shutil.copyfile(template, path)
    left_as.note(path)
    return path


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, Any]]:
        """Standard output as JSON, one object a line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def record(self) -> dict[str, Any]:
        """The only record, beside sentences that are told before it."""
        (one,) = [each for each in self.records if each["kind"] != "message"] or self.records
        return one

    @property
    def kinds(self) -> list[str]:
        return [one["kind"] for one in self.records]


def plain(text: str) -> str:
    """Typographic quotes as straight ones."""
    return text.translate({0x201C: '"', 0x201D: '"'})


class Caller:
    """Calls verbs; every answer is looked at for what must never be there."""

    def __init__(self, capsys) -> None:
        self._capsys = capsys

    def __call__(self, *words: object, language: str = "en", json: bool = False) -> Said:
        self._capsys.readouterr()
        options = ["--language", language, *(["--json"] if json else [])]
        code = run([*options, *map(str, words)])
        captured = self._capsys.readouterr()
        # tests are written with straight quotes, whichever the catalogues prefer
        said = Said(code, captured.out if json else plain(captured.out), plain(captured.err))
        assert "Traceback" not in captured.out + captured.err
        assert not RAW_ID.search(captured.err), captured.err
        if json:
            assert captured.err == ""
            assert all(isinstance(one["kind"], str) for one in said.records)
        if code == 2 and not json:
            assert captured.err.strip(), "a call that was not carried out says why"
        return said

    def ok(self, *words: object, **how: Any) -> Said:
        """A call that must succeed."""
        said = self(*words, **how)
        assert said.code == 0, said
        return said

    def fails(self, *words: object, code: int = 2, **how: Any) -> str:
        """A call that must fail with one sentence, which is returned."""
        said = self(*words, **how)
        assert said.code == code, said
        assert said.err.count("\n") == 1, said.err
        return said.err.strip()
