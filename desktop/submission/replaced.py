"""Which package another one replaces, in a sentence.

It is no part of the id, of the fingerprint or of any document: whoever signs a package or reads its verdict
has to see it, for the desk puts aside what is replaced.
"""

from __future__ import annotations

from desktop.base import Message
from desktop.trust.certificate import grouped


def replaced(previous: str) -> Message:
    """``previous``: the SHA-256 of the package before, or empty."""
    if previous:
        return Message("submission.replaces", sha256=grouped(previous))
    return Message("submission.replaces.none")
