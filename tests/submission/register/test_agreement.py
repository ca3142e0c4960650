"""Every package that the desk calls valid is sound before a judge that nobody here wrote (libdigidocpp)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from desktop.base.jobs import quiet
from desktop.submission.register.listing import entries
from desktop.submission.register.run import receive
from desktop.submission.register.store import Register
from tests.submission import independent
from tests.submission.independent.tsl import write_list
from tests.submission.register.many import NOW, Country

SCRIPT = Path(independent.__path__[0]) / "digidoc.py"


def test_libdigidocpp_agrees_on_what_is_valid(tmp_path):
    country = Country(tmp_path / "inbox")
    country.fill(24)
    path = tmp_path / "meja.sqlite"
    receive(quiet, path, [country.inbox], country.keys.anchors, 2, NOW)
    with Register(path, read_only=True) as register:
        valid = [one.path for one in entries(register) if one.result == "valid"]
    assert len(valid) > 10
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
