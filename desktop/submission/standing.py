"""Who has signed a package and who has not, without judging any signature: that is the verdict's to say."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop.base import RancangError
from desktop.submission.container import open_package
from desktop.submission.manifest import Expected, Manifest
from desktop.submission.refusal import Refused


@dataclass(frozen=True, slots=True)
class Standing:
    """A package that can be read: which roles have signed its documents, which are waited for."""

    signed: frozenset[str]
    waiting: tuple[Expected, ...]
    """Each role once, in the order of the documents; last who closes the package, while nobody has."""
    closed: bool
    """Whether it holds a signature over everything."""


def standing(package: Path) -> Standing | None:
    """How far the signing of a package is; None for what is not there or is none of ours."""
    try:
        with open_package(package) as opened:
            manifest, closed = opened.manifest, bool(opened.signatures)
    except (Refused, RancangError):
        return None
    return _of(manifest, closed=closed)


def _of(manifest: Manifest, *, closed: bool) -> Standing:
    expected = [(file, each) for file in manifest.files for each in file.signers]
    waiting = {each.role: each for file, each in reversed(expected) if file.field_of(each.role) is None}
    order = dict.fromkeys(each.role for _, each in expected)
    still = [waiting[role] for role in order if role in waiting]
    if not closed:
        still += list(manifest.signers)
    return Standing(frozenset(order) - set(waiting), tuple(still), closed)
