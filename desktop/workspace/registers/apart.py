"""The rows of working apart: what is set aside, remarks, deadlines, duties, initials, suggestions."""

from __future__ import annotations

from desktop.workspace.registers.register import Register, Table, part_of, ref, text

APART = (
    Table("set_aside", (text("finding"), text("reason"), text("author")), ("finding",)),
    Table(
        "comment",
        (
            # what it is about, as in a claim; it outlives that, so none of it is a reference
            text("table"),
            text("row"),
            text("field"),
            text("language"),
            text("item"),
            text("scope"),
            # where in a text; the program moves it along when the text is edited, so nobody is asked
            text("block", "lww"),
            text("quote", "lww"),
            text("body", "text"),
            text("author"),
            text("role"),
            text("at"),
            text("state"),
            part_of("parent", "comment"),
            ref("owner", "agency"),
            text("due"),
        ),
    ),
    Table(
        "deadline",
        (text("page"), text("ref"), part_of("agency", "agency"), text("due"), text("note", "text")),
        ("page", "ref", "agency"),
    ),
    Table(
        "duty",
        (
            # a page of the journey, as in a deadline, and the agency that owes it
            text("page"),
            text("ref"),
            part_of("agency", "agency"),
            ref("person", "person"),
            text("state"),
            # who said so when, and of what content: they go with the state, of which people are asked
            text("by", "lww"),
            text("at", "lww"),
            text("content", "lww"),
            text("note", "text"),
        ),
        ("page", "ref", "agency"),
    ),
    Table(
        "initial",
        (
            # a step of the guideline, and the agency whose head initials it (none: one step for all)
            text("step"),
            part_of("agency", "agency"),
            text("state"),
            # who did so when, and of what content: they go with the state, of which people are asked
            text("by", "lww"),
            text("office", "lww"),
            text("at", "lww"),
            text("content", "lww"),
            text("note", "text"),
            # the sheet with the initials on it, as a picture or scan
            ref("evidence", "evidence"),
        ),
        ("step", "agency"),
    ),
    Table(
        "suggestion",
        (
            # what it is about, as in a comment
            text("table"),
            text("row"),
            text("field"),
            text("language"),
            text("item"),
            text("scope"),
            # what stood there when it was made, and what should stand there instead
            Register("base", "json"),
            Register("proposed", "json"),
            text("reason", "text"),
            text("author"),
            text("role"),
            text("at"),
            text("state"),
            text("answer", "text"),
            # as with a duty: who said so when goes with the state
            text("answered_by", "lww"),
            text("answered_at", "lww"),
        ),
    ),
)
"""They point at rows of the plan."""
