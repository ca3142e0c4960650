"""What a workbook accepts in its cells: lists to pick from, numbers, years, days. Warnings, and no walls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.base import Language, Message, render
from desktop.exchange.agency_workbook import slip as slips
from desktop.exchange.agency_workbook.layout import Column
from desktop.exchange.agency_workbook.slip import Choices

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

PROMPT = 250
"""Letters of a note beside a cell; Excel takes 255."""


class Rules:
    """The rules of one workbook; lists lie on a hidden sheet, each once."""

    def __init__(self, language: Language, years: tuple[int, int] | None) -> None:
        self._language, self._years = language, years
        self.lists: dict[Choices, str] = {}

    def add(self, page: Worksheet, column: Column, choices: Choices, where: str) -> None:
        """Say what fits in some cells of a column."""
        rule = self._rule(column, choices)
        if rule is None:
            return
        # A warning and no wall: what does not fit is asked about when it comes back.
        rule.errorStyle, rule.showErrorMessage = "warning", True
        rule.error = render(Message("exchange.agency_book.does_not_fit"), self._language)
        rule.add(where)
        page.add_data_validation(rule)

    def shut(self, page: Worksheet, where: str) -> None:
        """Cells in which nothing is typed by hand: the hidden keys. They still move when rows are sorted."""
        rule = _made(type="custom", formula1="FALSE", allow_blank=True)
        rule.errorStyle, rule.showErrorMessage = "stop", True
        rule.error = render(Message("exchange.plan_book.key"), self._language)
        rule.add(where)
        page.add_data_validation(rule)

    def _rule(self, column: Column, choices: Choices) -> DataValidation | None:
        kind = column.field.type
        if choices and kind == "choices":
            offered = "; ".join(label for _, label in choices)
            rule = _made(type="custom", formula1="TRUE", allow_blank=True)
            rule.showInputMessage = True
            said = Message("exchange.plan_book.several", choices=offered)
            rule.prompt = render(said, self._language)[:PROMPT]
            return rule
        if choices:
            return _made(type="list", formula1=self._list(choices), allow_blank=True)
        if kind in {"rupiah", "integer"}:
            return _between("whole", "-9E+15", "9E+15")
        if kind == "year":
            lived = column.name in {"start_year", "end_year"} and self._years
            low, high = self._years if lived and self._years else (1900, 2200)
            return _between("whole", str(low), str(high))
        if kind in {"decimal", "percent"}:
            return _between("decimal", "-9E+15", "9E+15")
        if kind == "date":
            return _between("date", "DATE(1900,1,1)", "DATE(2200,12,31)")
        return None

    def _list(self, offered: Choices) -> str:
        if offered not in self.lists:
            from openpyxl.utils import get_column_letter

            letter = get_column_letter(len(self.lists) + 1)
            self.lists[offered] = f"'{slips.LISTS}'!${letter}$1:${letter}${len(offered)}"
        return self.lists[offered]


def _made(**facts: Any) -> DataValidation:
    from openpyxl.worksheet.datavalidation import DataValidation

    return DataValidation(**facts)


def _between(kind: str, low: str, high: str) -> DataValidation:
    return _made(type=kind, operator="between", formula1=low, formula2=high, allow_blank=True)
