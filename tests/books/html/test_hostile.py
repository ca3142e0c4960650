"""Nothing that anybody wrote is markup, and no link leads anywhere but to a page, a mailbox or the book."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from lxml import html

from desktop.base import Language
from desktop.base.richtext import Run
from desktop.books.compose import compose
from desktop.books.document import (
    Activity,
    Bar,
    BarGroup,
    Callout,
    Column,
    Cover,
    Document,
    Figure,
    Heading,
    ListBlock,
    ListItem,
    Matrix,
    Note,
    Paragraph,
    Proof,
    Radar,
    Roadmap,
    Row,
    Series,
    Signatures,
    Signer,
    Stamp,
    Table,
    Tag,
)
from desktop.books.html import render_html
from tests.books import plans

EVIL = (
    "<script>alert(1)</script>",
    "</title></style></script><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)" x="',
    "' autofocus onfocus=alert(1) '",
    "<!-- --><svg onload=alert(1)>",
    "]]><![CDATA[<b>x</b>]]>",
    "&lt;script&gt; &amp;#60;b&#62; &nbsp;",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]>&e;",
    "{{7*7}} ${7*7} <%= 7 %>",
    "nol\x00kendali\x1b[31m\x7f\ufffe\ud800 akhir",
    "balik \u202egnp.exe\u202c \u2066x\u2069 \ufeff",
    "font-family: 'Noto Sans'; } body { display:none } <clipPath id='x'>a</clipPath>",
    "a" * 5000,
    "",
)
ADDRESSES = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "\tjavascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//example.com/x",
    "https:javascript:alert(1)",
    'https://example.com/"onclick="alert(1)',
    "ref:javascript:alert(1)",
    "ref:nobody/there",
    "#text",
)
ALLOWED = """
html head meta title style body a header h1 h2 h3 h4 h5 h6 p strong em u s sub sup b br span ul ol li dl dt dd
div nav details summary main section aside table caption thead tbody tfoot tr th td figure figcaption
svg g rect path polygon polyline line circle ellipse text defs img hr footer code
"""


def evil_book(text: str) -> Document:
    """A document in which every text is the same one."""
    made = compose(plans.plan(), plans.pack(), "everything", Language.ID, draft=False)
    run = (Run(text, bold=True), Tag(text), Note((Run(text),), 1))
    chart = Roadmap((2026, 2027), (BarGroup(text, (Bar(text, 2026, 2027),)),), text)
    radar = Radar((text, text, text), (Series(text, (1.0, 2.0, None)),), 3, (text,))
    matrix = Matrix((text, text), (text,), (((1,),), ((),)), text, text)
    activity = Activity((text,), (text,), ((3,),))
    charts = (chart, radar, matrix, activity)
    rows = (Row((run, (Run(text),))), Row((run,), "group"), Row((run, run), "total"))
    signer = Signer(text, text, text, text, duty_stamp=True, instead=text)
    proof = Proof(text, (text, text), (text,), "kode", (text,))
    elements = (
        Heading(1, text, text, text, (Tag(text),)),
        Heading(2, "1", text, f"{text} lagi"),
        Paragraph(run),
        Paragraph(run, "minor_heading"),
        ListBlock((ListItem(run), ListItem(run, 3, 2))),
        Table(1, text, (Column(text), Column(text, "decimal")), rows, text, run),
        *(Figure(n, text, each, f"{text}{n}", text) for n, each in enumerate(charts, 1)),
        Callout(text, (run,)),
        Signatures((signer,), text, proof),
    )  # fmt: skip
    return replace(
        made,
        title=text,
        subject=text,
        author=text,
        keywords=text,
        cover=Cover(text, text, text, text, text, (text,), text),
        running_head=(text, text),
        running_foot=text,
        elements=elements,
        watermark=Stamp(text, text),
        notices=(text,),
        imprint=((text, text),),
        proof=proof,
        moment=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
    )


def attributes(tree):
    return {(node.tag, name.lower()) for node in tree.iter() for name in node.attrib}


@pytest.mark.parametrize("letter", [False, True])
@pytest.mark.parametrize("text", EVIL, ids=range(len(EVIL)))
def test_what_people_write_is_text_wherever_it_stands(text, letter):
    usual = html.document_fromstring(render_html(evil_book("Teks")).decode())
    data = render_html(replace(evil_book(text), letter=letter, letterhead=(text,) if letter else ())).decode()
    tree = html.document_fromstring(data)
    assert {node.tag for node in tree.iter()} <= set(ALLOWED.split())
    known = attributes(usual) | {("li", "value"), ("ol", "start"), ("header", "class")}
    assert attributes(tree) <= known, attributes(tree) - known
    assert not [name for _, name in attributes(tree) if name.startswith("on")]
    assert data.count("<style>") == data.count("</style>") == 1
    assert data.count("<!") == 1
    assert not set("\x00\x1b\x7f\ufffe\u202e\u2066\ufeff") & set(data)
    if text.strip():
        shown = " ".join(tree.find(".//main").text_content().split())
        first = next(word for word in text.split() if word.isascii() and word.isprintable())
        assert first in shown


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_leads_elsewhere_is_no_link(address):
    made = replace(evil_book("Teks"), elements=(Paragraph((Run("kata", href=address),)),), proof=None)
    tree = html.document_fromstring(render_html(made).decode())
    (main,) = tree.iter("main")
    assert main.text_content() == "kata"
    assert not list(main.iter("a"))


@pytest.mark.parametrize("address", ["https://a.go.id/x?y=1&z=<", "HTTP://a.go.id", "mailto:a@b.go.id"])
def test_pages_and_mailboxes_are_links(address):
    made = replace(evil_book("Teks"), elements=(Paragraph((Run("kata", href=address),)),), proof=None)
    links = html.document_fromstring(render_html(made).decode()).xpath("//main//a")
    assert len(links) == (0 if "<" in address else 1)
    assert all(link.get("rel") == "noopener noreferrer" for link in links)


def test_the_page_tells_the_browser_to_load_and_run_nothing():
    tree = html.document_fromstring(render_html(evil_book("Teks")).decode())
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';")
    assert "script" not in policy
