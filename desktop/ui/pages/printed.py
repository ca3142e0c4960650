"""The chapter as it will be printed, with its numbers, tables and charts; its texts are edited in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QComboBox, QMenu, QToolButton, QWidget

from desktop.base import Language, Message
from desktop.books.compose import composing
from desktop.books.document import Document, Figure, Source
from desktop.checks.places import book_place
from desktop.guideline.foreword import foreword
from desktop.guideline.pack import Book, Chapter
from desktop.ui import theme, widgets
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.journey import Journey, Stop
from desktop.ui.pages.page import Page
from desktop.ui.printed.chapters import numbered, part_of
from desktop.ui.printed.drawing import Begun, Drawing, picture
from desktop.ui.printed.in_place import InPlace
from desktop.ui.printed.markup import EDIT, PAGE, PICTURE, Markup
from desktop.ui.printed.sheet import Sheet
from desktop.ui.printed.spots import spot_of
from desktop.ui.roles import REVIEWERS
from desktop.ui.session import Session
from desktop.ui.views import printed_in
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.ui.comments import CommentMark

SLICE = 10
"""Milliseconds of work at a time."""
WAIT = 20
"""Milliseconds between two looks whether a chart is drawn."""


class PrintedPage(Page):
    """One chapter of one book, composed in slices; what did not change is left alone."""

    def __init__(self, session: Session, stop: Stop) -> None:
        reads = session.role in REVIEWERS
        super().__init__(session, Message("ui.printed.purpose_review" if reads else "ui.printed.purpose"))
        self._stop = stop
        self._ref = ""
        self._language = session.source
        book, chapter = printed_in(session.pack, stop) or ("", "")
        self._book, self._chapter = book, chapter
        self._markup: Markup | None = None
        self.editor: InPlace | None = None
        self._wanted: Place | None = None
        self._back_to = ""
        """The text that was just edited, on which the keyboard stays when it is written anew."""
        self._work: Iterator[bool] | None = None
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._show_editor)
        self._drawing = Drawing(self)
        self.add(self._bar())
        self.sheet = Sheet(session)
        self.sheet.pressed.connect(self._on_link)
        self.sheet.reached.connect(self._on_reached)
        row = widgets.line(spacing=0)
        row.addStretch(1)
        row.addWidget(self.sheet, 100)
        row.addStretch(1)
        self.add(row)
        self.body.addStretch(1)
        session.look_changed.connect(self._on_look)

    # -- parts ----------------------------------------------------------------------------------
    def _bar(self) -> QWidget:
        made = QWidget()
        speaker = self.session.speaker
        self.chapters: QComboBox = QuietCombo()
        widgets.call(speaker, self.chapters, Message("ui.printed.chapter"))
        self.chapters.setMaximumWidth(theme.grown(640))
        self.chapters.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.chapters.setMinimumContentsLength(12)
        self.chapters.activated.connect(self._on_chapter)
        name = widgets.label(speaker, Message("ui.printed.chapter"), "field")
        name.setBuddy(self.chapters)
        self.languages = {language: self._language_button(language) for language in Language}
        self._remarks = widgets.line(spacing=0)
        self.remarks: CommentMark | None = None
        row = widgets.line(name, self.chapters, *self.languages.values())
        row.insertLayout(2, self._remarks)
        row.setStretch(1, 1)
        row.addStretch(0)
        made.setLayout(row)
        return made

    def _language_button(self, language: Language) -> QToolButton:
        made = QToolButton()
        made.setProperty("look", "segment")
        made.setText(language.value.upper())
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        name = (
            Message("ui.printed.in_indonesian")
            if language is Language.ID
            else Message("ui.printed.in_english")
        )
        self.session.speaker.tie(made, QToolButton.setToolTip, name)
        widgets.call(self.session.speaker, made, name)
        made.setChecked(language is self._language)
        made.clicked.connect(lambda: self.read_in(language))
        return made

    # -- what is shown --------------------------------------------------------------------------
    def has_findings(self) -> bool:
        return False

    def findings_ref(self) -> str:
        return self._ref

    def read_in(self, language: Language) -> None:
        """Show the book in the other language of the plan."""
        self._language = language
        for each, button in self.languages.items():
            button.setChecked(each is language)
        self.refresh()

    def _on_chapter(self, _row: int) -> None:
        self.show_chapter(str(self.chapters.currentData()))

    def show_chapter(self, chapter: str) -> None:
        """Show another chapter of the same book."""
        self.leave_editor()
        self._chapter = chapter
        self.verticalScrollBar().setValue(0)
        self.refresh()

    def open_ref(self, ref: str) -> None:
        if self._stop.page == "programmes":
            self._ref = ref
            self._open_programme(ref)
        elif ref and any(chapter.id == ref for _, chapter in self._walk()):
            self.show_chapter(ref)

    def _open_programme(self, ref: str) -> None:
        """Go to the chapter that holds the sheet of a programme."""
        programme = next((each for each in self.session.plan.programmes if each.id == ref), None)
        if programme is None:
            return
        for book in self.session.pack.books:
            for _, chapter in numbered(book.chapters):
                if any(
                    each.show == "programmes" and each.ref == programme.dimension for each in chapter.blocks
                ):
                    self._book, self._chapter = book.id, chapter.id
                    self._wanted = Place("programme", ref, "title")
                    self.refresh()
                    return

    def _walk(self) -> Iterator[tuple[str, Chapter]]:
        book = self._now()
        if book is None:
            return
        before = foreword(book)
        if before is not None:
            yield "", before
        yield from numbered(book.chapters)

    def _now(self) -> Book | None:
        return next((each for each in self.session.pack.books if each.id == self._book), None)

    def take_focus(self) -> None:
        """Put the keyboard on the first text that can be edited."""
        piece = next((each for each in self.sheet.pieces if EDIT in each.html), None)
        if piece is None:
            self.chapters.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            piece.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- composing ------------------------------------------------------------------------------
    def refresh(self) -> None:
        if self.editor is not None:
            return  # the text under an open editor is written anew when it closes
        self._offer_chapters()
        self._offer_remarks()
        self._work = self._working()
        self._timer.start(0)

    def _offer_chapters(self) -> None:
        self.chapters.clear()
        language = self.session.speaker.language
        for number, chapter in self._walk():
            self.chapters.addItem(f"{number}  {chapter.title.read(language)}".strip(), chapter.id)
        self.chapters.setCurrentIndex(self.chapters.findData(self._chapter))

    def _offer_remarks(self) -> None:
        """What is said about the heading in view, wherever its page is printed."""
        from desktop.ui.comments import CommentMark

        place = book_place(self._book, self._chapter)
        if self.remarks is None or self.remarks.place != place:
            widgets.empty(self._remarks)
            self.remarks = CommentMark(self.session, place, about_page=True)
            self._remarks.addWidget(self.remarks)
        self.remarks.refresh()

    def _go_on(self) -> None:
        """Work a little further; the plan is a frozen picture, so nothing can change under it."""
        if self._work is None or not self.session.is_open:
            self._stop_working()
            return
        until = monotonic() + SLICE / 1000
        for waits in self._work:
            if waits:
                self._timer.start(WAIT)
                return
            if monotonic() > until:
                self._timer.start(0)
                return
        self._stop_working()

    def _stop_working(self) -> None:
        self._timer.stop()
        self._work = None

    @property
    def working(self) -> bool:
        """Whether the chapter is still being composed."""
        return self._work is not None

    def _working(self) -> Iterator[bool]:
        """Every step of showing the chapter; True where only waiting is left."""
        session = self.session
        report = session.report
        aside = report.set_aside if report is not None else ()
        steps = composing(
            session.plan, session.pack, self._book, self._language, draft=True, on_screen=True,
            findings={each.finding.key: each.finding.message for each in aside},
        )  # fmt: skip
        document: Document | None = None
        while document is None:
            document = next(steps)
            yield False
        elements = part_of(document.elements, self._chapter)
        markup = Markup(document.labels, self._origin, self.sheet.room().width())
        figures = [each for each in elements if isinstance(each, Figure)]
        drawings = self._drawing.begin(figures, self.sheet.room().width())
        for _ in self.sheet.fill(markup.parts(elements)):
            yield False
        self._markup = markup
        if self.focusWidget() in self.sheet.pieces:
            self._go_back()
        self._back_to = ""
        yield from self._show_pictures(drawings)
        self._reveal_wanted()

    def _show_pictures(self, begun: Mapping[int, Begun]) -> Iterator[bool]:
        for number, svg in self._drawing.made(begun):
            if svg is None:
                yield True
                continue
            name = f"{PICTURE}{number}"
            fresh = picture(svg, self.sheet.room().width())
            if fresh != self.sheet.pictures.get(name):
                self.sheet.pictures[name] = fresh
                self.sheet.redraw([name])
            yield False

    def _origin(self, source: Source) -> str:
        """Where a generated part comes from, and that one can go there."""
        title = Journey(self.session.pack).title(Stop(source.page, source.ref))
        return self.session.say(Message("ui.printed.origin", page=title))

    # -- links and editing ----------------------------------------------------------------------
    def _on_link(self, link: str) -> None:
        if link.startswith(EDIT):
            self.edit(int(link.removeprefix(EDIT)))
        elif link.startswith(PAGE):
            page, _, ref = link.removeprefix(PAGE).partition("/")
            self.session.remember(view="fields")
            self.session.show(page, ref)

    def edit(self, number: int) -> None:
        """Open the editor of a field over its text."""
        if self._markup is None or self.session.locked:
            return
        if self.session.read_only:
            self._review(number)
            return
        self.leave_editor()
        source = self._markup.spots[number]
        spot, found = spot_of(self.session, source), self.sheet.area(f"{EDIT}{number}")
        if spot is None or found is None:
            return
        self.editor = InPlace(self.session, spot, self._language, partial(self._on_left, number))
        self.editor.setParent(self.sheet)
        self.editor.open_over(found[1], self.sheet.room(), self.viewport().height() - 40)
        # An editor at the foot of the sheet needs paper below it.
        self.sheet.setMinimumHeight(max(self.sheet.height(), self.editor.geometry().bottom() + 12))
        self._later.start()

    def _review(self, number: int) -> None:
        """A reviewer speaks about the field behind a part of the book, or says what it should say."""
        from desktop.ui import comments
        from desktop.ui.fields.editor import show_menu
        from desktop.ui.reviewing.asking import asked_at
        from desktop.ui.reviewing.suggest import in_language, suggest

        markup = self._markup
        spot = spot_of(self.session, markup.spots[number]) if markup is not None else None
        if spot is None:
            return
        place = spot.register.place()
        asked = asked_at(self.session, place)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        said = menu.addAction(self.session.say(Message("ui.review.remark")))
        said.triggered.connect(lambda: comments.add(self, self.session, place))
        if asked is not None:
            there = in_language(asked, self._language.value)
            better = menu.addAction(self.session.say(Message("ui.review.suggest")))
            better.triggered.connect(lambda: suggest(self, self.session, there))
        show_menu(menu, QCursor.pos())

    def _show_editor(self) -> None:
        if self.editor is not None:
            self.ensureWidgetVisible(self.editor, 20, 20)

    def _on_left(self, number: int, stays: bool) -> None:
        """The text is written anew; who left by key finds the keyboard on it again."""
        self.editor = None
        self.sheet.setMinimumHeight(0)
        self._back_to = f"{EDIT}{number}" if stays else ""
        self._go_back()
        self.mark_stale()

    def _go_back(self) -> None:
        found = self.sheet.area(self._back_to) if self._back_to else None
        if found is not None:
            found[0].find_link(self._back_to)

    def leave_editor(self) -> None:
        """Write what is open in place."""
        if self.editor is not None:
            self.editor.leave(lost=True)

    def _on_reached(self, area: QRect) -> None:
        inside = self.widget()
        if inside is None:
            return
        at = self.sheet.mapTo(inside, area.center())
        self.ensureVisible(at.x(), at.y(), 40, 80)

    def point_at(self, place: Place) -> bool:
        """Bring a field into view, now or as soon as the chapter is composed."""
        self._wanted = place
        if self._markup is not None and not self.working:
            return self._reveal_wanted()
        return True

    def _reveal_wanted(self) -> bool:
        wanted, self._wanted = self._wanted, None
        if wanted is None or self._markup is None:
            return False
        for number, source in enumerate(self._markup.spots):
            spot = spot_of(self.session, source)
            found = self.sheet.area(f"{EDIT}{number}") if spot and spot.register.is_at(wanted) else None
            if found is not None:
                self._on_reached(found[1])
                return found[0].find_link(f"{EDIT}{number}")
        return False

    def _on_look(self) -> None:
        self.sheet.fit_margins()
        self.sheet.forget()
        self.mark_stale()
