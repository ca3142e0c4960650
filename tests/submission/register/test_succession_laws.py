"""What holds of any set of packages: whose is put aside without a word, and what strangers can do to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import permutations
from random import Random

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.base import Message
from desktop.submission.register.addressees import receipt_of
from desktop.submission.register.entry import Entry
from desktop.submission.register.reading import Signer, Told
from desktop.submission.register.succession import settle
from tests.submission.register.test_succession import came, settled, signer

TEAM, STRANGER, TRAINEE = (
    signer("Tim"), signer("Orang Lain", asked=False), signer("Peserta", test=True, asked=False),
)  # fmt: skip
BY_ROLE = replace(TEAM, role="mayor", asked=False)
"""The same person for another office, for which nobody asked."""
PEOPLE = (
    TEAM,
    BY_ROLE,
    signer("Tim", certificate="of a namesake"),
    signer("Bupati"),
    signer("Pengganti", asked=False),
    STRANGER,
    TRAINEE,
)
PLANS = ("pa", "pb", "pc")


@st.composite
def packages(draw, people: Sequence[Signer] = PEOPLE, most: int = 6) -> list[Entry]:
    """Anything: copies, chains, by any of these people, some of one moment, some incomplete."""
    found: list[Entry] = []
    for place in range(1, draw(st.integers(1, most)) + 1):
        signers = draw(st.lists(st.sampled_from(people), min_size=1, max_size=3, unique=True))
        before = st.sampled_from(["", "never", *(one.sha256 for one in found)])
        found.append(
            came(
                place, *signers, package=draw(st.sampled_from(PLANS)), previous=draw(before),
                first_seen=f"{draw(st.integers(1, 3)):03d}", signed_at=f"{draw(st.integers(1, 9)):03d}",
                result=draw(st.sampled_from(("valid", "valid", "valid-with-notes", "incomplete"))),
            )
        )  # fmt: skip
    return found


def real(one: Entry) -> set[Signer]:
    return {each for each in one.signers if not each.test}


def word(one: Entry) -> set[str]:
    """Whose package it is: of those who were asked, else of all; and of nobody who only trains."""
    asked = {each.certificate for each in real(one) if each.asked}
    return asked or {each.certificate for each in real(one)}


def closed(one: Entry) -> set[str]:
    return {each.certificate for each in one.signers}


def places(signers: Iterable[Signer]) -> set[tuple[str, str]]:
    return {(each.certificate, each.role) for each in signers}


def word_for(one: Entry) -> set[tuple[str, str]]:
    """The same by what each signed for."""
    return places(each for each in real(one) if each.asked) or places(real(one))


def before(one: Entry, found: Sequence[Entry]) -> Iterator[Entry]:
    by_hash = {each.sha256: each for each in found}
    while one.previous in by_hash:
        one = by_hash[one.previous]
        yield one


def stands_for(one: Entry, other: Entry, found: Sequence[Entry]) -> bool:
    """Whether the other may stand back behind this one without a word, by the rule and by hand."""
    if one.package == other.package and word_for(other) <= places(one.signers):
        return True
    if not word(other) <= closed(one):
        return False
    if one.package != other.package and not other.accepted:
        return True
    # whoever named it, its own people did: a stranger can write anything into a copy of his
    own = [each for each in found if each.package == one.package and word(other) <= closed(each)]
    return any(each.package == other.package for mine in own for each in before(mine, found))


def asked(one: Entry) -> set[Signer]:
    return {each for each in real(one) if each.asked}


def is_strangers_copy(one: Entry, found: Sequence[Entry]) -> bool:
    """Closed by nobody who was asked, after it had come closed by somebody who was."""
    same = [each for each in found if each.package == one.package and each.first_seen < one.first_seen]
    return not any(each.asked for each in real(one)) and any(each.asked for two in same for each in real(two))


def newest(found: Sequence[Entry]) -> Entry:
    one = receipt_of(found)
    assert one is not None
    return one


@given(packages())
def test_whoever_is_put_aside_without_a_word_has_closed_what_counts_or_is_told_with_it(found):
    out = list(settled(*found).values())
    counts = newest(out)
    assert [one.id for one in out if one.current] == ([counts.id] if counts.accepted else [])
    rivals = [one for one in out if one.id in counts.rivals]
    assert all(one.rivals == (counts.id,) for one in rivals)
    followed = {one.id for one in before(counts, out)}
    for one in out:
        silent = one is not counts and not one.rivals and not counts.doubts
        if silent and real(one) and not is_strangers_copy(one, out):
            assert any(stands_for(each, one, out) for each in (counts, *rivals)), one
        # and whoever signed what it follows by its own word, asked or not, is missed
        if one.id in followed and real(one):
            assert counts.doubts or {each.certificate for each in real(one)} <= closed(counts)


@given(packages())
@example([came(1, TEAM, package="pa"), came(2, TEAM, package="pa", previous="h1"),
          came(3, BY_ROLE, package="pa", first_seen="001")])  # fmt: skip
@example([came(1, TEAM, TRAINEE, package="pa"), came(2, BY_ROLE, package="pa", previous="h1")])
@example([came(1, TEAM, package="pa", signed_at="009"), came(2, TEAM, package="pa"),
          came(3, TEAM, package="pa", previous="h2"), came(4, BY_ROLE, package="pa")])  # fmt: skip
def test_no_file_of_what_counts_that_differs_in_its_people_stands_back_untold(found):
    """But for those that fewer of the asked have closed, and nobody besides, or that they follow.

    Whoever follows a file of the sealed package follows it in all its files that he has closed himself.
    """
    out = list(settled(*found).values())
    counts = newest(out)
    same = [one for one in out if one.package == counts.package and real(one)]
    mine = [one for one in same if word_for(one) <= places(counts.signers)]
    followed = any(one.package == counts.package for each in mine for one in before(each, out))
    for one in same if real(counts) else ():
        part = asked(one) < asked(counts) and real(one) <= real(counts)
        own = followed and {each.certificate for each in real(one)} <= closed(counts)
        if real(one) != real(counts) and not part and not own and not is_strangers_copy(one, out):
            assert counts.doubts or counts.rivals, one


@pytest.mark.parametrize("noted", [True, False])
def test_a_copy_of_what_came_first_is_cut_off_by_nothing_that_came_between(noted):
    """The first counted although a copy of it had fewer notes: between them the same came with one more."""
    first = came(1, TEAM, package="pa", first_seen="000", reasons=(NOTE,) * noted)
    more = came(2, TEAM, BY_ROLE, package="pa", first_seen="001")
    again = came(3, TEAM, package="pa", first_seen="002")
    for found in permutations((first, more, again)):
        out = settled(*found)
        assert [one.id for one in out.values() if one.current] == [3 if noted else 1]
        assert [path for path, _ in newest(list(out.values())).alike] == ["/1.asice" if noted else "/3.asice"]


@given(packages(people=[one for one in PEOPLE if not one.test]), st.data())
def test_of_copies_none_takes_the_place_of_one_with_fewer_notes(found, data):
    """Whenever it comes: in writing the same otherwise, or attaching something, everybody is free."""
    made = []
    for place, one in enumerate(data.draw(st.lists(st.sampled_from(found), min_size=1, max_size=4))):
        notes = data.draw(st.sampled_from(((), (NOTE,))))
        made.append(
            replace(
                one, id=50 + place, path=f"/{50 + place}.asice",
                sha256=data.draw(st.sampled_from(("a", "z"))) + str(place),
                first_seen=data.draw(st.sampled_from(("000", "001", "9"))),
                signers=tuple(replace(each, timestamped=True) for each in one.signers),
                result="valid-with-notes" if one.accepted and notes else one.result,
                reasons=(*one.reasons, *notes),
            )
        )  # fmt: skip
    beside = newest(list(settled(*found, *made).values()))
    alike = {path for path, _ in beside.alike}
    twins = [one for one in (*found, *made) if one.path in alike and one.accepted == beside.accepted]
    least = (len(beside.reasons), beside.first_seen)
    assert all(least <= (len(one.reasons), one.first_seen) for one in twins)
    if not any(one.first_seen in {"000", "001"} for one in made):
        alone = newest(list(settled(*found).values()))
        assert (beside.sha256, beside.doubts, beside.rivals) == (alone.sha256, alone.doubts, alone.rivals)


@given(packages(), st.data())
def test_a_strangers_package_silences_nothing(found, data):
    people = [one for one in PEOPLE if one is not STRANGER]
    found = [
        replace(one, signers=tuple(each for each in one.signers if each is not STRANGER) or (people[0],))
        for one in found
    ]
    plan = data.draw(st.sampled_from((*PLANS, "own")))
    theirs = came(
        9, replace(STRANGER, asked=plan == "own"), package=plan,
        previous=data.draw(st.sampled_from(["", *(one.sha256 for one in found)])),
        first_seen=data.draw(st.sampled_from(("000", "002", "009"))),
        signed_at=data.draw(st.sampled_from(("000", "005", "099"))),
        result=data.draw(st.sampled_from(("valid", "incomplete"))),
    )  # fmt: skip
    found = [one for one in found if real(one)]
    if not found:
        return
    alone = newest(list(settled(*found).values()))
    beside = newest(list(settled(*found, theirs).values()))
    if alone.rivals or alone.doubts:
        assert beside.rivals or beside.doubts
    if beside.sha256 == theirs.sha256 and not is_strangers_copy(theirs, [*found, theirs]):
        assert beside.rivals or beside.doubts


@given(packages(), st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_their_numbers_decide_anything(found, chance: Random):
    moved = [replace(one, id=100 - one.id) for one in found]
    chance.shuffle(moved)

    def told(some: Sequence[Entry]) -> dict[str, tuple[bool, frozenset[str], frozenset[str]]]:
        by_id = {one.id: one.sha256 for one in some}
        return {
            one.sha256: (
                one.current,
                frozenset(by_id[each] for each in one.rivals),
                frozenset(map(str, one.doubts)),
            )
            for one in settle(some)
        }

    assert told(found) == told(moved)


@given(packages(people=(TEAM,)))
def test_one_persons_packages_are_told_only_where_none_says_which_follows(found):
    """No doubt ever; and rivals only where two accepted plans do not follow each other by any copy."""
    out = settled(*found).values()
    assert not any(one.doubts for one in out)
    counts = newest(list(out))
    for one in out:
        if one.id in counts.rivals:
            assert not stands_for(counts, one, list(out))


NOTE = Told("note", "note.timestamp_unknown", Message("submission.note.timestamp_unknown", authority="X"))


@st.composite
def copies(draw, found: Sequence[Entry], more: tuple[Signer, ...] = ()) -> list[Entry]:
    """What anybody can make of what came, without any key: signatures and times taken away, times added.

    ``more`` have signed some of them too.
    """
    made: list[Entry] = []
    for place in range(1, draw(st.integers(1, 4)) + 1):
        one = draw(st.sampled_from(found))
        left = draw(st.sets(st.sampled_from(one.signers), min_size=1))
        stamped = draw(st.booleans())
        kept = (replace(each, timestamped=stamped) for each in one.signers if each in left)
        made.append(
            replace(
                one, id=50 + place, path=f"/{50 + place}.asice",
                sha256=draw(st.sampled_from(("a", "z"))) + str(place),
                first_seen=f"9{place}",
                signers=(*kept, *draw(st.sampled_from(((), more)))),
                result=one.result if one.result != "valid" or not stamped else "valid-with-notes",
                reasons=(*one.reasons, NOTE) if stamped else one.reasons,
            )
        )  # fmt: skip
    return made


@given(packages(people=[one for one in PEOPLE if not one.test]), st.data())
def test_copies_that_come_later_take_no_place_and_only_what_they_lack_is_told(found, data):
    more = data.draw(copies(found))
    alone = newest(list(settled(*found).values()))
    beside = newest(list(settled(*found, *more).values()))
    assert beside.sha256 == alone.sha256
    if not (alone.rivals or alone.doubts):
        assert not beside.rivals
        assert {one.id for one in beside.doubts} <= {"submission.standing.closed_by_fewer"}


@given(packages(people=[one for one in PEOPLE if not one.test]), st.data())
def test_nor_where_somebody_certified_whom_nobody_asked_has_signed_them_too(found, data):
    more = data.draw(copies(found, (signer("Asing", asked=False),)))
    alone = newest(list(settled(*found).values()))
    assert newest(list(settled(*found, *more).values())).sha256 == alone.sha256


LATER = Told("note", "note.stamped_later", Message("submission.note.stamped_later", holder="Tim"))
LATE = Told("note", "note.stamped_too_late", Message("submission.note.stamped_too_late", holder="Tim"))
FREE = {NOTE.code, LATER.code, LATE.code}
"""What anybody can have said of a copy, with a clock of his own, or one that he asks late."""


def stamp(one: Entry, at: str, *notes: Told) -> Entry:
    """With the time of a clock that is believed on every signature, and what is noted of that."""
    signers = tuple(replace(each, timestamped=bool(at), stamped_at=at) for each in one.signers)
    result = "valid-with-notes" if one.accepted and notes else "valid" if one.accepted else one.result
    return replace(one, signers=signers, reasons=notes, result=result)


@st.composite
def changed(draw, one: Entry, place: int) -> Entry:
    """What anybody can make of one file without any key, whenever he sends it."""
    stamped = one.signers[0].stamped_at
    made = draw(
        st.sampled_from(
            (
                one,  # other bytes alone
                stamp(one, ""),
                stamp(one, "", NOTE),
                stamp(one, stamped, *one.reasons, NOTE),
                stamp(one, "008", LATER),  # a believed clock gives a time to whoever asks
            )
        )
    )
    return replace(
        made, id=50 + place, path=f"/{50 + place}.asice",
        sha256=draw(st.sampled_from(("a", "z"))) + str(place),
        first_seen=draw(st.sampled_from(("003", "004", "009"))),
    )  # fmt: skip


@given(packages(people=[one for one in PEOPLE if not one.test]), st.data())
def test_nobody_makes_a_better_word_of_a_package_untold(found, data):
    """By taking away what is proven of its signatures, or by whatever else needs no key."""
    own = []
    for place, one in enumerate(found):
        at, *notes = data.draw(st.sampled_from((("",), ("002",), ("002", LATER), ("002", LATE))))
        own.append(stamp(replace(one, first_seen="003", signed_at=f"{place:03d}"), at, *notes))
    made = [
        data.draw(changed(data.draw(st.sampled_from(own)), place))
        for place in range(data.draw(st.integers(1, 4)))
    ]
    alone, beside = (newest(list(settled(*some).values())) for some in (own, (*own, *made)))
    if (beside.package, places(beside.signers)) != (alone.package, places(alone.signers)):
        # of what came at once one has to be the first
        assert beside.doubts or beside.rivals
        return
    told = {each.code for each in beside.reasons} | {
        each.params["note"].id.partition(".")[2] for each in beside.doubts if "note" in each.params
    }
    assert {each.code for each in alone.reasons} <= told
    signatures = {(each.certificate, each.role, each.claimed_at) for each in beside.signers}
    for one in (*own, *made):
        same = {(each.certificate, each.role, each.claimed_at) for each in one.signers} == signatures
        if not same or (one.package, one.previous) != (beside.package, beside.previous):
            continue
        assert {each.code for each in one.reasons} - FREE <= told
        if one is not beside and one.path != beside.path:
            assert (one.path, one.sha256) in beside.alike
        if one.accepted == beside.accepted and one.signers[0].stamped_at == "002":
            assert beside.signers[0].stamped_at == "002", "what proves most is heard"


@given(packages(people=(TEAM, replace(TEAM, role="mayor", asked=False))), st.data())
def test_nobody_takes_away_untold_what_one_person_has_signed_twice(found, data):
    """For another office, or once more for the same."""
    own = []
    for one in found:
        again = data.draw(st.sampled_from(((), (replace(TEAM, claimed_at="2"),))))
        own.append(replace(one, signers=(*one.signers, *again)))
    made = []
    for place in range(data.draw(st.integers(1, 3))):
        one = data.draw(st.sampled_from(own))
        left = data.draw(st.sets(st.sampled_from(one.signers), min_size=1))
        when, name = data.draw(st.sampled_from(("000", "001", "9"))), data.draw(st.sampled_from(("a", "z")))
        changes = {"id": 50 + place, "path": f"/{50 + place}.asice", "sha256": f"{name}{place}"}
        signers = tuple(each for each in one.signers if each in left)
        made.append(replace(one, signers=signers, first_seen=when, **changes))
    beside = newest(list(settled(*own, *made).values()))
    if beside not in own and not beside.doubts and not beside.rivals:
        for one in own:
            if one.package == beside.package and one.accepted and beside.accepted:
                assert not set(beside.signers) < set(one.signers)
