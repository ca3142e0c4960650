"""What verifying a plan of real size costs of its limits: seconds of the processor, and memory.

PYTHONPATH=. python tests/bench/large_verify.py [FOLDER]

The plan of tests/large.py is sealed, signed by everybody and closed (two minutes), then verified in a process
of its own as the program does. In a FOLDER that is named the package stays, and is taken from there the next
time. A slow laptop takes twice as long as whatever this runs on, so half of the time is the limit here. Exit
code 1 where a limit is missed, and which is printed.
"""

from __future__ import annotations

import multiprocessing
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from desktop.base.bounded.limits import STANDARD
from desktop.base.clock import now
from desktop.base.jobs import quiet
from desktop.trust import Anchors
from tests.bench.package_speed import peak

LIMITS = {"seconds": STANDARD.seconds / 2, "MB": STANDARD.memory / (1 << 20)}
ROUNDS = 3
CLOSER = "team_secretary"
ROOT = "uji-root.pem"


def make(folder: Path) -> Path:
    """The closed package; it is looked at in this process, which has no limits."""
    # no part of what is measured, in the process of its own
    import pytest

    from desktop.cli.main import run
    from desktop.submission import sign_container, sign_pdfs
    from desktop.submission.frame.container import open_package
    from desktop.trust import P12Key, make_test_identity
    from tests.large import build
    from tests.near import judge_here, look_here

    plan, package = folder / "large.rancang", folder / "large.asice"
    if package.exists():
        return package
    build(plan).close()
    part = folder / "sealed.asice"
    run(["seal", str(plan), str(part)])
    with open_package(part) as opened:
        roles = {one.role for file in opened.manifest.files for one in file.signers}
    names = {role: f"Contoh {role}" for role in (*sorted(roles), CLOSER)}
    identity = make_test_identity(folder, names, now=now())
    anchors = Anchors().plus(identity.root)
    keys = {role: P12Key(one.path, one.password) for role, one in identity.signers.items()}
    with pytest.MonkeyPatch.context() as patch:
        judge_here(patch)
        look_here(patch)
        for role in sorted(roles):
            sign_pdfs(quiet, part, part, keys[role], role, anchors, now(), other_holder=True)
        sign_container(quiet, part, package, keys[CLOSER], CLOSER, anchors, now(), other_holder=True)
    return package


def _verify(pipe: Any, package: Path) -> None:
    from desktop.submission.judge_process import _preload

    _preload()
    from desktop.submission import VerdictKind, verify

    anchors = Anchors().plus(package.parent / ROOT)
    began = time.process_time()
    verdict = verify(package, anchors, now())
    pipe.send((time.process_time() - began, peak()))
    # nobody was asked anything of the plan, so something is missing; all of it was read
    assert verdict.kind is not VerdictKind.REFUSED, verdict.reasons


def measure(package: Path) -> dict[str, float]:
    """Of several rounds the quickest, and the most memory."""
    found: list[tuple[float, float]] = []
    for _ in range(ROUNDS):
        receiver, sender = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("spawn").Process(target=_verify, args=(sender, package))
        process.start()
        found.append(receiver.recv())
        process.join()
    return {"seconds": min(one for one, _ in found), "MB": max(one for _, one in found)}


def main() -> int:
    """The exit code."""
    with tempfile.TemporaryDirectory() as name:
        package = make(Path(sys.argv[1]) if sys.argv[1:] else Path(name))
        sys.stdout.write(f"verifying {package.stat().st_size / (1 << 20):.1f} MB, best of {ROUNDS}\n")
        measured = measure(package)
    for unit, value in measured.items():
        limit = LIMITS[unit]
        missed = " MISSED" if value > limit else ""
        sys.stdout.write(f"{value:8.2f} {unit:8} x {value / limit:.2f} of {limit:.0f}{missed}\n")
    return any(value > LIMITS[unit] for unit, value in measured.items())


if __name__ == "__main__":
    sys.exit(main())
