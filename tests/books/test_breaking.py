"""Where words are broken: as somebody who reads the language would."""

import pytest

from desktop.base import Language
from desktop.books.pdf.breaking import breaks


def parted(word, language=Language.ID):
    places = sorted(len(left) for left, _ in breaks(language)(word))
    return "-".join(word[a:b] for a, b in zip([0, *places], [*places, len(word)], strict=True))


@pytest.mark.parametrize(
    "word",
    [
        "se-lu-ruh", "ma-sya-ra-kat", "ke-lu-rahan", "me-mi-lih", "trans-for-masi", "per-sya-ratan",
        "ber-a-khir", "peng-u-kuran", "ter-ko-or-di-nasi", "pem-ba-ngunan", "ma-sya-ra-kat,",
    ],
)  # fmt: skip
def test_an_indonesian_word_is_broken_between_its_syllables(word):
    assert parted(word.replace("-", "")) == word


def test_no_suffix_of_two_letters_stands_on_a_line_of_its_own():
    for word in ("pembangunan", "Perhubungan", "kesehatan", "perubahan", "memperbaiki"):
        assert all(len(right.strip(".,")) > 2 and right != "nan" for _, right in breaks(Language.ID)(word))


def test_english_follows_its_dictionary():
    assert parted("infrastructure", Language.EN) == "in-fra-struc-ture"
