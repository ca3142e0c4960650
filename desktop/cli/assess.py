"""``rancang assess``: ratings of the region and of assessors beside each other; rate; print a paper form."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.base import Message, RancangError
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, opened
from desktop.cli.overwriting import add_force

if TYPE_CHECKING:
    from desktop.checks.assessment import Assessed, Assessment
    from desktop.workspace import Workspace

KINDS = ("readiness", "evaluation")


class NoAssessment(RancangError):
    """The guideline has no assessment of this kind."""

    def __init__(self) -> None:
        super().__init__(Message("cli.assess.none"))


class UnknownItem(RancangError):
    """The assessment has no such item."""

    def __init__(self, wanted: str, known: list[str]) -> None:
        super().__init__(Message("cli.assess.unknown", wanted=wanted, known=", ".join(known)))


class UnknownCohort(RancangError):
    """The guideline has no such set of weights."""

    def __init__(self, wanted: str, known: list[str]) -> None:
        super().__init__(Message("cli.assess.cohort", wanted=wanted, known=", ".join(known)))


class NotAPair(RancangError):
    """A rating is written ITEM=VALUE."""

    def __init__(self, said: str) -> None:
        super().__init__(Message("cli.assess.pair", said=said))


def add_arguments(parser: Parser, console: Console) -> None:
    """Which assessment, whose ratings, and what to do with them."""
    add_force(parser, console)
    from desktop.exchange.assessing import WHO

    text = console.text
    add_workspace(parser, console)
    parser.add_argument(
        "ratings", nargs="*", default=[], metavar=text(Message("cli.metavar.ratings")),
        help=text(Message("cli.help.ratings")),
    )  # fmt: skip
    parser.add_argument("--kind", choices=KINDS, default=KINDS[0], help=text(Message("cli.help.assess_kind")))
    parser.add_argument("--by", choices=WHO, default=WHO[0], help=text(Message("cli.help.assess_by")))
    parser.add_argument(
        "--note",
        default="",
        metavar=text(Message("cli.metavar.text")),
        help=text(Message("cli.help.assess_note")),
    )
    parser.add_argument("--cohort", default=None, metavar="ID", help=text(Message("cli.help.assess_cohort")))
    parser.add_argument("--differences", action="store_true", help=text(Message("cli.help.differences")))
    parser.add_argument(
        "--form", type=Path, default=None, metavar=text(Message("cli.metavar.file")),
        help=text(Message("cli.help.assess_form")),
    )  # fmt: skip
    parser.add_argument("--filled", action="store_true", help=text(Message("cli.help.assess_filled")))
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Write the ratings given as one operation; then show what stands."""
    changes = bool(options.ratings or options.cohort is not None)
    with opened(options, console, read_only=not changes) as workspace:
        if options.cohort is not None:
            _choose_cohort(workspace, options.cohort)
        if options.ratings:
            _write(workspace, options, _found(workspace, options.kind))
        found = _found(workspace, options.kind)
        if options.form is not None:
            _print(workspace, options, console)
            return 0
        _show(found, options, console)
    return 0


def _found(workspace: Workspace, kind: str) -> Assessment:
    from desktop.checks.assessment import assessment

    found = assessment(workspace.plan(), workspace.pack(), kind)
    if found is None:
        raise NoAssessment
    return found


def _choose_cohort(workspace: Workspace, cohort: str) -> None:
    from desktop.checks.assessment import COHORT

    evaluation = workspace.pack().evaluation
    known = list(evaluation.weights) if evaluation else []
    if cohort and cohort not in known:
        raise UnknownCohort(cohort, known)
    with workspace.operation(Message("cli.label.cohort")) as op:
        op.answer(COHORT, cohort or None)


def _write(workspace: Workspace, options: argparse.Namespace, found: Assessment) -> None:
    from desktop.checks.ratings import read_rating
    from desktop.exchange.assessing import OWN, rate, remark

    wanted: list[tuple[Assessed, str]] = []
    for pair in options.ratings:
        name, sign, said = pair.partition("=")
        if not sign:
            raise NotAPair(pair)
        wanted.append((_item(found, name.strip()), read_rating(found, said)))
    pack, author = workspace.pack(), workspace.author
    with workspace.operation(Message("cli.label.assess", n=len(wanted))) as op:
        for item, value in wanted:
            rate(op, pack, found, item, options.by, value, author)
            if options.note and options.by != OWN:
                remark(op, item, options.by, options.note, author)


def _item(found: Assessment, name: str) -> Assessed:
    """An item by its id, or by its number on the paper form."""
    items = found.items
    if name.isascii() and name.isdecimal() and 1 <= int(name) <= len(items):
        return items[int(name) - 1]
    for item in items:
        if name in {item.id, item.item}:
            return item
    raise UnknownItem(name, [item.id for item in items])


_BY = {
    "own": Message("exchange.rating.by.own"),
    "assessor": Message("exchange.rating.by.assessor"),
    "evaluator": Message("exchange.rating.by.evaluator"),
    "mentor": Message("exchange.rating.by.mentor"),
}


def _show(found: Assessment, options: argparse.Namespace, console: Console) -> None:
    from desktop.checks.assessment import rounded
    from desktop.checks.ratings import shown

    language = console.language
    whose = _others(found)
    number = 0
    for section in found.sections:
        mean = section.mean("own")
        console.note(
            Message("cli.assess.section_open", title=section.title)
            if mean is None
            else Message("cli.assess.section", title=section.title, mean=rounded(mean))
        )
        for item in section.items:
            number += 1
            if options.differences and not any(item.difference(who) for who in whose):
                continue
            ratings = {
                "own": item.own,
                **{who: item.others[who].value for who in whose if who in item.others},
            }
            data: dict[str, Any] = {
                "number": number,
                "id": item.id,
                "section": section.id,
                "ratings": ratings,
                "notes": {who: score.note for who, score in item.others.items() if score.note},
                "evidence": item.evidence,
            }
            said = "  ".join(
                f"{console.text(_BY[who])}: {shown(found, value, language) or '–'}"
                for who, value in ratings.items()
            )
            console.record("rating", data, f"{number:>3}  {item.label.read(language)}  {said}")
    results = {who: str(result) for who in ("own", *whose) if (result := found.result(who)) is not None}
    console.record("result", {"results": results, "cohort": found.cohort}, _result(found, whose))
    for gain in found.gains(limit=3):
        step, label = rounded(gain.step), gain.item.label
        console.record(
            "gain",
            {"id": gain.item.id, "step": str(step), "top": str(rounded(gain.top))},
            Message("cli.assess.gain", item=label, step=step, top=rounded(gain.top)),
        )


def _result(found: Assessment, whose: tuple[str, ...]) -> Message:
    own = found.result("own")
    if own is None:
        return Message("cli.assess.no_result")
    others = [(who, found.result(who)) for who in whose]
    told = Message("cli.assess.result", own=own, most=found.most)
    for who, value in others:
        if value is not None:
            told = Message("cli.assess.and_result", one=told, who=_BY[who], value=value)
    return told


def _others(found: Assessment) -> tuple[str, ...]:
    from desktop.workspace.groundwork import SCORERS

    return tuple(who for who in SCORERS if any(who in item.others for item in found.items))


def _print(workspace: Workspace, options: argparse.Namespace, console: Console) -> None:
    """The paper form, as the name of its file ends."""
    from desktop.books.formats import written_as
    from desktop.books.printing import write_pdf
    from desktop.books.rating_form import compose_rating_form

    document = compose_rating_form(
        workspace.plan(), workspace.pack(), options.kind, console.language, filled=options.filled
    )
    made = written_as(options.form, document)
    write_pdf(options.form, made.data)
    facts = {"file": str(options.form), "pages": made.pages}
    said = Message("cli.assess.printed", file=str(options.form), n=made.pages)
    console.record(
        "form", facts, said if made.pages else Message("cli.record.written", file=str(options.form))
    )
