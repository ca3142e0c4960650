"""The guideline packs at hand: those of the program and those installed, with whose they are."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton

from desktop.base import Message
from desktop.base.jobs import Report
from desktop.base.quoting import bounded, bounded_each
from desktop.guideline.store import Available
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import confirm
from desktop.ui.dialogs.files import ask_open
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.pages.settings.parts import SettingsCard
from desktop.ui.running import Runner
from desktop.ui.session import Session


def judged(report: Report) -> tuple[Available, ...]:
    """The packs at hand with whose they are; the library that judges would make the window wait."""
    from desktop.guideline.store import available

    report(0, 0, Message("ui.guidelines.judging"))
    return available()


class GuidelinesCard(SettingsCard):
    """A list of packs; below it what can be done with the chosen one."""

    def __init__(self, session: Session) -> None:
        super().__init__(session, Message("ui.guidelines"), Message("ui.guidelines.note"))
        speaker = session.speaker
        self.packs: tuple[Available, ...] = ()
        self.list = QListWidget()
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(theme.grown(120))
        widgets.call(speaker, self.list, Message("ui.guidelines"))
        self.list.currentRowChanged.connect(lambda _row: self._offer())
        self.add(self.list)
        self.runner = Runner(session)
        self.add(self.runner)
        self.install_button = widgets.button(
            speaker, Message("ui.guidelines.install"), self._choose, icon="plus"
        )
        self.check_button = widgets.button(
            speaker, Message("ui.guidelines.check"), self._check, icon="list-checks"
        )
        self.remove_button: QPushButton = widgets.button(
            speaker, Message("ui.guidelines.remove"), self._remove, icon="trash-2"
        )
        self.add(widgets.line(self.install_button, self.check_button, self.remove_button, 1))
        self.other = QuietCombo()
        name = widgets.label(speaker, Message("ui.guidelines.compare_with"), "field")
        name.setBuddy(self.other)
        widgets.call(speaker, self.other, Message("ui.guidelines.compare_with"))
        self.other.setMinimumContentsLength(24)
        self.other.setSizeAdjustPolicy(QuietCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.compare_button = widgets.button(
            speaker, Message("ui.guidelines.compare"), self._compare, icon="columns-3"
        )
        self.add(name)
        row = widgets.line(self.other, self.compare_button)
        row.setStretch(0, 1)
        self.add(row)
        self.controls["guidelines"] = self.list

    @property
    def chosen(self) -> Available | None:
        """The pack the cursor is on."""
        row = self.list.currentRow()
        return self.packs[row] if 0 <= row < len(self.packs) else None

    def refresh(self) -> None:
        from desktop.guideline.provenance import Standing
        from desktop.guideline.store import available

        found = self.session.attempt(lambda: available(judge=False)) or ()
        if any(one.provenance.standing is Standing.SIGNED for one in found):
            known = {one.path: one for one in self.packs if not one.bundled}
            # what was judged a moment ago stands until it is judged anew
            found = tuple(known.get(one.path, one) if one.usable else one for one in found)
            if not self.runner.running:
                self.runner.start(self._show, judged)
        self._show(found)

    def _show(self, packs: tuple[Available, ...]) -> None:
        self.packs = packs
        row, say = max(0, self.list.currentRow()), self.session.say
        self.list.clear()
        self.other.clear()
        for one in self.packs:
            item = QListWidgetItem(say(described(one)))
            item.setData(Qt.ItemDataRole.UserRole, one.name)
            self.list.addItem(item)
            if one.usable:
                self.other.addItem(f"{say(one.title)} ({one.version})", one.name)
        self.list.setCurrentRow(min(row, len(self.packs) - 1))
        if self.other.count() > 1:
            self.other.setCurrentIndex(1)
        self._offer()

    def _offer(self) -> None:
        """Only what can be done with the chosen one is enabled."""
        one = self.chosen
        self.remove_button.setEnabled(one is not None and not one.bundled)
        self.check_button.setEnabled(one is not None)
        self.compare_button.setEnabled(one is not None and one.usable and self.other.count() > 1)

    def _choose(self) -> None:
        from desktop.ui.dialogs.guidelines import install_pack

        path = ask_open(self, self.session, Message("ui.guidelines.install"), Message("ui.files.packs"))
        if path is not None and install_pack(self, self.session, path) is not None:
            self.refresh()

    def _check(self) -> None:
        from desktop.ui.dialogs.guidelines import show_check

        one = self.chosen
        if one is not None:
            show_check(self, self.session, one.path)

    def _remove(self) -> None:
        from desktop.guideline.store import remove

        one = self.chosen
        if one is None or one.bundled:
            return
        question = Message("ui.guidelines.remove_question", title=one.title, version=one.version)
        if confirm(self, self.session, question, Message("ui.guidelines.remove"), careful=True):
            self.session.attempt(partial(remove, one.name))
            self.refresh()

    def _compare(self) -> None:
        from desktop.ui.dialogs.guidelines import show_difference

        one = self.chosen
        other = next((each for each in self.packs if each.name == self.other.currentData()), None)
        if one is not None and other is not None:
            show_difference(self, self.session, one, other)


def described(one: Available) -> Message:
    """What stands in the list about a pack: title, version, state, whose it is; or what is wrong with it."""
    if one.problem is not None:
        return Message("ui.guidelines.damaged", file=one.path.name, problem=one.problem)
    return Message(
        "ui.guidelines.line",
        title=bounded_each(one.title),
        version=bounded(one.version),
        status=Message(f"guideline.status.{one.status}"),
        whose=one.provenance.message,
    )
