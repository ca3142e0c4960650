from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base import Language
from desktop.base.speech import number as written
from desktop.exchange.numbers import Kind, NumberStyle, parse_number, style_of


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("4,14", "4.14"),
        ("99.09", "99.09"),
        ("-5,7", "-5.7"),
        ("\u22123", "-3"),
        ("(5,7)", "-5.7"),
        ("0.123", "0.123"),
        ("12.345.678", "12345678"),
        ("1 234 567", "1234567"),
        ("1\xa0234\xa0567", "1234567"),
        ("98 %", "98"),
        ("98,5 persen", "98.5"),
        ("14 hari", "14"),
        ("2,5 juta", "2500000"),
        ("305689779000", "305689779000"),
    ],
)
def test_numbers_that_read_in_one_way_only(text, value):
    for style in (None, *NumberStyle):
        parsed = parse_number(text, style)
        assert (parsed.kind, parsed.value) == (Kind.NUMBER, Decimal(value))


def test_a_number_that_reads_in_two_ways_is_settled_by_the_files_style():
    assert parse_number("1.234", None).kind is Kind.AMBIGUOUS
    assert parse_number("1.234", NumberStyle.COMMA).value == Decimal(1234)
    assert parse_number("1.234", NumberStyle.POINT).value == Decimal("1.234")
    assert parse_number("1,234", NumberStyle.COMMA).value == Decimal("1.234")


@pytest.mark.parametrize("text", ["", "-", "N/A", "n/a", "#N/A", "tidak ada", "belum tersedia", None])
def test_what_is_not_known_is_no_number_and_no_fault(text):
    assert parse_number(text, None).kind is Kind.NOTHING


@pytest.mark.parametrize(
    "text", ["80-85", "2026/2027", "abc", "1.2.3", "98,8 per 100.000 KH", "(5", "=A1", "1e9", True]
)
def test_what_is_no_number_is_said_to_be_none(text):
    assert parse_number(text, NumberStyle.COMMA).kind is Kind.NO_NUMBER


@pytest.mark.parametrize(("text", "value"), [("<1", 1), (">= 80", 80), ("≥80", 80), ("minimal 3", 3)])
def test_a_bound_is_a_number_that_wants_a_remark(text, value):
    parsed = parse_number(text, None)
    assert (parsed.kind, parsed.value) == (Kind.BOUND, Decimal(value))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Rp 1.234.567,00", "1234567"),
        ("Rp1,2 miliar", "1200000000"),
        ("1,2 M", "1200000000"),
        ("1.5 T", "1500000000000"),
        ("Rp. 500.000,-", "500000"),
        ("IDR 2,500,000.00", "2500000"),
    ],
)
def test_amounts_of_money(text, value):
    assert parse_number(text, NumberStyle.COMMA, money=True).value == Decimal(value)


def test_a_unit_is_kept_apart_from_the_number_and_refused_beside_money():
    assert parse_number("14 hari", None).unit == "hari"
    assert parse_number("98%", None).unit == "%"
    assert parse_number("5 m", None).value == 5
    assert parse_number("5 unit", None, money=True).kind is Kind.NO_NUMBER


def test_a_pasted_code_is_no_number():
    assert parse_number("1" * 30, None).kind is Kind.NO_NUMBER


def test_the_style_of_a_file_by_its_clear_numbers():
    assert style_of(["5", "4,14", "1.234"]) is NumberStyle.COMMA
    assert style_of(["99.09", "100"]) is NumberStyle.POINT
    assert style_of(["1.234", "5"]) is None
    assert style_of(["4,14", "99.09"]) is None
    assert style_of(["N/A", ""]) is None


@given(st.decimals(-(10**15), 10**15, places=2), st.sampled_from(list(Language)))
def test_what_the_program_writes_it_reads(value, language):
    style = NumberStyle.COMMA if language is Language.ID else NumberStyle.POINT
    assert parse_number(written(value, language), style).value == value


@given(st.text(max_size=30), st.sampled_from([None, *NumberStyle]), st.booleans())
def test_no_text_brings_the_reader_down(text, style, money):
    parsed = parse_number(text, style, money=money)
    assert (parsed.value is not None) == (parsed.kind in {Kind.NUMBER, Kind.BOUND})
