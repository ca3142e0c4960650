"""Whose commitment sheet is signed: every agency, with the scan of its sheet."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.base import Message
from desktop.checks.application import SIGNED
from desktop.checks.places import agency_name
from desktop.ui import widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.evidence import supports
from desktop.ui.fields.evidence_slot import EvidenceSlot
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session
from desktop.workspace.plan import Agency, Place


def sheet_place(agency: str) -> Place:
    """What the signed sheet of an agency is evidence for."""
    return Place("agency", agency, SIGNED)


class CommitmentsCard(widgets.Card):
    """One line for each agency: signed or not, and the way to attach the scan."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker, Message("ui.commitments.title"), Message("ui.commitments.note"))
        self._session = session
        self._shown: object = None
        self.edits: dict[str, QWidget] = {}
        books = widgets.button(
            session.speaker, Message("ui.commitments.print"), self._go, icon="printer", look="quiet"
        )
        self.head.addWidget(books)
        self._rows = widgets.column(spacing=2)
        self.add(self._rows)

    def _go(self) -> None:
        self._session.show("books")

    def refresh(self) -> None:
        """Show the plan as it is now."""
        plan = self._session.plan
        found = tuple((each, len(supports(plan, sheet_place(each.id)))) for each in plan.agencies)
        state = (found, self._session.read_only)
        if state == self._shown:
            return
        self._shown = state
        widgets.empty(self._rows)
        self.edits.clear()
        for agency, count in found:
            self._rows.addLayout(self._row(agency, count))
        if not found:
            none = Message("ui.commitments.none")
            self._rows.addWidget(widgets.label(self._session.speaker, none, "muted", wrap=True))

    def _row(self, agency: Agency, count: int) -> QHBoxLayout:
        speaker, name = self._session.speaker, agency_name(self._session.plan, agency.id)
        signed = count > 0
        sign = ("circle-check", "good") if signed else ("circle-dashed", "muted")
        about = Message("ui.commitments.line", agency=name, head=agency.head or "\N{EN DASH}")
        chip = widgets.label(
            speaker, Message("ui.commitments.signed") if signed else Message("ui.commitments.waiting")
        )
        widgets.chip(chip, "good" if signed else "info")
        edit = widgets.tool(
            speaker, Message("ui.commitments.attach", agency=name), "paperclip", partial(self.attach, agency)
        )
        edit.setEnabled(not self._session.read_only)
        self.edits[agency.id] = edit
        made = widgets.line(
            widgets.picture(*sign, 18), widgets.label(speaker, about, wrap=True), 1, chip, edit
        )
        made.setContentsMargins(0, 3, 0, 3)
        return made

    def attach(self, agency: Agency) -> None:
        """Show the files of an agency's sheet, and take more."""
        SheetDialog(self._session, agency, self).exec()


class SheetDialog(Ask):
    """The signed sheet of one agency."""

    def __init__(self, session: Session, agency: Agency, parent: QWidget) -> None:
        name = agency_name(session.plan, agency.id)
        title = Message("ui.commitments.attach", agency=name)
        super().__init__(session, title, Message("ui.commitments.close"), parent)
        offer_help(self, "sessions")
        self.slot = EvidenceSlot(session, sheet_place(agency.id), required=True)
        self.slot.refresh()
        self.body.addWidget(self.slot)
        session.changed.connect(self._on_changed)

    def _on_changed(self, _changes: object) -> None:
        self.slot.refresh()
