"""Nothing of a stranger's document unfolds in the program itself: not before signing, nor to see who has."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import json
import shutil
import struct
import zlib

import msgspec
import pikepdf
import pytest

from desktop.base import Language, Message, render
from desktop.base.canonical import moment_text
from desktop.base.jobs import quiet
from desktop.base.placing import replacing
from desktop.submission import (
    Choice,
    SealFile,
    asked,
    bring_back,
    elsewhere,
    export_for_signing,
    filled,
    own,
    preflight,
    seal,
    sign_container,
    sign_pdfs,
    verifying,
)
from desktop.submission.as_whom import whom_before
from desktop.submission.before import _noted, check_plain, notes_before
from desktop.submission.extending import NothingToExtend, extend
from desktop.submission.frame.container import open_package
from desktop.submission.inside import STRICT_SINCE, strict
from desktop.submission.judging import Judge
from desktop.submission.kept import KEPT, give, take
from desktop.submission.manifest import Initials, content_id, read_manifest
from desktop.submission.own import judge_package
from desktop.submission.pdf.sign import sign_pdf
from desktop.submission.refusal import Refused, code_of
from desktop.submission.resealing import ChangedMeanwhile, PackageUnusable, rewrite, state_of
from desktop.submission.returning import describing
from desktop.submission.signing import NothingToSign
from desktop.submission.stamp import Stamp, StampStanding
from desktop.submission.standing import standing
from desktop.submission.undecided import Undecided
from desktop.submission.verdict import SignatureReport
from desktop.trust import Anchors
from desktop.trust.anchors import AnchorClass, AnchorKind
from desktop.trust.timeservice import TimeService
from desktop.workspace.plan_data_form import WorkspacePart
from tests.submission import tamper
from tests.submission.making import BOOK, MAYOR, NOW, PHOTO, TEAM
from tests.submission.whole import Hand, documents, page, plan, replace_box, signer, whole
from tests.trust import pki

MEGABYTES = 300
"""What unfolds; a process that looks has two thirds of it."""


def blanks(beginning: bytes = b"") -> bytes:
    packer = zlib.compressobj(9)
    pieces = [packer.compress(beginning), *(packer.compress(b" " * (1 << 20)) for _ in range(MEGABYTES))]
    return b"".join((*pieces, packer.flush()))


def large_look(data: bytes) -> bytes:
    """A field without area, of which some megabytes of blanks are drawn."""
    with pikepdf.open(io.BytesIO(data)) as document:
        field, look = document.Root.AcroForm.Fields[0], pikepdf.Stream(document, blanks())
        look.Type, look.Subtype, look.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 0, 0]
        look.Filter = pikepdf.Name.FlateDecode
        field.Rect, field.AP = [0, 0, 0, 0], pikepdf.Dictionary(N=document.make_indirect(look))
        target = io.BytesIO()
        document.save(target, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    return target.getvalue()


def large_catalogue() -> bytes:
    """A catalogue within a stream of objects of as many blanks."""
    inside = [b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[]>>>>", b"<</Type/Pages/Kids[]/Count 0>>"]
    head = b"1 0 2 %d " % (len(inside[0]) + 1)
    packed = blanks(head + b" ".join(inside))
    data = b"%PDF-1.7\n"
    about = b"<</Type/ObjStm/N 2/First %d/Filter/FlateDecode/Length %d>>\n" % (len(head), len(packed))
    first, data = len(data), data + b"5 0 obj\n" + about + b"stream\n" + packed + b"\nendstream\nendobj\n"
    rows = ((0, 0, 0), (2, 5, 0), (2, 5, 1), (0, 0, 0), (0, 0, 0), (1, first, 0), (1, len(data), 0))
    table = b"".join(struct.pack(">BIH", *row) for row in rows)
    about = b"<</Type/XRef/Size 7/W[1 4 2]/Root 1 0 R/Length %d>>\nstream\n" % len(table)
    end = b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return data + b"6 0 obj\n" + about + table + end


class Never:
    """A key that nobody may ask for."""

    def open(self):
        raise AssertionError


@pytest.mark.parametrize(
    "made", [large_look, pytest.param(lambda _: large_catalogue(), marks=pytest.mark.slow)]
)
def test_what_unfolds_is_refused_before_a_key_is_asked_for(made, stage, tmp_path, monkeypatch):
    def change(files) -> None:
        files[BOOK] = made(files[BOOK])

    def opened(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(own, "check_document", opened)
    package, out = tamper.forge(stage.sealed, tmp_path / "paket.asice", change), tmp_path / "baru.asice"
    for sign, role in ((sign_pdfs, MAYOR), (sign_container, TEAM)):
        with pytest.raises(PackageUnusable):
            sign(quiet, package, out, Never(), role, stage.anchors, NOW)
    with pytest.raises(PackageUnusable):
        export_for_signing(quiet, package, tmp_path / "keluar")
    monkeypatch.setattr(verifying, "judge_own", opened)
    service = TimeService("http://127.0.0.1:9")
    with pytest.raises((PackageUnusable, NothingToExtend)):
        extend(quiet, package, out, service, "t", stage.anchors, NOW)


def ring(document) -> None:
    document.Root.Pages.Kids.append(document.Root.Pages)


def long_title(document) -> None:
    document.docinfo["/Title"] = pikepdf.String("Judul panjang " * 43_000)


@pytest.mark.parametrize(("change", "told"), [(ring, "submission.returned.unreadable"), (long_title, "")])
def test_what_goes_out_is_described_in_that_process(change, told, stage, tmp_path, monkeypatch):
    """Also what nothing else has looked at before."""

    def changed(files) -> None:
        with pikepdf.open(io.BytesIO(files[BOOK])) as document:
            change(document)
            target = io.BytesIO()
            document.save(target)
        files[BOOK] = target.getvalue()

    def opened(*_: object, **__: object) -> None:
        raise AssertionError

    package, out = tamper.forge(stage.sealed, tmp_path / "paket.asice", changed), tmp_path / "keluar"
    monkeypatch.setattr(elsewhere, "look_before_signing", lambda *_, **__: None)
    monkeypatch.setattr(describing, "boxes_in", opened)
    if told:
        with pytest.raises(PackageUnusable) as error:
            export_for_signing(quiet, package, out)
        assert error.value.message.params["reason"].params["reason"].id == told
        assert not out.exists()
    else:
        (going,) = json.loads(export_for_signing(quiet, package, out).boxes.read_text("utf-8"))["documents"]
        assert [bool(each["tag"]) for each in going["signatures"]] == [True, True]


@pytest.mark.slow
def test_signatures_over_the_package_are_read_in_that_process(stage, tmp_path, monkeypatch):
    def read(*_: object) -> None:
        raise AssertionError

    for name in ("read_xades", "check_data", "check_guideline", "read_signed"):
        for module in (own, asked):
            monkeypatch.setattr(module, name, read, raising=False)
    sign_container(
        quiet, stage.signed, tmp_path / "dua.asice", stage.key(TEAM, "ec"), TEAM, stage.anchors, NOW
    )
    bent = tamper.forge(stage.signed, tmp_path / "x.asice", lambda files: files.update({PHOTO: b"lain"}))
    with pytest.raises(PackageUnusable) as caught:
        sign_container(quiet, bent, tmp_path / "tiga.asice", Never(), TEAM, stage.anchors, NOW)
    assert code_of(caught.value.message.params["reason"]) != "parser"


def test_who_has_signed_is_looked_up_in_that_process_and_asked_once(stage, tmp_path, monkeypatch):
    package = tmp_path / "paket.asice"
    shutil.copy(stage.half, package)

    def opened(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(pikepdf, "open", opened)
    assert standing(package).signed == {MAYOR}
    monkeypatch.setattr(KEPT, "take", opened)
    assert standing(package).signed == {MAYOR}


@pytest.mark.slow
def test_a_process_that_looked_is_asked_again_and_none_that_has_gone():
    first = take()
    give(first)
    assert take() is first
    first.kill("time")
    give(first)
    second = take()
    assert second is not first
    second.close()


def test_memory_that_runs_out_is_no_missing_signature(monkeypatch):
    def opened(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(pikepdf, "open", opened)
    with pytest.raises(MemoryError):
        filled._names(io.BytesIO(b"%PDF"), 0, 4)
    monkeypatch.undo()
    assert filled._names(io.BytesIO(b"%PDF"), 0, 4) == frozenset()


@pytest.mark.slow
def test_a_clock_behind_an_earlier_signature_is_told_with_what_to_do(stage, tmp_path):
    """Nobody's package is at fault then: this computer's clock is."""
    early = NOW - dt.timedelta(days=1)
    with pytest.raises(PackageUnusable) as caught:
        sign_container(quiet, stage.half, tmp_path / "x.asice", Never(), TEAM, stage.anchors, early)
    reason = caught.value.message.params["reason"]
    assert code_of(reason) == "signature.future"
    assert "zona waktu komputer ini" in render(caught.value.message, Language.ID)
    assert "time zone of this computer" in render(caught.value.message, Language.EN)


def test_an_office_with_a_line_end_is_not_drawn_into_a_stamp(stage, tmp_path):
    """It would stand above the true name in the same type, or push name and worth out of the box."""
    path = tmp_path / "a.asice"
    shutil.copyfile(stage.sealed, path)

    def bend(manifest):
        file = next(one for one in manifest.files if one.signers)
        signers = tuple(msgspec.structs.replace(one, office="\n" * 99 + "Bupati") for one in file.signers)
        return change_files(manifest, file, signers)

    def change_files(manifest, file, signers):
        files = tuple(
            msgspec.structs.replace(one, signers=signers) if one is file else one for one in manifest.files
        )
        return msgspec.structs.replace(manifest, files=files)

    with open_package(path) as package:
        check_plain(package.manifest)
        with pytest.raises(Refused, match="malformed"):
            check_plain(bend(package.manifest))


def test_a_day_that_is_none_is_no_manifest(stage) -> None:
    with open_package(stage.sealed) as package:
        manifest = package.manifest
    noted = Initials(
        step="a", label="Paraf", state="initialled", name="Sari", office="Kabag", date="2026-13-45"
    )
    for change in ({"initials": (noted,)}, {"printed_on": "2026-13-45"}):
        bent = msgspec.structs.replace(manifest, **change)
        bent = msgspec.structs.replace(bent, id=content_id(bent))
        with pytest.raises(Refused, match="malformed"):
            read_manifest(bent.to_bytes())


@pytest.mark.slow
def test_whoever_is_about_to_sign_is_told_what_a_verdict_notes(tmp_path):
    """He reads it in no verdict before his signature is there; what is still to come is not told."""
    hand = Hand(tmp_path)
    beside = SealFile("books/look-baru.id.pdf", "application/pdf", "other", page())
    for files, wanted in ((documents(), set()), ({**documents(), "x": beside}, {"note.other_document"})):
        path = tmp_path / "paket.asice"
        path.unlink(missing_ok=True)
        seal(quiet, whole(books=files, open_mandatory=3), path)
        found = preflight(quiet, path, hand.keys["elder"], "elder", hand.anchors, NOW, closing=True)
        codes = {code_of(each) for each in found.notes}
        # that it is a draft by its own word is told as well
        assert codes - {"note.guideline_example"} == {"missing.mandatory", *wanted}
    with pytest.raises(NothingToSign):
        # the package asks another one to close it: the signature would count for nothing
        preflight(quiet, path, hand.keys["elder"], "mayor", hand.anchors, NOW, closing=True)


def test_whoever_signs_first_is_told_what_holds_on_that_day(tmp_path):
    """Sealed on a day on which less was asked: the signature that is still to come makes more be asked."""
    path, code = tmp_path / "paket.asice", "note.no_fingerprint"
    seal(quiet, whole(), path)
    for day, told in ((NOW, False), (STRICT_SINCE + dt.timedelta(days=2), True)):
        assert (code in {code_of(each) for each in notes_before(quiet, path, Anchors(), day)}) is told
        judge = Judge(Anchors(), day)
        with open_package(path) as source:
            assert strict(source.manifest, judge) is told
            # who was first signed before, who comes next signs now
            report = SignatureReport("", "elder", "", "", "", "", NOW, False, "", False)
            looking = Undecided(Anchors(), day)
            for one, wanted in ((judge, False), (looking, told)):
                one.reports.append(report)
                assert strict(source.manifest, one) is wanted


@pytest.mark.parametrize("more", [0, pytest.param(120_000, marks=pytest.mark.slow)])
def test_every_list_is_asked_before_a_signature_however_long(more, stage, tmp_path):
    """Beyond four megabytes a list was left out without a word: perhaps the one that withdraws somebody."""
    root = pki.make("Induk", ca=True, start=NOW - 900 * pki.DAY)
    made = pki.make("Contoh Bupati", root, start=NOW - 400 * pki.DAY)
    crl = pki.withdrawing(root, made)
    crl = pki.longer(crl, root, more) if more else crl
    out = export_for_signing(quiet, stage.sealed, tmp_path / "keluar").documents[0]
    back, target = tmp_path / "kembali.pdf", tmp_path / "baru.asice"
    look = Stamp("Contoh Bupati", "Bupati Contoh", NOW, StampStanding.TEST, "RANCANG:X")
    back.write_bytes(sign_pdf(out.read_bytes(), made.signer(root), MAYOR, look, "buku"))
    bring_back(quiet, stage.sealed, target, [Choice(back, BOOK, {MAYOR: MAYOR})])
    for lists, told in (((crl,), True), ((), False), ((crl,), True)):
        found = notes_before(quiet, target, pki.believe(root, crls=lists), NOW)
        assert ("signature.untrusted" in {code_of(each) for each in found}) is told
    other = pki.make("Orang Lain", root)
    back.write_bytes(sign_pdf(out.read_bytes(), other.signer(root), MAYOR, look, "buku"))
    bring_back(quiet, stage.sealed, target, [Choice(back, BOOK, {MAYOR: MAYOR})])
    believed = pki.believe(root, crls=(crl,))
    (anchor,) = believed.anchors
    # a process that was told otherwise of the same root and lists is asked nothing of these
    for change, code in (
        ({}, ""),
        ({"problems": (Message("trust.crl.unreadable", file="pusat.crl"),)}, "note.trust_unread"),
        ({"anchors": (dataclasses.replace(anchor, kind=AnchorKind.TEST),)}, "note.test"),
        ({"anchors": (dataclasses.replace(anchor, passing=True),)}, "note.passing_anchor"),
        ({"anchors": (dataclasses.replace(anchor, purpose=AnchorClass.TIMESTAMP),)}, "unbelieved.nobody"),
    ):
        found = notes_before(quiet, target, dataclasses.replace(believed, **change), NOW)
        said = {code_of(each) for each in found} - {"note.other_person", "signer.own_stamps"}
        assert said == ({code} if code else set())


def test_a_list_that_could_not_be_read_is_told_before_a_signature_too(tmp_path):
    """A verdict told it, and whoever was about to sign heard nothing of it."""
    path = tmp_path / "paket.asice"
    seal(quiet, whole(), path)
    unread = Anchors(problems=(Message("trust.crl.unreadable", file="pusat.crl"),))
    assert "note.trust_unread" in {code_of(each) for each in notes_before(quiet, path, unread, NOW)}


def test_what_is_noted_is_of_the_package_that_was_shown(tmp_path):
    """Of two that are exchanged while a password is typed: the notes of one stood beside the other's name."""
    shown, path = tmp_path / "ini.asice", tmp_path / "paket.asice"
    seal(quiet, whole(), shown)
    seal(quiet, whole(open_mandatory=3), path)
    with open_package(path) as mine, open_package(shown) as other:
        own, others = state_of(mine), state_of(other)
    found = notes_before(quiet, path, Anchors(), NOW, ("elder", True), expected=own)
    assert "missing.mandatory" in {code_of(each) for each in found}
    assert whom_before(path, "elder", closing=True, expected=own)
    with pytest.raises(ChangedMeanwhile):
        notes_before(quiet, path, Anchors(), NOW, ("elder", True), expected=others)
    with pytest.raises(ChangedMeanwhile):
        whom_before(path, "elder", closing=True, expected=others)


@pytest.mark.parametrize("closing", [True, False])
def test_whoever_signs_first_is_told_what_his_own_signature_makes_noted(closing, tmp_path):
    """Nobody's is there yet: neither that the plan says to be finished later, nor whom it does not name."""
    hand, path = Hand(tmp_path), tmp_path / "paket.asice"
    soon = NOW + dt.timedelta(hours=2)
    data = plan(workspace=WorkspacePart(
        id="0" * 32, head="a" * 64, changed_at=moment_text(soon), source_language="id", example=False
    ))  # fmt: skip
    books = documents(look=("elder",))
    before = {"note.before_sealing"}
    for change, wanted in (
        ({}, set()),
        ({"data": data, "changed_at": soon}, before),
        ({"signers": (dataclasses.replace(replace_box(signer("elder")), name=""),)}, {"note.nobody_named"}),
    ):
        path.unlink(missing_ok=True)
        seal(quiet, whole(books, **change), path)
        found = preflight(quiet, path, hand.keys["elder"], "elder", hand.anchors, NOW, closing=closing)
        codes = {code_of(each) for each in found.notes} & {"note.before_sealing", "note.nobody_named"}
        # the document names its signer
        assert codes == (wanted if closing or wanted == before else set())
        # and who signs for another role is told nothing of it
        others = notes_before(quiet, path, hand.anchors, NOW, ("mayor", closing))
        assert not {code_of(each) for each in others} & codes


@pytest.mark.parametrize("previous", ["", "ab" * 32])
def test_whoever_signs_is_told_what_the_package_replaces(previous, stage, tmp_path):
    """Anybody who carries a package that is not closed can write another one there: nothing else changes."""
    path = tmp_path / "paket.asice"
    with open_package(stage.half) as source, replacing(path) as out:
        rewrite(quiet, source, out, {}, previous)
    look = preflight(quiet, path, stage.key(TEAM), TEAM, stage.anchors, NOW, closing=True)
    assert look.package is not None
    for language, none in ((Language.ID, "tidak menggantikan"), (Language.EN, "replaces no")):
        said = render(look.package, language)
        assert ("abab abab" in said, none in said) == (bool(previous), not previous)


def test_whoever_signs_is_told_where_a_verification_comes_to_no_end(stage, monkeypatch):
    """He waits three times as long: what is looked through for him is not looked through for others."""
    asked = []

    def short(given=0.0):
        """Only of a verification's time, once the documents are looked through."""
        asked.append(given)
        return given > 0.0 and len(asked) > 1

    monkeypatch.setattr("desktop.submission.own.is_short", short)
    for judge, told in ((Undecided(stage.anchors, NOW), True), (Judge(stage.anchors, NOW), False)):
        asked.clear()
        with open_package(stage.half) as package:
            judge_package(package, judge, quiet)
        assert ("note.not_looked_through" in {one.code for one in judge.reasons}) is told
        assert bool(asked) is told
        assert all(asked)


def test_no_kind_of_note_stands_behind_many_of_another():
    judge = Judge(Anchors(), NOW)
    for number in range(18):
        judge.note(Message("submission.note.other_document", file=f"x{number}"))
    judge.note(Message("submission.note.set_aside", n=3))
    judge.missing(Message("submission.missing.container_signature", who="x"))
    told = [code_of(each.message) for each in _noted(judge)]
    assert told == ["note.other_document", "note.set_aside", *["note.other_document"] * 17]
