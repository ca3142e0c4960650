"""Verification: is this package what was sealed, whole, and signed by whom it should be?

The order is that of cost and danger: the frame before anything is read, the manifest before the files,
the digests before the signatures, and PDFs (the largest attack surface) only when all else holds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from desktop.base import Cancelled, Message, RancangError
from desktop.base.bounded.limits import PATIENT, STANDARD, starved
from desktop.base.jobs import Report, quiet
from desktop.submission.bounded import How, judge_many
from desktop.submission.deciding import decide
from desktop.submission.foreign import judge_foreign
from desktop.submission.judging import Judge
from desktop.submission.own import check_late, judge_own
from desktop.submission.plainly import plain_verdict
from desktop.submission.refusal import Refused, reason_of
from desktop.submission.verdict import Reason, Verdict, VerdictKind, Weight
from desktop.trust.anchors import Anchors

_NOT_OURS = frozenset({"manifest.missing", "manifest.unknown"})
"""What is refused for any other reason is one of our packages, and ``--any`` makes nothing better of it."""


def verify(
    path: Path,
    anchors: Anchors,
    now: dt.datetime,
    any_: bool = False,  # noqa: FBT001, FBT002 - the command's --any
    report: Report = quiet,
    due: dt.datetime | None = None,
) -> Verdict:
    """Judge one file in this process, without limits (:func:`desktop.submission.bounded.judge` has them).

    Every failure, of whatever kind, is a verdict and never an exception (but Cancelled).

    ``any_`` also accepts containers of other programs, judged by structure, coverage and signatures
    only. A signature after ``due`` is an administrative fault.
    """
    own = _guarded(path, anchors, now, lambda judge: judge_own(path, judge, report, due))
    if not any_ or not _NOT_OURS.intersection(reason.code for reason in own.reasons):
        return own

    def foreign(judge: Judge) -> None:
        judge_foreign(path, judge, report)
        check_late(judge, due, nobody_asked=True)

    return _guarded(path, anchors, now, foreign)


def verify_many(
    report: Report,
    paths: tuple[Path, ...],
    anchors: Anchors,
    now: dt.datetime,
    any_: bool = False,  # noqa: FBT001, FBT002 - the command's --any
    patient: bool = False,  # noqa: FBT001, FBT002 - the command's --patient
) -> tuple[Verdict, ...]:
    """Judge each file in bounds, its SHA-256 with it; ``report`` first, so that it runs as a job."""
    again = paths[0] if len(paths) == 1 else None
    how = How(any=any_, digest=True, limits=PATIENT if patient else STANDARD, again=again)
    return tuple(judge_many(paths, anchors, now, report, how))


def changed(path: Path) -> Verdict:
    """Of a file that somebody exchanged or wrote at while it was judged."""
    message = Message("submission.file.changed", file=path.name)
    return plain_verdict(Verdict(VerdictKind.REFUSED, path.name, (Reason(Weight.REFUSAL, message),)))


def _guarded(path: Path, anchors: Anchors, now: dt.datetime, work: Callable[[Judge], None]) -> Verdict:
    """Run a judge; whatever it or a parser under it raises is a refusal with a code."""
    judge = Judge(anchors, now)
    try:
        work(judge)
    except Cancelled:
        raise
    except Exception as error:  # noqa: BLE001 - hostile files make foreign parsers raise anything; that is a refusal
        if not isinstance(error, Refused | RancangError) and starved(error):
            return _refused(path, judge, Message("submission.limit.memory", megabytes=STANDARD.memory >> 20))
        return _refused(path, judge, reason_of(error))
    reasons = tuple(judge.reasons)
    kind = decide(reasons, signed=judge.signed)
    reports, files = tuple(judge.reports), tuple(judge.files)
    found = Verdict(
        kind, path.name, reasons, reports, judge.package, files, judge.now, until=judge.until
    )  # fmt: skip
    return plain_verdict(found)


def _refused(path: Path, judge: Judge, message: Message) -> Verdict:
    reasons = (Reason(Weight.REFUSAL, message), *judge.reasons)
    reports = tuple(judge.reports)
    refused = VerdictKind.REFUSED
    found = Verdict(refused, path.name, reasons, reports, judge.package, (), judge.now, until=judge.until)
    return plain_verdict(found)
