"""A PDF that archives accept: PDF/A-2b (ISO 19005-2), the same bytes for the same input.

ReportLab's output is nearly there already (fonts embedded, no transparency surprises); pikepdf adds
the output intent and the metadata, and refuses to write what does not conform.
"""

from __future__ import annotations

import datetime as dt
import io
import logging
import re
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.base import Message, RancangError

if TYPE_CHECKING:
    import pikepdf

FLAVOUR = "2b"
_VERSION = "1.5"
"""What the head of each file says, written whichever way."""
_EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
_PLACEHOLDERS = {"anonymous", "unspecified", "untitled"}
"""What ReportLab writes where it was told nothing; better no entry than such a word."""


class NotArchivable(RancangError):
    """The document cannot be written as PDF/A; the sentence carries the first reason."""

    def __init__(self, n: int, reason: str) -> None:
        super().__init__(Message("books.pdfa.refused", n=n, reason=reason))


def to_pdfa(data: bytes, moment: dt.datetime | None = None) -> bytes:
    """The document as PDF/A-2b; equal input, equal bytes, on every computer and at any time.

    ``moment`` (the time of the last operation) becomes the dates of creation and change; without it
    they are 1 January 2000, as ReportLab's invariant mode has them. Raises :class:`NotArchivable`.
    """
    import pikepdf
    from pikepdf import pdfa

    stamp = (moment or _EPOCH).astimezone(dt.UTC).replace(microsecond=0)
    target = io.BytesIO()
    try:
        with _calm_log(), pikepdf.open(io.BytesIO(data)) as document:
            _tidy(document, stamp)
            pdfa.prepare(document, FLAVOUR)
            _steady_metadata(document, stamp)
            pdfa.save(
                document,
                target,
                FLAVOUR,
                repair=False,
                deterministic_id=True,
                min_version=_VERSION,
                # of tables that are streams, and of objects within streams, programs read different things
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
    except pdfa.PdfaError as error:
        findings = error.report.findings
        raise NotArchivable(len(findings), str(findings[0]) if findings else str(error)) from error
    except pikepdf.PdfError as error:
        raise NotArchivable(1, str(error)) from error
    return target.getvalue()


def check_pdfa(data: bytes) -> tuple[str, ...]:
    """What keeps a file from being PDF/A-2b, in the validator's own (English) words; empty = it is."""
    from pikepdf import pdfa

    with _calm_log():
        report = pdfa.validate_written(io.BytesIO(data), FLAVOUR)
    return tuple(str(finding) for finding in report.findings)


class _calm_log:  # noqa: N801 - reads as a verb in a with statement
    """Keeps pikepdf's advice to programmers out of a person's terminal."""

    def __enter__(self) -> None:
        self._logger = logging.getLogger("pikepdf")
        self._level = self._logger.level
        self._logger.setLevel(logging.ERROR)

    def __exit__(self, *_: object) -> None:
        self._logger.setLevel(self._level)


def _tidy(document: pikepdf.Pdf, stamp: dt.datetime) -> None:
    import pikepdf

    for page in document.pages:
        if "/Trans" in page:
            # ReportLab writes an empty transition on every page, which PDF/A-2 does not know.
            del page["/Trans"]
    for one in document.objects:
        if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image":
            _name_filter(one)
    info = document.docinfo
    for key in list(info.keys()):
        if str(info[key]) in _PLACEHOLDERS:
            del info[key]
    date = stamp.strftime("D:%Y%m%d%H%M%S+00'00'")
    for key in ("/CreationDate", "/ModDate"):
        info[key] = pikepdf.String(date)
    info["/Creator"] = pikepdf.String(f"Rancang {__version__}")


def _name_filter(picture: pikepdf.Stream) -> None:
    """A single filter is named, as of every other stream, not listed."""
    import pikepdf

    found = picture.get("/Filter")
    if isinstance(found, pikepdf.Array) and len(found) == 1:
        picture["/Filter"] = found[0]


def _steady_metadata(document: pikepdf.Pdf, stamp: dt.datetime) -> None:
    """Pikepdf writes the present moment into the metadata; a reproducible file has to hold it still."""
    import pikepdf

    packet = document.Root.Metadata.read_bytes()
    steady, count = re.subn(
        rb"(<xmp:MetadataDate>)[^<]*(</xmp:MetadataDate>)",
        lambda found: found[1] + stamp.isoformat().encode() + found[2],
        packet,
    )
    if count != 1:
        raise NotArchivable(1, "xmp:MetadataDate")
    document.Root.Metadata.write(steady)
    document.Root.Metadata.Type = pikepdf.Name.Metadata
    document.Root.Metadata.Subtype = pikepdf.Name.XML
