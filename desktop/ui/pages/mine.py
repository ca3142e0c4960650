"""An agency's own part: its rows, questions, programmes and evidence on one page, and one button *Kirim*."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QLabel

from desktop.base import LocalText, Message
from desktop.checks.owing import Key, Owed, Standing, tally
from desktop.checks.places import page_of
from desktop.ui import theme, widgets
from desktop.ui.comments import Thread, ThreadCard, threads
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.journey import Journey
from desktop.ui.own.card import PartCard, until
from desktop.ui.own.foot import SendBar
from desktop.ui.own.office import choose, office_here, today
from desktop.ui.own.sending import SentDialog, picture, send_own
from desktop.ui.pages.package.order import InitialsList
from desktop.ui.pages.page import Page
from desktop.ui.session import Session
from desktop.workspace.plan import Comment, Place


class MinePage(Page):
    """Greeting, what was returned or asked, part after part; below it the button that sends."""

    purpose = Message("ui.own.purpose")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.office = ""
        self.cards: dict[Key, PartCard] = {}
        self._parts: tuple[Owed, ...] = ()
        self._keys: tuple[Key, ...] = ()
        """The parts whose cards stand here, or are being made."""
        self._journey = Journey(session.pack)
        self.greeting = widgets.Card(session.speaker)
        self._hello = widgets.label(session.speaker, "", "figure", wrap=True)
        self._about = widgets.label(session.speaker, "", "muted", wrap=True)
        self.greeting.add(self._hello)
        self.greeting.add(self._about)
        self.which = QuietCombo()
        self.which.activated.connect(lambda _row: self._choose())
        widgets.call(session.speaker, self.which, Message("ui.own.which"))
        self.greeting.add(self.which)
        self.add(self.greeting)
        self._asked = widgets.Card(session.speaker, Message("ui.own.comments"))
        self._threads = widgets.column()
        self._shown_threads: tuple[Thread, ...] = ()
        self._asked.add(self._threads)
        self.add(self._asked)
        self._list = widgets.column(spacing=theme.PAD - 2)
        self.add(self._list)
        self._paraf = widgets.Card(
            session.speaker, Message("ui.initials.own"), Message("checks.initials.own_record")
        )
        self.initials = InitialsList(session, "")
        self._paraf.add(self.initials)
        self._paraf.hide()
        self.add(self._paraf)
        self.body.addStretch(1)
        self.foot = SendBar(session, self.send, self)

    def has_findings(self) -> bool:
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_foot()

    def _place_foot(self) -> None:
        """The foot lies below what is scrolled, as wide as the page."""
        high = max(self.foot.sizeHint().height(), self.foot.heightForWidth(self.width()))
        if self.viewportMargins().bottom() != high:
            self.setViewportMargins(0, 0, 0, high)
        self.foot.setGeometry(0, self.height() - high, self.width(), high)

    # -- what it shows --------------------------------------------------------------------------
    def refresh(self) -> None:
        office = office_here(self.session)
        if office != self.office:
            self._forget()
            self.office = office
        self._parts = picture(self.session).of(office) if office else ()
        self._greet()
        self._ask()
        self.initials.show_agency(office)
        self.initials.refresh()
        self._paraf.setVisible(bool(self.initials.found))
        keys = tuple(each.key for each in self._parts)
        if keys != self._keys:
            self._forget()
            self._keys = keys
            self.grow(self._make())
        else:
            # those that are not made yet show the plan when they are
            for part in self._parts:
                if part.key in self.cards:
                    self.cards[part.key].show_part(part)
        self.foot.setVisible(bool(office))
        self.foot.show_parts(self._parts)
        self._place_foot()

    def _forget(self) -> None:
        if self._gradual is not None:
            self._gradual.stop()
        widgets.empty(self._list)
        self.cards, self.boxes, self._keys = {}, [], ()

    def _make(self) -> Iterator[None]:
        for key in self._keys:
            part = next(each for each in self._parts if each.key == key)
            card = PartCard(self.session, part, self._journey, self._take_boxes)
            self.cards[key] = card
            self._list.addWidget(card)
            self._take_boxes()
            yield
        if not self._parts and self.office:
            self._list.addWidget(
                widgets.label(self.session.speaker, Message("ui.own.none"), "muted", wrap=True)
            )

    def _take_boxes(self) -> None:
        self.boxes = [box for card in self.cards.values() for box in card.content.boxes]
        self.tell_origins()

    def _greet(self) -> None:
        session, plan = self.session, self.session.plan
        agency = plan.agency(self.office)
        self.which.setVisible(agency is None)
        if agency is None:
            self._offer()
            session.speaker.tie(self._hello, QLabel.setText, Message("ui.own.who"))
            session.speaker.tie(self._about, QLabel.setText, Message("ui.own.who.note"))
            return
        name = LocalText(dict(agency.name.values)) if agency.name else agency.short_name
        session.speaker.tie(self._hello, QLabel.setText, Message("ui.own.hello", agency=name))
        sum_ = tally(self._parts)
        said = Message("ui.own.so_far", n=sum_.parts, settled=sum_.settled, percent=sum_.percent)
        dues = sorted(each.due for each in self._parts if each.due and each.open)
        if dues:
            late = any(each.late for each in self._parts)
            said = Message("ui.own.and", one=said, other=until(dues[0], today(session), late=late))
        session.speaker.tie(self._about, QLabel.setText, said)

    def _offer(self) -> None:
        session = self.session
        self.which.clear()
        self.which.addItem(session.say(Message("ui.own.which")), "")
        for agency in session.plan.agencies:
            self.which.addItem(agency.name.read(session.speaker.language.value), agency.id)

    def _choose(self) -> None:
        if self.which.currentData():
            choose(self.session, str(self.which.currentData()))

    # -- what was asked -------------------------------------------------------------------------
    def _ask(self) -> None:
        """Comments that wait for this office: on what it owes, or agreed with it."""
        found = tuple(threads(self.session.plan, self._for_us)) if self.office else ()
        self._asked.setVisible(bool(found))
        if found == self._shown_threads:
            return
        self._shown_threads = found
        widgets.empty(self._threads)
        for each in found:
            self._threads.addWidget(ThreadCard(self.session, each))

    def _for_us(self, comment: Comment) -> bool:
        if comment.state != "open":
            return False
        if comment.owner == self.office:
            return True
        place, plan = comment.place, self.session.plan
        row = next((row for rows in plan.rows.values() for row in rows if row.id == place.row), None)
        if row is not None and row.agency:
            return row.agency == self.office
        page = page_of(plan, self.session.guide, place)
        return page is not None and any(
            (each.page, each.ref) == (page.page, page.ref) for each in self._parts
        )

    # -- going to a field -----------------------------------------------------------------------
    def point_at(self, place: Place) -> bool:
        self.complete()
        for card in self.cards.values():
            found = card.content.point_at(place)
            if found is not None:
                self.reveal(found)
                return True
        return False

    def take_focus(self) -> None:
        """Where one begins: the first part that is still open."""
        part = next((each for each in self._parts if each.open), None)
        if part is None:
            super().take_focus()
            return
        if part.key not in self.cards:
            self.complete()
        card = self.cards[part.key]
        card.content.take_focus()
        self.reveal(card)

    # -- sending --------------------------------------------------------------------------------
    def send(self) -> None:
        """Send what is filled in, and show what is to be done with it."""
        session = self.session
        made = send_own(session)
        if made is None:
            return
        sent, parts = made
        self.bring_up_to_date()
        mine = picture(session).of(self.office)
        left = tuple(each for each in mine if each.open)
        # whoever presses again wants the same file once more, and the words that belong to it
        told = parts or tuple(each for each in mine if each.standing is Standing.SENT)
        dialog = SentDialog(session, sent, told, left, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            session.told.emit(Message("ui.own.sent.told", file=sent.path.name))
