"""Where a result is seen: its page, the place on it, and what to call that in one line."""

from __future__ import annotations

from typing import NamedTuple

from desktop.base import LocalText, Message
from desktop.base.message import Param
from desktop.checks.places import title_of_page
from desktop.checks.spots import FIELD_NAMES
from desktop.exchange.searching.documents import GUIDELINE
from desktop.exchange.searching.index import Match
from desktop.exchange.whereabouts import COMMENTS, Whereabouts
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Place, Plan


class Spot(NamedTuple):
    """A page of the window (kind and ref), and the place on it."""

    page: str
    ref: str
    place: Place


class Placing:
    """Answers for one picture of the plan."""

    def __init__(self, plan: Plan, pack: Pack) -> None:
        self._where = Whereabouts(plan, pack)
        self._titles: dict[tuple[str, str], Param] = {}

    def spot(self, match: Match) -> Spot | None:
        """Where to go; None where nothing shows it any more."""
        facts = match.facts
        if match.table == GUIDELINE:
            item = str(facts.get("item") or "")
            place = Place("answer", item=item, language="") if "." in item else Place("")
            return Spot(str(facts["page"]), str(facts.get("ref") or ""), place)
        place = self._where.place(match.table, match.row, match.field, facts)
        page = self._where.page(match.table, match.row, match.field, facts)
        if match.table in {"comment", "suggestion"}:
            # a remark whose object is gone, or is on no page, is still on the list of all
            return Spot(page.page, page.ref, place) if page else Spot(COMMENTS, "", place)
        return Spot(page.page, page.ref, place) if page else None

    def where(self, match: Match) -> Param:
        """The page, and the field where it has a name of its own."""
        spot = self.spot(match)
        if spot is None:
            return Message("exchange.search.nowhere")
        title = self._title(spot.page, spot.ref)
        field = self._field(match)
        return Message("exchange.search.where", page=title, field=field) if field else title

    def _title(self, page: str, ref: str) -> Param:
        if (page, ref) not in self._titles:
            known = title_of_page(self._where.plan, self._where.guideline, page, ref)
            self._titles[page, ref] = Message("exchange.search.comment") if page == COMMENTS else known
        return self._titles[page, ref]

    def _field(self, match: Match) -> Param:
        facts, guideline = match.facts, self._where.guideline
        if match.table == "answer":
            item = str(facts.get("item") or "")
            return "" if item.startswith("chapter.") else guideline.title_of(item)
        if match.table == "cell":
            item = self._where.place("cell", match.row, "", facts).item
            return guideline.title_of(item) if item else ""
        if match.table == "programme":
            name = match.field.partition(":")[0]
            return FIELD_NAMES.get(name, "") if name != "title" else ""
        if match.table == GUIDELINE:
            return Message("exchange.search.guideline")
        return _TABLES.get(match.table, LocalText() and "")


_TABLES: dict[str, Message] = {
    "indicator": Message("exchange.search.in.indicator"),
    "activity": Message("exchange.search.in.activity"),
    "sub_activity": Message("exchange.search.in.activity"),
    "risk": Message("exchange.search.in.risk"),
    "comment": Message("exchange.search.in.comment"),
    "suggestion": Message("exchange.search.in.suggestion"),
    "duty": Message("exchange.search.in.duty"),
    "deadline": Message("exchange.search.in.deadline"),
    "initial": Message("exchange.search.in.initial"),
    "set_aside": Message("exchange.search.in.set_aside"),
    "score": Message("exchange.search.in.score"),
}
