"""The pages that are judged: every document of the demonstration and of the plan of the tests, as HTML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from lxml import html

from desktop.base import Language
from desktop.base.jobs import quiet
from desktop.books.compose import compose
from desktop.books.document import Document
from desktop.books.html import render_html
from desktop.books.proof import proof_of
from desktop.books.words import Words
from desktop.exchange.demo import build_demo
from desktop.workspace import Workspace
from desktop.workspace.errors import MissingBlob
from tests.books import plans
from tests.books.papers import Demo, papers


@dataclass(frozen=True)
class Page:
    """A document and what was made of it."""

    book: Document
    photos: Mapping[str, bytes] = field(default_factory=dict)

    def read(self, sha256: str) -> bytes:
        """A photo of the document."""
        if sha256 not in self.photos:
            raise MissingBlob(sha256)
        return self.photos[sha256]

    @cached_property
    def data(self) -> bytes:
        return render_html(self.book, pictures=self.read)

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.data.decode("utf-8"))

    def __str__(self) -> str:
        return f"{self.book.id}.{self.book.language.value}"


def tested() -> Iterator[Page]:
    """The documents of the plan of the tests, drafts."""
    for book in ("everything", "pledge"):
        for language in Language:
            yield Page(compose(plans.plan(), plans.pack(), book, language, draft=True))


def demonstrated(folder: Path) -> Iterator[Page]:
    """Every document of the demonstration with a fingerprint, of those for each agency the first one's."""
    made = build_demo(quiet, folder)
    with Workspace.open(made.path, read_only=True) as workspace:
        plan, pack = workspace.plan(), workspace.pack()
        photos = {each.sha256: workspace.evidence_bytes(each.sha256) for each in plan.evidence}
    for book in pack.books:
        for language in Language:
            agency = plan.agencies[0].id if book.per else ""
            document = compose(plan, pack, book.id, language, draft=False, test=True, agency=agency)
            proof = proof_of(Words(language, plan.source_language), "5a" * 32, document.subject)
            yield Page(replace(document, proof=proof), photos)
    books = {book.id for book in pack.books}
    for language in Language:
        for document in papers(Demo(plan, pack, photos.__getitem__), language):
            if document.id not in books:
                yield Page(document, photos)
