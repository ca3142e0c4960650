"""Looking ahead: all that a verification asks, with whom to believe left open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from cryptography import x509

from desktop.base import Message
from desktop.submission.judging import WHOM, Belief, Judge
from desktop.submission.proving import NOTHING, Evidence, Proof
from desktop.submission.refusal import Refused, code_of
from desktop.submission.unbelieved import what_follows
from desktop.submission.verdict import SignatureReport
from desktop.trust.certificate import (
    der,
    fingerprint,
    holder,
    issuer,
    organisation,
    same_key,
    self_issued,
    valid_at,
)
from desktop.trust.links import Links
from desktop.trust.path import MAXIMUM_OTHERS, MAXIMUM_STANDING, TrustPath


class Undecided(Judge):
    """Asks all that a verification asks, but leaves open whom to believe.

    Before somebody signs: whoever verifies will have authorities of his own. What does not hang on them
    would be refused everywhere.
    """

    ahead = True

    def believe(
        self,
        certificate: x509.Certificate,
        others: tuple[x509.Certificate, ...],
        claimed_at: dt.datetime | None,
        *,
        file: str,
        role: str,
        office: str = "",
        evidence: Evidence = NOTHING,
        above: Proof | None = None,
    ) -> Belief:
        """As a judge's, but nobody is refused for not being believed."""
        told = {"file": file, "role": role, "office": office}
        try:
            found = super().believe(certificate, others, claimed_at, evidence=evidence, above=above, **told)
        except Refused as error:
            if code_of(error.message) not in WHOM:
                raise
            self.doubts[file, role] = error.message
            if self.anchors.national:
                # where officials' authorities are known, whoever signs next is not the last to hear of it
                self.note(error.message)
            self.note(what_follows(self.anchors))
        else:
            if file and found.path is not None:
                came = (*others, *evidence.certificates)[:MAXIMUM_OTHERS]
                self._note_left_out(found.path, came, claimed_at or self.now, file)
            return found
        who = (holder(certificate), organisation(certificate), issuer(certificate), fingerprint(certificate))
        stamped = bool(evidence.stamps)
        self.reports.append(
            SignatureReport(
                file, role, *who, claimed_at, test=False, anchor="", timestamped=stamped, office=office
            )
        )
        return Belief(None, None, frozenset(), ())

    def _note_left_out(
        self, path: TrustPath, came: tuple[x509.Certificate, ...], moment: dt.datetime, file: str
    ) -> None:
        """Receivers know roots: whoever stands in between has to come along with a document.

        What leads up to a root is covered by no signature, and is taken out, bent or exchanged without a
        trace. Told is whose certificate is missing, unless what came along leads to somebody known here.
        """
        known = (*path.certificates, *(one.certificate for one in self.anchors.anchors))
        climb = _Climb(tuple(dict.fromkeys(known)), came, moment)
        if climb.leads(path.certificates[0]) or climb.missing is None:
            return
        below, missing = climb.missing
        who = {"holder": holder(below), "issuer": holder(missing)}
        self.note(Message("submission.note.issuer_left_out", file=file, **who))


@dataclass
class _Climb:
    """Whether a receiver who knows roots gets up to one with what came along."""

    known: tuple[x509.Certificate, ...]
    """Whom this computer knows, roots or not."""
    came: tuple[x509.Certificate, ...]
    moment: dt.datetime
    missing: tuple[x509.Certificate, x509.Certificate] | None = None
    """The last one climbed to above whom somebody known here did not come along, and who that is."""
    links: Links = field(default_factory=lambda: Links(MAXIMUM_STANDING))
    seen: set[bytes] = field(default_factory=set)

    def leads(self, top: x509.Certificate) -> bool:
        """From here on. Each is climbed to once."""
        self.seen.add(der(top))
        above = [one for one in self.known if one != top and self.links.issued(top, one)]
        if any(map(self_issued, above)):
            return True
        self.missing = next(((top, one) for one in above if one not in self.came), self.missing)
        if not above and self._ends(top):
            return True
        return any(
            self.leads(one)
            for one in self.came
            if der(one) not in self.seen and self.links.issued(top, one) and valid_at(one, self.moment)
        )

    def _ends(self, top: x509.Certificate) -> bool:
        """Whether it is somebody known, or his root by his own signature; who stands above is not known."""
        if top in self.known:
            return True
        twins = (one for one in self.known if one.subject == top.subject and same_key(one, top))
        return self.links.issued(top, top) and any(twins)
