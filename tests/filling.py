"""A workspace in which every item of a guideline holds something that stands nowhere else.

Texts hold a word of their own in each language, numbers and dates are of their own too, so that whoever
meets one again, on paper, in a file or by searching, knows which item it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.base import Message
from desktop.guideline import Guideline, Pack
from desktop.guideline.foreword import forewords
from desktop.guideline.pack import Chapter, Field, Measure, Worksheet
from desktop.workspace import Author, Place, Workspace
from desktop.workspace.operation import Operation

LANGUAGES = ("id", "en")
YEARS = (2026, 2030)
LABEL = Message("ui.op.add_programme")
WORD = r"q[bcdfghjklm]{4}[ie]"
"""What such a word looks like, and nothing else does."""

_LETTERS = "bcdfghjklm"
_POINTERS = frozenset({"dimension", "sub_dimension", "agency", "person", "programme", "row"})
_DIGITS = 41_000
"""Numbers begin here: five digits that no year and no small count has."""


@dataclass(frozen=True, slots=True)
class Written:
    """One value and where it was put: an item with its scope or row, in a language if it has one."""

    item: str
    value: Any
    scope: str = ""
    row: str = ""
    column: str = ""
    language: str = ""
    field: Field | None = None

    @property
    def words(self) -> str:
        """The word of its own that the text holds; empty for what is no text."""
        found = re.fullmatch(rf"(?:<p>)?({WORD})(?:</p>)?", str(self.value))
        return found.group(1) if found else ""


@dataclass
class Filled:
    """What was written, by what it belongs to."""

    written: list[Written] = field(default_factory=list)
    ground: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Words in first-class rows by table, each with its language or none."""

    def of(self, item: str) -> Iterator[Written]:
        """What was written for an item, or for every item of a form, worksheet or kind."""
        return (one for one in self.written if one.item == item or one.item.startswith(f"{item}."))


class Filler:
    """Fills one workspace by the operations people have."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.pack: Pack = workspace.pack()
        self.guideline = Guideline(self.pack)
        self.filled = Filled()
        self._count = 0
        self.agencies: list[str] = []
        self.people: list[str] = []
        self.programmes: list[str] = []
        self.rows: dict[str, list[str]] = {}

    def everything(self) -> Filled:
        """All of it; every step is one operation, in an order in which what is pointed at comes first."""
        steps = (self._people, self._sheets, self._programmes, self._forms, self._chapters, self._evaluation,
                 self._figures, self._bodies, self._sessions, self._hearing, self._evidence)  # fmt: skip
        for step in steps:
            with self.workspace.operation(LABEL) as op:
                step(op)
        return self.filled

    # -- words and values -----------------------------------------------------------------------
    def _next(self) -> int:
        self._count += 1
        return self._count

    def word(self, language: str, number: int = 0) -> str:
        """A word of its own; the one of the other language differs in its last letter."""
        number = number or self._next()
        letters = "".join(_LETTERS[number // 10**place % 10] for place in (3, 2, 1, 0))
        return f"q{letters}{language[0]}"

    def both(self, table: str) -> dict[str, str]:
        """A word in each language for a row of a table."""
        number = self._next()
        made = {language: self.word(language, number) for language in LANGUAGES}
        self.filled.ground.setdefault(table, []).extend((word, language) for language, word in made.items())
        return made

    def one(self, table: str) -> str:
        """A word that has no language, for a row of a table."""
        word = self.word("id")
        self.filled.ground.setdefault(table, []).append((word, ""))
        return word

    def value(self, asked: Field) -> Any:
        """Something for a field that has no language."""
        number = self._next()
        if asked.type in _POINTERS:
            pointed = self._pointed(asked)
            return pointed[number % len(pointed)]
        made: dict[str, Any] = {
            "integer": _DIGITS + number, "rupiah": _DIGITS + number,
            "decimal": f"{_DIGITS + number}.5", "percent": f"{_DIGITS + number}.5",
            "year": YEARS[0] + number % 5, "boolean": True,
            "date": f"{YEARS[0] + number % 5}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            "choice": asked.choices[-1].id if asked.choices else None,
            "choices": [each.id for each in asked.choices],
        }  # fmt: skip
        return made.get(asked.type, self.word("id", number))

    def _pointed(self, asked: Field) -> list[str]:
        """What a field of such a type can point at."""
        dimensions = self.pack.dimensions
        return {
            "dimension": [each.id for each in dimensions],
            "sub_dimension": [sub.id for each in dimensions for sub in each.sub_dimensions],
            "agency": self.agencies,
            "person": self.people,
            "programme": self.programmes,
            "row": self.rows.get(asked.worksheet, []),
        }[asked.type]

    def figure(self, measure: Measure) -> str:
        """The same for a figure: as text."""
        if measure.type == "choice":
            return measure.choices[self._next() % len(measure.choices)].id
        number = _DIGITS + self._next()
        return str(number) if measure.type in {"integer", "rupiah"} else f"{number}.5"

    def _note(self, item: str, value: Any, **more: Any) -> None:
        self.filled.written.append(Written(item, value, **more))

    def answer(self, op: Operation, asked: Field, item: str, scope: str = "") -> None:
        """Answer one item, in every language it has."""
        if not asked.bilingual:
            value = self.value(asked)
            op.answer(item, value, scope=scope, policy=asked.policy)
            self._note(item, value, scope=scope, field=asked)
            return
        number = self._next()
        for language in LANGUAGES:
            text = self.word(language, number)
            text = f"<p>{text}</p>" if asked.type == "rich_text" else text
            op.answer_text(item, language, text, scope=scope, policy=asked.policy)
            self._note(item, text, scope=scope, language=language, field=asked)

    # -- the steps ------------------------------------------------------------------------------
    def _people(self, op: Operation) -> None:
        for number in (1, 2):
            self.agencies.append(
                op.insert("agency", code=f"{number:02}.00", name=self.both("agency"), short_name=f"D{number}")
            )
        for role in self.pack.roles:
            self.people.append(
                op.insert("person", name=self.one("person"), office=self.both("person"), role=role.id,
                          agency=self.agencies[0])
            )  # fmt: skip
        # rows that point at a programme need one before all sheets are filled
        self.programmes += [op.insert("programme", origin="typed") for _ in self.pack.dimensions]

    def _sheets(self, op: Operation) -> None:
        for sheet in self.pack.worksheets:
            if sheet.binding:
                continue
            for agency in ["", *(self.agencies if sheet.scope == "agency" else [])]:
                rows = [op.fixed_row(sheet.id, row.id, agency=agency) for row in sheet.fixed_rows]
                if sheet.free_rows:
                    rows.append(op.add_row(sheet.id, agency=agency))
                self.rows.setdefault(sheet.id, []).extend(rows)
        for sheet in self.pack.worksheets:
            for row in self.rows.get(sheet.id, ()):
                self._cells(op, sheet, row)

    def _cells(self, op: Operation, sheet: Worksheet, row: str) -> None:
        for column in sheet.columns:
            item = f"{sheet.id}.{column.id}"
            if column.difference:
                continue  # worked out, never written
            if not column.bilingual:
                value = self.value(column)
                op.cell(row, column.id, value, policy=column.policy)
                self._note(item, value, row=row, column=column.id, field=column)
                continue
            number = self._next()
            for language in LANGUAGES:
                text = self.word(language, number)
                op.cell_text(row, column.id, language, text, policy=column.policy)
                self._note(item, text, row=row, column=column.id, language=language, field=column)

    def _programmes(self, op: Operation) -> None:
        planning, (first, last) = self.pack.planning, YEARS
        for number, (programme, dimension) in enumerate(
            zip(self.programmes, self.pack.dimensions, strict=True)
        ):
            texts = {name: self.both("programme") for name in
                     ("title", "service", "before", "after", "served", "technology")}  # fmt: skip
            sub = dimension.sub_dimensions[0].id if dimension.sub_dimensions else ""
            op.set("programme", programme, code=f"2.16.{number + 1:02}", dimension=dimension.id,
                   sub_dimension=sub, lead=self.agencies[0], start_year=first, end_year=first,
                   quick_win=number == 0, **texts)  # fmt: skip
            source = planning.funding[number % len(planning.funding)].id
            op.insert("budget_line", programme=programme, year=first, source=source,
                   indicative=1_000_000 * (_DIGITS + self._next()))  # fmt: skip
            indicator = op.insert("indicator", programme=programme, name=self.both("indicator"), unit="orang",
                                  direction="up", baseline="40", baseline_year=2025)  # fmt: skip
            op.insert("target", indicator=indicator, year=first, target=str(_DIGITS + self._next()))
            for asked in planning.extra_fields:
                self.answer(op, asked, f"programme.{asked.id}", programme)
        for asked in planning.quick_win.aspects if planning.quick_win else ():
            self.answer(op, asked, f"quick_win.{asked.id}", self.programmes[0])
        for area in planning.action_areas:
            activity = op.insert(
                "activity", programme=self.programmes[0], area=area.id, title=self.both("activity"),
                output=self.both("activity"), lead=self.agencies[1], start_year=first, end_year=last,
                budget=1,
            )  # fmt: skip
            op.insert("sub_activity", activity=activity, title=self.both("sub_activity"),
                      output=self.both("sub_activity"), lead=self.agencies[1])  # fmt: skip
        op.insert("risk", programme=self.programmes[0], title=self.both("risk"), likelihood="high",
                  impact="high", mitigation=self.both("risk"), owner=self.agencies[0])  # fmt: skip

    def _forms(self, op: Operation) -> None:
        for form in self.pack.forms:
            for asked in form.fields:
                self.answer(op, asked, f"{form.id}.{asked.id}")

    def _chapters(self, op: Operation) -> None:
        for book in self.pack.books:
            for _, _, chapter in self.guideline.chapters(book):
                if has_text(chapter):
                    item = f"chapter.{chapter.id}"
                    asked = self.guideline.field(item)
                    assert asked is not None
                    self.answer(op, asked, item)
        for _, chapter in forewords(self.pack):
            item = f"chapter.{chapter.id}"
            asked = self.guideline.field(item)
            assert asked is not None
            self.answer(op, asked, item)

    def _evaluation(self, op: Operation) -> None:
        for section in self.pack.evaluation.sections if self.pack.evaluation else ():
            for asked in section.fields:
                item = f"evaluation.{asked.id}"
                self.answer(op, asked, item)
                op.insert("score", item=item, scope="", by="evaluator", value="3", note=self.one("score"))

    def _figures(self, op: Operation) -> None:
        for measure in self.pack.figures:
            for year in (YEARS[0] - 2, YEARS[0] - 1):
                value = self.figure(measure)
                op.insert("figure", measure=measure.id, year=year, value=value, source=self.one("figure"))
                self._note(f"figure.{measure.id}", value, scope=str(year))

    def _bodies(self, op: Operation) -> None:
        decree = op.insert("decree", kind="sk", number=self.one("decree"), date="2026-01-15", state="issued",
                           title=self.both("decree"))  # fmt: skip
        for body in self.pack.bodies:
            for dimension in self.pack.dimensions if body.per_dimension else ("",):
                made = op.insert("body", body=body.id, dimension=getattr(dimension, "id", ""),
                              name=self.both("body"), decree=decree, task=self.both("body"))  # fmt: skip
                op.insert("member", body=made, name=self.one("member"), office=self.both("member"),
                          institution=self.one("member"), position="chair", outsider=True)  # fmt: skip

    def _sessions(self, op: Operation) -> None:
        for number, session in enumerate(self.pack.sessions, 1):
            meeting = op.insert(
                "meeting", kind="bimtek", session=session.id, title=self.both("meeting"),
                start=f"2026-0{number}-10", end=f"2026-0{number}-11", place=self.one("meeting"),
                leader=self.one("meeting"), agenda=self.both("meeting"), result=self.both("meeting"),
            )  # fmt: skip
            op.insert("attendance", meeting=meeting, name=self.one("attendance"), present=True,
                      office=self.one("attendance"), institution=self.one("attendance"))  # fmt: skip
            for output in session.outputs:
                op.insert("session_output", session=session.id, output=output.id, state="drafted",
                       due="2026-12-01", note=self.one("session_output"))  # fmt: skip

    def _hearing(self, op: Operation) -> None:
        stakeholder = op.insert("stakeholder", name=self.one("stakeholder"), kind="industry",
                                interest=self.both("stakeholder"))  # fmt: skip
        heard = op.insert("input", stakeholder=stakeholder, date="2026-05-05", channel="letter",
                          body=self.both("input"), decision="partly", answer=self.both("input"))  # fmt: skip
        op.insert("input_programme", input=heard, programme=self.programmes[0])

    def _evidence(self, op: Operation) -> None:
        file = op.attach(b"%PDF-1.4 contoh", name="bukti.pdf", media_type="application/pdf",
                         caption=self.both("evidence"))  # fmt: skip
        for item in dict(self.guideline.items()):
            op.claim(file, Place("answer", item=item))


def has_text(chapter: Chapter) -> bool:
    """Whether a chapter has a text of its own, not only those of others."""
    return any(block.show == "text" and not block.ref for block in chapter.blocks)


def fill(path: Path, pack: bytes) -> Filled:
    """A new workspace file of a guideline with everything in it; what was written."""
    author = Author("Laras", "secretary")
    made = Workspace.create(path, region="18.07", first_year=YEARS[0], last_year=YEARS[1], pack=pack,
                            author=author, title={"id": "Rencana", "en": "A plan"})  # fmt: skip
    with made as workspace:
        return Filler(workspace).everything()
