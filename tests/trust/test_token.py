"""Signing with a token, and every way a token says no in a sentence."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from desktop.trust import PinState, TokenKey, TokenProblem, certificates_on, pin_warning
from desktop.trust import token as tokens
from desktop.trust.certificate import der
from desktop.trust.signer import fits, xml_fits, xml_signature
from tests import softhsm
from tests.trust import pki


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    folder = tmp_path_factory.mktemp("token")
    root = pki.make("Root", ca=True)
    holders = {
        "rsa": pki.make("Budi", root, key=pki.rsa_key()),
        "ec": pki.make("Siti", root),
        "p384": pki.make("Andi", root, key=ec.generate_private_key(ec.SECP384R1())),
    }
    softhsm.make_token("Uji")
    softhsm.make_token("Kosong")
    softhsm.make_token("Tanpa sertifikat")
    softhsm.put("Uji", holders["rsa"].signer(), "a1", "kunci-rsa", folder)
    softhsm.put("Uji", holders["ec"].signer(), "b2", "kunci-ec", folder)
    softhsm.put("Uji", holders["p384"].signer(), "c4", "kunci-384", folder)
    softhsm.put_key("Tanpa sertifikat", holders["ec"].signer(), "d5", "yatim", folder)
    return {"root": root, **holders}


def key(**options: object) -> TokenKey:
    settings = {"library": softhsm.library(), "pin": softhsm.PIN, "token": "Uji", **options}
    return TokenKey(**settings)


@pytest.mark.parametrize(("label", "kind"), [("kunci-rsa", "rsa"), ("kunci-ec", "ec"), ("kunci-384", "p384")])
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
    assert {(one.label, one.key_id) for one in listed} == {
        ("kunci-rsa", "a1"), ("kunci-ec", "b2"), ("kunci-384", "c4"),
    }  # fmt: skip
    assert {one.certificate for one in listed} == {token[each].certificate for each in ("rsa", "ec", "p384")}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"pin": "999999", "label": "kunci-ec"}, "trust.token.wrong_pin_low"),
        ({"pin": "1", "label": "kunci-ec"}, "trust.token.wrong_pin_low"),
        ({"token": "Tidak ada"}, "trust.token.absent"),
        ({"token": "Kosong"}, "trust.token.empty"),
        ({"token": "Tanpa sertifikat"}, "trust.token.no_certificate"),
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


# -- wrong PINs -------------------------------------------------------------------------------------
def pin_states(token: str) -> set[PinState]:
    return {one.pin for one in certificates_on(softhsm.library(), token)}


def test_a_token_says_that_a_wrong_pin_was_typed_until_the_right_one_is(token) -> None:
    with key(label="kunci-ec").open():
        pass
    assert pin_states("Uji") == {PinState.FINE}
    assert pin_warning(softhsm.library(), "Uji") is None
    with pytest.raises(TokenProblem), key(pin="000000", label="kunci-ec").open():
        pass
    assert pin_states("Uji") == {PinState.LOW}
    warning = pin_warning(softhsm.library(), "Uji")
    assert warning is not None
    assert warning.id == "trust.token.pin_low"
    with key(label="kunci-ec").open():
        pass
    assert pin_states("Uji") == {PinState.FINE}


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (PinState.FINE, "trust.token.wrong_pin"),
        (PinState.LOW, "trust.token.wrong_pin_low"),
        (PinState.FINAL, "trust.token.wrong_pin_final"),
        (PinState.LOCKED, "trust.token.pin_locked"),
    ],
)
def test_how_many_tries_are_left_is_said(token, monkeypatch, state, message) -> None:
    """SoftHSM never locks; what a card would tell is put in its place."""
    states = iter([PinState.FINE, state])
    monkeypatch.setattr(tokens, "_pin_state", lambda _token: next(states, state))
    with pytest.raises(TokenProblem) as caught, key(pin="000000", label="kunci-ec").open():
        pass
    assert caught.value.message.id == message


def test_a_locked_token_is_not_tried_again(token, monkeypatch) -> None:
    tried: list[str] = []
    monkeypatch.setattr(tokens, "_pin_state", lambda _token: PinState.LOCKED)
    monkeypatch.setattr("pkcs11._pkcs11.Session", lambda *_: tried.append("opened"), raising=False)
    with pytest.raises(TokenProblem) as caught, key(label="kunci-ec").open():
        pass
    assert caught.value.message.id == "trust.token.pin_locked"
    assert tried == []
    warning = pin_warning(softhsm.library(), "Uji")
    assert warning is not None
    assert warning.id == "trust.token.pin_locked"


# -- a token that goes ------------------------------------------------------------------------------
def test_a_token_pulled_out_while_it_signs(token, tmp_path: Path) -> None:
    softhsm.make_token("Sebentar")
    softhsm.put("Sebentar", token["ec"].signer(), "e6", "kunci", tmp_path)
    with key(token="Sebentar").open() as signer:
        assert signer.sign(b"isi")
        softhsm.remove("Sebentar")
        with pytest.raises(TokenProblem) as caught:
            signer.sign(b"isi")
    assert caught.value.message.id == "trust.token.absent"
    softhsm.again()
    with pytest.raises(TokenProblem) as gone, key(token="Sebentar").open():
        pass
    assert gone.value.message.id == "trust.token.absent"


def test_a_damaged_certificate_on_the_token_is_nobodys(token, tmp_path: Path) -> None:
    softhsm.make_token("Rusak")
    softhsm.put("Rusak", token["ec"].signer(), "f7", "baik", tmp_path)
    softhsm.put_certificate("Rusak", b"\x30\x03rusak", b"\x30\x00", "f8", "rusak")
    assert [one.label for one in certificates_on(softhsm.library(), "Rusak")] == ["baik"]
    with key(token="Rusak").open() as signer:
        assert signer.sign(b"isi")


# -- renewed cards ----------------------------------------------------------------------------------
def test_of_several_certificates_of_one_key_the_one_in_force_signs(monkeypatch) -> None:
    # a day on which the new one is in force
    monkeypatch.setattr(tokens.clock, "now", lambda: pki.NOW)
    old = pki.make("Tono", start=pki.NOW - 900 * pki.DAY, end=pki.NOW - pki.DAY)
    new = pki.make("Tono", key=old.key, start=pki.NOW - pki.DAY, end=pki.NOW + 700 * pki.DAY)
    coming = pki.make("Tono", key=old.key, start=pki.NOW + 30 * pki.DAY)
    found = [tokens.TokenCertificate("Uji", "Tono", "01", der(one.certificate)) for one in (old, new, coming)]
    assert tokens._newest(found).certificate == new.certificate
    assert tokens._newest([found[0]]).certificate == old.certificate


def test_what_names_no_key_stops_nobody(monkeypatch) -> None:
    """A certificate without an identifier, as some cards have of their issuer, stopped the whole list."""
    import pkcs11

    class Bare(dict):
        def __missing__(self, _name: object) -> object:
            raise pkcs11.AttributeTypeInvalid

    name = pkcs11.Attribute
    value = pki.der(pki.make("Uji").certificate)
    bare = Bare({name.LABEL: "penerbit", name.VALUE: value})
    whole = Bare({name.LABEL: "uji", name.VALUE: value, name.ID: b"\1"})
    session = SimpleNamespace(get_objects=lambda _about: [bare, whole])
    monkeypatch.setattr(tokens, "_pin_state", lambda _token: PinState.FINE)
    found = list(tokens._certificates(session, SimpleNamespace(label="kartu")))
    assert [one.label for one in found] == ["uji"]
