"""How long sealing, signing and verifying 300 MB take against hashing the files alone, and how much memory.

PYTHONPATH=. python tests/bench/package_speed.py [MIB_PER_FILE FILES ROUNDS]

Each phase runs in a process of its own, in turn with the others and with pauses; the best of all rounds
counts. The measure is the SHA-256 of the same files: signing may take 2.5 times as long, verifying 2.0
times, with less than 60 MB beyond the bare interpreter. libdigidocpp verifies the same package beside it.
Exit code 1 where a limit is missed, and which is printed.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop.base.clock import now
from desktop.base.jobs import quiet
from desktop.submission import SealFile, SealInput, SealSigner, VerdictKind, seal, sign_container, verify
from desktop.trust import Anchors, P12Key, make_test_identity

LIMITS = {"sign": 2.5, "verify": 2.0}
MEMORY = 60
"""MB beyond the interpreter."""
PAUSE = 0.3

Phase = Callable[[Path], None]


def hash_alone(folder: Path) -> None:
    buffer = memoryview(bytearray(1 << 20))
    for path in sorted((folder / "files").iterdir()):
        sha = hashlib.sha256()
        with path.open("rb", buffering=0) as file:
            while read := file.readinto(buffer):
                sha.update(buffer[:read])


def do_seal(folder: Path) -> None:
    paths = sorted((folder / "files").iterdir())
    files = tuple(SealFile(f"bukti/{path.name}", "image/jpeg", "evidence", path) for path in paths)
    moment = now()
    signers = (SealSigner("team"),)
    what = SealInput("18.07", "Contoh", 2026, 2030, "g", "1", "w", "h", moment, files, signers)
    seal(quiet, what, folder / "sealed.asice")


def do_sign(folder: Path) -> None:
    key = P12Key(folder / "id" / "uji-team.p12", "uji")
    anchors = Anchors().plus(folder / "id" / "uji-root.pem")
    sign_container(quiet, folder / "sealed.asice", folder / "signed.asice", key, "team", anchors, now())


def do_verify(folder: Path) -> None:
    anchors = Anchors().plus(folder / "id" / "uji-root.pem")
    verdict = verify(folder / "signed.asice", anchors, now())
    # the files are no plan, so it is incomplete; all of them were read
    assert verdict.kind is not VerdictKind.REFUSED, verdict.reasons


PHASES: dict[str, Phase] = {"SHA-256": hash_alone, "seal": do_seal, "sign": do_sign, "verify": do_verify}


def peak() -> float:
    """The most memory this process has had, in MB."""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _child(pipe: Any, work: Phase, folder: Path) -> None:
    if work is not hash_alone:
        import desktop.guideline.store
        import desktop.submission.signing
        import desktop.submission.verifying  # noqa: F401 - starting up is measured elsewhere
    started, used = time.perf_counter(), time.process_time()
    work(folder)
    pipe.send((time.perf_counter() - started, time.process_time() - used, peak()))


def run(work: Phase, folder: Path) -> tuple[float, float, float]:
    """Seconds, seconds of the processor, and peak memory, in a process of its own."""
    time.sleep(PAUSE)
    receiver, sender = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_child, args=(sender, work, folder))
    process.start()
    answer = receiver.recv()
    process.join()
    return answer


def bare() -> float:
    """What the interpreter itself takes, in MB."""
    script = "import sys; sys.stdout.write(open('/proc/self/status').read())"
    told = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True).stdout
    return int(told.split("VmHWM:")[1].split()[0]) / 1024


def peer(folder: Path) -> tuple[float, float, float]:
    """libdigidocpp's verification of the signed package: seconds, of the processor, and peak memory."""
    from tests.submission.independent import digidoc
    from tests.submission.independent.tsl import write_list

    time.sleep(PAUSE)
    identity = folder / "id"
    lists = write_list([identity / "uji-penerbit.pem", identity / "uji-root.pem"], folder)
    script = Path(digidoc.__file__)
    command = [sys.executable, str(script), *map(str, lists), str(folder / "signed.asice")]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    answer = json.loads(told)
    assert answer["opened"], answer
    assert answer["complaints"] == [], answer
    return answer["seconds"], answer["cpu"], answer["peak"]


def main() -> int:
    """Measure, print, and say which limits were missed: 1 where one was."""
    mib, count, rounds = (int(one) for one in (*sys.argv[1:], "6", "50", "5")[:3])
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in (*PHASES, "digidoc")}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "files").mkdir()
        for number in range(count):
            (folder / "files" / f"{number:04}.jpg").write_bytes(os.urandom(mib << 20))
        make_test_identity(folder / "id", {"team": "Contoh"}, now=now(), algorithm="ec")
        for _ in range(rounds):
            for phase, work in PHASES.items():
                found[phase].append(run(work, folder))
            found["digidoc"].append(peer(folder))
    lines, missed = judged(found, bare())
    head = f"{count} files of {mib} MiB, best of {rounds}"
    sys.stdout.write("\n".join([head, *lines]) + "\n")
    if missed:
        sys.stdout.write(f"limits MISSED: {', '.join(missed)}\n")
    return 1 if missed else 0


def judged(
    found: Mapping[str, Sequence[tuple[float, float, float]]], interpreter: float
) -> tuple[list[str], list[str]]:
    """A line for each phase (seconds, of the processor, MB), and which limits were missed."""
    unit, unit_used, _ = map(min, zip(*found["SHA-256"], strict=True))
    lines, missed = [f"the bare interpreter takes {interpreter:.0f} MB"], list[str]()
    for phase, measured in found.items():
        seconds, used = (min(one[column] for one in measured) for column in (0, 1))
        ratio, beyond = seconds / unit, max(one[2] for one in measured) - interpreter
        limit = LIMITS.get(phase)
        told = (
            f"{phase:8} {seconds:.3f} s = {ratio:.2f} x SHA-256 ({used / unit_used:.2f} x by the processor)"
        )
        told += f", {beyond:.0f} MB beyond the interpreter"
        if limit:
            wrong = [f"{phase} {ratio:.2f} x of {limit} x"] * (ratio > limit)
            wrong += [f"{phase} {beyond:.0f} MB of {MEMORY} MB"] * (beyond > MEMORY)
            missed += wrong
            told += f" (limit {limit} x, {MEMORY} MB: {'MISSED' if wrong else 'kept'})"
        lines.append(told)
    return lines, missed


if __name__ == "__main__":
    sys.exit(main())
