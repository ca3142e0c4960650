"""Runs in a process of its own: libdigidocpp judges containers offline. Writes one JSON line for each.

python digidoc.py LIST.xml LIST.crt [--all] CONTAINER...   (--all: also what it says without a timestamp)
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pydigidoc
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pydigidoc import digidoc

BASELINE_B = {
    "Signature validation",
    "QualifyingProperties block 'UnsignedProperties' is missing.",
    "UnsignedProperties block 'UnsignedSignatureProperties' is missing.",
}
"""What it says of every signature without a timestamp; any other complaint is a failure."""


def judge(path: str, known: set[str]) -> dict[str, object]:
    started, before = time.perf_counter(), time.process_time()
    try:
        container = digidoc.Container.open(path)
    except RuntimeError as error:
        return {"opened": False, "signatures": 0, "complaints": str(error).split("\n"), "files": []}
    complaints: list[str] = []
    count = 0
    for signature in container.signatures():
        count += 1
        try:
            signature.validate()
        except RuntimeError as error:
            complaints += [line for line in str(error).split("\n") if line not in known]
    files = sorted(one.file_name() for one in container.data_files())
    used = {
        "seconds": time.perf_counter() - started,
        "cpu": time.process_time() - before,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    return {"opened": True, "signatures": count, "complaints": complaints, "files": files, **used}


def main() -> None:
    trusted, certificate, *paths = sys.argv[1:]
    cache = tempfile.mkdtemp(prefix="digidoc")
    for schema in Path(pydigidoc._SCHEMA_DIR).glob("*.xsd"):
        shutil.copy(schema, cache)
    shutil.copy(trusted, f"{cache}/tsl.xml")
    settings = digidoc.DigiDocConf(cache)
    settings.thisown = 0
    settings.set_log_level(0)
    settings.set_log_file(f"{cache}/log")
    settings.set_tslurl("https://127.0.0.1:1/tsl.xml")
    pem = Path(certificate).read_bytes()
    settings.set_tslcert(x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER))
    digidoc.Conf.init(settings)
    digidoc.initialize_lib("uji", cache)
    known = set() if "--all" in paths else BASELINE_B
    for path in paths:
        if path != "--all":
            sys.stdout.write(json.dumps(judge(path, known)) + "\n")
    sys.stdout.flush()
    shutil.rmtree(cache, ignore_errors=True)


if __name__ == "__main__":
    main()
