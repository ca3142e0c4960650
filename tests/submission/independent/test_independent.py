"""Judges that nobody here wrote: libdigidocpp and xmlsec1 for the container, pdfsig for its PDFs."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from desktop.base.jobs import quiet
from desktop.submission import seal, sign_container
from tests.submission.independent.tsl import write_list
from tests.submission.making import BOOK, DATA, MAYOR, NOW, OFFICES, PHOTO, TEAM, Stage, seal_input


def program(name: str, package: str) -> str:
    """The program's path; its absence is a failure, not something to skip silently."""
    found = shutil.which(name)
    assert found is not None, f"{name} is missing: apt-get install {package}"
    return found


@pytest.fixture(scope="module")
def containers(stage: Stage, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("containers")
    elliptic, two = folder / "ec.asice", folder / "two.asice"
    sign_container(quiet, stage.sealed, elliptic, stage.key(TEAM, "ec"), TEAM, stage.anchors, NOW)
    sign_container(quiet, stage.signed, two, stage.key(TEAM, "ec"), TEAM, stage.anchors, NOW)
    return {"rsa": stage.signed, "ec": elliptic, "two": two}


def digidoc(stage: Stage, folder: Path, *paths: Path) -> list[dict[str, object]]:
    authorities = [stage.rsa.intermediate, stage.rsa.root, stage.ec.intermediate, stage.ec.root]
    trusted, certificate = write_list(authorities, folder)
    script = Path(__file__).with_name("digidoc.py")
    command = [sys.executable, str(script), str(trusted), str(certificate), *map(str, paths)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.stdout.count("\n") == len(paths), result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_libdigidocpp_accepts_the_containers(stage, containers, tmp_path) -> None:
    answers = digidoc(stage, tmp_path, *containers.values())
    for answer, count in zip(answers, (1, 1, 2), strict=True):
        assert answer["opened"]
        assert answer["complaints"] == []
        assert answer["signatures"] == count
        assert answer["files"] == sorted([BOOK, DATA, PHOTO, "manifest.json"])


def test_libdigidocpp_notices_a_change(stage, tmp_path) -> None:
    changed = tmp_path / "changed.asice"
    data = bytearray(stage.signed.read_bytes())
    at = data.index(b'{"format":"rancang-data"}') + 12
    data[at] ^= 1
    changed.write_bytes(data)
    (answer,) = digidoc(stage, tmp_path, changed)
    assert not answer["opened"] or answer["complaints"]


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_xmlsec1_verifies_every_reference(stage, containers, kind, tmp_path) -> None:
    with zipfile.ZipFile(containers[kind]) as archive:
        archive.extractall(tmp_path)
    identity = stage.rsa if kind == "rsa" else stage.ec
    command = [program("xmlsec1", "xmlsec1"), "--verify", "--enabled-key-data", "x509"]
    command += ["--trusted-pem", str(identity.root), "--verification-gmt-time", f"{NOW:%Y-%m-%d %H:%M:%S}"]
    command += [
        "--id-attr:Id",
        "http://uri.etsi.org/01903/v1.3.2#:SignedProperties",
        "META-INF/signatures0.xml",
    ]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "SignedInfo References (ok/all): 5/5" in result.stdout + result.stderr
    (tmp_path / DATA).write_bytes(b"{}")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode != 0


def trust_store(folder: Path, *roots: Path) -> Path:
    store = folder / "nss"
    store.mkdir()
    certutil = program("certutil", "libnss3-tools")
    subprocess.run(
        [certutil, "-N", "-d", f"sql:{store}", "--empty-password"], check=True, capture_output=True
    )
    for number, root in enumerate(roots):
        command = [
            certutil,
            "-A",
            "-d",
            f"sql:{store}",
            "-n",
            f"r{number}",
            "-t",
            "CT,CT,CT",
            "-i",
            str(root),
        ]
        subprocess.run(command, check=True, capture_output=True)
    return store


def test_pdfsig_accepts_the_pdfs(stage, tmp_path) -> None:
    with zipfile.ZipFile(stage.signed) as archive:
        (tmp_path / "buku.pdf").write_bytes(archive.read(BOOK))
    store = trust_store(tmp_path, stage.rsa.root, stage.ec.root)
    command = [
        program("pdfsig", "poppler-utils"),
        "-nssdir",
        str(store),
        "-no-ocsp",
        str(tmp_path / "buku.pdf"),
    ]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert told.count("Signature Validation: Signature is Valid.") == 2, told
    assert told.count("Certificate Validation: Certificate is Trusted.") == 2, told
    assert told.count("Total document signed") == 1
    assert told.count("ETSI.CAdES.detached") == 2


def test_pdftotext_and_pdffonts_find_the_stamp(stage, tmp_path) -> None:
    with zipfile.ZipFile(stage.signed) as archive:
        (tmp_path / "buku.pdf").write_bytes(archive.read(BOOK))
    fonts = subprocess.run(
        [program("pdffonts", "poppler-utils"), str(tmp_path / "buku.pdf")],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5] == "yes" for line in fonts), fonts
    command = [program("pdftotext", "poppler-utils"), str(tmp_path / "buku.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for part in (
        "Ditandatangani secara elektronik",
        OFFICES[MAYOR],
        "Contoh Sekda",
        "UJI – TTE tidak tersertifikasi",
    ):
        assert part in text


def test_sealed_twice_is_byte_identical(stage, tmp_path) -> None:
    seal(quiet, seal_input(), tmp_path / "again.asice")
    assert (tmp_path / "again.asice").read_bytes() == stage.sealed.read_bytes()
