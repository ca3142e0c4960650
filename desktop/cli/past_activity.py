"""How busy each agency and stage was, as numbers on the command line and as charts for the report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from desktop.base import Language, Message, clock, render
from desktop.cli.console import Console
from desktop.exchange.activity import (
    Busy,
    agency_called,
    agency_chart,
    busy,
    stage_called,
    stage_chart,
    week_called,
    weeks_until,
)
from desktop.exchange.searching.filling import readable
from desktop.workspace import Workspace, story

if TYPE_CHECKING:
    from desktop.books.document import Activity
    from desktop.guideline.pack import Pack
    from desktop.workspace.plan import Plan


def counted(workspace: Workspace, since: dt.date | None = None, until: dt.date | None = None) -> Busy:
    """The counts of the weeks asked for (of half a year up to now where none are)."""
    weeks = weeks_until(until or clock.now().astimezone().date(), since=since)
    plan, pack = workspace.plan(), workspace.pack()
    return busy(readable(workspace), plan, pack, story.hands(workspace), weeks)


def charts_of(found: Busy, plan: Plan, pack: Pack, language: Language) -> list[tuple[str, Activity, str]]:
    """Caption, chart, and what it shows in words; none where nothing was changed."""
    if not found.total:
        return []
    charts = (agency_chart(found, plan, language), stage_chart(found, pack, language))
    captions = (Message("exchange.activity.by_agency"), Message("exchange.activity.by_stage"))
    return [
        (render(caption, language), chart, in_words(chart))
        for caption, chart in zip(captions, charts, strict=True)
    ]


def in_words(chart: Activity) -> str:
    """The sums of a chart, for whoever does not see it."""
    return "; ".join(f"{name}: {sum(row)}" for name, row in zip(chart.rows, chart.counts, strict=True))


def print_activity(
    workspace: Workspace, since: dt.date | None, until: dt.date | None, console: Console
) -> None:
    """A line for each agency and for each stage: the sum, and the weeks in which there was something."""
    found = counted(workspace, since, until)
    plan, pack, language = workspace.plan(), workspace.pack(), console.language
    if not found.total:
        console.note(Message("cli.history.none"))
    tables: tuple[tuple[str, Mapping[str, tuple[int, ...]], Callable[[str], str]], ...] = (
        ("agency", found.agencies, lambda each: agency_called(plan, each, language)),
        ("stage", found.stages, lambda each: stage_called(pack, each, language)),
    )
    for kind, rows, called in tables:
        console.note(_HEADS[kind])
        for each, counts in rows.items():
            busy_weeks = {
                week.isoformat(): count for week, count in zip(found.weeks, counts, strict=True) if count
            }
            shown = ", ".join(
                f"{week_called(week, language)}: {count}"
                for week, count in zip(found.weeks, counts, strict=True)
                if count
            )
            console.record(
                "activity",
                {"by": kind, "id": each, "name": called(each), "total": sum(counts), "weeks": busy_weeks},
                f"  {called(each)}: {sum(counts)}  ({shown})",
            )


_HEADS = {
    "agency": Message("exchange.activity.by_agency"),
    "stage": Message("exchange.activity.by_stage"),
}
