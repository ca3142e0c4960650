"""One process for looking, kept for the next look: starting one takes half a second."""

from __future__ import annotations

from desktop.base.bounded.kept import Kept
from desktop.submission.child import Child

KEPT = Kept(Child)
take, give = KEPT.take, KEPT.give
