"""What a PDF says of itself beside its pages, at a revision: information dictionary and XMP packet."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import Any

from lxml import etree
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from desktop.submission.pdf.exact import one_reading
from desktop.submission.pdf.packet import RDF, body_of, is_day, is_free, is_plain_words
from desktop.submission.xades.xml import parse

_FREE = {"/ModDate": is_day, "/Producer": is_plain_words}
"""What programs that sign write anew: when, and by what."""
_WIDE = b"\xfe\xff"
_ALPHABETS = {generic.TextStringEncoding.PDF_DOC, generic.TextStringEncoding.UTF16BE}
_NOTHING = {
    "{http://purl.org/dc/elements/1.1/}format": frozenset({"application/pdf"}),
    "{http://ns.adobe.com/pdf/1.3/}Trapped": frozenset({"False", "Unknown"}),
}
"""What they may add, for it says no more than that this is a PDF made ready for no press."""
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MADE = "{http://ns.adobe.com/xap/1.0/}CreateDate"
_SUBJECT, _KEYWORDS = "{http://purl.org/dc/elements/1.1/}subject", "{http://ns.adobe.com/pdf/1.3/}Keywords"
"""Of the same words: iText from 7 on says keywords once more."""
_ADOBE = "http://ns.adobe.com/"
_SPACES = {
    "http://purl.org/dc/elements/1.1/": {"dc"},
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": {"rdf"},
    f"{_ADOBE}xap/1.0/": {"xmp", "xap"},
    f"{_ADOBE}xap/1.0/mm/": {"xmpMM", "xapMM"},
    f"{_ADOBE}xap/1.0/rights/": {"xmpRights", "xapRights"},
    f"{_ADOBE}xap/1.0/sType/ResourceEvent#": {"stEvt"},
    f"{_ADOBE}xap/1.0/sType/ResourceRef#": {"stRef"},
    f"{_ADOBE}pdf/1.3/": {"pdf"},
    "http://www.aiim.org/pdfa/ns/id/": {"pdfaid"},
    "http://www.aiim.org/pdfua/ns/id/": {"pdfuaid"},
}
"""By what prefixes properties are called: some programs go by these, and others by what they stand for."""
_CUSTOMARY = {prefix for known in _SPACES.values() for prefix in known}
_LISTS = frozenset(f"{RDF}{name}" for name in ("Alt", "Bag", "Seq", "li"))
_MOST, _OF_ONE = 1_000, 100
"""Elements in a packet, where it did not begin with more, and how many more each signature may bring: written
anew by pyHanko each declares a space of names, of which 5,000 are read."""
_SAID_OF_ONE = re.compile(rb"[\t\n\r ](?!xmlns)[A-Za-z][A-Za-z0-9_.:-]*+=[\"']")
"""What an element says of itself, but for spaces of names."""
_LETTERS = 2 << 10
"""As many as are gone through in the time of an element."""
_NAME, _ATTRIBUTE, _NEXT, _AGAIN = "\1", "\2", "\3", "\4"
"""No text of XML can have these, so that none says what a name or an attribute says."""


def write_by_custom() -> None:
    """Have lxml call each space of names as everybody does, when a library writes a packet anew.

    It would make up prefixes, by which many programs find nothing.
    """
    for space, prefixes in _SPACES.items():
        # of two the newer
        etree.register_namespace(max(prefixes), space)


def about(reader: PdfFileReader, revision: int, signed: int = 0) -> dict[str, str]:
    """Title, author and whatever else it says, as it stood at a revision, from both places a PDF keeps it.

    Programs that sign may write when and by what the file was changed; pyHanko's comparison lets any
    other change of these entries through. ``signed`` is by how many the document is signed: each may have
    written some more. Raises Refused (codes ``xml.*``).
    """
    resolver = reader.get_historical_resolver(revision)
    entry = entry_at(resolver, resolver.trailer_view, "/Info")
    found = {str(key): _text(entry_at(resolver, entry, key)) for key in entry or ()}
    found = {key: said for key, said in found.items() if not _FREE.get(key, _never)(said)}
    metadata = entry_at(resolver, resolver.root, "/Metadata")
    if metadata is None:
        return found
    return found | _of_packet(metadata, max(_MOST, _began_with(reader)) + _OF_ONE * signed)


def text_in(value: Any) -> str:
    """A text of pikepdf's, told apart from the same one in an alphabet that only some programs know."""
    import pikepdf

    if value is None:
        return ""
    return _text(generic.pdf_string(bytes(value)) if isinstance(value, pikepdf.String) else value)


def _text(value: Any) -> str:
    """A text in an alphabet that every program knows; anything else byte by byte."""
    if not isinstance(value, generic.TextStringObject):
        return f"{_ATTRIBUTE}{type(value).__name__}{_NEXT}{value!s}"
    held = value.original_bytes
    # 0x1b begins the name of a language
    seen = value if held.startswith(_WIDE) else held.decode("latin-1")
    plain = all(" " <= one != "\x7f" or one in "\t\r\n" for one in seen)
    if plain and value.autodetected_encoding in _ALPHABETS:
        return str(value)
    return f"{_ATTRIBUTE}{held.hex()}"


def _never(_said: str) -> bool:
    return False


def _began_with(reader: PdfFileReader) -> int:
    """How many elements the packet had at first; some programs of designers write thousands."""
    first = reader.get_historical_resolver(0)
    try:
        packet = entry_at(first, first.root, "/Metadata")
        return 0 if packet is None else _elements(one_reading(packet))
    except (ValueError, KeyError):
        # a first table alone may lead nowhere
        return 0


def _elements(packet: bytes) -> int:
    """How many there are at most when another program has written the packet anew.

    Those that have an end of their own, too, count once: programs write either. What one says of itself may
    become an element, and so may what holds that. Letters, be they blank, are gone through as well.
    """
    tags = packet.count(b"<") - packet.count(b"</")
    return tags + 2 * len(_SAID_OF_ONE.findall(packet)) + len(packet) // _LETTERS


def _of_packet(metadata: Any, most: int) -> dict[str, str]:
    """The properties of the packet; of one that programs unpack in several ways, its bytes as they are.

    So of a long one: nobody has to go through it, and whoever writes it anew may make it too long to read.
    """
    try:
        if metadata.get("/DecodeParms") is not None:
            raise ValueError(metadata)  # noqa: TRY301 - read as what it is, below
        packet = one_reading(metadata)
        if _elements(packet) > most:
            raise ValueError(most)  # noqa: TRY301 - read as what it is, below
        return xmp_properties(packet)
    except ValueError:
        about = sorted((str(key), str(value)) for key, value in metadata.items())
        return {"": hashlib.sha256(metadata.encoded_data + repr(about).encode()).hexdigest()}


def entry_at(resolver: HistoricalResolver, holder: Any, key: str) -> Any:
    """An entry as it stood then; pyHanko's plain getter answers trailer entries with today's object."""
    if key not in holder:
        return None
    value = holder.raw_get(key)
    return resolver.get_object(value.reference) if isinstance(value, generic.IndirectObject) else value


def xmp_properties(packet: bytes) -> dict[str, str]:
    """The properties of an XMP packet as texts, and under an empty name what stands outside of them.

    What is empty says nothing, keywords are the same said twice, and a moment however it is written.
    """
    body = body_of(packet)
    if body is None:
        return {"": packet.decode("utf-8", "backslashreplace").strip()}
    root = parse(body, "XMP", languages=True)
    # text beside properties, and prefixes that stand for something else: only some programs see them
    found = {"": [*_between(root), *sorted(_strange_prefixes(root))]}
    for block in root:
        found[""] += _between(block)
        for key, value in block.items():
            if key != f"{RDF}about" and not is_free(str(key), str(value)):
                found.setdefault(str(key), []).append(str(value))
        for one in block:
            if not is_free(str(one.tag), one):
                found.setdefault(str(one.tag), []).append(_told(one))
    told = {key: _AGAIN.join(filter(None, values)) for key, values in found.items()}
    if _MADE in told:
        told[_MADE] = _moment(told[_MADE])
    if told.get(_SUBJECT) == told.get(_KEYWORDS):
        told.pop(_SUBJECT, None)
    return {
        key: value for key, value in told.items() if not key or (value and value not in _NOTHING.get(key, ()))
    }


def titles_in(packet: bytes) -> set[str] | None:
    """What a packet calls the document; None where programs may find different titles in it.

    Raises Refused (codes ``xml.*``).
    """
    said = xmp_properties(packet)
    parts = said.get(_TITLE, "").replace(_AGAIN, _NEXT).split(_NEXT)
    return None if said.get("") else {one for one in parts if one and not one.startswith(_ATTRIBUTE)}


def _moment(said: str) -> str:
    try:
        moment = dt.datetime.fromisoformat(said)
        return moment.astimezone(dt.UTC).isoformat() if moment.tzinfo is not None else said
    except (ValueError, OverflowError):
        return said


def _between(element: etree._Element) -> list[str]:
    """Text that stands beside the elements within one."""
    texts = [element.text, *(one.tail for one in element)] if len(element) else []
    return [text.strip() for text in texts if text and text.strip()]


def _strange_prefixes(root: etree._Element) -> set[str]:
    found: set[str] = set()
    for one in root.iter():
        for prefix, space in one.nsmap.items():
            allowed = _SPACES.get(str(space))
            if prefix not in allowed if allowed else prefix in _CUSTOMARY:
                found.add(f"{prefix}={space!s}")
    return found


def _told(element: etree._Element) -> str:
    """A property with everything in it; whitespace between elements is layout, each program has its own."""
    parts: list[str] = []
    for one in element.iter():
        # a list without its kind: programs differ in how they write a single value
        name = [] if one is element or one.tag in _LISTS else [f"{_NAME}{one.tag!s}"]
        attributes = [f"{_ATTRIBUTE}{key!s}={value!s}" for key, value in sorted(one.items())]
        texts = _between(one) or [(one.text or "").strip()]
        parts += [part for part in (*name, *attributes, *texts) if part]
    return _NEXT.join(parts)
