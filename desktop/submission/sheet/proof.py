"""The approval sheet's proof: the digest of the documents it names, in its metadata and on its page.

An official who signs the sheet signs this digest with it. The verifier computes it anew from the manifest,
so a sheet vouches for exactly the documents, data and guideline of one package, none more and none less.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from io import BufferedReader
from typing import Any, BinaryIO

import msgspec

from desktop.base import Message
from desktop.base.canonical import digest
from desktop.base.fingerprint import WORDS, word_list
from desktop.submission.fingerprint import is_document, package_fingerprint
from desktop.submission.frame.window import Window
from desktop.submission.manifest import Manifest, PackedFile
from desktop.submission.pdf.once import Once
from desktop.submission.refusal import Refused

PDF = "application/pdf"
_PREFIX, _FIRST = "rancang-approval:2:", "rancang-approval:1:"
_BOXES_EACH = 2
"""Places of stamps for one signer: the one prepared, and one that a service drew itself."""


def sheet_digest(manifest: Manifest, fingerprint: str) -> str:
    """SHA-256 over each document as sealed, the plan's fingerprint, and what else a package says of itself.

    Who has given a paraf and how many mandatory entries are open is in no document: nobody who carries the
    package exchanges that either, once the sheet is signed. Of ``manifest`` no other files are asked for.
    """
    said: dict[str, Any] = msgspec.to_builtins(manifest)
    documents = [one for one, file in zip(said["files"], manifest.files, strict=True) if is_document(file)]
    for one in documents:
        del one["signed"]
    for changing in ("id", "previous", "files"):
        del said[changing]
    listed = sorted(documents, key=lambda each: each["path"].encode())
    about = {"fingerprint": fingerprint, "documents": listed, "package": said}
    return digest({"format": "rancang-approval", "version": 2, **about})


def manifest_digest(manifest: Manifest) -> str:
    """What the sheet of this package has to say."""
    return sheet_digest(manifest, package_fingerprint(manifest))


def first_digest(manifest: Manifest) -> str:
    """What the first sheets had to say, over documents and plan alone."""
    found = ([one.path, one.sha256, one.counted] for one in manifest.files if is_document(one))
    listed = sorted(found, key=lambda each: str(each[0]).encode())
    about = {"fingerprint": package_fingerprint(manifest), "documents": listed}
    return digest({"format": "rancang-approval", "version": 1, **about})


def keywords(digest_: str, *, first: bool = False) -> str:
    """How a sheet's metadata say it."""
    return (_FIRST if first else _PREFIX) + digest_


def is_first(sheet: BinaryIO, manifest: Manifest) -> bool:
    """Whether a sheet says what the first ones said: nothing of what is in no document."""
    return _is_first(_on_pages(sheet)[1], manifest)


def _is_first(found: frozenset[str], manifest: Manifest) -> bool:
    return _halves([first_digest(manifest)]) <= found


def check_sheet(
    sheet: BinaryIO, file: PackedFile, manifest: Manifest, composed: Callable[[], bool] = lambda: False
) -> bool:
    """Prove that a sheet names exactly the documents of its package. Raises :class:`Refused`.

    Returns whether it vouches for what the package says beside them as well, as the first ones did not.

    ``composed``: whether it says what it would if it were composed anew, asked where its words look doubtful.

    What the metadata say must be this package's digest; a program that wrote the file anew may have dropped
    them. The pages, which the official saw, must name every document by its hash and none besides.
    """
    if file.media_type != PDF:
        raise Refused(Message("submission.pdf.not_a_document", file=file.path))
    found = _on_pages(sheet)[1]
    first = _is_first(found, manifest)
    expected = first_digest(manifest) if first else manifest_digest(manifest)
    said = _in_metadata(sheet)
    rewritten = file.signed is not None and file.signed.grade == "same-pages"
    proven = said == keywords(expected, first=first) or (rewritten and not said)
    if not proven or not file.signers or found != _halves(_hashes(manifest, expected)):
        raise Refused(Message("submission.sheet.differs", file=file.path))
    if not _is_seen(sheet, file, manifest, expected, composed):
        raise Refused(Message("submission.sheet.unseen", file=file.path))
    return not first


def _is_seen(
    sheet: BinaryIO, file: PackedFile, manifest: Manifest, digest_: str, composed: Callable[[], bool]
) -> bool:
    """Whether what is said of the documents is seen on the pages as they were sealed, and nothing else is."""
    import pypdfium2 as pdfium

    from desktop.submission.pdf.fields import shown_boxes
    from desktop.submission.sheet.seen import is_seen
    from desktop.submission.stampplaces import LARGEST

    hashes, fingerprint = tuple(_hashes(manifest, digest_)), package_fingerprint(manifest)

    def look(read: BinaryIO) -> tuple[bool, bool]:
        doubtful: list[bool] = []

        def anew() -> bool:
            doubtful.append(True)
            return composed()

        return is_seen(read, hashes, fingerprint, composed=anew), not doubtful

    try:
        if file.signed is None or file.signed.grade == "same-bytes":
            sealed = BufferedReader(Window(sheet, 0, file.size))
            return _SEEN.ask(sealed, (hashes, fingerprint), look)[0]
        # stamps lie in the page itself, drawn by whatever program; a large one would be the page
        boxes = tuple(box for _, box in shown_boxes(sheet))
        small = all(
            box.right - box.left <= LARGEST[0] and box.top - box.bottom <= LARGEST[1] for box in boxes
        )
        few = len(boxes) <= _BOXES_EACH * len(file.signers)
        return small and few and is_seen(sheet, hashes, fingerprint, boxes)
    except (pdfium.PdfiumError, ValueError):
        return False


_SEEN = Once[tuple[bool, bool]](all)
"""Whether it is seen, and by itself alone: what else lies in a package may be another thing the next time."""


def check_printed(document: BinaryIO, file: PackedFile, manifest: Manifest) -> bool:
    """A document can be read, and bears its package's fingerprint if one is on its last page. Raises Refused.

    Else somebody could lay a document that was signed for an earlier plan into a package of other data.
    Returns whether it bears it; nothing is to be borne where the package has none.
    """
    document.seek(0)
    is_pdf = document.read(5) == b"%PDF-" and file.media_type == PDF
    pages, found = _on_pages(document, last=True) if is_pdf else (0, frozenset[str]())
    if not pages or file.counted not in {0, pages}:
        raise Refused(Message("submission.pdf.not_a_document", file=file.path))
    wanted = _halves([package_fingerprint(manifest)])
    # the hashes of this package's files may stand there too, those of another plan may not
    sheets = manifest_digest(manifest), first_digest(manifest)
    known = _halves([package_fingerprint(manifest), *sheets, *_files(manifest)])
    if found and not (wanted and wanted <= found <= known):
        raise Refused(Message("submission.pdf.other_fingerprint", file=file.path))
    return bool(found) or not wanted


def _files(manifest: Manifest) -> Iterator[str]:
    for file in manifest.files:
        yield file.sha256
        yield file.present_sha256


def _hashes(manifest: Manifest, digest_: str) -> Iterator[str]:
    """Every hash that stands on the sheet of a package."""
    yield digest_
    yield package_fingerprint(manifest)
    yield from (file.sha256 for file in manifest.files if is_document(file))


def _halves(hashes: Iterable[str]) -> frozenset[str]:
    """As they are printed: in two lines each. Eight figures of four, such as years, are no half of one."""
    return frozenset(part for each in hashes for part in (each[:32], each[32:]) if _is_half(part))


def _is_half(part: str) -> bool:
    # of three million hashes one has a half of figures alone, which proves nothing then
    return bool(part) and not part.isdigit()


def _in_metadata(sheet: BinaryIO) -> str:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        sheet.seek(0)
        trailer = PdfFileReader(sheet, strict=True).trailer_view
        # Their plain getters hand out references; only brackets follow them.
        said = str(trailer["/Info"]["/Keywords"])
    except (PdfError, ValueError, KeyError, TypeError):
        return ""
    return said if _SAID.fullmatch(said) else ""


_SAID = re.compile("rancang-approval:[12]:[0-9a-f]{64}")
_PRINTED = re.compile(r"(?<![0-9A-Za-z])(?:[0-9a-f]{4} ){7}[0-9a-f]{4}(?![0-9A-Za-z])")
"""Half a hash in its eight groups, wherever lines are broken."""
_GROUP = re.compile("[0-9a-f]{4}")


def _on_pages(sheet: BinaryIO, *, last: bool = False) -> tuple[int, frozenset[str]]:
    """How many pages there are, and the halves of hashes on them (or on the last one); 0 when unreadable."""
    import pypdfium2 as pdfium

    from desktop.base.pdfium import PDFIUM

    sheet.seek(0)
    # Books are read where they lie: they may be large.
    data = sheet if last else io.BytesIO(sheet.read())
    try:
        with PDFIUM, pdfium.PdfDocument(data) as document:
            pages = range(len(document))
            wanted = pages[-1:] if last else pages
            texts = [document[number].get_textpage().get_text_range() for number in wanted]
    except (pdfium.PdfiumError, ValueError):
        return 0, frozenset()
    return len(pages), halves_in(" ".join(texts))


def halves_in(text: str) -> frozenset[str]:
    """The halves of hashes that stand in a text; the last word before one may read like a part of it."""
    left = _tenth().sub("| ", " ".join(text.split()))
    halves = (found.replace(" ", "") for found in _PRINTED.findall(left))
    return frozenset(filter(_is_half, halves))


@cache
def _tenth() -> re.Pattern[str]:
    """The tenth word of a fingerprint where it is made of the letters of a hash: ``adab``, ``baca``."""
    alike = "|".join(word for word in word_list() if _GROUP.fullmatch(word))
    return re.compile(rf"(?<![0-9A-Za-z]){WORDS} (?:{alike}) ")
