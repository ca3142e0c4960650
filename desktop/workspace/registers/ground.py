"""The rows of the ground a region stands on: figures, decrees, bodies, meetings, hearing, scores."""

from __future__ import annotations

from desktop.workspace.registers.register import SORT, Register, Table, both, part_of, ref, text, whole

GROUND = (
    Table("figure", (text("measure"), whole("year"), text("value"), text("source")), ("measure", "year")),
    Table(
        "decree",
        (
            text("kind"),
            text("number"),
            text("date"),
            both("title"),
            text("state"),
            text("signer"),
            text("since"),
            text("until"),
            SORT,
        ),
    ),
    Table(
        "body",
        (text("body"), text("dimension"), both("name"), ref("decree", "decree"), both("task", "text")),
        ("body", "dimension"),
    ),
    Table(
        "member",
        (
            part_of("body", "body"),
            ref("person", "person"),
            text("name"),
            both("office"),
            text("institution"),
            text("position"),
            Register("outsider", "boolean"),
            SORT,
        ),
    ),
    Table(
        "meeting",
        (
            text("kind"),
            text("session"),
            ref("body", "body"),
            both("title"),
            text("start"),
            text("end"),
            text("place"),
            text("leader"),
            both("agenda", "text"),
            both("result", "text"),
            SORT,
        ),
    ),
    Table(
        "attendance",
        (
            part_of("meeting", "meeting"),
            ref("person", "person"),
            ref("agency", "agency"),
            text("name"),
            text("office"),
            text("institution"),
            Register("present", "boolean"),
            SORT,
        ),
    ),
    Table(
        "session_output",
        (
            text("session"),
            text("output"),
            text("state"),
            text("due"),
            text("done_on"),
            text("signed_by"),
            text("note", "text"),
        ),
        ("session", "output"),
    ),
    Table(
        "stakeholder",
        (
            text("name"),
            text("kind"),
            text("contact_person"),
            text("contact"),
            both("interest", "text"),
            SORT,
        ),
    ),
    Table(
        "input",
        (
            ref("stakeholder", "stakeholder"),
            ref("meeting", "meeting"),
            text("author"),
            text("date"),
            text("channel"),
            # what it is about: an item of the guideline, or empty for the plan as a whole
            text("item"),
            both("body", "text"),
            text("decision"),
            both("answer", "text"),
            text("answered_by"),
            text("answered_on"),
            SORT,
        ),
    ),
    Table(
        "input_programme",
        (part_of("input", "input"), part_of("programme", "programme")),
        ("input", "programme"),
    ),
    Table(
        "score",
        (
            text("item"),
            text("scope"),
            text("by"),
            text("value"),
            text("note", "text"),
            text("author"),
            text("at"),
        ),
        ("item", "scope", "by"),
    ),
)
"""Parents before their parts."""
