"""The page says what the tree says: headings, numbers, tables, figures, links, in the same order."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import pytest
from PIL import Image

from desktop.base import Cancelled, Language
from desktop.base.richtext import Run
from desktop.books.compose import compose
from desktop.books.document import (
    Callout,
    Column,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Note,
    Paragraph,
    Photo,
    Row,
    Signatures,
    Stamp,
    Table,
    Tag,
)
from desktop.books.html import render_html
from tests.books import plans
from tests.books.html.pages import Page


def squeezed(text):
    return " ".join(text.split())


def said(line):
    """What a reader reads of a line."""
    parts = []
    for part in line:
        match part:
            case Run():
                parts.append(part.text)
            case Tag():
                parts.append(f" {part.text}")
            case Note():
                parts.append(str(part.number))
    return squeezed("".join(parts))


def shown(node):
    """What stands in an element."""
    for line_break in node.iter("br"):
        line_break.text = "\n"
    return squeezed(node.text_content())


def one(page, path):
    (found,) = page.tree.xpath(path)
    return found


@pytest.mark.slow
def test_each_page_says_what_it_is(pages):
    for page in pages:
        book, tree = page.book, page.tree
        assert page.data.startswith(b"<!DOCTYPE html>\n")
        assert tree.get("lang") == book.language.value
        assert one(page, "//title").text == book.title
        assert one(page, "//meta[@charset]").get("charset") == "utf-8"
        assert shown(one(page, "//h1")) == squeezed(book.cover.title)
        facts = {meta.get("name"): meta.get("content") for meta in tree.iter("meta")}
        assert (facts["author"], facts["description"]) == (book.author, book.subject)
        assert page.data == render_html(book, pictures=page.read), "the same bytes again"
        for landmark in ("header", "main", "footer"):
            one(page, f"/html/body/{landmark}")
        words = shown(one(page, "/html/body/header")) + shown(one(page, "/html/body/footer"))
        for notice in book.notices:
            assert words.count(squeezed(notice)) == 2, (str(page), notice)
        if book.watermark:
            assert words.count(squeezed(book.watermark.sentence)) == 2
        for label, value in book.imprint:
            assert f"{squeezed(label)}{squeezed(value)}" in words


def test_headings_are_those_of_the_tree_with_their_numbers(pages):
    for page in pages:
        called = [page.book.over(e) if e.centred else e.number for e in page.book.headings]
        wanted = [(e.level, n, squeezed(e.text)) for n, e in zip(called, page.book.headings, strict=True)]
        found = []
        for node in page.tree.xpath("//main//*[self::h2 or self::h3 or self::h4 or self::h5][@id]"):
            if node.get("class") == "minor" or node.get("id") in {"notes", "proof-title"}:
                continue
            number = node.find("span[@class='number']")
            text = "".join(node.xpath("text()"))
            found.append((int(node.tag[1]) - 1, number.text if number is not None else "", squeezed(text)))
        assert found == wanted, str(page)


def test_no_heading_skips_a_level(pages):
    for page in pages:
        levels = [int(node.tag[1]) for node in page.tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels.count(1) == 1, str(page)
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), str(page)


def test_tables_are_those_of_the_tree_cell_by_cell(pages):
    for page in pages:
        wanted = [e for e in page.book.elements if isinstance(e, Table) and e.columns and e.rows]
        found = page.tree.xpath("//main//table")
        assert len(found) == len(wanted), str(page)
        for table, node in zip(wanted, found, strict=True):
            label = f"{page.book.labels.table} {table.number} " if table.number else ""
            caption = node.find("caption")
            assert (shown(caption) if caption is not None else "") == squeezed(label + table.caption)
            heads = [shown(cell) for cell in node.xpath("thead/tr/*")]
            if any(column.title for column in table.columns):
                assert heads == [squeezed(column.title) for column in table.columns]
            rows = node.xpath("(tbody | tfoot)/tr")
            if heads and not any(column.title for column in table.columns):
                # somebody's own table with a bold first row
                rows = [*node.xpath("thead/tr"), *rows]
            assert len(rows) == len(table.rows)
            for row, there in zip(table.rows, rows, strict=True):
                cells = [shown(cell) for cell in there]
                if row.kind == "group":
                    (cell,) = there
                    assert (cell.tag, cell.get("scope")) == ("th", "rowgroup")
                    assert cell.get("colspan") == str(len(table.columns))
                    assert cells == [said(row.cells[0])]
                else:
                    width = len(table.columns)
                    assert cells == [said(c) for c in row.cells[:width]] + [""] * (width - len(row.cells))


def test_who_listens_hears_what_a_figure_belongs_to(pages):
    for page in pages:
        assert all(node.get("scope") for node in page.tree.iter("th"))
        for node in page.tree.xpath("//table/thead//th"):
            assert node.get("scope") == "col"
        totals = page.tree.xpath("//tbody/tr[contains(@class, 'total')][last()]")
        for node in totals:
            assert node.get("class") == "subtotal" or node.getnext() is not None, str(page)


def test_figures_are_drawings_with_a_name_and_words(pages):
    for page in pages:
        wanted = list(page.book.figures)
        found = page.tree.xpath("//main//figure")
        assert len(found) == len(wanted)
        for figure, node in zip(wanted, found, strict=True):
            caption = squeezed(f"{page.book.labels.figure} {figure.number} {figure.caption}")
            assert shown(node.find("figcaption")) == caption
            if isinstance(figure.chart, Photo):
                pictures = node.xpath("img")
                assert len(pictures) == (figure.chart.sha256 in page.photos)
                assert all(picture.get("alt") for picture in pictures)
                continue
            (drawing,) = node.xpath(".//svg")
            assert (drawing.get("role"), squeezed(drawing.get("aria-label"))) == ("img", caption)
            assert drawing.get("viewbox") or drawing.get("viewBox")
            if figure.description:
                (words,) = page.tree.xpath(f"//*[@id='{drawing.get('aria-describedby')}']")
                assert shown(words) == squeezed(figure.description)


def test_everything_stands_in_the_order_of_the_tree(pages):
    for page in pages:
        text, at = shown(one(page, "//main")), 0
        for element in page.book.elements:
            for words in _words(element):
                place = text.find(words, at)
                assert place >= 0, (str(page), words)
                at = place + len(words)


def _words(element):
    match element:
        case Heading():
            yield squeezed(element.text)
        case Paragraph():
            yield said(element.line)
        case ListBlock():
            yield from (said(item.line) for item in element.items)
        case Table():
            yield squeezed(element.caption)
            yield from (said(row.cells[0]) for row in element.rows)
            yield said(element.note)
        case Callout():
            yield squeezed(element.title)
            yield from map(said, element.lines)
        case Signatures():
            for signer in element.signers:
                yield from (squeezed(signer.office), squeezed(signer.name), squeezed(signer.details))


def test_links_lead_to_what_is_there_and_nothing_is_fetched(pages):
    for page in pages:
        ids = Counter(page.tree.xpath("//@id"))
        assert max(ids.values()) == 1, (str(page), ids.most_common(2))
        targets = {
            e.target for e in page.book.elements if isinstance(e, Heading | Table | Figure) and e.target
        }
        for href in page.tree.xpath("//a/@href"):
            assert href.startswith(("https://", "http://", "mailto:")) or href.removeprefix("#") in ids, href
        for name in page.tree.xpath("//@aria-labelledby | //@aria-describedby"):
            assert name in ids, name
        asked = sum(1 for run in _runs(page.book) if run.href.removeprefix("ref:") in targets)
        assert len(page.tree.xpath("//main//a[starts-with(@href, '#') and not(@role)]")) == asked
        assert not page.tree.xpath("//script | //link | //iframe | //object | //form | //base")
        assert all(source.startswith("data:image/") for source in page.tree.xpath("//@src"))
        if not page.book.letter:
            nav = [shown(node) for node in page.tree.xpath("//nav//li/a")]
            wanted = [squeezed(f"{h.number} {h.text}") for h in page.book.headings if h.level <= 2]
            assert nav[: len(wanted)] == wanted
            assert len(nav) == len(wanted) + len([*page.book.tables, *page.book.figures])


def _runs(book):
    for element in book.elements:
        match element:
            case Paragraph():
                lines = [element.line]
            case ListBlock():
                lines = [item.line for item in element.items]
            case Table():
                lines = [cell for row in element.rows for cell in row.cells] + [element.note]
            case Callout():
                lines = element.lines
            case _:
                lines = []
        yield from (part for line in lines for part in line if isinstance(part, Run))


def test_the_fingerprint_is_in_words_in_letters_and_as_a_picture(pages):
    for page in pages:
        if page.book.proof is None:
            continue
        node = one(page, "//section[@class='proof']")
        assert [item.text for item in node.iter("li")] == list(page.book.proof.words)
        assert shown(node.find(".//code")) == " ".join(page.book.proof.letters)
        assert len(node.findall("svg")) == 1


# ------------------------------------------------------------------------------- what the demo has not


def book(*elements, **changes):
    made = compose(plans.plan(), plans.pack(), "everything", Language.ID, draft=False)
    heading = next(e for e in made.elements if getattr(e, "level", 0) == 1)
    return Page(replace(made, elements=(heading, *elements), **changes))


def test_footnotes_stand_at_the_end_with_a_way_there_and_back():
    first = Note((Run("RPJMD, hlm. "), Run("12", italic=True)), 1)
    second = Note((Run("Laman", href="https://example.go.id/a?b=1&c=2"),), 2)
    table = Table(1, "Angka", (Column("A"), Column("B")), (Row(((Run("x"), second), (Run("y"),))),))
    page = book(Paragraph((Run("Teks"), first, Run("."))), table)
    marks = page.tree.xpath("//a[@role='doc-noteref']")
    assert [(mark.text, mark.get("href")) for mark in marks] == [("1", "#note-1"), ("2", "#note-2")]
    assert [mark.get("aria-label") for mark in marks] == ["Catatan kaki 1", "Catatan kaki 2"]
    notes = one(page, "//section[@role='doc-endnotes']")
    items = notes.findall("ol/li")
    assert [shown(item) for item in items] == ["RPJMD, hlm. 12 ↩", "Laman ↩"]
    for mark, item in zip(marks, items, strict=True):
        (back,) = item.xpath("a[@role='doc-backlink']")
        assert back.get("href") == f"#{mark.get('id')}"
    assert page.tree.xpath("//li/a[@rel]/@href") == ["https://example.go.id/a?b=1&c=2"]


def test_lists_nest_and_count_as_they_were_written():
    items = [
        ListItem((Run("satu"),), 1, 1),
        ListItem((Run("dalam"),), 2),
        ListItem((Run("dua"),), 1, 2),
        ListItem((Run("lagi"),), 1, 1),
        ListItem((Run("titik"),), 1),
        ListItem((Run("jauh"),), 4),
    ]
    page = book(ListBlock(tuple(items)))
    lists = page.tree.xpath("//main/section/*[self::ol or self::ul]")
    assert [(node.tag, [squeezed(item.text) for item in node]) for node in lists] == [
        ("ol", ["satu", "dua"]),
        ("ol", ["lagi"]),
        ("ul", ["titik"]),
    ]
    assert shown(lists[0][0].find("ul")) == "dalam"
    assert shown(lists[2][0].find("ul")) == "jauh"


def test_a_bold_first_row_of_ones_own_table_is_its_head():
    def own(*rows):
        return Table(0, "", (Column(""), Column("")), tuple(map(Row, rows)), plain=True)

    bold, plain = (Run("Tahun", bold=True),), (Run("2026"),)
    heads = [
        len(book(own(*rows)).tree.xpath("//main//th[@scope='col']"))
        for rows in (((bold, bold), (plain, plain)), ((bold, plain), (plain, plain)), ((bold, bold),))
    ]
    assert heads == [2, 0, 0]


@pytest.mark.parametrize("depths", [(2,), (3, 1), (6, 2, 4, 1)])
def test_a_list_that_begins_deep_loses_nothing(depths):
    page = book(ListBlock(tuple(ListItem((Run(f"butir-{d}"),), d) for d in depths)))
    assert [squeezed(node.text) for node in page.tree.xpath("//main//li")] == [f"butir-{d}" for d in depths]


@pytest.mark.slow
def test_a_photo_is_inside_the_page_no_larger_than_paper_shows_it():
    buffer = io.BytesIO()
    Image.new("RGBA", (3000, 2000), (200, 30, 30, 128)).save(buffer, "PNG")
    figure = Figure(1, "Rapat tim", Photo("ab"), description="Tim duduk di balai desa")
    page = book(figure)
    assert not page.tree.xpath("//img")
    assert shown(one(page, "//figure")) == "Gambar 1 Rapat tim"
    data = render_html(page.book, pictures=lambda _sha: buffer.getvalue()).decode()
    assert 'alt="Tim duduk di balai desa"' in data
    assert len(data) < 100_000
    assert 'src="data:image/jpeg;base64,/9j/' in data


def test_a_draft_and_a_step_that_is_left_out():
    page = book(Heading(3, "", "Terlalu dalam"), watermark=Stamp("DRAF", "Belum lengkap"))
    assert [node.tag for node in page.tree.xpath("//main//*[self::h2 or self::h3 or self::h4]")] == [
        "h2",
        "h3",
    ]
    assert shown(one(page, "//p[@class='mark']")) == "DRAF Belum lengkap"


def test_who_waits_can_stop():
    def stop(*_told):
        raise Cancelled

    page = book(Paragraph((Run("Teks"),)))
    with pytest.raises(Cancelled):
        render_html(page.book, stop)
