"""One person at work on one workspace: what pages read, and the only way they change it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.base import Language, Message, RancangError, clock
from desktop.guideline.pack import Pack
from desktop.ui.at_work import AtWork
from desktop.ui.background import beside
from desktop.ui.checking import Checking
from desktop.ui.drafts import Drafts
from desktop.ui.journey import Stop
from desktop.ui.leaving import SummingUp, remember_place
from desktop.ui.reviewing.own import Own
from desktop.ui.settings import Settings, SettingsFile
from desktop.ui.speaker import Speaker, Speech
from desktop.workspace.plan import Place, Plan

if TYPE_CHECKING:
    from desktop.checks import Report
    from desktop.checks.offers import Offer
    from desktop.guideline.lookup import Guideline
    from desktop.ui.codes import CodesAtHand
    from desktop.workspace import Workspace
    from desktop.workspace.operation import Operation

T = TypeVar("T")


class NothingOpen(RancangError):
    """Something was asked of the workspace while none is open."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(Message("ui.error.nothing_open"))


class Session(QObject, AtWork):
    """Holds the open workspace, its guideline, the findings and what is typed but not yet written."""

    opened = Signal()
    closed = Signal()
    changed = Signal(object)
    """After every operation, undo or merge; carries the workspace's ``Changes``."""
    moved = Signal()
    """In place of ``changed``, when the document is pinned to another guideline now: pages are others."""
    report_changed = Signal()
    failed = Signal(object)
    """A :class:`Message` that somebody should read."""
    told = Signal(object)
    """A :class:`Message` for the status line."""
    go = Signal(object, object)
    """A :class:`Stop` to show and the :class:`Place` on it to point at (or None)."""
    settings_changed = Signal()
    look_changing = Signal()
    """The window will take other colours or another text size: the fewer widgets, the quicker."""
    look_changed = Signal()
    """After the window took other colours or another text size; what paints by itself paints again."""
    history_wanted = Signal(object)
    """A :class:`Subject` whose history a person wants to read (None where there is none)."""

    def __init__(self, speaker: Speaker, settings: SettingsFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.speaker = speaker
        self.drafts = Drafts(self)
        self.own = Own(self)
        self._settings = settings
        self.ask_to_leave: Callable[[], bool] = lambda: True
        """Whether the document may be left although something typed could not be written; the window asks."""
        self.opening = False
        """Whether a document is just being opened beside the window."""
        self._workspace: Workspace | None = None
        self._plan: Plan | None = None
        self._pack: Pack | None = None
        self._guide: Guideline | None = None
        self._codes: CodesAtHand | None = None
        self._pinned = ""
        """The fingerprint of the guideline the window shows."""
        self.checking = Checking(self)
        self.checking.changed.connect(self.report_changed)
        self.summing_up = SummingUp(settings, self)
        self._offers: tuple[Plan, Mapping[str, Offer]] | None = None

    # -- speaking ------------------------------------------------------------------------------
    def say(self, speech: Speech) -> str:
        """The words in the window's language."""
        return self.speaker.say(speech)

    @property
    def settings(self) -> Settings:
        """What is remembered on this computer."""
        return self._settings.value

    def remember(self, **values: Any) -> None:
        """Change settings and keep them."""
        self._settings.keep(replace(self.settings, **values))
        self.settings_changed.emit()

    # -- the workspace -------------------------------------------------------------------------
    @property
    def is_open(self) -> bool:
        """Whether a workspace is open."""
        return self._workspace is not None

    @property
    def workspace(self) -> Workspace:
        """The open workspace. Raises :class:`NothingOpen`."""
        if self._workspace is None:
            raise NothingOpen
        return self._workspace

    @property
    def plan(self) -> Plan:
        """The plan as it stands now."""
        if self._plan is None:
            self._plan = self.workspace.plan()
        return self._plan

    @property
    def pack(self) -> Pack:
        """The guideline the workspace is pinned to."""
        if self._pack is None:
            self._pack = self.workspace.pack()
        return self._pack

    @property
    def guide(self) -> Guideline:
        """The same guideline, answering questions."""
        if self._guide is None or self._guide.pack is not self.pack:
            from desktop.guideline.lookup import Guideline

            self._guide = Guideline(self.pack)
        return self._guide

    @property
    def codes(self) -> CodesAtHand:
        """The nomenclature codes at hand, made ready beside the window when they are first asked for."""
        if self._codes is None:
            from desktop.ui.codes import CodesAtHand

            self._codes = CodesAtHand(self)
        return self._codes

    @property
    def offers(self) -> Mapping[str, Offer]:
        """What the plan already says that a form asks again, worked out once for each state of it."""
        from desktop.checks.offers import offers

        plan = self.plan
        if self._offers is None or self._offers[0] is not plan:
            self._offers = (plan, offers(plan, self.pack, clock.today(plan.region.code)))
        return self._offers[1]

    @property
    def source(self) -> Language:
        """The language the plan is written in first."""
        return Language(self.plan.source_language)

    @property
    def second(self) -> Language:
        """The other language of the plan."""
        return Language.EN if self.source is Language.ID else Language.ID

    def adopt(self, workspace: Workspace) -> None:
        """Work on this workspace from now on (the one before is closed)."""
        self.leave()
        from desktop.workspace import opening
        from desktop.workspace.reviewing import made_for_role

        self._take_person(workspace)
        self._workspace = workspace
        self._held, self.hands_off, self.keeps_to = made_for_role(workspace), False, ""
        self.whom = opening.made_for(workspace) if self._held else None
        if self.whom is not None:
            workspace.author = self.author()
        self._plan = self._pack = None
        self._pinned = self.plan.guideline.sha256
        workspace.changed.append(self._on_changed)
        self.check_soon()
        title = self.plan.title.read(self.source) or self.plan.region.name
        region = self.plan.region.name
        self._settings.keep(self.settings.opened(workspace.path, title, workspace.id, region))
        self.opened.emit()
        # What was loaded by now stays; looking for garbage among it again and again holds the window
        # for 60-120 ms each time in a plan of 40,000 words.
        gc.freeze()

    def may_leave(self) -> bool:
        """Write what is pending; whether all could be written, or the person gives the rest up."""
        if self._workspace is None or self.drafts.flush():
            return True
        if not self.ask_to_leave():
            return False
        self.drafts.forget()  # given up: what cannot be written is not to be tried and told again
        return True

    def leave(self) -> None:
        """Write what is pending and close the workspace, if one is open (ask :meth:`may_leave` before)."""
        if self._workspace is None:
            return
        self.drafts.flush()
        self.drafts.forget()
        self.checking.leave()
        # A file that can be read no more (a stick pulled out) is left like every other.
        with suppress(RancangError):
            remember_place(self._settings, self._workspace, self._held)
            # The last picture stays, for widgets that are painted once more before they go.
            self._plan = self.plan
            self.summing_up.of(self._workspace.path, self.plan, self.pack, self.report)
        workspace, self._workspace, self._held, self._person = self._workspace, None, "", None
        self.whom = None
        self.checking.report = None
        workspace.close()
        self.closed.emit()
        gc.unfreeze()

    def keep(self) -> None:
        """Back up what was written: should another file be put in its place, nothing of it is gone."""
        from desktop.workspace.remembered import leave

        if self._workspace is not None and self.drafts.flush():
            leave(self._workspace)

    def open(self, path: Path, *, read_only: bool = False) -> None:
        """Open a workspace file. Raises what ``Workspace.open`` raises."""
        from desktop.workspace import Workspace, opening

        def opened() -> Workspace:
            person = opening.author_of(path, self.author())
            workspace = Workspace.open(path, author=person, read_only=read_only)
            # what the window asks first
            workspace.plan()
            workspace.pack()
            return workspace

        self.drafts.flush()
        self.opening = True
        try:
            workspace = beside(opened)
        finally:
            self.opening = False
        self.adopt(workspace)
        if self.workspace.backup_problem is not None:
            self.failed.emit(Message("ui.no_backup", reason=self.workspace.backup_problem))

    # -- changing it ---------------------------------------------------------------------------
    @contextmanager
    def change(self, label: Message, *, seen: int | None = None, kind: str = "edit") -> Iterator[Operation]:
        """One operation: one transaction, one undo step, one history entry named ``label``.

        ``seen`` is the workspace's position when the person began to type; ``kind`` tells what was not
        typed (``carry``, ``compute``).
        """
        with self.workspace.operation(label, seen=seen, kind=kind) as operation:
            yield operation

    def attempt(self, work: Callable[[], T]) -> T | None:
        """Do something a person asked for; a failure becomes a sentence they read, and None."""
        try:
            return work()
        except RancangError as error:
            self.failed.emit(error.message)
        except OSError as error:
            from desktop.base.errors import FileProblem

            self.failed.emit(FileProblem.from_os(error, str(error.filename or "")).message)
        return None

    def apart(self, work: Callable[[], T]) -> T:
        """A change that takes a while, in a thread while the window waits; it hears of it afterwards.

        Raises what the work raises.
        """
        listeners, heard = self.workspace.changed, list[Any]()
        usual = listeners[:]
        listeners[:] = [heard.append]
        try:
            return beside(work)
        finally:
            listeners[:] = usual
            for changes in heard:
                for listener in usual:
                    listener(changes)

    def undo(self) -> None:
        """Take back the last operation of this person."""
        self.drafts.flush()
        self.attempt(self._undo)

    def redo(self) -> None:
        """Do again what was taken back."""
        self.drafts.flush()
        self.attempt(self._redo)

    def _undo(self) -> None:
        what = self.workspace.can_undo
        self.workspace.undo()
        if what is not None:
            self.told.emit(Message("ui.told.undone", what=what))

    def _redo(self) -> None:
        what = self.workspace.can_redo
        self.workspace.redo()
        if what is not None:
            self.told.emit(Message("ui.told.redone", what=what))

    def _on_changed(self, changes: Any) -> None:
        self._plan = None
        self.checking.later()
        if self.plan.guideline.sha256 != self._pinned:
            self._pinned = self.plan.guideline.sha256
            self._pack = self.checking.report = None
            self.moved.emit()
            return
        self.changed.emit(changes)

    # -- checks --------------------------------------------------------------------------------
    @property
    def report(self) -> Report | None:
        """The findings of the last run of the checks."""
        return self.checking.report

    def check_now(self) -> None:
        """Run the checks over the plan as it stands, at once."""
        self.checking.now()

    def check_soon(self) -> None:
        """Run the checks over the plan as it stands, now, but between what the person does."""
        self.checking.soon()

    # -- going ---------------------------------------------------------------------------------
    def show(self, page: str, ref: str = "", place: Place | None = None) -> None:
        """Ask the window to go to a page, and to a field on it."""
        self.go.emit(Stop(page, ref), place)
