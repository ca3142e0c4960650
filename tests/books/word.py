"""A Word file read back without our writer: what Word would show, counted by the file's own lists."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs spacing ind jc outlineLvl sectPr",
    "rPr": "rStyle rFonts b bCs i iCs strike noProof color sz szCs u shd vertAlign lang",
    "tblPr": "tblStyle tblStyleRowBandSize tblW jc tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW gridSpan tcBorders shd vAlign",
    "sectPr": "headerReference footerReference type pgSz pgMar cols vAlign",
    "tbl": "tblPr tblGrid tr",
    "tc": "tcPr p",
    "style": "name basedOn next uiPriority semiHidden qFormat pPr rPr tblPr tblStylePr",
    "lvl": "start numFmt pStyle suff lvlText lvlJc pPr rPr",
    "settings": "zoom defaultTabStop autoHyphenation consecutiveHyphenLimit characterSpacingControl "
    "updateFields footnotePr compat themeFontLang decimalSymbol listSeparator",
}
"""The order in which Word wants the children of an element; of those we write."""


@dataclass
class Read:
    """What a reader of the file sees."""

    headings: list[tuple[int, str, str]] = field(default_factory=list)
    """Level, number as Word counts, text."""
    tables: list[list[list[str]]] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)
    """What is told of each picture."""
    entries: list[str] = field(default_factory=list)
    """The lines of contents and lists, without page numbers."""
    notes: list[str] = field(default_factory=list)
    landscape: int = 0
    text: str = ""


class Word:
    """A Word file."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.testzip() is None
            names = archive.namelist()
            assert len(names) == len(set(names))
            self.parts = {name: archive.read(name) for name in names}
        self.trees = {
            name: etree.fromstring(part)
            for name, part in self.parts.items()
            if name.endswith((".xml", ".rels"))
        }

    def part(self, name: str) -> Any:
        """A part of the text."""
        return self.trees[f"word/{name}.xml"]

    def read(self) -> Read:
        """All that stands in the body."""
        made, counters = Read(), [0] * 9
        body = self.part("document")[0]
        for paragraph in body.iter(f"{W}p"):
            if any(each.tag == f"{W}tbl" for each in paragraph.iterancestors()):
                continue
            style, text = _style(paragraph), said(paragraph)
            level = re.fullmatch(r"Heading(\d)", style)
            if level:
                number = self._number(paragraph, style, counters)
                literal, tab, rest = text.partition("\t")
                made.headings.append((int(level[1]), literal if tab else number, rest if tab else text))
            elif style in {"Caption", "FigureCaption"}:
                made.captions.append(" ".join(text.split()))
            elif (style.startswith("TOC") and style != "TOCHeading") or style == "TableofFigures":
                made.entries.append(" ".join(text.split()))
        made.tables = [
            [[said(cell) for cell in row.iter(f"{W}tc")] for row in table.iter(f"{W}tr")]
            for table in body.iter(f"{W}tbl")
            if table.find(f"{W}tblPr/{W}tblStyle") is not None
        ]
        made.figures = [each.get("descr") for each in body.iter(f"{WP}docPr")]
        made.landscape = sum(1 for each in body.iter(f"{W}pgSz") if each.get(f"{W}orient") == "landscape")
        if "word/footnotes.xml" in self.trees:
            made.notes = [said(each).strip() for each in self.part("footnotes") if not each.get(f"{W}type")]
        made.text = "\n".join(said(each) for each in body.iter(f"{W}p"))
        return made

    def _number(self, paragraph: Any, style: str, counters: list[int]) -> str:
        own = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        if own is not None and own.get(f"{W}val") == "0":
            return ""
        (defined,) = [each for each in self.part("styles") if each.get(f"{W}styleId") == style]
        level = int(defined.find(f"{W}pPr/{W}numPr/{W}ilvl").get(f"{W}val"))
        counters[level] += 1
        counters[level + 1 :] = [0] * (8 - level)
        levels = self.part("numbering")[0].findall(f"{W}lvl")
        pattern = levels[level].find(f"{W}lvlText").get(f"{W}val")
        return re.sub(r"%(\d)", lambda found: str(counters[int(found[1]) - 1]), pattern)

    def check(self) -> None:
        """What Word refuses: doubled ids, relations to nothing, children out of order."""
        for name, tree in self.trees.items():
            if not name.startswith("word/") or not name.endswith(".xml"):
                continue
            for parent in tree.iter():
                tag = etree.QName(parent).localname
                if tag in ORDER and parent.tag.startswith(W):
                    places = [ORDER[tag].split().index(etree.QName(child).localname) for child in parent]
                    assert places == sorted(places), (name, etree.tostring(parent)[:500])
            for cell in tree.iter(f"{W}tc"):
                assert cell[-1].tag == f"{W}p"
            self._fields(name, tree)
            self._relations(name, tree)
        body = self.part("document")[0]
        assert body[-1].tag == f"{W}sectPr"
        marks = [each.get(f"{W}name") for each in body.iter(f"{W}bookmarkStart")]
        ends = [each.get(f"{W}id") for each in body.iter(f"{W}bookmarkEnd")]
        starts = [each.get(f"{W}id") for each in body.iter(f"{W}bookmarkStart")]
        assert len(set(marks)) == len(marks)
        assert sorted(starts) == sorted(ends) == sorted(set(starts))
        drawings = [each.get("id") for each in body.iter(f"{WP}docPr")]
        assert len(set(drawings)) == len(drawings)
        goals = {each.get(f"{W}anchor") for each in body.iter(f"{W}hyperlink")} - {None}
        goals |= {
            each.text.split()[1]
            for each in body.iter(f"{W}instrText")
            if each.text.split()[0] in {"PAGEREF", "REF"}
        }
        assert goals <= set(marks)
        self._known(body)

    def _fields(self, name: str, tree: Any) -> None:
        depth = 0
        for mark in tree.iter(f"{W}fldChar"):
            kind = mark.get(f"{W}fldCharType")
            depth += {"begin": 1, "separate": 0, "end": -1}[kind]
            assert depth >= 0, name
        assert depth == 0, name

    def _relations(self, name: str, tree: Any) -> None:
        folder, _, file = name.rpartition("/")
        relations = self.trees.get(f"{folder}/_rels/{file}.rels", ())
        known = {each.get("Id"): each for each in relations}
        used = {value for each in tree.iter() for key, value in each.attrib.items() if key.startswith(R)}
        assert used <= set(known), name
        for each in known.values():
            if each.get("TargetMode") != "External":
                assert f"{folder}/{each.get('Target')}".removeprefix("/") in self.parts, each.attrib

    def _known(self, body: Any) -> None:
        styles = {each.get(f"{W}styleId") for each in self.part("styles") if each.tag == f"{W}style"}
        for kind in ("pStyle", "rStyle", "tblStyle"):
            assert {each.get(f"{W}val") for each in body.iter(f"{W}{kind}")} <= styles
        lists = {each.get(f"{W}numId") for each in self.part("numbering").iter(f"{W}num")} | {"0"}
        assert {each.get(f"{W}val") for each in body.iter(f"{W}numId")} <= lists


def said(element: Any) -> str:
    """The text of an element: fields by their result, paragraphs on lines of their own."""
    out = []
    for each in element.iter():
        tag = etree.QName(each).localname
        if tag == "t":
            out.append(each.text or "")
        elif tag == "br":
            out.append("\n")
        elif tag == "tab" and etree.QName(each.getparent()).localname == "r":
            out.append("\t")
        elif tag == "p" and out and each is not element:
            out.append("\n")
    return "".join(out)


def _style(paragraph: Any) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val")
