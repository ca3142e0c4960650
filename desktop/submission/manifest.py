"""``manifest.json``: what a package is, what lies in it, and who has to sign what.

Its id is a hash of its own content without what signing changes, so a package keeps its identity from
the moment it is sealed until the last signature.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal, TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

from desktop.base import Message
from desktop.base.canonical import canonical, digest, moment_text
from desktop.submission.refusal import Refused

NAME = "manifest.json"
FORMAT = "rancang-package"
VERSION = 1
MAXIMUM_SIZE = 8 << 20

FileRole = Literal["book", "application", "commitment", "memorandum", "approval", "data", "evidence", "other"]
Grade = Literal["same-bytes", "same-pages"]
"""How a PDF that came back differs from the sealed one: signatures appended, or written anew by another
program with the same pages (a person confirmed it)."""

Sha256: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]*$(?!\n)", min_length=64, max_length=64)]
Sha256OrNone: TypeAlias = Annotated[str, msgspec.Meta(pattern=r"^(|[0-9a-f]{64})$(?!\n)", max_length=64)]
Size: TypeAlias = Annotated[int, msgspec.Meta(ge=0)]
Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Year: TypeAlias = Annotated[int, msgspec.Meta(ge=1900, le=2200)]
MAXIMUM_SIGNERS = 200
"""Of one document, or of the package."""
MAXIMUM_INITIALS = 500
"""Every head of every agency may put one under several steps."""

MAXIMUM_TEXT = 1000
"""Signs of any text in a manifest: it is shown in windows and on paper, and nobody can prove it short."""
Short: TypeAlias = Annotated[str, msgspec.Meta(max_length=MAXIMUM_TEXT)]
Step: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=1000)]
Way = Literal["p12", "token", "elsewhere"]
"""With a key file, a token, or by a signing service outside of this program."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Anything in a manifest; every key is always written, but for those that came later (``UNSET``)."""


class Expected(Part, frozen=True, kw_only=True):
    """Somebody whose signature a document or the package needs."""

    role: Short
    name: Short = ""
    office: Short = ""
    certificate: Sha256OrNone = ""
    """SHA-256 of the certificate, if it is known beforehand (it is not, for remote signing)."""
    step: Step | UnsetType = UNSET
    """The place of this signature in the guideline's order; earlier packages do not say it."""


class RoleField(Part, frozen=True, kw_only=True):
    """Which signature field of the PDF holds which role's signature."""

    role: Short
    field: Short
    how: Way | UnsetType = UNSET
    """How it was signed, by the one who put it in; what it is worth is read from the signature alone."""


class Initials(Part, frozen=True, kw_only=True):
    """A paraf as the team noted it when the package was sealed: information, never a proof."""

    step: Step
    label: Short
    state: Literal["waiting", "initialled", "changed", "returned"]
    """``changed``: given, and the plan was written in afterwards."""
    name: Short = ""
    office: Short = ""
    date: Annotated[str, msgspec.Meta(pattern=r"^(|[0-9]{4}-[0-9]{2}-[0-9]{2})$(?!\n)")] = ""


Parafs: TypeAlias = Annotated[tuple[Initials, ...], msgspec.Meta(max_length=MAXIMUM_INITIALS)]


Page: TypeAlias = Annotated[int, msgspec.Meta(ge=1, le=1_000_000)]
FARTHEST = 10_000_000
"""Hundredths of a point: more than ten times as far as a page may reach."""
Hundredths: TypeAlias = Annotated[int, msgspec.Meta(ge=-FARTHEST, le=FARTHEST)]
NAME_OF_ENTRY = r"^/[A-Za-z0-9]{1,30}( /[A-Za-z0-9]{1,30}){0,3}$(?!\n)"
"""What is unusual, as ISO 32000-1 calls it; it has no room for a sentence of anybody's."""
NameOfEntry: TypeAlias = Annotated[str, msgspec.Meta(pattern=NAME_OF_ENTRY, max_length=130)]


class Place(Part, frozen=True, kw_only=True):
    """Where the field of an official lay in the document that was sealed."""

    role: Short
    page: Page
    corners: tuple[Hundredths, Hundredths, Hundredths, Hundredths]
    """Left, bottom, right and top in hundredths of a point."""


class Seen(Part, frozen=True, kw_only=True):
    """What was seen of a document when it came back, and whoever is named as having compared was asked."""

    outside_box: Annotated[tuple[Page, ...], msgspec.Meta(max_length=MAXIMUM_SIGNERS)] = ()
    """The pages with a stamp beside every box."""
    unusual: Annotated[tuple[NameOfEntry, ...], msgspec.Meta(max_length=MAXIMUM_SIGNERS)] = ()
    """What is drawn otherwise than in books of ours."""
    places: Annotated[tuple[Place, ...], msgspec.Meta(max_length=MAXIMUM_SIGNERS)] = ()
    """Of a document written anew; nobody was asked about these."""


class SignedFile(Part, frozen=True, kw_only=True):
    """A PDF's present bytes, once somebody has signed it."""

    size: Size
    sha256: Sha256
    grade: Grade
    confirmed_by: Short = ""
    """Who compared the pages, when the grade is ``same-pages``."""
    within_box: Annotated[tuple[Size, ...], msgspec.Meta(max_length=MAXIMUM_SIGNERS)] | UnsetType = UNSET
    """The pages (from 1) that had changed within a signature's box, when whoever compared them was asked."""
    seen: Seen | UnsetType = UNSET
    """What else there was; earlier packages do not say it."""
    fields: Annotated[tuple[RoleField, ...], msgspec.Meta(max_length=MAXIMUM_SIGNERS)]


class PackedFile(Part, frozen=True, kw_only=True):
    """One file of the package; ``size`` and ``sha256`` are those at sealing, before any signature."""

    path: Short
    media_type: Short
    role: FileRole
    size: Size
    sha256: Sha256
    signers: Annotated[tuple[Expected, ...], msgspec.Meta(max_length=MAXIMUM_SIGNERS)] = ()
    signed: SignedFile | None = None
    pages: Size | msgspec.UnsetType = msgspec.UNSET
    """Pages of a printed document; packages of earlier programs do not say."""

    @property
    def counted(self) -> int:
        """:attr:`pages`, 0 where nothing is said."""
        return self.pages if isinstance(self.pages, int) else 0

    @property
    def present_size(self) -> int:
        """Bytes now in the package."""
        return self.signed.size if self.signed else self.size

    @property
    def kept_size(self) -> int:
        """Of what was signed, how many bytes at its beginning are those that were sealed; 0 if none are."""
        return self.size if self.signed is not None and self.signed.grade == "same-bytes" else 0

    @property
    def present_sha256(self) -> str:
        """SHA-256 of what is now in the package."""
        return self.signed.sha256 if self.signed else self.sha256

    def field_of(self, role: str) -> str | None:
        """The PDF field that holds this role's signature, if there is one yet."""
        fields = self.signed.fields if self.signed else ()
        return next((one.field for one in fields if one.role == role), None)


class Application(Part, frozen=True, kw_only=True):
    """The program that sealed the package."""

    name: Short = "Rancang"
    version: Short
    printing: Count | UnsetType = UNSET
    """The edition of its printing (:mod:`desktop.books.edition`); left out before there were any."""

    @property
    def edition(self) -> str:
        """By which program documents were printed, as far as they can be the same."""
        return f"{self.version}/{self.printing}" if isinstance(self.printing, int) else self.version


class RegionInfo(Part, frozen=True, kw_only=True):
    """The region by Kemendagri code (``18.07``) and name."""

    code: Annotated[str, msgspec.Meta(pattern=r"^[0-9.]{0,13}$(?!\n)")]
    name: Short


class Period(Part, frozen=True, kw_only=True):
    """The plan's calendar years."""

    first_year: Year
    last_year: Year


class GuidelineInfo(Part, frozen=True, kw_only=True):
    """The guideline pack the plan follows."""

    id: Short
    version: Short


class WorkspaceInfo(Part, frozen=True, kw_only=True):
    """Which workspace, at which journal head."""

    id: Short
    head: Short


GUIDELINE_NOTES = ("draft", "superseded", "example")
"""States of a guideline that a package tells of itself (``guideline:draft``); in force says nothing."""


def guideline_notes(status: str) -> tuple[str, ...]:
    """What the manifest notes about the state of the guideline it follows."""
    return (f"guideline:{status}",) if status in GUIDELINE_NOTES else ()


Day = Annotated[str, msgspec.Meta(pattern=r"^[12][0-9]{3}-[01][0-9]-[0-3][0-9]$(?!\n)")]


class Manifest(Part, frozen=True, kw_only=True):
    """The whole of ``manifest.json``."""

    format: Short = FORMAT
    version: int = VERSION
    id: Sha256OrNone = ""
    previous: Sha256OrNone = ""
    """SHA-256 of the container this one follows: of the submission before; where there is none, of the one
    that was closed before a signature was added later."""
    created_at: Short
    """The time of the last operation, ``2026-11-24T03:04:05Z``."""
    application: Application
    workspace: WorkspaceInfo
    region: RegionInfo
    period: Period
    guideline: GuidelineInfo
    open_mandatory: Count
    """Mandatory findings that were open at sealing."""
    notes: Annotated[tuple[Short, ...], msgspec.Meta(max_length=MAXIMUM_SIGNERS)] = ()
    signers: Annotated[tuple[Expected, ...], msgspec.Meta(max_length=MAXIMUM_SIGNERS)] = ()
    """Who signs the container."""
    initials: Parafs | UnsetType = UNSET
    """The parafs the guideline asks for, in its order; left out where it asks for none."""
    printed_on: Day | UnsetType = UNSET
    """The day on which the documents count as printed; left out where it is that of ``created_at``."""
    files: tuple[PackedFile, ...]

    @property
    def moment(self) -> dt.datetime:
        """:attr:`created_at` as a time."""
        return dt.datetime.strptime(self.created_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=dt.UTC)

    def to_bytes(self) -> bytes:
        """The canonical bytes (RFC 8785)."""
        return canonical(msgspec.to_builtins(self))


def content_id(manifest: Manifest) -> str:
    """The package id: SHA-256 of the manifest without id, previous and what signing adds."""
    value: dict[str, Any] = msgspec.to_builtins(manifest)
    del value["id"], value["previous"]
    for file in value["files"]:
        del file["signed"]
    return digest(value)


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def read_manifest(data: bytes) -> Manifest:
    """Read and check a manifest: canonical bytes, known version, its own id. Raises :class:`Refused`."""
    try:
        head = msgspec.json.decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Refused(Message("submission.manifest.unknown")) from error
    if not isinstance(head, dict) or head.get("format") != FORMAT:
        raise Refused(Message("submission.manifest.unknown"))
    try:
        version = head.get("version")
        if isinstance(version, int) and version > VERSION:
            raise Refused(Message("submission.manifest.newer", version=str(version)))
        if version != VERSION:
            raise Refused(Message("submission.manifest.malformed"))
        manifest = msgspec.json.decode(data, type=Manifest)
        canonical_bytes = manifest.to_bytes()
        written = moment_text(manifest.moment)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Refused(Message("submission.manifest.malformed")) from error
    if canonical_bytes != data or written != manifest.created_at:
        raise Refused(Message("submission.manifest.not_canonical"))
    signed = [file.signed for file in manifest.files if file.signed is not None]
    days = [one.date for one in manifest.initials or () if one.date]
    days += [manifest.printed_on] if isinstance(manifest.printed_on, str) else []
    if not all(map(_is_day, days)):
        raise Refused(Message("submission.manifest.malformed"))
    if manifest.period.first_year > manifest.period.last_year or any(
        one.grade == "same-pages" and not one.confirmed_by.strip() for one in signed
    ):
        raise Refused(Message("submission.manifest.malformed"))
    for signers in (manifest.signers, *(file.signers for file in manifest.files)):
        # Two people of one role would be one signature short, and nobody could tell whose.
        if len({one.role for one in signers}) != len(signers):
            raise Refused(Message("submission.manifest.malformed"))
    if content_id(manifest) != manifest.id:
        raise Refused(Message("submission.manifest.id"))
    return manifest
