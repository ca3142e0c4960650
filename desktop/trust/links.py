"""Which of the certificates at hand are somebody's whom we believe, found from the top down.

Whoever sends a signature chooses what is attached to it. So what is attached counts for nothing before an
anchor stands above it, and checking it is bounded; a bound that is reached is said, and never taken for an
answer.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from desktop.trust.anchors import Anchors
from desktop.trust.certificate import MALFORMED, der, issued_by
from desktop.trust.revocation import is_authority


@dataclass(slots=True)
class Links:
    """Who issued whom. Each signature is verified once, by the same key once, and not without end."""

    most: int
    check: Callable[[x509.Certificate, x509.Certificate], bool] = issued_by
    verified: dict[tuple[bytes, bytes], bool] = field(default_factory=dict)
    exhausted: bool = False
    """Whether something was asked for which nothing was left: whatever was found may be wrong."""

    def issued(self, child: x509.Certificate, parent: x509.Certificate) -> bool:
        """Whether ``parent`` issued ``child``; False once too much was asked, which has to be looked at."""
        try:
            if child.issuer != parent.subject:
                return False
            pair = (der(child), _key(parent))
        except MALFORMED:
            return False
        if pair not in self.verified:
            if len(self.verified) >= self.most:
                self.exhausted = True
                return False
            self.verified[pair] = self.check(child, parent)
        return self.verified[pair]


def _key(certificate: x509.Certificate) -> bytes:
    return certificate.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


@dataclass(frozen=True, slots=True)
class Known:
    """The anchors, and what stands below them."""

    authorities: tuple[x509.Certificate, ...]
    """Who issues: the anchors, and the authorities attached below them."""
    holders: tuple[x509.Certificate, ...]
    """All of them, and whoever else they issued a certificate to that is attached."""

    def named(self, name: x509.Name) -> tuple[x509.Certificate, ...]:
        """The authorities of this name."""
        return tuple(one for one in self.authorities if one.subject == name)


def known(others: Iterable[x509.Certificate], anchors: Anchors, links: Links) -> Known:
    """What of ``others`` an anchor vouches for."""
    top = {anchor.der: anchor.certificate for anchor in anchors.anchors}
    below: dict[x509.Name, list[x509.Certificate]] = defaultdict(list)
    for one in others:
        try:
            below[one.issuer].append(one)
        except MALFORMED:
            # nobody can have issued it
            continue
    holders = dict(top)
    authorities = dict(top)
    queue = deque(top.values())
    while queue:
        parent = queue.popleft()
        for child in below[parent.subject]:
            name = der(child)
            if name in authorities or not links.issued(child, parent):
                continue
            holders[name] = child
            if is_authority(child):
                authorities[name] = child
                queue.append(child)
    return Known(tuple(authorities.values()), tuple(holders.values()))
