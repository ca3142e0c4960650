"""What a PDF says of itself beside its pages, at a revision: information dictionary and XMP packet."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from lxml import etree
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from desktop.submission.xmlread import parse

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_WRITTEN = frozenset(
    {
        "{http://ns.adobe.com/xap/1.0/}ModifyDate",
        "{http://ns.adobe.com/xap/1.0/}MetadataDate",
        "{http://ns.adobe.com/pdf/1.3/}Producer",
    }
)
"""What programs that sign write anew: when, and by what."""
_NOTHING = {
    "{http://purl.org/dc/elements/1.1/}format": frozenset({"application/pdf"}),
    "{http://ns.adobe.com/pdf/1.3/}Trapped": frozenset({"False", "Unknown"}),
}
"""What they may add, for it says no more than that this is a PDF made ready for no press."""
_MADE = "{http://ns.adobe.com/xap/1.0/}CreateDate"
_MANAGEMENT = "{http://ns.adobe.com/xap/1.0/mm/}"
_FRAME = re.compile(r"<\?xpacket[^<>]*\?>|</?x:xmpmeta[^<>]*>")


def about(reader: PdfFileReader, revision: int) -> dict[str, str]:
    """Title, author and whatever else it says, as it stood at a revision, from both places a PDF keeps it.

    Programs that sign may write when and by what the file was changed; pyHanko's comparison lets any
    other change of these entries through. Raises Refused (codes ``xml.*``).
    """
    resolver = reader.get_historical_resolver(revision)
    entry = entry_at(resolver, resolver.trailer_view, "/Info")
    written = {"/ModDate", "/Producer"}
    found = {str(key): str(entry_at(resolver, entry, key)) for key in entry or () if key not in written}
    metadata = entry_at(resolver, resolver.root, "/Metadata")
    return found | xmp_properties(metadata.data) if metadata is not None else found


def entry_at(resolver: HistoricalResolver, holder: Any, key: str) -> Any:
    """An entry as it stood then; pyHanko's plain getter answers trailer entries with today's object."""
    if key not in holder:
        return None
    value = holder.raw_get(key)
    return resolver.get_object(value.reference) if isinstance(value, generic.IndirectObject) else value


def xmp_properties(packet: bytes) -> dict[str, str]:
    """The properties of an XMP packet as texts, and under an empty name what stands outside of them.

    What is empty says nothing, and a moment is the same however it is written.
    """
    start, end = packet.find(b"<rdf:RDF"), packet.rfind(b"</rdf:RDF>")
    if start < 0 or end < start:
        return {"": packet.decode("utf-8", "replace").strip()}
    end += len(b"</rdf:RDF>")
    outside = _FRAME.sub("", (packet[:start] + b" " + packet[end:]).decode("utf-8", "replace"))
    found = {"": [outside.strip("\ufeff \t\r\n\0")]}
    for block in parse(packet[start:end], "XMP", languages=True):
        for key, value in block.items():
            if key != f"{_RDF}about":
                found.setdefault(str(key), []).append(str(value))
        for one in block:
            found.setdefault(str(one.tag), []).append(_told(one))
    told = {key: "\n".join(values) for key, values in found.items()}
    if _MADE in told:
        told[_MADE] = _moment(told[_MADE])
    return {
        key: value
        for key, value in told.items()
        if key not in _WRITTEN
        and not key.startswith(_MANAGEMENT)
        and (not key or (value and value not in _NOTHING.get(key, ())))
    }


def _moment(said: str) -> str:
    try:
        moment = dt.datetime.fromisoformat(said)
        return moment.astimezone(dt.UTC).isoformat() if moment.tzinfo is not None else said
    except (ValueError, OverflowError):
        return said


def _told(element: etree._Element) -> str:
    """A property with everything in it; whitespace between elements is layout, each program has its own."""
    parts: list[str] = []
    for one in element.iter():
        attributes = [f"{key!s}={value!s}" for key, value in sorted(one.items())]
        texts = [(one.text or "").strip()]
        # a list without its kind: programs differ in how they write a single value
        parts += [part for part in (*attributes, *texts) if part]
    return "\n".join(parts)
