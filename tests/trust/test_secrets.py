"""Passwords and PINs are kept in memory for as long as a key is open, and are written nowhere."""

from __future__ import annotations

import functools
import pickle
import traceback
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from desktop.base import RancangError
from desktop.base.crash import note_crash
from desktop.base.jobs import Done, Failed, Job, quiet
from desktop.trust import P12Key, TokenKey
from tests import softhsm
from tests.trust import pki

SECRET = "s4ngat-Rahas1a-é"
PIN = "87654321"
BUDI = pki.make("Budi")


@pytest.fixture
def p12(tmp_path: Path) -> Path:
    path = tmp_path / "budi.p12"
    data = pkcs12.serialize_key_and_certificates(
        b"budi", BUDI.key, BUDI.certificate, None, BestAvailableEncryption(SECRET.encode())
    )
    path.write_bytes(data)
    return path


def free_of(text: str, secret: str = SECRET) -> bool:
    return secret not in text and repr(secret)[1:-1] not in text and secret.encode().hex() not in text


def test_a_key_source_shows_itself_without_its_secret(p12) -> None:
    for source in (P12Key(p12, SECRET), TokenKey(softhsm.library(), SECRET)):
        for shown in (
            repr(source),
            str(source),
            f"{source}",
            repr([source]),
            repr(functools.partial(print, source)),
        ):
            assert free_of(shown)


@pytest.mark.parametrize("damage", ["wrong", "cut", "missing", "surrogate"])
def test_no_error_carries_it(p12, damage) -> None:
    path, password = p12, SECRET
    if damage == "wrong":
        password = SECRET + "x"
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:-40])
    elif damage == "missing":
        path = p12.with_name("tidak-ada.p12")
    else:
        password = SECRET + "\ud800"
    with pytest.raises(RancangError) as caught, P12Key(path, password).open():
        pass
    error = caught.value
    told = "".join(traceback.format_exception(error))
    assert free_of(told)
    assert free_of(repr(error.args) + repr(error.message.to_json()))
    chain = error.__cause__
    assert chain is None or free_of(repr(chain))
    assert error.__context__ is None or error.__suppress_context__ or free_of(repr(error.__context__))


def test_a_wrong_pin_is_in_no_error(tmp_path) -> None:
    softhsm.make_token("Diam")
    softhsm.put("Diam", BUDI.signer(), "d1", "kunci", tmp_path)
    with pytest.raises(RancangError) as caught, TokenKey(softhsm.library(), PIN, token="Diam").open():
        pass
    assert free_of("".join(traceback.format_exception(caught.value)), PIN)


def falls_over(report: object, source: P12Key) -> None:
    """A job that comes upon a fault of our own while it holds the password."""
    password = source.password
    raise LookupError(source, len(password))


def test_a_note_about_a_crash_does_not_hold_it(p12, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "rumah"))
    with pytest.raises(LookupError) as caught:
        falls_over(quiet, P12Key(p12, SECRET))
    assert free_of(note_crash(caught.value).read_text(encoding="utf-8"))


def files_with(place: Path, secret: str) -> list[Path]:
    forms = [secret.encode(), secret.encode("utf-16-le"), pickle.dumps(secret)[2:-2]]
    return [
        path
        for path in place.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


def test_a_job_is_handed_its_key_without_a_file(p12, tmp_path, monkeypatch) -> None:
    """Also when it falls over: what it was given went through a pipe, what is noted does not name it."""
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "rumah"))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    job = Job(falls_over, P12Key(p12, SECRET))
    news: list[object] = []
    while not any(isinstance(one, Failed | Done) for one in news):
        assert files_with(tmp_path, SECRET) == []
        news += job.poll()
    (failed,) = [one for one in news if isinstance(one, Failed)]
    assert free_of(repr(failed))
    notes = list((tmp_path / "rumah" / "crash").iterdir())
    assert len(notes) == 1
    assert files_with(tmp_path, SECRET) == []


def test_the_search_would_find_one(tmp_path) -> None:
    (tmp_path / "bocor").write_bytes(pickle.dumps(P12Key(tmp_path, SECRET)))
    assert files_with(tmp_path, SECRET) == [tmp_path / "bocor"]
