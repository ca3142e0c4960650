"""What a PDF that people sign may do besides showing its pages: lead to a place in itself, or to a web page.

A script, a program to start, a file inside or a layer lets one signed file show or do different things.
Our own books hold none of it (PDF/A allows hardly any), so a document that does was made by somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from desktop.base import Message
from desktop.submission.pdf.once import Once
from desktop.submission.refusal import Refused

if TYPE_CHECKING:
    import pikepdf

_NEVER = frozenset(
    f"/{name}"
    for name in [
        "AA",
        "AF",
        "AlternatePresentations",
        "Alternates",
        "Collection",
        "EF",
        "EmbeddedFiles",
        "FFilter",
        "JS",
        "JavaScript",
        "NeedsRendering",
        "OC",
        "OCProperties",
        "OPI",
        "Renditions",
        "Requirements",
        "RichMediaContent",
        "XFA",
    ]
)
"""Entries that no dictionary of a signed document has (names of ISO 32000-1)."""
_ACTIONS = ("/A", "/PA", "/OpenAction", "/Next")
_HARMLESS = frozenset({"/GoTo", "/URI"})
_ACTIVE = frozenset(
    f"/{name}"
    for name in [
        "GoToE",
        "GoToR",
        "Hide",
        "ImportData",
        "JavaScript",
        "Launch",
        "Movie",
        "Rendition",
        "ResetForm",
        "RichMediaExecute",
        "SetOCGState",
        "Sound",
        "SubmitForm",
    ]
)
_ADDRESS = re.compile(r"(?:https?|mailto):[^\x00-\x1f\x7f-\x9f]*", re.IGNORECASE)


def check_active(file: BinaryIO, name: str) -> None:
    """Raise :class:`Refused` (``pdf.active``, ``pdf.field``) for the first such thing.

    Raises what pikepdf raises.
    """
    _HARMLESS_ONES.ask(file, (), lambda read: _check_active(read, name))


_HARMLESS_ONES = Once[None](lambda _: True)


def _check_active(file: BinaryIO, name: str) -> None:
    import pikepdf

    from desktop.submission.pdf.widgets import check_widgets

    file.seek(0)
    with pikepdf.open(file) as document:
        for one in dictionaries(document):
            for key, value in one.items():
                what = _active(one, key, value)
                if what:
                    raise Refused(Message("submission.pdf.active", file=name, what=what))
        check_widgets(document, name)


def dictionaries(document: pikepdf.Pdf, but: Container[tuple[int, int]] = ()) -> Iterator[Any]:
    """Every dictionary of the file, those of streams too; each object once, whoever refers to it.

    ``but`` holds numbers of objects that are left out.
    """
    import pikepdf

    for start in document.objects:
        # what is no dictionary may be a plain number, which knows nothing of its own
        if getattr(start, "objgen", None) in but:
            continue
        waiting: list[Any] = [start]
        while waiting:
            one = waiting.pop()
            if isinstance(one, pikepdf.Array):
                inside: list[Any] = list(one)
            elif isinstance(one, (pikepdf.Dictionary, pikepdf.Stream)):
                found = one.stream_dict if isinstance(one, pikepdf.Stream) else one
                yield found
                inside = [value for _, value in found.items()]
            else:
                continue
            waiting += [
                value for value in inside if isinstance(value, pikepdf.Object) and not value.is_indirect
            ]


def _active(holder: Any, key: str, value: Any) -> str:
    """What is wrong with an entry, as ISO 32000-1 calls it; empty when nothing is."""
    import pikepdf

    if key in _NEVER or "\0" in key or "#" in key:
        # some programs end a name where it has a zero byte
        return key.replace("\0", "#00")
    if key in _ACTIONS:
        several = list(value) if isinstance(value, pikepdf.Array) else [value]
        kinds = [str(one.get("/S", "")) for one in several if isinstance(one, pikepdf.Dictionary)]
        return next((kind for kind in kinds if kind and kind not in _HARMLESS), "")
    if key == "/S" and str(value) in _ACTIVE:
        return str(value)
    if key == "/URI" and not _ADDRESS.fullmatch(str(value)):
        return key
    if key == "/Subtype" and value == pikepdf.Name.PS:
        return str(value)
    if key == "/Type" and value in (pikepdf.Name.OCG, pikepdf.Name.OCMD):
        return str(value)
    if key == "/Ref" and "/BBox" in holder:
        return key
    if key == "/F" and "/Length" in holder:
        return key
    return _annotation(value) if key == "/Annots" else ""


def _annotation(annotations: Any) -> str:
    """The first annotation of a page that is neither a plain link nor a field."""
    for one in annotations:
        kind = str(one.get("/Subtype", ""))
        if kind != "/Widget" and (kind != "/Link" or not _is_unseen(one)):
            return f"/Annots {kind}"
    return ""


def _is_unseen(link: Any) -> bool:
    """Whether a link draws nothing, neither on the screen nor on paper."""
    border = link.get("/Border", ())
    # the fourth is how a line is dashed
    widths = [float(one) for one in list(border)[:3]]
    return not {"/AP", "/BS"} & set(link.keys()) and len(border) in {3, 4} and not any(widths)
