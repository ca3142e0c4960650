"""What is claimed without a file behind it, first: attach a file there, or link one that is here already."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from desktop.base import Message
from desktop.base.speech import value_text
from desktop.exchange.claims import Unsupported, unsupported
from desktop.ui import theme, widgets
from desktop.ui.session import Session
from desktop.workspace.plan import EvidenceFile

ROWS = 4
"""Lines seen at once."""


class Missing(QWidget):
    """A list that folds away; hidden while every claim has its file."""

    attach_wanted = Signal(object)
    """Files are to be chosen for this :class:`Unsupported`."""
    link_wanted = Signal(object)
    """The chosen files are to be linked to this :class:`Unsupported`."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._head = ""
        self._language = ""
        self._filled = False
        """Whether the list says what was found; folded away it need not."""
        self.found: tuple[Unsupported, ...] = ()
        speaker = session.speaker
        layout = widgets.column(spacing=4)
        self.setLayout(layout)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._count = widgets.label(speaker, "", "warn", wrap=True)
        self.fold = widgets.button(speaker, self._fold_text, self._turn, icon="chevron-down", look="quiet")
        layout.addLayout(
            widgets.line(widgets.picture("triangle-alert", "warn", 16), self._count, 1, self.fold)
        )
        self._count.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.list = QListWidget()
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        widgets.call(speaker, self.list, Message("ui.missing.list"))
        self.list.itemActivated.connect(lambda _: self._tell(self.attach_wanted))
        self.attach = widgets.button(
            speaker, Message("ui.missing.attach"), partial(self._tell, self.attach_wanted), icon="plus"
        )
        self.link = widgets.button(
            speaker, Message("ui.missing.link"), partial(self._tell, self.link_wanted), icon="link"
        )
        self.go = widgets.button(
            speaker, Message("ui.missing.go"), self._go, icon="arrow-right", look="quiet"
        )
        self._inside = QWidget()
        inside = widgets.column(spacing=4)
        self._inside.setLayout(inside)
        inside.addWidget(self.list)
        inside.addLayout(widgets.line(self.attach, self.link, self.go, 1))
        layout.addWidget(self._inside)
        self._inside.hide()
        self.hide()

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        """Look again what has no file, where the plan has changed."""
        plan, language = self._session.plan, self._session.speaker.language
        if (plan.head, language.value) == (self._head, self._language):
            return
        self._head, self._language = plan.head, language.value
        self.found = unsupported(plan, self._session.pack)
        required = sum(each.required for each in self.found)
        said = Message("ui.missing.count", n=len(self.found), required=required)
        self._session.speaker.tie(self._count, QLabel.setText, said)
        self.setVisible(bool(self.found))
        self._filled = False
        if self._open:
            self._fill()

    def _fill(self) -> None:
        self._filled = True
        now = self.list.currentRow()
        self.list.clear()
        language = self._session.speaker.language
        for each in self.found:
            said = " ".join(value_text(each.claim.where, language).split())
            wanted = Message("ui.missing.required", what=said) if each.required else Message(
                "ui.missing.optional", what=said
            )  # fmt: skip
            item = QListWidgetItem(self._session.say(wanted))
            item.setToolTip(said)
            self.list.addItem(item)
        self.list.setCurrentRow(min(max(now, 0), len(self.found) - 1))
        line = self.list.sizeHintForRow(0) if self.found else 20
        shown = min(max(len(self.found), 1), ROWS)
        self.list.setFixedHeight(shown * max(line, theme.grown(20)) + 2 * self.list.frameWidth() + 2)
        for button in (self.attach, self.link):
            button.setEnabled(not self._session.read_only)

    def allow_link(self, files: list[EvidenceFile]) -> None:
        """Linking needs a file that is chosen."""
        self.link.setEnabled(bool(files) and not self._session.read_only)

    # -- what is done ---------------------------------------------------------------------------
    @property
    def chosen(self) -> Unsupported | None:
        """The claim that is marked."""
        row = self.list.currentRow()
        return self.found[row] if 0 <= row < len(self.found) else None

    def _fold_text(self) -> Message:
        return Message("ui.missing.hide") if self._open else Message("ui.missing.show")

    @property
    def _open(self) -> bool:
        inside: QWidget | None = getattr(self, "_inside", None)
        return inside is not None and not inside.isHidden()

    def _turn(self) -> None:
        self._inside.setVisible(not self._open)
        self.fold.setText(self._session.say(self._fold_text))
        if self._open:
            if not self._filled:
                self._fill()
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, wanted: SignalInstance) -> None:
        chosen = self.chosen
        if chosen is not None and not self._session.read_only:
            wanted.emit(chosen)

    def _go(self) -> None:
        chosen = self.chosen
        if chosen is not None:
            claim = chosen.claim
            self._session.show(claim.page.page, claim.page.ref, claim.place)
