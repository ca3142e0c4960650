"""Which part of the story is told: by whom, of which agency, of which programme, from when to when."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QWidget

from desktop.base import Message
from desktop.base.speech import date, value_text
from desktop.checks.spots import named
from desktop.exchange.authors import Authors
from desktop.exchange.values import NotUnderstood
from desktop.ui import theme, widgets
from desktop.ui.fields.editors import DateEditor
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.flow import Flow
from desktop.ui.session import Session
from desktop.workspace import story
from desktop.workspace.story import Wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """What was chosen; ``about`` says it in words."""

    wanted: Wanted
    about: str


class Filters(QWidget):
    """Lists and days beside each other; whatever is chosen narrows further."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.person, self.agency, self.programme = (self._combo(name) for name in _NAMES)
        self.since = self._date(Message("ui.past.since"))
        self.until = self._date(Message("ui.past.until"))
        self.clear = widgets.button(
            session.speaker, Message("ui.past.clear"), self.reset, icon="funnel-x", look="quiet"
        )
        row = Flow(self.person, self.agency, self.programme, *self._days(), self.clear)
        box = widgets.column()
        box.addLayout(row)
        self.setLayout(box)
        session.speaker.changed.connect(self.refresh)

    def _combo(self, name: Message) -> QComboBox:
        made = QuietCombo()
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(18)
        widgets.call(self._session.speaker, made, name)
        made.activated.connect(lambda _row: self.changed.emit())
        return made

    def _date(self, name: Message) -> DateEditor:
        made = DateEditor(self._session.speaker)
        widgets.call(self._session.speaker, made.edit, name)
        made.left.connect(self.changed.emit)
        made.edit.returnPressed.connect(self.changed.emit)
        made.setFixedWidth(theme.grown(180))
        return made

    def _days(self) -> Iterable[QWidget]:
        for name, editor in ((Message("ui.past.since"), self.since), (Message("ui.past.until"), self.until)):
            holder = QWidget()
            holder.setLayout(widgets.line(widgets.label(self._session.speaker, name, "muted"), editor))
            yield holder

    # -- what can be chosen ----------------------------------------------------------------------
    def refresh(self) -> None:
        """Offer everybody and everything there is; what is chosen stays chosen."""
        session = self._session
        if not session.is_open:
            return
        plan, language = session.plan, session.speaker.language
        authors = dict.fromkeys(each.author for each in story.hands(session.workspace).hands)
        self._fill(self.person, Message("ui.past.anybody"), {name: name for name in authors})
        agencies = {each.id: each.short_name or each.name.read(language) for each in plan.agencies}
        self._fill(self.agency, Message("ui.past.any_agency"), agencies)
        programmes = {each.id: value_text(named(each.title), language) for each in plan.programmes}
        self._fill(self.programme, Message("ui.past.any_programme"), programmes)

    def _fill(self, combo: QComboBox, first: Message, entries: dict[str, str]) -> None:
        now = combo.currentData()
        wanted = [("", self._session.say(first)), *entries.items()]
        if [(combo.itemData(row), combo.itemText(row)) for row in range(combo.count())] == wanted:
            return
        combo.clear()
        for value, text in wanted:
            combo.addItem(text, value)
        combo.setCurrentIndex(max(combo.findData(now), 0) if now else 0)

    def choose(
        self, *, programme: str = "", agency: str = "", person: str = "", since: str = "", until: str = ""
    ) -> None:
        """Narrow to these (ids, a name, ISO days) and nothing else."""
        self.refresh()
        self._empty()
        for combo, value in ((self.programme, programme), (self.agency, agency), (self.person, person)):
            if value and combo.findData(value) < 0:
                combo.addItem(value, value)  # gone by now: it is still asked for by its id
            combo.setCurrentIndex(max(combo.findData(value), 0))
        self.since.show_value(since or None)
        self.until.show_value(until or None)
        self.changed.emit()

    def reset(self) -> None:
        """Everything again."""
        self._empty()
        self.changed.emit()

    def _empty(self) -> None:
        for combo in (self.person, self.agency, self.programme):
            combo.setCurrentIndex(0)
        for editor in (self.since, self.until):
            editor.show_value(None)

    # -- what is chosen --------------------------------------------------------------------------
    def asked(self) -> Asked:
        """The part of the story that is wanted."""
        workspace, plan = self._session.workspace, self._session.plan
        person, agency, programme = (
            str(combo.currentData() or "") for combo in (self.person, self.agency, self.programme)
        )
        authors: frozenset[str] | None = frozenset({person}) if person else None
        if agency:
            theirs = Authors(plan, story.hands(workspace)).of_agency(agency)
            authors = theirs if authors is None else authors & theirs
        rows = story.family(workspace, "programme", programme) if programme else None
        since, until = _day(self.since), _day(self.until)
        wanted = Wanted(rows=rows, authors=authors, since=since, until=until)
        return Asked(wanted, self._about(since, until))

    def _about(self, since: dt.date | None, until: dt.date | None) -> str:
        parts = [
            combo.currentText() for combo in (self.person, self.agency, self.programme) if combo.currentData()
        ]
        language = self._session.speaker.language
        if since or until:
            days = (date(day, language) if day else "\N{HORIZONTAL ELLIPSIS}" for day in (since, until))
            parts.append(" \N{EN DASH} ".join(days))
        return ", ".join(parts) or self._session.say(Message("cli.past.everything"))


_NAMES = (Message("ui.past.person"), Message("ui.past.agency"), Message("ui.past.programme"))


def _day(editor: DateEditor) -> dt.date | None:
    with contextlib.suppress(NotUnderstood, ValueError):
        value = editor.value()
        return dt.date.fromisoformat(str(value)) if value else None
    return None


__all__ = ["Asked", "Filters"]
