"""The guideline's own words as documents: every label in both languages, with the page it stands on."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import LocalText
from desktop.exchange.searching.documents import GUIDELINE, Document, Kind
from desktop.guideline.pack import Chapter, Pack

NONE = LocalText()


def labels(pack: Pack) -> Iterator[Document]:
    """Every label of a guideline."""
    yield from _forms(pack)
    yield from _worksheets(pack)
    yield from _chapters(pack)
    yield from _rest(pack)


def _forms(pack: Pack) -> Iterator[Document]:
    for form in pack.forms:
        yield from _own("form", form.id, "", form.title, form.purpose)
        for field in form.fields:
            yield from _own("form", form.id, f"{form.id}.{field.id}", field.label, field.help)


def _worksheets(pack: Pack) -> Iterator[Document]:
    for sheet in pack.worksheets:
        yield from _own("worksheet", sheet.id, "", sheet.title, sheet.purpose)
        for column in sheet.columns:
            yield from _own("worksheet", sheet.id, f"{sheet.id}.{column.id}", column.label, column.help)
        for row in sheet.fixed_rows:
            yield from _own("worksheet", sheet.id, f"{sheet.id}.{row.id}", row.label, row.help)


def _chapters(pack: Pack) -> Iterator[Document]:
    seen: set[str] = set()
    for book in pack.books:
        for chapter in _walk(book.chapters):
            if chapter.id not in seen:
                seen.add(chapter.id)
                item = f"chapter.{chapter.id}"
                yield from _own("chapter", chapter.id, item, chapter.title, chapter.guidance)


def _rest(pack: Pack) -> Iterator[Document]:
    for dimension in pack.dimensions:
        yield from _own("programmes", "", dimension.id, dimension.name, dimension.goal)
        for sub in dimension.sub_dimensions:
            yield from _own("programmes", "", sub.id, sub.name, sub.target)
    for measure in pack.figures:
        yield from _own("figures", "", measure.id, measure.label, measure.help)
    for body in pack.bodies:
        yield from _own("bodies", "", body.id, body.name, body.purpose)
    for session in pack.sessions:
        yield from _own("sessions", "", session.id, session.title, NONE)
        for output in session.outputs:
            yield from _own("sessions", "", f"{session.id}.{output.id}", output.label, NONE)


def _own(page: str, ref: str, item: str, label: LocalText, told: LocalText) -> Iterator[Document]:
    row = f"{page}/{ref}/{item}"
    for language, title in label.texts.items():
        facts = {"page": page, "ref": ref, "item": item, "language": language}
        body = told.texts.get(language, "")
        yield Document(Kind.GUIDELINE, GUIDELINE, row, f"label:{language}", title, body, facts)


def _walk(chapters: tuple[Chapter, ...]) -> Iterator[Chapter]:
    for chapter in chapters:
        yield chapter
        yield from _walk(chapter.chapters)
