"""Looking ahead: all that a verification asks, with whom to believe left open."""

from __future__ import annotations

import datetime as dt

from cryptography import x509

from desktop.submission.judging import WHOM, Belief, Judge
from desktop.submission.proving import NOTHING, Evidence, Proof
from desktop.submission.refusal import Refused, code_of
from desktop.submission.unbelieved import what_follows
from desktop.submission.verdict import SignatureReport
from desktop.trust.certificate import fingerprint, holder, issuer, organisation


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
            return super().believe(certificate, others, claimed_at, evidence=evidence, above=above, **told)
        except Refused as error:
            if code_of(error.message) not in WHOM:
                raise
            self.doubts[file, role] = error.message
            if self.anchors.national:
                # where officials' authorities are known, whoever signs next is not the last to hear of it
                self.note(error.message)
            self.note(what_follows(self.anchors))
        who = (holder(certificate), organisation(certificate), issuer(certificate), fingerprint(certificate))
        stamped = bool(evidence.stamps)
        self.reports.append(
            SignatureReport(
                file, role, *who, claimed_at, test=False, anchor="", timestamped=stamped, office=office
            )
        )
        return Belief(None, None, frozenset(), ())
