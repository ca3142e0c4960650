"""Where a row of the workspace is seen: its place and page, the programme and the agency it belongs to.

Works on rows as the tables hold them (also of rows that are gone), with look-ups made once for a plan, so
that thousands of search results or changes are placed in a moment.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from desktop.checks.places import page_of
from desktop.checks.spots import AGENCIES, EVIDENCE, INPUTS, programme_page
from desktop.guideline import Guideline
from desktop.guideline.pack import Pack, PageRef
from desktop.workspace.plan import Place, Plan, Programme

COMMENTS = "comments"
"""The page of all comments; no guideline names it."""
_SAID = ("comment", "suggestion", "claim")
"""Tables whose rows are about a place."""
_OWNED = ("budget_line", "rpjmd_ceiling", "indicator", "activity", "risk", "programme_agency")


class Whereabouts:
    """Answers for one picture of the plan."""

    def __init__(self, plan: Plan, pack: Pack) -> None:
        self.plan = plan
        self.pack = pack
        self.guideline = Guideline(pack)

    @cached_property
    def _programmes(self) -> Mapping[str, Programme]:
        return {each.id: each for each in self.plan.programmes}

    @cached_property
    def _owners(self) -> Mapping[str, str]:
        """The programme of every part of one, two levels down."""
        found: dict[str, str] = {}
        for programme in self.plan.programmes:
            ids = [each.id for each in programme.budget]
            ids += [each.id for each in programme.ceilings]
            ids += [each.id for each in programme.risks]
            for indicator in programme.indicators:
                ids += [indicator.id, *(target.id for target in indicator.targets)]
            for activity in programme.activities:
                ids += [activity.id, *(sub.id for sub in activity.sub_activities)]
            found.update(dict.fromkeys(ids, programme.id))
        return found

    @cached_property
    def _sheets(self) -> Mapping[str, tuple[str, str]]:
        """Worksheet and agency of every row."""
        return {row.id: (name, row.agency) for name, rows in self.plan.rows.items() for row in rows}

    # -- what it belongs to ----------------------------------------------------------------------
    def programme(self, table: str, row: str, facts: Mapping[str, Any]) -> str:
        """The id of the programme a row belongs to or is about, or empty; it may be gone by now."""
        if table == "programme":
            return row
        if table in _OWNED or table == "input_programme":
            return str(facts.get("programme") or "")
        if table == "target":
            return self._owners.get(row) or self._owners.get(str(facts.get("indicator") or ""), "")
        if table == "sub_activity":
            return self._owners.get(row) or self._owners.get(str(facts.get("activity") or ""), "")
        if table == "answer":
            return self._programme_of(str(facts.get("scope") or ""))
        if table in _SAID:
            return self._programme_of(str(facts.get("row") or "")) or self._programme_of(
                str(facts.get("scope") or "")
            )
        if table in {"deadline", "duty"} and facts.get("page") == "programmes":
            return str(facts.get("ref") or "")
        return ""

    def _programme_of(self, row: str) -> str:
        return row if row in self._programmes else self._owners.get(row, "")

    def agency(self, table: str, row: str, facts: Mapping[str, Any]) -> str:
        """The id of the agency whose part a row is: it leads the programme, or owns the row; or empty."""
        if table == "agency":
            return row
        if table in {"row", "cell"}:
            line = row if table == "row" else str(facts.get("row") or "")
            return self._sheets.get(line, ("", str(facts.get("agency") or "")))[1]
        if table in {"person", "deadline", "duty", "initial", "attendance"}:
            return str(facts.get("agency") or "")
        if table == "comment" and facts.get("owner"):
            return str(facts["owner"])
        if table in _SAID and str(facts.get("row") or "") in self._sheets:
            return self._sheets[str(facts["row"])][1]
        programme = self._programmes.get(self.programme(table, row, facts))
        return programme.lead if programme is not None else ""

    # -- where it is seen ------------------------------------------------------------------------
    def place(self, table: str, row: str, field: str, facts: Mapping[str, Any]) -> Place:
        """The place to point at: that of the field itself, or of what the row speaks about."""
        name, _, language = field.partition(":")
        said = {
            key: str(facts.get(key) or "") for key in ("table", "row", "field", "language", "item", "scope")
        }
        match table:
            case "answer":
                language = str(facts.get("language") or "")
                return Place("answer", row, "value", language, said["item"], said["scope"])
            case "cell":
                sheet = self._sheets.get(said["row"], ("", ""))[0]
                column = str(facts.get("column") or "")
                item = f"{sheet}.{column}" if sheet else ""
                return Place("cell", said["row"], column, str(facts.get("language") or ""), item)
            case "comment" | "suggestion":
                return Place(**said)
            case "claim":
                return Place("evidence", str(facts.get("evidence") or ""))
            case "target":
                return Place("indicator", str(facts.get("indicator") or ""), scope=self._owners.get(row, ""))
            case "programme_agency":
                return Place("programme", said["row"] or str(facts.get("programme") or ""), "supporting")
            case "input_programme":
                return Place("input", str(facts.get("input") or ""))
            case "score":
                return Place("score", row, name, item=said["item"], scope=said["scope"])
            case _:
                scope = self._owners.get(row, "") if table != "programme" else ""
                return Place(table, row, name, language, scope=scope)

    def page(self, table: str, row: str, field: str, facts: Mapping[str, Any]) -> PageRef | None:
        """The page that shows it, if one does: of what is deleted there is none."""
        match table:
            case "claim":
                return EVIDENCE
            case "input_programme":
                return INPUTS
            case "deadline" | "duty":
                page = str(facts.get("page") or "")
                return PageRef(page=page, ref=str(facts.get("ref") or "")) if page else None  # type: ignore[arg-type]
            case "set_aside" | "initial":
                return PageRef(page="checks" if table == "set_aside" else "package")
            case "agency" | "person":
                return AGENCIES
            case "row" | "cell":
                line = row if table == "row" else str(facts.get("row") or "")
                sheet = self._sheets.get(line, ("", ""))[0]
                return PageRef(page="worksheet", ref=sheet) if sheet else None
            case "programme":
                return self._programme_page(row)
            case "target" | "sub_activity" | "programme_agency":
                return self._programme_page(self.programme(table, row, facts))
            case _ if table in _OWNED:
                return self._programme_page(self._owners.get(row, ""))
            case _:
                return page_of(self.plan, self.guideline, self.place(table, row, field, facts))

    def _programme_page(self, row: str) -> PageRef | None:
        found = self._programmes.get(row)
        return programme_page(found) if found is not None else None


__all__ = ["COMMENTS", "Whereabouts"]
