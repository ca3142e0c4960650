"""Chains that somebody made to be believed, or to keep the verifier busy (RFC 5280, 6)."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from desktop.base import LocalText
from desktop.trust import AnchorClass, AnchorKind, Anchors, NoPath, TrustPath, find_path
from desktop.trust import path as searching
from desktop.trust.anchors import Anchor
from desktop.trust.certificate import MALFORMED, TEST_POLICY, der
from tests.effort import effort
from tests.trust import bent, pki
from tests.trust.pki import DAY, NOW, Holder, make

ROOT = make("Root", ca=True, start=NOW - 2000 * DAY, end=NOW + 3000 * DAY)
ISSUER = make("Penerbit", ROOT, ca=True, start=NOW - 1900 * DAY, end=NOW + 2000 * DAY)
LEAF = make("Budi", ISSUER)
ANCHORS = pki.believe(ROOT)
EXTENSION = x509.ObjectIdentifier("2.999.1")


def ask(leaf: Holder, *others: Holder, anchors: Anchors = ANCHORS, moment: dt.datetime = NOW, **options):
    return find_path(leaf.certificate, tuple(one.certificate for one in others), anchors, moment, **options)


def refused(found) -> str:
    assert isinstance(found, NoPath)
    return found.message.id


def twin(holder: Holder, parent: Holder | None, **options) -> Holder:
    """Another certificate for the same name and key."""
    common = holder.certificate.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value
    return make(str(common), parent, ca=True, key=holder.key, **options)


# -- bounded work -----------------------------------------------------------------------------------
def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Counts the signatures of certificates that are verified."""
    made: list[int] = []
    inner = searching.issued_by
    monkeypatch.setattr(searching, "issued_by", lambda one, other: made.append(1) or inner(one, other))
    return made


def test_many_that_could_issue_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a bound: 62! ways to put them in a row."""
    made = counted(monkeypatch)
    root = make("Semua", ca=True)
    crowd = [twin(root, root) for _ in range(62)]
    found = ask(make("Budi", root), *crowd)
    assert refused(found) == "trust.path.unknown"
    assert len(made) <= searching.MAXIMUM_CHECKS


def test_layers_of_which_each_could_issue_each_below(monkeypatch: pytest.MonkeyPatch) -> None:
    """Seven layers of nine twins: without a bound nearly five million chains."""
    made = counted(monkeypatch)
    top = make("Puncak", ca=True)
    layers: list[list[Holder]] = []
    above = top
    for layer in range(7):
        here = make(f"Lapis {layer}", above, ca=True)
        layers.append([here, *(twin(here, above) for _ in range(8))])
        above = here
    attached = [one for layer in layers for one in layer]
    assert isinstance(ask(make("Budi", above), *attached), NoPath)
    assert len(made) <= searching.MAXIMUM_CHECKS


def test_a_good_chain_is_found_in_a_crowd(monkeypatch: pytest.MonkeyPatch) -> None:
    made = counted(monkeypatch)
    crowd = [make(f"Lain {number}", ca=True) for number in range(40)]
    crowd += [make("Penerbit", ca=True) for _ in range(20)]
    assert isinstance(ask(LEAF, *crowd, ISSUER), TrustPath)
    assert len(made) <= 30


def test_more_attached_than_anybody_needs() -> None:
    crowd = [make(f"Lain {number}", ca=True) for number in range(65)]
    assert refused(ask(LEAF, *crowd, ISSUER)) == "trust.path.too_many"
    assert isinstance(ask(LEAF, *[ISSUER] * 400), TrustPath)


def test_a_key_so_long_that_checking_it_takes_for_ever() -> None:
    number = (1 << 16_383) | 1
    heavy = rsa.RSAPublicNumbers((1 << 63) | 1, number).public_key()
    authority = (
        x509.CertificateBuilder()
        .subject_name(pki.name("Berat"))
        .issuer_name(ROOT.certificate.subject)
        .public_key(heavy)
        .serial_number(5)
        .not_valid_before(NOW - DAY)
        .not_valid_after(NOW + DAY)
        .add_extension(x509.BasicConstraints(True, None), critical=True)
        .sign(ROOT.key, hashes.SHA256())
    )
    leaf = make("Budi", Holder(authority, ROOT.key))
    # a signature of four thousand bits takes a fiftieth of the yardstick, one of this key minutes
    asked = lambda: find_path(leaf.certificate, (authority,), ANCHORS, NOW)  # noqa: E731
    assert effort(asked, 50) < 50
    assert refused(asked()) == "trust.path.unknown"


# -- names and signatures ---------------------------------------------------------------------------
def test_the_right_name_with_another_key() -> None:
    assert refused(ask(LEAF, make("Penerbit", ROOT, ca=True))) == "trust.path.unknown"
    assert refused(ask(make("Budi", make("Root", ca=True)))) == "trust.path.unknown"


def test_the_right_key_under_another_name() -> None:
    other = make("Penerbit lain", ROOT, ca=True, key=ISSUER.key)
    assert refused(ask(LEAF, other)) == "trust.path.unknown"


def test_two_that_issue_each_other_lead_nowhere() -> None:
    one = make("Satu", ca=True)
    two = make("Dua", one, ca=True)
    back = twin(one, two)
    assert refused(ask(make("Budi", two), back, two)) == "trust.path.unknown"
    missing = ask(make("Budi", two))
    assert isinstance(missing, NoPath)
    assert missing.missing == "Dua"


def test_a_leaf_that_issues_itself_or_others() -> None:
    alone = make("Budi")
    assert refused(ask(alone, alone)) == "trust.path.unknown"
    below = make("Siti", LEAF)
    assert refused(ask(below, LEAF, ISSUER)) == "trust.path.not_authority"


def test_longer_than_any_chain_is() -> None:
    chain = [ROOT]
    for number in range(8):
        chain.append(make(f"Antara {number}", chain[-1], ca=True))
    assert refused(ask(make("Budi", chain[-1]), *chain[1:])) == "trust.path.unknown"
    assert isinstance(ask(make("Budi", chain[6]), *chain[1:7]), TrustPath)


def test_what_was_signed_is_not_what_the_signature_says() -> None:
    leaf = bent.again(LEAF, ISSUER.key, outer="sha384_ecdsa")
    assert isinstance(ask(leaf, ISSUER), NoPath)


# -- a root's new key (self-issued) -----------------------------------------------------------------
def test_a_roots_new_key_does_not_count_towards_the_length() -> None:
    root = make("Akar", ca=True, length=1)
    renewed = make("Akar", root, ca=True)
    issuer = make("Penerbit", renewed, ca=True)
    leaf = make("Budi", issuer)
    assert isinstance(ask(leaf, issuer, renewed, anchors=pki.believe(root)), TrustPath)
    short = make("Akar pendek", ca=True, length=0)
    again = make("Akar pendek", short, ca=True)
    assert isinstance(ask(make("Budi", again), again, anchors=pki.believe(short)), TrustPath)
    below = make("Penerbit", again, ca=True)
    assert (
        refused(ask(make("Budi", below), below, again, anchors=pki.believe(short))) == "trust.path.too_long"
    )


def test_many_self_issued_ones_do_not_make_a_path_of_any_length() -> None:
    chain = [make("Akar", ca=True)]
    for _ in range(9):
        chain.append(make("Akar", chain[-1], ca=True))
    found = ask(make("Budi", chain[-1]), *chain[1:], anchors=pki.believe(chain[0]))
    assert isinstance(found, NoPath)


# -- limits that an authority carries ---------------------------------------------------------------
LIMITS = {
    "names": (x509.NameConstraints([x509.DNSName("contoh.id")], None), x509.NameConstraints.oid),
    "policy": (x509.PolicyConstraints(0, None), x509.PolicyConstraints.oid),
    "any policy": (x509.InhibitAnyPolicy(0), x509.InhibitAnyPolicy.oid),
}


@pytest.mark.parametrize("critical", [True, False])
@pytest.mark.parametrize("limit", LIMITS)
def test_a_limit_that_is_not_followed_is_not_overlooked(limit, critical) -> None:
    extension, oid = LIMITS[limit]
    issuer = make("Terbatas", ROOT, ca=True, extra=((extension, critical),))
    found = ask(make("Budi", issuer), issuer)
    assert refused(found) == "trust.path.critical"
    assert found.message.params["oid"] == oid.dotted_string


def test_an_authority_for_websites_issues_no_signers() -> None:
    web = make("Web", ROOT, ca=True, eku=[ExtendedKeyUsageOID.SERVER_AUTH])
    assert refused(ask(make("Budi", web), web)) == "trust.path.purpose"
    every = make("Semua", ROOT, ca=True, eku=[ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE])
    assert isinstance(ask(make("Budi", every), every), TrustPath)


def test_a_test_identity_anywhere_in_the_chain_is_a_test() -> None:
    policy = (x509.CertificatePolicies([x509.PolicyInformation(TEST_POLICY, None)]), False)
    issuer = make("Penerbit uji", ROOT, ca=True, extra=(policy,))
    found = ask(make("Budi", issuer), issuer)
    assert isinstance(found, TrustPath)
    assert found.test
    assert not ask(LEAF, ISSUER).test


@pytest.mark.parametrize("bend", [bent.old_version, bent.written_curve])
@pytest.mark.parametrize("where", ["leaf", "issuer", "anchor"])
def test_forms_that_the_standard_does_not_know(bend, where) -> None:
    made = make("Budi", ISSUER)
    if where == "leaf":
        found = ask(bent.again(made, ISSUER.key, bend), ISSUER)
    elif where == "issuer":
        issuer = bent.again(ISSUER, ROOT.key, bend)
        found = ask(made, issuer)
    else:
        root = bent.again(ROOT, ROOT.key, bend)
        found = ask(made, ISSUER, anchors=pki.believe(root))
    assert refused(found) == "trust.path.malformed"


def test_versions_without_extensions_issue_nothing_unless_they_are_anchors() -> None:
    old = bent.again(make("Lama", ROOT, ca=True), ROOT.key, bent.first_version)
    assert refused(ask(make("Budi", old), old)) == "trust.path.not_authority"
    first = make("Akar pertama", ca=True)
    root = bent.again(first, first.key, bent.first_version)
    assert isinstance(ask(make("Budi", root), anchors=pki.believe(root)), TrustPath)
    leaf = bent.again(make("Budi", ROOT), ROOT.key, bent.first_version)
    assert refused(ask(leaf)) == "trust.path.usage"


# -- strength of every link -------------------------------------------------------------------------
@pytest.mark.parametrize(
    "key",
    [pki.rsa_key(1024), ec.generate_private_key(ec.SECP256K1()), ec.generate_private_key(ec.SECP224R1())],
    ids=["RSA-1024", "secp256k1", "P-224"],
)
def test_a_weak_key_in_between(key) -> None:
    issuer = make("Lemah", ROOT, ca=True, key=key)
    assert refused(ask(make("Budi", issuer), issuer)) == "trust.path.weak_key"
    root = make("Akar lemah", ca=True, key=key)
    assert refused(ask(make("Budi", root), anchors=pki.believe(root))) == "trust.path.weak_key"


RSA_ROOT = make("Akar RSA", ca=True, key=pki.rsa_key())


@pytest.mark.parametrize("parent", [ROOT, RSA_ROOT], ids=["EC", "RSA"])
def test_sha1_in_any_link(parent) -> None:
    anchors = pki.believe(parent)
    issuer = make("Penerbit", parent, ca=True)
    old = bent.again(issuer, parent.key, hash_=hashes.SHA1())
    assert refused(ask(make("Budi", old), old, anchors=anchors)) in {"trust.path.hash", "trust.path.unknown"}
    leaf = bent.again(make("Budi", parent), parent.key, hash_=hashes.SHA1())
    assert refused(ask(leaf, anchors=anchors)) == "trust.path.hash"


def test_sha1_under_an_anchors_own_signature_proves_nothing_and_harms_nothing() -> None:
    root = bent.again(RSA_ROOT, RSA_ROOT.key, hash_=hashes.SHA1())
    assert isinstance(ask(make("Budi", root), anchors=pki.believe(root)), TrustPath)


# -- at the claimed time ----------------------------------------------------------------------------
def test_an_issuer_that_had_expired_and_its_twin_that_had_not() -> None:
    over = twin(ISSUER, ROOT, start=NOW - 500 * DAY, end=NOW - 100 * DAY)
    assert refused(ask(LEAF, over)) == "trust.path.validity"
    for others in ((over, ISSUER), (ISSUER, over)):
        found = ask(LEAF, *others)
        assert isinstance(found, TrustPath)
        assert found.certificates[1] == ISSUER.certificate


def test_a_good_way_to_a_certificate_is_not_hidden_by_a_bad_shorter_one() -> None:
    middle = make("Tengah", ROOT, ca=True)
    over = twin(ISSUER, middle, start=NOW - 500 * DAY, end=NOW - 100 * DAY)
    good = twin(ISSUER, middle)
    assert isinstance(ask(LEAF, over, good, middle), TrustPath)


def test_generations_side_by_side_are_judged_as_they_were() -> None:
    old = make("Akar", ca=True, start=NOW - 3000 * DAY, end=NOW - 100 * DAY)
    new = make("Akar", ca=True, start=NOW - 200 * DAY, end=NOW + 3000 * DAY)
    anchors = pki.believe(old, new)
    then = make("Budi", old, start=NOW - 300 * DAY, end=NOW + DAY)
    assert isinstance(ask(then, anchors=anchors, moment=NOW - 150 * DAY), TrustPath)
    assert refused(ask(then, anchors=anchors)) == "trust.path.validity"
    assert isinstance(ask(make("Budi", new), anchors=anchors), TrustPath)


# -- bent certificates ------------------------------------------------------------------------------
BENT = {
    "twice": {"change": bent.twice},
    "no text": {"bend": bent.nameless},
    "first version": {"change": bent.first_version},
}


@pytest.mark.parametrize("how", BENT)
def test_a_bent_certificate_beside_good_ones_does_no_harm(how) -> None:
    bad = bent.again(ISSUER, ROOT.key, **BENT[how])
    assert isinstance(ask(LEAF, bad, ISSUER), TrustPath)
    assert isinstance(ask(LEAF, bad), NoPath)
    assert isinstance(ask(bent.again(LEAF, ISSUER.key, **BENT[how]), ISSUER), NoPath)


def test_a_signature_with_bits_left_over_is_written_in_one_way_only() -> None:
    """Found by bending every bit: the count of unused bits may be raised where the last bits are 0."""
    for _ in range(64):
        issuer = make("Penerbit", ROOT, ca=True, key=ISSUER.key)
        whole = bytearray(der(issuer.certificate))
        if whole[-1] & 1:
            continue
        place = len(whole) - len(issuer.certificate.signature) - 1
        whole[place] = 1
        bad = x509.load_der_x509_certificate(bytes(whole))
        assert isinstance(find_path(LEAF.certificate, (issuer.certificate,), ANCHORS, NOW), TrustPath)
        assert isinstance(find_path(LEAF.certificate, (bad,), ANCHORS, NOW), NoPath)
        return
    raise AssertionError("no signature ended with a zero bit")


def test_each_bent_byte_of_a_chain_ends_in_a_refusal() -> None:
    whole = der(ISSUER.certificate)
    for place in range(len(whole)):
        cut = bytearray(whole)
        cut[place] ^= 1 + place % 255
        try:
            certificate = x509.load_der_x509_certificate(bytes(cut))
        except MALFORMED:
            continue
        assert isinstance(find_path(LEAF.certificate, (certificate,), ANCHORS, NOW), NoPath), place


# -- classes of anchors -----------------------------------------------------------------------------
def believe(purpose: AnchorClass, *holders: Holder, kind: AnchorKind = AnchorKind.OWN) -> Anchors:
    return Anchors(tuple(Anchor(der(one.certificate), kind, "uji", LocalText(), purpose) for one in holders))


STAMPS = [ExtendedKeyUsageOID.TIME_STAMPING]


def authority(*, eku=STAMPS, critical: bool = True, parent: Holder = ROOT) -> Holder:
    extra = ((x509.ExtendedKeyUsage(eku), critical),)
    return make("Stempel waktu", parent, use=pki.usage(digital_signature=True), extra=extra)


def test_who_vouches_for_time_vouches_for_nobodys_signature() -> None:
    stamps = believe(AnchorClass.TIMESTAMP, ROOT)
    assert refused(ask(LEAF, ISSUER, anchors=stamps)) == "trust.path.unknown"
    assert isinstance(ask(authority(), anchors=stamps, timestamping=True), TrustPath)
    assert refused(ask(authority(), anchors=ANCHORS, timestamping=True)) == "trust.path.unknown"


def test_a_timestamp_authority_is_for_this_and_nothing_else() -> None:
    stamps = believe(AnchorClass.TIMESTAMP, ROOT)
    both = [*STAMPS, ExtendedKeyUsageOID.EMAIL_PROTECTION]
    wrong = [authority(critical=False), authority(eku=both), LEAF]
    for leaf in wrong:
        found = ask(leaf, ISSUER, anchors=stamps, timestamping=True)
        assert refused(found) == "trust.path.not_for_time"
    web = make("Web", ROOT, ca=True, eku=[ExtendedKeyUsageOID.SERVER_AUTH])
    found = ask(authority(parent=web), web, anchors=stamps, timestamping=True)
    assert refused(found) == "trust.path.purpose"
    assert isinstance(
        ask(authority(), anchors=believe(AnchorClass.TIMESTAMP, ROOT), timestamping=True), TrustPath
    )
    assert refused(ask(authority(), anchors=ANCHORS)) == "trust.path.usage"


def test_an_anchor_of_the_state_counts_before_one_for_tests() -> None:
    test = believe(AnchorClass.TEST, ISSUER, kind=AnchorKind.TEST)
    both = Anchors((*test.anchors, *ANCHORS.anchors))
    found = ask(LEAF, ISSUER, anchors=both)
    assert isinstance(found, TrustPath)
    assert found.anchor.kind is AnchorKind.CERTIFIED
    assert ask(LEAF, anchors=test).test
    assert all(one.issuer == two.subject for one, two in pairwise(found.certificates))
