"""Which sealed document a PDF signed elsewhere belongs to: told by its first bytes, else by its name."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from desktop.base import RancangError
from desktop.base.ordinary import open_ordinary
from desktop.submission.frame.container import open_package
from desktop.submission.refusal import Refused

_PIECE = 1 << 20


def documents_like(package: Path, pdf: Path) -> tuple[str, ...]:
    """The documents of a package that a PDF may be the signed form of, the surest first, or none.

    Signing appends to a PDF, so the sealed bytes stand unchanged at its beginning. Some services write the
    file anew: then its name is the only sign, and comparing the pages (``bring_back_pdf``) decides.
    """
    try:
        with open_package(package) as opened:
            waiting = [file for file in opened.manifest.files if file.signers]
        begins = [file.path for file in waiting if _begins_with(pdf, file.present_size, file.present_sha256)]
        name = pdf.stem.casefold()
        named = [file.path for file in waiting if Path(file.path).stem.casefold() in name]
        return tuple(begins or sorted(named, key=lambda path: -len(Path(path).stem)))
    except (Refused, RancangError, OSError):
        return ()


def _begins_with(pdf: Path, size: int, sha256: str) -> bool:
    """Whether the first ``size`` bytes have this hash, and something follows them."""
    digest, left = hashlib.sha256(), size
    with open_ordinary(pdf) as file:
        if os.fstat(file.fileno()).st_size <= size:
            return False
        while left and (piece := file.read(min(left, _PIECE))):
            digest.update(piece)
            left -= len(piece)
    return not left and digest.hexdigest() == sha256
