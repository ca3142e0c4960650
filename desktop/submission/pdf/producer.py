"""The version of itself that iText up to 2.1.7, and OpenPDF for long, write to the root of the pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.diff_analysis import ModificationLevel, QualifiedWhitelistRule, ReferenceUpdate

from desktop.submission.pdf.plain_values import spelled

PRODUCER = "/ITXT"
_VERSION = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){1,4}")


def names_producer(node: Any) -> bool:
    """Whether it is the root of pages and names no more than a version there, if anything."""
    if "/Parent" in node or "/Kids" not in node:
        return False
    said = node.raw_get(PRODUCER) if PRODUCER in node else None
    return said is None or (
        isinstance(said, generic.TextStringObject) and _VERSION.fullmatch(said) is not None
    )


class Producer(QualifiedWhitelistRule):
    """Who signs may write it there: nobody shows it, and nothing else of that root is another."""

    def apply_qualified(
        self, old: HistoricalResolver, new: HistoricalResolver
    ) -> Iterable[tuple[ModificationLevel, ReferenceUpdate]]:
        """Explain the root of the pages where only that differs."""
        place = old.root.raw_get("/Pages")
        if not isinstance(place, generic.IndirectObject):
            return
        were, are = (one(place.reference) for one in (old, new))
        if not all(type(one) is generic.DictionaryObject and names_producer(one) for one in (were, are)):
            return
        kept, given = (
            {key: spelled(one.raw_get(key)) for key in one if key != PRODUCER} for one in (were, are)
        )
        if kept == given:
            yield ModificationLevel.FORM_FILLING, ReferenceUpdate(place.reference)
