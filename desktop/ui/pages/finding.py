"""The page that finds words in the whole plan, and puts others in their place as one change."""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QTreeWidget, QTreeWidgetItem

from desktop.base import Message
from desktop.exchange.finding import BadPattern, Hit, Query, page_title, search
from desktop.exchange.replacing import changes, write
from desktop.ui import inside, theme, widgets
from desktop.ui.fading import fade
from desktop.ui.flow import Flow
from desktop.ui.pages.page import Page
from desktop.ui.session import Session
from desktop.workspace.plan import Place

SLICE = 8
"""Milliseconds of looking at a time, so that typing goes on."""
MOST = 2000
"""Occurrences listed; who finds more looks for something narrower."""
_HIT = int(Qt.ItemDataRole.UserRole)
_LANGUAGES = (
    ("", Message("ui.find.all_languages")),
    ("id", Message("ui.language.id")),
    ("en", Message("ui.language.en")),
)


class FindingPage(Page):
    """Words, what comes in their place, and every occurrence by its page, each to be chosen or not."""

    purpose = Message("ui.find.purpose")
    fills = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        speaker = session.speaker
        self.words = self._line(Message("ui.find.words"))
        self.new = self._line(Message("ui.find.new"))
        self.replace_button = widgets.button(
            speaker, Message("ui.find.replace"), self.replace_chosen, icon="replace", look="primary"
        )
        self.words.textChanged.connect(self._later)
        self.case = self._box(Message("ui.find.case"))
        self.whole = self._box(Message("ui.find.whole"))
        self.pattern = self._box(Message("ui.find.pattern"))
        self.language = QComboBox()
        for value, name in _LANGUAGES:
            self.language.addItem(session.say(name), value)
        widgets.call(speaker, self.language, Message("ui.find.language"))
        self.language.activated.connect(self._later)
        speaker.changed.connect(self._speak)
        card = widgets.Card(speaker)
        lines = Flow(self.words, self.new, self.replace_button)
        lines.grow(self.words, self.new)
        card.add(lines)
        card.add(Flow(self.case, self.whole, self.pattern, self.language, spacing=14))
        self.add(card)
        self.said = widgets.label(speaker, "", "muted", wrap=True)
        self.add(self.said)
        self.tree = QTreeWidget()
        fade(self.tree)
        self.tree.setHeaderHidden(True)
        self.tree.setUniformRowHeights(True)
        widgets.call(speaker, self.tree, Message("ui.find.occurrences"))
        self.tree.itemActivated.connect(self._go)
        self.tree.itemChanged.connect(self._on_ticked)
        self.add(self.tree, 1)
        widgets.keep_room(self.tree)
        self._pause = QTimer(self, singleShot=True, interval=250)
        self._pause.timeout.connect(self.begin)
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._on)
        self._work: Iterator[tuple[Hit, ...]] | None = None
        self._count = 0
        self._parents: dict[tuple[str, str], QTreeWidgetItem] = {}
        self._tell()

    def _line(self, name: Message) -> QLineEdit:
        made = QLineEdit()
        inside.clearing(self.session.speaker, made)
        self.session.speaker.tie(made, QLineEdit.setPlaceholderText, name)
        widgets.call(self.session.speaker, made, name)
        return made

    def _box(self, name: Message) -> QCheckBox:
        made = QCheckBox()
        self.session.speaker.tie(made, QCheckBox.setText, name)
        made.toggled.connect(self._later)
        return made

    def _speak(self) -> None:
        for row, (_, name) in enumerate(_LANGUAGES):
            self.language.setItemText(row, self.session.say(name))

    def has_findings(self) -> bool:
        return False

    # -- looking --------------------------------------------------------------------------------
    def query(self) -> Query:
        """What is looked for."""
        language = str(self.language.currentData() or "")
        return Query(
            self.words.text(),
            case=self.case.isChecked(),
            whole=self.whole.isChecked(),
            pattern=self.pattern.isChecked(),
            languages=frozenset({language} if language else ()),
        )

    def _later(self) -> None:
        self._slices.stop()
        self._pause.start()

    def refresh(self) -> None:
        if self.words.text():
            self._later()
        self.replace_button.setEnabled(False)

    def arrive(self) -> None:
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)
        self.words.selectAll()

    def begin(self) -> None:
        """Look from the start."""
        self._pause.stop()
        self.tree.clear()
        self._parents.clear()
        self._count = 0
        self._work = None
        if self.words.text() and self.session.is_open:
            try:
                self.query().compiled()
            except BadPattern as problem:
                self._say(problem.message, "bad")
                self.replace_button.setEnabled(False)
                return
            self._work = search(self.session.plan, self.session.pack, self.query())
            self._slices.start()
        self.tree.setVisible(self._work is not None)
        self._tell()

    def _on(self) -> None:
        until = monotonic() + SLICE / 1000
        while self._work is not None and monotonic() < until:
            hits = next(self._work, None)
            if hits is None or self._count >= MOST:
                self._slices.stop()
                self._work = None
                self.tree.setVisible(self._count > 0)
                self._tell()
                return
            self._show(hits)

    def _show(self, hits: tuple[Hit, ...]) -> None:
        self.tree.blockSignals(True)
        for hit in hits:
            item = QTreeWidgetItem(self._parent(hit))
            line = f"{hit.before}\u00bb{hit.found}\u00ab{hit.after}"
            item.setText(0, line)
            where = self.session.say(hit.source.where)
            language = f" ({hit.source.language.upper()})" if hit.source.language else ""
            item.setToolTip(0, f"{where}{language}\n{line}")
            item.setData(0, _HIT, hit)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(0, Qt.CheckState.Checked)
        self._count += len(hits)
        self.tree.blockSignals(False)

    def _parent(self, hit: Hit) -> QTreeWidgetItem:
        page = hit.source.page
        key = (page.page, page.ref)
        if key not in self._parents:
            item = QTreeWidgetItem(self.tree)
            title = page_title(self.session.plan, self.session.pack, *key)
            item.setText(0, self.session.say(title))
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsAutoTristate)
            font = item.font(0)
            font.setBold(True)
            item.setFont(0, font)
            item.setExpanded(True)
            self._parents[key] = item
        return self._parents[key]

    def hits(self, *, chosen: bool = False) -> list[Hit]:
        """The occurrences listed, or those that are chosen."""
        found = []
        for parent in self._parents.values():
            for row in range(parent.childCount()):
                item = parent.child(row)
                if item is not None and (not chosen or item.checkState(0) is Qt.CheckState.Checked):
                    found.append(item.data(0, _HIT))
        return found

    def _on_ticked(self, _item: QTreeWidgetItem, _column: int) -> None:
        self._tell()

    def _tell(self) -> None:
        chosen = len(self.hits(chosen=True))
        self.replace_button.setEnabled(bool(chosen) and not self.session.read_only)
        if not self.words.text():
            self._say(Message("ui.find.begin"), "muted")
        elif self._work is not None or self._pause.isActive():
            self._say(Message("ui.find.looking"), "muted")
        elif not self._count:
            self._say(Message("ui.find.nothing", words=self.words.text()), "muted")
        else:
            self._say(
                Message("ui.find.found", n=self._count, pages=len(self._parents), chosen=chosen), "muted"
            )

    def _say(self, message: Message, look: str) -> None:
        theme.look(self.said, look)
        self.session.speaker.tie(self.said, QLabel.setText, message)

    # -- going and replacing --------------------------------------------------------------------
    def _go(self, item: QTreeWidgetItem, _column: int = 0) -> None:
        hit = item.data(0, _HIT)
        if isinstance(hit, Hit):
            page = hit.source.page
            self.session.show(page.page, page.ref, hit.source.place)

    def replace_chosen(self) -> None:
        """Put the new words in place of every chosen occurrence, as one change."""
        self.session.drafts.flush()
        chosen: set[tuple[Place, int]] = {hit.key for hit in self.hits(chosen=True)}
        self.session.attempt(lambda: self._replace(chosen))

    def _replace(self, chosen: set[tuple[Place, int]]) -> None:
        query, new, plan = self.query(), self.new.text(), self.session.plan
        made = changes(plan, self.session.pack, query, new, chosen)
        count = sum(each.count for each in made)
        if not made:
            return
        label = Message("ui.op.replace", words=query.words, new=new, n=count)
        with self.session.change(label) as operation:
            write(operation, plan, made)
        self.session.told.emit(Message("ui.find.replaced", n=count))
