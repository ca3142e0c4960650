"""From a signer's certificate to an anchor we believe, as it stood at a given moment (RFC 5280, 6).

Small and strict on purpose: names, signatures, validity, basic constraints, path length, key usage,
key strength and hash of every link, revocation lists; what it does not know (critical extensions, name
and policy constraints) it refuses. The operating system's own trust store is never asked. However many
certificates somebody attaches, the work is bounded: each is climbed to once, and signatures are counted.
"""

from __future__ import annotations

import datetime as dt
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TypeAlias

from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from desktop.base import Message
from desktop.trust.anchors import Anchor, AnchorClass, AnchorKind, Anchors
from desktop.trust.certificate import (
    MALFORMED,
    der,
    holder,
    is_test,
    issued_by,
    issuer,
    meant_for_documents,
    same_key,
    self_issued,
    valid_at,
)
from desktop.trust.links import Known, Links, known
from desktop.trust.revocation import Asked, Standing, is_authority, standing
from desktop.trust.rules import authority_fault, leaf_fault, link_fault, timestamp_fault

MAXIMUM_LENGTH = 8
"""Certificates in a path, leaf and anchor included."""

MAXIMUM_OTHERS = 64
"""Certificates that may be attached to one signature."""

MAXIMUM_CHECKS = 128
"""Signatures of certificates that are verified to climb from a signer to the anchors."""

MAXIMUM_STANDING = 4 * MAXIMUM_OTHERS
"""The same to find out who else is known, so that its withdrawals count: each under four keys of a name."""

UNSAID = dt.datetime.min.replace(tzinfo=dt.UTC)
"""When a signature was made that says nothing of that: long ago, for all that anybody knows."""

_RANK = {AnchorKind.CERTIFIED: 0, AnchorKind.OWN: 1, AnchorKind.TEST: 2}

BEST = (False, 0, False)
"""What no path is worth more than."""

_Chain: TypeAlias = tuple[x509.Certificate, ...]


@dataclass(frozen=True, slots=True)
class TrustPath:
    """Leaf first, anchor last; valid at the moment it was asked for."""

    certificates: tuple[x509.Certificate, ...]
    anchor: Anchor
    notes: tuple[Message, ...] = ()
    """What whoever relies on it should know: an outdated revocation list, a later revocation."""

    @property
    def test(self) -> bool:
        """Whether any part of it belongs to a test identity."""
        return self.anchor.kind is AnchorKind.TEST or any(is_test(one) for one in self.certificates)

    @property
    def worth(self) -> tuple[bool, int, bool]:
        """What it is worth by its root, the least the most."""
        return self.test, _RANK[self.anchor.kind], self.anchor.passing

    @property
    def certified(self) -> bool:
        """Whether it ends at a national anchor, shipped or compared and kept, and is no test."""
        anchor = self.anchor
        return anchor.purpose is AnchorClass.NATIONAL and not anchor.passing and not self.test


@dataclass(frozen=True, slots=True)
class NoPath:
    """Why no path leads to an anchor: the reason of the attempt that came furthest."""

    message: Message
    known: bool
    """Whether an anchor was reached at all (the signer is known, but something about it is wrong)."""
    missing: str = ""
    """Whose certificate would lead on, when the chain ends before a root."""


def find_path(
    leaf: x509.Certificate,
    others: tuple[x509.Certificate, ...],
    anchors: Anchors,
    moment: dt.datetime,
    *,
    now: dt.datetime | None = None,
    proven: dt.datetime | None = None,
    said: dt.datetime | None = None,
    timestamping: bool = False,
) -> TrustPath | NoPath:
    """The path from ``leaf`` over ``others`` to one of ``anchors``, valid at ``moment`` (aware datetime).

    ``now`` is when it is asked (an outdated revocation list is noted; ``moment`` unless given); ``proven``
    is by when the signature existed for certain (a timestamp that was verified): only then does a later
    revocation not count. ``said`` is when the signature says that it was made (``moment`` unless given):
    what is proven to be there after a suspension can be of that time. ``timestamping``: the leaf is a
    timestamp authority's, and only anchors for timestamps are asked; otherwise only those for signers.
    """
    asked = Asked(moment, now or moment, proven, said=said)
    return _find(leaf, _Search(others, _believed(anchors, timestamping=timestamping), asked, timestamping))


def find_lent_path(
    leaf: x509.Certificate,
    others: tuple[x509.Certificate, ...],
    anchors: Anchors,
    moment: dt.datetime,
    *,
    now: dt.datetime | None = None,
    proven: dt.datetime | None = None,
    said: dt.datetime | None = None,
    timestamping: bool = False,
) -> TrustPath | NoPath:
    """As :func:`find_path`; where what came along leads to no root, what is kept here may, and is noted."""
    found = find_path(
        leaf, others, anchors, moment, now=now, proven=proven, said=said, timestamping=timestamping
    )
    if not anchors.leading or (isinstance(found, TrustPath) and found.worth == BEST):
        return found
    asked = Asked(moment, now or moment, proven, said=said)
    search = _Search(others, _believed(anchors, timestamping=timestamping), asked, timestamping)
    search.lent = anchors.leading
    helped = _find(leaf, search)
    if isinstance(found, TrustPath) and (isinstance(helped, NoPath) or helped.worth >= found.worth):
        # whoever is believed for less can certify a better one's key, and lay that in its place
        return found
    if isinstance(helped, NoPath):
        return helped if helped.known else found
    lent = (one for one in helped.certificates[:-1] if one not in (leaf, *others))
    notes = (Message("trust.path.lent", issuer=holder(one), holder=holder(leaf)) for one in lent)
    return replace(helped, notes=(*helped.notes, *notes))


def _believed(anchors: Anchors, *, timestamping: bool) -> Anchors:
    return anchors.for_timestamps() if timestamping else anchors.for_signers()


def _find(leaf: x509.Certificate, search: _Search) -> TrustPath | NoPath:
    """The path, with what this one search may use."""
    fault = (timestamp_fault if search.timestamping else leaf_fault)(leaf, search.asked.moment)
    if fault is None:
        found = [path for path in map(search.judge, search.climb(leaf, strict=True)) if path is not None]
        if found and search.others_links.exhausted:
            # What was not asked any more may be the withdrawal of somebody in it.
            return NoPath(Message("trust.path.too_many", holder=holder(leaf)), known=True)
        if found:
            return min(found, key=search.place)
    for chain, _ in search.climb(leaf, strict=False):
        reason = fault or search.chain_fault(chain) or search.standing(chain).fault
        if reason is not None:
            return NoPath(reason, known=True)
    if search.spent or search.too_many:
        return NoPath(Message("trust.path.too_many", holder=holder(leaf)), known=False)
    top = search.furthest[-1] if search.furthest else leaf
    missing = "" if _ends(top) else issuer(top)
    return NoPath(fault or Message("trust.path.unknown", issuer=issuer(top)), known=False, missing=missing)


def _ends(top: x509.Certificate) -> bool:
    """Whether nobody stands above it."""
    try:
        return self_issued(top)
    except MALFORMED:
        return False


@dataclass(slots=True)
class _Search:
    """One search for a path: what is attached, what was verified already, and how much may be."""

    others: tuple[x509.Certificate, ...]
    anchors: Anchors
    asked: Asked
    timestamping: bool = False
    lent: tuple[x509.Certificate, ...] = ()
    """What is kept here and may lead on; nobody who attaches much keeps it from being looked at."""
    links: Links = field(default_factory=lambda: Links(MAXIMUM_CHECKS, issued_by))
    others_links: Links = field(default_factory=lambda: Links(MAXIMUM_STANDING, issued_by))
    """For who else is known: a budget of its own, that no climbing uses up."""
    too_many: bool = False
    """Whether not all that is attached was looked at: whoever attaches it could as well have left it out."""
    furthest: _Chain = ()
    """The longest chain that was climbed."""
    _known: Known | None = None

    def __post_init__(self) -> None:
        self.others = tuple({der(one): one for one in self.others}.values())
        self.too_many = len(self.others) > MAXIMUM_OTHERS
        self.others = self.others[:MAXIMUM_OTHERS]
        # whatever is kept here is known besides, and takes nothing from what came along
        self.others_links.most += MAXIMUM_STANDING // MAXIMUM_OTHERS * len(self.anchors.leading)

    @property
    def spent(self) -> bool:
        """Whether a budget was used up, so that not all was asked that should have been."""
        return self.links.exhausted or self.others_links.exhausted

    @property
    def known(self) -> Known:
        """Who is known besides the chain; found out once."""
        if self._known is None:
            # whatever came along or not, what is kept here is known here
            self._known = known((*self.anchors.leading, *self.others), self.anchors, self.others_links)
        return self._known

    def place(self, path: TrustPath) -> tuple[int, bool, bool, int, int, int]:
        """Which of several is taken, the least: one that proves most of what came along, answers as well."""
        left = len(set(self.others) - set(path.certificates))
        ended = not all(valid_at(one, self.asked.now) for one in path.certificates)
        size = len(path.certificates)
        return _RANK[path.anchor.kind], path.anchor.passing, ended, left, -len(set(path.certificates)), size

    def climb(self, leaf: x509.Certificate, *, strict: bool) -> Iterator[tuple[_Chain, Anchor]]:
        """Chains whose names and signatures lead to an anchor, the shortest first.

        Each certificate is climbed to once (again only with fewer authorities below it), so that many that
        could issue each other make no more work than few. ``strict``: those that break a rule are not
        climbed to; they could hide a good way to the same certificate.
        """
        queue: deque[_Chain] = deque([(leaf,)])
        seen = {der(leaf): 0}
        while queue:
            chain = queue.popleft()
            self.furthest = max(self.furthest, chain, key=len)
            for anchor in self._anchors_above(chain[-1]):
                yield (*chain, anchor.certificate), anchor
            if len(chain) >= MAXIMUM_LENGTH - 1:
                continue
            below = _authorities(chain)
            for parent in (*self.others, *self.lent):
                name = der(parent)
                if seen.get(name, MAXIMUM_LENGTH) <= below or not self.links.issued(chain[-1], parent):
                    continue
                longer = (*chain, parent)
                if strict and (self.step_fault(parent, below) or self.standing(longer[-2:]).fault):
                    continue
                seen[name] = below
                queue.append(longer)

    def _anchors_above(self, top: x509.Certificate) -> list[Anchor]:
        try:
            named = list(self.anchors.with_subject(top.issuer))
        except MALFORMED:
            return []
        return [anchor for anchor in named if self.links.issued(top, anchor.certificate)]

    def judge(self, found: tuple[_Chain, Anchor]) -> TrustPath | None:
        """The path, if the anchor's own link holds as well; the others were looked at on the way."""
        chain, anchor = found
        if self.step_fault(chain[-1], _authorities(chain[:-1]), anchor=True):
            return None
        said = self.standing(chain)
        return None if said.fault else TrustPath(chain, anchor, said.notes)

    def chain_fault(self, chain: _Chain) -> Message | None:
        """The first fault of the authorities in a chain that ends with its anchor."""
        for place, authority in enumerate(chain[1:], 1):
            below, anchor = _authorities(chain[:place]), place == len(chain) - 1
            fault = self.step_fault(authority, below, anchor=anchor)
            if fault is not None:
                return fault
        return None

    def step_fault(self, authority: x509.Certificate, below: int, *, anchor: bool = False) -> Message | None:
        """What is wrong with an authority that has ``below`` others between itself and the leaf."""
        fault = link_fault(authority, self.asked.moment, hashed=not anchor)
        fault = fault or authority_fault(authority, below, anchor=anchor)
        if fault is None and not anchor and not self._issues_such(authority):
            return Message("trust.path.purpose", holder=holder(authority))
        return fault

    def _issues_such(self, authority: x509.Certificate) -> bool:
        """Whether an authority that limits itself to purposes (to websites, say) has ours among them."""
        if not self.timestamping:
            return meant_for_documents(authority)
        try:
            purposes = authority.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        except x509.ExtensionNotFound:
            return True
        return bool(
            {ExtendedKeyUsageOID.TIME_STAMPING, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE} & set(purposes)
        )

    def standing(self, chain: _Chain) -> Standing:
        """What the revocation lists say of a chain."""
        notes: dict[Message, None] = {}
        for certificate, parent in pairwise(chain):
            clock = self.timestamping and not is_authority(certificate)
            for said in (
                self._one_standing(certificate, parent, clock=clock),
                self._key_standing(certificate, clock=clock),
            ):
                notes |= dict.fromkeys(said.notes)
                if said.fault is not None:
                    return Standing(said.fault, tuple(notes))
        top = self._anchor_standing(chain[-1])
        return Standing(top.fault, tuple(notes | dict.fromkeys(top.notes)))

    def _anchor_standing(self, top: x509.Certificate) -> Standing:
        """What they say of an anchor: by itself, or of its key under another certificate."""
        if not self.anchors.lists or self.anchors.find(top) is None:
            return Standing()
        said = (self._one_standing(top, top, clock=False), self._key_standing(top, clock=False))
        return Standing(
            next((one.fault for one in said if one.fault is not None), None),
            tuple(note for one in said for note in one.notes),
        )

    def _key_standing(self, certificate: x509.Certificate, *, clock: bool) -> Standing:
        """What they say of other certificates of the same key, as far as those are at hand.

        RFC 5280 withdraws certificates, not keys: who is certified anew by another has a path. But a key that
        was stolen is in other hands, whoever certifies it. Anybody can certify a key that is public, so only
        what an authority says counts that is known itself.
        """
        if not self.anchors.lists:
            return Standing()
        notes: list[Message] = []
        for twin in self.known.holders:
            if twin == certificate or not same_key(twin, certificate):
                continue
            for parent in self.known.authorities:
                if not self.others_links.issued(twin, parent):
                    continue
                said = self._one_standing(twin, parent, clock=clock)
                if said.fault is not None:
                    who = {"holder": holder(certificate), "issuer": issuer(certificate)}
                    if said.stolen:
                        return Standing(Message("trust.path.key_stolen", other=issuer(twin), **who))
                    notes.append(Message("trust.path.key_withdrawn", other=issuer(twin), **who))
        return Standing(None, tuple(notes))

    def _one_standing(
        self, certificate: x509.Certificate, parent: x509.Certificate, *, clock: bool
    ) -> Standing:
        if not self.anchors.lists:
            return Standing()
        namesakes = [one for one in self.known.named(parent.subject) if one != parent]
        return standing(certificate, parent, self.anchors.lists, namesakes, replace(self.asked, clock=clock))


def _authorities(chain: _Chain) -> int:
    """How many count towards a path length: those between leaf and the next, a root's new key left out."""
    return sum(not _ends(one) for one in chain[1:])
