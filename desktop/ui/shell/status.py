"""The status line: is everything saved, who works here, what is filled differently."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar

from desktop.base import Message
from desktop.base.clock import now
from desktop.base.speech import moment
from desktop.ui import widgets
from desktop.ui.roles import Role
from desktop.ui.session import Session

SHOWN = 6000
"""Milliseconds a passing remark stays."""


class Status(QStatusBar):
    """Saved state at the left, a passing remark beside it, counts at the right."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._saved_at = ""
        self.setSizeGripEnabled(False)
        self._icon = widgets.picture("circle-check", "good", 14)
        self._icon.setProperty("look", "mark")
        self.setContentsMargins(8, 0, 0, 0)
        self.saved = widgets.blank()
        self.told = widgets.blank()
        self.findings = widgets.blank()
        self.differing = widgets.button(
            session.speaker, self._differing_text, lambda: session.show("differing"), look="quiet"
        )
        # A long remark gives way to the rest of the line; in full it stands in the tooltip.
        self.told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.addWidget(self._icon)
        self.addWidget(self.saved)
        self.addWidget(self.told, 1)
        widgets.call(session.speaker, self, Message("ui.status.name"))
        for right in (self.differing, self.findings):
            self.addPermanentWidget(right)
        self._fade = QTimer(self, singleShot=True, interval=SHOWN)
        self._fade.timeout.connect(lambda: self._say(""))
        session.drafts.changed.connect(self.refresh)
        session.changed.connect(self._on_changed)
        session.report_changed.connect(self.refresh)
        session.opened.connect(self.refresh)
        session.moved.connect(self.refresh)
        session.closed.connect(self.refresh)
        session.speaker.changed.connect(self.refresh)
        session.told.connect(self.tell)
        self.refresh()

    def _differing_text(self) -> Message:
        count = len(self._session.plan.conflicts) if self._session.is_open else 0
        return Message("ui.status.differing", n=count)

    def tell(self, message: Message) -> None:
        """Say something in passing."""
        self._say(message)
        self._fade.start()

    def _say(self, remark: Message | str) -> None:
        self._session.speaker.tie(self.told, QLabel.setText, remark)
        self._session.speaker.tie(self.told, QLabel.setToolTip, remark)

    def _on_changed(self, _changes: object) -> None:
        self._saved_at = moment(now(), self._session.speaker.language).rsplit(" ", 1)[-1]
        self.refresh()

    def refresh(self) -> None:
        """Say how things stand."""
        session = self._session
        if not session.is_open:
            for part in (self._icon, self.saved, self.findings, self.differing):
                part.hide()
            return
        self._icon.show()
        self.saved.show()
        # what the whole document still lacks is no concern of whoever fills in one office's part
        self.findings.setVisible(session.whom is None or session.role is not Role.AGENCY)
        if session.locked:
            state = Message("ui.status.read_only")
        elif session.drafts:
            state = Message("ui.status.typing")
        elif self._saved_at:
            state = Message("ui.status.saved_at", time=self._saved_at)
        else:
            state = Message("ui.status.saved")
        self.saved.setText(session.say(state))
        self._icon.setVisible(not session.drafts)
        if session.report is not None:
            counts = session.report.counts
            self.findings.setText(
                session.say(
                    Message(
                        "ui.status.findings",
                        mandatory=counts["mandatory"],
                        weak=counts["weak"],
                        hint=Message("ui.status.suggestions", n=counts["hint"]),
                    )
                )
            )
        self.differing.setText(session.say(self._differing_text))
        self.differing.setVisible(bool(session.plan.conflicts))
