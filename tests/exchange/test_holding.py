"""A list that is taken over again: new, changed, the same, doubtful; the team's own changes stay."""

from decimal import Decimal

import pytest

from desktop.base import Language, Message, render
from desktop.exchange import apply_import, preview_programmes, suggested_answers
from desktop.exchange.brought import brought_by
from desktop.exchange.holding import gone_sentence, held_against, kept_sentence
from desktop.exchange.questions import Unanswered
from tests.exchange.lists import csv_file

HEAD = ["Program", "OPD", "Indikator", "Satuan", "Kondisi awal", "Target 2026", "Pagu 2026", "Pagu 2027"]


def rows(target="80", first="1000000000", second="2000000000", unit="Poin"):
    return [
        HEAD,
        ["Layanan A", "Dinas X", "IKM", unit, "75", target, first, second],
        ["Layanan B", "Dinas X", "SPBE", "Indeks", "2,5", "3", "1000000000", "1000000000"],
    ]


def look(workspace, folder, made, name="list.csv"):
    brought = brought_by(workspace.journal)
    file = csv_file(folder, made, name=name)
    return preview_programmes(file, workspace.plan(), workspace.pack(), brought=brought)


def take(workspace, preview, **more):
    return apply_import(workspace, preview, {**suggested_answers(preview.questions), **more})


def held(workspace, preview):
    return held_against(preview, suggested_answers(preview.questions), workspace.plan())


def budget(workspace):
    return {line.year: line.indicative for line in workspace.plan().programmes[0].budget}


def told(changes):
    return [render(each.message, Language.ID) for each in changes]


@pytest.fixture
def again(workspace, tmp_path):
    """A workspace that took the list over, and two of its values changed by the team since."""
    take(workspace, look(workspace, tmp_path, rows()))
    programme = workspace.plan().programmes[0]
    with workspace.operation(Message("x")) as op:
        op.put("budget_line", programme=programme.id, year=2026, source="apbd", indicative=1_100_000_000)
        op.set("indicator", programme.indicators[0].id, unit="Nilai")
    return workspace


def test_the_same_list_again_says_the_same(workspace, tmp_path):
    take(workspace, look(workspace, tmp_path, rows()))
    found = held(workspace, look(workspace, tmp_path, rows(), name="lain.csv"))
    assert (found.changed, found.kept, found.doubtful) == ((), (), ())
    assert dict(found.states) == {"layanan a": "same", "layanan b": "same"}


def test_two_activities_of_one_name_are_two_again(workspace, tmp_path):
    """With codes each is known by its own; without, each part of the plan is one of the list."""
    made = [
        ["Kode", "Uraian", "Pagu 2026"],
        ["1.01.02", "Program Layanan", "700000000"],
        ["1.01.02.2.01", "Kegiatan Satu", "300000000"],
        ["1.01.02.2.01.0001", "Koordinasi", "100000000"],
        ["1.01.02.2.01.0002", "Koordinasi", "200000000"],
        ["1.01.02.2.02", "Kegiatan Satu", "400000000"],
        ["1.01.02.2.02.0001", "Koordinasi", "400000000"],
    ]
    for answer in ("activity", "sub_activity"):
        take(workspace, look(workspace, tmp_path, made), activities=answer)
        there, head = workspace.plan().programmes, workspace.head
        take(workspace, look(workspace, tmp_path, made), activities=answer)
        assert (workspace.plan().programmes, workspace.head) == (there, head)
        parts = [*there[0].activities, *(sub for each in there[0].activities for sub in each.sub_activities)]
        assert sorted(each.budget // 10**8 for each in parts) == (
            [1, 2, 3, 4, 4] if answer == "activity" else [1, 1, 2, 2, 3, 4, 4, 4]
        )
    with workspace.operation(Message("x")) as op:
        for each in there[0].activities:
            op.set("activity", each.id, budget=5)
    newer = [[*row[:2], row[2].replace("00000000", "50000000")] for row in made]
    asked = held(workspace, look(workspace, tmp_path, newer)).questions
    assert {each.id.removeprefix("held:program layanan:activity:") for each in asked} == {
        "kegiatan satu 1.01.02.2.01:budget",
        "kegiatan satu 1.01.02.2.02:budget",
    }


def test_what_only_the_list_changed_follows_it(workspace, tmp_path):
    take(workspace, look(workspace, tmp_path, rows()))
    newer = [*rows(target="82", second="2500000000"), ["Layanan C", "Dinas X", "", "", "", "", "", ""]]
    newer[2][4] = "N/A"
    preview = look(workspace, tmp_path, newer, name="baru.csv")
    found = held(workspace, preview)
    assert told(found.changed) == [
        "Layanan A: pagu indikatif 2027 dari Rp2.000.000.000 menjadi Rp2.500.000.000",
        "Layanan A: target 2026 “IKM” dari 80 menjadi 82",
    ]
    assert dict(found.states) == {"layanan a": "changed", "layanan b": "same", "layanan c": "new"}
    take(workspace, preview)
    assert budget(workspace) == {2026: 10**9, 2027: 25 * 10**8}
    first, second, _ = workspace.plan().programmes
    assert first.indicators[0].targets[0].target == 82
    assert second.indicators[0].baseline == Decimal("2.5")


def test_what_only_the_team_changed_stays(again, tmp_path):
    preview = look(again, tmp_path, rows(second="2500000000"), name="baru.csv")
    found = held(again, preview)
    assert [each.name for each in found.kept] == ["budget:2026:apbd:indicative", "indicator:ikm:unit"]
    assert [each.name for each in found.changed] == ["budget:2027:apbd:indicative"]
    assert all(each.register[2] in {"indicative", "unit"} for each in found.kept)
    for language in Language:
        assert "exchange." not in "".join(render(kept_sentence(each), language) for each in found.kept)
    take(again, preview)
    assert budget(again) == {2026: 11 * 10**8, 2027: 25 * 10**8}
    assert again.plan().programmes[0].indicators[0].unit == "Nilai"


@pytest.mark.parametrize(("answer", "amount"), [("plan", 11 * 10**8), ("list", 12 * 10**8)])
def test_what_both_changed_is_a_persons_to_decide(again, tmp_path, answer, amount):
    preview = look(again, tmp_path, rows(first="1200000000"), name="baru.csv")
    found = held(again, preview)
    assert found.states["layanan a"] == "doubtful"
    (question,) = found.questions
    assert question.id == "held:layanan a:budget:2026:apbd:indicative"
    assert render(question.message, Language.EN) == (
        "Layanan A: indicative budget 2026 is IDR 1,100,000,000 in this document and IDR 1,200,000,000 in "
        "the list; the last import brought IDR 1,000,000,000. Which is right?"
    )
    head = again.head
    with pytest.raises(Unanswered):
        take(again, preview)
    assert again.head == head
    take(again, preview, **{question.id: answer})
    assert budget(again)[2026] == amount
    again.undo()
    assert budget(again)[2026] == 11 * 10**8


def test_what_an_earlier_list_brought_and_this_one_lacks_is_told_and_stays(workspace, tmp_path):
    other = [*rows(), ["Layanan C", "Dinas Y", "", "", "", "", "", ""]]
    take(workspace, look(workspace, tmp_path, other))
    preview = look(workspace, tmp_path, rows()[:2], name="baru.csv")
    (missing,) = held(workspace, preview).gone
    assert missing.title.read("id") == "Layanan B"
    for language in Language:
        assert "Layanan B" in render(gone_sentence(missing), language)
    take(workspace, preview)
    assert len(workspace.plan().programmes) == 3


def test_what_the_team_filled_in_and_the_list_says_otherwise_is_doubtful_too(workspace, tmp_path):
    gaps = rows(first="-")
    gaps[1][4] = "N/A"
    take(workspace, look(workspace, tmp_path, gaps))
    with workspace.operation(Message("x")) as op:
        op.set("indicator", workspace.plan().programmes[0].indicators[0].id, baseline="70")
    found = held(workspace, look(workspace, tmp_path, rows(), name="baru.csv"))
    assert [each.name for each in found.doubtful] == ["indicator:ikm:baseline"]
    assert [each.name for each in found.changed] == ["budget:2026:apbd:indicative"]
    assert "membawa -." in render(found.questions[0].message, Language.ID)


def test_what_no_list_brought_follows_the_list(workspace, tmp_path):
    with workspace.operation(Message("x")) as op:
        op.insert("programme", title={"id": "Layanan A"}, start_year=2027, end_year=2027)
    found = held(workspace, look(workspace, tmp_path, rows()))
    assert {"start_year"} <= {each.name for each in found.changed}
    assert (found.kept, found.doubtful) == ((), ())


def test_an_import_that_was_undone_does_not_count(workspace, tmp_path):
    take(workspace, look(workspace, tmp_path, rows()))
    take(workspace, look(workspace, tmp_path, rows(first="1500000000"), name="baru.csv"))
    workspace.undo()
    assert budget(workspace)[2026] == 10**9
    found = held(workspace, look(workspace, tmp_path, rows(first="1500000000"), name="baru.csv"))
    assert [each.name for each in found.changed] == ["budget:2026:apbd:indicative"]
    workspace.redo()
    with workspace.operation(Message("x")) as op:
        op.put(
            "budget_line", programme=workspace.plan().programmes[0].id, year=2026, source="apbd", indicative=5
        )
    found = held(workspace, look(workspace, tmp_path, rows(first="1500000000"), name="baru.csv"))
    assert [each.name for each in found.kept] == ["budget:2026:apbd:indicative"]


def test_money_and_targets_that_the_team_took_away_stay_away(workspace, tmp_path):
    take(workspace, look(workspace, tmp_path, rows()))
    programme = workspace.plan().programmes[0]
    with workspace.operation(Message("x")) as op:
        op.delete("budget_line", next(line.id for line in programme.budget if line.year == 2026))
        op.delete("target", programme.indicators[0].targets[0].id)
    there = workspace.plan().programmes
    preview = look(workspace, tmp_path, rows())
    found = held(workspace, preview)
    assert {each.name for each in found.kept} == {"budget:2026:apbd:indicative", "target:ikm:2026:target"}
    assert (found.changed, found.doubtful) == ((), ())
    take(workspace, preview)
    assert workspace.plan().programmes == there
    # a list that changed since is asked about, and may bring it back
    newer = look(workspace, tmp_path, rows(first="3000000000"))
    (question,) = held(workspace, newer).questions
    take(workspace, newer, **{question.id: "list"})
    assert budget(workspace) == {2026: 3 * 10**9, 2027: 2 * 10**9}
    assert not workspace.plan().programmes[0].indicators[0].targets


PARTS = [
    ["Kode", "Uraian", "Indikator", "Target 2026", "Pagu 2026"],
    ["1.01.02", "Program Layanan", "Kepuasan", "80", "700000000"],
    ["1.01.02", "", "Cakupan", "60", ""],
    ["1.01.02.2.01", "Kegiatan Satu", "", "", "300000000"],
    ["1.01.02.2.01.0001", "Subkegiatan Satu", "", "", "100000000"],
    ["1.01.02.2.01.0002", "Subkegiatan Dua", "", "", "200000000"],
    ["1.01.02.2.02", "Kegiatan Dua", "", "", "400000000"],
    ["1.01.03", "Program Lain", "Mutu", "5", "900000000"],
]
"""Everything that a team may delete or rename after it took a list over."""


def parts(workspace):
    (first, *others) = workspace.plan().programmes
    said = [first.title.read("id"), *(each.name.read("id") for each in first.indicators)]
    for activity in first.activities:
        said += [activity.title.read("id"), *(each.title.read("id") for each in activity.sub_activities)]
    return [*said, *(each.title.read("id") for each in others)]


def test_what_the_team_deleted_stays_away_and_is_told(workspace, tmp_path):
    take(workspace, look(workspace, tmp_path, PARTS))
    first, other = workspace.plan().programmes
    with workspace.operation(Message("x")) as op:
        op.delete("indicator", first.indicators[1].id)
        op.delete("sub_activity", first.activities[0].sub_activities[1].id)
        op.delete("activity", first.activities[1].id)
        op.delete("programme", other.id)
    there = parts(workspace)
    assert there == ["Program Layanan", "Kepuasan", "Kegiatan Satu", "Subkegiatan Satu"]
    preview = look(workspace, tmp_path, PARTS)
    found = held(workspace, preview)
    assert (found.changed, found.doubtful) == ((), ())
    assert [render(kept_sentence(each), Language.ID).split(" dihapus")[0] for each in found.kept] == [
        "Program Layanan: indikator “Cakupan”",
        "Program Layanan: subkegiatan “Subkegiatan Dua”",
        "Program Layanan: kegiatan “Kegiatan Dua”",
    ]
    assert dict(found.states) == {"program layanan": "same", "program lain": "left"}
    assert [each.id for each in preview.questions if each.required] == ["rupiah_unit"]
    head = workspace.head
    report = take(workspace, preview)
    assert (parts(workspace), workspace.head, report.new) == (there, head, 0)
    # whoever wants a programme back says so, and gets all of it
    take(workspace, preview, **{"again:program lain": "again"})
    assert workspace.plan().programmes[1].indicators[0].name.read("id") == "Mutu"


def test_what_was_deleted_and_the_list_has_otherwise_now_is_asked_about(workspace, tmp_path):
    take(workspace, look(workspace, tmp_path, PARTS))
    first = workspace.plan().programmes[0]
    with workspace.operation(Message("x")) as op:
        op.delete("indicator", first.indicators[1].id)
        op.delete("activity", first.activities[1].id)
    newer = [list(row) for row in PARTS]
    newer[2][3], newer[6][4], newer[1][4] = "65", "500000000", "800000000"
    preview = look(workspace, tmp_path, newer)
    asked = held(workspace, preview).questions
    assert [each.id for each in asked] == [
        "held:program layanan:indicator:cakupan",
        "held:program layanan:activity:kegiatan dua",
    ]
    for language in Language:
        assert "exchange." not in "".join(render(each.message, language) for each in asked)
    take(workspace, preview, **{asked[0].id: "list", asked[1].id: "plan"})
    assert parts(workspace)[:3] == ["Program Layanan", "Kepuasan", "Cakupan"]
    first = workspace.plan().programmes[0]
    assert [each.target for each in first.indicators[1].targets] == [65]
    assert [each.title.read("id") for each in first.activities] == ["Kegiatan Satu"]
    # it came back with that import: now it is known by it
    assert held(workspace, look(workspace, tmp_path, newer)).changed == ()


def test_what_the_team_renamed_is_known_again_and_keeps_its_name(workspace, tmp_path):
    take(workspace, look(workspace, tmp_path, PARTS))
    first, other = workspace.plan().programmes
    with workspace.operation(Message("x")) as op:
        op.write("indicator", first.indicators[0].id, "name", "id", "Indeks Kepuasan Masyarakat")
        op.write("activity", first.activities[0].id, "title", "id", "Penyediaan layanan")
        op.write("sub_activity", first.activities[0].sub_activities[0].id, "title", "id", "Koordinasi")
        op.write("programme", first.id, "title", "id", "Pelayanan Publik Digital")
        op.write("programme", other.id, "title", "id", "Mutu Data")
        op.set("programme", first.id, code="")
    there, plan = parts(workspace), workspace.plan()
    preview = look(workspace, tmp_path, PARTS)
    found = held(workspace, preview)
    assert preview.new == ()
    assert (found.changed, found.doubtful) == ((), ())
    assert {each.name for each in found.kept} == {
        "title", "code", "indicator:indeks kepuasan masyarakat:name",
        "activity:penyediaan layanan:title", "sub_activity:koordinasi:title",
    }  # fmt: skip
    take(workspace, preview)
    assert parts(workspace) == there
    assert workspace.plan().programmes == plan.programmes
    newer = [list(row) for row in PARTS]
    newer[1][3], newer[3][4] = "85", "350000000"
    take(workspace, look(workspace, tmp_path, newer))
    first = workspace.plan().programmes[0]
    assert parts(workspace) == there
    assert (first.indicators[0].targets[0].target, first.activities[0].budget) == (85, 350_000_000)


def test_new_indicators_activities_and_years_are_told(workspace, tmp_path):
    take(workspace, look(workspace, tmp_path, rows()))
    newer = [[*HEAD, "Kegiatan"], *([*row, ""] for row in rows()[1:])]
    newer.insert(2, ["Layanan A", "Dinas X", "Indeks baru", "", "", "5", "", "", "Kegiatan satu"])
    newer[0][6] = "Pagu 2028"
    found = held(workspace, look(workspace, tmp_path, newer, name="baru.csv"))
    assert "Layanan A: kegiatan baru “Kegiatan satu”" in told(found.changed)
    assert any("pagu indikatif 2028 dari - menjadi" in each for each in told(found.changed))
    for language in Language:
        assert "exchange." not in "".join(render(each.message, language) for each in found.changed)
