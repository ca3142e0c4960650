"""Units are written once, and read in the language of the book; one that nobody knows is marked."""

from decimal import Decimal

from desktop.base import Language
from desktop.books.document import Tag, text_of
from desktop.books.units import unit_in
from desktop.books.words import Words


def test_a_unit_is_said_in_the_language_of_the_book():
    english, indonesian = Words(Language.EN, "id"), Words(Language.ID, "id")
    assert english.measured(Decimal(98), "per 100.000 KH") == "98\u00a0per\u00a0100,000\u00a0live\u00a0births"
    assert english.measured(9, "Hari") == "9\u00a0days"
    assert indonesian.measured(9, "Hari") == "9\u00a0Hari"
    assert english.measured(Decimal("65.25"), "%") == "65.25%"
    assert Words(Language.ID, "en").measured(9, "working days") == "9\u00a0hari\u00a0kerja"


def test_one_that_is_not_known_is_marked_and_left_as_it_is():
    english = Words(Language.EN, "id")
    said = english.unit_marked("ikat")
    assert text_of(said).startswith("ikat")
    assert any(isinstance(part, Tag) for part in said)
    for known in ("km", "%", "index", "hari"):
        assert not any(isinstance(part, Tag) for part in english.unit_marked(known))
    assert not any(isinstance(part, Tag) for part in Words(Language.ID, "id").unit_marked("ikat"))


def test_what_is_written_in_one_language_only_is_marked_in_the_other():
    assert (
        text_of(Words(Language.EN, "id").said_once("RPJMD, baris 47")) == "RPJMD, baris 47 [Indonesian text]"
    )
    assert text_of(Words(Language.ID, "id").said_once("RPJMD, baris 47")) == "RPJMD, baris 47"
    assert text_of(Words(Language.EN, "id").said_once(" ")) == "–"


def test_less_than_nothing_has_the_minus_of_print():
    assert Words(Language.ID, "id").measured(Decimal("-5.7"), "%") == "\N{MINUS SIGN}5,7%"
    assert Words(Language.EN, "id").money(-5) == "\N{MINUS SIGN}IDR 5"


def test_what_both_languages_call_alike_stays():
    for language in Language:
        assert unit_in(language, "km²") == "km²"
