"""The list of programmes: a grid with chips for their state, grouped by dimension or agency."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView, QMenu, QToolButton

from desktop.base import LocalText, Message
from desktop.guideline.pack import Field, Pack
from desktop.ui import theme, widgets
from desktop.ui.dialogs.ask import confirm
from desktop.ui.fields.picking import QuietCombo
from desktop.ui.grid.source import GridRow, column
from desktop.ui.grid.tables import TableSource
from desktop.ui.grid.view import Grid
from desktop.ui.newness import newness_of
from desktop.ui.pages.money import disagreeing, money
from desktop.ui.session import Session
from desktop.workspace.owners import Owners
from desktop.workspace.plan import OpenConflict, Plan, Programme, Value

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation

COLUMNS = (
    column("code", Message("ui.programmes.head.code"), "code", wide=62),
    column("title", Message("ui.programmes.head.title"), translated=True),
    column("dimension", Message("ui.programmes.head.dimension"), "dimension", wide=124),
    column("sub_dimension", Message("ui.programme.sub_dimension"), "sub_dimension", wide=150),
    column("lead", Message("ui.programmes.head.lead"), "agency", wide=132),
    column("start_year", Message("ui.programme.start_year"), "year", wide=70),
    column("end_year", Message("ui.programme.end_year"), "year", wide=70),
    column("years", Message("ui.programmes.head.years"), "choice", wide=92),
    column("money", Message("ui.programmes.head.money"), "rupiah", wide=132),
    column("quick_win", Message("ui.programme.quick_win"), "boolean", wide=92),
    column("state", Message("ui.programmes.head.state"), "choice", wide=106),
)
COMPUTED = frozenset({"years", "money", "state"})
RARE = ("sub_dimension", "start_year", "end_year", "quick_win")
GROUPS = {
    "": Message("ui.programmes.by_none"),
    "dimension": Message("ui.programmes.by_dimension"),
    "lead": Message("ui.programmes.by_lead"),
}
"""What programmes can be grouped by."""


def columns_of(pack: Pack) -> tuple[Field, ...]:
    """The columns of a guideline: what it does not know stands in none."""
    without = set() if pack.planning.quick_win is not None else {"quick_win"}
    if not any(dimension.sub_dimensions for dimension in pack.dimensions):
        without.add("sub_dimension")
    return tuple(each for each in COLUMNS if each.id not in without)


class ProgrammeSource(TableSource):
    """All programmes; what is computed is shown, the rest can be edited in place."""

    level = "programme"

    def __init__(self, session: Session) -> None:
        super().__init__(
            session, "programme", Message("ui.page.programmes"), columns_of(session.pack),
            lambda plan: plan.programmes,
            may_add=False,
        )  # fmt: skip
        self.name = "programmes"
        self.rare = RARE
        self.group = ""
        """What programmes stand under: a dimension, an agency, or nothing."""
        self._open: Counter[str] = Counter()
        self._differ: dict[str, Message] = {}
        self._owners: tuple[Plan, Owners] | None = None

    def rows(self, plan: Plan) -> list[GridRow]:
        self._count()
        lines = super().rows(plan)
        if not self.group:
            return lines
        heads = self._heads(plan)
        grouped: dict[str, list[GridRow]] = {key: [] for key in heads}
        for line in lines:
            key = str(line.values.get(self.group) or "")
            grouped[key if key in heads else ""].append(line)
        out = []
        for key, label in heads.items():
            if grouped[key]:
                title = Message("ui.programmes.group", name=label, n=len(grouped[key]))
                out += [GridRow("", label=title, heading=True, fixed=f"{self.group}:{key}"), *grouped[key]]
        return out

    def _heads(self, plan: Plan) -> dict[str, Any]:
        if self.group == "dimension":
            heads: dict[str, Any] = {each.id: each.name for each in self._session.pack.dimensions}
        else:
            heads = {each.id: LocalText(each.name.values) for each in plan.agencies}
        return {**heads, "": Message("ui.programmes.no_group")}

    def _count(self) -> None:
        report = self._session.report
        mandatory = report.mandatory if report is not None else ()
        counted = Counter(each.page.ref for each in mandatory if each.page.page == "programmes")
        if counted != self._open:
            self._open = counted
            self._lines.look_again()

    def _line(self, each: Programme) -> GridRow:
        line = super()._line(each)
        years = "\N{EN DASH}".join(str(year) for year in (each.start_year, each.end_year) if year)
        values: dict[str, Value] = {
            **line.values, "years": years, "money": money(each), "state": str(self._open[each.id]),
        }  # fmt: skip
        differs = next(iter(disagreeing(each)), None)
        if differs is None:
            self._differ.pop(each.id, None)
        else:
            self._differ[each.id] = differs
        return replace(line, values=values)

    def also(self, row: GridRow, column: Field) -> OpenConflict | None:
        """The title of a programme carries the badge of everything that belongs to it."""
        plan = self._session.plan
        if column.id != "title" or not plan.conflicts:
            return None
        if self._owners is None or self._owners[0] is not plan:
            self._owners = plan, Owners(plan)
        owners = self._owners[1]
        mine = (each for each in plan.conflicts if owners.programme_of(each.row, plan) == row.key)
        return next(mine, None)

    def options(self, column: Field, row: GridRow) -> tuple[Any, ...]:
        return () if column.id in COMPUTED else super().options(column, row)

    def locked(self, column: Field) -> bool:
        return column.id in COMPUTED

    def others(self, row: GridRow) -> bool:
        office = self._session.keeps_to
        return bool(office and row.key) and row.values.get("lead") != office

    def says(self, row: GridRow, column: Field) -> Message | None:
        if column.id == "title" and not row.texts.get("title"):
            return Message("ui.programmes.untitled")
        if column.id == "state":
            n = int(str(row.values.get("state") or 0))
            return Message("ui.programmes.open", n=n) if n else Message("ui.programmes.complete")
        return None

    def tone(self, row: GridRow, column: Field) -> str:
        if column.id != "state":
            return ""
        return "good" if row.values.get("state") == "0" else "poor"

    def remark(self, row: GridRow, column: Field) -> Message | None:
        return self._differ.get(row.key) if column.id == "money" else None

    def news(self, row: GridRow, column: Field) -> Message | None:
        if column.id != "title" or not row.key:
            return None
        count = newness_of(self._session).programmes[row.key]
        return Message("ui.news.here", n=count) if count else None

    def records(self, row: GridRow, column: Field) -> tuple[Any, ...]:
        return () if column.id in COMPUTED else super().records(row, column)

    def write(self, operation: Operation, row: GridRow, column: Field, value: Value, language: str) -> None:
        super().write(operation, row, column, value, language)
        if column.id == "dimension":
            self._fit_sub(operation, row, value)
        if column.id == "code":
            from desktop.ui.fields.codes import title_for

            title = title_for(self._session, "programme", row.key, str(value or ""))
            if title:
                operation.write("programme", row.key, "title", self._session.source.value, title)

    def _fit_sub(self, operation: Operation, row: GridRow, dimension: Value) -> None:
        """A sub-dimension of another dimension goes with it."""
        subs = next(
            (each.sub_dimensions for each in self._session.pack.dimensions if each.id == dimension), ()
        )
        now = row.values.get("sub_dimension")
        if now and now not in {sub.id for sub in subs}:
            operation.set("programme", row.key, sub_dimension=None)

    def set_all(self, rows: list[GridRow], name: str, value: str) -> None:
        """Write one value into several programmes, as one operation."""
        field = next(each for each in COLUMNS if each.id == name)
        label = Message("ui.op.cells", sheet=Message("ui.page.programmes"), n=len(rows))
        with self._session.change(label) as operation:
            for row in rows:
                self.write(operation, row, field, value or None, "")


class ProgrammeList(Grid):
    """The grid of programmes; Enter or a double click opens one, several chosen are changed together."""

    chosen = Signal(str)

    def __init__(self, session: Session) -> None:
        self.source = ProgrammeSource(session)
        super().__init__(session, self.source, Message("ui.page.programmes"))
        table = self.table
        table.opens = True
        table.setMinimumHeight(theme.grown(240, at_most=330))
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        table.opened.connect(self._open_index)
        table.doubleClicked.connect(self._open_index)
        table.rows_deleted = self.delete_chosen
        table.selectionModel().selectionChanged.connect(lambda *_: self._offer())
        session.report_changed.connect(self._on_report)
        newness_of(session).changed.connect(table.viewport().update)

    def _fill_tools(self) -> None:
        speaker = self.session.speaker
        super()._fill_tools()
        for made in self._edits:
            made.hide()
        self._edits.clear()
        self.groups = QuietCombo()
        self.groups.setSizeAdjustPolicy(QuietCombo.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.groups.setMinimumContentsLength(12)
        widgets.call(speaker, self.groups, Message("ui.programmes.grouping"))
        speaker.tie(self.groups, QuietCombo.setToolTip, Message("ui.programmes.grouping"))
        self.groups.activated.connect(self._on_group)
        speaker.changed.connect(self._fill_groups)
        self._fill_groups()
        self.open_it = widgets.button(
            speaker, Message("ui.programmes.open_one"), self._open_current, icon="eye", look="quiet"
        )
        self._lead = self._menu_button(Message("ui.programmes.set_lead"), "user", "lead")
        self._dimension = self._menu_button(Message("ui.programmes.set_dimension"), "list-tree", "dimension")
        self._remove = widgets.tool(
            speaker, Message("ui.programmes.delete_chosen"), "trash-2", self.delete_chosen
        )
        place = self.tools.indexOf(self.search) + 1
        for each in (self._remove, self._dimension, self._lead, self.open_it, self.groups):
            self.tools.insertWidget(place, each)

    def _menu_button(self, name: Message, icon: str, field: str) -> QToolButton:
        made = widgets.tool(self.session.speaker, name, icon)
        made.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(made)
        menu.aboutToShow.connect(lambda: self._fill_menu(menu, field))
        made.setMenu(menu)
        return made

    def _fill_menu(self, menu: QMenu, field: str) -> None:
        menu.clear()
        found = next(each for each in COLUMNS if each.id == field)
        for option in self.source.options(found, GridRow("")):
            action = menu.addAction(self.session.say(option.label))
            action.triggered.connect(lambda _checked=False, value=option.value: self.set_chosen(field, value))

    def _fill_groups(self) -> None:
        now = self.groups.currentData() or ""
        self.groups.clear()
        for group, name in GROUPS.items():
            self.groups.addItem(self.session.say(name), group)
        self.groups.setCurrentIndex(max(0, self.groups.findData(now)))

    def _on_group(self, _row: int) -> None:
        self.group_by(str(self.groups.currentData() or ""))

    def group_by(self, group: str) -> None:
        """Put programmes under their dimension or agency, or under nothing."""
        self.source.group = group
        self.groups.setCurrentIndex(max(0, self.groups.findData(group)))
        self.model.refresh()

    # -- keeping up -----------------------------------------------------------------------------
    def refresh(self) -> None:
        if not self.session.is_open:
            return
        super().refresh()
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.go((0, 1))
        self._offer()

    def _on_report(self) -> None:
        if self.session.is_open and self.isVisible():
            self.model.refresh()

    def chosen_lines(self) -> list[GridRow]:
        """The programmes with a chosen cell."""
        rows = (self.model.rows[row] for row in self.table.chosen_rows() if row < self.model.rowCount())
        return [row for row in rows if not row.heading]

    def _offer(self) -> None:
        lines = self.chosen_lines()
        n = len(lines)
        changes = n > 0 and not self.session.read_only and not any(map(self.source.others, lines))
        for made in (self._lead, self._dimension, self._remove):
            made.setEnabled(changes)
        self.open_it.setEnabled(n == 1)

    # -- several at once ------------------------------------------------------------------------
    def set_chosen(self, field: str, value: str) -> None:
        """Give all chosen programmes the same lead or dimension, as one operation."""
        rows = self.chosen_lines()
        if rows and not any(map(self.source.others, rows)):
            self.session.attempt(lambda: self.source.set_all(rows, field, value))

    def delete_chosen(self) -> None:
        """Delete the chosen programmes after a question, as one operation."""
        rows = self.chosen_lines()
        if not rows or self.session.read_only or any(map(self.source.others, rows)):
            return
        question = Message("ui.programmes.delete_several", n=len(rows))
        if not confirm(self, self.session, question, Message("ui.programmes.delete_chosen")):
            return

        def work() -> None:
            label = Message("ui.op.delete_rows", sheet=Message("ui.page.programmes"), n=len(rows))
            with self.session.change(label) as operation:
                for row in rows:
                    operation.delete("programme", row.key)

        self.session.attempt(work)

    # -- opening --------------------------------------------------------------------------------
    def _open_index(self, index: QModelIndex) -> None:
        row = self.model.rows[index.row()] if index.isValid() else None
        if row is not None and row.key:
            self.chosen.emit(row.key)

    def _open_current(self) -> None:
        self._open_index(self.table.currentIndex())
