"""One run of the desk: what is new in the folders is examined side by side and written down as it comes."""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import sys
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop import __version__
from desktop.base import Message, clock
from desktop.base.bounded.limits import PATIENT, STANDARD, Limits
from desktop.base.errors import FileProblem
from desktop.base.jobs import Report
from desktop.base.resources import resource
from desktop.exchange.counting import listed
from desktop.submission.called import installed_guidelines
from desktop.submission.plainly import plain
from desktop.submission.register.crew import Crew, Lost, Wire
from desktop.submission.register.examine import (
    LARGEST,
    Examined,
    Sort,
    content_of,
    examiner,
    lost,
    wants_room,
    without_anything,
    without_plan,
    written,
)
from desktop.submission.register.running_out import read_patiently
from desktop.submission.register.store import BASIS, VANISHED, Known, Register, Unkeepable
from desktop.submission.register.unknown_issuers import believing_nobody
from desktop.submission.register.walking import Found, Walk
from desktop.submission.register.wire import packed, unpacked

if TYPE_CHECKING:
    from desktop.trust.anchors import Anchors


_MOST_PATIENT = 2
"""Files at once where each may have 800 MB and more."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run did."""

    found: int
    read: int
    """Files that were new or changed, and so were read."""
    judged: int
    vanished: int
    problems: tuple[Message, ...] = ()
    replaced: int = 0
    """Files that have other content than before."""

    @property
    def message(self) -> Message:
        """The same in a sentence; what there is none of is not named."""
        parts = [
            told
            for n, told in (
                (self.read, Message("submission.register.ran.read", n=self.read)),
                (self.judged, Message("submission.register.ran.judged", n=self.judged)),
                (self.vanished, Message("submission.register.ran.gone", n=self.vanished)),
                (self.replaced, Message("submission.register.ran.replaced", n=self.replaced)),
            )
            if n
        ]
        if not parts:
            return Message("submission.register.ran.nothing", n=self.found)
        return Message("submission.register.ran", n=self.found, what=listed(parts))


def workers_here(*, patient: bool = False) -> int:
    """How many files to examine at once on this computer; with more memory for each, few."""
    return max(1, min(_MOST_PATIENT if patient else 8, os.cpu_count() or 1))


def receive(
    report: Report,
    register: Path,
    folders: Sequence[Path],
    anchors: Anchors,
    workers: int = 0,
    now: dt.datetime | None = None,
    *,
    patient: bool = False,
) -> Ran:
    """Bring the register up to date with the folders; what was done stays when it is stopped half-way.

    ``patient``: with more time and memory for each file, as on a slow computer; what ran out is read again.
    Of several folders one that is away is told, and what is known of it stays; where none is there, that is
    raised. Raises Cancelled (from ``report``), FileProblem, and what opening a register raises.
    """
    # what is kept of them has to name the same folders wherever the program is begun next
    folders = [_absolute(each) for each in folders]
    _check_there(folders)
    with Register(register, create=True) as opened:
        run = _Run(opened, anchors, now or clock.now(), patient=patient)
        return run.all(report, folders, workers or workers_here(patient=patient))


def _absolute(folder: Path) -> Path:
    """Called from the root, a link as the link; where the working folder is gone, as it was named."""
    try:
        return Path(os.path.abspath(folder))  # noqa: PTH100 - it takes ".." away and follows no link
    except OSError:
        return folder


def _check_there(folders: Sequence[Path]) -> None:
    """Whether any of them is there. Raises FileProblem."""
    problem: FileProblem | None = None
    for folder in folders:
        try:
            folder.stat()
        except OSError as error:
            problem = problem or FileProblem.from_os(error, str(folder))
        else:
            return
    if problem is not None:
        raise problem


class _Run:
    """What one run needs to know while it goes on."""

    def __init__(self, register: Register, anchors: Anchors, now: dt.datetime, *, patient: bool) -> None:
        self._register, self._anchors, self._now = register, anchors, now
        self._limits, self._patient = partial(_limits, PATIENT if patient else STANDARD), patient
        self._half = register.not_looked_through() if patient else frozenset[str]()
        self._basis = basis_of(anchors)
        self._known = register.known_files(now)
        self._judged = register.judged(self._basis, now) - self._half

    def all(self, report: Report, folders: Sequence[Path], workers: int) -> Ran:
        report(0, 0, Message("submission.register.looking"))
        run = self._register.begin_run(folders, self._now, self._basis)
        walk = Walk(folders, (self._register.path,))
        found = {written(each.path): each for each in walk.found()}
        new = {path: each for path, each in found.items() if self._is_new(each)}
        self._register.still_here(run, (self._known[path].id for path in found if path not in new))
        gone = self._gone(walk, found)
        self._register.gone(each.id for each in gone)
        judged, replaced, problems = 0, 0, [*self._strays(), *walk.problems]
        # closed at once when somebody gives up, and the processes with it
        with contextlib.closing(self._examined(report, list(new.values()), workers)) as examined:
            for place, seen in enumerate(examined, 1):
                kept = believing_nobody(read_patiently(seen) if self._patient else seen, self._anchors)
                in_place = self._keep(run, new[written(seen.path)], kept)
                replaced += bool(in_place)
                judged += seen.verdict is not None
                problems += [seen.problem] if seen.problem else []
                problems += [_unkept(seen.path)] if in_place is None else []
                report(
                    place, len(new), Message("submission.register.read", file=Path(written(seen.path)).name)
                )
        self._register.end_run(run, self._now, len(found), len(new), len(gone))
        return Ran(len(found), len(new), judged, len(gone), tuple(problems), replaced)

    def _strays(self) -> list[Message]:
        """What somebody else had hung on packages that this register does not have."""
        cleared = self._register.clear_strays()
        return [Message("submission.register.strays", n=cleared)] if cleared else []

    def _is_new(self, found: Found) -> bool:
        known = self._known.get(written(found.path))
        if known is None or known.mark != found.mark or known.problem or not known.proven:
            return True
        # what was handed in together is seen from the folder that was named
        if known.received != (written(found.root), written(found.unit)):
            return True
        if known.sha256 in self._half:
            return True
        return known.sort == Sort.PACKAGE and known.basis != self._basis

    def _keep(self, run: int, found: Found, seen: Examined) -> bool | None:
        """Write it down; what no table can hold costs that file and no other.

        Whether something else lay there before; None where nothing of it could be kept.
        """
        for each in (seen, without_plan(seen), without_anything(seen)):
            with contextlib.suppress(Unkeepable):
                return self._register.keep(run, self._now, found, each, self._basis)
        return None

    def _gone(self, walk: Walk, found: dict[str, Found]) -> list[Known]:
        """Files of these folders that are not there any more; what lies elsewhere was not looked for."""
        return [
            known
            for path, known in self._known.items()
            if path not in found and known.state != VANISHED and walk.saw(path)
        ]

    def _examined(self, report: Report, new: list[Found], workers: int) -> Generator[Examined]:
        if not new:
            return
        size = min(workers, len(new))
        before = {each.path: each.mark for each in new}
        crew: Crew[Path, Examined] = Crew(
            examiner,
            (self._anchors, self._now, self._judged),
            size,
            self._limits,
            Wire(packed, unpacked),
            wants_room,
        )
        done = 0

        def idle() -> None:
            report(done, len(new), Message("submission.register.reading", n=len(new) - done))

        with contextlib.closing(crew.run((each.path for each in new), idle)) as found:
            for path, seen in found:
                done += 1
                if isinstance(seen, Lost):
                    yield lost(path, seen.why, self._limits(path), before[path])
                else:
                    yield seen


def _unkept(path: Path) -> Message:
    return Message("submission.register.unkept", file=plain(written(path)))


def _limits(limits: Limits, path: Path) -> Limits:
    try:
        return limits.of(min(path.lstat().st_size, LARGEST))
    except OSError:
        return limits


@cache
def build() -> str:
    """Which program this is, to the byte: what an older one let through has to be asked again.

    The code and the guidelines that come with it; of an installed program the file that holds them.
    """
    if getattr(sys, "frozen", False):
        with Path(sys.executable).open("rb") as program:
            return hashlib.file_digest(program, "sha256").hexdigest()
    sha = hashlib.sha256()
    code = Path(__file__).parents[2]
    for folder, pattern in ((code, "*.py"), (Path(str(resource("guidelines"))), "*")):
        for path in sorted(each for each in folder.rglob(pattern) if each.is_file()):
            if "ui" not in path.relative_to(folder).parts[:1]:
                sha.update(hashlib.sha256(path.read_bytes()).digest())
    return sha.hexdigest()


def judged_otherwise(register: Register, anchors: Anchors) -> Message | None:
    """That what a register says was found by others than those believed now, or by another program.

    An authority or a list that comes in, or goes, changes nothing of what stands in a register already.
    """
    judged_by = register.setting(BASIS)
    if not judged_by or judged_by == basis_of(anchors):
        return None
    return Message("submission.register.judged_otherwise")


def basis_of(anchors: Anchors) -> str:
    """What packages are judged by: when it changes, they are judged anew."""
    sha = hashlib.sha256(f"{__version__} {build()}".encode())
    # which guidelines are known, and what they ask, decides what is told
    for path, _ in installed_guidelines():
        sha.update(hashlib.sha256(written(Path(path)).rpartition(os.sep)[2].encode()).digest())
        sha.update(content_of(Path(path)).encode())
    for each in anchors.parts():
        sha.update(hashlib.sha256(each).digest())
    return sha.hexdigest()
