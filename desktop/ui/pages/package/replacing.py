"""Which package handed in before the new one replaces: it names that one by its hash."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from desktop.base import Message
from desktop.base.places import is_called
from desktop.ui import widgets
from desktop.ui.dialogs.files import ask_open
from desktop.ui.pages.package.said import Said
from desktop.ui.session import Session
from desktop.ui.standings import Answer, Known, Standings, Unknown


class Replacing(QWidget):
    """A choice among the signed packages of this document and any other.

    That there is none before is somebody's statement too: every signer is told of it. What lies on another
    computer, or was locked out of another copy, or out of a newer state than the one that lies here now, this
    document does not know of; and of what it knows, which one was handed in. So nothing is proposed: somebody
    says it.
    """

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._said = Said.of(session)
        self._offered: list[Path] = []
        speaker = session.speaker
        self.choice = QComboBox()
        self.choice.activated.connect(self._say)
        speaker.tie(self.choice, QComboBox.setPlaceholderText, Message("ui.package.replaces_choose"))
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
        self._offer([], 0)

    @property
    def chosen(self) -> Path | None:
        """The package to be named; None for a first one, and while :attr:`unsaid`."""
        place = self.choice.currentIndex() - 1
        return self._offered[place] if 0 <= place < len(self._offered) else None

    @property
    def unsaid(self) -> bool:
        """Whether somebody has to say it first: nobody has."""
        return self._said.package is None

    @property
    def none_known(self) -> bool:
        """Whether there is nothing to choose from but another file."""
        return not self._offered and not self.session.workspace.packages()

    @property
    def exchanged(self) -> bool:
        """Whether another package lies by now where somebody chose one."""
        seen = self._said.seen
        return bool(seen) and self._id_there() != seen

    def _id_there(self) -> str:
        """The id of what lies where somebody chose a package; empty where that is not known yet."""
        (package,) = self._said.package or (None,)
        answer = Standings.of(self.session).ask(package, self) if package is not None else Known(None)
        return answer.standing.id if isinstance(answer, Known) and answer.standing is not None else ""

    def refresh(self) -> None:
        """Offer what this document's own signed packages are, the newest first."""
        standings = Standings.of(self.session)
        self._end(standings)
        self._said.see(self._id_there())
        sealed = self.session.workspace.packages()
        answers = {each.path: standings.of_sealed(each, self) for each in sealed}
        unknown = [each for each in answers.values() if isinstance(each, Unknown)]
        if not unknown:
            found = [each for each, answer in answers.items() if _signed(answer)]
            at = self._place(found)
            if found != self._offered or at != self.choice.currentIndex():
                self._offer(found, at)
        elif Unknown.READING not in unknown:
            return
        self._show(reading=bool(unknown))

    def _end(self, standings: Standings) -> None:
        """Of the next one nobody has said anything where what was locked with it was closed, or went."""
        if self._said.locked_with is None:
            return
        from desktop.submission.standing import same_package

        package, identity = self._said.locked_with
        answer = standings.ask(package, self)
        if isinstance(answer, Known):
            found = same_package(answer.standing, identity)
            if found is None or found.believed:
                self._said.forget()

    def _place(self, found: list[Path]) -> int:
        """Where in the list stands what is replaced; what only somebody knew of is added to ``found``."""
        if self.unsaid:
            return -1
        (meant,) = self._said.package or (None,)
        if meant is None:
            return 0
        at = next((each for each, path in enumerate(found) if is_called(path, meant)), len(found))
        # by the words in which it was named: of what lies there somebody is asked under these
        found[at:] = [meant, *found[at + 1 :]]
        return at + 1

    def packages(self) -> list[Path]:
        """What this document was locked into, newest first, and what was chosen besides."""
        own = [each.path for each in self.session.workspace.packages()]
        said, locked = self._said.package or (), (self._said.locked_with or (None,))[:1]
        return list(dict.fromkeys([*own, *(each for each in (*said, *locked) if each is not None)]))

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
        self._said.say(package)
        self._said.see(self._id_there())
        found = list(self._offered)
        at = self._place(found)
        self._offer(found, at)
        self._show()

    def say_first(self) -> None:
        """Somebody said that there is none before."""
        self.choice.setCurrentIndex(0)
        self._say(0)

    def _say(self, _row: int) -> None:
        self._said.say(self.chosen)
        self._said.see(self._id_there())

    def _offer(self, packages: list[Path], at: int) -> None:
        """Put these below that there is none; ``at``: which row is chosen, -1 for none of them."""
        self._offered = packages
        self.choice.clear()
        self.choice.addItem("")
        self.session.speaker.tie(self.choice, _first_text, Message("ui.package.replaces_none"))
        for package in packages:
            self.choice.addItem(package.name)
        self.choice.setCurrentIndex(at)

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
