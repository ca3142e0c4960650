"""The fingerprint as words: a list that can be said aloud, and what is noticed when it is typed back."""

from __future__ import annotations

import hashlib
import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base import Language, render
from desktop.base.fingerprint import (
    QR_PREFIX,
    WORDS,
    Match,
    compare,
    content_fingerprint,
    groups_of,
    nearest,
    qr_text,
    short_form,
    word_list,
    words_of,
)

ONE = hashlib.sha256(b"one").hexdigest()
TWO = hashlib.sha256(b"two").hexdigest()


def test_the_list_is_fixed_and_can_be_told_apart_by_ear() -> None:
    words = word_list()
    assert len(words) == len(set(words)) == 1024
    assert list(words) == sorted(words)
    assert all(re.fullmatch("[a-z]{4,8}", word) for word in words)
    assert len({word[:4] for word in words}) == 1024
    # what stands on paper must mean the same for ever
    assert hashlib.sha256("\n".join(words).encode()).hexdigest() == (
        "452359cf5187685b33119f0360843c390395c10ac259bc7cd90ec83d5f52aa20"
    )


def test_no_two_words_are_one_letter_apart() -> None:
    words = set(word_list())
    changed: dict[str, str] = {}
    for word in word_list():
        assert not words & {word[:at] + word[at + 1 :] for at in range(len(word))}, word
        for at in range(len(word)):
            assert changed.setdefault(f"{word[:at]}?{word[at + 1 :]}", word) == word


def test_the_same_words_for_ever() -> None:
    assert " ".join(words_of(ONE)) == ("sawah alir kereta pinang leluasa rutin gubuk simak bangau fauna")
    one = content_fingerprint("a" * 64, "id.contoh", "1", "b" * 64, ["d" * 64, "c" * 64])
    assert one == "f01b6b4a379bd4283304081adae35df7dc04262669436889577a7d86cce3f472"
    assert one == content_fingerprint("a" * 64, "id.contoh", "1", "b" * 64, ["c" * 64, "d" * 64])
    assert one != content_fingerprint("a" * 64, "id.contoh", "1", "b" * 64, ["c" * 64])


@pytest.mark.parametrize(
    "typed",
    [
        " ".join(words_of(ONE)),
        "\n".join(f"{n}. {w.upper()}" for n, w in enumerate(words_of(ONE), 1)),
        " - ".join(w[:4] for w in words_of(ONE)),
        " ".join(groups_of(ONE)),
        ONE.upper(),
        qr_text(ONE),
        qr_text(ONE).lower(),
    ],
)
def test_what_stands_on_paper_is_equal_however_it_is_typed(typed: str) -> None:
    assert compare(ONE, typed).match is Match.EQUAL
    assert compare(TWO, typed).match is Match.OTHER


@given(st.integers(0, WORDS - 1), st.integers(1, 1023))
def test_one_wrong_word_never_goes_unnoticed(place: int, by: int) -> None:
    words = list(words_of(ONE))
    words[place] = word_list()[(word_list().index(words[place]) + by) % 1024]
    found = compare(ONE, " ".join(words))
    assert (found.match, found.place) == (Match.MISREAD, place + 1)


def test_two_words_exchanged_never_go_unnoticed() -> None:
    for one, other in itertools.combinations(range(WORDS), 2):
        words = list(words_of(ONE))
        words[one], words[other] = words[other], words[one]
        found = compare(ONE, " ".join(words))
        assert (found.match, found.place) == (Match.MISREAD, one + 1)


def test_a_word_of_no_list_is_named_with_the_nearest() -> None:
    words = list(words_of(ONE))
    words[2] = words[2][:-1] + "qx"
    found = compare(ONE, " ".join(words))
    assert (found.match, found.place, found.nearest) == (Match.UNKNOWN_WORD, 3, words_of(ONE)[2])
    assert words_of(ONE)[2] in render(found.message, Language.ID)
    assert nearest("jembatam") == "jembatan"


@pytest.mark.parametrize(
    "typed", ["", "awet", " ".join(words_of(ONE)[:-1]), " ".join((*words_of(ONE), "awet")), ONE[:32]]
)
def test_too_few_or_too_many_are_counted(typed: str) -> None:
    assert compare(ONE, typed).match is Match.COUNT


@pytest.mark.slow
@given(st.text(max_size=200))
def test_anything_may_be_typed(typed: str) -> None:
    assert compare(ONE, typed).match is not Match.EQUAL


def test_forms_for_paper() -> None:
    assert "".join(groups_of(ONE)) == ONE
    assert short_form(ONE) == f"{ONE[:4]} {ONE[4:8]} {ONE[8:12]} {ONE[12:16]}"
    assert qr_text(ONE) == QR_PREFIX + ONE.upper()
