"""What was seen of a document where it came back: the package keeps it, beside who said that it is the same.

Later nobody can compare it any more with the document that was sealed, which another program may have written
anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from msgspec import UNSET, UnsetType

from desktop.base import Message
from desktop.submission.judging import Judge
from desktop.submission.manifest import (
    FARTHEST,
    MAXIMUM_SIGNERS,
    NAME_OF_ENTRY,
    Grade,
    PackedFile,
    Place,
    RoleField,
    Seen,
    SignedFile,
)
from desktop.submission.pdf.fields import StampBox, field_name
from desktop.submission.refusal import code_of
from desktop.submission.returning.pages import Kind, told_pages
from desktop.submission.returning.returned import Comparison

_AND = "; "
"""Between the names of those who confirmed one after another."""
_HUNDREDTHS = 100
_NAME = re.compile(NAME_OF_ENTRY)


def signed_line(
    file: PackedFile,
    now: tuple[int, str],
    roles: tuple[RoleField, ...],
    grade: Grade,
    confirmed_by: str = "",
    within_box: tuple[int, ...] = (),
    seen: Seen = Seen(),  # noqa: B008 - it cannot be changed
) -> PackedFile:
    """The line of a document with these signatures more; ``now``: its bytes and their SHA-256."""
    before = file.signed
    changed = before.within_box if before is not None else msgspec.UNSET
    if before is not None:
        # A document once written anew stays so, whoever signs it afterwards; and who confirmed something
        # later compared with what lay in the package then, not with the document as it was sealed.
        grade = "same-pages" if before.grade == "same-pages" else grade
        names = [*before.confirmed_by.split(_AND), confirmed_by]
        confirmed_by = _AND.join(dict.fromkeys(name for name in names if name))
    signed = SignedFile(
        size=now[0],
        sha256=now[1],
        grade=grade,
        confirmed_by=confirmed_by,
        within_box=within_box or changed,
        seen=_with_earlier(seen, before),
        fields=(*(before.fields if before else ()), *roles),
    )
    return msgspec.structs.replace(file, signed=signed)


def seen_of(answer: Comparison, file: PackedFile) -> Seen:
    """What a person was asked about, and where officials' places lay, if it was written anew."""
    asked = (answer.reason, *answer.more) if answer.confirm else ()
    outside = [str(one.params.get("page", "")) for one in asked if code_of(one) == "returned.outside_box"]
    pages = {int(each) for said in outside for each in said.split(", ") if each.isdecimal()}
    odd = [str(one.params.get("what", "")) for one in asked if code_of(one) == "returned.unusual"]
    names = dict.fromkeys(name for what in odd for name in what.split(", "))
    return Seen(
        outside_box=tuple(sorted(pages))[:MAXIMUM_SIGNERS],
        unusual=tuple(name for name in names if _NAME.search(name))[:MAXIMUM_SIGNERS],
        places=tuple(_places(answer, file))[:MAXIMUM_SIGNERS],
    )


def within_box(answer: Comparison) -> tuple[int, ...]:
    """The pages that changed within a signature's box."""
    return tuple(one.page for one in answer.pages if one.kind is Kind.BOX)[:MAXIMUM_SIGNERS]


def _places(answer: Comparison, file: PackedFile) -> Iterator[Place]:
    roles = {field_name(one.role): one.role for one in file.signers}
    for name, page, *corners in answer.places:
        left, bottom, right, top = (round(one * _HUNDREDTHS) for one in corners)
        if name in roles and all(abs(one) <= FARTHEST for one in (left, bottom, right, top)):
            yield Place(role=roles[name], page=page + 1, corners=(left, bottom, right, top))


def _with_earlier(seen: Seen, before: SignedFile | None) -> Seen | UnsetType:
    """With what was seen when it came back before: what comes later is compared with that document."""
    earlier = before.seen if before is not None and isinstance(before.seen, Seen) else Seen()
    found = Seen(
        outside_box=tuple(sorted({*earlier.outside_box, *seen.outside_box}))[:MAXIMUM_SIGNERS],
        unusual=tuple(dict.fromkeys((*earlier.unusual, *seen.unusual)))[:MAXIMUM_SIGNERS],
        places=earlier.places or seen.places,
    )
    return UNSET if found == Seen() else found


def note_seen(file: PackedFile, judge: Judge) -> None:
    """Tell what was asked about, as far as it is not found in the document as it lies here any more."""
    seen = file.signed.seen if file.signed is not None else UNSET
    if not isinstance(seen, Seen):
        return
    told = [one.message for one in judge.reasons if one.message.params.get("file") == file.path]

    def found(code: str, key: str) -> set[str]:
        said = (str(one.params.get(key, "")) for one in told if code_of(one) == code)
        return {each for one in said for each in one.split(", ")}

    pages = [one - 1 for one in seen.outside_box if str(one) not in found("note.outside_box", "page")]
    if pages:
        judge.note(Message("submission.note.outside_box", file=file.path, page=told_pages(pages)))
    names = [one for one in seen.unusual if one not in found("note.pdf_unusual", "what")]
    if names:
        judge.note(Message("submission.note.pdf_unusual", file=file.path, what=", ".join(names)))


def sealed_places(file: PackedFile) -> tuple[tuple[str, StampBox], ...]:
    """The field of each official in a document written anew, with where it lay in the sealed one."""
    seen = file.signed.seen if file.signed is not None else UNSET
    return tuple(
        (field_name(one.role), StampBox(one.page - 1, *(each / _HUNDREDTHS for each in one.corners)))
        for one in (seen.places if isinstance(seen, Seen) else ())
    )
