"""Import a list of programmes from Excel or CSV: what was read, what is open, then accepted as one change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QFrame, QScrollArea, QWidget

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.dialogs.ask import Ask
from desktop.ui.dialogs.files import ask_open
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.exchange import ImportPreview, Question

PROBLEMS = 8
"""How many unread cells are told one by one."""


def import_file(parent: QWidget, session: Session) -> None:
    """Choose a file, ask what it leaves open, take it over if accepted."""
    path = ask_open(parent, session, Message("ui.command.import"), Message("ui.files.tables"))
    if path is not None:
        import_path(parent, session, path)


def import_path(parent: QWidget, session: Session, path: Path) -> None:
    """The same for a file that is known."""
    from desktop.exchange import preview_programmes

    preview = session.attempt(lambda: preview_programmes(path, session.plan, session.pack))
    if preview is None:
        return
    dialog = ImportDialog(session, preview, parent)
    if dialog.exec():
        dialog.take_over()


class ImportDialog(Ask):
    """What the list says and what it leaves open; suggestions are chosen already and can be changed."""

    def __init__(self, session: Session, preview: ImportPreview, parent: QWidget) -> None:
        title = Message("ui.import.title", file=preview.file)
        super().__init__(session, title, Message("ui.import.accept"), parent)
        self.preview = preview
        self.answers: dict[str, str] = {}
        self._combos: dict[str, QComboBox] = {}
        self.resize(720, 620)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        inside = QWidget()
        inside.setProperty("look", "page")
        self._box = widgets.column(margins=(2, 2, 10, 2), spacing=6)
        inside.setLayout(self._box)
        area.setWidget(inside)
        self.body.addWidget(area, 1)
        self._show()

    def _show(self) -> None:
        from desktop.exchange import suggested_answers

        preview, speaker = self.preview, self.session.speaker
        self.answers = {**suggested_answers(preview.questions), **self.answers}
        widgets.empty(self._box)
        self._combos = {}
        new, known = len(preview.new), len(preview.programmes) - len(preview.new)
        self._box.addWidget(widgets.label(speaker, Message("ui.import.found", n=new, known=known), wrap=True))
        for name, rows in preview.other_regions.items():
            other = Message("ui.import.other", n=rows, region=name)
            self._box.addWidget(widgets.label(speaker, other, "muted", wrap=True))
        for draft in preview.programmes[:PROBLEMS]:
            self._box.addWidget(widgets.label(speaker, f"\N{BULLET} {draft.title}", "muted", wrap=True))
        if len(preview.programmes) > PROBLEMS:
            more = Message("ui.import.more", n=len(preview.programmes) - PROBLEMS)
            self._box.addWidget(widgets.label(speaker, more, "muted"))
        for problem in preview.refused[:PROBLEMS]:
            self._box.addWidget(widgets.label(speaker, problem.message, "warn", wrap=True))
        if preview.questions:
            self._box.addWidget(widgets.rule())
            self._box.addWidget(widgets.label(speaker, Message("ui.import.questions"), "section", wrap=True))
        for question in preview.questions:
            self._ask(question)
        self._box.addStretch(1)
        self._check()

    def _ask(self, question: Question) -> None:
        speaker = self.session.speaker
        name = widgets.label(speaker, question.message, "field", wrap=True)
        combo = QuietCombo()
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.addItem(self.session.say(Message("ui.value.none")), "")
        for option in question.options:
            combo.addItem(self.session.say(option.label), option.id)
        combo.setCurrentIndex(max(0, combo.findData(self.answers.get(question.id, ""))))
        combo.activated.connect(lambda _row, question=question: self._on_answer(question))
        name.setBuddy(combo)
        widgets.call(speaker, combo, question.message)
        self._combos[question.id] = combo
        self._box.addWidget(name)
        self._box.addWidget(combo)
        if question.hint is not None:
            self._box.addWidget(widgets.label(speaker, question.hint, "muted", wrap=True))

    def _on_answer(self, question: Question) -> None:
        self.answers[question.id] = str(self._combos[question.id].currentData())
        if question.kind in {"mapping", "number_style"} or question.id.startswith(
            ("column:", "number_style")
        ):
            self._read_again()
        self._check()

    def _read_again(self) -> None:
        from desktop.exchange import refine

        session = self.session
        again = session.attempt(lambda: refine(self.preview, self.answers, session.plan, session.pack))
        if again is not None and again is not self.preview:
            self.preview = again
            self._show()

    def _check(self) -> None:
        missing = [each for each in self.preview.questions if each.required and not self.answers.get(each.id)]
        self.ok.setEnabled(bool(self.preview.programmes) and not missing)
        tip = self.session.say(Message("ui.import.open", n=len(missing))) if missing else ""
        self.ok.setToolTip(tip)

    def take_over(self) -> None:
        """Take the list over as one change."""
        from desktop.exchange import apply_import

        session = self.session
        answers = {key: value for key, value in self.answers.items() if value}
        done = session.attempt(lambda: apply_import(session.workspace, self.preview, answers))
        if done is not None:
            session.told.emit(Message("ui.import.done", n=done.new, updated=done.updated))
            session.show("programmes")
