"""What cannot be known of a workbook that came back, and is asked; and what each answer would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from desktop.base import Message
from desktop.base.canonical import Json
from desktop.base.message import Param
from desktop.workspace.plan import Place

LEAVE = "leave"
"""The answer by which nothing happens."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the workbook, as a person finds it there: sheet and cell."""

    tab: str
    cell: str = ""

    @property
    def message(self) -> Message:
        """Both in words."""
        if not self.cell:
            return Message("exchange.agency_book.where_sheet", sheet=self.tab)
        return Message("exchange.agency_book.where", sheet=self.tab, cell=self.cell)


@dataclass(frozen=True, slots=True)
class SetCell:
    """A value that goes into one field of a row."""

    sheet: str
    key: str
    column: str
    value: Json
    base: Json = None
    present: Json = None
    beside: bool = False
    """Whether something newer stands there, which stays: both are told as differing."""
    where: Where = Where("")
    name: Param = ""
    """What the row is called."""
    heading: Param = ""
    told: tuple[str, str, str] = ("", "", "")
    """What was handed out, what came back and what stands here, as people read it."""

    @property
    def message(self) -> Message:
        """The change in a sentence."""
        handed, came, here = self.told
        said: dict[str, Param] = {"column": self.heading, "row": self.name, "after": came or "–"}
        if self.beside:
            return Message("exchange.agency_book.told.beside", **said, present=here or "–")
        return Message("exchange.agency_book.told.change", **said, before=handed or "–")


@dataclass(frozen=True, slots=True)
class AddRow:
    """A row that they added, with all that is certain in it."""

    sheet: str
    key: str
    values: Mapping[str, Json]
    where: Where
    name: Param = ""
    filled: tuple[Message, ...] = ()
    """What it says beside its name, column by column."""

    @property
    def message(self) -> Message:
        """The row in a sentence, with all that it says."""
        about: dict[str, Param] = {"sheet": self.where.tab, "row": self.name or self.where.message}
        if not self.filled:
            return Message("exchange.agency_book.told.new_row", **about)
        said = self.filled[0]
        for each in self.filled[1:]:
            said = Message("exchange.agency_book.told.further", first=said, last=each)
        return Message("exchange.agency_book.told.new_row_with", **about, said=said)


@dataclass(frozen=True, slots=True)
class DropRow:
    """A row that is deleted because they deleted it, and somebody here agreed."""

    sheet: str
    key: str
    name: Param = ""

    @property
    def message(self) -> Message:
        """What goes, in a sentence."""
        return Message("exchange.agency_book.told.drop", row=self.name or "–")


@dataclass(frozen=True, slots=True)
class Attach:
    """A file that came along and supports a row."""

    file: str
    """Its place among the files that came along; empty where it is in the document already."""
    place: Place
    sheet: str
    key: str
    where: Where
    evidence: str = ""
    """Which of the document's files it is, in that case."""

    @property
    def message(self) -> Message | None:
        """A file that came along, in a sentence; of the document's own the answer says which it is."""
        if not self.file:
            return None
        return Message("exchange.agency_book.told.file", file=self.file, where=self.where.message)


@dataclass(frozen=True, slots=True)
class Unclaim:
    """A file that is no longer named for a row."""

    evidence: str
    place: Place
    where: Where

    @property
    def message(self) -> Message | None:
        """Nothing more than the question says."""
        return None


Effect: TypeAlias = SetCell | AddRow | DropRow | Attach | Unclaim


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a doubt, and what it does."""

    id: str
    label: Param
    effects: tuple[Effect, ...] = ()

    @property
    def does(self) -> tuple[Message, ...]:
        """All that it does, in sentences: nobody answers what he was not shown."""
        return tuple(said for each in self.effects if (said := each.message) is not None)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question about a workbook that came back. Its id stays the same when it is asked again."""

    id: str
    kind: str
    message: Message
    where: Where
    choices: tuple[Choice, ...]
    default: str
    """The answer that is suggested; nothing happens before somebody gives one."""

    @property
    def does(self) -> tuple[Message, ...]:
        """What all of several answers do by which anything is done."""
        first, *others = [each.does for each in self.choices if each.effects] or [()]
        return tuple(said for said in first if all(said in each for each in others)) if others else ()

    def choice(self, id: str) -> Choice | None:  # noqa: A002 - the answer's own word
        """The choice with this id."""
        return next((each for each in self.choices if each.id == id), None)


def leave(label: Message | None = None) -> Choice:
    """The choice that changes nothing."""
    return Choice(LEAVE, label or Message("exchange.agency_book.answer.leave"))
