"""What stands in the place that was prepared for an official is taken for what that official has drawn.

Whoever signs before another one may lay his stamp there, and the other one's service may show nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, BinaryIO

from desktop.base import Message
from desktop.submission.judging import Judge
from desktop.submission.manifest import PackedFile
from desktop.submission.returning.pages import told_pages
from desktop.submission.returning.seen import sealed_places

if TYPE_CHECKING:
    from desktop.submission.pdf.fields import StampBox


def stray_pages(file: PackedFile, before: BinaryIO, now: BinaryIO, first: str | None) -> tuple[int, ...]:
    """The pages (from 0) on which a stamp may cover what stands beside its box: one official's is not all.

    ``before``: the document as it was sealed; where another program wrote it anew, as whoever signed it
    ``first`` (in this field) left it. Raises what pikepdf and pdfium raise.
    """
    from desktop.submission.pdf.fields import overlapping, shown_boxes, shown_outside
    from desktop.submission.stampplaces import stamp_places

    unplaced = () if first is None else _unplaced(file, shown_boxes(before), first)
    places = stamp_places(before, None if first is None else _prepared(file))
    outside = shown_outside(places, (one[1] for one in shown_boxes(now) if one not in unplaced))
    return tuple(sorted(outside | overlapping(now)))


def _prepared(file: PackedFile) -> frozenset[str]:
    """The fields that a document had for its officials when it was sealed."""
    from desktop.submission.pdf.fields import field_name

    return frozenset(field_name(one.role) for one in file.signers)


def _unplaced(
    file: PackedFile, boxes: Collection[tuple[str, StampBox]], first: str
) -> tuple[tuple[str, StampBox], ...]:
    """Where the first signature of a document written anew is shown, if nobody knows where it should be.

    A service may have signed in a field of its own, and left none of that official's that was sealed.
    """
    from desktop.submission.pdf.fields import field_name

    fields = file.signed.fields if file.signed is not None else ()
    places = {field_name(one.role) for one in fields if one.field == first} - {first}
    if any(name in places for name, _ in boxes):
        return ()
    return tuple(one for one in boxes if one[0] == first)


def note_anothers_box(file: PackedFile, places: Iterable[tuple[str, str, int]], judge: Judge) -> None:
    """Tell each signature that is shown in another one's place; what nobody has signed belongs to nobody.

    ``places``: each field with each of the places, prepared before anybody signed, in which it is shown, and
    the page from 0.
    """
    from desktop.submission.pdf.fields import field_name

    if file.signed is None:
        return
    signed = {one.field: one.role for one in file.signed.fields}
    offices = {one.role: one.office or one.name or one.role for one in file.signers}
    whose = {field_name(role): office for role, office in offices.items()}
    own = {field: field_name(role) for field, role in signed.items()}
    for field, place, page in places:
        if place in whose and place != own.get(field, field):
            office = offices.get(signed.get(field, "")) or whose.get(field, field)
            about = {"office": office, "other": whose[place]}
            judge.note(Message("submission.note.other_box", file=file.path, page=str(page + 1), **about))


def prepared_places(file: PackedFile, before: BinaryIO) -> tuple[tuple[str, StampBox], ...]:
    """Where officials are to sign: as the document was sealed, or where it lies now, as whoever signed first.

    Whoever writes it anew may lay one official's place where the other's was. Raises what pikepdf raises.
    """
    from desktop.submission.pdf.fields import shown_boxes

    sealed = sealed_places(file)
    names = {name for name, _ in sealed}
    return (*sealed, *(one for one in shown_boxes(before) if one[0] not in names))


def note_lost_box(file: PackedFile, before: BinaryIO, first: str, judge: Judge) -> None:
    """Tell where a document written anew has no field left for another official, or elsewhere.

    ``before``: as whoever signed it first left it, in the field ``first``: what is drawn where the other
    one's was would lie in nobody's place. An official may have a field that shows nothing. Raises what
    pikepdf raises.
    """
    from desktop.submission.pdf.fields import LOST, field_name, field_names, has_moved, shown_boxes

    names, shown = field_names(before), shown_boxes(before)
    signed = {one.role for one in file.signed.fields if one.field == first} if file.signed is not None else ()
    others = [field_name(one.role) for one in file.signers if one.role not in signed]
    sealed = [one for one in sealed_places(file) if one[0] in others]
    if any(one not in names for one in others) or has_moved(sealed, shown):
        judge.note(Message("submission.note.pdf_unusual", file=file.path, what=LOST))


def note_within_box(file: PackedFile, before: BinaryIO, judge: Judge) -> None:
    """Tell where a document written anew holds in a box what is no signature's, but a part of the page.

    ``before``: the document as whoever signed it first left it; where it has lost its boxes, the package says
    what was seen when it came back. Raises what pikepdf and pdfium raise.
    """
    from desktop.submission.stampplaces import drawn_into

    said = file.signed.within_box if file.signed is not None else ()
    pages = set(drawn_into(before, _prepared(file)))
    pages |= {page - 1 for page in said} if isinstance(said, tuple) else set()
    if pages:
        judge.note(Message("submission.note.within_box", file=file.path, pages=told_pages(pages)))
