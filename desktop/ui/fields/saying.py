"""What is said around a field: why it is asked, an example, and what the checks remark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from desktop.base import LocalText, Message
from desktop.guideline.pack import Field
from desktop.ui import theme, widgets
from desktop.ui.grid.source import TableField
from desktop.ui.speaker import Speaker

if TYPE_CHECKING:
    from desktop.checks import Finding

SHOWN = 3
"""How many remarks stand below one field; the rest is in the panel and on the page of all checks."""
LOOKS = {"mandatory": "bad", "weak": "warn"}


def why_of(field: Field) -> LocalText | Message | None:
    """Why a field is asked, if anybody says so."""
    if isinstance(field, TableField):
        return field.said_why
    return field.why or None


def example_of(field: Field) -> LocalText | Message | None:
    """An example answer, shown as one and never filled in."""
    if isinstance(field, TableField):
        return field.said_example
    return field.example or None


class About(widgets.Card):
    """Why a field is asked and an example, opened by the light bulb beside its name."""

    def __init__(self, speaker: Speaker, field: Field) -> None:
        super().__init__(speaker)
        for title, text in (
            (Message("ui.field.why"), why_of(field)),
            (Message("ui.field.example"), example_of(field)),
        ):
            if text:
                self.add(widgets.label(speaker, title, "field"))
                self.add(widgets.label(speaker, text, "muted", wrap=True))


def beside(message: Message) -> Message:
    """A remark as it stands below its own field, which needs not be told which field it is."""
    params = message.params
    match message.id:
        case "checks.required_answer" | "checks.programme_complete":
            return Message("ui.field.missing")
        case "checks.translation.missing":
            return Message("ui.field.untranslated", language=params["language"])
        case "checks.chapter_written":
            return Message("ui.field.unwritten")
        case "checks.text.short":
            return Message("ui.field.short", n=params["n"], least=params["least"])
    return message


class Findings(QWidget):
    """The remarks below an editor, the most urgent first; or that what is typed is not understood."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__()
        self._speaker = speaker
        self._lines: list[QLabel] = []
        self._column = widgets.column(spacing=2)
        self.setLayout(self._column)
        self.first = self._line(0)
        self.hide()

    def _line(self, place: int) -> QLabel:
        while len(self._lines) <= place:
            made = widgets.label(self._speaker, "", "bad", wrap=True)
            made.hide()
            self._column.addWidget(made)
            self._lines.append(made)
        return self._lines[place]

    def show_all(self, findings: Sequence[Finding]) -> None:
        """Show these and no others."""
        shown = findings[:SHOWN]
        for place, finding in enumerate(shown):
            self._say(place, beside(finding.message), LOOKS.get(finding.list, "muted"))
        self._only(len(shown))

    def refuse(self, message: Message | None) -> None:
        """Show that what stands in the editor is not understood, or that it is again."""
        if message is not None:
            self._say(0, message, "bad")
        self._only(0 if message is None else 1)

    def _say(self, place: int, message: Message, look: str) -> None:
        line = self._line(place)
        if line.property("look") != look:
            theme.look(line, look)
        self._speaker.tie(line, QLabel.setText, message)

    def _only(self, count: int) -> None:
        for place, line in enumerate(self._lines):
            line.setVisible(place < count)
        self.setVisible(bool(count))

    def sentences(self) -> list[str]:
        """What is said now."""
        return [line.text() for line in self._lines if not line.isHidden()]
