import msgspec

from desktop.base import Language, render
from desktop.checks import check
from desktop.checks.action_plan import of_activities
from desktop.guideline.pack import Choice
from tests.checks.build import activity, found, local, plan, programme, replace_pack, rules, text
from tests.checks.test_codes import sub


def with_activities(*activities, **changes):
    return plan(programmes=(programme(activities=activities, **changes),))


def test_sub_activities_come_to_their_activity():
    right = activity(budget=50, sub_activities=(sub(budget=20), sub(id="s2", budget=30), sub(id="s3")))
    assert found(with_activities(right), "sub_activities_reconcile") == []
    unstated = activity(budget=None, sub_activities=(sub(budget=20),))
    assert found(with_activities(unstated, activity()), "sub_activities_reconcile") == []
    wrong = activity(budget=50, sub_activities=(sub(budget=20),))
    (finding,) = check(with_activities(wrong), rules("sub_activities_reconcile")).findings
    assert finding.message.params["difference"].amount == 30
    assert (finding.place.table, finding.place.row, finding.place.field) == ("activity", "act1", "budget")
    assert found(with_activities(wrong), ("sub_activities_reconcile", {"tolerance": 30})) == []


def test_activities_stay_within_their_programme():
    assert found(with_activities(activity(budget=600)), "activities_within_programme") == []
    assert found(with_activities(activity(budget=None)), "activities_within_programme") == []
    assert found(with_activities(activity(budget=601)), "activities_within_programme") == [
        "checks.activities_above"
    ]
    parts = activity(budget=None, sub_activities=(sub(budget=700),))
    assert of_activities(programme(activities=(parts,))) == 700
    assert found(with_activities(parts), "activities_within_programme") == ["checks.activities_above"]
    free = with_activities(activity(), total_budget=None, budget=())
    assert found(free, "activities_within_programme") == []


def test_every_dimension_has_an_activity_in_an_area():
    areas = (Choice(id="hr", label=local("SDM", "People")), Choice(id="app", label=local("Aplikasi")))
    made = rules(("dimension_action", {"areas": ("hr",)}))
    pack = replace_pack(made, planning=msgspec.structs.replace(made.planning, action_areas=areas))
    (finding,) = check(with_activities(activity(area="app")), pack).findings
    assert finding.message.id == "checks.dimension_action"
    assert finding.place.item == "governance.hr"
    assert check(with_activities(activity(area="hr")), pack).findings == ()
    every = replace_pack(pack, rules=rules("dimension_action").rules)
    assert len(check(with_activities(activity(area="hr")), every).findings) == 1


def test_texts_of_sub_activities_are_read_like_all_others():
    made = with_activities(activity(sub_activities=(sub(output=text("Dua puluh guru", None)),)))
    (finding,) = [
        each
        for each in check(made, rules("translation_missing")).findings
        if each.place.table == "sub_activity" and each.place.field == "output"
    ]
    assert finding.page.ref == "p1"
    for language in Language:
        assert "Promosi literasi" in render(finding.message, language)
