"""``row``: worksheets with fixed rows, for agencies, bound to tables; and the tables themselves."""

import shutil

import pytest

from desktop.cli.fields import TABLE_NAMES
from desktop.cli.main import run
from desktop.cli.row import TABLES
from desktop.workspace import Author, Workspace
from desktop.workspace.registers import TABLES as REGISTERS
from tests.cli.calling import copied


def test_every_table_of_the_workspace_has_a_name():
    assert set(TABLE_NAMES) == set(REGISTERS)


def test_the_guidelines_own_rows_are_listed_before_anybody_wrote_in_them(call, town):
    rows = call.ok("row", town, "ready", json=True).records
    assert [(row["fixed"], row["row"]) for row in rows] == [
        ("left", ""),
        ("right", ""),
        ("mind", ""),
        ("heart", ""),
    ]


def test_a_fixed_row_is_filled_and_filled_again(call, town):
    first = call.ok(
        "row", town, "ready", "--fixed", "mind", "level=s4", "state=Baik sekali", json=True
    ).record
    again = call.ok(
        "row", town, "ready", "--row", first["row"][-8:], "level=s5", "state.en=Very well", json=True
    )
    assert again.record["row"] == first["row"]
    row = call.ok("row", town, "ready", json=True).records[2]
    assert row["cells"] == {"level": "s5", "state": {"id": "Baik sekali", "en": "Very well"}}
    assert "state=Very well" in call.ok("row", town, "ready").out


def test_free_rows_of_agencies(call, town):
    call.ok("row", town, "wishes", "wish=Taman", "cost=Rp 2.000", "dim=air", "urgent=ya", "--agency", "AIR")
    call.ok("row", town, "wishes", "wish=Kebun", "--agency", "TANAH")
    assert [row["cells"]["wish"]["id"] for row in call.ok("row", town, "wishes", json=True).records] == [
        "Taman",
        "Kebun",
    ]
    (only,) = call.ok("row", town, "wishes", "--agency", "AIR", json=True).records
    assert only["cells"] == {"wish": {"id": "Taman"}, "cost": 2000, "dim": "air", "urgent": True}
    assert "(TANAH)" in call.ok("row", town, "wishes").out
    call.ok("row", town, "wishes", "--delete", only["row"])
    assert len(call.ok("row", town, "wishes", json=True).records) == 1


def test_a_worksheet_bound_to_programmes_shows_and_writes_programmes(call, town):
    row = call.ok(
        "row", town, "deeds", "title=Taman kota", "lead=TANAH", "place=Alun-alun", json=True
    ).record["row"]
    titles = {each["id"]: each["title"] for each in call.ok("programme", town, "list", json=True).records}
    assert titles[row] == {"id": "Taman kota"}
    shown = call.ok("row", town, "deeds", json=True).records[-1]
    assert shown["extra"] == {"place": {"id": "Alun-alun"}}
    assert call.ok("show", town, "programme.place", json=True).record["scope"] == row
    call.ok("row", town, "deeds", "--row", "T-001", "place.en=Market", "title=Sumur baru")
    assert "place=Market" in call.ok("row", town, "deeds").out


@pytest.fixture
def city(call, tmp_path):
    path = tmp_path / "city.rancang"
    call.ok("new", path, "--region", "18.07", "--years", "2026-2030")
    call.ok("row", path, "agency", "code=1", "short_name=KOMINFO", "name=Dinas Kominfo")
    call.ok("programme", path, "add", "code=P-1", "title=Layanan", "dimension=governance")
    return path


@pytest.mark.slow
def test_worksheets_bound_to_activities_and_risks(call, city):
    call.ok(
        "row",
        city,
        "action",
        "programme=P-1",
        "title=Portal",
        "lead=KOMINFO",
        "budget=1000",
        "start_year=2027",
    )
    call.ok("row", city, "risk", "programme=P-1", "title=Gagal", "likelihood=tinggi", "owner=KOMINFO")
    programme = call.ok("programme", city, "list", json=True).record
    assert programme["activities"][0]["budget"] == 1000
    assert programme["risks"][0]["likelihood"] == "high"
    assert programme["risks"][0]["owner"] == programme["activities"][0]["lead"]
    assert "program=..." in call.fails("row", city, "action", "title=Portal").replace("programme", "program")
    tail = programme["risks"][0]["id"][-8:]
    call.ok("row", city, "risk", "--row", tail, "impact=low")
    call.ok("row", city, "risk", "--delete", tail)
    assert call.ok("row", city, "risk", json=True).out == ""


def test_people_and_their_offices(call, city):
    call.ok(
        "row", city, "person", "name=Budi", "role=head_of_region", "acting=plt", "office=Bupati", "agency=1"
    )
    person = call.ok("row", city, "person", json=True).record
    assert person["acting"] == "plt"
    assert "role=Bupati/Wali Kota" in call.ok("row", city, "person", language="id").out
    assert "plt, plh, pj" in call.fails("row", city, "person", "--row", "Budi", "acting=ketua")
    assert "head_of_region" in call.fails("row", city, "person", "name=X", "role=king")


FULL = [
    ("programme", "budget", "T-001", "2026", "purse", "indicative=5"),
    ("programme", "indicator", "T-001", "name=Air bersih", "direction=up"),
    ("programme", "target", "Air bersih", "2027", "80"),
    ("programme", "support", "T-001", "TANAH"),
    ("row", "activity", "programme=T-001", "title=Gali", "area=dig"),
    ("row", "risk", "programme=T-001", "title=Kering", "likelihood=low"),
    ("row", "rpjmd_ceiling", "programme=T-001", "year=2026", "amount=5"),
    ("row", "sub_activity", "activity=Gali", "code=1.2", "title=Gali dalam"),
    ("row", "figure", "measure=trees", "year=2026", "value=12", "source=BPS"),
    ("row", "decree", "kind=sk", "number=1", "date=2026-02-01", "title=SK Dewan"),
    ("row", "body", "body=council", "decree=SK Dewan", "name=Dewan"),
    ("row", "member", "body=Dewan", "name=Ratna", "outsider=ya", "position=chair"),
    ("row", "meeting", "kind=consultation", "title=FGD", "start=2026-03-01"),
    ("row", "attendance", "meeting=FGD", "name=Tono", "present=ya"),
    ("row", "session_output", "session=s1", "output=o1", "state=done"),
    ("row", "stakeholder", "name=PT Tani", "kind=industry"),
    ("row", "input", "stakeholder=PT Tani", "body=Perlu gudang", "decision=accepted"),
    ("row", "score", "item=ready.level", "by=assessor", "value=s3"),
]
"""The words of commands, but for the workspace in the second place, that leave no table empty."""


@pytest.fixture(scope="module")
def full_template(template, tmp_path_factory):
    """The town with something in every table, made once."""
    folder = tmp_path_factory.mktemp("full")
    path = folder / "full.rancang"
    shutil.copyfile(template, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(folder / "home"))
        for verb, *words in FULL:
            assert run([verb, str(path), *words, "--name", "Sari", "--role", "secretary"]) == 0, words
        with Workspace.open(path, author=Author("Sari", "secretary")) as town:
            plan = town.plan()
            heard, deed = plan.inputs[0].id, plan.programmes[0].id
        words = ["input_programme", f"input={heard}", f"programme={deed}"]
        assert run(["row", str(path), *words]) == 0
    return path


@pytest.mark.parametrize("table", TABLES)
def test_every_table_can_be_listed(call, full_template, tmp_path, table):
    town = tmp_path / "town.rancang"
    copied(full_template, town)
    said = call.ok("row", town, table, json=True)
    if table != "person":
        assert said.records[0]["id"]
        tail = said.records[0]["id"][-8:]
        assert call.ok("row", town, table).out.startswith(tail)
        if table != "agency":
            call.ok("row", town, table, "--delete", tail)
            assert len(call.ok("row", town, table, json=True).out.splitlines()) == len(said.records) - 1


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["nothing"], "ready, wishes, deeds, agency"),
        (["ready", "level=s4"], "--fixed: left, right, mind, heart"),
        (["ready", "--fixed", "top", "level=s4"], "left, right, mind, heart"),
        (["ready", "--fixed", "left", "level=s9"], "s1, s2, s3, s4, s5"),
        (["ready", "--fixed", "left", "nothing=1"], "level, state"),
        (["ready", "--fixed", "left", "level"], "NAME=VALUE"),
        (["ready", "--fixed", "left", "=5"], "NAME=VALUE"),
        (["ready", "--fixed", "left", "level.en=s1"], "level"),
        (["ready", "--fixed", "left", "state.xx=s1"], "xx"),
        (["ready", "--fixed", "left", "--agency", "AIR", "level=s1"], "--agency"),
        (["ready", "--agency", "AIR"], "--agency"),
        (["ready", "--row", "abcdef12", "level=s1"], "abcdef12"),
        (["ready", "--delete", "abcdef12"], "abcdef12"),
        (["wishes", "--agency", "NOBODY", "wish=x"], "NOBODY"),
        (["deeds", "--fixed", "left", "title=x"], "left"),
        (["agency", "colour=red"], "short_name"),
        (["agency", "--row", "XX", "name=x"], "XX"),
        (["agency", "--agency", "AIR", "name=x"], "--agency"),
        (["budget_line", "programme=T-001", "indicative=5"], "source=... year=..."),
        (["target", "indicator=none", "year=2026", "target=5"], "none"),
        (["programme_agency", "programme=T-001"], "agency=..."),
        (["budget_line", "programme=T-001", "year=2026", "source=moon", "indicative=5"], "purse, gift"),
        (["activity", "programme=T-001", "area=fly"], "dig, sing"),
    ],
)
def test_what_does_not_fit_is_told_and_changes_nothing(call, town, words, part):
    head = call.ok("show", town, json=True).record["head"]
    assert part in call.fails("row", town, *words)
    assert call.ok("show", town, json=True).record["head"] == head


def test_two_rows_of_one_name_are_told_apart_by_the_end_of_their_ids(call, town):
    call.ok("row", town, "agency", "code=9", "name=Dinas Air")
    sentence = call.fails("row", town, "agency", "--row", "Dinas Air", "head=Ani")
    ids = [each["id"][-8:] for each in call.ok("row", town, "agency", json=True).records]
    assert ids[0] in sentence
    assert ids[2] in sentence
    call.ok("row", town, "agency", "--row", ids[2], "head=Ani")
    assert call.ok("row", town, "agency", json=True).records[2]["head"] == "Ani"


def test_a_blank_name_never_means_the_row_without_one(call, town):
    call.ok("row", town, "agency", "name=Tanpa kode")
    call.ok("programme", town, "set", "T-001", "lead=")
    assert call.ok("programme", town, "list", json=True).record["lead"] == ""
    call.fails("programme", town, "set", "", "title=x")


def test_an_agency_that_leads_is_deleted_and_no_longer_mentioned(call, town):
    call.ok("row", town, "agency", "--delete", "AIR")
    assert call.ok("programme", town, "list", json=True).record["lead"] == ""


@pytest.mark.slow
def test_a_row_of_a_worksheet_is_chosen_by_id_by_number_by_its_words_or_a_part_of_them(call, town):
    first = call.ok("row", town, "wishes", "wish=Taman di tepi sungai", json=True).record["row"]
    second = call.ok("row", town, "wishes", "wish=Taman bermain", json=True).record["row"]
    for said, meant in ((first, first), (second[-8:], second), ("1", first), ("taman BERMAIN", second)):
        call.ok("programme", town, "set", "T-001", f"wish={said}")
        assert call.ok("show", town, "programme.wish", json=True).record["value"] == meant
    call.ok("programme", town, "set", "T-001", "wish=sungai")
    assert call.ok("show", town, "programme.wish", json=True).record["value"] == first
    assert call("programme", town, "set", "T-001", "wish=taman").code
    assert call("programme", town, "set", "T-001", "wish=9").code
    assert "Taman di tepi sungai" in call.ok("show", town, "programme.wish").out


def test_a_recap_tells_who_filled_in_what_and_how_answers_spread(call, smart):
    call.ok("row", smart, "readiness", "--fixed", "human_resources", "rating=buruk", "--agency", "AIR")
    call.ok("row", smart, "readiness", "--fixed", "human_resources", "rating=baik")
    said = call.ok("row", smart, "readiness", "--recap", json=True).records
    agencies = {each["agency"]: each["rows"] for each in said if each["kind"] == "agency"}
    assert [*agencies.values()] == [1, 0, 1]
    (spread,) = [each for each in said if each["kind"] == "spread" and each["counts"]["rating"]]
    assert (spread["fixed"], spread["region"], spread["counts"]) == (
        "human_resources", {"rating": "good"}, {"rating": {"poor": 1}},
    )  # fmt: skip
    told = call.ok("row", smart, "readiness", "--recap").out
    assert "rating=Good (1 Poor)" in told
    assert "nothing yet" in told
    (row,) = spread["rows"]
    call.ok("row", smart, "readiness", "--take", row["row"])
    said = call.ok("row", smart, "readiness", "--recap", json=True).records
    assert next(each for each in said if each.get("fixed") == "human_resources")["region"] == {
        "rating": "poor"
    }


def test_a_sheet_of_the_region_has_no_recap_and_its_own_row_is_not_taken(call, smart):
    assert "recap" in call("row", smart, "action", "--recap").err
    own = call.ok("row", smart, "readiness", "--fixed", "human_resources", "rating=baik", json=True).record[
        "row"
    ]
    assert call("row", smart, "readiness", "--take", own).code == 1
    assert call("row", smart, "readiness", "--recap", "rating=baik").code


def test_a_row_becomes_a_programme(call, smart):
    call.ok("row", smart, "inventory", "name=e-Izin", "kind=application", "--agency", "AIR")
    made = call.ok("programme", smart, "from", "inventory", "1", json=True).record["row"]
    (programme,) = call.ok("programme", smart, json=True).records
    assert (programme["id"], programme["title"]) == (made, {"id": "e-Izin"})
    assert call("programme", smart, "from", "inventory", "1").code == 1
    assert call("programme", smart, "from", "inventory").code
    assert call("programme", smart, "from", "risk", "1").code


def test_suggestions_are_listed_and_taken_by_number(call, smart):
    assert (
        "nothing new"
        in call.ok("row", smart, "swot", "--suggest").err + call.ok("row", smart, "swot", "--suggest").out
    )
    call.ok("row", smart, "readiness", "--fixed", "human_resources", "rating=baik", "condition=12 orang")
    (one,) = call.ok("row", smart, "swot", "--suggest", json=True).records
    assert one["text"]["id"].endswith(": 12 orang")
    assert call("row", smart, "swot", "--accept", "2").code
    assert call.ok("row", smart, "swot", "--accept", "1", json=True).record["taken"] == 1
    assert "12 orang" in call.ok("row", smart, "swot").out


def test_what_is_worked_out_is_listed_and_not_typed(call, smart):
    call.ok("row", smart, "gap_indicator", "indicator=IPM", "existing=70,5", "target=72")
    (row,) = call.ok("row", smart, "gap_indicator", json=True).records
    assert row["cells"]["gap"] == "1.5"
    assert "gap=1.5" in call.ok("row", smart, "gap_indicator").out
    assert "target" in call("row", smart, "gap_indicator", "--row", row["row"], "gap=3").err
