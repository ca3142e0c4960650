"""Adding to a package what its signatures cannot say themselves: when they existed, and that they were good.

Only ever because somebody asked for it. A signature over the container gets a timestamp (B-T) and, if
wanted and if it can be had, answers about revocation (B-LT); nothing that is signed changes. Where the
container is not signed yet, its signed documents get theirs.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from desktop.base import Message, RancangError
from desktop.base.aside import Aside
from desktop.base.jobs import Report
from desktop.submission.frame.asic import DataFile
from desktop.submission.frame.container import MAXIMUM_SIGNATURE, OpenPackage
from desktop.submission.judging import Judge
from desktop.submission.looking import refusal
from desktop.submission.manifest import Manifest, PackedFile
from desktop.submission.own import believe_container, parts_of, read_own_signature
from desktop.submission.proving import Level
from desktop.submission.quoting import as_said
from desktop.submission.resealing import (
    PackageUnusable,
    Replacement,
    WouldBeRefused,
    rewrite,
    rewriting,
    state_of,
    usable,
)
from desktop.submission.verdict import SignatureReport
from desktop.submission.xades.writing import XadesParts, stamped_bytes, write_xades
from desktop.trust.anchors import Anchors
from desktop.trust.certificate import der
from desktop.trust.fetching import Fetched, Online
from desktop.trust.online import host_of
from desktop.trust.path import NoPath, find_lent_path
from desktop.trust.timeservice import TimeService
from desktop.trust.timestamps import plain_token


class NothingToExtend(RancangError):
    """Nobody has signed, or everything is there already."""

    def __init__(self, file: str, *, signed: bool) -> None:
        super().__init__(
            Message("submission.extend.already", file=file)
            if signed
            else Message("submission.extend.unsigned", file=file)
        )


class NotProven(RancangError):
    """A timestamp came, but it would prove nothing about this signature."""

    exit_code = 1

    def __init__(self, reason: Message, holder: str = "") -> None:
        super().__init__(Message("submission.extend.not_proven", reason=as_said(reason)))
        self.holder = holder
        """Whose signature it is."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """One signature that got something."""

    file: str
    """The document it is in; empty for one over the container."""
    holder: str
    proven_at: dt.datetime
    proven_by: str
    revocation: bool
    """Whether answers about revocation are there as well."""


@dataclass(frozen=True, slots=True)
class Extended:
    """What was added, and what could not be had."""

    path: Path
    stamped: tuple[Stamped, ...]
    notes: tuple[Message, ...] = ()
    kept: Path | None = None
    """Where the closed package without them is kept, when this one lies in its place."""


def extend(
    report: Report,
    package: Path,
    target: Path,
    service: TimeService,
    level: Level,
    anchors: Anchors,
    now: dt.datetime,
) -> Extended:
    """Add timestamps (and for ``lt`` answers about revocation) to a package's signatures.

    Everything is fetched before ``target`` is written, and what was written is verified before it takes the
    place: nobody extends a sound package to one that is refused. Raises :class:`NothingToExtend`,
    :class:`NotProven` (where no signature can be proven any more; of some, the notes tell),
    :class:`PackageUnusable`, :class:`WouldBeRefused`, CannotExtendPdf, NoAnswer.
    """
    online = Online(service, anchors, now, ticking(report, service))
    # In bounds: nothing of it is read here before a process with limits has come through with it.
    refused = refusal(report, package, anchors, now)
    if refused is not None:
        raise PackageUnusable(package.name, refused)
    with usable(package) as source:
        before = state_of(source)
        signed = bool(source.signatures) or any(one.signed is not None for one in source.manifest.files)
        work = _container(source, level, online) if source.signatures else _documents(source, level, online)
    if not work.stamped:
        if work.unproven:
            raise work.unproven[0]
        raise NothingToExtend(package.name, signed=signed)

    def verified(part: Path) -> None:
        refused = refusal(report, part, anchors, now, of=package)
        if refused is not None:
            raise WouldBeRefused(target.name, refused)

    # Opened once more: what is asked may take long (another may have come while authorities answered), and
    # Windows replaces no file that is still open.
    aside = Aside()
    with rewriting(package, target, before, verified, aside=aside) as (source, out):
        rewrite(report, source, out, work.changes, None, work.signatures)
    notes = tuple(dict.fromkeys(map(as_said, (*work.notes, *map(_late, work.unproven)))))
    return Extended(target, tuple(work.stamped), notes, aside.path)


def online_for(
    service: TimeService | None, anchors: Anchors, now: dt.datetime, report: Report
) -> Online | None:
    """Whom to ask while signing; None where nobody is to be asked. Raises NoAnswer for a bad address."""
    return None if service is None else Online(service, anchors, now, ticking(report, service))


def ticking(report: Report, service: TimeService) -> Callable[[], None]:
    """What is told while waiting for an answer; ``report`` may raise to give up. Raises NoAnswer."""
    message = Message("submission.extend.asking", host=host_of(service.address))
    return lambda: report(0, 0, message)


@dataclass(slots=True)
class _Work:
    """What the new package will have that the old one has not."""

    changes: dict[str, Replacement]
    signatures: tuple[bytes, ...]
    stamped: list[Stamped]
    notes: list[Message]
    unproven: list[NotProven]
    """Signatures about which nothing can be proven any more; what can still be kept of others is kept."""


def _container(source: OpenPackage, level: Level, online: Online) -> _Work:
    files = source.data_files()
    work = _Work({}, (), [], [], [])
    for number, name in enumerate(source.signatures):
        data = source.read(name)
        try:
            better = extend_signature(data, number, files, source.manifest, level, online)
        except NotProven as late:
            work.signatures += (data,)
            work.unproven.append(late)
            continue
        work.signatures += (better.data,)
        work.notes += better.notes
        if better.data != data:
            work.stamped += _told((better.report,))
    return work


def _told(reports: Iterable[SignatureReport]) -> list[Stamped]:
    return [
        Stamped(one.file, one.holder, one.proven_at, one.proven_by, one.revocation)
        for one in reports
        if one.proven_at is not None
    ]


@dataclass(frozen=True, slots=True)
class BetterSignature:
    """A signature file with what was added, verified."""

    data: bytes
    report: SignatureReport
    notes: tuple[Message, ...]


def extend_signature(
    data: bytes, number: int, files: tuple[DataFile, ...], manifest: Manifest, level: Level, online: Online
) -> BetterSignature:
    """One of our signature files with a timestamp, and with answers as far as they can be had.

    Raises NoAnswer, :class:`NotProven`, Refused.
    """
    found = read_own_signature(data, number, files)
    parts, notes = parts_of(found, number), list[Message]()
    before = _judged(data, number, files, manifest, online)
    if before.proven_at is None:
        digest = hashlib.sha256(stamped_bytes(parts, found.value)).digest()
        tokens = (*parts.attached.tokens, plain_token(online.stamp(digest).token))
        parts = replace(parts, attached=replace(parts.attached, tokens=tokens))
        data = write_xades(parts, files, found.value)
        before = _judged(data, number, files, manifest, online)
    if before.proven_at is None:
        raise _too_late(before, online)
    if level == "lt" and not before.revocation:
        others = (*found.others, *found.unsigned.evidence.certificates)
        at = before.proven_at
        path = find_lent_path(found.certificate, others, online.anchors, at, proven=at, now=online.now)
        if isinstance(path, NoPath):
            raise NotProven(path.message, before.holder)
        fetched = online.status(path.certificates, before.proven_at)
        if fetched.problem is not None:
            notes.append(_without_status(before, fetched.problem))
        else:
            known = {der(one) for one in (found.certificate, *others)}
            between = tuple(der(one) for one in path.certificates[:-1] if der(one) not in known)
            better = write_xades(_with(parts, between, fetched), files, found.value)
            if len(better) > MAXIMUM_SIGNATURE:
                reason = Message("submission.extend.lists_large", megabytes=MAXIMUM_SIGNATURE >> 20)
                notes.append(_without_status(before, reason))
            else:
                data = better
                before = _judged(data, number, files, manifest, online)
    return BetterSignature(data, before, tuple(notes))


def _too_late(of: SignatureReport, online: Online) -> NotProven:
    reason = Message("submission.note.stamped_too_late", holder=of.holder, proven=online.now)
    return NotProven(reason, of.holder)


def _late(one: NotProven) -> Message:
    """What is told of it where others got something."""
    return Message("submission.extend.late", holder=one.holder)


def _without_status(of: SignatureReport, reason: Message) -> Message:
    return Message("submission.extend.without_status", holder=of.holder, reason=reason)


def _with(parts: XadesParts, certificates: tuple[bytes, ...], fetched: Fetched) -> XadesParts:
    attached = replace(
        parts.attached,
        certificates=(*parts.attached.certificates, *certificates),
        lists=fetched.lists,
        answers=fetched.answers,
    )
    return replace(parts, attached=attached)


def _judged(
    data: bytes, number: int, files: tuple[DataFile, ...], manifest: Manifest, online: Online
) -> SignatureReport:
    """What a verification will say of the signature."""
    judge = Judge(online.anchors, online.now)
    believe_container(manifest, read_own_signature(data, number, files), judge)
    return judge.reports[-1]


def _documents(source: OpenPackage, level: Level, online: Online) -> _Work:
    """The signed documents of a container that nobody has signed yet."""
    work = _Work({}, (), [], [], [])
    for file in source.manifest.files:
        if file.signed is not None:
            _document(source, file, level, online, work)
    return work


def _document(source: OpenPackage, file: PackedFile, level: Level, online: Online, work: _Work) -> None:
    # pyHanko takes its time to load, and a signed container does without.
    from desktop.submission.pdf.extend import extend_pdf

    data = b"".join(bytes(piece) for piece in source.checked(file))
    better = extend_pdf(data, file, level, online)
    work.notes += better.notes
    work.unproven += [_too_late(one, online) for one in better.reports if one.proven_at is None]
    if file.signed is None or not better.gained:
        return
    signed = msgspec.structs.replace(
        file.signed, size=len(better.data), sha256=hashlib.sha256(better.data).hexdigest()
    )
    work.changes[file.path] = Replacement(msgspec.structs.replace(file, signed=signed), better.data)
    work.stamped += _told(better.gained)
