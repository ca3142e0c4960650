"""The steps of the story by day, page by page, and what the chosen one wrote with the words that changed."""

from __future__ import annotations

import datetime as dt
from functools import partial
from html import escape
from itertools import groupby

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtWidgets import QTextBrowser, QVBoxLayout, QWidget

from desktop.base import Message
from desktop.base.speech import date, moment, weekday
from desktop.cli.past_paper import WHAT
from desktop.cli.past_told import Past, ToldChange, ToldStep
from desktop.ui import theme, widgets
from desktop.ui.pages.search import ResultPainter
from desktop.ui.past.wording import Wording
from desktop.ui.reviewing.diff import painted
from desktop.ui.session import Session
from desktop.ui.shell.sections import Entry, SectionedList
from desktop.workspace import story
from desktop.workspace.story import Cursor, Step, Wanted

SHOWN = 30
"""Fields of one step that are told; a file tells all."""
_ICONS = {"undo": "undo-2", "redo": "redo-2", "import": "import", "resolve": "combine"}


class Steps(QWidget):
    """The list, and beside it the chosen step in full."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        speaker = session.speaker
        self._wanted = Wanted()
        self._steps: list[Step] = []
        self._after: Cursor | None = None
        self._wording = Wording(session, self)
        self._changes: list[ToldChange] = []
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self.show_chosen)
        self.list = SectionedList(session, painter=ResultPainter)
        widgets.call(speaker, self.list, Message("ui.history.title"))
        self.list.selectionModel().currentChanged.connect(lambda *_: self._soon.start())
        self.told = QTextBrowser()
        self.told.setOpenLinks(False)
        self.told.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.told.anchorClicked.connect(self._go)
        widgets.call(speaker, self.told, Message("ui.past.told"))
        self.more = widgets.button(speaker, Message("ui.past.more"), self.next_page, look="quiet")
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.list, 1)
        left.addWidget(self.more)
        row = widgets.line(spacing=12)
        row.addLayout(left, 5)
        row.addWidget(self.told, 4)
        self.setLayout(row)
        session.look_changed.connect(self.show_chosen)

    # -- the list --------------------------------------------------------------------------------
    def show_part(self, wanted: Wanted) -> None:
        """Tell another part of the story, from its newest step."""
        self._wanted, self._steps, self._after = wanted, [], None
        self.next_page()

    def next_page(self) -> None:
        """Add the next steps below."""
        row = self.list.currentIndex().row() if self._after is not None else -1
        self._people = Past(self._session.workspace, self._session.speaker.language)
        found, self._after = story.steps(self._session.workspace, self._wanted, self._after)
        self._steps += found
        self.list.show_groups(
            [(self._day(day), [self._entry(step) for step in steps]) for day, steps in by_day(self._steps)]
        )
        if row >= 0:
            self.list.setCurrentIndex(self.list.rows.index(row))
        self.more.setVisible(self._after is not None)
        self._soon.start()

    def _day(self, day: dt.date) -> Message:
        language = self._session.speaker.language
        return Message("ui.past.day", weekday=weekday(day, language), day=date(day, language))

    def _entry(self, step: Step) -> Entry:
        say = self._session.say
        what: Message = step.label
        if step.kind == "undo":
            what = Message("ui.history.undone", what=step.label)
        elif step.kind == "redo":
            what = Message("ui.history.redone", what=step.label)
        time = moment(step.when, self._session.speaker.language).rpartition(" ")[2]
        note = Message("ui.past.note", who=self._who(step), time=time, n=step.edits)
        return Entry(
            step.id,
            say(what),
            Message("ui.history.title"),
            partial(self.told.setFocus),
            note=say(note),
            icon=_ICONS.get(step.kind, "download" if step.arrived else "pen-line"),
        )

    def _who(self, step: Step) -> str:
        """Name, role and agency; the agencies of authors are known without all the names of a plan."""
        past = self._people
        agency = past.agency(past.authors.agency(step.author, step.role, step.replica))
        beside = ", ".join(filter(None, (past.role(step.role), agency)))
        name = step.author or self._session.say(Message("workspace.from.nobody"))
        return f"{name} ({beside})" if beside else name

    # -- the chosen step -------------------------------------------------------------------------
    def chosen(self) -> Step | None:
        """The step that is chosen."""
        entry = self.list.chosen()
        return next((step for step in self._steps if entry is not None and step.id == entry.id), None)

    def show_chosen(self) -> None:
        """Tell what the chosen step wrote."""
        self._soon.stop()
        step = self.chosen() if self._session.is_open else None
        self._changes = []
        if step is None:
            nothing = self._session.say(Message("ui.past.none"))
            self.told.setHtml(f'<p style="color:{theme.colours().muted}">{escape(nothing)}</p>')
            return
        self._wording.ask(partial(self._tell, step))

    def _tell(self, step: Step, past: Past) -> None:
        """Tell it in these words, unless another step is chosen by now."""
        if self.chosen() is not step:
            return
        (told,) = past.told([step], self._wanted.rows, most=SHOWN)
        self._changes = list(told.changes[:SHOWN])
        self.told.setHtml(self._html(told))

    def _html(self, told: ToldStep) -> str:
        say, muted = self._session.say, theme.colours().muted
        who = f'<span style="color:{muted}">{escape(told.who)}</span>'
        parts = [f"<p><b>{escape(told.what)}</b><br/>{who}</p>"]
        if told.step.clock_suspect:
            parts.append(f'<p style="color:{muted}">{escape(say(Message("ui.past.clock")))}</p>')
        parts += [self._change_html(place, each) for place, each in enumerate(self._changes)]
        left = told.step.edits - SHOWN
        if left > 0 and self._wanted.rows is None:
            parts.append(f'<p style="color:{muted}">{escape(say(Message("ui.past.left", count=left)))}</p>')
        return "".join(parts)

    def _change_html(self, place: int, change: ToldChange) -> str:
        colours, say = theme.colours(), self._session.say
        where = escape(change.where)
        if change.page is not None:
            where = f'<a href="go:{place}" style="color:{colours.primary}">{where}</a>'
        if change.what != "changed":
            return f"<p>{where} \N{EM DASH} <i>{escape(say(WHAT[change.what]))}</i></p>"
        words = painted(change.before, change.after) if change.before else escape(change.after or "-")
        field = f'<span style="color:{colours.muted}">{escape(change.field)}</span>'
        return f"<p>{where}<br/>{field}<br/>{words}</p>"

    def _go(self, url: QUrl) -> None:
        """Go to the field of a change."""
        number = url.path() or url.toString().partition(":")[2]
        change = (
            self._changes[int(number)] if number.isdecimal() and int(number) < len(self._changes) else None
        )
        if change is not None and change.page is not None:
            self._session.show(change.page.page, change.page.ref, change.place)


def by_day(steps: list[Step]) -> list[tuple[dt.date, list[Step]]]:
    """Steps under the reader's own days, in the order they are in."""
    return [(day, list(some)) for day, some in groupby(steps, lambda step: step.when.astimezone().date())]


__all__ = ["Steps", "by_day"]
