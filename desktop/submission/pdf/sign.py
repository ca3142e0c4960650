"""Signing a PDF (PAdES baseline B-B, ETSI EN 319 142-1) so that it stays PDF/A-2b.

No signature certifies the document: services could add no fields of their own. What may follow one,
``read.py`` holds.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.signers import constants
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from desktop.base import Message, RancangError
from desktop.submission.pdf.about import write_by_custom
from desktop.submission.pdf.closing import closes
from desktop.submission.pdf.fields import field_name
from desktop.submission.pdf.stamper import UNWRITABLE, Stamper, room
from desktop.submission.stamp import Stamp, draw_stamp
from desktop.trust.certificate import der
from desktop.trust.fetching import Online
from desktop.trust.signer import Signer

if TYPE_CHECKING:
    from pyhanko.pdf_utils.writer import BasePdfFileWriter


class CannotSignPdf(RancangError):
    """The PDF has no place for this signature, or is damaged."""

    def __init__(self, file: str, role: str) -> None:
        super().__init__(Message("submission.pdf.cannot_sign", file=file, role=role))


class ClosedPdf(RancangError):
    """Somebody signed it so that nobody may sign after them."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("submission.pdf.closed", file=file))


class _Key(signers.Signer):
    """Our signer as pyHanko wants one."""

    def __init__(self, signer: Signer) -> None:
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple([asn1_x509.Certificate.load(der(one)) for one in signer.chain])
        leaf = asn1_x509.Certificate.load(der(signer.certificate))
        super().__init__(signing_cert=leaf, cert_registry=store, embed_roots=True)
        self._signer = signer

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:  # noqa: FBT001, FBT002, ARG002 - pyHanko's signature
        if dry_run:
            # A token would ask for its PIN or count; 512 bytes hold RSA-4096 and every curve.
            return bytes(512)
        return self._signer.sign(data)


class _ArchivalSigner(signers.PdfSigner):
    """Signs at a given moment; keeps the file at PDF 1.7 with an elliptic key too (PDF/A-2 knows no 2.0)."""

    moment: dt.datetime

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:  # noqa: ARG002
        pdf_out.register_extension(constants.ESIC_EXTENSION_1)

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> Any:  # noqa: FBT001, FBT002
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.moment
        return session


class _Drawn(PdfContent):
    """The stamp's page as the appearance of the field."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self._page = page

    def render(self) -> bytes:
        xobject = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._page)))
        self.resources.xobject["/Stamp"] = xobject
        left, bottom, right, top = (float(value) for value in xobject.get_object()["/BBox"])
        self.box = BoxConstraints(width=right - left, height=top - bottom)
        return b"/Stamp Do"


def sign_pdf(
    data: bytes, signer: Signer, role: str, stamp: Stamp, file: str, online: Online | None = None
) -> bytes:
    """The PDF with ``role``'s prepared field signed at ``stamp.moment``; earlier bytes stay as they are.

    With ``online`` the signature gets a timestamp (B-T). Raises :class:`CannotSignPdf` when there is no
    such empty field, :class:`ClosedPdf`, NoAnswer, and what the signer raises.
    """
    name = field_name(role)
    write_by_custom()
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        fields = list(enumerate_sig_fields(writer.prev))
        if any(closes(one, [name]) for one in writer.prev.embedded_signatures):
            raise ClosedPdf(file)
        wanted = next(
            (reference.get_object() for found, value, reference in fields if found == name and value is None),
            None,
        )
        if wanted is None:
            raise CannotSignPdf(file, role)
        metadata = signers.PdfSignatureMetadata(
            field_name=name,
            md_algorithm="sha256",
            subfilter=SigSeedSubFilter.PADES,
            name=stamp.name,
            reason=stamp.office or None,
        )
        archival = _ArchivalSigner(
            metadata,
            _Key(signer),
            timestamper=Stamper(online) if online is not None else None,
            stamp_style=_style(wanted, stamp),
        )
        archival.moment = stamp.moment
        reserved = room(signer.chain) if online is not None else None
        signing = archival.async_sign_pdf(writer, existing_fields_only=True, bytes_reserved=reserved)
        return bytes(asyncio.run(signing).getvalue())
    except UNWRITABLE as error:
        raise CannotSignPdf(file, role) from error


def _style(field: Any, stamp: Stamp) -> StaticStampStyle | None:
    left, bottom, right, top = (float(value) for value in field["/Rect"])
    width, height = abs(right - left), abs(top - bottom)
    if not width or not height:
        return None
    rule = SimpleBoxLayoutRule(
        x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID, margins=Margins(0, 0, 0, 0)
    )
    page = _Drawn(draw_stamp(stamp, width, height))
    return StaticStampStyle(background=page, border_width=0, background_opacity=1, background_layout=rule)
