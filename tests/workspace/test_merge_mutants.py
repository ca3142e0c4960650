"""Do the tests of merging notice bugs? Deliberate ones, one at a time, in a copy of the program."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.workspace.mutants import EVERYWHERE, MUTANTS, Mutant

ROOT = Path(__file__).resolve().parents[2]
NEEDED = (
    *("desktop", "i18n", ".build", "pyproject.toml"),
    *("tests/workspace", "tests/data/tiny-pack", "tests/conftest.py"),
)


def test_every_bug_still_has_its_place() -> None:
    """A piece of source that was rewritten takes its bug with it; then the list says too much."""
    assert len(MUTANTS) >= 15
    for mutant in MUTANTS:
        source = (ROOT / "desktop" / "workspace" / f"{mutant.module}.py").read_text(encoding="utf-8")
        assert source.count(mutant.good) == 1, mutant.says


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the program and its tests of the workspace, in which anything may be broken."""
    place = tmp_path_factory.mktemp("laboratory")
    for name in NEEDED:
        source, target = ROOT / name, place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    (place / "resources").symlink_to(ROOT / "resources")
    for test in {mutant.test for mutant in MUTANTS}:
        words = " or ".join(f"({m.word})" for m in MUTANTS if m.test == test and m.word)
        whole = any(m.test == test and not m.word for m in MUTANTS)
        assert ran(place, test, "" if whole else words) == (0, ""), f"{test} fails with no bug at all"
    yield place
    shutil.rmtree(place)


def ran(place: Path, test: str, word: str) -> tuple[int, str]:
    """Run a test file until its first failure; its exit code, and the test that failed."""
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("COVERAGE", "PYTEST", "RANCANG"))}
    narrowed = ["-k", word] if word else []
    command = [
        *(sys.executable, "-B", "-m", "pytest", f"tests/workspace/{test}", "-x", "-q"),
        *("-p", "no:cacheprovider", "--basetemp", str(place / "tmp"), *narrowed),
    ]
    environment = {**plain, "PYTHONPATH": str(place)}
    done = subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    found = re.search(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.MULTILINE)
    return done.returncode, found[1].rpartition("/")[2] if found else ""


@pytest.mark.torture
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.says.replace(" ", "-"))
def test_a_bug_is_noticed(laboratory: Path, mutant: Mutant) -> None:
    path = laboratory / "desktop" / "workspace" / f"{mutant.module}.py"
    good = path.read_text(encoding="utf-8")
    assert good.count(mutant.good) == 1, "the list of bugs is out of date"
    path.write_text(good.replace(mutant.good, mutant.bad), encoding="utf-8")
    try:
        for test, word in [
            (mutant.test, mutant.word),
            *((each, "not block or block0") for each in EVERYWHERE),
        ]:
            code, caught = ran(laboratory, test, word)
            assert code in {0, 1}, f"{test} could not be run ({code})"
            if code == 1:
                break
        else:
            pytest.fail(f"nobody noticed: {mutant.says}")
    finally:
        path.write_text(good, encoding="utf-8")
    # the torture layer prints its totals (pytest -s shows them)
    print(f"{mutant.module}: {mutant.says}: caught by {caught}")  # noqa: T201
