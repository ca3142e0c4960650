"""Composes the comparison: what it compares, sums by chapter, money, then every change in its chapter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from desktop.base import Language, Message
from desktop.base.richtext import Run
from desktop.base.speech import value_text
from desktop.books.by_chapter import ByChapter, grouped
from desktop.books.document import Column, Cover, Document, Line, Paragraph, Row, Tag, Tone
from desktop.books.hearing.paper import Paper, paper
from desktop.books.homes import Home
from desktop.books.revisions import TITLE, Change, Money, Said, Sum, What
from desktop.books.revisions.marking import gone, marked, new
from desktop.books.words import EMPTY
from desktop.guideline.pack import Pack, PageRef
from desktop.workspace.plan import Plan

KINDS: tuple[What, ...] = ("added", "changed", "removed")
_NAMES = {
    "added": Message("books.revisions.added"),
    "changed": Message("books.revisions.changed"),
    "removed": Message("books.revisions.removed"),
}
_TONES = {"added": Tone.GOOD, "changed": Tone.MODERATE, "removed": Tone.POOR}
LONGEST, GONE = 700, 200
"""Letters of a text that came, and of one that went with all it belonged to."""
FEW = 8
"""Fields that are told of what is gone; the rest stands in the earlier document."""
_SHORT = 60
"""Up to so many letters a value is told as before → after, not word by word."""


@dataclass(frozen=True, slots=True)
class _Entry:
    number: int
    change: Change
    home: Home | None

    @property
    def page(self) -> PageRef | None:
        """Where it is filled in."""
        return self.change.page


def compose_revisions(
    plan: Plan,
    pack: Pack,
    language: Language,
    facts: Sequence[tuple[str, str]],
    changes: Sequence[Change],
    money: Sequence[Money],
) -> Document:
    """``plan`` and ``pack`` are those of the later state; the changes are told in this language.

    They are counted through, alike in each language.
    """
    to = paper(plan, pack, language, "revisions", TITLE)
    say = to.words.say
    frame = ByChapter(to)
    entries = _entries(frame, changes)
    to.facts([(name, (Run(text or EMPTY),)) for name, text in facts])
    if not entries:
        to.note(Message("books.revisions.nothing"))
    _sums(to, frame, entries)
    _money(to, money)
    if entries:
        _legend(to)
    for book, group in frame.books(entries):
        to.section(book)
        for chapter, mine in frame.chapters(group):
            to.minor(chapter)
            _list(to, mine)
    region = plan.region
    cover = Cover("", say(TITLE).upper(), region.name, region.province, "", (), region.code)
    return to.document(say(Message("books.revisions.foot", head=plan.head[:12])), cover)


def _legend(to: Paper) -> None:
    """How marks are read: also where nothing is printed in colour."""
    say = to.words.say
    struck, added = Message("books.revisions.legend_gone"), Message("books.revisions.legend_new")
    head, rest = Message("books.revisions.legend"), Message("books.revisions.legend_left_out")
    line = (Run(f"{say(head)} "), gone(say(struck)), Run(" · "), new(say(added)), Run(f" · {say(rest)}"))
    to.add(Paragraph(line, "note"))


# -- in which chapter ---------------------------------------------------------------------------------
def _entries(frame: ByChapter, changes: Sequence[Change]) -> list[_Entry]:
    placed = [(frame.home(each.page, each.dimension), each) for each in changes]
    owners: dict[tuple[str, str], int] = {}
    for each in changes:
        owners.setdefault(_owner(each), len(owners))

    def order(pair: tuple[Home | None, Change]) -> tuple[tuple[tuple[int, int], str], int]:
        there, change = pair
        return frame.order(there, change.page), owners[_owner(change)]

    return [_Entry(n, change, there) for n, (there, change) in enumerate(sorted(placed, key=order), 1)]


def _owner(change: Change) -> tuple[str, str]:
    """Two programmes of one name are two, in each language."""
    return change.of, "" if change.of else value_text(change.owner, Language.ID)


# -- sums ---------------------------------------------------------------------------------------------
def _sums(to: Paper, frame: ByChapter, entries: Sequence[_Entry]) -> None:
    if not entries:
        return
    say = to.words.say
    rows = frame.rows(entries, partial(_counted, to))
    rows.append(Row(_counted(to, say(Message("books.total")), entries), "total"))
    columns = (
        Column(say(Message("books.findings.part")), width=2.6),
        *(Column(say(_NAMES[each]), "right", 0.8) for each in KINDS),
    )
    to.table(say(Message("books.revisions.by_chapter")), columns, rows)


def _counted(to: Paper, title: str, entries: Iterable[_Entry]) -> tuple[Line, ...]:
    entries = tuple(entries)
    counts = [sum(each.change.what == kind for each in entries) for kind in KINDS]
    return ((Run(title),), *((Run(to.words.number(each) if each else EMPTY),) for each in counts))


def _money(to: Paper, money: Sequence[Money]) -> None:
    """Each figure of the budget by year, and the programmes whose sum is another."""
    say = to.words.say
    for each in money:
        by_year = Message("books.revisions.by_year", figure=each.name)
        _sum_table(to, by_year, say(Message("books.revisions.year")), each.years)
        by_programme = Message("books.revisions.by_programme", figure=each.name)
        _sum_table(to, by_programme, say(Message("books.programme")), each.programmes)


def _sum_table(to: Paper, caption: Message, head: str, sums: Sequence[Sum]) -> None:
    say = to.words.say
    columns = (
        Column(head, width=2.2),
        Column(say(Message("books.revisions.before")), "right", 1.0),
        Column(say(Message("books.revisions.after")), "right", 1.0),
        Column(say(Message("books.revisions.difference")), "right", 1.0),
    )
    rows = [Row(_amounts(to, each)) for each in sums]
    if len(sums) > 1:
        total = Sum(say(Message("books.total")), sum(s.before for s in sums), sum(s.after for s in sums))
        rows.append(Row(_amounts(to, total), "total"))
    to.table(say(caption), columns, rows)


def _amounts(to: Paper, each: Sum) -> tuple[Line, ...]:
    return (
        to.words.said(each.name) or (Run(EMPTY),),
        (Run(to.words.number(each.before)),),
        (Run(to.words.number(each.after)),),
        (Run(difference(to, each.before, each.after)),),
    )


def difference(to: Paper, before: int, after: int) -> str:
    """What was added or taken away, with its sign; a dash for nothing."""
    if before == after:
        return EMPTY
    sign = "+" if after > before else "\N{MINUS SIGN}"
    return sign + to.words.number(abs(after - before))


# -- one by one ---------------------------------------------------------------------------------------
def _list(to: Paper, entries: Iterable[_Entry]) -> None:
    say = to.words.say
    columns = (
        Column(say(Message("books.findings.number")), "right", 0),
        Column(say(Message("books.revisions.kind")), width=0.65),
        Column(say(Message("books.revisions.thing")), width=1.3),
        Column(say(Message("books.revisions.what")), width=3.4),
    )
    rows: list[Row] = []
    for mine in grouped(entries, lambda each: _owner(each.change)):
        if value_text(mine[0].change.owner, to.words.language):
            rows.append(Row((to.words.said(mine[0].change.owner),), "group"))
        for each in mine:
            change = each.change
            rows.append(Row((
                (Run(str(each.number)),),
                (Tag(say(_NAMES[change.what]), _TONES[change.what]),),
                to.words.said(change.name) or (Run(EMPTY),),
                _told(to, change) or (Run(EMPTY),),
            )))  # fmt: skip
    to.plain_table(columns, rows)


def _told(to: Paper, change: Change) -> Line:
    """Field by field, each on a line of its own; of what is gone as a whole only the first ones."""
    runs: list[Run] = []
    told = change.said[:FEW] if change.what == "removed" else change.said
    for said in told:
        if runs:
            runs.append(Run("\n"))
        if said.label:
            runs.append(Run(f"{said.label}: ", italic=True))
        runs += _field(change.what, said)
    left = len(change.said) - len(told)
    if left:
        runs.append(Run(f"\n{to.words.say(Message('books.revisions.more', n=left))}", italic=True))
    return tuple(runs)


def _field(what: What, said: Said) -> tuple[Run, ...]:
    if what == "added":
        return (Run(_cut(said.after)),)
    if what == "removed":
        return (gone(_cut(said.before, GONE)),)
    if not said.before:
        return (new(_cut(said.after)),)
    if not said.after:
        return (gone(_cut(said.before)),)
    if max(len(said.before), len(said.after)) <= _SHORT:
        return gone(said.before), Run(" → "), new(said.after)
    return marked(said.before, said.after)


def _cut(text: str, most: int = LONGEST) -> str:
    return text if len(text) <= most else f"{text[:most].rstrip()}…"
