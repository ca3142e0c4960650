"""Measures what is on a screen: words that do not fit where they stand, and words too faint to read."""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image
from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QToolButton,
    QTreeView,
    QWidget,
)  # fmt: skip

from desktop.ui.grid.head import LINES, ColumnHeads

SLACK = 2
"""Pixels by which hints and sizes may differ."""
ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
WORDED = (QLabel, QAbstractButton, QComboBox, QLineEdit)


def named(widget: QWidget, text: str) -> str:
    """A line by which the widget is found."""
    return f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}: {text[:60]!r}"


def shown(window: QWidget) -> Iterator[QWidget]:
    """Every widget a person can see, at least in part."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and widget.visibleRegion().boundingRect().isValid():
            yield widget


def cut(window: QWidget) -> list[str]:
    """Words that are cut off, and areas that must be pushed sideways to be read."""
    return [found for widget in shown(window) for found in _cut(widget)]


def _cut(widget: QWidget) -> Iterator[str]:  # noqa: C901 - one case for each kind of widget
    match widget:
        case QLabel():
            yield from _label(widget)
        case QCheckBox() | QPushButton() | QToolButton():
            if widget.text() and widget.sizeHint().width() > widget.width() + SLACK:
                yield named(widget, widget.text())
        case QComboBox():
            yield from _combo(widget)
        case QLineEdit():
            words = widget.fontMetrics().horizontalAdvance(widget.placeholderText())
            inside = widget.textMargins().left() + widget.textMargins().right()
            inside = widget.textMargins().left() + widget.textMargins().right()
            if not widget.text() and words > widget.contentsRect().width() - 10 - inside:
                yield named(widget, widget.placeholderText())
        case QTabBar():
            for place in range(widget.count()):
                if widget.tabRect(place).width() < widget.tabSizeHint(place).width() - SLACK:
                    yield named(widget, widget.tabText(place))
        case QHeaderView() if widget.orientation() is Qt.Orientation.Horizontal:
            yield from _header(widget)
        case QTreeView():
            yield from _tree(widget)
        case QScrollArea():
            if widget.horizontalScrollBar().maximum() > 0 and type(widget).__name__.endswith("Page"):
                yield named(widget, "scrolls sideways")


def _label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text or "<" in text:
        return
    if text.endswith(ELLIPSIS):
        yield named(label, text)
    elif label.wordWrap():
        if label.heightForWidth(label.width()) > label.height() + SLACK:
            yield named(label, text)
    else:
        words = max(label.fontMetrics().horizontalAdvance(line) for line in text.splitlines())
        if words > label.contentsRect().width() + SLACK:
            yield named(label, text)


def _combo(combo: QComboBox) -> Iterator[str]:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    field = combo.style().subControlRect(
        QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, combo
    )
    if combo.fontMetrics().horizontalAdvance(combo.currentText()) > field.width() + SLACK:
        yield named(combo, combo.currentText())


def _header(header: QHeaderView) -> Iterator[str]:
    for section in range(header.count()):
        if header.isSectionHidden(section):
            continue
        if isinstance(header, ColumnHeads):
            if header.needed_width(section, lines=LINES) > header.sectionSize(section) + SLACK:
                yield named(header, header.words(section))
            continue
        needed = header.sectionSizeFromContents(section)
        text = str(header.model().headerData(section, Qt.Orientation.Horizontal) or "")
        if needed.height() > header.height() + SLACK:
            yield named(header, text)
            continue
        wraps = bool(header.defaultAlignment() & Qt.TextFlag.TextWordWrap)
        if not wraps and needed.width() > header.sectionSize(section) + SLACK:
            yield named(header, text)


def _tree(tree: QTreeView) -> Iterator[str]:
    index = tree.indexAt(QPoint(2, 2))
    while index.isValid() and tree.visualRect(index).top() < tree.viewport().height():
        if tree.sizeHintForIndex(index).width() > tree.visualRect(index).width() + SLACK:
            yield named(tree, str(index.data()))
        index = _below(tree, index)


def _below(tree: QTreeView, index: QModelIndex) -> QModelIndex:
    below = tree.indexBelow(index)
    return below if isinstance(below, QModelIndex) else QModelIndex(below)


# -- names ----------------------------------------------------------------------------------------
def unnamed(window: QWidget) -> Iterator[str]:
    """What takes the keyboard and says no name to a screen reader."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible() or widget.focusPolicy() is Qt.FocusPolicy.NoFocus or not widget.isEnabled():
            continue
        # what only lends the keyboard to a part of itself is not met by it
        if widget.focusProxy() is None and widget.objectName() != "qt_spinbox_lineedit":
            seen = QAccessible.queryAccessibleInterface(widget)
            if seen is not None and not seen.text(QAccessible.Text.Name).strip():
                yield f"{type(widget).__name__} {widget.objectName()} in {type(widget.parent()).__name__}"


# -- contrast -------------------------------------------------------------------------------------
def luminance(colour: tuple[int, ...]) -> float:
    """Relative luminance (WCAG 2.2) of an sRGB colour."""
    parts = [value / 255 for value in colour[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Contrast ratio (WCAG 2.2) of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def faint(window: QWidget, least: float = 4.5) -> list[str]:
    """Words whose colour stands out too little from what is behind them, measured in the picture.

    The ground is the commonest colour of a widget's area, the words the colour farthest from it: thin
    strokes are mixed with the ground, so only the strongest pixel tells their colour. Words of which
    the edge of a page leaves less than a line may show no letter at all there, and are passed over.
    """
    picture = _pillow(window.grab().toImage())
    scale = picture.width / window.width()
    found = []
    for widget in shown(window):
        text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
        if not text or not isinstance(widget, WORDED) or not widget.isEnabled() or _at_the_edge(widget, text):
            continue
        area = _area(widget, window, scale)
        if area.width() < 6 or area.height() < 6:
            continue
        ratio = _strongest(picture.crop((area.left(), area.top(), area.right(), area.bottom())))
        if ratio < least:
            found.append(f"{ratio:.2f} {named(widget, text)}")
    return found


def _at_the_edge(widget: QWidget, text: str) -> bool:
    """Whether so little of its words is seen, above or below an edge, that it may be no letter at all."""
    room, line = widget.contentsRect(), widget.fontMetrics().lineSpacing()
    high, middle = line, True
    if isinstance(widget, QLabel):
        flags = Qt.TextFlag.TextWordWrap if widget.wordWrap() else Qt.TextFlag.TextExpandTabs
        high = widget.fontMetrics().boundingRect(room, flags, text).height()
        middle = bool(widget.alignment() & Qt.AlignmentFlag.AlignVCenter)
    high = min(high, room.height())
    top = room.top() + (room.height() - high) // 2 if middle else room.top()
    words = QRect(room.left(), top, room.width(), high)
    return words.intersected(widget.visibleRegion().boundingRect()).height() < min(line, high)


def _strongest(part: Image.Image) -> float:
    counted = part.getcolors(part.width * part.height) or []
    ground = max(counted)[1]
    return max(contrast(colour, ground) for _, colour in counted)


def _area(widget: QWidget, window: QWidget, scale: float) -> QRect:
    seen = widget.visibleRegion().boundingRect()
    corner = widget.mapTo(window, seen.topLeft())
    return QRect(
        round(corner.x() * scale), round(corner.y() * scale),
        round(seen.width() * scale), round(seen.height() * scale),
    )  # fmt: skip


def _pillow(image: QImage) -> Image.Image:
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    return Image.frombytes(
        "RGB", (plain.width(), plain.height()), bytes(plain.constBits()), "raw", "RGB", plain.bytesPerLine()
    )


__all__ = ["contrast", "cut", "faint", "luminance", "shown", "unnamed"]
