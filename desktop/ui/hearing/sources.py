"""Stakeholders and inputs as rows of a grid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from desktop.base import Message, clock
from desktop.base.speech import value_text
from desktop.books.words import listed
from desktop.guideline.pack import Field
from desktop.ui.grid.source import GridRow, TableField, column
from desktop.ui.grid.tables import TableSource
from desktop.ui.session import Session
from desktop.workspace.hearing import Input, Stakeholder
from desktop.workspace.listening import decide, hearings, subject
from desktop.workspace.plan import Plan, Value

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation

STAKEHOLDER: tuple[TableField, ...] = (
    column("name", Message("ui.stakeholder.name"), wide=200),
    column("kind", Message("ui.stakeholder.kind"), "choice"),
    column("interest", Message("ui.stakeholder.interest"), "long_text", translated=True, wide=260),
    column("contact_person", Message("ui.stakeholder.contact_person"), wide=120),
    column("contact", Message("ui.stakeholder.contact"), wide=110),
)
COUNTS = ("invited", "attended", "said")
_COUNTED: tuple[TableField, ...] = (
    column("invited", Message("ui.stakeholder.invited"), "integer"),
    column("attended", Message("ui.stakeholder.attended"), "integer"),
    column("said", Message("ui.stakeholder.said"), "integer"),
)
INPUT: tuple[TableField, ...] = (
    column("stakeholder", Message("ui.input.stakeholder"), "row", wide=170),
    column("body", Message("ui.input.body"), "long_text", translated=True, wide=300),
    column("item", Message("ui.input.item"), "row", wide=190),
    column("decision", Message("ui.input.decision"), "choice"),
    column("answer", Message("ui.input.answer"), "long_text", translated=True, wide=260),
    column("programmes", Message("ui.input.programmes"), wide=190),
    column("date", Message("ui.input.date"), "date"),
    column("channel", Message("ui.input.channel"), "choice"),
    column("meeting", Message("ui.input.meeting"), "row", wide=170),
    column("author", Message("ui.input.author"), wide=130),
)
"""Every field of an input; ``programmes`` is shown here and chosen in the form below."""
TONES = {"open": "info", "accepted": "good", "partly": "moderate", "rejected": "poor"}


class StakeholderSource(TableSource):
    """The register, with how often each was invited, present and gave input."""

    def __init__(self, session: Session) -> None:
        super().__init__(
            session, "stakeholder", Message("ui.stakeholder.list"), (*STAKEHOLDER, *_COUNTED),
            lambda plan: plan.stakeholders,
        )  # fmt: skip
        self._read_from: tuple[object, ...] = ()

    def rows(self, plan: Plan) -> list[GridRow]:
        # counts stand beside the records: lines are compared when one of these is made anew
        now = (plan.inputs, plan.meetings, plan.stakeholders)
        if any(a is not b for a, b in zip(now, self._read_from or (None,) * 3, strict=True)):
            self._read_from, self._known = now, hearings(plan)
            self._lines.look_again()
        return super().rows(plan)

    def _line(self, each: Stakeholder) -> GridRow:
        line = super()._line(each)
        heard = self._known[each.id]
        counts = {"invited": heard.invited, "attended": heard.attended, "said": heard.inputs}
        return replace(line, values={**line.values, **counts})

    def locked(self, column: Field) -> bool:
        return column.id in COUNTS

    def remark(self, row: GridRow, column: Field) -> Message | None:
        never = not row.fresh and not row.values.get("attended") and not row.values.get("said")
        return Message("ui.stakeholder.never") if column.id == "name" and never else None


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Which inputs are shown; empty means all."""

    decision: str = ""
    stakeholder: str = ""
    meeting: str = ""
    about: str = ""
    """An item as in ``Input.item``; ``chapter.`` alone stands for every chapter, ``plan`` for the whole."""

    def holds(self, plan: Plan, each: Input) -> bool:
        """Whether an input is among them."""
        return (
            self.decision in {"", each.decision}
            and self.stakeholder in {"", each.stakeholder}
            and self.meeting in {"", each.meeting}
            and self._about(plan, each)
        )

    def _about(self, plan: Plan, each: Input) -> bool:
        kind, ref = subject(self.about)
        if not self.about or self.about == each.item:
            return True
        if self.about == "plan":
            return not each.item
        match kind:
            case "programme":
                return ref in each.programmes
            case "dimension":
                mentioned = {*each.programmes, each.item.removeprefix("programme/")}
                return any(p.dimension == ref and p.id in mentioned for p in plan.programmes)
            case "chapter":
                return not ref and each.item.startswith(self.about)
        return False


class InputSource(TableSource):
    """Inputs, perhaps narrowed; a row typed at the end belongs to what they are narrowed to."""

    def __init__(self, session: Session, narrowed: Narrowed | None = None) -> None:
        self.narrowed = narrowed or Narrowed()
        self._fixed = self.narrowed.meeting
        shown = tuple(field for field in INPUT if not (self._fixed and field.id in {"meeting", "channel"}))
        super().__init__(session, "input", Message("ui.input.list"), shown, self._of_these)
        self.name = "input:meeting" if self._fixed else "input"

    @property
    def rare(self) -> tuple[str, ...]:  # type: ignore[override]
        """What only some inputs need."""
        return ("author",) if self._fixed else ("channel", "meeting", "author")

    def _of_these(self, plan: Plan) -> Iterable[Input]:
        return (each for each in plan.inputs if self.narrowed.holds(plan, each))

    def rows(self, plan: Plan) -> list[GridRow]:
        self._lines.look_again()  # titles of programmes stand in them
        return super().rows(plan)

    def _line(self, each: Input) -> GridRow:
        line = super()._line(each)
        names = (p.title for p in self._session.plan.programmes if p.id in each.programmes)
        said = listed(name.read(self._session.speaker.language.value) for name in names)
        return replace(line, values={**line.values, "programmes": said if each.programmes else None})

    def locked(self, column: Field) -> bool:
        return column.id == "programmes"

    def tone(self, row: GridRow, column: Field) -> str:
        return TONES.get(str(row.values.get("decision") or ""), "") if column.id == "decision" else ""

    def write(self, operation: Operation, row: GridRow, column: Field, value: Value, language: str) -> None:
        if column.id == "decision":
            key = self.ensure(operation, row)
            name = self._session.workspace.author.name
            decide(
                operation, key, str(value or "open"), by=name, on=clock.today(self._session.plan.region.code)
            )
            return
        super().write(operation, row, column, value, language)

    def add(self, operation: Operation, before: str, values: Mapping[str, Value]) -> str:
        del values
        now, plan = self.narrowed, self._session.plan
        meeting = next((each for each in plan.meetings if each.id == now.meeting), None)
        item = now.about if now.about not in {"plan", "chapter."} else ""
        key = operation.insert(
            "input",
            stakeholder=now.stakeholder or None,
            meeting=now.meeting or None,
            item=item,
            decision=now.decision or "open",
            date=meeting.start if meeting else clock.today(self._session.plan.region.code).isoformat(),
            channel="meeting" if meeting else "other",
        )
        if before:
            operation.move_row(key, before=before, table="input")
        return key


def said_of(session: Session, item: str) -> str:
    """What an input is about, in the language of the window."""
    from desktop.checks.places import title_of_subject

    return value_text(title_of_subject(session.plan, session.guide, item), session.speaker.language)
