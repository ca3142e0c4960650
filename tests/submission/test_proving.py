"""Timestamps and answers about revocation in a package, judged: what holds, and every way not to."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from desktop.base import Language, Message, render
from desktop.base.jobs import quiet
from desktop.submission import (
    VerdictKind,
    proving,
    seal,
    sign_pdfs,
    signing,
)
from desktop.submission.frame.container import data_files
from desktop.submission.own import read_own_signature
from desktop.submission.proving import Evidence
from desktop.submission.resealing import WouldBeRefused
from desktop.trust.anchors import AnchorClass, AnchorKind, Anchors
from desktop.trust.path import NoPath
from tests.authority import ENDED, NOW, WITHDRAWN
from tests.submission import tamper
from tests.submission.making import BOOK, MAYOR, seal_input
from tests.submission.timestamped import (
    DAY,
    SIGNATURE,
    codes,
    foreign,
    proven,
    refused,
    stamped_anew,
    token,
    token_of_no_clock,
    with_store,
)
from tests.trust import pki


@pytest.mark.slow
def test_a_timestamp_inside_a_document_that_is_about_something_else(scene, tmp_path, monkeypatch) -> None:
    from desktop.trust import fetching

    path, honest = tmp_path / "x.asice", fetching.request_timestamp

    def other(service, digest, *rest):
        return honest(service, bytes(32), *rest)

    seal(quiet, seal_input(), path)
    with monkeypatch.context() as patch:
        patch.setattr(fetching, "request_timestamp", other)
        key, service = scene.authority.key(MAYOR), scene.service()
        with pytest.raises(WouldBeRefused):
            sign_pdfs(quiet, path, path, key, MAYOR, scene.anchors, NOW, service, other_holder=True)
        patch.setattr(signing, "look_at_written", lambda *_: None)
        sign_pdfs(quiet, path, path, key, MAYOR, scene.anchors, NOW, service, other_holder=True)
    assert refused(scene.ask(path)) == "timestamp.imprint"


def test_a_timestamp_of_something_else(scene, tmp_path) -> None:
    path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", token(scene, scene.signed, about=b"lain"))
    assert refused(scene.ask(path)) == "timestamp.imprint"


def test_whoever_names_a_clock_says_no_sentence_of_ours(monkeypatch) -> None:
    """A clock called “BSrE, proven. Another timestamp, by X,” had the program say so."""
    clock: Any = SimpleNamespace(certificate=None, moment=NOW, others=())
    monkeypatch.setattr(proving, "holder", lambda _: "BSrE” terbukti sah. Cap waktu dari “X")
    monkeypatch.setattr(proving, "issuer", lambda _: 'Uji" («resmi»)')
    monkeypatch.setattr(
        proving, "find_path", lambda *_, **__: NoPath(Message("trust.path.unknown"), known=False)
    )
    (note,) = proving.prove(Evidence((clock,)), Anchors(), NOW).notes
    for language in Language:
        said = render(note, language)
        assert said.count("“") == said.count("”") == 2
        assert "“BSrE' terbukti sah. Cap waktu dari 'X”" in said
        assert "“Uji' ('resmi')”" in said


def test_the_name_of_a_clock_stands_in_quotation_marks() -> None:
    for at in (Path(__file__).parents[2] / "i18n").glob("*/LC_MESSAGES/rancang.po"):
        text = at.read_text(encoding="utf-8")
        assert text.count("{authority}") == text.count("“{authority}”") > 5


def test_a_timestamp_that_is_broken(scene, tmp_path) -> None:
    whole = token(scene, scene.signed)
    for broken in (whole[:-1] + bytes([whole[-1] ^ 1]), whole[:-9], b"\x30\x03abc"):
        path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", broken)
        assert refused(scene.ask(path)) == "timestamp.bad"


def test_a_timestamp_by_nobody_known(scene, tmp_path) -> None:
    strange = token(scene, scene.signed, "tsa-strange")
    verdict = scene.ask(stamped_anew(scene, scene.signed, tmp_path / "x.asice", strange))
    assert (verdict.kind, codes(verdict)) == (VerdictKind.VALID_WITH_NOTES, ["note.timestamp_unknown"])
    assert proven(verdict) == [(None, "", False)] * 3
    # And the same token when its root becomes known.
    root = scene.anchors.plus(*scene.authority.pem("strange-root"), purpose=AnchorClass.TIMESTAMP)
    verdict = scene.ask(tmp_path / "x.asice", anchors=root)
    assert proven(verdict)[0] == (NOW, "Contoh tsa-strange", False)
    assert codes(verdict) == ["note.passing_clock"], "nobody compared that root"
    # Whose extension did not find it believable adds a good one beside it.
    scene.extend(tmp_path / "x.asice", tmp_path / "y.asice")
    assert proven(scene.ask(tmp_path / "y.asice"))[0] == (NOW, "Contoh tsa", False)


@pytest.mark.parametrize("name", ["tsa-old", "tsa-plain"])
def test_a_timestamp_by_who_is_no_clock_is_worth_what_none_is(scene, tmp_path, name) -> None:
    """Whoever carries a package may lay it in: where the root is known too it refused all that was signed."""
    path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", token_of_no_clock(scene, name))
    own = Anchors(tuple(one for one in scene.anchors.anchors if one.purpose is not AnchorClass.TIMESTAMP))
    for anchors in (scene.anchors, own):
        verdict = scene.ask(path, anchors=anchors)
        assert (verdict.kind, codes(verdict)) == (VerdictKind.VALID_WITH_NOTES, ["note.timestamp_void"])
        assert proven(verdict)[0] == (None, "", False)
    scene.extend(path, path)
    assert proven(scene.ask(path))[0] == (NOW, "Contoh tsa", False), "a good one beside it proves"


def test_a_way_to_a_known_root_that_breaks_a_rule_is_worth_what_none_is() -> None:
    """An ended cross certificate is public: laid in, it made of a clock nobody knows one that is refused."""
    known, other = (pki.make(name, ca=True, start=NOW - 900 * DAY) for name in ("Root Dikenal", "Root Lain"))
    cross = pki.make("Root Lain", known, ca=True, key=other.key, start=NOW - 900 * DAY, end=NOW - 10 * DAY)
    purpose = (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)
    clock = pki.make("Layanan Waktu", other, start=NOW - 100 * DAY, extra=(purpose,))
    stamp: Any = SimpleNamespace(certificate=clock.certificate, moment=NOW, others=())
    (root,) = pki.believe(known, kind=AnchorKind.OWN).anchors
    believed = Anchors((replace(root, purpose=AnchorClass.TIMESTAMP),))
    for laid_in, expected in ((), "timestamp_unknown"), ((cross.certificate,), "timestamp_void"):
        found = proving.prove(Evidence((stamp,), laid_in), believed, NOW)
        assert ([one.id for one in found.notes], found.proof) == ([f"submission.note.{expected}"], None)


def test_a_timestamp_of_nobodys_clock_from_the_future_proves_nothing(scene, tmp_path) -> None:
    strange = token(scene, scene.signed, "tsa-strange", at=NOW + DAY)
    verdict = scene.ask(stamped_anew(scene, scene.signed, tmp_path / "x.asice", strange))
    assert codes(verdict) == ["note.timestamp_unknown"]


@pytest.mark.parametrize(
    ("at", "now", "expected"),
    [
        (NOW - DAY, NOW, "timestamp.order"),
        (NOW - dt.timedelta(minutes=5), NOW, ""),
        (NOW + DAY, NOW, "timestamp.future"),
    ],
)
def test_times_that_cannot_be(scene, tmp_path, at, now, expected) -> None:
    path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", token(scene, scene.signed, at=at))
    verdict = scene.ask(path, now)
    if expected:
        assert refused(verdict) == expected
    else:
        assert verdict.kind is VerdictKind.VALID


@pytest.mark.parametrize(("name", "expected"), [("tsa-retired", ""), ("tsa-stolen", "note.timestamp_void")])
def test_an_authority_that_was_given_up_or_robbed_later(scene, tmp_path, name, expected) -> None:
    path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", token(scene, scene.signed, name))
    assert scene.ask(path).kind is VerdictKind.VALID
    later = WITHDRAWN + 8 * DAY
    with scene.authority.clock(later):
        known = scene.anchors.with_lists(scene.authority.crl("time-root"))
    verdict = scene.ask(path, later, known)
    if expected:
        # worth what none is: who has such a key stamps whatever he likes, and who carries a file lays it in
        assert (verdict.kind, codes(verdict)) == (VerdictKind.VALID_WITH_NOTES, [expected, "note.no_plan"])
        assert verdict.signatures[0].proven_at is None
    else:
        assert codes(verdict) == ["trust.path.revoked_since"]
        assert verdict.signatures[0].proven_at == NOW


def test_a_timestamp_long_after_the_claimed_time_is_told(scene, tmp_path) -> None:
    at = NOW + 3 * DAY
    path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", token(scene, scene.signed, at=at))
    verdict = scene.ask(path, at)
    assert (verdict.kind, codes(verdict)) == (VerdictKind.VALID_WITH_NOTES, ["note.stamped_later"])
    assert verdict.signatures[0].proven_at == at


def test_a_timestamp_after_the_certificate_ended_proves_nothing(scene, tmp_path) -> None:
    signed, at = scene.container("short", tmp_path / "x.asice"), ENDED + DAY
    path = stamped_anew(scene, signed, tmp_path / "y.asice", token(scene, signed, at=at))
    verdict = scene.ask(path, at)
    assert set(codes(verdict)) == {"note.stamped_too_late", "note.expired_since", "note.no_plan"}
    assert proven(verdict) == [(None, "", False)]


@pytest.mark.slow
def test_attached_answers_have_to_be_about_the_signature(scene, tmp_path) -> None:
    """In one of our packages nothing lies about that says nothing, or says it falsely."""
    good = token(scene, scene.signed)
    files, manifest = tamper.read(scene.whole)
    kept = read_own_signature(files[SIGNATURE], 0, data_files(manifest)).unsigned.evidence
    assert (len(kept.answers), len(kept.lists)) == (1, 1)
    other = scene.container("mayor", tmp_path / "m.asice")
    scene.extend(other, other, "lt")
    files, manifest = tamper.read(other)
    foreign = read_own_signature(files[SIGNATURE], 0, data_files(manifest)).unsigned.evidence.answers
    answer = kept.answers[0]
    bent = answer[:-1] + bytes([answer[-1] ^ 1])
    for answers in (foreign, (bent,), (b"\x30\x00",), (answer, *foreign)):
        path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", good, answers=answers)
        assert refused(scene.ask(path)) == "timestamp.attached"
    listed = kept.lists[0]
    for lists in ((listed[:-1] + bytes([listed[-1] ^ 1]),), (b"\x30\x00",)):
        path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", good, lists=lists)
        assert refused(scene.ask(path)) == "timestamp.attached"
    (root,) = scene.authority.pem("strange-root")
    stray = Anchors().plus(root).anchors[0].der
    path = stamped_anew(scene, scene.signed, tmp_path / "x.asice", good, certificates=(stray,))
    assert refused(scene.ask(path)) == "timestamp.attached"


@pytest.mark.slow
@pytest.mark.parametrize("step", [37, pytest.param(1, marks=pytest.mark.torture)])
def test_no_bit_of_an_extended_signature_could_be_another(scene, tmp_path, step) -> None:
    files, manifest = tamper.read(scene.whole)
    original = files[SIGNATURE]
    start = original.index(b"</xades:SignedProperties>")
    for place in range(start, len(original), step):
        broken = bytearray(original)
        broken[place] ^= 1 << place % 8
        path = tamper.write({**files, SIGNATURE: bytes(broken)}, manifest, tmp_path / "x.asice")
        assert scene.ask(path).kind is VerdictKind.REFUSED, place


def test_a_withdrawal_told_by_an_attached_answer(scene, tmp_path) -> None:
    signed, later = scene.container("withdrawn", tmp_path / "x.asice"), WITHDRAWN + DAY
    with scene.authority.clock(later):
        answer = scene.authority.answer("withdrawn", "interm")
        path = stamped_anew(
            scene, signed, tmp_path / "y.asice", token(scene, signed, at=later), answers=(answer,)
        )
    assert refused(scene.ask(path, later)) == "signature.untrusted"


@pytest.mark.parametrize(("key", "values"), [("/Certs", [b"\x30\x00"]), ("/CRLs", [b"x"] * 61)])
def test_a_store_in_a_document_that_is_damaged(scene, key, values) -> None:
    import io

    from desktop.submission.pdf.read import read_signatures
    from desktop.submission.refusal import Refused, code_of

    book = with_store(tamper.read(scene.half)[0][BOOK], key, values)
    with pytest.raises(Refused) as caught:
        read_signatures(io.BytesIO(book), BOOK, None)
    assert code_of(caught.value.message) in {"pdf.kept", "pdf.changed_after"}


def test_false_answers_in_a_documents_store_help_nobody(scene) -> None:
    """Unlike in our signature files they may lie there: other programs put them in. They prove nothing."""
    import io

    from desktop.submission.judging import Judge
    from desktop.submission.pdf.read import read_signatures

    true = scene.authority.answer("team", "interm")
    false = [b"\x30\x03\x0a\x01\x03", true[:-1] + bytes([true[-1] ^ 1])]
    book = with_store(tamper.read(scene.half)[0][BOOK], "/OCSPs", false)
    judge = Judge(scene.anchors, NOW)
    for one in read_signatures(io.BytesIO(book), BOOK, None):
        judge.believe(one.certificate, one.others, one.claimed_at, file="", role="", evidence=one.evidence)
    assert (judge.reasons, [one.revocation for one in judge.reports]) == ([], [False, False])


def test_a_foreign_container_with_a_timestamp(scene, tmp_path) -> None:
    verdict = foreign(scene, tmp_path / "x.asice")
    assert (verdict.kind, codes(verdict)) == (VerdictKind.VALID_WITH_NOTES, ["note.foreign"])
    assert proven(verdict) == [(NOW, "Contoh tsa", False)]  # nothing is said of the issuer
    # Inclusive canonical form, as most programs use, gives other bytes: the token is about others.
    inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
    exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#"
    start = "<xades:SignatureTimeStamp"

    def other_form(text: str) -> str:
        before, after = text.split(start, 1)
        return before + start + after.replace(exclusive, inclusive, 1)

    assert refused(foreign(scene, tmp_path / "x.asice", other_form)) == "timestamp.imprint"


OPEN = "<xades:EncapsulatedTimeStamp>"


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("</xades:SignatureTimeStamp>", "<x/></xades:SignatureTimeStamp>", "xml.structure"),
        (OPEN, f"{OPEN}!", "xml.structure"),
        (f"{OPEN}MII", f"{OPEN}MIJ", "timestamp.bad"),
        ("SignatureTimeStamp", "ArchiveTimeStamp", ""),
        ("<xades:EncapsulatedOCSPValue>MII", "<xades:EncapsulatedOCSPValue>AII", ""),
    ],
    ids=["more inside", "not base64", "bent", "of an unknown kind", "answer bent"],
)
def test_a_foreign_container_with_a_strange_timestamp(scene, tmp_path, old, new, code) -> None:
    verdict = foreign(scene, tmp_path / "x.asice", lambda text: text.replace(old, new))
    if code:
        assert refused(verdict) == code
    else:
        assert verdict.kind is VerdictKind.VALID_WITH_NOTES
        assert not verdict.signatures[0].revocation


def test_more_timestamps_than_anybody_needs(scene, tmp_path) -> None:
    def many(text: str) -> str:
        start, end = text.index("<xades:SignatureTimeStamp"), text.index("</xades:SignatureTimeStamp>")
        one = text[start : end + len("</xades:SignatureTimeStamp>")]
        return text.replace(one, "".join(one.replace("-t0", f"-t{n}") for n in range(9)))

    assert refused(foreign(scene, tmp_path / "x.asice", many)) == "xades.too_many"
