"""What a verdict will note is told where a document comes back, by the judge of verification itself."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from desktop.base import Language, clock, render
from desktop.base.jobs import quiet
from desktop.submission import Choice, bring_back, export_for_signing, look_at, verify
from desktop.submission.frame.window import Joined
from desktop.submission.issuers import Issued, Known
from desktop.submission.pdf.fields import boxes_in
from desktop.submission.pdf.sign import sign_pdf
from desktop.submission.quoting import as_said
from desktop.submission.refusal import code_of
from desktop.submission.resealing import WouldBeRefused
from desktop.submission.returning.bringing import Came
from desktop.submission.stamp import Stamp, StampStanding
from desktop.trust.anchors import Anchors
from tests.submission.making import BOOK, MAYOR, NOW, SECRETARY, Stage, written_anew
from tests.submission.pdf.test_stamp_letters import letters_of_its_own
from tests.trust import pki

_LONG_BEFORE = NOW - dt.timedelta(hours=5)


@pytest.fixture(autouse=True)
def that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def out(stage: Stage, tmp_path: Path) -> bytes:
    return export_for_signing(quiet, stage.sealed, tmp_path / "keluar").documents[0].read_bytes()


def signed(stage: Stage, data: bytes, field: str, by: str = MAYOR, moment: dt.datetime = NOW) -> bytes:
    look = Stamp("Contoh Bupati", "Bupati Contoh", moment, StampStanding.TEST, "RANCANG:X")
    with stage.key(by).open() as signer:
        return sign_pdf(data, signer, field, look, "buku")


def as_it_should(stage: Stage, data: bytes) -> bytes:
    return signed(stage, data, MAYOR)


def by_another(stage: Stage, data: bytes) -> bytes:
    return signed(stage, data, MAYOR, SECRETARY)


def both_by_one(stage: Stage, data: bytes) -> bytes:
    return signed(stage, signed(stage, data, MAYOR), SECRETARY, MAYOR)


def before_the_plan(stage: Stage, data: bytes) -> bytes:
    return signed(stage, data, MAYOR, moment=_LONG_BEFORE)


def in_her_place(stage: Stage, data: bytes) -> bytes:
    box, target = boxes_in(data)[SECRETARY], io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    half = (box.left, (box.bottom + box.top) / 2, box.right, box.top)
    append_signature_field(writer, SigFieldSpec("layanan", on_page=box.page, box=half))
    writer.write(target)
    return signed(stage, target.getvalue(), "layanan")


def with_letters(stage: Stage, data: bytes) -> bytes:
    with letters_of_its_own():
        return signed(stage, data, MAYOR)


def anew(stage: Stage, data: bytes) -> bytes:
    return signed(stage, written_anew(data, lambda _: None), MAYOR, SECRETARY)


def noted(package: Path, anchors: Anchors) -> set[str]:
    verdict = verify(package, anchors, NOW)
    return {repr(as_said(one.message, verdict.package)) for one in verdict.reasons}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("made", "codes"),
    [
        (as_it_should, {"note.test"}),
        (by_another, {"note.test", "note.other_person"}),
        (both_by_one, {"note.test", "note.other_person", "note.same_certificate"}),
        (before_the_plan, {"note.test", "note.before_sealing"}),
        (in_her_place, {"note.test", "note.other_box"}),
        (with_letters, {"note.test", "note.stamp_letters", "returned.not_archival"}),
        (anew, {"note.test", "note.other_person"}),
    ],
)
def test_whatever_a_verdict_will_note_is_told_where_a_document_comes_back(
    made: Callable[[Stage, bytes], bytes], codes: set[str], stage, out, tmp_path
) -> None:
    """Notes were put together in two places: of another person in an official's place nothing was said."""
    back, target = tmp_path / "buku.pdf", tmp_path / "baru.asice"
    back.write_bytes(made(stage, out))
    (came,) = look_at(quiet, stage.sealed, [back], BOOK, anchors=stage.anchors)
    assert {code_of(one) for one in came.notes if one not in came.comparison.more} == codes
    assert came.told.refused is None
    roles = {MAYOR: MAYOR, SECRETARY: SECRETARY, "layanan": MAYOR}
    choice = {field: roles[field] for field in came.roles}
    bring_back(quiet, stage.sealed, target, [Choice(back, BOOK, choice, "Sari")])
    fresh = noted(target, stage.anchors) - noted(stage.sealed, stage.anchors)
    # by whose word it is is known once it is there
    told = {repr(one) for one in came.told.notes}
    assert {one for one in fresh - told if "note.same_pages" not in one and "returned" not in one} == set()


@pytest.mark.slow
def test_of_a_signature_of_nobody_known_nothing_is_told_that_hangs_on_whose_it_is(stage, out, tmp_path):
    """It may be his very own place; but that a test identity signed is so whoever it was."""
    back = tmp_path / "buku.pdf"
    root = pki.make("Induk", ca=True)
    stranger = pki.make("Orang Lain", root)
    box, target = boxes_in(out)[SECRETARY], io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(out))
    append_signature_field(
        writer, SigFieldSpec("layanan", on_page=box.page, box=(box.left, box.bottom, box.right, box.top))
    )
    writer.write(target)
    look = Stamp("Orang Lain", "Bupati Contoh", _LONG_BEFORE, StampStanding.TEST, "RANCANG:X")
    back.write_bytes(sign_pdf(target.getvalue(), stranger.signer(root), "layanan", look, "buku"))
    for role, wanted in (
        ("", set()),
        (MAYOR, {"note.other_person", "note.other_box", "note.before_sealing"}),
    ):
        (came,) = look_at(quiet, stage.sealed, [back], BOOK, role, pki.believe(root))
        assert {code_of(one) for one in came.told.notes} == wanted
        assert came.roles == {"layanan": role}
        assert came.issued(came.comparison.signatures[0]).known is Known.BELIEVED


@pytest.mark.slow
def test_what_every_verification_would_refuse_is_told_before_it_is_put_in(stage, out, tmp_path):
    """It was told at the end, when all that came back had been chosen; now of the very document."""
    good, bad, target = tmp_path / "baik.pdf", tmp_path / "buruk.pdf", tmp_path / "baru.asice"
    good.write_bytes(signed(stage, out, MAYOR))
    bad.write_bytes(signed(stage, out, MAYOR, moment=NOW + dt.timedelta(days=9)))
    first, second = look_at(quiet, stage.sealed, [good, bad], BOOK, anchors=stage.anchors)
    assert (first.ready, first.told.refused) == (True, None)
    assert second.told.refused is not None
    assert code_of(second.told.refused) == "signature.future"
    assert (second.ready, second.notes[0]) == (False, second.told.refused)
    with pytest.raises(WouldBeRefused):
        bring_back(quiet, stage.sealed, target, [Choice(bad, BOOK, second.roles)])


def withdrawn(one: pki.Holder, root: pki.Holder) -> bytes:
    entry = x509.RevokedCertificateBuilder().serial_number(one.certificate.serial_number)
    made = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(root.certificate.subject)
        .last_update(NOW - pki.DAY)
        .next_update(NOW + pki.DAY)
        .add_revoked_certificate(entry.revocation_date(NOW - pki.DAY).build())
    )
    return made.sign(root.key, hashes.SHA256()).public_bytes(Encoding.DER)


@pytest.mark.slow
def test_what_this_computer_knows_of_an_issuer_is_told_where_a_document_comes_back(stage, out, tmp_path):
    """Of an issuer that it believes as of a self-made one it was said that nobody had checked."""
    root, other = pki.make("Induk", ca=True), pki.make("Induk Lain", ca=True)
    made = pki.make("Contoh Bupati", root)
    purpose = pki.make("Contoh Bupati", root, eku=[x509.oid.ExtendedKeyUsageOID.SERVER_AUTH])
    back = tmp_path / "buku.pdf"
    look = Stamp("Contoh Bupati", "Bupati Contoh", NOW, StampStanding.TEST, "RANCANG:X")

    def known(holder: pki.Holder, anchors: Anchors) -> tuple[Known, str]:
        back.write_bytes(sign_pdf(out, holder.signer(root), MAYOR, look, "buku"))
        (came,) = look_at(quiet, stage.sealed, [back], BOOK, anchors=anchors)
        issued = came.issued(came.comparison.signatures[0])
        assert came.told.notes == (), "said beside the signer"
        return issued.known, "" if issued.why is None else code_of(issued.why)

    assert known(made, pki.believe(root)) == (Known.BELIEVED, "")
    assert known(made, pki.believe(other)) == (Known.NOT_KNOWN, "signature.unknown")
    assert known(made, Anchors()) == (Known.NOT_KNOWN, "signature.unknown")
    listed = pki.believe(root, crls=(withdrawn(made, root),))
    assert known(made, listed) == (Known.WITHDRAWN, "signature.untrusted")
    assert known(purpose, pki.believe(root)) == (Known.NOT_BELIEVED, "signature.untrusted")
    back.write_bytes(signed(stage, out, MAYOR))
    (came,) = look_at(quiet, stage.sealed, [back], BOOK, anchors=stage.anchors)
    assert came.issued(came.comparison.signatures[0]) == Issued(Known.TEST, own_stamp=True)
    back.write_bytes(signed(stage, written_anew(out, lambda pdf: pdf.pages.append(pdf.pages[0])), MAYOR))
    (came,) = look_at(quiet, stage.sealed, [back], BOOK, anchors=stage.anchors)
    assert came.issued(came.comparison.signatures[0]).known is Known.NOT_ASKED, "it is another document"


def test_an_issuer_in_between_that_did_not_come_along_is_told_at_once(stage, out, tmp_path):
    """A carrier takes it out or exchanges it, nothing covers it: here it is seen as everywhere."""
    root = pki.make("Induk", ca=True)
    between = pki.make("Penerbit", root, ca=True)
    own_root = pki.make("Induk", ca=True)
    twin = pki.make("Penerbit", own_root, ca=True, key=between.key)
    made, look = pki.make("Contoh Bupati", between), Stamp("X", "Y", NOW, StampStanding.TEST, "RANCANG:X")
    back = tmp_path / "buku.pdf"
    for chain, wanted in (
        ((between,), Known.BELIEVED),
        ((), Known.NOT_KNOWN),
        ((twin, own_root), Known.NOT_KNOWN),
    ):
        back.write_bytes(sign_pdf(out, made.signer(*chain), MAYOR, look, "buku"))
        (came,) = look_at(quiet, stage.sealed, [back], BOOK, anchors=pki.believe(root))
        assert came.issued(came.comparison.signatures[0]).known is wanted


def test_every_state_of_an_issuer_is_said_in_words_of_its_own() -> None:
    for language in Language:
        said = [render(Issued(one).said("Induk"), language) for one in Known]
        assert len(set(said)) == len(Known)
        assert all("“Induk”" in one for one in said)
    for one in Known:
        assert Issued.from_json(Issued(one).to_json()) == Issued(one)
    for bad in ({"known": "x", "why": None}, {"known": "test"}, {"known": "test", "why": 3}):
        with pytest.raises((ValueError, TypeError, LookupError, AttributeError)):
            Issued.from_json(bad)


@pytest.mark.slow
def test_documents_of_one_package_are_looked_at_together_and_files_of_one_document_apart(
    stage, out, tmp_path
) -> None:
    """One after the other in the same place: what is told of each is of the package with this one in it."""
    once, twice = tmp_path / "satu.pdf", tmp_path / "dua.pdf"
    once.write_bytes(signed(stage, out, MAYOR))
    twice.write_bytes(signed(stage, once.read_bytes(), SECRETARY, MAYOR))

    def codes(one: Came) -> set[str]:
        return {code_of(each) for each in one.told.notes}

    first, second = look_at(quiet, stage.sealed, [once, twice], BOOK, anchors=stage.anchors)
    assert codes(first) == {"note.test"}
    assert codes(second) == {"note.test", "note.other_person", "note.same_certificate"}


def test_files_behind_each_other_are_read_as_one() -> None:
    joined = io.BufferedReader(
        Joined([(io.BytesIO(b"abc"), 3), (io.BytesIO(b""), 0), (io.BytesIO(b"defg"), 4)])
    )
    assert joined.read() == b"abcdefg"
    joined.seek(2)
    assert joined.read(3) == b"cde"
    assert joined.seek(-1, io.SEEK_END) == 6
    assert (joined.read(5), joined.read(5)) == (b"g", b"")
