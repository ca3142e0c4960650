"""As whom somebody is about to sign, office, name and number as they stand at the signature, and what.

Whoever filled in the plan wrote them, and whoever signs vouches for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from desktop.base import Message
from desktop.base.plain import plain
from desktop.submission.frame.container import OpenPackage
from desktop.submission.inside import readable_data
from desktop.submission.manifest import Expected, Manifest
from desktop.submission.quoting import MOST as MOST_LETTERS
from desktop.submission.quoting import as_said
from desktop.submission.resealing import usable
from desktop.submission.to_sign import MOST, documents_to_sign

_NONE = "\N{EN DASH}"
_NUMBERS = 3


def as_whom(package: OpenPackage, role: str, *, closing: bool) -> tuple[Message, ...]:
    """Each office, name and number under which a role signs, several where documents differ; then these.

    To be asked of a package that was looked at in bounds (``before.py``): the plan inside is read.
    """
    data = readable_data(package)
    people = data.people if data is not None else ()
    told = list[Message]()
    for one in _asked(package.manifest, role, closing=closing):
        name, office = plain(one.name).strip(), plain(one.office).strip()
        numbers = {
            each.nip: None for each in people if each.role == role and plain(each.name).strip() == name
        }
        said = [number for each in numbers if (number := plain(each).strip())][:_NUMBERS]
        words = {"office": office or _NONE, "name": name or _NONE}
        message = Message("submission.sign.as_whom", **words)
        if name and said:
            message = Message("submission.sign.as_whom_numbered", number=" / ".join(said), **words)
        if (said_so := as_said(message, people=MOST_LETTERS)) not in told:
            told.append(said_so)
    documents = () if closing else documents_to_sign(package.manifest, role)
    more = [Message("submission.sign.as_whom_more", n=len(told) - MOST)] if len(told) > MOST else []
    return (*told[:MOST], *more, *documents)


def whom_before(package: Path, role: str, *, closing: bool, expected: str = "") -> tuple[Message, ...]:
    """The same of one that is not open yet; ``expected``: the state that was shown.

    Raises PackageUnusable, ChangedMeanwhile.
    """
    with usable(package, expected) as source:
        return as_whom(source, role, closing=closing)


def _asked(manifest: Manifest, role: str, *, closing: bool) -> Iterator[Expected]:
    """What still waits for a role's signature; ``closing``: the package itself."""
    waiting = [file.signers for file in manifest.files if file.field_of(role) is None]
    for asked in [manifest.signers] if closing else waiting:
        yield from (one for one in asked if one.role == role)
