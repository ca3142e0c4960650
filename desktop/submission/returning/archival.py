"""Whether a document that came back is still of the kind that archives keep (PDF/A-2b, ISO 19005-2).

Signing services append what they like. A stamp in a font that is not within the file, or a file written anew
without its colours or its word on PDF/A, is a valid signature all the same: it is told, and never refused.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base import Message

if TYPE_CHECKING:
    import pikepdf

_MOST = 20_000
"""Dictionaries that are looked at; what is beyond is not known to lack anything."""
_PARTS = ("/FontFile", "/FontFile2", "/FontFile3")


def no_longer_archival(sealed: bytes | Path, returned: bytes | Path) -> Message | None:
    """What the document lacks of PDF/A since it went out; None where it lacks nothing."""
    lost = _lacking(returned) - _lacking(sealed)
    return Message("submission.returned.not_archival", what=", ".join(sorted(lost))) if lost else None


def _lacking(document: bytes | Path) -> frozenset[str]:
    """What is missing, as ISO 32000-1 calls it: fonts that are not embedded, colours, the word on PDF/A."""
    import pikepdf

    with pikepdf.open(io.BytesIO(document) if isinstance(document, bytes) else document) as opened:
        found = set[str]()
        if not opened.Root.get("/OutputIntents"):
            found.add("/OutputIntents")
        told = opened.Root.get("/Metadata")
        if not isinstance(told, pikepdf.Stream) or b"pdfaid" not in told.read_bytes():
            found.add("/Metadata")
        if not all(map(_is_embedded, _fonts(opened))):
            found.add("/Font")
        return frozenset(found)


def _fonts(document: pikepdf.Pdf) -> Iterator[Any]:
    """The fonts of pages and of what stands on them in signatures' boxes, each once."""
    import pikepdf

    waiting: list[Any] = []
    for page in document.pages:
        waiting.append(page.obj.get("/Resources"))
        for one in page.obj.get("/Annots") or ():
            # of one look there may be several, by state
            with contextlib.suppress(AttributeError, KeyError, TypeError):
                looks = one.AP.N
                waiting += [looks] if isinstance(looks, pikepdf.Stream) else list(looks.values())
    seen = set[tuple[int, int]]()
    for _ in range(_MOST):
        if not waiting:
            return
        one = waiting.pop()
        if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream) or one.objgen in seen:
            continue
        if one.is_indirect:
            seen.add(one.objgen)
        if "/Resources" in one:
            waiting.append(one.Resources)
        if isinstance(one.get("/XObject"), pikepdf.Dictionary):
            waiting += list(one.XObject.values())
        if isinstance(one.get("/Font"), pikepdf.Dictionary):
            yield from (each for each in one.Font.values() if isinstance(each, pikepdf.Dictionary))


def _is_embedded(font: Any) -> bool:
    """Whether its letters are within the file."""
    if font.get("/Subtype") == "/Type3":
        return True
    inside = font.get("/DescendantFonts")
    described = (inside[0] if inside else font).get("/FontDescriptor")
    return described is not None and any(part in described for part in _PARTS)
