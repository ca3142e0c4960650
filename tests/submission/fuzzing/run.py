"""Fuzz one target with atheris (libFuzzer); goes on where it stopped, with its corpus in a folder.

``PYTHONPATH=. python -m tests.submission.fuzzing.run TARGET FOLDER RUNS [SECONDS]``, with the extra ``fuzz``.
Prints the totals; a finding ends it with its input kept in the folder.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

OURS = ("desktop.submission", "desktop.trust")


def corpus(folder: Path, seeds: list[bytes]) -> Path:
    """The seeds beside what earlier runs found."""
    target = folder / "corpus"
    target.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        path = target / hashlib.sha256(seed).hexdigest()[:24]
        if not path.exists():
            path.write_bytes(seed)
    return target


def main() -> None:
    name, place, runs, *more = sys.argv[1:]
    import atheris

    with atheris.instrument_imports(include=list(OURS)):
        import desktop.submission.foreign
        import desktop.submission.own
        import desktop.submission.pdf.read
        import desktop.submission.xades.reading
        import desktop.trust.cms
        import desktop.trust.path  # noqa: F401 - imported here so that its branches are counted
        from tests.submission.fuzzing.seeds import grow

        seeds = grow()
    target = seeds.target(name)
    folder = Path(place) / name
    found = folder / "found"
    found.mkdir(parents=True, exist_ok=True)

    def once(data: bytes) -> None:
        target(data)

    arguments = [
        sys.argv[0],
        str(corpus(folder, seeds.by_target[name])),
        f"-runs={runs}",
        f"-artifact_prefix={found}{os.sep}",
        f"-max_len={1 << 17}",
        "-timeout=10",
        "-rss_limit_mb=700",
        "-print_final_stats=1",
        "-reload=0",
        *([f"-max_total_time={more[0]}"] if more else []),
    ]
    atheris.Setup(arguments, once)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
