"""The rows of the plan itself: region, agencies, people, programmes, evidence, answers, worksheets."""

from __future__ import annotations

from desktop.workspace.registers.register import SORT, Register, Table, both, part_of, ref, text, whole

PLAN = (
    Table(
        "plan",
        (
            text("region"),
            both("title"),
            whole("first_year"),
            whole("last_year"),
            text("source_language"),
            text("guideline"),
            text("guideline_version"),
            text("guideline_sha256"),
            Register("example", "boolean"),
            # the user's own list of codes (a blob, as evidence is) and what it is called
            text("nomenclature"),
            text("nomenclature_name"),
        ),
    ),
    Table(
        "agency",
        (
            text("code"),
            both("name"),
            text("short_name"),
            text("head"),
            # the day it ceased to be (ISO 8601) and the agency that took its tasks over
            text("until"),
            ref("successor", "agency"),
            SORT,
        ),
    ),
    Table(
        "person",
        (
            text("name"),
            both("office"),
            text("role"),
            ref("agency", "agency"),
            text("nip"),
            text("acting"),
            # from and to when the office is held (ISO 8601 days); the dimension the person answers for
            text("since"),
            text("until"),
            text("dimension"),
            # who took the office over; what the person does for the agency's part (contact, superior)
            ref("successor", "person"),
            text("task"),
            SORT,
        ),
    ),
    Table(
        "programme",
        (
            text("code"),
            both("title"),
            text("dimension"),
            text("sub_dimension"),
            ref("lead", "agency"),
            both("service", "text"),
            both("before", "text"),
            both("after", "text"),
            both("served", "text"),
            both("technology", "text"),
            whole("start_year"),
            whole("end_year"),
            Register("quick_win", "boolean"),
            text("status"),
            whole("total_budget"),
            text("origin"),
            text("source"),
            SORT,
        ),
    ),
    Table(
        "rpjmd_ceiling",
        (part_of("programme", "programme"), whole("year"), whole("amount"), text("source")),
        ("programme", "year"),
    ),
    Table(
        "programme_agency",
        (part_of("programme", "programme"), part_of("agency", "agency")),
        ("programme", "agency"),
    ),
    Table(
        "budget_line",
        (
            part_of("programme", "programme"),
            whole("year"),
            text("source"),
            whole("indicative"),
            whole("ceiling"),
            whole("realised"),
        ),
        ("programme", "year", "source"),
    ),
    Table(
        "indicator",
        (
            part_of("programme", "programme"),
            both("name"),
            text("unit"),
            text("direction"),
            text("baseline"),
            whole("baseline_year"),
            text("source"),
            SORT,
        ),
    ),
    Table(
        "target",
        (
            part_of("indicator", "indicator"),
            whole("year"),
            text("target"),
            text("realised"),
        ),
        ("indicator", "year"),
    ),
    Table(
        "activity",
        (
            part_of("programme", "programme"),
            text("area"),
            text("code"),
            both("title"),
            both("output", "text"),
            ref("lead", "agency"),
            whole("start_year"),
            whole("end_year"),
            whole("budget"),
            SORT,
        ),
    ),
    Table(
        "sub_activity",
        (
            part_of("activity", "activity"),
            text("code"),
            both("title"),
            both("output", "text"),
            ref("lead", "agency"),
            whole("start_year"),
            whole("end_year"),
            whole("budget"),
            SORT,
        ),
    ),
    Table(
        "risk",
        (
            part_of("programme", "programme"),
            both("title"),
            text("likelihood"),
            text("impact"),
            both("mitigation", "text"),
            text("owner"),
            SORT,
        ),
    ),
    Table(
        "evidence",
        (
            text("sha256"),
            text("name"),
            text("media_type"),
            whole("size"),
            both("caption"),
            text("taken_on"),
            text("valid_until"),
            SORT,
        ),
    ),
    Table(
        "claim",
        (
            part_of("evidence", "evidence"),
            text("table"),
            text("row"),
            text("field"),
            text("item"),
            text("scope"),
        ),
        ("evidence", "table", "row", "field", "item", "scope"),
    ),
    Table(
        "answer",
        (
            text("item"),
            text("scope"),
            text("language"),
            text("policy"),
            Register("value", "json", stored_policy=True),
            text("of", "lww"),
            text("origin", "lww"),
        ),
        ("item", "scope", "language"),
    ),
    Table("row", (text("worksheet"), ref("agency", "agency"), text("fixed"), SORT)),
    Table(
        "cell",
        (
            part_of("row", "row"),
            text("column"),
            text("language"),
            text("policy"),
            Register("value", "json", stored_policy=True),
            text("of", "lww"),
        ),
        ("row", "column", "language"),
    ),
)
"""Parents before their parts."""
