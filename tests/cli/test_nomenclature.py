import csv

import pytest

from desktop.workspace import Author, Workspace


@pytest.fixture
def listed(tmp_path):
    path = tmp_path / "sipd.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file).writerow
        write(["Kode", "Nomenklatur"])
        write(["2.16.03", "Program Pengelolaan Aplikasi Informatika"])
        write(["2.16.03.2.02", "Pengelolaan E-government"])
        write(["2.16.03.2.02.0035", "Promosi Literasi SPBE"])
        write(["2.16.03.2.2", "Salah ketik"])
    return path


@pytest.mark.slow
def test_a_list_is_taken_in_searched_shown_and_removed(call, town, listed):
    assert "2 sample" in call.ok("nomenclature", town).out or "samples" in call.ok("nomenclature", town).out
    said = call.ok("nomenclature", town, "import", listed, json=True)
    taken = said.records[-1]
    assert (taken["codes"], taken["remarks"]) == (3, 1)
    assert taken["levels"] == {"programme": 1, "activity": 1, "sub_activity": 1}
    found = call.ok("nomenclature", town, "search", "literasi", json=True).record
    assert (found["code"], found["level"]) == ("2.16.03.2.02.0035", "sub_activity")
    assert "2.16.03  Program Pengelolaan" in call.ok("nomenclature", town, "search", "2.16").out
    shown = call.ok("nomenclature", town, json=True).record
    assert (shown["file"], shown["codes"], shown["samples"]) == ("sipd.csv", 3, False)
    assert "sipd.csv" in call.ok("history", town).out
    call.ok("undo", town)
    assert call.ok("nomenclature", town, json=True).record["samples"]
    call.ok("redo", town)
    call.ok("nomenclature", town, "remove")
    assert call.ok("nomenclature", town, json=True).record["file"] == ""
    with Workspace.open(town, author=Author("Sari"), read_only=True) as workspace:
        assert not workspace.plan().codes


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_cannot_be_done_is_said(call, town, listed, tmp_path, language):
    call.fails("nomenclature", town, "remove", code=1, language=language)
    call.fails("nomenclature", town, "search", "zzz", code=1, language=language)
    call.fails("nomenclature", town, "import", language=language)
    call.fails("nomenclature", town, "show", "more", language=language)
    call.fails("nomenclature", town, "import", tmp_path / "none.xlsx", language=language)
    other = tmp_path / "other.csv"
    other.write_text("nama,jumlah\npasar,3\n")
    assert "other.csv" in call.fails("nomenclature", town, "import", other, language=language)
    call.fails("row", town, "plan", "nomenclature=abc", language=language)
