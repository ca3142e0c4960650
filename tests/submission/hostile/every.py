"""All hostile cases.

``PYTHONPATH=. python -m tests.submission.hostile.every`` judges them and prints a table.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.submission.hostile import (
    algorithms,
    coverage,
    disguised,
    frames,
    hidden,
    insiders,
    naming,
    ours,
    pdfactive,
    pdfhidden,
    pdfs,
    pdfsealed,
    people,
    reserved,
    xmltricks,
)
from tests.submission.hostile.ground import NOW, Case, Ground

CASES: tuple[Case, ...] = (
    *frames.CASES,
    *naming.CASES,
    *coverage.CASES,
    *xmltricks.CASES,
    *algorithms.CASES,
    *people.CASES,
    *ours.FORM,
    *ours.CASES,
    *insiders.CASES,
    *reserved.CASES,
    *hidden.CASES,
    *disguised.CASES,
    *pdfs.CASES,
    *pdfhidden.CASES,
    *pdfactive.CASES,
    *pdfsealed.CASES,
)


def table(cases: tuple[Case, ...] = CASES) -> str:
    """How many of each group there are, and what the verifier says of them."""
    from desktop.submission import verify

    found: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ground, path = Ground(folder), folder / "case.asice"
        for case in cases:
            path.write_bytes(case.make(ground))
            verdict = verify(path, case.anchors(), NOW, any_=case.any_)
            found.setdefault(case.group, Counter())[verdict.kind.value] += 1
    kinds = sorted({kind for counts in found.values() for kind in counts})
    lines = [f"{'':14}" + "".join(f"{kind:>20}" for kind in kinds)]
    for group, counts in (*found.items(), ("all", sum(found.values(), Counter()))):
        lines.append(f"{group:14}" + "".join(f"{counts[kind]:20}" for kind in kinds))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
