"""The page a reviewer's document opens with: what changed, what was answered, the visit and its record."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout

from desktop.base import Message
from desktop.base.speech import moment, value_text
from desktop.checks.places import title_of_page
from desktop.exchange.remarks import UNSETTLED
from desktop.ui import comments, widgets
from desktop.ui.commands import Commands
from desktop.ui.comments import ThreadCard, threads
from desktop.ui.newness import newness_of
from desktop.ui.pages.page import Page
from desktop.ui.past.wording import Wording
from desktop.ui.reviewing.cards import SuggestionCard
from desktop.ui.reviewing.diff import AT_A_GLANCE, DiffLabel
from desktop.ui.reviewing.visits import VisitCard
from desktop.ui.session import Session
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.cli.past_told import Past, ToldChange
    from desktop.exchange.newness import NewThing, NewThings

SEND = "send-changes"
AT_ONCE = 8
"""Pages with changes, and answers, shown at once."""
FEW = 4
"""Changes of one page told in words; all of them stand on the page of what is new."""


class ReviewPage(Page):
    """What changed since the last visit, answers received, what is open, and the visit record."""

    purpose = Message("ui.review.purpose")
    reading = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        from desktop.exchange.newness import last_seen

        self._first = last_seen(session.workspace) is None
        self._newness = newness_of(session)
        self._newness.changed.connect(self._show_changes)
        self.changes = ChangesCard(session)
        self.answers = AnswersCard(session)
        self.open = OpenCard(session)
        self.send = widgets.button(
            session.speaker, Message("ui.review.send"), self._send, icon="upload", look="primary"
        )
        self.visits = VisitCard(session)
        for card in (self.changes, self.answers, self.open, self.visits):
            self.add(card)
        self.add(widgets.line(1, self.send))
        self.body.addStretch(1)

    def has_findings(self) -> bool:
        return False

    def _send(self) -> None:
        """Send the review back, as the command does."""
        commands = self._commands()
        if commands is not None:
            commands.run(SEND)

    def _commands(self) -> Commands | None:
        found = getattr(self.window(), "commands", None)
        return found if isinstance(found, Commands) and SEND in found else None

    def refresh(self) -> None:
        self.send.setVisible(self._commands() is not None)
        self.send.setEnabled(not self.session.locked)
        self.answers.refresh()
        self.open.refresh()
        self.visits.refresh()
        self._show_changes()

    def _show_changes(self) -> None:
        if self.session.is_open:
            self.changes.show_things(self._newness.things, first=self._first)

    def finish(self) -> None:
        """Work out at once what is worked out beside the window."""
        self._newness.finish()
        self._show_changes()

    def take_focus(self) -> None:
        """Begin at the first thing that changed."""
        first = self.changes.first or self.open.whole
        first.setFocus()


class ChangesCard(widgets.Card):
    """What others changed since this person left the document last, page by page."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker, Message("ui.review.changes"))
        self._session = session
        self._shown: object = None
        self._wording = Wording(session, self)
        self._lines: list[tuple[QVBoxLayout, list[NewThing]]] = []
        self.first: QPushButton | None = None
        self.diffs: list[DiffLabel] = []
        """From what to what, change by change; they come as soon as their words are there."""
        self.ways: list[QToolButton] = []
        """Beside each of them the way to it."""
        self._rows = widgets.column(spacing=6)
        self.add(self._rows)

    def show_things(self, found: NewThings, *, first: bool = False) -> None:
        """Show these, the pages with the newest first; who is here for the first time is told so."""
        if (found, first) == self._shown:
            return
        self._shown = (found, first)
        widgets.empty(self._rows)
        self.first = None
        self._lines, self.diffs, self.ways = [], [], []
        speaker = self._session.speaker
        # that a part was sent or approved changes nothing in it
        changes = [each for each in found.things if each.table != "duty"]
        if not changes:
            none = Message("ui.review.first" if first else "ui.review.nothing_new")
            self._rows.addWidget(widgets.label(speaker, none, "muted", wrap=True))
            return
        who = ", ".join(name for name, _ in Counter(each.author for each in changes).most_common())
        said = Message("ui.review.changed", n=len(changes), who=who)
        self._rows.addWidget(widgets.label(speaker, said, "field", wrap=True))
        by_page: dict[tuple[str, str], list[NewThing]] = {}
        for each in changes:
            key = (each.page.page, each.page.ref) if each.page is not None else ("", "")
            by_page.setdefault(key, []).append(each)
        for (page, ref), things in list(by_page.items())[:AT_ONCE]:
            self._rows.addLayout(self._line(page, ref, things))
        if len(by_page) > AT_ONCE:
            rest = Message("ui.review.more_pages", n=len(by_page) - AT_ONCE)
            self._rows.addWidget(widgets.label(speaker, rest, "muted", wrap=True))
        every = widgets.button(
            speaker,
            Message("ui.review.every_change"),
            partial(self._session.show, "news"),
            icon="arrow-right",
            look="quiet",
        )
        self._rows.addLayout(widgets.line(every, 1))
        self._wording.ask(self._tell)

    def _tell(self, past: Past) -> None:
        """Say of the newest changes of each page what stood there and what stands there now."""
        self.diffs, self.ways = [], []
        for told_here, things in self._lines:
            widgets.empty(told_here)
            for thing in things[:FEW]:
                told_here.addLayout(self._change(past.new(thing), thing))

    def _change(self, told: ToldChange, thing: NewThing) -> QHBoxLayout:
        session, speaker = self._session, self._session.speaker
        name = f"{told.where}: {told.field}" if told.field else told.where
        words = widgets.column(spacing=0)
        words.addWidget(widgets.label(speaker, name, "muted", wrap=True))
        if told.before or told.after:
            diff = DiffLabel(session, most=AT_A_GLANCE)
            diff.show_both(told.before, told.after)
            self.diffs.append(diff)
            words.addWidget(diff)
        made = widgets.line()
        made.addLayout(words, 1)
        if thing.page is not None and thing.what != "deleted":
            show = partial(session.show, thing.page.page, thing.page.ref, thing.place)
            way = widgets.tool(speaker, Message("ui.comment.go", page=name), "arrow-right", show)
            self.ways.append(way)
            made.addWidget(way, 0, Qt.AlignmentFlag.AlignTop)
        return made

    def _line(self, page: str, ref: str, things: list[NewThing]) -> QHBoxLayout:
        session, speaker = self._session, self._session.speaker
        title = title_of_page(session.plan, session.guide, page, ref) if page else Message("ui.review.gone")
        when = moment(things[0].at, speaker.language)
        who = ", ".join(dict.fromkeys(each.author for each in things))
        words = widgets.column(spacing=1)
        words.addWidget(widgets.label(speaker, lambda: value_text(title, speaker.language), wrap=True))
        about = Message("ui.review.page_changed", n=len(things), who=who, when=when)
        words.addWidget(widgets.label(speaker, about, "muted", wrap=True))
        told_here = widgets.column(spacing=4)
        words.addLayout(told_here)
        self._lines.append((told_here, things))
        made = widgets.line(widgets.picture("pen-line", "primary", 18))
        made.addLayout(words, 1)
        if page:
            place = next((each.place for each in things if each.what != "deleted"), None)
            go = widgets.button(
                speaker,
                Message("ui.review.look"),
                partial(session.show, page, ref, place),
                icon="arrow-right",
                look="quiet",
            )
            widgets.call(speaker, go, Message("ui.comment.go", page=title))
            made.addWidget(go)
            self.first = self.first or go
        return made


class AnswersCard(widgets.Card):
    """Answers to this person's own remarks that wait for a last word, and what became of suggestions."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker, Message("ui.review.answers"))
        self._session = session
        self._shown: object = None
        self._rows = widgets.column(spacing=6)
        self.add(self._rows)
        self.cards: list[ThreadCard] = []
        self.declined: list[SuggestionCard] = []
        """Suggestions that were declined with a reason: it is written for who made them."""

    def refresh(self) -> None:
        """Show the plan as it is now."""
        session, me = self._session, self._session.author().name
        found = threads(session.plan, lambda one: one.author == me and one.state == "answered")
        told = [each for each in session.plan.suggestions if each.author == me and each.state != "open"]
        state = (found, told)
        if state == self._shown:
            return
        self._shown = state
        widgets.empty(self._rows)
        speaker = session.speaker
        taken = sum(each.state == "accepted" for each in told)
        if told:
            said = Message("ui.review.outcome", taken=taken, left=len(told) - taken)
            self._rows.addWidget(widgets.label(speaker, said, wrap=True))
        self.cards = [ThreadCard(session, each) for each in found[:AT_ONCE]]
        for card in self.cards:
            self._rows.addWidget(card)
        why = [each for each in told if each.state == "declined" and each.answer]
        self.declined = [SuggestionCard(session, each, None) for each in why[-AT_ONCE:]]
        for one in self.declined:
            self._rows.addWidget(one)
        if not (found or told):
            none = Message("ui.review.no_answers")
            self._rows.addWidget(widgets.label(speaker, none, "muted", wrap=True))


class OpenCard(widgets.Card):
    """How much is still open, the way to all of it, and a remark on the document as a whole."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker, Message("ui.review.open"))
        self._session = session
        speaker = session.speaker
        self.count = widgets.label(speaker, self._counted, wrap=True)
        self.add(self.count)
        self.all = widgets.button(
            speaker, Message("ui.review.all"), partial(session.show, "comments"), icon="arrow-right"
        )
        self.whole = widgets.button(
            speaker, Message("ui.review.whole"), self._remark, icon="message-square-plus", look="quiet"
        )
        self.add(widgets.line(self.all, self.whole, 1))

    def _counted(self) -> Message:
        plan = self._session.plan
        mine = self._session.author().name
        remarks = [each for each in plan.comments if not each.parent and each.state in UNSETTLED]
        waiting = [each for each in plan.suggestions if each.state == "open"]
        own = sum(each.author == mine for each in remarks) + sum(each.author == mine for each in waiting)
        return Message("ui.review.counted", notes=len(remarks), suggestions=len(waiting), own=own)

    def _remark(self) -> None:
        comments.add(self, self._session, Place("plan", self._session.workspace.plan_row))

    def refresh(self) -> None:
        """Count again."""
        self.whole.setEnabled(not self._session.locked)
        self._session.speaker.tie(self.count, type(self.count).setText, self._counted)
