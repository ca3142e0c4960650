"""Rows of worksheets: bases of targets, programmes they became, years of milestones, figures once typed."""

from dataclasses import replace

import pytest

from desktop.checks import check
from desktop.guideline.pack import Choice, Field, Rule, Term, Worksheet
from tests.checks.build import AGENCY, PACK, local, plan, programme, replace_pack, row, text


def sheet(name, *columns, **more):
    return Worksheet(id=name, title=local(name), columns=columns, **more)


def field(name, kind="text", **more):
    return Field(id=name, label=local(name), type=kind, **more)


KINDS = tuple(Choice(id=each, label=local(each)) for each in ("application", "innovation"))
SHEETS = (
    sheet("targets", field("target", "long_text"), field("basis", "long_text"), field("gap", "integer")),
    sheet(
        "inventory", field("what"), field("kind", "choice", choices=KINDS), field("became", "programme"),
        scope="agency",
    ),
    sheet("short", field("programme", "programme"), field("what"), field("year", "year"), term="short"),
    sheet("gaps", field("what"), field("now", "decimal"), field("goal", "decimal"),
          field("gap", "decimal", difference=("goal", "now"))),
)  # fmt: skip


def found(name, made, **params):
    planning = replace_pack(
        PACK.planning,
        terms=(
            Term(id="short", label=local("pendek"), years=1),
            Term(id="medium", label=local("m"), years=5),
        ),
    )
    rule = Rule(id="r", check=name, list="weak", params=params)
    pack = replace_pack(PACK, worksheets=(*PACK.worksheets, *SHEETS), planning=planning, rules=(rule,))
    return [each for each in check(made, pack).findings if each.check == name]


def ids(name, made, **params):
    return [each.message.id for each in found(name, made, **params)]


def made(worksheet, *rows, **changes):
    base = plan(**changes)
    return replace(base, rows={**base.rows, worksheet: rows})


BASES = ("targets.basis", "targets.gap")


def test_a_target_without_any_basis_is_found_and_a_dash_is_none():
    rows = row("1", "targets", target=text("Puas")), row("2", "targets", target=text("Puas"), basis=text("-"))
    (first, second) = found("row_says_any", made("targets", *rows), items=BASES)
    assert (first.place.row, first.place.field, second.place.row) == ("1", "basis", "2")


def test_a_target_with_one_of_its_bases_and_an_empty_row_are_no_findings():
    rows = (
        row("1", "targets", target=text("a"), basis=text("RPJMD")),
        row("2", "targets", target=text("b"), gap=0),
    )
    assert ids("row_says_any", made("targets", *rows, row("3", "targets")), items=BASES) == []


APPLICATION = {"worksheet": "inventory", "if_item": "inventory.kind", "if_value": "application"}


@pytest.mark.parametrize("became", [None, "deleted"])
def test_an_application_in_no_programme_is_found(became):
    rows = (row("1", "inventory", what=text("e-Izin"), kind="application", became=became),)
    assert ids("row_without_programme", made("inventory", *rows), **APPLICATION) == [
        "checks.row_without_programme"
    ]


def test_an_application_in_a_programme_and_an_innovation_are_no_findings():
    rows = (
        row("1", "inventory", what=text("e-Izin"), kind="application", became="p1"),
        row("2", "inventory", what=text("Perahu"), kind="innovation"),
        row("3", "inventory"),
    )
    assert ids("row_without_programme", made("inventory", *rows), **APPLICATION) == []


def test_a_milestone_outside_its_term_or_its_programmes_years_is_found():
    late = row("1", "short", programme="p1", what=text("Uji"), year=2029)
    assert ids("milestone_years", made("short", late)) == [
        "checks.milestone_term",
        "checks.milestone_programme",
    ]


def test_a_milestone_within_both_or_without_a_year_is_no_finding():
    rows = (
        row("1", "short", programme="p1", what=text("Uji"), year=2026),
        row("2", "short", what=text("Lain")),
    )
    assert ids("milestone_years", made("short", *rows), worksheet="short") == []
    assert ids("milestone_years", made("short", *rows, programmes=(programme(start_year=None),))) == []


def test_a_figure_typed_that_is_not_the_difference_is_found_whatever_the_guideline_asks():
    wrong = row("1", "gaps", what=text("IPM"), now="70", goal="72.5", gap="3")
    (one,) = found("difference_typed", made("gaps", wrong))
    assert (str(one.message.params["typed"]), str(one.message.params["found"])) == ("3", "2.5")


def test_a_figure_that_is_right_or_cannot_be_worked_out_is_no_finding():
    rows = row("1", "gaps", now="70", goal="72.5", gap="2.50"), row("2", "gaps", now="70", gap="3")
    assert ids("difference_typed", made("gaps", *rows)) == []


OTHER = replace(AGENCY, id="a2", short_name="Dinkes")


def test_agencies_that_wrote_nothing_are_found_once_others_have():
    rows = (row("1", "inventory", "", "a1", what=text("e-Izin")),)
    (one,) = found("agency_silent", made("inventory", *rows, agencies=(AGENCY, OTHER)), worksheet="inventory")
    assert (one.message.params["n"], one.message.params["agencies"]) == (1, "Dinkes")


def test_before_anybody_wrote_and_when_all_have_there_is_no_finding():
    rows = row("1", "inventory", "", "a1", what=text("a")), row("2", "inventory", "", "a2", what=text("b"))
    agencies = (AGENCY, OTHER)
    assert ids("agency_silent", made("inventory", *rows, agencies=agencies), worksheet="inventory") == []
    assert ids("agency_silent", made("inventory", agencies=agencies), worksheet="inventory") == []
