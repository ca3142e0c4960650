"""Every package that the desk calls valid is sound before judges that nobody here wrote."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from desktop.base.jobs import quiet
from desktop.submission.register.listing import entries
from desktop.submission.register.run import receive
from desktop.submission.register.store import Register
from tests.submission import independent
from tests.submission.independent.test_independent import program, trust_store
from tests.submission.independent.tsl import write_list
from tests.submission.register.many import NOW, Country

SCRIPT = Path(independent.__path__[0]) / "digidoc.py"


@pytest.mark.parametrize("count", [24, pytest.param(514, marks=pytest.mark.slow)])
def test_others_agree_on_what_is_valid(count, tmp_path):
    """libdigidocpp on each container, pdfsig on each document that somebody signed."""
    country = Country(tmp_path / "inbox")
    country.fill(count)
    path = tmp_path / "meja.sqlite"
    receive(quiet, path, [country.inbox], country.keys.anchors, 2, NOW)
    with Register(path, read_only=True) as register:
        valid = [one.path for one in entries(register) if one.result == "valid"]
    assert len(valid) > count * 0.4
    authorities = []
    for name, holder in (("issuer", country.keys.issuer), ("root", country.keys.root)):
        authorities.append(tmp_path / f"{name}.pem")
        authorities[-1].write_bytes(holder.certificate.public_bytes(Encoding.PEM))
    trusted, certificate = write_list(authorities, tmp_path)
    command = [sys.executable, str(SCRIPT), str(trusted), str(certificate), *valid]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(answers) == len(valid), result.stderr
    for file, answer in zip(valid, answers, strict=True):
        assert answer["opened"], file
        assert answer["signatures"] == 1, file
        assert answer["complaints"] == [], file
    store = trust_store(tmp_path, authorities[1])
    pdfsig = [program("pdfsig", "poppler-utils"), "-nssdir", str(store), "-no-ocsp"]
    signed = 0
    for file, data in _documents(valid):
        document = tmp_path / "document.pdf"
        document.write_bytes(data)
        told = subprocess.run([*pdfsig, str(document)], capture_output=True, text=True, check=False).stdout
        if "does not contain any signatures" not in told:
            assert told.count("Signature is Valid.") == told.count("Signature Validation:") > 0, (file, told)
            signed += 1
    assert signed


def _documents(packages):
    """Every PDF that is signed within, with its package."""
    for package in packages:
        with zipfile.ZipFile(package) as archive:
            for name in archive.namelist():
                if name.endswith(".pdf") and b"/ByteRange" in (data := archive.read(name)):
                    yield package, data
