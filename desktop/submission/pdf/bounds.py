"""How much a PDF with signatures may hold: more than anybody needs, with room for the next one.

Who carries a document to an official may add to it what needs no key: timestamps of a clock of his own, and
certificates. Were all room filled with such, nobody could sign any more. So where a document comes back, room
is left for those who have yet to sign it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """All of it, without anybody to come."""

    signatures: int = 30
    """And timestamps over the document."""
    values: int = 60
    """Certificates, answers and lists, of each kind."""
    revisions: int = 200
    outside: int = 6 << 20
    """Bytes outside of streams: objects, tables. A book of a thousand pages has about 1 MiB."""
    number: int = 1_000_000
    """Of an object. pdfium keeps 4 million; a table that knows of 25 million it throws away."""
    kept: int = 48 << 20
    """Bytes of certificates, answers and lists."""
    added: int = 3_000
    """Lines in the tables behind the first one: each is held against each signature and timestamp, and a
    carrier may bring thousands of objects that nothing leads to."""


WHOLE = Bounds()
FREED = 32
"""Numbers that may be freed behind what was sealed. A service frees some; iText from 7 on lists each of them
again, whoever freed it, and that comes out of what whoever signs by it may take."""
_FIRST_ADDED = 300
"""Lines that may come behind what was sealed before anybody signed, and with all signatures together besides
what each takes. A service brings some tens."""
_A_SIGNATURE = Bounds(
    signatures=2, values=8, revisions=4, outside=128 << 10, number=1_000, kept=6 << 20, added=100
)
"""What one takes with its timestamp and what is kept to believe it. Many services need less."""


def bounds_leaving(signed: int, awaited: int) -> Bounds:
    """What may be there while ``awaited`` signatures are still to come, and a timestamp over the whole.

    Never less than what the signatures that are there need themselves; and each revision is held against
    each signature and timestamp, so there are no more of them than honest services make.
    """
    awaited = max(awaited, 0)
    stamped = min(WHOLE.signatures, 2 * (signed + awaited) + 2)

    def left(whole: int, one: int) -> int:
        return min(whole, max(whole - (awaited + 1) * one, (signed + 1) * one))

    return Bounds(
        left(stamped, _A_SIGNATURE.signatures),
        left(WHOLE.values, _A_SIGNATURE.values),
        left(min(WHOLE.revisions, 3 * stamped), _A_SIGNATURE.revisions),
        max(left(WHOLE.outside, _A_SIGNATURE.outside), WHOLE.outside // 2),
        left(WHOLE.number, _A_SIGNATURE.number),
        min(WHOLE.kept, (signed + 1) * _A_SIGNATURE.kept),
        left(WHOLE.added, _A_SIGNATURE.added),
    )


def added_behind(signed: int, *, leaving: bool) -> int:
    """How many lines may come behind what was sealed: so few that no carrier makes a whole package slow.

    Who signs next may take as many as any other, whatever was brought before; ``leaving``: room for the
    timestamps and answers of all of them besides.
    """
    return _FIRST_ADDED + (signed - leaving) * _A_SIGNATURE.added
