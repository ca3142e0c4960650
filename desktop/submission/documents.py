"""Whether a document is one that people may sign: it shows one thing to everybody, and does nothing."""

from __future__ import annotations

from collections.abc import Iterable
from io import BufferedReader

from desktop.base import Message
from desktop.submission.container import OpenPackage
from desktop.submission.fingerprint import APPROVAL, is_document
from desktop.submission.manifest import PackedFile
from desktop.submission.refusal import Refused
from desktop.submission.window import Window


def check_document(package: OpenPackage, file: PackedFile) -> None:
    """Raise :class:`Refused` for one that is not; hostile files make it raise what the readers raise.

    The signatures of a signed one are read elsewhere, where they are judged.
    """
    from desktop.submission.pdfactive import check_active
    from desktop.submission.pdfread import read_signatures

    entry = package.entries[file.path]
    with BufferedReader(Window(package.file, entry.start, entry.size)) as window:
        if file.signed is None and read_signatures(window, file.path, None):
            raise Refused(Message("submission.pdf.other_signatures", file=file.path))
        check_active(window, file.path)


def check_before_signing(package: OpenPackage, files: Iterable[PackedFile]) -> None:
    """Before a key is asked for: nobody's signature shall stand under a document with two faces.

    Raises :class:`Refused`, whatever is wrong with a file.
    """
    for file in files:
        if file.media_type != "application/pdf" or not (file.role == APPROVAL or is_document(file)):
            continue
        try:
            check_document(package, file)
        except (Refused, OSError):
            raise
        except Exception as error:
            raise Refused(Message("submission.parser", kind=type(error).__name__)) from error
