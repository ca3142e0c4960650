"""A bench that misses a limit says which, and ends with exit code 1."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

BENCHES = Path(__file__).parents[1] / "bench"


@pytest.mark.parametrize(
    ("verify", "memory", "missed"),
    [
        (1.9, 100.0, []),
        (2.1, 100.0, ["verify 2.10 x of 2.0 x"]),
        (1.9, 130.0, ["sign 90 MB of 60 MB", "verify 90 MB of 60 MB"]),
    ],
)
def test_a_missed_limit_of_the_packages_is_named(verify, memory, missed) -> None:
    from tests.bench.package_speed import judged

    found = {"SHA-256": [(1.0, 1.0, 45.0)], "sign": [(2.4, 2.4, memory)], "verify": [(verify, 1.0, memory)]}
    lines, told = judged(found, 40.0)
    assert told == missed
    assert any("MISSED" in line for line in lines) == bool(missed)


def test_what_merging_missed_is_kept_with_its_name(monkeypatch, capsys) -> None:
    from tests.bench import bench_merge

    missed: list[str] = []
    monkeypatch.setattr(bench_merge, "_MISSED", missed)
    bench_merge.say("kept", {"ms": 5.0}, 10)
    bench_merge.say("no limit", {"ms": 500.0})
    bench_merge.say("  past it", {"ms": 11.0}, 10)
    bench_merge.say("stopped", {"failed": "x"}, 10)  # type: ignore[dict-item] - as it is measured
    assert missed == ["past it", "stopped"]
    assert "cannot" in capsys.readouterr().out


def test_every_bench_with_a_limit_ends_with_an_exit_code() -> None:
    for path in sorted(BENCHES.glob("*.py")):
        text = path.read_text("utf-8")
        if "__main__" in text and re.search(r"^[A-Z_]*(LIMITS?|TIMES|MEMORY)\b[^\n]* = ", text, re.MULTILINE):
            assert "sys.exit(" in text, path.name
