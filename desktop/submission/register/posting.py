"""Letters and receipts as files, one region after the other; receipts are signed when there is a key."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.errors import FileProblem
from desktop.base.jobs import Report
from desktop.submission.register.letters import ROLE, Desk, letter, receipt, receipt_of, wants_letter
from desktop.submission.register.listing import Entry, entries
from desktop.submission.register.store import Register
from desktop.workspace.regions import region_named

if TYPE_CHECKING:
    from desktop.books.document import Document
    from desktop.trust import KeySource
    from desktop.trust.anchors import Anchors
    from desktop.trust.signer import Signer


@dataclass(frozen=True, slots=True)
class Posted:
    """A file that was written, for which region."""

    region: str
    path: Path
    signed: bool = False


def write_letters(
    report: Report, register: Path, folder: Path, desk: Desk, now: dt.datetime, region: str = ""
) -> tuple[Posted, ...]:
    """A letter (PDF and DOCX) for each region that has to be asked; runs as a job.

    What nobody knows the region of gets none. Raises FileProblem, Cancelled.
    """
    from desktop.books.docx import render_docx
    from desktop.books.pdf import render_pdf

    _folder(folder)
    wanted = [(code, about) for code, about in _regions(register, region) if wants_letter(about)]
    written: list[Posted] = []
    for place, (code, about) in enumerate(wanted):
        report(place, len(wanted), Message("submission.letter.writing", region=about[0].region_name or code))
        document = letter(about, desk, now)
        for suffix, data in ((".pdf", render_pdf(document).pdf), (".docx", render_docx(document))):
            path = folder / f"klarifikasi-{code}{suffix}"
            _write(path, data)
            written.append(Posted(code, path))
    return tuple(written)


def write_receipts(
    report: Report,
    register: Path,
    folder: Path,
    desk: Desk,
    now: dt.datetime,
    key: KeySource | None = None,
    anchors: Anchors | None = None,
    region: str = "",
) -> tuple[Posted, ...]:
    """A receipt (PDF/A) for each region's package, signed with ``key`` (PAdES), else marked as a draft.

    Raises KeyUnfit and what opening the key raises, FileProblem, Cancelled.
    """
    from desktop.books.pdf import render_pdf

    _folder(folder)
    wanted = [(code, one) for code, about in _regions(register, region) if (one := receipt_of(about))]
    written: list[Posted] = []
    with _opened(key, anchors, now) as signer:
        for place, (code, one) in enumerate(wanted):
            report(place, len(wanted), Message("submission.receipt.writing", region=one.region_name or code))
            made = receipt(one, desk, now, draft=signer is None)
            if signer is None:
                path, data = folder / f"konsep-tanda-terima-{code}.pdf", render_pdf(made).pdf
            else:
                path = folder / f"tanda-terima-{code}.pdf"
                data = _signed(made, one, signer, anchors, desk, now)
            _write(path, data)
            written.append(Posted(code, path, signer is not None))
    return tuple(written)


def _regions(register: Path, region: str) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """What came in, region by region."""
    with Register(register, read_only=True) as opened:
        found = entries(opened, region)
    by_region: dict[str, list[Entry]] = {}
    for one in found:
        # what a refused package says its region is may be anything, and becomes the name of a file
        if region_named(one.region) is not None:
            by_region.setdefault(one.region, []).append(one)
    for code, about in by_region.items():
        yield code, tuple(about)


@contextlib.contextmanager
def _opened(key: KeySource | None, anchors: Anchors | None, now: dt.datetime) -> Iterator[Signer | None]:
    """The key, found fit before anything is written with it."""
    if key is None:
        yield None
        return
    from desktop.trust import load_anchors, require_fit

    with key.open() as signer:
        require_fit(signer, anchors if anchors is not None else load_anchors(), now)
        yield signer


def _signed(
    document: Document, entry: Entry, signer: Signer, anchors: Anchors | None, desk: Desk, now: dt.datetime
) -> bytes:
    from desktop.base.fingerprint import qr_text
    from desktop.books.pdf import render_pdf
    from desktop.submission.pdffields import StampBox, with_fields
    from desktop.submission.pdfsign import sign_pdf
    from desktop.submission.stamp import Stamp, standing_of
    from desktop.trust import load_anchors
    from desktop.trust.certificate import holder

    made = render_pdf(document)
    box = made.stamp_boxes[ROLE]
    place = StampBox(box.page - 1, box.x, box.y, box.x + box.width, box.y + box.height)
    name = f"tanda-terima-{entry.region}"
    prepared = with_fields(made.pdf, {ROLE: place}, name)
    believed = anchors if anchors is not None else load_anchors()
    standing = standing_of(signer.certificate, signer.chain, believed, now)
    code = qr_text(entry.fingerprint) if entry.fingerprint else f"RANCANG:{entry.package.upper()}"
    stamp = Stamp(holder(signer.certificate), desk.office, now, standing, code)
    return sign_pdf(prepared, signer, ROLE, stamp, name)


def _folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem.from_os(error, str(folder)) from error


def _write(path: Path, data: bytes) -> None:
    from desktop.submission.container import replacing

    with replacing(path) as file:
        file.write(data)
