"""What a person decided about lists of one shape, kept on this computer for when such a list comes again.

A shape is the set of a list's column heads, years left out: the table of next year is the same table. Kept
are what columns say and how the list is read, never the unit of money: that is looked at every time.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from desktop.base import clock
from desktop.base.paths import home
from desktop.exchange.columns import Role, bare
from desktop.exchange.questions import NUMBER_STYLE, VALUE_STYLE, Answers, Question

if TYPE_CHECKING:
    from desktop.exchange.programmes import ImportPreview

MOST = 200
"""Shapes that are remembered; the oldest give way."""
_ALIKE = 0.8
"""Which part of two lists' heads must be the same for them to be of one shape."""
_KEPT = (
    NUMBER_STYLE, VALUE_STYLE, "levels", "hidden", "several_amounts",
    "activities", "rpjmd_ceiling", "quick_win",
)  # fmt: skip
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class Remembered:
    """What was decided about one shape of list."""

    heads: tuple[str, ...]
    columns: Mapping[str, str]
    """By head: what the column says."""
    answers: Mapping[str, str]
    """By question: what was answered."""
    file: str
    at: str
    """The day (ISO 8601)."""
    workspace: str

    def roles(self, headers: Iterable[str]) -> dict[str, Role]:
        """What the columns of a list say, by its own headers."""
        found = {bare(header): self.columns.get(shape_of(header), "") for header in headers}
        return {header: Role(role) for header, role in found.items() if role in set(Role)}

    def suggested(self, question: Question) -> Question:
        """A question with what was answered last time as its suggestion."""
        answer = self.answers.get(question.id, "")
        if answer not in {option.id for option in question.options} or question.certainty == "stated":
            return question
        return replace(question, suggestion=answer, certainty="remembered")


def shape_of(header: str) -> str:
    """A column's head without its year."""
    return bare(_YEAR.sub("#", header).replace("#", " year "))


class ListMemory:
    """The remembered lists and the file they are kept in; a damaged file counts as none."""

    def __init__(self) -> None:
        self._path = home() / "lists.json"
        self._known = self._read()

    def recall(self, headers: Iterable[str], workspace: str) -> Remembered | None:
        """What was decided about a list with these headers; in this document rather than in another."""
        wanted = {shape_of(header) for header in headers}
        scored = [
            (_share(wanted, set(each.heads)), each.workspace == workspace, at)
            for at, each in enumerate(self._known)
        ]
        best = max(scored, default=(0.0, False, 0))
        return self._known[best[2]] if best[0] >= _ALIKE else None

    def remember(self, preview: ImportPreview, answers: Answers, workspace: str) -> Remembered:
        """Keep what was decided about a list that was taken over."""
        heads = tuple(sorted({shape_of(header) for header in preview.heads}))
        said = {shape_of(header): role.value for header, role in preview.options.columns.items()}
        kept = {name: answers[name] for name in answers if name in _KEPT or name.startswith("funding")}
        made = Remembered(
            heads,
            {head: role for head, role in said.items() if head in heads},
            {name: answer for name, answer in kept.items() if answer},
            preview.file,
            clock.today().isoformat(),
            workspace,
        )
        others = [each for each in self._known if (each.heads, each.workspace) != (heads, workspace)]
        self._keep([*others, made][-MOST:])
        return made

    def forget(self, headers: Iterable[str]) -> int:
        """Forget every list of this shape; how many were known."""
        wanted = {shape_of(header) for header in headers}
        left = [each for each in self._known if _share(wanted, set(each.heads)) < _ALIKE]
        gone = len(self._known) - len(left)
        if gone:
            self._keep(left)
        return gone

    def _read(self) -> list[Remembered]:
        try:
            data = json.loads(self._path.read_text(encoding="utf-8"))
            return [_entry(each) for each in data["lists"]][-MOST:]
        except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return []

    def _keep(self, known: list[Remembered]) -> None:
        """A full disk is no reason to stop working."""
        self._known = known
        fresh = self._path.with_suffix(".new")
        text = json.dumps({"lists": [asdict(each) for each in known]}, ensure_ascii=False, indent=1)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(self._path)
        except OSError:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)


def _entry(data: Mapping[str, Any]) -> Remembered:
    return Remembered(
        tuple(map(str, data["heads"])),
        {str(head): str(role) for head, role in data["columns"].items()},
        {str(name): str(answer) for name, answer in data["answers"].items()},
        str(data["file"]), str(data["at"]), str(data["workspace"]),
    )  # fmt: skip


def _share(one: set[str], other: set[str]) -> float:
    both = one | other
    return len(one & other) / len(both) if both else 0.0
