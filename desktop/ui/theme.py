"""The look: colours, type scale and spacing, said once, and the style sheet made from them."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from desktop.base.resources import resource

FAMILY = "Noto Sans"
SIDEBAR, FINDINGS, HEADER = 236, 286, 70
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
    hint: str = "#6b7a8e"
    primary: str = "#1f5fbf"
    primary_dark: str = "#184c99"
    primary_soft: str = "#e8f0fc"
    on_primary: str = "#ffffff"
    side: str = "#10243f"
    side_raised: str = "#17304f"
    side_chosen: str = "#1d3a62"
    side_text: str = "#c3cfdf"
    side_muted: str = "#93a5bf"
    good: str = "#17703f"
    good_soft: str = "#e3f4ea"
    warn: str = "#8a5200"
    warn_soft: str = "#fdf1dc"
    bad: str = "#b3261e"
    bad_soft: str = "#fbe6e4"


LIGHT = Colours()
DARK = replace(
    LIGHT,
    ground="#131a23", card="#1b2430", sunken="#202b39", line="#2c3847", edge="#4a596c", text="#e8edf3",
    label="#c5cfdb", muted="#a3b1c2", hint="#93a2b5", primary="#6aa5f7", primary_dark="#8cbaf9",
    primary_soft="#22385a", on_primary="#0c1624", side="#0c1521", side_raised="#15222f", side_chosen="#20395c",
    good="#6fd19b", good_soft="#1b3a2a", warn="#f0b75a", warn_soft="#3e301a", bad="#f49a93", bad_soft="#46232a",
)  # fmt: skip


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


def apply(app: QApplication, colours: Colours = LIGHT, percent: int = 100) -> None:
    """Dress the application: fonts of our own, Fusion, palette and style sheet."""
    for file in sorted(resource("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
    font = QFont(FAMILY)
    font.setPixelSize(TypeScale().scaled(percent).body)
    app.setFont(font)
    app.setStyle("Fusion")
    app.setPalette(_palette(colours))
    app.setStyleSheet(style_sheet(colours, TypeScale().scaled(percent)))


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
    values = {**asdict(c), **sizes, "icons": resource("icons").as_posix()}
    return re.sub(r"\$(\w+)", lambda name: values[name.group(1)], _SHEET)


_SHEET = """
QToolTip { background: $side; color: #ffffff; border: 0; padding: 6px 8px; font-size: $note_px; }
QLabel, QCheckBox, QRadioButton { font-size: $body_px; background: transparent; }
QWidget[look="side"] { background: $side; }
QLabel[look="brand"] { color: #ffffff; font-size: 15px; font-weight: 700; }
QLabel[look="brand-sub"] { color: $side_text; font-size: $small_px; }
QLabel[look="side-head"] { color: $side_muted; font-size: $small_px; font-weight: 700; }
QTreeWidget[look="journey"] { background: transparent; border: 0; color: $side_text; outline: 0; font-size: $body_px; }
QTreeWidget[look="journey"]::item { height: 32px; border-radius: 7px; padding-left: 4px; margin: 1px 0; }
QTreeWidget[look="journey"]::item:hover { background: $side_raised; }
QTreeWidget[look="journey"]::item:selected { background: $side_chosen; color: #ffffff; }
QTreeWidget[look="journey"]::item:focus { border: 2px solid #7fb0f5; }
QWidget[look="side"] QScrollBar::handle { background: #2f4d77; }
QTreeWidget[look="journey"]::branch { background: transparent; image: none; border-image: none; }
QFrame[look="side-note"] { background: $side_raised; border-radius: 8px; }
QFrame[look="side-note"] QLabel { color: $side_text; font-size: $small_px; }
QFrame[look="header"] { background: $card; border-bottom: 1px solid $line; }
QFrame[look="panel"] { background: $card; border-left: 1px solid $line; }
QLabel[look="crumb"] { color: $muted; font-size: $small_px; }
QLabel[look="title"] { font-size: $title_px; font-weight: 700; }
QLabel[look="section"] { font-size: $section_px; font-weight: 700; }
QLabel[look="figure"] { font-size: $figure_px; font-weight: 700; }
QLabel[look="purpose"], QLabel[look="muted"] { color: $muted; font-size: $note_px; }
QLabel[look="purpose"] { font-size: $body_px; }
QLabel[look="field"] { color: $label; font-size: $note_px; font-weight: 700; }
QLabel[look="bad"] { color: $bad; font-size: $note_px; }
QLabel[look="warn"] { color: $warn; font-size: $note_px; }
QLabel[look="good"] { color: $good; font-size: $note_px; }
QLabel[look="chip-bad"], QLabel[look="chip-warn"], QLabel[look="chip-good"], QLabel[look="chip-info"] {
  border-radius: 10px; padding: 3px 9px; font-size: $small_px; font-weight: 700; }
QLabel[look="chip-bad"] { background: $bad_soft; color: $bad; }
QLabel[look="chip-warn"] { background: $warn_soft; color: $warn; }
QLabel[look="chip-good"] { background: $good_soft; color: $good; }
QLabel[look="chip-info"] { background: $primary_soft; color: $primary_dark; }
QFrame[look="card"] { background: $card; border: 1px solid $line; border-radius: 10px; }
QFrame[look="banner"] { background: $warn_soft; border: 0; border-bottom: 1px solid $line; }
QFrame[look="drop"] { background: $sunken; border: 1px dashed $edge; border-radius: 8px; }
QFrame[look="rule"] { background: $line; border: 0; max-height: 1px; min-height: 1px; }
QScrollArea, QScrollArea > QWidget > QWidget[look="page"] { background: $ground; border: 0; }
QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QSpinBox, QDateEdit {
  border: 1px solid $edge; border-radius: 6px; padding: 6px 9px; background: $card; color: $text;
  font-size: $body_px; selection-background-color: $primary; selection-color: $on_primary; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus {
  border: 2px solid $primary; padding: 5px 8px; }
QLineEdit[readOnly="true"], QPlainTextEdit[readOnly="true"], QTextEdit[readOnly="true"] { background: $sunken; }
QLineEdit[invalid="true"], QComboBox[invalid="true"], QPlainTextEdit[invalid="true"] { border: 1px solid $bad; }
QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled, QSpinBox:disabled { background: $sunken; color: $muted; }
QTableView QLineEdit, QTableView QComboBox { border-radius: 0; padding: 1px 6px; border: 2px solid $primary; }
QSpinBox QLineEdit, QSpinBox QLineEdit:focus { border: 0; padding: 0 0 0 8px; background: transparent; }
QSpinBox { padding: 5px 2px; }
QSpinBox::up-button, QSpinBox::down-button { border: 0; width: 20px; background: transparent; }
QSpinBox::up-arrow { image: url($icons/fixed-chevron-up.svg); width: 12px; height: 12px; }
QSpinBox::down-arrow { image: url($icons/fixed-chevron-down.svg); width: 12px; height: 12px; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url($icons/fixed-chevron-down.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $card; color: $text; border: 1px solid $edge; outline: 0;
  selection-background-color: $primary_soft; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 8px; }
QPushButton, QToolButton[look="button"] { border: 1px solid $edge; border-radius: 6px; padding: 7px 14px;
  background: $card; color: $text; font-size: $body_px; font-weight: 500; }
QPushButton:hover, QToolButton[look="button"]:hover { background: $sunken; }
QPushButton:focus, QToolButton[look="button"]:focus { border: 2px solid $primary; padding: 6px 13px; }
QPushButton:disabled { color: $hint; background: $sunken; border-color: $line; }
QPushButton[look="primary"] { background: $primary; color: $on_primary; border: 1px solid $primary; }
QPushButton[look="primary"]:hover { background: $primary_dark; }
QPushButton[look="primary"]:focus { border: 2px solid $side; }
QPushButton[look="primary"]:disabled { background: $edge; border-color: $edge; color: $card; }
QPushButton[look="quiet"] { border: 1px solid transparent; background: transparent; color: $primary; padding: 5px 8px; text-align: left; }
QPushButton[look="quiet"]:hover { background: $primary_soft; }
QPushButton[look="quiet"]:focus { border: 2px solid $primary; padding: 4px 7px; }
QPushButton[look="quiet"]:disabled { color: $hint; }
QPushButton[look="finding"] { border: 1px solid $line; border-radius: 8px; background: $card; text-align: left; padding: 8px 10px; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 5px; background: transparent; font-size: $body_px; color: $text; }
QToolButton:hover { background: $primary_soft; }
QToolButton:checked { background: $primary_soft; border-color: $primary; }
QToolButton:focus { border: 2px solid $primary; padding: 4px; }
QToolButton[look="segment"] { border: 1px solid $edge; border-radius: 6px; padding: 5px 9px; font-size: $note_px; font-weight: 700; color: $muted; }
QToolButton[look="segment"]:checked { background: $primary_soft; color: $primary_dark; border-color: $primary; }
QToolButton[look="segment"]:focus { border: 2px solid $primary; padding: 4px 8px; }
QToolButton::menu-indicator { image: none; }
QTableView, QTreeView, QListView { border: 1px solid $line; border-radius: 8px; background: $card; gridline-color: $line; font-size: $body_px;
  selection-background-color: $primary_soft; selection-color: $text; outline: 0; alternate-background-color: $sunken; }
QTableView:focus, QListView:focus, QTreeView:focus { border: 1px solid $primary; }
QTreeWidget[look="journey"]:focus { border: 0; }
QTableView::item, QListView::item { padding: 0 8px; }
QTableView::item:focus { border: 2px solid $primary; }
QListView::item { min-height: 32px; }
QTreeView::item { min-height: 30px; }
QHeaderView { background: $card; }
QHeaderView::section { background: $card; border: 0; border-bottom: 1px solid $line; padding: 7px 8px; color: $muted; font-size: $small_px; font-weight: 700; }
QTableCornerButton::section { background: $card; border: 0; }
QTabWidget::pane { border: 0; }
QTabBar::tab { padding: 8px 14px; border: 0; border-bottom: 2px solid transparent; color: $muted; font-size: $body_px; background: transparent; }
QTabBar::tab:selected { color: $primary_dark; border-bottom: 2px solid $primary; }
QTabBar::tab:focus { color: $text; background: $primary_soft; }
QCheckBox { spacing: 8px; padding: 2px; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $edge; border-radius: 4px; background: $card; }
QCheckBox::indicator:hover { border-color: $primary; }
QCheckBox::indicator:checked { background: $primary; border-color: $primary; image: url($icons/fixed-check.svg); }
QCheckBox::indicator:disabled { background: $sunken; }
QCheckBox:focus, QRadioButton:focus { background: $primary_soft; border-radius: 4px; }
QScrollBar:vertical { width: 11px; background: transparent; margin: 0; }
QScrollBar:horizontal { height: 11px; background: transparent; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 5px; min-height: 30px; min-width: 30px; }
QScrollBar::add-line, QScrollBar::sub-line { height: 0; width: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QProgressBar { border: 0; border-radius: 4px; background: $line; height: 8px; text-align: center; }
QProgressBar::chunk { background: $primary; border-radius: 4px; }
QStatusBar { background: $card; border-top: 1px solid $line; font-size: $note_px; color: $muted; }
QStatusBar::item { border: 0; }
QStatusBar QLabel { font-size: $note_px; color: $muted; padding: 0 8px; }
QMenuBar { background: $card; border-bottom: 1px solid $line; font-size: $note_px; }
QMenuBar::item { padding: 5px 10px; background: transparent; color: $text; }
QMenuBar::item:selected { background: $primary_soft; }
QMenu { background: $card; border: 1px solid $edge; padding: 4px; font-size: $body_px; }
QMenu::item { padding: 6px 26px 6px 14px; border-radius: 4px; color: $text; }
QMenu::item:selected { background: $primary_soft; }
QMenu::item:disabled { color: $hint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 6px; }
QSplitter::handle { background: transparent; }
"""
