"""The books' charts as files: the drawing as SVG, or as a picture that any letter takes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.base.errors import FileProblem
from desktop.base.placing import put
from desktop.base.written import chosen, decided
from desktop.ui.dialogs.files import ask_save
from desktop.ui.session import Session
from desktop.ui.viewer.darkroom import Darkroom, Table

RATIO = 3.0
"""Pixels for each point: sharp in print."""


def save_picture(session: Session, draw: Callable[[], str], name: str, parent: QWidget) -> None:
    """Ask where; then draw and write beside the window. The ending of the name chosen says which of the two.

    ``draw`` makes the SVG of a frozen plan, and is called in another thread; empty if there is nothing yet.
    """
    path = ask_save(parent, session, Message("ui.picture.save"), f"{name}.png", Message("ui.picture.kinds"))
    if path is None:
        return
    there = chosen(path)

    def work() -> str:
        svg = draw()
        return decided(there, lambda: write_picture(svg, path)).name if svg else ""

    def done(file: str) -> None:
        if file:
            session.told.emit(Message("ui.told.copied", file=file))
        else:
            session.failed.emit(Message("ui.picture.nothing"))

    Darkroom.of(session).ask(session, work, done, failed=session.failed.emit, table=Table.OURS)


def write_picture(svg: str, path: Path) -> Path:
    """Write a drawing as SVG or as a picture. Raises FileProblem."""
    if path.suffix.lower() == ".svg":
        put(path, svg.encode())
        return path
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    size = renderer.defaultSize() * RATIO
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size.width(), size.height()))
    painter.end()
    # under the very name that was asked for, whole or not at all
    data = QByteArray()
    written = QBuffer(data)
    written.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(written, "PNG"):  # type: ignore[call-overload]
        raise FileProblem.from_os(OSError(5, "", str(path)), str(path))
    put(path, bytes(data.data()))
    return path
