"""Do both languages say the same?"""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import Language, Message
from desktop.base.richtext import footnotes
from desktop.checks.finding import Hit
from desktop.checks.reading import Reading
from desktop.checks.registry import check_rule, narrowed, words
from desktop.checks.spots import CellSpot
from desktop.guideline.pack import PageRef, Rule
from desktop.workspace.plan import Place

_LANGUAGE_NAMES = {
    Language.ID: Message("checks.language.id"),
    Language.EN: Message("checks.language.en"),
}


def _named(language: str) -> Message | str:
    return _LANGUAGE_NAMES[Language(language)] if language in set(Language) else language


@check_rule("translation_stale")
def translation_stale(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """No translation was made from a source text that has changed since (by hash; clocks decide nothing)."""
    within = narrowed(rule)
    for written in reading.written:
        for language in written.text.values:
            if written.text.stale(language, reading.source) and within(written.spot):
                message = Message(
                    "checks.translation.stale", where=written.spot.where(), language=_named(language)
                )
                yield Hit(message, written.spot.place(language), written.spot.page)


@check_rule("translation_missing")
def translation_missing(reading: Reading, rule: Rule) -> Iterator[Hit]:
    """Every text in the team's language is there in the other languages too.

    ``languages`` chooses which (else those of the guideline). The cells of a worksheet make one remark
    together, which points at the first: a thousand remarks would be read by nobody. Footnotes belong to the
    text: a translation has as many as its source.
    """
    targets = [
        language
        for language in words(rule, "languages") or reading.pack.pack.languages
        if language != reading.source
    ]
    within = narrowed(rule)
    cells: dict[tuple[str, str], list[CellSpot]] = {}
    for written in reading.written:
        if not written.text.has(reading.source) or not within(written.spot):
            continue
        for language in targets:
            spot = written.spot
            if written.text.has(language):
                texts = written.text.values
                sources, made = (len(footnotes(texts[each])) for each in (reading.source, language))
                if sources != made:
                    message = Message(
                        "checks.translation.footnotes",
                        where=spot.where(), language=_named(language), there=made, source=sources,
                    )  # fmt: skip
                    yield Hit(message, spot.place(language), spot.page)
                continue
            if isinstance(spot, CellSpot):
                cells.setdefault((spot.worksheet.id, language), []).append(spot)
            else:
                message = Message("checks.translation.missing", where=spot.where(), language=_named(language))
                yield Hit(message, spot.place(language), spot.page)
    for (worksheet, language), spots in cells.items():
        message = Message(
            "checks.translation.missing_cells",
            worksheet=spots[0].worksheet.title, n=len(spots), language=_named(language),
        )  # fmt: skip
        page = PageRef(page="worksheet", ref=worksheet)
        about = Place("row", language=language, item=worksheet)
        yield Hit(message, spots[0].place(language), page, "cells", about)
