"""The day of a visit is the one it is where it takes place: the country has three."""

from __future__ import annotations

import datetime as dt

import pytest

from desktop.base import Language, Message
from desktop.books.document import Paragraph, Table, text_of
from desktop.books.record import agreed, compose_record
from desktop.exchange.visits import newest_visit, record_visit
from desktop.guideline.loading import write_pack
from desktop.workspace import Author, Workspace
from desktop.workspace.plan import Place
from tests.workspace.conftest import TINY

DO = Message("books.room")
SAID = ((11, 23, "Malam sebelumnya"), (12, 0, "Dini hari"), (12, 23, "Malam itu"), (13, 0, "Esok"))


def words(document) -> str:
    found = []
    for element in document.elements:
        if isinstance(element, Paragraph):
            found.append(text_of(element.line))
        elif isinstance(element, Table):
            found += [text_of(cell) for row in element.rows for cell in row.cells]
    return "\n".join(found)


@pytest.mark.parametrize(("region", "hours"), [("18.07", 7), ("64.71", 8), ("81.71", 9)])
def test_a_visit_and_what_was_remarked_on_it_have_the_day_of_the_region(region, hours, tmp_path, monkeypatch):
    """Half an hour after midnight in the east it is still the day before in the capital."""

    def clock_says(day: int, hour: int) -> None:
        here = dt.datetime(2026, 5, day, hour, 30, tzinfo=dt.timezone(dt.timedelta(hours=hours)))
        monkeypatch.setenv("RANCANG_NOW", here.astimezone(dt.UTC).isoformat())

    with Workspace.create(
        tmp_path / "a.rancang", region=region, first_year=2026, last_year=2030,
        pack=write_pack(TINY), author=Author("Rina", "mentor"), title={"id": "Rencana"},
    ) as workspace:  # fmt: skip
        for day, hour, said in SAID:
            clock_says(day, hour)
            if said == "Dini hari":
                record_visit(workspace, place="Aula")
            with workspace.operation(DO) as op:
                op.comment(Place("plan", workspace.plan_row), said, Author("Rina", "mentor"))
        plan = workspace.plan()
        visit = newest_visit(plan)
        assert visit is not None
        assert visit.start == "2026-05-12"
        assert [each.body for each in agreed(plan, visit)] == ["Dini hari", "Malam itu"]
        printed = words(compose_record(plan, workspace.pack(), visit.id, Language.ID))
        assert [said in printed for _, _, said in SAID] == [
            False, True, True, False,
        ]  # fmt: skip
