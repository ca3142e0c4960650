"""Lines of figures beside their limits, for benchmarks run through pytest (bench_frames, bench_rooms)."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator

import pytest

Tell = Callable[[str, Iterable[float], float], None]


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Iterator[Tell]:
    """Print the median and the slowest of 100 in milliseconds, and the ratio of the latter to a limit.

    When all are printed it fails, naming those that are past their limits.
    """
    missed: list[str] = []

    def line(name: str, taken: Iterable[float], limit: float) -> None:
        known = sorted(each * 1000 for each in taken)
        middle, slow = known[len(known) // 2], known[min(len(known) - 1, int(len(known) * 0.99))]
        with capsys.disabled():
            sys.stdout.write(f"\n{name:<60}{middle:9.2f} ms{slow:9.2f} ms   x {slow / limit:.2f}")
        if slow > limit:
            missed.append(f"{name} {slow:.2f} ms of {limit:.2f} ms")

    yield line
    if missed:
        pytest.fail(f"limits MISSED: {'; '.join(missed)}", pytrace=False)


def repeated(times: int, act: Callable[..., object], *about: object) -> list[float]:
    """Seconds of the processor in this thread that something takes, again and again."""
    taken = []
    for _ in range(times):
        began = time.thread_time()
        act(*about)
        taken.append(time.thread_time() - began)
    return taken
