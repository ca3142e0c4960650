"""What came with a signature over the package, where several generations of authorities are believed."""

from __future__ import annotations

import base64
import contextlib
import dataclasses
from dataclasses import dataclass
from pathlib import Path

import pytest
from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from desktop.base.jobs import quiet
from desktop.submission import VerdictKind, Weight, seal, sign_container, verify
from desktop.submission.frame.container import data_files
from desktop.submission.own import parts_of, read_own_signature
from desktop.submission.resealing import WouldBeRefused
from desktop.submission.xades.writing import write_xades
from desktop.trust import Anchors
from desktop.trust.anchors import AnchorClass
from desktop.trust.certificate import der
from desktop.trust.timestamps import plain_token
from tests.submission import tamper
from tests.submission.making import MAYOR, NOW, SECRETARY, TEAM, seal_input, seal_named
from tests.submission.timestamped import DAY, SIGNATURE, Scene, codes, refused, stamped_anew, token
from tests.trust import crls, pki
from tests.trust.pki import Holder

UNUSED = "note.attached_unused"
FIRST = pki.make("Root G1", ca=True, start=NOW - 900 * DAY)
SECOND = pki.make("Root G2", ca=True, start=NOW - 900 * DAY)
CROSS = pki.make("Root G2", FIRST, ca=True, key=SECOND.key, start=NOW - 900 * DAY)
ISSUER = pki.make("Penerbit", SECOND, ca=True)
RENEWED = pki.make("Penerbit", SECOND, ca=True, key=ISSUER.key)
SIGNER = pki.make("Contoh Tim", ISSUER)


@dataclass(frozen=True)
class Key:
    """A key with the certificates that go along."""

    holder: Holder
    chain: tuple[Holder, ...]

    def open(self):
        return contextlib.nullcontext(self.holder.signer(*self.chain))


def closed(path: Path, key: Key, anchors: Anchors) -> Path:
    """A package of data alone, closed by that key where these are believed."""
    seal(
        quiet,
        seal_named({MAYOR: "", SECRETARY: "", TEAM: "Contoh Tim"}, files=seal_input().files[1:]),
        path,
    )
    sign_container(quiet, path, path, key, TEAM, anchors, NOW, other_holder=True)
    return path


def asked(path: Path, *believed: Holder) -> list[str]:
    """The notes of a package that is valid in any case."""
    verdict = verify(path, pki.believe(*believed), NOW)
    assert verdict.kind in {VerdictKind.VALID, VerdictKind.VALID_WITH_NOTES}
    return [one for one in codes(verdict) if one == UNUSED]


@pytest.mark.parametrize("where", [(FIRST,), (SECOND,), (FIRST, SECOND)], ids=["first", "second", "both"])
def test_whoever_has_a_cross_certificate_signs_and_is_believed_by_either_generation(where, tmp_path) -> None:
    path = closed(tmp_path / "p.asice", Key(SIGNER, (ISSUER, CROSS)), pki.believe(*where))
    assert asked(path, FIRST) == []
    assert asked(path, FIRST, SECOND) == []
    # nobody here knows who certified across
    assert asked(path, SECOND) == [UNUSED]


def test_what_stands_nowhere_in_a_path_is_refused_as_before(tmp_path) -> None:
    stranger = pki.make("Orang", pki.make("Entah", ca=True), ca=True)
    believed = pki.believe(SECOND)
    for chain in ((ISSUER, stranger), (stranger, ISSUER), (CROSS, ISSUER), (RENEWED, ISSUER)):
        with pytest.raises(WouldBeRefused):
            closed(tmp_path / "p.asice", Key(SIGNER, chain), believed)


def kept(scene: Scene, *names: str) -> Anchors:
    """As if these authorities had been compared and kept."""
    anchors = Anchors().plus(*scene.authority.pem(*names))
    anchors = anchors.plus(*scene.authority.pem("time-root"), purpose=AnchorClass.TIMESTAMP)
    return Anchors(tuple(dataclasses.replace(one, passing=False) for one in anchors.anchors))


def test_answers_about_others_are_refused(scene, tmp_path) -> None:
    """Of nobody else, and of those in the path only what is true."""
    stamp = token(scene, scene.signed)
    for issuer in (pki.make("Contoh interm", ca=True), pki.make("Entah", ca=True)):
        made = stamped_anew(scene, scene.signed, tmp_path / "p.asice", stamp, lists=(crls.revoke(issuer),))
        verdict = scene.ask(made, anchors=kept(scene, "root"))
        assert refused(verdict) == "timestamp.attached"


def test_a_certificate_that_its_issuer_never_signed_is_told_and_not_used(tmp_path) -> None:
    path = closed(tmp_path / "p.asice", Key(SIGNER, (ISSUER,)), pki.believe(SECOND))
    files, manifest = tamper.read(path)
    false = pki.make("Penerbit", pki.make("Root G2", ca=True), ca=True, key=ISSUER.key)
    there, other = (base64.b64encode(der(one.certificate)) for one in (ISSUER, false))
    assert files[SIGNATURE].count(there) == 1
    files[SIGNATURE] = files[SIGNATURE].replace(there, other)
    made = tamper.write(files, manifest, tmp_path / "q.asice")
    # its issuer may have got another key under the name: nobody here can say
    assert asked(made, SECOND, ISSUER) == [UNUSED]
    alone = verify(made, pki.believe(SECOND), NOW)
    assert [one.code for one in alone.reasons] == ["signature.unknown"]


@pytest.mark.parametrize("ends", ["root", "issuer"])
def test_a_timestamp_from_after_an_issuers_end_takes_nothing_away(ends, scene, tmp_path) -> None:
    root = pki.make("Root", ca=True, start=NOW - 900 * DAY, end=NOW + (10 if ends == "root" else 700) * DAY)
    issuer = pki.make("Penerbit", root, ca=True, end=NOW + (10 if ends == "issuer" else 700) * DAY)
    believed = Anchors((*pki.believe(root).anchors, *kept(scene, "root").anchors))
    signer = Key(pki.make("Contoh Tim", issuer, end=NOW + 700 * DAY), (issuer,))
    path = closed(tmp_path / "p.asice", signer, believed)
    late = stamped_anew(scene, path, tmp_path / "t.asice", token(scene, path, at=NOW + 20 * DAY))
    before, after = (scene.ask(one, now=NOW + 30 * DAY, anchors=believed) for one in (path, late))
    assert before.kind is after.kind is VerdictKind.VALID_WITH_NOTES
    assert "note.stamped_too_late" in codes(after)
    assert set(codes(before)) <= set(codes(after))
    in_time = stamped_anew(scene, path, tmp_path / "t.asice", token(scene, path, at=NOW + 5 * DAY))
    assert codes(scene.ask(in_time, now=NOW + 30 * DAY, anchors=believed)) == ["note.stamped_later"]
    assert Weight.REFUSAL not in {one.weight for one in after.reasons}


def test_what_a_carrier_lays_into_a_timestamp_is_told(scene, tmp_path) -> None:
    """The name and key of the clock's root are public: anybody makes a certificate that leads on there."""
    files, manifest = tamper.read(scene.whole)
    covered = data_files(manifest)
    found = read_own_signature(files[SIGNATURE], 0, covered)
    parts = parts_of(found, 0)
    root = scene.authority.certificate("time-root")
    somebody = pki.make("Disetujui Menteri", ca=True)
    false = x509.CertificateBuilder(somebody.certificate.subject, root.subject, root.public_key(), 99)
    false = false.not_valid_before(NOW).not_valid_after(NOW + 9 * DAY).sign(somebody.key, hashes.SHA256())
    info = cms.ContentInfo.load(parts.attached.tokens[0])
    there = [one.chosen for one in info["content"]["certificates"]]
    info["content"]["certificates"] = [*there, asn1_x509.Certificate.load(der(false))]
    tokens = (plain_token(info.dump(force=True)),)
    assert der(false) in tokens[0]
    files[SIGNATURE] = write_xades(
        dataclasses.replace(parts, attached=dataclasses.replace(parts.attached, tokens=tokens)),
        covered,
        found.value,
    )
    made = tamper.write(files, manifest, tmp_path / "p.asice")
    assert codes(scene.ask(made)) == [UNUSED]


def test_what_a_carrier_lays_into_the_chain_is_told_and_small(tmp_path) -> None:
    path = closed(tmp_path / "p.asice", Key(SIGNER, (ISSUER,)), pki.believe(SECOND))
    files, manifest = tamper.read(path)
    there = base64.b64encode(der(ISSUER.certificate)).decode()
    opened, shut = files[SIGNATURE].decode().split(there)
    element = opened[opened.rindex("<") :]
    ended = shut[: shut.index(">") + 1]
    for size, known in ((10, True), (20_000, False)):
        junk = (x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"x" * size), False)
        twin = pki.make("Root G2", pki.make("Siapa", ca=True), ca=True, key=SECOND.key, extra=(junk,))
        more = f"{there}{ended}{element}{base64.b64encode(der(twin.certificate)).decode()}"
        changed = {**files, SIGNATURE: f"{opened}{more}{shut}".encode()}
        made = tamper.write(changed, manifest, tmp_path / "q.asice")
        for believed in ((SECOND,), (SECOND, ISSUER)):
            if known:
                assert asked(made, *believed) == [UNUSED]
            else:
                assert refused(verify(made, pki.believe(*believed), NOW)) == "xades.not_canonical"
