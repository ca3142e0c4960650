"""Why a package is refused: raised by readers, never seen by people except as a verdict's reason."""

from __future__ import annotations

from desktop.base import Message


class Refused(Exception):
    """A reader's no. The code is the message id without the room: ``zip.gap``, ``xades.digest``."""

    def __init__(self, message: Message) -> None:
        super().__init__(message)
        self.message = message


def code_of(message: Message) -> str:
    """The short code of a reason, stable across versions: ``submission.zip.gap`` -> ``zip.gap``."""
    return message.id.removeprefix("submission.")
