"""The look: colours, type scale and spacing, said once, and the style sheet made from them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from desktop.base import settings as remembered
from desktop.base.resources import resource

FAMILY = "Noto Sans"
SIDEBAR, FINDINGS, HEADER = 248, 280, 70
"""Widths and height of the shell's fixed parts, in pixels at 100 %."""
GAP, PAD, GUTTER = 8, 16, 22
"""Between things that belong together; inside a card; around a page."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour the window uses, by what it is for."""

    ground: str = "#f4f6f9"
    card: str = "#ffffff"
    sunken: str = "#f8fafc"
    line: str = "#e3e8ef"
    edge: str = "#c3ccd8"
    text: str = "#1b2733"
    label: str = "#38475a"
    muted: str = "#5b6a7e"
    hint: str = "#637287"
    primary: str = "#1f5fbf"
    primary_dark: str = "#184c99"
    primary_soft: str = "#e8f0fc"
    on_primary: str = "#ffffff"
    side: str = "#10243f"
    side_raised: str = "#17304f"
    side_chosen: str = "#1d3a62"
    side_text: str = "#c3cfdf"
    side_muted: str = "#93a5bf"
    side_strong: str = "#ffffff"
    good: str = "#17703f"
    good_soft: str = "#e3f4ea"
    warn: str = "#8a5200"
    warn_soft: str = "#fdf1dc"
    bad: str = "#b3261e"
    bad_soft: str = "#fbe6e4"
    side_open: str = "#f0b75a"
    """What is not complete yet, on the dark ground of the journey; beside it what is."""
    side_done: str = "#6fd19b"

    def __getitem__(self, role: str) -> str:
        """The colour of a role that is named by a text (icons, style sheet)."""
        return str(getattr(self, role))


LIGHT = Colours()
DARK = replace(
    LIGHT,
    ground="#131a23",
    card="#1b2430",
    sunken="#202b39",
    line="#2c3847",
    edge="#4a596c",
    text="#e8edf3",
    label="#c5cfdb",
    muted="#a3b1c2",
    hint="#93a2b5",
    primary="#6aa5f7",
    primary_dark="#8cbaf9",
    primary_soft="#22385a",
    on_primary="#0c1624",
    side="#0c1521",
    side_raised="#15222f",
    side_chosen="#20395c",
    good="#6fd19b",
    good_soft="#1b3a2a",
    warn="#f0b75a",
    warn_soft="#3e301a",
    bad="#f49a93",
    bad_soft="#46232a",
)


Theme = remembered.Theme
"""Which of the two looks a person wants."""


@dataclass(frozen=True, slots=True)
class TypeScale:
    """Text sizes in pixels at 100 %."""

    small: int = 11
    note: int = 12
    body: int = 13
    section: int = 14
    title: int = 20
    figure: int = 26

    def scaled(self, percent: int) -> TypeScale:
        """The same scale at another size (100-200 %)."""
        return TypeScale(**{name: round(size * percent / 100) for name, size in asdict(self).items()})


MARKS = {"tick": 16, "arrow": 14, "drop": 24}
"""Boxes to tick and arrows to unfold, in pixels at 100 %: they grow with the letters beside them."""


_now = [LIGHT]
"""The colours the application wears; like its font and palette there is one set for all windows."""


def colours() -> Colours:
    """The colours in use now. Ask when painting; what is kept would be the old ones after a change."""
    return _now[0]


_sheet = [""]
"""The style sheet of the look in use."""


def dress(window: QMainWindow) -> None:
    """Give a window, and every dialog over it, the style sheet of the look in use.

    Not the application: Qt 6 then polishes each widget once for every widget around it (0.5 s instead of
    0.09 s for 800 widgets).
    """
    window.setStyleSheet(_sheet[0])


def grown(pixels: int, at_most: int = 10_000) -> int:
    """A size given for texts of 100 %, at the size the person chose."""
    return min(at_most, round(pixels * QApplication.font().pixelSize() / TypeScale().body))


def look(widget: QWidget, name: str) -> None:
    """Give a widget one of the style sheet's looks (``title``, ``muted``, ``card``, ``primary``, ...)."""
    widget.setProperty("look", name)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def mark(widget: QWidget, *, invalid: bool) -> None:
    """Show or hide that what stands in an editor is not accepted."""
    if bool(widget.property("invalid")) != invalid:
        widget.setProperty("invalid", invalid)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


@cache
def _fonts() -> tuple[int, ...]:
    """Fonts of our own, loaded once."""
    return tuple(
        QFontDatabase.addApplicationFont(str(file)) for file in sorted(resource("fonts").glob("*.ttf"))
    )


_SCHEMES = {
    Theme.SYSTEM: Qt.ColorScheme.Unknown,
    Theme.LIGHT: Qt.ColorScheme.Light,
    Theme.DARK: Qt.ColorScheme.Dark,
}


def wanted(app: QApplication, theme: Theme) -> Colours:
    """The colours a choice means on this computer now."""
    if theme is Theme.SYSTEM:
        return DARK if app.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT
    return DARK if theme is Theme.DARK else LIGHT


def wear(app: QApplication, theme: Theme, percent: int = 100) -> None:
    """Dress the application as a person wants it; frames and dialogs of the system follow."""
    app.styleHints().setColorScheme(_SCHEMES[theme])
    apply(app, wanted(app, theme), percent)


def apply(app: QApplication, colours: Colours = LIGHT, percent: int = 100) -> None:
    """Dress the application: fonts of our own, Fusion, palette and style sheet."""
    _fonts()
    _now[0] = colours
    font = QFont(FAMILY)
    font.setPixelSize(TypeScale().scaled(percent).body)
    app.setFont(font)
    if app.style().name() not in {"fusion", "stylesheet"}:
        # once: every time costs as much as a third of the style sheet
        app.setStyle("Fusion")
    app.setPalette(_palette(colours))
    _sheet[0] = style_sheet(colours, TypeScale().scaled(percent))
    for window in app.topLevelWidgets():
        if isinstance(window, QMainWindow):
            dress(window)


def _palette(c: Colours) -> QPalette:
    roles = QPalette.ColorRole
    colours = {
        roles.Window: c.ground, roles.Base: c.card, roles.AlternateBase: c.sunken, roles.Text: c.text,
        roles.WindowText: c.text, roles.Button: c.card, roles.ButtonText: c.text, roles.Highlight: c.primary,
        roles.HighlightedText: c.on_primary, roles.PlaceholderText: c.hint, roles.ToolTipBase: c.side,
        roles.ToolTipText: "#ffffff", roles.Link: c.primary, roles.Accent: c.primary, roles.Mid: c.line,
    }  # fmt: skip
    palette = QPalette()
    for role, colour in colours.items():
        palette.setColor(role, QColor(colour))
    for role in (roles.Text, roles.WindowText, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(c.hint))
    return palette


def style_sheet(c: Colours, t: TypeScale) -> str:
    """The whole style sheet; widgets choose their part by the property ``look``."""
    import re

    sizes = {f"{name}_px": f"{size}px" for name, size in asdict(t).items()}
    for name, size in MARKS.items():
        sizes[f"{name}_px"] = f"{round(size * t.body / TypeScale().body)}px"
    sheet = resource("style", "window.qss").read_text(encoding="utf-8")
    values = {**asdict(c), **sizes, "icons": resource("icons").as_posix()}
    for mark, drawn in (("check", "fixed-check"), ("partly", "fixed-minus")):
        values[mark] = f"{drawn}-dark" if c is DARK else drawn
    return re.sub(r"\$(\w+)", lambda name: values[name.group(1)], sheet)
