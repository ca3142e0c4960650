"""The user's own anchors and revocation lists: looked at, taken in, and dropped again.

They lie in the folder ``anchors`` of the program's data folder, one folder for each class and one for the
lists. Nothing is taken in by itself: whoever asks compares the fingerprint first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from desktop.base import LocalText, Message, RancangError
from desktop.base.errors import FileProblem
from desktop.base.paths import folder
from desktop.base.placing import put
from desktop.trust.anchors import (
    CERTIFICATES,
    LISTS,
    Anchor,
    AnchorClass,
    AnchorKind,
    Anchors,
    load_anchors,
    own_files,
    own_name,
    read_anchor_file,
    read_list_file,
)
from desktop.trust.certificate import fingerprint, holder, issuer
from desktop.trust.list_file import BadList
from desktop.trust.revocation import RevocationList


class NoSuchAnchor(RancangError):
    """No anchor or list of the user's own has this name."""

    exit_code = 2

    def __init__(self, name: str) -> None:
        super().__init__(Message("trust.anchor.unknown", name=name))


class AnchorsChanged(RancangError):
    """A file holds other authorities than those whose fingerprints were compared; nothing was kept."""

    exit_code = 1

    def __init__(self, file: str) -> None:
        super().__init__(Message("trust.anchor.changed", file=file))


@dataclass(frozen=True, slots=True)
class KnownAnchor:
    """An anchor as people compare and choose it; cheap to hand from one process to another."""

    file: str
    name: LocalText
    kind: AnchorKind
    fingerprint: str
    """SHA-256 of the certificate, in hexadecimal."""
    until: dt.datetime
    """Valid until (UTC)."""
    start: dt.datetime
    """Valid from (UTC)."""
    holder: str
    issuer: str
    purpose: AnchorClass
    is_root: bool = True
    """Whether it ends a path; else it only leads on to its own issuer's root."""

    def expired(self, now: dt.datetime) -> bool:
        """Whether it is kept for older signatures only."""
        return self.until < now


@dataclass(frozen=True, slots=True)
class KnownList:
    """A revocation list as people look at it."""

    file: str
    issuer: str
    this_update: dt.datetime
    next_update: dt.datetime | None
    entries: int
    checked: bool
    """Whether an authority kept here signed it; any other one's is checked with each signature."""

    def outdated(self, now: dt.datetime) -> bool:
        """Whether a newer one should be fetched."""
        return self.next_update is not None and self.next_update < now


def known(file: Path | None = None, purpose: AnchorClass = AnchorClass.NATIONAL) -> tuple[KnownAnchor, ...]:
    """The anchors we believe, or those in a file that may become one. Raises what load_anchors raises."""
    if file is not None:
        return tuple(_known(each) for each in read_anchor_file(file, AnchorKind.OWN, purpose))
    kept = load_anchors()
    return tuple(_known(each) for each in (*kept.anchors, *kept.between))


def _known(anchor: Anchor) -> KnownAnchor:
    certificate = anchor.certificate
    return KnownAnchor(
        anchor.origin,
        anchor.name,
        anchor.kind,
        fingerprint(certificate),
        certificate.not_valid_after_utc,
        certificate.not_valid_before_utc,
        holder(certificate),
        issuer(certificate),
        anchor.purpose,
        anchor.is_root,
    )


def adopt(
    file: Path, purpose: AnchorClass = AnchorClass.NATIONAL, compared: Collection[str] | None = None
) -> tuple[KnownAnchor, ...]:
    """Believe the authorities in a file from now on: they are kept among the user's own of this class.

    ``compared``: the fingerprints that somebody was shown and compared; a file that holds others by now is
    not believed. Several in one file are kept one by one, so that each can be dropped alone. Raises
    AnchorsChanged, NotAnAnchor, FileProblem; nothing is kept of a file that is none.
    """
    found = read_anchor_file(file, AnchorKind.OWN, purpose)
    if compared is not None and {fingerprint(each.certificate) for each in found} != set(compared):
        raise AnchorsChanged(file.name)
    kept: list[KnownAnchor] = []
    for number, anchor in enumerate(found, 1):
        # A test identity's root has its place among its like.
        test = anchor.purpose is AnchorClass.TEST
        place = folder("anchors", (AnchorClass.TEST if test else purpose).value)
        if len(found) > 1:
            name = f"{file.stem}-{number}.pem"
        else:
            name = file.name if file.suffix.lower() in CERTIFICATES else f"{file.name}.pem"
        # what was read and compared, not what lies in the file by now
        form = Encoding.DER if name.lower().endswith(".der") else Encoding.PEM
        target = _keep(anchor.certificate.public_bytes(form), place / name)
        kept.append(replace(_known(anchor), file=own_name(target)))
    return tuple(kept)


def adopt_list(file: Path) -> tuple[KnownList, ...]:
    """Obey the revocation lists in a file from now on: they are kept as they were read, and nothing beside.

    Several in one file are kept one by one, so that whoever drops one drops no other issuer's.
    Raises BadList for what cannot be followed or is not its issuer's, FileProblem.
    """
    # once: the file may be another by the time it would be copied
    ders = read_list_file(file)
    found = tuple(RevocationList(one, file.name) for one in ders)
    anchors = load_anchors()
    for each in found:
        namesakes = list(anchors.with_subject(each.issuer))
        if namesakes and not any(each.signed_by(one.certificate) for one in namesakes):
            raise BadList(Message("trust.crl.not_the_issuers", file=file.name, issuer=each.issuer_name))
    name, place = file.name if file.suffix.lower() == ".crl" else f"{file.name}.crl", folder("anchors", LISTS)
    kept: list[KnownList] = []
    for number, (each, der) in enumerate(zip(found, ders, strict=True), 1):
        target = place / (name if len(ders) == 1 else f"{Path(name).stem}-{number}.crl")
        kept.append(_known_list(each, own_name(_keep(der, target)), anchors))
    return tuple(kept)


def known_lists() -> tuple[KnownList, ...]:
    """The user's own revocation lists that can be followed; load_anchors says what is wrong with others."""
    found: list[KnownList] = []
    anchors = load_anchors()
    for file, _ in own_files():
        if file.suffix.lower() == ".crl":
            try:
                found += (_known_list(each, own_name(file), anchors) for each in _lists(file))
            except RancangError:
                continue
    return tuple(found)


def _lists(file: Path) -> tuple[RevocationList, ...]:
    return tuple(RevocationList(one, file.name) for one in read_list_file(file))


def _known_list(each: RevocationList, file: str, anchors: Anchors) -> KnownList:
    known = (one.certificate for one in (*anchors.anchors, *anchors.between))
    checked = any(map(each.signed_by, known))
    return KnownList(file, each.issuer_name, each.this_update, each.next_update, len(each), checked)


def _keep(data: bytes, target: Path) -> Path:
    """A copy among the user's own; another file of the same name stays. Raises FileProblem.

    What is there already is not kept a second time under another name: who drops it means it.
    """
    stem, number = target.stem, 1
    try:
        for file in sorted(target.parent.iterdir()) if target.parent.is_dir() else ():
            if file.suffix == target.suffix and file.is_file() and file.read_bytes() == data:
                return file
        while target.exists() and target.read_bytes() != data:
            number += 1
            target = target.with_name(f"{stem}-{number}{target.suffix}")
        put(target, data)
    except OSError as error:
        raise FileProblem.from_os(error, target.name) from error
    return target


def drop(name: str) -> tuple[KnownAnchor, ...]:
    """Believe an own anchor (or obey a list) no longer. Raises :class:`NoSuchAnchor`.

    ``name`` is what :func:`known` calls it, or the file's name alone where only one has it. Returns the
    same certificates where they are believed from another file, or for something else.
    """
    own = {own_name(file): file for file, _ in own_files()}
    wanted = name.replace("\\", "/")
    named = [path for each, path in own.items() if each == wanted] or [
        path for path in own.values() if path.name == wanted
    ]
    if len(named) != 1:
        raise NoSuchAnchor(name)
    gone = {each.fingerprint for each in known() if each.file == own_name(named[0])}
    try:
        named[0].unlink(missing_ok=True)
    except OSError as error:
        raise FileProblem.from_os(error, name) from error
    return tuple(each for each in known() if each.fingerprint in gone)
