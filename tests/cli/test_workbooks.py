"""``handout --xlsx`` and ``bring-back`` of workbooks: previewed, asked about, taken over."""

from __future__ import annotations

import json
import shutil
import zipfile

import pytest

from tests.exchange.agency_workbook.books import Book

WISHES = "worksheet.wishes"


@pytest.fixture
def book(call, town, tmp_path):
    """The workbook of the water office."""
    made = call.ok("handout", town, "--xlsx", "--to", "AIR", "--out", tmp_path / "keluar", json=True).record
    assert made["kind"] == "workbook"
    return Book(made["file"])


@pytest.mark.slow
def test_a_workbook_for_each_agency(call, town, tmp_path):
    said = call.ok("handout", town, "--xlsx", "--all-agencies", "--out", tmp_path / "x", language="id")
    assert "Buku kerja AIR.xlsx" in said.out
    assert len(list((tmp_path / "x").glob("*.xlsx"))) == 2
    # a second round stands beside the first
    call.ok("handout", town, "--xlsx", "--all-agencies", "--out", tmp_path / "x")
    assert len(list((tmp_path / "x").glob("*.xlsx"))) == 4


def test_only_agencies_get_workbooks(call, town):
    said = call.fails("handout", town, "--xlsx", "--to", "Pak Wayan", "--role", "mentor")
    assert "Pak Wayan" in said


@pytest.mark.slow
def test_a_workbook_comes_back(call, town, book):
    book.put(WISHES, book.free(WISHES), "wish", "Sumur kedua")
    path = book.save()
    seen = call.ok("bring-back", town, path, "--preview", json=True)
    assert seen.record["rows"] == 1
    assert (
        "1 part filled in by this workbook counts as sent." in call("bring-back", town, path, "--preview").out
    )
    assert "not" in call.ok("bring-back", town, path).out.casefold()
    taken = call.ok("bring-back", town, path, "--yes", json=True).records[-1]
    assert (taken["kind"], taken["rows"], taken["left"], taken["sent"]) == ("workbook-taken", 1, [], 1)
    sent = [each["ref"] for each in call.ok("duty", town, json=True).records if each["state"] == "sent"]
    assert sent == ["wishes"]
    history = call.ok("history", town, json=True).records[0]
    assert (history["author"], history["role"]) == ("Dinas Air", "agency")
    again = call.ok("bring-back", town, path, "--yes", json=True)
    assert again.kinds == ["workbook-preview"]
    assert again.record["rows"] == 0


@pytest.mark.slow
def test_a_workbook_that_is_received_goes_the_same_way_with_its_photos(call, town, book, tmp_path):
    book.put(WISHES, book.free(WISHES), "wish", "Sumur kedua")
    path, photo = book.save(), tmp_path / "foto.png"
    photo.write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 40)
    seen = call.ok("receive", path, photo, "--into", town, json=True)
    assert (seen.kinds[0], seen.records[0]["rows"]) == ("workbook-preview", 1)
    assert call.ok("row", town, "wishes", json=True).records == []
    taken = call.ok("receive", path, photo, "--into", town, "--accept", json=True).records
    assert [each["rows"] for each in taken if each["kind"] == "workbook-taken"] == [1]
    assert "foto.png" in str(taken)


@pytest.mark.slow
def test_doubts_are_listed_and_nothing_is_written_until_they_are_answered(call, town, book, tmp_path):
    row = book.keys("programme")[-1]
    book.put("programme", book.row("programme", row), "total_budget", "kira-kira dua")
    book.put("programme", book.row("programme", row), "start_year", 2027)
    path = book.save()
    before = town.read_bytes()
    said = call("bring-back", town, path, json=True)
    assert said.code == 1
    assert said.kinds == ["workbook-preview", "doubt", "doubts-open"]
    assert town.read_bytes() == before
    doubt = said.records[1]["id"]
    answers = tmp_path / "jawaban.json"
    answers.write_text(json.dumps({doubt: "leave"}))
    taken = call.ok("bring-back", town, path, "--answers", answers, json=True).records[-1]
    assert (taken["values"], taken["left"]) == (1, [])


def test_a_question_says_what_each_answer_does(call, town, book):
    key = book.keys("programme")[-1]
    row, free, page = book.row("programme", key), book.free("programme"), book.sheet("programme")
    for at in range(1, page.max_column + 1):
        if page.cell(row, at).data_type != "f":
            page.cell(free, at).value = page.cell(row, at).value
    book.put("programme", free, "title", "Mobil dinas")
    path = book.save()
    record = next(
        each
        for each in call("bring-back", town, path, "--preview", json=True).records
        if each["kind"] == "doubt"
    )
    assert [bool(each["does"]) for each in record["choices"]] == [True, False]
    assert "Mobil dinas" in record["choices"][0]["does"][0]
    assert "Mobil dinas" in call("bring-back", town, path, "--preview").out


@pytest.mark.slow
def test_doubts_can_be_left_out(call, town, book):
    row = book.keys("programme")[-1]
    book.put("programme", book.row("programme", row), "total_budget", "kira-kira dua")
    book.put("programme", book.row("programme", row), "start_year", 2027)
    taken = call.ok("bring-back", town, book.save(), "--skip-doubts", json=True).records[-1]
    assert taken["values"] == 1
    assert len(taken["left"]) == 1


@pytest.mark.parametrize(
    "text", ["", "[1]", "{", '{"x": 1}', '{"x": "leave"}'], ids=["empty", "list", "open", "number", "unknown"]
)
def test_answers_that_are_none(call, town, book, tmp_path, text):
    answers = tmp_path / "jawaban.json"
    answers.write_text(text)
    call.fails("bring-back", town, book.path, "--answers", answers)


def test_a_folder_comes_back_with_damaged_ones_and_evidence(call, town, book, tmp_path):
    back = tmp_path / "masuk"
    back.mkdir()
    book.put(WISHES, book.free(WISHES), "wish", "Sumur kedua")
    book.put(WISHES, book.free(WISHES) - 1, "evidence:", "sk.pdf")
    path = book.save(back / "air.xlsx")
    (back / "rusak.xlsx").write_bytes(path.read_bytes()[:900])
    (back / "sk.pdf").write_bytes(b"%PDF-1.4 sk")
    (back / "lain.pdf").write_bytes(b"%PDF-1.4 lain")
    said = call("bring-back", town, back, "--yes", json=True)
    assert said.code == 1
    by_kind = {record["kind"]: record for record in said.records}
    assert by_kind["workbook-taken"]["files"] == 1
    assert by_kind["workbook-refused"]["id"] == "exchange.agency_book.damaged"
    assert by_kind["files-unnamed"]["files"] == ["lain.pdf"]


def test_what_it_is_is_told_by_content(call, town, book, tmp_path):
    strange = tmp_path / "unduhan.bin"
    shutil.copy(book.path, strange)
    assert "workbook of Rancang" in call.ok("what", strange).out


def test_a_zip_with_the_workbook_and_its_photos_comes_back(call, town, book, tmp_path):
    row = book.free(WISHES)
    book.put(WISHES, row, "wish", "Sumur kedua")
    book.put(WISHES, row, "evidence:", "sk.pdf")
    book.save()
    path = tmp_path / "kiriman AIR.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(book.path, "kiriman/Buku kerja AIR.xlsx")
        archive.writestr("kiriman/sk.pdf", b"%PDF-1.4 sk")
        archive.writestr("kiriman/rusak.xlsx", b"bukan buku kerja")
    assert "workbook of Rancang" in call.ok("what", path).out
    said = call("bring-back", town, path, "--yes", json=True)
    assert said.code == 1, "one of them is damaged"
    by_kind = {record["kind"]: record for record in said.records}
    assert (by_kind["workbook-taken"]["rows"], by_kind["workbook-taken"]["files"]) == (1, 1)
    assert by_kind["workbook-refused"]["id"] == "exchange.agency_book.damaged"
    assert "files-unnamed" not in by_kind


def test_a_folder_without_workbooks_is_told(call, town, tmp_path):
    (tmp_path / "kosong").mkdir()
    assert 'no workbook in "kosong"' in call.fails("bring-back", town, tmp_path / "kosong", "--yes")
