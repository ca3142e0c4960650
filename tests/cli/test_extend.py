"""``extend`` and ``sign --tsa``: a local authority is asked, or it is said why not."""

from __future__ import annotations

import shutil

import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from desktop.base import clock
from tests.authority import running
from tests.submission.making import TEAM, seal_input

PASSWORD = "rahasia kota"


@pytest.fixture(scope="module", autouse=True)
def one_day():
    """Two days after the package was sealed: from December on more would be asked of it than it has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_NOW", "2026-11-26T08:00:00+00:00")
        yield


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    with running(tmp_path_factory.mktemp("authority")) as found, found.clock(clock.now()):
        yield found


@pytest.fixture(scope="module")
def keys(authority, tmp_path_factory):
    """The words that sign for the team."""
    folder = tmp_path_factory.mktemp("keys")
    (folder / "password").write_text(PASSWORD, encoding="utf-8")
    with authority.key("team").open() as signer:
        data = pkcs12.serialize_key_and_certificates(
            b"x", signer.key, signer.certificate, signer.chain, BestAvailableEncryption(PASSWORD.encode())
        )
    (folder / "team.p12").write_bytes(data)
    (root,) = authority.pem("root")
    return ["--p12", folder / "team.p12", "--password-file", folder / "password", "--trust", root]


@pytest.fixture(scope="module")
def sealed(tmp_path_factory):
    from desktop.base.jobs import quiet
    from desktop.submission import seal

    path = tmp_path_factory.mktemp("sealed") / "paket.asice"
    seal(quiet, seal_input(files=seal_input().files[1:]), path)
    return path


@pytest.fixture
def package(sealed, tmp_path):
    return shutil.copyfile(sealed, tmp_path / "paket.asice")


@pytest.fixture
def trusted(authority):
    root, time_root = authority.pem("root", "time-root")
    return ["--trust", root, "--trust-time", time_root]


@pytest.mark.slow
def test_a_signed_package_gets_its_timestamp(call, authority, keys, trusted, package, tmp_path):
    call.ok("sign", package, "--container", "--role", TEAM, *keys)
    before = package.read_bytes()
    other = tmp_path / "cap.asice"
    said = call.ok("extend", package, "--tsa", authority.tsa(), *trusted, "--output", other, json=True).record
    assert (said["kind"], said["notes"]) == ("extended", [])
    assert [(one["file"], one["proven_by"], one["revocation"]) for one in said["signatures"]] == [
        ("", "Contoh tsa", False)
    ]
    assert package.read_bytes() == before
    lists = tmp_path / "interm.crl"
    lists.write_bytes(authority.crl("interm"))
    call.ok("settings", "timestamp-service", authority.tsa())
    told = call.ok("extend", other, "--level", "lt", "--crl", lists, *trusted, language="id")
    assert "waktu terbukti" in told.out
    verdict = call.ok("verify", other, *trusted, json=True).records[0]
    (signature,) = verdict["signatures"]
    assert (signature["proven_by"], signature["revocation"]) == ("Contoh tsa", True)
    assert signature["proven_at"]
    assert "Time proven" in call.ok("verify", other, *trusted).out
    call.ok("settings", "timestamp-service", "")


def test_signing_with_a_timestamp_at_once(call, authority, keys, trusted, package):
    words = ["--container", "--role", TEAM, *keys, *trusted[2:]]
    call.ok("sign", package, *words, "--tsa", authority.tsa())
    (signature,) = call.ok("verify", package, *trusted, json=True).records[0]["signatures"]
    assert signature["proven_by"] == "Contoh tsa"
    before = package.read_bytes()
    assert "cannot be reached" in call.fails("sign", package, *words, "--tsa", "http://127.0.0.1:1/")
    assert package.read_bytes() == before


def test_what_goes_wrong_is_told(call, authority, keys, trusted, package, tmp_path):
    assert "--tsa" in call.fails("extend", package, *trusted)
    assert "no address" in call.fails("extend", package, "--tsa", "tsa.example", *trusted)
    assert "Sign it first" in call.fails("extend", package, "--tsa", authority.tsa(), *trusted)
    assert "https://" in call.fails("settings", "timestamp-service", "tsa.example")
    call.ok("sign", package, "--container", "--role", TEAM, *keys)
    before = package.read_bytes()
    told = call.fails("extend", package, "--tsa", authority.fault("html"), *trusted)
    assert "text/html" in told
    assert "trusted for timestamps" in call.fails("extend", package, "--tsa", authority.tsa(), *trusted[:2])
    letter = tmp_path / "surat.docx"
    letter.write_bytes(b"surat")
    assert "surat.docx" in call.fails(
        "extend", package, "--tsa", authority.tsa(), *trusted, "--output", letter
    )
    assert (package.read_bytes(), letter.read_bytes()) == (before, b"surat")
