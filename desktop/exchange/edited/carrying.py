"""What others made of a text in Word, as a text of the plan again: what they left alone stays to the letter.

Paper shows less than a text holds: ids of paragraphs, what a reference leads to, the level of small
headings. So a paragraph that reads as it was printed is the one that was printed, with all that it holds;
only what reads otherwise is made anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from functools import cache
from itertools import groupby
from typing import TypeAlias

from desktop.base import Language
from desktop.base.richtext import Block, Kind, Run, parse, serialise
from desktop.base.richtext.blocks import MAX_DEPTH, joined
from desktop.base.worddiff import changes
from desktop.books.returnable import reference_mark
from desktop.books.words import Words, rich_line, shortened
from desktop.exchange.edited.contents import REFERENCE, Cell, Grid, Item

ALIKE = 0.35
"""The share of words from which a paragraph counts as another one rewritten (0 to 1)."""
_PAIRS = 500_000
"""Pairs of equal paragraphs beyond which two texts are not compared paragraph by paragraph."""
_BLANKS = re.compile("[ \u00a0]+")
_SPACED = re.compile(" ?(\n) ?")
_BULLET = re.compile("^(\u2003*| *)[\u2022\u2013] ")
_NUMBER, _ANY_NUMBER = re.compile(r"\d+(?:\\\.\d+)*"), r"\\d+(?:\\.\\d+)*"
"""A number in an escaped label, and what stands for each of them."""
Key: TypeAlias = tuple[object, ...]


@dataclass(slots=True)
class References:
    """What marked references lead to, by their mark; and how many of a text were lost."""

    known: dict[str, Run] = field(default_factory=dict)
    printed: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """What they read in the file when it went out; none of a mark: not known."""
    lost: int = 0

    def learn(self, source: str) -> None:
        """The references of a text of the plan."""
        for block in parse(source):
            for run in (*block.runs, *(run for row in block.rows for cell in row for run in cell)):
                if run.href.startswith("ref:") and run.text.strip():
                    self.known.setdefault(reference_mark(run.href.removeprefix("ref:")), run)

    def back(self, runs: Iterable[Run]) -> Iterator[Run]:
        """Runs with the references that came back as they stood in the text.

        What leads nowhere, and what somebody wrote within the mark of one, is only words.
        """
        for href, group in groupby(runs, key=lambda run: run.href):
            same = list(group)
            if not href.startswith(REFERENCE):
                yield from same
                continue
            mark, said = href.removeprefix(REFERENCE), _BLANKS.sub(" ", "".join(run.text for run in same))
            found = self.known.get(mark)
            if found is not None and all(self._label(mark, run.text) == run.text.strip() for run in same):
                # one, or several in a row that look otherwise
                yield from (replace(run, text=found.text, href=found.href) for run in same)
                continue
            label = self._label(mark, said)
            if found is None or not label:
                self.lost += 1
                yield from (replace(run, href="") for run in same)
                continue
            before, _, after = said.partition(label)
            if not after.replace(label, "").strip():  # twice in a row it is one
                after = ""
            yield replace(same[0], text=before, href="")
            yield replace(same[0], text=found.text, href=found.href)
            yield replace(same[-1], text=after, href="")

    def _label(self, mark: str, said: str) -> str:
        """What of the words within a mark is the reference itself; Word may have counted it anew."""
        known = self.printed.get(mark)
        if not known:
            return said.strip()
        counted = (re.search(_NUMBER.sub(_ANY_NUMBER, re.escape(each)), said) for each in known if each)
        return max((each.group() for each in counted if each is not None), key=len, default="")


def carried(base: str, items: Iterable[Item], references: References) -> str:
    """What a text became: ``items`` are what stands in its place; canonical."""
    known = [*parse(base)]
    noted = {_heading(block)[0] for block in known if block.kind.heading_level and _heading(block)[1]}
    theirs = [*_noted((block for item in items for block in _blocks(item, references)), noted)]
    return serialise(_kept(known, [each for each in theirs if each.text.strip()], in_cell=False))


def carried_cell(base: str, cells: Sequence[Cell], references: References) -> str:
    """The same for a text that stands in a cell of a table, where lists are bullets."""
    lines = [block for cell in cells for block in _lines(cell, references)]
    known = [*parse(base)]
    if any(block.kind is Kind.TABLE for block in known) and _flat(known) == "".join(c.text for c in cells):
        return serialise(known)
    return serialise(_kept(known, [each for each in lines if each.text.strip()], in_cell=True))


def _flat(blocks: Sequence[Block]) -> str:
    return "".join(part.text for part in rich_line(serialise(blocks)) if isinstance(part, Run))


# ---- from the file ---------------------------------------------------------------------------------
def _blocks(item: Item, references: References) -> Iterator[Block]:
    if isinstance(item, Grid):
        width = max((len(row) for row in item.rows), default=0)
        rows = tuple(
            tuple(_back(row[at].runs, references) if at < len(row) else () for at in range(width))
            for row in item.rows
        )
        if width:
            yield Block(Kind.TABLE, rows=rows)
        return
    runs = _back(item.runs, references)
    match item.kind:
        case "contents":
            return
        case "heading" | "minor":
            yield Block(Kind(f"h{min(max(item.level, 1), 4)}"), runs=runs)
        case "li":
            yield Block(Kind.LI, runs=runs, depth=min(max(item.level, 1), MAX_DEPTH), ordered=item.ordered)
        case _:
            yield Block(Kind.P, runs=runs)


def _noted(blocks: Iterable[Block], noted: Collection[str]) -> Iterator[Block]:
    """Headings that had footnotes with these again: books print them below."""
    heading: Block | None = None
    for block in blocks:
        notes = bool(block.runs) and all(run.raised == "fn" for run in block.runs)
        if heading is not None and notes:
            heading = replace(heading, runs=(*heading.runs, *block.runs))
            continue
        if heading is not None:
            yield heading
        heading = block if block.kind.heading_level and _heading(block)[0] in noted else None
        if heading is None:
            yield block
    if heading is not None:
        yield heading


def _lines(cell: Cell, references: References) -> Iterator[Block]:
    line: list[Run] = []
    for run in (*_back(cell.runs, references), Run("\n")):
        first, *more = run.text.split("\n")
        line.append(replace(run, text=first))
        for part in more:
            yield _line(joined(line))
            line = [replace(run, text=part)]


def _line(runs: list[Run]) -> Block:
    found = _BULLET.match(runs[0].text) if runs else None
    if found is None:
        return Block(Kind.P, runs=tuple(runs))
    depth = min(len(found[1]) + 1, MAX_DEPTH)
    rest = replace(runs[0], text=runs[0].text[found.end() :])
    return Block(Kind.LI, runs=tuple(joined([rest, *runs[1:]])), depth=depth)


def _back(runs: Iterable[Run], references: References) -> tuple[Run, ...]:
    kept: list[Run] = []
    for is_note, found in groupby(runs, key=lambda run: run.raised == "fn"):
        words = list(found)
        if is_note and "".join(run.text for run in words).startswith(_foreign()):
            # of a translation that lacks it; the comma before it is the book's own, too
            if kept and kept[-1].raised == "sup" and kept[-1].text == ",":
                kept.pop()
            continue
        kept += words
    return tuple(joined(run for run in references.back(kept) if run.text))


@cache
def _foreign() -> tuple[str, ...]:
    """How footnotes begin that a book takes over from its other language."""
    return tuple(
        f"[{Words(language, other.value).in_language(other.value).text}] "
        for language in Language
        for other in Language
    )


# ---- what stayed -----------------------------------------------------------------------------------
def _kept(before: Sequence[Block], after: Sequence[Block], *, in_cell: bool) -> list[Block]:
    """The blocks of the file; those that read as they were printed are those that were printed."""
    shown = [block for block in before if block.text.strip()]
    silent = _silent(before)
    old, new = (
        [_key(each, in_cell=in_cell) for each in shown],
        [_key(each, in_cell=in_cell) for each in after],
    )
    result = list(silent.get(-1, ()))
    for tag, i1, i2, j1, j2 in _opcodes(old, new):
        if tag == "equal":
            for at in range(i1, i2):
                result += [shown[at], *silent.get(at, ())]
            continue
        pairs = _pairs(shown[i1:i2], after[j1:j2])
        for at in range(j1, j2):
            partner = pairs.get(at - j1)
            if partner is None:
                result.append(replace(after[at], id=""))
            else:
                result.append(_rewritten(shown[i1 + partner], after[at], in_cell=in_cell))
                result += silent.get(i1 + partner, ())
    return result


def _opcodes(old: Sequence[Key], new: Sequence[Key]) -> Iterable[tuple[str, int, int, int, int]]:
    counts = Counter(old)
    if sum(counts[key] for key in new) > _PAIRS:  # one paragraph thousands of times: no text of a plan
        return [("replace", 0, len(old), 0, len(new))]
    return changes(old, new)


def _silent(before: Sequence[Block]) -> Mapping[int, list[Block]]:
    """Blocks without words, which no book prints, by the place of the printed one before."""
    found: dict[int, list[Block]] = {}
    at = -1
    for block in before:
        if block.text.strip():
            at += 1
        else:
            found.setdefault(at, []).append(block)
    return found


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> dict[int, int]:
    """By place of a new block the old one that it is, rewritten; in order."""
    if len(old) * len(new) > 40_000:
        return dict(zip(range(len(new)), range(len(old)), strict=False))
    words = [(each.text.split(), Counter(each.text.split())) for each in old]
    pairs: dict[int, int] = {}
    start = 0
    for place, block in enumerate(new):
        mine = block.text.split()
        counted = Counter(mine)
        likeness = [(_likeness(*words[at], mine, counted), -at) for at in range(start, len(old))]
        best = max(likeness, default=(0.0, 0))
        alone = len(old) == len(new) == 1 and old[0].kind is block.kind
        if best[0] >= ALIKE or alone:
            pairs[place] = -best[1]
            start = -best[1] + 1
    return pairs


def _likeness(old: list[str], olds: Counter[str], new: list[str], news: Counter[str]) -> float:
    """How much two paragraphs have in common, from 0 to 1; below :data:`ALIKE` it is not told exactly."""
    both = len(old) + len(new)
    if 2 * min(len(old), len(new)) < ALIKE * both:
        return 0.0
    few, many = (olds, news) if len(olds) < len(news) else (news, olds)
    if sum(count * many[word] for word, count in few.items()) > _PAIRS:
        # one word thousands of times: no paragraph of a plan, and its order would take minutes
        return 2 * sum(min(count, many[word]) for word, count in few.items()) / both
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def _rewritten(old: Block, new: Block, *, in_cell: bool) -> Block:
    """A block in its new words, under its id."""
    if old.kind.heading_level and (in_cell or new.kind.heading_level):
        return replace(old, runs=new.runs)
    if in_cell and old.kind is new.kind is Kind.LI:
        return replace(old, runs=new.runs, depth=new.depth)
    return replace(new, id=old.id)


def _key(block: Block, *, in_cell: bool) -> Key:
    """What a reader of the page sees of a block."""
    if block.kind is Kind.TABLE:
        return "table", tuple(tuple(_look(cell) for cell in row) for row in block.rows)
    if block.kind is Kind.LI:
        return "li", block.depth, block.ordered and not in_cell, _look(block.runs)
    if block.kind.heading_level and not in_cell:
        return "heading", *_heading(block)
    return "p", _look(block.runs)


def _heading(block: Block) -> tuple[str, Key]:
    """The words of a heading, and its footnotes."""
    notes = tuple(run for run in block.runs if run.raised == "fn")
    words = "".join(run.text for run in block.runs if run.raised != "fn")
    return _plain(shortened(words)), _look(notes)


def _look(runs: Iterable[Run]) -> Key:
    """The words with all that is seen of their look; nobody sees whether a blank is bold."""
    seen: list[tuple[object, str]] = []
    for run in _printed(runs):
        words = "" if run.href.startswith("ref:") else _BLANKS.sub(" ", run.text)
        look = (
            run.bold, run.italic, run.underline and not run.href, run.strike, run.raised, run.href,
        )  # fmt: skip
        if seen and not run.href and not run.raised and not words.strip() and not _is_note(seen[-1][0]):
            look = seen[-1][0]  # type: ignore[assignment]
        if seen and seen[-1][0] == look:  # of a reference twice in a row nobody knows that it is two
            seen[-1] = look, f"{seen[-1][1]}{words}"
        else:
            seen.append((look, words))
    return tuple((look, _SPACED.sub(r"\1", words)) for look, words in _trimmed(seen))


def _printed(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs as a book prints them: no empty notes, no blank before a note nor around its words."""
    groups = [(is_note, list(found)) for is_note, found in groupby(runs, key=lambda run: run.raised == "fn")]
    for at, (is_note, found) in enumerate(groups):
        text = "".join(run.text for run in found)
        if is_note and not text.strip():
            continue
        follows = not is_note and any(noted for noted, _ in groups[at + 1 : at + 2])  # an empty one as well
        first = len(text) - len(text.lstrip()) if is_note else 0
        last = len(text.rstrip()) if is_note else len(text.rstrip(" \t")) if follows else len(text)
        place = 0
        for run in found:
            kept = run.text[max(0, first - place) : max(0, last - place)]
            place += len(run.text)
            if kept:
                yield replace(run, text=kept)


def _trimmed(seen: list[tuple[object, str]]) -> list[tuple[object, str]]:
    """Without blanks at both ends."""
    if seen:
        seen[0] = seen[0][0], seen[0][1].lstrip()
        seen[-1] = seen[-1][0], seen[-1][1].rstrip()
    return [(look, words) for look, words in seen if words or _is_reference(look)]


def _is_note(look: object) -> bool:
    return isinstance(look, tuple) and look[4] == "fn"


def _is_reference(look: object) -> bool:
    return isinstance(look, tuple) and str(look[-1]).startswith("ref:")


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def same_words(one: str, other: str) -> bool:
    """Whether two plain texts read alike: blanks at line ends and twice in a row do not count."""
    return _tidy(one) == _tidy(other)


def _tidy(text: str) -> str:
    lines = (_plain(line.replace("\t", " ")) for line in text.strip().split("\n"))
    return "\n".join(line for line in lines if line)
