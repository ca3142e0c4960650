"""Values are read as people write them, in both manners, and shown in the reader's."""

import pytest

from desktop.base import Language, LocalText
from desktop.exchange.values import NotUnderstood, Option, options, parse, show
from desktop.guideline.pack import Field
from tests.checks.build import PACK, plan, row, text

ANSWERS = (
    Option("good", LocalText({"id": "Baik", "en": "Good"})),
    Option("poor", LocalText({"id": "Buruk"})),
)


@pytest.mark.parametrize(
    ("kind", "text", "english", "value"),
    [
        ("integer", "1.234", False, 1234),
        ("integer", " 12 ", False, 12),
        ("rupiah", "Rp18.400.000.000", False, 18_400_000_000),
        ("rupiah", "Rp 18.400.000,00", False, 18_400_000),
        ("rupiah", "IDR 1,000", True, 1000),
        ("rupiah", "2.500.000,-", False, 2_500_000),
        ("decimal", "4,14", False, "4.14"),
        ("decimal", "4.14", False, "4.14"),
        ("decimal", "1.234", False, "1234"),
        ("decimal", "1.234", True, "1.234"),
        ("decimal", "1.234,5", True, "1234.5"),
        ("decimal", "1,234.5", False, "1234.5"),
        ("decimal", "0.125", False, "0.125"),
        ("percent", "82,5 %", False, "82.5"),
        ("date", "24-11-2026", False, "2026-11-24"),
        ("date", "24/11/2026", False, "2026-11-24"),
        ("date", "1 Mei 2027", False, "2027-05-01"),
        ("date", "2026-11-24", False, "2026-11-24"),
        ("year", "2027", False, 2027),
        ("choice", "baik", False, "good"),
        ("choice", "Good", False, "good"),
        ("choices", "Baik; Buruk", False, ("good", "poor")),
        ("boolean", "ya", False, True),
        ("boolean", "No", False, False),
        ("text", "  apa saja ", False, "apa saja"),
        ("integer", "   ", False, None),
    ],
)
def test_what_people_write_is_understood(kind, text, english, value):
    assert parse(kind, text, ANSWERS if kind in {"choice", "choices"} else (), english=english) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("integer", "dua"),
        ("integer", "1" * 19),
        ("decimal", "4,1,4x"),
        ("decimal", "nan"),
        ("decimal", "1e400"),
        ("decimal", "6621e623"),
        ("decimal", "1_000"),
        ("decimal", "5.5,5"),
        ("decimal", "9" * 400),
        ("integer", "5,5"),
        ("integer", "1.00"),
        ("integer", "12,34,5"),
        ("rupiah", "5,5"),
        ("date", "31-02-2026"),
        ("date", "besok"),
        ("year", "27"),
        ("choice", "entah"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_words(kind, text):
    with pytest.raises(NotUnderstood) as refused:
        parse(kind, text, ANSWERS)
    assert refused.value.message.params["text"] == text


@pytest.mark.parametrize(
    ("kind", "value", "indonesian", "english"),
    [
        ("rupiah", 1_500_000, "1.500.000", "1,500,000"),
        ("decimal", "4.14", "4,14", "4.14"),
        ("year", 2027, "2027", "2027"),
        ("date", "2026-11-24", "24 November 2026", "24 November 2026"),
        ("choice", "good", "Baik", "Good"),
        ("choices", ("good", "poor"), "Baik, Buruk", "Good, Buruk"),
        ("text", None, "", ""),
    ],
)
def test_values_are_shown_in_the_readers_manner(kind, value, indonesian, english):
    assert show(kind, value, Language.ID, ANSWERS) == indonesian
    assert show(kind, value, Language.EN, ANSWERS) == english


@pytest.mark.parametrize("kind", ["decimal", "integer"])
@pytest.mark.parametrize("value", ["1234.5", "0.25", "7", "1000000"])
def test_what_is_shown_is_read_back_the_same(kind, value):
    meant = int(float(value)) if kind == "integer" else value
    for language in Language:
        text = show(kind, meant, language)
        assert parse(kind, text, english=language is Language.EN) == meant


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("naik", "up"),
        ("Menurun", "down"),
        ("tetap", "keep"),
        ("↓", "down"),
        ("Semakin tinggi semakin baik", "up"),
    ],
)
def test_directions_are_pasted_as_people_write_them(text, direction):
    choices = tuple(Option(each, each) for each in ("up", "down", "keep"))
    assert parse("choice", text, choices) == direction
    with pytest.raises(NotUnderstood):
        parse("choice", text, choices[:2])


def test_a_row_of_another_worksheet_is_chosen_by_its_words_and_one_that_is_gone_is_named_so():
    made = plan(rows={"swot": (row("s1", "swot", strength=text("Nelayan terampil", "Skilled fishers"),
                                   weakness=text("Modal kecil")), row("s2", "swot"))})  # fmt: skip
    field = Field(id="x", label=LocalText({"id": "x"}), type="row", worksheet="swot")
    offered = options(field, made, PACK)
    assert parse("row", "skilled FISHERS", offered) == "s1"
    assert [show("row", each, Language.EN, offered) for each in ("s1", "s2", "s9")] == [
        "Skilled fishers", "Row 2", "(a row deleted since)",
    ]  # fmt: skip
    assert offered[0].details == LocalText({"id": "Modal kecil"})
    with pytest.raises(NotUnderstood):
        parse("row", "Petani", offered)
