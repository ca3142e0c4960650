"""Council, team, forum and working groups: the list with what each lacks, and the chosen one in full."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QSizePolicy, QWidget

from desktop.base import Message
from desktop.checks.missing import Standing, standings
from desktop.checks.reading import Reading
from desktop.ui import icons, theme, widgets
from desktop.ui.bodies.detail import BodyDetail, key_of
from desktop.ui.bodies.sources import ChargeSource
from desktop.ui.fading import fade
from desktop.ui.grid.view import Grid
from desktop.ui.pages.page import Page
from desktop.ui.session import Session
from desktop.workspace.plan import Place

CHARGE = "charge"
"""The entry of the persons in charge of dimensions."""
HEAD = "head:"
"""Before the id of a body in the heading over its working groups."""
LIST = 236
"""Pixels of the list at 100 %."""


class BodiesPage(Page):
    """The list at the left, one body at the right."""

    purpose = Message("ui.bodies.purpose")
    fills = True

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        speaker = session.speaker
        self._standings: dict[str, Standing] = {}
        self.list = QListWidget()
        fade(self.list)
        self.list.setProperty("look", "plain")
        self.list.setWordWrap(True)
        self.list.setIconSize(QSize(theme.grown(16), theme.grown(16)))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.list.setFixedWidth(theme.grown(LIST))
        widgets.call(speaker, self.list, Message("ui.bodies.list"))
        self.list.currentRowChanged.connect(self._on_row)
        self._place = widgets.column(spacing=0)
        body = widgets.line(spacing=theme.PAD)
        body.addWidget(self.list)
        body.addLayout(self._place, 1)
        self.add(body, 1)
        self.detail: BodyDetail | None = None
        self.charge: Grid | None = None
        self._shown = ""
        session.look_changed.connect(self._on_look)
        self.refresh()
        if self.list.count():
            self.list.setCurrentRow(0)

    def _on_look(self) -> None:
        self.list.setFixedWidth(theme.grown(LIST))
        self.mark_stale()

    # -- the list -------------------------------------------------------------------------------
    def refresh(self) -> None:
        session = self.session
        found = list(standings(Reading(session.plan, session.pack)))
        self._standings = {key_of(each): each for each in found}
        keys = [*self._keys(found), CHARGE]
        if [self._key(row) for row in range(self.list.count())] != keys:
            self.list.blockSignals(True)
            self.list.clear()
            for key in keys:
                QListWidgetItem(self.list).setData(Qt.ItemDataRole.UserRole, key)
            self.list.blockSignals(False)
            if self._shown in keys:
                self.list.setCurrentRow(keys.index(self._shown))
        for row, key in enumerate(keys):
            self._dress(self.list.item(row), key)
        self._refresh_shown()

    def _keys(self, found: list[Standing]) -> Iterator[str]:
        """The entries in order: each body, and a heading over those there are several of."""
        seen: set[str] = set()
        for standing in found:
            if standing.asked.per_dimension and standing.asked.id not in seen:
                seen.add(standing.asked.id)
                yield f"{HEAD}{standing.asked.id}"
            yield key_of(standing)

    def _dress(self, item: QListWidgetItem, key: str) -> None:
        say = self.session.say
        if key.startswith(HEAD):
            asked = next(each for each in self.session.pack.bodies if f"{HEAD}{each.id}" == key)
            item.setText(say(asked.name))
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            item.setSizeHint(QSize(0, self._high(item.text())))
            return
        standing = self._standings.get(key)
        if standing is None:
            missing = self._nobody()
            name = say(Message("ui.charge.title"))
        else:
            dimension = self.session.guide.dimension(standing.dimension) if standing.dimension else None
            name = say(dimension.name if dimension else standing.asked.name)
            missing = len(standing.missing)
        optional = standing is not None and not standing.asked.required and standing.row is None
        said = Message("ui.bodies.missing", n=missing) if missing else Message("ui.bodies.complete")
        if optional:
            said = Message("ui.bodies.optional")
        item.setText(f"{name}\n{say(said)}")
        mark, role = (
            ("circle-dashed", "muted" if optional else "warn") if missing else ("circle-check", "good")
        )
        item.setIcon(icons.icon(mark, role, theme.grown(16)))
        item.setSizeHint(QSize(0, self._high(item.text())))

    def _high(self, text: str) -> int:
        room = self.list.width() - theme.grown(48)
        box = self.list.fontMetrics().boundingRect(0, 0, room, 10_000, int(Qt.TextFlag.TextWordWrap), text)
        return box.height() + theme.grown(16)

    def _nobody(self) -> int:
        there = {each.dimension for each in self.session.plan.people if each.name.strip()}
        return sum(1 for each in self.session.pack.dimensions if each.id not in there)

    def _key(self, row: int) -> str:
        item = self.list.item(max(row, 0))
        return str(item.data(Qt.ItemDataRole.UserRole)) if row >= 0 else ""

    # -- the chosen one -------------------------------------------------------------------------
    def _on_row(self, row: int) -> None:
        self._show(self._key(row))

    def _show(self, key: str) -> None:
        if not key or key == self._shown:
            return
        self.session.drafts.flush()
        self._shown = key
        widgets.empty(self._place)
        self.detail = self.charge = None
        self.boxes = []
        standing = self._standings.get(key)
        if standing is None:
            self._place.addWidget(self._charge_card())
        else:
            self.detail = BodyDetail(self.session, standing.asked.id, standing.dimension)
            self.boxes = [self.detail.decree]
            self._place.addWidget(self.detail)
        self._refresh_shown()

    def _charge_card(self) -> QWidget:
        title = Message("ui.charge.title")
        card = widgets.Card(self.session.speaker, title, Message("ui.charge.note"))
        self.charge = Grid(self.session, ChargeSource(self.session), title)
        card.add(self.charge, 1)
        return card

    def _refresh_shown(self) -> None:
        standing = self._standings.get(self._shown)
        if self.detail is not None and standing is not None:
            self.detail.refresh(standing)
        if self.charge is not None:
            self.charge.refresh()

    def choose(self, key: str) -> None:
        """Show a body by its row, or the persons in charge."""
        row = next((row for row in range(self.list.count()) if self._key(row) == key), -1)
        if row >= 0:
            self.list.setCurrentRow(row)
            self._show(key)

    def take_focus(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def point_at(self, place: Place) -> bool:
        if place.table == "person" and place.field == "dimension":
            self.choose(CHARGE)
            return self.charge is not None and self.charge.point_at(place)
        key = self._body_of(place)
        if key not in self._standings:
            return False
        self.choose(key)
        return self.detail is not None and self.detail.point_at(place)

    def _body_of(self, place: Place) -> str:
        plan = self.session.plan
        match place.table:
            case "body":
                return place.row
            case "member":
                return next(
                    (body.id for body in plan.bodies if any(each.id == place.row for each in body.members)),
                    "",
                )
            case "meeting":
                return next((each.body for each in plan.meetings if each.id == place.row), "")
            case _:
                return ""
