"""The one crash boundary: save what is typed, keep a note for the makers, say a sentence, go on."""

from __future__ import annotations

import platform
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from desktop import __version__
from desktop.base import Message, RancangError
from desktop.base.clock import now
from desktop.base.errors import FileProblem
from desktop.base.paths import folder


def write_note(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> Path:
    """Keep what happened in a file: versions and the place in the code, nothing of the plan's content."""
    when = now().strftime("%Y%m%d-%H%M%S")
    path = folder("crash") / f"{when}.txt"
    places = "".join(traceback.format_tb(trace))
    program = f"Rancang {__version__}, Python {platform.python_version()}, {platform.platform()}"
    text = f"{program}\n{places}{kind.__name__}\n"
    path.write_text(text, encoding="utf-8")
    del error  # its words may quote what the person typed
    return path


def _keep_note(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Where the note lies; a dash where no place on this computer takes one."""
    try:
        return str(write_note(kind, error, trace))
    except OSError:
        return "\N{EM DASH}"


def _said(error: BaseException) -> Message | None:
    """The sentence an error has of its own: a disk that is full or gone is no fault of the program."""
    if isinstance(error, RancangError):
        return error.message
    return (
        FileProblem.from_os(error, str(error.filename or "")).message if isinstance(error, OSError) else None
    )


class CrashBoundary:
    """Catches what nobody else caught; Qt hands errors of slots and events to the same hook."""

    def __init__(self, save: Callable[[], object], tell: Callable[[Message], object]) -> None:
        self._save = save
        self._tell = tell
        self._busy = False

    def install(self) -> None:
        """Become the interpreter's hook."""
        sys.excepthook = self.caught

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Save, note, tell. A second failure on the way is noted but not told, so that it cannot loop."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        sys.__excepthook__(kind, error, trace)
        if self._busy:
            _keep_note(kind, error, trace)
            return
        self._busy = True
        try:
            # what the person typed comes first: a disk that takes no note may still take that, or not
            saved = self._try_to_save()
            where = _keep_note(kind, error, trace)
            told = Message("ui.crash.saved" if saved else "ui.crash.not_saved", note=where)
            self._tell(_said(error) or told)
        finally:
            self._busy = False

    def _try_to_save(self) -> bool:
        try:
            return self._save() is not False
        except Exception:  # noqa: BLE001 - the boundary itself: whatever saving met, the person must still be told
            return False
