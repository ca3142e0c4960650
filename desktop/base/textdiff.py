"""What changed between two stored texts: the words, and what words are (a link, struck out, a heading).

Whoever decides by what is shown sees all that differs: two texts that read differently in any way have a
piece here that says so. Marks are written out only where words went or came, in ‹ › that no text holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from desktop.base.message import Message
from desktop.base.richtext import Block, Kind, Run, parse
from desktop.base.worddiff import Piece, changes_of_words, excerpt, held_apart

Say = Callable[[Message], str]
"""How a message is said."""

LINE = 90
"""Letters of a value that are shown on one line."""
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Letters that turn the order in which those around them are seen."""
_BREAK = re.compile(r"[\n\t]")
_OURS = str.maketrans("‹›", "<>")
_WORD = re.compile(r"(\S*)(\s*)")


class _Style(NamedTuple):
    """What a stretch of letters is, beside its letters."""

    raised: str = ""
    strike: bool = False
    underline: bool = False
    italic: bool = False
    bold: bool = False
    href: str = ""
    block: tuple[str, int, bool] = ("", 0, False)


_PLAIN = _Style()


class _Word(NamedTuple):
    """A word in the styles it has, and the blanks after it."""

    parts: tuple[tuple[_Style, str], ...]
    gap: str


def compared(old: str, new: str, say: Say) -> list[Piece]:
    """The whole new text as pieces, with what went from the old one."""
    before, after = _words(old), _words(new)
    pieces: list[Piece] = []
    for op, i1, i2, j1, j2 in changes_of_words(before, after, lambda word: "\n" in word.gap):
        if op == "equal":
            pieces.append(Piece("same", _read(after[j1:j2])))
            continue
        went, came = _within(before, i1, i2), _within(after, j1, j2)
        styles = {style for word in (*went, *came) for style, _ in word.parts}
        if went and came and len(styles) == 1:  # what the words are is as it was
            went, came = _restyled(went, _letters_only), _restyled(came, _letters_only)
        pieces += [Piece("gone", _written(went, say))] if went else []
        pieces += [Piece("new", _written(came, say))] if came else []
    if not any(piece.kind != "same" and piece.text.strip() for piece in pieces) and _bare(old) != _bare(new):
        pieces.append(Piece("new", f" {say(Message('base.textdiff.unseen'))}"))
    return pieces


def sides(pieces: Iterable[Piece]) -> tuple[str, str]:
    """Both texts in full, each with its marks written out where it differs from the other."""
    listed = list(pieces)
    old, new = ("".join(each.text for each in listed if each.kind != other) for other in ("new", "gone"))
    return old.strip(), new.strip()


def apart(values: Sequence[str], longest: int = LINE) -> list[str]:
    """Values that are held against each other, each on one line.

    Of those longer than ``longest`` only what differs from any of the others, with the words around it:
    beginnings that are alike tell nothing, and what two have and a third has not is what decides.
    """
    lines = [unturned(" ".join(value.split())) for value in values]
    if max(map(len, lines), default=0) <= longest:
        return lines
    distinct = [line for line in dict.fromkeys(lines) if line]
    pieces = held_apart([f"{line} " for line in distinct])
    shown = {line: sides(excerpt(each))[1] for line, each in zip(distinct, pieces, strict=True)}
    return [shown.get(line) or line for line in lines]


def unturned(text: str) -> str:
    """Words in the order in which they are written: letters that turn it are named instead."""
    return _TURNING.sub(lambda found: f"‹U+{ord(found[0]):04X}›", text)


def written_out(text: str, say: Say) -> str:
    """A stored text as it reads, with its marks in words."""
    return _written(_words(text), say).strip()


def readable(text: str, say: Say) -> str:
    """A stored text as it reads, with the marks that make it say something else: links, struck out, raised.

    Footnotes stand in brackets where they belong.
    """
    words = (word for block in parse(text) for word in _of_block(block))
    parts = (
        f"[{part}]" if style.raised == "fn" else _marked(style, part, say)
        for style, part in _stretches(_restyled(words, _meaning))
    )
    return "".join(parts).removesuffix("\n")


def _meaning(style: _Style) -> _Style:
    """Without what is only the look of the letters."""
    return _PLAIN._replace(raised=style.raised, strike=style.strike, href=style.href)


def _bare(text: str) -> list[Block]:
    """What two texts are compared by in the end: without the ids, which nobody reads."""
    return [replace(block, id="") for block in parse(text)]


# -- words -------------------------------------------------------------------------------------------
def _words(source: str) -> list[_Word]:
    words = [word for block in parse(source) for word in _of_block(block)]
    if words:  # a last word is no other word because one follows it in the other text
        words[-1] = words[-1]._replace(gap=" ")
    return words


def _of_block(block: Block) -> Iterator[_Word]:
    kind = "" if block.kind is Kind.P else block.kind.value
    shape = (kind, block.depth, block.ordered)
    rows = block.rows if block.kind is Kind.TABLE else ((block.runs,),)
    for row in rows:
        for place, cell in enumerate(row):
            words = list(_of_runs(_apart(cell), shape)) or [_Word((), "")]
            words[-1] = words[-1]._replace(gap="\n" if place + 1 == len(row) else "\t")
            yield from words


def _apart(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs with a blank before each footnote, which is no part of the word it belongs to."""
    for noted, stretch in groupby(runs, key=lambda run: run.raised == "fn"):
        if noted:
            yield Run(" ")
        yield from stretch


def _of_runs(runs: Iterable[Run], shape: tuple[str, int, bool]) -> Iterator[_Word]:
    """The words of a line; one word may be in several runs."""
    parts: list[tuple[_Style, str]] = []
    gap = ""
    for run in runs:
        style = _Style(run.raised, run.strike, run.underline, run.italic, run.bold, run.href, shape)
        for letters, blanks in _WORD.findall(run.text):
            if letters:
                if gap:
                    yield _Word(tuple(parts), gap)
                    parts, gap = [], ""
                parts.append((style, letters))
            gap += blanks
    if parts or gap:
        yield _Word(tuple(parts), gap)


def _within(words: list[_Word], start: int, end: int) -> list[_Word]:
    """Some words of a text; where the rest of their line stays, so does what that line is."""
    chosen = words[start:end]
    shapes = {style.block for word in chosen for style, _ in word.parts}
    begun = start > 0 and not _BREAK.search(words[start - 1].gap)
    goes_on = end < len(words) and bool(chosen) and not _BREAK.search(chosen[-1].gap)
    if len(shapes) == 1 and (begun or goes_on):
        return _restyled(chosen, lambda style: style._replace(block=_PLAIN.block))
    return chosen


def _restyled(words: Iterable[_Word], how: Callable[[_Style], _Style]) -> list[_Word]:
    known: dict[_Style, _Style] = {}
    made = []
    for word in words:
        for style, _ in word.parts:
            if style not in known:
                known[style] = how(style)
        made.append(_Word(tuple((known[style], text) for style, text in word.parts), word.gap))
    return made


def _letters_only(style: _Style) -> _Style:
    """Nothing but letters; those of a footnote stay in its brackets."""
    return _PLAIN._replace(raised="fn") if style.raised == "fn" else _PLAIN


# -- letters -----------------------------------------------------------------------------------------
def _read(words: Iterable[_Word]) -> str:
    """Words without their marks; footnotes in brackets."""
    return "".join(f"[{text}]" if style.raised == "fn" else text for style, text in _stretches(words))


def _written(words: Iterable[_Word], say: Say) -> str:
    """Words with their marks written out, those of a line around those of the words in it."""
    said = []
    for shape, line in groupby(_filled(words), key=lambda word: word.parts[0][0].block):
        listed = list(line)
        inner = _restyled(listed, lambda style: style._replace(block=_PLAIN.block))
        text = "".join(_marked(style, part, say) for style, part in _stretches(inner))
        names = ", ".join(map(say, _shape_names(shape)))
        bare = text.rstrip()
        said.append(f"‹{names}: {bare}›{text[len(bare) :]}" if names and bare else text)
    return "".join(said)


def _filled(words: Iterable[_Word]) -> Iterator[_Word]:
    """Words of which each has a part; an empty line is what its neighbour is."""
    now = _PLAIN
    for word in words:
        now = word.parts[0][0] if word.parts else now
        yield word if word.parts else _Word(((_PLAIN._replace(block=now.block), ""),), word.gap)


def _stretches(words: Iterable[_Word]) -> Iterator[tuple[_Style, str]]:
    """Letters of one style together, with the blanks between them."""
    now, letters, gap = _PLAIN, list[str](), ""
    for word in words:
        for style, text in word.parts:
            if style != now:
                if letters:
                    yield now, "".join(letters)
                if gap:
                    yield _PLAIN, gap
                now, letters, gap = style, [], ""
            letters += [gap, text.translate(_OURS)] if gap else [text.translate(_OURS)]
            gap = ""
        gap += word.gap
    if letters:
        yield now, "".join(letters)
    if gap:
        yield _PLAIN, gap


def _marked(style: _Style, text: str, say: Say) -> str:
    text = unturned(text)
    names = ", ".join(map(say, _names(style)))
    if not names and not style.href:
        return text
    where = f" → {_address(style.href)}" if style.href else ""
    return f"‹{names}: {text}{where}›" if names else f"‹{text}{where}›"


def _address(href: str) -> str:
    """An address letter for letter, also those that are not seen."""
    return "".join(each if each.isprintable() else quote(each) for each in href).translate(_OURS)


def _shape_names(shape: tuple[str, int, bool]) -> Iterator[Message]:
    """What a line is."""
    kind, depth, ordered = shape
    if kind == Kind.LI:
        yield Message("base.textdiff.numbered" if ordered else "base.textdiff.item", level=max(depth, 1))
    elif kind == Kind.TABLE:
        yield Message("base.textdiff.table")
    elif kind:
        yield Message("base.textdiff.heading", level=Kind(kind).heading_level)


def _names(style: _Style) -> Iterator[Message]:
    """What words are."""
    marks = {
        "bold": Message("base.textdiff.bold"),
        "italic": Message("base.textdiff.italic"),
        "underline": Message("base.textdiff.underline"),
        "strike": Message("base.textdiff.strike"),
    }
    yield from (name for mark, name in marks.items() if getattr(style, mark))
    raised = {
        "sub": Message("base.textdiff.sub"),
        "sup": Message("base.textdiff.sup"),
        "fn": Message("base.textdiff.footnote"),
    }
    if style.raised in raised:
        yield raised[style.raised]
