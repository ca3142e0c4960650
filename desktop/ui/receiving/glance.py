"""What the desk tells beside its list before anything is chosen: how things stand, and what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from desktop.base import Message
from desktop.submission.register.addressees import (
    by_region,
    left_to_desk,
    of_no_region,
    receipt_of,
    refused_beside,
    to_look_at,
    untold_of,
    wants_letter,
)
from desktop.submission.register.entry import UNSIGNED, Entry
from desktop.submission.register.unknown_issuers import shared_issuers
from desktop.submission.register.words import result_name
from desktop.ui import theme, widgets
from desktop.ui.numbered import numbered
from desktop.ui.pages.verdict import ROOM, TONES
from desktop.ui.session import Session

RESULTS = ("valid", "valid-with-notes", "incomplete", "sealed", "refused", UNSIGNED)
"""Every answer there is, the best one first."""
TAKE = Message("ui.desk.step.take.note", button=Message("ui.desk.take"))
STEPS = (
    (Message("ui.desk.step.register"), Message("ui.desk.step.register.note")),
    (Message("ui.desk.step.asked"), Message("ui.desk.step.asked.note")),
    (Message("ui.desk.step.take"), TAKE),
)


class Glance(QWidget):
    """How many came in with which answer, what a person has to look at, and what is written to regions."""

    def __init__(
        self, session: Session, entries: Collection[Entry] | None, narrow: Callable[[str], object]
    ) -> None:
        """``entries`` is None where there is no register; ``narrow`` shows those with one answer."""
        super().__init__()
        self._session, self._narrow = session, narrow
        self.buttons: dict[str, QPushButton] = {}
        """By answer, what shows those alone."""
        self._box = widgets.column(spacing=6)
        self.setLayout(self._box)
        if entries is None:
            self._say(Message("ui.desk.begin"), "section")
            self._box.addLayout(numbered(session.speaker, STEPS))
        elif not entries:
            self._say(Message("ui.desk.nothing_yet"), "section")
            self._say(TAKE, "muted")
        else:
            self._say(Message("ui.desk.glance"), "section")
            self._results(entries)
            self._regions(entries)
            self._box.addSpacing(ROOM)
            self._say(Message("ui.desk.nothing_chosen"), "muted")

    def _results(self, entries: Collection[Entry]) -> None:
        speaker = self._session.speaker
        often = Counter(each.result for each in entries)
        for result in (each for each in RESULTS if often[each]):
            answer = widgets.label(speaker, result_name(result))
            widgets.chip(answer, TONES.get(result, "warn"))
            told = Message("ui.desk.glance.count", n=often[result])
            press = widgets.button(speaker, told, partial(self._narrow, result), look="quiet")
            name = Message("ui.desk.glance.of", count=told, result=result_name(result))
            widgets.call(speaker, press, name)
            self.buttons[result] = press
            self._box.addLayout(widgets.line(answer, press, 1, spacing=theme.GAP // 2))

    def _regions(self, entries: Collection[Entry]) -> None:
        """What counts for regions: how many have a package, who is to be asked, who is to be written to."""
        self._box.addSpacing(ROOM)
        sure = {each.region for each in entries if each.current}
        regions = by_region(entries).values()
        asked = sum(map(wants_letter, regions))
        untold = sum(bool(untold_of(about)) for about in regions)
        given = sum(receipt_of(about) is not None for about in regions)
        odd, refused = to_look_at(entries), refused_beside(entries)
        late = sum(each.late is True for each in entries)
        self._say(Message("ui.desk.glance.regions", n=len(sure)))
        if late:
            self._say(Message("ui.desk.glance.late", n=late), "warn")
        if odd:
            self._say(Message("submission.standing.to_look_at", n=odd), "warn")
        if refused:
            self._say(Message("submission.standing.refused_beside", n=refused), "warn")
        if strays := of_no_region(entries):
            self._say(Message("submission.standing.no_region", n=strays), "warn")
        if left := left_to_desk(entries):
            self._say(Message("submission.standing.left_to_desk", n=left), "warn")
        if half := sum(each.ran_out for each in entries):
            again = Message("ui.desk.more_time")
            self._say(Message("ui.desk.glance.ran_out", n=half, button=again), "warn")
        for shared in shared_issuers(entries):
            self._say(shared, "warn")
        if asked:
            self._say(Message("ui.desk.glance.letters", n=asked, button=Message("ui.desk.letters")))
        if untold:
            self._say(Message("ui.desk.glance.untold", n=untold), "warn")
        if given:
            self._say(Message("ui.desk.glance.receipts", n=given, button=Message("ui.desk.receipts")))

    def _say(self, speech: Message, look: str = "") -> None:
        self._box.addWidget(widgets.label(self._session.speaker, speech, look, wrap=True))
