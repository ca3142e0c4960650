"""The page of a chapter (*bab*): its text, with guidance, word count and, if wanted, the second language."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from desktop.base import Message
from desktop.guideline.foreword import foreword_with
from desktop.guideline.pack import Chapter, Field
from desktop.ui import theme, widgets
from desktop.ui.editor.findbar import FindBar
from desktop.ui.editor.side import Side, Together
from desktop.ui.fields.binding import Binding
from desktop.ui.hearing.about import InputsMark
from desktop.ui.journey import Journey
from desktop.ui.keys import sequence
from desktop.ui.pages.page import Page
from desktop.ui.registers import AnswerRegister
from desktop.ui.session import Session
from desktop.ui.unverified import doubts
from desktop.ui.whole_rows import wrapping
from desktop.workspace.listening import ABOUT_CHAPTER, about_item
from desktop.workspace.plan import Place

READ, BESIDE, OUTLINE = 940, 300, 190
"""How wide a text grows, what the guideline's words need beside it, and the list of chapters, at 100 %."""

FULL = 16_777_215
"""As wide as there is room (the width Qt takes for no limit)."""


def chapter_register(chapter: Chapter) -> AnswerRegister:
    """Where a chapter's narrative is."""
    field = Field(id=chapter.id, label=chapter.title, type="rich_text")
    return AnswerRegister(field, f"chapter.{chapter.id}")


def has_text(chapter: Chapter) -> bool:
    """Whether a chapter has a narrative of its own."""
    return chapter.written


class ChapterPage(Page):
    """A list of the chapter's sections at the left, the chosen one's text in the middle."""

    purpose = Message("ui.chapter.purpose")
    fills = True

    def __init__(self, session: Session, ref: str) -> None:
        super().__init__(session)
        self._chapters = Journey(session.pack).within(ref)
        self._now: Chapter | None = None
        self.bindings: list[Binding] = []
        self._together: Together | None = None
        self.sides: list[Side] = []
        self._warnings: dict[str, QWidget] = {}
        self._shown_languages = 0
        self._split = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._guide: QWidget | None = None
        self._list = self._outline()
        body = QHBoxLayout()
        body.setSpacing(theme.PAD)
        body.addWidget(self._list)
        self._holder = widgets.column(spacing=theme.GAP)
        self.find_bar = FindBar(session, lambda: (side.editor for side in self.sides))
        self.find_bar.left.connect(self._back_to_text)
        right = widgets.column(spacing=theme.GAP)
        right.addWidget(self.find_bar)
        right.addLayout(self._holder, 1)
        body.addLayout(right, 1)
        keys = QShortcut(sequence("Ctrl+F"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.find_here)
        self.add(body, 1)
        # Only now: a widget without a parent would flash up as a window of its own.
        self._list.setVisible(len(self._chapters) > 1)
        if self._chapters:
            self._list.setCurrentRow(0)

    @property
    def shown(self) -> str:
        """The id of the chapter or section that is shown; empty while there is none."""
        return self._now.id if self._now is not None else ""

    def _outline(self) -> QListWidget:
        made = QListWidget()
        made.setFixedWidth(theme.grown(OUTLINE))
        wrapping(made)
        widgets.call(self.session.speaker, made, Message("ui.chapter.outline"))
        for chapter in self._chapters:
            item = QListWidgetItem(self.session.say(chapter.title))
            item.setData(Qt.ItemDataRole.UserRole, chapter.id)
            made.addItem(item)
        made.currentRowChanged.connect(self._on_row)
        return made

    def _on_row(self, row: int) -> None:
        if 0 <= row < len(self._chapters):
            self.session.drafts.flush()
            self.show_chapter(self._chapters[row])

    def find_here(self) -> None:
        """Find words in the texts shown."""
        if self.sides:
            side = next((each for each in self.sides if each.editor.edit.hasFocus()), self.sides[0])
            self.find_bar.open_bar(side.editor.edit.textCursor().selectedText())

    def _back_to_text(self) -> None:
        if self.sides:
            self.sides[0].editor.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        """Put the cursor into the text; what leads to it stands before it."""
        if self.sides:
            self._back_to_text()
        else:
            super().take_focus()

    def open_ref(self, ref: str) -> None:
        for row, chapter in enumerate(self._chapters):
            if chapter.id == ref:
                self._list.setCurrentRow(row)

    def show_chapter(self, chapter: Chapter) -> None:
        """Show another section's text."""
        self._now = chapter
        self._build()

    def _build(self) -> None:
        chapter = self._now
        widgets.empty(self._holder)
        self.bindings, self.sides, self._together = [], [], None
        if chapter is None:
            return
        if len(self._chapters) > 1:
            self._holder.addWidget(widgets.label(self.session.speaker, chapter.title, "section", wrap=True))
        doubt = doubts(self.session.speaker, chapter)
        if doubt is not None:
            self._holder.addWidget(doubt)
        item = f"{ABOUT_CHAPTER}{chapter.id}"
        self.heard = InputsMark(self.session, item, lambda plan: about_item(plan.inputs, item))
        self.heard.refresh()
        self._holder.addWidget(self.heard)
        self._split = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._split.setSpacing(theme.GAP)
        self._guide = None
        if chapter.guidance or chapter.min_words or chapter.standard:
            self._guide = self._guidance(chapter)
            self._split.addWidget(self._guide)
        self._holder.addLayout(self._split, 0 if not has_text(chapter) else 1)
        if not has_text(chapter):
            self._holder.addWidget(
                widgets.label(self.session.speaker, Message("ui.chapter.no_text"), "muted", wrap=True)
            )
            self._holder.addStretch(1)
            return
        both = widgets.line(spacing=theme.PAD)
        languages = [self.session.source]
        if self.session.settings.second_language:
            languages.append(self.session.second)
        self.sides = [
            Side(self.session, chapter, chapter_register(chapter), language.value) for language in languages
        ]
        for side in self.sides:
            both.addWidget(side, 1)
        self.bindings = [side.binding for side in self.sides]
        self._warnings = {side.language: side.stale for side in self.sides}
        self._together = Together(*(side.editor for side in self.sides)) if len(self.sides) == 2 else None
        self._split.addLayout(both, 4)
        self._arrange()
        self._shown_languages = len(languages)
        self._refresh_texts()

    def _arrange(self) -> None:
        """On a wide screen a text keeps lines that can be read, and the guideline's words stand beside it."""
        beside = self._guide is not None and len(self.sides) == 1
        beside = beside and self.viewport().width() >= theme.grown(READ + BESIDE)
        for side in self.sides:
            side.setMaximumWidth(theme.grown(READ) if beside else FULL)
        way = QBoxLayout.Direction.RightToLeft if beside else QBoxLayout.Direction.TopToBottom
        if self._split.direction() != way:
            self._split.setDirection(way)
            self._split.setSpacing(theme.PAD if beside else theme.GAP)
        if self._guide is not None:
            self._split.setStretchFactor(self._guide, 1 if beside else 0)
            self._split.setAlignment(
                self._guide, Qt.AlignmentFlag.AlignTop if beside else Qt.AlignmentFlag(0)
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._now is not None:
            self._arrange()

    def _guidance(self, chapter: Chapter) -> QWidget:
        speaker = self.session.speaker
        # no guideline asks for a foreword, so what stands there about it is not the guideline's
        own = foreword_with(self.session.pack, chapter.id) is not None
        named = Message("ui.chapter.about_foreword") if own else Message("ui.chapter.guidance")
        card = widgets.Card(speaker)
        card.body.setContentsMargins(14, 8, 14, 8)
        fold = widgets.tool(speaker, Message("ui.chapter.fold"), "chevron-down", self._fold)
        card.add(
            widgets.line(
                widgets.picture("lightbulb", "primary"),
                widgets.label(speaker, named, "field"),
                1,
                fold,
            )
        )
        self._folded = QWidget()
        inside = widgets.column(spacing=4)
        self._folded.setLayout(inside)
        if chapter.guidance:
            inside.addWidget(widgets.label(speaker, chapter.guidance, "muted", wrap=True))
        if chapter.min_words:
            least = Message("ui.chapter.min_words", n=chapter.min_words)
            inside.addWidget(widgets.label(speaker, least, "muted", wrap=True))
        if chapter.standard:
            inside.addWidget(
                widgets.button(speaker, Message("ui.chapter.take_standard"), self._take, look="quiet"),
                0,
                Qt.AlignmentFlag.AlignLeft,
            )
        card.add(self._folded)
        self._folded.setVisible(self.session.settings.guidance_shown)
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return card

    def _fold(self) -> None:
        """Show or hide the guideline's words; that is remembered."""
        shown = self._folded.isHidden()
        self._folded.setVisible(shown)
        self.session.remember(guidance_shown=shown)

    def _take(self) -> None:
        """Take the guideline's own wording over into every language shown that it has."""
        chapter = self._now
        for side in self.sides if chapter is not None else ():
            text = side.chapter.standard.read(side.language)
            if text and not self.session.read_only:
                side.editor.take(text)
        self.session.drafts.flush()

    def has_findings(self) -> bool:
        # Two texts beside each other need the width; what the checks say stands below each.
        return len(self.sides) < 2

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        for row, chapter in enumerate(self._chapters):
            item = self._list.item(row)
            if item is not None:
                item.setText(self.session.say(chapter.title))
        wanted = 2 if self.session.settings.second_language else 1
        if self._now is not None and has_text(self._now) and wanted != self._shown_languages:
            self.session.drafts.flush()
            self._build()
        self._refresh_texts()

    def _refresh_texts(self) -> None:
        if self._now is not None:
            self.heard.refresh()
        if self._now is not None and has_text(self._now):
            for side in self.sides:
                side.refresh()

    def _on_report(self) -> None:
        super()._on_report()
        if self.isVisible():
            for side in self.sides:
                side.show_findings()

    def point_at(self, place: Place) -> bool:
        chapter = place.item.removeprefix("chapter.")
        if all(each.id != chapter for each in self._chapters):
            return False
        self.open_ref(chapter)
        if place.language == self.session.second.value and not self.session.settings.second_language:
            self.session.remember(second_language=True)
            self.bring_up_to_date()
        wanted = next((each for each in self.bindings if each.language == place.language), None)
        if wanted is None and self.bindings:
            wanted = self.bindings[0]
        if wanted is not None:
            wanted.editor.inner.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
