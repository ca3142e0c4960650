"""Judges one file in bounds and tells what that cost; a program of its own, so that nothing else is measured.

``python -m tests.submission.judging_alone FILE BELIEVED ANY``: BELIEVED is a pickle of anchors and moment.
"""

from __future__ import annotations

import json
import pickle
import resource
import sys
from pathlib import Path

from desktop.submission import How, judge


def main(file: Path, believed: Path, *, any_: bool) -> None:
    """Print verdict, codes, seconds of the processor, and the most memory (bytes) it took."""
    anchors, now = pickle.loads(believed.read_bytes())
    verdict = judge(file, anchors, now, how=How(any=any_))
    cost = resource.getrusage(resource.RUSAGE_CHILDREN)
    told = {
        "verdict": verdict.kind.value,
        "codes": [reason.code for reason in verdict.reasons],
        "seconds": cost.ru_utime + cost.ru_stime,
        "memory": cost.ru_maxrss << 10,
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), any_=sys.argv[3] == "1")
