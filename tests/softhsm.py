"""A software token (SoftHSM2) for the whole test run: the library reads its configuration only once."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from desktop.trust.certificate import der
from desktop.trust.signer import SoftSigner

PIN = "123456"
PLACES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")


@cache
def library() -> Path:
    """The driver; prepares an empty token store on first use."""
    found = next((Path(place) for place in PLACES if Path(place).exists()), None)
    assert found is not None, "SoftHSM2 is missing: apt-get install softhsm2"
    place = Path(tempfile.mkdtemp(prefix="softhsm"))
    atexit.register(shutil.rmtree, place, ignore_errors=True)
    (place / "tokens").mkdir()
    (place / "conf").write_text(
        f"directories.tokendir = {place}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n"
    )
    os.environ["SOFTHSM2_CONF"] = str(place / "conf")
    return found


def make_token(label: str) -> None:
    """An empty token with :data:`PIN`."""
    library()
    command = [
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        label,
        "--so-pin",
        "12345678",
        "--pin",
        PIN,
    ]
    subprocess.run(command, check=True, capture_output=True)


def put(label: str, signer: SoftSigner, key_id: str, name: str, folder: Path) -> None:
    """Put a key and its certificate on a token."""
    put_key(label, signer, key_id, name, folder)
    subject = signer.certificate.subject.public_bytes()
    put_certificate(label, der(signer.certificate), subject, key_id, name)


def remove(label: str) -> None:
    """Take a token away, as if somebody pulled it out."""
    command = ["softhsm2-util", "--delete-token", "--token", label]
    subprocess.run(command, check=True, capture_output=True)


def again() -> None:
    """Let the driver look at what is plugged in now, as each new process does."""
    import pkcs11

    pkcs11.lib(str(library())).reinitialize()


def put_key(label: str, signer: SoftSigner, key_id: str, name: str, folder: Path) -> None:
    """Put a key on a token, and no certificate for it."""
    pem = folder / f"{label}-{key_id}.pem"
    pem.write_bytes(signer.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    command = [
        "softhsm2-util",
        "--import",
        str(pem),
        "--token",
        label,
        "--label",
        name,
        "--id",
        key_id,
        "--pin",
        PIN,
    ]
    subprocess.run(command, check=True, capture_output=True)


def put_certificate(label: str, value: bytes, subject: bytes, key_id: str, name: str) -> None:
    """Put a certificate on a token."""
    import pkcs11

    attribute = pkcs11.Attribute
    driver = pkcs11.lib(str(library()))
    driver.reinitialize()
    with driver.get_token(token_label=label).open(rw=True, user_pin=PIN) as session:
        session.create_object(
            {
                attribute.CLASS: pkcs11.ObjectClass.CERTIFICATE,
                attribute.CERTIFICATE_TYPE: pkcs11.CertificateType.X_509,
                attribute.TOKEN: True,
                attribute.LABEL: name,
                attribute.ID: bytes.fromhex(key_id),
                attribute.SUBJECT: subject,
                attribute.VALUE: value,
            }
        )
