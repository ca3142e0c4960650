"""Two versions of a PDF page by page: the locked one on the left, the one that came back on the right."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFrame, QLabel, QScrollArea, QWidget

from desktop.base import Message
from desktop.submission.quoting import quoted
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import fit
from desktop.ui.helping.asking import offer_help
from desktop.ui.running import Runner
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.submission import Came
    from desktop.submission.returning.bringing import Pair

MOST = 60
"""Pages that are drawn; whoever has to see more looks at the file itself."""


class PagesApart(QDialog):
    """Drawn in a process of their own; arrow keys and buttons turn the pages."""

    def __init__(self, session: Session, package: Path, came: Came, parent: QWidget) -> None:
        super().__init__(parent)
        self.session, self._package, self._came = session, package, came
        speaker = session.speaker
        speaker.tie(self, QDialog.setWindowTitle, Message("ui.returned.pages", file=quoted(came.pdf.name)))
        self.pairs: tuple[Pair, ...] = ()
        self.at = 0
        layout = widgets.column(margins=(16, 14, 16, 12), spacing=8)
        self.setLayout(layout)
        self.runner = Runner(session)
        self.said = widgets.label(speaker, came.comparison.reason, wrap=True)
        layout.addWidget(self.said)
        layout.addWidget(self.runner)
        self._before, self._after = widgets.blank(), widgets.blank()
        sides = widgets.line()
        for label, name in (
            (self._before, Message("ui.returned.locked")),
            (self._after, Message("ui.returned.came_back")),
        ):
            column = widgets.column(spacing=2)
            column.addWidget(widgets.label(speaker, name, "field"))
            area = QScrollArea()
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setWidget(label)
            area.setWidgetResizable(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter)
            widgets.call(speaker, label, name)
            widgets.call(speaker, area, name)
            column.addWidget(area, 1)
            sides.addLayout(column, 1)
        layout.addLayout(sides, 1)
        self.previous = widgets.button(
            speaker, Message("ui.returned.previous"), lambda: self.turn(-1), icon="chevron-left"
        )
        self.next = widgets.button(
            speaker, Message("ui.returned.next"), lambda: self.turn(1), icon="chevron-right"
        )
        self.where = widgets.label(speaker, "", "muted")
        close = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close.rejected.connect(self.reject)
        row = widgets.line(self.previous, self.next, self.where, 1)
        row.addWidget(close)
        layout.addLayout(row)
        offer_help(self, "signing-elsewhere")
        fit(self, parent, 1100, 760, least=560)
        self._show()

    def begin(self) -> None:
        """Draw the pages that differ; where none does, those that people sign on."""
        from desktop.submission import draw_pairs

        came = self._came
        pages = tuple(came.comparison.pages[:MOST])
        draw = partial(draw_pairs, sha256=came.sha256)
        self.runner.start(self._on_drawn, draw, self._package, came.document, came.pdf, pages)

    def _on_drawn(self, pairs: tuple[Pair, ...]) -> None:
        self.pairs = pairs
        self._show()

    def turn(self, step: int) -> None:
        """Go some pages on."""
        self.at = min(max(self.at + step, 0), max(len(self.pairs) - 1, 0))
        self._show()

    def _show(self) -> None:
        self.previous.setEnabled(self.at > 0)
        self.next.setEnabled(self.at + 1 < len(self.pairs))
        if not self.pairs:
            return
        pair = self.pairs[self.at]
        width = max((self.width() - theme.grown(90)) // 2, theme.grown(200))
        for label, picture in ((self._before, pair.before), (self._after, pair.after)):
            pixmap = QPixmap()
            if picture and pixmap.loadFromData(picture):
                mode = Qt.TransformationMode.SmoothTransformation
                label.setPixmap(pixmap.scaledToWidth(min(width, pixmap.width()), mode))
            else:
                label.setText(self.session.say(Message("ui.returned.no_page")))
        told = Message(
            "ui.returned.page", page=str(pair.page), at=str(self.at + 1), count=str(len(self.pairs))
        )
        self.session.speaker.tie(self.where, QLabel.setText, told)

    def done(self, result: int) -> None:
        """Nothing goes on drawing for a window that is closed."""
        if self.runner.running:
            self.runner.stop()
        super().done(result)
