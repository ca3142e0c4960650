"""The page of a chapter (*bab*): its text, with guidance, word count and, if wanted, the second language."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from desktop.base import Message
from desktop.guideline.pack import Chapter, Field
from desktop.ui import theme, widgets
from desktop.ui.fields.binding import Binding
from desktop.ui.fields.box import language_name
from desktop.ui.fields.richedit import RichEditor
from desktop.ui.journey import Journey
from desktop.ui.pages.page import Page
from desktop.ui.registers import AnswerRegister
from desktop.ui.session import Session
from desktop.ui.tracing import Subject
from desktop.workspace.plan import Place


def chapter_register(chapter: Chapter) -> AnswerRegister:
    """Where a chapter's narrative is."""
    field = Field(id=chapter.id, label=chapter.title, type="rich_text")
    return AnswerRegister(field, f"chapter.{chapter.id}")


def has_text(chapter: Chapter) -> bool:
    """Whether a chapter has a narrative of its own."""
    return any(block.show == "text" for block in chapter.blocks)


class ChapterPage(Page):
    """A list of the chapter's sections at the left, the chosen one's text in the middle."""

    purpose = Message("ui.chapter.purpose")
    fills = True

    def __init__(self, session: Session, ref: str) -> None:
        super().__init__(session)
        self._chapters = Journey(session.pack).within(ref)
        self._now: Chapter | None = None
        self.bindings: list[Binding] = []
        self._warnings: dict[str, QLabel] = {}
        self._shown_languages = 0
        self._list = self._outline()
        body = QHBoxLayout()
        body.setSpacing(theme.PAD)
        body.addWidget(self._list)
        self._holder = widgets.column(spacing=theme.GAP)
        body.addLayout(self._holder, 1)
        self.add(body, 1)
        # Only now: a widget without a parent would flash up as a window of its own.
        self._list.setVisible(len(self._chapters) > 1)
        if self._chapters:
            self._list.setCurrentRow(0)

    def _outline(self) -> QListWidget:
        made = QListWidget()
        made.setFixedWidth(190)
        made.setWordWrap(True)
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
        self.bindings = []
        if chapter is None:
            return
        if len(self._chapters) > 1:
            self._holder.addWidget(widgets.label(self.session.speaker, chapter.title, "section", wrap=True))
        if chapter.guidance or chapter.min_words:
            self._holder.addWidget(self._guidance(chapter))
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
        for language in languages:
            both.addWidget(self._side(chapter, language.value), 1)
        self._holder.addLayout(both, 1)
        self._shown_languages = len(languages)
        self._refresh_texts()

    def _guidance(self, chapter: Chapter) -> QWidget:
        speaker = self.session.speaker
        card = widgets.Card(speaker)
        card.body.setContentsMargins(14, 10, 14, 10)
        head = widgets.line(
            widgets.picture("lightbulb", "primary"),
            widgets.label(speaker, Message("ui.chapter.guidance"), "field"),
            1,
        )
        card.add(head)
        if chapter.guidance:
            card.add(widgets.label(speaker, chapter.guidance, "muted", wrap=True))
        if chapter.min_words:
            card.add(
                widgets.label(
                    speaker, Message("ui.chapter.min_words", n=chapter.min_words), "muted", wrap=True
                )
            )
        card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        return card

    def _side(self, chapter: Chapter, language: str) -> QWidget:
        session = self.session
        made = QFrame()
        box = widgets.column(spacing=4)
        made.setLayout(box)
        editor = RichEditor(session.speaker)
        name = language_name(session.source if language == session.source.value else session.second)
        head = widgets.line(widgets.label(session.speaker, name, "field"), spacing=8)
        stale = widgets.label(session.speaker, Message("ui.field.stale"), "warn", wrap=True)
        stale.setVisible(False)
        head.addWidget(stale)
        head.addStretch(1)
        count = widgets.label(session.speaker, "", "muted")
        head.addWidget(count)
        register = chapter_register(chapter)
        subject = Subject(chapter.title, register.field, register.records(session))
        editor.about = lambda: subject
        editor.history_wanted.connect(session.history_wanted)
        history = Message("ui.command.field_history")
        head.addWidget(
            widgets.tool(session.speaker, history, "history", lambda: session.history_wanted.emit(subject))
        )
        box.addLayout(head)
        box.addWidget(editor, 1)
        session.speaker.tie(
            editor, RichEditor.name, Message("ui.field.in_language", field=chapter.title, language=name)
        )
        editor.edit.textChanged.connect(lambda: self._count(chapter, editor, count))
        binding = Binding(session, register, editor, language)
        self._warnings[language] = stale
        self.bindings.append(binding)
        self._count(chapter, editor, count)
        standard = chapter.standard.read(language) if chapter.standard else ""
        if standard:
            box.addWidget(
                widgets.button(
                    session.speaker,
                    Message("ui.chapter.take_standard"),
                    lambda: self._take(editor, standard),
                    look="quiet",
                )
            )
        return made

    def _take(self, editor: RichEditor, text: str) -> None:
        from desktop.base import richtext
        from desktop.ui.editor import document

        document.load(editor.edit.document(), richtext.from_plain(text))
        editor.edited.emit()
        self.session.drafts.flush()

    def _count(self, chapter: Chapter, editor: RichEditor, count: QLabel) -> None:
        words = editor.words()
        message = Message("ui.chapter.words", n=words)
        if chapter.min_words:
            message = Message("ui.chapter.words_of", n=words, least=chapter.min_words)
        theme.look(count, "muted" if words >= chapter.min_words else "warn")
        self.session.speaker.tie(count, QLabel.setText, message)

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
        if self._now is None:
            return
        text = self.session.plan.answer(f"chapter.{self._now.id}").text
        for binding in self.bindings:
            binding.refresh()
            self._warnings[binding.language].setVisible(
                text.stale(binding.language, self.session.source.value)
            )

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
