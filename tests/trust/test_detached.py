"""Detached signatures: OpenSSL accepts them, and ours refuses what it must."""

from __future__ import annotations

import datetime as dt
import hashlib
import subprocess
from pathlib import Path

import pytest
from asn1crypto import cms
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.trust import NotSignedByAnyoneKnown, sign_detached, verify_detached
from desktop.trust.cms import BadCms, read_cms
from tests.trust import pki
from tests.trust.pki import NOW, make

ROOT = make("Root", ca=True)
RSA, EC = make("Budi", ROOT, key=pki.rsa_key()), make("Siti", ROOT)
ANCHORS = pki.believe(ROOT)
DATA = b"isi pedoman"


def refused(data: bytes, signature: bytes, anchors=ANCHORS, now=NOW) -> str:
    with pytest.raises(NotSignedByAnyoneKnown) as caught:
        verify_detached(data, signature, anchors, now)
    return caught.value.message.params["reason"].id


@pytest.mark.parametrize("holder", [RSA, EC], ids=["rsa", "ec"])
def test_openssl_accepts_it_and_so_do_we(holder, tmp_path: Path) -> None:
    signature = sign_detached(DATA, holder.signer(ROOT), NOW)
    (tmp_path / "root.pem").write_bytes(ROOT.certificate.public_bytes(Encoding.PEM))
    (tmp_path / "sig.der").write_bytes(signature)
    (tmp_path / "data").write_bytes(DATA)
    command = (
        "openssl cms -verify -binary -inform DER -in sig.der -content data -CAfile root.pem -purpose any"
    )
    command += " -no_check_time -cades"
    result = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False)
    assert result.returncode == 0, result.stderr
    read = verify_detached(DATA, signature, ANCHORS, NOW)
    assert (read.claimed_at, read.test) == (NOW, False)
    assert refused(b"isi lain", signature) == "trust.cms.digest"


def test_refuses_strangers_and_the_future() -> None:
    stranger = make("Asing", make("Root", ca=True))
    assert refused(DATA, sign_detached(DATA, stranger.signer(), NOW)) == "trust.path.unknown"
    # the clocks of two computers differ
    ahead = sign_detached(DATA, EC.signer(), NOW + dt.timedelta(minutes=9))
    assert verify_detached(DATA, ahead, ANCHORS, NOW).holder
    later = sign_detached(DATA, EC.signer(), NOW + dt.timedelta(days=2))
    assert refused(DATA, later) == "trust.time.future"


def altered(change) -> bytes:
    info = cms.ContentInfo.load(sign_detached(DATA, EC.signer(), NOW))
    change(info["content"])
    return info.dump(force=True)


@pytest.mark.slow
def test_refuses_other_certificate_and_other_algorithms() -> None:
    twin = make("Siti", ROOT, key=EC.key)

    def swap(content) -> None:
        raw = cms.CertificateChoices.load(twin.certificate.public_bytes(Encoding.DER))
        content["certificates"] = cms.CertificateSet([raw])
        content["signer_infos"][0]["sid"].chosen["serial_number"] = twin.certificate.serial_number

    def weaken(content) -> None:
        content["signer_infos"][0]["digest_algorithm"] = {"algorithm": "sha1"}

    def confuse(content) -> None:
        content["signer_infos"][0]["signature_algorithm"] = {"algorithm": "rsassa_pkcs1v15"}

    def double(content) -> None:
        content["signer_infos"].append(content["signer_infos"][0].copy())

    def unsigned(content) -> None:
        del content["signer_infos"][0]["signed_attrs"]

    def strip(content) -> None:
        content["certificates"] = cms.CertificateSet([])

    assert refused(DATA, altered(swap)) == "trust.cms.other_certificate"
    assert refused(DATA, altered(weaken)) == "trust.cms.algorithm"
    assert refused(DATA, altered(confuse)) == "trust.cms.algorithm"
    assert refused(DATA, altered(double)) == "trust.cms.one_signer"
    assert refused(DATA, altered(unsigned)) == "trust.cms.malformed"
    assert refused(DATA, altered(strip)) == "trust.cms.no_certificate"


@pytest.mark.slow
def test_no_byte_may_change() -> None:
    signature = sign_detached(DATA, EC.signer(), NOW)
    digest = hashlib.sha256(DATA).digest()
    survivors = 0
    for place in range(len(signature)):
        broken = bytearray(signature)
        broken[place] ^= 0x10
        try:
            read = read_cms(bytes(broken), lambda name: digest if name == "sha256" else b"")
        except BadCms:
            continue
        # What the signature does not cover may differ, but never whose it is or what it covers.
        assert read.certificate == EC.certificate
        assert read.claimed_at == NOW
        survivors += 1
    assert survivors < len(signature) // 50
