"""A verdict that is asked for on the way: whether a package would be refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from desktop.base import Message
from desktop.base.jobs import Report
from desktop.submission.bounded import How, judge
from desktop.submission.quoting import as_said
from desktop.submission.verdict import VerdictKind, Weight
from desktop.trust.anchors import Anchors


def refusal(
    report: Report, package: Path, anchors: Anchors, now: dt.datetime, of: Path | None = None
) -> Message | None:
    """Why every verification with these anchors refuses a package; None where none does. Raises Cancelled.

    ``of``: the package of which it is a state, where it is not at its place yet.
    """
    verdict = judge(package, anchors, now, report, How(again=of or package))
    if verdict.kind is not VerdictKind.REFUSED:
        return None
    return next(
        as_said(one.message, verdict.package) for one in verdict.reasons if one.weight is Weight.REFUSAL
    )
