"""What the styles and lists of a Word file make of a paragraph, whatever program wrote them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from desktop.exchange.edited.contents import ParaKind
from desktop.exchange.word import Package, child, is_, local, said

_CHAIN = 12
"""Styles on styles that are followed."""
_HEADING = re.compile(r"heading ([1-9])")
_SKIPPED = re.compile(
    r"(toc|contents|table of figures|illustration index|index|table index)( heading|\s*\d*)"
)
_BULLETS = frozenset({"bullet", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """One style of the file."""

    name: str
    based: str
    list: str = ""
    level: int = 0
    outline: int = 0
    """1 for what stands in the contents as a chapter; 0 for none."""
    bold: bool | None = None
    italic: bool | None = None


@dataclass(frozen=True, slots=True)
class Kind:
    """What a paragraph is."""

    kind: ParaKind
    level: int = 0
    ordered: bool = False


class Styles:
    """The styles and lists of one file."""

    def __init__(self, package: Package) -> None:
        self._styles = dict(_styles(package.tree("word/styles.xml")))
        self._lists = dict(_lists(package.tree("word/numbering.xml")))

    def kind(self, settings: etree._Element | None) -> Kind:
        """What a paragraph with these settings is."""
        style = child(settings, "pStyle")
        chain = self._chain(said(style, "val") if style is not None else "")
        names = [each.name for each in chain]
        heading = next((int(found[1]) for name in names if (found := _HEADING.fullmatch(name))), 0)
        if any(_SKIPPED.fullmatch(name) for name in names):
            return Kind("contents")
        level = heading or _outline(settings) or next((each.outline for each in chain if each.outline), 0)
        if level:
            return Kind("heading", min(level, 4))
        if "minor heading" in names:
            return Kind("minor", 3)
        for name, kind in (("remark", "remark"), ("caption", "caption"), ("figure caption", "caption")):
            if name in names[:1]:
                return Kind("remark" if kind == "remark" else "caption")
        number, depth = self._number(settings, chain)
        if number in self._lists:
            kind_ = self._lists[number].get(depth, "bullet")
            return Kind("li", depth + 1, ordered=kind_ not in _BULLETS)
        return Kind("p")

    def look(self, settings: etree._Element | None) -> tuple[bool | None, bool | None, str]:
        """Bold, italic and the name of the character style of a run."""
        style = child(settings, "rStyle")
        chain = self._chain(said(style, "val") if style is not None else "")
        bold = next((each.bold for each in chain if each.bold is not None), None)
        italic = next((each.italic for each in chain if each.italic is not None), None)
        return bold, italic, chain[0].name if chain else ""

    def _chain(self, name: str) -> list[Style]:
        found: list[Style] = []
        while name in self._styles and len(found) < _CHAIN:
            found.append(self._styles[name])
            name = found[-1].based
        return found

    def _number(self, settings: etree._Element | None, chain: list[Style]) -> tuple[str, int]:
        own = child(settings, "numPr")
        if own is not None:
            number, depth = child(own, "numId"), child(own, "ilvl")
            level = _whole(said(depth, "val")) if depth is not None else 0
            if number is not None:
                return said(number, "val"), level
        found = next((each for each in chain if each.list), None)
        return (found.list, found.level) if found is not None else ("", 0)


def _outline(settings: etree._Element | None) -> int:
    found = child(settings, "outlineLvl")
    level = _whole(said(found, "val"), 9) if found is not None else 9
    return level + 1 if level < 9 else 0


def _whole(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isdecimal() and len(text) < 3 else otherwise


def switched(settings: etree._Element | None, name: str) -> bool | None:
    """Whether a mark of letters is on, off, or not said."""
    found = child(settings, name)
    if found is None:
        return None
    return said(found, "val", "true").casefold() not in {"0", "false", "off", "none"}


def _styles(root: etree._Element | None) -> list[tuple[str, Style]]:
    found = []
    for each in root if root is not None else ():
        if not is_(each, "style"):
            continue
        based, name = child(each, "basedOn"), child(each, "name")
        number = child(each, "pPr", "numPr", "numId")
        depth = child(each, "pPr", "numPr", "ilvl")
        looks = child(each, "rPr")
        found.append((
            said(each, "styleId"),
            Style(
                said(name, "val").casefold() if name is not None else "",
                said(based, "val") if based is not None else "",
                said(number, "val") if number is not None else "",
                _whole(said(depth, "val")) if depth is not None else 0,
                _outline(child(each, "pPr")),
                switched(looks, "b"),
                switched(looks, "i"),
            ),
        ))  # fmt: skip
    return found


def _lists(root: etree._Element | None) -> list[tuple[str, dict[int, str]]]:
    """The kind of each level of each list."""
    if root is None:
        return []
    kinds: dict[str, dict[int, str]] = {}
    for each in root:
        if is_(each, "abstractNum"):
            kinds[said(each, "abstractNumId")] = dict(_levels(each))
    found = []
    for each in root:
        if is_(each, "num"):
            kind = child(each, "abstractNumId")
            known = kinds.get(said(kind, "val"), {}) if kind is not None else {}
            own = {
                level: said_ for over in each if is_(over, "lvlOverride") for level, said_ in _levels(over)
            }
            found.append((said(each, "numId"), {**known, **own}))
    return [entry for entry in found if entry[0] != "0"]


def _levels(holder: etree._Element) -> list[tuple[int, str]]:
    found = []
    for each in holder:
        if local(each) == "lvl":
            kind = child(each, "numFmt")
            if kind is not None:
                found.append((_whole(said(each, "ilvl")), said(kind, "val")))
    return found
