"""Runs in a process of its own: libdigidocpp makes and signs a container, or signs one once more.

python make_foreign.py LIST.xml LIST.crt OUT.asice KEY.p12 PASSWORD FILE...
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

import pydigidoc
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pydigidoc import digidoc


def main() -> None:
    trusted, certificate, out, key, password, *files = sys.argv[1:]
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
    if Path(out).exists():
        # one more signature on what another run made
        container = digidoc.Container.open(out)
    else:
        container = digidoc.Container.create(out)
        for file in files:
            container.add_data_file(file, "text/plain")
    signer = digidoc.PKCS12Signer(key, password)
    signer.set_profile("BES")
    signature = container.prepare_signature(signer)
    value = signer.sign(signature.signature_method(), signature.data_to_sign())
    signature.set_signature_value(value)
    container.save()
    shutil.rmtree(cache, ignore_errors=True)


if __name__ == "__main__":
    main()
