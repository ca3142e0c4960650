"""One programme in full: the service it improves, who leads it, when, what it costs, how it is measured."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol, TypeAlias

from PySide6.QtWidgets import QWidget

from desktop.base import LocalText, Message
from desktop.guideline.pack import Field, Pack
from desktop.ui import theme, widgets
from desktop.ui.charted import IndicatorPaths
from desktop.ui.fields.box import FieldBox
from desktop.ui.fields.codes import CodeBox
from desktop.ui.flow import Pair
from desktop.ui.gradual import Gradual
from desktop.ui.grid.source import TableField
from desktop.ui.grid.tables import IndicatorSource
from desktop.ui.grid.view import Grid
from desktop.ui.hearing.about import InputsAbout
from desktop.ui.later import Later
from desktop.ui.pages.action_plan import ActionPlanCard, RiskCard
from desktop.ui.pages.budget import BudgetGrid
from desktop.ui.pages.supporting import SupportingAgencies
from desktop.ui.registers import AnswerRegister, RowRegister
from desktop.ui.roadmap.chart import Chart
from desktop.ui.session import Session
from desktop.ui.sheets.marked import MarkedDimensions
from desktop.workspace.listening import ABOUT_PROGRAMME, about_programme
from desktop.workspace.plan import Place, Programme

OwnField: TypeAlias = tuple[str, Message, str, bool, Message | None]
"""A field of the programme's own: id, label, type, whether it has languages, what is said about it."""
BASICS: tuple[OwnField, ...] = (
    ("title", Message("ui.programme.title"), "text", True, Message("ui.programme.title.help")),
    ("code", Message("ui.programme.code"), "code", False, None),
    ("dimension", Message("ui.programme.dimension"), "dimension", False, None),
    ("sub_dimension", Message("ui.programme.sub_dimension"), "sub_dimension", False, None),
    ("lead", Message("ui.programme.lead"), "agency", False, None),
)
SERVICE: tuple[OwnField, ...] = (
    ("service", Message("ui.programme.service"), "long_text", True, Message("ui.programme.service.help")),
    ("before", Message("ui.programme.before"), "long_text", True, Message("ui.programme.before.help")),
    ("after", Message("ui.programme.after"), "long_text", True, Message("ui.programme.after.help")),
    ("served", Message("ui.programme.served"), "long_text", True, Message("ui.programme.served.help")),
    (
        "technology",
        Message("ui.programme.technology"),
        "long_text",
        True,
        Message("ui.programme.technology.help"),
    ),
)
TIME: tuple[OwnField, ...] = (
    ("start_year", Message("ui.programme.start_year"), "year", False, None),
    ("end_year", Message("ui.programme.end_year"), "year", False, None),
    ("quick_win", Message("ui.programme.quick_win"), "boolean", False, None),
)
PAIRED = frozenset({"code", "dimension", "sub_dimension", "lead", "start_year", "end_year", "quick_win"})


def asked(pack: Pack, fields: Iterable[OwnField]) -> Iterator[OwnField]:
    """The fields that make sense under a guideline: some know no quick wins or no sub-dimensions."""
    for field in fields:
        if field[0] == "quick_win" and pack.planning.quick_win is None:
            continue
        if field[0] == "sub_dimension" and not any(each.sub_dimensions for each in pack.dimensions):
            continue
        yield field


def needed(pack: Pack) -> frozenset[str]:
    """The fields of a programme without which the guideline lets nothing be submitted."""
    from desktop.checks.programmes import NEEDED

    names: set[str] = set()
    for rule in pack.rules:
        if rule.check == "programme_complete" and rule.list == "mandatory":
            fields = rule.params.get("fields", NEEDED)
            names |= (
                {fields} if isinstance(fields, str) else set(fields) if isinstance(fields, tuple) else set()
            )
        if rule.check == "agency_lead_missing" and rule.list == "mandatory":
            names.add("lead")
    return frozenset(names | ({"start_year", "end_year"} if "years" in names else set()))


class _Part(Protocol):
    """Something on a card that follows the plan."""

    def refresh(self) -> None:
        """Show the plan as it is now."""


class ProgrammeForm(QWidget):
    """Cards for one programme. Its boxes are refreshed by the page that shows it."""

    def __init__(self, session: Session, programme: str, grown: Callable[[], object]) -> None:
        """``grown`` is called when more of the cards are there: a long form is made in several turns."""
        super().__init__()
        self.session = session
        self.programme = programme
        self.boxes: list[FieldBox] = []
        self._parts: list[_Part] = []
        self._whole = False
        self._later: list[Later] = []
        self.action_plan: ActionPlanCard | None = None
        self.risks: RiskCard | None = None
        self._aspects: QWidget | None = None
        self._cards = widgets.column(spacing=theme.PAD - 2)
        self.setLayout(self._cards)
        self._gradual = Gradual(self, self._make(), grown)

    def _make(self) -> Iterator[None]:
        """Card after card, each shown as the plan has it."""
        extra = (self._extra,) if self.session.pack.planning.extra_fields else ()
        later = (self._paths, *extra, self._action_plan, self._risks, self._heard)
        for make in (
            self._basics, self._service, self._time, self._budget, self._indicators, *later
        ):  # fmt: skip
            self._cards.addWidget(make())
            yield
        self._whole = True
        programme = self.now()
        if programme is not None and programme.quick_win and self._aspects is None:
            yield from self._make_aspects()

    def complete(self) -> None:
        """Make the cards that are not there yet."""
        self._gradual.finish()
        for each in self._later:
            each.finish()

    def _budget(self) -> QWidget:
        self.budget = BudgetGrid(self.session, self.programme)
        return self._shown(self.budget, self.budget)

    def _shown(self, card: QWidget, *parts: _Part) -> QWidget:
        """A card whose parts follow the plan from now on."""
        self._parts += parts
        for part in parts:
            part.refresh()
        return card

    # -- cards ----------------------------------------------------------------------------------
    def _card_of(self, title: Message, note: Message | None, fields: tuple[OwnField, ...]) -> widgets.Card:
        card = widgets.Card(self.session.speaker, title, note)
        waiting = None
        for name, label, kind, translated, help_ in asked(self.session.pack, fields):
            box = self._own(name, label, kind, translated, help_)
            if name not in PAIRED:
                waiting = None
                card.add(box)
                continue
            if waiting is None:
                waiting = Pair()
                card.add(waiting)
            waiting.add(box)
            if waiting.count() == 2:
                waiting = None
        return card

    def _own(self, name: str, label: Message, kind: str, translated: bool, help_: Message | None) -> FieldBox:
        if kind == "code":
            self.boxes.append(made := CodeBox(self.session, "programme", self.programme, label))
            return made
        field = TableField(
            id=name, label=LocalText(), type=kind, translated=translated, said=label,  # type: ignore[arg-type]
            required=name in needed(self.session.pack),
        )  # fmt: skip
        register = RowRegister("programme", self.programme, name, label)
        box = FieldBox(
            self.session,
            field,
            register,
            dimension_of=self.programme if kind == "sub_dimension" else "",
            note=help_,
        )
        self.boxes.append(box)
        return box

    def _basics(self) -> QWidget:
        card = self._card_of(Message("ui.programme.basics"), None, BASICS)
        self.supporting = SupportingAgencies(self.session, self.programme)
        card.add(self.supporting)
        self.marked = MarkedDimensions(self.session, self.programme)
        card.add(self.marked)
        return self._shown(card, self.supporting, self.marked)

    def _service(self) -> QWidget:
        return self._card_of(
            Message("ui.programme.service_card"), Message("ui.programme.service_note"), SERVICE
        )

    def _time(self) -> QWidget:
        card = self._card_of(Message("ui.programme.time"), None, TIME)
        self._time_card = card
        card.add(widgets.label(self.session.speaker, Message("ui.roadmap.beside"), "field"))
        self.timeline = Chart(self.session, self.programme)
        card.add(self.timeline)
        return self._shown(card, self.timeline)

    def _make_aspects(self) -> Iterator[None]:
        """What a quick win is judged by, aspect by aspect: made when the programme first is one."""
        self._aspects = QWidget()
        box = widgets.column(spacing=theme.GAP)
        self._aspects.setLayout(box)
        self._time_card.add(self._aspects)
        quick_win = self.session.pack.planning.quick_win
        if quick_win is not None:
            box.addWidget(widgets.label(self.session.speaker, Message("ui.programme.aspects"), "section"))
            note = Message("ui.programme.aspects_note", n=quick_win.max_years)
            box.addWidget(widgets.label(self.session.speaker, note, "muted", wrap=True))
            for field in quick_win.aspects:
                box.addWidget(self._answer(field, f"quick_win.{field.id}"))
                yield

    def _answer(self, field: Field, item: str) -> FieldBox:
        box = FieldBox(self.session, field, AnswerRegister(field, item, self.programme))
        self.boxes.append(box)
        return box

    def _indicators(self) -> QWidget:
        card = widgets.Card(self.session.speaker, Message("ui.indicator.title"), Message("ui.indicator.note"))
        self.indicators = Grid(
            self.session, IndicatorSource(self.session, self.programme), Message("ui.indicator.title")
        )
        self.indicators.table.setMinimumHeight(170)
        card.add(self.indicators)
        return self._shown(card, self.indicators)

    def _paths(self) -> QWidget:
        """How the indicators go from baseline to target, with what was reached."""

        def take(card: QWidget) -> None:
            assert isinstance(card, IndicatorPaths)  # noqa: S101 - what is made below
            self._shown(card, card)

        return self._put_off(lambda: IndicatorPaths(self.session, self.programme), 24, take)

    def _extra(self) -> QWidget:
        card = widgets.Card(self.session.speaker, Message("ui.programme.extra"))
        for field in self.session.pack.planning.extra_fields:
            card.add(self._answer(field, f"programme.{field.id}"))
        return card

    def _action_plan(self) -> QWidget:
        """Seen far below: made when somebody scrolls there, so that opening stays quick."""

        def take(card: QWidget) -> None:
            assert isinstance(card, ActionPlanCard)  # noqa: S101 - what is made below
            self.action_plan = card
            self._shown(card, card)

        return self._put_off(lambda: ActionPlanCard(self.session, self.programme), 420, take)

    def _risks(self) -> QWidget:
        def take(card: QWidget) -> None:
            assert isinstance(card, RiskCard)  # noqa: S101 - what is made below
            self.risks = card
            self._shown(card, card)

        return self._put_off(lambda: RiskCard(self.session, self.programme), 420, take)

    def _put_off(self, make: Callable[[], QWidget], high: int, take: Callable[[QWidget], object]) -> QWidget:
        made = Later(make, high, take)
        self._later.append(made)
        return made

    def _heard(self) -> QWidget:
        """What stakeholders said about it."""
        row = self.programme
        self.heard = InputsAbout(
            self.session, f"{ABOUT_PROGRAMME}{row}", lambda plan: about_programme(plan.inputs, row)
        )
        return self._shown(self.heard, self.heard)

    # -- keeping up -----------------------------------------------------------------------------
    def now(self) -> Programme | None:
        """The programme as it stands."""
        return next((each for each in self.session.plan.programmes if each.id == self.programme), None)

    def refresh(self) -> None:
        """Show the plan as it is now."""
        programme = self.now()
        if programme is None:
            return
        if programme.quick_win and self._aspects is None and self._whole:
            for _ in self._make_aspects():
                pass
        for box in self.boxes:
            box.refresh()
        if self._aspects is not None:
            self._aspects.setVisible(programme.quick_win)
        for part in self._parts:
            part.refresh()

    def point_at(self, place: Place) -> QWidget | None:
        """Give the focus to the field at a place; the widget that has it."""
        self.complete()
        for box in self.boxes:
            if box.is_at(place):
                box.take_focus(place.language)
                return box
        if place.table in {"indicator", "target"} and self.indicators.point_at(place):
            return self.indicators
        if place.table in {"activity", "sub_activity"} and self.action_plan is not None:
            return self.action_plan if self.action_plan.point_at(place) else None
        if place.table == "risk" and self.risks is not None:
            return self.risks if self.risks.point_at(place) else None
        if place.table in {"budget_line", "rpjmd_ceiling"} or place.field == "total_budget":
            self.budget.take_focus(place)
            return self.budget
        return None
