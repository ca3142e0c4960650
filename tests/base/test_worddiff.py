import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.worddiff import compare, excerpt, held_apart
from tests.effort import effort, steps

texts = st.lists(st.sampled_from(["satu", "dua", "tiga", "empat\n"]), max_size=20).map(" ".join)


@given(texts, texts)
def test_the_pieces_make_both_texts_again(old, new):
    pieces = compare(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new").split() == old.split()
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new


def test_one_line_ten_thousand_times_is_no_work():
    """All pairs of equal lines were looked at: minutes, and nothing ended them."""
    old, new = "x\n" * 10_000, "y\n" + "x\n" * 9_000 + "z\n" * 2 + "x\n" * 500
    pieces: list = []
    assert effort(lambda: pieces.extend(compare(old, new)), 100) < 100
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new
    assert [piece.kind for piece in compare(old, "y\n" + old)] == ["new", "same"]
    assert [piece.kind for piece in compare(old, old)] == ["same"]


@pytest.mark.slow
def test_every_second_line_that_differs_is_no_work():
    """Each match was looked for in all that followed: 100,000 lines took half an hour."""
    old, new = ("".join(f"baris {n}\n{mark} {n}\n" for n in range(6_000)) for mark in "ab")
    pieces: list = []
    assert effort(lambda: pieces.extend(compare(old, new)), 1_500) < 1_500
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new
    few = compare(old[:300], new[:300])
    assert [piece.kind for piece in few].count("same") > 10


def test_a_text_of_a_whole_book_is_compared_by_words_too():
    """Beyond some pages a paragraph in which one word differed went and came as a whole."""
    old = " ".join(f"kata{n % 700}" for n in range(8_000)) + " sepuluh juta rupiah"
    new = old.replace("juta", "MILIAR").replace("kata5 kata6 ", "kata5 lain ", 1)
    assert [(p.kind, p.text) for p in compare(old, new) if p.kind != "same"] == [
        ("gone", "kata6 "), ("new", "lain "), ("gone", "juta "), ("new", "MILIAR ")
    ]  # fmt: skip


def test_an_excerpt_shows_each_change_with_a_few_words_around():
    old = "a b c d e f g lama h i j k l m"
    pieces = list(excerpt(compare(old, old.replace("lama", "baru"))))
    assert [(p.kind, p.text.strip()) for p in pieces] == [
        ("same", "… d e f g"),
        ("gone", "lama"),
        ("new", "baru"),
        ("same", "h i j k …"),
    ]


def test_what_is_the_same_of_several_texts_is_the_same_in_all_of_them():
    """Whatever two of them have and a third has not is marked in each of the three."""
    draw = random.Random(5)
    for _ in range(2000):
        base = draw.choices("abcd", k=draw.randint(0, 12))
        texts = []
        for _ in range(draw.randint(1, 5)):
            words = list(base)
            for _ in range(draw.randint(0, 3)):
                at = draw.randint(0, len(words))
                words[at : at + draw.randint(0, 1)] = draw.choices("abcdxyz", k=draw.randint(0, 1))
            texts.append(" ".join(words) + " ")
        held = held_apart(texts)
        assert ["".join(piece.text for piece in pieces) for pieces in held] == texts
        same = {"".join(piece.text for piece in pieces if piece.kind == "same") for pieces in held}
        assert len(same) == 1


def test_many_sides_of_a_long_text_are_each_held_against_one():
    text = " ".join(f"kata{n}" for n in range(400))
    few, many = ([text.replace("kata90 ", f"kata90 sisi {n} ") for n in range(most)] for most in (5, 40))
    assert steps(held_apart, many) < 12 * steps(held_apart, few)
    marked = [[piece.text for piece in pieces if piece.kind == "new"] for pieces in held_apart(many)]
    assert marked == [[f"{n} "] for n in range(40)]
