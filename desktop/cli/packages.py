"""Looking into a package before something is done with it: what it is, whose signatures it waits for."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base.errors import FileProblem
from desktop.base.ordinary import check_room

if TYPE_CHECKING:
    from desktop.submission.manifest import Manifest


def manifest_of(package: Path) -> Manifest:
    """What a package says of itself. Raises PackageUnusable, FileProblem."""
    from desktop.submission import PackageUnusable
    from desktop.submission.frame.container import open_package
    from desktop.submission.refusal import Refused

    try:
        with open_package(package) as opened:
            return opened.manifest
    except Refused as error:
        raise PackageUnusable(package.name, error.message) from error


def in_the_way(target: Path) -> FileProblem:
    """The sentence for a file that must not be written over."""
    try:
        check_room(target)
    except FileProblem as error:
        return error
    number = errno.EISDIR if target.is_dir() else errno.EEXIST
    return FileProblem.from_os(OSError(number, os.strerror(number)), str(target))


def check_target(target: Path, package: Path) -> None:
    """A result may replace the package that it is made of, in whatever state, and no other file.

    Neither another package, nor the same one with a signature that is not in this. Raises FileProblem.
    """
    from desktop.submission.refusal import Refused
    from desktop.submission.resealing import holds_all_of

    if not target.exists() or target == package:
        return
    try:
        held = not target.is_dir() and holds_all_of(package, target)
    except (Refused, FileProblem):
        held = False
    if not held:
        raise in_the_way(target)
