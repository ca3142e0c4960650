"""What a PDF keeps so that its signatures can be believed later: the document security store (DSS).

Nothing in it is signed by a signer; each certificate, answer and list proves itself or proves nothing.
"""

from __future__ import annotations

from typing import Any

from cryptography import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from desktop.base import Message
from desktop.submission.pdf.about import entry_at
from desktop.submission.pdf.exact import one_reading
from desktop.submission.proving import NOTHING, Evidence
from desktop.submission.refusal import Refused
from desktop.trust.certificate import MALFORMED

MAXIMUM_VALUES = 60
"""Certificates, answers and lists of each kind that are looked at."""
MAXIMUM_VALUE = 4 << 20
_KINDS = ("/Certs", "/OCSPs", "/CRLs")


def read_kept(reader: PdfFileReader, name: str) -> Evidence:
    """The certificates, answers and lists of the document. Raises :class:`Refused` (``pdf.kept``)."""
    root = reader.root
    if "/DSS" not in root:
        return NOTHING
    store = root["/DSS"]
    certificates = tuple(_certificate(one, name) for one in _streams(store, "/Certs", name))
    return Evidence((), certificates, _streams(store, "/OCSPs", name), _streams(store, "/CRLs", name))


def kept_at(resolver: HistoricalResolver) -> frozenset[tuple[str, str]]:
    """What the store named at a revision: values by kind and object, and for which signatures."""
    store = entry_at(resolver, resolver.root, "/DSS") or {}
    listed = {
        (key, f"{one.idnum} {one.generation}")
        for key in _KINDS
        for one in entry_at(resolver, store, key) or ()
        if isinstance(one, generic.IndirectObject)
    }
    return frozenset(listed | {("/VRI", str(one)) for one in entry_at(resolver, store, "/VRI") or ()})


def _streams(store: Any, key: str, name: str) -> tuple[bytes, ...]:
    found = list(store[key]) if key in store else []
    if len(found) > MAXIMUM_VALUES:
        raise Refused(Message("submission.pdf.kept", file=name))
    try:
        values = tuple(_value(one.get_object()) for one in found)
    except ValueError as error:
        raise Refused(Message("submission.pdf.kept", file=name)) from error
    if any(len(one) > MAXIMUM_VALUE for one in values):
        raise Refused(Message("submission.pdf.kept", file=name))
    return values


def _value(stream: Any) -> bytes:
    """Packed in a way that every program unpacks alike. Raises ValueError."""
    if stream.get("/DecodeParms") is not None:
        raise ValueError(stream)
    return one_reading(stream)


def _certificate(data: bytes, name: str) -> x509.Certificate:
    try:
        return x509.load_der_x509_certificate(data)
    except MALFORMED as error:
        raise Refused(Message("submission.pdf.kept", file=name)) from error
