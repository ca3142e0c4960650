"""Where the words of two PDFs differ: line by line, and within those word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from desktop.base.pdfium import PDFIUM
from desktop.submission.printed.reprinted import Differing

_MOST_WORDS = 2_000
"""Of a stretch that is compared word by word; a longer one is told as one place."""
_EDGE = 50.0
"""Points at the head and foot of a page, where its number and the running title stand."""
_QUOTED = 120
"""Letters of a place that are shown."""
_BROKEN = re.compile("[-\xad\x02\ufffe]\r?\n")
"""A word broken at the end of a line, as pdfium tells it."""


def differing(sealed: bytes, made: bytes) -> Iterator[Differing]:
    """Where the words of a document are not those of the one printed from the data."""
    (old, edges), (new, own) = _lines(sealed), _lines(made)
    for page, line in edges:
        # what stands at head and foot is the running title with the page's number, or it is told
        if not {_bare(line)} & {_bare(each) for _, each in own}:
            yield Differing(page, " ".join(line)[:_QUOTED], "")
    texts = [words for _, words in old], [words for _, words in new]
    # lines that stand everywhere anchor nothing, and would take minutes
    for kind, i, j, m, n in difflib.SequenceMatcher(None, *texts, autojunk=True).get_opcodes():
        if kind == "equal":
            continue
        page = old[i][0] if i < len(old) else (old[-1][0] if old else 1)
        for number, gone, come in _stretches(_worded(old[i:j]), _worded(new[m:n]), page):
            yield Differing(number, gone[:_QUOTED], come[:_QUOTED])


_Word = tuple[int, str]
_Line = tuple[int, tuple[str, ...]]


def _worded(lines: Sequence[_Line]) -> list[_Word]:
    return [(page, word) for page, words in lines for word in words]


def _stretches(old: Sequence[_Word], new: Sequence[_Word], page: int) -> Iterator[tuple[int, str, str]]:
    """Stretches of words that are other ones: their page, and both."""
    start = 0
    while start < min(len(old), len(new)) and old[start][1] == new[start][1]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end][1] == new[-1 - end][1]:
        end += 1
    old, new = old[start : len(old) - end], new[start : len(new) - end]
    if not old and not new:
        return
    page = old[0][0] if old else page
    if max(len(old), len(new)) > _MOST_WORDS:
        yield page, _joined(old), _joined(new)
        return
    texts = [word for _, word in old], [word for _, word in new]
    # words that stand everywhere anchor nothing, and would take minutes
    for kind, i, j, m, n in difflib.SequenceMatcher(None, *texts, autojunk=True).get_opcodes():
        if kind != "equal":
            yield (old[i][0] if i < len(old) else page), _joined(old[i:j]), _joined(new[m:n])


def _joined(words: Sequence[_Word]) -> str:
    return " ".join(word for _, word in words[: _QUOTED // 2])


def _bare(words: Sequence[str]) -> str:
    """Without numbers: that of the page, and of all pages."""
    return re.sub(r"[0-9]+", "", "".join(words))


def _lines(document: bytes) -> tuple[list[_Line], list[_Line]]:
    """The lines of all pages, broken words put together again; and those at the head and foot of pages."""
    import pypdfium2 as pdfium

    opened: Any = pdfium.PdfDocument
    found: list[_Line] = []
    edges: list[_Line] = []
    with PDFIUM, opened(document) as pages:
        for number, page in enumerate(pages, 1):
            text, (width, height) = page.get_textpage(), page.get_size()
            for lines, bottom, top in (
                (found, _EDGE, height - _EDGE),
                (edges, height - _EDGE, height),
                (edges, 0, _EDGE),
            ):
                body = _BROKEN.sub("", text.get_text_bounded(0, bottom, width, top))
                lines += [(number, tuple(line.split())) for line in body.splitlines() if line.strip()]
            text.close()
            page.close()
    return found, edges
