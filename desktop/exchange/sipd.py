"""Knows the two tables that come out of SIPD, the government's own planning system, by their heads.

The *flat* one has a row for every account of every sub-activity, with a code and a name for each level
beside each other. The *report* of a Renja or RKPD has indicators of all three levels in the rows of
sub-activities. Both heads name columns *Program* or *Kegiatan* that are no programmes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from desktop.exchange.columns import Role, bare, role_of
from desktop.exchange.header import Column, Header, as_header, columns_of, numbers_columns
from desktop.exchange.table import Table, Value, filled

_SEARCHED_ROWS = 40
_LEVELS: Mapping[str, tuple[Role, int]] = {
    "nama program": (Role.PROGRAMME, 0), "kode program": (Role.CODE, 1),
    "nama kegiatan": (Role.ACTIVITY, 0), "kode kegiatan": (Role.CODE, 2),
    "nama sub kegiatan": (Role.SUB_ACTIVITY, 0), "kode sub kegiatan": (Role.CODE, 3),
}  # fmt: skip
_WHO = ("nama skpd", "nama skpd induk", "nama unit", "nama sub skpd", "nama sub unit")
"""Columns that name an agency, the one that answers for the money first."""
_AMOUNTS = re.compile(r"(?:alokasi |nilai |total )?(?:pagu|anggaran|rincian)(?: (?:anggaran|murni|rincian))?")
_SPENT = re.compile(r"(?:nilai )?realisasi(?: (?:anggaran|keuangan|belanja))?")
_TOPIC = re.compile(r"urusan\b.*\bprogram\b.*\bkegiatan\b")
_OF_LEVEL = (
    (re.compile(r"\b(?:capaian )?program$"), 1),
    (re.compile(r"\b(?:hasil|keluaran) kegiatan$"), 2),
    (re.compile(r"\bkeluaran sub kegiatan$"), 3),
)


def sipd_header(table: Table, chosen: Mapping[str, Role]) -> Header | None:
    """The head of a table out of SIPD; None for any other. ``chosen`` are a person's own decisions."""
    for index, row in enumerate(table.rows[:_SEARCHED_ROWS]):
        names = [bare(as_header(cell)) for cell in row]
        if "nama program" in names and len(_LEVELS.keys() & set(names)) >= 4:
            return _flat(table, index, names, chosen)
        if any(_TOPIC.search(name) for name in names) and _speaks_of_levels(table, index):
            return _report(table, index, chosen)
    return None


def _titles(table: Table, top: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(as_header(cell) for row in table.rows[:top] for cell in row if filled(cell)))


# ---- a row for every account ------------------------------------------------------------------------
def _flat(table: Table, top: int, names: list[str], chosen: Mapping[str, Role]) -> Header:
    who = next((name for name in _WHO if name in names), "")
    of_budget = any(name in {"kode rekening", "kode akun"} for name in names)
    columns = []
    for index, name in enumerate(names):
        if name:
            role, level = _flat_role(name, who, of_budget=of_budget)
            header = as_header(table.rows[top][index])
            columns.append(Column(index, header, chosen.get(name, role), role_of(header)[1], level=level))
    titles = _titles(table, top)
    words = tuple(frozenset([name] if name else []) for name in names)
    above = " ".join([*titles, *(column.header for column in columns)])
    return Header(tuple(columns), top + 1, above, titles, words, adds=True, sipd=True)


def _flat_role(name: str, who: str, *, of_budget: bool) -> tuple[Role, int]:
    if name in _LEVELS:
        return _LEVELS[name]
    if name == who:
        return Role.AGENCY, 0
    if name in {"sumber dana", "nama sumber dana"}:
        return Role.FUNDING, 0
    if name in {"tahun", "tahun anggaran"}:
        return Role.YEAR, 0
    if _SPENT.fullmatch(name):
        return Role.REALISED_BUDGET, 0
    if name == "no":
        return Role.NUMBER, 0
    if _AMOUNTS.fullmatch(name):
        return (Role.CEILING if of_budget else Role.BUDGET), 0
    known = role_of(name)[0]
    return (
        known if known in {Role.BUDGET, Role.CEILING, Role.INDICATOR, Role.TARGET, Role.UNIT} else Role.IGNORE
    ), 0


# ---- the report of a Renja or RKPD -------------------------------------------------------------------
def _speaks_of_levels(table: Table, top: int) -> bool:
    names = {bare(as_header(cell)) for row in table.rows[top : top + 3] for cell in row}
    return {"capaian program", "hasil kegiatan"} <= names


def _report(table: Table, top: int, chosen: Mapping[str, Role]) -> Header:
    rows = list(table.rows[top : top + 3])
    if len(rows) == 3 and not _is_head(rows[2]):
        rows.pop()
    levels = [[as_header(cell) for cell in row] for row in rows]
    columns = tuple(_levelled(column, chosen) for column in columns_of(levels, chosen))
    below = top + len(rows)
    while below < len(table.rows) and numbers_columns(table.rows[below]):
        below += 1
    titles = _titles(table, top)
    width = max(map(len, levels))
    words = tuple(
        frozenset(bare(level[index]) for level in levels if index < len(level) and level[index])
        for index in range(width)
    )
    above = " ".join([*titles, *dict.fromkeys(text for level in levels for text in level if text)])
    return Header(columns, below, above, titles, words, sipd=True)


def _is_head(row: tuple[Value, ...]) -> bool:
    """Whether a row still names columns: *Program*, *Tolok Ukur*, *Target*."""
    names = [bare(as_header(cell)) for cell in row if filled(cell)]
    known = [
        any(pattern.search(name) for pattern, _ in _OF_LEVEL) or name in {"tolok ukur", "target"}
        for name in names
    ]
    return sum(known) >= 2


def _levelled(column: Column, chosen: Mapping[str, Role]) -> Column:
    """A column of the report: its own role, and of which level it speaks."""
    name = bare(column.header)
    if name in chosen:
        return column
    level = next((level for pattern, level in _OF_LEVEL if pattern.search(name)), 0)
    if _TOPIC.search(name):
        return replace(column, role=Role.PROGRAMME)
    if "prakiraan maju" in name and re.search(r"\b(?:tolok ukur|target)$", name):
        return replace(column, role=Role.IGNORE)  # of an indicator that stands in none of the others
    if level and name.startswith("indikator"):
        return replace(column, role=Role.INDICATOR, year=None, level=level)
    if level and "target" in name.split():
        return replace(column, role=Role.TARGET, level=level)
    return column
