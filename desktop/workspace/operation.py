"""One edit of the plan: everything done inside is one transaction, one undo step, one history entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from desktop.base import clock
from desktop.base.canonical import Json
from desktop.base.ids import derived_id
from desktop.base.plain import plain_part
from desktop.workspace import blobs, records
from desktop.workspace.author import Author
from desktop.workspace.draft import Draft, fitted, plain, same
from desktop.workspace.errors import UnfitValue, UnknownRow
from desktop.workspace.journal import Edit, Journal
from desktop.workspace.nomenclature import Entry, pack_list
from desktop.workspace.plan import Place, text_hash
from desktop.workspace.registers import PLAN_ROW, TABLES, Policy, parts_of, pointers_to

_ABOUT = ("table", "row", "field", "language", "item", "scope")
"""The registers of a comment that say what it is about: a :class:`Place`."""


class Operation:
    """Collects edits; the workspace writes them as one change set when the ``with`` block ends well.

    Values: text, whole numbers, booleans, None; Decimals are written as text; bilingual fields take a
    mapping of language to text. Setting a value to what it already is changes nothing.
    """

    def __init__(self, journal: Journal, source_language: str, seen: int) -> None:
        self._draft = Draft(journal, source_language, seen)

    def edits(self) -> list[Edit]:
        """What was done, with the operations it replaces."""
        return self._draft.edits()

    # -- rows --------------------------------------------------------------------------------------
    def insert(self, table: str, /, **values: Any) -> str:
        """Add a row; returns its id. With a natural key an existing row is updated instead."""
        spec = TABLES[table]
        if not spec.natural and "sort" not in values and spec.register("sort"):
            values["sort"] = self._draft.last_sort(table, {})
        row = spec.identify(values)
        if self._draft.exists(table, row):
            self.set(table, row, **{key: value for key, value in values.items() if key not in spec.natural})
            return row
        self._draft.insert(table, row, self._draft.registers(spec, values))
        self._draft.placed(table, values.get("sort"))
        return row

    put = insert

    def create_plan(self, row: str, /, **values: Any) -> None:
        """Write the one row of table ``plan``, whose id is the same in every workspace."""
        self._draft.insert("plan", row, self._draft.registers(TABLES["plan"], values))

    def set(self, table: str, row: str, /, **values: Any) -> None:
        """Change fields of a row. Raises UnknownRow, UnfitValue."""
        spec = TABLES[table]
        for name, value in values.items():
            register = spec.register(name)
            if register is None or name in spec.natural:
                raise UnfitValue(table, name, str(value))
            if register.shape == "bilingual":
                # the source first, so that translations remember the text they stand beside
                for language in sorted(value, key=lambda key: key != self._draft.source):
                    self.write(table, row, name, language, value[language])
            else:
                for field, plainly in self._draft.registers(spec, {name: value}).items():
                    self._draft.register(table, row, field, plainly)

    def write(
        self, table: str, row: str, name: str, language: str, text: str, *, made_from: str = ""
    ) -> None:
        """Write one language of a bilingual field; a translation remembers the source it was made from.

        ``made_from`` is the hash of that source where it is not the one that stands there now.
        """
        for register, value in self._draft.bilingual(table, row, name, language, text).items():
            if made_from and register.endswith(":of"):
                self._draft.register(table, row, register, made_from)
                continue
            self._draft.register(table, row, register, value)

    def discard(self, table: str, row: str) -> None:
        """Delete a row if it is there."""
        if self._draft.exists(table, row):
            self.delete(table, row)

    def delete(self, table: str, row: str) -> None:
        """Delete a row with its parts, the answers given about it, and every mention of it.

        Comments about it are kept: what was said is found also when its object is gone.
        """
        if not self._draft.exists(table, row):
            raise UnknownRow(table, row)
        if table == "plan":  # without it nothing in the file could be read any more
            raise UnfitValue(table, "", row)
        for part, key in parts_of(table):
            for child in self._draft.find(part, **{key: row}):
                self.delete(part, child)
        for other, key in pointers_to(table):
            for child in self._draft.find(other, **{key: row}):
                self._draft.register(other, child, key, None)
        for answer in self._draft.find("answer", scope=row):
            self.delete("answer", answer)
        for claim in [*self._draft.find("claim", row=row), *self._draft.find("claim", scope=row)]:
            if self._draft.exists("claim", claim):
                self.delete("claim", claim)
        if table == "programme":  # who had to do it by when is of no use without it
            owed = ((name, each) for name in ("deadline", "duty") for each in self._draft.find(name, ref=row))
            for name, each in list(owed):
                self.delete(name, each)
        self._draft.delete(table, row)

    # -- answers and worksheets --------------------------------------------------------------------
    def answer(
        self, item: str, value: Any, *, scope: str = "", policy: Policy = "conflict", origin: str = "typed"
    ) -> str:
        """Answer an item with a value that has no language. ``scope`` is the row it is about."""
        return self._answer(item, scope, "", plain(value), policy, origin)

    def answer_text(
        self,
        item: str,
        language: str,
        text: str,
        *,
        scope: str = "",
        policy: Policy = "text",
        origin: str = "typed",
        made_from: str = "",
    ) -> str:
        """Answer an item with a text in one language; ``made_from`` as in :meth:`write`."""
        row = self._answer(item, scope, language, text, policy, origin)
        if language != self._draft.source:
            source = derived_id("answer", item, scope, self._draft.source)
            self._draft.register("answer", row, "of", made_from or self._hash_of("answer", source))
        return row

    def _hash_of(self, table: str, row: str) -> str:
        """Which text a translation is made from, if its source is the one that stands there now."""
        text = self._draft.value(table, row, "value")
        return text_hash(text if isinstance(text, str) else "")

    def _answer(self, item: str, scope: str, language: str, value: Json, policy: Policy, origin: str) -> str:
        row = derived_id("answer", item, scope, language)
        if self._draft.exists("answer", row):
            if not same(self._draft.value("answer", row, "value"), fitted("answer", "value", value)):
                self._draft.register("answer", row, "value", value)
                self._draft.register("answer", row, "origin", origin)
            elif self._draft.value("answer", row, "origin") == "suggested":
                # whoever answers the same has looked at it
                self._draft.register("answer", row, "origin", origin)
            return row
        return self.insert(
            "answer", item=item, scope=scope, language=language, policy=policy, value=value, origin=origin
        )

    def confirm(self, table: str, row: str, name: str = "value") -> None:
        """Say that a value that was only suggested is right: it stays, and is this person's from now on.

        Raises UnknownRow.
        """
        if TABLES[table].register("origin") is not None and table == "answer":
            self._draft.register(table, row, "origin", "typed")
            return
        self._draft.restate(table, row, name)

    def add_row(self, worksheet: str, *, agency: str = "", before: str = "") -> str:
        """Add a free row to a worksheet, at the end or before another row."""
        sort = (
            self._draft.sort_before("row", before)
            if before
            else self._draft.last_sort("row", {"worksheet": worksheet})
        )
        return self.insert("row", worksheet=worksheet, agency=agency or None, fixed="", sort=sort)

    def fixed_row(self, worksheet: str, fixed: str, *, agency: str = "") -> str:
        """The guideline's own row: every copy derives the same id, whoever writes first."""
        row = derived_id("row", worksheet, fixed, agency)
        if not self._draft.exists("row", row):
            values = {"worksheet": worksheet, "agency": agency or None, "fixed": fixed}
            self._draft.insert("row", row, self._draft.registers(TABLES["row"], values))
        return row

    def move_row(self, row: str, *, before: str = "", table: str = "row") -> None:
        """Put a row before another one, or at the end."""
        worksheet = {"worksheet": self._draft.value("row", row, "worksheet")} if table == "row" else {}
        sort = self._draft.sort_before(table, before) if before else self._draft.last_sort(table, worksheet)
        self._draft.register(table, row, "sort", sort)
        self._draft.placed(table, sort)

    def cell(self, row: str, column: str, value: Any, *, policy: Policy = "conflict") -> str:
        """Fill a cell with a value that has no language."""
        return self._cell(row, column, "", plain(value), policy)

    def cell_now(self, row: str, column: str, language: str = "") -> str:
        """The text that stands in a cell now, with what this operation wrote; empty when there is none."""
        cell = derived_id("cell", row, column, language)
        value = self._draft.value("cell", cell, "value") if self._draft.exists("cell", cell) else None
        return value if isinstance(value, str) else ""

    def cell_text(
        self,
        row: str,
        column: str,
        language: str,
        text: str,
        *,
        policy: Policy = "conflict",
        made_from: str = "",
    ) -> str:
        """Fill a cell with a text in one language; ``made_from`` as in :meth:`write`."""
        cell = self._cell(row, column, language, text, policy)
        if language != self._draft.source:
            source = derived_id("cell", row, column, self._draft.source)
            self._draft.register("cell", cell, "of", made_from or self._hash_of("cell", source))
        return cell

    def _cell(self, row: str, column: str, language: str, value: Json, policy: Policy) -> str:
        cell = derived_id("cell", row, column, language)
        if self._draft.exists("cell", cell):
            self._draft.register("cell", cell, "value", value)
            return cell
        return self.insert("cell", row=row, column=column, language=language, policy=policy, value=value)

    # -- evidence and findings ---------------------------------------------------------------------
    def attach(
        self,
        data: Path | bytes,
        *,
        name: str,
        media_type: str,
        caption: Mapping[str, str] | None = None,
        taken_on: str = "",
    ) -> str:
        """Take a file in as evidence; equal bytes are kept once. Raises TooLarge, FileProblem, UnfitValue.

        ``taken_on`` is the day it shows (ISO 8601), where that is known.
        """
        sha256, size = blobs.store(self._draft.journal.connection, data, name)
        return self.insert(
            "evidence",
            sha256=sha256,
            name=plain_part(name),
            media_type=media_type,
            size=size,
            caption=dict(caption or {}),
            **({"taken_on": self._day("evidence", taken_on)} if taken_on else {}),
        )

    def take_codes(self, entries: Iterable[Entry], name: str) -> None:
        """Keep a list of nomenclature codes as the plan's own; without entries there is none any more."""
        packed = pack_list(entries)
        if packed == pack_list(()):
            self.set("plan", PLAN_ROW, nomenclature="", nomenclature_name="")
            return
        sha256, _ = blobs.store(self._draft.journal.connection, packed, name)
        self.set("plan", PLAN_ROW, nomenclature=sha256, nomenclature_name=name)

    def keep(self, data: bytes, name: str) -> str:
        """Keep bytes in the file without saying what they are for; their SHA-256, to name them by."""
        return blobs.store(self._draft.journal.connection, data, name)[0]

    def claim(self, evidence: str, place: Place) -> str:
        """Say that a piece of evidence supports a field."""
        return self.insert(
            "claim",
            evidence=evidence,
            table=place.table,
            row=place.row,
            field=place.field,
            item=place.item,
            scope=place.scope,
        )

    def unclaim(self, evidence: str, place: Place) -> None:
        """Take that back."""
        key = {
            "evidence": evidence,
            "table": place.table,
            "row": place.row,
            "field": place.field,
            "item": place.item,
            "scope": place.scope,
        }
        self.delete("claim", TABLES["claim"].identify(dict(key)))

    def set_aside(self, finding: str, reason: str, author: str = "") -> str:
        """Put a finding aside with a reason that the books print."""
        return self.insert("set_aside", finding=finding, reason=reason, author=author)

    # -- comments and deadlines --------------------------------------------------------------------
    def comment(
        self,
        place: Place,
        body: str,
        author: Author,
        *,
        block: str = "",
        quote: str = "",
        owner: str = "",
        due: str = "",
    ) -> str:
        """Remark on a field; with ``owner`` and ``due`` it is an agreed action. Raises UnfitValue."""
        return self._remark(
            place, body, author, block=block, quote=quote, owner=owner, due=self._day("comment", due)
        )

    def reply(self, comment: str, body: str, author: Author) -> str:
        """Answer a comment; an answer to an answer stands under the same comment. Raises UnknownRow.

        What somebody else than the asker answers counts as answered, until the asker says more.
        """
        if not self._draft.exists("comment", comment):
            raise UnknownRow("comment", comment)
        first = str(self._draft.value("comment", comment, "parent") or comment)
        said = {name: str(self._draft.value("comment", first, name) or "") for name in _ABOUT}
        asker, state = (self._draft.value("comment", first, name) for name in ("author", "state"))
        if state == "open" and asker != author.name:
            self._draft.register("comment", first, "state", "answered")
        return self._remark(Place(**said), body, author, parent=first)

    def _remark(self, place: Place, body: str, author: Author, **more: str) -> str:
        about = {name: getattr(place, name) for name in _ABOUT}
        written = {"body": body, "author": author.name, "role": author.role}
        at = clock.now().isoformat(timespec="seconds")
        return self.insert("comment", **about, **written, at=at, state="open", **more)

    def deadline(self, due: str, *, page: str = "", ref: str = "", agency: str = "", note: str = "") -> str:
        """Set by when a page must be done; the same page and agency keep one. Raises UnfitValue."""
        day = self._day("deadline", due, needed=True)
        return self.insert("deadline", page=page, ref=ref, agency=agency, due=day, note=note)

    def duty(self, page: str, ref: str, agency: str, /, **values: Any) -> str:
        """Say what an agency owes, who fills it in, how far it is; the same page and agency keep one.

        ``values``: person, state, by, at, content, note. Raises UnfitValue.
        """
        if values.get("state", "") not in records.DUTY_STATES:
            raise UnfitValue("duty", "state", str(values["state"])[:80])
        return self.insert("duty", page=page, ref=ref, agency=agency, **values)

    def initial(self, step: str, agency: str = "", /, **values: Any) -> str:
        """Say that a step was initialled, or was given back; the same step and agency keep one.

        ``values``: state, by, office, at (ISO date), content, note, evidence. Raises UnfitValue.
        """
        if values.get("state", "") not in records.INITIAL_STATES:
            raise UnfitValue("initial", "state", str(values["state"])[:80])
        if "at" in values:
            values["at"] = self._day("initial", values["at"] or "")
        return self.insert("initial", step=step, agency=agency or None, **values)

    def suggest(self, place: Place, base: Json, proposed: Json, author: Author, *, reason: str = "") -> str:
        """Say what one would write in a field, beside what stands there; nothing else changes."""
        about = {name: getattr(place, name) for name in _ABOUT}
        at = clock.now().isoformat(timespec="seconds")
        written = {"author": author.name, "role": author.role, "at": at, "state": "open"}
        return self.insert(
            "suggestion", **about, base=plain(base), proposed=plain(proposed), reason=reason, **written
        )

    def _day(self, table: str, due: str, *, needed: bool = False) -> str:
        day = records.day(due)
        if due != day or (needed and not day):
            raise UnfitValue(table, "due", due[:80])
        return day

    def take_up(self, finding: str) -> None:
        """Take up again a finding that was set aside."""
        self.delete("set_aside", TABLES["set_aside"].identify({"finding": finding}))
