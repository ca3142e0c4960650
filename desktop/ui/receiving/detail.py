"""One thing that came in, as the desk reads it: the answer, why, what to do, who signed, whom it follows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.base import Message
from desktop.submission.called import Titles, pack_at_hand
from desktop.submission.plainly import plain
from desktop.submission.quoting import MOST as LETTERS
from desktop.submission.quoting import bounded, path_said, somebody
from desktop.submission.register.entry import Entry
from desktop.submission.register.reading import Told
from desktop.submission.register.repeating import Repeating, guideline_label, role_called
from desktop.submission.register.words import (
    read_here,
    region_label,
    remedy_here,
    result_name,
    standing,
)
from desktop.submission.signed import OWN_STAMPS, signer_marks
from desktop.ui import theme, widgets
from desktop.ui.pages.paper_words import PaperWords
from desktop.ui.pages.verdict import ROOM, TONES
from desktop.ui.receiving.glance import Glance
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack

T = TypeVar("T")

MOST = 6
"""Reasons of one code shown one by one; the lists that are saved have all of them."""
_DIGITS = 16
"""Of a SHA-256 as many are shown."""
_WEIGHTS = ("refusal", "missing", "note")
_REPLACED = "submission.standing.replaced"
_LOOKS = {"refusal": "bad", "missing": "warn"}


def _order(told: Told) -> tuple[int, bool]:
    """What refuses, what is missing, what is to be known; what the desk itself asks for before the rest."""
    weight = _WEIGHTS.index(told.weight) if told.weight in _WEIGHTS else len(_WEIGHTS)
    return weight, not (told.code.startswith("register.") or told.code == "missing.late")


def _alike(one: tuple[str, str]) -> Message:
    path, sha256 = one
    return Message("ui.desk.alike", file=bounded(path, LETTERS), sha256=sha256[:_DIGITS])


def _follows(one: Entry) -> Message:
    return Message("ui.desk.follows", file=bounded(one.name), result=result_name(one.result))


def _followed(one: Entry) -> Message:
    return Message("ui.desk.followed", file=bounded(one.name), result=result_name(one.result))


class Detail(QScrollArea):
    """Scrolls by itself; until something is chosen it tells how things stand."""

    def __init__(self, session: Session, narrow: Callable[[str], object]) -> None:
        """``narrow`` shows those with one answer alone."""
        super().__init__()
        self._session, self._narrow = session, narrow
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumWidth(theme.grown(280))
        self.setMaximumWidth(theme.grown(560))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        widgets.call(session.speaker, self, Message("ui.desk.detail"))
        inside = QWidget()
        inside.setProperty("look", "page")
        self._box = QVBoxLayout(inside)
        self._box.setContentsMargins(theme.GAP, 0, 4, 0)
        self._box.setSpacing(6)
        self.setWidget(inside)
        self.entry: Entry | None = None
        self._others: Mapping[int, Entry] | None = None
        self.glance: Glance | None = None
        self._tell_standing(None)

    def _tell_standing(self, others: Mapping[int, Entry] | None) -> None:
        """Nothing is chosen: what there is to know of all of them, or how to begin."""
        widgets.empty(self._box)
        self.entry, self._others = None, others
        entries = others.values() if others is not None else None
        self.glance = Glance(self._session, entries, self._narrow)
        self._box.addWidget(self.glance)
        self._box.addStretch(1)
        self.verticalScrollBar().setValue(0)

    def show_entry(self, entry: Entry | None, others: Mapping[int, Entry] | None) -> None:
        """Show another; ``others`` are all entries by id, None where there is no register."""
        if entry is None or others is None:
            if self.entry is not None or others is not self._others:
                self._tell_standing(others)
            return
        if entry is self.entry:
            return
        self.entry, self.glance = entry, None
        widgets.empty(self._box)
        answer = widgets.label(self._session.speaker, result_name(entry.result))
        widgets.chip(answer, TONES.get(entry.result, "warn"))
        self._box.addLayout(widgets.line(answer, 1))
        self._say(region_label(entry), "section")
        self._say(plain(entry.path), "muted")
        pack = pack_at_hand(entry.guideline, entry.guideline_version) if entry.guideline else None
        if entry.period:
            about = Message("ui.desk.about", guideline=guideline_label(entry, pack), years=entry.period)
            self._say(about)
        self._say(read_here(entry), "muted")
        doubts = {each.id for each in entry.doubts}
        for message in standing(entry):
            odd = entry.rivals or message.id in doubts or message.id == _REPLACED
            self._say(message, "warn" if odd else "")
        self._chain(entry, others)
        rivals = [others[each].path for each in entry.rivals if each in others]
        self._few(rivals, lambda path: Message("ui.desk.rival", file=bounded(path, LETTERS)), "warn")
        self._few(entry.copies, lambda path: Message("ui.desk.copy", file=bounded(path, LETTERS)))
        self._few(entry.alike, _alike)
        if entry.fingerprint and entry.result != "refused":
            self._box.addWidget(PaperWords(self._session, entry.fingerprint))
        repeating = Repeating(entry, pack, inward=True)
        self._reasons(entry, repeating)
        self._signers(entry, pack, repeating.titles)
        self._box.addStretch(1)
        self.verticalScrollBar().setValue(0)

    def _chain(self, entry: Entry, others: Mapping[int, Entry]) -> None:
        """What came before it, the nearest first, and what of its region came after, what counts first."""
        before, found = [entry], {entry.id}
        while (following := others.get(before[-1].follows)) is not None and following.id not in found:
            before.append(following)
            found.add(following.id)
        self._few(before[1:], _follows)
        # whoever names it may be anybody: of another region it is told there alone
        after = [one for one in others.values() if one.follows == entry.id and one.region == entry.region]
        after.sort(key=lambda one: not one.current)
        self._few(after, _followed)

    def _few(self, things: Sequence[T], said: Callable[[T], Message], look: str = "muted") -> None:
        """The first of these, and how many more: anybody sends as many as he likes."""
        for each in things[:MOST]:
            self._say(said(each), look)
        if len(things) > MOST:
            self._say(Message("submission.letter.more", n=len(things) - MOST), look)

    def _reasons(self, entry: Entry, repeating: Repeating) -> None:
        """Every code that there is, with the first few of its reasons: the desk's own among them first.

        Whoever made a package decides how many reasons it has; none of them hides another kind.
        """
        alike: dict[str, list[Told]] = {}
        for each in sorted(entry.reasons, key=_order):
            alike.setdefault(each.code, []).append(each)
        for code, reasons in alike.items():
            self._box.addSpacing(ROOM)
            look = _LOOKS.get(reasons[0].weight, "")
            for each in reasons[:MOST]:
                told = repeating.reason(each)
                self._say(Message("ui.desk.reason", reason=told.message, code=told.code), look)
            if len(reasons) > MOST:
                self._say(Message("ui.desk.more", n=len(reasons) - MOST, code=code), look)
            if reasons[0].weight != "note" and code != "unsigned.ask":
                what = remedy_here(entry, reasons[0])
                self._say(Message("submission.letter.remedy", remedy=what), "muted")

    def _signers(self, entry: Entry, pack: Pack | None, named: Titles) -> None:
        if entry.signers:
            self._box.addSpacing(ROOM)
            self._say(Message("ui.verdict.signatures"), "field")
        for each in entry.signers:
            where = named.get(each.document) or path_said(each.document) or Message("ui.package.whole")
            holder = somebody(each.holder)
            self._say(Message("ui.verdict.by", holder=holder, role=role_called(pack, each), where=where))
            if each.claimed_at:
                at = dt.datetime.fromisoformat(each.claimed_at)
                self._say(Message("ui.verdict.at", at=at), "muted")
            for mark in signer_marks(each):
                self._say(mark, "warn")
        if any(each.document for each in entry.signers):
            # which of them show anything is not kept
            self._say(OWN_STAMPS)

    def _say(self, speech: Message | str, look: str = "") -> None:
        made: QLabel = widgets.label(self._session.speaker, speech, look, wrap=True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        made.setMinimumWidth(1)  # a long path widens nothing beside it
        if isinstance(speech, str):
            made.setToolTip(speech)
        self._box.addWidget(made)
