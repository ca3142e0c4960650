"""What the desk's answers are called, and what a region has to do about them: for screen, lists, letters."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from desktop.base import Message
from desktop.submission.quoting import quoted
from desktop.submission.register.alike import said_alike
from desktop.submission.register.dated import says_before
from desktop.submission.register.entry import UNSIGNED, Basis, Entry
from desktop.submission.register.examine import Sort
from desktop.submission.register.heard import first_arrived, is_trial
from desktop.submission.register.reading import Told
from desktop.submission.register.repeating import Repeating, listed
from desktop.submission.register.running_out import LIMITS
from desktop.submission.register.unknown_issuers import is_for_the_desk
from desktop.submission.register.waiting import TOO_LARGE, WAITS, own_of
from desktop.submission.verdict import VerdictKind, Weight
from desktop.workspace.regions import region_named

EACH = 5
"""How often one code is told: a sender can make as many reasons as he likes."""


def few_reasons(reasons: Iterable[Told], most: int) -> tuple[list[Told], int]:
    """The reasons to be told one by one, no code more often than a few times, and how many are left.

    Whoever makes a package decides how many it has: none of them crowds out another kind.
    """
    ranked: list[tuple[int, int, Told]] = []
    often = Counter[str]()
    for place, one in enumerate(reasons):
        ranked.append((often[one.code], place, one))
        often[one.code] += 1
    few = sorted(each[:2] for each in ranked if each[0] < EACH)[:most]
    chosen = {place for _, place in few}
    shown = [one for _, place, one in ranked if place in chosen]
    return shown, len(ranked) - len(shown)


def result_name(result: str) -> Message:
    """A verdict, or *unsigned, incomplete*."""
    if result == UNSIGNED:
        return Message("submission.verdict.unsigned")
    return VerdictKind(result).message


SORT_NAMES = {
    Sort.PACKAGE: Message("submission.sort.package"),
    Sort.ARCHIVE: Message("submission.sort.archive"),
    Sort.PACKED: Message("submission.sort.packed"),
    Sort.PDF: Message("submission.sort.pdf"),
    Sort.SIGNED_PDF: Message("submission.sort.signed_pdf"),
    Sort.DOCUMENT: Message("submission.sort.document"),
    Sort.TABLE: Message("submission.sort.table"),
    Sort.PICTURE: Message("submission.sort.picture"),
    Sort.LINK: Message("submission.sort.link"),
    Sort.WORKSPACE: Message("submission.sort.workspace"),
    Sort.OTHER: Message("submission.sort.other"),
    Sort.EMPTY: Message("submission.sort.empty"),
    Sort.UNREADABLE: Message("submission.sort.unreadable"),
    Sort.FOLDER: Message("submission.sort.folder"),
}
BASIS_NAMES = {
    Basis.SIGNED: Message("submission.region_basis.signed"),
    Basis.CLAIMED: Message("submission.region_basis.claimed"),
    Basis.GUESSED: Message("submission.region_basis.guessed"),
    Basis.NONE: Message("submission.region_basis.none"),
}


def region_label(entry: Entry) -> Message:
    """Code and name; a guess and a mere claim are marked as such."""
    if entry.basis is Basis.NONE:
        return Message("submission.region_unknown")
    code, name = region_said(entry)
    if entry.basis is Basis.SIGNED:
        return Message("submission.region_known", code=code, name=name)
    if entry.basis is Basis.CLAIMED:
        return Message("submission.region_claimed", code=code, name=name)
    return Message("submission.region_guessed", code=code, name=name)


def region_said(entry: Entry) -> tuple[str | Message, str | Message]:
    """Code and name; of a region that is on no list they are the package's own words."""
    if not entry.region and not entry.region_name:
        return "", Message("submission.region_unknown")
    if region_named(entry.region) is not None:
        return entry.region, entry.region_name
    return _quoted(entry.region), _quoted(entry.region_name)


def _quoted(text: str) -> str | Message:
    return quoted(text) if text else ""


def came_late(entry: Entry) -> bool | None:
    """Whether it is late; None where that is not known, or its day is contradicted."""
    return None if not entry.late and says_before(entry) else entry.late


def lateness(entry: Entry) -> Message:
    """Late, in time, or not known."""
    late = came_late(entry)
    if late is None:
        return Message("submission.late.unknown")
    return Message("submission.late.yes") if late else Message("submission.late.no")


def counts(entry: Entry) -> Message | None:
    """Whether it is the package that counts for its region, and that a person has to look at it first."""
    if not entry.current:
        return None
    return Message("submission.sheet.yes_look" if entry.to_look_at else "submission.sheet.yes")


def read_here(entry: Entry) -> Message:
    """When it was first read on this computer; what others say of that is told apart."""
    if not entry.first_seen:
        return Message("submission.read.never")
    return Message("submission.read.first", at=dt.datetime.fromisoformat(entry.first_seen))


def standing(entry: Entry) -> tuple[Message, ...]:
    """What is to be known of an entry beside its verdict: which one counts, copies, rivals, gone."""
    told = []
    if entry.current:
        told.append(Message("submission.standing.current"))
    if entry.follows > 0:
        told.append(Message("submission.standing.follows"))
    elif entry.follows < 0:
        told.append(Message("submission.standing.follows_unknown", hash=entry.previous[:12]))
    repeating = Repeating(entry, None, inward=True)
    told += [repeating.doubt(each) for each in entry.doubts]
    if entry.signers and is_trial(entry):
        closed = any(not each.document for each in entry.signers)
        told.append(Message("submission.standing.training" if closed else "submission.standing.not_closed"))
    if entry.rivals:
        told.append(Message("submission.standing.rivals", n=len(entry.rivals)))
    if entry.copies:
        told.append(Message("submission.standing.copies", n=len(entry.copies)))
    told += map(repeating.doubt, said_alike(entry))
    if entry.beside:
        names = listed(entry.attached) + ", \N{HORIZONTAL ELLIPSIS}" * (entry.beside > len(entry.attached))
        told.append(Message("submission.standing.with_files", n=entry.beside, files=names))
        if entry.last_attached > first_arrived(entry)[0]:
            told.append(Message("submission.standing.later_files"))
    if entry.first_said:
        told.append(Message("submission.standing.said", at=dt.datetime.fromisoformat(entry.first_said)))
    if entry.replaced:
        day = dt.datetime.fromisoformat(entry.replaced)
        told.append(Message("submission.standing.replaced", at=day))
    elif entry.vanished:
        told.append(Message("submission.standing.vanished"))
    return tuple(told)


_REMEDIES = {
    "missing.mandatory": Message("submission.remedy.mandatory"),
    "missing.late": Message("submission.remedy.late"),
    "missing.pdf_signature": Message("submission.remedy.pdf_signature"),
    "missing.container_signature": Message("submission.remedy.container_signature"),
    "register.other_guideline": Message("submission.remedy.guideline"),
    "data.differs": Message("submission.remedy.region"),
    "register.unknown_region": Message("submission.remedy.region"),
    "register.not_yet": Message("submission.remedy.data"),
    "register.data_unreadable": Message("submission.remedy.data"),
    "register.other_basis": Message("submission.remedy.read_again"),
    "signature.unknown": Message("submission.remedy.unknown_signer"),
    "signature.untrusted": Message("submission.remedy.untrusted_signer"),
    "signature.future": Message("submission.remedy.clock"),
    "manifest.newer": Message("submission.remedy.newer"),
    "missing.data_newer": Message("submission.remedy.newer"),
    "unsigned.packed": Message("submission.remedy.packed"),
    "unsigned.link": Message("submission.remedy.link"),
    "unsigned.workspace": Message("submission.remedy.workspace"),
}
_BY_KIND = {
    "unsigned": Message("submission.remedy.unsigned"),
    "pdf": Message("submission.remedy.pdf"),
    "signature": Message("submission.remedy.signature"),
    "xades": Message("submission.remedy.signature"),
    "timestamp": Message("submission.remedy.signature"),
    "sheet": Message("submission.remedy.pdf"),
    "limit": Message("submission.remedy.limit"),
    "note": Message("submission.remedy.note"),
    "trust": Message("submission.remedy.note"),
    "missing": Message("submission.remedy.complete"),
    "register": Message("submission.remedy.note"),
}


_WANTED = {
    "note.guideline_differs": Message("submission.remedy.guideline"),
    "note.guideline_unread": Message("submission.remedy.data"),
    "note.guideline_unknown": Message("submission.remedy.install_guideline"),
}
"""Elsewhere these are notes; where the desk asks for a guideline they are missing."""


def remedy(code: str, weight: str = "") -> Message:
    """What the region has to do about a reason: by its code, else by its kind, else seal and send anew.

    The table of codes (:mod:`desktop.submission.codes`) advises whoever verifies, this whoever sent.
    """
    if weight == Weight.MISSING.value and code in _WANTED:
        return _WANTED[code]
    return _REMEDIES.get(code) or _BY_KIND.get(code.partition(".")[0]) or Message("submission.remedy.damaged")


_READ_HERE = frozenset({"unsigned.unreadable", "unsigned.package", "register.not_yet"})
"""What could not be read, or not to the end: nothing is wrong with it but where it is too large."""


def remedy_here(entry: Entry, one: Told) -> Message:
    """What to do about a reason, for the desk.

    What ran out it reads again itself before anybody is asked, and it finds out who issues certificates; what
    lies beside such waits with it.
    """
    if one.code.startswith("unsigned."):
        if any(each.code == WAITS for each in entry.reasons):
            return Message("submission.remedy.waits")
        one = own_of(entry) or one
    if one.message.id in LIMITS and entry.ran_out:
        return Message("submission.remedy.more_time")
    if is_for_the_desk(entry, one):
        return Message("submission.remedy.find_out_issuer")
    if one.code in _READ_HERE and one.message.id != TOO_LARGE:
        return Message("submission.remedy.receive_again")
    return remedy(one.code, one.weight)
