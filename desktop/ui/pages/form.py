"""The page of a form: every question of the guideline's form, group by group."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.base import LocalText
from desktop.guideline.pack import Form
from desktop.ui import widgets
from desktop.ui.fields.box import FieldBox
from desktop.ui.flow import Pair
from desktop.ui.pages.page import Page
from desktop.ui.registers import AnswerRegister
from desktop.ui.session import Session
from desktop.ui.unverified import doubts

SHORT = frozenset(
    {"integer", "decimal", "rupiah", "percent", "date", "year", "boolean", "choice", "agency", "person"}
)
"""Kinds of fields that stand two in a row."""


class FormPage(Page):
    """A card for each group, a field box for each question."""

    reading = True

    def __init__(self, session: Session, ref: str) -> None:
        form = next((each for each in session.pack.forms if each.id == ref), None)
        super().__init__(session, form.purpose if form else LocalText())
        if form is not None:
            self.grow(self._fill(form))

    def _fill(self, form: Form) -> Iterator[None]:
        doubt = doubts(self.session.speaker, form)
        if doubt is not None:
            self.add(doubt)
        for group in form.groups:
            card = widgets.Card(self.session.speaker, group.title, group.help or None)
            self.add(card)
            waiting: Pair | None = None
            for field in group.fields:
                box = FieldBox(self.session, field, AnswerRegister(field, f"{form.id}.{field.id}"))
                self.boxes.append(box)
                if field.type not in SHORT:
                    waiting = None
                    card.add(box)
                elif waiting is None:
                    waiting = Pair(box)
                    card.add(waiting)
                else:
                    waiting.add(box)
                    waiting = None
                yield
        self.body.addStretch(1)
