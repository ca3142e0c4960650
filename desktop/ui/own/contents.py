"""What is filled in of one part: rows of a worksheet, questions of a form, chapters, a whole programme."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.base import Message
from desktop.checks.owing import Owed
from desktop.checks.recap import says_something
from desktop.guideline.pack import Field, Form, Worksheet
from desktop.ui import theme, widgets
from desktop.ui.fields.box import FieldBox
from desktop.ui.grid.tables import BoundSource
from desktop.ui.grid.view import Grid
from desktop.ui.grid.worksheets import WorksheetSource
from desktop.ui.own.photos import Aim
from desktop.ui.pages.programme import ProgrammeForm
from desktop.ui.registers import AnswerRegister
from desktop.ui.session import Session
from desktop.workspace.plan import EvidenceFile, Place

if TYPE_CHECKING:
    from desktop.ui.journey import Journey

ROWS = (3, 9)
"""So many rows of a table are seen at least and at most; the rest is scrolled to."""


class Content(QWidget):
    """The filling-in of one part."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.boxes: list[FieldBox] = []
        self.layout_ = widgets.column()
        self.setLayout(self.layout_)

    def refresh(self) -> None:
        """Show the plan as it is now."""
        for box in self.boxes:
            box.refresh()

    def take_focus(self) -> None:
        """Put the cursor where one begins to fill in."""
        if self.boxes:
            self.boxes[0].take_focus()

    def point_at(self, place: Place) -> QWidget | None:
        """Give the focus to the field at a place; the widget that has it."""
        for box in self.boxes:
            if box.is_at(place):
                box.take_focus(place.language)
                return box
        return None

    def aim(self) -> Aim | None:
        """What a photo would be attached to now; None where nothing is there yet."""
        return None

    def ours(self) -> Callable[[Place], bool]:
        """What tells whether something claimed of a file belongs to this part."""
        return lambda _claim: False

    def files(self) -> tuple[EvidenceFile, ...]:
        """The evidence of this part."""
        ours = self.ours()
        return tuple(file for file in self.session.plan.evidence if any(map(ours, file.claims)))


class SheetContent(Content):
    """One agency's rows of a worksheet."""

    def __init__(self, session: Session, sheet: Worksheet, agency: str) -> None:
        super().__init__(session)
        self._sheet = sheet
        self._agency = agency if sheet.scope == "agency" else ""
        self._source: WorksheetSource | BoundSource
        if sheet.binding:
            self._source = BoundSource(session, sheet)
        else:
            self._source = WorksheetSource(session, sheet)
            self._source.agency = self._agency
        if sheet.purpose:
            self.layout_.addWidget(widgets.label(session.speaker, sheet.purpose, "muted", wrap=True))
        self.grid = Grid(session, self._source, sheet.title)
        self.layout_.addWidget(self.grid)
        self._give_room()
        session.look_changed.connect(self._give_room)

    def _give_room(self) -> None:
        rows = min(max(self.grid.model.rowCount(), ROWS[0]), ROWS[1])
        self.grid.table.setMinimumHeight(theme.grown(46 * rows + 60))

    def refresh(self) -> None:
        self.grid.refresh()
        self._give_room()

    def take_focus(self) -> None:
        model = self.grid.model
        first = next((row for row, line in enumerate(model.rows) if not line.heading), 0)
        column = next((at for at in range(model.columnCount()) if model.field_at(at) is not None), 0)
        self.grid.table.setCurrentIndex(model.index(first, column))
        self.grid.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def point_at(self, place: Place) -> QWidget | None:
        return self.grid if self.grid.point_at(place) else None

    def aim(self) -> Aim | None:
        """The row with the cursor, else the last one that says something."""
        index, rows = self.grid.table.currentIndex(), self.grid.model.rows
        if index.isValid() and index.row() < len(rows):
            row = rows[index.row()]
            if not row.heading and not row.fresh and (row.key or row.fixed):
                field = next(each for each in self._source.columns())
                place = Place("row", self._source.place(row, field).row)
                return place, partial(self._source.ensure, row=row)
        said = [row for row in self._rows() if says_something(row)]
        return (Place("row", said[-1].id), None) if said else None

    def _rows(self) -> list:  # type: ignore[type-arg]
        rows = self.session.plan.rows.get(self._sheet.id, ())
        return [row for row in rows if row.agency == self._agency]

    def ours(self) -> Callable[[Place], bool]:
        mine = {row.id for row in self._rows()}
        return lambda claim: claim.row in mine


class FieldsContent(Content):
    """Questions one below the other; each keeps its own evidence where the guideline asks for it."""

    def __init__(self, session: Session, fields: list[tuple[Field, str]]) -> None:
        """``fields``: each with its item id."""
        super().__init__(session)
        self._items = [item for _, item in fields]
        for field, item in fields:
            box = FieldBox(session, field, AnswerRegister(field, item))
            self.boxes.append(box)
            self.layout_.addWidget(box)

    def aim(self) -> Aim | None:
        """The question with the cursor, else the first."""
        if not self.boxes:
            return None
        focused: QWidget | None = self.window().focusWidget()
        at = 0
        if focused is not None:
            at = next((n for n, box in enumerate(self.boxes) if box.isAncestorOf(focused)), 0)
        return Place("answer", item=self._items[at]), None

    def ours(self) -> Callable[[Place], bool]:
        return lambda claim: claim.item in self._items and not claim.scope


class ProgrammeContent(Content):
    """A programme in full, opened when somebody wants to fill it in."""

    def __init__(self, session: Session, programme: str, grown: Callable[[], object]) -> None:
        super().__init__(session)
        self._programme = programme
        self._grown = grown
        self.form: ProgrammeForm | None = None
        self.open_button = widgets.button(
            session.speaker, Message("ui.own.programme.open"), self.open, icon="pen-line"
        )
        self.layout_.addLayout(widgets.line(self.open_button, 1))

    def open(self) -> None:
        """Show the form."""
        if self.form is None:
            self.form = ProgrammeForm(self.session, self._programme, self._grown)
            self.boxes = self.form.boxes
            self.layout_.addWidget(self.form)
            self.open_button.hide()
            self.form.complete()
            self.form.refresh()
            self._grown()
        if self.form.boxes:
            self.form.boxes[0].take_focus()

    def take_focus(self) -> None:
        if self.form is None:
            self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().take_focus()

    def refresh(self) -> None:
        if self.form is not None:
            self.form.refresh()

    def point_at(self, place: Place) -> QWidget | None:
        if self._programme not in {place.row, place.scope} and not self._holds(place.row):
            return None
        self.open()
        return self.form.point_at(place) if self.form is not None else None

    def _holds(self, row: str) -> bool:
        programme = next((each for each in self.session.plan.programmes if each.id == self._programme), None)
        if programme is None or not row:
            return False
        parts = (programme.budget, programme.indicators, programme.activities, programme.risks)
        return any(each.id == row for some in parts for each in some)

    def aim(self) -> Aim | None:
        return Place("programme", self._programme), None

    def ours(self) -> Callable[[Place], bool]:
        return lambda claim: self._programme in {claim.row, claim.scope}


class ElsewhereContent(Content):
    """A page that is filled in where it always is: the way there."""

    def __init__(self, session: Session, page: str, ref: str) -> None:
        super().__init__(session)
        self.go = widgets.button(
            session.speaker, Message("ui.own.go"), lambda: session.show(page, ref), icon="arrow-right"
        )
        self.layout_.addLayout(widgets.line(self.go, 1))

    def take_focus(self) -> None:
        self.go.setFocus(Qt.FocusReason.OtherFocusReason)


def content_of(session: Session, part: Owed, journey: Journey, grown: Callable[[], object]) -> Content:
    """How a part is filled in."""
    pack = session.pack
    match part.page:
        case "worksheet":
            sheet = next((each for each in pack.worksheets if each.id == part.ref), None)
            if sheet is not None:
                return SheetContent(session, sheet, part.agency)
        case "form":
            form = next((each for each in pack.forms if each.id == part.ref), None)
            if form is not None:
                return FieldsContent(session, _of_form(form))
        case "programmes" if part.ref:
            return ProgrammeContent(session, part.ref, grown)
        case "chapter":
            from desktop.ui.questions import chapter_field

            found = [each for each in journey.within(part.ref) if each.written]
            return FieldsContent(session, [(chapter_field(each), f"chapter.{each.id}") for each in found])
    return ElsewhereContent(session, part.page, part.ref)


def _of_form(form: Form) -> list[tuple[Field, str]]:
    return [(field, f"{form.id}.{field.id}") for group in form.groups for field in group.fields]
