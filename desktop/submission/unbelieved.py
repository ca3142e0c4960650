"""What comes of a signature whose certificate this computer does not believe, told before and after a key.

That a certificate is not known here stops nobody: others may believe it. But nobody shall learn from the desk
alone that whoever does not believe it refuses the whole package.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.trust.fitness import Grade, KeyCheck, examine, require_fit

if TYPE_CHECKING:
    from desktop.submission.replaced import Closings
    from desktop.trust.anchors import Anchors
    from desktop.trust.signer import Signer

_UNCERTIFIED = "trust.examine.uncertified"


def what_follows(anchors: Anchors) -> Message:
    """That verifications refuse the package; where nobody is believed, that this cannot be told here."""
    if anchors.national:
        return Message("submission.unbelieved.refused")
    return Message("submission.unbelieved.nobody")


def about_closings(found: Closings, anchors: Anchors) -> list[Message]:
    """What speaks against the signatures over the whole of a package, and which are believed beside those.

    Nothing where each is believed, or there is none.
    """
    told = []
    if found.broken:
        told.append(Message("submission.closing.broken", n=found.broken))
    if found.early:
        told.append(Message("submission.closing.early", n=found.early))
    if found.doubted:
        told.append(Message("submission.closing.doubted", n=found.doubted, follows=what_follows(anchors)))
    if found.believed and told:
        told.append(Message("submission.closing.believed", n=found.believed))
    return told


def looked_at(signer: Signer, anchors: Anchors, now: dt.datetime, person: str = "") -> tuple[KeyCheck, ...]:
    """As :func:`examine`, of a key that is to sign a package."""
    return _and_what_follows(examine(signer, anchors, now, person), anchors)


def fit_to_sign(
    signer: Signer, anchors: Anchors, now: dt.datetime, person: str = "", *, other_holder: bool = False
) -> tuple[KeyCheck, ...]:
    """As :func:`require_fit`, of a key that is to sign a package. Raises KeyUnfit, OtherHolder."""
    return _and_what_follows(require_fit(signer, anchors, now, person, other_holder=other_holder), anchors)


def _and_what_follows(checks: Iterable[KeyCheck], anchors: Anchors) -> tuple[KeyCheck, ...]:
    told = list[KeyCheck]()
    for check in checks:
        told.append(check)
        if check.message.id == _UNCERTIFIED:
            told.append(KeyCheck("belief", Grade.NOTE, what_follows(anchors)))
    return tuple(told)
