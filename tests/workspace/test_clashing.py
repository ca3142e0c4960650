"""Texts taken apart where they clash, and put together again from what was chosen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.base import richtext
from desktop.workspace import sentences
from desktop.workspace.clashing import BOTH, Clash, Pick, clashing, words_of
from desktop.workspace.errors import NotAllChosen, TornText

WORDS = st.lists(st.sampled_from(["Satu.", "Dua.", "Tiga.", "Empat.", "Lima."]), max_size=6).map(" ".join)


def rich(text: str) -> str:
    return richtext.from_plain(text)


@pytest.mark.slow
@given(WORDS, WORDS, WORDS)
@settings(max_examples=200)
def test_two_sides_clash_where_the_merge_says_so(base: str, mine: str, theirs: str) -> None:
    merged = sentences.merge(base, mine, theirs)
    if mine == theirs or base in {mine, theirs}:
        return
    found = clashing(base, [mine, theirs])
    expected = [c for c in merged.chunks if isinstance(c, sentences.Clash)]
    assert [(c.base, c.options) for c in found.clashes] == [(c.base, (c.mine, c.theirs)) for c in expected]
    if merged.text is not None:
        assert found.assemble({}) == merged.text


@given(WORDS, st.tuples(WORDS, WORDS, WORDS))
@settings(max_examples=200)
def test_a_side_taken_everywhere_keeps_its_words(base: str, texts: tuple[str, str, str]) -> None:
    found = clashing(base, texts)
    for side in range(3):
        taken = found.take(side)
        for clash in found.clashes:
            assert words_of(clash.options[side]) in words_of(taken)


def test_who_only_added_loses_nothing() -> None:
    found = clashing("Awal.", ["Awal. Dari A.", "Awal. Dari B."])
    (clash,) = found.clashes
    assert clash.preselected == BOTH
    assert found.assemble({1: BOTH}) == "Awal. Dari A. Dari B."
    changed = clashing("Awal.", ["Awal A.", "Awal B."]).clashes[0]
    assert changed.preselected is None


def test_what_both_changed_elsewhere_stays_merged() -> None:
    base = "Satu. Dua. Tiga."
    found = clashing(base, ["Satu A. Dua. Tiga A.", "Satu. Dua. Tiga B."])
    assert found.take(1) == "Satu A. Dua. Tiga B."
    assert found.assemble({1: Pick("own", words="Tiga bersama.")}) == "Satu A. Dua. Tiga bersama."


def test_a_choice_left_out_is_asked_for() -> None:
    found = clashing("Satu. Dua.", ["Satu A. Dua A.", "Satu B. Dua B."])
    numbers = [clash.number for clash in found.clashes]
    with pytest.raises(NotAllChosen, match=", ".join(map(str, numbers))):
        found.assemble({})


def test_rich_texts_stay_texts_with_marks() -> None:
    base = rich("Layanan lambat. Warga antre.")
    mine, theirs = base.replace("Warga antre", "Warga <b>menunggu</b>"), base.replace("Warga", "Pemohon")
    found = clashing(base, [mine, theirs])
    assert found.rich
    own = found.assemble({1: Pick("own", words="Warga & pemohon <antre>.")})
    assert richtext.plain_text(own) == "Layanan lambat. Warga & pemohon <antre>."
    assert richtext.normalise(own) == own
    assert richtext.plain_text(found.take(0)) == "Layanan lambat. Warga menunggu."


def test_own_paragraphs_in_place_of_added_ones() -> None:
    base = rich("Awal.")
    found = clashing(base, [f"{base}\n{rich('Dari A.')}", f"{base}\n{rich('Dari B.')}"])
    both = found.assemble({clash.number: BOTH for clash in found.clashes})
    assert richtext.plain_text(both) == "Awal.\nDari A.\nDari B."
    own = found.assemble({clash.number: Pick("own", words="Satu.\nDua.") for clash in found.clashes})
    assert [block.text for block in richtext.parse(own) if block.text] == ["Awal.", "Satu.", "Dua."]


def test_marks_torn_apart_are_refused() -> None:
    torn = Clash(1, "", ("<b>mulai.", "selesai</b>."))
    from desktop.workspace.clashing import Clashing

    with pytest.raises(TornText):
        Clashing(("<p id='a'>", torn, "</p>"), rich=True).take(0)


def test_three_sides_are_chosen_among() -> None:
    found = clashing("Satu. Dua.", ["Satu A. Dua.", "Satu B. Dua.", "Satu. Dua C."])
    (clash,) = found.clashes
    assert clash.options == ("Satu A.", "Satu B.", "Satu.")
    assert found.take(1) == "Satu B. Dua C."


def test_a_text_beyond_measure_is_chosen_as_a_whole() -> None:
    long = "A. " * 20_001
    found = clashing("", [long, f"{long}B."])
    assert [clash.options for clash in found.clashes] == [(long, f"{long}B.")]


def test_a_text_that_would_take_minutes_is_chosen_as_a_whole() -> None:
    """The merge gives up on it; whoever wanted to settle it waited."""
    base = "Sama. " * 1_500  # each of them might be any other
    texts = (f"{base}Dari A.", f"Dari B. {base}")
    assert sentences.merge(base, *texts).text is None
    assert [clash.options for clash in clashing(base, texts).clashes] == [texts]


def test_numbers_stay_whole_and_lines_do_not_end_in_blanks() -> None:
    base = "Biaya Rp1.500.000 setahun.\nBaris dua."
    one, other = base.replace("setahun", "per tahun"), base.replace("dua", "tiga")
    found = clashing(base, [f"{one} Akhir A.", f"{other} Akhir B."])
    assert found.assemble({}) == "Biaya Rp1.500.000 per tahun.\nBaris tiga. Akhir B. Akhir A."


def test_sentences_added_at_the_end_of_a_paragraph_are_both_kept() -> None:
    base = '<p id="a">Satu. Dua.</p>\n<p id="b">Tiga <b>empat.</b></p>'
    sides = [base.replace("Dua.", f"Dua. Dari {word}.") for word in "AB"]
    found = clashing(base, sides)
    assert [clash.preselected for clash in found.clashes] == [BOTH]
    assert found.assemble({1: BOTH}) == base.replace("Dua.", "Dua. Dari A. Dari B.")
