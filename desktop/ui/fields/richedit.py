"""The editor for texts with headings, lists, tables, emphasis and references."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QTextEdit, QVBoxLayout

from desktop.base import Language, Message
from desktop.ui import theme, widgets
from desktop.ui.editor import anchors, document, footnotes, pasting, shaping
from desktop.ui.editor.caret import Caret
from desktop.ui.editor.dressing import Dressing
from desktop.ui.editor.room import beyond_room
from desktop.ui.editor.text import RichText
from desktop.ui.fields.editor import Editor
from desktop.ui.fields.richtools import Tools
from desktop.ui.speaker import Speaker
from desktop.workspace.plan import Value

if TYPE_CHECKING:
    from desktop.ui.editor.references import References
    from desktop.ui.editor.spelling import Speller
    from desktop.ui.session import Session


class RichEditor(Editor):
    """A text with its toolbar; ``compact`` for a field on a form, else it takes the room there is."""

    comment_step = Signal(int)
    """The next (1) or previous (-1) comment is wanted."""
    comment_wanted = Signal(str, str)
    """Somebody wants to remark on a block (its id) and the words chosen in it (or none)."""
    moved = Signal()
    """The text was scrolled, or its blocks stand elsewhere now."""

    def __init__(self, speaker: Speaker, *, compact: bool = False) -> None:
        super().__init__(speaker)
        self.edit = RichText()
        self.edit.installEventFilter(self)
        self.add_menu(self.edit)
        self.language = Language.ID
        self.dressing = Dressing(self.edit.document())
        self.speller: Speller | None = None
        self.session: Session | None = None
        self._references: References | None = None
        self._stored = ""
        self._locked = self._only_words = False
        self.beyond: QLabel | None = None
        """Says why a text is shown as words and can only be read; there is none until one is."""
        self._quiet = False
        self._edits = 0
        self._typed = False
        self._written: tuple[int, str] | None = None
        self._rows = layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self.edit.say_note = self._say_note
        self.tools = Tools(self)
        layout.addWidget(self.tools.bar)
        layout.addWidget(self.edit, 1)
        if compact:
            self.edit.setFixedHeight(theme.grown(140))
        else:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            self.edit.setMinimumHeight(theme.grown(150))
        self.edit.document().contentsChange.connect(self._on_contents)
        self.edit.textChanged.connect(self._on_changed)
        self.edit.cursorPositionChanged.connect(self._reflect)
        self.edit.currentCharFormatChanged.connect(self._reflect)
        self.edit.at_typed.connect(partial(self.pick_reference, at_typed=True))
        self.edit.followed.connect(self._follow)
        self.edit.note_wanted.connect(self.edit_footnote)
        self.edit.verticalScrollBar().valueChanged.connect(self.moved)
        self.edit.document().documentLayout().documentSizeChanged.connect(self.moved)

    def serve(self, session: Session, language: str) -> None:
        """Know the plan: what references read, how words of this language are spelled."""
        from desktop.ui.editor import references, spelling

        self.session = session
        if language in set(Language):
            self.language = Language(language)
        self._references = references.of(session)
        self._references.changed.connect(self._relabel)
        self.edit.names = self._name_of
        self.dressing.names = self._label_of
        session.look_changed.connect(self.dress)
        self.speller = spelling.Speller(self, session, self.language)

    @property
    def inner(self) -> QTextEdit:
        return self.edit

    # -- the value ------------------------------------------------------------------------------
    def value(self) -> Value:
        if self._only_words:
            return self._stored or None
        if self._written is None or self._written[0] != self._edits:
            self._written = self._edits, document.store(self.edit.document(), self._stored)
        return self._written[1] or None

    def show_value(self, value: Value) -> None:
        text = str(value or "")
        if (self.value() or "") == text:
            if text != self._stored:
                self._give_ids(text)
            self._stored = text
            return
        self._stored = text
        self._quiet = True
        caret = Caret.of(self.edit)
        self._only_words = beyond_room(text)
        self.lock(locked=self._locked)
        document.load(self.edit.document(), text, self._name_of)
        document.draw_tables(self.edit.document(), theme.colours().edge)
        caret.restore(self.edit)
        self._quiet = False
        self._written = self._edits, text
        self.moved.emit()

    def _give_ids(self, text: str) -> None:
        """Blocks that were stored for the first time learn the ids they were stored under."""
        self._quiet = True
        anchors.adopt_ids(self.edit.document(), text)
        self._quiet = False
        self._written = self._edits, text

    def lock(self, *, locked: bool) -> None:
        self._locked = locked
        if self._only_words and self.beyond is None:
            self.beyond = widgets.label(self.speaker, Message("ui.rich.beyond"), "warn", wrap=True)
            self._rows.insertWidget(0, self.beyond)
        if self.beyond is not None:
            self.beyond.setVisible(self._only_words)
        # a text of more tables than can be laid out is kept as it is
        self.edit.setReadOnly(locked or self._only_words)
        # who only reads has no use for the tools of writing
        self.tools.bar.setVisible(not (locked or self._only_words))

    def take(self, text: str) -> None:
        """Put a plain text in place of everything, as one step that can be undone."""
        from desktop.base import richtext

        cursor = QTextCursor(self.edit.document())
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        pasting.put(cursor, richtext.parse(richtext.from_plain(text)))
        cursor.endEditBlock()

    def words(self) -> int:
        """How many words stand in it now."""
        return sum(1 for word in self.edit.toPlainText().split() if any(map(str.isalnum, word)))

    def _on_changed(self) -> None:
        # Dressing the text says textChanged too, but never contentsChange.
        if self._typed and not self._quiet:
            self._typed = False
            self.edited.emit()

    def _on_contents(self, _place: int, _removed: int, _added: int) -> None:
        self._edits += 1
        self._typed = not self._quiet

    def _reflect(self, *_: object) -> None:
        self.tools.reflect()

    # -- references -----------------------------------------------------------------------------
    def _label_of(self, href: str) -> str | None:
        """What a reference reads; empty while that is not known yet; None where it leads nowhere."""
        return self._references.label(href, self.language) if self._references is not None else ""

    def _name_of(self, href: str) -> str | None:
        return self._label_of(href) or None

    def _relabel(self) -> None:
        """Let references read what they lead to now; this is no edit."""
        if self.pending:
            return
        self._quiet = True
        anchors.relabel(self.edit.document(), self._name_of)
        self._quiet = False
        self.dressing.rehighlight()

    def dress(self) -> None:
        """The window took other colours."""
        self._quiet = True
        document.draw_tables(self.edit.document(), theme.colours().edge)
        self._quiet = False
        self.dressing.rehighlight()

    def _follow(self, href: str) -> None:
        if self._references is not None:
            self._references.follow(href)

    def pick_reference(self, *, at_typed: bool = False) -> None:
        """Choose something of the plan and refer to it where the cursor is."""
        from desktop.ui.editor.references import Picker

        if self.session is None or self.edit.isReadOnly():
            return
        dialog = Picker(self, self.session, self.language)
        if dialog.exec() and dialog.picked is not None:
            cursor = self.edit.textCursor()
            if at_typed:
                cursor.deletePreviousChar()
            shaping.set_link(cursor, f"ref:{dialog.picked.key}", dialog.picked.label)
            self.edit.setTextCursor(cursor)
        self.edit.setFocus()

    def edit_link(self) -> None:
        """Ask for an address and make what is chosen a link to it."""
        from desktop.ui.editor.linking import ask_link

        if not self.edit.isReadOnly():
            ask_link(self, self.edit, self.speaker)
        self.edit.setFocus()

    # -- footnotes ------------------------------------------------------------------------------
    def edit_footnote(self, place: int | None = None) -> None:
        """Change the footnote at a place or where the cursor is; where there is none, make one."""
        from desktop.ui.editor.noting import ask_note

        cursor = self.edit.textCursor()
        place = footnotes.at(cursor) if place is None else place
        if not self.edit.isReadOnly():
            if place is None and cursor.block().blockFormat().headingLevel():
                if self.session is not None:
                    self.session.told.emit(Message("ui.footnote.heading"))
            else:
                ask_note(self, place)
        self.edit.setFocus()

    def _say_note(self, number: int, words: str) -> str:
        return self.speaker.say(Message("ui.footnote.said", number=number, words=words))

    # -- comments -------------------------------------------------------------------------------
    def want_comment(self) -> None:
        """Ask for a remark on what is chosen, or on the paragraph under the cursor."""
        cursor = self.edit.textCursor()
        chosen = cursor.selectedText().partition("\u2029")[0].partition(document.LINE)[0]
        quote = max(chosen.split(footnotes.SIGN), key=len).strip()
        at = QTextCursor(self.edit.document())
        at.setPosition(cursor.selectionStart())
        self.comment_wanted.emit(anchors.id_of(at.block()), quote[:200])

    # -- the menu of the text -------------------------------------------------------------------
    def _open_menu(self, menu: QMenu, where: QPoint) -> None:
        if self.speller is not None and not self.edit.isReadOnly():
            self.speller.offer(menu, self.edit.cursorForPosition(self.edit.viewport().mapFromGlobal(where)))
        menu.addSeparator()
        comment = menu.addAction(self.speaker.say(Message("ui.rich.comment")))
        comment.triggered.connect(self.want_comment)
        super()._open_menu(menu, where)
