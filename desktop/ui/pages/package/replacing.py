"""Which package handed in before the new one replaces: it names that one by its hash."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.dialogs.files import ask_open
from desktop.ui.session import Session
from desktop.ui.standings import Answer, Known, Standings, Unknown


class Replacing(QWidget):
    """A choice among the signed packages of this document and any other.

    That there is none before is somebody's statement too: every signer is told of it. What lies on another
    computer, or was locked out of another copy, this document does not know of.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._offered: list[Path] = []
        self._said: tuple[Path | None] | None = None
        """What somebody chose who knows better than this document (None: a first one), once somebody has."""
        self._named_by: Path | None = None
        """What was locked with that choice: once it is signed, it is the one before."""
        speaker = session.speaker
        self.choice = QComboBox()
        self.choice.activated.connect(self._say)
        widgets.call(speaker, self.choice, Message("ui.package.replaces"))
        other = widgets.button(speaker, Message("ui.package.replaces_other"), self._choose)
        self._name = widgets.label(speaker, Message("ui.package.replaces"), "field")
        self._other = other
        self.reading = widgets.label(speaker, Message("ui.package.replaces_reading"), "muted", wrap=True)
        """While it is not known yet which of them are signed."""
        self.reading.hide()
        row = widgets.line(self._name, self.choice, other)
        row.setStretch(1, 1)
        whole = widgets.column(spacing=4)
        whole.addLayout(row)
        whole.addWidget(self.reading)
        self.setLayout(whole)
        self._offer([], None)

    @property
    def chosen(self) -> Path | None:
        """The package to be named; None for a first one."""
        place = self.choice.currentIndex() - 1
        return self._offered[place] if 0 <= place < len(self._offered) else None

    def refresh(self) -> None:
        """Offer what this document's own signed packages are, the newest chosen when it is new here."""
        standings = Standings.of(self.session)
        sealed = self.session.workspace.packages()
        answers = {each.path: standings.of_sealed(each, self) for each in sealed}
        unknown = [each for each in answers.values() if isinstance(each, Unknown)]
        if not unknown:
            found = [each for each, answer in answers.items() if _signed(answer)]
            if self._named_by in found:
                self._said = self._named_by = None
            newest = next(iter(found), None)
            (meant,) = self._said or (newest,)
            if meant is not None and meant not in found:
                found.append(meant)
            if found != self._offered:
                self._offer(found, meant)
        elif Unknown.READING not in unknown:
            return
        self._show(reading=bool(unknown))

    def packages(self) -> list[Path]:
        """What this document was locked into, newest first, and what was chosen besides."""
        own = [each.path for each in self.session.workspace.packages()]
        return [*own, *(each for each in self._said or () if each is not None and each not in own)]

    @property
    def shown(self) -> tuple[Path | None] | None:
        """What is in view as the one replaced; nothing while that is being read."""
        return (self.chosen,) if self.reading.isHidden() else None

    def _show(self, *, reading: bool = False) -> None:
        for part in (self._name, self.choice, self._other):
            part.setVisible(bool(self._offered) or not reading)
        self.reading.setVisible(reading)

    def offer(self, package: Path) -> None:
        """Choose a package that this document does not know of."""
        self._said, self._named_by = (package,), None
        if package not in self._offered:
            self._offered.append(package)
        self._offer(list(self._offered), package)
        self._show()

    def named_by(self, package: Path) -> None:
        """It was locked with this choice, which holds until that is signed: it may be locked again."""
        self._named_by = package if self._said is not None else None

    def _say(self, _row: int) -> None:
        self._said, self._named_by = (self.chosen,), None

    def _offer(self, packages: list[Path], chosen: Path | None) -> None:
        self._offered = packages
        speaker = self.session.speaker
        self.choice.clear()
        self.choice.addItem("")
        speaker.tie(self.choice, _first_text, Message("ui.package.replaces_none"))
        for package in packages:
            self.choice.addItem(package.name)
        self.choice.setCurrentIndex(packages.index(chosen) + 1 if chosen is not None else 0)

    def _choose(self) -> None:
        path = ask_open(self, self.session, Message("ui.package.replaces"), Message("ui.files.packages"))
        if path is not None:
            self.offer(path)


def _signed(answer: Answer) -> bool:
    """Whether somebody has signed it."""
    found = answer.standing if isinstance(answer, Known) else None
    return found is not None and (found.closed or bool(found.signed))


def _first_text(choice: QComboBox, text: str) -> None:
    choice.setItemText(0, text)
