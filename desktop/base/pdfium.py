"""The one key to pdfium, which two threads of a process must never enter at the same time."""

from __future__ import annotations

from threading import RLock

PDFIUM = RLock()
"""Hold it while anything of pypdfium2 is called."""
