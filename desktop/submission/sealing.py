"""Sealing (*kunci dokumen*): books, data and evidence become an unsigned package, always the same bytes."""

from __future__ import annotations

import datetime as dt
import filecmp
import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
from msgspec import UNSET

from desktop import __version__
from desktop.base import Message, RancangError
from desktop.base.aside import Aside
from desktop.base.canonical import moment_text
from desktop.base.jobs import Report
from desktop.base.placing import replacing
from desktop.books.edition import EDITION
from desktop.submission import manifest as manifests
from desktop.submission.frame.container import (
    PackageWriter,
    Pieces,
    Written,
    file_pieces,
    open_package,
    write_tail,
)
from desktop.submission.frame.zipframe import Turns, two_turns
from desktop.submission.manifest import (
    Application,
    Expected,
    FileRole,
    GuidelineInfo,
    Initials,
    Manifest,
    PackedFile,
    Period,
    RegionInfo,
    WorkspaceInfo,
    content_id,
)
from desktop.submission.names import check_names, folded, in_frame
from desktop.submission.pdf.fields import StampBox, with_fields
from desktop.submission.plainly import plain
from desktop.submission.quoting import as_said
from desktop.submission.refusal import Refused
from desktop.submission.resealing import in_turn, untouched

PDF = "application/pdf"


class CannotSeal(RancangError):
    """A file cannot go into a package; carries the reason."""

    def __init__(self, reason: Message) -> None:
        super().__init__(as_said(Message("submission.seal.refused", reason=reason)))


@dataclass(frozen=True, slots=True)
class SealSigner:
    """Somebody who has to sign: a role of the guideline, and who holds it.

    Without ``box`` the signature is invisible. ``certificate`` is the SHA-256 of the certificate, if known.
    """

    role: str
    name: str = ""
    office: str = ""
    certificate: str = ""
    box: StampBox | None = None
    step: int = 0
    """The place of the signature in the guideline's order (1 = first); 0 where none is known."""


@dataclass(frozen=True, slots=True)
class SealFile:
    """A file for the package; ``content`` is its bytes or where they lie."""

    path: str
    media_type: str
    role: FileRole
    content: bytes | Path
    signers: tuple[SealSigner, ...] = ()
    pages: int = 0
    """Of a printed document; 0 = not counted."""
    placed: bool = False
    """Whether the content holds the fields for its signers already (see :func:`with_places`)."""

    @property
    def data(self) -> bytes:
        """The content as bytes, wherever it lies. Raises FileProblem."""
        if isinstance(self.content, bytes):
            return self.content
        return b"".join(bytes(piece) for piece in file_pieces(self.content))


@dataclass(frozen=True, slots=True)
class SealInput:
    """Everything a sealed package is made from; equal inputs give equal bytes.

    ``changed_at`` is the time of the last operation (not the present one), ``previous`` the SHA-256 of
    the container this one replaces, ``open_mandatory`` the number of mandatory findings still open.
    ``signers`` are those who sign the container, in any order.
    """

    region_code: str
    region_name: str
    first_year: int
    last_year: int
    guideline_id: str
    guideline_version: str
    workspace: str
    head: str
    changed_at: dt.datetime
    files: tuple[SealFile, ...]
    signers: tuple[SealSigner, ...] = ()
    initials: tuple[Initials, ...] = ()
    open_mandatory: int = 0
    notes: tuple[str, ...] = ()
    previous: str = ""
    printed_on: dt.date | None = None
    """The day of printing, where it is not that of the last change."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A package on disk and its identity."""

    path: Path
    id: str
    files: int
    size: int
    kept: Path | None = None
    """Where what lay at its place before is kept, if that was anything else."""
    position: int = 0
    """How far the journal of the workspace reached that was printed; nothing that came later is in it."""
    doubt: Message | None = None
    """What speaks against that the package which it names as replaced was handed in, if anything does."""


def seal(
    report: Report,
    what: SealInput,
    target: Path,
    judge: Callable[[Path], None] | None = None,
    *,
    over_signed: bool = True,
) -> Sealed:
    """Write the sealed, unsigned package to ``target``, replacing it only when complete.

    ``judge`` is shown what was written before it takes its place; anything else that lay there is kept
    beside. Without ``over_signed`` a package that somebody signed, also meanwhile, is left as it is.
    Raises :class:`CannotSeal`, Busy, FileProblem, Cancelled (from ``report``), and what ``judge`` raises.
    """
    files = sorted(what.files, key=lambda file: file.path.encode())
    _check(files)
    moment = _sealed_at(what)
    packed: list[PackedFile] = []
    aside = Aside()
    try:
        as_it_was = untouched(target)

        def look() -> None:
            if not over_signed:
                keep_signed(target)
            as_it_was()

        def judged(part: Path) -> None:
            if judge is not None:
                judge(part)
            # what went out for signatures may come back to the package that it is of
            aside.wanted = target.exists() and not filecmp.cmp(part, target, shallow=False)

        with in_turn(target), replacing(target, look, judged, checked=True, aside=aside) as out:
            writer, turns = PackageWriter(out, moment), two_turns()
            for index, file in enumerate(files):
                report(index, len(files), Message("submission.seal.packing", name=file.path))
                packed.append(_packed(file, writer.add(file.path, _prepared(file, turns))))
            manifest = _manifest(what, tuple(packed), moment)
            manifests.read_manifest(manifest.to_bytes())  # what nobody could read is not handed to signers
            write_tail(writer, manifest)
            size = out.tell()
    except Refused as error:
        raise CannotSeal(error.message) from error
    report(len(files), len(files), Message("submission.seal.done"))
    return Sealed(target, manifest.id, len(files), size, aside.path)


def stated(what: SealInput, documents: Iterable[SealFile]) -> Manifest:
    """What the package will say of itself and of these documents, whose fields are in place already."""
    sized = ((one, one.data) for one in documents)
    packed = tuple(_packed(one, Written(len(data), hashlib.sha256(data).digest(), 0)) for one, data in sized)
    return _manifest(what, packed, _sealed_at(what))


def _sealed_at(what: SealInput) -> dt.datetime:
    return what.changed_at.astimezone(dt.UTC).replace(microsecond=0)


def keep_signed(target: Path) -> None:
    """Whoever signed a package must not lose that to whoever seals anew. Raises :class:`CannotSeal`."""
    # on the package's own word: what only might be somebody's signature is kept as well
    if target.exists() and signatures_in(target):
        raise CannotSeal(Message("submission.seal.over_signed", file=target.name))


def signatures_in(package: Path) -> int | None:
    """How many signatures a package of ours says that it carries; None for any other file."""
    try:
        with open_package(package) as opened:
            signed = (len(file.signed.fields) or 1 for file in opened.manifest.files if file.signed)
            return len(opened.signatures) + sum(signed)
    except (Refused, RancangError):
        return None


def _check(files: list[SealFile]) -> None:
    """Names, and what is reserved for the frame."""
    try:
        check_names(file.path for file in files)
    except Refused as error:
        raise CannotSeal(error.message) from error
    for file in files:
        if in_frame(file.path) or folded(file.path) == manifests.NAME:
            raise CannotSeal(Message("submission.name.reserved", name=file.path))
        roles = [signer.role for signer in file.signers]
        if roles and (file.media_type != PDF or len(set(roles)) != len(roles)):
            raise CannotSeal(Message("submission.seal.signers", name=file.path))


def with_places(file: SealFile) -> SealFile:
    """The file as it will lie in the package: a PDF that is to be signed with its signature fields."""
    return replace(file, content=b"".join(bytes(piece) for piece in _prepared(file)), placed=True)


def _prepared(file: SealFile, turns: Turns | None = None) -> Pieces:
    """The file's pieces; a PDF that will be signed gets its signature fields first."""
    if file.placed or not file.signers:
        return [file.content] if isinstance(file.content, bytes) else file_pieces(file.content, turns)
    return [with_fields(file.data, {signer.role: signer.box for signer in file.signers}, file.path)]


def _packed(file: SealFile, written: Written) -> PackedFile:
    return PackedFile(
        path=file.path,
        media_type=file.media_type,
        role=file.role,
        size=written.size,
        sha256=written.sha256.hex(),
        signers=tuple(_expected(signer) for signer in file.signers),
        pages=file.pages or msgspec.UNSET,
    )


def _expected(signer: SealSigner) -> Expected:
    return Expected(
        role=signer.role,
        name=plain(signer.name)[: manifests.MAXIMUM_TEXT],
        office=plain(signer.office)[: manifests.MAXIMUM_TEXT],
        certificate=signer.certificate.lower(),
        step=signer.step or UNSET,
    )


def _manifest(what: SealInput, files: tuple[PackedFile, ...], moment: dt.datetime) -> Manifest:
    draft = Manifest(
        previous=what.previous.lower(),
        created_at=moment_text(moment),
        application=Application(version=__version__, printing=EDITION),
        workspace=WorkspaceInfo(id=what.workspace, head=what.head),
        region=RegionInfo(code=what.region_code, name=what.region_name),
        period=Period(first_year=what.first_year, last_year=what.last_year),
        guideline=GuidelineInfo(id=what.guideline_id, version=what.guideline_version),
        open_mandatory=what.open_mandatory,
        notes=what.notes,
        signers=tuple(_expected(signer) for signer in what.signers),
        initials=what.initials or UNSET,
        printed_on=what.printed_on.isoformat() if what.printed_on is not None else UNSET,
        files=files,
    )
    return msgspec.structs.replace(draft, id=content_id(draft))


def container_hash(path: Path) -> str:
    """SHA-256 of a container as a file: what the next one names as ``previous``. Raises FileProblem."""
    sha = hashlib.sha256()
    for piece in file_pieces(path):
        sha.update(piece)
    return sha.hexdigest()
