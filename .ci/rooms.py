"""Prints how much of each room the tests reach, lines and branches, from ``coverage json``."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

FIGURES = ("num_statements", "covered_lines", "num_branches", "covered_branches")


def rooms(report: Path) -> dict[str, list[int]]:
    """Sums of statements, covered statements, branches and covered branches per folder of ``desktop``."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0] * len(FIGURES))
    for name, file in json.loads(report.read_text(encoding="utf-8"))["files"].items():
        parts = Path(name).parts
        room = parts[1] if len(parts) > 2 else "(entry)"
        for each in (room, "all"):
            for place, figure in enumerate(FIGURES):
                sums[each][place] += file["summary"][figure]
    return sums


def share(part: int, whole: int) -> str:
    """A percentage, or a dash where there is nothing to reach."""
    return f"{100 * part / whole:5.1f} %" if whole else "      -"


def main() -> int:
    """Print the table; the order is the reading order of the rooms."""
    order = [
        "base",
        "trust",
        "guideline",
        "workspace",
        "checks",
        "books",
        "exchange",
        "submission",
        "cli",
        "ui",
    ]
    sums = rooms(Path(sys.argv[1]))
    print(f"{'room':<12}{'lines':>8}{'reached':>10}{'branches':>10}{'reached':>10}")
    for room in [*(each for each in order if each in sums), *sorted(set(sums) - {*order, "all"}), "all"]:
        lines, lines_reached, branches, branches_reached = sums[room]
        print(
            f"{room:<12}{lines:>8}{share(lines_reached, lines):>10}"
            f"{branches:>10}{share(branches_reached, branches):>10}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
