"""The plan read back from ``data.json`` gives the same data, and who was heard can still be counted."""

from __future__ import annotations

import json

from desktop.workspace.hearing import Stakeholder
from desktop.workspace.listening import hearings
from desktop.workspace.organisation import Attendance, Body, Decree, Figure, Meeting, Member, SessionOutput
from desktop.workspace.plan import Activity, Ceiling, Risk, SubActivity, Text
from desktop.workspace.plan_data import plan_data, read_data
from desktop.workspace.plan_from_data import plan_from_data
from tests.workspace.test_plan_data import both, plan, programme


def attended(id: str, name: str, institution: str = "", *, present: bool = True) -> Attendance:  # noqa: A002
    return Attendance(id, "", "", name, "", institution, present, "a")


def stakeholder(id: str, name: str, kind: str) -> Stakeholder:  # noqa: A002
    return Stakeholder(id, name, kind, "Ibu Rahma", "0812", both("Air bersih"), "a")


def full():
    sub = SubActivity("s1", "1.02.01", both("Sub"), both("Keluaran"), "a1", 2026, 2027, 5, "a")
    activity = Activity(
        "k1", "area", both("Kegiatan"), both("Keluaran"), "a1", 2026, None, 10, "a", "1.02", (sub,)
    )
    risk = Risk("r1", both("Risiko"), "high", "low", both("Mitigasi"), "a1", "a")
    meeting = Meeting(
        "m1", "consultation", "", "b1", both("FGD"), "2026-03-01", "", "Sukadana", "Sari", both("Acara"),
        both("Hasil"), (attended("1", "Pak Warga"), attended("2", "PT Maju", present=False)), "a",
    )  # fmt: skip
    return plan(
        programmes=(
            programme(activities=(activity,), risks=(risk,), ceilings=(Ceiling("c", 2026, 7, "RPJMD"),)),
        ),
        figures=(Figure("f1", "population", 2025, "1105990", "BPS"),),
        decrees=(Decree("d1", "sk", "1", "2026-01-01", both("SK"), "issued", "Bupati", "", "", "a"),),
        bodies=(
            Body("b1", "team", "", Text(), "d1", both("Tugas"),
                 (Member("n1", "m1", "", Text(), "", "chair", False, "a"),)),
        ),
        meetings=(meeting,),
        outputs=(SessionOutput("o1", "bimtek-1", "draft", "done", "", "2026-02-01", "Sari", ""),),
        stakeholders=(stakeholder("w1", "Pak Warga", "citizen"), stakeholder("p1", "PT Maju", "industry")),
    )  # fmt: skip


def test_the_plan_read_back_gives_the_same_data() -> None:
    for one in (plan(), full()):
        data = plan_data(one)
        assert plan_data(plan_from_data(read_data(data))) == data


def test_citizens_are_numbers_and_can_still_be_counted() -> None:
    told = json.loads(plan_data(full()))
    assert [one["name"] for one in told["stakeholders"]] == ["#1", "PT Maju"]
    assert [one["name"] for one in told["meetings"][0]["attendance"]] == ["#1", "PT Maju"]
    again = plan_from_data(read_data(plan_data(full())))
    assert hearings(again) == hearings(full())


def test_a_citizen_who_speaks_for_somebody_registered_is_counted_for_them() -> None:
    (meeting,) = full().meetings
    lines = (
        attended("1", "Pak Warga", "PT Maju"),
        attended("2", "Ibu Lewat"),
        attended("3", "x", "Pak Warga"),
    )
    spoken = plan(
        stakeholders=full().stakeholders,
        meetings=(type(meeting)(**{**_fields(meeting), "attendance": lines}),),
    )
    said = json.loads(plan_data(spoken))["meetings"][0]["attendance"]
    assert [(one["name"], one["institution"]) for one in said] == [("", "PT Maju"), ("", ""), ("#1", "")]
    assert hearings(plan_from_data(read_data(plan_data(spoken)))) == hearings(spoken)


def _fields(one: object) -> dict[str, object]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}  # type: ignore[attr-defined]
