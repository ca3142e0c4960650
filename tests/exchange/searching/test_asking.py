"""What is typed to search is understood whatever it is; folding keeps letters in their places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange.searching.asking import fold, understood
from desktop.exchange.searching.index import Index, marked


def test_words_phrases_and_codes() -> None:
    assert understood("pelayanan kes").expression == '"pelayanan" * "kes" *'
    assert understood('"pelayanan publik" kes').expression == '"pelayanan publik" "kes" *'
    assert understood("“pelayanan publik”").expression == '"pelayanan publik"'
    assert understood("1.02.01").expression == '"1 02 01" *'
    assert understood("AND OR NOT NEAR(a b)").expression.count('"') == 10, "no operator among them"
    assert not understood('" ... "')
    assert not understood("a")
    assert understood("a bc")


@given(st.text(max_size=80), st.text(max_size=80), st.text(max_size=30))
def test_nothing_that_can_be_typed_is_an_error(typed: str, title: str, body: str) -> None:
    index = Index()
    try:
        asked = understood(typed)
        index.find(typed)
        pieces = marked(asked, title, body)
        whole = "".join(piece for piece, _ in pieces).strip("\N{HORIZONTAL ELLIPSIS}")
        assert whole in " ".join(title.split()) or whole in " ".join(body.split())
    finally:
        index.close()
    assert not index.find("kesehatan").groups, "an index that was closed finds nothing"


@given(st.text(max_size=60))
def test_folding_keeps_every_letter_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_accents_and_capitals_do_not_count() -> None:
    assert fold("Café ÉLAN") == "cafe elan"
