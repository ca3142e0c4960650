"""Which package counts, when strangers, namesakes and training signatures name a region's own."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest

from desktop.base import Language, Message, render
from desktop.submission.register.addressees import receipt_of
from desktop.submission.register.alike import told_of_copies
from desktop.submission.register.entry import Basis, Entry
from desktop.submission.register.examine import Sort
from desktop.submission.register.heard import is_trial
from desktop.submission.register.reading import Signer, Told
from desktop.submission.register.succession import settle
from desktop.submission.register.words import came_late, lateness
from tests.effort import steps

REGION = "18.07"


def signer(name: str, *, certificate: str = "", test: bool = False, asked: bool = True) -> Signer:
    return Signer("", "elder", name, "", "Penerbit", certificate or f"of {name}", "", test, "", False, asked)


def came(place: int, *signers: Signer, **more) -> Entry:
    """One package; ``place`` is its number, its hash and when it was signed."""
    values = {
        "result": "valid", "sha256": f"h{place}", "package": f"p{place}", "first_seen": f"{place:03d}",
        "signed_at": f"{place:03d}", "signers": signers or (signer("Sekretaris"),), **more,
    }  # fmt: skip
    result, region = values.pop("result"), values.pop("region", REGION)
    return Entry(place, f"/{place}.asice", 1, Sort.PACKAGE, result, region, "", Basis.SIGNED, **values)


def settled(*found: Entry) -> dict[int, Entry]:
    return {one.id: one for one in settle(found)}


def doubts(one: Entry) -> set[str]:
    return {each.id.rpartition(".")[2] for each in one.doubts}


STRANGER = signer("Orang Lain")


def test_the_same_person_follows_without_a_doubt_over_what_was_broken_on_the_way():
    broken = came(2, result="refused", previous="h1")
    found = settled(came(1), broken, came(3, previous="h2"))
    assert (found[3].current, found[3].doubts, found[3].rivals) == (True, (), ())
    assert not found[1].current


@pytest.mark.parametrize(
    ("first", "told"), [("2026-12-02T05:00:00+00:00", True), ("2026-12-01T03:05:00+00:00", False)]
)
def test_what_follows_something_and_says_to_be_signed_before_it_is_told(first, told):
    """It names the other one by the hash of its file, signatures included."""
    late = came(1, signed_at=first)
    between = came(2, previous="h1", signed_at="2026-12-01T03:00:00+00:00")
    found = settled(late, between, came(3, previous="h2", signed_at="2026-12-01T03:00:00+00:00"))
    assert doubts(found[3]) == ({"signed_before"} if told else set())
    assert found[3].current
    assert lateness(replace(found[3], late=False)).id == f"submission.late.{'unknown' if told else 'no'}"
    assert came_late(replace(found[3], late=False)) is (None if told else False)
    assert came_late(replace(found[3], late=True)) is True
    # by a clock's time over it as well
    stamped = came(1, replace(signer("Sekretaris"), latest_at=first), signed_at="2026-12-01T02:00:00+00:00")
    assert doubts(settled(stamped, replace(between, id=2))[2]) == ({"signed_before"} if told else set())
    # whoever closed that, and for whatever role
    unasked = came(
        1, signer("Sekretaris", asked=False), signed_at=first, result="incomplete", judged="incomplete"
    )
    assert doubts(settled(unasked, replace(between, id=2))[2]) >= ({"signed_before"} if told else set())
    trained = came(1, signer("Sekretaris", test=True), signed_at=first)
    assert "signed_before" not in doubts(settled(trained, replace(between, id=2))[2])


def test_what_somebody_real_says_counts_beside_a_trainee():
    after = came(2, previous="h1", signed_at="2026-12-01T03:00:00+00:00")
    real, trained = (
        replace(each, claimed_at="2026-12-02T05:00:00+00:00", latest_at="2026-11-30T00:00:00+00:00")
        for each in (signer("Sekretaris"), signer("Peserta", test=True))
    )
    assert "signed_before" in doubts(settled(came(1, real, trained), after)[2])
    assert "signed_before" not in doubts(settled(came(1, trained), after)[2])
    earlier = replace(real, claimed_at="2026-12-01T01:00:00+00:00")
    assert "signed_before" not in doubts(settled(came(1, earlier, trained), after)[2])
    known = replace(earlier, latest_at="2026-12-02T05:00:00+00:00")
    assert "signed_before" in doubts(settled(came(1, known, trained), after)[2])


def test_a_stranger_is_told_over_a_package_of_nobody():
    for between in ("sealed", "refused"):
        middle = came(2, result=between, previous="h1", signers=())
        found = settled(came(1), middle, came(3, STRANGER, previous="h2"))
        assert doubts(found[3]) == {"other_signer"}


def test_a_stranger_is_told_over_a_package_of_his_own():
    between = came(2, STRANGER, previous="h1")
    for result in ("valid", "incomplete"):
        middle = came(2, STRANGER, result=result, previous="h1")
        found = settled(came(1), middle, came(3, STRANGER, previous="h2"))
        assert doubts(found[3]) == {"other_signer"}
    # nor by signing the region's own package beside the region's own people first
    beside = came(2, signer("Sekretaris"), STRANGER, package="p1")
    found = settled(came(1), beside, came(3, STRANGER, previous="h2"))
    assert doubts(found[3]) == {"other_signer"}
    assert settled(came(1), between)[2].current


def test_a_package_of_another_region_in_between_is_told():
    middle = came(2, region="35.07", previous="h1")
    assert doubts(settled(came(1), middle, came(3, previous="h2"))[3]) == {"other_region"}


def test_a_training_signature_puts_nothing_real_aside():
    trial = signer("Sekretaris", certificate="trial", test=True)
    found = settled(came(1), came(3, trial, previous="h1", result="valid-with-notes"))
    assert (found[1].current, found[1].rivals, found[3].current) == (True, (3,), False)
    # nor beside a stranger's, nor does one in the name of the region's own people hide the stranger
    both = came(3, STRANGER, trial, previous="h1", result="valid-with-notes")
    found = settled(came(1), both)
    assert (found[1].current, found[3].current) == (True, False)
    assert "other_signer" not in doubts(found[1])
    assert "other_signer" in doubts(found[3])


def test_who_trained_before_may_hand_in_without_a_doubt():
    trial = came(1, signer("Peserta", test=True), result="valid-with-notes")
    found = settled(trial, came(2, previous="h1"))
    assert (found[2].current, found[2].doubts, found[2].rivals) == (True, (), ())


def test_a_namesake_is_told_with_both_certificates():
    found = settled(came(1), came(2, signer("Sekretaris", certificate="x" * 60 + "4711"), previous="h1"))
    (doubt,) = found[2].doubts
    assert doubt.id == "submission.standing.other_certificate"
    assert str(doubt.params["now"]).endswith("4711")


def test_who_only_trains_in_the_name_of_the_one_before_is_no_namesake():
    """A stranger's package bore a trainee's closing in the secretary's name: a renewal, said the doubt."""
    trainee = signer("Sekretaris", certificate="trial", test=True, asked=False)
    (told,) = settled(came(1), came(2, STRANGER, trainee, previous="h1"))[2].doubts
    assert told.id == "submission.standing.other_signer"
    assert told.params == {"now": "Orang Lain", "before": "Sekretaris"}
    own = came(1, result="incomplete")
    (told,) = settled(own, came(2, STRANGER, trainee))[2].doubts
    assert told.params["now"] == "Orang Lain"
    # where nobody real has closed it, it is told that they train
    (told,) = settled(came(1), came(2, trainee, previous="h1"))[2].doubts
    assert "Uji, tidak tersertifikasi" in render(told, Language.ID)


def test_a_package_closed_once_more_by_somebody_else_contradicts_the_first():
    found = settled(came(1), came(2, STRANGER, package="p1"))
    assert (found[1].current, found[1].rivals) == (True, (2,))
    assert (found[2].current, found[2].rivals) == (False, (1,))


def test_a_package_with_a_signature_added_is_no_second_one():
    found = settled(
        came(1), came(2, OWN, replace(signer("Kepala"), role="kepala"), package="p1", signed_at="000")
    )
    assert (found[2].current, found[2].rivals, found[1].rivals) == (True, (), ())
    # a second certificate for one office is nothing more that was asked, whoever came first
    found = settled(came(1), came(2, OWN, signer("Kepala"), package="p1"))
    assert (found[1].current, found[1].rivals, found[2].rivals) == (True, (2,), (1,))
    # but a training signature that was added makes nothing of it
    trial = signer("Peserta", test=True)
    found = settled(came(1), came(2, signer("Sekretaris"), trial, package="p1"))
    assert (found[1].current, found[1].rivals, found[2].rivals) == (True, (), ())


def test_a_genuine_package_that_is_only_late_is_not_passed_over_in_silence():
    own = came(1, result="incomplete")
    found = settled(own, came(2, STRANGER))
    assert (found[2].current, doubts(found[2])) == (True, {"beside"})
    assert settled(own, came(2))[2].doubts == ()


def test_where_nothing_counts_yet_a_stranger_gets_no_receipt_in_silence():
    own, other = came(1, result="incomplete"), came(2, STRANGER, result="incomplete")
    found = settled(own, other)
    assert receipt_of(tuple(found.values())) is found[2]
    assert (doubts(found[1]), doubts(found[2])) == (set(), {"of_others"})
    assert doubts(settled(own, replace(other, previous="h1"))[2]) == {"other_signer"}
    training = came(2, signer("Peserta", test=True), result="incomplete")
    found = settled(own, training)
    assert receipt_of(tuple(found.values())) is found[1]
    more = came(2, signer("Sekretaris"), signer("Bupati", asked=False), result="incomplete")
    assert [one.doubts for one in settled(own, more, came(3, result="incomplete")).values()] == [()] * 3
    # whom the package asked is missed where he has not signed the newest
    asked = replace(more, signers=(signer("Sekretaris"), signer("Bupati")))
    assert doubts(settled(own, asked, came(3, result="incomplete"))[3]) == {"of_others"}


def test_a_forged_register_whose_packages_follow_each_other_in_a_ring_is_read():
    found = settled(came(1, previous="h2"), came(2, previous="h1"))
    assert found[2].current


def test_whom_a_long_chain_of_strangers_puts_aside_is_still_named():
    found = [
        came(1),
        *(came(place, signer(f"Orang {place}"), previous=f"h{place - 1}") for place in range(2, 90)),
    ]
    last = settled(*found)[89]
    told = [each.params["before"] for each in last.doubts]
    assert "Sekretaris" in told
    assert "Orang 88" in told
    assert len(told) <= 20


@pytest.mark.slow
def test_thousands_that_follow_each_other_cost_no_more_each():
    for more in ({"result": "unsigned"}, {}):
        # a quarter of a second for 20,000; each walking the whole chain they took seventeen, and 1.6 GB
        costs = []
        for many in (500, 2_000):
            found = [came(place, previous=f"h{place - 1}", **more) for place in range(1, many + 1)]
            costs.append(steps(lambda found=found: settled(*found)))
            assert settled(*found)[many].follows == many - 1
        assert costs[1] < 6 * costs[0]


def test_hundreds_of_copies_by_the_same_people_are_one():
    found = settled(*(came(place, signer(f"Orang {place % 3}"), package="p") for place in range(1, 400)))
    assert sum(one.current for one in found.values()) == 1


@pytest.mark.slow
def test_one_package_closed_by_very_many_each_alone_costs_little_each():
    """Most of them told; also where somebody besides has closed each of them."""
    for others in ((), (UNASKED,)):
        costs = []
        for many in (60, 240):
            found = [came(1)]
            for place in range(2, many):
                alone = signer(f"Orang {place}", asked=False)
                found.append(came(place, alone, *others, package="p1", first_seen="001"))
            costs.append(steps(lambda found=found: settled(*found)))
            assert len(settled(*found)[1].rivals) == many - 2
        assert costs[1] < 24 * costs[0]


UNASKED = signer("Orang Lain", asked=False)


def orders(*found: Entry):
    """The same packages in every order of coming and of names."""
    for order in itertools.permutations(range(len(found))):
        moved = [replace(one, first_seen=f"{place:03d}") for one, place in zip(found, order, strict=True)]
        yield settled(*(moved[place] for place in order))


def test_a_package_that_came_twice_is_put_aside_as_one():
    """P1; the same with a signature, a timestamp or closed once more; and P2, which follows either."""
    first = came(1)
    for more in ((signer("Sekretaris"), signer("Kepala")), (signer("Sekretaris"),)):
        for before in ("h1", "h2"):
            for found in orders(first, came(2, *more, package="p1"), came(3, previous=before)):
                told = [(found[each].current, found[each].rivals) for each in (1, 2, 3)]
                assert told == [(False, ()), (False, ()), (True, ())], (more, before)


def test_a_revision_opened_again_for_a_signature_follows_what_was_handed_in():
    """P1; P2 that replaces it, closed; and P2 once more, with a document signed by one more of its people."""
    late = Signer("buku.pdf", "mayor", "Bupati", "", "Penerbit", "of Bupati", "", False, "", False, True)
    again = came(3, signer("Sekretaris"), late, package="p2", previous="h1")
    for between in ((), (came(2, previous="h1"),)):
        for found in orders(came(1), *between, again):
            told = {each: (one.follows, one.current, one.rivals, one.doubts) for each, one in found.items()}
            assert told.pop(1) == (0, False, (), ())
            assert told.pop(3) == (1, True, (), ())
            assert told == ({2: (1, False, (), ())} if between else {})


def test_what_was_replaced_counts_no_more_when_a_stranger_has_signed_it_as_well():
    """His signature is of today, and any package can be had by anybody."""
    beside, instead = (signer("Sekretaris"), UNASKED), (UNASKED,)
    for signers in (beside, instead):
        again = came(9, *signers, package="p1", result="valid-with-notes")
        for found in orders(came(1), came(2, previous="h1"), again):
            first = found[9].first_seen < found[1].first_seen
            # whom nobody asked may be the region's own, if that came before
            told = signers is instead and first
            assert (found[2].current, bool(found[2].rivals), bool(found[9].rivals)) == (True, told, told)
            assert doubts(found[2]) == set()
    # by the same name, or by whom the package did ask for: a person has to look
    namesake = came(9, signer("Sekretaris", certificate="other"), package="p1")
    found = settled(came(1), came(2, previous="h1"), namesake)
    assert (found[2].current, found[2].rivals, found[9].rivals) == (True, (9,), (2,))


def test_a_stranger_puts_nothing_aside_by_closing_it_himself_first():
    for asked in (True, False):
        instead = came(2, signer("Orang Lain", asked=asked), package="p1")
        found = settled(came(1), instead, came(3, STRANGER, previous="h2"))
        assert found[3].rivals == (1,), asked
    # whom nobody asked was the region's own: what came first goes before what others made of it
    own = came(1, signer("Pengganti", asked=False))
    for other in (UNASKED, signer("Sekretaris")):
        found = settled(own, came(2, other, package="p1"), came(3, other, previous="h2"))
        assert found[3].rivals == (1,)
    found = settled(
        own, came(2, signer("Pengganti", asked=False), previous="h1"), came(3, UNASKED, package="p1")
    )
    assert (found[2].current, found[3].current) == (True, False)
    # nor by a chain of training signatures
    trial = signer("Peserta", test=True)
    copy = came(2, signer("Sekretaris"), trial, package="p1")
    found = settled(came(1), copy, came(3, trial, previous="h2"))
    assert found[1].current


def test_of_one_sealed_package_that_counts_which_came_first():
    """Anybody can take the last signature away, and whoever is certified can add one."""
    for found in orders(came(1), came(2, signer("Sekretaris"), UNASKED, package="p1")):
        first = found[1].first_seen < found[2].first_seen
        assert (found[1].current, found[1].rivals, found[2].rivals) == (first, (), ())
    at_once = came(2, signer("Sekretaris"), UNASKED, package="p1", first_seen="001")
    assert settled(came(1), at_once)[1].current
    for found in orders(came(1), came(2, UNASKED, package="p1")):
        told = found[2].first_seen < found[1].first_seen
        assert (found[1].current, bool(found[1].rivals), bool(found[2].rivals)) == (True, told, told)


def test_a_copy_that_differs_in_its_bytes_alone_takes_no_place():
    """An outsider's clock leaves a note; without one, as where it is packed anew, his is only later."""
    unknown = Told(
        "note", "note.timestamp_unknown", Message("submission.note.timestamp_unknown", authority="x")
    )
    noted = {"result": "valid-with-notes", "reasons": (unknown,)}
    for changed in ({}, noted):
        for who in (OWN, replace(OWN, timestamped=True)):
            for sha256 in ("a", "z"):
                found = settled(came(1), came(2, who, package="p1", sha256=sha256, **changed))
                assert (found[1].current, found[2].current) == (True, False)
                assert (found[1].alike, found[2].alike) == ((("/2.asice", sha256),), (("/1.asice", "h1"),))
                assert (found[1].copies, found[2].copies) == ((), ()), "no bytes are the same"
                assert (found[1].doubts, found[1].rivals) == ((), ())
    # nor where the one with more notes came first
    found = settled(came(1, **noted), came(2, package="p1"))
    assert (found[2].current, found[2].doubts, found[2].alike) == (True, (), (("/1.asice", "h1"),))
    # what was read here came before what others say that they read
    said = came(2, package="p1", first_seen="000", came="~")
    assert settled(came(1, came="0009"), said)[1].current


@pytest.mark.parametrize("code", [
    "trust.crl.outdated", "trust.crl.future",
    "note.expired_since", "note.no_plan", "note.old_rules", "note.no_time",
])  # fmt: skip
def test_what_hangs_on_what_is_attached_in_a_copy_or_lacks_is_told_of_no_other(code):
    """Whoever carries a package attaches an old public list, or takes the clock's time away."""
    noted = {"result": "valid-with-notes", "reasons": (Told("note", code, Message(f"submission.{code}")),)}
    found = settled(came(1), came(2, package="p1", **noted))
    assert (found[1].current, found[1].doubts, found[1].alike) == (True, (), (("/2.asice", "h2"),))


def test_what_others_judged_is_heard_after_what_was_judged_here():
    elsewhere = Told("note", "register.other_basis", Message("submission.register.other_basis"))
    other = Told("note", "note.other_office", Message("submission.note.other_office"))
    theirs = came(1, result="valid-with-notes", reasons=(elsewhere,))
    own = came(2, package="p1", result="valid-with-notes", reasons=(other, other))
    assert settled(replace(theirs, proven=False), own)[2].current
    # but what was judged here, before a newer list was at hand, proves what it did, and its notes are told
    early = Told("note", "note.before_sealing", Message("submission.note.before_sealing"))
    stamped = replace(signer("Sekretaris"), stamped_at="000")
    stale = came(1, stamped, result="valid-with-notes", reasons=(elsewhere, early))
    found = settled(stale, came(2, package="p1"))
    assert (found[1].current, doubts(found[2])) == (True, {"same_noted"})
    found = settled(replace(stale, signers=(signer("Sekretaris"),)), came(2, package="p1"))
    assert (found[2].current, [each.params["note"] for each in found[2].doubts]) == (True, [early.message])
    # nor is it behind a copy for not having been judged anew
    found = settled(came(1, result="valid-with-notes", reasons=(elsewhere,)), came(2, package="p1"))
    assert (found[1].current, found[1].doubts, found[2].doubts) == (True, (), ())


def test_what_others_judged_is_told_whatever_it_is_said_to_be():
    """It was passed over as the same package, as older, or as what something cut off here follows."""
    elsewhere = Message("submission.standing.elsewhere", n=1, file="1.asice")
    for theirs in (came(1, OWN, UNASKED, proven=False), came(1, proven=False, result="valid-with-notes")):
        for result in ("valid", "incomplete"):
            for people in (OWN, STRANGER):
                found = settled(theirs, came(2, people, package="p1", result=result))
                assert found[2].doubts == (elsewhere,)
                found = settled(theirs, came(2, people, previous="h1", result=result))
                assert (found[2].doubts, found[2].follows) == ((elsewhere,), 1)
    cut = came(3, previous="h2", result="incomplete")
    found = settled(came(1), came(2, previous="h1", proven=False), cut)
    assert (doubts(found[1]), doubts(found[3])) == ({"elsewhere"}, set())
    # of another region that was judged here too, where something here is that or follows it
    for more in {"package": "p1"}, {"previous": "h1"}:
        found = settled(came(1, region="35.07", proven=False), came(2, region="35.07"), came(3, **more))
        assert (doubts(found[2]), doubts(found[3])) == ({"elsewhere"}, {"elsewhere"})
    # few are named, all are counted; rivals say it too
    many = [came(n, proven=False) for n in range(1, 6)]
    found = settled(*many, came(8), came(9, STRANGER))
    assert [each.doubts[-1].params for each in (found[8], found[9])] == [
        {"n": 5, "file": "1.asice, 2.asice, 3.asice"}
    ] * 2  # fmt: skip


def test_what_proves_a_certificate_withdrawn_is_told_of_every_file_of_that_package():
    """The issuer's list lay in one file, which was refused; the same without it counted beside that."""
    why = dict.fromkeys(("revoked", "revoked_unproven", "key_stolen"), 1) | {"unknown": 0}
    for reason, n in why.items():
        whose = {"holder": "Sekretaris", "certificate": "of Sekretaris"}
        because = Message(f"trust.path.{reason}")
        message = Message("submission.signature.untrusted", **whose, reason=because)
        refused = Told("refusal", "signature.untrusted", message)
        listed = {"result": "refused", "package": "p1", "reasons": (refused,)}
        found = settled(came(1), came(2, **listed), came(3, STRANGER), came(4, region="35.07"))
        assert [each.params["note"] for each in found[1].doubts] == [message] * n
        assert not found[3].doubts
        assert not found[4].doubts
        assert not settled(came(1), came(2, proven=False, **listed))[1].doubts


@pytest.mark.parametrize("said", ["trust.path.revoked", "trust.path.revoked_unproven"])
def test_a_certificate_withdrawn_after_its_signature_says_nothing_of_another_file(said):
    """In a copy a clock gave a later time, behind the day on which another certificate took its place.

    Or none did, and the signer himself wrote an earlier one: by his word alone it is as old as he likes.
    """
    day = dt.datetime(2026, 12, 14, tzinfo=dt.UTC)

    def told(seen: str, stamped: str, *reasons: str) -> int:
        noted = [
            Told("refusal", "signature.untrusted", Message(
                "submission.signature.untrusted", holder="Sekretaris", certificate="of Sekretaris",
                reason=Message(said, moment=day, reason=Message(f"trust.reason.{why}")),
            ))
            for why in reasons
        ]  # fmt: skip
        files = [
            came(2 + place, result="refused", package="p1", reasons=(each,))
            for place, each in enumerate(noted)
        ]
        seen, stamped = (each and f"2026-12-{each}T00:00:00+00:00" for each in (seen, stamped))
        who = replace(signer("Sekretaris"), claimed_at="2026-11-24T00:00:00+00:00", stamped_at=stamped)
        return len(settled(came(1, who, first_seen=seen), *files)[1].doubts)

    assert told("13", "", "superseded") == told("15", "13", "superseded") == 0
    assert told("14", "", "superseded") == told("15", "", "superseded") == told("", "", "superseded") == 1
    assert told("15", "15", "superseded") == 1
    # of a key that was in other hands no date says anything, whatever else was said before
    assert told("13", "13", "superseded", "key_compromise") == 1
    assert told("13", "13", "ca_compromise", "superseded") == 1


@pytest.mark.parametrize(("stamped", "count"), [("13", 0), ("15", 1), ("", 1)])
def test_a_clock_over_the_closing_proves_the_documents_of_that_file(stamped, count):
    """The program itself asks a clock once, for the whole; the mayor's own signature has none then."""
    day = dt.datetime(2026, 12, 14, tzinfo=dt.UTC)
    why = Message("trust.path.revoked", moment=day, reason=Message("trust.reason.superseded"))
    message = Message("submission.signature.untrusted", holder="B", certificate="of B", reason=why)
    refused = Told("refusal", "signature.untrusted", message)
    mayor = replace(signer("B"), document="buku.pdf")
    closing = replace(OWN, stamped_at=stamped and f"2026-12-{stamped}T00:00:00+00:00")
    own = came(1, mayor, closing, first_seen="2026-12-18T00:00:00+00:00")
    found = settled(own, came(2, result="refused", package="p1", reasons=(refused,)))
    assert len(found[1].doubts) == count


def test_whichever_is_heard_it_is_told_that_others_have_closed_it_or_not():
    own, others = came(1), came(2, OWN, UNASKED, package="p1")
    for found in orders(own, others):
        (counts,) = (one for one in found.values() if one.current)
        kinds = {1: "closed_by_more", 2: "closed_by_fewer"}
        (doubt,) = counts.doubts
        assert doubt.id == f"submission.standing.{kinds[counts.id]}"
        assert doubt.params == {"names": "Orang Lain", "file": f"{3 - counts.id}.asice"}
    # where more of those who were asked closed it there is nothing to ask
    both = came(2, OWN, replace(signer("Kepala"), role="kepala"), package="p1")
    for found in orders(own, both):
        assert (found[2].current, found[2].doubts) == (True, ())
    # but who closed the one of fewer besides is told
    for found in orders(others, replace(both, id=3, sha256="h3")):
        assert (found[3].current, doubts(found[3])) == (True, {"closed_by_more"})
    # and one person with his signature for many roles hides nobody
    crowd = [came(n, OWN, replace(UNASKED, role=f"saksi{n}"), package="p1") for n in range(2, 14)]
    both = came(20, OWN, signer("Bupati", asked=False), package="p1")
    told = settled(own, *crowd, both)[1].doubts
    assert [(each.params["names"], each.params["file"]) for each in told] == [
        ("Orang Lain", "2.asice"), ("Bupati", "20.asice"),
    ]  # fmt: skip
    # nothing of other programs is known to be one package
    found = settled(came(1, package=""), came(2, OWN, UNASKED, package=""))
    assert not any(one.doubts or one.copies for one in found.values())


def test_a_region_seals_the_same_once_more_and_names_what_it_sealed_before():
    """Its id is that of the package before, for what it follows stands beside the content."""
    for wrong in ({}, {"result": "incomplete"}, {"signers": (UNASKED,)}):
        before = came(2, previous="h1", **wrong)
        for found in orders(came(1), before, came(3, package="p2", previous="h2")):
            assert (found[3].current, found[3].rivals, found[1].rivals, found[2].rivals) == (True, (), (), ())
            assert doubts(found[3]) == ({"other_signer"} if "signers" in wrong else set())
        found = settled(came(1), before, came(3, package="p2", previous="h2"), came(4, previous="h3"))
        assert (found[4].current, found[4].rivals) == (True, ())


def test_a_package_that_a_stranger_makes_follow_itself_puts_nothing_aside():
    for place, one in ((2, "p2"), (2, "p1"), (1, "p1"), (1, "p2")):
        itself = came(9, UNASKED, package=one, previous=f"h{place}", result="valid-with-notes")
        found = settled(came(1), came(2, previous="h1"), itself)
        assert (found[2].current, found[2].rivals, found[1].rivals) == (True, (), ()), (place, one)
    # nor makes it room for a plan of the stranger's own
    theirs, itself = came(3, STRANGER), came(9, UNASKED, package="p1", previous="h1")
    found = settled(came(1), theirs, itself)
    assert (found[3].current, 1 in found[3].rivals, found[1].rivals) == (True, True, (3,))


def test_what_one_container_of_a_plan_puts_aside_is_told_of_the_other_too():
    named = came(2, STRANGER, package="px", previous="h1")
    found = settled(came(1), named, came(3, STRANGER, package="px"))
    assert (found[3].current, doubts(found[3]), found[3].follows) == (True, {"other_signer"}, 1)


def test_a_stranger_takes_no_place_by_laying_his_own_signature_over_the_regions():
    """His over its people's, the same closed by himself alone, and his own plan, which names that."""
    namesake = signer("Sekretaris", certificate="of a namesake")
    for other in (UNASKED, namesake):
        for earlier in ("002", "001", "000"):
            own = came(1, signer("Sekretaris"), other, first_seen="001", result="valid-with-notes")
            alone = came(2, other, package="p1", result="incomplete", first_seen=earlier)
            found = settled(own, alone, came(3, other, previous="h2", first_seen="002"))
            assert found[3].current
            if other is UNASKED:
                assert (found[3].rivals, found[1].rivals) == ((1,), (3,))
            else:
                # the package did ask for one of that name: told as whom its revision lacks
                assert doubts(found[3]) == {"other_certificate"}


def test_a_training_signature_laid_over_a_real_package_makes_no_training_of_it():
    trainee = signer("Peserta", test=True, asked=False)
    own = came(1, signer("Sekretaris"), trainee, result="valid-with-notes")
    assert doubts(settled(own, came(3, STRANGER, previous="h1"))[3]) == {"other_signer"}
    assert settled(own, came(3, STRANGER))[3].rivals == (1,)
    assert settled(own, came(3, previous="h1"))[3].doubts == ()


def test_a_strangers_signature_over_what_lacks_something_takes_no_doubt_away():
    own = came(1, signer("Sekretaris"), UNASKED, result="incomplete")
    assert doubts(settled(own, came(3, STRANGER))[3]) == {"beside"}
    assert doubts(settled(own, came(3, STRANGER, result="incomplete"))[3]) == {"of_others"}


def test_of_incomplete_ones_the_receipt_is_for_what_follows_the_others():
    late = came(3, signer("Sekretaris"), UNASKED, package="p1", result="incomplete")
    found = settled(came(1, result="incomplete"), came(2, previous="h1", result="incomplete"), late)
    assert receipt_of(tuple(found.values())) is found[2]


# -- laws ----------------------------------------------------------------------------------------------
OWN = signer("Sekretaris")
STRANGERS = (
    signer("Orang Lain", asked=False),
    signer("Asing", asked=False),
    signer("Latihan", test=True, asked=False),
)
NAMESAKES = (signer("Sekretaris", certificate="other"), signer("Sekretaris", certificate="trial", test=True))


def chain(chance: Random, own: Signer, *results: str) -> list[Entry]:
    """What a region sent, each following the one before."""
    return [
        came(place, own, previous=f"h{place - 1}" if place > 1 else "", result=chance.choice(results))
        for place in range(1, chance.choice((2, 3, 4)))
    ]


def copied(chance: Random, place: int, one: Entry, *signers: Signer, names: Sequence[str] = ()) -> Entry:
    """One sealed package again, later; ``names``: what somebody wrote into it as the package before."""
    return came(
        place, *signers, package=one.package, previous=chance.choice((one.previous, *names)),
        first_seen=f"{int(one.first_seen) + chance.randint(1, 3):03d}",
        signed_at=f"{chance.randint(0, 20):03d}", result=chance.choice(("valid", "incomplete")),
    )  # fmt: skip


def some(chance: Random, signers: tuple[Signer, ...], own: Signer) -> list[Signer]:
    found = chance.sample(signers, chance.randint(0, 2)) + chance.choice(([], [own]))
    return found or [chance.choice(signers)]


@pytest.mark.parametrize("seed", range(3))
def test_strangers_signatures_on_copies_change_nothing(seed):
    """They are told alone."""
    chance = Random(seed)
    for _ in range(60):
        real = chain(chance, OWN, "valid")
        more = []
        for place in range(10, 10 + chance.randint(1, 5)):
            signers = some(chance, STRANGERS, OWN)
            names = () if OWN in signers else [one.sha256 for one in (*real, *more)]
            more.append(copied(chance, place, chance.choice(real), *signers, names=names))
        found = settled(*chance.sample([*real, *more], len(real) + len(more)))
        (current,) = (one for one in found.values() if one.current)
        assert (current.package, current.rivals) == (real[-1].package, ())
        assert doubts(current) <= {"closed_by_more"}


@pytest.mark.parametrize("seed", range(3))
def test_nothing_of_strangers_counts_without_a_word(seed):
    """Whatever they sign, put away and name: the region's own counts, or a person is told."""
    chance = Random(seed)
    for _ in range(60):
        own = chance.choice((OWN, signer("Pengganti", asked=False)))
        real = chain(chance, own, "valid", "valid-with-notes", "incomplete")
        more = []
        for place in range(10, 10 + chance.randint(1, 5)):
            signers = some(chance, STRANGERS + NAMESAKES, own)
            names = ["", *(one.sha256 for one in (*real, *more))]
            if chance.random() < 0.5:
                one = chance.choice(real if own in signers else (*real, *more))
                theirs = () if own in signers else names
                more.append(copied(chance, place, one, *signers, names=theirs))
                continue
            before = chance.choice(names)
            theirs = [one for one in signers if one is not own] or [STRANGERS[0]]
            more.append(came(place, *theirs, previous=before, signed_at=f"{chance.randint(0, 20):03d}"))
        found = settled(*chance.sample([*real, *more], len(real) + len(more)))
        current = next((one for one in found.values() if one.current), None)
        told = current is None or current.rivals or current.doubts
        assert told or current.package in {one.package for one in real}


@pytest.mark.parametrize("seed", range(3))
def test_an_honest_history_gives_nothing_to_be_told(seed):
    """Plans that follow each other, sealed once more in between, handed in twice, incomplete at first."""
    chance = Random(seed)
    for _ in range(60):
        found: list[Entry] = []
        package, previous, steps_ = 0, "", chance.randint(1, 4)
        for step in range(steps_):
            package += chance.random() < 0.7 or not step
            results = ("valid", "valid-with-notes", *(("incomplete",) * (step < steps_ - 1)))
            result, last = chance.choice(results), []
            for _copy in range(chance.choice((1, 1, 2))):
                last.append(
                    came(len(found) + 1, OWN, package=f"p{package}", previous=previous, result=result)
                )
                found.append(last[-1])
            previous = chance.choice(last).sha256
        out = settled(*chance.sample(found, len(found)))
        (current,) = (one for one in out.values() if one.current)
        assert current.id in {one.id for one in last}
        assert not any(one.rivals or one.doubts for one in out.values())


def test_who_signed_unasked_lets_no_newer_one_that_was_closed_as_asked_stand_back():
    """The secretary had signed the older one for a role nobody asks, and somebody else completed that."""
    elsewhere = signer("Sekretaris", asked=False)
    newer = came(2, result="incomplete", previous="h1")
    for who in (STRANGER, replace(STRANGER, asked=False)):
        found = settled(came(3, elsewhere, who, package="p1", result="valid-with-notes"), newer)
        assert found[3].current
        assert found[3].doubts, "that a newer one of the region lies there is told"


def test_a_trainee_in_the_asked_ones_name_lets_nothing_real_stand_back():
    """A new secretary had closed it; its carrier laid a trainee's closing in the old one's name over it."""
    trainee = signer("Sekretaris", certificate="trial", test=True)
    own = came(2, replace(signer("Sekretaris Baru"), asked=False), trainee, result="valid-with-notes")
    found = settled(came(1, STRANGER), own)
    assert found[1].rivals or found[2].rivals
    assert doubts(settled(own, came(3, STRANGER, previous="h2"))[3]) == {"other_signer"}


def test_a_trainee_in_the_asked_ones_name_makes_no_real_package_whoever_signed_beside_him():
    trainee = signer("Sekretaris", certificate="trial", test=True)
    real = signer("Sekretaris", asked=False)
    assert is_trial(came(1, trainee, real))
    assert not is_trial(came(1, replace(trainee, asked=False), real))
    assert not is_trial(came(1, trainee, signer("Sekretaris")))
    # nor in any other name, for a role that nobody real has closed it for
    anybody, elsewhere = replace(trainee, asked=False, holder="Peserta"), replace(real, role="mayor")
    for who in (elsewhere, replace(STRANGER, role="mayor", asked=False)):
        own = came(1, anybody, who, result="valid-with-notes")
        assert is_trial(own)
        assert own.to_look_at
    assert not is_trial(came(1, anybody, elsewhere, signer("Sekretaris")))


@pytest.mark.parametrize(
    ("stamped", "seen", "count"), [("24", "06", 0), ("", "24", 0), ("", "06", 1), ("30", "30", 1)]
)
def test_a_suspension_says_nothing_of_a_file_that_is_proven_from_before(stamped, seen, count):
    """A carrier took the clock's time out of a copy, and laid the public list of those days into it."""
    on = {
        "24": "2026-11-24T00:00:00+00:00",
        "30": "2026-11-30T00:00:00+00:00",
        "06": "2026-12-06T00:00:00+00:00",
    }
    said = Message(
        "trust.path.was_suspended", holder="Sekretaris",
        moment=dt.datetime(2026, 11, 29, tzinfo=dt.UTC), lifted=dt.datetime(2026, 12, 6, tzinfo=dt.UTC),
    )  # fmt: skip
    own = came(1, replace(signer("Sekretaris"), stamped_at=on.get(stamped, "")), first_seen=on[seen])
    noted = (Told("note", "trust.path.was_suspended", said),)
    copy = came(2, package="p1", reasons=noted, first_seen=on["06"])
    (_, _, notes), _ = told_of_copies([own, copy])
    assert len(notes) == count
