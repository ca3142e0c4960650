"""What a PDF keeps so that its signatures can be believed later: the document security store (DSS).

Nothing in it is signed by a signer; each certificate, answer and list proves itself or proves nothing.
"""

from __future__ import annotations

from typing import Any

from asn1crypto import cms, crl, ocsp
from cryptography import x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

from desktop.base import Message
from desktop.submission.pdf.about import entry_at
from desktop.submission.pdf.bounds import WHOLE, Bounds
from desktop.submission.pdf.exact import one_reading
from desktop.submission.proving import NOTHING, Evidence
from desktop.submission.refusal import Refused
from desktop.trust.certificate import MALFORMED

MAXIMUM_VALUE = 4 << 20
_KINDS = ("/Certs", "/OCSPs", "/CRLs")
_PLACES = (("/Certs", "/Cert"), ("/OCSPs", "/OCSP"), ("/CRLs", "/CRL"), ("", "/TS"))
"""Where a kind stands for all signatures, and where for one (ISO 32000-2, 12.8.4.3)."""
_ENTRIES = frozenset({"/Length", "/Filter", "/DecodeParms"})

_SMALL = 1 << 16
"""Bytes of what is no list; certificates and answers have some thousand."""


def read_kept(reader: PdfFileReader, name: str, bounds: Bounds = WHOLE) -> Evidence:
    """The certificates, answers and lists of the document, at most so many of each kind and so large.

    Raises :class:`Refused` (``pdf.kept``).
    """
    root = reader.root
    if "/DSS" not in root:
        return NOTHING
    try:
        return _evidence(root["/DSS"], bounds)
    except MALFORMED as error:
        raise Refused(Message("submission.pdf.kept", file=name)) from error


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


def _evidence(store: Any, bounds: Bounds) -> Evidence:
    """What is kept, each of it what it is called: a font for whoever looks for one is none of it.

    Raises one of MALFORMED.
    """
    certificates, answers, lists, stamps = (_values(store, *one, bounds.values) for one in _PLACES)
    small = (*certificates, *answers, *stamps)
    if any(len(one) > _SMALL for one in small) or sum(map(len, (*small, *lists))) > bounds.kept:
        raise ValueError(bounds.kept)
    for answer in answers:
        ocsp.OCSPResponse.load(answer, strict=True)["response_status"].native  # noqa: B018 - raises
    for each in lists:
        crl.CertificateList.load(each, strict=True)["tbs_cert_list"]["this_update"].native  # noqa: B018 - raises
    for stamp in stamps:
        cms.ContentInfo.load(stamp, strict=True)["content_type"].native  # noqa: B018 - raises
    return Evidence((), tuple(map(x509.load_der_x509_certificate, certificates)), answers, lists)


def _values(store: Any, key: str, of_one: str, most: int) -> tuple[bytes, ...]:
    """What is kept of a kind for all signatures, and for single ones. Raises one of MALFORMED."""
    found = list(store[key]) if key in store else []
    for each in store["/VRI"].values() if "/VRI" in store else ():
        single = each.get_object()
        if of_one in single:
            held = single.raw_get(of_one)
            value = held.get_object()
            found += [held] if isinstance(value, generic.StreamObject) else list(value)
    streams = {(one.idnum, one.generation): one for one in found}
    if len(streams) > most:
        raise ValueError(key)
    values = tuple(_value(one.get_object()) for one in streams.values())
    if any(len(one) > MAXIMUM_VALUE for one in values):
        raise ValueError(key)
    return values


def _value(stream: Any) -> bytes:
    """Packed in a way that every program unpacks alike. Raises one of MALFORMED."""
    if set(stream) - _ENTRIES or stream.get("/DecodeParms") is not None:
        raise ValueError(stream)
    return one_reading(stream)
