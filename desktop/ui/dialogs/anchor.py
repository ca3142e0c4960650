"""Before an authority is believed: its fingerprint to be compared, whose it is, and for what."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QScrollArea, QWidget

from desktop.base import Message, clock
from desktop.base.speech import date
from desktop.trust import AnchorClass, KnownAnchor
from desktop.trust.certificate import grouped
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session

FEW = 3
"""As many certificates stand in the dialog without scrolling."""


class AnchorDialog(Ask):
    """Every certificate of a file with its fingerprint; the button waits until somebody has compared it."""

    def __init__(self, session: Session, parent: QWidget, found: tuple[KnownAnchor, ...]) -> None:
        super().__init__(session, Message("ui.anchor.title"), Message("ui.settings.anchors.believe"), parent)
        offer_help(self, "anchors")
        speaker = session.speaker
        self.setMinimumWidth(600)
        self.body.addWidget(widgets.label(speaker, Message("ui.anchor.note"), "muted", wrap=True))
        self.body.addWidget(self._shown(found))
        self.purpose = QuietCombo()
        for purpose in AnchorClass:
            self.purpose.addItem(session.say(purpose.message), purpose)
        test = all(each.purpose is AnchorClass.TEST for each in found)
        self.purpose.setCurrentIndex(
            self.purpose.findData(AnchorClass.TEST if test else AnchorClass.NATIONAL)
        )
        # A test identity's root is worth a test, whatever it is called.
        self.purpose.setEnabled(not test)
        self.field(Message("ui.anchor.class"), self.purpose)
        self.compared = QCheckBox()
        speaker.tie(self.compared, QCheckBox.setText, Message("ui.anchor.compared"))
        self.compared.toggled.connect(self.ok.setEnabled)
        self.body.addWidget(self.compared)
        self.ok.setEnabled(False)

    def _shown(self, found: tuple[KnownAnchor, ...]) -> QWidget:
        """The certificates; many of them scroll, so that the buttons stay in view."""
        rows = QWidget()
        column = widgets.column(spacing=6)
        rows.setLayout(column)
        for each in found:
            for part in described(self.session, each):
                column.addWidget(part)
            column.addWidget(widgets.rule())
        if len(found) <= FEW:
            return rows
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(rows)
        area.setMinimumHeight(theme.grown(300))
        widgets.call(self.session.speaker, area, Message("ui.settings.anchors"))
        return area


def described(session: Session, anchor: KnownAnchor) -> tuple[QLabel, ...]:
    """An authority in three or four lines: whose, by whom and when, whether it is over, its fingerprint."""
    speaker, language = session.speaker, session.speaker.language
    start, until = date(anchor.start.date(), language), date(anchor.until.date(), language)
    validity = Message("ui.anchor.validity", issuer=anchor.issuer, start=start, until=until)
    whose = widgets.label(speaker, anchor.name, "field", wrap=True)
    lines = [whose, widgets.label(speaker, validity, "muted", wrap=True)]
    if anchor.expired(clock.now()):
        lines.append(widgets.label(speaker, Message("trust.anchor.expired"), "warn", wrap=True))
    groups = grouped(anchor.fingerprint).split()
    # in two lines of eight groups each, wherever it is shown: so it is read and compared
    halves = "\n".join(("", " ".join(groups[:8]), " ".join(groups[8:])))
    print_ = widgets.label(speaker, Message("ui.anchor.fingerprint", fingerprint=halves), wrap=True)
    print_.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return (*lines, print_)


def ask_anchor(parent: QWidget, session: Session, found: tuple[KnownAnchor, ...]) -> AnchorClass | None:
    """For what the authorities of a file shall be believed; None when the person does not."""
    dialog = AnchorDialog(session, parent, found)
    if dialog.exec() != AnchorDialog.DialogCode.Accepted:
        return None
    return AnchorClass(dialog.purpose.currentData())
