"""Checks before signing, and the test identity that never passes for more than it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop.base import Message
from desktop.trust import (
    Anchors,
    Grade,
    KeyUnfit,
    OtherHolder,
    P12Key,
    examine,
    load_p12,
    make_test_identity,
    require_fit,
)
from desktop.trust.certificate import is_test
from desktop.trust.path import TrustPath, find_path
from desktop.trust.signer import SoftSigner
from tests.trust import bent, pki
from tests.trust.crls import entry, revoke
from tests.trust.pki import DAY, NOW, make

ROOT = make("Root", ca=True)


def grades(holder, anchors: Anchors | None = None, key=None) -> dict[str, tuple[Grade, str]]:
    signer = SoftSigner(key or holder.key, holder.certificate, (ROOT.certificate,))
    return {
        check.code: (check.grade, check.message.id)
        for check in examine(signer, anchors or pki.believe(ROOT), NOW)
    }


def test_a_good_key() -> None:
    found = grades(make("Budi", ROOT))
    assert {grade for grade, _ in found.values()} == {Grade.GOOD}
    assert set(found) == {"key", "validity", "usage", "strength", "path", "chain"}


def test_a_kept_file_that_cannot_be_read_is_told() -> None:
    damaged = Message("trust.crl.unreadable", file="penerbit.crl")
    found = grades(make("Budi", ROOT), replace(pki.believe(ROOT), problems=(damaged,)))
    assert found["revocation"] == (Grade.NOTE, damaged.id)


@pytest.mark.parametrize(
    ("holder", "code", "grade", "message"),
    [
        (make("A", ROOT, end=NOW - DAY / 2), "validity", Grade.STOP, "trust.examine.expired"),
        (make("B", ROOT, start=NOW + DAY), "validity", Grade.STOP, "trust.examine.not_yet"),
        (make("C", ROOT, end=NOW + DAY), "validity", Grade.NOTE, "trust.examine.expires_soon"),
        (make("D", ROOT, use=pki.usage(digital_signature=True)), "usage", Grade.STOP, "trust.examine.usage"),
        (make("E", ROOT, key=pki.rsa_key(1024)), "strength", Grade.STOP, "trust.key.short_rsa"),
        (make("F"), "path", Grade.NOTE, "trust.examine.uncertified"),
    ],
    ids=["expired", "not yet", "soon", "usage", "short", "stranger"],
)
def test_each_fault(holder, code, grade, message) -> None:
    assert grades(holder)[code] == (grade, message)


def test_a_key_that_is_not_the_certificates_stops() -> None:
    holder = make("Budi", ROOT)
    assert grades(holder, key=make("Lain").key)["key"] == (Grade.STOP, "trust.examine.key_differs")
    with pytest.raises(KeyUnfit):
        require_fit(SoftSigner(make("Lain").key, holder.certificate, ()), pki.believe(ROOT), NOW)


@pytest.mark.parametrize("algorithm", ["rsa", "ec"])
def test_a_test_identity_is_recognised_and_leads_to_its_root(tmp_path: Path, algorithm) -> None:
    made = make_test_identity(
        tmp_path, {"mayor": "Contoh Bupati", "secretary": "Contoh Sekda"}, now=NOW, algorithm=algorithm
    )
    assert set(made.signers) == {"mayor", "secretary"}
    one = made.signers["mayor"]
    with P12Key(one.path, one.password).open() as signer:
        assert all(is_test(certificate) for certificate in (signer.certificate, *signer.chain))
        anchors = Anchors().plus(made.root)
        path = find_path(signer.certificate, signer.chain, anchors, NOW)
        assert isinstance(path, TrustPath)
        assert path.test
        noted = {check.code: check.message.id for check in require_fit(signer, anchors, NOW)}
        assert noted["path"] == "trust.examine.test"
    assert not is_test(ROOT.certificate)


def test_a_signer_keeps_its_key_to_itself(tmp_path: Path) -> None:
    made = make_test_identity(tmp_path, {"mayor": "Contoh"}, now=NOW, algorithm="ec")
    signer = load_p12(made.signers["mayor"].path.read_bytes(), "uji", "x.p12")
    assert "key" not in repr(signer).split("certificate")[0]


# -- whose name, whose chain, and what was withdrawn ------------------------------------------------
def test_somebody_elses_certificate_needs_somebodys_word() -> None:
    holder = make("Budi Santoso", ROOT)
    signer, anchors = holder.signer(ROOT), pki.believe(ROOT)
    named = {one.code: one for one in examine(signer, anchors, NOW, "Ir. Budi Santoso, M.T.")}
    assert named["name"].grade is Grade.GOOD
    other = {one.code: one for one in examine(signer, anchors, NOW, "Siti Aminah")}
    assert other["name"].grade is Grade.CONFIRM
    with pytest.raises(OtherHolder) as caught:
        require_fit(signer, anchors, NOW, "Siti Aminah")
    assert caught.value.message.params == {"holder": "Budi Santoso", "person": "Siti Aminah"}
    assert require_fit(signer, anchors, NOW, "Siti Aminah", other_holder=True)
    assert "name" not in {one.code for one in examine(signer, anchors, NOW)}


def test_a_key_that_must_not_sign_is_not_saved_by_anybodys_word() -> None:
    signer = make("Budi", ROOT, end=NOW - DAY / 2).signer(ROOT)
    with pytest.raises(KeyUnfit):
        require_fit(signer, pki.believe(ROOT), NOW, "Siti", other_holder=True)


ISSUER = make("Penerbit", ROOT, ca=True)
LEAF = make("Budi", ISSUER)


def test_a_missing_issuer_is_named() -> None:
    found = {one.code: one for one in examine(LEAF.signer(), pki.believe(ROOT), NOW)}
    assert (found["chain"].grade, found["chain"].message.params) == (Grade.NOTE, {"issuer": "Penerbit"})
    assert found["path"].message.id == "trust.examine.uncertified"
    complete = {one.code: one for one in examine(LEAF.signer(ISSUER), pki.believe(ROOT), NOW)}
    assert {one.grade for one in complete.values()} == {Grade.GOOD}


def test_a_revoked_certificate_signs_nothing_and_an_outdated_list_is_noted() -> None:
    signer = LEAF.signer(ISSUER)
    withdrawn = revoke(ISSUER, entry(LEAF.certificate.serial_number))
    with pytest.raises(KeyUnfit) as caught:
        require_fit(signer, pki.believe(ROOT, crls=(withdrawn,)), NOW)
    assert caught.value.message.params["reason"].id == "trust.path.revoked"
    old = revoke(ISSUER, this=NOW - 9 * DAY, until=NOW - 2 * DAY)
    found = {one.code: one for one in require_fit(signer, pki.believe(ROOT, crls=(old,)), NOW)}
    assert (found["revocation"].grade, found["revocation"].message.id) == (Grade.NOTE, "trust.crl.outdated")


def test_an_issuer_that_is_known_but_faulty_stops() -> None:
    over = make("Penerbit lama", ROOT, ca=True, start=NOW - 90 * DAY, end=NOW - DAY)
    with pytest.raises(KeyUnfit) as caught:
        require_fit(make("Budi", over).signer(over), pki.believe(ROOT), NOW)
    assert caught.value.message.params["reason"].id == "trust.path.validity"


@pytest.mark.parametrize("change", [bent.twice, bent.old_version, bent.unknown_curve])
def test_a_certificate_that_cannot_be_read_stops_with_a_sentence(change) -> None:
    """Of one extension twice every question about usage ends in an error of the library."""
    issuer = make("Penerbit", ca=True)
    holder = bent.again(make("Budi", issuer), issuer.key, change)
    (check,) = examine(SoftSigner(holder.key, holder.certificate, ()), Anchors(), NOW, "Budi")
    assert (check.grade, check.message.id) == (Grade.STOP, "trust.path.malformed")
