"""Key files: the three things that can be wrong with one are told apart; old ones still open."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)

from desktop.base import Language, render
from desktop.base.errors import FileProblem
from desktop.base.jobs import command_of
from desktop.trust import DamagedKeyFile, NoPrivateKey, P12Key, WrongPassword, load_p12, p12
from desktop.trust.p12 import KeyFileTooMuch, UnknownKeyKind
from desktop.trust.signer import accompanied, fits, xml_fits, xml_signature
from tests.trust import pki

ROOT = pki.make("Root", ca=True)
ISSUER = pki.make("Penerbit", ROOT, ca=True, length=0)
LEAF = pki.make("Budi", ISSUER)


def write(encryption: KeySerializationEncryption, *, key: object = LEAF.key, chain=(ROOT, ISSUER)) -> bytes:
    others = [one.certificate for one in chain]
    return pkcs12.serialize_key_and_certificates(b"budi", key, LEAF.certificate, others, encryption)


def legacy(password: bytes) -> KeySerializationEncryption:
    return (
        PrivateFormat.PKCS12.encryption_builder()
        .kdf_rounds(2048)
        .key_cert_algorithm(pkcs12.PBES.PBESv1SHA1And3KeyTripleDESCBC)
        .hmac_hash(hashes.SHA1())
        .build(password)
    )


def test_an_issuer_that_is_not_in_the_file_goes_along_where_it_is_kept(tmp_path) -> None:
    path = tmp_path / "sendiri.p12"
    other = pki.make("Penerbit", pki.make("Root", ca=True), ca=True)
    for inside, kept, wanted in (
        ((), (ROOT, ISSUER), (ISSUER,)),
        ((), (ROOT, other), ()),
        ((ISSUER, ROOT), (other,), (ISSUER, ROOT)),
    ):
        path.write_bytes(write(NoEncryption(), chain=inside))
        with P12Key(path, "").open() as alone:
            signer = accompanied(alone, pki.believe(*kept), pki.NOW)
            assert signer.chain == tuple(one.certificate for one in wanted)
            assert signer.certificate == LEAF.certificate
            assert fits(LEAF.key.public_key(), signer.sign(b"x"), b"x")


@pytest.mark.parametrize(
    ("data", "password"),
    [
        (write(BestAvailableEncryption(b"rahasia")), "rahasia"),
        (write(BestAvailableEncryption("sandi é".encode())), "sandi é"),
        (write(legacy(b"rahasia")), "rahasia"),
        (write(NoEncryption()), ""),
    ],
    ids=["modern", "non-ascii", "3des-sha1", "none"],
)
def test_opens_and_orders_the_chain(data, password) -> None:
    signer = load_p12(data, password, "budi.p12")
    assert signer.certificate == LEAF.certificate
    assert signer.chain == (ISSUER.certificate, ROOT.certificate)
    public = LEAF.certificate.public_key()
    assert fits(public, signer.sign(b"isi"), b"isi")
    assert xml_fits(public, xml_signature(signer, b"isi"), b"isi")
    assert not xml_fits(public, xml_signature(signer, b"isi") + b"\0", b"isi")


def test_a_chain_that_does_not_belong_is_left_out() -> None:
    stranger = pki.make("Penerbit", ca=True)
    data = write(BestAvailableEncryption(b"x"), chain=(stranger, ROOT))
    assert load_p12(data, "x", "budi.p12").chain == ()


def test_of_a_renewed_issuer_the_certificate_of_today_goes_along(monkeypatch: pytest.MonkeyPatch) -> None:
    """Key files and cards keep what was renewed, in whatever order."""
    monkeypatch.setenv("RANCANG_NOW", pki.NOW.isoformat())
    old = pki.make("Penerbit", ROOT, ca=True, key=ISSUER.key, end=pki.NOW - pki.DAY)
    days = {"start": pki.NOW + 20 * pki.DAY, "end": pki.NOW + 9999 * pki.DAY}
    later = pki.make("Penerbit", ROOT, ca=True, key=ISSUER.key, **days)
    for chain in ((old, ISSUER, ROOT), (ROOT, ISSUER, old), (later, ISSUER, ROOT), (ISSUER, later, ROOT)):
        data = write(BestAvailableEncryption(b"x"), chain=chain)
        assert load_p12(data, "x", "budi.p12").chain == (ISSUER.certificate, ROOT.certificate)


def test_a_cross_certificate_goes_along_rather_than_the_root_of_its_key() -> None:
    other = pki.make("Root lama", ca=True)
    cross = pki.make("Root", other, ca=True, key=ROOT.key)
    for chain in ((ISSUER, ROOT, cross), (ISSUER, cross, ROOT)):
        data = write(BestAvailableEncryption(b"x"), chain=chain)
        assert load_p12(data, "x", "budi.p12").chain == (ISSUER.certificate, cross.certificate)


def test_wrong_password() -> None:
    with pytest.raises(WrongPassword):
        load_p12(write(BestAvailableEncryption(b"rahasia")), "Rahasia", "budi.p12")
    with pytest.raises(WrongPassword):
        load_p12(write(BestAvailableEncryption(b"rahasia")), "", "budi.p12")


@pytest.mark.parametrize("data", [b"", b"bukan p12", write(NoEncryption())[:-40], b"\0" * (1 << 21)])
def test_damaged(data) -> None:
    with pytest.raises(DamagedKeyFile) as caught:
        load_p12(data, "x", "budi.p12")
    assert caught.value.message.params["file"] == "budi.p12"


def test_certificates_without_a_key() -> None:
    data = pkcs12.serialize_key_and_certificates(None, None, LEAF.certificate, None, NoEncryption())
    with pytest.raises(NoPrivateKey):
        load_p12(data, "", "budi.p12")


def test_a_key_of_another_kind() -> None:
    key = ed25519.Ed25519PrivateKey.generate()
    leaf = pki.make("Ed", key=ISSUER.key)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(leaf.certificate.subject)
        .issuer_name(leaf.certificate.subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(pki.NOW)
        .not_valid_after(pki.NOW + pki.DAY)
        .sign(ISSUER.key, hashes.SHA256())
    )
    data = pkcs12.serialize_key_and_certificates(b"e", key, certificate, None, NoEncryption())
    with pytest.raises(UnknownKeyKind):
        load_p12(data, "", "ed.p12")


def test_a_key_source_travels_and_hides_its_password(tmp_path: Path) -> None:
    path = tmp_path / "budi.p12"
    path.write_bytes(write(BestAvailableEncryption(b"rahasia")))
    source = pickle.loads(pickle.dumps(P12Key(path, "rahasia")))
    assert "rahasia" not in repr(source)
    with source.open() as signer:
        assert signer.certificate == LEAF.certificate
    with pytest.raises(FileProblem), P12Key(tmp_path / "tidak-ada.p12", "").open():
        pass


APART = p12.apart
"""As it is outside the tests."""


def stretched(rounds: int, where: str) -> bytes:
    """A key file that asks for so many rounds, in one of the places where a password is stretched."""
    from asn1crypto import cms, core
    from asn1crypto import pkcs12 as form

    data = write(BestAvailableEncryption(b"uji"))
    found = form.Pfx.load(data)
    contents = found.authenticated_safe
    if where == "mac":
        found["mac_data"]["iterations"] = rounds
        return bytes(found.dump(force=True))
    for at, one in enumerate(contents):
        if one["content_type"].native == "encrypted_data" and where == "certificates":
            algorithm = one["content"]["encrypted_content_info"]["content_encryption_algorithm"]
            algorithm["parameters"]["key_derivation_func"]["parameters"]["iteration_count"] = rounds
        elif one["content_type"].native == "data" and where != "certificates":
            (bag,) = form.SafeContents.load(one["content"].native)
            algorithm = bag["bag_value"]["encryption_algorithm"]
            algorithm["parameters"]["key_derivation_func"]["parameters"]["iteration_count"] = rounds
            for _ in range(3 if where == "nested" else 0):
                bag = form.SafeBag({"bag_id": "safe_contents", "bag_value": form.SafeContents([bag])})
            inner = core.OctetString(form.SafeContents([bag]).dump(force=True))
            contents[at] = cms.ContentInfo({"content_type": "data", "content": inner})
    body = core.OctetString(contents.dump(force=True))
    # without a MAC any password will do
    return bytes(form.Pfx({"version": "v3", "auth_safe": {"content_type": "data", "content": body}}).dump())


@pytest.mark.parametrize("where", ["mac", "certificates", "key", "nested"])
def test_a_key_file_that_is_stretched_for_hours_has_an_end(where: str, monkeypatch) -> None:
    monkeypatch.setattr(p12, "apart", APART)
    monkeypatch.setattr(p12, "SECONDS", 0.2)
    with pytest.raises(KeyFileTooMuch) as caught:
        load_p12(stretched((1 << 31) - 1, where), "uji", "x.p12")
    for language in Language:
        assert "x.p12" in render(caught.value.message, language)


def test_a_key_file_is_opened_in_a_process_of_its_own(monkeypatch) -> None:
    called: list[list[str]] = []
    start = subprocess.Popen

    def popen(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        called.append(command)
        return start(command, **options)  # type: ignore[call-overload, no-any-return]

    here = load_p12(write(BestAvailableEncryption(b"rahasia")), "rahasia", "budi.p12")
    monkeypatch.setattr(p12, "apart", APART)
    monkeypatch.setattr(p12.subprocess, "Popen", popen)
    signer = load_p12(write(BestAvailableEncryption(b"rahasia")), "rahasia", "budi.p12")
    assert (signer.certificate, signer.chain) == (here.certificate, here.chain)
    assert fits(LEAF.certificate.public_key(), signer.sign(b"isi"), b"isi")
    with pytest.raises(WrongPassword):
        load_p12(write(BestAvailableEncryption(b"rahasia")), "lain", "budi.p12")
    assert len(called) == 2
    assert "rahasia" not in str(called)


@pytest.mark.parametrize(
    "program",
    ["raise SystemExit(3)", "print('x' * 99)", "import os; os.write(1, bytes([0, 0, 0, 3]) + b'key')"],
)
def test_a_process_that_talks_nonsense_is_a_sentence(program: str, monkeypatch) -> None:
    monkeypatch.setattr(p12, "apart", APART)
    monkeypatch.setattr(p12, "command_of", lambda *_: [sys.executable, "-c", program])
    with pytest.raises(DamagedKeyFile):
        load_p12(write(NoEncryption()), "", "x.p12")
    monkeypatch.setattr(p12, "command_of", lambda *_: ["/nowhere/rancang"])
    with pytest.raises(FileProblem):
        load_p12(write(NoEncryption()), "", "x.p12")


def test_the_program_itself_becomes_that_process(monkeypatch) -> None:
    """As it is started where it is frozen."""
    monkeypatch.setattr(p12, "apart", APART)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert command_of("desktop.trust.key_process", p12.ARGUMENT) == [sys.executable, p12.ARGUMENT]
    monkeypatch.setattr(p12, "command_of", lambda *_: [sys.executable, "-m", "desktop", p12.ARGUMENT])
    assert load_p12(write(NoEncryption()), "", "x.p12").certificate == LEAF.certificate


def test_a_process_begun_before_is_asked_and_one_that_is_gone_is_replaced(monkeypatch) -> None:
    data = write(BestAvailableEncryption(b"rahasia"))
    with p12.begun_before() as begun:
        assert APART(b"rahasia", data, begun)[0] == b"key"
    assert begun.returncode == 0
    with p12.begun_before() as begun:
        begun.kill()
        begun.wait()
        assert APART(b"lain", data, begun) == [b"wrong"]
    with p12.begun_before() as begun:
        assert begun.poll() is None
    assert begun.returncode is not None, "who was not asked is gone all the same"
