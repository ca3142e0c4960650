"""The HTML subset: reading never fails, writing is canonical, nothing readable is lost."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.base.richtext import (
    Block,
    Kind,
    Run,
    editor_html,
    from_plain,
    is_blank,
    keep_ids,
    normalise,
    parse,
    plain_text,
    rewritten,
    sanitise,
    serialise,
    word_count,
)
from desktop.base.richtext import tables as grids
from desktop.base.richtext.blocks import clean
from tests.effort import effort

words = st.text("ab Zé9<>&;\"'=/\t\u00a0😀語", min_size=1, max_size=12)
runs = st.lists(
    st.builds(
        Run,
        text=words | st.just("\n"),
        bold=st.booleans(),
        italic=st.booleans(),
        underline=st.booleans(),
        strike=st.booleans(),
        raised=st.sampled_from(["", "sub", "sup"]),
        href=st.sampled_from(["", "https://x.go.id/a?b=1&c='2'", "mailto:a@b.id", "ref:table/budget"]),
    ),
    max_size=4,
).map(tuple)
paragraphs = st.builds(
    Block,
    kind=st.sampled_from([Kind.P, Kind.H1, Kind.H2, Kind.H3, Kind.H4]),
    id=st.sampled_from(["", "a1"]),
    runs=runs,
)
items = st.builds(Block, kind=st.just(Kind.LI), runs=runs, depth=st.integers(1, 6), ordered=st.booleans())
tables = st.integers(1, 3).flatmap(
    lambda width: st.builds(
        Block,
        kind=st.just(Kind.TABLE),
        rows=st.lists(st.lists(runs, min_size=width, max_size=width).map(tuple), min_size=1, max_size=3).map(
            tuple
        ),
    )
)
texts = st.lists(paragraphs | items | tables, max_size=6)

PIECES = """
<p> </p> <p~id='x'> <h2> <b> </b> <i> </i> <sub> </sub> <ul> </ul> <ol> <li> </li> <table> </table> <tr> <td>
</td> <th> <td~colspan=3> <td~rowspan=2> <div> </div> <br> <br/> <script> </script> <style> <!-- --> <o:p> <x
<![if~!supportLists]> <![endif]> <p~class=MsoListParagraph> <a~href="https://a"> </a> <table~id=x> </span>
<span~style="font-weight:bold"> <5 & &amp; &lt;b&gt; &#0; &#99999999; < > " ' satu dua ~ {break} {nul} {half}
"""
ODD = {"~": " ", "{break}": "\u2028", "{nul}": "\x00", "{half}": "\ud800"}
pieces = [ODD.get(piece, piece.replace("~", " ")) for piece in PIECES.split()]
markup = st.lists(st.sampled_from(pieces) | st.text(max_size=4), max_size=30).map("".join)


def without_ids(blocks):
    return [(b.kind, b.runs, b.depth, b.ordered, b.rows) for b in blocks]


def test_a_thousand_paragraphs_that_say_the_same_are_named_in_their_number():
    """Each tried the names of all before it: a page pasted into a text stood still for minutes."""
    text = "<p>x</p>" * 6_000
    found: list = []
    assert effort(lambda: found.extend(parse(text)), 600) < 600
    assert len({block.id for block in found}) == 6_000
    assert [block.id for block in parse("<p>x</p>" * 3)] == [block.id for block in found[:3]]
    assert effort(lambda: keep_ids(found, found[1:]), 300) < 300


@pytest.mark.parametrize(
    "text",
    [
        "<ul>" + "<li>x</li>" * 3_000,
        "<table><tr>" + "<td><b>x</b></td>" * 3_000,
        "<table>" + "<tr><td colspan=999 rowspan=999>x</td>" * 1_000,
        "<table><tr>" + "<td>x" * 50 + "<tr><td>x" * 1_000,
        "<b>" * 5_000 + "x" + "</i>" * 5_000 + "</b>" * 5_000,
        "a<x>" * 10_000,
        '<a "' * 10_000 + '">x',
        "<p>x</p><" + "a" * 100_000,
        "<p>x</p><a " + "a" * 100_000,
        "<a '" * 20_000,
    ],
    ids=range(10),
)
def test_a_text_of_anybody_is_read_in_time(text):
    """Each item, cell or mark was held against all before it: a megabyte took an hour."""
    assert effort(lambda: parse(text), 600) < 600
    assert effort(lambda: sanitise(text), 900) < 900


def test_what_a_table_has_no_room_for_stays_readable(monkeypatch):
    monkeypatch.setattr(grids, "_MOST_CELLS", 12)
    (block,) = parse("<table><tr><td>a<td>b<td>c<td>d<tr><td>e<td>f<tr><td>g<td>h<td>i<tr><td>k</table>")
    assert block.text == "a\tb\tc d\ne\tf\t\ng\th\ti\nk\t\t"


@pytest.mark.slow
@given(texts)
def test_what_is_written_is_read_back_equal(blocks):
    once = parse(serialise(blocks))
    assert parse(serialise(once)) == once
    assert "".join(b.text for b in once).replace("\n", "") == "".join(b.text for b in blocks).replace(
        "\n", ""
    )
    assert [b.kind for b in once] == [b.kind for b in blocks]


@pytest.mark.slow
@given(texts)
def test_one_block_on_each_line_and_each_line_alone_says_the_same(blocks):
    lines = serialise(blocks).split("\n") if blocks else []
    assert len(lines) == len(blocks)
    assert [parse(line)[0] for line in lines] == list(parse(serialise(blocks)))


@given(st.text() | markup)
@example("&#" + "9" * 5000 + ";")
@example("<![CDATA[ x ]]> <![foo[")
@example("<table><td colspan=999 rowspan=999>a<td>b<tr><td>c")
@example("<b><p>x</b>y</p>z")
def test_reading_never_fails_and_settles_at_once(source):
    for settled in (normalise(source), sanitise(source)):
        assert normalise(settled) == settled
        settled.encode()
        ids = [block.id for block in parse(settled)]
        assert len(set(ids)) == len(ids)
        assert all(ids)


@given(st.text())
def test_plain_text_survives_whatever_it_contains(text):
    html = from_plain(text)
    assert "".join(plain_text(html).split()) == "".join(clean(text).split())
    assert plain_text(from_plain(plain_text(html))) == plain_text(html)
    assert parse(html) == parse(normalise(html))


def test_plain_text_with_markup_in_it_stays_text():
    assert plain_text(from_plain('<b>x</b> & <5\n\n  _y_ | "z"  ')) == '<b>x</b> & <5\n_y_ | "z"'


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>a <5 & b</p>", "a <5 & b"),
        ("kurang <b tanpa akhir", "kurang <b tanpa akhir"),
        ("<p>a<script>alert(1)</script>b<style>p{}</style></p>", "ab"),
        ("<p>a<!-- c --><unknown>b</unknown></p>", "ab"),
        ("<p>&lt;b&gt; &amp;amp; &copy; &nix; &#233;</p>", "<b> &amp; © &nix; é"),
        ("<ul><li>a<p>b</p><p>c</p></li></ul>", "a\nb\nc"),
        ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", "a b\tc"),
        ("<table><tr><td>a<table><tr><td>b</td></tr></table>c</td></tr></table>", "a b c"),
        ("<table>x<tr><td>y</td></tr></table>", "x\ny"),
        ("<p>a</p>\n\n  <p>b</p>", "a\nb"),
        ("x\x00y\ud800z", "xyz"),
    ],
)
def test_readable_text_is_kept(source, text):
    assert plain_text(source) == text


def test_the_canonical_form_is_this():
    source = (
        "<h2 id=h>Judul</h2><p id='a1'>A <strong>te<em>b</em>al</strong> &amp; "
        "<a href='https://x.go.id?a&amp;b'>di sini</a></p>"
        "<ol><li id='l1'>satu<ul><li id='l2'>dua<br>tiga</li></ul></li></ol>"
        "<table id='t'><tr><th>K</th><td>H<sub>2</sub>O</td></tr></table>"
    )
    assert normalise(source).split("\n") == [
        '<h2 id="h">Judul</h2>',
        (
            '<p id="a1">A <b>te</b><b><i>b</i></b><b>al</b> &amp; '
            '<a href="https://x.go.id?a&amp;b">di sini</a></p>'
        ),
        '<ol><li id="l1">satu</li></ol>',
        '<ul><ul><li id="l2">dua<br/>tiga</li></ul></ul>',
        '<table id="t"><tr><td><b>K</b></td><td>H<sub>2</sub>O</td></tr></table>',
    ]


def test_new_ids_are_derived_and_unique():
    first, second, third = parse("<p>sama</p><p>sama</p><p id='x y'>lain</p>")
    assert len({first.id, second.id, third.id}) == 3
    assert parse("<p>sama</p>")[0].id == first.id
    doubled = parse('<p id="k">a</p><p id="k">b</p>')
    assert doubled[0].id == "k"
    assert doubled[1].id != "k"


def test_spans_become_empty_cells():
    (table,) = parse(
        "<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr>"
        "<tr><td>c</td></tr><tr><td>d</td></tr></table>"
    )
    assert [["".join(r.text for r in cell) for cell in row] for row in table.rows] == [
        ["a", "b", ""],
        ["", "c", ""],
        ["d", "", ""],
    ]


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", " java\nscript:x", ""]
)
def test_links_lead_only_to_pages_and_mailboxes(href):
    (block,) = parse(f'<p><a href="{href}">teks</a></p>')
    assert block.runs == (Run("teks"),)


WORD = """<html><head><title>x</title><style>p{color:red}</style></head><body><!--StartFragment-->
<p class=MsoNormal><b><span lang=IN>Latar
belakang</span></b><o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span>1.<span
style='font:7.0pt "Times"'>&nbsp;&nbsp; </span></span><![endif]>Pelayanan   <i>publik</i></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo1'><![if !supportLists]><span>·</span><![endif]>Data
</p>
<!--EndFragment--></body></html>"""


def test_pasting_from_word_keeps_paragraphs_lists_and_emphasis():
    blocks = parse(sanitise(WORD))
    assert [(b.kind, b.text, b.depth, b.ordered) for b in blocks] == [
        (Kind.P, "Latar belakang", 0, False),
        (Kind.LI, "Pelayanan publik", 2, True),
        (Kind.LI, "Data", 1, False),
    ]
    assert blocks[0].runs == (Run("Latar belakang", bold=True),)
    assert blocks[1].runs == (Run("Pelayanan "), Run("publik", italic=True))


def test_pasting_from_google_docs_is_not_all_bold():
    source = "<b style='font-weight:normal;'><p><span style='font-weight:700'>A</span> b</p></b><p>c</p>"
    assert [b.runs for b in parse(sanitise(source))] == [(Run("A", bold=True), Run(" b")), (Run("c"),)]


@pytest.mark.slow
@given(texts)
def test_an_editor_gets_nested_lists_and_hands_back_the_same(blocks):
    blocks = [b for b in blocks if b.kind is not Kind.LI or b.text.strip()]
    stored = parse(serialise(blocks))
    back = parse(editor_html(stored))
    assert without_ids(back) == without_ids(stored)
    assert keep_ids([Block(b.kind, "", b.runs, b.depth, b.ordered, b.rows) for b in back], stored) == stored


def test_ids_stay_with_their_blocks_through_an_edit():
    old = parse('<p id="a">satu</p><p id="b">dua</p><p id="c">tiga</p>')
    new = [Block(Kind.P, runs=(Run(text),)) for text in ("nol", "satu", "dua diubah", "tiga")]
    kept = keep_ids(new, old)
    assert [b.id for b in kept[1:]] == ["a", "b", "c"]
    assert kept[0].id not in {"a", "b", "c", ""}


def test_a_text_written_anew_keeps_its_paragraphs():
    old = '<p id="a">satu</p>\n<p id="b">dua</p>'
    assert rewritten(from_plain("satu\ndua diubah"), old) == '<p id="a">satu</p>\n<p id="b">dua diubah</p>'
    assert rewritten(old, old) == old
    assert plain_text(rewritten(from_plain("baru"), "")) == "baru"


def test_words_are_counted_as_a_reader_counts():
    assert word_count("<p>Satu-dua, tiga – 4 .</p><table><tr><td>a</td><td>b c</td></tr></table>") == 6
    assert is_blank("<p> \u00a0</p><table><tr><td></td></tr></table>")
    assert not is_blank("<p>-</p>")


@pytest.mark.parametrize(
    "hostile",
    [
        "<a ",
        "<!",
        "<p",
        '<a "',
        "<!--",
        "<table><tr><td rowspan=999>",
        "<b>",
        "<ul>",
        "&#",
        "<td colspan=50 rowspan=100>",
        "</b>",
    ],
)
def test_hostile_repetition_takes_no_time(hostile):
    assert effort(lambda: normalise(hostile * 3000), 60) < 60


def test_a_footnote_stands_where_its_mark_belongs() -> None:
    source = '<p id="a">Angka<fn>BPS, <i>Lampung</i> 2024</fn> naik.</p>'
    (block,) = parse(source)
    assert [(run.text, run.raised) for run in block.runs] == [
        ("Angka", ""),
        ("BPS, ", "fn"),
        ("Lampung", "fn"),
        (" 2024", "fn"),
        (" naik.", ""),
    ]
    assert parse(serialise((block,))) == (block,)
    assert normalise(normalise(source)) == normalise(source)
