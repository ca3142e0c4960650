"""Several letters in one file, each with its own page numbers: to be printed in one go."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

from desktop.books.pdfa import to_pdfa


def joined(parts: Sequence[bytes], title: str, moment: dt.datetime) -> bytes:
    """The pages of all parts in order, as PDF/A; equal parts, equal bytes. Raises NotArchivable."""
    import pikepdf

    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(parts[0])) as whole:
        for part in parts[1:]:
            with pikepdf.open(io.BytesIO(part)) as more:
                whole.pages.extend(more.pages)
        if "/Outlines" in whole.Root:
            del whole.Root.Outlines  # those of the first part would lead into the first part only
        whole.docinfo["/Title"] = pikepdf.String(title)
        whole.save(target, deterministic_id=True)
    return to_pdfa(target.getvalue(), moment)
