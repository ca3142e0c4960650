"""Packages with timestamps, before judges that nobody here wrote: libdigidocpp, xmlsec1, pdfsig."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.base.jobs import quiet
from desktop.submission import extend, seal, sign_container, sign_pdfs, verify
from desktop.trust.anchors import AnchorClass, Anchors
from desktop.trust.online import Limits
from desktop.trust.timeservice import TimeService
from tests.authority import NOW, Authority, running
from tests.submission.independent.test_independent import program, trust_store
from tests.submission.independent.tsl import write_list
from tests.submission.making import BOOK, MAYOR, SECRETARY, TEAM, seal_named


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with running(tmp_path_factory.mktemp("authority")) as found:
        yield found


@pytest.fixture(scope="module")
def packages(authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """B-T and B-LT of an RSA and an elliptic key, documents with timestamps of their own among them."""
    folder = tmp_path_factory.mktemp("timestamped")
    anchors = Anchors().plus(*authority.pem("root"))
    anchors = anchors.plus(*authority.pem("time-root"), purpose=AnchorClass.TIMESTAMP)
    service = TimeService(authority.tsa(), limits=Limits(2, 5))
    open_ = folder / "open.asice"
    seal(quiet, seal_named({}), open_)
    for role in (MAYOR, SECRETARY):
        sign_pdfs(quiet, open_, open_, authority.key(role), role, anchors, NOW, service, other_holder=True)
    extend(quiet, open_, open_, service, "lt", anchors, NOW)
    found = {}
    for kind, name in (("rsa", "mayor"), ("ec", "team")):
        signed = folder / f"{kind}.asice"
        sign_container(quiet, open_, signed, authority.key(name), TEAM, anchors, NOW, other_holder=True)
        for level in ("t", "lt"):
            path = found[f"{kind}-{level}"] = folder / f"{kind}-{level}.asice"
            extend(quiet, signed, path, service, level, anchors, NOW)
            # the authority's people are nobody's officials
            codes = {one.code for one in verify(path, anchors, NOW).reasons}
            assert codes <= {
                "note.nobody_named",
                "note.same_certificate",
                "note.passing_anchor",
                "note.passing_clock",
            }
    return found


@pytest.mark.slow
def test_libdigidocpp_finds_nothing_to_complain_of(authority, packages, tmp_path) -> None:
    """What it says of a signature without a timestamp (UnsignedProperties missing) is gone, too."""
    trusted, certificate = write_list(
        authority.pem("interm", "root"), tmp_path, tuple(authority.pem("tsa", "time-root"))
    )
    script = Path(__file__).with_name("digidoc.py")
    command = [sys.executable, str(script), str(trusted), str(certificate), "--all"]
    command += [str(path) for path in packages.values()]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    answers = dict(zip(packages, map(json.loads, result.stdout.splitlines()), strict=True))
    assert {name: (one["opened"], one["signatures"]) for name, one in answers.items()} == dict.fromkeys(
        packages, (True, 1)
    )
    # Without answers about revocation it knows a timestamp as half of the level B-LT.
    half = ["Signature validation", "RevocationValues object is missing"]
    for name, one in answers.items():
        assert one["complaints"] == ([] if name.endswith("-lt") else half), result.stderr


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["rsa-t", "rsa-lt", "ec-lt"])
def test_xmlsec1_verifies_what_was_signed(authority, packages, kind, tmp_path) -> None:
    with zipfile.ZipFile(packages[kind]) as archive:
        archive.extractall(tmp_path)
    (root,) = authority.pem("root")
    command = [program("xmlsec1", "xmlsec1"), "--verify", "--enabled-key-data", "x509"]
    command += ["--trusted-pem", str(root), "--verification-gmt-time", f"{NOW:%Y-%m-%d %H:%M:%S}"]
    command += ["--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties"]
    command += ["META-INF/signatures0.xml"]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_pdfsig_accepts_the_documents(authority, packages, tmp_path) -> None:
    with zipfile.ZipFile(packages["rsa-lt"]) as archive:
        (tmp_path / "buku.pdf").write_bytes(archive.read(BOOK))
    store = trust_store(tmp_path, *authority.pem("root"))
    pdfsig = program("pdfsig", "poppler-utils")
    command = [pdfsig, "-nssdir", str(store), "-no-ocsp", str(tmp_path / "buku.pdf")]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert told.count("Signature Validation: Signature is Valid.") == 2, told


def test_openssl_verifies_the_token_in_the_container(authority, packages, tmp_path) -> None:
    import base64
    import re

    with zipfile.ZipFile(packages["ec-t"]) as archive:
        text = archive.read("META-INF/signatures0.xml").decode()
    token = re.findall(r"EncapsulatedTimeStamp>([^<]+)<", text)[0]
    value = re.findall(r"<ds:SignatureValue[^>]*>[^<]+</ds:SignatureValue>", text)[0]
    spaced = value.replace(
        "<ds:SignatureValue ", '<ds:SignatureValue xmlns:ds="http://www.w3.org/2000/09/xmldsig#" '
    )
    (tmp_path / "token.der").write_bytes(base64.b64decode(token))
    (tmp_path / "value.xml").write_text(spaced, encoding="utf-8")
    (root,) = authority.pem("time-root")
    command = [program("openssl", "openssl"), "ts", "-verify", "-token_in", "-in", "token.der"]
    command += ["-data", "value.xml", "-CAfile", str(root)]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in result.stdout, result.stderr
    (tmp_path / "value.xml").write_text(spaced + " ", encoding="utf-8")
    assert (
        "FAILED" in subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout
    )
