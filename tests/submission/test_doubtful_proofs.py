"""Proofs that look like more than they are: a training clock, lists that are silent for another reason."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from desktop.base import LocalText, Message
from desktop.submission import VerdictKind
from desktop.submission.judging import Judge
from desktop.submission.proving import Evidence, Proof
from desktop.submission.refusal import Refused
from desktop.submission.register.run import basis_of
from desktop.trust.anchors import Anchor, AnchorClass, AnchorKind, Anchors
from desktop.trust.certificate import TEST_MARK, der, is_test
from desktop.trust.timestamps import Timestamp
from tests.submission.hostile.people import revoked
from tests.trust import pki

DAY, NOW = pki.DAY, pki.NOW
ROOT = pki.make("Root", ca=True)
ISSUER = pki.make("Penerbit", ROOT, ca=True)
MUTE = pki.make("Penerbit tanpa daftar", ROOT, ca=True, use=pki.usage(key_cert_sign=True))
POINTS = x509.CRLDistributionPoints(
    [x509.DistributionPoint([x509.UniformResourceIdentifier("http://crl.contoh/1.crl")], None, None, None)]
)
BUDI, SITI = pki.make("Budi", ISSUER, extra=((POINTS, False),)), pki.make("Siti", MUTE)
TIME_ROOT = pki.make("Root waktu", ca=True)
TIME = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])


def clock(**options: Any) -> pki.Holder:
    return pki.make("Jam", TIME_ROOT, use=pki.usage(digital_signature=True), extra=((TIME, True),), **options)


CLOCK, ENDED = clock(), clock(end=NOW - DAY / 3)


def token(at: dt.datetime, by: pki.Holder = CLOCK) -> Timestamp:
    return Timestamp(at, by.certificate, (), "1.2", None, b"")


def judge(kind: AnchorKind, *crls: bytes) -> Judge:
    clock = Anchor(der(TIME_ROOT.certificate), kind, "uji", LocalText(), AnchorClass.TIMESTAMP)
    return Judge(Anchors((*pki.believe(ROOT).anchors, clock), crls), NOW)


def believe(
    judge: Judge, holder: pki.Holder, issuer: pki.Holder, *lists: bytes, by: pki.Holder = CLOCK
) -> None:
    stamp = token(NOW - DAY / 2, by)
    evidence = Evidence((stamp,), (), (), lists)
    judge.believe(
        holder.certificate, (issuer.certificate,), NOW - DAY / 2, file="", role="team", evidence=evidence
    )


def test_a_training_clock_saves_no_withdrawn_certificate() -> None:
    withdrawn = revoked(ISSUER, BUDI.certificate.serial_number, NOW - DAY / 4)
    real = judge(AnchorKind.OWN, withdrawn)
    believe(real, BUDI, ISSUER)
    assert (real.reports[0].proven_at, real.reports[0].stamped_at) == (NOW - DAY / 2,) * 2
    with pytest.raises(Refused) as caught:
        believe(judge(AnchorKind.TEST, withdrawn), BUDI, ISSUER)
    assert caught.value.message.id == "submission.signature.untrusted"


def test_a_training_clock_proves_no_time_of_a_real_signature() -> None:
    tried = judge(AnchorKind.TEST)
    believe(tried, BUDI, ISSUER)
    # and says nothing of the signer, whose certificate is none of a test
    assert [reason.code for reason in tried.reasons] == ["note.test_clock"]
    assert (tried.reports[0].proven_at, tried.reports[0].proven_by) == (None, "")
    assert tried.reports[0].stamped_at is None


@pytest.mark.parametrize(
    ("days", "above", "code"), [(-0.5, False, "order"), (-0.5, True, "order"), (1, False, "future")]
)
def test_a_training_clock_speaks_against_nobody_real(days, above, code) -> None:
    """Anybody who carries a package can attach one, of another day than the signature claims."""
    at = NOW + DAY * days
    for kind in (AnchorKind.OWN, AnchorKind.TEST):
        tried, test = judge(kind), kind is AnchorKind.TEST
        evidence = Evidence() if above else Evidence((token(at),))
        over = Proof(at, "Jam", test) if above else None
        with contextlib.nullcontext() if test else pytest.raises(Refused) as caught:
            tried.believe(
                BUDI.certificate,
                (ISSUER.certificate,),
                NOW,
                file="",
                role="team",
                evidence=evidence,
                above=over,
            )
        if caught is not None:
            assert caught.value.message.id == f"submission.timestamp.{code}"
            continue
        assert [reason.code for reason in tried.reasons] == ["note.test_clock"]
        (found,) = tried.reports
        assert (found.proven_at, found.stamped_at, found.latest) == (None, None, found.valid_from)
        # and is asked again when its day has come
        assert days < 0 or (tried.until is not None and tried.until <= at)


@pytest.mark.parametrize("clock", [AnchorKind.TEST, AnchorKind.OWN])
@pytest.mark.parametrize("root", [AnchorKind.TEST, AnchorKind.OWN])
def test_a_clock_makes_nobody_less_than_he_is_without_it(clock, root) -> None:
    """The issuer's certificate ended after the signature; who is believed for less certified its key anew."""
    ended = pki.make("Penerbit", ROOT, ca=True, end=NOW - DAY / 4)
    lesser = pki.make("Root lain", ca=True)
    twin = pki.make("Penerbit", lesser, ca=True, key=ended.key)
    holder = pki.make("Budi", ended)
    anchors = judge(clock).anchors.and_these(pki.believe(lesser, kind=root).anchors)
    tried = Judge(anchors, NOW)
    stamp = token(NOW - DAY / 8)
    others = (ended.certificate, twin.certificate)
    evidence = Evidence((stamp,))
    tried.believe(holder.certificate, others, NOW - DAY / 2, file="", role="team", evidence=evidence)
    (found,) = tried.reports
    assert (found.test, found.anchor, found.proven_at) == (False, "certified", None)
    told = "note.test_clock" if clock is AnchorKind.TEST else "note.stamped_too_late"
    assert [reason.code for reason in tried.reasons] == [told, "note.expired_since"]


def test_a_clocks_word_on_what_states_no_time_stands_whoever_leads_on_by_now() -> None:
    """The same key was certified by one who is worth more, long after the clock had seen the signature."""
    lesser, better = pki.make("Root lain", ca=True), pki.make("Root", ca=True)
    issuer = pki.make("Penerbit", lesser, ca=True)
    renewed = pki.make("Penerbit", better, ca=True, key=issuer.key, start=NOW - DAY / 4)
    anchors = judge(AnchorKind.OWN).anchors.and_these(pki.believe(lesser, kind=AnchorKind.OWN).anchors)
    tried = Judge(anchors.and_these(pki.believe(better).anchors), NOW)
    stamp = token(NOW - DAY / 2)
    others = (issuer.certificate, renewed.certificate)
    holder = pki.make("Budi", issuer)
    tried.believe(holder.certificate, others, None, file="", role="team", evidence=Evidence((stamp,)))
    assert [reason.code for reason in tried.reasons] == ["note.only_stamped"]
    assert (tried.reports[0].proven_at, tried.reports[0].anchor) == (NOW - DAY / 2, "certified")


def test_a_timestamp_does_not_say_when_that_was_signed_which_states_no_time() -> None:
    for kind, code in ((AnchorKind.OWN, "note.only_stamped"), (AnchorKind.TEST, "note.no_time")):
        tried = judge(kind)
        stamp = token(NOW - DAY / 2)
        told = {"file": "", "role": "team", "evidence": Evidence((stamp,))}
        tried.believe(BUDI.certificate, (ISSUER.certificate,), None, **told)
        assert code in [reason.code for reason in tried.reasons]


def test_the_last_of_all_clocks_that_are_believed_is_known_of_a_signature() -> None:
    tried = judge(AnchorKind.OWN)
    stamps = tuple(token(NOW - DAY / n) for n in (2, 4))
    tried.believe(
        BUDI.certificate,
        (ISSUER.certificate,),
        NOW - DAY / 2,
        file="",
        role="team",
        evidence=Evidence(stamps),
    )
    (found,) = tried.reports
    assert (found.stamped_at, found.latest) == (NOW - DAY / 2, NOW - DAY / 4)


def test_a_clock_that_has_ended_dates_nothing_without_a_word() -> None:
    """Whoever has its old key today can make a stamp of any moment while it was valid."""
    withdrawn = revoked(ISSUER, BUDI.certificate.serial_number, NOW - DAY / 4)
    asked = judge(AnchorKind.OWN, withdrawn)
    believe(asked, BUDI, ISSUER, by=ENDED)
    assert asked.reports[0].proven_at == NOW - DAY / 2
    assert [one.code for one in asked.reasons] == ["note.clock_expired_since", "trust.path.revoked_since"]


@pytest.mark.parametrize(("days", "shown"), [(0.25, True), (1.25, True), (1.75, False), (-1, False)])
def test_a_list_from_before_the_signature_shows_nothing_of_its_signer(days, shown) -> None:
    asked = judge(AnchorKind.OWN)
    believe(asked, BUDI, ISSUER, a_list(ISSUER, days=days), a_list(ROOT, days=20))
    assert asked.reports[0].revocation is shown


def a_list(
    issuer: pki.Holder,
    scope: dict[str, object] | None = None,
    entry: x509.RevokedCertificate | None = None,
    days: float = 0.25,
) -> bytes:
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.certificate.subject)
    builder = builder.last_update(NOW - DAY * days).next_update(NOW + 9 * DAY)
    if scope is not None:
        values = {
            "full_name": None, "relative_name": None, "only_contains_user_certs": False,
            "only_contains_ca_certs": False, "only_some_reasons": None, "indirect_crl": False,
            "only_contains_attribute_certs": False, **scope,
        }  # fmt: skip
        builder = builder.add_extension(x509.IssuingDistributionPoint(**values), critical=True)
    if entry is not None:
        builder = builder.add_revoked_certificate(entry)
    return builder.sign(issuer.key, hashes.SHA256()).public_bytes(Encoding.DER)


def at(address: str) -> list[x509.GeneralName]:
    return [x509.UniformResourceIdentifier(address)]


STRANGE = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\5\0")


def unreadable(holder: pki.Holder) -> x509.RevokedCertificate:
    builder = x509.RevokedCertificateBuilder().serial_number(holder.certificate.serial_number)
    return builder.revocation_date(NOW - DAY).add_extension(STRANGE, critical=True).build()


SOME = {"only_some_reasons": frozenset([x509.ReasonFlags.superseded])}


@pytest.mark.parametrize(
    ("holder", "issuer", "made", "good"),
    [
        (BUDI, ISSUER, a_list(ISSUER), True),
        (BUDI, ISSUER, a_list(ISSUER, {"full_name": at("http://crl.contoh/1.crl")}), True),
        (BUDI, ISSUER, a_list(ISSUER, {"full_name": at("http://crl.contoh/2.crl")}), False),
        (BUDI, ISSUER, a_list(ISSUER, SOME), False),
        (SITI, MUTE, a_list(MUTE), False),
        (BUDI, ISSUER, a_list(ISSUER, entry=unreadable(SITI)), False),
    ],
    ids=["whole", "its part", "another part", "some reasons", "by whom it may not be", "a word unread"],
)  # fmt: skip
def test_a_list_vouches_only_for_what_it_is_about(holder, issuer, made, good) -> None:
    asked = judge(AnchorKind.OWN)
    believe(asked, holder, issuer, made, a_list(ROOT))
    assert asked.reports[0].revocation is good


def test_who_is_named_with_a_word_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        believe(judge(AnchorKind.OWN), BUDI, ISSUER, a_list(ISSUER, entry=unreadable(BUDI)))
    assert caught.value.message.id == "submission.signature.untrusted"


def test_the_mark_of_a_test_counts_in_any_organisation() -> None:
    names = [x509.NameAttribute(NameOID.ORGANIZATION_NAME, one) for one in ("Pemkab", TEST_MARK)]
    subject = x509.Name([*names, x509.NameAttribute(NameOID.COMMON_NAME, "Budi")])
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(ROOT.certificate.subject)
    builder = builder.public_key(BUDI.key.public_key()).serial_number(7)
    builder = builder.not_valid_before(NOW - DAY).not_valid_after(NOW + DAY)
    assert is_test(builder.sign(ROOT.key, hashes.SHA256()))
    assert not is_test(BUDI.certificate)


@pytest.mark.parametrize("days", [1, 30, 4000])
def test_a_claim_from_before_the_certificate_is_told_where_a_time_is_proven(days) -> None:
    """It is refused where nothing is proven; a stamp of what lies above makes it no truer."""
    new = pki.make("Rudi", ISSUER, start=NOW - 2 * DAY)
    asked, above = judge(AnchorKind.OWN), Proof(NOW - DAY / 24, "Jam", test=False)
    others, claimed = (ISSUER.certificate,), NOW - days * DAY
    asked.believe(new.certificate, others, claimed, file="", role="team", above=above)
    (report,) = asked.reports
    if days == 1:
        assert (asked.reasons, report.signed_at) == ([], claimed)
        return
    assert [one.code for one in asked.reasons] == ["note.claim_impossible"]
    assert report.signed_at == above.moment
    with pytest.raises(Refused):
        judge(AnchorKind.OWN).believe(new.certificate, others, claimed, file="", role="team")


@pytest.mark.slow
def test_who_keeps_a_file_that_cannot_be_read_is_told_with_every_verdict(scene) -> None:
    """It may be the list that withdraws the signer; a line beside the verdict is not the verdict."""
    damaged = Message("trust.crl.unreadable", file="penerbit.crl")
    anchors = replace(scene.anchors, problems=(damaged,))
    assert scene.ask(scene.signed).kind is VerdictKind.VALID
    found = scene.ask(scene.signed, anchors=anchors)
    assert found.kind is VerdictKind.VALID_WITH_NOTES
    (note,) = found.reasons
    assert (note.code, note.message.params["reason"]) == ("note.trust_unread", damaged)
    assert basis_of(anchors) != basis_of(scene.anchors)
