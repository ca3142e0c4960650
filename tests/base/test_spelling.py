"""Words of Indonesian planning are known, misspelled ones are not, and what was meant is offered."""

import pytest

from desktop.base import Language
from desktop.base.spelling import dictionary
from tests.effort import effort

ID, EN = Language.ID, Language.EN


@pytest.mark.parametrize(
    "word",
    [
        "pelayanan", "terintegrasi", "kependudukan", "Dianggarkan", "keberlanjutannya", "berdimensi", "SPBE",
        "RPJMDes", "anak-anak", "musrenbang", "interoperabilitas", "quick", "Rp", "x",
    ],
)  # fmt: skip
def test_what_officials_write_is_known(word):
    assert dictionary(ID).knows(word)


@pytest.mark.parametrize("word", ["pelayann", "kabupten", "infrastuktur", "tekhnologi", "masyrakat"])
def test_slips_are_not(word):
    assert not dictionary(ID).knows(word)


@pytest.mark.parametrize(
    "word", ["programme", "centre", "center", "organization", "organisation", "e-government"]
)
def test_both_ways_of_writing_english_are_known(word):
    assert dictionary(EN).knows(word)


def test_a_slip_in_english_is_not():
    assert not dictionary(EN).knows("goverment")


@pytest.mark.parametrize(
    ("language", "slip", "meant"),
    [(ID, "pelayann", "pelayanan"), (ID, "musrenbng", "musrenbang"), (EN, "goverment", "government")],
)
def test_what_was_meant_is_among_the_suggestions(language, slip, meant):
    assert meant in dictionary(language).suggest(slip)


def test_signs_outside_its_alphabet_are_no_crash():
    assert dictionary(ID).knows("Łódź")
    assert dictionary(ID).suggest("Łódź") == []


def test_judging_a_word_looks_for_no_other():
    """Milliseconds: tests/bench/bench_rooms.py."""
    judge = dictionary(ID)
    words = [f"{stem}{end}" for stem in ("pelayan", "kabupat", "terukr") for end in "abcdefghij"]
    assert effort(lambda: [judge.knows(word) for word in words], 10) < 10
