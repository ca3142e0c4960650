"""Texts as the books can print them: whatever a name holds, the document can be locked, and soon."""

from __future__ import annotations

import pytest

from desktop.books.fonts import drawable, markup, tidy


@pytest.mark.parametrize("sign", ["\ufffe", "\uffff", "\ufdd0", "\U0010ffff", "\ud800", "\x01"])
def test_what_is_no_character_is_taken_out(sign):
    assert tidy(f"Bu{sign}di") == drawable(f"Bu{sign}di") == markup(f"Bu{sign}di") == "Budi"


def test_a_word_without_an_end_is_broken_and_cut():
    address = "https://contoh.go.id/" + "a" * 200
    assert tidy(address) == address
    broken = tidy("x" * 1000)
    assert broken.replace(" ", "") == "x" * 1000
    assert max(map(len, broken.split())) <= 40
    endless = tidy("Budi " + "x" * 200_000 + " Sari")
    assert len(endless) < 3000
    assert endless.startswith("Budi x")
    assert endless.endswith("x … Sari")
