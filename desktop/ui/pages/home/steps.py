"""The three most useful next steps: a sentence, why it is there, and a button to the exact field."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton

from desktop.base import Message
from desktop.checks.next_steps import Step
from desktop.ui import widgets
from desktop.ui.session import Session

AT_ONCE = 3
SIGNS = {
    "late": ("clock", "bad"),
    "mandatory": ("list-checks", "primary"),
    "differing": ("combine", "warn"),
    "owed": ("users", "bad"),
    "suggestion": ("lightbulb", "primary"),
    "comment": ("message-square", "primary"),
    "stage": ("flag", "primary"),
    "weak": ("lightbulb", "warn"),
    "seal": ("lock", "good"),
    "seal_again": ("package", "warn"),
    "sign": ("signature", "primary"),
}
"""Icon and colour of each kind of step; the sentence says the same."""


class StepsCard(widgets.Card):
    """What now?"""

    def __init__(self, session: Session) -> None:
        super().__init__(session.speaker, Message("ui.home.next"), Message("ui.home.next.note"))
        self._session = session
        self.shown: tuple[Step, ...] | None = None
        self.buttons: list[QPushButton] = []
        self._rows = widgets.column(spacing=10)
        self._rows.setContentsMargins(0, 4, 0, 0)
        self.add(self._rows)
        self.missing = widgets.label(session.speaker, "", "warn", wrap=True)
        self.missing.hide()
        self.add(self.missing)
        self.body.addStretch(1)
        self._more = widgets.button(
            session.speaker, Message("ui.home.all_findings"), partial(session.show, "checks"), look="quiet",
            icon="list-checks",
        )  # fmt: skip
        self.add(widgets.line(self._more, 1))
        self.wait()

    def wait(self) -> None:
        """Say that the checks have not been through yet."""
        if self.shown is None:
            widgets.empty(self._rows)
            self._rows.addWidget(widgets.label(self._session.speaker, Message("ui.home.checking"), "muted"))

    def show_missing(self, told: Message | None) -> None:
        """Say whose paraf or signature is awaited, where nothing else keeps the documents back."""
        self.missing.setVisible(told is not None)
        if told is not None:
            self._session.speaker.tie(self.missing, QLabel.setText, told)

    def show_steps(self, steps: tuple[Step, ...]) -> None:
        """Show the best of these; nothing is drawn again when nothing changed."""
        best = steps[:AT_ONCE]
        if best == self.shown:
            return
        self.shown = best
        self.buttons.clear()
        widgets.empty(self._rows)
        for place, step in enumerate(best):
            if place:
                self._rows.addWidget(widgets.rule())
            self._rows.addLayout(self._row(step, first=not place))
        if not best:
            row = widgets.line(
                widgets.picture("circle-check", "good", 20),
                widgets.label(self._session.speaker, Message("ui.home.all_done"), wrap=True),
                1,
            )
            self._rows.addLayout(row)

    def _row(self, step: Step, *, first: bool) -> QHBoxLayout:
        speaker = self._session.speaker
        name, role = SIGNS[step.kind]
        words = widgets.column(spacing=2)
        words.addWidget(widgets.label(speaker, step.message, "lead", wrap=True))
        tone = "bad" if step.kind == "late" else "muted"
        words.addWidget(widgets.label(speaker, step.reason, tone, wrap=True))
        go = widgets.button(
            speaker,
            Message("ui.home.go"),
            partial(self._session.show, step.page, step.ref, step.place),
            icon="arrow-right",
            look="primary" if first else "",
        )
        widgets.call(speaker, go, Message("ui.findings.go", what=step.message))
        self.buttons.append(go)
        made = widgets.line(widgets.picture(name, role, 20), spacing=12)
        made.addLayout(words, 1)
        made.addWidget(go)
        return made
