"""Exactly what verification asks of a document in its state, without the signatures themselves."""

from __future__ import annotations

import io
import zlib
from contextlib import ExitStack
from functools import cache
from typing import Any

import msgspec

from desktop.submission.frame.container import OpenPackage, open_package
from desktop.submission.inside import readable_inside
from desktop.submission.manifest import PackedFile
from desktop.submission.refusal import Refused, code_of
from desktop.submission.returning.returned import compare
from desktop.submission.sheet.proof import check_printed, check_sheet
from desktop.submission.sheet.wording import otherwise
from tests.submission.fuzzing.pdf_ground import Document, State
from tests.submission.golden_sheet import KEPT

_OPEN = ExitStack()
"""As long as the program runs."""
UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, RuntimeError)
"""What becomes a refusal (``parser``) where a document is judged."""


def told(document: Document, mutant: bytes) -> str:
    """Why it is refused or noted; empty when it is taken in silence."""
    import pikepdf
    import pypdfium2 as pdfium
    from pyhanko.pdf_utils.misc import PdfError

    try:
        return _told(document, mutant)
    except Refused as refused:
        return code_of(refused.message)
    except (PdfError, pikepdf.PdfError, pdfium.PdfiumError, zlib.error, *UNREADABLE) as error:
        return f"parser {type(error).__name__}"


def _told(document: Document, mutant: bytes) -> str:
    from desktop.submission.pdf.active import check_active
    from desktop.submission.pdf.profile import beyond_profile
    from desktop.submission.pdf.read import read_signatures
    from desktop.submission.pdf.usual import unusual

    file = io.BytesIO(mutant)
    if document.state is State.LATER:
        found = compare(document.sealed, mutant, document.name)
        return "" if found.code == "returned.same_bytes" and not found.confirm else found.code
    if document.state is State.STAMPED:
        # its signatures are broken by whatever is changed, and given anew where it passes
        check_active(file, document.name)
        return _stamped(document.sealed, mutant)
    if document.state is State.SEALED:
        if read_signatures(file, document.name, None, plain=len(mutant)):
            return "pdf.other_signatures"
        check_active(file, document.name)
        return beyond_profile(file) or _in_package(document, mutant)
    if read_signatures(file, document.name, None):
        return "pdf.other_signatures"
    check_active(file, document.name)
    return _unlike(document.sealed, mutant) or unusual(file) or _stamped(document.sealed, mutant)


def _stamped(sealed: bytes, mutant: bytes) -> str:
    from desktop.submission.pdf.fields import overlapping, shown_boxes, shown_outside
    from desktop.submission.pdf.stamped import stamps_of

    file = io.BytesIO(mutant)
    if shown_outside(places(sealed), (box for _, box in shown_boxes(file))):
        return "note.outside_box"
    if overlapping(file):
        return "note.outside_box"
    found = stamps_of(file)
    return found.odd.what if found.odd is not None else "note.stamp_letters" if found.own_letters else ""


@cache
def places(sealed: bytes) -> tuple[Any, ...]:
    """The boxes for stamps of a sealed document."""
    from desktop.submission.stampplaces import stamp_places

    return stamp_places(sealed)


def _unlike(sealed: bytes, mutant: bytes) -> str:
    """What is asked of one that was written anew, where it comes back."""
    from desktop.submission.returning.beside_pages import hidden_content
    from desktop.submission.returning.pages import compare_pages
    from desktop.submission.returning.pictures import strange_pictures

    boxes = places(sealed)
    pages = compare_pages(sealed, mutant, boxes)
    if pages:
        return f"page {pages[0].kind}"
    hidden = hidden_content(sealed, mutant)
    if hidden is not None:
        return code_of(hidden)
    return "/Image" if strange_pictures(sealed, mutant, boxes) else ""


@cache
def _package() -> tuple[OpenPackage, Any, Any]:
    package = _OPEN.enter_context(open_package(KEPT / "sheet.asice"))
    data, pack = readable_inside(package)
    return package, data, pack


def _in_package(document: Document, mutant: bytes) -> str:
    """What is asked of a sheet and of a last page besides."""
    if document.name not in {"sheet", "code"}:
        return ""
    package, data, pack = _package()
    wanted = "approval/" if document.name == "sheet" else "books/look"
    (file,) = (one for one in package.manifest.files if one.path.startswith(wanted))
    here = msgspec.structs.replace(file, size=len(mutant), pages=None)
    opened = io.BytesIO(mutant)
    if document.name == "code":
        return "" if check_printed(opened, here, package.manifest) else "note.no_fingerprint"
    return _sheet(opened, here, package, data, pack)


def _sheet(opened: io.BytesIO, file: PackedFile, package: OpenPackage, data: Any, pack: Any) -> str:
    found = otherwise(opened, file, package.manifest, data, pack)
    check_sheet(opened, file, package.manifest, lambda: found is None)
    return code_of(found) if found is not None else ""
