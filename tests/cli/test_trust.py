"""Whom this computer believes, from the command line: shown before it is kept, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.trust.certificate import fingerprint, grouped
from tests.trust import pki
from tests.trust.crls import entry, revoke

ROOT = pki.make("Akar Contoh", ca=True, start=pki.NOW - 900 * pki.DAY, end=pki.NOW + 3650 * pki.DAY)
OLD = pki.make("Akar Lama", ca=True, start=pki.NOW - 3000 * pki.DAY, end=pki.NOW - 300 * pki.DAY)
PRINT = fingerprint(ROOT.certificate)


def pem(*holders: pki.Holder) -> bytes:
    return b"".join(one.certificate.public_bytes(Encoding.PEM) for one in holders)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "akar.pem"
    path.write_bytes(pem(ROOT))
    return path


def listed(call) -> list[str]:
    return [one["file"] for one in call.ok("trust", json=True).records]


def test_nothing_is_kept_before_the_fingerprint_was_compared(call, file):
    said = call("trust", "add", file)
    assert said.code == 1
    assert grouped(PRINT) in said.out
    assert "Akar Contoh" in said.out
    assert "Nothing was kept" in said.err
    assert listed(call) == []
    offered, error = call("trust", "add", file, json=True).records
    assert (offered["kind"], offered["sha256"], error["kind"]) == ("offered", PRINT, "error")


@pytest.mark.parametrize(
    "given",
    [PRINT, grouped(PRINT), PRINT.upper(), ":".join(PRINT[n : n + 2] for n in range(0, 64, 2))],
    ids=["plain", "grouped", "capitals", "colons"],  # the certificate is new each time
)
def test_a_fingerprint_may_be_given_as_it_was_published(call, file, given):
    added = call.ok("trust", "add", file, "--fingerprint", given, json=True).record
    assert (added["file"], added["class"], added["holder"]) == (
        "national/akar.pem",
        "national",
        "Akar Contoh",
    )
    assert listed(call) == ["national/akar.pem"]


@pytest.mark.parametrize(
    "given",
    [PRINT[:-1] + ("0" if PRINT[-1] != "0" else "1"), PRINT[:16], "", "xyz"],
    ids=["one letter", "beginning", "nothing", "no fingerprint"],
)
def test_another_fingerprint_keeps_nothing_even_with_yes(call, file, given):
    said = call("trust", "add", file, "--fingerprint", given, "--yes")
    assert said.code == 1
    assert listed(call) == []


def test_several_generations_in_one_file_the_expired_one_said(call, tmp_path):
    both = tmp_path / "generasi.pem"
    both.write_bytes(pem(OLD, ROOT))
    assert call("trust", "add", both, "--fingerprint", PRINT).code == 1
    assert listed(call) == []
    said = call.ok("trust", "add", both, "--yes")
    assert "has expired" in said.out
    assert [one["expired"] for one in call.ok("trust", json=True).records] == [True, False]


def test_each_class_has_its_place_and_a_test_root_is_known_as_one(call, file, tmp_path):
    call.ok("trust", "add", file, "--class", "timestamp", "--yes")
    call.ok("trust", "add", file, "--yes")
    call.ok("trust", "add", file, "--class", "test", "--yes")
    found = {
        one["file"]: (one["class"], one["origin"]) for one in call.ok("trust", "list", json=True).records
    }
    assert found == {
        "national/akar.pem": ("national", "own"),
        "test/akar.pem": ("test", "test"),
        "timestamp/akar.pem": ("timestamp", "own"),
    }
    assert "national/akar.pem" in call.ok("trust").out
    # The bare name is three files' name.
    assert call("trust", "drop", "akar.pem").code == 2
    call.ok("trust", "drop", "test/akar.pem")
    assert "test/akar.pem" not in listed(call)


def test_what_is_none_is_said_in_a_sentence(call, file, tmp_path):
    leaf = tmp_path / "orang.pem"
    leaf.write_bytes(pem(pki.make("Budi", ROOT)))
    assert "orang.pem" in call.fails("trust", "add", leaf, "--yes")
    assert "no.pem" in call.fails("trust", "add", tmp_path / "no.pem", "--yes")
    assert "akar.pem" in call.fails("trust", "crl", file)
    assert "nobody.pem" in call.fails("trust", "drop", "nobody.pem")
    assert "rancang trust add" in call.fails("trust", "add")
    assert "none of" in call.fails("trust", "add", file, "--class", "cloud")


def test_a_revocation_list_is_added_listed_and_dropped(call, file, tmp_path):
    crl = tmp_path / "akar.crl"
    crl.write_bytes(revoke(ROOT, entry(7), entry(8), until=pki.NOW + 3000 * pki.DAY))
    added = call.ok("trust", "crl", crl, json=True).record
    assert (added["file"], added["entries"], added["checked"]) == ("crl/akar.crl", 2, False)
    assert "akar.crl is kept, but it is obeyed only once" in call.ok("trust", "crl", crl).out
    call.ok("trust", "add", file, "--yes")
    (anchor, shown) = call.ok("trust", json=True).records
    assert (anchor["kind"], shown["kind"], shown["checked"], shown["outdated"]) == (
        "anchor",
        "crl",
        True,
        False,
    )
    assert "2 certificates revoked" in call.ok("trust").out
    assert "akar.crl is obeyed from now on" in call.ok("trust", "crl", crl).out
    assert "Akar Contoh is no longer used" in call.ok("trust", "drop", "akar.crl").out
    assert listed(call) == ["national/akar.pem"]


def test_a_list_that_an_anchor_did_not_sign_or_that_is_out_of_date(call, file, tmp_path):
    call.ok("trust", "add", file, "--yes")
    forged, old = tmp_path / "palsu.crl", tmp_path / "lama.crl"
    forged.write_bytes(revoke(pki.make("Akar Contoh", ca=True), entry(7)))
    assert "is not signed by the Akar Contoh" in call.fails("trust", "crl", forged)
    old.write_bytes(revoke(ROOT, this=pki.NOW - 90 * pki.DAY, until=pki.NOW - 60 * pki.DAY))
    assert "out of date" in call.ok("trust", "crl", old).out
    assert listed(call) == ["national/akar.pem", "crl/lama.crl"]
