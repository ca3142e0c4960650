"""The approval sheet's proof: the digest of the documents it names, in its metadata and on its page.

An official who signs the sheet signs this digest with it. The verifier computes it anew from the manifest,
so a sheet vouches for exactly the documents, data and guideline of one package, none more and none less.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import BinaryIO

from desktop.base import Message
from desktop.base.canonical import digest
from desktop.submission.fingerprint import is_document, package_fingerprint
from desktop.submission.manifest import Manifest, PackedFile
from desktop.submission.refusal import Refused

_PREFIX = "rancang-approval:1:"


def sheet_digest(documents: Iterable[tuple[str, str, int]], fingerprint: str) -> str:
    """SHA-256 over path, hash and pages of each document as sealed, and over the plan's fingerprint."""
    listed = [list(each) for each in sorted(documents, key=lambda each: each[0].encode())]
    return digest(
        {"format": "rancang-approval", "version": 1, "fingerprint": fingerprint, "documents": listed}
    )


def manifest_digest(manifest: Manifest) -> str:
    """What the sheet of this package has to say."""
    documents = ((file.path, file.sha256, file.counted) for file in manifest.files if is_document(file))
    return sheet_digest(documents, package_fingerprint(manifest))


def keywords(digest_: str) -> str:
    """How a sheet's metadata say it."""
    return _PREFIX + digest_


def check_sheet(sheet: BinaryIO, file: PackedFile, manifest: Manifest) -> None:
    """Prove that a sheet names exactly the documents of its package. Raises :class:`Refused`.

    A program that wrote the file anew may have dropped the metadata: then the digest has to stand on the
    page, where the official who signed it saw it.
    """
    expected = manifest_digest(manifest)
    said = _in_metadata(sheet)
    if not said and file.signed is not None and file.signed.grade == "same-pages":
        said = expected if expected in _on_pages(sheet) else ""
    if said != expected or not file.signers:
        raise Refused(Message("submission.sheet.differs", file=file.path))


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
    found = re.fullmatch(re.escape(_PREFIX) + "([0-9a-f]{64})", said)
    return found[1] if found else ""


def _on_pages(sheet: BinaryIO) -> str:
    """The text of all pages without its spaces; nothing when it cannot be read."""
    import pypdfium2 as pdfium

    from desktop.base.pdfium import PDFIUM

    sheet.seek(0)
    data = io.BytesIO(sheet.read())
    try:
        with PDFIUM, pdfium.PdfDocument(data) as document:
            texts = [page.get_textpage().get_text_range() for page in document]
    except (pdfium.PdfiumError, ValueError):
        return ""
    return re.sub(r"\s+", "", "".join(texts))
