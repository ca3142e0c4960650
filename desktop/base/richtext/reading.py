"""HTML, ours or anybody's, becomes blocks: a browser's forgiveness in small."""

from __future__ import annotations

import html
import re
from dataclasses import replace

from desktop.base.richtext.blocks import MAX_DEPTH, Block, Kind, Run, clean, joined
from desktop.base.richtext.marks import Marks
from desktop.base.richtext.tables import TableReader

_TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"  # a comment, to the end if it never closes
    r"|<(?P<declaration>[!?][^<>]*)>"
    r"|<(?P<close>/?)(?P<tag>[A-Za-z][^\s/<>]*+)(?P<attributes>(?:\"[^\"]*\"|'[^']*'|[^'\"<>])*+)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=/\"'>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?", re.DOTALL)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});", re.ASCII)
_DROPPED = frozenset(
    {"script", "style", "head", "title", "template", "noscript", "object", "iframe", "svg", "xml"}
)
_BLOCKS = {kind.value: kind for kind in (Kind.P, Kind.H1, Kind.H2, Kind.H3, Kind.H4)}
_FOREIGN_BLOCKS = {"h5": Kind.H4, "h6": Kind.H4} | dict.fromkeys(
    (
        "div",
        "section",
        "article",
        "blockquote",
        "pre",
        "dt",
        "dd",
        "address",
        "center",
        "header",
        "footer",
        "caption",
    ),
    Kind.P,
)
_MARKS = {tag: tag for tag in ("b", "i", "u", "s", "sub", "sup", "fn", "a", "span")} | {
    "strong": "b", "em": "i", "cite": "i", "ins": "u", "strike": "s", "del": "s", "font": "span",
}  # fmt: skip


def _unescape(text: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match.group()), text)


def _attributes(source: str) -> dict[str, str]:
    pairs = (match.groups("") for match in _ATTRIBUTE.finditer(source))
    return {name.lower(): _unescape(double or single or bare) for name, double, single, bare in pairs}


def _span(text: str) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,3}", text, re.ASCII) else 1


class Reader:
    """Walks over the source once and collects blocks.

    ``pasted``: the source is somebody else's HTML, so blanks collapse, and Word's paragraphs that only
    look like list items become list items.
    """

    def __init__(self, *, pasted: bool) -> None:
        self._pasted = pasted
        self._blocks: list[Block] = []
        self._open: Block | None = None
        self._droppable = False
        self._runs: list[Run] = []
        self._break_due = False
        self._marks = Marks()
        self._lists: list[str] = []
        self._table: TableReader | None = None
        self._tables_open = 0
        self._bullet: list[str] | None = None

    def read(self, source: str) -> list[Block]:
        """All blocks of the source."""
        position, skip = 0, ""
        for match in _TOKEN.finditer(source):
            if not skip:
                self._text(source[position : match.start()])
            position = match.end()
            tag = (match["tag"] or "").lower()
            if skip:
                skip = "" if match["close"] and tag == skip else skip
            elif tag in _DROPPED and not match["close"] and not match["attributes"].endswith("/"):
                skip = tag
            elif tag:
                self._tag(tag, match["attributes"], closing=bool(match["close"]))
            elif match["declaration"]:
                self._declaration(match["declaration"])
        if not skip:
            self._text(source[position:])
        self._end_block()
        self._end_table()
        return self._blocks

    # ------------------------------------------------------------------------------------------ text

    def _text(self, source: str) -> None:
        text = clean(_unescape(source).translate({10: " ", 13: " ", 12: " "}))
        if self._bullet is not None:
            self._bullet.append(text)
            return
        blank = not text.strip(" \t\n")
        if self._pasted:
            text = re.sub(r"[ \t\n]+", " ", text)
            if not self._runs or self._break_due or self._runs[-1].text.endswith((" ", "\n")):
                text = text.lstrip(" ")
        if not text or (blank and (self._open is None or self._break_due)):
            return
        if self._open is None:
            self._begin(Block(Kind.P), droppable=True)
        if self._break_due:
            self._line_break()
        self._runs.append(replace(self._marks.style, text=text))

    def _line_break(self) -> None:
        self._break_due = False
        if self._open is None:
            self._begin(Block(Kind.P), droppable=True)
        self._runs.append(replace(self._marks.style, text="\n"))

    def _soft_break(self) -> None:
        """What follows stands on a new line, if something follows."""
        self._break_due = bool(self._runs) and not self._runs[-1].text.endswith("\n")

    # ------------------------------------------------------------------------------------------ tags

    def _tag(self, tag: str, source: str, *, closing: bool) -> None:
        if tag in _MARKS and closing:
            self._marks.close(_MARKS[tag])
        elif tag in _MARKS:
            self._marks.open(_MARKS[tag], _attributes(source))
        elif tag == "br":
            self._line_break()
        elif tag in {"table", "tr", "td", "th"}:
            self._table_tag(tag, _attributes(source), closing=closing)
        elif self._table is not None:
            if tag in {"ul", "ol", "li"} or tag in _BLOCKS or tag in _FOREIGN_BLOCKS:
                self._soft_break()
        elif tag in {"ul", "ol"}:
            self._list(tag, closing=closing)
        elif tag == "li":
            self._item(_attributes(source).get("id", ""), closing=closing)
        elif tag in _BLOCKS or tag in _FOREIGN_BLOCKS:
            self._paragraph(tag, _attributes(source), closing=closing)

    def _paragraph(self, tag: str, attributes: dict[str, str], *, closing: bool) -> None:
        if self._open is not None and self._open.kind is Kind.LI and self._lists:
            self._soft_break()
        elif closing:
            self._end_block()
        elif self._pasted and "MsoListParagraph" in attributes.get("class", ""):
            level = re.search(r"level([1-9])", attributes.get("style", ""))
            self._begin(Block(Kind.LI, depth=min(int(level.group(1)), MAX_DEPTH) if level else 1))
        else:
            kind = _BLOCKS.get(tag) or _FOREIGN_BLOCKS[tag]
            self._begin(Block(kind, attributes.get("id", "")), droppable=tag in _FOREIGN_BLOCKS)

    def _declaration(self, text: str) -> None:
        """Word puts the bullet or number of a list item between two declarations."""
        if self._open is None or self._open.kind is not Kind.LI or not self._pasted:
            return
        if "!supportLists" in text:
            self._bullet = []
        elif self._bullet is not None and "endif" in text:
            numbered = re.match(r"\s*\(?[0-9A-Za-z]{1,4}[.)]", "".join(self._bullet)) is not None
            self._open = replace(self._open, ordered=numbered)
            self._bullet = None

    def _list(self, tag: str, *, closing: bool) -> None:
        if not closing and not self._runs:
            self._droppable = True
        self._end_block()
        if not closing:
            self._lists.append(tag)
        elif self._lists:
            self._lists.pop()

    def _item(self, block_id: str, *, closing: bool) -> None:
        if closing:
            self._end_block()
        else:
            depth = min(len(self._lists), MAX_DEPTH) or 1
            self._begin(Block(Kind.LI, block_id, depth=depth, ordered=self._lists[-1:] == ["ol"]))

    def _table_tag(self, tag: str, attributes: dict[str, str], *, closing: bool) -> None:
        nested = self._tables_open > (1 if closing or tag != "table" else 0)
        if tag == "table":
            self._tables_open = max(0, self._tables_open + (-1 if closing else 1))
        if nested:
            self._soft_break()  # a table in a cell: its text stays in that cell
            return
        self._end_block()
        if tag == "table":
            self._end_table()
            self._lists.clear()
            self._table = None if closing else TableReader(attributes.get("id", ""))
        elif self._table is not None:
            self._table.close()
            if tag == "tr" and not closing:
                self._table.row()
            elif not closing:
                self._table.cell(_span(attributes.get("colspan", "")), _span(attributes.get("rowspan", "")))
                self._begin(Block(Kind.P))
                if tag == "th":
                    self._marks.open("b", {})

    # ---------------------------------------------------------------------------------------- blocks

    def _begin(self, block: Block, *, droppable: bool = False) -> None:
        self._end_block()
        self._open = block
        self._droppable = droppable
        self._marks.begin_block()

    def _end_block(self) -> None:
        if self._open is None:
            return
        runs = _trimmed(joined(self._runs)) if self._pasted else joined(self._runs)
        block, droppable = replace(self._open, runs=tuple(runs)), self._droppable and not runs
        self._open, self._bullet = None, None
        self._runs = []
        self._break_due = self._droppable = False
        self._marks.end_block()
        if self._table is not None:
            self._table.fill(block.runs)
        elif not droppable:
            self._blocks.append(block)

    def _end_table(self) -> None:
        if self._table is not None:
            self._blocks.append(Block(Kind.TABLE, self._table.id, rows=self._table.grid()))
            self._table = None


def _trimmed(runs: list[Run]) -> list[Run]:
    """Without blanks and line breaks at both ends."""
    while runs and not runs[0].text.lstrip(" \t\n"):
        del runs[0]
    while runs and not runs[-1].text.rstrip(" \t\n"):
        runs.pop()
    if runs:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip(" \t\n"))
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" \t\n"))
    return runs
