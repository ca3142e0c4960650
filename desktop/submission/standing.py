"""Who has signed a package and who has not, in which order, without judging any signature.

What a signature is worth is the verdict's to say; but that there is one, the manifest alone does not say:
the document has to hold it. The order is the guideline's, as the manifest keeps it;
packages that were sealed before it was kept know one thing only: who closes the package signs last.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET

from desktop.base import RancangError
from desktop.base.errors import Cancelled
from desktop.base.jobs import Report, quiet
from desktop.submission.frame.container import (
    MAXIMUM_SIGNATURE,
    MAXIMUM_SIGNATURES,
    OpenPackage,
    open_package,
)
from desktop.submission.manifest import Expected, Initials, Manifest, PackedFile
from desktop.submission.quoting import marked
from desktop.submission.refusal import Refused
from desktop.submission.replaced import Closings, closings

if TYPE_CHECKING:
    from desktop.trust.anchors import Anchors


@dataclass(frozen=True, slots=True)
class Signer:
    """Somebody whose signature a package expects: on which documents, and how far that is."""

    role: str
    name: str
    office: str
    step: int
    """The place in the guideline's order (1 = first); 0 where the package does not say."""
    closes: bool
    """Whether it is the signature over the whole package."""
    signed: tuple[str, ...] = ()
    """The documents that hold this role's signature."""
    waiting: tuple[str, ...] = ()
    """The documents that wait for it."""
    ways: tuple[str, ...] = ()
    """How it was signed (``p12``, ``token``, ``elsewhere``), as far as the package says."""
    closed: bool = False
    """Of who closes the package: whether a signature over it says to be this role's."""

    @property
    def done(self) -> bool:
        """Whether nothing waits for this signature any more."""
        return self.closed if self.closes else not self.waiting

    @property
    def called(self) -> str:
        """The name, else the office, else the role's id, as the package has it: between quotation marks."""
        return marked(self.name or self.office or self.role)


@dataclass(frozen=True, slots=True)
class Standing:
    """A package that can be read: who has signed its documents, who is waited for, who may go now."""

    signed: frozenset[str]
    waiting: tuple[Expected, ...]
    """Each role once, in the order of signing; last who closes the package, while nobody has."""
    closed: bool
    """Whether it holds a signature over everything, whosever it says to be."""
    signers: tuple[Signer, ...] = ()
    """Everybody in the order of signing, who closes the package last."""
    initials: tuple[Initials, ...] = ()
    """The parafs as the team noted them at sealing."""
    id: str = ""
    """Of the package: the same from sealing on, whoever has signed."""
    closings: Closings = Closings()  # noqa: RUF009 - it cannot be changed
    """What the signatures over everything are worth, as far as that was asked."""
    state: str = ""
    """All that the package says (:func:`desktop.submission.resealing.state_of`), as far as it was read."""

    @property
    def believed(self) -> bool:
        """Whether there is a signature over everything, and each is believed, as far as that was asked."""
        return self.closings.hold

    def before(self, role: str, *, closing: bool = False) -> tuple[Signer, ...]:
        """Who should sign before this role and has not; nobody where the order is not known."""
        own = next((each for each in self.signers if each.role == role and each.closes == closing), None)
        if own is None:
            return ()
        return tuple(each for each in self.signers if not each.done and _comes_before(each, own))

    @property
    def turn(self) -> tuple[Signer, ...]:
        """Who may sign now without going before somebody."""
        return tuple(
            each for each in self.signers if not each.done and not self.before(each.role, closing=each.closes)
        )

    @property
    def awaited(self) -> tuple[str, ...]:
        """Whom :attr:`waiting` is about, as the package has it: between quotation marks."""
        return tuple(marked(one.name or one.office or one.role) for one in self.waiting)

    @property
    def missing_initials(self) -> tuple[Initials, ...]:
        """The parafs that were not there for the plan as it was sealed."""
        return tuple(each for each in self.initials if each.state != "initialled")


def standing(package: Path, report: Report = quiet, anchors: Anchors | None = None) -> Standing | None:
    """How far the signing of a package is; None for what is not there or is none of ours.

    ``anchors``: whom to believe, where it is not whom this computer does. Takes up to seconds where it holds
    signatures: who shows a window gives a ``report`` that can be cancelled. Raises Cancelled.
    """
    from desktop.submission.resealing import state_of

    try:
        # what holds too many signatures can be opened again
        with open_package(package, crowded=True) as opened:
            manifest, closed = signed_only(opened, report), bool(opened.signatures)
            by, worth, state = _closed_by(opened), closings(opened, anchors), state_of(opened)
    except Cancelled:
        raise
    except (Refused, RancangError):
        return None
    return replace(standing_of(manifest, closed=closed, by=by), closings=worth, state=state)


def same_package(found: Standing | None, identity: str) -> Standing | None:
    """What was read where a package was remembered; None of another one that lies in its place by now."""
    return found if found is not None and found.id == identity else None


def _closed_by(package: OpenPackage) -> frozenset[str]:
    """The roles under which there is a signature over the package: anybody can lay one there under another.

    As :func:`desktop.submission.own.believe_container` has it, the first role that each claims.
    """
    from desktop.submission.xades.writing import XADES
    from desktop.submission.xades.xml import parse

    found = set[str]()
    for name in package.signatures[:MAXIMUM_SIGNATURES]:
        if package.entries[name].size > MAXIMUM_SIGNATURE:
            continue
        try:
            role = parse(package.read(name), name).find(f".//{{{XADES}}}ClaimedRole")
        except Refused:
            continue
        found.add((role.text if role is not None else None) or "")
    return frozenset(found)


def signed_only(package: OpenPackage, report: Report = quiet) -> Manifest:
    """The manifest without those signatures that it names and that no document holds. Raises Cancelled."""
    if all(file.signed is None for file in package.manifest.files):
        return package.manifest
    from desktop.submission.filled import filled_fields

    signed = [file for file in package.manifest.files if file.signed is not None]
    there = filled_fields(package, signed, report)
    files = []
    for file in package.manifest.files:
        if file.signed is not None:
            seen = there.get(file.path, frozenset())
            fields = tuple(one for one in file.signed.fields if one.field in seen)
            file = msgspec.structs.replace(file, signed=msgspec.structs.replace(file.signed, fields=fields))  # noqa: PLW2901 - as it really is
        files.append(file)
    return msgspec.structs.replace(package.manifest, files=tuple(files))


def standing_of(manifest: Manifest, *, closed: bool, by: frozenset[str] = frozenset()) -> Standing:
    """The same of a manifest; ``closed`` says whether the package holds a signature over everything.

    ``by``: under which roles it does.
    """
    signers = _ordered(manifest, by)
    expected = {(each.role, False): each for file in manifest.files for each in reversed(file.signers)}
    expected |= {(each.role, True): each for each in manifest.signers}
    waiting = tuple(expected[each.role, each.closes] for each in signers if not each.done)
    done = frozenset(each.role for each in signers if each.done and not each.closes)
    initials = manifest.initials if manifest.initials is not UNSET else ()
    return Standing(done, waiting, closed, signers, initials, manifest.id)


def signing_order(manifest: Manifest) -> dict[str, int]:
    """The roles that sign documents, each with its place among them in the order of signing (0 = first)."""
    signers = _ordered(manifest, frozenset())
    return {each.role: place for place, each in enumerate(each for each in signers if not each.closes)}


def _comes_before(each: Signer, own: Signer) -> bool:
    if each.closes or own.closes:
        return own.closes and not each.closes
    return 0 < each.step < own.step


def _ordered(manifest: Manifest, by: frozenset[str]) -> tuple[Signer, ...]:
    """Everybody once: by the guideline's order, else that of the documents."""
    found: dict[str, list[tuple[PackedFile, Expected]]] = {}
    for file in manifest.files:
        for each in file.signers:
            found.setdefault(each.role, []).append((file, each))
    documents = [_signer(entries) for entries in found.values()]
    closing = [
        Signer(each.role, each.name, each.office, _step(each), closes=True, closed=each.role in by)
        for each in manifest.signers
    ]
    return (*sorted(documents, key=lambda each: each.step or 1001), *closing)


def _signer(entries: Iterable[tuple[PackedFile, Expected]]) -> Signer:
    entries = list(entries)
    first = entries[0][1]
    signed = tuple(file.path for file, each in entries if file.field_of(each.role) is not None)
    waiting = tuple(file.path for file, each in entries if file.field_of(each.role) is None)
    fields = [field for file, _ in entries for field in (file.signed.fields if file.signed else ())]
    ways = [field.how for field in fields if field.role == first.role and field.how is not UNSET]
    return Signer(
        first.role, first.name, first.office, _step(first), closes=False,
        signed=signed, waiting=waiting, ways=tuple(dict.fromkeys(ways)),
    )  # fmt: skip


def _step(expected: Expected) -> int:
    return expected.step if expected.step is not UNSET else 0
