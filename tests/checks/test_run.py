import pickle
from dataclasses import replace

from desktop.base import Language, Message, render
from desktop.base.ids import derived_id
from desktop.checks import State, check
from desktop.checks.reading import reading_of
from desktop.checks.registry import known_checks
from desktop.guideline import load_pack
from desktop.guideline.rules import CHECKS
from desktop.workspace.plan import OpenConflict, Place, SetAside, Text
from tests.checks.build import (
    PACK,
    answer,
    found,
    indicator,
    line,
    plan,
    programme,
    replace_pack,
    row,
    rules,
    text,
    with_answers,
)

EVERYTHING_WRONG = with_answers(
    answer("profile.about", words=text("Daerah pesisir", "Coast", stale=True)),
    answer("profile.motto", value="-"),
    answer("chapter.I.1", words=text("")),
    rows={"swot": (row("s1", "swot", weakness=text("-")),)},
    last_year=2027,
    evidence=(),
    programmes=(
        programme(
            title=text("Pengadaan server"), service=text("Server"), lead="", code="x", total_budget=1,
            after=text("Sama"), before=text("sama"), quick_win=True, end_year=2030,
            budget=(line(2026, 5, ceiling=9, realised=10), line(2026, -5), line(2031, 5, "gold")),
            indicators=(indicator("down", None, ("1", "2"), unit=""), indicator("", "1", ("1",), id="i2")),
        ),
        programme(id="p2", title=text("Pengadaan  SERVER"), budget=(), indicators=()),
    ),
)  # fmt: skip


def everything():
    params = {
        "answer_present": {"item": "profile.motto"},
        "answer_at_least": {"item": "profile.meetings", "min": 9},
        "body_meetings": {"body": "council", "item": "profile.meetings", "min": 9},
        "body_outsiders": {"body": "council", "item": "profile.outsiders"},
    }
    return rules(*[(name, params.get(name, {}), "weak") for name in sorted(known_checks())])


def test_every_check_a_guideline_may_name_is_known():
    assert sorted(set(known_checks()) ^ CHECKS) == []


def test_an_unknown_check_is_a_hint_and_never_an_error():
    report = check(plan(), rules(("phase_of_the_moon", {}, "mandatory")))
    assert [finding.message.id for finding in report.hints] == ["checks.unknown_check"]
    assert report.mandatory == ()


def test_the_tiny_guideline_of_the_tests_runs():
    from pathlib import Path

    tiny = load_pack(Path(__file__).parents[1] / "data" / "tiny-pack")
    report = check(plan(), tiny)
    assert report.mandatory
    assert all(finding.check in known_checks() for finding in report.findings)


def test_keys_are_stable_and_distinct():
    first, again = check(EVERYTHING_WRONG, everything()), check(EVERYTHING_WRONG, everything())
    keys = [finding.key for finding in first.findings]
    assert len(keys) > 25
    assert keys == [finding.key for finding in again.findings]
    assert len(set(keys)) == len(keys)


def test_lists_come_in_their_order_and_rules_in_the_guidelines():
    report = check(
        EVERYTHING_WRONG,
        rules(
            ("code_form", {}, "hint"), ("budget_missing", {}, "mandatory"), ("plan_years", {}, "mandatory")
        ),
    )
    assert [finding.check for finding in report.findings] == ["budget_missing", "plan_years", "code_form"]


def set_aside(made, finding, reason="Belum menjadi prioritas"):
    return replace(made, set_aside={finding.key: SetAside("s", finding.key, reason, "Sari")})


def test_a_mandatory_finding_set_aside_with_a_reason_no_longer_blocks_and_is_printed():
    made = plan()
    (finding,) = check(made, rules("dimension_has_programme")).mandatory
    report = check(set_aside(made, finding), rules("dimension_has_programme"))
    assert (report.state, report.draft) == (State.CLEAN, False)
    (entry,) = report.excused
    assert (entry.finding, entry.reason, entry.author) == (finding, "Belum menjadi prioritas", "Sari")


def test_without_a_reason_nothing_is_set_aside():
    made = plan()
    (finding,) = check(made, rules("dimension_has_programme")).mandatory
    report = check(set_aside(made, finding, "  "), rules("dimension_has_programme"))
    assert report.draft
    assert report.set_aside == ()


def test_state():
    assert check(plan(), rules("budget_missing")).state is State.CLEAN
    assert check(plan(), rules(("non_apbd_source", {}, "weak"))).state is State.WEAK
    assert check(plan(), rules("non_apbd_source")).state is State.BLOCKED
    assert check(plan(), rules(("non_apbd_source", {}, "hint"))).counts == {
        "mandatory": 0,
        "weak": 0,
        "hint": 1,
    }


def test_open_conflicts_point_at_their_field_and_cannot_be_set_aside():
    made = plan(
        conflicts=(
            OpenConflict("programme", "p1", "write", "title:id"),
            OpenConflict("answer", derived_id("answer", "profile.about", "", "id"), "write", "value"),
            OpenConflict("cell", derived_id("cell", "s1", "strength", "en"), "write", "value"),
            OpenConflict("target", "target-2026", "write", "target"),
            OpenConflict("agency", "a1", "write", "name:id"),
            OpenConflict("person", "nobody", "delete", ""),
        )
    )
    findings = check(made, rules("open_conflicts")).findings
    assert [finding.page.page for finding in findings] == [
        "programmes", "form", "worksheet", "programmes", "agencies", "checks",
    ]  # fmt: skip
    assert (findings[0].place.field, findings[0].place.language) == ("title", "id")
    assert findings[1].place.item == "profile.about"
    assert (findings[2].place.field, findings[2].place.language) == ("strength", "en")
    report = check(set_aside(made, findings[0]), rules("open_conflicts"))
    assert len(report.mandatory) == len(findings)


def test_a_programme_that_one_deleted_and_another_changed_is_told_as_such():
    made = plan(conflicts=(OpenConflict("programme", "p1", "delete-edit", ""),))
    (finding,) = check(made, rules("open_conflicts")).findings
    said = render(finding.message, Language.ID)
    assert said.startswith("Satu pihak menghapus program “")
    assert "  " not in said


def test_every_sentence_reads_in_both_languages():
    findings = check(EVERYTHING_WRONG, everything()).findings
    for language in Language:
        for finding in findings:
            sentence = render(finding.message, language)
            assert "checks." not in sentence, sentence
            assert "{" not in sentence, sentence
            assert "temuan" not in sentence.lower().split()
            assert sentence.endswith(".")


def test_the_guidelines_own_word_stands_beside_the_finding():
    import msgspec

    from tests.checks.build import local

    pack = rules("non_apbd_source")
    rule = msgspec.structs.replace(pack.rules[0], message=local("Lihat pedoman 3.2", "See guideline 3.2"))
    (finding,) = check(plan(), replace_pack(PACK, rules=(rule,))).findings
    assert finding.note.read("en") == "See guideline 3.2"


def test_a_report_travels_between_processes():
    report = check(EVERYTHING_WRONG, everything())
    assert pickle.loads(pickle.dumps(report)) == report


def test_a_title_keeps_the_language_of_the_reader():
    (finding,) = check(plan(programmes=(programme(lead=""),)), rules("agency_lead_missing")).findings
    assert "small firms" in render(finding.message, Language.EN)
    assert "usaha kecil" in render(finding.message, Language.ID)
    untitled = plan(programmes=(programme(lead="", title=text("")),))
    assert isinstance(
        check(untitled, rules("agency_lead_missing")).findings[0].message.params["programme"], Message
    )
    assert found(untitled, "agency_lead_missing") == ["checks.agency_lead_missing"]


def test_the_findings_near_a_place_are_those_about_its_row_or_item():
    report = check(EVERYTHING_WRONG, everything())
    assert report.findings
    for finding in report.findings:
        place = finding.place
        near = report.near(place)
        assert finding in near
        by = "item" if place.item else "row"
        assert near == tuple(
            each for each in report.findings if getattr(each.place, by) == getattr(place, by)
        )
    assert report.near(Place("programme", "nobody")) == ()


def test_one_picture_of_the_plan_is_read_once():
    made = EVERYTHING_WRONG
    first = reading_of(made, PACK)
    assert reading_of(made, PACK) is first
    other = replace(made, title=Text({"id": "Lain"}))
    assert reading_of(other, PACK).plan is other
    assert reading_of(made, PACK) is not first
