"""Which tables and registers a workspace has, and how two values of one register merge.

A *register* is one (table, row, field). The names here are keys of the journal: they are stable for
ever, whatever a column is called later. A bilingual field is one register per language,
``title:id`` and ``title:en``, and beside each translation ``title:en:of``, the hash of the source text
it was made from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from desktop.base.ids import derived_id, new_id

Policy = Literal["conflict", "text", "set", "lww"]
Shape = Literal["text", "integer", "boolean", "json", "bilingual"]

LARGEST = 2**53 - 1
"""The largest whole number kept (rupiah, for example): every reader of JSON still knows it exactly."""
WHOLE = "*"
"""The register that stands for the existence of a row."""


@dataclass(frozen=True, slots=True)
class Register:
    """One field of a table: its shape, how it merges, and the table it points at, if it does.

    ``owner`` marks the reference to what the row is a part of: it is deleted together with that.
    ``stored_policy`` says that the row itself carries the policy, written when it was created.
    """

    name: str
    shape: Shape = "text"
    policy: Policy = "conflict"
    references: str = ""
    owner: bool = False
    stored_policy: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A kind of row. With a natural key its id is derived from the key, which then never changes."""

    name: str
    registers: tuple[Register, ...]
    natural: tuple[str, ...] = ()

    def register(self, field: str) -> Register | None:
        """The register behind a journal field name (``title:en`` belongs to ``title``)."""
        name = field.partition(":")[0]
        return next((register for register in self.registers if register.name == name), None)

    def identify(self, values: dict[str, object]) -> str:
        """The id a new row with these values gets."""
        if self.natural:
            return derived_id(self.name, *(str(values.get(key) or "") for key in self.natural))
        return new_id()


def _text(name: str, policy: Policy = "conflict") -> Register:
    return Register(name, "text", policy)


def _both(name: str, policy: Policy = "conflict") -> Register:
    return Register(name, "bilingual", policy)


def _whole(name: str) -> Register:
    return Register(name, "integer")


def _ref(name: str, table: str) -> Register:
    return Register(name, references=table)


def _part_of(name: str, table: str) -> Register:
    return Register(name, references=table, owner=True)


_SORT = Register("sort", policy="lww")

_ALL = (
    Table(
        "plan",
        (
            _text("region"),
            _both("title"),
            _whole("first_year"),
            _whole("last_year"),
            _text("source_language"),
            _text("guideline"),
            _text("guideline_version"),
            _text("guideline_sha256"),
            Register("example", "boolean"),
            # the user's own list of codes (a blob, as evidence is) and what it is called
            _text("nomenclature"),
            _text("nomenclature_name"),
        ),
    ),
    Table(
        "agency",
        (
            _text("code"),
            _both("name"),
            _text("short_name"),
            _text("head"),
            # the day it ceased to be (ISO 8601) and the agency that took its tasks over
            _text("until"),
            _ref("successor", "agency"),
            _SORT,
        ),
    ),
    Table(
        "person",
        (
            _text("name"),
            _both("office"),
            _text("role"),
            _ref("agency", "agency"),
            _text("nip"),
            _text("acting"),
            # from and to when the office is held (ISO 8601 days); the dimension the person answers for
            _text("since"),
            _text("until"),
            _text("dimension"),
            # who took the office over; what the person does for the agency's part (contact, superior)
            _ref("successor", "person"),
            _text("task"),
            _SORT,
        ),
    ),
    Table(
        "programme",
        (
            _text("code"),
            _both("title"),
            _text("dimension"),
            _text("sub_dimension"),
            _ref("lead", "agency"),
            _both("service", "text"),
            _both("before", "text"),
            _both("after", "text"),
            _both("served", "text"),
            _both("technology", "text"),
            _whole("start_year"),
            _whole("end_year"),
            Register("quick_win", "boolean"),
            _text("status"),
            _whole("total_budget"),
            _text("origin"),
            _text("source"),
            _SORT,
        ),
    ),
    Table(
        "rpjmd_ceiling",
        (_part_of("programme", "programme"), _whole("year"), _whole("amount"), _text("source")),
        ("programme", "year"),
    ),
    Table(
        "programme_agency",
        (_part_of("programme", "programme"), _part_of("agency", "agency")),
        ("programme", "agency"),
    ),
    Table(
        "budget_line",
        (
            _part_of("programme", "programme"),
            _whole("year"),
            _text("source"),
            _whole("indicative"),
            _whole("ceiling"),
            _whole("realised"),
        ),
        ("programme", "year", "source"),
    ),
    Table(
        "indicator",
        (
            _part_of("programme", "programme"),
            _both("name"),
            _text("unit"),
            _text("direction"),
            _text("baseline"),
            _whole("baseline_year"),
            _text("source"),
            _SORT,
        ),
    ),
    Table(
        "target",
        (
            _part_of("indicator", "indicator"),
            _whole("year"),
            _text("target"),
            _text("realised"),
        ),
        ("indicator", "year"),
    ),
    Table(
        "activity",
        (
            _part_of("programme", "programme"),
            _text("area"),
            _text("code"),
            _both("title"),
            _both("output", "text"),
            _ref("lead", "agency"),
            _whole("start_year"),
            _whole("end_year"),
            _whole("budget"),
            _SORT,
        ),
    ),
    Table(
        "sub_activity",
        (
            _part_of("activity", "activity"),
            _text("code"),
            _both("title"),
            _both("output", "text"),
            _ref("lead", "agency"),
            _whole("start_year"),
            _whole("end_year"),
            _whole("budget"),
            _SORT,
        ),
    ),
    Table(
        "risk",
        (
            _part_of("programme", "programme"),
            _both("title"),
            _text("likelihood"),
            _text("impact"),
            _both("mitigation", "text"),
            _text("owner"),
            _SORT,
        ),
    ),
    Table(
        "evidence",
        (
            _text("sha256"),
            _text("name"),
            _text("media_type"),
            _whole("size"),
            _both("caption"),
            _text("taken_on"),
            _text("valid_until"),
            _SORT,
        ),
    ),
    Table(
        "claim",
        (
            _part_of("evidence", "evidence"),
            _text("table"),
            _text("row"),
            _text("field"),
            _text("item"),
            _text("scope"),
        ),
        ("evidence", "table", "row", "field", "item", "scope"),
    ),
    Table(
        "answer",
        (
            _text("item"),
            _text("scope"),
            _text("language"),
            _text("policy"),
            Register("value", "json", stored_policy=True),
            _text("of", "lww"),
            _text("origin", "lww"),
        ),
        ("item", "scope", "language"),
    ),
    Table("row", (_text("worksheet"), _ref("agency", "agency"), _text("fixed"), _SORT)),
    Table(
        "cell",
        (
            _part_of("row", "row"),
            _text("column"),
            _text("language"),
            _text("policy"),
            Register("value", "json", stored_policy=True),
            _text("of", "lww"),
        ),
        ("row", "column", "language"),
    ),
    Table("set_aside", (_text("finding"), _text("reason"), _text("author")), ("finding",)),
    Table(
        "comment",
        (
            # what it is about, as in a claim; it outlives that, so none of it is a reference
            _text("table"),
            _text("row"),
            _text("field"),
            _text("language"),
            _text("item"),
            _text("scope"),
            # where in a text; the program moves it along when the text is edited, so nobody is asked
            _text("block", "lww"),
            _text("quote", "lww"),
            _text("body", "text"),
            _text("author"),
            _text("role"),
            _text("at"),
            _text("state"),
            _part_of("parent", "comment"),
            _ref("owner", "agency"),
            _text("due"),
        ),
    ),
    Table(
        "deadline",
        (_text("page"), _text("ref"), _part_of("agency", "agency"), _text("due"), _text("note", "text")),
        ("page", "ref", "agency"),
    ),
    Table(
        "duty",
        (
            # a page of the journey, as in a deadline, and the agency that owes it
            _text("page"),
            _text("ref"),
            _part_of("agency", "agency"),
            _ref("person", "person"),
            _text("state"),
            # who said so when, and of what content: they go with the state, of which people are asked
            _text("by", "lww"),
            _text("at", "lww"),
            _text("content", "lww"),
            _text("note", "text"),
        ),
        ("page", "ref", "agency"),
    ),
    Table(
        "initial",
        (
            # a step of the guideline, and the agency whose head initials it (none: one step for all)
            _text("step"),
            _part_of("agency", "agency"),
            _text("state"),
            # who did so when, and of what content: they go with the state, of which people are asked
            _text("by", "lww"),
            _text("office", "lww"),
            _text("at", "lww"),
            _text("content", "lww"),
            _text("note", "text"),
            # the sheet with the initials on it, as a picture or scan
            _ref("evidence", "evidence"),
        ),
        ("step", "agency"),
    ),
    Table(
        "suggestion",
        (
            # what it is about, as in a comment
            _text("table"),
            _text("row"),
            _text("field"),
            _text("language"),
            _text("item"),
            _text("scope"),
            # what stood there when it was made, and what should stand there instead
            Register("base", "json"),
            Register("proposed", "json"),
            _text("reason", "text"),
            _text("author"),
            _text("role"),
            _text("at"),
            _text("state"),
            _text("answer", "text"),
            # as with a duty: who said so when goes with the state
            _text("answered_by", "lww"),
            _text("answered_at", "lww"),
        ),
    ),
    Table("figure", (_text("measure"), _whole("year"), _text("value"), _text("source")), ("measure", "year")),
    Table(
        "decree",
        (
            _text("kind"),
            _text("number"),
            _text("date"),
            _both("title"),
            _text("state"),
            _text("signer"),
            _text("since"),
            _text("until"),
            _SORT,
        ),
    ),
    Table(
        "body",
        (_text("body"), _text("dimension"), _both("name"), _ref("decree", "decree"), _both("task", "text")),
        ("body", "dimension"),
    ),
    Table(
        "member",
        (
            _part_of("body", "body"),
            _ref("person", "person"),
            _text("name"),
            _both("office"),
            _text("institution"),
            _text("position"),
            Register("outsider", "boolean"),
            _SORT,
        ),
    ),
    Table(
        "meeting",
        (
            _text("kind"),
            _text("session"),
            _ref("body", "body"),
            _both("title"),
            _text("start"),
            _text("end"),
            _text("place"),
            _text("leader"),
            _both("agenda", "text"),
            _both("result", "text"),
            _SORT,
        ),
    ),
    Table(
        "attendance",
        (
            _part_of("meeting", "meeting"),
            _ref("person", "person"),
            _ref("agency", "agency"),
            _text("name"),
            _text("office"),
            _text("institution"),
            Register("present", "boolean"),
            _SORT,
        ),
    ),
    Table(
        "session_output",
        (
            _text("session"),
            _text("output"),
            _text("state"),
            _text("due"),
            _text("done_on"),
            _text("signed_by"),
            _text("note", "text"),
        ),
        ("session", "output"),
    ),
    Table(
        "stakeholder",
        (
            _text("name"),
            _text("kind"),
            _text("contact_person"),
            _text("contact"),
            _both("interest", "text"),
            _SORT,
        ),
    ),
    Table(
        "input",
        (
            _ref("stakeholder", "stakeholder"),
            _ref("meeting", "meeting"),
            _text("author"),
            _text("date"),
            _text("channel"),
            # what it is about: an item of the guideline, or empty for the plan as a whole
            _text("item"),
            _both("body", "text"),
            _text("decision"),
            _both("answer", "text"),
            _text("answered_by"),
            _text("answered_on"),
            _SORT,
        ),
    ),
    Table(
        "input_programme",
        (_part_of("input", "input"), _part_of("programme", "programme")),
        ("input", "programme"),
    ),
    Table(
        "score",
        (
            _text("item"),
            _text("scope"),
            _text("by"),
            _text("value"),
            _text("note", "text"),
            _text("author"),
            _text("at"),
        ),
        ("item", "scope", "by"),
    ),
)

TABLES = {table.name: table for table in _ALL}
"""Every synced table by name, in an order in which parents come before their parts."""

PLAN_ROW = derived_id("plan")
"""The id of the one row of table ``plan``."""


def policy_of(table: str, field: str, stored: str = "") -> Policy:
    """How two values of a register merge; what this program does not know merges as a conflict."""
    spec = TABLES.get(table)
    register = spec.register(field) if spec else None
    if register is None:
        return "conflict"
    if field.endswith(":of"):
        return "lww"
    if register.stored_policy:
        return stored if stored in {"conflict", "text", "set", "lww"} else "conflict"  # type: ignore[return-value]
    return register.policy


def parts_of(table: str) -> list[tuple[str, str]]:
    """The (table, field) pairs whose rows are parts of a row of ``table``."""
    return [
        (spec.name, register.name)
        for spec in _ALL
        for register in spec.registers
        if register.references == table and register.owner
    ]


def pointers_to(table: str) -> list[tuple[str, str]]:
    """The (table, field) pairs that mention a row of ``table`` without being part of it."""
    return [
        (spec.name, register.name)
        for spec in _ALL
        for register in spec.registers
        if register.references == table and not register.owner
    ]
