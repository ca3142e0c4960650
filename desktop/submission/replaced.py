"""Which package another one replaces, in a sentence.

It is no part of the id, of the fingerprint or of any document: whoever signs a package or reads its verdict
has to see it, for the desk puts aside what is replaced.
"""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

from desktop.base import Message, clock
from desktop.submission.mark import open_sha256
from desktop.submission.refusal import Refused
from desktop.trust.certificate import grouped

if TYPE_CHECKING:
    from desktop.submission.container import OpenPackage
    from desktop.submission.standing import Standing
    from desktop.trust.anchors import Anchors


def replaced(previous: str) -> Message:
    """``previous``: the SHA-256 of the package before, or empty."""
    if previous:
        return Message("submission.replaces", sha256=grouped(previous))
    return Message("submission.replaces.none")


def closed_before(
    source: OpenPackage, anchors: Anchors | None = None, now: dt.datetime | None = None
) -> str | None:
    """The hash of the container that ends when something of it is signed; None where none is to be named.

    None is where the package names a submission before, nor where somebody has closed it who is not believed
    (by this computer now, unless others are given): anybody can lay a signature there.
    """
    if source.manifest.previous or not is_closed(source, anchors, now):
        return None
    # of what was open and read: another package may lie at its path by now
    return open_sha256(source.file, os.fstat(source.file.fileno()).st_size)


def is_closed(source: OpenPackage, anchors: Anchors | None = None, now: dt.datetime | None = None) -> bool:
    """Whether a package holds a signature over the whole, and each of them is believed.

    By this computer now, unless others are given: else it can hardly be what was handed in.
    """
    from desktop.submission.judging import Judge
    from desktop.submission.own import believe_container, container_signatures
    from desktop.trust.anchors import load_anchors

    if not source.signatures:
        return False
    judge = Judge(load_anchors() if anchors is None else anchors, clock.now() if now is None else now)
    try:
        for found in container_signatures(source):
            believe_container(source.manifest, found, judge)
    except Refused:
        return False
    return True


def not_closed(file: str, found: Standing) -> Message | None:
    """What speaks against that a package that is named as replaced was handed in; None where nothing does."""
    if found.believed:
        return None
    if found.closed:
        return Message("submission.replaces.unbelieved", file=file)
    return Message("submission.replaces.open", file=file)
