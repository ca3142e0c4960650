"""A document of a page or more that is no book of the guideline: the same words and types, no cover."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.base import Language, LocalText, Message
from desktop.books.composer import Composer
from desktop.books.document import Column, Cover, Document, Heading, Row, Table
from desktop.books.marks import labels_of
from desktop.books.words import shortened
from desktop.guideline.pack import Book, Pack
from desktop.workspace.plan import Plan


class Paper(Composer):
    """Composes such a document."""

    def section(self, text: str) -> None:
        """A heading of the first level, without a number."""
        self.add(Heading(1, "", shortened(text)))

    def plain_table(self, columns: Sequence[Column], rows: Sequence[Row], *, facts: bool = False) -> None:
        """A table without number and caption: on a sheet nobody refers to it."""
        self.add(Table(0, "", tuple(columns), tuple(rows), plain=facts))

    def document(self, foot: str, cover: Cover, notices: tuple[str, ...] = ()) -> Document:
        """The finished document; ``foot`` stands on every page."""
        words, plan = self.words, self.plan
        title = words.local(self.book.title)
        if plan.example:
            notices = (*notices, words.say(Message("books.notice.example")))
        return Document(
            id=self.book.id,
            title=shortened(f"{title} – {plan.region.name}"),
            subject=cover.title,
            author=words.say(Message("books.author", region=plan.region.name)),
            language=words.language,
            moment=plan.changed_at,
            cover=cover,
            labels=labels_of(words),
            running_head=(title, cover.region),
            running_foot=foot,
            elements=self.finished(),
            notices=notices,
            letter=True,
        )


def paper(plan: Plan, pack: Pack, language: Language, id: str, title: Message) -> Paper:  # noqa: A002
    """An empty one. Nothing in it is numbered by the guideline."""
    from desktop.base import render

    named = LocalText({each.value: render(title, each) for each in Language})
    book = Book(id=id, code="", title=named, chapters=())
    return Paper(plan, pack, book, language, {}, draft=False)
