"""A package that somebody closed is opened again, and no document of it is signed.

Anybody who has the file can lay a signature over the whole, and every verification refuses the package for
one that nobody believes: so whoever holds it can take that out. The one that was closed is kept beside it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from desktop.base import Message, RancangError
from desktop.base.aside import Aside
from desktop.base.jobs import Report
from desktop.submission.before import look_at_written
from desktop.submission.quoting import as_said
from desktop.submission.resealing import ChangedMeanwhile, rewriting
from desktop.submission.signing import Signed, written
from desktop.trust.anchors import Anchors


class NotClosed(RancangError):
    """There is no signature over the whole package that could be taken out."""

    exit_code = 1

    def __init__(self, file: str) -> None:
        super().__init__(as_said(Message("submission.sign.not_closed", file=file)))


def open_again(
    report: Report,
    package: Path,
    target: Path,
    anchors: Anchors,
    now: dt.datetime,
    *,
    expected: str = "",
    identity: str = "",
) -> Signed:
    """The package without any signature over the whole; those on its documents stay. Runs as a job.

    Whoever closed it is not asked to be sound: what cannot be read of a signature goes as well. What it
    replaces is told as where a document is signed late (:func:`desktop.submission.signing.written`).
    ``expected``: the state of the package that somebody has looked at; ``identity``: the id of the one that
    somebody was asked about. Raises :class:`NotClosed`, PackageUnusable, ChangedMeanwhile, WouldBeRefused,
    FileProblem, Cancelled.
    """
    look = look_at_written(report, Anchors(), now, target)
    aside = Aside()
    with rewriting(package, target, expected, look, aside=aside, crowded=True) as (source, out):
        if identity and source.manifest.id != identity:
            raise ChangedMeanwhile(package.name)
        if not source.signatures:
            raise NotClosed(package.name)
        signed = written(report, source, out, target, {}, whom=(anchors, now))
    return replace(signed, kept=aside.path)
