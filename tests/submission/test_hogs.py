"""Whatever a file of up to 50 MB asks for: an end within ten seconds of work and 200 MB."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.submission.hogs import HOGS, many_files
from tests.submission.hostile.ground import ANCHORS, NOW, Ground

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="what a process used is measured on Linux")
QUICK = {"elements", "name spaces", "brackets in the manifest"}
SOUND = {"many signatures"}
"""Large and lawful: they only have to keep within the bounds."""
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("hogs"))


def judged(path: Path, *, any_: bool) -> dict[str, Any]:
    believed = path.with_name("believed")
    believed.write_bytes(pickle.dumps((ANCHORS, NOW)))
    command = [sys.executable, "-m", "tests.submission.judging_alone"]
    done = subprocess.run(
        [*command, str(path), str(believed), str(int(any_))],
        capture_output=True, text=True, check=True, cwd=ROOT,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in HOGS]
)
def test_a_hog_ends_in_time_and_within_its_memory(ground, tmp_path, name) -> None:
    make, any_ = HOGS[name]
    path = tmp_path / "x.asice"
    path.write_bytes(make(ground))
    assert path.stat().st_size <= 50 << 20
    told = judged(path, any_=any_)
    assert told["verdict"] == ("valid-with-notes" if name in SOUND else "refused"), told
    assert told["memory"] <= 200 << 20
    # starting the process is part of what is measured
    assert told["seconds"] <= 11


@pytest.mark.slow
def test_as_many_files_as_a_package_may_hold(ground, tmp_path) -> None:
    path = tmp_path / "x.asice"
    path.write_bytes(many_files(ground))
    told = judged(path, any_=False)
    # whole, and no plan of ours
    assert (told["verdict"], "missing.data" in told["codes"]) == ("incomplete", True)
    assert told["memory"] <= 200 << 20
