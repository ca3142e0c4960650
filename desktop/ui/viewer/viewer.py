"""A PDF or a picture inside the window: turned, zoomed, searched, copied, without ever making it wait."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from desktop.base import Message
from desktop.ui import theme, widgets
from desktop.ui.keys import sequence
from desktop.ui.session import Session
from desktop.ui.viewer.darkroom import SOON, Darkroom, Errand, Table
from desktop.ui.viewer.desk import Desk
from desktop.ui.viewer.papers import Found, Paper, from_file, opened
from desktop.ui.viewer.search import SearchLine
from desktop.ui.viewer.sheet import Sheet
from desktop.ui.viewer.strip import Strip
from desktop.workspace.plan import EvidenceFile

LEAST, MOST, STEP = 0.1, 8.0, 1.25
"""How far can be zoomed, and by how much at once."""
NATURAL = 96 / 72
"""Pixels for each point of paper at its own size."""
WIDTH, PAGE, FREE = "width", "page", "free"
"""What the zoom follows: the width of the window, the whole page, or the person."""
SPOKEN = 3000
"""Letters of a page a screen reader is given."""


class Viewer(QWidget):
    """Tools above, small pages at the left, the page in the middle."""

    def __init__(self, session: Session, *, strip: bool = True, ours: bool = False) -> None:
        """``ours``: it shows what was printed here, which no stranger's page shall hold up."""
        super().__init__()
        self._session = session
        self._darkroom = Darkroom.of(session)
        self._ours = ours
        self._table = Table.OURS if ours else None
        self._paper: Paper | None = None
        self._opening: Errand | None = None
        self._drawing: Errand | None = None
        self._follows = WIDTH
        self._zoom = 1.0
        self._turned = 0
        self._wants_strip = strip
        self._problem: Message | None = None
        self.page = 0
        self.save_copy: Callable[[], object] | None = None
        layout = widgets.column(spacing=6)
        self.setLayout(layout)
        layout.addLayout(self._tools())
        self.search = SearchLine(session, lambda: self.page, self._table)
        self.search.went_to.connect(self._on_hit)
        self.search.changed.connect(self._show_hits)
        layout.addWidget(self.search)
        layout.addLayout(self._middle(), 1)
        self._keys()
        session.closed.connect(self.close_file)
        session.look_changed.connect(self.sheet.update)
        self._reflect()

    # -- parts ----------------------------------------------------------------------------------
    def _tools(self) -> QHBoxLayout:
        speaker = self._session.speaker
        tool = widgets.tool
        self.back = tool(speaker, Message("ui.preview.back"), "chevron-left", lambda: self.turn(-1))
        self.forth = tool(speaker, Message("ui.preview.forth"), "chevron-right", lambda: self.turn(1))
        self._where = widgets.label(speaker, self._where_text, "muted")
        self._smaller = tool(speaker, Message("ui.preview.smaller"), "minus", lambda: self.zoom(1 / STEP))
        self._larger = tool(speaker, Message("ui.preview.larger"), "plus", lambda: self.zoom(STEP))
        self._fit = tool(speaker, Message("ui.viewer.fit"), "move-horizontal", self.fit)
        self._rotate = tool(speaker, Message("ui.viewer.rotate"), "rotate-cw", self.rotate)
        self._find = tool(speaker, Message("ui.viewer.find"), "search", self._show_search)
        self._copy = tool(speaker, Message("ui.viewer.copy"), "copy", self.copy)
        self._save = tool(speaker, Message("ui.evidence.save_as"), "download", self._on_save)
        return widgets.line(
            self.back, self._where, self.forth, 1, self._smaller, self._larger, self._fit, self._rotate,
            self._find, self._copy, self._save, spacing=4,
        )  # fmt: skip

    def _middle(self) -> QHBoxLayout:
        session = self._session
        self.strip = Strip(session, self._table)
        self.strip.turned_to.connect(self.go_to)
        self.strip.hide()
        self.area = Desk()
        self.area.setProperty("look", "viewer")
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.key.connect(self._on_key)
        self.area.wheel.connect(lambda step: self.zoom(STEP if step > 0 else 1 / STEP))
        self.area.at_end.connect(self._on_end)
        self.area.resized.connect(self._on_resized)
        self.sheet = Sheet()
        self.area.setWidget(self.sheet)
        widgets.call(session.speaker, self.area, self._where_text)
        widgets.call(session.speaker, self.sheet, self._where_text)
        self._told = widgets.label(session.speaker, Message("ui.preview.nothing"), "muted", wrap=True)
        self._told.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = widgets.line(self.strip, spacing=8)
        row.addWidget(self.area, 1)
        row.addWidget(self._told, 1)
        return row

    def _keys(self) -> None:
        for keys, do in (
            ("Ctrl+F", self._show_search),
            ("Ctrl++", lambda: self.zoom(STEP)),
            ("Ctrl+=", lambda: self.zoom(STEP)),
            ("Ctrl+-", lambda: self.zoom(1 / STEP)),
            ("Ctrl+0", self.fit),
            ("F3", lambda: self.search.next_hit(1)),
            ("Shift+F3", lambda: self.search.next_hit(-1)),
        ):
            shortcut = QShortcut(sequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(do)

    # -- opening --------------------------------------------------------------------------------
    @property
    def pages(self) -> int:
        """How many pages the open file has."""
        return len(self._paper.sizes) if self._paper is not None else 0

    @property
    def problem(self) -> Message | None:
        """Why nothing is shown, if something was asked for."""
        return self._problem

    def open(self, path: Path) -> None:
        """Show a file on disk from its first page."""
        self._open(lambda: from_file(path, ours=self._ours))

    def open_evidence(self, file: EvidenceFile) -> None:
        """Show an evidence file."""
        read = self._session.workspace.evidence_beside()
        self._open(lambda: opened(read(file.sha256), file.media_type))

    def _open(self, work: Callable[[], Paper]) -> None:
        self.close_file()
        self._say(Message("ui.viewer.opening"))
        self._opening = self._darkroom.ask(
            self, work, self._on_opened, failed=self._on_problem, table=self._table
        )

    def _on_opened(self, paper: Paper) -> None:
        self._opening = None
        self._paper = paper
        self.page, self._turned, self._problem = 0, 0, None
        self._follows = WIDTH if paper.has_text else PAGE
        self.strip.pages.show_paper(paper)
        self.search.show_paper(paper)
        self._reflect()
        self._show_page()

    def _on_problem(self, message: Message) -> None:
        self._opening = None
        self._problem = message
        self._say(message)
        self._reflect()

    def _say(self, message: Message) -> None:
        self._session.speaker.tie(self._told, QLabel.setText, message)

    def close_file(self) -> None:
        """Let the file go."""
        for errand in (self._opening, self._drawing):
            if errand is not None:
                errand.give_up()
        self._opening = self._drawing = None
        self.search.show_paper(None)
        self.strip.pages.show_paper(None)
        self.sheet.show_image(None)
        paper, self._paper, self._problem = self._paper, None, None
        self._say(Message("ui.preview.nothing"))
        self._reflect()
        if paper is not None:
            paper.close()

    # -- pages ----------------------------------------------------------------------------------
    def turn(self, step: int) -> None:
        """Go some pages on or back."""
        self.go_to(self.page + step)

    def go_to(self, page: int) -> None:
        """Show a page."""
        page = min(max(page, 0), max(self.pages - 1, 0))
        if page == self.page or not self.pages:
            return
        self.page = page
        self.sheet.show_image(None)
        self.sheet.unmark()
        self._show_page()
        self.area.verticalScrollBar().setValue(0)

    def zoom(self, factor: float) -> None:
        """Show it larger or smaller."""
        self._follows = FREE
        self._zoom = min(max(self._zoom * factor, LEAST), MOST)
        self._show_page()

    def fit(self) -> None:
        """Fit the width; once more, the whole page."""
        self._follows = PAGE if self._follows == WIDTH else WIDTH
        self._show_page()

    def rotate(self) -> None:
        """Turn it a quarter clockwise; only here, the file stays as it is."""
        self._turned = (self._turned + 90) % 360
        self.sheet.show_image(None)
        self._show_page()

    def _fitted(self) -> float:
        paper = self._paper
        if paper is None or self._follows == FREE:
            return self._zoom
        wide, high = paper.sizes[self.page]
        if self._turned % 180:
            wide, high = high, wide
        room = self.area.viewport().size()
        if self._follows == PAGE:
            zoom = min(room.width() / max(wide, 1.0), room.height() / max(high, 1.0))
            return zoom if paper.has_text else min(zoom, 1.0)
        return (room.width() - 2) / max(wide, 1.0)

    def _show_page(self) -> None:
        paper = self._paper
        self._reflect()
        if paper is None:
            return
        self._zoom = min(max(self._fitted(), 0.01), MOST)
        self.sheet.lay(paper.sizes[self.page], self._zoom, self._turned)
        self.strip.point_at(self.page)
        self._show_hits()
        if self._drawing is not None:
            self._drawing.give_up()
        page, scale, turned = self.page, self._zoom * self.devicePixelRatioF(), self._turned
        self._drawing = self._darkroom.ask(
            self,
            lambda: paper.draw(page, scale, turned),
            self._on_drawn,
            failed=self._on_page_problem,
            table=self._table,
        )
        self._darkroom.ask(
            self.sheet,
            lambda: paper.text(page)[:SPOKEN],
            self.sheet.setAccessibleDescription,
            urgency=SOON,
            table=self._table,
        )

    def _on_drawn(self, image: QImage) -> None:
        self._drawing = None
        self.sheet.show_image(image)

    def _on_page_problem(self, message: Message) -> None:
        self._drawing = None
        if self.pages == 1:  # there is nothing else to be shown in its place
            self.close_file()
            self._on_problem(message)
        else:
            self._session.told.emit(message)

    def _on_resized(self) -> None:
        self.strip.setVisible(self._wants_strip and self.pages > 1 and self.width() > theme.grown(640))
        if self._paper is not None and self._follows != FREE and abs(self._fitted() - self._zoom) > 0.004:
            self._show_page()

    # -- searching and copying ------------------------------------------------------------------
    def _show_search(self) -> None:
        if self._has_text():
            self.search.begin()

    def _has_text(self) -> bool:
        return self._paper is not None and self._paper.has_text

    def _on_hit(self, hit: Found) -> None:
        """Bring a place that was found into view."""
        if hit.page != self.page:
            self.go_to(hit.page)
        if hit.areas:
            middle = self.sheet.area_of(hit.areas[0]).center().toPoint()
            self.area.ensureVisible(middle.x(), middle.y(), 80, 120)

    def _show_hits(self) -> None:
        self.sheet.show_found(*self.search.areas_on(self.page))

    def copy(self) -> None:
        """Copy the text that is marked, else all of the page."""
        paper, page, area = self._paper, self.page, self.sheet.mark
        if paper is not None and self._has_text():
            self._darkroom.ask(self, lambda: paper.text(page, area), self._on_text, table=self._table)
        elif self.sheet.image is not None:
            QGuiApplication.clipboard().setImage(self.sheet.image)
            self._session.told.emit(Message("ui.viewer.copied_picture"))

    def _on_text(self, text: str) -> None:
        if text.strip():
            QGuiApplication.clipboard().setText(text)
            self._session.told.emit(Message("ui.viewer.copied"))
        else:
            self._session.told.emit(Message("ui.viewer.no_text"))

    def _on_save(self) -> None:
        if self.save_copy is not None:
            self.save_copy()

    # -- keys and state -------------------------------------------------------------------------
    def _on_key(self, event: QKeyEvent) -> None:
        bar = self.area.verticalScrollBar()
        deeds: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Plus: lambda: self.zoom(STEP),
            Qt.Key.Key_Equal: lambda: self.zoom(STEP),
            Qt.Key.Key_Minus: lambda: self.zoom(1 / STEP),
            Qt.Key.Key_0: self.fit,
            Qt.Key.Key_W: self.fit,
            Qt.Key.Key_R: self.rotate,
            Qt.Key.Key_Slash: self._show_search,
            Qt.Key.Key_Right: lambda: self.turn(1),
            Qt.Key.Key_Left: lambda: self.turn(-1),
            Qt.Key.Key_Home: lambda: self.go_to(0),
            Qt.Key.Key_End: lambda: self.go_to(self.pages - 1),
        }
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            event.accept()
        elif event.key() in {Qt.Key.Key_PageDown, Qt.Key.Key_Space} and bar.value() == bar.maximum():
            self.turn(1)
            event.accept()
        elif event.key() == Qt.Key.Key_PageUp and bar.value() == bar.minimum():
            self.turn(-1)
            event.accept()
        elif event.key() == Qt.Key.Key_Space:
            bar.setValue(bar.value() + bar.pageStep())
            event.accept()
        elif event.key() in deeds and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            sideways = event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}
            if sideways and self.area.horizontalScrollBar().maximum() > 0:
                return
            deeds[event.key()]()
            event.accept()

    def _on_end(self, step: int) -> None:
        before = self.page
        self.turn(step)
        if step < 0 and self.page != before:
            self.area.verticalScrollBar().setValue(self.area.verticalScrollBar().maximum())

    def _where_text(self) -> Message:
        if not self.pages:
            return Message("ui.preview.nothing")
        return Message("ui.preview.page", page=self.page + 1, pages=self.pages)

    def _reflect(self) -> None:
        there = self._paper is not None
        self._session.speaker.tie(self._where, QLabel.setText, self._where_text)
        widgets.call(self._session.speaker, self.area, self._where_text)
        widgets.call(self._session.speaker, self.sheet, self._where_text)
        self._where.setVisible(there)
        several = self.pages > 1
        for tool in (self.back, self.forth):
            tool.setVisible(several)
        self.back.setEnabled(self.page > 0)
        self.forth.setEnabled(self.page + 1 < self.pages)
        for tool in (self._smaller, self._larger, self._fit, self._rotate, self._copy):
            tool.setEnabled(there)
        self._find.setVisible(self._paper is None or self._paper.has_text)
        self._find.setEnabled(there)
        self._save.setVisible(self.save_copy is not None)
        self.area.setVisible(there)
        self._told.setVisible(not there)
        self.strip.setVisible(self._wants_strip and several and self.width() > theme.grown(640))
