"""What came with a signature over the whole package, beside its own bytes: all of it has a place in a path.

Certificates, answers and lists are not signed by the signer; only what they are good for vouches for them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import TYPE_CHECKING

from cryptography import x509

from desktop.base import Message
from desktop.submission.refusal import Refused
from desktop.trust.answers import BadAnswer, about_one, plain_answer
from desktop.trust.certificate import der, holder, issued_by, written_tightly
from desktop.trust.list_file import BadList
from desktop.trust.revocation import RevocationList

if TYPE_CHECKING:
    from desktop.submission.judging import Belief, Judge
    from desktop.submission.proving import Evidence
    from desktop.submission.xades.reading import XadesSignature
    from desktop.trust.path import TrustPath

MAXIMUM_UNUSED = 1 << 13
"""Bytes of a certificate that nobody here can ask about; those of authorities have two or three thousand."""


def check_attached(signature: XadesSignature, belief: Belief, judge: Judge) -> None:
    """Each certificate, answer and list is of use, once, in one form; raises :class:`Refused` for others.

    Only what is about authorities above the one that is believed here may not be of use to us: whoever
    believes one above it needs it, and it cannot be asked for truth where nobody above is known. It is noted.
    """
    evidence, others, path = signature.unsigned.evidence, signature.others, belief.path
    written = len(set(others)) == len(others) and not any(one.issuer == one.subject for one in others)
    if not written or not all(written_tightly(one) for one in others):
        raise Refused(Message("submission.xades.not_canonical", name="X509Data"))
    above = [] if path is None else _above(signature, belief, path)
    for data in _pieces(evidence):
        if path is not None and data not in belief.used and not _is_about(data, above):
            reason = belief.problems[0] if belief.problems else Message("trust.revocation.unused")
            raise Refused(Message("submission.timestamp.attached", reason=reason))
    if not all(written_tightly(one) for one in evidence.certificates):
        raise Refused(Message("submission.xades.not_canonical", name="CertificateValues"))
    if path is None:
        return
    for answer in evidence.answers:
        if answer in belief.used and not any(_plain(answer, one) == answer for one in path.certificates):
            raise Refused(Message("submission.xades.not_canonical", name="OCSPValues"))
    clocks = (one for stamp in evidence.stamps for one in stamp.others)
    came = (*_pieces(evidence), *(der(one) for one in (*others, *clocks)))
    if any(data not in belief.used for data in came):
        judge.note(Message("submission.note.attached_unused", holder=holder(signature.certificate)))


def _pieces(evidence: Evidence) -> tuple[bytes, ...]:
    return (*evidence.answers, *evidence.lists, *(der(one) for one in evidence.certificates))


def _above(signature: XadesSignature, belief: Belief, path: TrustPath) -> list[x509.Certificate]:
    """The anchor and what is attached of authorities above it, or beside it with the same name and key.

    Raises :class:`Refused` for a certificate with the signature that is neither in the path nor there: of
    those that are not, each must have issued the one below it, in order.
    """
    others = signature.others
    unused = [one for one in others if der(one) not in belief.used]
    if unused:
        linked = all(issued_by(child, parent) for child, parent in pairwise((signature.certificate, *others)))
        if not linked or any(len(der(one)) > MAXIMUM_UNUSED for one in unused):
            raise Refused(Message("submission.xades.not_canonical", name="X509Data"))
    found = [path.anchor.certificate, *unused]
    left = [one for one in signature.unsigned.evidence.certificates if der(one) not in belief.used]
    while higher := [one for one in left if any(issued_by(child, one) for child in found)]:
        found += higher
        left = [one for one in left if one not in higher]
    below = {one.subject for one in path.certificates}
    return [one for one in found if one.issuer not in below]


def _is_about(data: bytes, above: Iterable[x509.Certificate]) -> bool:
    """Whether it is one of these, or in its own words about one of them."""
    try:
        named = RevocationList(data).issuer
    except BadList:
        return any(data == der(one) or about_one(data, one) for one in above)
    return any(named == one.issuer for one in above)


def _plain(answer: bytes, issuer: x509.Certificate) -> bytes:
    try:
        return plain_answer(answer, issuer)
    except BadAnswer:
        return b""
