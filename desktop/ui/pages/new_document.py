"""The form for a new document: region, years, guideline, your name and role, and where the file shall lie."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from desktop.base import Message
from desktop.base.clock import now
from desktop.ui import regions, theme, widgets
from desktop.ui.dialogs.files import Purpose, ask_open, ask_save
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.roles import ROLE_NAMES
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.guideline.pack import PackInfo

YEARS = 5
"""How many years a new plan has unless the guideline wants more."""


class NewDocument(QWidget):
    """Everything a new workspace needs, on one screen."""

    def __init__(self, session: Session, back: Callable[[], object]) -> None:
        super().__init__()
        self._session = session
        self._back = back
        self._packs: list[tuple[PackInfo, bytes]] = []
        speaker = session.speaker
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme.PAD)
        sides = QHBoxLayout()
        sides.setSpacing(theme.PAD)
        sides.addWidget(self._where(), 1)
        sides.addWidget(self._what(), 1)
        outer.addLayout(sides, 1)
        self.problem = widgets.label(speaker, "", "bad", wrap=True)
        self.problem.hide()
        outer.addWidget(self.problem)
        self.make_it = widgets.button(
            speaker, Message("ui.new.create"), self._create, icon="check", look="primary"
        )
        cancel = widgets.button(speaker, Message("ui.new.back"), back, icon="chevron-left")
        outer.addLayout(widgets.line(cancel, 1, self.make_it))
        self._typing = QTimer(self, singleShot=True, interval=60)
        self._typing.timeout.connect(self._search)
        speaker.changed.connect(self._speak)
        self.search.textChanged.connect(lambda _text: self._typing.start())

    def _where(self) -> QWidget:
        speaker = self._session.speaker
        card = widgets.Card(speaker, Message("ui.new.region"), Message("ui.new.region.note"))
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        widgets.edit_icon(self.search, "search", QLineEdit.ActionPosition.LeadingPosition)
        speaker.tie(self.search, QLineEdit.setPlaceholderText, Message("ui.new.region.search"))
        widgets.call(speaker, self.search, Message("ui.new.region.search"))
        for inner in self.search.findChildren(QWidget):
            widgets.call(speaker, inner, Message("ui.new.region.search"))
        self.list = QListWidget()
        self.list.setUniformItemSizes(True)
        widgets.call(speaker, self.list, Message("ui.new.region"))
        self.list.currentItemChanged.connect(lambda *_: self._check())
        card.add(self.search)
        card.add(self.list, 1)
        return card

    def _what(self) -> QWidget:
        speaker = self._session.speaker
        card = widgets.Card(speaker, Message("ui.new.plan"))
        self.guideline = QuietCombo()
        self.guideline.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.guideline.activated.connect(lambda _row: self._check())
        self._field(card, Message("ui.new.guideline"), self.guideline)
        other = widgets.button(
            speaker, Message("ui.new.other_pack"), self._choose_pack, icon="folder-open", look="quiet"
        )
        card.add(widgets.line(other, 1))
        self.first, self.last = QSpinBox(), QSpinBox()
        year = now().year
        for box, value in ((self.first, year + 1), (self.last, year + YEARS)):
            box.setRange(1990, 2100)
            box.setValue(value)
            box.valueChanged.connect(lambda _value: self._check())
        years = QHBoxLayout()
        for name, box in (
            (Message("ui.profile.first_year"), self.first),
            (Message("ui.profile.last_year"), self.last),
        ):
            part = widgets.column(spacing=4)
            label = widgets.label(speaker, name, "field")
            label.setBuddy(box)
            widgets.call(speaker, box, name)
            part.addWidget(label)
            part.addWidget(box)
            years.addLayout(part, 1)
        card.add(years)
        self.name = QLineEdit()
        self.name.textChanged.connect(lambda _text: self._check())
        self._field(card, Message("ui.new.name"), self.name)
        self.role = QuietCombo()
        self._field(card, Message("ui.new.role"), self.role)
        card.body.addStretch(1)
        return card

    def _field(self, card: widgets.Card, name: Message, editor: QWidget) -> None:
        label = widgets.label(self._session.speaker, name, "field")
        label.setBuddy(editor)
        widgets.call(self._session.speaker, editor, name)
        card.add(label)
        card.add(editor)

    # -- filling --------------------------------------------------------------------------------
    def prepare(self) -> None:
        """Fill the lists; called when the form is first shown."""
        if not self._packs:
            self._session.attempt(self._load_packs)
        self.name.setText(self._session.settings.name)
        self._search()
        self._speak()
        self._check()

    def _load_packs(self) -> None:
        from desktop.guideline import bundled, bundled_bytes, load_pack

        for each in bundled():
            data = bundled_bytes(each.id)
            self._packs.append((load_pack(data).pack, data))

    def add_pack(self, path: Path) -> None:
        """Offer a guideline from a file, and choose it. Raises BrokenPack."""
        from desktop.guideline import open_pack

        opened = open_pack(path)
        self._packs.append((opened.pack.pack, path.read_bytes() if path.is_file() else opened.content))
        self._speak()
        self.guideline.setCurrentIndex(len(self._packs) - 1)
        self._check()

    def _choose_pack(self) -> None:
        path = ask_open(self, self._session, Message("ui.new.other_pack"), Message("ui.files.packs"))
        if path is not None:
            self._session.attempt(lambda: self.add_pack(path))

    def _speak(self) -> None:
        say = self._session.say
        chosen, role = max(0, self.guideline.currentIndex()), max(0, self.role.currentIndex())
        self.guideline.clear()
        for info, _ in self._packs:
            version = say(Message("ui.new.version", version=info.version))
            self.guideline.addItem(f"{say(info.title)} ({version})")
        self.guideline.setCurrentIndex(chosen if self._packs else -1)
        self.role.clear()
        for code, name in ROLE_NAMES.items():
            self.role.addItem(say(name), code)
        self.role.setCurrentIndex(role)

    def _search(self) -> None:
        self.list.clear()
        for each in regions.search(self.search.text()):
            item = QListWidgetItem(
                f"{each.name}    \N{MIDDLE DOT} {each.province} \N{MIDDLE DOT} {each.code}"
            )
            item.setData(Qt.ItemDataRole.UserRole, each)
            self.list.addItem(item)
        if self.search.text() and self.list.count():
            self.list.setCurrentRow(0)
        self._check()

    # -- creating -------------------------------------------------------------------------------
    def _missing(self) -> Message | None:
        if self.list.currentItem() is None:
            return Message("ui.new.need_region")
        if not 0 <= self.guideline.currentIndex() < len(self._packs):
            return Message("ui.new.need_guideline")
        info = self._packs[self.guideline.currentIndex()][0]
        count = self.last.value() - self.first.value() + 1
        if not info.min_years <= count <= info.max_years:
            return Message("ui.new.need_years", least=info.min_years, most=info.max_years)
        if not self.name.text().strip():
            return Message("ui.new.need_name")
        return None

    def _check(self) -> None:
        missing = self._missing()
        self.make_it.setEnabled(missing is None)
        self.make_it.setToolTip(self._session.say(missing) if missing else "")
        self.problem.setVisible(missing is not None)
        if missing is not None:
            self._session.speaker.tie(self.problem, type(self.problem).setText, missing)
            theme.look(self.problem, "muted")

    def _create(self) -> None:
        item = self.list.currentItem()
        region: regions.RegionEntry = item.data(Qt.ItemDataRole.UserRole)
        name = region.name.replace(" ", "-").lower()
        proposed = f"{name}-{self.first.value()}-{self.last.value()}.rancang"
        kinds = Message("ui.files.workspaces")
        path = ask_save(self, self._session, Message("ui.new.where"), proposed, kinds, Purpose.DOCUMENTS)
        if path is not None:
            self._session.attempt(lambda: self.make(path))

    def make(self, path: Path) -> None:
        """Make the workspace and open it. Raises what ``Workspace.create`` raises."""
        from desktop.workspace import Workspace

        session = self._session
        region: regions.RegionEntry = self.list.currentItem().data(Qt.ItemDataRole.UserRole)
        session.remember(name=self.name.text().strip(), role=str(self.role.currentData()))
        language = session.speaker.language.value
        title = {
            code: f"Masterplan Smart City {region.name} {self.first.value()}\N{EN DASH}{self.last.value()}"
            for code in ("id", language)
        }
        workspace = Workspace.create(
            path if path.suffix == ".rancang" else path.with_name(f"{path.name}.rancang"),
            region=region.code,
            first_year=self.first.value(),
            last_year=self.last.value(),
            pack=self._packs[self.guideline.currentIndex()][1],
            author=session.author(),
            title=title,
            source_language="id",
            example=False,
        )
        session.adopt(workspace)
        self._back()
