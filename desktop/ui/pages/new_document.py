"""The form for a new document: region, years, guideline, your name and role, and where the file lies."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from desktop.base import Message
from desktop.base.clock import now
from desktop.ui import theme, widgets
from desktop.ui.dialogs.files import Purpose, ask_save
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.pages.guideline_picker import GuidelinePicker
from desktop.ui.pages.recent import Elided
from desktop.ui.pages.region_picker import RegionPicker
from desktop.ui.roles import ROLE_NAMES
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.exchange.guessing import Guess

YEARS = 5
"""How many years a new plan has unless the guideline wants more."""
FOLDER = "Rancang"
"""The folder within the person's documents in which new files lie unless they say otherwise."""


def documents() -> Path:
    """Where a person's documents are on this computer."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(found or Path.home()) / FOLDER


def free_name(folder: Path, stem: str) -> Path:
    """A file name that nothing has yet."""
    path, number = folder / f"{stem}.rancang", 2
    while path.exists():
        path, number = folder / f"{stem} ({number}).rancang", number + 1
    return path


class NewDocument(QWidget):
    """Everything a new workspace needs, on one screen; what is wrong is said at its field."""

    def __init__(self, session: Session, back: Callable[[], object]) -> None:
        super().__init__()
        self._session = session
        self._back = back
        self._problems: dict[str, QLabel] = {}
        self._tried = False
        self._chosen_path: Path | None = None
        self._afterwards: Callable[[], object] | None = None
        speaker = session.speaker
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.PAD)
        self.heading = widgets.label(speaker, Message("ui.start.new"), "title", wrap=True)
        self.note = widgets.label(speaker, Message("ui.new.purpose"), "purpose", wrap=True)
        words = widgets.column(spacing=2)
        words.addWidget(self.heading)
        words.addWidget(self.note)
        outer.addLayout(words)
        self.sides = QHBoxLayout()
        self.sides.setSpacing(theme.PAD)
        self.sides.addWidget(self._where(), 1)
        self.sides.addWidget(self._what(), 1)
        outer.addLayout(self.sides, 1)
        self.make_it = widgets.button(
            speaker, Message("ui.new.create"), self.begin, icon="check", look="primary"
        )
        cancel = widgets.button(speaker, Message("ui.new.back"), back, icon="chevron-left")
        outer.addLayout(widgets.line(cancel, 1, self.make_it))
        speaker.changed.connect(self._speak)

    # -- the two sides --------------------------------------------------------------------------
    def _where(self) -> QWidget:
        speaker = self._session.speaker
        card = widgets.Card(speaker, Message("ui.new.region"), Message("ui.new.region.note"))
        self.picker = RegionPicker(self._session)
        self.search, self.list = self.picker.search, self.picker.list
        self.picker.changed.connect(self._check)
        self.picker.taken.connect(lambda: self.first.setFocus(Qt.FocusReason.TabFocusReason))
        card.add(self.picker, 1)
        card.add(self._problem("region"))
        return card

    def _what(self) -> QWidget:
        speaker = self._session.speaker
        card = widgets.Card(speaker, Message("ui.new.plan"))
        card.add(self._years())
        card.add(self._problem("years"))
        self.guideline = GuidelinePicker(self._session)
        self.guideline.changed.connect(self._offer_years)
        other = widgets.button(
            speaker, Message("ui.new.other_pack"), self.guideline.choose_file, look="quiet"
        )
        self._field(card, Message("ui.new.guideline"), self.guideline, "guideline", other)
        person = QHBoxLayout()
        person.setSpacing(theme.PAD)
        self.name = QLineEdit()
        self.name.textChanged.connect(lambda _text: self._check())
        self.name.returnPressed.connect(self.begin)
        self.role = QuietCombo()
        for name, editor, key in (
            (Message("ui.new.name"), self.name, "name"),
            (Message("ui.new.role"), self.role, ""),
        ):
            part = widgets.column(spacing=4)
            self._labelled(part, name, editor)
            if key:
                part.addWidget(self._problem(key))
            part.addStretch(1)
            person.addLayout(part, 1)
        card.add(person)
        card.add(self._place())
        card.add(self._problem("place"))
        card.body.addStretch(1)
        return card

    def _years(self) -> QHBoxLayout:
        years = QHBoxLayout()
        years.setSpacing(theme.PAD)
        self.first, self.last = QSpinBox(), QuietCombo()
        self.first.setRange(1990, 2090)
        self.first.setValue(now().year + 1)
        self.first.lineEdit().setTextMargins(8, 0, 0, 0)
        self.first.valueChanged.connect(lambda _value: self._offer_years())
        self.last.activated.connect(lambda _row: self._check())
        for name, box in (
            (Message("ui.profile.first_year"), self.first),
            (Message("ui.profile.last_year"), self.last),
        ):
            part = widgets.column(spacing=4)
            self._labelled(part, name, box)
            years.addLayout(part, 1)
        return years

    def _place(self) -> QVBoxLayout:
        speaker = self._session.speaker
        box = widgets.column(spacing=2)
        box.addWidget(widgets.label(speaker, Message("ui.new.where"), "field"))
        self._path_shown = Elided("")
        self.change_place = widgets.button(
            speaker, Message("ui.new.where.change"), self._choose_place, look="quiet"
        )
        row = widgets.line(self._path_shown, self.change_place)
        row.setStretch(0, 1)
        box.addLayout(row)
        return box

    def _labelled(self, box: QVBoxLayout, name: Message, editor: QWidget) -> None:
        label = widgets.label(self._session.speaker, name, "field")
        label.setBuddy(editor)
        widgets.call(self._session.speaker, editor, name)
        box.addWidget(label)
        box.addWidget(editor)

    def _field(self, card: widgets.Card, name: Message, editor: QWidget, key: str, beside: QWidget) -> None:
        box = widgets.column(spacing=4)
        label = widgets.label(self._session.speaker, name, "field")
        label.setBuddy(editor)
        widgets.call(self._session.speaker, editor, name)
        box.addLayout(widgets.line(label, 1, beside))
        box.addWidget(editor)
        box.addWidget(self._problem(key))
        card.add(box)
        # the list itself comes before what adds to it, for the keyboard too
        QWidget.setTabOrder(editor, beside)

    def _problem(self, key: str) -> QLabel:
        made = widgets.label(self._session.speaker, "", "bad", wrap=True)
        made.hide()
        self._problems[key] = made
        return made

    # -- filling --------------------------------------------------------------------------------
    def prepare(self, guess: Guess | None = None, afterwards: Callable[[], object] | None = None) -> None:
        """Make the form ready, with what a list tells of itself; ``afterwards`` is done when it is made."""
        self._session.attempt(self.guideline.load)
        self._afterwards = afterwards
        self._tried, self._chosen_path = False, None
        self.name.setText(self._session.settings.name)
        self._speak()
        self.role.setCurrentIndex(max(0, self.role.findData(self._session.settings.role)))
        tie = self._session.speaker.tie
        if guess is None:
            tie(self.heading, QLabel.setText, Message("ui.start.new"))
            tie(self.note, QLabel.setText, Message("ui.new.purpose"))
            tie(self.make_it, type(self.make_it).setText, Message("ui.new.create"))
            self.picker.show_found()
        else:
            tie(self.heading, QLabel.setText, Message("ui.new.from", file=guess.path.name))
            tie(self.note, QLabel.setText, Message("ui.new.from.note", n=guess.rows))
            tie(self.make_it, type(self.make_it).setText, Message("ui.new.create_import"))
            self._take(guess)
        self._check()

    def _take(self, guess: Guess) -> None:
        if not self.picker.choose(guess.region):
            self.picker.look_for(guess.words)
        if guess.first_year:
            self.first.setValue(guess.first_year)
            self._offer_years()
            self.last.setCurrentIndex(max(0, self.last.findData(guess.last_year)))

    def take_focus(self) -> None:
        """Put the cursor where something is still to be said."""
        for missing, editor in (
            (self.picker.region is None, self.search),
            (not self.name.text().strip(), self.name),
        ):
            if missing:
                editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.make_it.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_place(self) -> None:
        kinds, session = Message("ui.files.workspaces"), self._session
        chosen = ask_save(
            self, session, Message("ui.new.where"), self.path.name, kinds, Purpose.DOCUMENTS, self.path.parent
        )
        if chosen is not None:
            self._chosen_path = chosen if chosen.suffix == ".rancang" else Path(f"{chosen}.rancang")
            self._check()

    def _speak(self) -> None:
        say, role = self._session.say, max(0, self.role.currentIndex())
        self.guideline.speak()
        self.role.clear()
        for code, name in ROLE_NAMES.items():
            self.role.addItem(say(name), code)
        self.role.setCurrentIndex(role)
        self._offer_years()

    def _offer_years(self) -> None:
        """The last years that this guideline allows; the length stays as it was where it can."""
        info = self.guideline.info
        least, most = (info.min_years, info.max_years) if info else (YEARS, YEARS)
        length = self.last.currentIndex() if self.last.count() else max(0, YEARS - least)
        first = self.first.value()
        self.last.clear()
        for count in range(least, most + 1):
            year = first + count - 1
            words = Message("ui.new.last_year", year=str(year), n=count)
            self.last.addItem(self._session.say(words), year)
        self.last.setCurrentIndex(min(max(0, length), self.last.count() - 1))
        self._check()

    @property
    def last_year(self) -> int:
        """The last year chosen."""
        return int(self.last.currentData() or self.first.value())

    @property
    def path(self) -> Path:
        """Where the file will lie."""
        if self._chosen_path is not None:
            return self._chosen_path
        region = self.picker.region
        name = region.name.removeprefix("Kabupaten ") if region else self._session.say(Message("ui.new.file"))
        return free_name(self._folder(), f"{name} {self.first.value()}-{self.last_year}")

    def _folder(self) -> Path:
        """The folder the person set for documents, else one of ours among theirs."""
        wanted = self._session.settings.folders.get(Purpose.DOCUMENTS, "")
        return Path(wanted) if wanted and Path(wanted).is_dir() else documents()

    # -- creating -------------------------------------------------------------------------------
    def problems(self) -> dict[str, Message]:
        """What is missing or cannot be, by the field it is said at."""
        found: dict[str, Message] = {}
        if self.picker.region is None:
            found["region"] = Message("ui.new.need_region")
        if self.guideline.info is None:
            found["guideline"] = Message("ui.new.need_guideline")
        if not self.name.text().strip():
            found["name"] = Message("ui.new.need_name")
        if self._chosen_path is not None and self._chosen_path.exists():
            found["place"] = Message("ui.new.exists", file=self._chosen_path.name)
        return found

    def _check(self) -> None:
        found = self.problems() if self._tried else {}
        for key, label in self._problems.items():
            label.setVisible(key in found)
            if key in found:
                self._session.speaker.tie(label, QLabel.setText, found[key])
        theme.mark(self.name, invalid="name" in found)
        theme.mark(self.search, invalid="region" in found)
        self._path_shown.put(str(self.path))

    def begin(self) -> None:
        """Make the document where everything is said; else say at its field what is missing."""
        self._tried = True
        self._check()
        missing = self.problems()
        if missing:
            editors = {"region": self.search, "name": self.name, "place": self.change_place}
            editors.get(next(iter(missing)), self.guideline).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._session.attempt(lambda: self.make(self.path))

    def make(self, path: Path) -> None:
        """Make the workspace and open it. Raises what ``Workspace.create`` raises."""
        from desktop.workspace import Workspace

        session, region = self._session, self.picker.region
        if region is None:
            return
        session.remember(name=self.name.text().strip(), role=str(self.role.currentData()))
        first, last = self.first.value(), self.last_year
        language = session.speaker.language.value
        title = dict.fromkeys(("id", language), f"Masterplan Smart City {region.name} {first}–{last}")
        if path.parent == documents():
            path.parent.mkdir(parents=True, exist_ok=True)
        workspace = Workspace.create(
            path if path.suffix == ".rancang" else path.with_name(f"{path.name}.rancang"),
            region=region.code,
            first_year=first,
            last_year=last,
            pack=self.guideline.content,
            author=session.author(),
            title=title,
            source_language="id",
            example=False,
        )
        session.adopt(workspace)
        self._back()
        afterwards, self._afterwards = self._afterwards, None
        if afterwards is not None:
            afterwards()
