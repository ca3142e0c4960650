"""What stands in a document that goes out to be signed, looked at in bounds: its pages and boxes.

The package may be a stranger's. Its page tree may lead round in a ring.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from desktop.base import Message
from desktop.base.bounded.limits import STANDARD, Limits, read_or
from desktop.base.jobs import Report
from desktop.submission.pdf.fields import StampBox, boxes_in
from desktop.submission.placeholder import sign_in
from desktop.submission.refusal import Refused
from desktop.submission.returning.comparing import Looker, NotFinished, laid_out


@dataclass(frozen=True, slots=True)
class Described:
    """A document's pages, and of fields shown in it the box and the sign that stands there."""

    pages: int
    boxes: Mapping[str, tuple[StampBox, str]] = field(default_factory=dict)


def describe(looker: Looker, document: bytes, fields: Sequence[str]) -> Described:
    """Look at a document. Raises Cancelled, and Refused: no sound PDF, or it takes too much (``limit.*``)."""
    import msgspec

    with laid_out(document) as (path, _):
        try:
            found = looker.ask(_Describing(path, tuple(fields), STANDARD.of(len(document))))
        except NotFinished as error:
            raise Refused(error.message) from error
    if "unreadable" in found:
        raise Refused(Message("submission.returned.unreadable"))
    try:
        return msgspec.convert(found, Described)
    except msgspec.ValidationError as error:
        # it says what no process of ours would say
        raise Refused(Message("submission.limit.crash")) from error


@dataclass(frozen=True, slots=True)
class _Describing:
    document: Path
    fields: tuple[str, ...]
    limits: Limits

    def run(self, report: Report) -> Mapping[str, Any]:  # noqa: ARG002 - it is done soon, or ended
        unreadable: Mapping[str, Any] = {"unreadable": True}
        return read_or(lambda: self._found(self.document.read_bytes()), unreadable)

    def _found(self, data: bytes) -> Mapping[str, Any]:
        import io

        import pikepdf

        with pikepdf.open(io.BytesIO(data)) as document:
            pages = len(document.pages)
        shown = {name: box for name, box in boxes_in(data).items() if name in self.fields}
        boxes = {name: (asdict(box), sign_in(data, box)) for name, box in shown.items()}
        return {"pages": pages, "boxes": boxes}
