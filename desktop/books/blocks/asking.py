"""What a head of region has to know in ten minutes: what he is asked for, and what the plan promises."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from desktop.base import Message
from desktop.base.richtext import Run
from desktop.books.blocks.money import programme_total
from desktop.books.composer import Composer
from desktop.books.document import Column, ListBlock, ListItem, Row
from desktop.books.words import EMPTY, listed, shortened
from desktop.checks.offers import IN_FORCE, regulation
from desktop.guideline.signing import package_books, package_signers, sheet_signers
from desktop.workspace.plan import Indicator, Programme

_NAME = 78
"""Letters of an indicator: the sheet shall stay two pages."""


def asked(to: Composer) -> None:
    """What is asked of the head of region, point by point, by what the plan still waits for."""
    points = [to.words.say(each) for each in _points(to)]
    if points:
        to.minor(to.words.say(Message("books.brief.asked")))
        to.add(ListBlock(tuple(ListItem((Run(text),), 1, place) for place, text in enumerate(points, 1))))


def _points(to: Composer) -> Iterator[Message]:
    yield from _signing(to)
    binding = regulation(to.plan)
    if binding is None:
        yield Message("books.brief.make_regulation")
    elif binding.state not in IN_FORCE:
        yield Message("books.brief.issue_regulation")
    first = min((line.year for each in to.programmes for line in each.budget if line.indicative), default=0)
    needed = sum(line.indicative or 0 for each in to.programmes for line in each.budget if line.year == first)
    if needed:
        yield Message("books.brief.provide", year=str(first), amount=to.words.money(needed))
    if to.pack.bodies:
        yield Message("books.brief.lead", body=to.words.local(to.pack.bodies[0].name))


def _signing(to: Composer) -> Iterator[Message]:
    """The documents that wait for the signature of the first role listed, who is the head of region."""
    head = to.pack.roles[0].id if to.pack.roles else ""
    books = [each for each in package_books(to.pack) if head in package_signers(to.pack, each)]
    if books and head in sheet_signers(to.pack):
        yield Message("books.brief.sign_sheet", n=len(books))
    elif books:
        titles = listed(to.words.local(each.title) for each in books)
        yield Message("books.brief.sign", books=titles)


def promises(to: Composer) -> None:
    """Of each dimension what its largest measured programme promises: where it stands, where it shall be."""
    say = to.words.say
    columns = (
        Column(say(Message("books.brief.promise")), width=3.4, strong=True),
        Column(say(Message("books.brief.now")), "right", 0),
        Column(say(Message("books.brief.promised")), "right", 0),
    )
    rows = [
        Row(((Run(name),), (Run(now),), (Run(then),)))
        for _, _, found in to.by_dimension()
        for name, now, then in _promised(to, found)
    ]
    to.table(say(Message("books.brief.promises")), columns, rows)


def _promised(to: Composer, found: tuple[Programme, ...]) -> Iterator[tuple[str, str, str]]:
    largest = sorted(found, key=lambda each: (-(programme_total(each) or 0), each.order, each.id))
    for programme in largest:
        for indicator in programme.indicators:
            last = _last(indicator)
            if last is not None and indicator.baseline is not None:
                year, target = last
                then = f"{to.words.measured(target, indicator.unit)} ({year})"
                name = shortened(to.words.text(indicator.name) or EMPTY, _NAME)
                yield name, to.words.measured(indicator.baseline, indicator.unit), then
                return


def _last(indicator: Indicator) -> tuple[int, Decimal] | None:
    """The last year that has a target, and the target."""
    years = {each.year: each.target for each in indicator.targets if each.target is not None}
    if not years:
        return None
    last = max(years)
    return last, years[last]
