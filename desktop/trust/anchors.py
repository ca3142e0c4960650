"""Whom we believe: trust anchors as replaceable data, several generations side by side.

``resources/trust`` ships with the program; the folder ``anchors`` in the program's data folder is the
user's own, one folder for each class of anchors (see :mod:`desktop.trust.keeping`); ``--trust`` adds one
for a call. A revocation list (``*.crl``) laid beside the anchors is obeyed.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

import msgspec
from cryptography import x509

from desktop.base import LocalText, Message, RancangError
from desktop.base.errors import FileProblem
from desktop.base.ordinary import check_ordinary
from desktop.base.paths import folder
from desktop.base.resources import resource
from desktop.trust.authority_file import NotAnAnchor, read_authorities, read_bounded
from desktop.trust.certificate import (
    der,
    fingerprint,
    holder,
    is_test,
    self_issued,
)
from desktop.trust.list_file import MAXIMUM_LIST, BadList, split_lists
from desktop.trust.revocation import RevocationList

METADATA = "anchors.json"
LISTS = "crl"
"""The folder for revocation lists among the user's own anchors."""
CERTIFICATES = (".pem", ".crt", ".cer", ".der")
_LISTS = (".crl",)


class AnchorKind(StrEnum):
    """What a signature that leads to this anchor is worth."""

    CERTIFIED = "certified"
    """A certification authority recognised by the state, shipped with the program."""
    OWN = "own"
    """An anchor this user chose to believe."""
    TEST = "test"
    """A test identity's root: never more than valid with notes."""


class AnchorClass(StrEnum):
    """For what an anchor is believed."""

    NATIONAL = "national"
    """Signatures of officials and teams."""
    TEST = "test"
    """Signatures made for training and for trying things out."""
    TIMESTAMP = "timestamp"
    """Timestamps: it says when, and vouches for nobody's signature."""

    @property
    def message(self) -> Message:
        """What it is called."""
        return {
            AnchorClass.NATIONAL: Message("trust.class.national"),
            AnchorClass.TEST: Message("trust.class.test"),
            AnchorClass.TIMESTAMP: Message("trust.class.timestamp"),
        }[self]


@dataclass(frozen=True)
class Anchor:
    """One root, which ends a path; or an authority in between, which only leads on to one.

    Whoever believed an authority in between for itself would see other than all who believe its root: what
    leads from a signature to its root is covered by none, so that a carrier could take out or exchange what
    others need; and a revocation list by the root could not be checked.
    """

    der: bytes = field(repr=False)
    kind: AnchorKind
    origin: str
    """The file it came from."""
    name: LocalText
    purpose: AnchorClass = AnchorClass.NATIONAL
    passing: bool = False
    """Whether it is believed for one call only and was never compared and kept."""

    @cached_property
    def certificate(self) -> x509.Certificate:
        """The anchor's certificate."""
        return x509.load_der_x509_certificate(self.der)

    @property
    def is_root(self) -> bool:
        """Whether it names itself as its issuer."""
        return self_issued(self.certificate)

    def __getstate__(self) -> dict[str, object]:
        """Without the parsed certificate, which cannot travel to another process."""
        return {key: value for key, value in self.__dict__.items() if key != "certificate"}


@dataclass(frozen=True)
class Anchors:
    """The anchors and revocation lists of one verification; picklable."""

    anchors: tuple[Anchor, ...] = ()
    crls: tuple[bytes, ...] = ()
    """Revocation lists, each as DER or PEM."""
    problems: tuple[Message, ...] = ()
    """Files in the user's folder that could not be used; said, but no reason to stop."""
    between: tuple[Anchor, ...] = ()
    """Authorities that others issued: they lead on to a root, and end no path."""

    def plus(self, *files: Path, purpose: AnchorClass = AnchorClass.NATIONAL) -> Anchors:
        """With the authorities in these files added. Raises what reading them raises."""
        more = [anchor for file in files for anchor in read_anchor_file(file, AnchorKind.OWN, purpose)]
        return self.and_these(replace(anchor, passing=True) for anchor in more)

    def and_these(self, more: Iterable[Anchor]) -> Anchors:
        """With these added: the roots, and what leads to one."""
        added = tuple(more)
        return replace(
            self,
            anchors=(*self.anchors, *(one for one in added if one.is_root)),
            between=(*self.between, *(one for one in added if not one.is_root)),
        )

    def with_lists(self, *lists: bytes) -> Anchors:
        """With these revocation lists (those that came with a signature) added."""
        return replace(self, crls=(*self.crls, *lists))

    @property
    def national(self) -> bool:
        """Whether any authority is believed for signatures of officials, but for training."""
        return any(anchor.purpose is AnchorClass.NATIONAL for anchor in self.anchors)

    def for_signers(self) -> Anchors:
        """Only those that vouch for who signed: national ones and test ones."""
        return self._only(lambda anchor: anchor.purpose is not AnchorClass.TIMESTAMP)

    def for_timestamps(self) -> Anchors:
        """Only those that vouch for when something was there."""
        return self._only(lambda anchor: anchor.purpose is AnchorClass.TIMESTAMP)

    def _only(self, wanted: Callable[[Anchor], bool]) -> Anchors:
        chosen = tuple(anchor for anchor in self.anchors if wanted(anchor))
        if chosen == self.anchors:
            return self
        found = replace(self, anchors=chosen)
        # What was parsed and checked of the lists is as good for these.
        found.__dict__["lists"] = self.lists
        return found

    @cached_property
    def lists(self) -> tuple[RevocationList, ...]:
        """The revocation lists that can be followed, parsed once."""
        found: list[RevocationList] = []
        for data in self.crls:
            try:
                found += (RevocationList(one) for one in split_lists(data, ""))
            except BadList:
                # Said when the file was read; what came with a signature is the signer's to say.
                continue
        return tuple(found)

    @cached_property
    def leading(self) -> tuple[x509.Certificate, ...]:
        """The certificates of those in between."""
        return tuple(one.certificate for one in self.between)

    def parts(self) -> list[bytes]:
        """All that a verdict may hang on: who is asked about the same package by others may answer otherwise.

        A list that could not be read is told in every verdict.
        """
        whom = (
            f"{one.kind.value} {one.purpose.value} {one.passing} ".encode() + one.der
            for one in (*self.anchors, *self.between)
        )
        return sorted((*whom, *self.crls, *(repr(one).encode() for one in self.problems)))

    def with_subject(self, name: x509.Name) -> Iterator[Anchor]:
        """The anchors of this name."""
        return (anchor for anchor in self.anchors if anchor.certificate.subject == name)

    def find(self, certificate: x509.Certificate) -> Anchor | None:
        """The anchor that is exactly this certificate."""
        wanted = der(certificate)
        return next((anchor for anchor in self.anchors if anchor.der == wanted), None)

    def __getstate__(self) -> dict[str, object]:
        """Without what was parsed, which cannot travel to another process."""
        return {key: value for key, value in self.__dict__.items() if key not in {"lists", "leading"}}


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of ``anchors.json``."""

    file: str
    sha256: str
    name: LocalText
    source: str
    checked: dt.date
    purpose: AnchorClass = msgspec.field(default=AnchorClass.NATIONAL, name="class")


class _Metadata(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``anchors.json``: which files are anchors, where they come from, and their fingerprints."""

    format: int
    anchors: tuple[_Entry, ...] = ()


def load_anchors(extra: Iterable[Path] = ()) -> Anchors:
    """The shipped anchors, the user's own, and ``extra`` files (``--trust``).

    Raises :class:`NotAnAnchor` or FileProblem for a bad file in ``extra``; bad files in the user's
    folder are listed in ``problems``.
    """
    shipped = read_shipped(resource("trust"))
    anchors: list[Anchor] = []
    crls = list(shipped.crls)
    problems: list[Message] = []
    for file, purpose in own_files():
        try:
            if is_list(file):
                crls += read_list_file(file)
            else:
                anchors.extend(read_anchor_file(file, AnchorKind.OWN, purpose))
        except RancangError as error:
            problems.append(error.message)
    problems += (error.message for error in _passed_over())
    kept = replace(shipped, crls=tuple(crls), problems=tuple(problems))
    return kept.and_these(anchors).plus(*extra)


def own_files() -> Iterator[tuple[Path, AnchorClass]]:
    """The user's own certificates and lists. What lies in no folder of a class is national."""
    for place, purpose in _places():
        for file in _entries(place):
            if _is_ordinary(file) and file.suffix.lower() in (*CERTIFICATES, *_LISTS):
                yield file, purpose


def _places() -> list[tuple[Path, AnchorClass]]:
    top = folder("anchors")
    places = [(top, AnchorClass.NATIONAL), (top / LISTS, AnchorClass.NATIONAL)]
    return places + [(top / purpose.value, purpose) for purpose in AnchorClass]


def _entries(place: Path) -> list[Path]:
    """What lies in a folder; nothing where it cannot be looked into (see :func:`_passed_over`)."""
    try:
        return sorted(place.iterdir())
    except OSError:
        return []


def _is_ordinary(file: Path) -> bool:
    try:
        check_ordinary(file)
    except FileProblem:
        return False
    return True


def _passed_over() -> Iterator[FileProblem]:
    """What lies among the user's own and is not asked: a list that cannot be reached withdraws nobody."""
    folders = {place for place, _ in _places()}
    for place in sorted(folders):
        try:
            if not os.path.lexists(place):
                continue
            found = sorted(place.iterdir())
        except OSError as error:
            yield FileProblem.from_os(error, str(place))
            continue
        for file in found:
            if file in folders or file.name.startswith((".", "~")) or file.suffix == ".part":
                continue
            try:
                check_ordinary(file)
            except FileProblem as error:
                yield error
                continue
            name = file.name.lower()
            # a note beside them is nobody's business; what a sync program renamed is
            if not name.endswith((*CERTIFICATES, *_LISTS)) and any(
                one in name for one in (*CERTIFICATES, *_LISTS)
            ):
                yield FileProblem(Message("trust.anchors.not_asked", file=own_name(file)))


def is_list(file: Path) -> bool:
    """Whether a file is a revocation list, by its name."""
    return file.suffix.lower() in _LISTS


def own_name(file: Path) -> str:
    """What an own file is called: its name, with the folder of its class before it."""
    top = folder("anchors")
    return file.relative_to(top).as_posix() if file.is_relative_to(top) else file.name


def read_shipped(place: Path) -> Anchors:
    """The anchors that ``anchors.json`` names; a file whose fingerprint differs is refused."""
    metadata = msgspec.json.decode((place / METADATA).read_bytes(), type=_Metadata, dec_hook=_local_text)
    anchors: list[Anchor] = []
    for entry in metadata.anchors:
        for anchor in read_anchor_file(place / entry.file, AnchorKind.CERTIFIED, entry.purpose):
            if fingerprint(anchor.certificate) != entry.sha256:
                raise NotAnAnchor(entry.file)
            anchors.append(Anchor(anchor.der, anchor.kind, entry.file, entry.name, anchor.purpose))
    lists = [one for file in sorted(place.glob("*.crl")) for one in read_list_file(file)]
    return Anchors(crls=tuple(lists)).and_these(anchors)


def _local_text(kind: type, value: object) -> object:
    if kind is LocalText and isinstance(value, dict):
        return LocalText({str(key): str(text) for key, text in value.items()})
    raise NotImplementedError(kind)


def read_anchor_file(
    file: Path, kind: AnchorKind, purpose: AnchorClass = AnchorClass.NATIONAL
) -> list[Anchor]:
    """Every authority in a PEM or DER file. Raises what reading them raises.

    A test identity's root, and whatever stands in the class of tests, is worth a test and no more.
    """
    return [_anchor(one, kind, own_name(file), purpose) for one in read_authorities(file)]


def _anchor(certificate: x509.Certificate, kind: AnchorKind, origin: str, purpose: AnchorClass) -> Anchor:
    if is_test(certificate) or purpose is AnchorClass.TEST:
        kind = AnchorKind.TEST
        purpose = AnchorClass.TEST if purpose is AnchorClass.NATIONAL else purpose
    return Anchor(der(certificate), kind, origin, LocalText({"id": holder(certificate)}), purpose)


def read_list_file(file: Path) -> tuple[bytes, ...]:
    """The revocation lists in a file, as DER. Raises BadList for what cannot be followed, FileProblem."""
    lists = split_lists(read_bounded(file, MAXIMUM_LIST), file.name)
    for one in lists:
        RevocationList(one, file.name)
    return lists
