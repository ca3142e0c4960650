"""Before an authority is believed: its fingerprint to be compared, whose it is, and for what."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QScrollArea, QWidget

from desktop.base import Message, clock
from desktop.base.errors import FileProblem
from desktop.base.ids import new_id
from desktop.base.ordinary import open_ordinary
from desktop.base.paths import folder
from desktop.base.quoting import bounded, bounded_each
from desktop.base.speech import date
from desktop.trust import AnchorClass, KnownAnchor, known
from desktop.trust.certificate import grouped
from desktop.ui import theme, widgets
from desktop.ui.background import beside
from desktop.ui.dialogs.ask import Ask
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.helping.asking import offer_help
from desktop.ui.session import Session

_LARGEST = 1 << 20
"""Bytes of a file of certificates that are looked at."""
FEW = 3
"""As many certificates stand in the dialog without scrolling."""


class AnchorDialog(Ask):
    """Every certificate of a file with its fingerprint; the button waits until somebody has compared it."""

    def __init__(
        self, session: Session, parent: QWidget, found: tuple[KnownAnchor, ...], *, passing: bool = False
    ) -> None:
        """``passing``: believed for the verdicts of this window only, whatever for."""
        super().__init__(session, Message("ui.anchor.title"), Message("ui.settings.anchors.believe"), parent)
        offer_help(self, "anchors")
        speaker = session.speaker
        self.widen(600)
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
        if passing:
            self.purpose.setParent(self)
            self.purpose.hide()
            self.body.addWidget(widgets.label(speaker, Message("ui.anchor.passing"), "muted", wrap=True))
        else:
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
            # before anything that a certificate says of itself stands what is compared
            *said, compared = described(self.session, each)
            for part in (compared, *said):
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
    validity = Message("ui.anchor.validity", issuer=bounded(anchor.issuer), start=start, until=until)
    whose = widgets.label(speaker, bounded_each(anchor.name), "field", wrap=True)
    lines = [whose, widgets.label(speaker, validity, "muted", wrap=True)]
    if not anchor.is_root:
        lines.append(widgets.label(speaker, Message("trust.anchor.between"), "muted", wrap=True))
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


def ask_passing(parent: QWidget, session: Session, file: Path) -> Path | None:
    """Believe the authorities of a file for this window, once their fingerprints were compared.

    Answers a copy of the very bytes that were shown: what lies at the path may be another file a moment
    later. None when the person does not, or the file holds none.
    """
    kept = session.attempt(lambda: beside(partial(_copied, file)))
    if kept is None:
        return None
    copy, found = kept
    dialog = AnchorDialog(session, parent, found, passing=True)
    return copy if dialog.exec() == AnchorDialog.DialogCode.Accepted else None


def _copied(file: Path) -> tuple[Path, tuple[KnownAnchor, ...]]:
    """A copy among the program's own files, and what is in it. Raises NotAnAnchor, FileProblem."""
    copy = folder("work", new_id()) / "root.pem"
    try:
        with open_ordinary(file) as source:
            copy.write_bytes(source.read(_LARGEST))
    except OSError as error:
        raise FileProblem.from_os(error, str(file)) from error
    return copy, known(copy)
