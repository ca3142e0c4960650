"""``rancang resolve``: what was filled differently, side by side, and settling it in every way there is."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.base import Message, RancangError
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened

if TYPE_CHECKING:
    from desktop.base.canonical import Json
    from desktop.exchange.differing import Differing
    from desktop.workspace import Workspace
    from desktop.workspace.cases import Case
    from desktop.workspace.clashing import Pick
    from desktop.workspace.resolving import Decision


class UnknownCase(RancangError):
    """Nothing that is filled differently has this key or number."""

    def __init__(self, key: str) -> None:
        super().__init__(Message("cli.resolve.unknown", key=key))


class UnknownSide(RancangError):
    """There is no such side; says which there are."""

    def __init__(self, side: str, known: str) -> None:
        super().__init__(Message("cli.resolve.unknown_side", side=side, known=known))


class NotThisWay(RancangError):
    """A field is not kept or deleted, a row has no value, only texts have sentences."""

    def __init__(self, option: str) -> None:
        super().__init__(Message("cli.resolve.not_this_way", option=option))


class WhichCase(RancangError):
    """To settle, it must be said which one."""

    def __init__(self) -> None:
        super().__init__(Message("cli.resolve.which"))


class ByItsKey(RancangError):
    """Numbers move up when something is settled: the same command again would settle the next one."""

    def __init__(self, number: str, key: str) -> None:
        super().__init__(Message("cli.resolve.by_its_key", number=number, key=key))


class NotASentence(RancangError):
    """A choice of sentences is not written as it has to be, or names a sentence that does not clash."""

    def __init__(self, text: str) -> None:
        super().__init__(Message("cli.resolve.not_a_sentence", text=text))


def add_arguments(parser: Parser, console: Console) -> None:
    """Which one, and how it is settled."""
    text = console.text
    add_workspace(parser, console)
    key = text(Message("cli.metavar.key"))
    parser.add_argument("--conflict", default="", metavar=key, help=text(Message("cli.help.resolve.key")))
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--take", default="", metavar="A|B", help=text(Message("cli.help.resolve.take")))
    value = text(Message("cli.metavar.value"))
    how.add_argument("--value", default=None, metavar=value, help=text(Message("cli.help.resolve.value")))
    how.add_argument("--keep", action="store_true", help=text(Message("cli.help.resolve.keep")))
    how.add_argument("--delete", action="store_true", help=text(Message("cli.help.resolve.delete")))
    how.add_argument(
        "--sentences", default="", metavar="1=A,2=both", help=text(Message("cli.help.resolve.sentences"))
    )
    how.add_argument("--owner", action="store_true", help=text(Message("cli.help.resolve.owner")))
    parser.add_argument(
        "--words",
        action="append",
        default=[],
        metavar=text(Message("cli.metavar.sentence")),
        help=text(Message("cli.help.resolve.words")),
    )
    agency = text(Message("cli.metavar.agency"))
    parser.add_argument("--agency", default="", metavar=agency, help=text(Message("cli.help.resolve.agency")))
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """List, or settle; exit code 1 while any is open."""
    way = (options.take, options.value is not None, options.keep, options.delete, options.sentences)
    settles = any(way) or options.owner or options.words
    if (any(way) or options.words) and not options.conflict:
        raise WhichCase
    with opened(options, console, read_only=not settles) as workspace:
        from desktop.cli.cases_told import Told
        from desktop.exchange.differing import Differing

        if settles:
            found = Differing(workspace)
            told = Told(workspace, console)
            if options.owner:
                _from_owner(workspace, found, told, options)
            else:
                case = _find(found.cases, options.conflict, settles=True)
                settle(workspace, found, case, _decision(workspace, case, options))
                told.settled(1, workspace.head)
        left = Differing(workspace).cases
        if not settles:
            told = Told(workspace, console)
            chosen = [_find(left, options.conflict, settles=False)] if options.conflict else left
            for case in chosen:
                told.case(left.index(case) + 1, case, whole=bool(options.conflict))
            if not left:
                console.note(Message("cli.conflicts.none"))
        elif left:
            console.note(Message("cli.resolve.left", n=len(left)))
    return 1 if left else 0


def _find(found: list[Case], wanted: str, *, settles: bool) -> Case:
    """By its key, the beginning of it that no other has, or - only to be shown - its number in the list.

    Raises UnknownCase, ByItsKey.
    """
    key = wanted.strip().lower()
    matching = [case for case in found if case.key == key] or [
        case for case in found if len(key) >= 4 and case.key.startswith(key)
    ]
    if len(matching) == 1:
        return matching[0]
    if not matching and key.isascii() and key.isdigit() and 0 < int(key[:6]) <= len(found):
        numbered = found[int(key[:6]) - 1]
        if settles:
            raise ByItsKey(key, numbered.key)
        return numbered
    raise UnknownCase(wanted)


def settle(workspace: Workspace, found: Differing, case: Case, decision: Decision) -> None:
    """Settle one, where whoever works here may. Raises NotEntitled and what settling raises."""
    from desktop.workspace.entitled import NotEntitled
    from desktop.workspace.resolving import resolve_many

    reason = found.why_not(case)
    if reason is not None:
        raise NotEntitled(reason)
    resolve_many(workspace, [decision])


def _decision(workspace: Workspace, case: Case, options: argparse.Namespace) -> Decision:
    from desktop.workspace.entitled import decision
    from desktop.workspace.resolving import Decision

    if options.sentences or options.words:
        if case.text is None:
            raise NotThisWay("--sentences")
        return Decision(case.conflict, case.text.assemble(_picks(case, options)))
    if options.take:
        return decision(case, _side(case, options.take))
    if options.value is not None:
        if case.whole_row:
            raise NotThisWay("--value")
        return Decision(case.conflict, _typed(workspace, case, options.value))
    if not case.whole_row:
        raise NotThisWay("--keep" if options.keep else "--delete")
    return Decision(case.conflict, keep=bool(options.keep))


def _side(case: Case, wanted: str) -> int:
    """``A`` or ``1`` is the first side. Raises UnknownSide."""
    from desktop.workspace.cases import LETTERS

    letters = LETTERS[: len(case.sides)]
    name = wanted.strip().upper()
    if len(name) == 1 and name in letters:
        return letters.index(name)
    if name.isascii() and name.isdigit() and 0 < int(name[:6]) <= len(case.sides):
        return int(name[:6]) - 1
    raise UnknownSide(wanted, ", ".join(letters))


def _picks(case: Case, options: argparse.Namespace) -> Mapping[int, Pick]:
    """What was chosen for each clash; those where everybody only added keep both unless something is said."""
    from desktop.workspace.clashing import BOTH, Pick

    clashes = case.text.clashes if case.text is not None else ()
    picks = {each.number: each.preselected for each in clashes if each.preselected is not None}
    numbers = {each.number for each in clashes}

    def number(text: str, whole: str) -> int:
        bare = text.strip()
        if not (bare.isascii() and bare.isdigit()) or int(bare[:6]) not in numbers:
            raise NotASentence(whole)
        return int(bare[:6])

    for word in filter(None, map(str.strip, options.sentences.split(","))):
        place, equals, choice = word.partition("=")
        if not equals:
            raise NotASentence(word)
        named = choice.strip().lower()
        if named in {"both", "keduanya"}:
            picks[number(place, word)] = BOTH
        else:
            picks[number(place, word)] = Pick("side", _side(case, choice))
    for word in options.words:
        place, equals, words = word.partition("=")
        if not equals:
            raise NotASentence(word)
        picks[number(place, word)] = Pick("own", words=words)
    return picks


def _typed(workspace: Workspace, case: Case, text: str) -> Json:
    """What a person typed, as the register keeps it. Raises NotUnderstood and its like."""
    from desktop.cli.naming import Names
    from desktop.cli.writing import Writer, as_text

    conflict, writer = case.conflict, Writer(workspace)
    if conflict.table in {"answer", "cell"}:
        field = Names(writer.plan, writer.pack).answered(conflict.table, conflict.row)
        if field is None:
            return text
        if field.type in {"text", "long_text", "rich_text"}:
            return as_text(field, text)
        value = writer.typed(field, text)
    else:
        register = writer.known_register(conflict.table, conflict.field)
        if register.shape == "bilingual":
            return text
        value = writer.register_value(conflict.table, register, text)
    return sorted(map(str, value)) if isinstance(value, tuple | list) else value


def _from_owner(workspace: Workspace, found: Differing, told: Told, options: argparse.Namespace) -> None:
    """Take everything the owner agency filled in; what cannot be taken stays, and is said."""
    from desktop.cli.rows import Rows
    from desktop.workspace.entitled import from_owner
    from desktop.workspace.resolving import resolve_many

    agency = Rows(workspace.plan()).find("agency", options.agency) if options.agency else ""
    wanted = [_find(found.cases, options.conflict, settles=True)] if options.conflict else found.cases
    mine = [case for case in wanted if found.why_not(case) is None]
    taken = from_owner(mine, agency)
    taken.left += [
        (case, reason)
        for case in wanted
        if (not agency or case.belongs.agency == agency) and (reason := found.why_not(case)) is not None
    ]
    done = resolve_many(workspace, taken.decisions)
    told.settled(done, workspace.head)
    for case, reason in taken.left:
        told.stays(case, reason)


if TYPE_CHECKING:
    from desktop.cli.cases_told import Told
