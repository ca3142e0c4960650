"""What stakeholders said about one programme or chapter, small, where it is worked on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.base import LocalText, Message
from desktop.ui import widgets
from desktop.ui.hearing.sources import TONES
from desktop.ui.session import Session
from desktop.workspace.choices import choice_name
from desktop.workspace.hearing import Input
from desktop.workspace.listening import speaker
from desktop.workspace.plan import Place, Plan

SHOWN = 5
"""So many are shown; the others are one click away."""

Reader = Callable[[Plan], tuple[Input, ...]]


class InputsAbout(widgets.Card):
    """The inputs about one thing, each leading to its answer; hidden where there are none."""

    def __init__(self, session: Session, item: str, read: Reader) -> None:
        """``item`` is what the page of inputs is narrowed to by *show all*."""
        super().__init__(session.speaker, Message("ui.input.about_this"))
        self._session, self._read = session, read
        self.rows = widgets.column(spacing=4)
        self.add(self.rows)
        self.more = widgets.button(
            session.speaker, "", lambda: session.show("inputs", item), icon="arrow-right", look="quiet"
        )
        self.body.addLayout(widgets.line(self.more, 1))
        self._shown: object = None

    def refresh(self) -> None:
        """Show what there is now."""
        found = self._read(self._session.plan)
        self.setVisible(bool(found))
        self._session.speaker.tie(
            self.more, type(self.more).setText, Message("ui.input.all_about", n=len(found))
        )
        if found == self._shown:
            return
        self._shown = found
        widgets.empty(self.rows)
        # what waits for an answer comes first
        for each in sorted(found, key=lambda one: one.decision != "open")[:SHOWN]:
            self.rows.addLayout(self._row(each))

    def _row(self, each: Input) -> QHBoxLayout:
        session = self._session
        who = speaker(session.plan, each)
        name = (who.name if who is not None else each.author) or "–"
        said = LocalText({key: " ".join(text.split())[:160] for key, text in each.body.values.items()})
        text = widgets.label(session.speaker, Message("ui.input.said_by", who=name, text=said), wrap=True)
        chip = widgets.label(session.speaker, choice_name("input", each.decision))
        widgets.chip(chip, TONES[each.decision])
        go = widgets.tool(
            session.speaker, Message("ui.input.go"), "arrow-right",
            partial(session.show, "inputs", "", Place("input", each.id)),
        )  # fmt: skip
        made = widgets.line(text, chip, go, spacing=8)
        made.setStretch(0, 1)
        return made


class InputsMark(QWidget):
    """One line about the inputs on a chapter, which leads to them; hidden where there are none."""

    def __init__(self, session: Session, item: str, read: Reader) -> None:
        super().__init__()
        self._session, self._read = session, read
        self.go = widgets.button(
            session.speaker,
            "",
            lambda: session.show("inputs", item),
            icon="message-square-check",
            look="quiet",
        )
        self.setLayout(widgets.line(self.go, 1))

    def refresh(self) -> None:
        """Count them again."""
        found = self._read(self._session.plan)
        self.setVisible(bool(found))
        waiting = sum(each.decision == "open" for each in found)
        said = Message("ui.input.mark", n=len(found), open=waiting)
        self._session.speaker.tie(self.go, type(self.go).setText, said)
