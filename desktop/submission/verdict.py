"""What a verification says: one of five verdicts, each with its reasons, never a bare yes or no."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from desktop.base import Message
from desktop.submission.refusal import code_of


class VerdictKind(StrEnum):
    """The five answers, from best to worst."""

    VALID = "valid"
    VALID_WITH_NOTES = "valid-with-notes"
    SEALED = "sealed"
    """Whole and unaltered, but nobody has signed the package yet."""
    INCOMPLETE = "incomplete"
    """Something that the guideline asks for is missing or late: an administrative fault."""
    REFUSED = "refused"

    @property
    def message(self) -> Message:
        """The verdict in a word or two."""
        return {
            VerdictKind.VALID: Message("submission.verdict.valid"),
            VerdictKind.VALID_WITH_NOTES: Message("submission.verdict.valid_with_notes"),
            VerdictKind.SEALED: Message("submission.verdict.sealed"),
            VerdictKind.INCOMPLETE: Message("submission.verdict.incomplete"),
            VerdictKind.REFUSED: Message("submission.verdict.refused"),
        }[self]

    @property
    def meaning(self) -> Message:
        """What that says and what it does not, in a sentence."""
        return {
            VerdictKind.VALID: Message("submission.meaning.valid"),
            VerdictKind.VALID_WITH_NOTES: Message("submission.meaning.valid_with_notes"),
            VerdictKind.SEALED: Message("submission.meaning.sealed"),
            VerdictKind.INCOMPLETE: Message("submission.meaning.incomplete"),
            VerdictKind.REFUSED: Message("submission.meaning.refused"),
        }[self]


UNASKED = Message("submission.signer.unasked")
"""What is said of a signature that the package does not ask for, or of somebody else."""


class Weight(StrEnum):
    """What a reason does to the verdict."""

    REFUSAL = "refusal"
    MISSING = "missing"
    NOTE = "note"


class Group(StrEnum):
    """What a reason is about, so that a clerical fault never reads like a forged signature."""

    CRYPTOGRAPHIC = "cryptographic"
    """The package is not whole, not genuine, or not signed by whom it should be."""
    ADMINISTRATIVE = "administrative"
    """Genuine, but something that is asked for is missing or late."""
    TECHNICAL = "technical"
    """This computer could not judge it: no package, a newer format, out of bounds, unreadable."""
    NOTE = "note"
    """To be known; nothing is wrong."""

    @property
    def message(self) -> Message:
        """The group in a word or two."""
        return {
            Group.CRYPTOGRAPHIC: Message("submission.group.cryptographic"),
            Group.ADMINISTRATIVE: Message("submission.group.administrative"),
            Group.TECHNICAL: Message("submission.group.technical"),
            Group.NOTE: Message("submission.group.note"),
        }[self]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: a sentence and how much it weighs."""

    weight: Weight
    message: Message

    @property
    def code(self) -> str:
        """A short code that stays the same across versions: ``zip.gap``, ``xades.digest``."""
        return code_of(self.message)

    @property
    def group(self) -> Group:
        """What it is about."""
        from desktop.submission.codes import find

        row = find(self.code)
        return row.group if row is not None else _GROUPS[self.weight]

    @property
    def remedy(self) -> Message | None:
        """What to do; None for a code that this program does not know."""
        from desktop.submission.codes import find

        row = find(self.code)
        return row.remedy if row is not None else None


_GROUPS = {
    Weight.REFUSAL: Group.CRYPTOGRAPHIC,
    Weight.MISSING: Group.ADMINISTRATIVE,
    Weight.NOTE: Group.NOTE,
}


@dataclass(frozen=True, slots=True)
class SignatureReport:
    """One signature: over the package (``file`` is empty) or in a PDF."""

    file: str
    role: str
    """The role it was expected for, or what the signer claims."""
    holder: str
    organisation: str
    issuer: str
    certificate: str
    """SHA-256 of the certificate."""
    claimed_at: dt.datetime | None
    test: bool
    anchor: str
    """``certified``, ``own`` or ``test``: the kind of anchor its path ends at."""
    timestamped: bool
    """Whether a timestamp is attached, believed or not."""
    office: str = ""
    """The office that the manifest names for the role."""
    valid_from: dt.datetime | None = None
    valid_until: dt.datetime | None = None
    """The time its certificate is valid for."""
    proven_at: dt.datetime | None = None
    """When it existed at the latest, by the word of an authority we believe; None where only claimed."""
    proven_by: str = ""
    """The authority whose word that is."""
    revocation: bool = False
    """Whether answers or lists attached to it, in force then and about the signer at most a day older, name
    no certificate as withdrawn (B-LT)."""
    asked: bool = True
    """Whether the package asks for it, of this very person: anybody can add a signature of his own.

    Its guideline counts with it; a container of another program asks for nobody's."""
    stamped_at: dt.datetime | None = None
    """The time of its own timestamp, which was there before anything that covers both."""
    not_before: dt.datetime | None = None
    """The last moment that is known of what it covers, where it claims to be earlier, or claims nothing."""
    latest: dt.datetime | None = None
    """The last moment that is known of it, of clocks over it and of its certificate's beginning.

    Whatever was made over all of it was made later. A clock for training says nothing of what is real."""
    own_stamp: bool = False
    """Whether it shows anything in a box on a page. That is its signer's own word, which nobody judges."""

    @property
    def vouches(self) -> bool:
        """Whether it says whose the package is: it is over the whole, of somebody asked to close it."""
        return self.asked and not self.file

    @property
    def signed_at(self) -> dt.datetime | None:
        """When it counts as made: the claimed time, unless there was no such certificate then.

        What it covers was there before it: where clocks or issuers say since when, it was made later.
        """
        if self.claimed_at is None:
            return self.proven_at
        there = self.valid_from is None or self.claimed_at >= self.valid_from
        said = self.claimed_at if there else self.proven_at or self.claimed_at
        return said if self.not_before is None else max(said, self.not_before)

    @property
    def time_message(self) -> Message | None:
        """When it was made: proven, or only by the signer's word; None where nobody says so."""
        if self.proven_at is not None:
            return Message("submission.time.proven", at=self.proven_at, authority=self.proven_by)
        if self.claimed_at is not None:
            return Message("submission.time.claimed", at=self.claimed_at)
        return None

    @property
    def anchor_message(self) -> Message:
        """What the authority at the end of its path is worth."""
        if self.test:
            return Message("submission.anchor.test")
        if self.anchor == "own":
            return Message("submission.anchor.own")
        return Message("submission.anchor.certified")


@dataclass(frozen=True, slots=True)
class FileReport:
    """One file of a package whose content is proven to be what the manifest says."""

    path: str
    media_type: str
    role: str
    size: int
    """Bytes now, signatures included."""
    sha256: str
    sealed_sha256: str
    """SHA-256 before any signature; the same for a file that nobody signs."""
    signers: tuple[str, ...] = ()
    """The roles asked to sign it."""
    signed: tuple[str, ...] = ()
    """The roles whose signature it holds."""


@dataclass(frozen=True, slots=True)
class InitialsReport:
    """A paraf as the team noted it when the package was sealed: information, never a proof."""

    step: int
    label: str
    state: str
    """``waiting``, ``initialled``, ``changed`` (the plan was written in afterwards) or ``returned``."""
    name: str = ""
    office: str = ""
    date: str = ""
    """A calendar day, ``2026-11-24``."""

    @property
    def message(self) -> Message:
        """Whose it is, and how it stands."""
        states = {
            "initialled": Message("checks.initials.initialled"),
            "changed": Message("checks.initials.changed"),
            "returned": Message("checks.initials.returned"),
        }
        standing = states.get(self.state, Message("checks.initials.waiting"))
        who = ", ".join(filter(None, (self.name, self.office)))
        return Message("submission.initials.line", label=self.label, who=who or "–", standing=standing)


@dataclass(frozen=True, slots=True)
class PackageInfo:
    """What a package says of itself in its manifest."""

    id: str
    previous: str
    created_at: dt.datetime
    region_code: str
    region_name: str
    first_year: int
    last_year: int
    guideline_id: str
    guideline_version: str
    files: int
    program: str = ""
    """The program and version that sealed it."""
    workspace: str = ""
    head: str = ""
    """The workspace and its journal head."""
    open_mandatory: int = 0
    fingerprint: str = ""
    """What stands on its printed pages (64 hexadecimal letters); empty when it cannot be computed."""
    initials: tuple[InitialsReport, ...] = ()
    """The parafs the guideline asks for, as the team noted them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer about one file."""

    kind: VerdictKind
    file: str
    reasons: tuple[Reason, ...]
    signatures: tuple[SignatureReport, ...] = ()
    package: PackageInfo | None = None
    files: tuple[FileReport, ...] = ()
    """Every file inside, once all of them are proven; empty for a refused file and for foreign containers."""
    judged_at: dt.datetime | None = None
    sha256: str = ""
    """Of the file as a whole (what a resubmission names as ``previous``), if it was asked for."""
    until: dt.datetime | None = field(default=None, compare=False)
    """Before which moment nothing of it becomes another by time alone; for whoever keeps it, in no report."""

    @property
    def vouched(self) -> bool:
        """Whether somebody believed, who was asked to, has closed it: else these are the file's own words.

        Whoever has no key at all can seal a package of any region, and any certified official close it.
        """
        return self.kind is not VerdictKind.REFUSED and any(one.vouches for one in self.signatures)

    @property
    def closed(self) -> bool:
        """Whether it holds a signature over the whole, and each is believed: it may have been handed in."""
        return self.kind is not VerdictKind.REFUSED and any(not one.file for one in self.signatures)

    @property
    def foreign(self) -> bool:
        """Whether it is a container of another program, which asks for nobody's signature."""
        return any(reason.code == "note.foreign" for reason in self.reasons)

    @property
    def meaning(self) -> Message:
        """What the answer says and what it does not: of a container of another program it says less."""
        if self.kind not in {VerdictKind.VALID_WITH_NOTES, VerdictKind.INCOMPLETE}:
            return self.kind.meaning
        if self.foreign:
            return Message("submission.meaning.foreign")
        unasked = not all(one.asked for one in self.signatures)
        if self.kind is VerdictKind.VALID_WITH_NOTES:
            return Message("submission.meaning.unasked") if unasked else self.kind.meaning
        if all(one.file for one in self.signatures):
            return Message("submission.meaning.incomplete_unsigned")
        if not self.vouched:
            return Message("submission.meaning.incomplete_unvouched")
        return Message("submission.meaning.incomplete_unasked") if unasked else self.kind.meaning

    def unasked(self, signature: SignatureReport) -> bool:
        """Whether it is to be told beside a signature that nobody asked for it."""
        return not signature.asked and not self.foreign

    @property
    def ordered(self) -> tuple[Reason, ...]:
        """The reasons as people read them: what refuses, what is missing, what is to be known."""
        return tuple(sorted(self.reasons, key=lambda reason: list(Group).index(reason.group)))

    @property
    def exit_code(self) -> int:
        """0 for valid and valid with notes, 1 otherwise."""
        return 0 if self.kind in {VerdictKind.VALID, VerdictKind.VALID_WITH_NOTES} else 1

    def to_json(self) -> dict[str, Any]:
        """A JSON object that :meth:`from_json` reads back; reports are made of it. Times as ISO 8601."""
        return {
            "verdict": self.kind.value,
            "file": self.file,
            "sha256": self.sha256,
            "judged_at": self.judged_at.isoformat() if self.judged_at else None,
            "reasons": [
                {
                    "code": one.code,
                    "weight": one.weight.value,
                    "group": one.group.value,
                    "message": one.message.to_json(),
                }
                for one in self.reasons
            ],
            "signatures": [_plain(one) for one in self.signatures],
            "package": _plain(self.package) if self.package is not None else None,
            "files": [_plain(one) for one in self.files],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Verdict:
        """Read what :meth:`to_json` wrote. Raises ValueError (msgspec's among them) for anything else."""
        import msgspec

        if not isinstance(data.get("reasons"), list):
            raise ValueError(data)  # noqa: TRY004 - bad data, not a bad call
        return cls(
            msgspec.convert(data.get("verdict"), VerdictKind),
            msgspec.convert(data.get("file"), str),
            tuple(_reason(one) for one in data["reasons"]),
            msgspec.convert(data.get("signatures"), tuple[SignatureReport, ...]),
            msgspec.convert(data.get("package"), PackageInfo | None),
            msgspec.convert(data.get("files"), tuple[FileReport, ...]),
            msgspec.convert(data.get("judged_at"), dt.datetime | None),
            msgspec.convert(data.get("sha256"), str),
        )


def _plain(value: SignatureReport | PackageInfo | FileReport) -> dict[str, Any]:
    pairs = asdict(value).items()
    return {name: one.isoformat() if isinstance(one, dt.datetime) else one for name, one in pairs}


def _reason(data: Any) -> Reason:
    if not isinstance(data, Mapping) or not isinstance(data.get("message"), Mapping):
        raise ValueError(data)  # noqa: TRY004 - bad data, not a bad call
    return Reason(Weight(str(data.get("weight"))), Message.from_json(data["message"]))
