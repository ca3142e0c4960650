"""Certificates whose issuer this computer does not know: at times that is the desk's own affair first.

The program ships no authorities. A desk that believes none, or not the newest root of one, refuses every
honest package; a region would be asked to sign as it has signed. So nobody is asked about it where this
computer believes no national authority, and not at once where several regions' packages name the same issuer.
The name is the packages' own word: anybody can write it into a certificate that he makes himself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.quoting import bounded
from desktop.submission.register.reading import Told
from desktop.submission.verdict import Reason, VerdictKind, Weight
from desktop.workspace.regions import region_named

if TYPE_CHECKING:
    from desktop.submission.register.entry import Entry
    from desktop.submission.register.examine import Examined
    from desktop.trust.anchors import Anchors

UNKNOWN = "signature.unknown"
NOBODY = Message("submission.register.believes_nobody")
"""Noted of what was refused for whom to believe while this computer believed no national authority."""
_NOBODY, _SHARED = "register.believes_nobody", "register.shared_issuer"
_TRIALS = frozenset({"Root UJI", "Penerbit UJI"})
"""What the issuers of test identities are called: nobody has to find out about them."""
_SEVERAL = 2
"""Regions that name one issuer: a private authority of one region's own is that one's to explain."""
_NO_PATH = "trust.path.unknown"
_NOT_FOUND_OUT = _TRIALS | {"", "?"}
_MOST = 3
"""Issuers that are told by name beside the list; whoever makes packages decides how many there are."""


def believing_nobody(seen: Examined, anchors: Anchors) -> Examined:
    """The same with a note that it was judged where nobody is believed, if that may be why it is refused."""
    verdict = seen.verdict
    if anchors.national or verdict is None or not any(_may_be_honest(one) for one in verdict.reasons):
        return seen
    note = Reason(Weight.NOTE, NOBODY)
    return replace(seen, extract=replace(seen.extract, reasons=(*seen.extract.reasons, note)))


def _may_be_honest(one: Told | Reason) -> bool:
    """Whether it is about an issuer that is not known; what anybody knows for a test is none."""
    return one.code == UNKNOWN and _issuer(one) not in _TRIALS


def with_shared(found: Iterable[Entry]) -> Iterator[Entry]:
    """The same entries; of an unknown issuer that several regions' packages name it is noted how many do."""
    found = tuple(found)
    regions: dict[str, set[str]] = {}
    for one in found:
        if not one.vanished and one.proven and region_named(one.region) is not None:
            for issuer in _issuers(one):
                regions.setdefault(issuer, set()).add(one.region)
    shared = {issuer: len(codes) for issuer, codes in regions.items() if len(codes) >= _SEVERAL}
    for one in found:
        notes = tuple(_note(issuer, shared) for issuer in _issuers(one) if issuer in shared)
        yield replace(one, reasons=(*one.reasons, *notes)) if notes else one


def is_for_the_desk(one: Entry, told: Told) -> bool:
    """Whether a reason is about an issuer that the desk has to find out about before a region is asked."""
    if not _may_be_honest(told):
        return False
    notes = [each for each in one.reasons if each.weight == Weight.NOTE.value]
    if any(each.code == _NOBODY for each in notes):
        return True
    issuer = _issuer(told)
    return any(each.code == _SHARED and each.message.params.get("issuer") == issuer for each in notes)


def asked_all_the_same(one: Entry) -> Entry:
    """As if no other region named the issuer: the desk has found out that it is none to believe."""
    return replace(one, reasons=tuple(each for each in one.reasons if each.code != _SHARED))


def shared_issuers(entries: Iterable[Entry]) -> Iterator[Message]:
    """Which unknown issuers several regions name, those of the most regions first, and how many more."""
    shared: dict[str, int] = {}
    for one in entries:
        for each in one.reasons:
            issuer, n = each.message.params.get("issuer"), each.message.params.get("n")
            if each.code == _SHARED and isinstance(issuer, str) and isinstance(n, int):
                shared[issuer] = n
    for issuer, n in sorted(shared.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]:
        yield Message("submission.standing.shared_issuer", n=n, issuer=bounded(issuer))
    if len(shared) > _MOST:
        yield Message("submission.standing.more_issuers", n=len(shared) - _MOST)


def _note(issuer: str, shared: Mapping[str, int]) -> Told:
    message = Message("submission.register.shared_issuer", n=shared[issuer], issuer=issuer)
    return Told(Weight.NOTE.value, _SHARED, message)


def _issuers(one: Entry) -> tuple[str, ...]:
    """The unknown issuers that a refused package names; what anybody knows for a test is none."""
    if one.result != VerdictKind.REFUSED.value:
        return ()
    return tuple(dict.fromkeys(each for told in one.reasons if (each := _issuer(told)) not in _NOT_FOUND_OUT))


def _issuer(told: Told | Reason) -> str:
    why = told.message.params.get("reason") if told.code == UNKNOWN else None
    issuer = why.params.get("issuer") if isinstance(why, Message) and why.id == _NO_PATH else None
    return issuer if isinstance(issuer, str) else ""
