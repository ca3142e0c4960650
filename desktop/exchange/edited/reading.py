"""A Word file that came back, read within bounds: whose it is, its text, comments, and what is lost."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path

from lxml import etree

from desktop.base import RancangError
from desktop.base.jobs import Report, quiet
from desktop.base.richtext import Run
from desktop.base.richtext.blocks import joined, link
from desktop.books.returnable import Slip, read_slip
from desktop.exchange.edited.contents import Contents, Item, Losses, Para
from desktop.exchange.edited.marking import Open
from desktop.exchange.edited.styles import Styles
from desktop.exchange.edited.walking import Walk
from desktop.exchange.word import DOCUMENT, PROPERTIES, Limits, Package, is_, opened, read_apart, said

LIMITS = Limits(packed=200 << 20, part=24 << 20)
"""A book with all its photos; its text alone, which has some 2 MB."""
ITEMS = 60_000
"""Paragraphs and tables that are read; a plan of 250 pages has some 8,000."""
COMMENTS = 5_000
_RELATIONS = "word/_rels/document.xml.rels"


def read(path: Path, report: Report = quiet) -> Contents:
    """What a file says, read in a process with limits. Raises NotADocument, FileProblem, Unfinished."""
    return read_apart(path, LIMITS, Contents, contents, report, "word")


def contents(package: Package) -> Contents:
    """What a document says. Raises NotADocument."""
    body = package.parsed(package.part(DOCUMENT))
    held = next((each for each in body if is_(each, "body")), None)
    if held is None:
        raise package.bad("other")
    styles, losses, open_ = Styles(package), Losses(), Open(body)
    links = _links(package.tree(_RELATIONS))
    notes = _notes(package, styles, losses)
    walk = Walk(styles, links, notes, open_, losses)
    items: list[Item] = []
    for item in walk.items(held):
        if len(items) >= ITEMS:
            raise package.bad("too_large")
        items.append(item)
    comments = list(open_.said(package.tree("word/comments.xml")))
    if len(comments) > COMMENTS:
        losses.add("comments")
    return Contents(
        package.file,
        _slip(package),
        tuple(items),
        tuple(comments[:COMMENTS]),
        losses.told(),
        {mark: tuple(who) for mark, who in open_.changed_by.items()},
        _saved_by(package),
    )


def is_ours(path: Path) -> bool:
    """Whether a Word file went out of a plan, by its properties. Never raises for what cannot be read."""
    with contextlib.suppress(RancangError), opened(path, LIMITS) as package:
        return _slip(package) is not None
    return False


def _slip(package: Package) -> Slip | None:
    root = package.tree(PROPERTIES)
    found: dict[str, str] = {}
    for each in root if root is not None else ():
        name = each.get("name")
        if name and len(found) < 500:
            found[str(name)] = "".join(str(text) for text in each.itertext())[:2_000]
    return read_slip(found)


def _saved_by(package: Package) -> str:
    """Who saved the file last, as it says itself, where that is somebody else than who made it."""
    root = package.tree("docProps/core.xml")
    who, maker = (
        next((" ".join((each.text or "").split()) for each in root.iter(f"{{*}}{name}")), "")
        if root is not None
        else ""
        for name in ("lastModifiedBy", "creator")
    )
    return who[:120] if who != maker else ""


def _links(root: etree._Element | None) -> dict[str, str]:
    """Addresses of pages and mailboxes by the id of their relation; nothing else is ever followed."""
    found = {}
    for each in root if root is not None else ():
        address = link(str(each.get("Target") or ""))
        if each.get("TargetMode") == "External" and address and not address.casefold().startswith("ref:"):
            found[str(each.get("Id"))] = address
    return found


def _notes(package: Package, styles: Styles, losses: Losses) -> Mapping[str, tuple[Run, ...]]:
    """The words of footnotes and endnotes, by kind and number."""
    found: dict[str, tuple[Run, ...]] = {}
    for kind, name in (("foo", "footnote"), ("end", "endnote")):
        root = package.tree(f"word/{name}s.xml")
        links = _links(package.tree(f"word/_rels/{name}s.xml.rels"))
        for each in root if root is not None else ():
            if not is_(each, name) or said(each, "type") in {"separator", "continuationSeparator"}:
                continue
            runs: list[Run] = []
            for item in Walk(styles, links, {}, Open(each), losses).items(each):
                if isinstance(item, Para) and item.runs:
                    runs += [*([Run(" ")] if runs else []), *item.runs]
            found[f"{kind}{said(each, 'id')}"] = _tight(joined(runs))
    return found


def _tight(runs: list[Run]) -> tuple[Run, ...]:
    """Without the blank that stands after the number of a note."""
    text = "".join(run.text for run in runs)
    lead = len(text) - len(text.lstrip())
    tight: list[Run] = []
    for run in runs:
        cut, lead = min(lead, len(run.text)), max(0, lead - len(run.text))
        tight.append(Run(run.text[cut:], run.bold, run.italic, run.underline, run.strike, href=run.href))
    while tight and not tight[-1].text.rstrip():
        tight.pop()
    return tuple(joined(tight))
