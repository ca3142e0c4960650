"""Giving parts to agencies, several at once: which pages, to whom, who fills them in, by when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QWidget

from desktop.base import LocalText, Message
from desktop.checks.owing import Owed
from desktop.checks.places import agency_name
from desktop.exchange.values import NotUnderstood, Option
from desktop.ui import widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.fields.editors import DateEditor
from desktop.ui.fields.picking import PickEditor
from desktop.ui.fields.ticking import TickList
from desktop.ui.helping.asking import offer_help
from desktop.ui.pages.home.deadlines import WHOLE, pages
from desktop.ui.session import Session
from desktop.ui.speaker import Speech


class AssignDialog(Ask):
    """Pages, agencies, a person and a day; OK waits until a page and an agency are ticked."""

    def __init__(self, session: Session, parent: QWidget, chosen: Sequence[Owed] = ()) -> None:
        super().__init__(
            session, Message("ui.duties.assign.title"), Message("ui.duties.assign.accept"), parent
        )
        offer_help(self, "duties")
        places = list(dict.fromkeys(f"{each.page}/{each.ref}" for each in chosen))
        agencies = list(dict.fromkeys(each.agency for each in chosen))
        self.pages = TickList(session, _places(session), places)
        named = ((each.id, _speech(session, each.id)) for each in session.plan.agencies)
        self.agencies = TickList(session, named, agencies)
        self.field(Message("ui.duties.assign.pages"), self.pages)
        self.field(Message("ui.duties.assign.agencies"), self.agencies)
        people = [Option(each.id, each.name) for each in session.plan.people if each.name.strip()]
        self.person = PickEditor(session.speaker, people)
        self.due = DateEditor(session.speaker)
        for name, editor in (
            (Message("ui.duties.assign.person"), self.person),
            (Message("ui.duties.assign.due"), self.due),
        ):
            label = widgets.label(session.speaker, name, "field")
            label.setBuddy(editor.inner)
            widgets.call(session.speaker, editor.inner, name)
            self.body.addWidget(label)
            self.body.addWidget(editor)
        self._fault = widgets.label(session.speaker, "", "bad", wrap=True)
        self.body.addWidget(self._fault)
        for ticks in (self.pages, self.agencies):
            ticks.itemChanged.connect(lambda _item: self._judge())
        self.due.edited.connect(self._judge)
        self._judge()

    def _judge(self) -> None:
        fault: Speech = ""
        try:
            self.due.value()
        except NotUnderstood as error:
            fault = error.message
        self.session.speaker.tie(self._fault, QLabel.setText, fault)
        self.ok.setEnabled(not fault and bool(self.pages.ticked() and self.agencies.ticked()))

    def values(self) -> tuple[list[tuple[str, str]], list[str], str, str]:
        """Places (page, ref), agencies, the person and the day (ISO), the last two perhaps empty."""
        places = [(page, ref) for page, _, ref in (each.partition("/") for each in self.pages.ticked())]
        return places, self.agencies.ticked(), str(self.person.value() or ""), str(self.due.value() or "")


def _places(session: Session) -> list[tuple[str, Speech]]:
    """What can be given: pages of the journey, chapters, and each programme."""
    found: list[tuple[str, Speech]] = [
        (each.value, each.label)
        for each in pages(session)
        if each.value != WHOLE and each.value not in {"programmes/", "mine/", "duties/", "home/"}
    ]
    for programme in session.plan.programmes:
        title = LocalText(dict(programme.title.values)) if programme.title else Message("checks.untitled")
        found.append((f"programmes/{programme.id}", title))
    return found


def _speech(session: Session, agency: str) -> Speech:
    named = agency_name(session.plan, agency)
    return named if isinstance(named, Message | LocalText) else str(named)
