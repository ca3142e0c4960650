"""``rancang programme``: list, add, fill, fund, measure and delete programmes."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from desktop.base import LocalText, Message, Rupiah
from desktop.cli.arguments import MissingWords, Parser, TooManyWords, add_action
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.rows import short, told

if TYPE_CHECKING:
    from desktop.cli.writing import Writer
    from desktop.workspace import Workspace
    from desktop.workspace.operation import Operation
    from desktop.workspace.plan import Indicator, Programme

ACTIONS = ("list", "add", "from", "set", "budget", "indicator", "target", "support", "delete")


def add_arguments(parser: Parser, console: Console) -> None:
    """The action, the programme or indicator, and name=value words."""
    add_workspace(parser, console)
    shown = Message("cli.help.programme_action", actions=", ".join(ACTIONS))
    add_action(parser, console, ACTIONS, action=shown, words=Message("cli.help.programme_words"))
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Do one action as one operation."""
    from desktop.cli.writing import Writer

    words = list(options.words)
    with opened(options, console, read_only=options.action == "list") as workspace:
        writer = Writer(workspace)
        if options.action == "list":
            _list(writer, words, console)
            return 0
        if options.action == "from":
            row = _grow(workspace, words, writer)
        else:
            with workspace.operation(_label(options.action)) as op:
                row = _act(op, options.action, words, writer)
        data = {"action": options.action, "row": row}
        console.record("programme", data, told(row, deleted=options.action == "delete"))
    return 0


def _grow(workspace: Workspace, words: list[str], writer: Writer) -> str:
    """``WORKSHEET ROW``: make a programme of a row of a worksheet."""
    from desktop.cli.row import UnknownWorksheet
    from desktop.exchange.growing import make_programme

    if len(words) < 2:
        raise MissingWords("from", "programme")
    if len(words) > 2:
        raise TooManyWords(words[2])
    sheet = writer.guideline.worksheet(words[0])
    if sheet is None or sheet.binding:
        known = ", ".join(each.id for each in writer.pack.worksheets if not each.binding)
        raise UnknownWorksheet(words[0], known)
    wanted = writer.rows.of_worksheet(sheet, words[1])
    row = next(each for each in writer.plan.rows[sheet.id] if each.id == wanted)
    return make_programme(workspace, sheet, row)


def _label(action: str) -> Message:
    return {
        "add": Message("cli.label.programme_add"),
        "set": Message("cli.label.programme_set"),
        "budget": Message("cli.label.programme_budget"),
        "indicator": Message("cli.label.programme_indicator"),
        "target": Message("cli.label.programme_target"),
        "support": Message("cli.label.programme_support"),
        "delete": Message("cli.label.programme_delete"),
    }[action]


def _act(op: Operation, action: str, words: list[str], writer: Writer) -> str:
    """Do what was asked; the id of the row that was written or deleted."""
    if action == "add":
        _require(words, 1, action)
        row = op.insert("programme", origin="typed")
        writer.fill(op, "programme", row, words)
        return row
    _require(words, 1, action)
    if action == "target":
        return _target(op, words, writer)
    owner = writer.rows.find("programme", words.pop(0))
    match action:
        case "set":
            _require(words, 1, action)
            writer.fill(op, "programme", owner, words)
        case "budget":
            _require(words, 3, action)
            key = [f"programme={owner}", f"year={words[0]}", f"source={words[1]}"]
            return writer.insert(op, "budget_line", [*key, *words[2:]])
        case "indicator":
            _require(words, 1, action)
            return writer.insert(op, "indicator", [f"programme={owner}", *words])
        case "support":
            _require(words, 1, action)
            for word in words:
                op.put("programme_agency", programme=owner, agency=writer.rows.find("agency", word))
        case _:
            if words:
                raise TooManyWords(words[0])
            op.delete("programme", owner)
    return owner


def _target(op: Operation, words: list[str], writer: Writer) -> str:
    """``INDICATOR YEAR VALUE`` or ``INDICATOR YEAR target=... realised=...``."""
    _require(words, 3, "target")
    indicator = writer.rows.find("indicator", words[0])
    given = [word if "=" in word else f"target={word}" for word in words[2:]]
    return writer.insert(op, "target", [f"indicator={indicator}", f"year={words[1]}", *given])


def _require(words: list[str], count: int, action: str) -> None:
    if len(words) < count:
        raise MissingWords(action, "programme")


# -- listing -----------------------------------------------------------------------------------------
def _list(writer: Writer, wanted: list[str], console: Console) -> None:
    """Every programme with its money, indicators and targets; only those named, when some are."""
    chosen = {writer.rows.find("programme", word) for word in wanted}
    for programme in writer.plan.programmes:
        if not chosen or programme.id in chosen:
            _print(programme, writer, console)


def _print(programme: Programme, writer: Writer, console: Console) -> None:
    from dataclasses import asdict

    money = sum(line.indicative or 0 for line in programme.budget)
    title = programme.title.read(console.language)
    lead = writer.plan.agency(programme.lead)
    years = f"{programme.start_year or ''}–{programme.end_year or ''}"
    line = Message(
        "cli.programme.line",
        id=short(programme.id),
        code=programme.code or "-",
        title=title or "-",
        dimension=_dimension(programme, writer),
        lead=(lead.short_name or lead.name.read(console.language)) if lead else "-",
        years=years if len(years) > 1 else "-",
        money=Rupiah(money),
    )
    console.record("programme", _jsonable(asdict(programme)), line)
    if not console.as_json:
        _print_parts(programme, writer, console)


def _dimension(programme: Programme, writer: Writer) -> LocalText | str:
    dimension = writer.guideline.dimension(programme.dimension)
    return dimension.name if dimension else programme.dimension or "-"


def _print_parts(programme: Programme, writer: Writer, console: Console) -> None:
    from desktop.cli.naming import Names

    names = Names(writer.plan, writer.pack)
    for each in programme.supporting:
        console.note(Message("cli.programme.support", agency=names.row("agency", each)), 4)
    for line in programme.budget:
        console.note(
            Message(
                "cli.programme.budget",
                year=str(line.year),
                source=names.value("budget_line", line.id, "source", line.source, console.language),
                indicative=_money(line.indicative),
                ceiling=_money(line.ceiling),
                realised=_money(line.realised),
            ),
            4,
        )
    for indicator in programme.indicators:
        console.note(_indicator(indicator, names, console), 4)
    parts = [("activity", each.id) for each in programme.activities]
    parts += [("risk", each.id) for each in programme.risks]
    for table, row in parts:
        console.note(Message("cli.programme.part", id=short(row), part=names.row(table, row)), 4)


def _money(amount: int | None) -> Rupiah | str:
    return "-" if amount is None else Rupiah(amount)


def _indicator(indicator: Indicator, names: Any, console: Console) -> Message:
    targets = ", ".join(
        f"{target.year}: {names.value('target', target.id, 'target', target.target, console.language)}"
        for target in indicator.targets
    )
    return Message(
        "cli.programme.indicator",
        id=short(indicator.id),
        name=indicator.name.read(console.language) or "-",
        unit=indicator.unit or "-",
        baseline=names.value("indicator", indicator.id, "baseline", indicator.baseline, console.language),
        targets=targets or "-",
    )


def _jsonable(value: Any) -> Any:
    """Texts as a plain mapping of language to text; decimals as text."""
    from decimal import Decimal

    if isinstance(value, dict):
        if set(value) == {"values", "made_from"}:
            return dict(value["values"])
        return {key: _jsonable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(each) for each in value]
    return f"{value:f}" if isinstance(value, Decimal) else value
