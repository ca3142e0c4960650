"""The places where officials sign, and the fingerprint of the document, as tables without rules."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.books import palette
from desktop.books.document import Document, Proof, Signer
from desktop.books.docx import grids
from desktop.books.docx.grids import cell, frame
from desktop.books.docx.xml import Look, Set, Xml, hexa, para, run

_BOX, _GAP, _STAMP, _HIGH = 212.0, 47.0, 80.0, 78.0


_PADDING = {"left": 3.0, "right": 3.0}
_DASHED = "".join(
    f'<w:{side} w:val="dashed" w:sz="6" w:space="0" w:color="9FB0C6"/>'
    for side in ("top", "left", "bottom", "right")
)
_HINT = Look(italic=True, colour="#8b98a9", size=7.5)


def boxes(signers: Sequence[Signer], place_label: str, book: Document, *, right: bool) -> Xml:
    """One or two boxes side by side: office above, name and number below; ``right`` = a single one there."""
    signers, labels = tuple(signers), book.labels
    stamp = len(signers) == 1 and signers[0].duty_stamp
    if len(signers) == 2:
        widths: tuple[float, ...] = (_BOX, _GAP, _BOX)
        places: tuple[int, ...] = (0, 2)
    elif right:
        widths, places = (_BOX + _GAP - _STAMP - 10, _STAMP, 10, _BOX), (3,)
    else:
        widths, places = (_BOX, 10, _STAMP, _BOX + _GAP - _STAMP - 10), (0,)
    at_stamp = (1 if right else 2) if stamp else -1
    keep = Set("TableText", keep=True)

    def row(made: dict[int, Xml], height: float = 0.0) -> Xml:
        cells = "".join(made.get(at) or cell(width, para("", keep)) for at, width in enumerate(widths))
        return grids.row(cells, height=height)

    size, small = (11.0, 11.0) if book.large else (9.5, 8.0)
    muted = Look(colour=palette.INK if book.large else palette.MUTED, size=small)
    name, office = Look(bold=True, size=size), Look(bold=True, colour=palette.NAVY, size=size)
    above, middle, below = {}, {}, {}
    for at, signer in zip(places, signers, strict=True):
        width = widths[at]
        above[at] = cell(
            width,
            "".join(
                para(run(line, muted), Set("TableText", keep=True, before=0 if number else 8))
                for number, line in enumerate(place_label.split("\n"))
            )
            + para(run(signer.office, office), Set("TableText", keep=True, after=5)),
        )
        said = (
            run(signer.instead, Look(italic=True, colour=palette.NAVY, size=8))
            if signer.instead
            else run(labels.sign_here, _HINT)
        )
        middle[at] = cell(
            width, para(said, Set("TableText", keep=True, align="center")), borders=_DASHED, middle=True
        )
        below[at] = cell(
            width,
            para(run(signer.name, name), Set("TableText", keep=True, before=5))
            + para(run(signer.details, Look(size=small)), "TableText"),
        )
    if stamp:
        hint = para(run(labels.duty_stamp, _HINT), Set("TableText", keep=True, align="center"))
        middle[at_stamp] = cell(_STAMP, hint, borders=_DASHED, middle=True)
    return frame(widths, row(above) + row(middle, _HIGH) + row(below), padding=_PADDING)


def proof(what: Proof, qr: Xml, room: float) -> Xml:
    """The fingerprint of the plan: QR at the left, words and letters beside it."""
    numbered = ""
    small = Look(colour=palette.MUTED, size=6)
    for number, word in enumerate(what.words, 1):
        space = "" if number == 1 else "   "
        numbered += run(f"{space}{number} ", small) + run(word, Look(bold=True, colour=palette.NAVY, size=9))
    texts = [
        run(what.title, Look(bold=True, colour=palette.MUTED, size=7.5)),
        numbered,
        run(" ".join(what.letters), Look(size=6.5)),
        *(run(line, Look(colour=palette.MUTED, size=6.5)) for line in what.lines),
    ]
    rule = f'<w:top w:val="single" w:sz="4" w:space="0" w:color="{hexa(palette.RULE)}"/>'
    beside = "".join(para(text, Set("TableText", before=1)) for text in texts)
    widths = (76.0, room - 76.0)
    cells = cell(widths[0], para(qr, Set("TableText", before=3)), borders=rule) + cell(
        widths[1], beside, borders=rule
    )
    return frame(widths, grids.row(cells), padding=_PADDING)
