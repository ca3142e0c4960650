"""Whether a document is one that people may sign: it shows one thing to everybody, and does nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from io import BufferedReader
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.submission.container import OpenPackage
from desktop.submission.fingerprint import APPROVAL, is_document
from desktop.submission.manifest import PackedFile
from desktop.submission.refusal import Refused
from desktop.submission.window import Window
from desktop.submission.zipframe import CHUNK

if TYPE_CHECKING:
    from desktop.submission.pdfread import PdfSignature


def check_document(package: OpenPackage, file: PackedFile) -> None:
    """Raise :class:`Refused` for one that is not; hostile files make it raise what the readers raise.

    The signatures of a signed one are read elsewhere, where they are judged.
    """
    from desktop.submission.pdfactive import check_active
    from desktop.submission.pdfread import read_signatures

    entry = package.entries[file.path]
    with BufferedReader(Window(package.file, entry.start, entry.size)) as window:
        if file.signed is None and read_signatures(window, file.path, None, plain=entry.size):
            raise Refused(Message("submission.pdf.other_signatures", file=file.path))
        check_active(window, file.path)


def read_signed(package: OpenPackage, file: PackedFile) -> tuple[PdfSignature, ...]:
    """The sound signatures of a signed PDF: exactly those that the manifest tells of, each asked for.

    Who gave them is still to be asked. Raises :class:`Refused`, and what the readers raise.
    """
    from desktop.submission.pdffields import field_name
    from desktop.submission.pdfread import read_signatures

    signed = file.signed
    if signed is None:
        return ()
    entry = package.entries[file.path]
    with BufferedReader(Window(package.file, entry.start, entry.size)) as window:
        sealed = None if signed.grade == "same-pages" else file.size
        found = read_signatures(window, file.path, sealed, plain=sealed)
    roles = {one.field: one.role for one in signed.fields}
    # What is read as something else than a document (data, a guideline) never is what its sealed hash says.
    named = file.media_type == "application/pdf" and file.path.casefold().endswith(".pdf")
    same = set(roles) == {one.field for one in found} and len(roles) == len(signed.fields)
    asked = {one.role for one in file.signers}
    prepared = {field_name(one): one for one in asked}
    # A signature in the field prepared for another role was never given for this one.
    own = all(role in asked and prepared.get(name, role) == role for name, role in roles.items())
    if not (roles and same and named and own):
        raise Refused(Message("submission.pdf.other_signatures", file=file.path))
    return found


def _check_sealed(package: OpenPackage, file: PackedFile) -> None:
    """A document signed here begins with the one that was sealed."""
    if file.signed is None or file.signed.grade == "same-pages":
        return
    entry, sha, left = package.entries[file.path], hashlib.sha256(), file.size
    with BufferedReader(Window(package.file, entry.start, entry.size)) as window:
        while left and (piece := window.read(min(left, CHUNK))):
            sha.update(piece)
            left -= len(piece)
    if left or sha.hexdigest() != file.sha256:
        raise Refused(Message("submission.pdf.not_sealed_document", file=file.path))


def _check_own(package: OpenPackage, file: PackedFile) -> None:
    """A sheet is this package's own, and a document bears its fingerprint, as every verification will ask.

    Else somebody would be shown one package and sign for another one.
    """
    from desktop.submission import sheet

    entry = package.entries[file.path]
    with BufferedReader(Window(package.file, entry.start, entry.size)) as window:
        if file.role == APPROVAL:
            sheet.check_sheet(window, file, package.manifest)
        else:
            sheet.check_printed(window, file, package.manifest)


def check_before_signing(package: OpenPackage, files: Iterable[PackedFile]) -> None:
    """Before a key is asked for: nobody's signature shall stand under a document with two faces.

    Nor under the mere word of a manifest that others have signed: their signatures have to be there.
    A sheet vouches for every document, so all are looked at where one is to be signed.
    Raises :class:`Refused`, whatever is wrong with a file.
    """
    asked = tuple(files)
    if any(file.role == APPROVAL for file in asked):
        asked += tuple(file for file in package.manifest.files if is_document(file) and file not in asked)
    for file in asked:
        document = file.media_type == "application/pdf" and (file.role == APPROVAL or is_document(file))
        try:
            if file.signed is not None:
                _check_sealed(package, file)
                read_signed(package, file)
            if document:
                check_document(package, file)
            if file.role == APPROVAL or is_document(file):
                _check_own(package, file)
        except (Refused, OSError):
            raise
        except Exception as error:  # a hostile file makes parsers raise anything: a refusal, as in a verdict
            raise Refused(Message("submission.parser", kind=type(error).__name__)) from error
