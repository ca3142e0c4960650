"""A chapter's own text: rich text, in the language of the book or softly marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from desktop.base import Message
from desktop.base.richtext import Block as TextBlock
from desktop.base.richtext import Kind, Run, footnotes, is_blank, parse
from desktop.books.blocks.letters import is_letter
from desktop.books.composer import Composer
from desktop.books.document import Column, ListBlock, ListItem, Paragraph, Row, Table, Tag
from desktop.guideline.pack import Chapter
from desktop.workspace.plan import Text


def narrative(to: Composer, chapter: Chapter) -> None:
    """Write what the team wrote for a chapter."""
    answer = to.plan.answer(f"chapter.{chapter.id}")
    text = _written(answer.text)
    source = to.words.text(text)
    if not source and chapter.standard and is_letter(to.book) and not to.on_screen:
        _standard(to, chapter)
        return
    if not source:
        alone = not chapter.chapters and all(block.show == "text" for block in chapter.blocks)
        if to.on_screen or (to.draft and (chapter.required or alone)):
            to.note(Message("books.chapter.empty"))
        return
    example = answer.origin == "example"
    tags = (*((to.words.example(),) if example else ()), *to.words.foreign(text))
    if tags:
        to.add(Paragraph(tags, "note"))
    rich(to, source, example=example, untranslated=_untranslated(to, text))


def _standard(to: Composer, chapter: Chapter) -> None:
    """A letter nobody has worded yet has the guideline's own words, marked as such."""
    tags = (Tag(to.words.say(Message("books.mark.standard"))), *to.words.local_foreign(chapter.standard))
    to.add(Paragraph(tags, "note"))
    for part in filter(None, map(str.strip, to.words.local(chapter.standard).split("\n"))):
        to.paragraph(Run(part))


def says_anything(to: Composer, chapter: Chapter) -> bool:
    """Whether a chapter that is nothing but its own text has any."""
    return bool(chapter.standard) or bool(_written(to.plan.answer(f"chapter.{chapter.id}").text))


QUOTED = 2
"""How many paragraphs of another chapter a sheet to speak from takes over."""


def quoted(to: Composer, chapter: Chapter) -> None:
    """Another chapter's text, word for word: what is said in the masterplan is said here.

    A presentation takes its first paragraphs, so that it stays two pages.
    """
    text = _written(to.plan.answer(f"chapter.{chapter.id}").text)
    source = to.words.text(text)
    if not source:
        to.note(Message("books.chapter.quoted_empty", chapter=chapter.title))
        return
    tags = to.words.foreign(text)
    if tags:
        to.add(Paragraph(tags, "note"))
    if to.book.kind == "presentation":
        said = [block for block in parse(source) if block.text.strip() and block.kind is Kind.P]
        for block in said[:QUOTED]:
            _block(to, block, example=False)
        return
    rich(to, source, example=False, untranslated=_untranslated(to, text))


def _untranslated(to: Composer, text: Text) -> tuple[Run, ...]:
    """The footnotes that the text has only in another language, marked so, each behind a raised comma.

    They are printed as well, so that no source is lost; and where it is sure which those are, the numbers
    after them are the same in the books of both languages.
    """
    shown = footnotes(to.words.text(text))
    other, code = max(
        ((footnotes(value), key) for key, value in text.values.items()), key=lambda each: len(each[0])
    )
    runs: list[Run] = []
    for words in _lacking(shown, other) if len(other) > len(shown) else ():
        said = Run(f"[{to.words.in_language(code).text}] ", raised="fn")
        runs += (Run(",", raised="sup"), said, *words)
    return tuple(runs[1:])


_ALIKE, _APART = 0.6, 0.2
"""The share of words from which two footnotes say the same, and by how much the next one has to say less."""


def _lacking(shown: Sequence[Sequence[Run]], other: Sequence[Sequence[Run]]) -> Sequence[Sequence[Run]]:
    """Those of the other language that are not shown; all of them where one that is shown could be any."""
    said = [_words(note) for note in other]
    there: set[int] = set()
    for note in map(_words, shown):
        likeness = sorted(
            ((SequenceMatcher(None, note, each, autojunk=False).ratio(), at) for at, each in enumerate(said)),
            reverse=True,
        )
        (best, at), (second, _) = likeness[0], likeness[1]
        if best < _ALIKE or best - second < _APART or at in there:
            return other
        there.add(at)
    return [note for at, note in enumerate(other) if at not in there]


def _words(note: Sequence[Run]) -> list[str]:
    return re.findall(r"\w+", "".join(run.text for run in note).casefold())


def _written(text: Text) -> Text:
    """Only the languages in which something readable is written (an empty paragraph is not)."""
    return Text({key: value for key, value in text.values.items() if not is_blank(value)}, text.made_from)


def rich(to: Composer, source: str, *, example: bool, untranslated: tuple[Run, ...] = ()) -> None:
    """Write a rich text as paragraphs, lists and tables; footnotes that are not in it stand at its end."""
    items: list[ListItem] = []
    counts: list[int] = []
    for block in _with_notes(parse(source), untranslated):
        if block.kind is Kind.LI:
            items.append(_item(block, counts))
            continue
        if items:
            to.add(ListBlock(tuple(items), example))
            items, counts = [], []
        _block(to, block, example=example)
    if items:
        to.add(ListBlock(tuple(items), example))


def _with_notes(blocks: tuple[TextBlock, ...], notes: tuple[Run, ...]) -> tuple[TextBlock, ...]:
    """The blocks, the last with these footnotes behind its words; those of a heading follow it."""
    made: list[TextBlock] = []
    for block in blocks:
        words, noted = _without_notes(block)
        made.append(words)
        if noted:
            made.append(TextBlock(Kind.P, runs=noted))
    if notes and made[-1].kind in {Kind.P, Kind.LI} and made[-1].runs:
        comma = (Run(",", raised="sup"),) if made[-1].runs[-1].raised == "fn" else ()
        made[-1] = replace(made[-1], runs=(*made[-1].runs, *comma, *notes))
    elif notes:
        made.append(TextBlock(Kind.P, runs=notes))
    return tuple(made)


def _without_notes(block: TextBlock) -> tuple[TextBlock, tuple[Run, ...]]:
    """A heading without its footnotes, and these."""
    if not block.kind.heading_level:
        return block, ()
    noted = tuple(run for run in block.runs if run.raised == "fn")
    return replace(block, runs=tuple(run for run in block.runs if run.raised != "fn")), noted


def _item(block: TextBlock, counts: list[int]) -> ListItem:
    """Number an item of a nested list; deeper counts end when a shallower item comes."""
    del counts[block.depth :]
    counts.extend([0] * (block.depth - len(counts)))
    counts[-1] = counts[-1] + 1 if block.ordered else 0
    return ListItem(block.runs, block.depth, counts[-1])


def _block(to: Composer, block: TextBlock, *, example: bool) -> None:
    if block.kind is Kind.TABLE:
        width = max((len(row) for row in block.rows), default=0)
        if width:
            rows = tuple(Row(tuple(cell for cell in row)) for row in block.rows)
            to.add(Table(0, "", tuple(Column("") for _ in range(width)), rows, plain=True))
    elif block.kind.heading_level:
        to.minor(block.text)
    elif block.text.strip():
        to.paragraph(*block.runs, example=example)
