"""Keys as the code writes them (``Ctrl+Return``), whatever the window's language calls them."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence


def sequence(keys: str) -> QKeySequence:
    """The keys of a name. Made from a bare text, Qt would look for the name in the window's language."""
    return QKeySequence.fromString(keys, QKeySequence.SequenceFormat.PortableText)
