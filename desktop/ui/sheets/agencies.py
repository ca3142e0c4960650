"""Whose part of a worksheet is shown: everybody's (the recap), the region's own, or one agency's."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from desktop.base import LocalText, Message
from desktop.base.message import Param
from desktop.checks.recap import recap
from desktop.guideline.pack import Worksheet
from desktop.ui import theme, widgets
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.flow import Flow
from desktop.ui.grid.worksheets import ALL
from desktop.ui.own.office import office_here
from desktop.ui.session import Session

COMBO = 420
"""How wide the list grows, in pixels at 100 %."""
NAMED = 6
"""So many agencies that wrote nothing are named; the rest are counted."""


class AgencyChooser(QWidget):
    """A list of agencies, and below it who has filled in something; the choice is remembered by worksheet."""

    chosen = Signal(str)

    def __init__(self, session: Session, sheet: Worksheet) -> None:
        super().__init__()
        self._session, self._sheet = session, sheet
        self._key = f"shown:{sheet.id}"
        self.combo: QComboBox = QuietCombo()
        widgets.call(session.speaker, self.combo, Message("ui.sheet.agency"))
        self.combo.activated.connect(lambda _row: self._on_activated())
        name = widgets.label(session.speaker, Message("ui.sheet.agency"), "field")
        name.setBuddy(self.combo)
        self.combo.setMaximumWidth(theme.grown(COMBO))
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.setMinimumContentsLength(30)
        self.row = Flow(name, self.combo, 1)
        self.row.grow(self.combo)
        self.told = widgets.label(session.speaker, "", "muted", wrap=True)
        box = widgets.column(spacing=theme.GAP // 2)
        box.addLayout(self.row)
        box.addWidget(self.told)
        self.setLayout(box)
        self.agency = self._first()

    # -- which ----------------------------------------------------------------------------------
    def _first(self) -> str:
        """What was shown last; else an agency's person their own part, others everybody's if there is any."""
        session, plan = self._session, self._session.plan
        known = {"", *(agency.id for agency in plan.agencies), *((ALL,) if self._sheet.recap else ())}
        kept = session.settings.tables.get(self._key)
        if isinstance(kept, dict) and kept.get("agency") in known:
            return str(kept["agency"])
        mine = office_here(session)
        if mine:
            return mine
        rows = plan.rows.get(self._sheet.id, ())
        if not self._sheet.recap:
            return ""
        return ALL if any(row.agency for row in rows) else ""

    def show(self, agency: str) -> None:  # type: ignore[override]  # a part is shown, not the widget
        """Choose a part without remembering it."""
        self.agency = agency
        self.combo.setCurrentIndex(max(0, self.combo.findData(agency)))
        self._tell()

    def _on_activated(self) -> None:
        self.agency = str(self.combo.currentData() or "")
        tables = self._session.settings.tables
        self._session.remember(tables={**tables, self._key: {"agency": self.agency}})
        self._tell()
        self.chosen.emit(self.agency)

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        """Offer the agencies there are, each with how many rows it has."""
        say, plan = self._session.say, self._session.plan
        rows = Counter(row.agency for row in plan.rows.get(self._sheet.id, ()))
        entries = [(say(Message("ui.sheet.everybody", n=rows.total())), ALL)] if self._sheet.recap else []
        entries.append((say(Message("ui.sheet.whole_region")), ""))
        for agency in plan.agencies:
            name = agency.name.read(self._session.speaker.language)
            entries.append((f"{name} ({rows[agency.id]})" if rows[agency.id] else name, agency.id))
        if self.agency not in {value for _, value in entries}:
            self.agency = self._first()
        self.combo.clear()
        for text, value in entries:
            self.combo.addItem(text, value)
        self.combo.setCurrentIndex(max(0, self.combo.findData(self.agency)))
        self._tell()

    def _tell(self) -> None:
        """Who filled in something and who has not, where everybody's part is shown."""
        found = recap(self._session.plan, self._sheet)
        self.told.setVisible(self.agency == ALL and bool(found.counts))
        if not found.counts:
            return
        silent = found.silent
        done, there = len(found.counts) - len(silent), len(found.counts)
        sentence = Message("ui.sheet.all_filled", n=there)
        if silent:
            names: Param = _called(silent[0])
            for agency in silent[1:NAMED]:
                names = Message("ui.sheet.and", one=names, other=_called(agency))
            more = len(silent) - NAMED
            if more > 0:
                names = Message("ui.sheet.and", one=names, other=Message("ui.sheet.others", n=more))
            sentence = Message("ui.sheet.filled", done=done, there=there, silent=names)
        self._session.speaker.tie(self.told, QLabel.setText, sentence)


def _called(agency: object) -> Param:
    return getattr(agency, "short_name", "") or LocalText(dict(agency.name.values))  # type: ignore[attr-defined]
