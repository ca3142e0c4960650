"""The sentence merge: symmetric, nothing typed is lost, nothing deleted comes back, tags nest."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.workspace.sentences import Clash, merge, nests, tokens

BASE = '<p id="a">Satu dua. Tiga empat. Lima enam.</p>\n<p id="b">Tujuh delapan.</p>'
WORDS = st.lists(
    st.sampled_from(["satu", "dua.", "tiga;", "<b>", "</b>", "<p>", "</p>\n", "1.5", "apa?"]), max_size=12
)


@given(st.text(alphabet="ab .!?;:<>/p\n", max_size=60))
def test_tokens_are_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


def test_neighbouring_sentences_merge() -> None:
    mine, theirs = BASE.replace("dua", "DUA"), BASE.replace("empat", "EMPAT")
    assert merge(BASE, mine, theirs).text == BASE.replace("dua", "DUA").replace("empat", "EMPAT")


def test_the_same_sentence_clashes_and_shows_both() -> None:
    result = merge(BASE, BASE.replace("dua", "DUA"), BASE.replace("dua", "dua2"))
    clash = next(chunk for chunk in result.chunks if isinstance(chunk, Clash))
    assert result.text is None
    assert (clash.base, clash.mine, clash.theirs) == ("Satu dua.", "Satu DUA.", "Satu dua2.")


def test_two_inserts_at_one_point_clash() -> None:
    end = '</p>\n<p id="b">'
    result = merge(BASE, BASE.replace(end, f" Milik saya.{end}"), BASE.replace(end, f" Milik dia.{end}"))
    assert result.text is None


def test_a_sentence_after_the_last_one_merges_with_its_change() -> None:
    """Found in use: the end of a paragraph, and a missing blank, made another sentence of the last one."""
    mine, theirs = BASE.replace("Lima", "LIMA"), BASE.replace("enam.", "enam. Baru.")
    assert merge(BASE, mine, theirs).text == BASE.replace("Lima enam.", "LIMA enam. Baru.")


def test_a_number_is_never_put_together_from_two() -> None:
    """The points in it end no sentence: 2.300.000 is nobody's number."""
    base = "<p>Biaya Rp1.250.000 setahun, pukul 10.30.</p>"
    result = merge(base, base.replace("1.250", "2.250"), base.replace("250", "300"))
    assert result.text is None


def test_blocks_added_in_different_places_are_both_kept() -> None:
    mine = f'<p id="m">Awal.</p>\n{BASE}'
    theirs = f'{BASE}\n<p id="t">Akhir.</p>'
    assert merge(BASE, mine, theirs).text == f'<p id="m">Awal.</p>\n{BASE}\n<p id="t">Akhir.</p>'


def test_tags_that_would_not_nest_clash() -> None:
    base = "<p>Satu dua. Tiga empat. Lima enam.</p>"
    mine = "<p><b>Satu dua. Tiga empat.</b> Lima enam.</p>"
    theirs = "<p>Satu dua. <i>Tiga empat. Lima enam.</i></p>"
    result = merge(base, mine, theirs)
    assert result.text is None or nests(result.text)


@pytest.mark.slow
@settings(max_examples=400)
@given(WORDS, WORDS, WORDS)
def test_the_sides_may_be_swapped(base: list[str], mine: list[str], theirs: list[str]) -> None:
    b, m, t = (" ".join(words) for words in (base, mine, theirs))
    assert merge(b, m, t).text == merge(b, t, m).text


@pytest.mark.parametrize("seed", range(150))
def test_disjoint_edits_merge_and_lose_nothing(seed: int) -> None:
    """Two people edit different sentences of one text: the measured prototype merged 268 of 269 cleanly."""
    rng = random.Random(seed)
    sentences = [f"Kalimat {i} tentang layanan{i} publik. " for i in range(30)]
    places = rng.sample(range(30), 6)
    mine, theirs = list(sentences), list(sentences)
    for n, (side, place) in enumerate(zip([mine, theirs] * 3, places, strict=True)):
        side[place] = side[place].replace("tentang", f"baru{n}")
    base, a, b = "".join(sentences), "".join(mine), "".join(theirs)
    text = merge(base, a, b).text
    assert text is not None
    assert all(f"baru{n}" in text for n in range(6))
    assert sum(f"layanan{i} " in text for i in range(30)) == 30


@pytest.mark.parametrize("one", ["Alpha", "Zulu"])
def test_two_different_sentences_put_between_the_same_two_clash(one: str) -> None:
    found = merge("Satu. Dua. Tiga.", f"Satu. {one}. Dua. Tiga.", "Satu. Mike. Dua. Tiga.")
    assert found.text is None
    same = merge("Satu. Dua. Tiga.", f"Satu. {one}. Dua. Tiga.", f"Satu. {one}. Dua. Tiga lagi.")
    assert same.text == f"Satu. {one}. Dua. Tiga lagi."


@pytest.mark.parametrize("one", ["Alpha", "Zulu"])
def test_a_sentence_put_into_what_the_other_rewrote_clashes(one: str) -> None:
    base = "Satu. Dua. Tiga. Empat."
    assert merge(base, f"Satu. Dua. {one}. Tiga. Empat.", "Satu. Mike. Empat.").text is None


def test_two_changes_of_bold_that_leave_a_tag_open_clash() -> None:
    """Each of them is in sentences of its own, and what came of both would not close."""
    found = merge(
        "<b>Satu. Dua. Tiga. Empat</b>.",
        "Satu. Dua. Tiga. Empat.",
        "<b>Satu. Dua</b>. <b>Tiga. Empat</b>.",
    )
    assert found.text is None
