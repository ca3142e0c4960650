"""Claimed times held against what was there before: what a signature covers, and the guideline's steps."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from desktop.base.jobs import quiet
from desktop.guideline.loading import load_pack
from desktop.guideline.lookup import bundled_bytes
from desktop.guideline.signing import step_numbers
from desktop.submission import VerdictKind, own, sign_pdfs, verify
from desktop.submission.judging import Judge
from desktop.submission.proving import Proof
from desktop.submission.refusal import Refused
from desktop.submission.sequence import note_sequence, note_steps
from desktop.submission.verdict import SignatureReport
from desktop.trust.anchors import Anchors
from tests.submission.hostile.ground import ANCHORS, BUDI, ISSUER, NOW, SITI, Ground, _Key
from tests.submission.making import SECRETARY

HOUR = dt.timedelta(hours=1)


def moment(hours: str) -> dt.datetime | None:
    return None if hours == "none" else NOW + float(hours) * HOUR


def report(file: str, role: str, claimed: str, stamped: str = "none") -> SignatureReport:
    told = (role.title(), "", "", "", moment(claimed), False, "own", False)
    return SignatureReport(file, role, *told, stamped_at=moment(stamped))


@pytest.mark.parametrize(
    ("reports", "told"),
    [
        (("I a 0", "I b 1", "II a 0", " team 1"), []),
        (("I a 0", "I b 0.1", " team 0"), []),
        (("I a 0", " team -1.5"), ["note.order"]),
        (("I a 0", "I b -1", " team 2"), ["note.order"]),
        (("I a 0", "II b -1", " team 2"), ["note.steps"]),
        (("II b 0", "I a 1", " team 2"), ["note.steps"]),
        (("I a 0", "II x -1", " team 2"), []),
        (("I a none", "I b -9", " team none"), []),
        ((), []),
        (("I a none 0", "I b 0.1", " team 1"), []),
        (("I a none 0", " team -1.5"), ["note.order"]),
        (("I a none 0", "II b -9", " team -1.5"), ["note.order"]),
        (("I a none 0", "I b -1", " team 2"), ["note.order"]),
        (("I a none 0", "I b -1 0", " team 2"), []),
    ],
    ids=["in order", "clocks", "closed before", "revision", "steps", "turned", "no step", "no times", "none",
         "stamped", "closed before a stamp", "of two", "in one document", "stamped together"],
)  # fmt: skip
def test_times_that_contradict(reports, told) -> None:
    judge, steps = Judge(Anchors(), NOW), {"a": 1, "b": 2}
    for one in reports:
        judge.reports.append(report(*one.split(" ")))
    files = [
        SimpleNamespace(path=path, signers=[SimpleNamespace(role=role, step=n) for role, n in steps.items()])
        for path in ("I", "II")
    ]
    note_sequence(SimpleNamespace(files=files), judge)
    assert [reason.code for reason in judge.reasons] == told


@pytest.mark.parametrize(
    ("clocks", "told", "made"),
    [
        # over the first one, as it was when the second one was made; and over both
        ({1: {0.5}}, 1, "0.5"),
        ({1: {-2, 0.5}}, 1, "0.5"),
        ({1: {0.5}, 2: {0.5}}, 0, "-1"),
        ({1: {-1.1}}, 0, "-1"),
    ],
)
def test_a_clock_below_a_signature_says_since_when_it_can_be(clocks, told, made) -> None:
    """The first one claims an early time as well: that was all a later one was held against."""
    judge = Judge(Anchors(), NOW)
    judge.reports += [report("", "team", "2"), report("I", "a", "-2"), report("I", "b", "-1")]
    judge.clocks |= {
        place: frozenset((moment(str(each)), False) for each in times) for place, times in clocks.items()
    }
    note_sequence(SimpleNamespace(files=[]), judge)
    assert [reason.code for reason in judge.reasons] == ["note.order"] * told
    assert judge.reports[2].signed_at == moment(made)
    assert (judge.reports[0].signed_at, judge.reports[1].signed_at) == (moment("2"), moment("-2"))


def test_who_closes_a_package_signs_after_every_clock_in_its_documents() -> None:
    judge = Judge(Anchors(), NOW)
    judge.reports += [report("", "team", "0"), report("I", "a", "-2")]
    judge.clocks[1] = frozenset({(moment("3"), False)})
    note_sequence(SimpleNamespace(files=[]), judge)
    assert [reason.code for reason in judge.reasons] == ["note.order"]
    assert judge.reports[0].signed_at == moment("3")


@pytest.mark.parametrize(
    ("begins", "test", "told"), [("-9", False, False), ("3", False, True), ("3", True, False)]
)
def test_nobody_signs_over_a_signature_before_there_was_a_certificate_for_it(begins, test, told) -> None:
    """A program may leave out the time; whoever closed the package said to be in time and nothing spoke."""
    judge = Judge(Anchors(), NOW)
    silent = replace(report("I", "a", "none"), valid_from=moment(begins), test=test)
    judge.reports += [report("", "team", "0"), silent]
    note_sequence(SimpleNamespace(files=[]), judge)
    assert [reason.code for reason in judge.reasons] == ["note.order_begun"] * told
    assert judge.reports[0].signed_at == moment(begins if told else "0")


@pytest.mark.parametrize(
    ("clock", "training", "told"), [("1", False, False), ("1", True, True), ("4", False, True)]
)
def test_what_a_clock_saw_was_there_whenever_the_certificate_below_begins(clock, training, told) -> None:
    """An authority may issue ahead; whoever closed the package in time is not late by that."""
    judge = Judge(Anchors(), NOW)
    silent = replace(report("I", "a", "none"), valid_from=moment("3"))
    judge.reports += [report("", "team", "0"), silent]
    judge.clocks[0] = frozenset({(moment(clock), training)})
    note_sequence(SimpleNamespace(files=[]), judge)
    assert [reason.code for reason in judge.reasons] == ["note.order_begun"] * told
    assert judge.reports[0].signed_at == moment("3" if told else "0")


@pytest.mark.parametrize(("file", "told"), [("", False), ("I", False), ("II", True)])
def test_a_clock_over_what_covers_a_signature_saw_that_too(file, told) -> None:
    """Somebody signs a document over one whose certificate begins later; the clock comes at closing."""
    judge = Judge(Anchors(), NOW)
    silent = replace(report("I", "a", "none"), valid_from=moment("3"))
    judge.reports += [report(file, "c", "0"), silent, report("I", "b", "-1"), report("I", "d", "0")]
    judge.reports = [*judge.reports[1:], judge.reports[0]]
    judge.clocks[3] = frozenset({(moment("1"), False)})
    note_sequence(SimpleNamespace(files=[]), judge)
    codes = [reason.code for reason in judge.reasons]
    assert codes == ["note.order_begun", "note.order_begun"] * told
    assert judge.reports[1].signed_at == moment("3" if told else "-1")


def test_whoever_states_no_time_signed_after_what_clocks_saw_below_him() -> None:
    judge = Judge(Anchors(), NOW)
    judge.reports += [report("", "team", "9"), report("I", "a", "-2"), report("I", "b", "none")]
    judge.clocks[1] = frozenset({(moment("3"), False)})
    note_sequence(SimpleNamespace(files=[]), judge)
    assert (judge.reports[2].not_before, judge.reports[2].latest) == (moment("3"), moment("3"))
    assert judge.reasons == []


def test_a_training_clock_makes_nobody_real_late() -> None:
    judge = Judge(Anchors(), NOW)
    judge.reports += [report("", "team", "0"), report("I", "a", "-2")]
    judge.clocks[1] = frozenset({(moment("3"), True)})
    note_sequence(SimpleNamespace(files=[]), judge)
    assert (judge.reasons, judge.reports[0].signed_at) == ([], moment("0"))


def test_whose_certificate_began_later_is_not_in_time_by_a_clock_below_his_signature() -> None:
    start, proven, below = moment("5"), moment("6"), moment("1")
    one = replace(report("", "team", "0"), valid_from=start, proven_at=proven, not_before=below)
    assert one.signed_at == proven
    assert replace(one, proven_at=None).signed_at == below
    assert replace(one, valid_from=moment("-9")).signed_at == below


def test_a_clock_over_a_later_signature_proves_the_earlier_ones(monkeypatch) -> None:
    first, second, third = (SimpleNamespace(evidence=SimpleNamespace(stamps=one)) for one in ((), (1,), (2,)))
    proofs = {(1,): Proof(NOW, "Jam", test=False), (2,): Proof(NOW + HOUR, "Jam", test=False)}
    monkeypatch.setattr(own, "prove", lambda evidence, *_: SimpleNamespace(proof=proofs[evidence.stamps]))
    above = Proof(NOW + 2 * HOUR, "Jam", test=False)
    over = own._proofs_over([first, second, third], above, Judge(Anchors(), NOW))
    assert over == [proofs[(1,)], proofs[(2,)], above]
    assert own._proofs_over([first], None, Judge(Anchors(), NOW)) == [None]
    proofs[(2,)] = replace(proofs[(2,)], test=True)
    assert own._proofs_over([second, third], None, Judge(Anchors(), NOW)) == [None, None]


@pytest.mark.parametrize(("hours", "told"), [(1, []), (-1.5, ["note.steps"])])
def test_the_order_is_the_guidelines_whatever_the_manifest_leaves_out(hours, told) -> None:
    pack = load_pack(bundled_bytes("smart-city-2021"))
    order = sorted((n, role) for (kind, role), n in step_numbers(pack).items() if kind == "signature")
    (_, first), *_, (_, last) = order
    judge = Judge(Anchors(), NOW)
    judge.reports += [
        report("I", first, "0"),
        report("II", last, str(hours)),
        report("III", "orang", "-9"),
    ]
    note_steps(pack, judge)
    assert [reason.code for reason in judge.reasons] == told


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("sequence"))


@pytest.mark.slow
def test_a_package_closed_before_it_was_signed(ground, tmp_path) -> None:
    path = tmp_path / "x.asice"
    path.write_bytes(ground.forged(moment=NOW - 1.5 * HOUR))
    verdict = verify(path, ANCHORS, NOW)
    assert (verdict.kind, [one.code for one in verdict.reasons]) == (
        VerdictKind.VALID_WITH_NOTES,
        ["note.order"],
    )


@pytest.mark.slow
def test_a_later_signature_in_a_document_that_claims_to_be_earlier(ground, tmp_path) -> None:
    path = tmp_path / "x.asice"
    key, before = _Key(SITI), NOW - HOUR
    # in a program of his own: ours takes a signature that is still to come for a clock that is wrong
    with (
        patch("desktop.submission.signing.look_before_signing"),
        patch("desktop.submission.signing.look_at_written", return_value=None),
    ):
        sign_pdfs(quiet, ground.half, path, key, SECRETARY, ANCHORS, before, other_holder=True)
    path.write_bytes(ground.forged(package=path))
    assert [one.code for one in verify(path, ANCHORS, NOW).reasons] == ["note.order"]


@pytest.mark.parametrize(("minutes", "good"), [(9, True), (11, False)])
def test_nobody_signs_what_was_proven_to_be_there_before(minutes, good) -> None:
    """The container over a document was stamped; the document's signature says to be younger."""
    judge, above = Judge(ANCHORS, NOW), Proof(NOW - dt.timedelta(minutes=minutes), "Jam", test=False)

    def believe() -> None:
        judge.believe(BUDI.certificate, (ISSUER.certificate,), NOW, file="I", role="a", above=above)

    if good:
        believe()
        return
    with pytest.raises(Refused) as caught:
        believe()
    assert caught.value.message.id == "submission.timestamp.order"
