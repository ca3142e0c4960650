"""What the window tells of agency workbooks that came back, by agency, and what it asks about them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QLabel,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from desktop.base import Message
from desktop.base.speech import value_text
from desktop.exchange.agency_workbook.doubts import LEAVE
from desktop.exchange.counting import counted
from desktop.ui import icons, theme, widgets
from desktop.ui.dialogs.scrolled import Scrolled
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.session import Session
from desktop.ui.whole_rows import wrapping_tree

if TYPE_CHECKING:
    from desktop.exchange.agency_workbook import Doubt, Proposal, Taken
    from desktop.exchange.agency_workbook.batch import Looked, Refused
    from desktop.exchange.agency_workbook.doubts import AddRow, SetCell

Line = tuple[str, str, Message]
"""An icon, its role in the theme, and a sentence."""
Group = tuple[Line, list[Line]]
_HINT = 500
"""Letters that a hint over a line may have."""
SEEN_AT_ONCE = 25
"""So many lines in all are shown unfolded."""
STRUCTURAL = frozenset({"sheet", "unkeyed", "shuffled"})
"""Kinds of doubts whose answer changes what else there is to see."""
ASKED = 100
"""Other questions that are asked at once: nobody answers more, and the window stands still to show them."""
TOLD = 300
"""Changes of one workbook that are told one by one; of more only how many."""


class SeenPage(QWidget):
    """A tree: a line for each agency, below it what its workbook changes."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._groups: Sequence[Group] = ()
        layout = widgets.column(spacing=6)
        self.setLayout(layout)
        self.tree = QTreeWidget()
        self.tree.setHeaderHidden(True)
        wrapping_tree(self.tree)
        # a line may be higher than the page: a whole text stands in it
        self.tree.setVerticalScrollMode(QTreeWidget.ScrollMode.ScrollPerPixel)
        widgets.call(session.speaker, self.tree, Message("ui.workbooks.seen"))
        layout.addWidget(self.tree, 1)
        session.speaker.changed.connect(self._fill)

    def show_looked(self, looked: Looked) -> None:
        """What workbooks would change; what could not be read comes first."""
        self.show_lines([*_refused(looked.refused), *_proposed(looked), *_beside(looked)])

    def show_lines(self, groups: Sequence[Group]) -> None:
        """Groups of sentences."""
        self._groups = groups
        self._fill()

    def _fill(self) -> None:
        self.tree.clear()
        open_ = len(self._groups) < 4 or sum(1 + len(lines) for _, lines in self._groups) <= SEEN_AT_ONCE
        for head, lines in self._groups:
            top = self._item(head)
            self.tree.addTopLevelItem(top)
            for line in lines:
                top.addChild(self._item(line))
            top.setExpanded(open_)
        first = self.tree.topLevelItem(0)
        if first is not None:
            self.tree.setCurrentItem(first)

    def _item(self, line: Line) -> QTreeWidgetItem:
        icon, role, message = line
        said = self._session.say(message)
        item = QTreeWidgetItem([said])
        item.setIcon(0, icons.icon(icon, role, theme.grown(16)))
        if len(said) < _HINT:  # it stands there to its end
            item.setToolTip(0, said)
        return item

    def text(self) -> str:
        """Everything that is shown, to be copied."""
        lines = []
        for head, below in self._groups:
            lines.append(self._session.say(head[2]))
            lines += [f"  {self._session.say(line[2])}" for line in below]
        return "\n".join(lines)


class DoubtsPage(Scrolled):
    """Every question with its choices, the suggested one chosen already."""

    def __init__(self, session: Session, answered: Callable[[str, str, str], object]) -> None:
        super().__init__()
        self._session, self._answered = session, answered
        self.combos: dict[str, QuietCombo] = {}

    @property
    def first(self) -> QWidget | None:
        """The first question's list."""
        return next(iter(self.combos.values()), None)

    def ask(self, looked: Looked, answers: dict[str, str]) -> None:
        """Show the questions of all workbooks, by agency; those that are too many are answered by leaving."""
        widgets.empty(self.box)
        self.combos = {}
        speaker = self._session.speaker
        note = Message("ui.workbooks.asked", n=len(looked.doubts))
        self.box.addWidget(widgets.label(speaker, note, wrap=True))
        left = ASKED
        for proposal in _by_name(looked.proposals):
            if not proposal.doubts:
                continue
            head = Message("ui.workbooks.of", agency=proposal.name, file=proposal.file)
            self.box.addWidget(widgets.label(speaker, head, "section", wrap=True))
            for doubt in proposal.doubts:
                left -= doubt.kind not in STRUCTURAL
                if left < 0 and doubt.kind not in STRUCTURAL:
                    answers[doubt.id] = LEAVE
                else:
                    self._question(doubt, answers.get(doubt.id, doubt.default))
        if left < 0:
            more = widgets.label(speaker, Message("ui.workbooks.asked_more", n=-left), wrap=True)
            self.box.insertWidget(1, more)
        self.box.addStretch(1)

    def _question(self, doubt: Doubt, answer: str) -> None:
        speaker, say = self._session.speaker, self._session.say
        text = widgets.label(speaker, doubt.message, wrap=True)
        where = widgets.label(speaker, doubt.where.message, "muted", wrap=True)
        combo = QuietCombo()
        combo.setMinimumContentsLength(18)
        combo.setSizeAdjustPolicy(QuietCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for choice in doubt.choices:
            combo.addItem(value_text(choice.label, speaker.language), choice.id)
        combo.setCurrentIndex(max(0, combo.findData(answer)))
        combo.setAccessibleName(say(doubt.message))
        text.setBuddy(combo)
        does = widgets.label(speaker, "", "muted", wrap=True)
        combo.activated.connect(lambda *_: self._tell(does, doubt, str(combo.currentData())))
        combo.activated.connect(
            lambda _row, doubt=doubt, combo=combo: self._answered(
                doubt.id, doubt.kind, str(combo.currentData())
            )
        )
        for part in (text, where, combo, does, widgets.rule()):
            self.box.addWidget(part)
        self._tell(does, doubt, answer)
        self.combos[doubt.id] = combo

    def _tell(self, label: QLabel, doubt: Doubt, answer: str) -> None:
        """Below an answer all that it does: whoever leaves it as it is has seen that."""
        choice = doubt.choice(answer)
        lines = [self._session.say(said) for said in choice.does] if choice is not None else []
        label.setText("\n".join(lines))
        label.setVisible(bool(lines))


def _by_name(proposals: Iterable[Proposal]) -> list[Proposal]:
    return sorted(proposals, key=lambda each: each.name.casefold())


def _refused(refused: Iterable[Refused]) -> list[Group]:
    return [(("circle-alert", "bad", each.reason), []) for each in refused]


def _proposed(looked: Looked) -> list[Group]:
    groups: list[Group] = []
    books = dict(zip(map(id, looked.proposals), looked.books, strict=True))
    for proposal in _by_name(looked.proposals):
        icon, role = ("circle-question-mark", "warn") if proposal.doubts else ("file-spreadsheet", "primary")
        if proposal.is_empty:
            head = Message("ui.workbooks.nothing", agency=proposal.name, file=proposal.file)
            groups.append((("circle-check", "good", head), list(_notes(proposal.notes))))
            continue
        head = Message(
            "ui.workbooks.sum",
            agency=proposal.name,
            counts=counted(
                entries=len(proposal.taken),
                new_rows=len(proposal.new_rows),
                differing=len(proposal.differing),
                files=len(proposal.files),
                doubts=len(proposal.doubts),
            ),
        )
        if proposal.agency:
            groups.append(((icon, role, head), list(_changes(proposal))))
        else:
            groups.append(((icon, role, head), list(_known(proposal))))
            groups += _by_sheet(proposal, [tab.name for tab in books[id(proposal)].tabs])
    return groups


def _by_sheet(proposal: Proposal, order: list[str]) -> list[Group]:
    """What the workbook of a whole plan changes, a group for each of its sheets as they lie in it."""
    tabs: dict[str, tuple[list[SetCell], list[AddRow], list[Doubt]]] = {}
    for value in (*proposal.differing, *proposal.taken):
        tabs.setdefault(value.where.tab, ([], [], []))[0].append(value)
    for row in proposal.new_rows:
        tabs.setdefault(row.where.tab, ([], [], []))[1].append(row)
    for doubt in proposal.doubts:
        tabs.setdefault(doubt.where.tab, ([], [], []))[2].append(doubt)
    groups: list[Group] = []
    for tab, (values, rows, doubts) in sorted(tabs.items(), key=lambda each: order.index(each[0])):
        counts = counted(entries=len(values), new_rows=len(rows), doubts=len(doubts))
        head = Message("ui.workbooks.sheet", sheet=tab, counts=counts)
        look = ("circle-question-mark", "warn") if doubts else ("table", "primary")
        lines = [*_cut([*_told_values(values), *_told_rows(rows)]), *_asked(doubts)]
        groups.append(((*look, head), lines))
    return groups


def _changes(proposal: Proposal) -> Iterator[Line]:
    values = [*proposal.differing, *proposal.taken]
    yield from _cut([*_told_values(values), *_told_rows(proposal.new_rows), *_told_files(proposal)])
    yield from _asked(proposal.doubts)
    yield from _known(proposal, files=False)


def _cut(lines: list[Line]) -> Iterator[Line]:
    yield from lines[:TOLD]
    if len(lines) > TOLD:
        yield "ellipsis", "muted", Message("ui.workbooks.more", n=len(lines) - TOLD)


def _told_values(values: Iterable[SetCell]) -> Iterator[Line]:
    """What differs first, then what is taken."""
    for each in sorted(values, key=lambda one: not one.beside):
        icon, role = ("git-merge", "warn") if each.beside else ("pen-line", "primary")
        yield icon, role, each.message


def _told_rows(rows: Iterable[AddRow]) -> Iterator[Line]:
    for row in rows:
        yield "plus", "primary", row.message


def _told_files(proposal: Proposal) -> Iterator[Line]:
    for each in proposal.files:
        if each.file:
            said = Message("ui.workbooks.file", file=each.file, where=each.where.message)
            yield "paperclip", "primary", said


def _asked(doubts: Iterable[Doubt]) -> Iterator[Line]:
    return _cut([("circle-question-mark", "warn", doubt.message) for doubt in doubts])


def _known(proposal: Proposal, *, files: bool = True) -> Iterator[Line]:
    """What is said of the workbook as a whole."""
    if files:
        yield from _told_files(proposal)
    yield from _sent(len(proposal.sent))
    if proposal.same:
        yield "check", "muted", Message("exchange.plan_book.same", n=proposal.same)
    yield from _notes(proposal.notes)


def _notes(notes: Iterable[Message]) -> Iterator[Line]:
    return (("info", "muted", note) for note in notes)


def _sent(count: int) -> Iterator[Line]:
    from desktop.exchange.agency_workbook.brought import counted

    if count:
        yield "upload", "primary", counted(count)


def _beside(looked: Looked) -> list[Group]:
    """Copies of one file, and evidence that nobody named."""
    groups: list[Group] = [
        (("copy", "muted", Message("ui.workbooks.repeated", file=file, same=same)), [])
        for file, same in looked.repeated
    ]
    if looked.loose_files:
        head = Message("ui.workbooks.loose", n=len(looked.loose_files))
        files: list[Line] = [
            ("paperclip", "muted", Message("ui.workbooks.loose_file", file=file))
            for file in looked.loose_files
        ]
        groups.append((("paperclip", "warn", head), files))
    return groups


def said_of_taken(
    taken: Iterable[Taken], refused: Iterable[Refused], saved: Mapping[str, dt.datetime]
) -> list[Group]:
    """What became of workbooks: what was taken, what was left out, what was refused.

    ``saved`` are the moments of the backups by their names: the list of backups calls them so.
    """
    groups: list[Group] = list(_refused(refused))
    for each in sorted(taken, key=lambda one: one.name.casefold()):
        if each.is_empty:
            head = Message("ui.workbooks.nothing", agency=each.name, file=each.file)
        else:
            head = Message(
                "ui.workbooks.done",
                agency=each.name,
                counts=counted(
                    entries=each.values, new_rows=each.rows, differing=each.differing, files=each.files
                ),
                backup=saved.get(each.backup, each.backup),
            )
        left: list[Line] = [("circle-question-mark", "warn", doubt.message) for doubt in each.left]
        groups.append((("circle-check", "good", head), [*left, *_sent(each.sent), *_notes(each.notes)]))
    return groups
