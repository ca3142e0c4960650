"""The small pieces every page is made of, already speaking and already dressed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from desktop.ui import icons, theme
from desktop.ui.speaker import Speaker, Speech


def blank() -> QLabel:
    """A label to be filled later, letter by letter: what it is told may come from strangers."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


def label(speaker: Speaker, speech: Speech, look: str = "", *, wrap: bool = False) -> QLabel:
    """A text; ``look`` is one of the style sheet's."""
    made = blank()
    made.setWordWrap(wrap)
    if look:
        made.setProperty("look", look)
    speaker.tie(made, QLabel.setText, speech)
    return made


def breakable(text: str) -> str:
    """Codes of decrees and paths are one long word: it may go on to a further line after each stroke."""
    return text.replace("/", "/\N{ZERO WIDTH SPACE}")


def button(
    speaker: Speaker, speech: Speech, press: Callable[[], object], *, icon: str = "", look: str = ""
) -> QPushButton:
    """A button with words; ``look`` is ``primary``, ``quiet``, ``code`` or nothing."""
    made = QPushButton()
    if look:
        made.setProperty("look", look)
    if icon:
        role = {"primary": "on_primary", "quiet": "primary"}.get(look, "text")
        icons.tie(made, partial(_dress, icon=icon, role=role))
    speaker.tie(made, QPushButton.setText, speech)
    made.clicked.connect(partial(_press, press))
    return made


def tool(speaker: Speaker, name: Speech, icon: str, press: Callable[[], object] | None = None) -> QToolButton:
    """A button with an icon only; its name is the tooltip and what a screen reader says."""
    made = QToolButton()
    icons.tie(made, partial(dress_tool, icon=icon))
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    speaker.tie(made, QToolButton.setToolTip, name)
    call(speaker, made, name)
    if press is not None:
        made.clicked.connect(partial(_press, press))
    return made


def call(speaker: Speaker, widget: QWidget, name: Speech) -> None:
    """Give a widget the name a screen reader says."""
    speaker.tie(widget, QWidget.setAccessibleName, name)


def picture(name: str, role: str, size: int = 16) -> QLabel:
    """An icon that only accompanies words beside it, in a role of the theme (``muted``, ``good``, ...)."""
    made = blank()
    show_picture(made, name, role, size)
    return made


def show_picture(label: QLabel, name: str, role: str, size: int = 16) -> None:
    """Change what a picture shows; it grows with the letters beside it."""
    icons.tie(label, partial(_draw, name=name, role=role, size=size))


def column(*, margins: tuple[int, int, int, int] = (0, 0, 0, 0), spacing: int = theme.GAP) -> QVBoxLayout:
    """A vertical layout with our spacing."""
    made = QVBoxLayout()
    made.setContentsMargins(*margins)
    made.setSpacing(spacing)
    return made


def line(*parts: QWidget | int, spacing: int = theme.GAP) -> QHBoxLayout:
    """Widgets beside each other; a number is a stretch."""
    made = QHBoxLayout()
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(spacing)
    before: QWidget | None = None
    for part in parts:
        if isinstance(part, int) and isinstance(before, QLabel) and before.wordWrap():
            # A text that wraps takes the free room itself, else it wraps too early.
            made.setStretchFactor(before, part)
        elif isinstance(part, int):
            made.addStretch(part)
        else:
            made.addWidget(part)
            before = part
    return made


class Card(QFrame):
    """A white, rounded box with an optional heading; pages stack them."""

    def __init__(self, speaker: Speaker, title: Speech | None = None, note: Speech | None = None) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.body = column(
            margins=(theme.PAD + 2, theme.PAD - 2, theme.PAD + 2, theme.PAD), spacing=theme.GAP
        )
        self.setLayout(self.body)
        self.head = line(spacing=10)
        if title is not None:
            self.head.addWidget(label(speaker, title, "section"))
            self.head.addStretch(1)
            self.body.addLayout(self.head)
        if note is not None:
            self.body.addWidget(label(speaker, note, "muted", wrap=True))

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Put something below what is there."""
        if isinstance(part, QLayout):
            self.body.addLayout(part, stretch)
        else:
            self.body.addWidget(part, stretch)


def rule() -> QFrame:
    """A thin line between things."""
    made = QFrame()
    made.setProperty("look", "rule")
    return made


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


def keep_room(widget: QWidget) -> None:
    """Hidden as long as it is empty, it keeps its room: what stands above stays where it is."""
    policy = widget.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    widget.setSizePolicy(policy)
    widget.hide()


def chip(widget: QLabel, tone: str) -> None:
    """Colour a label as a chip: ``bad``, ``warn``, ``good`` or ``info``."""
    theme.look(widget, f"chip-{tone}")
    widget.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


def _draw(label: QLabel, name: str, role: str, size: int) -> None:
    grown = theme.grown(size)
    label.setFixedSize(grown + 2, grown + 2)
    label.setPixmap(icons.pixmap(name, theme.colours()[role], grown))


def _dress(button: QPushButton, icon: str, role: str) -> None:
    """Icons grow with the letters beside them."""
    size = theme.grown(16)
    button.setIcon(icons.spaced(icon, role, size))
    button.setIconSize(QSize(size + icons.SPACE, size))


def dress_tool(button: QToolButton, icon: str, size: int = 17) -> None:
    """Give a tool its icon; it grows with the letters beside it."""
    grown = theme.grown(size)
    button.setIcon(icons.icon(icon, "label", grown))
    button.setIconSize(QSize(grown, grown))


def _press(press: Callable[[], object], _checked: bool = False) -> None:
    """Qt hands a button's state along; what is pressed does not want it."""
    press()
