"""What is kept here and did not come along: it leads on where nothing else does, and takes no place."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from desktop.base import LocalText
from desktop.trust import AnchorClass, AnchorKind, Anchors, NoPath, TrustPath, find_path
from desktop.trust import timeservice as services
from desktop.trust.anchors import Anchor
from desktop.trust.certificate import der
from desktop.trust.fitness import examine
from desktop.trust.path import find_lent_path
from desktop.trust.signer import accompanied
from tests.trust import pki
from tests.trust.crls import entry, revoke
from tests.trust.pki import DAY, NOW, make

ROOT, OTHER = make("Root", ca=True), make("Root 2", ca=True)
ISSUER = make("Penerbit", ROOT, ca=True, end=NOW + 100 * DAY)
RENEWED = make("Penerbit", ROOT, ca=True, key=ISSUER.key, end=NOW + 900 * DAY)
ELSEWHERE = make("Penerbit", OTHER, ca=True, key=ISSUER.key, end=NOW + 950 * DAY)
LEAF = make("Budi", ISSUER)
CLOCK = make(
    "Jam", ISSUER, use=pki.usage(digital_signature=True),
    extra=((x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True),),
)  # fmt: skip


def found(*kept: pki.Holder, came=(ISSUER,), at: dt.datetime = NOW, now: dt.datetime | None = None) -> object:
    others = tuple(one.certificate for one in came)
    return find_lent_path(LEAF.certificate, others, pki.believe(*kept), at, now=now)


@pytest.mark.parametrize("kept", [(RENEWED,), (ISSUER,), (ELSEWHERE,), (RENEWED, ELSEWHERE)])
@pytest.mark.parametrize("roots", [(ROOT,), (ROOT, OTHER)])
def test_what_came_along_is_taken_before_what_is_kept(kept, roots) -> None:
    """A desk that kept an issuer's renewed certificate took whole packages for such as lack theirs."""
    later = NOW + 200 * DAY
    assert found(*roots, *kept, at=NOW, now=later) == found(*roots, at=NOW, now=later)
    path = found(*roots, *kept)
    assert isinstance(path, TrustPath)
    assert (path.certificates[1], path.notes) == (ISSUER.certificate, ())


def test_what_is_kept_for_more_is_taken_before_what_came_along_for_less() -> None:
    """Another region's own root certified the national issuer's key, and a carrier laid that in its place."""
    kept = pki.believe(ROOT, ISSUER)
    for kind, taken in ((AnchorKind.OWN, ROOT), (AnchorKind.CERTIFIED, OTHER)):
        anchors = kept.and_these(pki.believe(OTHER, kind=kind).anchors)
        path = find_lent_path(LEAF.certificate, (ELSEWHERE.certificate,), anchors, NOW)
        assert isinstance(path, TrustPath)
        assert path.certificates[-1] == taken.certificate


def test_where_it_leads_to_no_root_what_is_kept_leads_on_and_that_is_told() -> None:
    for came, now in (((), NOW), ((ISSUER,), NOW + 200 * DAY)):
        path = found(ROOT, RENEWED, came=came, at=now)
        assert isinstance(path, TrustPath)
        assert [(one.id, one.params) for one in path.notes] == [
            ("trust.path.lent", {"issuer": "Penerbit", "holder": "Budi"})
        ]
        assert isinstance(found(ROOT, came=came, at=now), NoPath)


def test_nobody_who_attaches_much_keeps_what_is_kept_from_being_known() -> None:
    """The issuer's key was stolen, says one root; the thief had it certified by another one."""
    crowd = [make(f"Lain {number}") for number in range(64)]
    gone = revoke(ROOT, entry(ISSUER.certificate.serial_number, reason=x509.ReasonFlags.key_compromise))
    anchors = pki.believe(ROOT, OTHER, ISSUER, crls=(gone,))
    for more in ([], crowd):
        others = tuple(one.certificate for one in (*more[:63], ELSEWHERE))
        path = find_lent_path(LEAF.certificate, others, anchors, NOW)
        assert isinstance(path, NoPath)
        assert path.message.id == "trust.path.key_stolen"
    # and an honest signer's kept issuer is asked all the same
    lent = find_lent_path(
        LEAF.certificate, tuple(one.certificate for one in crowd), pki.believe(ROOT, ISSUER), NOW
    )
    assert isinstance(lent, TrustPath)
    many = pki.believe(ROOT, *(make(f"Lain {number}", ROOT, ca=True) for number in range(70)), ISSUER)
    assert isinstance(find_lent_path(LEAF.certificate, (), many, NOW), TrustPath)


@pytest.mark.parametrize(
    ("carried", "kept", "wanted"),
    [
        ((), (ROOT, ISSUER, ELSEWHERE), (ISSUER,)),
        ((ISSUER,), (ROOT, RENEWED), (ISSUER,)),
        ((ISSUER, ROOT), (ROOT, RENEWED), (ISSUER, ROOT)),
        ((), (ISSUER,), (ISSUER,)),
        ((), (ROOT,), ()),
    ],
)
def test_what_goes_along_with_a_key_leads_to_a_root_that_is_believed(carried, kept, wanted) -> None:
    signer = accompanied(LEAF.signer(*carried), pki.believe(*kept), NOW)
    assert signer.chain == tuple(one.certificate for one in wanted)


def test_what_goes_along_is_the_way_that_a_verdict_takes() -> None:
    """A key file came with the issuer as somebody certified it who is believed for less."""
    anchors = pki.believe(ROOT, ISSUER).and_these(pki.believe(OTHER, kind=AnchorKind.OWN).anchors)
    signer = accompanied(LEAF.signer(ELSEWHERE), anchors, NOW)
    assert signer.chain == (ISSUER.certificate,)
    told = {one.code: one.message.id for one in examine(signer, anchors, NOW)}
    assert told["path"] == "trust.examine.certified"


def test_an_issuer_that_has_ended_is_replaced_by_the_one_that_is_kept() -> None:
    now, anchors = NOW + 200 * DAY, pki.believe(ROOT, RENEWED)
    for carried in ((ISSUER,), (ISSUER, ROOT)):
        signer = accompanied(LEAF.signer(*carried), anchors, now)
        assert signer.chain == (RENEWED.certificate,)
        told = {one.code: one.message.id for one in examine(signer, anchors, now)}
        assert (told["chain"], told["path"]) == ("trust.examine.chain", "trust.examine.certified")
    alone = {one.code: one.message.id for one in examine(LEAF.signer(ISSUER), pki.believe(ROOT), NOW)}
    assert alone["chain"] == "trust.examine.chain"


def clocks(*holders: pki.Holder) -> Anchors:
    kept = (
        Anchor(der(one.certificate), AnchorKind.OWN, "u", LocalText(), AnchorClass.TIMESTAMP)
        for one in holders
    )
    return Anchors().and_these(kept)


def test_to_a_clock_nothing_is_lent_but_its_issuer_goes_into_the_token(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    anchors = clocks(ROOT, ISSUER)
    asked = CLOCK.certificate, (), anchors, NOW
    assert isinstance(find_path(*asked, timestamping=True), NoPath)
    stamp = SimpleNamespace(certificate=CLOCK.certificate, others=(), moment=NOW)
    assert services._check_authority(stamp, anchors, "jam.test") == (ISSUER.certificate,)
    stamp.others = (ISSUER.certificate,)
    assert services._check_authority(stamp, anchors, "jam.test") == (ISSUER.certificate,)
    stamp.others = (ELSEWHERE.certificate, ISSUER.certificate)
    assert services._check_authority(stamp, clocks(ROOT), "jam.test") == (ISSUER.certificate,)
    alone = SimpleNamespace(certificate=CLOCK.certificate, others=(), moment=NOW)
    with pytest.raises(services.NoAnswer):
        services._check_authority(alone, clocks(ROOT), "x")


def test_a_training_root_that_certifies_an_issuers_key_takes_no_place_of_a_kept_one() -> None:
    training = make("Latihan", ca=True)
    anchors = pki.believe(ROOT, ISSUER).and_these(pki.believe(training, kind=AnchorKind.TEST).anchors)
    laid = make("Penerbit", training, ca=True, key=ISSUER.key).certificate
    path = find_lent_path(LEAF.certificate, (laid,), anchors, NOW)
    assert isinstance(path, TrustPath)
    assert not path.test
    alone = pki.believe(ROOT).and_these(pki.believe(training, kind=AnchorKind.TEST).anchors)
    path = find_lent_path(LEAF.certificate, (laid,), alone, NOW)
    assert isinstance(path, TrustPath)
    assert path.test
