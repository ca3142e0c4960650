"""The ASiC-E frame (ETSI EN 319 162-1): what every reader of such containers looks for first."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterable
from dataclasses import dataclass

MIMETYPE = "application/vnd.etsi.asic-e+zip"
MIMETYPE_NAME = "mimetype"
META = "META-INF/"
MANIFEST_NAME = META + "manifest.xml"
SUFFIX = ".asice"

_OWN_SIGNATURE = re.compile(r"META-INF/signatures(0|[1-9][0-9]{0,3})\.xml", re.ASCII)
_ANY_SIGNATURE = re.compile(r"META-INF/[A-Za-z0-9_-]*signatures[A-Za-z0-9_-]*\.xml", re.ASCII)

ODF = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
XML_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


@dataclass(frozen=True, slots=True)
class DataFile:
    """A data file as signatures see it."""

    name: str
    media_type: str
    sha256: bytes


def signature_name(number: int) -> str:
    """The name of our signature file with this number, from 0."""
    return f"{META}signatures{number}.xml"


def own_signature_number(name: str) -> int | None:
    """The number of one of our signature files, None for any other name."""
    found = _OWN_SIGNATURE.fullmatch(name)
    return int(found[1]) if found else None


def is_signature(name: str) -> bool:
    """Whether EN 319 162-1 (4.4.3.2) reads signatures from a file of this name."""
    return _ANY_SIGNATURE.fullmatch(name) is not None


def uri(name: str) -> str:
    """The reference to a data file: percent-encoded UTF-8, relative to the container."""
    return urllib.parse.quote(name, safe="/!$&'()*+,;=:@-._~")


def name_of(reference: str) -> str:
    """The file a reference means. Raises UnicodeDecodeError."""
    return urllib.parse.unquote(reference, errors="strict")


def attribute(value: str) -> str:
    """A value within quotation marks as Canonical XML writes it."""
    for sign, text in (
        ("&", "&amp;"),
        ("<", "&lt;"),
        ('"', "&quot;"),
        ("\t", "&#x9;"),
        ("\n", "&#xA;"),
        ("\r", "&#xD;"),
    ):
        value = value.replace(sign, text)
    return value


def text(value: str) -> str:
    """A text between tags as Canonical XML writes it."""
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#xD;")):
        value = value.replace(sign, written)
    return value


def manifest_xml(files: Iterable[DataFile]) -> bytes:
    """``META-INF/manifest.xml`` (ODF 1.2): the container and each data file with its media type."""
    entries = [("/", MIMETYPE), *((file.name, file.media_type) for file in files)]
    lines = "".join(
        f'<manifest:file-entry manifest:full-path="{attribute(name)}"'
        f' manifest:media-type="{attribute(kind)}"/>\n'
        for name, kind in entries
    )
    body = f'<manifest:manifest xmlns:manifest="{ODF}" manifest:version="1.2">\n{lines}</manifest:manifest>\n'
    return (XML_DECLARATION + body).encode()
