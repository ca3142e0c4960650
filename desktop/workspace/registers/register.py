"""One register of the journal, and one kind of row with the registers it has."""

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


def text(name: str, policy: Policy = "conflict") -> Register:
    """A field of one text."""
    return Register(name, "text", policy)


def both(name: str, policy: Policy = "conflict") -> Register:
    """A text in both languages: one register for each."""
    return Register(name, "bilingual", policy)


def whole(name: str) -> Register:
    """A whole number."""
    return Register(name, "integer")


def ref(name: str, table: str) -> Register:
    """A reference to a row of another table, which may be deleted without this one."""
    return Register(name, references=table)


def part_of(name: str, table: str) -> Register:
    """A reference to what the row is a part of: it is deleted together with that."""
    return Register(name, references=table, owner=True)


SORT = Register("sort", policy="lww")
"""The place of a row among others of its table."""
