"""The approval sheet composed anew: what it says, beyond hashes and words, is what we would have printed.

Whoever seals makes the sheet. So its sentences are composed again from what lies in the package, laid out by
the same printing, and held against the page that was sealed, in the order in which people read it; what is
drawn besides text has to be the same as well, for a line can strike out a sentence. That the page shows what
is written in it has been proven before (see :mod:`desktop.submission.sheet.seen`).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from io import BufferedReader
from typing import TYPE_CHECKING, BinaryIO

from desktop.base import Message
from desktop.submission.fingerprint import APPROVAL, is_document
from desktop.submission.frame.container import OpenPackage
from desktop.submission.frame.window import Window
from desktop.submission.inside import readable_inside
from desktop.submission.judging import Judge
from desktop.submission.manifest import Manifest, PackedFile
from desktop.submission.pdf.fields import StampBox, shown_boxes, shown_outside
from desktop.submission.pdf.once import Once
from desktop.submission.sheet.beside import said_beside
from desktop.submission.sheet.drawing import drawn_otherwise
from desktop.submission.sheet.facts import MOST_DOCUMENTS, facts_inside
from desktop.submission.sheet.lines import spells_words
from desktop.submission.sheet.proof import is_first
from desktop.submission.sheet.reading import Alike, Sign, first_difference, read_aloud, written_otherwise
from desktop.submission.sheet.strokes import drawn_apart, stroked_otherwise

if TYPE_CHECKING:
    from desktop.books.approval import SheetFacts
    from desktop.guideline.pack import Pack
    from desktop.workspace.plan_data_form import Data

_LONGEST = 40_000
"""Signs of all that is said on a sheet; ours have some two thousand."""
_AGAIN, _ANEW = Alike(place=0.1, size=0.002, colour=0), Alike(place=1.0, size=0.01, colour=2)
"""Printed again by the same layout, and written anew by another program."""
_TOLD = frozenset({
    "missing.data", "missing.guideline", "note.data_newer", "note.no_plan", "note.guideline_unread",
})  # fmt: skip
"""Codes that say already that there is nothing to compare with."""


def note_wording(package: OpenPackage, data: Data | None, pack: Pack | None, judge: Judge) -> None:
    """Tell of each approval sheet that says anything else than what it would say if it were printed anew."""
    for file in package.manifest.files:
        if file.role != APPROVAL:
            continue
        if data is not None and pack is not None:
            sheet = _sheet(package, file)
            found = otherwise(sheet, file, package.manifest, data, pack)
            if found is not None:
                judge.note(found)
        elif not _TOLD.intersection(one.code for one in judge.reasons):
            judge.note(Message("submission.note.sheet_uncompared", file=file.path))


def is_as_composed(package: OpenPackage, file: PackedFile) -> bool:
    """Whether a sheet lies in its package as it would be printed from what lies there.

    Not where a text of its people could be taken for the words of a fingerprint.
    """
    data, pack = readable_inside(package)
    if data is None or pack is None or _is_written_anew(file):
        return False
    sheet = _sheet(package, file)
    manifest = package.manifest
    facts = facts_inside(file, manifest, data, pack, "", first=is_first(sheet, manifest))
    if any(map(spells_words, _texts(facts))):
        return False
    return otherwise(sheet, file, package.manifest, data, pack) is None


def _sheet(package: OpenPackage, file: PackedFile) -> BinaryIO:
    """As it was sealed; one that was written anew as it is now."""
    entry = package.entries[file.path]
    size = entry.size if _is_written_anew(file) else file.size
    with BufferedReader(Window(package.file, entry.start, size)) as window:
        return io.BytesIO(window.read())


def _is_written_anew(file: PackedFile) -> bool:
    return file.signed is not None and file.signed.grade == "same-pages"


def otherwise(
    sheet: BinaryIO, file: PackedFile, manifest: Manifest, data: Data, pack: Pack
) -> Message | None:
    """The note that a sheet deserves; None where it is as we would print it, or printed it once."""
    shown = read_aloud(sheet, ())
    if sum(map(is_document, manifest.files)) > MOST_DOCUMENTS:
        return _unprintable(file, shown)
    said, first = "".join(one.sign for one in shown), is_first(sheet, manifest)
    facts = facts_inside(file, manifest, data, pack, said, first=first)
    about = facts, _is_written_anew(file)
    found = _AS_PRINTED.ask(sheet, about, lambda read: _held(read, file, _printed(facts, first=False)))
    # the first sheets told the states of parafs in small letters
    if found is not None and facts.initials and _held(sheet, file, _printed(facts, first=True)) is None:
        return None
    return found


_AS_PRINTED = Once[Message | None](lambda found: found is None)


def _held(sheet: BinaryIO, file: PackedFile, printed: Printed | None) -> Message | None:
    """What is to be said of a sheet where this is what it should be."""
    if printed is None:
        return _unprintable(file, read_aloud(sheet, ()))
    anew = _is_written_anew(file)
    shown_at = [box for _, box in shown_boxes(sheet)]
    # stamps lie in the page itself where it was written anew, drawn by whatever program
    boxes = [box for box in shown_at if not shown_outside(printed.boxes, [box])]
    hidden = boxes if anew else ()
    shown, expected = (read_aloud(one, boxes, hidden) for one in (sheet, printed.pdf))
    found = first_difference(shown, expected)
    if found is not None:
        return _reads(file, found)
    page = written_otherwise(shown, expected, _ANEW if anew else _AGAIN)
    if page is None:
        page = drawn_otherwise(sheet, printed.pdf, boxes, anew=anew)
    if page is None:
        page = drawn_apart(sheet) if anew else stroked_otherwise(sheet, printed.pdf)
    if page is None:
        # a stamp would cover what stands there, in one program or another
        page = min(shown_outside(printed.boxes, shown_at), default=None)
    if page is not None:
        return Message("submission.note.sheet_drawn", file=file.path, page=str(page + 1))
    beside = said_beside(sheet, printed.pdf)
    return _reads(file, beside) if beside is not None else None


def _unprintable(file: PackedFile, shown: Sequence[Sign]) -> Message:
    """No sheet of ours is that long; one that says nothing is no better."""
    found = first_difference(shown, [])
    return _reads(file, found) if found else Message("submission.note.sheet_uncompared", file=file.path)


def _reads(file: PackedFile, found: tuple[str, str]) -> Message:
    said, wanted = (part or "\N{EN DASH}" for part in found)
    return Message("submission.note.sheet_wording", file=file.path, shown=said, expected=wanted)


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet as it would be printed, and where it is signed."""

    pdf: BinaryIO
    boxes: tuple[StampBox, ...]


def _printed(facts: SheetFacts, *, first: bool) -> Printed | None:
    """The sheet as it would be printed; None where it would be longer than any."""
    from reportlab.platypus.doctemplate import LayoutError

    from desktop.books.approval import compose_sheet
    from desktop.books.pdf import render_pdf

    if _length(facts) > _LONGEST:
        return None
    try:
        made = render_pdf(compose_sheet(facts, first=first), archival=False)
    except LayoutError:
        return None
    boxes = tuple(
        StampBox(box.page - 1, box.x, box.y, box.x + box.width, box.y + box.height)
        for box in made.stamp_boxes.values()
    )
    return Printed(io.BytesIO(made.pdf), boxes)


def _length(facts: SheetFacts) -> int:
    return sum(map(len, _texts(facts)))


def _texts(facts: SheetFacts) -> list[str]:
    """All that somebody wrote."""
    texts = [facts.title, facts.region, facts.province, facts.guideline]
    texts += [each.title for each in facts.documents]
    texts += [part for each in facts.signers for part in (each.office, each.name, each.details)]
    texts += [part for each in facts.initials for part in (each.office, each.name)]
    return texts
