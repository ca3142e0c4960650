"""Ways to look at the same data: as fields, one question at a time, as printed, or to be copied."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton, QWidget

from desktop.base import Message
from desktop.guideline.foreword import foreword
from desktop.ui import icons, theme, widgets
from desktop.ui.roles import WRITERS, Role

if TYPE_CHECKING:
    from desktop.guideline.pack import Chapter, Pack
    from desktop.ui.journey import Stop
    from desktop.ui.session import Session


class View(StrEnum):
    """One of the ways; what a person chose last is remembered on this computer."""

    FIELDS = "fields"
    INTERVIEW = "interview"
    BOOK = "book"
    COPY = "copy"

    @classmethod
    def of(cls, name: str) -> View:
        """The view of this name; an unknown one is the plain one."""
        return cls(name) if name in set(cls) else cls.FIELDS


NAMES = {
    View.FIELDS: (Message("ui.view.fields"), Message("ui.view.fields.help"), "clipboard-list"),
    View.INTERVIEW: (Message("ui.view.interview"), Message("ui.view.interview.help"), "message-square"),
    View.BOOK: (Message("ui.view.book"), Message("ui.view.book.help"), "book-open"),
    View.COPY: (Message("ui.view.copy"), Message("ui.view.copy.help"), "copy"),
}
"""What they are called, what each is, and their icons."""


def offered(pack: Pack, stop: Stop, role: Role = Role.SECRETARY) -> tuple[View, ...]:
    """The views a stop of the journey has; one alone needs no switch. Who reviews is asked nothing."""
    views, writes = [View.FIELDS], role in WRITERS
    if writes and _asks(pack, stop):
        views.append(View.INTERVIEW)
    if printed_in(pack, stop):
        views.append(View.BOOK)
    if writes and stop.page == "form":
        views.append(View.COPY)
    return tuple(views)


def _asks(pack: Pack, stop: Stop) -> bool:
    match stop.page:
        case "form" | "chapter" | "programmes":
            return True
        case "worksheet":
            sheet = next((each for each in pack.worksheets if each.id == stop.ref), None)
            # Lists of any length are filled as lists; the guideline's own rows can be asked one by one.
            return sheet is not None and bool(sheet.fixed_rows) and not sheet.binding
        case _:
            return False


def printed_in(pack: Pack, stop: Stop) -> tuple[str, str] | None:
    """The book and the smallest chapter in which a stop is printed first, if anywhere."""
    for book in pack.books:
        if stop.page == "chapter" and stop.ref == book.id:
            return (book.id, book.chapters[0].id) if book.chapters else None
        before = foreword(book)
        if before is not None and _shows(before, stop):
            return book.id, before.id
        for top in book.chapters:
            for chapter in _walk(top):
                if _shows(chapter, stop):
                    return book.id, chapter.id
    return None


def _shows(chapter: Chapter, stop: Stop) -> bool:
    match stop.page:
        case "chapter":
            return chapter.id == stop.ref
        case "programmes":
            # The sheets of single programmes, where there are any, say most about them.
            return any(block.show == "programmes" for block in chapter.blocks)
        case "form" | "worksheet":
            kinds = {stop.page, "parties"} if stop.page == "form" else {stop.page}
            return any(block.show in kinds and block.ref == stop.ref for block in chapter.blocks)
        case _:
            return False


def _walk(chapter: Chapter) -> Iterator[Chapter]:
    yield chapter
    for inner in chapter.chapters:
        yield from _walk(inner)


class ViewSwitch(QWidget):
    """*Isian | Wawancara | Buku | Salin*: which of the ways is shown."""

    def __init__(self, session: Session, views: tuple[View, ...], now: View) -> None:
        super().__init__()
        self._session = session
        self.buttons: dict[View, QToolButton] = {}
        row = widgets.line(spacing=4)
        for view in views:
            row.addWidget(self._button(view))
        self.setLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        widgets.call(session.speaker, self, Message("ui.view.switch"))
        self.show_view(now)

    def _button(self, view: View) -> QToolButton:
        name, purpose, icon = NAMES[view]
        made = QToolButton()
        made.setProperty("look", "segment")
        made.setProperty("beside", "true")
        made.setCheckable(True)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        icons.tie(made, partial(_draw, icon=icon))
        speaker = self._session.speaker
        speaker.tie(made, QToolButton.setText, name)
        widgets.call(speaker, made, name)
        speaker.tie(made, QToolButton.setToolTip, purpose)
        made.clicked.connect(partial(self._choose, view))
        self.buttons[view] = made
        return made

    def _choose(self, view: View, _checked: bool = False) -> None:
        self.show_view(view)
        self._session.remember(view=view.value)

    def show_view(self, view: View) -> None:
        """Mark the view that is shown."""
        self._now = self.buttons.get(view, self.buttons[View.FIELDS])
        for button in self.buttons.values():
            button.setChecked(button is self._now)

    def take_focus(self) -> None:
        """Put the focus on the view that is shown."""
        self._now.setFocus(Qt.FocusReason.OtherFocusReason)

    def has_focus(self) -> bool:
        """Whether one of its buttons has the focus."""
        return any(button.hasFocus() for button in self.buttons.values())


def _draw(button: QToolButton, icon: str) -> None:
    size = theme.grown(14)
    button.setIcon(icons.spaced(icon, "label", size))
    button.setIconSize(QSize(size + icons.SPACE, size))
