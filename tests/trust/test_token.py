"""Signing with a token, and every way a token says no in a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.trust import TokenKey, TokenProblem, certificates_on
from desktop.trust.certificate import der
from desktop.trust.signer import fits, xml_fits, xml_signature
from tests import softhsm
from tests.trust import pki


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("token")
    root = pki.make("Root", ca=True)
    holders = {"rsa": pki.make("Budi", root, key=pki.rsa_key()), "ec": pki.make("Siti", root)}
    softhsm.make_token("Uji")
    softhsm.make_token("Kosong")
    softhsm.put("Uji", holders["rsa"].signer(), "a1", "kunci-rsa", folder)
    softhsm.put("Uji", holders["ec"].signer(), "b2", "kunci-ec", folder)
    return {"root": root, **holders}


def key(**options: object) -> TokenKey:
    settings = {"library": softhsm.library(), "pin": softhsm.PIN, "token": "Uji", **options}
    return TokenKey(**settings)


@pytest.mark.parametrize(("label", "kind"), [("kunci-rsa", "rsa"), ("kunci-ec", "ec")])
def test_signs_for_cms_and_for_xml(token, label, kind) -> None:
    holder, root = token[kind], token["root"]
    with key(label=label, chain=(der(root.certificate),)).open() as signer:
        assert signer.certificate == holder.certificate
        assert signer.chain == (root.certificate,)
        public = signer.certificate.public_key()
        assert fits(public, signer.sign(b"isi"), b"isi")
        assert not fits(public, signer.sign(b"isi"), b"lain")
        assert xml_fits(public, xml_signature(signer, b"isi"), b"isi")


def test_finds_the_key_by_id(token) -> None:
    with key(key_id="B2").open() as signer:
        assert signer.certificate == token["ec"].certificate


def test_lists_what_is_on_the_token_without_a_pin(token) -> None:
    listed = certificates_on(softhsm.library(), "Uji")
    assert {(one.label, one.key_id) for one in listed} == {("kunci-rsa", "a1"), ("kunci-ec", "b2")}
    assert {one.certificate for one in listed} == {token["rsa"].certificate, token["ec"].certificate}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"pin": "999999", "label": "kunci-ec"}, "trust.token.wrong_pin"),
        ({"token": "Tidak ada"}, "trust.token.absent"),
        ({"token": "Kosong"}, "trust.token.no_key"),
        ({"label": "lain"}, "trust.token.no_key"),
        ({}, "trust.token.several_keys"),
        ({"token": ""}, "trust.token.several_tokens"),
        ({"library": Path("/tidak/ada.so")}, "trust.token.library"),
    ],
)
def test_says_what_is_wrong(token, options, message) -> None:
    with pytest.raises(TokenProblem) as caught, key(**options).open():
        pass
    assert caught.value.message.id == message


def test_the_pin_is_not_shown() -> None:
    assert softhsm.PIN not in repr(key())
