"""Key files: the three things that can be wrong with one are told apart; old ones still open."""

from __future__ import annotations

import pickle
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

from desktop.base.errors import FileProblem
from desktop.trust import DamagedKeyFile, NoPrivateKey, P12Key, WrongPassword, load_p12
from desktop.trust.p12 import UnknownKeyKind
from desktop.trust.signer import fits, xml_fits, xml_signature
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


def _stretched(data: bytes, rounds: int, *, part: str) -> bytes:
    from asn1crypto import pkcs12 as form

    found = form.Pfx.load(data)
    if part == "mac":
        found["mac_data"]["iterations"] = rounds
        return bytes(found.dump(force=True))
    contents = found.authenticated_safe
    for one in contents:
        if one["content_type"].native == "encrypted_data":
            algorithm = one["content"]["encrypted_content_info"]["content_encryption_algorithm"]
            algorithm["parameters"]["key_derivation_func"]["parameters"]["iteration_count"] = rounds
    found["auth_safe"]["content"] = contents.dump(force=True)
    return bytes(found.dump(force=True))


@pytest.mark.parametrize("part", ["mac", "certificates"])
def test_a_key_file_that_would_be_stretched_for_hours_is_refused_at_once(part: str) -> None:
    data = write(BestAvailableEncryption(b"uji"))
    with pytest.raises(WrongPassword):
        load_p12(_stretched(data, 3000, part="mac"), "uji", "x.p12")
    with pytest.raises(UnknownKeyKind):
        load_p12(_stretched(data, (1 << 31) - 1, part=part), "uji", "x.p12")
