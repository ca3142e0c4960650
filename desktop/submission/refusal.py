"""Why a package is refused: raised by readers, never seen by people except as a verdict's reason."""

from __future__ import annotations

from desktop.base import Message, RancangError
from desktop.base.errors import FileProblem


class Refused(Exception):
    """A reader's no. The code is the message id without the room: ``zip.gap``, ``xades.digest``."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message
        self.whose: dict[str, str] = {}
        """Which signature it is about: ``certificate`` (SHA-256), ``role``, ``document`` (a path)."""


def code_of(message: Message) -> str:
    """The short code of a reason, stable across versions: ``submission.zip.gap`` -> ``zip.gap``."""
    return message.id.removeprefix("submission.")


def reason_of(error: Exception) -> Message:
    """Why a package is refused when judging it ended with this: hostile files make readers raise anything."""
    if isinstance(error, FileProblem):
        return Message("submission.file.unreadable", reason=error.message)
    if isinstance(error, Refused):
        return error.message.knowing(**error.whose)
    if isinstance(error, RancangError):
        return error.message
    return Message("submission.parser", kind=type(error).__name__)
