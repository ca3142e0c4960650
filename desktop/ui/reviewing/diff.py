"""What two texts have in common and what one of them has more, word by word in colours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.base import Message, richtext
from desktop.base.worddiff import Piece, compare, excerpt
from desktop.ui import theme
from desktop.ui.session import Session
from desktop.workspace.plan import Value

Words = Callable[[Value], str]
"""How a value reads; kept texts are read without their tags."""


def words_of(value: Value) -> str:
    """A kept text as it reads."""
    return richtext.plain_text(value) if isinstance(value, str) else "" if value is None else str(value)


def painted(old: str, new: str, *, whole: bool = False) -> str:
    """Both texts as one: what went is struck out, what came is underlined; never by colour alone."""
    pieces = compared(old, new)
    return dressed(pieces if whole else excerpt(pieces))


def compared(old: str, new: str) -> list[Piece]:
    """Two texts word by word; a last word is no other word because one follows it in the other text."""
    return compare(f"{old} ", f"{new} ") if old or new else []


def dressed(pieces: Iterable[Piece]) -> str:
    """Pieces of a comparison as rich text in the colours of the window."""
    return "".join(map(_dressed, pieces))


def _dressed(piece: Piece) -> str:
    c = theme.colours()
    text = piece.text.strip("\n") if piece.kind == "same" else piece.text.strip()
    words = escape(text).replace("\n", " ¶ ")
    match piece.kind:
        case "gone":
            return f'<s style="color:{c.bad}">{words}</s> '
        case "new":
            return f'<u style="color:{c.good}"><b>{words}</b></u> '
        case _:
            return words


class DiffLabel(QLabel):
    """A text with its changes; a screen reader reads both versions one after the other."""

    def __init__(self, session: Session, *, whole: bool = False) -> None:
        super().__init__()
        self._session, self._whole = session, whole
        self._both = ("", "")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        session.look_changed.connect(self._paint)
        session.speaker.changed.connect(self._paint)

    def show_both(self, old: str, new: str, *, whole: bool | None = None) -> None:
        """Show what becomes of one text when the other takes its place.

        ``whole`` says whether all of it is shown, where that is not the same for every text.
        """
        self._whole = self._whole if whole is None else whole
        self._both = (old, new)
        self._paint()

    def _paint(self) -> None:
        old, new = self._both
        nothing = "\N{EM DASH}"
        self.setText(painted(old, new, whole=self._whole) or nothing)
        told = Message("ui.suggestion.both", old=old or nothing, new=new or nothing)
        self.setAccessibleName(self._session.say(told))
