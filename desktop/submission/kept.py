"""One process for looking, kept for the next look: starting one takes half a second."""

from __future__ import annotations

import hashlib
import threading

from desktop.base.bounded.kept import Kept
from desktop.submission.child import Child
from desktop.trust.anchors import Anchors

KEPT = Kept(Child)
take, give = KEPT.take, KEPT.give
_told: dict[bytes, Kept[Child]] = {}
_lock = threading.Lock()


def knowing(anchors: Anchors) -> Kept[Child]:
    """The same for processes that are told whom to believe when they begin, and nothing else ever."""
    about = hashlib.sha256()
    for one in anchors.parts():
        about.update(hashlib.sha256(one).digest())
    with _lock:
        found = _told.get(about.digest())
        if found is None:
            # lists change once a day or so; those of before are nobody's any more
            for other in _told.values():
                other.close()
            _told.clear()
            found = _told[about.digest()] = Kept(Child)
    return found
