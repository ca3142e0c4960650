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
        self._by_hand: list[Path] = []
        """Those that somebody chose who knows better than this document."""
        speaker = session.speaker
        self.choice = QComboBox()
        self.choice.activated.connect(lambda _row: self._remember(self.chosen))
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
            found += [each for each in self._by_hand if each not in found]
            if found != self._offered:
                meant = self.chosen if self.chosen in self._by_hand else None
                self._offer(found, meant or next(iter(found), None))
        elif Unknown.READING not in unknown:
            return
        self._show(reading=bool(unknown))

    def packages(self) -> list[Path]:
        """What this document was locked into, newest first, and what was chosen besides."""
        return [*(each.path for each in self.session.workspace.packages()), *self._by_hand]

    def _show(self, *, reading: bool = False) -> None:
        for part in (self._name, self.choice, self._other):
            part.setVisible(bool(self._offered) or not reading)
        self.reading.setVisible(reading)

    def offer(self, package: Path) -> None:
        """Choose a package that this document does not know of."""
        self._remember(package)
        if package not in self._offered:
            self._offered.append(package)
        self._offer(list(self._offered), package)
        self._show()

    def let_go(self) -> None:
        """It was named: of what is locked next, that is the one before."""
        self._by_hand.clear()

    def _remember(self, package: Path | None) -> None:
        if package is not None and package not in self._by_hand:
            self._by_hand.append(package)

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
