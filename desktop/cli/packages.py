"""Looking into a package before something is done with it: what it is, whose signatures it waits for."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import RancangError
from desktop.base.errors import FileProblem

if TYPE_CHECKING:
    from desktop.submission.manifest import Manifest


def manifest_of(package: Path) -> Manifest:
    """What a package says of itself. Raises PackageUnusable, FileProblem."""
    from desktop.submission import PackageUnusable
    from desktop.submission.container import open_package
    from desktop.submission.refusal import Refused

    try:
        with open_package(package) as opened:
            return opened.manifest
    except Refused as error:
        raise PackageUnusable(package.name, error.message) from error


def signatures_in(package: Path) -> int | None:
    """How many signatures a package of ours carries, also in its documents; None for any other file."""
    from desktop.submission.container import open_package
    from desktop.submission.refusal import Refused

    try:
        with open_package(package) as opened:
            signed = sum(file.signed is not None for file in opened.manifest.files)
            return len(opened.signatures) + signed
    except (Refused, RancangError):
        return None


def in_the_way(target: Path) -> FileProblem:
    """The sentence for a file that must not be written over."""
    number = errno.EISDIR if target.is_dir() else errno.EEXIST
    return FileProblem.from_os(OSError(number, os.strerror(number)), str(target))


def check_target(target: Path, package: Path) -> None:
    """A result may replace a package, but no other file. Raises FileProblem."""
    if target.exists() and target != package and (target.is_dir() or signatures_in(target) is None):
        raise in_the_way(target)
