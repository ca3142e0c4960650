"""What the window tells of an edited Word file: its texts with their sentences to be ticked, its comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem

from desktop.base import Language, Message
from desktop.base.textdiff import compared, sides
from desktop.base.worddiff import excerpt
from desktop.ui import icons, widgets
from desktop.ui.fields.box import language_name
from desktop.ui.session import Session
from desktop.ui.whole_rows import WrappedLines

if TYPE_CHECKING:
    from desktop.exchange.edited import Passage, Proposal, Step
    from desktop.exchange.edited.proposal import Remark

_WHICH = Qt.ItemDataRole.UserRole
_SHORT = 280
"""Letters of a sentence in the list; the words below it are shown whole."""
_LONG = 2_000
"""Letters of a sentence that is shown by its changes."""
_TICK = Qt.ItemFlag.ItemIsUserCheckable
FOLDED = 40
"""Steps in all from which texts are shown folded."""


def sentences(proposal: Proposal) -> Iterator[tuple[str, str, Message]]:
    """What the file is, in a few sentences: each with an icon and its role."""
    if proposal.authors:
        yield "user", "primary", Message("ui.edited.by", who=", ".join(proposal.authors))
    if not proposal.passages:
        yield "circle-check", "good", Message("ui.edited.nothing", n=proposal.same)
    elif proposal.same:
        yield "circle-check", "good", Message("ui.edited.same", n=proposal.same)
    for note in proposal.notes:
        yield "triangle-alert", "warn", note


class _Ticks(QTreeWidget):
    """Lines to be ticked, as high as their sentences need."""

    ticked = Signal()

    def __init__(self, session: Session, name: Message) -> None:
        super().__init__()
        self._session = session
        self.setHeaderHidden(True)
        self.setWordWrap(True)
        self.setColumnCount(1)
        self.setEditTriggers(QTreeWidget.EditTrigger.NoEditTriggers)
        self.setItemDelegate(WrappedLines(self))
        widgets.call(session.speaker, self, name)

    def _line(self, text: str, which: tuple[int, int], *, on: bool) -> QTreeWidgetItem:
        item = QTreeWidgetItem([text])
        item.setToolTip(0, text[:2_000])
        item.setFlags(item.flags() | _TICK)
        item.setCheckState(0, Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
        item.setData(0, _WHICH, which)
        return item


class StepsTree(_Ticks):
    """Texts of one standing, each with the sentences that became others."""

    looked_at = Signal(str, str)
    """Before and after of the step that is looked at, as they are kept."""

    def __init__(self, session: Session, passages: Sequence[Passage], name: Message) -> None:
        super().__init__(session, name)
        self._passages = {each.number: each for each in passages}
        for passage in passages:
            self._add(passage)
        if sum(len(each.steps) for each in passages) <= FOLDED:
            self.expandAll()
        self.itemChanged.connect(lambda *_: self.ticked.emit())
        self.currentItemChanged.connect(lambda item, _before: self._look(item))

    def _add(self, passage: Passage) -> None:
        say = self._session.say
        spoken = passage.place.language
        language = say(language_name(Language(spoken))) if spoken in set(Language) else spoken
        lines = [f"{_begun(say(passage.where))} \N{MIDDLE DOT} {language}"]
        if passage.authors:
            lines.append(say(Message("ui.edited.by", who=", ".join(passage.authors))))
        head = QTreeWidgetItem(["\n".join([*lines, *map(say, passage.reasons)])])
        font = head.font(0)
        font.setBold(True)
        head.setFont(0, font)
        head.setFlags(head.flags() | _TICK | Qt.ItemFlag.ItemIsAutoTristate)
        head.setData(0, _WHICH, (passage.number, -1))
        self.addTopLevelItem(head)
        for place, step in enumerate(passage.steps):
            item = self._line(self._said(step), (passage.number, place), on=place in passage.certain)
            icon, role = _mark(step)
            item.setIcon(0, icons.icon(icon, role))
            head.addChild(item)

    def _said(self, step: Step) -> str:
        """What it would read; of a long one the changes with the words around them."""
        say = self._session.say
        pieces = compared(*step.kept, say)
        before, after = sides(pieces)
        if step.before and step.after and len(after) > _SHORT:
            _, after = sides(excerpt(pieces))
        if step.is_look:
            return say(Message("ui.edited.step.look", text=_cut(after, _LONG)))
        if not step.after:
            return say(Message("ui.edited.step.gone", text=_cut(before, _SHORT)))
        if not step.before:
            return say(Message("ui.edited.step.new", text=_cut(after, _SHORT)))
        return _cut(after, _LONG)

    def chosen(self) -> dict[int, tuple[int, ...]]:
        """What is ticked: steps by the number of their text."""
        found: dict[int, tuple[int, ...]] = {}
        for at in range(self.topLevelItemCount()):
            head = self.topLevelItem(at)
            if head is None:
                continue
            number = int(head.data(0, _WHICH)[0])
            items = filter(None, (head.child(place) for place in range(head.childCount())))
            found[number] = tuple(
                int(each.data(0, _WHICH)[1]) for each in items if each.checkState(0) is Qt.CheckState.Checked
            )
        return found

    def look_at_first(self) -> None:
        """Begin with the first sentence, unless one is looked at already."""
        item = self.currentItem()
        if item is None:
            head = self.topLevelItem(0)
            item = head.child(0) if head is not None else None
            if item is not None and head is not None and head.isExpanded():
                self.setCurrentItem(item)
        self._look(item)

    def _look(self, item: QTreeWidgetItem | None) -> None:
        if item is None:
            return
        number, place = item.data(0, _WHICH)
        steps = self._passages[int(number)].steps
        step = steps[max(int(place), 0)]
        self.looked_at.emit(*step.kept)


class RemarksTree(_Ticks):
    """The comments in the file, to become comments here."""

    def __init__(self, session: Session, remarks: Sequence[Remark]) -> None:
        super().__init__(session, Message("ui.edited.comments"))
        say = session.say
        for place, remark in enumerate(remarks):
            if not remark.is_new:
                continue
            said = remark.said
            lines = [f"{said.author or '?'}: {said.body}"]
            if said.quote:
                lines.append(f"\N{LEFT DOUBLE QUOTATION MARK}{said.quote}\N{RIGHT DOUBLE QUOTATION MARK}")
            if remark.where is not None:
                lines.append(_begun(say(remark.where)))
            self.addTopLevelItem(self._line(_cut("\n".join(lines), _SHORT), (place, 0), on=True))
        self.itemChanged.connect(lambda *_: self.ticked.emit())

    def chosen(self) -> tuple[int, ...]:
        """The places of those that are ticked."""
        items = [self.topLevelItem(at) for at in range(self.topLevelItemCount())]
        return tuple(
            int(each.data(0, _WHICH)[0])
            for each in items
            if each is not None and each.checkState(0) is Qt.CheckState.Checked
        )


def _mark(step: Step) -> tuple[str, str]:
    if step.clash:
        return "git-merge", "warn"
    return ("pen-line", "primary") if step.before and step.after else ("plus", "good") if step.after else (
        "x", "bad"
    )  # fmt: skip


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _begun(name: str) -> str:
    """What a text is called, at the beginning of a line."""
    return name[:1].upper() + name[1:]
