"""Who was suspended and let in again, and clocks that were given up: what lists say of the time before."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from desktop.trust import NoPath, find_path
from desktop.trust.anchors import AnchorClass, Anchors
from desktop.trust.answers import chain_status
from desktop.trust.path import UNSAID
from desktop.trust.revocation import Asked
from tests.trust import pki
from tests.trust.crls import entry, revoke, scope
from tests.trust.pki import DAY, NOW, make
from tests.trust.test_revocation import FLAG, ISSUER, LEAF, ROOT, SERIAL, ask, notes

TIME = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
CLOCK = make("Jam", ROOT, use=pki.usage(digital_signature=True), start=NOW - 100 * DAY, extra=((TIME, True),))


# -- suspended, and let in again --------------------------------------------------------------------
HELD = revoke(ISSUER, entry(SERIAL, NOW - 10 * DAY, FLAG.certificate_hold), this=NOW - 9 * DAY)
PARTS = {
    "some reasons": scope(only_some_reasons=frozenset([FLAG.ca_compromise])),
    "another part": scope(full_name=[x509.UniformResourceIdentifier("http://x/lain.crl")]),
}


@pytest.mark.parametrize("part", PARTS)
def test_only_a_list_about_all_lets_a_suspended_one_in_again(part) -> None:
    partly = revoke(ISSUER, extra=(PARTS[part],))
    assert isinstance(ask(HELD, partly), NoPath)
    assert notes(ask(HELD, partly, revoke(ISSUER))) == []


def test_a_list_of_tomorrow_is_no_news_of_today() -> None:
    tomorrow = revoke(ISSUER, this=NOW + DAY, until=NOW + 9 * DAY)
    assert isinstance(ask(HELD, tomorrow), NoPath)
    assert notes(ask(tomorrow)) == ["trust.crl.future"]
    assert notes(ask(revoke(ISSUER, this=NOW + DAY / 300))) == []
    # what it says of somebody is said all the same
    assert isinstance(ask(revoke(ISSUER, entry(SERIAL), this=NOW + DAY)), NoPath)


def test_a_list_about_some_does_not_make_up_for_an_outdated_one() -> None:
    old = revoke(ISSUER, this=NOW - 200 * DAY, until=NOW - 190 * DAY)
    assert notes(ask(old, revoke(ISSUER, extra=(PARTS["some reasons"],)))) == ["trust.crl.outdated"]


@pytest.mark.parametrize(
    ("moment", "proven", "told"),
    [
        (NOW - 5 * DAY, None, True),
        (NOW - 20 * DAY, None, True),
        (NOW - 5 * DAY, NOW - 5 * DAY, True),
        (NOW - 11 * DAY, NOW - 11 * DAY, False),
        (NOW - DAY / 4, None, False),
    ],
    ids=["within", "says before", "proven within", "proven before", "after"],
)
def test_a_signature_of_the_time_of_a_suspension_is_told(moment, proven, told) -> None:
    found = ask(HELD, revoke(ISSUER, this=NOW - DAY / 2), moment=moment, proven=proven, now=NOW)
    assert notes(found) == (["trust.path.was_suspended"] if told else [])


@pytest.mark.parametrize(
    ("said", "told"),
    [(NOW - 5 * DAY, True), (NOW - 20 * DAY, True), (UNSAID, True), (NOW - DAY / 4, False)],
    ids=["within", "says before", "says nothing", "after"],
)
@pytest.mark.parametrize("answered", [False, True])
def test_a_proven_time_from_after_a_suspension_proves_nothing_about_before(said, told, answered) -> None:
    """Anybody can lay a clock's time over a signature later; whoever closes the package always does."""
    late, lifting = NOW - DAY / 8, revoke(ISSUER, this=NOW - DAY / 2)
    if answered:
        chain = (LEAF.certificate, ISSUER.certificate)
        found = chain_status(chain, (), (HELD, lifting), Asked(late, NOW, late, said=said)).notes
    else:
        found = ask(HELD, lifting, moment=late, proven=late, now=NOW, said=said).notes
    assert [one.id for one in found] == (["trust.path.was_suspended"] if told else [])


def test_who_has_expired_is_dropped_from_the_lists_and_was_not_let_in_again() -> None:
    leaf = make("Budi", ISSUER, start=NOW - 100 * DAY, end=NOW - 3 * DAY)
    number = leaf.certificate.serial_number
    held = revoke(ISSUER, entry(number, NOW - 10 * DAY, FLAG.certificate_hold), this=NOW - 9 * DAY)
    asked = {"leaf": leaf, "moment": NOW - 20 * DAY, "now": NOW}
    assert isinstance(ask(held, revoke(ISSUER), **asked), NoPath)
    assert notes(ask(held, revoke(ISSUER, this=NOW - 4 * DAY), **asked)) == ["trust.path.was_suspended"]


# -- clocks -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("reason", "good"),
    [
        (None, False),
        (FLAG.unspecified, True),
        (FLAG.superseded, True),
        (FLAG.cessation_of_operation, True),
        (FLAG.affiliation_changed, True),
        (FLAG.key_compromise, False),
        (FLAG.certificate_hold, False),
        (FLAG.privilege_withdrawn, False),
    ],
)
def test_a_clock_given_up_without_a_good_reason_proved_nothing(reason, good) -> None:
    """RFC 3161, 4: where no reason is stated, all that it made is void."""
    asked = {"now": NOW, "moment": NOW - 3 * DAY, "proven": NOW - 3 * DAY, "timestamping": True}
    withdrawn = revoke(ROOT, entry(CLOCK.certificate.serial_number, reason=reason))
    believed = Anchors((replace(pki.believe(ROOT).anchors[0], purpose=AnchorClass.TIMESTAMP),), (withdrawn,))
    found = find_path(CLOCK.certificate, (), believed, **asked)
    if good:
        assert notes(found) == ["trust.path.revoked_since"]
    else:
        assert isinstance(found, NoPath)
        assert (found.message.id, found.known) == ("trust.path.clock_revoked", True)
