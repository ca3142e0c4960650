"""Files on their way into the evidence: photos are made ready beside the window; all is one operation."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from desktop.base import Message, RancangError
from desktop.base.errors import FileProblem
from desktop.base.ordinary import open_ordinary
from desktop.base.speech import file_size
from desktop.exchange.photos import Prepared, Wishes, is_photo, prepare
from desktop.ui.dialogs.ask import box
from desktop.ui.session import Session
from desktop.ui.viewer.darkroom import Darkroom, Errand, Table, still_wanted
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation

AT_ONCE = 8_000_000
"""Bytes of files without photos that are taken in while the person waits (under 100 ms)."""
STAMP = 60_000
"""Bytes of a photo that is made ready in no time: a sketch, a stamp."""
KEEP, DROP = "keep", "drop"
"""What a person said about places in photos; empty until they were asked."""


@dataclass
class Batch:
    """Files that were given together."""

    paths: list[Path]
    place: Place | None
    before: Callable[[Operation], object] | None
    done: Callable[[list[str]], object] | None
    original: bool
    prepared: list[Prepared] = field(default_factory=list)
    problems: list[Message] = field(default_factory=list)

    def wishes(self, session: Session) -> Wishes:
        """What shall happen to its photos, by what the person chose."""
        return Wishes(place=session.settings.photo_place == KEEP, original=self.original)


class Intake(QObject):
    """Takes files in; there is one for a session, and one batch after the other."""

    progressed = Signal(int, int)
    """So many of so many files are ready; both 0 when nothing is under way."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._waiting: list[Batch] = []
        self._errand: Errand | None = None
        session.closed.connect(self._forget)

    @classmethod
    def of(cls, session: Session) -> Intake:
        """The intake of a session."""
        return session.findChild(cls) or cls(session)

    @property
    def busy(self) -> bool:
        """Whether files are being made ready."""
        return bool(self._waiting)

    def take(
        self,
        paths: Sequence[Path],
        place: Place | None = None,
        before: Callable[[Operation], object] | None = None,
        done: Callable[[list[str]], object] | None = None,
    ) -> None:
        """Keep files as evidence, claimed for ``place`` if given; ``done`` gets the evidence ids.

        ``before`` makes the row that ``place`` is in, where it may not exist yet.
        """
        files = [path for path in paths if path.is_file()]
        if not files or self._session.read_only:
            return
        batch = Batch(files, place, before, done, self._session.settings.photo_original)
        if not self.busy and _small(files):
            for path in files:
                self._prepare_now(batch, path)
            self._finish(batch)
            return
        self._waiting.append(batch)
        if len(self._waiting) == 1:
            self._next()

    def stop(self) -> None:
        """Give up what is under way; nothing was kept."""
        if self.busy:
            self._forget()
            self._session.told.emit(Message("base.cancelled"))

    def _forget(self) -> None:
        if self._errand is not None:
            self._errand.give_up()
            self._errand = None
        self._waiting.clear()
        self.progressed.emit(0, 0)

    # -- one file after the other ---------------------------------------------------------------
    def _prepare_now(self, batch: Batch, path: Path) -> None:
        try:
            batch.prepared.append(prepare(path, batch.wishes(self._session)))
        except RancangError as error:
            batch.problems.append(error.message)

    def _next(self) -> None:
        if not self._waiting:
            self.progressed.emit(0, 0)
            return
        batch = self._waiting[0]
        done = len(batch.prepared) + len(batch.problems)
        self.progressed.emit(done, len(batch.paths))
        if done == len(batch.paths):
            self._waiting.pop(0)
            self._finish(batch)
            self._next()
            return
        path, wishes = batch.paths[done], batch.wishes(self._session)
        self._errand = Darkroom.of(self._session).ask(
            self,
            lambda: prepare(path, wishes, still_wanted),
            self._on_prepared,
            failed=self._on_problem,
            table=Table.INTAKE,
        )

    def _on_prepared(self, made: Prepared) -> None:
        batch = self._waiting[0]
        tells = made.facts is not None and made.facts.place is not None and not batch.original
        if tells and not self._session.settings.photo_place:
            self._session.remember(photo_place=KEEP if ask_place(self._session) else DROP)
            if self._session.settings.photo_place == KEEP:
                # Made ready without its place a moment ago: once more, with it.
                self._next()
                return
        batch.prepared.append(made)
        self._next()

    def _on_problem(self, message: Message) -> None:
        self._waiting[0].problems.append(message)
        self._next()

    # -- and all at once ------------------------------------------------------------------------
    def _finish(self, batch: Batch) -> None:
        made = self._session.attempt(lambda: self._keep(batch)) if batch.prepared else []
        for problem in batch.problems:
            self._session.failed.emit(problem)
        if made and batch.done is not None:
            batch.done(made)

    def _keep(self, batch: Batch) -> list[str]:
        session = self._session
        here = {file.sha256: file.id for file in session.plan.evidence}
        made, fresh = [], 0
        label = Message("ui.op.attach", n=len(batch.prepared))
        known = [each for each in batch.prepared if each.sha256 in here]
        if batch.place is not None or len(known) < len(batch.prepared):
            with session.change(label) as operation:
                if batch.before is not None:
                    batch.before(operation)
                for each in batch.prepared:
                    row = here.get(each.sha256)
                    if row is None:
                        row = operation.attach(
                            each.data,
                            name=each.name,
                            media_type=each.media_type,
                            caption=each.caption(),
                            taken_on=each.taken_on,
                        )
                        here[each.sha256] = row
                        fresh += 1
                    if batch.place is not None:
                        operation.claim(row, batch.place)
                    made.append(row)
        else:
            made = [here[each.sha256] for each in known]
        session.told.emit(self._summary(batch, fresh))
        return made

    def _summary(self, batch: Batch, fresh: int) -> Message:
        """What happened: so many added, so many here already, photos made smaller by how much."""
        parts: list[Message] = []
        if fresh:
            parts.append(Message("ui.files.added", n=fresh))
        twice = len(batch.prepared) - fresh
        if twice:
            first = next(each.name for each in batch.prepared)
            parts.append(Message("ui.files.twice", n=twice, file=first))
        smaller = [each for each in batch.prepared if each.facts is not None and each.reduced]
        if smaller:
            language = self._session.speaker.language
            before = file_size(sum(each.size_before for each in smaller), language)
            after = file_size(sum(each.size for each in smaller), language)
            parts.append(Message("ui.files.reduced", n=len(smaller), before=before, after=after))
        said = parts[0] if parts else Message("ui.files.added", n=0)
        for part in parts[1:]:
            said = Message("ui.files.and", one=said, other=part)
        return said


def _small(files: list[Path]) -> bool:
    """Whether files are taken in faster than anybody notices: no large photos, and not much of them."""
    total = 0
    for path in files:
        try:
            with open_ordinary(path) as file:
                photo, size = is_photo(file.read(16)), os.fstat(file.fileno()).st_size
            if photo and (size > STAMP or len(files) > 3):
                return False
            total += size
        except (OSError, FileProblem):
            continue
    return total <= AT_ONCE


def ask_place(session: Session) -> bool:
    """Asked once, at the first photo that tells its place: whether places stay in photos."""
    say = session.say
    question = say(Message("ui.files.place_question"))
    asked = box(QApplication.activeWindow(), QMessageBox.Icon.Question, question)
    keep = asked.addButton(say(Message("ui.files.place_keep")), QMessageBox.ButtonRole.YesRole)
    drop = asked.addButton(say(Message("ui.files.place_drop")), QMessageBox.ButtonRole.NoRole)
    asked.setDefaultButton(drop)
    asked.setEscapeButton(drop)
    asked.exec()
    return asked.clickedButton() is keep


def local_files(mime: object) -> list[Path]:
    """The files a drag from the file manager carries."""
    from PySide6.QtCore import QMimeData

    if not isinstance(mime, QMimeData):
        return []
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]
