"""Signing elsewhere: the documents go out with a cover sheet that says where and how each is to be signed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message, RancangError, clock
from desktop.base.canonical import canonical
from desktop.base.errors import FileProblem
from desktop.base.jobs import Report
from desktop.base.ordinary import is_missing, read_ordinary
from desktop.base.placing import replacing
from desktop.base.written import Stranger, place_of, strangers
from desktop.submission.before import look_before_signing
from desktop.submission.frame.container import OpenPackage
from desktop.submission.frame.zipform import MAXIMUM_SIZE
from desktop.submission.manifest import Expected, Manifest, PackedFile
from desktop.submission.pdf.fields import StampBox, field_name
from desktop.submission.refusal import Refused
from desktop.submission.resealing import PackageUnusable, usable
from desktop.submission.returning.comparing import Looker
from desktop.submission.returning.describing import describe
from desktop.submission.standing import signing_order
from desktop.trust.anchors import Anchors

if TYPE_CHECKING:
    from collections.abc import Sequence

COVER = {"id": "surat-pengantar-tte.pdf", "en": "signing-cover-sheet.pdf"}
BOXES = "kotak-tte.json"
"""The same places for a program that fills in the form of a signing service."""


_SIGNED = b"/ByteRange"
"""What every signature in a PDF has."""


class SignedThere(RancangError):
    """A document was signed in the very folder; it is brought back before anything is written there."""

    exit_code = 1

    def __init__(self, path: Path) -> None:
        super().__init__(Message("submission.sign.signed_there", file=str(path)))


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person signs one document: the box (none = invisible) and the sign that stands in it."""

    role: str
    name: str
    office: str
    box: StampBox | None
    sign: str


@dataclass(frozen=True, slots=True)
class GoingOut:
    """One document as it goes out: its present bytes are what has to come back, plus signatures."""

    path: str
    pages: int
    sha256: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the documents, the cover sheet, and the list of boxes for programs."""

    documents: tuple[Path, ...]
    cover: Path | None = None
    boxes: Path | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """Everything, documents first."""
        return (*self.documents, *(one for one in (self.cover, self.boxes) if one is not None))


def export_for_signing(
    report: Report,
    package: Path,
    folder: Path,
    role: str = "",
    language: str = "id",
    identity: str = "",
) -> Exported:
    """Write the PDFs that wait for a signature (of ``role``, or anybody's) and their cover sheet.

    All of them or nothing; nothing when nothing waits. A PDF that somebody signed where it lay is never
    written over. ``identity``: the id of the package that somebody was asked about, another one stays where
    it is. Raises SignedThere, PackageUnusable, ChangedMeanwhile, FileProblem, Cancelled.
    """
    from desktop.submission.cover_sheet import render_cover

    now = (0, 0, Message("submission.sign.looking"))

    def still(done: int, total: int, message: Message) -> None:
        del done, total, message  # what is told already stands; only whoever gives up is to be heard
        report(*now)

    with usable(package, identity=identity) as source, Looker(still, keep=True) as looker:
        waiting = _all_waiting(source.manifest, role)
        if not waiting:
            return Exported(())
        look_before_signing(report, source, Anchors(), clock.now())
        documents: dict[Path, bytes] = {}
        going: list[GoingOut] = []
        for done, (file, people) in enumerate(waiting):
            now = (done, len(waiting) + 1, Message("submission.sign.exporting", name=file.path))
            report(*now)
            data = b"".join(bytes(piece) for piece in source.checked(file))
            going.append(_going_out(package, looker, file, people, data))
            documents[place_of(folder / file.path)] = data
        report(len(waiting), len(waiting) + 1, Message("submission.sign.exporting", name=COVER[language]))
        cover, boxes = render_cover(source.manifest, going, Language(language)), _told(source, going)
    for path, data in documents.items():
        _keep_signed(path, data)
    return Exported(
        tuple(_write(path, data) for path, data in documents.items()),
        _write(place_of(folder / COVER[language]), cover),
        _write(place_of(folder / BOXES), boxes),
    )


@dataclass(frozen=True, slots=True)
class Lying:
    """What lies where the documents would go and is not as this program wrote it."""

    lost: tuple[Stranger, ...]
    """Files of which something would be lost."""
    known: tuple[Stranger, ...]
    """Those that the package holds itself, as when a signed document was brought back from there."""


def lying_there(report: Report, package: Path, folder: Path, role: str = "", language: str = "id") -> Lying:
    """Look where :func:`export_for_signing` would write, before a person is asked; runs as a job.

    Raises PackageUnusable, FileProblem, Cancelled.
    """
    lost, known = list(strangers([folder / COVER[language], folder / BOXES])), list[Stranger]()
    with usable(package) as source:
        waiting = [file for file in source.manifest.files if _waiting(file, role)]
        for done, file in enumerate(waiting):
            report(done, len(waiting), Message("submission.sign.looking"))
            for one in strangers([folder / file.path]):
                there = read_ordinary(one.path, MAXIMUM_SIZE)
                data = b"".join(bytes(piece) for piece in source.checked(file))
                (known if data.startswith(there) else lost).append(one)
    return Lying(tuple(lost), tuple(known)) if waiting else Lying((), ())


def _keep_signed(path: Path, data: bytes) -> None:
    """Raise SignedThere where what lies there holds a signature that ``data`` lacks. Raises FileProblem."""
    try:
        there = read_ordinary(path, MAXIMUM_SIZE)
    except FileProblem as error:
        if is_missing(error):
            return
        raise
    if _SIGNED in there and not data.startswith(there):
        raise SignedThere(path)


def _waiting(file: PackedFile, role: str) -> tuple[Expected, ...]:
    return tuple(
        one for one in file.signers if (not role or one.role == role) and file.field_of(one.role) is None
    )


def _all_waiting(manifest: Manifest, role: str) -> list[tuple[PackedFile, tuple[Expected, ...]]]:
    """The documents that wait, each with whom it waits for, in the guideline's order of signing.

    A package whose guideline says nothing of the order keeps that of its documents.
    """
    order = signing_order(manifest)
    found = [(file, _waiting(file, role)) for file in manifest.files]
    return [(file, tuple(sorted(each, key=lambda one: order[one.role]))) for file, each in found if each]


def _going_out(
    package: Path, looker: Looker, file: PackedFile, people: Sequence[Expected], data: bytes
) -> GoingOut:
    """A document and its places. Raises PackageUnusable for what is no sound PDF, Cancelled."""
    fields = {one.role: field_name(one.role) for one in people}
    try:
        found = describe(looker, data, tuple(fields.values()))
    except Refused as error:
        reason = Message("submission.sign.of", file=file.path, reason=error.message)
        raise PackageUnusable(package.name, reason) from error
    places = []
    for one in people:
        box, sign = found.boxes.get(fields[one.role], (None, ""))
        places.append(Place(one.role, one.name, one.office, box, sign))
    sha256 = hashlib.sha256(data).hexdigest()
    return GoingOut(file.path, found.pages, sha256, tuple(places))


def _told(source: OpenPackage, going: Sequence[GoingOut]) -> bytes:
    """The boxes in the terms of signing services: pages from 1, points from the lower left corner."""
    return canonical(
        {
            "format": "rancang-signing-boxes",
            "version": 1,
            "package": source.manifest.id,
            "documents": [
                {
                    "path": one.path,
                    "sha256": one.sha256,
                    "pages": one.pages,
                    "signatures": [
                        {
                            "role": place.role,
                            "name": place.name,
                            "office": place.office,
                            "tag": place.sign,
                            **_box(place.box),
                        }
                        for place in one.places
                    ],
                }
                for one in going
            ],
        }
    )


def _box(box: StampBox | None) -> dict[str, object]:
    if box is None:
        return {"visible": False}
    return {
        "visible": True,
        "page": box.page + 1,
        "x": round(box.left),
        "y": round(box.bottom),
        "width": round(box.right - box.left),
        "height": round(box.top - box.bottom),
    }


def _write(path: Path, data: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem.from_os(error, str(path.parent)) from error
    with replacing(path) as out:
        out.write(data)
    return path
