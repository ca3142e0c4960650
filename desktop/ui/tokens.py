"""What the token dialog asks of a driver, in a process of its own: a driver that falls over is alone then."""

from __future__ import annotations

from pathlib import Path

from desktop.base import Message
from desktop.base.jobs import Report
from desktop.trust import TokenCertificate, certificates_on

PLACES = (
    "/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so",
    "/usr/lib/opensc-pkcs11.so",
    "C:/Windows/System32/eTPKCS11.dll",
    "C:/Program Files/OpenSC Project/OpenSC/pkcs11/opensc-pkcs11.dll",
)
"""Where the usual drivers lie; the first one there is proposed."""


def proposed(remembered: str) -> str:
    """The driver used before, else the first usual one on this computer, else nothing."""
    return next((each for each in (remembered, *PLACES) if each and Path(each).is_file()), "")


def read_token(report: Report, library: Path) -> tuple[TokenCertificate, ...]:
    """The certificates on every token of a driver. Raises TokenProblem."""
    report(0, 0, Message("ui.token.reading"))
    return certificates_on(library)
