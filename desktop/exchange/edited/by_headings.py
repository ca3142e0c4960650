"""Which text is which where marks were lost: by the headings, as whoever reads the file sees them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from desktop.exchange.edited.contents import Contents, Grid, Item, Para
from desktop.guideline import Guideline
from desktop.guideline.pack import Pack

_NUMBER = re.compile(
    r"^(?:(?:bab|chapter|pasal|article)\s+)?(?:[0-9]+(?:\.[0-9]+)*|[ivxlc]+)?[.):]?\s+", re.IGNORECASE
)


def by_headings(
    contents: Contents, pack: Pack, chapters: Iterable[tuple[str, str]]
) -> dict[str, tuple[Item, ...]]:
    """By the name of a chapter's text (its mark, its item) what stands below its heading.

    Of a heading that two chapters share, or that the file has twice, nothing is known. Captions and
    tables end a text: these a book makes itself, and remarks.
    """
    guide = Guideline(pack)
    titles: dict[str, set[str]] = {}
    for mark, name in chapters:
        chapter = guide.chapter(name.removeprefix("chapter."))
        if chapter is not None:
            for title in chapter.title.texts.values():
                titles.setdefault(_plain(title), set()).add(mark)
    found: dict[str, list[Item]] = {}
    twice: set[str] = set()
    here = ""
    for item in contents.items:
        if isinstance(item, Para) and item.kind == "contents":
            continue
        if isinstance(item, Para) and item.kind == "heading":
            known = titles.get(_plain(item.text), set())
            here = next(iter(known)) if len(known) == 1 else ""
            if here in found:
                twice.add(here)
            elif here:
                found[here] = []
        elif isinstance(item, Grid) or item.kind == "caption":
            here = ""
        elif here and item.kind != "remark" and item.text.strip():
            found[here].append(item)
    return {mark: tuple(items) for mark, items in found.items() if items and mark not in twice}


def _plain(title: str) -> str:
    text = " ".join(unicodedata.normalize("NFKC", title).split())
    return _NUMBER.sub("", f"{text} ").strip().casefold()
