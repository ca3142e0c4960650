from dataclasses import replace

import pytest

from desktop.checks import check
from desktop.guideline.rules import STAKEHOLDERS
from desktop.workspace import groundwork
from desktop.workspace.hearing import Input, Stakeholder
from desktop.workspace.organisation import Attendance, Meeting
from desktop.workspace.plan import Text
from tests.checks.build import found, plan, rules, text

NOTHING = Text()


def holder(key="s1", name="PT Maju", kind="industry"):
    return Stakeholder(key, name, kind, "", "", NOTHING, key)


def said(
    key="i1",
    by="s1",
    *,
    decision="accepted",
    answer="",
    programmes=("p1",),
    item="",
    body="Tambah jam layanan.",
):
    return Input(
        key, by, "", "", "2026-01-05", "form", item, text(body), decision, text(answer), "", "",
        tuple(programmes), key,
    )  # fmt: skip


def fgd(*lines, start="2020-02-03", kind="consultation"):
    there = tuple(
        Attendance(f"a{n}", "", "", name, "", institution, present, str(n))
        for n, (name, institution, present) in enumerate(lines)
    )
    return Meeting("m1", kind, "", "", text("FGD I"), start, "", "Aula", "", NOTHING, NOTHING, there, "a")


def hearing(stakeholders=(), inputs=(), meetings=()):
    return replace(plan(), stakeholders=tuple(stakeholders), inputs=tuple(inputs), meetings=tuple(meetings))


INDUSTRY = ("stakeholder_heard", {"kinds": ("industry",)})
CITIZENS = ("stakeholder_heard", {"kinds": ("citizen", "community"), "inputs": True})


def test_industry_is_heard_by_its_input():
    assert found(hearing([holder()]), INDUSTRY) == ["checks.hearing.nobody"]
    assert found(hearing([holder()], [said()]), INDUSTRY) == []
    assert found(hearing([holder(kind="media")], [said()]), INDUSTRY) == ["checks.hearing.nobody"]


@pytest.mark.parametrize(
    ("line", "heard"),
    [
        (("Sari", "pt. maju", True), True),
        (("PT MAJU", "", True), True),
        (("Sari", "PT Maju", False), False),
        (("Sari", "PT Mundur", True), False),
    ],
)
def test_industry_is_heard_by_being_present(line, heard):
    assert (found(hearing([holder()], meetings=[fgd(line)]), INDUSTRY) == []) is heard


def test_an_ordinary_meeting_is_no_hearing():
    meeting = fgd(("Sari", "PT Maju", True), kind="meeting")
    assert found(hearing([holder()], meetings=[meeting]), INDUSTRY) == ["checks.hearing.nobody"]


def test_citizens_count_by_input_also_when_nobody_registered_them():
    there = fgd(("Sari", "Karang Taruna", True))
    community = holder(name="Karang Taruna", kind="community")
    assert found(hearing([community], meetings=[there]), CITIZENS) == ["checks.hearing.no_input_any"]
    assert found(hearing([community], [said()]), CITIZENS) == []
    assert found(hearing((), [said(by="")]), CITIZENS) == []


def test_who_is_registered_is_heard():
    assert found(hearing([holder()]), "stakeholder_never_heard") == ["checks.hearing.never"]
    assert found(hearing([holder()], [said()]), "stakeholder_never_heard") == []
    assert found(hearing([holder(name=" ")]), "stakeholder_never_heard") == []


def test_consultations():
    assert found(hearing(), "consultation_held") == ["checks.hearing.no_consultation"]
    assert found(hearing(meetings=[fgd()]), "consultation_held") == []
    assert found(hearing(meetings=[fgd(start="2999-01-01")]), "consultation_held") == [
        "checks.hearing.no_consultation"
    ]


def test_every_input_is_answered():
    assert found(hearing(inputs=[said(decision="open")]), "input_answered") == ["checks.input.open"]
    assert found(hearing(inputs=[said(decision="rejected")]), "input_answered") == []
    assert found(hearing(inputs=[said(decision="open", body="-")]), "input_answered") == []


def test_a_refusal_has_a_reason():
    for decision in ("partly", "rejected"):
        assert found(hearing(inputs=[said(decision=decision)]), "input_reason") == ["checks.input.reason"]
        assert found(hearing(inputs=[said(decision=decision, answer="-")]), "input_reason") == [
            "checks.input.reason"
        ]
        reason = said(decision=decision, answer="Belum ada anggarannya.")
        assert found(hearing(inputs=[reason]), "input_reason") == []
    assert found(hearing(inputs=[said(decision="accepted")]), "input_reason") == []


def test_what_is_accepted_leaves_a_trace():
    assert found(hearing(inputs=[said(programmes=())]), "input_traced") == ["checks.input.trace"]
    assert found(hearing(inputs=[said(programmes=(), item="programme/p1")]), "input_traced") == [
        "checks.input.trace"
    ]
    assert found(hearing(inputs=[said(programmes=(), item="chapter.II.1")]), "input_traced") == []
    assert found(hearing(inputs=[said()]), "input_traced") == []
    assert found(hearing(inputs=[said(programmes=(), decision="rejected")]), "input_traced") == []


def test_findings_lead_to_the_pages():
    report = check(hearing([holder()], [said(decision="open")]), rules("stakeholder_heard", "input_answered"))
    assert [finding.page.page for finding in report.findings] == ["inputs"]
    (finding,) = check(hearing([holder()]), rules("stakeholder_never_heard")).findings
    assert (finding.page.page, finding.place.row) == ("stakeholders", "s1")


def test_the_guideline_knows_the_kinds_of_the_workspace():
    assert frozenset(groundwork.STAKEHOLDER_KINDS) == STAKEHOLDERS


def test_several_kinds_together_are_not_called_one_kind():
    assert found(hearing(), ("stakeholder_heard", {"inputs": True})) == ["checks.hearing.no_input_any"]
    assert found(hearing(), ("stakeholder_heard", {})) == ["checks.hearing.nobody_any"]
