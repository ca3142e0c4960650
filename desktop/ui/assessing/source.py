"""The items of an assessment as rows of a grid: own rating, another's, the difference, evidence, notes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.base import LocalText, Message
from desktop.base.ids import derived_id
from desktop.base.speech import number
from desktop.checks.assessment import READINESS, Assessed, Assessment, Section, assessment, rounded
from desktop.checks.ratings import read_rating
from desktop.exchange.assessing import OWN, rate, remark
from desktop.exchange.values import Option
from desktop.guideline.pack import Field
from desktop.ui.grid.source import GridRow, PlainCells, column
from desktop.ui.roles import REVIEWERS, WRITERS, Role
from desktop.ui.session import Session
from desktop.ui.tracing import Record, item_records
from desktop.workspace.plan import Place, Plan, Text, Value
from desktop.workspace.reviewing import SCORES

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation

DIFFERENCE, EVIDENCE, CONDITION, NOTE, OTHER = "difference", "evidence", "condition", "note", "other"
WHO_NAMES = {
    OWN: Message("exchange.rating.by.own"),
    "assessor": Message("exchange.rating.by.assessor"),
    "evaluator": Message("exchange.rating.by.evaluator"),
    "mentor": Message("exchange.rating.by.mentor"),
}


class AssessmentSource(PlainCells):
    """One assessment; whose ratings stand beside the region's is ``other``."""

    labelled = True
    may_add = False
    may_move = False

    def __init__(self, session: Session, kind: str) -> None:
        self._session = session
        self.kind = kind
        self.other = "assessor" if kind == READINESS else "evaluator"
        self.only_differences = False
        self.title = Message(f"ui.assess.kind.{kind}")
        self.name = f"assess:{kind}"
        self.found: Assessment | None = None
        self._items: dict[str, Assessed] = {}

    @property
    def for_review(self) -> bool:
        """Beside the region's ratings stand those of the reviewer."""
        return True

    # -- what is shown --------------------------------------------------------------------------
    def columns(self) -> tuple[Field, ...]:
        step = "choice" if self.kind == READINESS else "decimal"
        out: list[Field] = [
            column(OWN, WHO_NAMES[OWN], step, wide=110),
            column(OTHER, WHO_NAMES[self.other], step, wide=110),
            column(DIFFERENCE, Message("ui.assess.difference"), wide=90),
            column(EVIDENCE, Message("ui.assess.evidence"), "integer", wide=70),
        ]
        if self.kind == READINESS:
            out.append(
                column(CONDITION, Message("ui.assess.condition"), "long_text", translated=True, wide=260)
            )
        out.append(column(NOTE, Message("ui.assess.note"), "long_text", translated=False, wide=180))
        return tuple(out)

    def rows(self, plan: Plan) -> list[GridRow]:
        self.found = assessment(plan, self._session.pack, self.kind)
        self._items = {item.item + item.scope: item for item in self.found.items} if self.found else {}
        out: list[GridRow] = []
        for section in self.found.sections if self.found else ():
            shown = [
                item for item in section.items if not self.only_differences or item.difference(self.other)
            ]
            if shown:
                out.append(
                    GridRow("", label=self._heading(section), heading=True, fixed=f"section:{section.id}")
                )
                out += [self._line(item) for item in shown]
        return out

    def _heading(self, section: Section) -> LocalText | Message:
        mean = section.mean(OWN)
        other = section.mean(self.other)
        if mean is None:
            return section.title or Message("ui.assess.all")
        language = self._session.speaker.language
        title = section.title or Message("ui.assess.all")
        if other is None:
            return Message("ui.assess.mean", section=title, own=number(rounded(mean), language))
        return Message(
            "ui.assess.means",
            section=title,
            own=number(rounded(mean), language),
            other=number(rounded(other), language),
        )

    def _line(self, item: Assessed) -> GridRow:
        score = item.others.get(self.other)
        values: dict[str, Value] = {
            OWN: item.own or None,
            OTHER: score.value or None if score else None,
            EVIDENCE: item.evidence,
            NOTE: score.note if score else "",
            DIFFERENCE: self._difference(item),
        }
        texts: Mapping[str, Text] = {CONDITION: item.condition}
        return GridRow(item.scope or item.item, values, texts, item.label, item.help, item.id)

    def _difference(self, item: Assessed) -> str:
        found = item.difference(self.other)
        if found is None:
            return ""
        said = number(abs(rounded(found)).normalize() + 0, self._session.speaker.language)
        return f"{'+' if found > 0 else '−' if found < 0 else ''}{said}"

    def item_of(self, row: GridRow) -> Assessed | None:
        """The item behind a line."""
        return next((each for each in self._items.values() if each.id == row.fixed), None)

    # -- what cells can hold --------------------------------------------------------------------
    def options(self, column: Field, row: GridRow) -> tuple[Option, ...]:
        del row
        if column.type != "choice" or self.found is None:
            return ()
        return tuple(
            Option(each.id, each.label)
            for each in sorted(self.found.choices, key=lambda each: each.score or 0)
        )

    def tone(self, row: GridRow, column: Field) -> str:
        if column.id in {OWN, OTHER} and self.found is not None:
            said = row.values.get(column.id)
            return next((each.tone for each in self.found.choices if each.id == said), "")
        if column.id == DIFFERENCE:
            return "warn" if str(row.values.get(DIFFERENCE) or "").startswith("−") else ""
        return ""

    def locked(self, column: Field) -> bool:
        role = self._session.role
        if role in REVIEWERS and self.other not in SCORES[role]:
            return True
        if column.id in {DIFFERENCE, EVIDENCE}:
            return True
        if column.id in {OWN, CONDITION}:
            return role not in WRITERS
        # an agency does not write what somebody else thinks of it
        return role is Role.AGENCY

    def adds_up(self, column: Field) -> bool:
        del column
        return False

    # -- writing --------------------------------------------------------------------------------
    def write(self, operation: Operation, row: GridRow, column: Field, value: Value, language: str) -> None:
        item = self.item_of(row)
        pack, found = self._session.pack, self.found
        if item is None or found is None:
            return
        author = self._session.workspace.author
        match column.id:
            case "own" | "other":
                who = OWN if column.id == OWN else self.other
                rate(operation, pack, found, item, who, read_rating(found, str(value or "")), author)
            case "note":
                remark(operation, item, self.other, str(value or ""), author)
            case "condition" if pack.readiness is not None:
                key = operation.fixed_row(pack.readiness.worksheet, item.id)
                operation.cell_text(key, pack.readiness.condition, language, str(value or ""), policy="text")
            case _:
                pass

    def add(self, operation: Operation, before: str, values: Mapping[str, Value]) -> str:
        del operation, before, values
        return ""

    def ensure(self, operation: Operation, row: GridRow) -> str:
        if self.kind == READINESS and self._session.pack.readiness is not None:
            return operation.fixed_row(self._session.pack.readiness.worksheet, row.fixed)
        return row.key

    def delete(self, operation: Operation, row: GridRow) -> None:
        del operation, row

    def move(self, operation: Operation, row: GridRow, before: str) -> None:
        del operation, row, before

    # -- where it is ----------------------------------------------------------------------------
    def place(self, row: GridRow, column: Field) -> Place:
        item = self.item_of(row)
        if item is None:
            return Place("score")
        if column.id in {OTHER, NOTE, DIFFERENCE}:
            score = derived_id("score", item.item, item.scope, self.other)
            return Place("score", score, "note" if column.id == NOTE else "value")
        if column.id == CONDITION and self._session.pack.readiness is not None:
            return Place("cell", item.scope, self._session.pack.readiness.condition)
        return item.place

    def records(self, row: GridRow, column: Field) -> tuple[Record, ...]:
        place = self.place(row, column)
        if place.table == "score":
            return (Record("score", place.row, place.field),)
        if place.table == "cell":
            return item_records(self._session, "cell", place.row, place.field)
        return item_records(self._session, "answer", place.item, place.scope)

    def is_at(self, place: Place, row: GridRow, column: Field) -> bool:
        mine = self.place(row, column)
        if place.table == "answer":
            return mine.table == "answer" and mine.item == place.item and column.id == OWN
        return (mine.table, mine.row, mine.field) == (place.table, place.row, place.field)
