"""Revocation lists: who may speak, about whom, since when; what cannot be followed is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from desktop.trust import BadList, NoPath, TrustPath, find_path
from desktop.trust.anchors import read_list_file
from desktop.trust.list_file import MAXIMUM_LIST
from desktop.trust.revocation import RevocationList, read_lists
from tests.trust import pki
from tests.trust.crls import endless, entry, huge, revoke, scope
from tests.trust.pki import DAY, NOW, make

ROOT = make("Root", ca=True, start=NOW - 900 * DAY)
ISSUER = make("Penerbit", ROOT, ca=True, start=NOW - 900 * DAY)
LEAF = make("Budi", ISSUER, start=NOW - 100 * DAY)
SERIAL = LEAF.certificate.serial_number
FLAG = x509.ReasonFlags
CRITICAL = (x509.UnrecognizedExtension(x509.ObjectIdentifier("2.999.1"), b"\x05\x00"), True)


def ask(*crls: bytes, leaf=LEAF, others=(ISSUER,), moment=NOW, **options):
    anchors = pki.believe(ROOT, crls=crls)
    return find_path(leaf.certificate, tuple(one.certificate for one in others), anchors, moment, **options)


def notes(found) -> list[str]:
    assert isinstance(found, TrustPath)
    return [one.id for one in found.notes]


def test_a_list_that_does_not_name_the_certificate_says_nothing() -> None:
    assert notes(ask(revoke(ISSUER, entry(SERIAL + 1)), revoke(ROOT))) == []


@pytest.mark.parametrize("encoding", [Encoding.DER, Encoding.PEM])
def test_who_is_named_is_refused_with_the_reason(encoding) -> None:
    found = ask(revoke(ISSUER, entry(SERIAL, reason=FLAG.superseded), encoding=encoding))
    assert isinstance(found, NoPath)
    assert found.known
    assert found.message.id == "trust.path.revoked"
    assert found.message.params["reason"].id == "trust.reason.superseded"


def test_an_issuer_that_was_withdrawn_takes_its_certificates_along() -> None:
    found = ask(revoke(ROOT, entry(ISSUER.certificate.serial_number)))
    assert isinstance(found, NoPath)
    assert found.message.params["holder"] == "Penerbit"


def test_the_same_number_at_another_issuer_is_somebody_else() -> None:
    assert notes(ask(revoke(ROOT, entry(SERIAL)))) == []


# -- when -------------------------------------------------------------------------------------------
def test_without_a_timestamp_the_date_saves_nothing() -> None:
    found = ask(revoke(ISSUER, entry(SERIAL, NOW - DAY)), moment=NOW - 9 * DAY, now=NOW)
    assert isinstance(found, NoPath)
    assert found.message.id == "trust.path.revoked_unproven"


@pytest.mark.parametrize(
    ("reason", "proven", "saved"),
    [
        (None, NOW - 2 * DAY, True),
        (FLAG.superseded, NOW - 2 * DAY, True),
        (FLAG.cessation_of_operation, NOW - 2 * DAY, True),
        (FLAG.superseded, NOW - DAY / 2, False),
        (FLAG.key_compromise, NOW - 2 * DAY, False),
        (FLAG.ca_compromise, NOW - 2 * DAY, False),
        (FLAG.aa_compromise, NOW - 2 * DAY, False),
    ],
)
def test_a_proven_time_before_it_does_unless_the_key_was_stolen(reason, proven, saved) -> None:
    found = ask(revoke(ISSUER, entry(SERIAL, reason=reason)), moment=NOW - 3 * DAY, now=NOW, proven=proven)
    if saved:
        assert notes(found) == ["trust.path.revoked_since"]
    else:
        assert isinstance(found, NoPath)


def test_the_date_since_when_it_is_in_doubt_counts() -> None:
    doubt = (x509.InvalidityDate((NOW - 5 * DAY).replace(tzinfo=None)), False)
    crl = revoke(ISSUER, entry(SERIAL, reason=FLAG.superseded, extra=(doubt,)))
    found = ask(crl, moment=NOW - 3 * DAY, proven=NOW - 3 * DAY, now=NOW)
    assert isinstance(found, NoPath)


def test_who_was_suspended_and_is_no_longer_listed_was_let_in_again() -> None:
    held = revoke(ISSUER, entry(SERIAL, NOW - 9 * DAY, FLAG.certificate_hold), this=NOW - 9 * DAY)
    assert isinstance(ask(held), NoPath)
    assert notes(ask(revoke(ISSUER), held)) == []
    gone = revoke(ISSUER, entry(SERIAL, NOW - 9 * DAY, FLAG.superseded), this=NOW - 9 * DAY)
    assert isinstance(ask(revoke(ISSUER), gone), NoPath)


def test_a_list_that_names_no_day_for_the_next_one_is_never_the_newest_word() -> None:
    """RFC 5280, 5.1.2.5, wants that day; a list without it could be years old."""
    for this in (NOW - 900 * DAY, NOW - DAY):
        (note,) = ask(endless(ISSUER, this)).notes
        assert (note.id, note.params["moment"]) == ("trust.crl.outdated", this)
    assert notes(ask(endless(ISSUER, NOW - 900 * DAY), revoke(ISSUER))) == []


def test_an_outdated_list_is_obeyed_and_said() -> None:
    old = revoke(ISSUER, this=NOW - 9 * DAY, until=NOW - 2 * DAY)
    assert notes(ask(old)) == ["trust.crl.outdated"]
    assert notes(ask(old, moment=NOW - 3 * DAY, now=NOW)) == ["trust.crl.outdated"]
    assert notes(ask(old, revoke(ISSUER))) == []
    named = revoke(ISSUER, entry(SERIAL, NOW - 9 * DAY), this=NOW - 9 * DAY, until=NOW - 2 * DAY)
    assert isinstance(ask(named), NoPath)


# -- who speaks -------------------------------------------------------------------------------------
def test_a_list_in_the_issuers_name_by_another_key_is_not_used_and_said() -> None:
    forger = make("Penerbit", ca=True)
    assert notes(ask(revoke(forger, entry(SERIAL)))) == ["trust.crl.forged"]


def test_a_list_of_another_generation_of_the_issuer_is_nobodys_fault() -> None:
    older = make("Penerbit", ROOT, ca=True)
    found = ask(revoke(older, entry(SERIAL + 1)), others=(ISSUER, older))
    assert notes(found) == []


def test_a_list_made_with_another_key_of_the_issuer_that_names_the_signer_is_told() -> None:
    """RFC 5280, 6.3.3 f: an authority may sign its lists with another of its keys."""
    newer = make("Penerbit", ROOT, ca=True)
    named = revoke(newer, entry(SERIAL))
    assert notes(ask(named, others=(ISSUER, newer))) == ["trust.crl.other_key_listed"]


def test_whoever_nobody_believes_is_no_other_generation_of_the_issuer() -> None:
    """The signer chooses what is attached: with it nobody may silence a note."""
    forger = make("Penerbit", ca=True)
    assert notes(ask(revoke(forger, entry(SERIAL)), others=(ISSUER, forger))) == ["trust.crl.forged"]


def test_an_issuer_that_may_not_sign_lists_is_not_obeyed() -> None:
    issuer = make("Penerbit lain", ROOT, ca=True, use=pki.usage(key_cert_sign=True))
    leaf = make("Budi", issuer)
    found = ask(revoke(issuer, entry(leaf.certificate.serial_number)), leaf=leaf, others=(issuer,))
    assert notes(found) == ["trust.crl.not_allowed_listed"]
    found = ask(revoke(issuer, entry(1)), leaf=leaf, others=(issuer,))
    assert notes(found) == ["trust.crl.not_allowed"]


# -- about whom -------------------------------------------------------------------------------------
def test_a_list_for_some_certificates_only() -> None:
    users, authorities = scope(only_contains_user_certs=True), scope(only_contains_ca_certs=True)
    assert isinstance(ask(revoke(ISSUER, entry(SERIAL), extra=(users,))), NoPath)
    assert notes(ask(revoke(ISSUER, entry(SERIAL), extra=(authorities,)))) == []
    serial = ISSUER.certificate.serial_number
    assert isinstance(ask(revoke(ROOT, entry(serial), extra=(authorities,))), NoPath)
    assert notes(ask(revoke(ROOT, entry(serial), extra=(users,)))) == []


# -- what cannot be followed ------------------------------------------------------------------------
FOREIGN = (
    x509.CertificateIssuer([x509.DirectoryName(pki.name("Orang lain"))]),
    True,
)
UNUSABLE = {
    "trust.crl.delta": {"extra": ((x509.DeltaCRLIndicator(3), True),)},
    "trust.crl.indirect": {"extra": (scope(indirect_crl=True),)},
    "trust.crl.indirect ": {"extra": (scope(only_contains_attribute_certs=True),)},
    "trust.crl.critical": {"extra": (CRITICAL,)},
    "trust.crl.hash": {"hash_": hashes.SHA3_256()},
}


@pytest.mark.parametrize("message", UNUSABLE)
def test_what_cannot_be_followed_is_refused_when_read(message) -> None:
    with pytest.raises(BadList) as caught:
        read_lists(revoke(ISSUER, entry(SERIAL), **UNUSABLE[message]), "uji.crl")
    assert caught.value.message.id == message.strip()
    assert caught.value.message.params["file"] == "uji.crl"


def test_entries_of_other_issuers_are_found_without_reading_every_entry() -> None:
    with pytest.raises(BadList) as caught:
        read_lists(revoke(ISSUER, entry(1), entry(SERIAL, extra=(FOREIGN,))), "uji.crl")
    assert caught.value.message.id == "trust.crl.indirect"


def test_who_is_named_with_an_unknown_rule_is_not_good_whenever_it_was() -> None:
    made = revoke(ISSUER, entry(SERIAL, extra=(CRITICAL,)))
    for proven in (None, NOW - 5 * DAY):
        found = ask(made, moment=NOW - 6 * DAY, now=NOW, proven=proven)
        assert isinstance(found, NoPath)
        assert (found.message.id, found.known) == ("trust.crl.entry", True)


@pytest.mark.parametrize(
    ("extra", "good"), [((), True), (((x509.CRLReason(FLAG.superseded), False),), True), ((CRITICAL,), False)]
)
def test_a_list_with_an_unknown_rule_about_anybody_proves_nothing_good(extra, good) -> None:
    users = scope(only_contains_user_certs=True)
    (one,) = read_lists(revoke(ISSUER, entry(SERIAL + 1, extra=extra), extra=(users,)), "uji.crl")
    assert one.vouches_for(LEAF.certificate, ISSUER.certificate) is good


# -- names and keys ---------------------------------------------------------------------------------
@pytest.mark.parametrize("text", ["PENERBIT", "  penerbit ", "\uff30enerbit"])
def test_the_issuers_name_in_other_letters_is_the_issuers(text) -> None:
    named = x509.Name([*list(pki.name("Penerbit"))[:-1], x509.NameAttribute(NameOID.COMMON_NAME, text)])
    assert isinstance(ask(revoke(ISSUER, entry(SERIAL), name=named)), NoPath)
    assert notes(ask(revoke(make("Penerbit", ca=True), entry(SERIAL), name=named))) == ["trust.crl.forged"]


def test_blanks_within_a_name_count_as_one_and_other_names_are_others() -> None:
    issuer = make("Penerbit  Dua", ROOT, ca=True)
    leaf = make("Budi", issuer)
    number = leaf.certificate.serial_number
    made = revoke(issuer, entry(number), name=pki.name("Penerbit Dua"))
    assert isinstance(ask(made, leaf=leaf, others=(issuer,)), NoPath)
    other = revoke(issuer, entry(number), name=pki.name("PenerbitDua"))
    assert notes(ask(other, leaf=leaf, others=(issuer,))) == []


@pytest.mark.parametrize(
    ("reason", "said"),
    [(FLAG.superseded, "trust.path.key_withdrawn"), (FLAG.key_compromise, "trust.path.key_stolen")],
)
def test_a_withdrawn_issuer_whose_key_another_root_certified(reason, said) -> None:
    second = make("Root kedua", ca=True)
    cross = make("Penerbit", second, ca=True, key=ISSUER.key)
    withdrawn = revoke(ROOT, entry(ISSUER.certificate.serial_number, reason=reason))
    anchors = pki.believe(ROOT, second, crls=(withdrawn,))
    both = (cross.certificate, ISSUER.certificate)
    found = find_path(LEAF.certificate, both, anchors, NOW)
    if reason is FLAG.superseded:
        assert notes(found) == [said]
    else:
        assert isinstance(found, NoPath)
        alone = find_path(LEAF.certificate, (cross.certificate,), pki.believe(second), NOW)
        assert notes(alone) == []
    # nobody can say of a key what he has no certificate of
    assert notes(find_path(LEAF.certificate, (cross.certificate,), anchors, NOW)) == []


def test_a_list_of_the_wrong_kind_beside_the_anchors_changes_nothing() -> None:
    assert (
        notes(ask(revoke(ISSUER, entry(SERIAL), extra=((x509.DeltaCRLIndicator(3), True),)), b"rusak")) == []
    )


GOOD = revoke(ISSUER, entry(SERIAL))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"-----BEGIN X509 CRL-----",
        b"-----BEGIN X509 CRL-----\nx\n" * 200_000,
        b"-----BEGIN X509 CRL-----\n%%%\n-----END X509 CRL-----",
        b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----",
        LEAF.certificate.public_bytes(Encoding.PEM),
        LEAF.certificate.public_bytes(Encoding.DER),
        *(GOOD[: len(GOOD) * part // 30] for part in range(30)),
    ],
    ids=range(37),  # the list is new each time, its length too
)
def test_what_is_no_list_is_said_so(data) -> None:
    with pytest.raises(BadList):
        read_lists(data, "uji.crl")


def test_several_lists_in_one_file() -> None:
    both = revoke(ISSUER, encoding=Encoding.PEM) + revoke(ROOT, encoding=Encoding.PEM)
    assert [one.issuer_name for one in read_lists(both, "uji.crl")] == ["Penerbit", "Root"]


def test_of_several_lists_none_is_lost_in_silence() -> None:
    """A download that broke off, a full disk: the list that was cut off named the one who had signed."""
    one, two = (revoke(each, encoding=Encoding.PEM) for each in (ISSUER, ROOT))
    # what is left at the end of a line is all of a list; that another followed it nobody can see
    whole = {len(one) - 1, len(one), len(one) + len(two) - 1}
    for size in range(len(one) - 40, len(one) + len(two)):
        if size not in whole:
            with pytest.raises(BadList):
                read_lists((one + two)[:size], "uji.crl")
    for odd in (
        (one + two)[30:],
        one + two.replace(b"X509 CRL", b"CRL"),
        one + two.replace(b"END X509 CRL", b"END CERTIFICATE"),
        one + bytes(len(two)),
        one.replace(b"-----END", b"-----BEGIN") + two,
    ):
        with pytest.raises(BadList):
            read_lists(odd, "uji.crl")
    beside = b"subject=/C=ID\n" + LEAF.certificate.public_bytes(Encoding.PEM)
    assert len(read_lists(beside + one + b"\r\n\n# catatan\n" + two + beside + b"catatan", "uji.crl")) == 2


def test_each_bent_bit_is_refused_unreadable_or_not_the_issuers() -> None:
    # A signature that ends with a zero bit could be written with one bit less.
    good = next(one for one in iter(lambda: revoke(ISSUER, entry(SERIAL)), None) if not one[-1] & 1)
    for place in range(len(good)):
        bent = bytearray(good)
        bent[place] ^= 1
        try:
            (one,) = read_lists(bytes(bent), "uji.crl")
        except BadList:
            continue
        assert not one.signed_by(ISSUER.certificate), place


# -- bounds -----------------------------------------------------------------------------------------
def test_a_file_too_large_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "besar.crl"
    with file.open("wb") as out:
        out.truncate(MAXIMUM_LIST + 1)
    with pytest.raises(BadList) as caught:
        read_list_file(file)
    assert caught.value.message.id == "trust.crl.too_large"


class Counting:
    """A list that notes when its signature is checked."""

    def __init__(self, inner: x509.CertificateRevocationList, checked: list[int]) -> None:
        self._inner, self._checked = inner, checked

    def is_signature_valid(self, key: object) -> bool:
        self._checked.append(1)
        return self._inner.is_signature_valid(key)

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)

    def __len__(self) -> int:
        return len(self._inner)


def test_a_huge_list_is_parsed_and_its_signature_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    crl = huge(ISSUER, range(200_000))
    made: list[int] = []
    inner = RevocationList.__init__
    monkeypatch.setattr(
        RevocationList, "__init__", lambda one, der, file="": made.append(1) or inner(one, der, file)
    )
    anchors = pki.believe(ROOT, crls=(crl,))
    asked = lambda: find_path(LEAF.certificate, (ISSUER.certificate,), anchors, NOW)  # noqa: E731
    assert notes(asked()) == []
    (one,) = anchors.lists
    checked: list[int] = []
    monkeypatch.setattr(one, "_crl", Counting(one._crl, checked))
    for _ in range(50):
        assert notes(asked()) == []
    assert (len(made), len(checked)) == (1, 0), "the first question did both"
    assert len(one) == 200_000
    assert one.entry(int.from_bytes(b"\x01" + (199_999).to_bytes(15, "big"), "big")) is not None
