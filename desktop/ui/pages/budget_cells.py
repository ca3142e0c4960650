"""The cells of a programme's budget: sources and figures by years, sums that follow the typing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal

from desktop.base import LocalText, Message, RancangError, Rupiah
from desktop.base.ids import derived_id
from desktop.checks.ceilings import PLANNED
from desktop.exchange.values import NotUnderstood, parse
from desktop.ui.differing.badge import NAME
from desktop.ui.grid.cells import REMARK, CellTexts, Index, Role
from desktop.ui.grid.source import TableField
from desktop.ui.pages.money import FIGURES, disagreeing, over, stated
from desktop.ui.pages.money_cells import MoneyModel
from desktop.ui.session import Session
from desktop.ui.tracing import Record, Subject
from desktop.workspace.moving.slots import funding_called
from desktop.workspace.plan import BudgetLine, Ceiling, Programme

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation

Key = tuple[str, int]
"""A source of money and a year."""
LIMIT = "rpjmd"
"""The row that holds what the RPJMD allows, in place of a source of money."""


class BudgetModel(MoneyModel):
    """Sources as rows, years as columns, a sum at the end of each; one of the figures or all three."""

    live = Signal()
    """Sums have changed, be it only by what is being typed."""

    def __init__(self, session: Session, programme: str) -> None:
        super().__init__()
        self.session = session
        self._programme = programme
        self.shown: tuple[str, ...] = ("indicative",)
        """The figures shown: one, or all three beneath each other."""
        self._lines: dict[Key, BudgetLine] = {}
        self._limits: dict[int, Ceiling] = {}
        self._typing: tuple[Key, str, int | None] | None = None
        self.years: list[int] = []
        """The plan's years, and any other year that has money."""
        self.sources: list[str] = []
        """The guideline's sources of money, and any other that has money."""
        self.refresh()
        session.speaker.changed.connect(self.refresh)
        session.look_changed.connect(self._say_again)

    # -- reading --------------------------------------------------------------------------------
    @property
    def programme(self) -> Programme | None:
        """The programme as it stands."""
        if not self.session.is_open:
            return None
        return next((each for each in self.session.plan.programmes if each.id == self._programme), None)

    def show(self, figures: tuple[str, ...]) -> None:
        """Show and edit these figures."""
        self.beginResetModel()
        self.shown = figures
        self.endResetModel()
        self.refresh()

    def refresh(self) -> None:
        """Read the programme's lines again. A line that states nothing is no money and claims no year."""
        programme = self.programme
        if not self.session.is_open:
            return
        found = {(each.source, each.year): each for each in (programme.budget if programme else ())}
        known = [each.id for each in self.session.pack.planning.funding]
        money = [key for key, line in found.items() if stated(line)]
        limits = {each.year: each for each in (programme.ceilings if programme else ())}
        years = sorted({*self.session.plan.years, *(year for _, year in money), *limits})
        sources = known + sorted({source for source, _ in money} - set(known))
        if len(self.shown) > 1:
            # Three rows for each source are many: those without money are left out.
            sources = [source for source in sources if any(source == key for key, _ in money)] or sources[:1]
        changed = (years, sources) != (self.years, self.sources)
        if changed:
            self.beginResetModel()
        self._lines, self._limits, self.years, self.sources = found, limits, years, sources
        if changed:
            self.endResetModel()
        self._say_again()
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    def _say_again(self) -> None:
        if self.rowCount() and self.columnCount():
            bottom = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), bottom)
        self.live.emit()

    def place(self, row: int) -> tuple[str, str]:
        """The source and figure of a row; no source in the rows of sums, :data:`LIMIT` in the last one."""
        wide = len(self.shown)
        if row == self.limit_row:
            return LIMIT, "amount"
        if row < len(self.sources) * wide:
            return self.sources[row // wide], self.shown[row % wide]
        return "", self.shown[(row - len(self.sources) * wide) % wide]

    @property
    def limit_row(self) -> int:
        """The last row: what the RPJMD allows in each year."""
        return (len(self.sources) + 1) * len(self.shown)

    def limit(self, year: int) -> int | None:
        """What the RPJMD allows in a year, what is being typed included."""
        if self._typing is not None and self._typing[0] == (LIMIT, year):
            return self._typing[2]
        ceiling = self._limits.get(year)
        return ceiling.amount if ceiling is not None else None

    def row_of(self, source: str, figure: str) -> int:
        """The row of a source's figure."""
        return self.sources.index(source) * len(self.shown) + self.shown.index(figure)

    def amounts(self, key: Key) -> dict[str, int | None]:
        """The three figures of a cell, what is being typed included."""
        line = self._lines.get(key)
        out = {name: getattr(line, name) if line else None for name in FIGURES}
        if self._typing is not None and self._typing[0] == key:
            out[self._typing[1]] = self._typing[2]
        return out

    def sum_of(self, figure: str, sources: Sequence[str], years: Sequence[int]) -> int:
        """A sum in whole rupiah, what is being typed included."""
        return sum(self.amounts((source, year))[figure] or 0 for source in sources for year in years)

    def planned(self) -> int:
        """The sum of the lines as they are planned: indicative, else the ceiling."""
        out = 0
        for source in self.sources:
            for year in self.years:
                amounts = self.amounts((source, year))
                first = amounts["indicative"]
                out += (amounts["ceiling"] or 0) if first is None else first
        return out

    def amount(self, row: int, column: int) -> int | None:
        """What stands in a cell, or the sum."""
        source, figure = self.place(row)
        if source == LIMIT:
            years = self.years if column == len(self.years) else [self.years[column]]
            stated = [limit for year in years if (limit := self.limit(year)) is not None]
            return sum(stated) if stated else None
        if source and column < len(self.years):
            return self.amounts((source, self.years[column]))[figure]
        sources = [source] if source else self.sources
        years = self.years if column == len(self.years) else [self.years[column]]
        return self.sum_of(figure, sources, years)

    def is_sum(self, row: int, column: int) -> bool:
        """Whether a cell is a sum."""
        return len(self.sources) * len(self.shown) <= row < self.limit_row or column >= len(self.years)

    # -- what is wrong --------------------------------------------------------------------------
    def remark(self, row: int, column: int) -> Message | None:
        """What is wrong with a cell: above its limit, or a sum that another sum contradicts."""
        source, figure = self.place(row)
        if source == LIMIT:
            return self._beyond(self.years[column]) if column < len(self.years) else None
        if not source and column < len(self.years):
            return self._above(self.years[column], figure)
        if not self.is_sum(row, column):
            return over(figure, self.amounts((source, self.years[column])))
        programme = self.programme
        whole = not source and column == len(self.years)
        if whole and figure == "indicative" and programme is not None:
            return next(iter(disagreeing(programme, self.planned())), None)
        return None

    def _above(self, year: int, figure: str) -> Message | None:
        """Whether the sum of a planned figure in a year is above what the RPJMD allows."""
        limit, amount = self.limit(year), self.sum_of(figure, self.sources, [year])
        if limit is None or figure not in PLANNED or amount <= limit:
            return None
        return Message(
            "ui.budget.above_rpjmd",
            figure=FIGURES[figure], year=str(year), amount=Rupiah(amount), limit=Rupiah(limit),
            difference=Rupiah(amount - limit),
        )  # fmt: skip

    def _beyond(self, year: int) -> Message | None:
        return next((wrong for figure in reversed(PLANNED) if (wrong := self._above(year, figure))), None)

    def remarks(self) -> Iterable[Message]:
        """Years above the RPJMD, then every cell above its limit, by name, whichever figure is shown."""
        yield from (wrong for year in self.years if (wrong := self._beyond(year)) is not None)
        for source in self.sources:
            for year in self.years:
                amounts = self.amounts((source, year))
                for figure in FIGURES:
                    wrong = over(figure, amounts)
                    if wrong is not None:
                        yield Message("ui.budget.at", source=self.named(source), year=str(year), what=wrong)

    def named(self, source: str) -> LocalText | str:
        """What a source of money is called."""
        found = (each for each in self.session.pack.planning.funding if each.id == source)
        known = next((each.label for each in found), None)
        return known or (funding_called(self.session.plan, source) if source else source)

    # -- for the table --------------------------------------------------------------------------
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's default
        return 0 if parent.isValid() else self.limit_row + 1

    def reads_number(self, column: int, text: str) -> Decimal | None:
        del column
        try:
            amount = parse("rupiah", text)
        except NotUnderstood:
            return None
        return Decimal(amount) if isinstance(amount, int) else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        if role in {Role.ToolTipRole, Role.AccessibleDescriptionRole}:
            wrong = self.remark(row, column)
            if wrong is None and self.session.plan.conflicts and self.differing(index) is not None:
                wrong = NAME
            return self.session.say(wrong) if wrong else None
        return self.remark(row, column) if role == REMARK else super().data(index, role)

    def line_name(self, row: int) -> str:
        say = self.session.say
        source, figure = self.place(row)
        if source == LIMIT:
            return say(Message("ui.budget.rpjmd"))
        name = say(self.named(source)) if source else say(Message("ui.budget.sum"))
        if len(self.shown) == 1:
            return name
        return say(Message("ui.budget.figure_of", source=name, figure=FIGURES[figure]))

    def flags(self, index: Index) -> Qt.ItemFlag:
        shown = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        fixed = self.is_sum(index.row(), index.column()) or self.session.read_only
        return shown if fixed else shown | Qt.ItemFlag.ItemIsEditable

    def subject(self, index: Index) -> Subject | None:
        if not index.isValid() or self.is_sum(index.row(), index.column()):
            return None
        source, figure = self.place(index.row())
        year = self.years[index.column()]
        if source == LIMIT:
            return self._limit_subject(year)
        line = derived_id("budget_line", self._programme, str(year), source)
        label = Message(
            "ui.trace.money", figure=FIGURES[figure], year=str(year), source=self.named(source)
        )  # fmt: skip
        field = TableField(id=figure, label=LocalText(), type="rupiah", said=FIGURES[figure])
        return Subject(label, field, (Record("budget_line", line, figure),))

    def _limit_subject(self, year: int) -> Subject:
        row = derived_id("rpjmd_ceiling", self._programme, str(year))
        name = Message("ui.budget.rpjmd")
        field = TableField(id="amount", label=LocalText(), type="rupiah", said=name)
        label = Message("ui.trace.rpjmd", year=str(year))
        return Subject(label, field, (Record("rpjmd_ceiling", row, "amount"),))

    # -- writing --------------------------------------------------------------------------------
    def preview(self, row: int, column: int, text: str) -> None:
        before = self._typing
        if row < 0 or row >= self.rowCount() or self.is_sum(row, column):
            self._typing = None
        else:
            source, figure = self.place(row)
            amount = self.reads_number(column, text)
            self._typing = ((source, self.years[column]), figure, None if amount is None else int(amount))
        if before != self._typing:
            self._say_again()

    def understands(self, row: int, column: int, text: str) -> bool:
        try:
            parse("rupiah", text)
        except NotUnderstood as problem:
            self.tell([(row, column, problem.message)])
            return False
        return True

    def write(self, cells: CellTexts) -> int:
        self._typing = None
        wanted: list[tuple[Key, str, int | None]] = []
        problems: list[tuple[int, int, Message]] = []
        for row, column, text in cells:
            if row >= self.rowCount() or self.is_sum(row, column):
                continue
            try:
                amount = parse("rupiah", text)
            except NotUnderstood as error:
                problems.append((row, column, error.message))
                continue
            source, figure = self.place(row)
            key = (source, self.years[column])
            now = self.limit(key[1]) if source == LIMIT else self.amounts(key)[figure]
            if amount != now:
                wanted.append((key, figure, amount if isinstance(amount, int) else None))
        self.tell(problems)
        if wanted and not self.put(wanted):
            return 0
        return len(cells) - len(problems)

    def put(self, wanted: Sequence[tuple[Key, str, int | None]]) -> bool:
        """Write figures as one operation."""
        if self.session.read_only:
            return False
        by_line: dict[Key, dict[str, int | None]] = {}
        for key, figure, amount in wanted:
            by_line.setdefault(key, {})[figure] = amount
        try:
            with self.session.change(Message("ui.op.budget", n=len(wanted))) as operation:
                for key, figures in by_line.items():
                    self._put(operation, key, figures)
        except RancangError as error:
            self.session.failed.emit(error.message)
            return False
        self.refresh()
        return True

    def _put(self, operation: Operation, key: Key, figures: dict[str, int | None]) -> None:
        """Write a line; one without any figure goes, for it would still claim its year."""
        source, year = key
        if source == LIMIT:
            self._put_limit(operation, year, figures["amount"])
            return
        line = self._lines.get(key)
        now = {name: getattr(line, name) if line else None for name in FIGURES} | figures
        if any(amount is not None for amount in now.values()):
            operation.put("budget_line", programme=self._programme, year=year, source=source, **figures)
        elif line is not None:
            operation.delete("budget_line", line.id)

    def _put_limit(self, operation: Operation, year: int, amount: int | None) -> None:
        known = self._limits.get(year)
        if amount is not None:
            operation.put("rpjmd_ceiling", programme=self._programme, year=year, amount=amount)
        elif known is not None:
            operation.delete("rpjmd_ceiling", known.id)
