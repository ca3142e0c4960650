"""A timestamp says itself how far off its clock may be; tokens made by hand, since no service is so bad."""

from __future__ import annotations

import hashlib

import pytest
from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1_x509

from desktop.trust.certificate import der
from desktop.trust.cms import BadCms
from desktop.trust.timestamps import read_timestamp
from tests.trust import pki

DIGEST = hashlib.sha256(b"isi").digest()
CLOCK = pki.make("Jam")


def token(accuracy: dict[str, int] | None) -> bytes:
    """A sound token of this accuracy."""
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": DIGEST}
    said = {"version": "v1", "policy": "1.2.3", "message_imprint": imprint, "serial_number": 7}
    info = {**said, "gen_time": pki.NOW, **({"accuracy": accuracy} if accuracy is not None else {})}
    statement, leaf = tsp.TSTInfo(info).dump(), asn1_x509.Certificate.load(der(CLOCK.certificate))
    named = {"hash_algorithm": {"algorithm": "sha256"}, "cert_hash": hashlib.sha256(leaf.dump()).digest()}
    values = {
        "content_type": "tst_info",
        "message_digest": hashlib.sha256(statement).digest(),
        "signing_certificate_v2": tsp.SigningCertificateV2({"certs": [named]}),
    }
    signed = cms.CMSAttributes([{"type": name, "values": [value]} for name, value in values.items()])
    sid = {"issuer_and_serial_number": {"issuer": leaf.issuer, "serial_number": leaf.serial_number}}
    signer = {
        "version": "v1", "sid": sid, "digest_algorithm": {"algorithm": "sha256"}, "signed_attrs": signed,
        "signature": CLOCK.signer().sign(signed.dump()), "signature_algorithm": {"algorithm": "sha256_ecdsa"},
    }  # fmt: skip
    content = {
        "version": "v3", "digest_algorithms": [{"algorithm": "sha256"}], "signer_infos": [signer],
        "encap_content_info": {"content_type": "tst_info", "content": cms.ParsableOctetString(statement)},
        "certificates": [leaf],
    }  # fmt: skip
    return cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(content)}).dump()


@pytest.mark.parametrize(
    ("accuracy", "good"),
    [
        (None, True),
        ({"millis": 20, "micros": 5}, True),
        ({"seconds": 600}, True),
        ({"seconds": 600, "millis": 1}, False),
        ({"seconds": 20 * 365 * 86400}, False),
    ],
    ids=["not said", "20 ms", "ten minutes", "more", "20 years"],
)
def test_a_time_that_may_be_far_off_is_none(accuracy, good) -> None:
    if good:
        assert read_timestamp(token(accuracy), lambda name: DIGEST).moment == pki.NOW
        return
    with pytest.raises(BadCms) as caught:
        read_timestamp(token(accuracy), lambda name: DIGEST)
    assert caught.value.message.id == "trust.timestamp.vague"
