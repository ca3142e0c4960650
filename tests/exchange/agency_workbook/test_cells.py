"""What people write into cells: numbers, dates and choices in all their spellings, and what is asked."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from desktop.base import Language, LocalText
from desktop.exchange.agency_workbook.cells import has_marks, meant, names_in, same, tidy, with_paragraphs
from desktop.exchange.agency_workbook.layout import Column, plain_field

LEVELS = (("low", "rendah"), ("high", "tinggi"))
DAY = dt.date(2026, 11, 20)


def of(kind, name="x"):
    return Column(name, plain_field(name, kind), LocalText({"id": "Kolom"}))


def understood(kind, cell, choices=(), *, broken=False):
    return meant(of(kind), cell, [choices], Language.ID, broken=broken)


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("rupiah", Decimal(1250000), 1_250_000),
        ("rupiah", "1.250.000", 1_250_000),
        ("rupiah", "Rp 1.250.000,-", 1_250_000),
        ("rupiah", "1,25 miliar", 1_250_000_000),
        ("rupiah", "-", None),
        ("integer", "1.234", 1234),
        ("decimal", "7,5", "7.5"),
        ("decimal", Decimal("7.50"), "7.5"),
        ("decimal", Decimal(0), "0"),
        ("decimal", "80 %", "80"),
        ("percent", Decimal(80), "80"),
        ("year", "2027", 2027),
        ("date", "20 November 2026", "2026-11-20"),
        ("date", "20/11/2026", "2026-11-20"),
        ("date", DAY, "2026-11-20"),
        ("date", Decimal(46346), "2026-11-20"),
        ("text", Decimal(12), "12"),
        ("long_text", " a \r\n b ", "a\n b"),
        ("boolean", "Ya", True),
    ],
)
def test_what_is_certain(kind, cell, value):
    choices = (("true", "Ya"), ("false", "Tidak")) if kind == "boolean" else ()
    found = understood(kind, cell, choices)
    assert found.problem is None
    assert found.value == value


@pytest.mark.parametrize(
    ("kind", "cell", "fitting"),
    [
        ("decimal", "1.234", ["1234", "1.234"]),
        ("rupiah", "kira-kira dua", []),
        ("rupiah", "<5", [5]),
        ("rupiah", Decimal("5.5"), [6]),
        ("decimal", "80 hari", ["80"]),
        ("percent", Decimal("0.5"), ["50", "0.5"]),
        ("year", Decimal(27), []),
        ("date", "besok", []),
        ("date", Decimal(3), []),
        ("integer", DAY, []),
        ("choice", "tingi", ["high", "low"]),
        ("choices", "rendah; lain", []),
        ("rupiah", "#REF!", []),
    ],
)
def test_what_is_asked(kind, cell, fitting):
    found = understood(kind, cell, LEVELS if kind.startswith("choice") else ())
    assert found.problem is not None
    assert [value for _, value in found.fitting] == fitting


def test_a_formula_that_was_never_counted_is_asked():
    assert understood("rupiah", None, broken=True).problem is not None


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        ("rupiah", "1.000", 1000),
        ("rupiah", Decimal(1000), 1000),
        ("decimal", Decimal("3.5"), "3.50"),
        ("date", DAY, "2026-11-20"),
        ("text", "a\u00a0b ", "a b"),
        ("text", None, ""),
        ("text", "  ", None),
    ],
)
def test_what_still_says_the_same(kind, cell, value):
    assert same(of(kind), cell, value, ())


def test_a_label_is_the_same_whatever_its_case():
    assert same(of("choice"), "Tinggi", "high", LEVELS)
    assert not same(of("choice"), "rendah", "high", LEVELS)


def test_names_of_files():
    assert names_in("a.jpg; b.pdf\nc.png") == ["a.jpg", "b.pdf", "c.png"]
    assert names_in("a.jpg, b.pdf") == ["a.jpg", "b.pdf"]
    assert names_in("SK Bupati, lampiran.pdf") == ["SK Bupati, lampiran.pdf"]
    assert names_in("-") == []
    assert tidy("a_x000D_\nb") == "a\nb"


def test_a_text_with_more_than_paragraphs_is_known():
    assert has_marks(of("rich_text"), "<p>Satu <b>dua</b></p>")
    assert has_marks(of("rich_text"), "<ul><li>Satu</li></ul>")
    assert not has_marks(of("rich_text"), "<p>Satu</p>\n<p>Dua</p>")
    assert not has_marks(of("long_text"), "<b>")
    assert not has_marks(of("rich_text"), None)


def test_a_text_keeps_the_paragraphs_it_was_handed_out_with():
    handed = '<p id="a">Satu.</p>\n<p id="b">Dua.</p>'
    value = meant(of("rich_text"), "Satu.\nDua, diubah.", [], Language.ID, broken=False).value
    said = with_paragraphs(of("rich_text"), value, handed)
    assert said == '<p id="a">Satu.</p>\n<p id="b">Dua, diubah.</p>'
    assert with_paragraphs(of("rich_text"), None, handed) is None
    assert with_paragraphs(of("text"), "Dua.", handed) == "Dua."
