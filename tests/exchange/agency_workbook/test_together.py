"""Workbooks of several agencies that come back at once, called alike: none is taken for another's."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from desktop.exchange.agency_workbook import Evidence, make
from desktop.exchange.agency_workbook.batch import inside, look, take
from desktop.exchange.agency_workbook.doubts import LEAVE
from desktop.exchange.agency_workbook.memory import standing
from desktop.exchange.agency_workbook.taking_over import suggested
from tests.exchange.agency_workbook.books import LABEL, Book

WISHES = "worksheet.wishes"
NAME = "Buku kerja.xlsx"


@pytest.fixture
def both(region: Any) -> Any:
    """Two agencies' workbooks of one name, each with a programme and a row that names SK.pdf."""
    workspace = region.workspace
    with workspace.operation(LABEL) as op:
        dams = op.insert("programme", title={"id": "Posyandu"}, lead=region.other, total_budget=7)
        row = op.add_row("wishes", agency=region.other)
        op.cell_text(row, "wish", "id", "Masalah kesehatan")
    made = []
    for agency, programme, wish in (
        (region.agency, region.programme, region.rows[0]),
        (region.other, dams, row),
    ):
        folder = region.folder / agency
        folder.mkdir()
        book = Book(make(workspace, agency, folder / NAME).path)
        made.append(SimpleNamespace(book=book, programme=programme, wish=wish))
    return made


def zipped(one: Any, path: Path, **files: bytes) -> Path:
    one.book.save()
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(one.book.path, NAME)
        for name, data in files.items():
            archive.writestr(f"{name}.pdf", data)
    return path


def with_proof(one: Any) -> None:
    one.book.put(WISHES, one.book.row(WISHES, one.wish), "evidence:", "SK.pdf")


def proofs(region: Any) -> dict[str, set[bytes]]:
    """The bytes of what supports each row."""
    found: dict[str, set[bytes]] = {}
    for file in region.workspace.plan().evidence:
        for claim in file.claims:
            found.setdefault(claim.row, set()).add(region.workspace.evidence_bytes(file.sha256))
    return found


@pytest.mark.slow
def test_of_two_zips_every_workbook_is_read_and_each_row_gets_its_own_agencys_file(
    region: Any, both: Any, tmp_path: Path
) -> None:
    """The second agency's workbook was not read, and its decree was the first one's."""
    for one in both:
        with_proof(one)
    paths = [zipped(one, tmp_path / f"{n}.zip", SK=b"%%PDF-1.4 %d" % n) for n, one in enumerate(both)]
    with Evidence.open(paths) as files:
        found = look(standing(region.workspace), inside(files), files)
        assert {each.agency for each in found.proposals} == {region.agency, region.other}
        assert not found.doubts
        assert not found.loose_files
        assert {each.file for proposal in found.proposals for each in proposal.files} == {
            "0.zip/SK.pdf",
            "1.zip/SK.pdf",
        }
        take(region.workspace, found.books, files)
    assert proofs(region) == {one.wish: {b"%%PDF-1.4 %d" % n} for n, one in enumerate(both)}


@pytest.mark.slow
def test_a_file_out_of_another_agencys_zip_is_asked_about(region: Any, both: Any, tmp_path: Path) -> None:
    first, second = both
    with_proof(second)
    paths = [zipped(first, tmp_path / "a.zip", SK=b"%PDF-1.4 a"), zipped(second, tmp_path / "b.zip")]
    with Evidence.open(paths) as files:
        found = look(standing(region.workspace), inside(files), files)
        (doubt,) = found.doubts
        assert [choice.label for choice in doubt.choices[:1]] == ["a.zip/SK.pdf"]
        take(region.workspace, found.books, files, suggested(found.proposals))
    assert proofs(region) == {}
    photos = tmp_path / "photos.zip"
    with zipfile.ZipFile(photos, "w") as archive:
        archive.writestr("SK.pdf", b"%PDF-1.4 photos")
        archive.writestr("RKA.xlsx", b"no workbook of ours")
    with Evidence.open([photos, *paths[1:]]) as files:
        found = look(standing(region.workspace), inside(files), files)
        assert not found.doubts, "what came with no workbook is for all"
        assert found.proposals[0].files[0].file == "photos.zip/SK.pdf"


@pytest.mark.slow
@pytest.mark.parametrize("packed", [False, True])
def test_in_one_folder_of_all_agencies_each_has_its_own(
    region: Any, both: Any, tmp_path: Path, *, packed: bool
) -> None:
    """The second agency's decree is missing: its row was supported by the first one's."""
    folder = tmp_path / "masuk"
    for name, one in zip(("a", "b"), both, strict=True):
        with_proof(one)
        (folder / name / "bukti").mkdir(parents=True)
        one.book.save(folder / name / NAME)
    (folder / "a" / "bukti" / "SK.pdf").write_bytes(b"%PDF-1.4 a")
    source = folder
    if packed:
        source = Path(shutil.make_archive(str(tmp_path / "masuk"), "zip", folder))
    with Evidence.open([source]) as files:
        books = inside(files) if packed else [folder / name / NAME for name in ("a", "b")]
        found = {each.agency: each for each in look(standing(region.workspace), books, files).proposals}
        assert [each.file for each in found[region.agency].files] == ["a/bukti/SK.pdf"]
        assert not found[region.other].files
        assert [each.kind for each in found[region.other].doubts] == ["file"]
    (folder / "SK.pdf").write_bytes(b"%PDF-1.4 for all")
    with Evidence.open([folder]) as files:
        found = {each.agency: each for each in look(standing(region.workspace), [
            folder / name / NAME for name in ("a", "b")], files).proposals}  # fmt: skip
        assert [each.file for each in found[region.other].files] == ["SK.pdf"]
        assert [each.file for each in found[region.agency].files] == ["a/bukti/SK.pdf"]


@pytest.mark.slow
def test_one_file_for_rows_of_two_agencies_is_told_of_both(region: Any, both: Any, tmp_path: Path) -> None:
    """Workbooks side by side, and a folder of evidence of each: one decree for both is named in both."""
    folder = tmp_path / "masuk"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "SK.pdf").write_bytes(b"%PDF-1.4 a")
    books = [folder / f"{name}.xlsx" for name in ("a", "b")]
    for one, path in zip(both, books, strict=True):
        with_proof(one)
        one.book.save(path)
    with Evidence.open([folder]) as files:
        proposals = look(standing(region.workspace), books, files).proposals
        shared = [
            [note.params["others"] for note in each.notes if note.id.endswith("shared_file")]
            for each in proposals
        ]
        assert shared == [["Dinas Kesehatan"], ["Dinas Kominfo"]]
        (alone,) = look(standing(region.workspace), books[:1], files).proposals
        assert not [note for note in alone.notes if note.id.endswith("shared_file")]


@pytest.mark.slow
def test_the_same_files_named_twice_are_one_and_zips_of_one_name_are_two(
    region: Any, both: Any, tmp_path: Path
) -> None:
    paths = []
    for number, one in enumerate(both):
        with_proof(one)
        (tmp_path / str(number)).mkdir()
        paths.append(zipped(one, tmp_path / str(number) / "a.zip", SK=b"%%PDF-1.4 %d" % number))
    with Evidence.open([*paths, *paths]) as files:
        assert [each.id for each in files.files] == [
            f"a.zip{place}/{name}" for place in (" (2)", "") for name in (NAME, "SK.pdf")
        ]
        found = look(standing(region.workspace), inside(files), files)
        assert not found.doubts
    folder = tmp_path / "0"
    (folder / "SK.pdf").write_bytes(b"%PDF-1.4")
    with Evidence.open([folder, folder / "SK.pdf"]) as files:
        assert [each.id for each in files.files if each.name == "SK.pdf"] == ["SK.pdf"]


@pytest.mark.slow
def test_an_answer_is_for_the_workbook_that_asked(region: Any, both: Any) -> None:
    """Two workbooks of one name, each with a copied row: what was said of the one took the other's too."""
    for one in both:
        page = one.book.sheet("programme")
        row, free = one.book.row("programme", one.programme), one.book.free("programme")
        for at in range(1, page.max_column + 1):
            if page.cell(row, at).data_type != "f":
                page.cell(free, at).value = page.cell(row, at).value
        one.book.put("programme", free, "title", "Mobil dinas")
        one.book.save()
    found = look(standing(region.workspace), [one.book.path for one in both])
    first, second = (proposal.doubts[0] for proposal in found.proposals)
    assert first.id != second.id
    assert (first.kind, first.where) == (second.kind, second.where)
    again = region.folder / "again" / NAME
    again.parent.mkdir()
    shutil.copy(both[0].book.path, again)
    (asked,) = look(standing(region.workspace), [again]).doubts
    assert asked.id == first.id, "wherever it lies"
    answers = {first.id: "new", second.id: LEAVE}
    taken = take(region.workspace, found.books, None, answers).taken
    assert [each.rows for each in taken] == [1, 0]
