"""The approval sheet composed anew: what it says, beyond hashes and words, is what we would have printed.

Whoever seals makes the sheet. So its sentences are composed again from what lies in the package, laid out by
the same printing, and held against the page that was sealed, in the order in which people read it; what is
drawn besides text has to be the same as well, for a line can strike out a sentence. That the page shows what
is written in it has been proven before (see :mod:`desktop.submission.sheet_seen`).
"""

from __future__ import annotations

import io
from io import BufferedReader
from typing import TYPE_CHECKING, BinaryIO

from desktop.base import Message
from desktop.submission.container import OpenPackage
from desktop.submission.fingerprint import APPROVAL, is_document
from desktop.submission.judging import Judge
from desktop.submission.manifest import Manifest, PackedFile
from desktop.submission.pdf.fields import shown_boxes
from desktop.submission.sheet_facts import MOST_DOCUMENTS, facts_inside
from desktop.submission.sheet_reading import drawn_otherwise, first_difference, read_aloud
from desktop.submission.window import Window

if TYPE_CHECKING:
    from desktop.books.approval import SheetFacts
    from desktop.guideline.pack import Pack
    from desktop.workspace.plan_data_form import Data

_LONGEST = 40_000
"""Signs of all that is said on a sheet; ours have some two thousand."""
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
    """The note that a sheet deserves; None where it is as we would print it."""
    boxes = tuple(box for _, box in shown_boxes(sheet))
    # stamps lie in the page itself where it was written anew, drawn by whatever program
    hidden = boxes if _is_written_anew(file) else ()
    shown = read_aloud(sheet, boxes, hidden)
    facts = None
    if sum(map(is_document, manifest.files)) <= MOST_DOCUMENTS:
        facts = facts_inside(file, manifest, data, pack, "".join(one.sign for one in shown))
    printed = _printed(facts) if facts is not None else None
    expected = read_aloud(printed, boxes, hidden) if printed is not None else []
    found = first_difference(shown, expected)
    if found is not None:
        said, wanted = (part or "\N{EN DASH}" for part in found)
        return Message("submission.note.sheet_wording", file=file.path, shown=said, expected=wanted)
    if printed is None:
        return Message("submission.note.sheet_uncompared", file=file.path)
    page = drawn_otherwise(sheet, printed, hidden)
    if page is None:
        return None
    return Message("submission.note.sheet_drawn", file=file.path, page=str(page + 1))


def _printed(facts: SheetFacts) -> BinaryIO | None:
    """The sheet as it would be printed; None where it would be longer than any."""
    from reportlab.platypus.doctemplate import LayoutError

    from desktop.books.approval import compose_sheet
    from desktop.books.pdf import render_pdf

    if _length(facts) > _LONGEST:
        return None
    try:
        return io.BytesIO(render_pdf(compose_sheet(facts), archival=False).pdf)
    except LayoutError:
        return None


def _length(facts: SheetFacts) -> int:
    texts = [facts.title, facts.region, facts.province, facts.guideline]
    texts += [each.title for each in facts.documents]
    texts += [part for each in facts.signers for part in (each.office, each.name, each.details)]
    texts += [part for each in facts.initials for part in (each.office, each.name)]
    return sum(map(len, texts))
