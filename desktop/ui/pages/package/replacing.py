"""Which package handed in before the new one replaces: it names that one by its hash."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QWidget

from desktop.base import Message
from desktop.ui import widgets
from desktop.ui.dialogs.files import ask_open
from desktop.ui.session import Session

_Mark = tuple[Path, int, int]


class Replacing(QWidget):
    """A choice among the signed packages of this document; hidden while there is none."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._offered: list[Path] = []
        self._known: dict[_Mark, bool] = {}
        speaker = session.speaker
        self.choice = QComboBox()
        widgets.call(speaker, self.choice, Message("ui.package.replaces"))
        other = widgets.button(speaker, Message("ui.package.replaces_other"), self._choose)
        name = widgets.label(speaker, Message("ui.package.replaces"), "field")
        row = widgets.line(name, self.choice, other)
        row.setStretch(1, 1)
        self.setLayout(row)
        self.hide()

    @property
    def chosen(self) -> Path | None:
        """The package to be named; None for a first one."""
        place = self.choice.currentIndex() - 1
        return self._offered[place] if 0 <= place < len(self._offered) else None

    def refresh(self) -> None:
        """Offer what this document's own signed packages are, the newest chosen when it is new here."""
        found = [each.path for each in self.session.workspace.packages() if self._signed(each.path)]
        found += [each for each in self._offered if each not in found and each.is_file()]
        if found != self._offered:
            self._offer(found, found[0] if found else None)
        self.setVisible(bool(found))

    def offer(self, package: Path) -> None:
        """Choose a package that this document does not know of."""
        if package not in self._offered:
            self._offered.append(package)
        self._offer(list(self._offered), package)
        self.show()

    def _offer(self, packages: list[Path], chosen: Path | None) -> None:
        self._offered = packages
        speaker = self.session.speaker
        self.choice.clear()
        self.choice.addItem("")
        speaker.tie(self.choice, _first_text, Message("ui.package.replaces_none"))
        for package in packages:
            self.choice.addItem(package.name)
        self.choice.setCurrentIndex(packages.index(chosen) + 1 if chosen is not None else 0)

    def _signed(self, package: Path) -> bool:
        """Whether somebody has signed it; asked once for each state of the file."""
        from desktop.submission.standing import standing

        try:
            facts = package.stat()
        except OSError:
            return False
        mark = (package, facts.st_size, facts.st_mtime_ns)
        if mark not in self._known:
            found = standing(package)
            self._known[mark] = found is not None and (found.closed or bool(found.signed))
        return self._known[mark]

    def _choose(self) -> None:
        path = ask_open(self, self.session, Message("ui.package.replaces"), Message("ui.files.packages"))
        if path is not None:
            self.offer(path)


def _first_text(choice: QComboBox, text: str) -> None:
    choice.setItemText(0, text)
