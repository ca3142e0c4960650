"""What a returned sheet says, row by row, and how it differs from the inputs that are there already."""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from desktop.base import Language, Message, RancangError, render
from desktop.base.jobs import Report
from desktop.books.hearing.codes import SheetCode, read_programme_code, read_sheet_code
from desktop.checks.words import says_nothing
from desktop.exchange.input_sheets.docx import Contents, Rows, read_docx
from desktop.exchange.values import NotUnderstood, parse
from desktop.guideline import Guideline
from desktop.guideline.pack import Pack
from desktop.workspace.hearing import Input
from desktop.workspace.listening import ABOUT_CHAPTER, ABOUT_DIMENSION, ABOUT_PROGRAMME, spelled
from desktop.workspace.plan import Plan

_ALIKE = 0.82
"""Titles as alike as this (0 to 1) are the same title with a slip of the pen."""
_LONGEST = 20_000
"""Letters of one input that are kept."""
_CHAPTER = re.compile(r"(?<!\w)([IVX]{1,4})\s*\.\s*(\d+(?:\.\d+)*)")


class NoSheet(RancangError):
    """A document without the code of an input sheet."""

    exit_code = 1

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.sheet.no_code", file=file))


class ForeignSheet(RancangError):
    """The sheet was made from another document's plan."""

    exit_code = 1

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.sheet.foreign", file=file))


class Standing(StrEnum):
    """How an input on a sheet relates to those that are there."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    """The stakeholder's unanswered input about the same, in other words than before."""


@dataclass(frozen=True, slots=True)
class Said:
    """One input on a returned sheet."""

    item: str
    """What it is about, as ``Input.item``."""
    text: str
    standing: Standing = Standing.NEW
    existing: str = ""
    """The input that is the same or would be changed."""
    before: str = ""
    """What stands there now, where it would be changed."""
    doubt: Message | None = None
    """What a person should look at before agreeing."""


@dataclass(frozen=True, slots=True)
class Returned:
    """A sheet that came back."""

    file: str
    language: Language
    stakeholder: str
    """The row in the register, or empty."""
    institution: str
    """What the sheet itself says who gave the input, where that is no row of the register."""
    author: str
    date: str
    """ISO day, or empty."""
    said: tuple[Said, ...]

    @property
    def speaker(self) -> str:
        """Who held the pen, and for whom where that is no row of the register."""
        return ", ".join(part for part in (self.author, self.institution) if part)

    def of(self, standing: Standing) -> tuple[Said, ...]:
        """The inputs of one standing."""
        return tuple(each for each in self.said if each.standing is standing)


def is_sheet(path: Path) -> bool:
    """Whether a DOCX carries the code of an input sheet. Never raises for what cannot be read."""
    try:
        return _code(read_docx(path)) is not None
    except RancangError:
        return False


def read_sheet(path: Path, plan: Plan, pack: Pack) -> Returned:
    """Read a returned sheet against the plan. Raises NoSheet, ForeignSheet, NotADocument, FileProblem."""
    contents = read_docx(path)
    code = _code(contents)
    if code is None:
        raise NoSheet(path.name)
    if not code.is_of(plan.workspace):
        raise ForeignSheet(path.name)
    return _Reader(plan, pack, contents, code).read(path.name)


def read_returned(report: Report, snapshot: Path, path: Path) -> Returned:
    """The same against a snapshot of a workspace; runs as a job, for a file may be large."""
    from desktop.workspace import Workspace

    report(0, 1, Message("exchange.sheet.reading", file=path.name))
    with Workspace.open(snapshot, read_only=True) as workspace:
        return read_sheet(path, workspace.plan(), workspace.pack())


def _code(contents: Contents) -> SheetCode | None:
    """The code where it was put first: properties, then the page, then the foot."""
    cells = (cell for table in contents.tables[:6] for row in table[:20] for cell in row)
    for text in (contents.properties, *cells, *contents.paragraphs, contents.foot):
        found = read_sheet_code(text)
        if found is not None:
            return found
    return None


def _labels(*messages: Message) -> frozenset[str]:
    """What a heading of a column may read, in every language, spelled for comparing."""
    return frozenset(spelled(render(each, language)) for each in messages for language in Language)


_CODE, _PROGRAMME = Message("books.sheet.column.code"), Message("books.sheet.column.programme")
_INPUT, _ABOUT = Message("books.sheet.column.input"), Message("books.sheet.column.about")
_PROPOSAL, _PLAN = Message("books.sheet.column.proposal"), Message("checks.hearing.whole_plan")
_FACTS = {
    "institution": Message("books.sheet.institution"),
    "author": Message("books.sheet.author"),
    "date": Message("books.sheet.date"),
}


class _Reader:
    """Reads one sheet."""

    def __init__(self, plan: Plan, pack: Pack, contents: Contents, code: SheetCode) -> None:
        self._plan, self._contents, self._code = plan, contents, code
        self._guide = Guideline(pack)
        self._input = _labels(_INPUT)
        self._about = _labels(_ABOUT)
        self._proposal = _labels(_PROPOSAL)
        self._heads = _labels(_INPUT, _ABOUT, _PROPOSAL, _CODE, _PROGRAMME)
        self._titles = {
            spelled(title): programme.id
            for programme in plan.programmes
            for title in (*programme.title.values.values(), programme.code)
            if spelled(title)
        }

    def read(self, file: str) -> Returned:
        """Everything on the sheet."""
        facts = dict(self._facts())
        holder = self._stakeholder(facts.get("institution", ""))
        language = self._code.language
        said = tuple(
            replace(each, text=each.text[:_LONGEST]) for each in self._said() if not says_nothing(each.text)
        )
        returned = Returned(
            file=file,
            language=language,
            stakeholder=holder,
            institution="" if holder else facts.get("institution", ""),
            author=facts.get("author", ""),
            date=_day(facts.get("date", "")),
            said=(),
        )
        return replace(returned, said=self._compared(said, holder or spelled(returned.speaker)))

    def _stakeholder(self, institution: str) -> str:
        """Whose sheet it is: by its code, else by the name written on it."""
        if self._code.stakeholder:
            found = [each.id for each in self._plan.stakeholders if each.id.endswith(self._code.stakeholder)]
            if len(found) == 1:
                return found[0]
        named = [each.id for each in self._plan.stakeholders if spelled(each.name) == spelled(institution)]
        return named[0] if len(named) == 1 and spelled(institution) else ""

    def _facts(self) -> Iterator[tuple[str, str]]:
        """Who filled the sheet in and when, by the labels beside the places for it."""
        labels = {name: _labels(message) for name, message in _FACTS.items()}
        for table in self._contents.tables:
            for row in table:
                filled = [cell for cell in row if cell]
                for name, known in labels.items():
                    if len(filled) >= 2 and spelled(filled[0]) in known:
                        yield name, " ".join(filled[1].split())[:200]

    # ---- inputs ------------------------------------------------------------------------------------
    def _said(self) -> Iterator[Said]:
        for table in self._contents.tables:
            columns = self._columns(table)
            for row in table:
                if any(spelled(cell) in self._heads for cell in row if cell):
                    continue
                programme, at = self._coded(row)
                if programme or at >= 0:
                    yield self._on_programme(row, programme, at, columns)
                elif columns:
                    yield from self._on_else(row, columns)

    def _columns(self, table: Rows) -> dict[str, int]:
        """Where the columns of a table of inputs stand, by its heading row; nothing for any other table."""
        for row in table[:3]:
            found = {
                name: place
                for place, cell in enumerate(row)
                for name, known in (
                    ("about", self._about),
                    ("input", self._input),
                    ("proposal", self._proposal),
                )
                if cell and spelled(cell) in known
            }
            if "input" in found:
                return found
        return {}

    def _coded(self, row: tuple[str, ...]) -> tuple[str, int]:
        """The programme of a row of the programmes' table and where its code stands (-1: nowhere)."""
        for place, cell in enumerate(row[:2]):
            end = read_programme_code(cell) if len(cell) < 60 else ""
            if end:
                ids = [each.id for each in self._plan.programmes if each.id.endswith(end)]
                return (ids[0] if len(ids) == 1 else ""), place
        return "", -1

    def _on_programme(self, row: tuple[str, ...], programme: str, at: int, columns: dict[str, int]) -> Said:
        """What is written in a programme's row behind its title."""
        place = columns.get("input", at + 2)
        title = "\n".join(row[at + 1 : max(place, at + 2)])
        text = "\n".join(cell for cell in row[max(place, at + 2) :] if cell)
        if programme:
            return Said(f"{ABOUT_PROGRAMME}{programme}", text)
        # the programme was deleted, or its code damaged: its title may still tell which it is
        found = self._by_title(title.splitlines()[0] if title else "")
        if found:
            return Said(found, text)
        doubt = Message("exchange.sheet.doubt.programme", title=" ".join(title.split())[:120] or row[at])
        return Said("", _prefixed(title.splitlines()[0] if title else row[at], text), doubt=doubt)

    def _on_else(self, row: tuple[str, ...], columns: dict[str, int]) -> Iterator[Said]:
        """A row of the table for anything else; one without a place for the subject is about the plan."""
        about = row[columns["about"]] if 0 <= columns.get("about", -1) < len(row) else ""
        if "about" not in columns and columns["input"] > 0:
            # a row that somebody added to the programmes' table: its subject stands before the input
            about = " ".join(cell for cell in row[: columns["input"]] if cell)
        text = row[columns["input"]] if columns["input"] < len(row) else ""
        place = columns.get("proposal", -1)
        proposal = row[place] if 0 <= place < len(row) else ""
        if says_nothing(text) and says_nothing(proposal):
            return
        whole = "\n".join(part for part in (text, self._proposed(proposal)) if not says_nothing(part))
        item = self._subject(about)
        if item is None:
            doubt = Message("exchange.sheet.doubt.subject", about=about[:120])
            yield Said("", _prefixed(about, whole), doubt=doubt)
        else:
            yield Said(item, whole)

    def _proposed(self, proposal: str) -> str:
        if says_nothing(proposal):
            return ""
        return render(Message("exchange.sheet.proposal", text=proposal), self._code.language)

    # ---- what it is about --------------------------------------------------------------------------
    def _subject(self, about: str) -> str | None:
        """What words under "About" mean; empty for the plan as a whole, None where they say nothing known."""
        if says_nothing(about) or spelled(about) in _labels(_PLAN):
            return ""
        end = read_programme_code(about)
        ids = [each.id for each in self._plan.programmes if end and each.id.endswith(end)]
        if len(ids) == 1:
            return f"{ABOUT_PROGRAMME}{ids[0]}"
        # a dimension and the chapter about it are called the same: the dimension is meant, but for a number
        found = (
            self._numbered(about) or self._by_title(about) or self._dimension(about) or self._chapter(about)
        )
        return found or None

    def _numbered(self, about: str) -> str:
        """A chapter by its number, the book's before it."""
        named = _CHAPTER.search(about)
        for book in self._guide.pack.books if named else ():
            for numbered in self._guide.chapters(book):
                if named and book.code == named[1] and numbered.number == named[2]:
                    return f"{ABOUT_CHAPTER}{numbered.chapter.id}"
        return ""

    def _chapter(self, about: str) -> str:
        """A chapter by its title."""
        for book in self._guide.pack.books:
            for numbered in self._guide.chapters(book):
                titles = {spelled(text) for text in numbered.chapter.title.texts.values()}
                if spelled(about).removeprefix("bab ") in titles:
                    return f"{ABOUT_CHAPTER}{numbered.chapter.id}"
        return ""

    def _by_title(self, title: str) -> str:
        """A programme by its title, a slip of the pen allowed."""
        known = self._titles.get(spelled(title))
        if known is None and len(spelled(title)) > 8:
            near = difflib.get_close_matches(spelled(title)[:300], self._titles, n=2, cutoff=_ALIKE)
            ids = {self._titles[each] for each in near}
            known = next(iter(ids)) if len(ids) == 1 else None
        return f"{ABOUT_PROGRAMME}{known}" if known else ""

    def _dimension(self, about: str) -> str:
        wanted = spelled(about).removeprefix("dimensi ")
        for dimension in self._guide.pack.dimensions:
            names = {spelled(text) for text in dimension.name.texts.values()}
            short = {spelled(text.split("(")[0]) for text in dimension.name.texts.values()}
            if wanted in names | short:
                return f"{ABOUT_DIMENSION}{dimension.id}"
        return ""

    # ---- against what is there -----------------------------------------------------------------------
    def _compared(self, said: tuple[Said, ...], who: str) -> tuple[Said, ...]:
        """Each input as new, there already, or changed; said twice on the sheet it counts once."""
        mine = [each for each in self._plan.inputs if who and _whose(each) == who]
        count = Counter(each.item for each in said)
        known: set[tuple[str, str]] = set()
        left: list[Said] = []
        for each in said:
            key = (each.item, spelled(each.text))
            if key not in known:
                known.add(key)
                left.append(each)
        return tuple(self._standing(each, mine, alone=count[each.item] == 1) for each in left)

    def _standing(self, each: Said, mine: Iterable[Input], *, alone: bool) -> Said:
        about = [one for one in mine if one.item == each.item]
        for one in about:
            if any(spelled(text) == spelled(each.text) for text in one.body.values.values()):
                return replace(each, standing=Standing.SAME, existing=one.id)
        # what was answered stays as it was answered: other words about it are another input
        open_ones = [one for one in about if one.decision == "open" and one.channel == "form"]
        if alone and each.item and len(open_ones) == 1:
            before = open_ones[0].body.read(self._code.language)
            return replace(each, standing=Standing.CHANGED, existing=open_ones[0].id, before=before)
        return each


def _whose(each: Input) -> str:
    return each.stakeholder or spelled(each.author)


def _prefixed(about: str, text: str) -> str:
    """What nobody could place keeps the words under "About" before it."""
    about = " ".join(about.split())
    return f"[{about}] {text}" if about and text else text


def _day(text: str) -> str:
    """A day as people write it, as ISO; what is none is left out."""
    try:
        found = parse("date", text) if text else ""
    except NotUnderstood:
        return ""
    try:
        return dt.date.fromisoformat(str(found)).isoformat()
    except ValueError:
        return ""
