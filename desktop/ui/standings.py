"""How far packages are signed, as pages of the window ask it: read beside the window, once for each state.

A package that holds signatures is looked at in a process of its own, and a hostile one for seconds. So who
asks is answered at once with what is known, or that it is still being read, and hears when there is more.
"""

from __future__ import annotations

import enum
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal

from desktop.base import Message
from desktop.base.jobs import Done, Failed, Job, Progress, Report
from desktop.base.places import is_called, is_one
from desktop.submission.mark import Mark, mark_at
from desktop.ui.beside import Beside
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.submission.standing import Standing
    from desktop.trust import Anchors
    from desktop.workspace.parcels import SealedPackage

POLL = 15
"""Milliseconds between two looks at the thread: most packages are read in less."""
GRACE = 200
"""Milliseconds for which a page stays as it is: what is read by then is never called *being read*."""
KEPT = 50
"""Packages of which it is remembered."""


@dataclass(frozen=True, slots=True)
class Known:
    """What came of reading a package."""

    standing: Standing | None
    """None: it is not there, or none of ours."""


class Unknown(enum.Enum):
    """Why there is no answer yet."""

    SOON = "soon"
    """It was asked a moment ago: what is shown may stay as it is."""
    READING = "reading"
    """It takes a while: a page says so."""


Answer: TypeAlias = Known | Unknown


@dataclass(frozen=True, slots=True)
class _Came:
    """What the thread found, or what broke there."""

    standing: Standing | None
    error: Exception | None = None
    by: list[bytes] | None = None
    """Who was believed (:meth:`Anchors.parts`), where that says anything of it."""


class Standings(QObject):
    """One per session (:meth:`of`); pages connect to :attr:`changed` and ask again."""

    changed = Signal()
    """There is more to say: something was read, or takes longer than a moment."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._known: OrderedDict[Path, tuple[Mark, Known]] = OrderedDict()
        self._wanted: dict[Path, list[QObject]] = {}
        """Who waits for which packages; those asked for first come first."""
        self._now: Path | None = None
        """The one that is being read."""
        self.restless: set[Path] = set()
        """Those that lie on a drive which tells another number each time, of a file that nobody wrote at."""
        self.locked: dict[Path, str] = {}
        """What was locked, and where, out of the open document that could not remember it: by their ids."""
        self.anchors: Anchors | None = None
        """Whom to believe, where it is not whom this computer does."""
        self.read_by: list[bytes] | None = None
        """Who was believed when closed packages were read; None where none was."""
        self._beside = Beside(self, POLL)
        self._patience = QTimer(self, singleShot=True, interval=GRACE)
        self._patience.timeout.connect(self.changed)
        session.closed.connect(self.forget)

    @classmethod
    def of(cls, session: Session) -> Standings:
        """The one of a session; all pages share it."""
        return session.findChild(cls) or cls(session)

    @property
    def busy(self) -> bool:
        """Whether somebody waits for an answer."""
        return bool(self._wanted)

    def ask(self, package: Path, owner: QObject, *, first: bool = False) -> Answer:
        """How far the signing is, as far as that is known now; else it is read for ``owner``.

        ``first``: before what others asked for, because a person waits for it.
        """
        mark = mark_at(package)
        if mark is None:
            return Known(None)
        known = self._known.get(package)
        if known is not None and self.same(package, known[0], mark):
            self._known.move_to_end(package)
            return known[1]
        self._want(package, owner, first=first)
        return Unknown.SOON if self._patience.isActive() else Unknown.READING

    def of_sealed(self, package: SealedPackage, owner: QObject) -> Answer:
        """The same of what the document was locked into: another package in its place is none of it."""
        from desktop.submission.standing import same_package

        answer = self.ask(package.path, owner)
        return Known(same_package(answer.standing, package.id)) if isinstance(answer, Known) else answer

    def note_locked(self, package: Path, identity: str) -> None:
        """What was locked at a place out of a document that cannot remember it; empty where it does."""
        for path in [each for each in self.locked if is_called(each, package)]:
            del self.locked[path]
        if identity:
            self.locked[package] = identity

    def locked_at(self, package: Path) -> str:
        """The id of that, whatever the place is called; else empty."""
        places = [
            *filter(partial(is_called, package), self.locked),
            *filter(partial(is_one, package), self.locked),
        ]
        return self.locked[places[0]] if places else ""

    def all_known(self, packages: Sequence[Path], owner: QObject) -> bool:
        """Whether all of these are known; those that are not are read for ``owner``."""
        answers = [self.ask(each, owner) for each in packages]
        return all(isinstance(each, Known) for each in answers)

    def drop(self, owner: QObject) -> bool:
        """Nobody needs to tell ``owner`` any more; whether it still waited for something."""
        waited = False
        for owners in self._wanted.values():
            if owner in owners:
                owners.remove(owner)
                waited = True
        self._tidy()
        return waited

    def forget(self) -> None:
        """Give everything up: the document is closed."""
        self._wanted.clear()
        self._known.clear()
        self.restless.clear()
        self.locked.clear()
        self.read_by = None
        self._stop()
        self._patience.stop()

    def awaiting(self, packages: Sequence[Path], owner: QObject) -> Awaiting:
        """A job for a :class:`~desktop.ui.running.Runner`, done when all of these are known."""
        return Awaiting(self, packages, owner)

    def believe(self, anchors: Anchors) -> None:
        """Where these are others than before, what was read is read anew when it is asked for."""
        self.anchors = anchors
        if self.read_by != anchors.parts():
            self.read_by = None
            self._known.clear()
            self._stop()
            if self._wanted:
                self._go_on()

    # -- reading ------------------------------------------------------------------------------------
    def _want(self, package: Path, owner: QObject, *, first: bool) -> None:
        if not self._wanted:
            self._patience.start()
        owners = self._wanted.setdefault(package, [])
        if owner not in owners:
            owners.append(owner)
        if first and next(iter(self._wanted)) != package:
            self._wanted = {package: owners, **self._wanted}
            if self._now not in {None, package} and not self._patience.isActive():
                # one that takes that long may take seconds more; it has its turn afterwards
                self._stop()
        self._go_on()

    def _go_on(self) -> None:
        """Read the next, unless one is being read that somebody wants."""
        if self._now is not None and self._now not in self._wanted:
            self._stop()
        if self._now is None and self._wanted:
            self._read(next(iter(self._wanted)), self._take)

    def _read(self, package: Path, take: Callable[[Path, Mark | None, _Came], object]) -> None:
        self._now = package
        self._beside.start(
            partial(_look, package, self.anchors), partial(take, package, mark_at(package)), _nothing
        )

    def _take(self, package: Path, mark: Mark | None, came: _Came) -> None:
        if self.same(package, mark, mark_at(package)):
            self._keep(package, mark, came)
        else:
            # somebody wrote at it meanwhile
            self._read(package, self._take_again)

    def _take_again(self, package: Path, mark: Mark | None, came: _Came) -> None:
        now = mark_at(package)
        if mark is not None and now is not None and mark != now and _told_alike(mark, now):
            # what is read is kept by what such a drive tells alike, so that there is an end of it
            self.restless.add(package)
        self._keep(package, mark, came)

    def same(self, package: Path, one: Mark | None, other: Mark | None) -> bool:
        """Whether two marks are of one state of a package, as far as its drive tells states apart."""
        if one is None or other is None or package not in self.restless:
            return one == other
        return _told_alike(one, other)

    def _keep(self, package: Path, mark: Mark | None, came: _Came) -> None:
        self._now, known = None, Known(came.standing)
        self._wanted.pop(package, None)
        if came.by is not None and came.by != self.read_by:
            self._known.clear()
            self.read_by = came.by
        if mark is not None:
            self._known[package] = mark, known
        while len(self._known) > KEPT:
            self._known.popitem(last=False)
        self._tidy()
        self.changed.emit()
        if came.error is not None:
            raise came.error

    def _tidy(self) -> None:
        """Read on for those who are still there."""
        for package, owners in list(self._wanted.items()):
            owners[:] = [each for each in owners if shiboken6.isValid(each)]
            if not owners:
                del self._wanted[package]
        if self._wanted:
            self._go_on()
        else:
            self._patience.stop()

    def _stop(self) -> None:
        self._beside.stop()
        self._now = None


class Awaiting(Job[None]):
    """Waits for packages to be read, with a bar and a way to give up, like any job."""

    def __init__(self, standings: Standings, packages: Sequence[Path], owner: QObject) -> None:
        self._standings, self._packages, self._owner = standings, packages, owner
        self._ended = False

    def poll(self) -> list[Progress | Done[None] | Failed]:
        """See :class:`Job`."""
        if self._ended:
            return []
        for package in self._packages:
            if isinstance(self._standings.ask(package, self._owner, first=True), Unknown):
                return [Progress(0, 0, Message("ui.standing.reading"))]
        self._ended = True
        return [Done(None)]

    def cancel(self) -> None:
        """Wait no more."""
        self._ended = True
        self._standings.drop(self._owner)


def _told_alike(one: Mark, other: Mark) -> bool:
    """Whether two marks are alike in what every drive tells; whoever may write there can set both."""
    return (one.size, one.mtime_ns) == (other.size, other.mtime_ns)


def _look(package: Path, anchors: Anchors | None, report: Report) -> _Came:
    """In the thread."""
    from desktop.base import RancangError
    from desktop.submission.standing import standing
    from desktop.trust import load_anchors

    try:
        found = standing(package, report, anchors)
        if found is None or not found.closed:
            return _Came(found)
        by = load_anchors() if anchors is None else anchors
        return _Came(found, by=by.parts())
    except RancangError:
        raise
    except Exception as error:  # noqa: BLE001 - told where the window's crash net is, and read no second time
        return _Came(None, error)


def _nothing(*_: Any) -> None:
    """Only who gave up, and is told nothing."""
