"""How slow this computer is beside the one on which limits of time were set.

Ten seconds there are twenty on a laptop of half its speed, for the same file: a limit is an amount of work.
What is measured is work of the kind that judging a document takes, a few hundredths of a second of it, once.
"""

from __future__ import annotations

import re
import time
from functools import cache

USUAL = 0.0070
"""Seconds that one round takes on an idle server of 2.5 GHz, with a fifth to spare."""
SLOWEST = 4.0
"""Times that; whatever is slower still has help of ``--patient``."""
_ROUNDS = 5
_TOKENS = re.compile(rb"\(([^()]*+)\)|/([A-Za-z0-9]++)|(-?[0-9.]++)|([A-Za-z*]++)")
_LINE = b"1 0 0 1 %d.25 700.5 Tm /F%d 9 Tf (Rencana induk %d) Tj .2 .4 .6 rg %d 80.5 300 12 re f*\n"
_DRAWN = b"".join(_LINE % (each, each % 7, each, each) for each in range(400))


@cache
def slowness() -> float:
    """How many times as long as usual work takes here: at least 1, at most :data:`SLOWEST`."""
    best = SLOWEST * USUAL
    for _ in range(_ROUNDS):
        best = min(best, _round())
        if best <= USUAL:
            return 1.0  # more rounds would say the same
    return best / USUAL


def _round() -> float:
    began, numbers, words = time.perf_counter(), 0.0, dict[bytes, int]()
    for found in _TOKENS.finditer(_DRAWN):
        if found.lastindex == len(("text", "name", "number")):
            numbers += float(found[0])
        else:
            words[found[0]] = words.get(found[0], 0) + 1
    return time.perf_counter() - began
