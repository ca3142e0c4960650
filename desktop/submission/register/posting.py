"""Letters and receipts as files, one region after the other; receipts are signed when there is a key."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import tempfile
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.errors import FileProblem
from desktop.base.folders import is_so
from desktop.base.jobs import Report
from desktop.base.ordinary import read_ordinary
from desktop.base.written import ChangedInTheWay, InTheWay
from desktop.submission.due import ZONE
from desktop.submission.plainly import plain
from desktop.submission.register.addressees import by_region, receipt_of, untold_of, wants_letter
from desktop.submission.register.entry import Entry
from desktop.submission.register.examine import content_of
from desktop.submission.register.folders_here import thrown_away
from desktop.submission.register.letters import ROLE, Desk, letter, receipt
from desktop.submission.register.listing import entries
from desktop.submission.register.reading import Told
from desktop.submission.register.store import DUE, GUIDELINE, Register
from desktop.submission.register.unknown_issuers import asked_all_the_same
from desktop.submission.register.waiting import with_waiting
from desktop.submission.verdict import Weight

if TYPE_CHECKING:
    from desktop.books.document import Document
    from desktop.trust import KeySource
    from desktop.trust.anchors import Anchors
    from desktop.trust.signer import Signer

_MOST_NAMED = 20
"""Regions that are named before receipts for them are signed."""
_LARGEST = 256 << 20
"""Bytes that are searched for a signature; what is larger is no receipt of ours, and stays."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A file for a region: written, or why not."""

    region: str
    path: Path
    signed: bool = False
    problem: Message | None = None
    """Why it was not written after all."""


def write_letters(
    report: Report, register: Path, folder: Path, desk: Desk, now: dt.datetime, region: str = ""
) -> tuple[Posted, ...]:
    """A letter (PDF and DOCX) for each region that has to be asked; runs as a job.

    What nobody knows the region of gets none; of what was read elsewhere alone it is said that no letter
    tells of it. Raises FileProblem, Cancelled.
    """
    from desktop.books.docx import render_docx
    from desktop.books.pdf import render_pdf

    _folder(folder)
    regions = _regions(register, region)
    if desk.ask_unknown:
        regions = {
            code: tuple(with_waiting(map(asked_all_the_same, about))) for code, about in regions.items()
        }
    wanted = [(code, about) for code, about in regions.items() if wants_letter(about)]
    written = [
        Posted(code, folder / f"klarifikasi-{code}", problem=_untold(about, untold))
        for code, about in regions.items()
        if (untold := untold_of(about))
    ]
    for place, (code, about) in enumerate(wanted):
        report(place, len(wanted), Message("submission.letter.writing", region=about[0].region_name or code))
        document = letter(about, desk, now)
        free = _free(folder, f"klarifikasi-{code}-{now.astimezone(ZONE):%Y%m%d}", (".pdf", ".docx"))
        for suffix, data in ((".pdf", render_pdf(document).pdf), (".docx", render_docx(document))):
            path = folder / f"{free}{suffix}"
            problem = _written(path, data)
            written.append(Posted(code, path, problem=problem))
    return tuple(written)


def _untold(about: Sequence[Entry], untold: Sequence[Entry]) -> Message:
    """Why there is no letter to a region, or what the one that there is does not tell of."""
    region, file = about[0].region_name or about[0].region, untold[0].name
    if wants_letter(about):
        return Message("submission.letter.untold", region=region, n=len(untold), file=file)
    return Message("submission.letter.read_elsewhere", region=region, n=len(untold), file=file)


def receipts_for(register: Path, region: str = "") -> tuple[Entry, ...]:
    """The packages that get a receipt, one for each region."""
    return tuple(one for about in _regions(register, region).values() if (one := receipt_of(about)))


def told_for(wanted: Sequence[Entry]) -> Message:
    """How many receipts there are to be signed and for whom, for whoever signs."""
    if not wanted:
        return Message("submission.receipt.for_nobody")
    told = Message("submission.receipt.signed_for", n=len(wanted), regions=_named(wanted))
    odd = [one for one in wanted if one.to_look_at]
    if not odd:
        return told
    return Message("submission.receipt.look_first", told=told, n=len(odd), regions=_named(odd))


def _named(wanted: Sequence[Entry]) -> str:
    names = [plain(one.region_name or one.region) for one in wanted]
    return "; ".join(names[:_MOST_NAMED]) + ("; …" if len(names) > _MOST_NAMED else "")


def write_receipts(
    report: Report,
    register: Path,
    folder: Path,
    desk: Desk,
    now: dt.datetime,
    key: KeySource | None = None,
    anchors: Anchors | None = None,
    wanted: Sequence[Entry] | None = None,
) -> tuple[Posted, ...]:
    """A receipt (PDF/A) for each region's package, signed with ``key`` (PAdES), else marked as a draft.

    ``wanted`` are the packages that whoever signs was told of (:func:`receipts_for`): what came into the
    register since then gets none, nor does one of which the register says something else by now.

    Nothing is said of a package but what was read of its file just now; a receipt that was signed stays.

    Raises KeyUnfit and what opening the key raises, FileProblem, Cancelled.
    """
    from desktop.trust import load_anchors

    _folder(folder)
    present = receipts_for(register)
    wanted = present if wanted is None else wanted
    told = {one.id for one in wanted if one in present}
    believed = anchors if anchors is not None or key is None else load_anchors()
    written: list[Posted] = []
    with _opened(key, believed, now) as signer:
        if signer is not None and believed is not None:
            proven = _proven(report, register, wanted, believed, now)
        else:
            proven = _there(register, wanted)
        for place, one in enumerate(wanted):
            report(
                place,
                len(wanted),
                Message("submission.receipt.writing", region=one.region_name or one.region),
            )
            begins = "konsep-tanda-terima" if signer is None else "tanda-terima"
            path = folder / f"{begins}-{one.region}-{one.sha256[:8]}.pdf"
            problem = (
                _problem(one, path, proven, signed=signer is not None) if one.id in told else _changed(one)
            )
            if problem is None:
                made = receipt(proven[one.id], desk, now, draft=signer is None)
                data = _data(made, one, signer, believed, desk, now)
                problem = _written(path, data, _there_already(one, path))
            written.append(Posted(one.region, path, signer is not None, problem))
    return tuple(written)


def _problem(one: Entry, path: Path, proven: Collection[int], *, signed: bool) -> Message | None:
    """Why a receipt is not written."""
    if one.id not in proven:
        return Message("submission.receipt.not_as_recorded", region=one.region, file=one.name)
    if path.exists() and (signed or _is_signed(path)):
        return _there_already(one, path)
    return None


def _changed(one: Entry) -> Message:
    """A rival came in, or what takes its place; or it was judged anew."""
    return Message("submission.receipt.changed_since", region=one.region, file=one.name)


def _there_already(one: Entry, path: Path) -> Message:
    return Message("submission.receipt.there_already", region=one.region, file=path.name)


def _there(register: Path, wanted: Iterable[Entry]) -> dict[int, Entry]:
    """Those whose very bytes still lie where they were read."""
    with Register(register, read_only=True) as opened:
        known = opened.read_here()
    there = ((one, _places(one, known)) for one in wanted if one.proven)
    return {one.id: one for one, places in there if any(content_of(each) == one.sha256 for each in places)}


def _proven(
    report: Report, register: Path, wanted: Sequence[Entry], anchors: Anchors, now: dt.datetime
) -> dict[int, Entry]:
    """Those that are what the register says, as their files say it now: of these a receipt is composed.

    Whoever can write the register can write anything into it. So the files are received once more, into a
    register of their own; of the old one only the day they came and what is asked for are believed. What was
    read to the end with more time and memory is read with as much.
    """
    from desktop.submission.register.run import receive

    with (
        tempfile.TemporaryDirectory(prefix="rancang-") as folder,
        thrown_away(Path(folder) / register.name) as once_more,
    ):
        with Register(register, read_only=True) as old, Register(once_more, create=True) as new:
            for name in (DUE, GUIDELINE):
                new.keep_setting(name, old.setting(name))
            known = old.read_here()
        found: dict[str, Entry] = {}
        for patient in (False, True):
            again = [one for one in wanted if not patient or _ran_out_since(one, found.get(one.sha256))]
            places = [each for one in again for each in _places(one, known) if is_so(each.is_file)]
            if places:
                receive(report, once_more, places, anchors, now=now, patient=patient)
            with Register(once_more, read_only=True) as new:
                found = {each.sha256: each for each in entries(new) if each.sha256}
    return {
        one.id: replace(
            found[one.sha256],
            first_seen=one.first_seen,
            first_said=one.first_said,
            since=one.since,
            rivals=one.rivals,
            doubts=one.doubts,
            alike=one.alike,
        )
        for one in wanted
        if _agrees(one, found.get(one.sha256))
    }


def _ran_out_since(one: Entry, new: Entry | None) -> bool:
    return new is not None and new.ran_out and not one.ran_out


def _places(one: Entry, known: Container[tuple[str, str]]) -> tuple[Path, ...]:
    """Where it was read on this computer: the name of another one's folder would sign somebody on there."""
    return tuple(Path(each) for each in (one.path, *one.copies) if (each, one.sha256) in known)


def _agrees(one: Entry, new: Entry | None) -> bool:
    """Whether both say the same of one content, but for where it lies, when it came and what else came.

    Of notes the receipt has those of today: a certificate may have ended since, or a list have run out.
    """
    if new is None or (one.result != new.result and not (one.accepted and new.accepted)):
        return False
    if _but_notes(one) != _but_notes(new):
        return False
    return one == replace(
        new,
        id=one.id, path=one.path, copies=one.copies, alike=one.alike, vanished=one.vanished,
        beside=one.beside, attached=one.attached, first_seen=one.first_seen, first_said=one.first_said,
        came=one.came, since=one.since, last_attached=one.last_attached, follows=one.follows,
        current=one.current, rivals=one.rivals, doubts=one.doubts,
        replaced=one.replaced, judged=one.judged, result=one.result, reasons=one.reasons,
    )  # fmt: skip


def _but_notes(one: Entry) -> list[Told]:
    return [each for each in one.reasons if each.weight != Weight.NOTE.value]


def _regions(register: Path, region: str) -> dict[str, tuple[Entry, ...]]:
    """What came in, region by region."""
    with Register(register, read_only=True) as opened:
        return by_region(entries(opened, region))


@contextlib.contextmanager
def _opened(key: KeySource | None, anchors: Anchors | None, now: dt.datetime) -> Iterator[Signer | None]:
    """The key, found fit before anything is written with it."""
    if key is None:
        yield None
        return
    from desktop.trust import load_anchors, require_fit
    from desktop.trust.signer import opened_with_issuers

    believed = anchors if anchors is not None else load_anchors()
    with opened_with_issuers(key.open, believed, now) as signer:
        require_fit(signer, believed, now)
        yield signer


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A key, and whose it was shown to be: no other one is opened in its place."""

    key: KeySource
    holder: str
    certificate: str
    """SHA-256 of the certificate that was looked at."""
    told: tuple[Message, ...]
    """What is to be known before hundreds of receipts are signed with it."""

    @contextlib.contextmanager
    def open(self) -> Iterator[Signer]:
        """As the key itself, whose file or token may have been exchanged. Raises OtherKey too."""
        from desktop.submission.signing import check_shown

        with self.key.open() as signer:
            check_shown(signer, self.certificate)
            yield signer


def known_of(key: KeySource, anchors: Anchors, now: dt.datetime) -> KnownKey:
    """Look at a key before receipts are signed with it. Raises KeyUnfit and what opening the key raises."""
    from desktop.trust import require_fit
    from desktop.trust.certificate import fingerprint, holder
    from desktop.trust.fitness import Grade
    from desktop.trust.signer import opened_with_issuers

    with opened_with_issuers(key.open, anchors, now) as signer:
        checks = require_fit(signer, anchors, now)
        told = tuple(each.message for each in checks if each.grade is not Grade.GOOD)
        return KnownKey(key, holder(signer.certificate), fingerprint(signer.certificate), told)


def _data(
    document: Document,
    entry: Entry,
    signer: Signer | None,
    anchors: Anchors | None,
    desk: Desk,
    now: dt.datetime,
) -> bytes:
    """The receipt as a file, signed where there is a key."""
    from desktop.books.pdf import render_pdf

    if signer is None or anchors is None:
        return render_pdf(document).pdf
    return _signed(document, entry, signer, anchors, desk, now)


def _signed(
    document: Document, entry: Entry, signer: Signer, anchors: Anchors, desk: Desk, now: dt.datetime
) -> bytes:
    from desktop.base.fingerprint import qr_text
    from desktop.books.pdf import render_pdf
    from desktop.submission.pdf.fields import StampBox, with_fields
    from desktop.submission.pdf.sign import sign_pdf
    from desktop.submission.stamp import Stamp, standing_of
    from desktop.trust.certificate import holder

    made = render_pdf(document)
    box = made.stamp_boxes[ROLE]
    place = StampBox(box.page - 1, box.x, box.y, box.x + box.width, box.y + box.height)
    name = f"tanda-terima-{entry.region}"
    prepared = with_fields(made.pdf, {ROLE: place}, name)
    standing = standing_of(signer.certificate, signer.chain, anchors, now)
    code = qr_text(entry.fingerprint) if entry.fingerprint else f"RANCANG:{entry.package.upper()}"
    stamp = Stamp(holder(signer.certificate), desk.office, now, standing, code)
    return sign_pdf(prepared, signer, ROLE, stamp, name)


def _free(folder: Path, name: str, suffixes: Sequence[str]) -> str:
    """A name that is not taken: a letter of this morning may have been worked on or signed."""
    for number in itertools.count(1):
        free = name if number == 1 else f"{name}-{number}"
        if not any((folder / f"{free}{suffix}").exists() for suffix in suffixes):
            return free
    raise AssertionError


def _is_signed(path: Path) -> bool:
    try:
        return b"/ByteRange" in read_ordinary(path, _LARGEST)
    except FileProblem:
        return True


def _folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem.from_os(error, str(folder)) from error


def _written(path: Path, data: bytes, there: Message | None = None) -> Message | None:
    """Write a file; of one that somebody worked on why not: the others are written all the same.

    ``there`` is what the window says of it, whose person was not asked about each.
    """
    from desktop.base.placing import replacing

    try:
        with replacing(path) as file:
            file.write(data)
    except InTheWay as error:
        return error.message
    except ChangedInTheWay as error:
        return there or error.message
    return None
