"""What is looked at before a key is asked for: all that a verification would look at, in bounds.

Nobody signs what every verification refuses. So the judge of verification itself is asked, but for whom to
believe; and as if the package were signed already, since what nobody has signed yet is not looked at there.

The package may have been made by somebody who means harm. A file of one megabyte unfolds to gigabytes, so
nothing of it is read in the program itself before a process with limits has come through with it.
"""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base import Cancelled, Message
from desktop.base.bounded.limits import STANDARD, Limits, starved
from desktop.base.jobs import Report
from desktop.submission.deciding import SIGNATURES_TO_COME
from desktop.submission.fingerprint import guideline_path
from desktop.submission.frame.container import OpenPackage, open_package
from desktop.submission.issuers import Issued, issued
from desktop.submission.judging import Judge
from desktop.submission.manifest import Manifest, PackedFile
from desktop.submission.mark import Mark, mark_of
from desktop.submission.own import judge_package
from desktop.submission.plainly import plain, plain_message
from desktop.submission.quoting import as_said
from desktop.submission.refusal import Refused, reason_of
from desktop.submission.resealing import WouldBeRefused, usable
from desktop.submission.returning.arrived import Arrived, put_in
from desktop.submission.signed import stamps_told
from desktop.submission.task import Believing
from desktop.submission.undecided import Undecided
from desktop.submission.verdict import Reason
from desktop.trust.anchors import Anchors

if TYPE_CHECKING:
    from desktop.submission.returning.comparing import Looker

_CHANGED = Message("submission.sign.changed_meanwhile")
LOOKING = Limits(3 * STANDARD.seconds, STANDARD.memory, clock=4.0)
"""More than a verification has: somebody waits for it, who may give up, on a computer that may be slow."""
OWN_WORK = replace(LOOKING, clock=10.0)
"""For what this program has made of this moment."""


def look_before_signing(
    report: Report,
    package: OpenPackage,
    anchors: Anchors,
    now: dt.datetime,
    *,
    contents: bool = True,
    own: bool = False,
    limits: Limits = LOOKING,
    coming: tuple[str, bool] = ("", False),
) -> tuple[Message, ...]:
    """Ask all that could refuse the package once it is signed. Raises Refused, Cancelled.

    What a verdict on it notes is handed on: whoever is about to sign has to know it before anybody else.
    What runs out of its limits is refused too (codes ``limit.*``): every verification would refuse it.
    Last stands what signatures show in their boxes, where any does (:data:`signed.OWN_STAMPS`).
    First that it is closed already, where it itself is to be signed: it may have been handed in as it is.
    ``contents`` as for :func:`judge_package`; ``anchors``: whom nobody believes is not refused here. ``own``:
    a signature that stands alone over everything is our own work of this moment. ``coming``: for which role
    somebody is about to sign, and whether it is the package itself, for what his signature makes noted.
    """
    check_plain(package.manifest)
    count = len(package.signatures) if coming[1] else 0
    closed = (Message("submission.sign.closed_already", n=count),) * bool(count)
    if not _has_to_be_read(package, own=own):
        judge = Undecided(anchors, now, signed=True, coming=coming)
        judge_package(package, judge, report, contents=contents)
        return (*closed, *(each.message for each in _noted(judge)))
    from desktop.submission.returning.comparing import Looker

    mark = mark_of(os.fstat(package.file.fileno()))
    limits = limits.of(package.size)
    with Looker(report, keep=True, anchors=anchors) as looker:
        look = Before(looker.believed, package.path.absolute(), mark, now, limits, contents, coming)
        found = ask_before(looker, look)
    return (*closed, *(each.message for each in found.notes), *stamps_told(found.issued.values()))


@dataclass(frozen=True, slots=True)
class Noted:
    """What whoever is about to sign has to know, as a person reads it, and as it is."""

    message: Message
    file: str = ""
    """Of which file of the package it is told, if of one."""
    what: str = ""
    """What is unusual, if that is told."""


@dataclass(frozen=True, slots=True)
class Found:
    """All that was found out of a package before somebody signs."""

    notes: tuple[Noted, ...]
    issued: Mapping[tuple[str, str], Issued]
    """By file and role what is known of whoever issued the certificate."""


def ask_before(looker: Looker, look: Before) -> Found:
    """What a process finds out of a package. Raises Refused, Cancelled."""
    from desktop.submission.returning.comparing import NotFinished

    try:
        found = looker.ask(look, lambda said: said.get("refused") is not None)
    except NotFinished as error:
        raise Refused(error.message) from error
    try:
        refused = found["refused"]
        message = None if refused is None else Message.from_json(refused)
        notes = tuple(Noted(Message.from_json(each), *map(str, raw)) for each, *raw in found.get("notes", ()))
        issued = {
            (str(file), str(role)): Issued.from_json(each) for file, role, each in found.get("issued", ())
        }
    except (ValueError, TypeError, LookupError, AttributeError):
        # it says what no process of ours would say
        message, notes, issued = Message("submission.limit.crash"), (), {}
    if message is not None:
        raise Refused(message)
    return Found(notes, issued)


def notes_before(
    report: Report,
    package: Path,
    anchors: Anchors,
    now: dt.datetime,
    coming: tuple[str, bool] = ("", False),
    *,
    expected: str = "",
) -> tuple[Message, ...]:
    """What a verdict notes of a package, for whoever is about to sign it; ``expected``: the state shown.

    Another package may lie there by now, and what is told of that one says nothing of his. Raises
    PackageUnusable, ChangedMeanwhile, Refused.
    """
    with usable(package, expected) as source:
        return look_before_signing(report, source, anchors, now, coming=coming)


def _noted(judge: Judge, open_: str = "") -> tuple[Noted, ...]:
    """What is to be known and what is missing, but for the signatures that are still to come.

    One of each kind first, then the second of each: who shows the first few leaves out no kind for another.
    ``open_`` stands in for roles that nobody knows yet: what is told of them is told of nobody.
    """
    often, ranked = Counter[str](), list[tuple[int, Reason]]()
    for each in judge.reasons:
        if each.code not in SIGNATURES_TO_COME and not (open_ and open_ in repr(each)):
            ranked.append((often[each.code], each))
            often[each.code] += 1
    told = (each.message for _, each in sorted(ranked, key=lambda pair: pair[0]))
    return tuple(
        Noted(as_said(plain_message(each), judge.package), _text(each, "file"), _text(each, "what"))
        for each in told
    )


def _text(message: Message, key: str) -> str:
    found = message.params.get(key, "")
    return found if isinstance(found, str) else ""


def check_plain(manifest: Manifest) -> None:
    """Names and offices are drawn into stamps and on cover sheets: nobody signs what reads otherwise there.

    Our own sealing makes them plain. Raises Refused.
    """
    asked = (*manifest.signers, *(one for file in manifest.files for one in file.signers))
    texts = [manifest.region.name, *(text for one in asked for text in (one.role, one.name, one.office))]
    texts += [file.media_type for file in manifest.files]
    if any(plain(text) != text for text in texts):
        raise Refused(Message("submission.manifest.malformed"))


def look_at_written(
    report: Report,
    anchors: Anchors,
    now: dt.datetime,
    target: Path,
    *,
    contents: bool = True,
    limits: Limits = LOOKING,
) -> Callable[[Path], None]:
    """What looks at a package that was written for ``target``, before it takes its place.

    ``contents``: its files too, where they were not compared with the manifest on their way. It raises
    WouldBeRefused for what every verification would refuse.
    """

    def look(part: Path) -> None:
        try:
            with open_package(part) as written:
                look_before_signing(report, written, anchors, now, contents=contents, own=True, limits=limits)
        except Refused as error:
            raise WouldBeRefused(target.name, error.message) from error

    return look


def _has_to_be_read(package: OpenPackage, *, own: bool) -> bool:
    """Whether anything lies in it that is more than bytes to be hashed: a process takes its time to start."""
    pack = guideline_path(package.manifest.guideline.id)

    def read(file: PackedFile) -> bool:
        return file.role != "evidence" or bool(file.signers) or file.signed is not None or file.path == pack

    return len(package.signatures) > own or any(map(read, package.manifest.files))


@dataclass(frozen=True, slots=True)
class Before(Believing):
    """A package, and the mark of the file that the program holds open."""

    package: Path
    mark: Mark
    now: dt.datetime
    limits: Limits
    contents: bool
    coming: tuple[str, bool] = ("", False)
    arrived: tuple[Arrived, ...] = ()
    """Documents that it is to hold as they came back."""
    open_: str = ""
    """As for :func:`_noted`."""

    def run(self, report: Report) -> Mapping[str, Any]:
        """Judge it in that process."""
        try:
            report(0, 0, Message("submission.sign.looking"))
            with open_package(self.package) as source, put_in(source, self.arrived) as package:
                if mark_of(os.fstat(source.file.fileno())) != self.mark:
                    raise Refused(_CHANGED)  # noqa: TRY301 - said as every other refusal
                judge = Undecided(self.anchors or Anchors(), self.now, signed=True, coming=self.coming)
                judge_package(package, judge, report, contents=self.contents)
        except Cancelled:
            raise
        except Exception as error:  # noqa: BLE001 - as in a verdict: whatever a reader raises is a refusal
            cause = error.__cause__
            if starved(cause if isinstance(cause, Exception) else error):
                return {"limit": "memory"}
            return {"refused": reason_of(error).to_json()}
        notes = [(each.message.to_json(), each.file, each.what) for each in _noted(judge, self.open_)]
        return {"refused": None, "notes": notes, "issued": [*_issued(judge)]}


def _issued(judge: Judge) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for each in judge.reports:
        about = (each.file, each.role)
        doubt = judge.doubts.get(about)
        said = None if doubt is None else as_said(plain_message(doubt), judge.package)
        yield (*about, issued(each, said).to_json())
