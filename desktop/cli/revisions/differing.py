"""What differs between two states of a plan: thing by thing, field by field, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from desktop.base import Language, Message, render
from desktop.base.ids import derived_id
from desktop.base.message import Param
from desktop.base.speech import value_text
from desktop.base.textdiff import compared, sides
from desktop.books.revisions import Change, Said, What
from desktop.cli.facts import facts_of
from desktop.cli.fields import TABLE_NAMES
from desktop.cli.naming import Names
from desktop.exchange.whereabouts import Whereabouts
from desktop.guideline.pack import Pack, PageRef
from desktop.workspace.moving.slots import is_note
from desktop.workspace.plan import Place, Plan

Key: TypeAlias = tuple[str, ...]
"""What names a thing in both states."""

_LEFT_OUT = frozenset({
    "answer", "cell", "claim", "comment", "deadline", "duty", "initial", "suggestion", "score", "attendance",
})  # fmt: skip
"""Answers and cells are told with what they belong to; the others are the team's own talk."""
_KEYS: Mapping[str, tuple[str, ...]] = {
    "budget_line": ("programme", "year", "source"),
    "target": ("indicator", "year"),
    "rpjmd_ceiling": ("programme", "year"),
    "figure": ("measure", "year"),
    "session_output": ("session", "output"),
    "body": ("body", "dimension"),
}
"""What names a row whose id is another where it was written anew."""
_UNSAID = frozenset({
    "id", "order", "number", "origin", "status", "media_type", "size", "present", "worksheet", "fixed",
    "finding", "contact", "contact_person", "programme", "indicator", "activity", "meeting_of",
})  # fmt: skip
_BESIDE: Mapping[str, frozenset[str]] = {
    "budget_line": frozenset({"year", "source"}),
    "target": frozenset({"year"}),
    "rpjmd_ceiling": frozenset({"year", "source"}),
    "figure": frozenset({"measure", "year"}),
    "session_output": frozenset({"session", "output"}),
    "programme": frozenset({"source"}),
    "programme_agency": frozenset({"agency"}),
}
"""Fields that say no more than what the thing is called, or where it was typed from."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """A row, or an answer in all its languages, with what its fields say."""

    table: str
    row: str
    facts: Mapping[str, Any]
    values: Mapping[str, Any]
    """By field; ``title:en`` is the title in English, ``column:en`` a cell."""


@dataclass
class _State:
    """One state, asked for names and places."""

    plan: Plan
    pack: Pack
    language: Language
    names: Names = field(init=False)
    where: Whereabouts = field(init=False)
    things: dict[Key, _Thing] = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(self.plan, self.pack)
        self.where = Whereabouts(self.plan, self.pack)
        self.things = {}
        seen: Counter[Key] = Counter()
        for key, thing in self._all():
            # two lines of one year and source are two, whether the checks like it or not
            seen[key] += 1
            self.things[key if seen[key] == 1 else (*key, str(seen[key]))] = thing

    # -- what there is ---------------------------------------------------------------------------
    def _all(self) -> Iterator[tuple[Key, _Thing]]:
        plan, source = self.plan, self.plan.source_language
        own = {
            "title": dict(plan.title.values), "region": f"{plan.region.name}, {plan.region.province}",
            "first_year": plan.first_year, "last_year": plan.last_year,
        }  # fmt: skip
        yield ("plan",), _Thing("plan", "plan", own, _spread(own, source))
        cells = {row.id: row.cells for rows in plan.rows.values() for row in rows}
        claims = {each.id: each.claims for each in plan.evidence}
        for (table, row), facts in facts_of(plan).items():
            if table in _LEFT_OUT:
                continue
            unsaid = _UNSAID | _BESIDE.get(table, frozenset())
            values = _spread({key: each for key, each in facts.items() if key not in unsaid}, source)
            for column, cell in cells.get(row, {}).items() if table == "row" else ():
                values[column] = cell.value
                values |= _languages(f"{column}:", cell.text.values, source)
            if table == "row":
                values.pop("agency", None)
            elif table == "evidence":
                values["claims"] = tuple(sorted(claims[row], key=_about))
            yield _key(table, row, facts), _Thing(table, row, facts, values)
        for answer in plan.answers.values():
            if is_note(answer.item):
                continue
            values = {"": answer.value, **_languages(":", answer.text.values, source)}
            facts = {"item": answer.item, "scope": answer.scope}
            yield ("answer", answer.item, answer.scope), _Thing("answer", "", facts, values)

    # -- in words --------------------------------------------------------------------------------
    def name(self, thing: _Thing) -> Param:
        """What a thing is called below what it belongs to."""
        if thing.table == "programme":
            return TABLE_NAMES["programme"]
        if thing.table == "answer":
            item = self.names.item(str(thing.facts["item"]), str(thing.facts["scope"]))
            return _within(item)
        return _within(self.names.row(thing.table, thing.row))

    def owner(self, thing: _Thing, page: PageRef | None) -> Param:
        """The programme or worksheet a thing belongs to; empty where it stands for itself."""
        programme = self.where.programme(thing.table, thing.row, thing.facts)
        if programme and thing.table != "input_programme":
            return self.names.row("programme", programme)
        if page is not None and page.page in {"worksheet", "form"}:
            guide = self.where.guideline
            found = guide.worksheet(page.ref) if page.page == "worksheet" else guide.form(page.ref)
            return found.title if found is not None else ""
        return ""

    def of(self, thing: _Thing, page: PageRef | None) -> str:
        """The same as nothing else is called."""
        programme = self.where.programme(thing.table, thing.row, thing.facts)
        if programme and thing.table != "input_programme":
            return programme
        return f"{page.page} {page.ref}" if page is not None and page.page in {"worksheet", "form"} else ""

    def page(self, thing: _Thing) -> PageRef | None:
        """Where it is seen."""
        if thing.table == "plan":
            return PageRef(page="profile")
        return self.where.page(thing.table, thing.row, "", thing.facts)

    def dimension(self, thing: _Thing) -> str:
        """Of the programme it belongs to."""
        programme = self.where.programme(thing.table, thing.row, thing.facts)
        return next((each.dimension for each in self.plan.programmes if each.id == programme), "")

    def label(self, thing: _Thing, name: str) -> str:
        """What a field is called."""
        base, _, language = name.partition(":")
        if thing.table == "answer" or (thing.table == "row" and not base):
            return self._spoken(language)
        if thing.table == "row":
            column = self.where.guideline.title_of(f"{thing.facts.get('worksheet', '')}.{base}")
            spoken = self._spoken(language)
            return f"{column.read(self.language)} ({spoken})" if spoken else column.read(self.language)
        if thing.table == "evidence" and base == "sha256":
            return self._text(Message("cli.revisions.content"))
        if thing.table == "evidence" and base == "claims":
            return self._text(Message("exchange.evidence.head.supports"))
        return self._text(self.names.field(thing.table, thing.row, name))

    def _spoken(self, language: str) -> str:
        known: Mapping[str, Param] = {
            "id": Message("checks.language.id"),
            "en": Message("checks.language.en"),
        }
        return self._text(known.get(language, language)) if language else ""

    def say(self, thing: _Thing, name: str) -> str:
        """What a field says."""
        value = thing.values.get(name)
        if _nothing(value):
            return ""
        table, row, base = _register(thing, name)
        if table == "evidence" and base == "sha256":
            return str(value)[:12]
        if table == "evidence" and base == "claims":
            return "; ".join(sorted(self._claim(each) for each in value or ()))
        if table == "plan" and base == "region":
            return str(value)
        if isinstance(value, bool) and thing.table not in {"answer", "row"}:
            return self._text(Message("books.yes") if value else Message("books.no"))
        given = list(value) if isinstance(value, tuple) else value
        return self.names.whole(table, row, base, given, self.language).strip()

    def is_rich(self, thing: _Thing, name: str) -> bool:
        """Whether a field is a text with marks, which words alone do not tell."""
        return self.names.is_rich(*_register(thing, name))

    def _claim(self, place: Place) -> str:
        """What a file supports, in words."""
        table, row, name, item, scope = _about(place)
        return self._text(self.names.place(table=table, row=row, field=name, item=item, scope=scope))

    def tell(self, message: Message) -> str:
        """A message in words."""
        return render(message, self.language)

    def _text(self, param: Param) -> str:
        return value_text(param, self.language)


def _register(thing: _Thing, name: str) -> tuple[str, str, str]:
    """The register of a field, as tables have it."""
    base, _, language = name.partition(":")
    if thing.table == "answer":
        row = derived_id("answer", str(thing.facts["item"]), str(thing.facts["scope"]), language)
        return "answer", row, "value"
    if thing.table == "row":
        return "cell", derived_id("cell", thing.row, base, language), "value"
    return thing.table, thing.row, base


def _about(place: Place) -> tuple[str, str, str, str, str]:
    return place.table, place.row, place.field, place.item, place.scope


def _key(table: str, row: str, facts: Mapping[str, Any]) -> Key:
    named = _KEYS.get(table)
    return (table, *(str(facts.get(each) or "") for each in named)) if named else (table, row)


def _spread(facts: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Texts language by language, the one that translations are made from first."""
    out: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, Mapping):
            out |= _languages(f"{name}:", value, source)
        else:
            out[name] = value
    return out


def _languages(name: str, texts: Mapping[str, str], source: str) -> dict[str, str]:
    return {f"{name}{code}": texts[code] for code in sorted(texts, key=lambda code: (code != source, code))}


def _nothing(value: Any) -> bool:
    return (
        value is None or value is False or value in ("", ()) or (isinstance(value, str) and not value.strip())
    )


def _within(param: Param) -> Param:
    """How a thing is called below the programme or worksheet it belongs to."""
    if not isinstance(param, Message):
        return param
    told = param.params
    match param.id:
        case "cli.where.part":
            return Message("cli.where.named", kind=told["kind"], title=told["title"])
        case "cli.where.budget":
            return Message("cli.revisions.budget", year=told["year"], source=told["source"])
        case "cli.where.target":
            return Message("cli.revisions.target", year=told["year"], owner=_within(told["owner"]))
        case "cli.where.supporting":
            return Message("cli.revisions.supporting", agency=told["agency"])
        case "cli.where.ceiling":
            return Message("cli.revisions.ceiling", year=told["year"])
        case "cli.where.row":
            return Message("cli.revisions.row", number=told["number"])
        case "cli.where.fixed_row":
            return told["row"]
        case "cli.where.about":
            return told["item"]
        case _:
            return param


# -- the differences ----------------------------------------------------------------------------------
def changes(
    before: Plan, before_pack: Pack, after: Plan, after_pack: Pack, language: Language
) -> tuple[Change, ...]:
    """Everything that was added, changed or removed, in the order of the later state, what is gone last.

    A programme that came or went is one change, with all that belongs to it.
    """
    old, new = _State(before, before_pack, language), _State(after, after_pack, language)
    found: dict[Key, Change] = {}
    for key in (*new.things, *(each for each in old.things if each not in new.things)):
        change = _change(old, new, key)
        if change is None:
            continue
        whole = _whole(old, new, key)
        if whole in found:
            part = _part(change, language)
            found[whole] = replace(found[whole], said=(*found[whole].said, part))
        else:
            found[key] = change
    return tuple(found.values())


def _whole(old: _State, new: _State, key: Key) -> Key:
    """The programme of which a thing is a part, where it is only in one of the states."""
    here = new if key in new.things else old
    thing = here.things[key]
    programme = ("programme", here.where.programme(thing.table, thing.row, thing.facts))
    both = programme in old.things and programme in new.things
    return () if both or programme == key else programme


def _part(change: Change, language: Language) -> Said:
    """A part on one line of its whole."""

    def values(side: str) -> str:
        told = ((each.label, getattr(each, side)) for each in change.said)
        return "; ".join(f"{label} {text}".strip() for label, text in told if text)

    before, after = values("before"), values("after")
    name = value_text(change.name, language)
    if change.what == "added":
        return Said(name, "", after or "\N{CHECK MARK}")
    return Said(name, before or "\N{CHECK MARK}", after)


def _change(old: _State, new: _State, key: Key) -> Change | None:
    was, now = old.things.get(key), new.things.get(key)
    here, thing = (new, now) if now is not None else (old, was)
    if thing is None:  # a key of either
        raise AssertionError
    said = tuple(_said(old, was, new, now))
    what: What = "changed"
    if was is None or now is None:
        what = "added" if was is None else "removed"
    elif thing.table == "answer":  # an answer comes to be when it is first written
        what = _of_answer(said)
    if not said and (what == "changed" or thing.table in {"answer", "row"}):
        return None
    page = here.page(thing)
    owner = here.owner(thing, page)
    return Change(what, page, here.dimension(thing), owner, here.name(thing), said, here.of(thing, page))


def _said(old: _State, was: _Thing | None, new: _State, now: _Thing | None) -> Iterator[Said]:
    """What the fields say that differ."""
    values = {} if was is None else was.values, {} if now is None else now.values
    for name in dict.fromkeys((*values[1], *values[0])):
        one, other = (each.get(name) for each in values)
        if one == other or (_nothing(one) and _nothing(other)):
            continue
        first = old.say(was, name) if was is not None else ""
        then = new.say(now, name) if now is not None else ""
        if first and then and now is not None and new.is_rich(now, name):
            # a paragraph that becomes a heading says the same words
            first, then = sides(compared(str(one), str(other), new.tell))
        if first != then:
            here, thing = (new, now) if now is not None else (old, was)
            yield Said(here.label(thing, name) if thing is not None else "", first, then)


def _of_answer(said: Sequence[Said]) -> What:
    if all(not each.before for each in said):
        return "added"
    return "removed" if all(not each.after for each in said) else "changed"
