"""Bringing back is rehearsed in a process with limits: a small file can take all memory, or never end.

What a file comes to is known only when it is united with the plan: a difference unfolds to a long text, and
what many wrote at once is compared. So nothing is counted beforehand; all of it is done once, apart, and
thrown away. What ended there ends here too, for it is the same work upon the same files.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base import RancangError
from desktop.base.bounded import Limits, Unfinished, ask
from desktop.base.jobs import Report
from desktop.workspace import returning

if TYPE_CHECKING:
    from desktop.workspace import Workspace

LIMITS = Limits(60.0, 600 << 20)
"""For small files; thirty people's 400 changes each in a plan of 10,000 rows take 4 s and 250 MB."""
_MOST = Limits(180.0, 1 << 30)
_SECONDS_PER_MB, _MEMORY_PER_MB = 2.0, 20 << 20


@dataclass(frozen=True, slots=True)
class _Rehearsal:
    """Our workspace, the files that come in, and what they may cost."""

    workspace: Path
    read_only: bool
    paths: tuple[Path, ...]
    limits: Limits

    def run(self, report: Report) -> Mapping[str, Any]:
        """Whether it ends is all that is asked; what is wrong with a file is told where it is taken."""
        from desktop.checks import check
        from desktop.guideline.loading import load_pack

        with (
            contextlib.suppress(RancangError),
            returning.rehearsal(self.workspace, self.paths, report, read_only=self.read_only) as (plan, pack),
        ):
            # every text is read there, and whoever takes it over has it checked
            check(plan, load_pack(pack))
        return {}


def rehearsed(workspace: Workspace, paths: Sequence[Path], report: Report) -> returning.Refused:
    """Try what bringing back will do; of several files those that do not end alone, and why.

    Raises Unfinished, where one file or all together do not end, and Cancelled.
    """
    if not paths:
        return {}
    try:
        _rehearse(workspace, paths, report)
    except Unfinished:
        if len(paths) == 1:
            raise
    else:
        return {}
    refused: dict[Path, RancangError] = {}
    for path in paths:
        try:
            _rehearse(workspace, [path], report)
        except Unfinished as error:
            refused[path] = error
    if not refused:  # each alone, but not all together
        _rehearse(workspace, paths, report)
    left = [path for path in paths if path not in refused]
    if left:
        _rehearse(workspace, left, report)
    return refused


def _rehearse(workspace: Workspace, paths: Sequence[Path], report: Report) -> None:
    there = workspace._copy or workspace.path  # noqa: SLF001 - what the workspace itself reads
    look = _Rehearsal(there, workspace.read_only, tuple(paths), limits_of(paths))
    ask(look, ", ".join(path.name for path in paths), report)


def limits_of(paths: Sequence[Path]) -> Limits:
    """What files of their size may cost together."""
    size = 0
    for path in paths:
        with contextlib.suppress(OSError):  # told by whoever reads it
            size += path.stat().st_size
    mega = size >> 20
    return Limits(
        min(LIMITS.seconds + mega * _SECONDS_PER_MB, _MOST.seconds),
        min(LIMITS.memory + mega * _MEMORY_PER_MB, _MOST.memory),
    )
