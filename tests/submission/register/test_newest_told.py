"""What a region sent last is asked about in a letter or told at the desk, whatever else lies there."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base import Message
from desktop.base.jobs import quiet
from desktop.base.placing import replacing
from desktop.submission import SealSigner, container_hash
from desktop.submission.frame.container import open_package
from desktop.submission.register.addressees import (
    asked_of,
    left_to_desk,
    of_no_region,
    receipt_of,
    refused_beside,
    to_look_at,
    told_of,
    wants_letter,
)
from desktop.submission.register.entry import UNSIGNED, Basis, Entry
from desktop.submission.register.examine import Sort
from desktop.submission.register.folders_here import folders_of
from desktop.submission.register.heard import arrived
from desktop.submission.register.reading import Signer, Told
from desktop.submission.register.run import receive, workers_here
from desktop.submission.register.store import DUE as DUE_SETTING
from desktop.submission.register.store import Register
from desktop.submission.register.succession import settle
from desktop.submission.register.words import remedy, remedy_here, standing
from desktop.submission.resealing import rewrite
from desktop.submission.signing import sign_pdfs
from desktop.submission.xades.writing import sign_xades
from desktop.trust import Anchors
from desktop.workspace.plan_data_form import PersonPart
from tests.effort import steps
from tests.submission.register.at_once import Slow
from tests.submission.register.many import DUE, IN_TIME, MAYOR, NOW, TEAM, Opened, plan
from tests.submission.register.test_succession import REGION, came, signer
from tests.trust import pki

STRANGER = signer("Orang Lain")
KEY = "signature.unknown"


def told(code: str, weight: str = "missing", **params: str) -> Told:
    return Told(weight, code, Message(f"submission.{code}", **params))


def unsigned(place: int, sort: Sort, **more: object) -> Entry:
    values = {
        "first_seen": f"{place:03d}",
        "came": f"{place:03d}",
        "reasons": (told(f"unsigned.{sort}"),),
        **more,
    }
    return Entry(place, f"/{place}", 1, sort, UNSIGNED, REGION, "", Basis.GUESSED, **values)


def package(place: int, *signers: Signer, **more: object) -> Entry:
    values = {"came": f"{place:03d}", "reasons": (), **more}
    return came(place, *signers, **values)


def refused(place: int, code: str = KEY, **more: object) -> Entry:
    about = {"holder": "Sekretaris", "role": "elder"} if code == KEY else {}
    values = {"reasons": (told(code, "refusal", **about),), **more}
    made = package(place, result="refused", **values)
    return replace(made, signers=(), basis=Basis.CLAIMED, judged="refused")


def incomplete(place: int, *signers: Signer, code: str = "missing.mandatory", **more: object) -> Entry:
    return package(place, *signers, result="incomplete", reasons=(told(code),), **more)


def sealed_only(place: int, *signers: Signer, **more: object) -> Entry:
    """Closed by nobody whom it asks; who signed a document of it, or for another role, may be known."""
    open_ = (told("missing.container_signature"),)
    made = package(place, result="sealed", reasons=open_, **more)
    return replace(made, signers=signers, basis=Basis.CLAIMED)


def cut(place: int, **more: object) -> Entry:
    return replace(refused(place, "zip.not_zip", package="", **more), basis=Basis.GUESSED)


def asked(*found: Entry) -> set[int]:
    here = settle(found)
    return {one.id for one, _ in asked_of(told_of(here)).about} if wants_letter(here) else set()


def figures(*found: Entry) -> tuple[int, ...]:
    here = settle(found)
    return to_look_at(here), refused_beside(here), of_no_region(here), left_to_desk(here)


# -- the law -----------------------------------------------------------------------------------------
HONEST = (
    "valid",
    "incomplete",
    "sealed",
    "refused",
    "the same refused",
    "cut",
    Sort.PDF,
    Sort.ARCHIVE,
    Sort.LINK,
    Sort.PACKED,
)
OTHERS = ("valid of another", "incomplete of another", "newer of another", "follows", "copied", "made")


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Entry], Entry | None]:
    """What came of one region, each by itself, and the last of it that the region itself sent."""
    found: list[Entry] = []
    own: list[Entry] = []
    for place in range(1, draw(st.integers(1, 5)) + 1):
        kind = draw(st.sampled_from((*HONEST, *OTHERS)))
        sealed = [one for one in own if one.package]
        before = sealed[-1].sha256 if sealed and draw(st.booleans()) else ""
        last = sealed[-1] if sealed else package(0)
        # of a signature that is not believed nobody makes one that is
        held = next((one for one in reversed(sealed) if one.signers), package(0))
        made: dict[object, Entry] = {
            "valid": package(place, previous=before),
            "incomplete": incomplete(place, previous=before),
            "sealed": sealed_only(place, previous=before),
            "refused": refused(place, previous=before),
            "the same refused": refused(place, package=last.package, previous=last.previous),
            "cut": cut(place),
            "valid of another": package(place, STRANGER),
            "incomplete of another": incomplete(place, STRANGER),
            "newer of another": incomplete(place, STRANGER, code="missing.data_newer", previous=before),
            "follows": package(place, STRANGER, previous=sealed[-1].sha256 if sealed else ""),
            "copied": replace(
                package(place, *held.signers, replace(STRANGER, asked=False)),
                package=held.package, previous=held.previous,
                result="valid" if held.accepted else "incomplete", reasons=held.reasons,
            ),
            "made": refused(place, "xades.digest", package=last.package),
        }  # fmt: skip
        one = made[kind] if kind in made else unsigned(place, Sort(kind))
        found.append(one)
        if kind in HONEST:
            own.append(one)
    return found, own[-1] if own else None


def came_in(found: list[Entry], runs: list[bool]) -> list[Entry]:
    """The same; each in the run of the one before it where that is said."""
    out: list[Entry] = []
    for one, same in zip(found, runs, strict=False):
        run = out[-1].came if out and same else one.came
        out.append(replace(one, came=run, first_seen=run))
    return out


@given(histories(), st.lists(st.booleans(), min_size=5, max_size=5), st.booleans())
def test_the_newest_is_told_whatever_came_in_one_run_and_was_sent_again(history, runs, again) -> None:
    """Of one run nobody knows what came first; and whoever sends a copy makes nothing newer by it."""
    found, last = history[0], history[1]
    if last is None:
        return
    found = came_in(found, runs)
    newest = next(one for one in found if one.id == last.id)
    if any(one.accepted and arrived(one) > arrived(newest) for one in found):
        return
    if again:
        copied = [
            replace(one, id=90 + one.id, sha256=f"again{one.id}", came="099", first_seen="099")
            for one in found
            if one.genuine
        ]
        noted = told("note.timestamp_unknown", "note")
        found = [
            replace(one, reasons=(*one.reasons, noted)) if one.genuine else one for one in found
        ] + copied
    here = settle(found)
    counting = next((one for one in here if one.current), None)
    if newest.result == "refused" and counting is not None and counting.package == newest.package:
        return  # of one run with what counts it is that, damaged on its way
    same = [one for one in here if one.id in {newest.id, 90 + newest.id}]
    given_for = receipt_of(here)
    assert (
        any(one.current or one.rivals or one.id in asked(*found) for one in same)
        or (given_for is not None and given_for in same)
        or any(figures(*found))
    )


@given(histories(), st.randoms(use_true_random=False))
def test_the_newest_of_a_region_is_asked_about_or_told(history, chance: Random) -> None:
    found, newest = history
    if newest is None or any(one.accepted and arrived(one) > arrived(newest) for one in found):
        return
    chance.shuffle(found)
    here = settle(found)
    (same,) = (one for one in here if one.id == newest.id)
    given_for = receipt_of(here)
    assert (
        same.current
        or same.rivals
        or newest.id in asked(*found)
        or (given_for is not None and given_for.id == newest.id)
        or any(figures(*found))
    )


# -- letters -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "later", [cut(2), unsigned(2, Sort.ARCHIVE), unsigned(2, Sort.LINK), unsigned(2, Sort.PDF)]
)
def test_what_came_after_an_incomplete_package_is_asked_about(later: Entry) -> None:
    """The letter said that the newest package of the region takes its place."""
    assert asked(incomplete(1), later) == {1, 2}
    assert asked(incomplete(1), refused(2, package="p1")) == {1, 2}
    assert asked(incomplete(1), replace(refused(2, package="p1"), came="001", first_seen="001")) == {1, 2}


def test_what_came_before_and_is_the_same_with_less_is_replaced() -> None:
    here = settle([incomplete(1), incomplete(2, previous="h1"), incomplete(3, previous="h2")])
    mine = asked_of(told_of(here))
    assert ({one.id for one, _ in mine.about}, mine.replaced) == ({3}, 2)
    broken = refused(1, "xades.digest", package="p2")
    assert asked(broken, incomplete(2)) == {2}
    # nor what more have signed: of a document, say
    more = replace(signer("Bupati"), document="buku.pdf")
    open_ = (told("missing.container_signature"),)
    sealed = replace(package(1, more, package="p2", result="sealed", reasons=open_), basis=Basis.CLAIMED)
    assert asked(sealed, incomplete(2)) == {1, 2}
    assert asked(replace(sealed, signers=()), incomplete(2)) == {2}


def test_a_letter_is_left_out_only_where_nothing_else_lies_there() -> None:
    """Anybody certified can seal a package for a newer program: nobody wrote to the region any more."""
    newer = incomplete(2, STRANGER, code="missing.data_newer")
    assert asked(unsigned(1, Sort.PDF), newer) == {1}
    assert figures(unsigned(1, Sort.PDF), newer) == (0, 0, 0, 1)
    assert asked(newer) == set()
    assert figures(newer) == (0, 0, 0, 1)
    # nor by naming what the region itself sent as the one before
    for own in (refused(1), incomplete(1)):
        assert asked(own, replace(newer, previous="h1")) == {1}


def test_loose_files_are_asked_about_beside_rivals() -> None:
    found = (package(1), unsigned(2, Sort.PDF), package(3, STRANGER))
    assert asked(*found) == {2}
    assert asked_of(told_of(settle(found))).replaced == 0


def test_nobodys_many_crowd_out_what_another_lacks() -> None:
    others = [incomplete(place, STRANGER) for place in range(10, 33)]
    here = settle([*others, incomplete(1), cut(2), unsigned(3, Sort.LINK)])
    order = [one.id for one, _ in asked_of(told_of(here)).about]
    assert set(order[:4]) == {32, 1, 2, 3}


@pytest.mark.parametrize("code", ["unsigned.unreadable", "register.not_yet"])
def test_what_this_computer_could_not_read_is_not_asked_of_a_region(code: str) -> None:
    """The region was told to seal and sign a package that is whole and signed."""
    reason = Told(
        "missing", code, Message("submission.register.unreadable", file="x", reason="Permission denied")
    )
    unread = unsigned(1, Sort.UNREADABLE, reasons=(reason,))
    assert asked(unread) == set()
    assert figures(unread) == (0, 0, 0, 1)
    large = Told("missing", code, Message("submission.register.too_large", file="x"))
    assert asked(replace(unread, reasons=(large,))) == {1}


# -- figures -----------------------------------------------------------------------------------------
@pytest.mark.parametrize("later", [
    cut(2), unsigned(2, Sort.ARCHIVE), unsigned(2, Sort.LINK), unsigned(2, Sort.PDF),
    refused(2, package="p1"), incomplete(2, previous="h1"),
])  # fmt: skip
def test_the_desk_hears_of_what_came_after_what_counts(later: Entry) -> None:
    assert figures(package(1), later) == (0, 1, 0, 0)
    assert figures(package(1), later, package(3, previous="h2" if later.previous else "h1")) == (0, 0, 0, 0)
    assert figures(package(1), replace(later, proven=False))[1] == 0


def test_the_desk_hears_of_the_regions_own_that_another_names_as_the_one_before() -> None:
    own = refused(1)
    assert figures(own, package(2, STRANGER)) == (0, 1, 0, 0)
    assert figures(own, package(2, STRANGER, previous="h1")) == (0, 1, 0, 0)
    # nor by a name: whoever had it in hand doubts it in his own
    assert figures(own, package(2, previous="h1")) == (0, 1, 0, 0)
    # by those whom it asked, with the same that is sealed
    assert figures(own, package(2, package="p1")) == (0, 0, 0, 0)
    person = Told("note", "note.other_person", Message("submission.note.other_person", holder="Sekretaris",
                  person="Tim", role="elder"))  # fmt: skip
    named = replace(own, reasons=(*own.reasons, person))
    assert figures(named, package(2, signer("Tim"), package="p1")) == (0, 0, 0, 0)
    # who only trains closes nothing, nor has he signed it
    other, trained = signer("Lain"), signer("Sekretaris", test=True)
    assert figures(own, package(2, other, trained, package="p1"))[1] == 1
    unasked = replace(other, asked=False)
    assert figures(refused(1, "content.changed"), package(2, unasked, trained, package="p1"))[1] == 1


@pytest.mark.parametrize("beside", [True, False])
def test_whoever_doubts_a_package_in_his_own_name_hides_nothing_of_it(desk, beside) -> None:
    """He laid a signature by a certificate that he had made himself, and named it as the one before his."""
    own, at = desk.inbox / "paket-18.07.asice", IN_TIME
    issuer = pki.make("Penerbit Buatan", ca=True, start=NOW - 900 * pki.DAY)
    made, real = (
        Opened(pki.make("Orang Kedua", by, start=NOW - 400 * pki.DAY), by)
        for by in (issuer, desk.keys.issuer)
    )
    sealed, keys = desk.sealed("18.07", 1), (desk.keys.team, made) if beside else (made,)
    with open_package(sealed) as source, replacing(own) as out:
        signed = (sign_xades(source.data_files(), key.signer, n, at, (TEAM,)) for n, key in enumerate(keys))
        rewrite(quiet, source, out, {}, None, tuple(signed))
    desk.read()
    people = tuple(
        PersonPart(id=role, name=name, office={"id": name}, role=role, agency="", nip="", acting="")
        for role, name in ((TEAM, "Orang Kedua"), (MAYOR, "Bupati"))
    )
    package = desk.sealed(
        "18.07", 3, data=plan("18.07", 3, people=people), previous=container_hash(own),
        signers=(SealSigner(TEAM, "Orang Kedua", "Orang Kedua"),),
    )  # fmt: skip
    desk.close(package, desk.inbox / "lain.asice", real)
    desk.read(now=NOW + dt.timedelta(hours=1))
    listed = desk.listed()
    assert (listed[own.name].result, listed["lain.asice"].current) == ("refused", True)
    assert refused_beside(listed.values()) == 1


@pytest.mark.parametrize("code", ["content.changed", "xades.digest", "data.differs"])
def test_what_is_refused_for_what_is_in_it_is_heard_of_whoever_names_it(code: str) -> None:
    """Whoever carried the damaged package named it as the one before his own, and nobody heard of it."""
    own = refused(1, code)
    assert figures(own, package(2, STRANGER, previous="h1")) == (0, 1, 0, 0)
    assert figures(own, package(2, previous="h1")) == (0, 1, 0, 0)
    # the same, whole, is what it was
    whole = package(2, package="p1")
    assert figures(own, whole) == (0, 0, 0, 0)
    assert figures(own, whole, package(3, previous="h2")) == (0, 0, 0, 0)
    # but not where somebody has closed it whom it does not ask
    unasked = replace(package(2, replace(STRANGER, asked=False), package="p1"), basis=Basis.CLAIMED)
    assert figures(own, unasked) == (0, 1, 0, 0)


@pytest.mark.parametrize(
    "by",
    [(), (replace(signer("Bupati"), document="buku.pdf"),), (replace(signer("Sekretaris"), asked=False),)],
)
def test_what_nobody_has_closed_is_heard_of_whoever_names_it(by: tuple[Signer, ...]) -> None:
    """An official of another region named it as the one before his own, and it was in no figure."""
    own, his = sealed_only(2, *by), package(3, STRANGER, previous="h2")
    at_once = replace(own, came="003", first_seen="003")
    later = replace(own, came="004", first_seen="004")
    for one in (at_once, later):
        assert figures(one, his)[1] == 1
        assert figures(one, package(3, STRANGER))[1] == 1
    # a letter about his own asks for the region's as well
    half = incomplete(3, STRANGER, previous="h2")
    assert asked(at_once, half) == asked(later, half) == {2, 3}
    # nor does he take it up by closing a copy of it himself
    at_last = {"came": "003", "first_seen": "003"}
    copy = package(4, *by, replace(STRANGER, asked=False), package="p2", result="valid-with-notes", **at_last)
    copy = replace(copy, basis=Basis.CLAIMED)
    assert figures(at_once, copy, package(5, STRANGER, previous="h4", **at_last))[1] == 1
    # what came before is taken up, and the same once more
    assert figures(own, his) == (0, 0, 0, 0)
    assert asked(own, incomplete(3, previous="h2")) == {3}
    assert figures(sealed_only(2, came="003", first_seen="003"), package(3, package="p2"))[1] == 0


def test_what_names_nobody_is_heard_of_whoever_closes_it() -> None:
    """A region's own had its officials not filled in: another one's official closed it, and named that."""
    own = sealed_only(2, came="003", first_seen="003")
    at_once = {"came": "003", "first_seen": "003"}
    whose = told("note.nobody_named", "note", holder="Orang Lain", role="elder")
    for each in (whose, told("note.more", "note")):
        copy = package(4, STRANGER, package="p2", result="valid-with-notes", reasons=(each,), **at_once)
        his = package(5, STRANGER, previous="h4", **at_once)
        assert figures(own, copy, his) == (0, 1, 0, 0)
        # but the very package that counts takes up what it was before anybody had closed it
        assert figures(own, copy) == (0, 0, 0, 0)
    # and where somebody else is named there, or nobody for another office
    other = (told("note.nobody_named", "note", holder="Bupati", role="mayor"),)
    assert figures(own, replace(copy, reasons=other), his) == (0, 0, 0, 0)


def test_a_document_that_somebody_signed_once_vouches_for_no_package() -> None:
    """A letter that the secretary had signed was laid into a package that another one closed."""
    letter = replace(signer("Sekretaris"), document="surat.pdf")
    assert figures(refused(1), package(2, STRANGER, letter, previous="h1")) == (0, 1, 0, 0)
    # of the same sealed package, closed by whom it asks, it is whose certificate was not known
    half = package(2, signer("Tim"), package="p1")
    assert figures(refused(1), half) == (0, 1, 0, 0)
    assert figures(refused(1), replace(half, signers=(*half.signers, letter))) == (0, 0, 0, 0)


def test_a_damaged_package_is_heard_of_though_another_official_names_it(desk) -> None:
    own = desk.inbox / "18.07.asice"
    desk.bit_turned("18.07", 2, own)
    desk.read()
    other = Opened(pki.make("Pejabat Lain", desk.keys.issuer, start=NOW - 400 * pki.DAY), desk.keys.issuer)
    made = desk.sealed("18.07", 3, previous=container_hash(own))
    desk.close(made, desk.inbox / "kiriman.asice", other)
    desk.read(now=NOW + dt.timedelta(hours=1))
    assert desk.listed()["kiriman.asice"].current
    assert refused_beside(desk.listed().values()) == 1


def test_what_nobody_closed_but_for_training_says_so_at_its_row() -> None:
    """It was counted among those whose reason stands beside their rows."""
    trial = package(1, signer("Peserta", test=True))
    assert "submission.standing.training" in {each.id for each in standing(trial)}
    assert "submission.standing.training" not in {each.id for each in standing(package(1))}
    # nobody closed it at all: its documents alone are signed
    half = package(1, replace(signer("Peserta", test=True), document="buku.pdf"))
    told = {each.id.rpartition(".")[2] for each in standing(half)}
    assert told & {"training", "not_closed"} == {"not_closed"}


def test_of_one_run_all_that_does_not_count_is_told_but_papers() -> None:
    """An incomplete package of the same people, found together with what counts, was in no figure."""
    late = incomplete(2, code="missing.late")
    sealed = replace(incomplete(2), result="sealed", signers=(), basis=Basis.CLAIMED)
    letter = unsigned(2, Sort.PDF, papers=True)
    for other in (incomplete(2), late, sealed, cut(2), unsigned(2, Sort.FOLDER)):
        assert figures(package(1), replace(other, came="001", first_seen="001"))[1] == 1
    assert figures(package(1), replace(letter, came="001", first_seen="001"))[1] == 0
    assert figures(package(1), letter)[1] == 1
    # the same with fewer signatures, and what it follows, it takes the place of
    more = package(1, signer("Sekretaris"), replace(signer("Bupati"), role="mayor"))
    half = replace(incomplete(2, package="p1"), came="001", first_seen="001")
    assert figures(more, half)[1] == 0
    assert figures(incomplete(1, came="002", first_seen="002"), package(2, previous="h1"))[1] == 0


def test_what_came_since_is_told_whoever_sends_what_counts_again() -> None:
    """With less attached to it a copy counts, and all that came before it was told no more."""
    noted = package(1, result="valid-with-notes", reasons=(told("note.timestamp_unknown", "note"),))
    again = replace(package(3), package="p1")
    for later in (incomplete(2), cut(2), unsigned(2, Sort.PDF)):
        assert figures(noted, later) == figures(noted, later, again) == (0, 1, 0, 0)
        assert {one.id for one in settle([noted, later, again]) if one.current} == {3}
    # nor is a region asked for what it has sent since, damaged on its way
    half = incomplete(1)
    half = replace(half, reasons=(*half.reasons, told("note.timestamp_unknown", "note")))
    better, once_more = refused(2, "content.changed", package="p1"), incomplete(3, package="p1")
    assert asked(half, better) == {1, 2}
    assert asked(half, better, once_more) == {2, 3}


def test_what_came_later_into_the_folder_of_what_counts_is_told() -> None:
    """A revision as a PDF or Word beside it was an attachment that nobody heard of."""
    one = replace(package(2), beside=1, attached=("revisi.pdf",))
    assert figures(replace(one, last_attached="002"))[1] == 0
    assert "submission.standing.later_files" not in {each.id for each in standing(one)}
    later = replace(one, last_attached="003")
    assert figures(later)[1] == 1
    assert "submission.standing.later_files" in {each.id for each in standing(later)}
    # what came with the package that counts lies beside an earlier one of the same folder
    assert figures(replace(package(1), last_attached="002"), package(2, previous="h1"))[1] == 0


def test_what_lies_beside_what_counts_takes_no_longer_than_there_is_of_it() -> None:
    """The figure went through all of a region's things once for each of them."""

    def effort(many: int) -> int:
        here = settle([package(many + 1), *(unsigned(place, Sort.PDF) for place in range(1, many + 1))])
        assert refused_beside(here) == 0
        return steps(lambda: refused_beside(here))

    assert effort(400) < 5 * effort(100)


# -- at the desk -------------------------------------------------------------------------------------
@pytest.mark.slow
def test_a_second_try_that_is_refused_is_asked_about_as_well(desk) -> None:
    """The mayor signed, by an issuer not known here: he was asked once more to sign, not how."""
    sealed, half = desk.sealed("18.07", 1, pdf=True), desk.work / "half.asice"
    desk.close(sealed, desk.inbox / "1.asice", desk.keys.team)
    sign_pdfs(quiet, sealed, half, desk.keys.stranger, MAYOR, Anchors(), IN_TIME, other_holder=True)
    desk.close(half, desk.inbox / "2.asice", desk.keys.team)
    desk.read()
    about = {
        one.name: [each.code for each in reasons]
        for one, reasons in asked_of([*desk.listed().values()]).about
    }
    assert about == {"1.asice": ["missing.pdf_signature"], "2.asice": [KEY]}


def test_who_seals_in_a_regions_name_hides_nothing_of_its_own(desk) -> None:
    own = desk.inbox / "paket-18.07.asice"
    desk.close(desk.sealed("18.07", 1), own, desk.keys.stranger)
    desk.read()
    people = tuple(
        PersonPart(id=role, name=name, office={"id": name}, role=role, agency="", nip="", acting="")
        for role, name in ((TEAM, "Orang Kedua"), (MAYOR, "Bupati"))
    )
    other = Opened(pki.make("Orang Kedua", desk.keys.issuer, start=NOW - 400 * pki.DAY), desk.keys.issuer)
    package = desk.sealed(
        "18.07", 3, data=plan("18.07", 3, people=people), previous=container_hash(own),
        signers=(SealSigner(TEAM, "Orang Kedua", "Orang Kedua"),),
    )  # fmt: skip
    desk.close(package, desk.inbox / "lain.asice", other)
    desk.read()
    assert desk.listed()["lain.asice"].current
    assert refused_beside(desk.listed().values()) == 1


def test_a_revision_laid_beside_a_package_days_later_is_told(desk) -> None:
    """Until it is moved with it: what was read once came when it was."""
    folder = desk.inbox / "18.07 Kabupaten Lampung Timur"
    folder.mkdir()
    desk.signed("18.07", 1, folder / "paket.asice")
    (folder / "surat pengantar.pdf").write_bytes(b"%PDF-1.4 surat")
    desk.read()
    assert refused_beside(desk.listed().values()) == 0
    moved = folder.with_name("18.07 Lampung Timur")
    folder.rename(moved)
    desk.read()
    assert refused_beside(desk.listed().values()) == 0
    (moved / "Masterplan REVISI.pdf").write_bytes(b"%PDF-1.4 revisi")
    desk.read()
    (one,) = [each for each in desk.listed().values() if each.current]
    assert (one.beside, refused_beside(desk.listed().values())) == (2, 1)


def test_a_cameras_photos_are_of_no_region_and_go_with_the_package(desk) -> None:
    """Seventeen Regents were written to who had sent nothing."""
    folder = desk.inbox / "Kiriman 24 November"
    folder.mkdir()
    desk.signed("18.07", 1, folder / "paket.asice")
    for number in range(1100, 1118):
        (folder / f"IMG_{number}.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes([number % 256]) * 300)
    desk.read()
    (one,) = desk.listed().values()
    assert (one.name, one.beside, refused_beside([one])) == ("paket.asice", 18, 0)


@pytest.mark.slow
def test_what_ran_out_is_the_desks_own_until_it_was_read_patiently(desk, monkeypatch) -> None:
    """Officials were asked to sign again what the desk's computer was too slow for."""
    desk.signed("18.07", 1, desk.inbox / "18.07.asice")
    with monkeypatch.context() as patch:
        patch.setattr("desktop.submission.register.run.Crew", Slow)
        desk.read()
        (one,) = desk.listed().values()
        assert (one.result, one.ran_out, wants_letter([one]), left_to_desk([one])) == (
            "refused",
            True,
            False,
            1,
        )
        assert remedy_here(one, one.reasons[0]).id == "submission.remedy.more_time"
        receive(quiet, desk.register, [desk.inbox], desk.keys.anchors, 1, NOW, patient=True)
        for _ in range(2):
            (one,) = desk.listed().values()
            assert "register.read_patiently" in {each.code for each in one.reasons}
            assert (one.ran_out, wants_letter([one]), left_to_desk([one])) == (False, True, 0)
            assert remedy_here(one, one.reasons[0]) == remedy("limit.time")
            # with less time it says nothing new
            desk.read()
    desk.read()
    (one,) = desk.listed().values()
    assert (one.result, one.ran_out) == ("valid", False)


@pytest.mark.slow
def test_what_ran_out_when_it_was_read_anew_is_read_with_more_time(desk, monkeypatch, tmp_path) -> None:
    """By the folder in which it lies, whatever folder was read last, and called as it was here."""
    desk.signed("18.07", 1, desk.inbox / "a.asice")
    desk.stranger("18.08", 2, desk.inbox / "b.asice")
    link = tmp_path / "masuk"
    link.symlink_to(desk.inbox)
    desk.read(link)
    more = pki.believe(pki.make("Root Baru", ca=True))
    wider = Anchors((*desk.keys.anchors.anchors, *more.anchors), desk.keys.anchors.crls)
    with monkeypatch.context() as patch:
        patch.setattr("desktop.submission.register.run.Crew", Slow)
        desk.read(link, anchors=wider)
    empty = tmp_path / "lain"
    empty.mkdir()
    desk.read(empty, anchors=wider)
    found = desk.listed()
    # what was refused by what was known before may be so no more, and nobody knows
    assert {name: (one.result, one.ran_out) for name, one in found.items()} == {
        "a.asice": ("valid-with-notes", True), "b.asice": ("refused", True),
    }  # fmt: skip
    assert not wants_letter([found["b.asice"]])
    with Register(desk.register, read_only=True) as register:
        half = [one.path for one in found.values() if one.ran_out]
        assert register.last_folders() == (empty,)
        assert folders_of(register, half) == (link,)
        assert folders_of(register, ()) == ()
    ran = receive(quiet, desk.register, [link], wider, 1, NOW, patient=True)
    assert (ran.judged, any(one.ran_out for one in desk.listed().values())) == (2, False)


def test_few_files_at_once_have_much_memory(monkeypatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 16)
    assert (workers_here(), workers_here(patient=True)) == (8, 2)


@pytest.mark.parametrize("kind", ["late", "open"])
def test_an_older_one_sent_again_behind_the_newer_hides_it_from_nobody(desk, kind):
    """The region's newer package is late or has open entries; whoever has the older one needs no key."""
    with Register(desk.register, create=True) as register:
        register.keep_setting(DUE_SETTING, DUE.isoformat())
    older = desk.work / "v1.asice"
    moment = DUE + dt.timedelta(days=1) if kind == "late" else IN_TIME + dt.timedelta(hours=2)
    desk.signed("18.07", 1, older)
    newer = desk.sealed("18.07", 2, open_mandatory=7 * (kind == "open"))
    desk.close(newer, desk.inbox / "v2.asice", desk.keys.team, moment)
    desk.read()
    shutil.copyfile(older, desk.inbox / "v1.asice")
    desk.read(now=NOW + dt.timedelta(hours=1))
    here = desk.listed()
    assert [here[name].current for name in ("v1.asice", "v2.asice")] == [True, False]
    assert refused_beside(here.values()) == 1


@pytest.mark.parametrize("hidden", ["in its place", "training"])
def test_what_was_signed_later_is_heard_of_whatever_is_laid_over_it(hidden: str) -> None:
    """The older one under its very name, or a signature of somebody who took part in a course."""
    older = replace(package(2), current=True, signed_at="2026-11-01T00:00:00+00:00")
    newer = replace(incomplete(1), signed_at="2026-11-02T00:00:00+00:00")
    if hidden == "training":
        newer = replace(newer, signers=(*newer.signers, signer("Peserta", test=True)))
    else:
        newer = replace(newer, vanished=True)
    assert refused_beside([older, newer]) == 1
    assert refused_beside([older, replace(newer, signed_at="2026-10-02T00:00:00+00:00")]) == 0


def test_so_is_what_nobody_asked_has_closed_where_the_same_one_closed_what_counts() -> None:
    """A new secretary closes what still names the old one; whoever had the older one sent it again."""
    new = replace(signer("Sekretaris Baru"), asked=False)
    older = replace(package(2, new), current=True, signed_at="2026-11-01T00:00:00+00:00")
    newer = replace(incomplete(1, new), signed_at="2026-11-02T00:00:00+00:00", basis=Basis.CLAIMED)
    assert refused_beside([older, newer]) == 1
    other = replace(newer, signers=(replace(new, certificate="another"),))
    assert refused_beside([older, other]) == 0
    # nor does it go away by one more closing over the older one, or by a trainee's over the newer one
    more = replace(older, signers=(new, replace(signer("Wakil"), asked=False)))
    trained = replace(newer, signers=(new, signer("Sekretaris", test=True)), basis=Basis.SIGNED)
    for one, two in ((more, newer), (older, trained), (more, trained)):
        assert refused_beside([one, two]) == 1
    # but of what is closed by trainees alone nothing is heard, though they have closed what counts as well
    trainee = replace(signer("Peserta", test=True), asked=False)
    assert refused_beside([replace(older, signers=(new, trainee)), replace(newer, signers=(trainee,))]) == 0


def test_what_comes_later_into_a_folder_with_something_old_is_heard_of(desk):
    """A scan that lay there before the package made whatever came later as old as itself."""
    folder = desk.inbox / "1807 Lampung Timur"
    folder.mkdir()
    (folder / "pindaian.zip").write_bytes(zipped())
    desk.read()
    desk.signed("18.07", 1, folder / "masterplan.asice")
    desk.read(now=NOW + dt.timedelta(hours=1))
    assert refused_beside(desk.listed().values()) == 0
    (folder / "REVISI.zip").write_bytes(zipped(b"y"))
    desk.read(now=NOW + dt.timedelta(hours=2))
    assert refused_beside(desk.listed().values()) == 1


def test_a_revision_that_comes_with_the_package_into_a_folder_with_something_old_is_heard_of(desk):
    """What lay there before made it as old as itself, and a desk that reads once a week gets both at once."""
    folder = desk.inbox / "1807 Lampung Timur"
    folder.mkdir()
    (folder / "pindaian.bin").write_bytes(b"\0\1\2 pindaian")
    desk.read()
    desk.signed("18.07", 1, folder / "masterplan.asice")
    (folder / "masterplan final.zip").write_bytes(zipped(b"v2"))
    desk.read(now=NOW + dt.timedelta(hours=1))
    assert refused_beside(desk.listed().values()) == 1


def test_of_what_came_in_parts_the_last_counts_but_not_for_papers() -> None:
    """Of a folder with something old that came with what counts, and of an older package's attachments."""
    old = unsigned(1, Sort.FOLDER)
    assert figures(old, package(2))[1] == 0
    assert figures(replace(old, last_attached="001"), package(2))[1] == 0
    assert figures(replace(old, last_attached="002"), package(2))[1] == 1
    assert figures(replace(old, last_attached="002", papers=True), package(2))[1] == 0
    assert figures(replace(incomplete(1), last_attached="002"), package(2))[1] == 0


def zipped(content: bytes = b"x") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.txt", content)
    return made.getvalue()
