"""Every document of the demonstration: its structure as reviewed, and what other programs say of its PDF.

The structure is kept for both languages in one file; RANCANG_WRITE_GOLDEN=1 writes it anew, to be read by a
person before it is kept.
"""

from __future__ import annotations

import datetime as dt
import io
import os
import re
import subprocess
from collections import Counter
from itertools import groupby
from pathlib import Path

import pikepdf
import pytest

from desktop.base import Language
from desktop.base.richtext import Run
from desktop.books.document import (
    Callout,
    Document,
    Figure,
    Heading,
    ListBlock,
    Paragraph,
    Signatures,
    Table,
)
from desktop.books.pdf import render_pdf
from desktop.books.pdfa import check_pdfa
from tests.books.papers import Demo, demonstration, papers

GOLDEN = Path(__file__).parent.parent / "data" / "books" / "demo-structure.txt"
NOW = dt.datetime(2026, 11, 24, 3, tzinfo=dt.UTC)
FEW = ("III", "presentation", "record-consultation", "decree")
"""What every run shows to other programs; the slow layer shows all."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(tmp_path_factory.mktemp("home")))
        patch.setenv("RANCANG_NOW", NOW.isoformat())
        with demonstration(tmp_path_factory.mktemp("demo")) as made:
            yield made


@pytest.fixture(scope="module")
def documents(demo: Demo) -> dict[str, dict[Language, Document]]:
    found: dict[str, dict[Language, Document]] = {}
    for language in Language:
        for document in papers(demo, language):
            found.setdefault(document.id, {})[language] = document
    return found


# ------------------------------------------------------------------------------------------- structure
def runs_of(element):
    match element:
        case Paragraph():
            yield from element.line
        case ListBlock():
            for item in element.items:
                yield from item.line
        case Table():
            for row in element.rows:
                for cell in row.cells:
                    yield from cell
        case Callout():
            for line in element.lines:
                yield from line


def links(element) -> list[str]:
    return [run.href for run in runs_of(element) if isinstance(run, Run) and run.href]


def shape(element) -> str:
    """What an element is, whatever the language: kind, number, place to lead to, size, links."""
    leads = "".join(f" ->{href}" for href in dict.fromkeys(links(element)))
    match element:
        case Heading():
            return f"{'#' * element.level} {element.number} {{{element.target}}}"
        case Table():
            kinds = Counter(row.kind for row in element.rows)
            rows = " ".join(f"{kind}x{count}" for kind, count in sorted(kinds.items()))
            aligned = "".join(column.align[0] for column in element.columns)
            return f"table {element.number} {{{element.target}}} {aligned} {rows}{leads}"
        case Figure():
            return f"figure {element.number} {{{element.target}}} {type(element.chart).__name__}"
        case ListBlock():
            return "list " + "".join(str(item.ordinal or "*") for item in element.items) + leads
        case Paragraph():
            return f"{element.style}{leads}"
        case Callout():
            return f"callout {element.tone} {len(element.lines)}{leads}"
        case Signatures():
            return "sign " + " ".join(signer.role for signer in element.signers)
        case _:
            return type(element).__name__


def named(element, language: Language) -> str:
    match element:
        case Heading():
            return element.text
        case Table():
            return " | ".join(filter(None, (element.caption, *(column.title for column in element.columns))))
        case Figure():
            return element.caption
        case Callout():
            return element.title
    return ""


def structure(both: dict[Language, Document]) -> list[str]:
    """A document in both languages: titles, then element by element; like ones after each other counted."""
    one, other = both[Language.ID], both[Language.EN]
    lines = [f"=== {one.id}: {one.title} / {other.title}"]
    pairs = [
        (shape(mine), f"{named(mine, Language.ID)} / {named(theirs, Language.EN)}".strip(" /"))
        for mine, theirs in zip(one.elements, other.elements, strict=False)
    ]
    for (kind, name), group in groupby(pairs):
        count = len(list(group))
        lines.append(" ".join(filter(None, (kind, f"x{count}" if count > 1 else "", name))))
    return lines


def test_every_document_has_the_structure_that_was_reviewed(documents):
    found = "\n".join(line for both in documents.values() for line in structure(both)) + "\n"
    found = re.sub(r"[0-9a-f]{32}", "…", found)
    if os.environ.get("RANCANG_WRITE_GOLDEN"):
        GOLDEN.write_text(found, encoding="utf-8")
    assert found == GOLDEN.read_text(encoding="utf-8")


def counted(document: Document) -> list[str]:
    """What has a number or leads somewhere, in order."""
    return [
        shape(element)
        for element in document.elements
        if isinstance(element, Heading | Figure | Signatures)
        or (isinstance(element, Table) and element.number)
    ]


def test_both_languages_are_counted_alike(documents):
    for name, both in documents.items():
        assert counted(both[Language.ID]) == counted(both[Language.EN]), name


def test_links_lead_somewhere(documents):
    for name, both in documents.items():
        for document in both.values():
            targets = {getattr(element, "target", "") for element in document.elements}
            for element in document.elements:
                for href in links(element):
                    assert not href.startswith("ref:") or href.removeprefix("ref:") in targets, (name, href)


# ---------------------------------------------------------------------------------------- other programs
def squeezed(text: str) -> str:
    return "".join(text.split())


def judged(demo: Demo, document: Document, folder: Path) -> None:
    """Print a document and show it to everybody who has something to say of a PDF."""
    made = render_pdf(document, pictures=demo.pictures)
    path = folder / f"{document.id}.{document.language.value}.pdf"
    path.write_bytes(made.pdf)
    assert check_pdfa(made.pdf) == (), path.name
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in fonts.splitlines()[2:]]
    assert rows
    for row in rows:
        # embedded, a part of the font, and it says which letters its signs are
        assert row[-5:-2] == ["yes", "yes", "yes"], fonts
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    read_in_order(document, text)
    assert_no_page_is_left_over(document, made.pdf, text)


def read_in_order(document: Document, text: str) -> None:
    """Headings, captions and paragraphs are found whole, one after the other, in what a reader is read."""
    pages = text.split("\f")
    flowing = squeezed("".join(pages if document.letter else pages[1:])).replace("\u00ad", "")
    at = 0
    for element in document.elements:
        if not isinstance(element, Heading):
            continue
        words = squeezed(f"{element.number}{element.text}")
        if element.level == 1 and not document.letter:
            words = squeezed(element.text)
        found = flowing.find(words, at)
        assert found >= 0, (document.id, document.language, element.text)
        at = found


def assert_no_page_is_left_over(document: Document, pdf: bytes, text: str) -> None:
    """None is empty but for head and foot, and none bears the fingerprint alone."""
    proof = document.proof
    own = {squeezed(part) for part in (document.running_foot, *document.running_head, *document.notices)}
    own |= {squeezed(part) for part in (*proof.lines, *proof.words, *proof.letters)} if proof else set()
    for number, page in enumerate(text.split("\f")[:-1], 1):
        words = squeezed(page)
        for each in sorted(own, key=len, reverse=True):
            words = words.replace(each, "")
        assert len(words) > 60, (document.id, document.language, number)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        assert len(file.pages) == text.count("\f")


@pytest.mark.slow
@pytest.mark.parametrize("language", list(Language))
def test_other_programs_accept_a_few(demo, documents, tmp_path, tool, language):
    for name in ("pdffonts", "pdftotext", "qpdf"):
        tool(name)
    for name in FEW if language is Language.ID else FEW[1:3]:
        judged(demo, documents[name][language], tmp_path)


def test_the_sheet_for_the_head_of_region_is_two_pages(demo, documents):
    for document in documents["presentation"].values():
        assert render_pdf(document, archival=False).pages == 2


@pytest.mark.slow
def test_other_programs_accept_every_document(demo, documents, tmp_path, tool):
    for name in ("pdffonts", "pdftotext", "qpdf"):
        tool(name)
    for both in documents.values():
        for document in both.values():
            judged(demo, document, tmp_path)
