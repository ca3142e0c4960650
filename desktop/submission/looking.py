"""A verification in bounds by the process that is kept for looking: for what is asked on the way.

Starting a process takes half a second, and who extends a package wants two verdicts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop.base import Message
from desktop.base.bounded.limits import STANDARD, Limits
from desktop.base.jobs import Report
from desktop.submission.bounded import judge
from desktop.submission.quoting import as_said
from desktop.submission.verdict import VerdictKind, Weight
from desktop.trust.anchors import Anchors


def refusal(report: Report, package: Path, anchors: Anchors, now: dt.datetime) -> Message | None:
    """Why every verification with these anchors refuses a package; None where none does. Raises Cancelled."""
    from desktop.submission.comparing import Looker, NotFinished
    from desktop.submission.verdict import Verdict

    if anchors.crls:
        # a process of its own reads the lists before its limits are set: they are not the package's
        verdict = judge(package, anchors, now, report)
    else:
        size = package.stat().st_size if package.is_file() else 0
        look = _Judging(package.absolute(), anchors, now, STANDARD.of(size))
        try:
            with Looker(report, keep=True) as looker:
                refused = VerdictKind.REFUSED.value
                verdict = Verdict.from_json(looker.ask(look, lambda said: said.get("verdict") == refused))
        except NotFinished as error:
            return error.message
        except (ValueError, TypeError, LookupError, AttributeError):
            # it says what no process of ours would say
            return Message("submission.limit.crash")
    if verdict.kind is not VerdictKind.REFUSED:
        return None
    return next(
        as_said(one.message, verdict.package) for one in verdict.reasons if one.weight is Weight.REFUSAL
    )


@dataclass(frozen=True, slots=True)
class _Judging:
    """One package, to be judged with these anchors."""

    package: Path
    anchors: Anchors
    now: dt.datetime
    limits: Limits

    def run(self, report: Report) -> Mapping[str, Any]:
        from desktop.submission.verifying import verify

        return verify(self.package, self.anchors, self.now, report=report).to_json()
