"""How long sealing, signing and verifying 300 MB take, against hashing the files alone, and how much memory.

PYTHONPATH=. python tests/bench/package_speed.py [MIB_PER_FILE FILES]

Each phase runs in a process of its own, so that its peak memory is its own. The limit to stay near is
the SHA-256 of the same files; signing and verifying should take no more than 1.5 times that, below 60 MB.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from desktop.base.clock import now
from desktop.base.jobs import quiet
from desktop.submission import SealFile, SealInput, SealSigner, seal, sign_container, verify
from desktop.trust import Anchors, P12Key, make_test_identity


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
    assert verdict.exit_code == 0, verdict


def _child(pipe: object, work: Callable[[Path], None], folder: Path) -> None:
    import desktop.submission.signing
    import desktop.submission.verifying  # noqa: F401 - starting up is measured elsewhere

    started = time.perf_counter()
    work(folder)
    pipe.send((time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))


def measure(work: Callable[[Path], None], folder: Path, rounds: int = 3) -> tuple[float, float]:
    """The best time in seconds and the largest peak memory in MiB."""
    results = []
    for _ in range(rounds):
        receiver, sender = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("spawn").Process(target=_child, args=(sender, work, folder))
        process.start()
        results.append(receiver.recv())
        process.join()
    return min(one[0] for one in results), max(one[1] for one in results)


def main() -> None:
    mib, count = (int(one) for one in (sys.argv[1:] or ("6", "50")))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "files").mkdir()
        for number in range(count):
            (folder / "files" / f"{number:04}.jpg").write_bytes(os.urandom(mib << 20))
        make_test_identity(folder / "id", {"team": "Contoh"}, now=now(), algorithm="ec")
        limit, memory = measure(hash_alone, folder)
        lines = [f"{count} files of {mib} MiB; SHA-256 alone {limit:.3f} s, {memory:.0f} MiB"]
        for work in (do_seal, do_sign, do_verify):
            seconds, memory = measure(work, folder)
            ratio = seconds / limit
            lines.append(
                f"{work.__name__:10} {seconds:.3f} s = {ratio:.2f} times the limit, {memory:.0f} MiB"
            )
        sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
