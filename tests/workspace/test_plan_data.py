"""``data.json``: canonical, by the published schema, with nothing lost and no floating point."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from decimal import Decimal

import jsonschema
import msgspec
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from desktop.base.resources import resource
from desktop.workspace.hearing import Input, Stakeholder
from desktop.workspace.organisation import Attendance, Meeting
from desktop.workspace.plan import (
    Activity,
    Agency,
    Answer,
    BudgetLine,
    Cell,
    Comment,
    Deadline,
    EvidenceFile,
    GuidelineRef,
    Indicator,
    Person,
    Place,
    Plan,
    Programme,
    Region,
    Risk,
    Row,
    SetAside,
    Target,
    Text,
)
from desktop.workspace.plan_data import plan_data, read_data


def both(text: str) -> Text:
    return Text({"en": f"{text} (en)", "id": text})


def programme(**changes: object) -> Programme:
    indicator = Indicator(
        "i1", both("Indeks SPBE"), "indeks", "up", Decimal("2.70"), 2024, "RPJMD",
        (Target("t2", 2027, Decimal("1E+1"), None), Target("t1", 2026, Decimal("3.10"), Decimal(3))), "a",
    )  # fmt: skip
    values: dict[str, object] = {
        "id": "p1", "code": "2.16.02", "title": both("Layanan"), "dimension": "governance",
        "sub_dimension": "x",
        "lead": "a1", "supporting": ("a3", "a2"), "service": both("Perizinan"), "before": Text(),
        "after": Text(), "served": Text({"id": "Warga"}), "technology": Text({"id": " "}), "start_year": 2026,
        "end_year": None,
        "quick_win": True, "status": "draft", "total_budget": 9_007_199_254_740_991, "origin": "imported",
        "source": "RPJMD", "order": "a", "indicators": (indicator,),
        "budget": (
            BudgetLine("b2", 2027, "apbd", 2, None, None),
            BudgetLine("b1", 2026, "apbd", 5_000_000_000, 0, None),
        ),
        **changes,
    }  # fmt: skip
    return Programme(**values)


def plan(**changes: object) -> Plan:
    evidence = EvidenceFile(
        "e1",
        "ab" * 32,
        "sk.pdf",
        "application/pdf",
        10,
        both("SK"),
        True,
        (Place("answer", item="f.x", scope=""),),
    )
    answers = {
        ("profile.population", ""): Answer("profile.population", "", 1_105_990, Text(), "typed"),
        ("chapter.I.1", ""): Answer("chapter.I.1", "", None, Text({"id": "<p>Isi</p>"}), "typed"),
        ("f.choices", "p1"): Answer("f.choices", "p1", ("a", "b"), Text(), "typed"),
    }
    rows = {
        "swot": (Row("r1", "swot", "", "s1", "a", {"z": Cell(True, Text()), "a": Cell(None, both("Kuat"))}),)
    }
    values: dict[str, object] = {
        "workspace": "w" * 32, "head": "h" * 64,
        "changed_at": dt.datetime(2026, 11, 24, 1, 2, 3, 999, dt.UTC),
        "region": Region("18.07", "Lampung Timur", "kabupaten", "Lampung"), "first_year": 2026,
        "last_year": 2030, "title": both("Masterplan"), "source_language": "id",
        "guideline": GuidelineRef("g", "2021", "c" * 64),
        "example": False, "agencies": (Agency("a1", "2.16", both("Diskominfo"), "Kominfo", "Sari", "a"),),
        "people": (Person("m1", "Sari", both("Bupati"), "mayor", "", "1990", "plt"),),
        "programmes": (programme(),), "answers": answers, "rows": rows,
        "evidence": (evidence, dataclasses.replace(evidence, id="e2", present=False)),
        "set_aside": {"k": SetAside("s1", "k", "alasan", "Sari")}, "conflicts": (), **changes,
    }  # fmt: skip
    return Plan(**values)


def test_canonical_and_by_the_schema() -> None:
    data = plan_data(plan())
    told = json.loads(data, parse_float=pytest.fail)
    assert rfc8785.dumps(told) == data
    jsonschema.validate(told, json.loads(resource("schemas", "data.schema.json").read_text("utf-8")))
    assert plan_data(plan()) == data
    assert json.loads(msgspec.json.encode(read_data(data))) == told


def test_what_it_says() -> None:
    told = json.loads(plan_data(plan()))
    one = told["programmes"][0]
    assert one["title"] == {"id": "Layanan", "en": "Layanan (en)"}
    assert one["technology"] == {}
    assert one["supporting"] == ["a2", "a3"]
    assert [line["year"] for line in one["budget"]] == [2026, 2027]
    assert one["budget"][0] == {
        "year": 2026,
        "source": "apbd",
        "indicative": 5_000_000_000,
        "ceiling": 0,
        "realised": None,
    }
    assert one["total_budget"] == 9_007_199_254_740_991
    indicator = one["indicators"][0]
    assert (indicator["baseline"], [target["target"] for target in indicator["targets"]]) == (
        "2.70",
        ["3.10", "10"],
    )
    assert [(answer["item"], answer["value"]) for answer in told["answers"]] == [
        ("chapter.I.1", None), ("f.choices", ["a", "b"]), ("profile.population", 1_105_990),
    ]  # fmt: skip
    assert [cell["column"] for cell in told["worksheets"][0]["rows"][0]["cells"]] == ["a", "z"]
    assert [file["id"] for file in told["evidence"]] == ["e1"]
    assert told["workspace"]["changed_at"] == "2026-11-24T01:02:03Z"
    assert told["set_aside"] == [{"finding": "k", "reason": "alasan", "author": "Sari"}]


def test_what_the_team_says_among_itself_stays_with_the_team() -> None:
    remark = Comment(
        "c1", Place("programme", "p1", "title"), "", "", "Angka ini belum disetujui.", "Rina", "mentor",
        "2026-11-24T01:02:03+00:00", "open", "", "", "",
    )  # fmt: skip
    talked = plan(comments=(remark,), deadlines=(Deadline("d1", "evidence", "", "", "2027-01-31", "rapat"),))
    assert plan_data(talked) == plan_data(plan())


def test_the_order_of_dictionaries_does_not_matter() -> None:
    other = plan()
    turned = dataclasses.replace(
        other,
        answers=dict(reversed(other.answers.items())),
        title=Text({"id": "Masterplan", "en": "Masterplan (en)"}),
    )
    assert plan_data(turned) == plan_data(other)


def test_what_the_schema_forbids_is_refused() -> None:
    told = json.loads(plan_data(plan()))
    told["programmes"][0]["indicators"][0]["baseline"] = 2.7
    with pytest.raises(msgspec.ValidationError):
        read_data(json.dumps(told).encode())
    with pytest.raises(msgspec.ValidationError):
        read_data(plan_data(plan()).replace(b'"format":"rancang-data"', b'"format":"lain"'))


def _evidence_until(said: str) -> bytes:
    told = json.loads(plan_data(plan()))
    told["evidence"][0]["valid_until"] = said
    return json.dumps(told).encode()


@given(st.one_of(st.just(""), st.dates().map(dt.date.isoformat)))
def test_every_day_of_the_calendar_can_be_said(day: str) -> None:
    assert read_data(_evidence_until(day)).evidence[0].valid_until == day


_NO_DAYS = [
    *("-", " ", "2027-02-29", "1900-02-29", "2027-04-31", "2027-13-01", "0000-01-01", "0000-02-29"),
    *("2027-1-1", "2027-W01-1", "20270101", "2027-01-01\n", "2027-01-01T00:00:00", "-2027-01-01"),
]


@pytest.mark.parametrize("said", _NO_DAYS)
def test_a_day_that_is_none_is_refused(said: str) -> None:
    """The checks could not be asked of it, and then nobody said what the team had set aside."""
    with pytest.raises(msgspec.ValidationError):
        read_data(_evidence_until(said))
    told = json.loads(_evidence_until(said))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told, json.loads(resource("schemas", "data.schema.json").read_text("utf-8")))


def test_a_number_ends_where_it_ends() -> None:
    told = json.loads(plan_data(plan()))
    told["programmes"][0]["indicators"][0]["baseline"] = "2.7\n"
    with pytest.raises(msgspec.ValidationError):
        read_data(json.dumps(told).encode())


def test_the_action_plan_and_the_risks_are_told() -> None:
    activity = Activity(
        "a1", "hr", both("Pelatihan"), both("Petugas terlatih"), "d1", 2026, 2027, 250_000_000, "1"
    )
    risk = Risk("r1", both("Petugas pindah"), "medium", "high", both("Dua petugas setiap layanan"), "d1", "1")
    told = json.loads(plan_data(plan(programmes=(programme(activities=(activity,), risks=(risk,)),))))
    found = told["programmes"][0]
    assert found["activities"][0]["budget"] == 250_000_000
    assert found["risks"][0]["mitigation"]["id"] == "Dua petugas setiap layanan"
    jsonschema.validate(told, json.loads(resource("schemas", "data.schema.json").read_text("utf-8")))


def test_what_stakeholders_would_not_want_to_be_told_stays_at_home() -> None:
    text = Text({"id": "Buka sampai sore"})
    holders = (
        Stakeholder("s1", "PT Maju", "industry", "Budi", "0812-3456", text, "a"),
        Stakeholder("s2", "Rohmah", "citizen", "", "0813-9999", text, "b"),
    )
    said = Input("i1", "", "", "Pak Joko", "", "other", "", text, "open", Text(), "", "", (), "a")
    data = plan_data(plan(stakeholders=holders, inputs=(said,))).decode()
    for private in ("Budi", "0812", "Rohmah", "0813", "Joko"):
        assert private not in data
    assert "PT Maju" in data
    assert "Buka sampai sore" in data


def test_citizens_stay_nameless_on_lists_of_attendance_too() -> None:
    holders = (
        Stakeholder("s1", "PT Maju", "industry", "", "", Text(), "a"),
        Stakeholder("s2", "Rohmah", "citizen", "", "", Text(), "b"),
    )
    said = [("ROHMAH", "", ""), ("Sri", "", "Rohmah"), ("Pak Joko", "", "")]
    said += [("Ani", "Camat", ""), ("PT Maju", "", "")]
    lines = tuple(
        Attendance(f"l{n}", "", "", *words, present=True, order=str(n)) for n, words in enumerate(said)
    )
    meeting = Meeting(
        "m1", "consultation", "", "", Text(), "2026-05-05", "", "", "", Text(), Text(), lines, "a"
    )
    data = plan_data(plan(stakeholders=holders, meetings=(meeting,))).decode()
    for private in ("ROHMAH", "Rohmah", "Joko"):
        assert private not in data
    assert "Ani" in data
    assert data.count("PT Maju") == 2
