"""Readers under random bytes: they answer or refuse, and never accept what nobody signed.

A few changes of every kind of seed by default; ``-m torture`` lets atheris run (``RANCANG_FUZZ_RUNS`` a
target, ``RANCANG_FUZZ_FOLDER`` keeps the corpus between runs).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.submission.fuzzing.seeds import TARGETS, grow

EXAMPLES = {"zip": 300, "xml": 200, "manifest": 200, "inside": 60, "package": 60, "pdf": 25}


@st.composite
def bent(draw: st.DrawFn, target: str) -> bytes:
    """A seed with a few bytes, pieces or whole other seeds changed."""
    seeds = grow().by_target[target]
    data = bytearray(draw(st.sampled_from(seeds)))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(("flip", "cut", "put", "double", "cross"))):
            case "flip" if at < len(data):
                data[at] ^= draw(st.integers(1, 255))
            case "cut":
                del data[at : at + draw(st.integers(1, 64))]
            case "put":
                data[at:at] = draw(st.binary(min_size=1, max_size=16))
            case "double":
                data[at:at] = data[at : at + draw(st.integers(1, 512))]
            case _:
                other = draw(st.sampled_from(seeds))
                place = draw(st.integers(0, len(other)))
                data[at:] = other[place:]
    return bytes(data)


@pytest.mark.slow
@pytest.mark.parametrize("target", TARGETS)
def test_bent_seeds(target) -> None:
    judge = grow().target(target)

    @settings(
        max_examples=EXAMPLES[target], deadline=None, suppress_health_check=list(HealthCheck), database=None
    )
    @given(bent(target))
    def law(data: bytes) -> None:
        judge(data)

    law()


@pytest.mark.torture
@pytest.mark.parametrize("target", TARGETS)
def test_atheris(target, tmp_path) -> None:
    pytest.importorskip("atheris", reason="fuzzing needs the extra: pip install -e '.[fuzz]'")
    folder = Path(os.environ.get("RANCANG_FUZZ_FOLDER", str(tmp_path)))
    runs = os.environ.get("RANCANG_FUZZ_RUNS", "20000")
    command = [sys.executable, "-m", "tests.submission.fuzzing.run", target, str(folder), runs]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    result = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    units = re.search(r"number_of_executed_units: (\d+)", result.stderr)
    assert result.returncode == 0, result.stderr[-4000:]
    assert units is not None
    covered = re.findall(r"cov: (\d+)", result.stderr)
    sys.stdout.write(f"{target}: {units[1]} executions, {covered[-1] if covered else '?'} branches\n")
