"""What can be done to a rich text: its tools on the bar, in the menu and by keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QComboBox, QMenu

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.editor import document, shaping
from desktop.ui.editor.bar import Bar, Deed
from desktop.ui.fields.picking import QuietCombo

if TYPE_CHECKING:
    from desktop.ui.fields.richedit import RichEditor

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
    ("Ctrl+Shift+N", Message("ui.rich.footnote")),
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


class Tools(QObject):
    """The tools of one editor, gone with it; :attr:`bar` shows them, its keys belong to the text."""

    def __init__(self, editor: RichEditor) -> None:
        super().__init__(editor)
        self._editor, self._edit = editor, editor.edit
        speaker = editor.speaker
        self.kind = QuietCombo()
        for level, name, _keys in BLOCKS:
            self.kind.addItem(speaker.say(name), level)
        speaker.changed.connect(self._speak)
        self.kind.activated.connect(self._on_kind)
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        widgets.call(speaker, self.kind, Message("ui.rich.kind"))
        self.bar = Bar(speaker, [self.kind], self._deeds())
        keys = {deed.keys: deed.run for deed in self.bar.deeds.values() if deed.keys}
        for level, _name, pressed in BLOCKS:
            keys[pressed] = partial(self._set_heading, level)
        self._edit.keys = {**keys, "Ctrl+Shift+V": self._edit.paste_plain, "Alt+F10": self._to_bar}

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
                partial(self.set_list, ordered=ordered),
                keys,
                on=partial(self._in_list, ordered=ordered),
                line=not ordered,
            )
        yield Deed("table", Message("ui.rich.table"), "table", self.table_menu, "Ctrl+Shift+T", line=True)
        yield Deed(
            "reference",
            Message("ui.rich.reference"),
            "at-sign",
            self._editor.pick_reference,
            "Ctrl+Shift+R",
            line=True,
        )
        note = Message("ui.rich.footnote")
        yield Deed("footnote", note, "asterisk", self._editor.edit_footnote, "Ctrl+Shift+N")
        yield Deed(
            "comment",
            Message("ui.rich.comment"),
            "message-square-plus",
            self._editor.want_comment,
            "Ctrl+Alt+M",
        )
        for by, named, title, keys in (
            (1, "next_comment", Message("ui.rich.next_comment"), "Ctrl+Alt+N"),
            (-1, "previous_comment", Message("ui.rich.previous_comment"), "Ctrl+Alt+P"),
        ):
            step = partial(self._editor.comment_step.emit, by)
            yield Deed(named, title, "message-square", step, keys, shown=False)
        yield Deed("link", Message("ui.rich.link"), "link", self._editor.edit_link, "Ctrl+Shift+K")
        for by, name, title, icon, keys in (
            (1, "indent", Message("ui.rich.indent"), "list-indent-increase", "Ctrl+]"),
            (-1, "outdent", Message("ui.rich.outdent"), "list-indent-decrease", "Ctrl+["),
        ):
            yield Deed(name, title, icon, partial(self._indent, by), keys, shown=False, line=by > 0)
        for name, title, icon, keys, shown in MARKS[3:]:
            yield self._mark_deed(name, title, icon, keys, shown=shown, line=name == "superscript")
        spell = Message("ui.rich.spelling")
        yield Deed("spelling", spell, "spell-check", self.spell, "Ctrl+;", shown=False, line=True)
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
            on=lambda: shaping.has_mark(self._edit.currentCharFormat(), name) and not self._is_heading(name),
            line=line,
        )

    def _is_heading(self, name: str) -> bool:
        """Headings are bold by themselves, which is no mark."""
        return name == "bold" and bool(self._edit.textCursor().blockFormat().headingLevel())

    def _speak(self) -> None:
        for row, (_, name, _keys) in enumerate(BLOCKS):
            self.kind.setItemText(row, self._editor.speaker.say(name))

    def _to_bar(self) -> None:
        self.kind.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def reflect(self) -> None:
        """Show what is on where the cursor stands."""
        level = self._edit.textCursor().blockFormat().headingLevel()
        row = min(level, len(BLOCKS) - 1)
        if self.kind.currentIndex() != row:
            self.kind.setCurrentIndex(row)
        self.bar.reflect()

    def _changing(self, work: Callable[[QTextCursor], object]) -> None:
        """Do something to the text where the cursor is, unless nothing may be changed."""
        if self._edit.isReadOnly():
            return
        cursor = self._edit.textCursor()
        work(cursor)
        self._edit.setTextCursor(cursor)
        self._edit.setFocus()
        self.reflect()

    def _switch(self, name: str) -> None:
        if self._edit.isReadOnly():
            return
        on = not shaping.has_mark(self._edit.currentCharFormat(), name)
        if not self._is_heading(name):
            self._edit.mergeCurrentCharFormat(shaping.mark(name, on=on))
        self._edit.setFocus()
        self.reflect()

    def _on_kind(self, _row: int) -> None:
        self._set_heading(int(self.kind.currentData()))

    def _set_heading(self, level: int) -> None:
        self._changing(lambda cursor: shaping.set_heading(cursor, level))
        self._edit.setCurrentCharFormat(self._edit.textCursor().blockCharFormat())

    def _in_list(self, *, ordered: bool) -> bool:
        inside = shaping.list_of(self._edit.textCursor().block())
        return inside is not None and document.is_ordered(inside.format().style()) == ordered

    def set_list(self, *, ordered: bool) -> None:
        """Make paragraphs a list, or paragraphs again."""
        self._changing(lambda cursor: shaping.toggle_list(cursor, ordered=ordered))

    def _indent(self, by: int) -> None:
        self._changing(lambda cursor: shaping.indent(cursor, by))

    def _clear(self) -> None:
        self._changing(shaping.clear_marks)

    def spell(self) -> None:
        """Go to the next misspelled word."""
        if self._editor.speller is not None:
            self._editor.speller.visit_next()

    def _spelling_on(self) -> bool:
        session = self._editor.session
        return session is not None and session.settings.spelling

    def _mark_spelling(self) -> None:
        """Mark misspelled words from now on, or no more."""
        session = self._editor.session
        if session is not None:
            session.remember(spelling=not session.settings.spelling)

    def insert_table(self, rows: int = 3, columns: int = 3) -> None:
        """Put a new table where the cursor is."""
        self._changing(lambda cursor: shaping.insert_table(cursor, rows, columns))
        self._editor.dress()

    def table_menu(self) -> None:
        """Outside a table a new one; inside, what can be done to it."""
        if document.table_at(self._edit.textCursor()) is None:
            self.insert_table()
            return
        from desktop.ui.fields.editor import show_menu

        menu = QMenu(self._editor)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for what, name, _icon, _keys in TABLE:
            action = menu.addAction(self._editor.speaker.say(name))
            action.triggered.connect(partial(self.change_table, what))
        show_menu(menu, self._edit.mapToGlobal(self._edit.cursorRect().bottomLeft() + QPoint(0, 4)))

    def change_table(self, what: str, _checked: bool = False) -> None:
        """Do something to the table under the cursor (an id of :data:`TABLE`)."""
        self._changing(lambda cursor: shaping.change_table(cursor, what))
