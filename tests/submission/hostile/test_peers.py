"""What other validators say of the same attacks: counted and printed, for comparison."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.submission.hostile.every import CASES
from tests.submission.hostile.ground import ISSUER, ROOT, Ground, container
from tests.submission.independent import digidoc
from tests.submission.independent.test_independent import program
from tests.submission.independent.tsl import write_list
from tests.submission.making import BOOK, NOW

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("peers")
    (made / "root.pem").write_bytes(ROOT.certificate.public_bytes(Encoding.PEM))
    (made / "issuer.pem").write_bytes(ISSUER.certificate.public_bytes(Encoding.PEM))
    ground = Ground(made)
    (made / "good.asice").write_bytes(container())
    for number, case in enumerate(CASES):
        (made / f"{number:04}.asice").write_bytes(case.make(ground))
    return made


def by_digidoc(folder: Path, paths: list[Path]) -> dict[Path, bool]:
    """Whether each is accepted; one that ends the whole process is not."""
    lists = write_list([folder / "issuer.pem", folder / "root.pem"], folder)
    script = str(Path(digidoc.__file__))
    answers: dict[Path, bool] = {}
    left = list(paths)
    while left:
        command = [sys.executable, script, *map(str, (*lists, *left))]
        # It leaves files where it runs when a container ends it.
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        told = [json.loads(line) for line in result.stdout.splitlines()]
        for path, one in zip(left, told, strict=False):
            answers[path] = bool(one["opened"] and one["signatures"] and not one["complaints"])
        left = left[len(told) :]
        if left:
            answers[left.pop(0)] = False
    return answers


def unpacked(path: Path, target: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            archive.extractall(target)
    except Exception:  # noqa: BLE001 - Python's own reader raises anything over hostile archives
        return False
    return (target / "META-INF" / "signatures0.xml").is_file()


def by_xmlsec(folder: Path, path: Path) -> bool:
    target = folder / f"{path.stem}-isi"
    target.mkdir()
    if not unpacked(path, target):
        return False
    command = [program("xmlsec1", "xmlsec1"), "--verify", "--enabled-key-data", "x509"]
    command += ["--trusted-pem", str(folder / "root.pem")]
    command += ["--verification-gmt-time", f"{NOW:%Y-%m-%d %H:%M:%S}"]
    command += ["--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties"]
    command += ["META-INF/signatures0.xml"]
    try:
        return (
            subprocess.run(command, cwd=target, capture_output=True, check=False, timeout=9).returncode == 0
        )
    except subprocess.TimeoutExpired:
        # A hundred thousand attributes keep it busy for minutes.
        return False


def by_pdfsig(folder: Path, path: Path) -> bool:
    """Whether every signature of the book is called valid, and there is one."""
    try:
        with zipfile.ZipFile(path) as archive:
            (folder / "buku.pdf").write_bytes(archive.read(BOOK))
    except Exception:  # noqa: BLE001 - the same
        return False
    command = [program("pdfsig", "poppler-utils"), "-nocert", str(folder / "buku.pdf")]
    told = subprocess.run(command, capture_output=True, check=False, timeout=60).stdout
    return told.count(b"Signature is Valid.") == told.count(b"Signature #") > 0


def test_what_the_others_accept(folder) -> None:
    accepted: Counter[str] = Counter()
    paths = {folder / f"{number:04}.asice": case for number, case in enumerate(CASES)}
    containers = [path for path, case in paths.items() if not case.pdf]
    found = by_digidoc(folder, [folder / "good.asice", *containers])
    assert found.pop(folder / "good.asice")
    assert by_xmlsec(folder, folder / "good.asice")
    accepted["libdigidocpp"] = sum(found.values())
    accepted["xmlsec1"] = sum(by_xmlsec(folder, path) for path in containers)
    documents = [path for path, case in paths.items() if case.pdf]
    accepted["pdfsig"] = sum(by_pdfsig(folder, path) for path in documents)
    sys.stdout.write(
        f"accepted of {len(containers)} containers: libdigidocpp {accepted['libdigidocpp']},"
        f" xmlsec1 {accepted['xmlsec1']}; of {len(documents)} PDFs: pdfsig {accepted['pdfsig']}; here 0\n"
    )
    assert all(accepted.values())
