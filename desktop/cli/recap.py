"""``rancang row FILE SHEET --recap``, ``--take``, ``--suggest``, ``--accept``: worksheets seen as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from desktop.base import Language, LocalText, Message, RancangError
from desktop.cli.rows import short, told

if TYPE_CHECKING:
    from desktop.checks.recap import Spread
    from desktop.cli.console import Console
    from desktop.cli.writing import Writer
    from desktop.exchange.suggestions import Suggestion
    from desktop.guideline.pack import Field, Worksheet
    from desktop.workspace import Workspace


class NoRecap(RancangError):
    """The worksheet is filled once for the region, so there is nothing to recapitulate."""

    def __init__(self, worksheet: LocalText) -> None:
        super().__init__(Message("cli.no_recap", worksheet=worksheet))


def print_recap(writer: Writer, sheet: Worksheet, console: Console) -> None:
    """Agencies with how much they wrote, then the guideline's rows with the spread of answers."""
    from desktop.checks.recap import by_agencies, recap

    if not by_agencies(sheet) or not sheet.recap:
        raise NoRecap(sheet.title)
    found = recap(writer.plan, sheet)
    for agency, rows in found.counts:
        name = agency.name.read(console.language)
        data = {"worksheet": sheet.id, "agency": agency.id, "name": dict(agency.name.values), "rows": rows}
        line = (
            Message("cli.recap.agency", agency=name, n=rows)
            if rows
            else Message("cli.recap.silent", agency=name)
        )
        console.record("agency", data, line)
    data = {"worksheet": sheet.id, "agency": "", "name": {}, "rows": found.region}
    console.record("agency", data, Message("cli.recap.region", n=found.region))
    for each in found.spreads:
        counts = {column.id: dict(each.counts(column)) for column in found.spread_columns}
        own = {
            column.id: cell.value
            for column in found.spread_columns
            if each.own is not None and (cell := each.own.cells.get(column.id)) is not None
        }
        record: dict[str, Any] = {
            "worksheet": sheet.id,
            "fixed": each.fixed.id,
            "region": own,
            "counts": counts,
            "rows": [{"row": row.id, "agency": row.agency} for row in each.agencies],
        }
        console.record("spread", record, _line(writer, each, found.spread_columns, console.language))


def _line(writer: Writer, spread: Spread, columns: tuple[Field, ...], language: Language) -> str:
    """``hr  Human resources  good (2 good, 1 poor)  bappeda 1a2b3c4d``."""
    from desktop.exchange.values import options, show

    parts = [spread.fixed.id, spread.fixed.label.read(language)]
    for column in columns:
        offered = options(column, writer.plan, writer.pack)
        value = spread.own.cells[column.id].value if spread.own and column.id in spread.own.cells else None
        mine = show(column.type, value, language, offered) or "-"
        given = ", ".join(
            f"{count} {show(column.type, choice, language, offered)}"
            for choice, count in spread.counts(column).items()
        )
        parts.append(f"{column.id}={mine}" + (f" ({given})" if given else ""))
    for row in spread.agencies:
        owner = writer.plan.agency(row.agency)
        name = (owner.short_name or owner.name.read(language)) if owner else row.agency
        parts.append(f"{name}:{short(row.id)}")
    return "  ".join(parts)


def take(workspace: Workspace, writer: Writer, sheet: Worksheet, wanted: str, console: Console) -> None:
    """Take an agency's answer over into the region's own row. Raises NothingToTake, UnknownName."""
    from desktop.exchange.taking_up import take_for_region

    rows = {row.id: row for row in writer.plan.rows.get(sheet.id, ())}
    row = rows[writer.rows.find("row", wanted, list(rows))]
    own = take_for_region(workspace, sheet, row)
    console.record(
        "row",
        {"worksheet": sheet.id, "row": own, "from": row.id, "deleted": False},
        told(own),
    )


class NotSuggested(RancangError):
    """There is no suggestion of this number."""

    def __init__(self, wanted: str, there: int) -> None:
        super().__init__(Message("cli.suggest.unknown", wanted=wanted, n=there))


def suggest(workspace: Workspace, writer: Writer, sheet: Worksheet, wanted: str, console: Console) -> None:
    """List what other parts suggest for a worksheet; with ``wanted`` write those of these numbers.

    Raises NotSuggested.
    """
    from desktop.exchange.suggestions import accept, suggestions

    found = suggestions(writer.plan, writer.pack, sheet)
    if not wanted:
        for number, each in enumerate(found, 1):
            data = {"worksheet": sheet.id, "number": number, "text": dict(each.text.texts), "taken": False}
            where = console.text(each.where)
            console.record("suggestion", data, f"{number}  {where}  {each.text.read(console.language)}")
        if not found:
            console.note(Message("cli.suggest.none"))
        return
    chosen = found if wanted == "all" else tuple(_numbered(found, wanted))
    done = accept(workspace, sheet, chosen)
    console.record(
        "suggestions", {"worksheet": sheet.id, "taken": done}, Message("cli.suggest.taken", n=done)
    )


def _numbered(found: tuple[Suggestion, ...], wanted: str) -> Iterator[Suggestion]:
    for word in dict.fromkeys(part.strip() for part in wanted.split(",")):
        if not (word.isdecimal() and 0 < int(word[:6]) <= len(found)):
            raise NotSuggested(word, len(found))
        yield found[int(word) - 1]
