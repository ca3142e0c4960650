"""The region's figures: stated, sourced, recent, adding up, supported."""

import datetime as dt

import pytest

from desktop.checks import check
from desktop.workspace.plan import Place
from tests.checks.build import evidence, plan, with_answers
from tests.checks.ground import figure, pack


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    monkeypatch.setenv("RANCANG_NOW", dt.datetime(2026, 11, 24, tzinfo=dt.UTC).isoformat())


def said(made, rule):
    return [finding.message.id for finding in check(made, pack(rule)).findings]


def test_a_required_figure_is_missing_until_it_is_stated_somewhere():
    nowhere = with_answers(without=["profile.meetings"])
    assert said(nowhere, "figure_required") == ["checks.figure.required"]
    assert said(with_answers(without=["profile.meetings"], figures=(figure(),)), "figure_required") == []
    assert said(plan(), "figure_required") == [], "the form that asks the same has it"
    blank = with_answers(without=["profile.meetings"], figures=(figure(value=" "),))
    assert said(blank, "figure_required") == ["checks.figure.required"]


def test_a_figure_names_its_source():
    assert said(plan(figures=(figure(),)), "figure_source") == []
    assert said(plan(figures=(figure(source=""),)), "figure_source") == ["checks.figure.source"]
    assert said(plan(figures=(figure(source="", value=""),)), "figure_source") == []
    assert said(plan(figures=(figure("unknown", source=""),)), "figure_source") == []


def test_a_figure_is_not_older_than_the_guideline_wants():
    rule = ("figure_old", {"max_years": 2})
    assert said(plan(figures=(figure(year=2024), figure(year=2020))), rule) == []
    assert said(plan(figures=(figure(year=2023),)), rule) == ["checks.figure.old"]
    assert said(plan(figures=(figure(year=2023),)), "figure_old") == [], "three years where none are named"


def test_parts_do_not_exceed_their_whole():
    whole, wages = figure("money", value="100"), figure("wages", value="60")
    fits = plan(figures=(whole, wages, figure("works", value="40")))
    assert said(fits, "figure_parts") == []
    exceeds = plan(figures=(whole, wages, figure("works", value="41")))
    assert said(exceeds, "figure_parts") == ["checks.figure.parts"]
    other_year = plan(figures=(whole, wages, figure("works", 2025, "900")))
    assert said(other_year, "figure_parts") == [], "years are compared each for itself"
    assert said(plan(figures=(wages,)), "figure_parts") == [], "a whole nobody stated is not exceeded"


def test_the_newest_figure_has_the_evidence_its_measure_requires():
    index = figure("index", value="3.5")
    assert said(plan(figures=(index,)), "figure_evidence") == ["checks.figure.evidence"]
    supported = plan(figures=(index,), evidence=(evidence([Place("figure", index.id, "value")]),))
    assert said(supported, "figure_evidence") == []
    assert said(plan(figures=(figure(),)), "figure_evidence") == []
