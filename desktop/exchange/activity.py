"""How busy everybody was: changes by week, by the author's agency and by stage of the journey.

One change is one operation: what is one step of Undo counts once, however many fields it filled. In a
stage it counts once as well, in each stage that it touched. Whose a change is, says
:mod:`desktop.exchange.authors`; what belongs to no agency is the team's.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop.base import Language, LocalText, Message, render
from desktop.base.speech import value_text
from desktop.books.document import Activity as Chart
from desktop.checks.progress import chapters_of
from desktop.checks.spots import PROFILE
from desktop.exchange.authors import Authors
from desktop.guideline.pack import Pack
from desktop.workspace.plan import Plan
from desktop.workspace.story import Hands
from desktop.workspace.tally import Tally, tally

WEEKS = 26
"""Weeks shown unless somebody asks for others."""
_PAGES: Mapping[str, str] = {
    "plan": "profile", "agency": "agencies", "person": "agencies", "evidence": "evidence",
    "meeting": "sessions", "attendance": "sessions", "session_output": "sessions",
    "stakeholder": "stakeholders", "input": "inputs", "input_programme": "inputs", "figure": "figures",
    "decree": "decrees", "body": "bodies", "member": "bodies", "score": "assessment",
    "set_aside": "checks",
    "programme": "programmes", "programme_agency": "programmes", "budget_line": "programmes",
    "rpjmd_ceiling": "programmes", "indicator": "programmes", "target": "programmes",
    "activity": "programmes", "sub_activity": "programmes", "risk": "programmes",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Busy:
    """Counts week by week; agencies and stages by id, most changes first."""

    weeks: tuple[dt.date, ...]
    """The Mondays of the weeks, the reader's own."""
    agencies: Mapping[str, tuple[int, ...]]
    """By agency; the empty id is the team."""
    stages: Mapping[str, tuple[int, ...]]
    """By stage; the empty id is what belongs to none."""
    both: Mapping[tuple[str, str], int]
    """Changes of an agency in a stage, all weeks together."""
    total: int


def weeks_until(last: dt.date, weeks: int = WEEKS, since: dt.date | None = None) -> tuple[dt.date, ...]:
    """The Mondays of so many weeks, the one ``last`` lies in being the last (or all since a day)."""
    monday = last - dt.timedelta(days=last.weekday())
    first = monday - dt.timedelta(weeks=weeks - 1)
    if since is not None:
        first = max(since - dt.timedelta(days=since.weekday()), monday - dt.timedelta(weeks=520))
    count = max((monday - first).days // 7 + 1, 1)
    return tuple(monday - dt.timedelta(weeks=back) for back in range(count - 1, -1, -1))


def busy(path: Path, plan: Plan, pack: Pack, hands: Hands, weeks: tuple[dt.date, ...]) -> Busy:
    """Count the changes in these weeks; reads the file over a connection of its own. Raises DamagedFile."""
    first, last = _moment(weeks[0]), _moment(weeks[-1] + dt.timedelta(weeks=1))
    place = {week: number for number, week in enumerate(weeks)}
    authors, stage_of = Authors(plan, hands), stages(pack)
    agencies: dict[str, list[int]] = defaultdict(lambda: [0] * len(weeks))
    by_stage: dict[str, list[int]] = defaultdict(lambda: [0] * len(weeks))
    both: Counter[tuple[str, str]] = Counter()
    total = 0
    for each in tally(path, first, last):
        day = dt.datetime.fromisoformat(each.wall).astimezone().date()
        week = place.get(day - dt.timedelta(days=day.weekday()))
        if week is None:
            continue
        total += 1
        agency = authors.agency(each.author, each.role, each.replica)
        if plan.agency(agency) is None:
            agency = ""  # one that is gone is the team's by now, and is called so
        agencies[agency][week] += 1
        for stage in _touched(each, stage_of):
            by_stage[stage][week] += 1
            both[agency, stage] += 1
    order = [stage.id for stage in pack.stages] + [""]
    return Busy(
        weeks,
        dict(sorted(((key, tuple(row)) for key, row in agencies.items()), key=lambda one: -sum(one[1]))),
        {key: tuple(by_stage[key]) for key in order if key in by_stage},
        dict(both),
        total,
    )


def _touched(each: Tally, stage_of: Callable[[str], str]) -> set[str]:
    return {stage_of(subject) for subject in each.subjects} or {""}


def stages(pack: Pack) -> Callable[[str], str]:
    """Says to which stage (id) a subject of a tally belongs; empty: to none."""
    by_page: dict[tuple[str, str], str] = {}
    for stage in pack.stages:
        for page in stage.pages:
            by_page.setdefault((page.page, page.ref), stage.id)
            if page.page == "chapter":
                for chapter in chapters_of(pack, page.ref):
                    by_page.setdefault(("chapter", chapter), stage.id)
    forms = {form.id for form in pack.forms}
    sheets = {sheet.id for sheet in pack.worksheets}

    def of(subject: str) -> str:
        kind, _, name = subject.partition(":")
        if kind == "table":
            page, ref = _PAGES.get(name, PROFILE.page if name == "plan" else ""), ""
        elif kind == "sheet":
            page, ref = "worksheet", name
        elif kind == "page":
            page, _, ref = name.partition("/")
            ref = "" if page == "programmes" else ref
        else:
            holder, _, rest = name.partition(".")
            if holder == "chapter":
                page, ref = "chapter", rest
            elif holder in forms or holder in sheets:
                page, ref = "form" if holder in forms else "worksheet", holder
            else:
                page, ref = "programmes", ""
        return by_page.get((page, ref), "")

    return of


def _moment(day: dt.date) -> str:
    return dt.datetime.combine(day, dt.time()).astimezone(dt.UTC).isoformat(timespec="seconds")


# -- as charts --------------------------------------------------------------------------------------
def agency_chart(found: Busy, plan: Plan, language: Language) -> Chart:
    """Agencies by week."""
    names = tuple(agency_called(plan, each, language) for each in found.agencies)
    return Chart(names, _heads(found, language), tuple(found.agencies.values()))


def stage_chart(found: Busy, pack: Pack, language: Language) -> Chart:
    """Stages of the journey by week."""
    names = tuple(stage_called(pack, each, language) for each in found.stages)
    return Chart(names, _heads(found, language), tuple(found.stages.values()))


def agency_called(plan: Plan, agency: str, language: Language) -> str:
    """An agency's short name; the team for none."""
    known = plan.agency(agency) if agency else None
    if known is None:
        return render(Message("exchange.activity.team"), language)
    return known.short_name or known.name.read(language)


def stage_called(pack: Pack, stage: str, language: Language) -> str:
    """A stage's title."""
    known = next((each for each in pack.stages if each.id == stage), None)
    title: LocalText | Message = known.title if known else Message("exchange.activity.elsewhere")
    return value_text(title, language)


def _heads(found: Busy, language: Language) -> tuple[str, ...]:
    """Every fourth week by its first day, and the last one: more would not be read."""
    last = len(found.weeks) - 1
    every = 1 if last < 13 else 4
    return tuple(
        week_called(week, language) if (last - place) % every == 0 else ""
        for place, week in enumerate(found.weeks)
    )


def week_called(week: dt.date, language: Language) -> str:
    """A week by its Monday, short: ``23/11`` or ``23 Nov``."""
    if language is Language.ID:
        return f"{week.day}/{week.month}"
    from babel.dates import format_date

    return str(format_date(week, "d MMM", locale=language.locale))


__all__ = ["Busy", "agency_chart", "busy", "stage_chart", "weeks_until"]
