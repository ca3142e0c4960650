"""What two texts have in common and what one of them has more, word by word in colours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop.base import Message, textdiff
from desktop.base.worddiff import Piece, compare, excerpt
from desktop.ui import theme
from desktop.ui.session import Session
from desktop.workspace.plan import Value

AT_A_GLANCE = 8
"""Changes of one text that are shown where nobody decides by them; how many more there are is told."""


def painted(old: str, new: str, *, whole: bool = False) -> str:
    """Both texts as one: what went is struck out, what came is underlined; never by colour alone."""
    pieces = compared(old, new)
    return dressed(pieces if whole else excerpt(pieces))


def painted_values(old: Value, new: Value, say: textdiff.Say, *, whole: bool = False) -> str:
    """The same of texts as they are kept: what letters are (links, struck out, headings) is compared too."""
    pieces = textdiff.compared(_kept(old), _kept(new), say)
    return dressed(pieces if whole else excerpt(pieces))


def _kept(value: Value) -> str:
    return "" if value is None else str(value)


def compared(old: str, new: str) -> list[Piece]:
    """Two texts word by word; a last word is no other word because one follows it in the other text."""
    return compare(f"{old} ", f"{new} ") if old or new else []


def dressed(pieces: Iterable[Piece], say: textdiff.Say | None = None) -> str:
    """Pieces of a comparison as rich text in the colours of the window.

    ``say`` tells how many more changes there are, where not all are shown.
    """
    return "".join(_dressed(piece, say) for piece in pieces)


def _dressed(piece: Piece, say: textdiff.Say | None) -> str:
    c = theme.colours()
    if piece.kind == "more":
        left = say(Message("base.textdiff.more", n=int(piece.text))) if say is not None else piece.text
        return f'<i style="color:{c.muted}">({escape(left)})</i>'
    text = piece.text.strip("\n") if piece.kind == "same" else piece.text.strip()
    words = escape(textdiff.unturned(text)).replace("\n", " ¶ ")
    match piece.kind:
        case "gone":
            return f'<s style="color:{c.bad}">{words}</s> '
        case "new":
            return f'<u style="color:{c.good}"><b>{words}</b></u> '
        case _:
            return words


class DiffLabel(QLabel):
    """A text with its changes; a screen reader reads both versions one after the other."""

    def __init__(self, session: Session, *, whole: bool = False, most: int | None = None) -> None:
        """``most`` changes are shown, where nobody decides by them."""
        super().__init__()
        self._session, self._whole, self._most = session, whole, most
        self._pieces: Callable[[], list[Piece]] = list
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        session.look_changed.connect(self._paint)
        session.speaker.changed.connect(self._paint)

    def show_both(self, old: str, new: str) -> None:
        """Show what becomes of some words when others take their place."""
        self._pieces = lambda: compared(old, new)
        self._paint()

    def show_values(self, old: Value, new: Value, *, whole: bool | None = None) -> None:
        """The same of texts as they are kept, with what their letters are.

        ``whole`` says whether all of it is shown, where that is not the same for every text.
        """
        self._whole = self._whole if whole is None else whole
        one, other, say = _kept(old), _kept(new), self._session.say
        self._pieces = lambda: textdiff.compared(one, other, say)
        self._paint()

    def _paint(self) -> None:
        pieces = self._pieces()
        shown = dressed(pieces if self._whole else excerpt(pieces, self._most), self._session.say)
        nothing = "\N{EM DASH}"
        self.setText(shown or nothing)
        old, new = textdiff.sides(pieces)
        told = Message("ui.suggestion.both", old=old or nothing, new=new or nothing)
        self.setAccessibleName(self._session.say(told))
