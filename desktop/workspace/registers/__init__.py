"""Which tables and registers a workspace has, and how two values of one register merge.

A *register* is one (table, row, field). The names here are keys of the journal: they are stable for
ever, whatever a column is called later. A bilingual field is one register per language,
``title:id`` and ``title:en``, and beside each translation ``title:en:of``, the hash of the source text
it was made from.
"""

from __future__ import annotations

from desktop.base.ids import derived_id
from desktop.workspace.registers.apart import APART
from desktop.workspace.registers.ground import GROUND
from desktop.workspace.registers.plan import PLAN
from desktop.workspace.registers.register import LARGEST, WHOLE, Policy, Register, Shape, Table

__all__ = [
    "LARGEST",
    "PLAN_ROW",
    "TABLES",
    "WHOLE",
    "Policy",
    "Register",
    "Shape",
    "Table",
    "parts_of",
    "pointers_to",
    "policy_of",
]

TABLES = {table.name: table for table in (*PLAN, *APART, *GROUND)}
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
        for spec in TABLES.values()
        for register in spec.registers
        if register.references == table and register.owner
    ]


def pointers_to(table: str) -> list[tuple[str, str]]:
    """The (table, field) pairs that mention a row of ``table`` without being part of it."""
    return [
        (spec.name, register.name)
        for spec in TABLES.values()
        for register in spec.registers
        if register.references == table and not register.owner
    ]
