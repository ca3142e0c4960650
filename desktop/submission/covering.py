"""Which signatures of a package were there when another one was made: it was made over them."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.submission.verdict import SignatureReport


def covered(reports: Sequence[SignatureReport], place: int) -> list[int]:
    """The places of those that the one at this place covers; a document's are there in the order of signing.

    A signature over the container was made over all signed documents in it, a later one in a document over
    the earlier ones.
    """
    file = reports[place].file
    earlier = range(place if file else len(reports))
    return [each for each in earlier if reports[each].file and file in {"", reports[each].file}]


def covering(reports: Sequence[SignatureReport], place: int) -> list[int]:
    """The places of those that cover it."""
    file = reports[place].file
    if not file:
        return []
    later = [each for each in range(place + 1, len(reports)) if reports[each].file == file]
    return later + [each for each, one in enumerate(reports) if not one.file]
