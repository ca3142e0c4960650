"""What lies at a path may change between two looks: nothing is signed, brought back or lost unseen."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from functools import partial
from pathlib import Path

import pytest

from desktop.base.errors import FileProblem
from desktop.base.jobs import quiet
from desktop.base.placing import replacing
from desktop.base.written import ChangedInTheWay, Decision, as_decided, chosen
from desktop.cli.packages import check_target
from desktop.submission import (
    Choice,
    NotTheSameDocument,
    bring_back,
    export_for_signing,
    look_at,
    preflight,
    seal,
    sign_container,
    sign_pdfs,
    signing,
)
from desktop.submission.elsewhere import COVER, Lying, SignedThere, lying_there
from desktop.submission.frame.container import open_package
from desktop.submission.pdf.sign import sign_pdf
from desktop.submission.resealing import (
    Busy,
    ChangedMeanwhile,
    PackageUnusable,
    asked_about,
    holds_all_of,
    rewrite,
)
from desktop.submission.sealing import CannotSeal
from desktop.submission.stamp import Stamp, StampStanding
from desktop.submission.standing import standing
from desktop.trust.anchors import Anchors
from tests.submission import tamper
from tests.submission.making import BOOK, MAYOR, NOW, SECRETARY, TEAM, Stage, draw_pdf, seal_input


@pytest.fixture
def package(stage: Stage, tmp_path):
    path = tmp_path / "paket.asice"
    path.write_bytes(stage.sealed.read_bytes())
    return path


def test_only_the_package_that_was_looked_at_is_signed(stage, package):
    looked = preflight(quiet, package, stage.key(MAYOR), MAYOR, stage.anchors, NOW)
    assert looked.package is not None
    assert "Kabupaten Contoh" in str(looked.package.params["region"])
    tamper.forge(stage.sealed, package, lambda files: files.update({BOOK: draw_pdf(3)}))
    before = package.read_bytes()
    with pytest.raises(ChangedMeanwhile):
        sign_pdfs(quiet, package, package, stage.key(MAYOR), MAYOR, stage.anchors, NOW, expected=looked.state)
    with pytest.raises(ChangedMeanwhile):
        sign_container(
            quiet, package, package, stage.key(TEAM), TEAM, stage.anchors, NOW, expected=looked.state
        )
    assert package.read_bytes() == before
    package.write_bytes(stage.sealed.read_bytes())
    sign_pdfs(quiet, package, package, stage.key(MAYOR), MAYOR, stage.anchors, NOW, expected=looked.state)


def test_another_package_than_the_one_asked_about_is_neither_looked_at_nor_handed_out(
    stage, package, tmp_path
):
    """Laid there between a question about the package and the look at a key, or the choice of a folder."""
    asked, folder = standing(package).id, tmp_path / "keluar"
    look = partial(preflight, quiet, package, stage.key(MAYOR), MAYOR, stage.anchors, NOW, identity=asked)
    goes_out = partial(export_for_signing, quiet, package, folder, MAYOR, identity=asked)
    assert look().documents
    seal(quiet, seal_input(files=seal_input().files[:-1]), package)
    for work in (look, goes_out):
        with pytest.raises(ChangedMeanwhile):
            work()
    assert not folder.exists()


@pytest.mark.slow
def test_what_comes_to_another_target_meanwhile_stays(stage, package, tmp_path):
    """While a password was typed a colleague's file of that name came there, and was replaced."""
    out, other = tmp_path / "hasil.asice", tmp_path / "sekda.asice"
    sign_pdfs(quiet, package, other, stage.key(SECRETARY), SECRETARY, stage.anchors, NOW)

    class Slow:
        def open(self):
            out.write_bytes(other.read_bytes())
            return stage.key(MAYOR).open()

    for before in (b"", b"somebody's work"):
        if before:
            out.write_bytes(before)
        with pytest.raises(FileProblem), asked_about(out):
            sign_pdfs(quiet, package, out, Slow(), MAYOR, stage.anchors, NOW)
        assert out.read_bytes() == other.read_bytes()
    with asked_about(out):
        out.unlink()
        out.write_bytes(b"a workspace")
        with pytest.raises(FileProblem):
            seal(quiet, seal_input(), out)
    assert out.read_bytes() == b"a workspace"
    out.unlink()
    there = chosen(out)
    out.write_bytes(b"a workspace")

    def sealed(report, target):
        with asked_about(target):
            return seal(report, seal_input(), target)

    with pytest.raises(FileProblem):
        as_decided(quiet, there, sealed, out)
    assert out.read_bytes() == b"a workspace", "which came after the dialog had answered"
    sign_pdfs(quiet, package, out, stage.key(MAYOR), MAYOR, stage.anchors, NOW)


@pytest.mark.slow
def test_only_what_has_no_signature_of_its_own_is_replaced_by_the_next_state(stage, package, tmp_path):
    other = tmp_path / "sekda.asice"
    sign_pdfs(quiet, package, other, stage.key(SECRETARY), SECRETARY, stage.anchors, NOW)
    kept = (stage.half, stage.signed, other)
    assert holds_all_of(stage.signed, stage.half)
    assert holds_all_of(stage.half, stage.sealed)
    assert all(holds_all_of(each, package) for each in kept)
    for mine, lying in ((other, stage.half), (stage.half, other), (stage.half, stage.signed)):
        assert not holds_all_of(mine, lying)
        with pytest.raises(FileProblem):
            check_target(lying, mine)
    twice = tmp_path / "dua.asice"
    sign_container(quiet, stage.folder / "both.asice", twice, stage.key(TEAM), TEAM, stage.anchors, NOW)
    later = NOW + dt.timedelta(minutes=1)
    once = tmp_path / "satu.asice"
    sign_container(quiet, stage.folder / "both.asice", once, stage.key(TEAM), TEAM, stage.anchors, later)
    assert not holds_all_of(once, twice), "another signature of the same person"
    check_target(stage.half, stage.signed)


@pytest.mark.slow
def test_of_two_who_sign_at_once_the_second_is_told_and_nothing_is_lost(stage, package, monkeypatch):
    once = signing._sign_one

    def meanwhile(*given):
        monkeypatch.setattr(signing, "_sign_one", once)
        with pytest.raises(Busy):
            sign_pdfs(quiet, package, package, stage.key(SECRETARY, "ec"), SECRETARY, stage.anchors, NOW)
        with pytest.raises(Busy):
            seal(quiet, seal_input(), package)
        return once(*given)

    monkeypatch.setattr(signing, "_sign_one", meanwhile)
    sign_pdfs(quiet, package, package, stage.key(MAYOR), MAYOR, stage.anchors, NOW)
    sign_pdfs(quiet, package, package, stage.key(SECRETARY, "ec"), SECRETARY, stage.anchors, NOW)
    assert standing(package).signed == {SECRETARY, MAYOR}
    assert [each.name for each in package.parent.iterdir()] == [package.name]


@pytest.mark.parametrize("work", ["sign", "seal"])
def test_what_came_while_the_disk_was_slow_is_not_written_over(stage, package, monkeypatch, work):
    """Whoever knows nothing of the lock: an earlier build, or a program that keeps folders alike."""
    reached = os.fsync

    def slow(handle):
        reached(handle)
        package.write_bytes(stage.half.read_bytes())

    monkeypatch.setattr(os, "fsync", slow)
    key = stage.key(SECRETARY, "ec")
    does = {
        "seal": lambda: seal(quiet, seal_input(), package, over_signed=False),
        "sign": lambda: sign_pdfs(quiet, package, package, key, SECRETARY, stage.anchors, NOW),
    }
    with pytest.raises((ChangedMeanwhile, CannotSeal)):
        does[work]()
    assert package.read_bytes() == stage.half.read_bytes()


@pytest.mark.slow
def test_what_follows_a_package_names_the_one_it_was_made_of(stage, package, tmp_path, monkeypatch):
    """Another package that takes the path meanwhile is none's predecessor; one written into it stops all."""
    sign_container(quiet, package, package, stage.key(TEAM), TEAM, stage.anchors, NOW)
    data, target, once = package.read_bytes(), tmp_path / "baru.asice", signing._sign_one

    def work(meddle):
        def meanwhile(*given):
            meddle()
            return once(*given)

        monkeypatch.setattr(signing, "_sign_one", meanwhile)
        sign_pdfs(quiet, package, target, stage.key(MAYOR), MAYOR, stage.anchors, NOW)

    work(lambda: Path(shutil.copy(stage.half, tmp_path / "x")).replace(package))
    assert package.read_bytes() == stage.half.read_bytes()
    previous = tamper.read(target)[1].previous
    assert previous == hashlib.sha256(data).hexdigest()
    before = target.read_bytes()
    package.write_bytes(data)
    os.utime(package, (1, 1))
    with pytest.raises(ChangedMeanwhile):
        work(lambda: os.utime(package))
    assert target.read_bytes() == before


def test_a_package_opened_again_still_replaces_what_its_signers_were_told(stage, tmp_path):
    """Handed in was the one before, not the one that ends: named in its place it made two rivals of them."""
    closed, target = tmp_path / "closed.asice", tmp_path / "later.asice"
    with open_package(stage.signed) as source, replacing(closed) as out:
        rewrite(quiet, source, out, {}, "ab" * 32, tuple(map(source.read, source.signatures)))
    with open_package(closed) as source, replacing(target) as out:
        assert signing.written(quiet, source, out, target, {}).signature_dropped
    assert tamper.read(target)[1].previous == "ab" * 32


@pytest.mark.parametrize("believed", [True, False])
def test_a_closed_package_is_named_where_it_is_believed_that_it_was_closed(stage, tmp_path, believed):
    """Whoever carries a package can close it with a key of his own: it would say that it replaces that."""
    target = tmp_path / "later.asice"
    whom = (stage.anchors if believed else Anchors(), NOW)
    with open_package(stage.signed) as source, replacing(target) as out:
        assert signing.written(quiet, source, out, target, {}, whom=whom).signature_dropped
    ended = hashlib.sha256(stage.signed.read_bytes()).hexdigest()
    assert tamper.read(target)[1].previous == (ended if believed else "")


def test_a_lock_that_was_left_behind_does_not_last(stage, package):
    lock = package.with_name("paket.asice.lock")
    lock.write_text('{"person": "", "host": "komputer lain", "process": 1}', encoding="utf-8")
    with pytest.raises(Busy) as busy:
        sign_pdfs(quiet, package, package, stage.key(MAYOR), MAYOR, stage.anchors, NOW)
    assert "komputer lain" in str(busy.value.message.params["reason"].params.values())
    os.utime(lock, (1, 1))
    sign_pdfs(quiet, package, package, stage.key(MAYOR), MAYOR, stage.anchors, NOW)
    assert not lock.exists()


def test_a_package_that_was_signed_meanwhile_is_not_sealed_over(stage, package):
    sign_pdfs(quiet, package, package, stage.key(MAYOR), MAYOR, stage.anchors, NOW)
    before = package.read_bytes()
    with pytest.raises(CannotSeal):
        seal(quiet, seal_input(), package, over_signed=False)
    assert package.read_bytes() == before


@pytest.mark.slow
def test_a_package_that_was_closed_is_kept_when_a_document_is_signed_anew(stage, package, tmp_path):
    """It may have been handed in already, and its signature is nowhere else."""
    sign_container(quiet, stage.half, package, stage.key(TEAM), TEAM, stage.anchors, NOW)
    closed = package.read_bytes()
    key = stage.key(SECRETARY)
    done = sign_pdfs(quiet, package, package, key, SECRETARY, stage.anchors, NOW, reopen=True)
    assert done.signature_dropped
    assert done.kept is not None
    assert done.kept.read_bytes() == closed
    assert sorted(tmp_path.iterdir()) == sorted([package, done.kept])
    # while nothing ends, nothing is kept: a signature is added to what is there
    assert sign_container(quiet, package, package, stage.key(TEAM), TEAM, stage.anchors, NOW).kept is None
    # nor where it goes elsewhere: what was closed stays in its place
    package.write_bytes(closed)
    elsewhere = tmp_path / "lain.asice"
    done = sign_pdfs(quiet, package, elsewhere, stage.key(SECRETARY), SECRETARY, stage.anchors, NOW)
    assert (done.kept, package.read_bytes()) == (None, closed)


def test_only_the_certificate_that_was_shown_signs(stage, package):
    """Another key file lay there by then, which any password opens, of another certificate of that name."""
    looked = preflight(quiet, package, stage.key(MAYOR), MAYOR, stage.anchors, NOW)
    before = package.read_bytes()
    given = (stage.anchors, NOW)
    for sign, role in ((sign_pdfs, MAYOR), (sign_container, MAYOR)):
        with pytest.raises(signing.OtherKey):
            sign(
                quiet, package, package, stage.key(MAYOR, "ec"), role, *given, certificate=looked.certificate
            )
    assert package.read_bytes() == before
    sign_pdfs(quiet, package, package, stage.key(MAYOR), MAYOR, *given, certificate=looked.certificate)


def test_who_closes_while_a_password_is_typed_does_not_lose_it_unasked(stage, package):
    """Nobody was asked whether that may end; before the look or after it."""
    package.write_bytes(stage.half.read_bytes())
    key = stage.key(SECRETARY)
    looked = preflight(quiet, package, key, SECRETARY, stage.anchors, NOW)
    sign_container(quiet, package, package, stage.key(TEAM), TEAM, stage.anchors, NOW)
    closed = package.read_bytes()
    with pytest.raises(ChangedMeanwhile):
        sign_pdfs(quiet, package, package, key, SECRETARY, stage.anchors, NOW, expected=looked.state)
    now = preflight(quiet, package, key, SECRETARY, stage.anchors, NOW)
    with pytest.raises(ChangedMeanwhile):
        sign_pdfs(quiet, package, package, key, SECRETARY, stage.anchors, NOW, expected=now.state)
    assert package.read_bytes() == closed


@pytest.mark.slow
def test_whoever_closes_it_too_meanwhile_is_told_before_the_key_signs(stage, package):
    """A signature over the whole is nothing that the manifest says: it was signed beside one never shown."""
    package.write_bytes((stage.folder / "both.asice").read_bytes())
    key, given = stage.key(TEAM), (TEAM, stage.anchors, NOW)
    looked = preflight(quiet, package, key, *given, closing=True)
    sign_container(quiet, package, package, stage.key(TEAM, "ec"), *given, expected=looked.state)
    closed = package.read_bytes()
    with pytest.raises(ChangedMeanwhile):
        sign_container(quiet, package, package, key, *given, expected=looked.state)
    assert package.read_bytes() == closed
    now = preflight(quiet, package, key, *given, closing=True)
    sign_container(quiet, package, package, key, *given, expected=now.state)


@pytest.mark.slow
def test_a_package_that_was_closed_is_kept_when_a_document_comes_back(stage, package, tmp_path):
    out = tmp_path / "keluar"
    (document,) = export_for_signing(quiet, package, out).documents
    document.write_bytes(signed(stage, document.read_bytes()))
    sign_container(quiet, package, package, stage.key(TEAM), TEAM, stage.anchors, NOW)
    closed = package.read_bytes()
    (came,) = look_at(quiet, package, [document])
    choices = [Choice(document, came.document, came.roles, sha256=came.sha256)]
    with pytest.raises(ChangedMeanwhile):
        bring_back(quiet, package, package, choices)
    assert package.read_bytes() == closed
    done = bring_back(quiet, package, package, choices, reopen=True)
    assert done.kept is not None
    assert done.kept.read_bytes() == closed


def test_a_package_that_something_else_is_sealed_over_is_kept(package):
    """Documents that went out to be signed come back to the very package that they are of."""
    before = package.read_bytes()
    assert seal(quiet, seal_input(), package).kept is None, "the same again"
    done = seal(quiet, seal_input(notes=("Lain.",)), package)
    assert done.kept is not None
    assert done.kept.read_bytes() == before


def signed(stage: Stage, data: bytes) -> bytes:
    stamp = Stamp("Contoh Bupati", "Bupati Contoh", NOW, StampStanding.TEST, "RANCANG:X")
    with stage.key(MAYOR).open() as signer:
        return sign_pdf(data, signer, MAYOR, stamp, "x.pdf")


@pytest.mark.slow
def test_what_was_signed_where_it_went_out_is_not_written_over(stage, package, tmp_path):
    folder = tmp_path / "keluar"
    (out,) = export_for_signing(quiet, package, folder).documents
    export_for_signing(quiet, package, folder)
    done = signed(stage, out.read_bytes())
    out.write_bytes(done)
    with pytest.raises(SignedThere):
        export_for_signing(quiet, package, folder)
    assert out.read_bytes() == done
    (came,) = look_at(quiet, package, [out])
    bring_back(quiet, package, package, [Choice(out, came.document, came.roles, "", came.sha256)])
    # the signature is in the package by now: the same file goes out once more
    export_for_signing(quiet, package, folder)


@pytest.mark.slow
def test_what_lies_where_it_goes_out_is_asked_about(stage, package, tmp_path):
    """In the window: what is ours or in the package gives way, what is somebody's does as was decided."""
    folder = tmp_path / "keluar"
    (out,) = export_for_signing(quiet, package, folder).documents
    cover = folder / COVER["id"]
    assert lying_there(quiet, package, folder) == Lying((), ())
    cover.write_bytes(b"notes of a colleague")
    done = signed(stage, out.read_bytes())
    out.write_bytes(done)
    there = lying_there(quiet, package, folder)
    assert ({one.path for one in there.lost}, there.known) == ({cover, out}, ())
    made = as_decided(quiet, Decision(beside=True), export_for_signing, package, folder)
    assert (made.documents, made.cover) == (
        (out.with_stem(f"{out.stem} (2)"),),
        cover.with_stem(f"{cover.stem} (2)"),
    )
    assert (out.read_bytes(), cover.read_bytes()) == (done, b"notes of a colleague")
    bring_back(quiet, package, package, [Choice(out, BOOK, {MAYOR: MAYOR})])
    there = lying_there(quiet, package, folder)
    assert [[one.path for one in some] for some in (there.lost, there.known)] == [[cover], [out]]
    with pytest.raises(ChangedInTheWay):
        as_decided(quiet, Decision(replace=there.known), export_for_signing, package, folder)
    assert cover.read_bytes() == b"notes of a colleague"
    decision = Decision(replace=(*there.lost, *there.known))
    assert as_decided(quiet, decision, export_for_signing, package, folder).cover == cover
    assert cover.read_bytes() != b"notes of a colleague"
    assert lying_there(quiet, package, folder, TEAM) == Lying((), ()), "nothing waits for them"


@pytest.mark.slow
def test_only_the_pdf_that_was_looked_at_goes_in(stage, package, tmp_path):
    (out,) = export_for_signing(quiet, package, tmp_path / "keluar").documents
    data = out.read_bytes()
    out.write_bytes(signed(stage, data))
    (came,) = look_at(quiet, package, [out])
    out.write_bytes(signed(stage, data) + b" ")
    before = package.read_bytes()
    with pytest.raises(NotTheSameDocument):
        bring_back(quiet, package, package, [Choice(out, came.document, came.roles, "", came.sha256)])
    assert package.read_bytes() == before


LOOP = (
    b"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
    b"2 0 obj <</Type/Pages/Count 1/Kids[2 0 R]>> endobj\ntrailer <</Root 1 0 R/Size 3>>\n%%EOF\n"
)
"""A tree of pages that leads to itself."""


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"no pdf at all", LOOP])
def test_a_document_that_is_no_pdf_is_told_when_it_should_go_out(stage, tmp_path, content):
    package = tamper.forge(
        stage.sealed, tmp_path / "rusak.asice", lambda files: files.update({BOOK: content})
    )
    with pytest.raises(PackageUnusable):
        export_for_signing(quiet, package, tmp_path / "keluar")
    assert not (tmp_path / "keluar").exists()
