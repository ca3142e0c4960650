"""A suggestion changes nothing until it is accepted; then one operation keeps what both sides changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.workspace import Author, Place, Workspace
from desktop.workspace.reviewing import ReviewOnly
from desktop.workspace.sentences import merge
from desktop.workspace.suggesting import (
    AnsweredAlready,
    Differs,
    NoSuchSuggestion,
    NowhereToWrite,
    accept,
    decline,
    find,
    standing,
    value_at,
    withdraw,
)
from tests.workspace.histories import integrity
from tests.workspace.test_conflicts import agree
from tests.workspace.test_merge_laws import LABEL, seed_rows

MENTOR = Author("Rina", "mentor")
BASE = "Kota kami sedang tumbuh. Warga berdagang di tepi sungai. Jalan belum baik."


@pytest.fixture
def mine(make: Callable[..., Workspace]) -> Workspace:
    made = make()
    seed_rows(made)
    row = made.plan().programmes[0].id
    with made.operation(LABEL) as op:
        op.write("programme", row, "service", "id", BASE)
        op.set("programme", row, status="planned", start_year=2027)
    return made


def suggest(workspace: Workspace, place: Place, proposed: object, reason: str = "") -> str:
    with workspace.operation(LABEL) as op:
        return op.suggest(place, value_at(workspace, place), proposed, MENTOR, reason=reason)  # type: ignore[arg-type]


def text_of(workspace: Workspace) -> str:
    return workspace.plan().programmes[0].service.values["id"]


def place_of(workspace: Workspace) -> Place:
    return Place("programme", workspace.plan().programmes[0].id, "service", "id")


def test_accepting_is_one_change_and_keeps_what_was_written_since(mine: Workspace) -> None:
    place = place_of(mine)
    made = suggest(mine, place, BASE.replace("sedang tumbuh", "tumbuh 3% setahun"), "Sebut angkanya.")
    assert text_of(mine) == BASE
    with mine.operation(LABEL) as op:
        op.write(*_of(place), BASE.replace("belum baik", "sudah baik"))
    found = standing(mine, find(mine, made[-8:]))
    assert found.moved
    assert found.clear
    position = mine.position
    accept(mine, found.suggestion)
    assert mine.position == position + 1
    wanted = BASE.replace("sedang tumbuh", "tumbuh 3% setahun").replace("belum baik", "sudah baik")
    assert text_of(mine) == wanted
    done = find(mine, made)
    assert (done.state, done.answered_by) == ("accepted", "Sari")
    with pytest.raises(AnsweredAlready):
        accept(mine, done)
    mine.undo()
    assert text_of(mine) == BASE.replace("belum baik", "sudah baik")
    assert find(mine, made).state == "open"
    integrity(mine)


def _of(place: Place) -> tuple[str, str, str, str]:
    return place.table, place.row, place.field, place.language


def test_a_sentence_both_changed_is_said_and_written_by_hand(mine: Workspace) -> None:
    place = place_of(mine)
    made = find(mine, suggest(mine, place, BASE.replace("sedang tumbuh", "tumbuh cepat")))
    with mine.operation(LABEL) as op:
        op.write(*_of(place), BASE.replace("sedang tumbuh", "tidak tumbuh"))
    before = mine.head
    with pytest.raises(Differs) as told:
        accept(mine, made)
    assert mine.head == before
    (clash,) = told.value.standing.clashes
    assert ("tidak tumbuh" in clash.mine, "tumbuh cepat" in clash.theirs) == (True, True)
    accept(mine, made, "Kota kami tumbuh pelan.")
    assert text_of(mine) == "Kota kami tumbuh pelan."


def test_values_of_no_language_never_mix(mine: Workspace) -> None:
    row = mine.plan().programmes[0].id
    made = find(mine, suggest(mine, Place("programme", row, "start_year"), 2028))
    accept(mine, made)
    assert mine.plan().programmes[0].start_year == 2028
    made = find(mine, suggest(mine, Place("programme", row, "status"), "running"))
    with mine.operation(LABEL) as op:
        op.set("programme", row, status="done")
    with pytest.raises(Differs):
        accept(mine, made)
    assert mine.plan().programmes[0].status == "done"


def test_an_answer_nobody_gave_yet_can_be_suggested(mine: Workspace) -> None:
    place = Place("answer", item="town.history", language="id")
    accept(mine, find(mine, suggest(mine, place, "Berdiri tahun 1999.")))
    assert mine.plan().answer("town.history").text.values == {"id": "Berdiri tahun 1999."}


def test_what_is_gone_can_only_be_declined(mine: Workspace) -> None:
    place = place_of(mine)
    made = find(mine, suggest(mine, place, "x"))
    with mine.operation(LABEL) as op:
        op.delete("programme", place.row)
    assert not standing(mine, made).there
    with pytest.raises(NowhereToWrite):
        accept(mine, made)
    decline(mine, made, "Program sudah dihapus.")
    assert (find(mine, made.id).state, find(mine, made.id).answer) == ("declined", "Program sudah dihapus.")


@pytest.mark.slow
def test_two_who_answer_the_same_are_of_one_mind_else_only_the_answer_is_asked(
    make: Callable[..., Workspace], mine: Workspace
) -> None:
    """Who answered and when goes with the answer: nobody has to choose between two names and two clocks."""
    first, second = (suggest(mine, place_of(mine), word) for word in "xy")
    theirs = make("theirs", copy_of=mine, person="Budi")
    for copy in (mine, theirs):
        decline(copy, find(copy, first))
    accept(mine, find(mine, second))
    decline(theirs, find(theirs, second), "Belum sekarang.")
    agree(mine, theirs)
    (asked,) = mine.conflicts()
    assert (asked.row, asked.field) == (second, "state")
    assert find(mine, second).answer == "Belum sekarang."
    mine.resolve(asked, "declined")
    agree(mine, theirs)
    assert theirs.conflicts() == []
    assert find(theirs, first).answered_by == find(mine, first).answered_by


def test_a_reviewer_withdraws_and_never_accepts(mine: Workspace) -> None:
    made = find(mine, suggest(mine, place_of(mine), "x"))
    mine.author = MENTOR
    with pytest.raises(ReviewOnly):
        accept(mine, made)
    with pytest.raises(ReviewOnly):
        decline(mine, made)
    withdraw(mine, find(mine, suggest(mine, place_of(mine), "y")))
    assert [each.proposed for each in mine.plan().suggestions] == ["x"]
    with pytest.raises(NoSuchSuggestion):
        find(mine, "f" * 8)


_SENTENCES = ["Satu kota. ", "Dua pasar. ", "Tiga sungai. ", "Empat desa."]
_EDITS = st.lists(st.sampled_from([0, 1, 2, 3]), unique=True, max_size=3)


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ours=_EDITS, theirs=_EDITS)
def test_law_accepting_is_the_three_way_merge_or_nothing(
    mine: Workspace, ours: list[int], theirs: list[int]
) -> None:
    """Different sentences: both are kept. The same one: nothing is written until a person says what."""
    place = place_of(mine)

    def text(edits: list[int], word: str) -> str:
        return "".join(f"{word} {each}" if n in edits else each for n, each in enumerate(_SENTENCES))

    base, proposed, now = text([], ""), text(theirs, "Usul"), text(ours, "Ubah")
    with mine.operation(LABEL) as op:
        op.write(*_of(place), base)
    made = find(mine, suggest(mine, place, proposed))
    with mine.operation(LABEL) as op:
        op.write(*_of(place), now)
    merged = merge(base, now, proposed).text
    both = set(ours) & set(theirs)
    assert (merged is None) == bool(both)
    if merged is None:
        with pytest.raises(Differs):
            accept(mine, made)
        assert text_of(mine) == now
        decline(mine, made)
        return
    accept(mine, made)
    assert text_of(mine) == merged
    assert all(f"Usul {_SENTENCES[n]}".strip() in merged for n in theirs)
    assert all(f"Ubah {_SENTENCES[n]}".strip() in merged for n in ours)
