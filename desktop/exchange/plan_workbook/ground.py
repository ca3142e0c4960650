"""The sheets of decrees, of stakeholders, and of what those said about the plan."""

from __future__ import annotations

from desktop.base import Message
from desktop.exchange.agency_workbook.layout import Sheet
from desktop.exchange.plan_workbook.things import column_of, columns_of, lines_of, named
from desktop.exchange.values import Option
from desktop.workspace.plan import Plan


def decrees_sheet(plan: Plan, languages: tuple[str, ...]) -> Sheet:
    """A row for each decree, regulation or agreement."""
    columns = columns_of(
        languages,
        column_of("title", Message("exchange.plan_book.field.about"), bilingual=True),
        column_of("kind", Message("exchange.plan_book.field.kind"), "choice", named("decree", "kind")),
        column_of("number", Message("exchange.plan_book.field.number")),
        column_of("date", Message("exchange.plan_book.field.date"), "date"),
        column_of("state", Message("exchange.plan_book.field.state"), "choice", named("decree", "state")),
        column_of("signer", Message("exchange.plan_book.field.signer")),
        column_of("since", Message("exchange.plan_book.field.since"), "date"),
        column_of("until", Message("exchange.plan_book.field.until"), "date"),
    )
    title = Message("exchange.plan_book.sheet.decrees")
    purpose = Message("exchange.plan_book.purpose.decrees")
    return Sheet("decree", title, purpose, columns, lines_of(plan, plan.decrees, columns), free=True)


def stakeholders_sheet(plan: Plan, languages: tuple[str, ...]) -> Sheet:
    """A row for each firm, campus, community or citizen with a stake in the plan."""
    columns = columns_of(
        languages,
        column_of("name", Message("exchange.plan_book.field.person")),
        column_of("kind", Message("exchange.plan_book.field.kind"), "choice", named("stakeholder", "kind")),
        column_of("contact_person", Message("exchange.plan_book.field.contact_person")),
        column_of("contact", Message("exchange.plan_book.field.contact")),
        column_of("interest", Message("exchange.plan_book.field.interest"), "long_text", bilingual=True),
    )
    title = Message("exchange.plan_book.sheet.stakeholders")
    purpose = Message("exchange.plan_book.purpose.stakeholders")
    lines = lines_of(plan, plan.stakeholders, columns)
    return Sheet("stakeholder", title, purpose, columns, lines, free=True)


def inputs_sheet(plan: Plan, languages: tuple[str, ...]) -> Sheet:
    """A row for each input, with what was decided about it."""
    known = tuple(Option(each.id, each.name) for each in plan.stakeholders)
    columns = columns_of(
        languages,
        column_of("stakeholder", Message("exchange.plan_book.field.stakeholder"), "choice", known),
        column_of("author", Message("exchange.plan_book.field.author")),
        column_of("date", Message("exchange.plan_book.field.date"), "date"),
        column_of(
            "channel", Message("exchange.plan_book.field.channel"), "choice", named("input", "channel")
        ),
        column_of("body", Message("exchange.plan_book.field.said"), "long_text", bilingual=True),
        column_of(
            "decision", Message("exchange.plan_book.field.decision"), "choice", named("input", "decision")
        ),
        column_of("answer", Message("exchange.plan_book.field.reply"), "long_text", bilingual=True),
        column_of("answered_by", Message("exchange.plan_book.field.answered_by")),
        column_of("answered_on", Message("exchange.plan_book.field.answered_on"), "date"),
    )
    title = Message("exchange.plan_book.sheet.inputs")
    purpose = Message("exchange.plan_book.purpose.inputs")
    return Sheet("input", title, purpose, columns, lines_of(plan, plan.inputs, columns), free=True)
