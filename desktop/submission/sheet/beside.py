"""What an approval sheet says beside its pages: the title of the window, an outline, links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import pikepdf

_MOST = 200
"""Parts of an outline that are read; our sheets have none or a few."""
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def said_beside(sheet: BinaryIO, expected: BinaryIO) -> tuple[str, str] | None:
    """What the one says and the other does not; None where they say the same. Raises what pikepdf raises."""
    import pikepdf

    sheet.seek(0)
    expected.seek(0)
    with pikepdf.open(sheet) as one, pikepdf.open(expected) as other:
        title = _titles(other)[:1]
        wrong = [each for each in _titles(one) if each not in title]
        if wrong:
            return wrong[0][:_MOST], "".join(title)
        said, wanted = (tuple(_parts(document)) for document in (one, other))
        if said != wanted:
            return "; ".join(part for part in said if part not in wanted)[:_MOST], "; ".join(wanted)[:_MOST]
    return None


def _titles(document: pikepdf.Pdf) -> list[str]:
    import pikepdf

    info = document.trailer.get("/Info", pikepdf.Dictionary()).get("/Title")
    try:
        with document.open_metadata(update_docinfo=False) as about:
            told = about.get(_TITLE)
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, SyntaxError):
        # what cannot be read may be another title to somebody else
        told = ""
    return [str(one) for one in (info, told) if one is not None]


def _parts(document: pikepdf.Pdf) -> Iterator[str]:
    """The titles of the outline, and where links lead."""
    import pikepdf

    nothing = pikepdf.Dictionary()
    waiting: list[Any] = [document.Root.get("/Outlines", nothing).get("/First")]
    for _ in range(_MOST):
        part = waiting.pop() if waiting else None
        if part is None:
            break
        yield str(part.get("/Title", ""))
        waiting += [one for one in (part.get("/Next"), part.get("/First")) if one is not None]
    for page in document.pages:
        for one in page.get("/Annots", ()):
            if str(one.get("/Subtype", "")) != "/Widget":
                yield str(one.get("/A", nothing).get("/URI", one.get("/Subtype", "")))
