"""``import``: what a list leaves open is asked first; answers come from a file, words, or suggestions."""

import json
import shutil

import pytest

from desktop.base.resources import resource
from tests.cli.calling import TINY
from tests.data.planning import tables
from tests.exchange.test_apart import BENT


@pytest.fixture
def region(call, tmp_path):
    path = tmp_path / "region.rancang"
    call.ok("new", path, "--region", "18.07", "--years", "2026-2030")
    return path


@pytest.fixture
def csv(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text(
        "Program,OPD,Indikator,Satuan,Kondisi awal,Target 2026,Pagu 2026\n"
        "Program Air Bersih,Dinas Air,Cakupan air,persen,70,75,1000000000\n",
        encoding="utf-8",
    )
    return path


def test_open_questions_are_asked_and_nothing_is_written(call, region, csv):
    said = call("import", region, csv, json=True)
    assert said.code == 1
    assert said.kinds[0] == "import-preview"
    assert said.kinds[-1] == "import-open"
    questions = {each["id"]: each for each in said.records if each["kind"] == "question"}
    assert set(said.records[-1]["questions"]) <= set(questions)
    assert all(each["options"] and each["text"] for each in questions.values() if each["required"])
    assert call.ok("programme", region).out == ""
    human = call("import", region, csv)
    assert human.code == 1
    assert "--accept" in human.out


def test_suggestions_are_taken_when_accepted(call, region, csv):
    said = call.ok("import", region, csv, "--accept", json=True)
    assert said.records[-1]["kind"] == "imported"
    assert said.records[-1]["new"] == 1
    assert call.ok("programme", region, "list", json=True).record["title"]["id"] == "Program Air Bersih"
    again = call.ok("import", region, csv, "--accept", json=True).records[-1]
    assert (again["new"], again["updated"]) == (0, 1)
    assert call.ok("undo", region).code == 0


def test_the_unit_is_asked_where_the_sums_speak_for_thousands(call, region, csv):
    csv.write_text(csv.read_text("utf-8").replace("1000000000", "539632"), "utf-8")
    said = call("import", region, csv, "--accept")
    assert said.code == 1
    assert "Rp539.632.000 " in said.out or "IDR 539,632,000 " in said.out
    done = call.ok("import", region, csv, "--accept", "--unit", "thousand", json=True).records[-1]
    assert done["answers"]["rupiah_unit"] == "thousand"


@pytest.mark.slow
def test_a_changed_list_is_held_against_the_plan(call, region, csv):
    call.ok("import", region, csv, "--accept")
    programme = call.ok("programme", region, "list", json=True).record["id"]
    call.ok("budget", region, "spread", programme, "7000000", "years=2026", "sources=apbd")
    again = call.ok("import", region, csv, "--preview", "--accept", json=True)
    kinds = [each["kind"] for each in again.records]
    states = next(each for each in again.records if each["kind"] == "import-states")
    assert (states["same"], states["new"], kinds.count("import-kept")) == (1, 0, 1)
    newer = csv.with_name("newer.csv")
    newer.write_text(
        csv.read_text("utf-8").replace("1000000000", "2000000000").replace(",75,", ",76,"), "utf-8"
    )
    open_one = call("import", region, newer, "--accept", json=True)
    assert open_one.code == 1
    (asked,) = open_one.records[-1]["questions"]
    assert asked == "held:program air bersih:budget:2026:apbd:indicative"
    assert "asked" in call.fails("import", region, newer, "--accept", "--answer", "held:asked=list")
    done = call.ok("import", region, newer, "--accept", "--doubtful", "list", json=True)
    assert done.records[-1]["answers"][asked] == "list"
    assert [each["name"] for each in done.records if each["kind"] == "import-change"] == [
        "target:cakupan air:2026:target"
    ]


def test_anybodys_table_is_explained_once(call, region, tmp_path):
    path = tmp_path / "ours.csv"
    path.write_text("Nama Unggulan,Yang mengurus\nTaman baca,Dinas X\n", encoding="utf-8")
    open_one = call("import", region, path, "--accept", json=True)
    assert (open_one.code, open_one.records[-1]["questions"]) == (1, ["programme_column"])
    told = ["--answer", "programme_column=Nama Unggulan", "--answer", "column:yang mengurus=agency"]
    call.ok("import", region, path, "--accept", *told)
    again = call("import", region, path, "--accept", "--preview", json=True).records[0]
    assert again["programmes"] == 1
    assert call("import", region, path, "--forget", "--preview", json=True).records[0]["programmes"] == 0


def test_amounts_that_read_in_two_ways(call, region, tmp_path):
    """Only when it is settled how numbers are written it is asked what the amounts are."""
    path = tmp_path / "jutaan.csv"
    path.write_text('Program,Pagu 2026\nA,"1.250"\nB,"2.500"\n', encoding="utf-8")
    answers = ["--answer", "number_style=comma", "--unit", "million", "--answer", "funding=apbd"]
    said = call("import", region, path, *answers, json=True)
    assert {each.split(":")[0] for each in said.records[-1]["questions"]} == {"dimension"}
    human = call("import", region, path, *answers).out
    listed = human.count("[later]"), human.count('"dimension:')
    assert listed == (1, 2), "choices of many are listed once"
    later = [word for title in "ab" for word in ("--answer", f"dimension:{title}=later")]
    call.ok("import", region, path, "--accept", "--unit", "million", *later)
    again = call("import", region, path, "--accept", "--unit", "million", "--preview", *later, json=True)
    assert (again.code, again.records[-1]["same"]) == (0, 2), "written is what is shown"
    assert call("import", region, path, "--answer", "number_style=semau").code == 1


@pytest.mark.slow
def test_our_own_workbook_is_no_list(call, region, tmp_path):
    book = tmp_path / "buku.xlsx"
    call.ok("export", region, "--xlsx", book)
    told = call.fails("import", region, book, "--accept")
    assert f"rancang receive {book}" in told


def test_a_list_may_come_from_another_program(call, region, csv, monkeypatch):
    import io
    import sys

    text = csv.read_text("utf-8").replace(",", "\t")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-16-le"))))
    assert call.ok("import", region, "-", "--accept", json=True).records[-1]["new"] == 1


@pytest.mark.slow
def test_answers_in_words_and_in_a_file(call, region, csv, tmp_path):
    questions = {
        each["id"]: each
        for each in call("import", region, csv, json=True).records
        if each["kind"] == "question"
    }
    required = [each for each in questions.values() if each["required"]]
    words = [f"--answer={each['id']}={each['options'][0]}" for each in required]
    assert call("import", region, csv, *words, "--preview", json=True).code == 0
    assert call.ok("programme", region).out == ""
    call.ok("import", region, csv, *words)
    decisions = tmp_path / "decisions.json"
    decisions.write_text(json.dumps({"programmes": {"Program Air Bersih": {"dimension": "living"}}}))
    said = call("import", region, csv, "--decisions", decisions, "--accept", json=True)
    assert said.code == 0, said
    assert call.ok("programme", region, "list", json=True).record["dimension"] in {"living", *words}


def test_sheets_are_told_and_chosen(call, region, tmp_path):
    path = tables.renstra_2025(tmp_path)
    said = call("import", region, path, "--preview", json=True)
    sheets = [each for each in said.records if each["kind"] == "import-sheet"]
    first = sheets[0]
    assert (first["name"], first["kind_of_table"], first["programmes"]) == ("Dinas Kesehatan", "renstra", 1)
    assert "Sampul" in call.fails("import", region, path, "--sheet", "Sampul")
    done = call.ok("import", region, path, "--sheet", "Dinas Pendidikan", "--accept", json=True).records[-1]
    assert (done["new"], done["activities"]) == (1, 1)
    again = call("import", region, path, "--sheet", "Dinas Pendidikan", "--preview", json=True)
    assert not [each for each in again.records if each["kind"] == "import-change"]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--answer", "nothing=x"], "nothing"),
        (["--answer", "nothing"], "NAME=VALUE"),
        (["--answer", "rupiah_unit=shells", "--accept"], "shells"),
        (["--decisions", "none.json"], "none.json"),
        (["--decisions", "."], "folder"),
    ],
)
def test_answers_that_fit_no_question_are_told(call, region, csv, words, part):
    assert part in call.fails("import", region, csv, *words)


def test_a_person_at_a_terminal_is_asked(call, region, csv, monkeypatch):
    asked = []

    def answer(prompt):
        asked.append(prompt)
        return "1" if len(asked) > 1 else "nonsense"

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", answer)
    call.ok("import", region, csv)
    assert len(asked) > 1
    assert call.ok("programme", region, "list", json=True).record["title"]["id"] == "Program Air Bersih"


def test_a_person_who_leaves_changes_nothing(call, region, csv, monkeypatch):
    def gone(prompt):
        raise EOFError

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", gone)
    assert call("import", region, csv).code == 1
    assert call.ok("programme", region).out == ""


def test_the_real_list_is_imported_under_another_guideline_too(call, tmp_path):
    path = tmp_path / "tiny.rancang"
    call.ok("new", path, "--region", "18.07", "--years", "2026-2030", "--guideline", TINY)
    said = call("import", path, resource("demo", "programmes.csv"), "--accept", json=True)
    assert said.code in {0, 1}
    assert said.kinds[0] == "import-preview"


def test_a_list_that_would_end_the_program_is_told(call, region, tmp_path, read_apart):
    bent = tmp_path / "daftar.xls"
    shutil.copy(BENT, bent)
    said = call("import", region, bent)
    assert said.code == 2
    assert "daftar.xls" in said.err
    assert call.ok("programme", region).out == ""
