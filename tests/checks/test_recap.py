"""A worksheet over all agencies: who wrote how much, how answers spread, whose answer is the region's."""

from dataclasses import replace

from desktop.checks import check
from desktop.checks.readiness import readiness_scores
from desktop.checks.recap import recap, speaking
from desktop.guideline.pack import Rule
from tests.checks.build import AGENCY, PACK, plan, replace_pack, row, text

READY = replace_pack(PACK.worksheets[0], scope="agency")
SHEETS = replace_pack(PACK, worksheets=(READY, PACK.worksheets[1]))
OTHER = replace(AGENCY, id="a2", name=text("Dinas Kesehatan", "Health agency"), short_name="Dinkes")
THIRD = replace(AGENCY, id="a3", name=text("Dinas Sosial"), short_name="")


def made(*rows):
    return plan(agencies=(AGENCY, OTHER, THIRD), rows={"readiness": rows})


OWN = row("r1", "readiness", "hr", rating="good", condition=text("Cukup"))
MINE = row("x1", "readiness", "hr", "a1", rating="poor", condition=text("Kurang"))
HERS = row("x2", "readiness", "hr", "a2", rating="poor")
BLANK = row("x3", "readiness", "money", "a3")


def test_every_agency_is_counted_and_one_with_empty_rows_has_written_nothing():
    found = recap(made(OWN, MINE, HERS, BLANK), READY)
    assert [(agency.id, rows) for agency, rows in found.counts] == [("a1", 1), ("a2", 1), ("a3", 0)]
    assert [agency.id for agency in found.silent] == ["a3"]
    assert found.region == 1


def test_answers_spread_over_the_guidelines_rows_in_the_order_of_its_choices():
    hr, money, _ = recap(made(OWN, MINE, HERS, BLANK), READY).spreads
    (rating,) = recap(made(), READY).spread_columns
    assert (hr.own, [each.id for each in hr.agencies]) == (OWN, ["x1", "x2"])
    assert dict(hr.counts(rating)) == {"poor": 2}
    assert (money.own, money.agencies, dict(money.counts(rating))) == (None, (), {})


def test_the_regions_own_answer_speaks_for_it_and_agencies_where_it_has_none():
    assert speaking(READY, (OWN, MINE, HERS)) == (OWN,)
    assert speaking(READY, (row("r1", "readiness", "hr"), MINE, HERS))[1:] == (MINE, HERS)
    assert speaking(PACK.worksheets[0], (OWN, MINE)) == (OWN, MINE)


def test_the_radar_is_the_regions_and_takes_the_agencies_ratings_only_where_it_is_silent():
    def counts(*rows):
        scores = readiness_scores(made(*rows), SHEETS)
        return {each.id: dict(each.counts) for each in scores.components}

    assert counts(OWN, MINE, HERS)["structure"] == {"good": 1, "moderate": 0, "poor": 0}
    assert counts(MINE, HERS)["structure"] == {"good": 0, "moderate": 0, "poor": 2}


def test_the_region_must_answer_every_row_and_what_an_agency_leaves_open_is_no_finding():
    pack = replace_pack(SHEETS, rules=(Rule(id="r", check="readiness_rated", list="mandatory"),))
    begun = row("x4", "readiness", "ict", "a1", condition=text("ada"))
    places = [each.place.row for each in check(made(OWN, MINE, begun), pack).findings]
    assert "x4" not in places
    assert len(places) == 2
