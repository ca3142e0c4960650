"""Which package another one replaces, in a sentence.

It is no part of the id, of the fingerprint or of any document: whoever signs a package or reads its verdict
has to see it, for the desk puts aside what is replaced.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base import Message, clock
from desktop.submission.frame.container import MAXIMUM_SIGNATURES
from desktop.submission.mark import open_sha256
from desktop.submission.refusal import Refused, code_of
from desktop.submission.verdict import Verdict, VerdictKind, Weight
from desktop.trust.anchors import Anchors
from desktop.trust.certificate import grouped

if TYPE_CHECKING:
    from desktop.submission.frame.container import OpenPackage
    from desktop.submission.standing import Standing


def replaced(previous: str) -> Message:
    """``previous``: the SHA-256 of the package before, or empty."""
    if previous:
        return Message("submission.replaces", sha256=grouped(previous))
    return Message("submission.replaces.none")


def closed_before(
    source: OpenPackage, anchors: Anchors | None = None, now: dt.datetime | None = None
) -> str | None:
    """The hash of the container that ends when something of it is signed; None where none is to be named.

    None is where the package names a submission before, nor where it is not closed by whom it asks and this
    computer believes (now, unless others are given): anybody can lay a signature there.
    """
    if source.manifest.previous:
        return None
    found = closings(source, anchors, now)
    if not found.hold or (source.manifest.signers and not found.asked):
        return None
    # of what was open and read: another package may lie at its path by now
    return open_sha256(source.file, os.fstat(source.file.fileno()).st_size)


@dataclass(frozen=True, slots=True)
class Closings:
    """How many signatures there are over the whole of a package, and what they are worth here."""

    believed: int = 0
    doubted: int = 0
    """Sound, of somebody whom this computer does not believe: another one may."""
    broken: int = 0
    """Refused whomever one believes."""
    early: int = 0
    """Of a time that has not come yet by the clock of this computer: that may be behind."""
    asked: bool = False
    """One that is believed is of whom the package asks to close it."""

    @property
    def n(self) -> int:
        """All of them."""
        return self.believed + self.doubted + self.broken + self.early

    @property
    def hold(self) -> bool:
        """Whether there is one, and each is believed: else it can hardly be what was handed in."""
        return 0 < self.believed == self.n


def closings(source: OpenPackage, anchors: Anchors | None = None, now: dt.datetime | None = None) -> Closings:
    """The signatures over the whole of a package, each by itself.

    By this computer now, unless others are given.
    """
    from desktop.submission.judging import CLOCK, Judge
    from desktop.submission.own import believe_container, container_signature
    from desktop.submission.persons import mark_asked
    from desktop.submission.undecided import Undecided
    from desktop.trust.anchors import load_anchors

    if len(source.signatures) > MAXIMUM_SIGNATURES:
        return Closings(broken=len(source.signatures))
    whom = load_anchors() if anchors is None and source.signatures else anchors or Anchors()
    at, counts, asked = clock.now() if now is None else now, Counter[str](), False
    for number in range(len(source.signatures)):
        worth = "broken"
        # as far as they get
        try:
            found = container_signature(source, number)
            believe_container(source.manifest, found, Undecided(whom, at))
            worth = "doubted"
            believe_container(source.manifest, found, judge := Judge(whom, at))
            worth = "believed"
            mark_asked(source.manifest, judge)
            asked |= any(one.vouches for one in judge.reports)
        except Refused as error:
            if worth == "broken" and code_of(error.message) in CLOCK:
                worth = "early"
        counts[worth] += 1
    return Closings(**counts, asked=asked)


def not_closed(file: str, found: Standing) -> Message | None:
    """What speaks against that a package that is named as replaced was handed in; None where nothing does."""
    if found.believed:
        return None
    if found.closed:
        return Message("submission.replaces.unbelieved", file=file)
    return Message("submission.replaces.open", file=file)


def doubt_about(file: str, verdict: Verdict, *, same: bool = True) -> Message | None:
    """What speaks against that a package which is named as replaced was handed in, by a verdict on it.

    None where somebody believed has closed it in earnest, who was asked to, nothing of it was changed since,
    and it is of the ``same`` document.
    """
    if verdict.vouched:
        if not same:
            return Message("submission.replaces.other_document", file=file)
        if all(one.test for one in verdict.signatures if one.vouches):
            return Message("submission.replaces.practice", file=file)
        return None
    if verdict.kind is VerdictKind.REFUSED:
        refused = next(one for one in verdict.reasons if one.weight is Weight.REFUSAL)
        if _hangs_on_here(refused.code):
            return Message("submission.replaces.here", file=file, reason=refused.message)
        return Message("submission.replaces.refused", file=file, reason=refused.message)
    if verdict.closed:
        return Message("submission.replaces.not_asked", file=file)
    return Message("submission.replaces.open", file=file)


def _hangs_on_here(code: str) -> bool:
    """Whether a refusal hangs on this computer: on whom it believes, its clock and its limits.

    What was withdrawn since is refused as somebody who is not believed is.
    """
    from desktop.submission.judging import CLOCK, WHOM

    return code in WHOM | CLOCK or code.startswith(("limit.", "file."))
