"""The editor for texts with headings, lists, tables, emphasis and references, and its toolbar."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QComboBox, QMenu, QSizePolicy, QTextEdit, QVBoxLayout

from desktop.base import Language, Message
from desktop.ui import theme, widgets
from desktop.ui.editor import anchors, document, pasting, shaping
from desktop.ui.editor.bar import Bar, Deed
from desktop.ui.editor.caret import Caret
from desktop.ui.editor.dressing import Dressing
from desktop.ui.editor.text import RichText
from desktop.ui.fields.editor import Editor
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.speaker import Speaker
from desktop.workspace.plan import Value

if TYPE_CHECKING:
    from desktop.ui.editor.references import References
    from desktop.ui.editor.spelling import Speller
    from desktop.ui.session import Session

BLOCKS = (
    (0, Message("ui.rich.paragraph"), "Ctrl+Alt+0"),
    (1, Message("ui.rich.heading1"), "Ctrl+Alt+1"),
    (2, Message("ui.rich.heading2"), "Ctrl+Alt+2"),
    (3, Message("ui.rich.heading3"), "Ctrl+Alt+3"),
)
MARKS = (
    ("bold", Message("ui.rich.bold"), "bold", "Ctrl+B", True),
    ("italic", Message("ui.rich.italic"), "italic", "Ctrl+I", True),
    ("underline", Message("ui.rich.underline"), "underline", "Ctrl+U", True),
    ("superscript", Message("ui.rich.superscript"), "superscript", "Ctrl+.", False),
    ("subscript", Message("ui.rich.subscript"), "subscript", "Ctrl+,", False),
    ("strike", Message("ui.rich.strike"), "strikethrough", "Ctrl+Shift+X", False),
)
TABLE = (
    ("row_above", Message("ui.rich.row_above"), "arrow-up", "Ctrl+Alt+Up"),
    ("row_below", Message("ui.rich.row_below"), "arrow-down", "Ctrl+Alt+Down"),
    ("column_left", Message("ui.rich.column_left"), "chevron-left", "Ctrl+Alt+Left"),
    ("column_right", Message("ui.rich.column_right"), "chevron-right", "Ctrl+Alt+Right"),
    ("remove_row", Message("ui.rich.remove_row"), "minus", ""),
    ("remove_column", Message("ui.rich.remove_column"), "minus", ""),
    ("remove_table", Message("ui.rich.remove_table"), "trash-2", ""),
)
KEYS = (
    *((keys, title) for _, title, keys in BLOCKS),
    *((keys, title) for _, title, _, keys, _ in MARKS),
    ("Ctrl+Shift+8", Message("ui.rich.bullets")),
    ("Ctrl+Shift+7", Message("ui.rich.numbers")),
    ("Ctrl+]", Message("ui.rich.indent")),
    ("Ctrl+[", Message("ui.rich.outdent")),
    ("Ctrl+Shift+T", Message("ui.rich.table")),
    ("Ctrl+Shift+R", Message("ui.rich.reference")),
    ("Ctrl+Shift+K", Message("ui.rich.link")),
    ("Ctrl+Alt+M", Message("ui.rich.comment")),
    ("Ctrl+Alt+N", Message("ui.rich.next_comment")),
    ("Ctrl+Alt+P", Message("ui.rich.previous_comment")),
    ("Ctrl+;", Message("ui.rich.spelling")),
    ("Ctrl+Space", Message("ui.rich.clear")),
    ("Ctrl+Shift+V", Message("ui.keys.text.plain")),
    ("Alt+F10", Message("ui.keys.text.bar")),
)
"""Every key of a text and what it does; the sheet of all keys tells them."""


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
        self._session: Session | None = None
        self._references: References | None = None
        self._stored = ""
        self._quiet = False
        self._edits = 0
        self._typed = False
        self._written: tuple[int, str] | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._bar = self._toolbar()
        layout.addWidget(self._bar)
        layout.addWidget(self.edit, 1)
        if compact:
            self.edit.setFixedHeight(theme.grown(140))
        else:
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            self.edit.setMinimumHeight(theme.grown(150))
        self.edit.document().contentsChange.connect(self._on_contents)
        self.edit.textChanged.connect(self._on_changed)
        self.edit.cursorPositionChanged.connect(self._reflect)
        self.edit.currentCharFormatChanged.connect(lambda _shape: self._reflect())
        self.edit.at_typed.connect(partial(self.pick_reference, at_typed=True))
        self.edit.followed.connect(self._follow)
        self.edit.verticalScrollBar().valueChanged.connect(self.moved)
        self.edit.document().documentLayout().documentSizeChanged.connect(self.moved)

    def serve(self, session: Session, language: str) -> None:
        """Know the plan: what references read, how words of this language are spelled."""
        from desktop.ui.editor import references, spelling

        self._session = session
        if language in set(Language):
            self.language = Language(language)
        self._references = references.of(session)
        self._references.changed.connect(self._relabel)
        self.edit.names = self._name_of
        self.dressing.names = self._label_of
        session.look_changed.connect(self._dress)
        self.speller = spelling.Speller(self, session, self.language)

    @property
    def inner(self) -> QTextEdit:
        return self.edit

    # -- the value ------------------------------------------------------------------------------
    def value(self) -> Value:
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
        self.edit.setReadOnly(locked)
        # who only reads has no use for the tools of writing
        self._bar.setVisible(not locked)

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

    def _dress(self) -> None:
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

        if self._session is None or self.edit.isReadOnly():
            return
        dialog = Picker(self, self._session, self.language)
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

    # -- comments -------------------------------------------------------------------------------
    def want_comment(self) -> None:
        """Ask for a remark on what is chosen, or on the paragraph under the cursor."""
        cursor = self.edit.textCursor()
        quote = cursor.selectedText().partition("\u2029")[0].partition(document.LINE)[0].strip()
        at = QTextCursor(self.edit.document())
        at.setPosition(cursor.selectionStart())
        self.comment_wanted.emit(anchors.id_of(at.block()), quote[:200])

    # -- toolbar --------------------------------------------------------------------------------
    def _toolbar(self) -> Bar:
        self._kind = QuietCombo()
        for level, name, _keys in BLOCKS:
            self._kind.addItem(self.speaker.say(name), level)
        self.speaker.changed.connect(self._speak)
        self._kind.activated.connect(self._on_kind)
        self._kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        widgets.call(self.speaker, self._kind, Message("ui.rich.kind"))
        made = Bar(self.speaker, [self._kind], self._deeds())
        self.edit.keys = {deed.keys: deed.run for deed in made.deeds.values() if deed.keys}
        for level, _name, keys in BLOCKS:
            self.edit.keys[keys] = partial(self._set_heading, level)
        self.edit.keys["Ctrl+Shift+V"] = self.edit.paste_plain
        self.edit.keys["Alt+F10"] = self._to_bar
        return made

    def _deeds(self) -> Iterator[Deed]:
        for name, title, icon, keys, shown in MARKS[:3]:
            yield self._mark_deed(name, title, icon, keys, shown=shown)
        for ordered, title, icon, keys in (
            (False, Message("ui.rich.bullets"), "list", "Ctrl+Shift+8"),
            (True, Message("ui.rich.numbers"), "list-ordered", "Ctrl+Shift+7"),
        ):
            yield Deed(
                "numbers" if ordered else "bullets",
                title,
                icon,
                partial(self._set_list, ordered=ordered),
                keys,
                on=partial(self._in_list, ordered=ordered),
                line=not ordered,
            )
        yield Deed("table", Message("ui.rich.table"), "table", self._table_menu, "Ctrl+Shift+T", line=True)
        yield Deed(
            "reference",
            Message("ui.rich.reference"),
            "at-sign",
            self.pick_reference,
            "Ctrl+Shift+R",
            line=True,
        )
        yield Deed(
            "comment", Message("ui.rich.comment"), "message-square-plus", self.want_comment, "Ctrl+Alt+M"
        )
        for by, named, title, keys in (
            (1, "next_comment", Message("ui.rich.next_comment"), "Ctrl+Alt+N"),
            (-1, "previous_comment", Message("ui.rich.previous_comment"), "Ctrl+Alt+P"),
        ):
            step = partial(self.comment_step.emit, by)
            yield Deed(named, title, "message-square", step, keys, shown=False)
        yield Deed("link", Message("ui.rich.link"), "link", self.edit_link, "Ctrl+Shift+K")
        for by, name, title, icon, keys in (
            (1, "indent", Message("ui.rich.indent"), "list-indent-increase", "Ctrl+]"),
            (-1, "outdent", Message("ui.rich.outdent"), "list-indent-decrease", "Ctrl+["),
        ):
            yield Deed(name, title, icon, partial(self._indent, by), keys, shown=False, line=by > 0)
        for name, title, icon, keys, shown in MARKS[3:]:
            yield self._mark_deed(name, title, icon, keys, shown=shown, line=name == "superscript")
        spell = Message("ui.rich.spelling")
        yield Deed("spelling", spell, "spell-check", self._spell, "Ctrl+;", shown=False, line=True)
        marks = Message("ui.rich.spelling_marks")
        yield Deed("marks", marks, "spell-check", self._mark_spelling, shown=False, on=self._spelling_on)
        yield Deed(
            "clear", Message("ui.rich.clear"), "remove-formatting", self._clear, "Ctrl+Space", shown=False
        )

    def _mark_deed(
        self, name: str, title: Message, icon: str, keys: str, *, shown: bool, line: bool = False
    ) -> Deed:
        return Deed(
            name,
            title,
            icon,
            partial(self._switch, name),
            keys,
            shown=shown,
            on=lambda: shaping.has_mark(self.edit.currentCharFormat(), name) and not self._is_heading(name),
            line=line,
        )

    def _is_heading(self, name: str) -> bool:
        """Headings are bold by themselves, which is no mark."""
        return name == "bold" and bool(self.edit.textCursor().blockFormat().headingLevel())

    def _speak(self) -> None:
        for row, (_, name, _keys) in enumerate(BLOCKS):
            self._kind.setItemText(row, self.speaker.say(name))

    def _to_bar(self) -> None:
        self._kind.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _reflect(self) -> None:
        level = self.edit.textCursor().blockFormat().headingLevel()
        row = min(level, len(BLOCKS) - 1)
        if self._kind.currentIndex() != row:
            self._kind.setCurrentIndex(row)
        self._bar.reflect()

    def _changing(self, work: Callable[[QTextCursor], object]) -> None:
        """Do something to the text where the cursor is, unless nothing may be changed."""
        if self.edit.isReadOnly():
            return
        cursor = self.edit.textCursor()
        work(cursor)
        self.edit.setTextCursor(cursor)
        self.edit.setFocus()
        self._reflect()

    def _switch(self, name: str) -> None:
        if self.edit.isReadOnly():
            return
        on = not shaping.has_mark(self.edit.currentCharFormat(), name)
        if not self._is_heading(name):
            self.edit.mergeCurrentCharFormat(shaping.mark(name, on=on))
        self.edit.setFocus()
        self._reflect()

    def _on_kind(self, _row: int) -> None:
        self._set_heading(int(self._kind.currentData()))

    def _set_heading(self, level: int) -> None:
        self._changing(lambda cursor: shaping.set_heading(cursor, level))
        self.edit.setCurrentCharFormat(self.edit.textCursor().blockCharFormat())

    def _in_list(self, *, ordered: bool) -> bool:
        inside = shaping.list_of(self.edit.textCursor().block())
        return inside is not None and document.is_ordered(inside.format().style()) == ordered

    def _set_list(self, *, ordered: bool) -> None:
        self._changing(lambda cursor: shaping.toggle_list(cursor, ordered=ordered))

    def _indent(self, by: int) -> None:
        self._changing(lambda cursor: shaping.indent(cursor, by))

    def _clear(self) -> None:
        self._changing(shaping.clear_marks)

    def _spell(self) -> None:
        if self.speller is not None:
            self.speller.visit_next()

    def _spelling_on(self) -> bool:
        return self._session is not None and self._session.settings.spelling

    def _mark_spelling(self) -> None:
        """Mark misspelled words from now on, or no more."""
        if self._session is not None:
            self._session.remember(spelling=not self._session.settings.spelling)

    def _insert_table(self, rows: int = 3, columns: int = 3) -> None:
        self._changing(lambda cursor: shaping.insert_table(cursor, rows, columns))
        self._dress()

    def _table_menu(self) -> None:
        """Outside a table a new one; inside, what can be done to it."""
        if document.table_at(self.edit.textCursor()) is None:
            self._insert_table()
            return
        from desktop.ui.fields.editor import show_menu

        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for what, name, _icon, _keys in TABLE:
            action = menu.addAction(self.speaker.say(name))
            action.triggered.connect(partial(self._change_table, what))
        show_menu(menu, self.edit.mapToGlobal(self.edit.cursorRect().bottomLeft() + QPoint(0, 4)))

    def _change_table(self, what: str, _checked: bool = False) -> None:
        self._changing(lambda cursor: shaping.change_table(cursor, what))

    # -- the menu of the text -------------------------------------------------------------------
    def _open_menu(self, menu: QMenu, where: QPoint) -> None:
        if self.speller is not None and not self.edit.isReadOnly():
            self.speller.offer(menu, self.edit.cursorForPosition(self.edit.viewport().mapFromGlobal(where)))
        menu.addSeparator()
        comment = menu.addAction(self.speaker.say(Message("ui.rich.comment")))
        comment.triggered.connect(self.want_comment)
        super()._open_menu(menu, where)
