"""References in texts: what they read now, picked from a list, and where a click leads."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from desktop.base import Language, Message
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import closing
from desktop.ui.fading import fade
from desktop.ui.helping.asking import offer_help
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.books.references import Numbers, Referable
    from desktop.ui.session import Session

_KINDS = {
    "chapter": Message("ui.reference.chapter"),
    "table": Message("ui.reference.table"),
    "figure": Message("ui.reference.figure"),
    "programme": Message("ui.reference.programme"),
    "indicator": Message("ui.reference.indicator"),
}
_known: weakref.WeakKeyDictionary[Session, References] = weakref.WeakKeyDictionary()


def of(session: Session) -> References:
    """The references of a session's plan; there is one for all its editors."""
    if session not in _known:
        _known[session] = References(session)
    return _known[session]


class References(QObject):
    """What references read in each language, kept up to date in slices while nobody types."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = weakref.proxy(session)
        self._labels: dict[Language, dict[str, str]] = {}
        self._alive: frozenset[str] = frozenset()
        self._head = ""
        self._wanted: set[Language] = set()
        self._work: Iterator[None] | None = None
        self._making: Numbers | None = None
        self._soon = QTimer(self, singleShot=True, interval=400)
        self._soon.timeout.connect(self._begin)
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._on)
        session.changed.connect(self._on_changed)
        session.closed.connect(self._forget)

    # -- asking ---------------------------------------------------------------------------------
    def label(self, href: str, language: Language) -> str | None:
        """What a reference reads; its own words while that is worked out; None when it leads nowhere."""
        self._settle_alive()
        key = href.removeprefix("ref:")
        if key not in self._alive:
            return None
        self._want(language)
        return self._labels.get(language, {}).get(key, "")

    def _settle_alive(self) -> None:
        from desktop.checks.references import live

        if not self._session.is_open:
            return
        if self._head != self._session.plan.head:
            self._head = self._session.plan.head
            self._alive = live(self._session.plan, self._session.pack)

    def listing(self, language: Language) -> list[Referable]:
        """Everything a text may refer to, now."""
        from desktop.books.references import numbers

        made = numbers(self._session.plan, self._session.pack, language)
        self._labels[language] = made.labels
        return list(made.referables())

    # -- keeping up -----------------------------------------------------------------------------
    def _want(self, language: Language) -> None:
        if language not in self._wanted:
            self._wanted.add(language)
            self._soon.start()

    def _on_changed(self, _changes: object) -> None:
        if self._wanted:
            self._slices.stop()
            self._soon.start()

    def _forget(self) -> None:
        self._soon.stop()
        self._slices.stop()
        self._labels.clear()
        self._wanted.clear()
        self._alive, self._head, self._work = frozenset(), "", None

    def _begin(self) -> None:
        self._work = self._all()
        self._slices.start()

    def _all(self) -> Iterator[None]:
        from desktop.books.references import Numbers

        for language in sorted(self._wanted):
            made = Numbers(self._session.plan, self._session.pack, language)
            yield from made.work()
            if self._labels.get(language) != made.labels:
                self._labels[language] = made.labels
                self.changed.emit()

    def _on(self) -> None:
        if self._work is None or not self._session.is_open or next(self._work, self) is self:
            self._slices.stop()
            self._work = None

    # -- going there ----------------------------------------------------------------------------
    def follow(self, href: str) -> None:
        """Go to what a reference leads to."""
        session, plan = self._session, self._session.plan
        kind, _, name = href.removeprefix("ref:").partition("/")
        match kind:
            case "chapter":
                session.show("chapter", name, Place("answer", item=f"chapter.{name}"))
            case "programme" | "quick_win":
                session.show("programmes", name)
            case "indicator":
                for programme in plan.programmes:
                    if any(indicator.id == name for indicator in programme.indicators):
                        session.show("programmes", programme.id, Place("indicator", name, "name"))
            case "form" | "worksheet":
                session.show(kind, name)
            case _ if "programmes" in name or "budget" in name or "indicators" in name or kind == "figure":
                session.show("programmes")
            case _ if name in {"agencies", "people"}:
                session.show("agencies")
            case _ if name in {"figures", "decrees"}:
                session.show(name)
            case _ if name in {"bodies", "members", "dimension_people"}:
                session.show("bodies")
            case _ if name == "evidence":
                session.show("evidence")
            case _:
                session.show("books")


class Picker(QDialog):
    """A list of everything a text may refer to, narrowed by typing."""

    def __init__(self, parent: QWidget, session: Session, language: Language) -> None:
        super().__init__(parent)
        offer_help(self, "references")
        say = session.say
        self.setWindowTitle(say(Message("ui.reference.title")))
        self.resize(theme.grown(560), theme.grown(440))
        self.picked: Referable | None = None
        self._say = say
        self._all = of(session).listing(language)
        layout = widgets.column(margins=(16, 14, 16, 14))
        self.setLayout(layout)
        layout.addWidget(widgets.label(session.speaker, Message("ui.reference.purpose"), "muted", wrap=True))
        self.edit = QLineEdit()
        self.edit.setPlaceholderText(say(Message("ui.reference.search")))
        self.edit.setAccessibleName(say(Message("ui.reference.search")))
        self.edit.textChanged.connect(self._narrow)
        self.edit.installEventFilter(self)
        layout.addWidget(self.edit)
        self.list = QListWidget()
        fade(self.list)
        self.list.setAccessibleName(say(Message("ui.reference.title")))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(self._take)
        layout.addWidget(self.list, 1)
        self._none = widgets.blank()
        self._none.setText(say(Message("ui.reference.none")))
        self._none.setProperty("look", "muted")
        self._none.setWordWrap(True)
        layout.addWidget(self._none)
        layout.addLayout(closing(session.speaker, Message("ui.reference.insert"), self._take, self.reject))
        self._narrow("")

    def _narrow(self, typed: str) -> None:
        words = typed.casefold().split()
        self.list.clear()
        for each in self._all:
            line = f"{each.label} — {each.title}" if each.title and each.title != each.label else each.label
            kind = self._say(_KINDS[each.kind])
            shown = line if line.startswith(kind) else f"{kind}: {line}"
            if all(word in shown.casefold() for word in words):
                item = QListWidgetItem(shown)
                item.setData(Qt.ItemDataRole.UserRole, each)
                item.setToolTip(shown)
                self.list.addItem(item)
        self.list.setCurrentRow(0)
        self._none.setVisible(not self.list.count())

    def eventFilter(self, watched: QObject, event: object) -> bool:
        """Arrow keys walk the list while the letters go into the line above it."""
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QKeyEvent

        if (
            watched is self.edit
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
        ):
            self.list.keyPressEvent(event)
            return True
        if isinstance(event, QKeyEvent) and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if event.type() is QEvent.Type.KeyPress:
                self._take()
            return True
        return super().eventFilter(watched, event)  # type: ignore[arg-type]  # Qt hands an event

    def _take(self, _item: QListWidgetItem | None = None) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.picked = item.data(Qt.ItemDataRole.UserRole)
            self.accept()
