"""Answers about revocation (OCSP): by whom, about whom, and for how long they are believed."""

from __future__ import annotations

import datetime as dt

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import ocsp
from cryptography.x509.oid import ExtendedKeyUsageOID

from desktop.trust.answers import BadAnswer, chain_status, plain_answer, read_answer
from desktop.trust.revocation import Asked, RevocationList
from tests.trust.crls import entry, revoke
from tests.trust.pki import DAY, NOW, Holder, make, rsa_key, usage

ROOT = make("Root", ca=True)
ISSUER = make("Penerbit", ROOT, ca=True, length=0)
LEAF = make("Budi", ISSUER)
OTHER = make("Wati", ISSUER)
ANSWERS = [ExtendedKeyUsageOID.OCSP_SIGNING]
RESPONDER = make("Penjawab", ISSUER, use=usage(digital_signature=True), eku=ANSWERS)
REASONS = x509.ReasonFlags


def answer(
    responder: Holder = RESPONDER,
    about: Holder = LEAF,
    *,
    issuer: Holder = ISSUER,
    status: ocsp.OCSPCertStatus = ocsp.OCSPCertStatus.GOOD,
    revoked_at: dt.datetime | None = None,
    reason: x509.ReasonFlags | None = None,
    said: dt.datetime = NOW,
    until: dt.datetime | None = NOW + DAY,
    named_by: hashes.HashAlgorithm | None = None,
    attached: tuple[Holder, ...] | None = None,
) -> bytes:
    builder = (
        ocsp.OCSPResponseBuilder()
        .add_response(
            about.certificate,
            issuer.certificate,
            named_by or hashes.SHA1(),
            status,
            said,
            until,
            revoked_at,
            reason,
        )
        .responder_id(ocsp.OCSPResponderEncoding.HASH, responder.certificate)
    )
    chain = (responder,) if attached is None else attached
    if chain:
        builder = builder.certificates([one.certificate for one in chain])
    return builder.sign(responder.key, hashes.SHA256()).public_bytes(Encoding.DER)


def read(data: bytes, about: Holder = LEAF):
    return read_answer(data, about.certificate, ISSUER.certificate)


def good(*data: bytes, proven: dt.datetime | None = NOW, chain: tuple[Holder, ...] = (LEAF, ISSUER)):
    return chain_status(tuple(one.certificate for one in chain), data, (), Asked(NOW, NOW, proven))


@pytest.mark.parametrize("named_by", [hashes.SHA1(), hashes.SHA256()])
def test_by_the_issuer_or_with_its_leave(named_by) -> None:
    by_issuer = read(answer(ISSUER, attached=(), named_by=named_by))
    assert (by_issuer.withdrawal, by_issuer.responder) == (None, None)
    delegated = read(answer(named_by=named_by))
    assert (delegated.withdrawal, delegated.responder) == (None, RESPONDER.certificate)
    rsa = make("RSA", ISSUER, key=rsa_key(), use=usage(digital_signature=True), eku=ANSWERS)
    assert read(answer(rsa)).responder == rsa.certificate


@pytest.mark.parametrize(
    "responder",
    [
        make("Bukan penjawab", ISSUER),
        make("Penjawab lain", ROOT, eku=ANSWERS),
        make("Habis", ISSUER, eku=ANSWERS, start=NOW - 9 * DAY, end=NOW - DAY),
        make("Sendiri", eku=ANSWERS),
    ],
    ids=["no purpose", "another issuer's", "ended", "self-made"],
)
def test_by_somebody_without_leave(responder) -> None:
    with pytest.raises(BadAnswer) as caught:
        read(answer(responder))
    assert caught.value.message.id == "trust.revocation.signature"


def test_about_somebody_else() -> None:
    assert read(answer(about=OTHER)) is None
    twin = make("Penerbit", ROOT, ca=True)
    assert read_answer(answer(), LEAF.certificate, twin.certificate) is None
    assert not good(answer(about=OTHER)).complete


def test_unknown_and_declined() -> None:
    with pytest.raises(BadAnswer) as caught:
        read(answer(status=ocsp.OCSPCertStatus.UNKNOWN))
    assert caught.value.message.id == "trust.revocation.not_known"
    declined = ocsp.OCSPResponseBuilder.build_unsuccessful(ocsp.OCSPResponseStatus.TRY_LATER)
    with pytest.raises(BadAnswer) as caught:
        read(declined.public_bytes(Encoding.DER))
    assert caught.value.message.id == "trust.revocation.declined"


@pytest.mark.parametrize(
    ("said", "until", "covers"),
    [
        (NOW, NOW + DAY, True),
        (NOW - DAY, NOW + DAY, True),
        (NOW - 2 * DAY, NOW + DAY, False),
        (NOW - 2 * DAY, NOW - DAY, False),
        (NOW - DAY, None, False),
        (NOW + DAY / 300, None, True),
        (NOW + 9 * DAY, None, False),
    ],
    ids=["now", "of the day", "older", "over", "of a moment", "a clock ahead", "of the future"],
)
def test_for_how_long(said, until, covers) -> None:
    # Said by the issuer itself, whose certificate has been valid for longer.
    assert good(answer(ISSUER, said=said, until=until, attached=())).complete is covers


def test_who_answers_without_being_allowed_any_more_shows_nothing() -> None:
    chain = (LEAF.certificate, ISSUER.certificate)
    gone = revoke(ISSUER, entry(RESPONDER.certificate.serial_number))
    other = revoke(ROOT, entry(RESPONDER.certificate.serial_number))
    for crl, complete in ((gone, False), (other, True), (revoke(ISSUER), True)):
        known = (RevocationList(crl),)
        said = chain_status(chain, (answer(),), (), Asked(NOW, NOW, NOW), known)
        assert said.complete is complete
        assert [one.id for one in said.problems] == ([] if complete else ["trust.revocation.responder"])


def test_what_is_said_afterwards_of_who_had_expired_by_then_shows_nothing() -> None:
    ended = make("Budi", ISSUER, start=NOW - 9 * DAY, end=NOW + DAY)
    chain = (ended.certificate, ISSUER.certificate)
    for said, complete in ((NOW + DAY / 2, True), (NOW + 2 * DAY, False)):
        made = answer(ISSUER, about=ended, said=said, until=None, attached=())
        assert chain_status(chain, (made,), (), Asked(NOW, NOW + 9 * DAY, NOW)).complete is complete


def test_a_good_answer_from_after_its_end_lets_nobody_in_again() -> None:
    ended = make("Budi", ISSUER, start=NOW - 99 * DAY, end=NOW - 2 * DAY)
    chain, number = (ended.certificate, ISSUER.certificate), ended.certificate.serial_number
    held = revoke(ISSUER, entry(number, NOW - 9 * DAY, REASONS.certificate_hold), this=NOW - 9 * DAY)
    for said, good in ((NOW - 3 * DAY, True), (NOW - DAY, False)):
        made = answer(ISSUER, about=ended, said=said, until=None, attached=())
        status = chain_status(chain, (made,), (held,), Asked(NOW - 4 * DAY, NOW, NOW - 4 * DAY))
        assert (status.fault is None) is good


@pytest.mark.parametrize(
    ("since", "reason", "proven", "fault"),
    [
        (NOW - DAY, REASONS.superseded, NOW, "trust.path.revoked"),
        (NOW + DAY, REASONS.superseded, NOW, None),
        (NOW + DAY, REASONS.key_compromise, NOW, "trust.path.revoked"),
        (NOW + DAY, REASONS.superseded, None, "trust.path.revoked_unproven"),
    ],
)
def test_withdrawn(since, reason, proven, fault) -> None:
    revoked = answer(status=ocsp.OCSPCertStatus.REVOKED, revoked_at=since, reason=reason)
    status = good(revoked, proven=proven)
    assert (status.fault.id if status.fault else None) == fault
    assert [note.id for note in status.notes] == ([] if fault else ["trust.path.revoked_since"])
    assert status.complete is (fault is None)


def test_a_suspension_that_ended_takes_nothing_away_whoever_attaches_the_word_of_that_day() -> None:
    chain = (LEAF.certificate, ISSUER.certificate)
    then, hold = NOW - 9 * DAY, REASONS.certificate_hold
    listed = revoke(ISSUER, entry(LEAF.certificate.serial_number, then, hold), this=then)
    said = answer(
        status=ocsp.OCSPCertStatus.REVOKED, revoked_at=then, reason=hold, said=then, until=then + DAY
    )
    lifting = revoke(ISSUER, this=NOW - 5 * DAY)
    tomorrow = revoke(ISSUER, this=NOW + 2 * DAY, until=NOW + 9 * DAY)

    def ask(answers, lists, *at_hand, moment=NOW):
        known = tuple(map(RevocationList, at_hand))
        return chain_status(chain, answers, lists, Asked(moment, NOW), known)

    for answers, lists, at_hand in (
        ((), (listed, lifting), ()),
        ((), (listed,), (lifting,)),
        ((said,), (lifting,), ()),
        ((said,), (), (lifting,)),
        ((said, answer()), (), ()),
        ((answer(),), (listed,), ()),
    ):
        assert ask(answers, lists, *at_hand).fault is None
        # who says of himself that he signed then is told of
        before = ask(answers, lists, *at_hand, moment=then)
        assert [one.id for one in before.notes if one.id.startswith("trust.path")] == [
            "trust.path.was_suspended"
        ]
    gone = revoke(
        ISSUER, entry(RESPONDER.certificate.serial_number), entry(LEAF.certificate.serial_number, then, hold)
    )
    for answers, lists, at_hand in (
        ((), (listed,), ()),
        ((), (listed, tomorrow), ()),
        ((said,), (), ()),
        ((said,), (tomorrow,), ()),
        ((said, answer(said=NOW + 2 * DAY)), (), ()),
        ((said, answer()), (), (gone,)),
    ):
        assert ask(answers, lists, *at_hand).fault is not None


def test_every_certificate_below_the_anchor_needs_its_own() -> None:
    chain = (LEAF, ISSUER, ROOT)
    upper = answer(ROOT, ISSUER, issuer=ROOT, attached=())
    assert not good(answer(), chain=chain).complete
    assert good(answer(), upper, chain=chain).complete
    assert upper in good(answer(), upper, chain=chain).used


def test_no_bit_of_a_plain_answer_could_be_another() -> None:
    plain = plain_answer(answer(attached=(RESPONDER, OTHER)), ISSUER.certificate)
    assert plain_answer(plain, ISSUER.certificate) == plain
    assert len(plain) < len(answer(attached=(RESPONDER, OTHER)))
    for place in range(0, len(plain), 3):
        broken = bytearray(plain)
        broken[place] ^= 1 << place % 8
        assert not kept(bytes(broken)), place


def kept(data: bytes) -> bool:
    """Whether one of our packages could hold this answer."""
    try:
        return read(data) is not None and plain_answer(data, ISSUER.certificate) == data
    except BadAnswer:
        return False


@pytest.mark.parametrize("data", [b"", b"\x30\x00", b"\x30\x80" * 30, bytes(1 << 17), answer() + b"\0"])
def test_what_is_no_answer(data) -> None:
    with pytest.raises(BadAnswer):
        read(data)
