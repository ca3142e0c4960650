"""Walks over the text of a Word file: runs with their marks, tracked changes accepted, footnotes in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lxml import etree

from desktop.base.richtext import Run
from desktop.base.richtext.blocks import joined
from desktop.exchange.edited.contents import REFERENCE, Cell, Grid, Item, Losses, Para
from desktop.exchange.edited.marking import Open
from desktop.exchange.edited.styles import Kind, Styles, switched
from desktop.exchange.word import child, is_, local, said

DEEPEST = 100
"""Elements within elements; Word nests some thirty."""
ROWS, CELLS = 4_000, 64
_OPENED = frozenset({"sdtContent", "smartTag", "customXml", "fldSimple", "dir", "bdo"})
_GONE = frozenset({"del", "moveFrom"})
_COME = frozenset({"ins", "moveTo"})
_TALK = frozenset({"commentRangeStart", "commentRangeEnd", "commentReference"})
_PICTURES = frozenset({"drawing", "pict", "object"})
_LETTERS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}


@dataclass(slots=True)
class _Written:
    """A paragraph while it is read."""

    kind: Kind
    runs: list[Run]
    mark: str | None = None
    authors: dict[str, None] | None = None

    def by(self, who: str) -> None:
        """Somebody changed it."""
        if who:
            self.authors = {**(self.authors or {}), who: None}


class Walk:
    """Reads the body of one file, or the paragraphs of one footnote."""

    def __init__(
        self,
        styles: Styles,
        links: Mapping[str, str],
        notes: Mapping[str, tuple[Run, ...]],
        open_: Open,
        losses: Losses,
    ) -> None:
        self._styles, self._links, self._notes = styles, links, notes
        self.open, self._losses = open_, losses
        self._fields: list[str] = []
        """Fields that are open, each with whether its code or its result is read."""
        self._codes = 0
        """How many of them are at their code."""
        self._now = _Written(Kind("p"), [])
        self._carry: _Written | None = None
        self._href = ""

    # ---- blocks

    def items(self, holder: etree._Element, depth: int = 0) -> Iterator[Item]:
        """Every paragraph and table, in order. Raises ValueError where they lie too deep in each other."""
        _bounded(depth)
        for each in holder:
            match local(each):
                case "p":
                    yield from self._paragraph(each, depth)
                case "tbl":
                    yield from self._ended()
                    yield self._table(each, depth)
                case "sdt":
                    if not _is_hint(each):
                        inner = child(each, "sdtContent")
                        if inner is not None:
                            yield from self.items(inner, depth + 1)
                case "ins" | "moveTo" | "customXml":
                    if local(each) != "customXml":
                        self.open.changed(each)
                    yield from self.items(each, depth + 1)
                case name:
                    self._aside(each, name)
        if not depth:
            yield from self._ended()

    def _ended(self) -> Iterator[Para]:
        """A paragraph whose end was struck out, where nothing goes on in it."""
        if self._carry is not None:
            yield _finished(self._carry)
            self._carry = None

    def _aside(self, element: etree._Element, name: str) -> None:
        if name == "bookmarkStart":
            self.open.begin(element)
        elif name == "bookmarkEnd":
            self.open.end(element)
        elif name in _TALK:
            self.open.comment(element)
        elif name in _GONE:
            self._gone(element)

    def _gone(self, element: etree._Element) -> None:
        """What was struck out: none of its words, but marks and comments begin and end there as anywhere."""
        self._now.by(self.open.changed(element))
        for each in element.iter("{*}bookmarkStart", "{*}bookmarkEnd", *(f"{{*}}{name}" for name in _TALK)):
            self._aside(each, local(each))
            if self._now.mark is None and self.open.text:
                # the text may end here as well, with nothing left of it
                self._now.mark = self.open.text

    def _paragraph(self, element: etree._Element, depth: int) -> Iterator[Para]:
        """A paragraph; where its end was struck out the next one goes on in it."""
        settings = child(element, "pPr")
        kind = self._styles.kind(settings)
        if kind.kind == "heading":
            self.open.heading()
        before, self._carry = self._carry, None
        self._now = now = _Written(kind, [])
        self._inside(element, depth)
        now.mark = self.open.text if now.mark is None else now.mark
        end = child(settings, "rPr")
        for each in end if end is not None else ():
            if is_(each, *_GONE, *_COME):
                now.by(self.open.changed(each))
        self.open.paragraph()
        if before is not None and (kind.kind == "heading" or before.mark != now.mark):
            yield _finished(before)
        elif before is not None:
            now.runs, now.kind = [*before.runs, *now.runs], before.kind
            now.authors = {**(before.authors or {}), **(now.authors or {})}
        if end is None or not any(is_(each, *_GONE) for each in end):
            yield _finished(now)
        elif any(run.text.strip() for run in now.runs):
            self._carry = now

    def _table(self, element: etree._Element, depth: int) -> Grid:
        mark = self.open.text
        rows: list[tuple[Cell, ...]] = []
        for row in _rows(element):
            if len(rows) >= ROWS:
                self._losses.add("long_table")
                break
            settings = child(row, "trPr")
            for each in settings if settings is not None else ():
                if is_(each, "ins", "del"):
                    self.open.changed(each)
            if child(settings, "del") is None:
                rows.append(tuple(self._row(row, depth)))
        return Grid(tuple(rows), mark)

    def _row(self, row: etree._Element, depth: int) -> Iterator[Cell]:
        count = 0
        for cell in _cells(row):
            settings = child(cell, "tcPr")
            if count >= CELLS or child(settings, "cellDel") is not None:
                continue
            yield self._cell(cell, depth)
            wide = child(settings, "gridSpan")
            span = said(wide, "val", "1") if wide is not None else "1"
            extra = int(span) - 1 if span.isdecimal() and len(span) < 3 else 0
            yield from (Cell(()) for _ in range(min(max(extra, 0), CELLS)))
            count += 1 + extra

    def _cell(self, cell: etree._Element, depth: int) -> Cell:
        before = self.open.cell()
        merged = child(cell, "tcPr", "vMerge")
        runs: list[Run] = []
        mark = ""
        for item in self.items(cell, depth + 1):
            mark = mark or item.mark
            words = item.runs if isinstance(item, Para) else _flat(item)
            if isinstance(item, Grid):
                self._losses.add("nested_table")
            if words:
                bullet = _bullet(item)
                runs += ([Run("\n")] if runs else []) + [*bullet, *words]
        for rest in self._ended():
            runs += ([Run("\n")] if runs else []) + [*rest.runs]
        self.open.left(before)
        if merged is not None and said(merged, "val") != "restart":
            return Cell((), mark)
        return Cell(tuple(joined(runs)), mark)

    # ---- lines

    def _inside(self, holder: etree._Element, depth: int) -> None:
        _bounded(depth)
        for each in holder:
            match local(each):
                case "r":
                    self._run(each)
                case "hyperlink":
                    self._link(each, depth)
                case name if name in _COME:
                    self._now.by(self.open.changed(each))
                    self._inside(each, depth + 1)
                case name if name in _GONE:
                    self._gone(each)
                case name if name in _OPENED:
                    self._inside(each, depth + 1)
                case "sdt":
                    if not _is_hint(each):
                        self._inside(each, depth + 1)
                case "":
                    self._foreign(each, depth)
                case name:
                    self._aside(each, name)

    def _link(self, element: etree._Element, depth: int) -> None:
        before = self._href
        number = next((v for k, v in element.attrib.items() if str(k).endswith("/relationships}id")), "")
        self._href = self._links.get(str(number), "")
        self._inside(element, depth + 1)
        self._href = before

    def _foreign(self, element: etree._Element, depth: int) -> None:
        """What is none of Word's own: the newer of two forms, and formulas as far as they are letters."""
        name = str(element.tag).rpartition("}")[2]
        if name == "AlternateContent":
            for each in element:
                if str(each.tag).endswith("}Choice"):
                    self._inside(each, depth + 1)
                    return
        elif name in {"oMath", "oMathPara"}:
            self._losses.add("formula")
            self._words("".join(each.text or "" for each in element.iter("{*}t")), Run(""))

    def _run(self, element: etree._Element) -> None:
        settings = child(element, "rPr")
        bold, italic, style = self._styles.look(settings)
        if style.startswith("tag ") or switched(settings, "vanish"):
            return
        on = {name: switched(settings, name) for name in ("b", "i", "strike", "u")}
        raised = child(settings, "vertAlign")
        look = Run(
            "",
            bold=bool(bold if on["b"] is None else on["b"]),
            italic=bool(italic if on["i"] is None else on["i"]),
            underline=bool(on["u"]) and not (self._href or self.open.reference),
            strike=bool(on["strike"]),
            raised={"subscript": "sub", "superscript": "sup"}.get(
                said(raised, "val") if raised is not None else "", ""
            ),
            href=f"{REFERENCE}{self.open.reference}" if self.open.reference else self._href,
        )
        for each in element:
            self._piece(each, look)

    def _piece(self, element: etree._Element, look: Run) -> None:
        match local(element):
            case "fldChar":
                self._field(said(element, "fldCharType"))
            case name if name in _TALK:
                self.open.comment(element)
            case _ if self._codes:
                return
            case "t":
                self._words(element.text or "", look)
            case name if name in _LETTERS:
                if said(element, "type", "textWrapping") == "textWrapping":
                    self._words(_LETTERS[name], look)
            case "footnoteReference" | "endnoteReference" as name:
                for run in self._notes.get(f"{name[:3]}{said(element, 'id')}", ()):
                    self._words(run.text, replace(run, raised="fn"))
            case "sym":
                self._losses.add("symbol")
            case name if name in _PICTURES or str(element.tag).endswith("}AlternateContent"):
                self._lost_picture()

    def _lost_picture(self) -> None:
        if self.open.text:
            self._losses.add("picture")

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append("code")
            self._codes += 1
        elif kind in {"separate", "end"} and self._fields:
            self._codes -= self._fields.pop() == "code"
            if kind == "separate":
                self._fields.append("result")

    def _words(self, text: str, look: Run) -> None:
        if not text:
            return
        now = self._now
        if now.mark is None:
            now.mark = self.open.text
        self.open.words(text)
        now.runs.append(replace(look, text=text))


def _bounded(depth: int) -> None:
    if depth > DEEPEST:
        raise ValueError(depth)  # what opened the file says that it is broken


def _finished(now: _Written) -> Para:
    kind = now.kind
    authors = tuple(now.authors or ())
    return Para(kind.kind, tuple(joined(now.runs)), now.mark or "", kind.level, kind.ordered, authors)


def _bullet(item: Item) -> tuple[Run, ...]:
    if isinstance(item, Para) and item.kind == "li":
        return (Run(f"{' ' * (item.level - 1)}\N{BULLET} "),)
    return ()


def _flat(grid: Grid) -> tuple[Run, ...]:
    """A table within a cell as its text."""
    return (Run("\n".join("\t".join(cell.text for cell in row) for row in grid.rows)),)


def _is_hint(element: etree._Element) -> bool:
    """Whether a content control still shows its hint ("click here to write")."""
    return child(element, "sdtPr", "showingPlcHdr") is not None


def _rows(table: etree._Element, depth: int = 0) -> Iterator[etree._Element]:
    yield from _within(table, "tr", depth)


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    yield from _within(row, "tc", 0)


def _within(holder: etree._Element, wanted: str, depth: int) -> Iterator[etree._Element]:
    """Children of one name, wrappers opened."""
    for each in holder:
        name = local(each)
        if name == wanted:
            yield each
        elif name in {"sdt", "sdtContent", "customXml", "ins", "moveTo"}:
            _bounded(depth)
            yield from _within(each, wanted, depth + 1)
