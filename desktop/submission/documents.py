"""Whether a document is one that people may sign: it shows one thing to everybody, and does nothing."""

from __future__ import annotations

from io import BufferedReader
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.submission.frame.container import OpenPackage
from desktop.submission.frame.window import Window
from desktop.submission.manifest import PackedFile
from desktop.submission.refusal import Refused

if TYPE_CHECKING:
    from desktop.submission.pdf.read import PdfSignature


def check_document(package: OpenPackage, file: PackedFile) -> None:
    """Raise :class:`Refused` for one that is not; hostile files make it raise what the readers raise.

    The signatures of a signed one are read elsewhere, where they are judged.
    """
    from desktop.submission.pdf.active import check_active
    from desktop.submission.pdf.read import read_signatures

    entry = package.entries[file.path]
    with BufferedReader(Window(package.file, entry.start, entry.size)) as window:
        if file.signed is None and read_signatures(window, file.path, None, plain=entry.size):
            raise Refused(Message("submission.pdf.other_signatures", file=file.path))
        check_active(window, file.path)


def read_signed(package: OpenPackage, file: PackedFile) -> tuple[PdfSignature, ...]:
    """The sound signatures of a signed PDF: exactly those that the manifest tells of, each asked for.

    Who gave them is still to be asked. Raises :class:`Refused`, and what the readers raise.
    """
    from desktop.submission.pdf.fields import field_name
    from desktop.submission.pdf.read import read_signatures

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
