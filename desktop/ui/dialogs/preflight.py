"""Before a key signs: what was looked at, what is noted, what stands in the way."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from desktop.base import Message
from desktop.submission import Preflight
from desktop.trust import Grade
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.scrolled import Scrolled
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session

_MARKS = {
    Grade.GOOD: ("circle-check", "good"),
    Grade.NOTE: ("info", "warn"),
    Grade.CONFIRM: ("triangle-alert", "warn"),
    Grade.STOP: ("circle-x", "bad"),
}
_WORDS = {
    Grade.GOOD: Message("ui.preflight.good"),
    Grade.NOTE: Message("ui.preflight.note"),
    Grade.CONFIRM: Message("ui.preflight.confirm"),
    Grade.STOP: Message("ui.preflight.stop"),
}


_NOTES = 100
"""Of the package, that are told before a key signs it, one of each kind first: more than there are kinds."""
_FEW = 10
"""So many lines have room in a dialog; more of them scroll."""
_HIGH = 320
"""The height that these scroll in, in pixels at 100 %."""


class PreflightDialog(Ask):
    """Each check in a line; what stops leaves no button to sign, another holder has to be agreed to."""

    def __init__(self, session: Session, parent: QWidget, found: Preflight) -> None:
        super().__init__(session, Message("ui.preflight.title"), Message("ui.preflight.sign"), parent)
        offer_help(self, "preflight")
        speaker = session.speaker
        self.widen(560)
        self._lines: QVBoxLayout = self.body
        if len(found.whom) + len(found.notes) > _FEW:
            area = Scrolled()
            area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            area.setMinimumHeight(theme.grown(_HIGH))
            self.body.addWidget(area, 1)
            self._lines = area.box
        whose = Message("ui.preflight.whose", holder=found.holder, issuer=found.issuer)
        self._lines.addWidget(widgets.label(speaker, whose, "field", wrap=True))
        for message in found.whom:
            self._lines.addWidget(widgets.label(speaker, message, wrap=True))
        what = Message("ui.preflight.documents", n=found.documents)
        if not found.documents:
            what = Message("ui.preflight.container")
        self._lines.addWidget(widgets.label(speaker, what, "muted", wrap=True))
        if found.package is not None:
            # whoever signs can hold it against the last page of what lies on the table
            self._lines.addWidget(widgets.label(speaker, found.package, "muted", wrap=True))
        for message in found.stamps:
            self._lines.addWidget(widgets.label(speaker, message, "muted", wrap=True))
        for message in found.notes[:_NOTES]:
            self._tell(Grade.NOTE, message)
        if len(found.notes) > _NOTES:
            self._tell(Grade.NOTE, Message("submission.report.more", n=len(found.notes) - _NOTES))
        for check in found.checks:
            self._tell(check.grade, check.message)
        self.agreed = QCheckBox()
        speaker.tie(self.agreed, QCheckBox.setText, Message("ui.preflight.agree"))
        self.agreed.setVisible(found.other_holder and not found.stopped)
        self.body.addWidget(self.agreed)
        self.ok.setVisible(not found.stopped)
        if found.other_holder:
            self.ok.setEnabled(False)
            self.agreed.toggled.connect(self.ok.setEnabled)
        if found.notes or found.other_holder:
            # it opens some seconds after the password, which Enter ended
            self.be_careful()

    def _tell(self, grade: Grade, message: Message) -> None:
        speaker, (icon, tone) = self.session.speaker, _MARKS[grade]
        mark = widgets.picture(icon, tone)
        # Colour and picture alone tell nothing to whoever listens.
        widgets.call(speaker, mark, _WORDS[grade])
        mark.setToolTip(self.session.say(_WORDS[grade]))
        said = widgets.label(speaker, message, "" if grade is Grade.GOOD else tone, wrap=True)
        row = widgets.line(mark, said)
        row.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        row.setStretch(1, 1)
        self._lines.addLayout(row)


def ask_preflight(parent: QWidget, session: Session, found: Preflight) -> bool:
    """Whether to sign with a key after all that was found about it."""
    dialog = PreflightDialog(session, parent, found)
    return dialog.exec() == PreflightDialog.DialogCode.Accepted
