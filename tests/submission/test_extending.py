"""Timestamps and answers about revocation, added to a package afterwards."""

from __future__ import annotations

import pytest
from certomancer.registry import KeyLabel
from cryptography.hazmat.primitives.serialization import load_der_private_key

from desktop.base import Cancelled
from desktop.base.jobs import quiet
from desktop.submission import (
    PackageUnusable,
    VerdictKind,
    extending,
    seal,
    sign_container,
    sign_pdfs,
    signing,
)
from desktop.submission.extending import NothingToExtend, NotProven, extend
from desktop.submission.frame.container import write_tail
from desktop.submission.pdf import stamper
from desktop.submission.pdf.extend import CannotExtendPdf
from desktop.submission.resealing import WouldBeRefused, rewrite
from desktop.trust.online import NoAnswer
from tests.authority import ENDED, NOW, WITHDRAWN
from tests.submission import tamper
from tests.submission.making import BOOK, DATA, MAYOR, SECRETARY, TEAM, seal_input
from tests.submission.test_signing import archival
from tests.submission.timestamped import (
    DAY,
    SIGNATURE,
    Scene,
    codes,
    proven,
    refused,
)
from tests.trust import crls, pki


def test_a_timestamp_proves_the_time_of_everything_under_it(scene) -> None:
    before = scene.ask(scene.signed)
    assert (before.kind, proven(before)) == (VerdictKind.VALID, [(None, "", False)] * 3)
    after = scene.ask(scene.stamped)
    assert (after.kind, after.reasons) == (VerdictKind.VALID, ())
    assert proven(after) == [(NOW, "Contoh tsa", False)] * 3
    assert [one.timestamped for one in after.signatures] == [True, False, False]
    assert proven(scene.ask(scene.whole)) == [(NOW, "Contoh tsa", True)] + [(NOW, "Contoh tsa", False)] * 2
    assert after.package == before.package


def test_nothing_that_was_signed_changes(scene) -> None:
    before, after = tamper.read(scene.signed)[0], tamper.read(scene.whole)[0]
    assert {name: data for name, data in after.items() if name != SIGNATURE} == {
        name: data for name, data in before.items() if name != SIGNATURE
    }
    end = before[SIGNATURE].index(b"</xades:QualifyingProperties>")
    assert after[SIGNATURE][:end] == before[SIGNATURE][:end]


@pytest.mark.slow
def test_documents_get_theirs_while_the_container_is_open(scene, tmp_path) -> None:
    stamped, whole = tmp_path / "t.asice", tmp_path / "lt.asice"
    told = scene.extend(scene.half, stamped)
    assert [(one.file, one.proven_at) for one in told.stamped] == [(BOOK, NOW)] * 2
    scene.extend(scene.half, whole, "lt")
    assert proven(scene.ask(stamped)) == [(NOW, "Contoh tsa", False)] * 2
    assert proven(scene.ask(whole)) == [(NOW, "Contoh tsa", True)] * 2
    books = [tamper.read(path)[0][BOOK] for path in (scene.half, stamped, whole)]
    assert all(book.startswith(books[0]) for book in books)
    assert [[one for one in archival(book) if "/DSS" not in one] for book in books] == [[], [], []]
    # And it goes on as before: the container is signed over all of it, and stamped too.
    done = tmp_path / "done.asice"
    sign_container(quiet, whole, done, scene.authority.key(TEAM), TEAM, scene.anchors, NOW, other_holder=True)
    closed = done.read_bytes()
    kept = scene.extend(done, done, "lt").kept
    assert kept is not None
    assert kept.read_bytes() == closed, "it may have been handed in without"
    verdict = scene.ask(done)
    assert (verdict.kind, verdict.reasons) == (VerdictKind.VALID, ())
    assert proven(verdict) == [(NOW, "Contoh tsa", True)] * 3


def test_signing_with_a_timestamp_at_once(scene, tmp_path) -> None:
    path, service = tmp_path / "x.asice", scene.service()
    seal(quiet, seal_input(), path)
    for role in (MAYOR, SECRETARY):
        sign_pdfs(
            quiet, path, path, scene.authority.key(role), role, scene.anchors, NOW, service, other_holder=True
        )
    assert archival(tamper.read(path)[0][BOOK]) == []
    assert proven(scene.ask(path)) == [(NOW, "Contoh tsa", False)] * 2
    sign_container(
        quiet, path, path, scene.authority.key(TEAM), TEAM, scene.anchors, NOW, service, other_holder=True
    )
    verdict = scene.ask(path)
    assert (verdict.kind, verdict.reasons) == (VerdictKind.VALID, ())
    assert [one.timestamped for one in verdict.signatures] == [True, True, True]
    before, asked = path.read_bytes(), tmp_path / "y.asice"
    for kind in ("imprint", "broken"):
        service = scene.service(scene.authority.fault(kind))
        with pytest.raises(NoAnswer):
            sign_container(
                quiet,
                path,
                path,
                scene.authority.key(TEAM),
                TEAM,
                scene.anchors,
                NOW,
                service,
                other_holder=True,
            )
        seal(quiet, seal_input(), asked)
        with pytest.raises(NoAnswer):
            sign_pdfs(
                quiet,
                asked,
                asked,
                scene.authority.key(MAYOR),
                MAYOR,
                scene.anchors,
                NOW,
                service,
                other_holder=True,
            )
    assert path.read_bytes() == before


@pytest.mark.slow
def test_a_token_full_of_certificates_is_made_plain_or_told(scene, tmp_path, monkeypatch) -> None:
    """Room for a token is kept before it is known: what is superfluous stays out, the rest is a sentence."""
    path, service = tmp_path / "x.asice", scene.service(scene.authority.fault("stuffed"))
    scene.extend(scene.half, path, address=service.address)
    assert proven(scene.ask(path)) == [(NOW, "Contoh tsa", False)] * 2
    seal(quiet, seal_input(), path)

    def sign() -> None:
        key = scene.authority.key(MAYOR)
        sign_pdfs(quiet, path, path, key, MAYOR, scene.anchors, NOW, service, other_holder=True)

    sign()
    assert proven(scene.ask(path)) == [(NOW, "Contoh tsa", False)]
    seal(quiet, seal_input(), path)
    monkeypatch.setattr(stamper, "TOKEN", 1 << 10)
    for work in (sign, lambda: scene.extend(scene.half, path)):
        with pytest.raises(NoAnswer) as caught:
            work()
        assert caught.value.message.id == "submission.extend.token_large"


@pytest.mark.slow
def test_a_document_to_which_nothing_can_be_added_is_a_sentence(scene, tmp_path, monkeypatch) -> None:
    def strange(*given: object, **more: object) -> None:
        raise AttributeError

    monkeypatch.setattr("desktop.submission.pdf.extend.DocumentSecurityStore.add_dss", strange)
    with pytest.raises(CannotExtendPdf):
        scene.extend(scene.half, tmp_path / "x.asice", "lt")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_second_time_there_is_nothing_to_do(scene, tmp_path) -> None:
    asked = len(scene.authority.asked)
    for path, level in ((scene.stamped, "t"), (scene.whole, "t"), (scene.whole, "lt")):
        with pytest.raises(NothingToExtend):
            scene.extend(path, tmp_path / "x.asice", level)
    assert len(scene.authority.asked) == asked
    better = tmp_path / "better.asice"
    scene.extend(scene.stamped, better, "lt")
    assert better.read_bytes() != scene.stamped.read_bytes()
    assert proven(scene.ask(better))[0] == (NOW, "Contoh tsa", True)
    assert scene.authority.asked[asked:] == ["/rancang/ocsp/interm", "/rancang/crls/root/latest.crl"]
    unsigned = tmp_path / "unsigned.asice"
    seal(quiet, seal_input(), unsigned)
    with pytest.raises(NothingToExtend) as caught:
        scene.extend(unsigned, tmp_path / "x.asice")
    assert caught.value.message.id == "submission.extend.unsigned"


@pytest.mark.parametrize(
    "kind",
    ["html", "imprint", "signature"]
    + [pytest.param(kind, marks=pytest.mark.slow) for kind in ("garbage", "nonce", "rejected", "loop")],
)
def test_an_authority_that_is_wrong_leaves_the_package_alone(scene, tmp_path, kind) -> None:
    path = tmp_path / "x.asice"
    path.write_bytes(scene.signed.read_bytes())
    with pytest.raises(NoAnswer):
        scene.extend(path, path, "lt", scene.authority.fault(kind))
    assert path.read_bytes() == scene.signed.read_bytes()
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.slow
def test_giving_up_leaves_the_package_alone(scene, tmp_path) -> None:
    def stop(done: int, total: int, message: object) -> None:
        raise Cancelled

    path, service = tmp_path / "x.asice", scene.service(scene.authority.fault("slow"))
    path.write_bytes(scene.signed.read_bytes())
    with pytest.raises(Cancelled):
        extend(stop, path, path, service, "t", scene.anchors, NOW)
    assert path.read_bytes() == scene.signed.read_bytes()


@pytest.mark.slow
def test_a_package_that_changes_meanwhile_is_left_alone(scene, tmp_path) -> None:
    other = tmp_path / "other.asice"
    seal(quiet, seal_input(files=seal_input().files[1:]), other)
    path = tmp_path / "x.asice"
    path.write_bytes(scene.signed.read_bytes())

    def meddle(done: int, total: int, message: object) -> None:
        path.write_bytes(other.read_bytes())

    with pytest.raises(PackageUnusable):
        extend(meddle, path, path, scene.service(), "t", scene.anchors, NOW)
    assert path.read_bytes() == other.read_bytes()


@pytest.mark.slow
def test_a_damaged_package_is_not_extended(scene, tmp_path) -> None:
    def change(files: tamper.Files) -> None:
        files[DATA] = b"{}"

    path = tamper.forge(scene.signed, tmp_path / "x.asice", change)
    asked = len(scene.authority.asked)
    with pytest.raises(PackageUnusable):
        scene.extend(path, path)
    assert len(scene.authority.asked) == asked


@pytest.mark.slow
def test_without_answers_the_timestamp_stays(scene, tmp_path) -> None:
    """The service for answers is away: what can be had is added, and it is said what could not."""
    path = scene.container("team", tmp_path / "x.asice")
    with scene.authority.without("ocsp", "crls"):
        told = scene.extend(path, path, "lt")
    (note,) = told.notes
    assert note.id == "submission.extend.without_status"
    assert proven(scene.ask(path)) == [(NOW, "Contoh tsa", False)]
    with scene.authority.without("ocsp"):
        assert scene.extend(path, path, "lt").notes == ()
    assert proven(scene.ask(path)) == [(NOW, "Contoh tsa", True)]


@pytest.mark.slow
def test_lists_at_hand_are_enough(scene, tmp_path) -> None:
    lists = tuple(scene.authority.crl(name) for name in ("root", "interm"))
    path = scene.container("team", tmp_path / "x.asice")
    with scene.authority.without("ocsp", "crls"):
        extend(quiet, path, path, scene.service(), "lt", scene.anchors.with_lists(*lists), NOW)
    assert proven(scene.ask(path)) == [(NOW, "Contoh tsa", True)]


@pytest.mark.slow
def test_long_after_the_certificates_ended(scene, tmp_path) -> None:
    path, better = scene.container("short", tmp_path / "x.asice"), tmp_path / "t.asice"
    scene.extend(path, better)
    later = ENDED + 30 * DAY
    # that it is of the first days, when no plan lay inside, is its signer's word only
    assert set(codes(scene.ask(path, later))) == {"note.expired_since", "note.no_plan"}
    assert (scene.ask(better, later).kind, scene.ask(better, later).reasons) == (VerdictKind.VALID, ())
    # A timestamp that comes only then proves nothing, and is not added.
    with scene.authority.clock(later), pytest.raises(NotProven):
        scene.extend(path, tmp_path / "late.asice", now=later)
    assert not (tmp_path / "late.asice").exists()


@pytest.mark.slow
def test_a_signature_that_can_no_longer_be_proven_keeps_no_other_from_it(scene, tmp_path) -> None:
    """Over the package, and in documents that nobody has closed yet: each by itself."""
    later, key = ENDED + 30 * DAY, scene.authority.key
    two, both = tmp_path / "two.asice", tmp_path / "both.asice"
    sign_container(quiet, scene.signed, two, key("short"), "witness", scene.anchors, NOW, other_holder=True)
    seal(quiet, seal_input(), both)
    sign_pdfs(quiet, both, both, key(MAYOR), MAYOR, scene.anchors, NOW, other_holder=True)
    sign_pdfs(quiet, both, both, key("short"), SECRETARY, scene.anchors, NOW, other_holder=True)
    for path in (two, both):
        better = path.with_suffix(".t.asice")
        with scene.authority.clock(later):
            told = scene.extend(path, better, "lt", now=later)
        assert [one.id for one in told.notes] == ["submission.extend.late"]
        (where,) = [one.file for one in told.stamped]
        verdict = scene.ask(better, later)
        assert verdict.kind is not VerdictKind.REFUSED
        there = [one for one in verdict.signatures if one.file == where]
        assert sorted((one.valid_until < later, one.proven_at) for one in there) == [
            (False, later),
            (True, None),
        ]
        # there is nothing more to be had, and nothing is added in vain
        with scene.authority.clock(later), pytest.raises(NotProven):
            scene.extend(better, tmp_path / "again.asice", now=later)
        assert not (tmp_path / "again.asice").exists()


@pytest.mark.slow
def test_withdrawn_before_and_after(scene, tmp_path) -> None:
    path, better = scene.container("withdrawn", tmp_path / "x.asice"), tmp_path / "t.asice"
    scene.extend(path, better, "lt")
    later = WITHDRAWN + 8 * DAY  # lists come every seven days
    with scene.authority.clock(later):
        known = scene.anchors.with_lists(scene.authority.crl("interm"), scene.authority.crl("root"))
        assert refused(scene.ask(path, later, known)) == "signature.untrusted"
        assert codes(scene.ask(better, later, known)) == ["trust.path.revoked_since"]
        # Whoever asks for a timestamp only now is told by the issuer; the timestamp alone would go through.
        told = scene.extend(path, tmp_path / "late.asice", "lt", now=later)
        assert [note.id for note in told.notes] == ["submission.extend.without_status"]
        assert refused(scene.ask(tmp_path / "late.asice", later, known)) == "signature.untrusted"


# -- nothing is written that verification refuses ------------------------------------------------------
def listing(scene: Scene, entries: int) -> bytes:
    """A list of the authority in between that withdraws many, none of ours."""
    key = load_der_private_key(
        scene.authority.architecture.key_set.get_private_key(KeyLabel("interm")).dump(), None
    )
    issuer = pki.Holder(scene.authority.certificate("interm"), key)
    return crls.huge(issuer, range(entries))


@pytest.mark.slow
def test_a_list_too_large_for_a_package_stays_out_of_it(scene, tmp_path) -> None:
    root, large = scene.authority.crl("root"), listing(scene, 130_000)
    assert len(large) > 4 << 20
    path = scene.container("team", tmp_path / "x.asice")
    with scene.authority.without("ocsp", "crls"):
        told = extend(quiet, path, path, scene.service(), "lt", scene.anchors.with_lists(root, large), NOW)
    (note,) = told.notes
    assert note.id == "submission.extend.without_status"
    assert proven(scene.ask(path)) == [(NOW, "Contoh tsa", False)]


@pytest.mark.slow
def test_lists_that_are_too_large_together_stay_out_too(scene, tmp_path, monkeypatch) -> None:
    lists = tuple(scene.authority.crl(name) for name in ("root", "interm"))
    path = scene.container("team", tmp_path / "x.asice")
    stamped = scene.extend(path, tmp_path / "t.asice").path
    monkeypatch.setattr(extending, "MAXIMUM_SIGNATURE", len(tamper.read(stamped)[0][SIGNATURE]) + 100)
    told = extend(quiet, path, path, scene.service(), "lt", scene.anchors.with_lists(*lists), NOW)
    assert [note.params["reason"].id for note in told.notes] == ["submission.extend.lists_large"]
    assert proven(scene.ask(path)) == [(NOW, "Contoh tsa", False)]


@pytest.mark.slow
def test_what_verification_refuses_takes_no_packages_place(scene, tmp_path, monkeypatch) -> None:
    path = scene.container("team", tmp_path / "x.asice")
    before = path.read_bytes()

    def spoiled(report, source, out, changes, previous=None, signatures=()):
        return rewrite(report, source, out, changes, previous, (*signatures, signatures[0]))

    monkeypatch.setattr(extending, "rewrite", spoiled)
    with pytest.raises(WouldBeRefused):
        scene.extend(path, path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("served", [True, False])
def test_signing_writes_nothing_that_is_refused(scene, tmp_path, monkeypatch, served: bool) -> None:
    """Limits, too, are met by what a signature adds."""
    path, key = scene.container("team", tmp_path / "x.asice"), scene.authority.key(TEAM)
    before = path.read_bytes()

    def spoiled(writer, manifest, signatures) -> None:
        write_tail(writer, manifest, (*signatures, signatures[0]))

    monkeypatch.setattr(signing, "write_tail", spoiled)
    service = scene.service() if served else None
    with pytest.raises(WouldBeRefused):
        sign_container(quiet, path, path, key, TEAM, scene.anchors, NOW, service, other_holder=True)
    assert path.read_bytes() == before
