"""What a signature says about its certificate is true of it in every place where a program may look."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from asn1crypto import cms, tsp
from asn1crypto import x509 as asn1_x509

from desktop.trust import cms as cms_room
from desktop.trust.certificate import der
from desktop.trust.cms import BadCms, _bound
from tests.trust import pki

ROOT = pki.make("Root", ca=True)
OTHER = asn1_x509.Name.build({"common_name": "Lain"})
BUDI, SITI = pki.make("Budi", ROOT).certificate, pki.make("Siti", ROOT).certificate


def issuer_serial(certificate: Any, number: int | None = None, issuer: Any = None) -> dict[str, Any]:
    one = asn1_x509.Certificate.load(der(certificate))
    name = asn1_x509.GeneralName("directory_name", issuer or one.issuer)
    return {"issuer": [name], "serial_number": number or one.serial_number}


def second(**values: Any) -> Any:
    named = {"hash_algorithm": {"algorithm": "sha256"}, "cert_hash": hashlib.sha256(der(SITI)).digest()}
    return tsp.SigningCertificateV2({"certs": [{**named, **values}]})


def first(certificate: Any, **values: Any) -> Any:
    return tsp.SigningCertificate(
        {"certs": [{"cert_hash": hashlib.sha1(der(certificate)).digest(), **values}]}
    )


def test_what_is_true_of_the_certificate_binds_it() -> None:
    assert _bound({"signing_certificate_v2": second()}, SITI)
    assert _bound({"signing_certificate_v2": second(issuer_serial=issuer_serial(SITI))}, SITI)
    assert _bound({"signing_certificate_v2": second(), "signing_certificate": first(SITI)}, SITI)


@pytest.mark.parametrize(
    "attributes",
    [
        {"signing_certificate_v2": second(issuer_serial=issuer_serial(BUDI))},
        {"signing_certificate_v2": second(issuer_serial=issuer_serial(SITI, issuer=OTHER))},
        {"signing_certificate_v2": second(), "signing_certificate": first(BUDI)},
        {
            "signing_certificate_v2": second(),
            "signing_certificate": first(SITI, issuer_serial=issuer_serial(SITI, 4711)),
        },
        {"signing_certificate": first(SITI)},
    ],
)
def test_a_second_word_about_another_certificate_is_refused(attributes: dict[str, Any]) -> None:
    with pytest.raises(BadCms):
        _bound(attributes, SITI)


@pytest.mark.parametrize("said", [b"\x18\x0e20261201080000", b"\x18\x0f00001201080000Z"])
def test_a_time_of_no_zone_or_no_calendar_is_nobodys(said: bytes) -> None:
    """Compared with any other it ended in an error of the program."""
    with pytest.raises(BadCms):
        cms_room._moment(cms.Time.load(said))
    assert cms_room._moment(None) is None
    assert cms_room._moment(cms.Time.load(b"\x17\x0d261201080000Z")) is not None
