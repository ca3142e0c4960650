"""Files that came along: found by the names in the evidence column, scaled, linked to their rows."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop.exchange.agency_workbook import Evidence, compare, make, read, take_over
from desktop.exchange.agency_workbook.evidence import BadArchive
from tests.archives import damaged
from tests.exchange.agency_workbook.books import Book

READY = "worksheet.ready"
WISHES = "worksheet.wishes"


def photo(path: Path, edge: int = 60, colour: str = "red") -> Path:
    out = io.BytesIO()
    Image.new("RGB", (edge, edge // 2), colour).save(out, "JPEG")
    path.write_bytes(out.getvalue())
    return path


@pytest.fixture
def along(tmp_path: Path) -> Path:
    folder = tmp_path / "bukti"
    (folder / "Dinas Kominfo").mkdir(parents=True)
    photo(folder / "Dinas Kominfo" / "Foto Loket.JPG", 3000)
    photo(folder / "antrean.jpeg", colour="blue")
    (folder / "sk.pdf").write_bytes(b"%PDF-1.4 surat keputusan")
    (folder / "Thumbs.db").write_bytes(b"x")
    return folder


def names(region: Any) -> dict[str, list[str]]:
    """Where each file stands as evidence."""
    return {
        file.name: sorted(f"{claim.table}:{claim.field}" for claim in file.claims)
        for file in region.workspace.plan().evidence
    }


@pytest.mark.slow
def test_names_find_their_files_whatever_case_ending_and_blanks(region: Any, book: Book, along: Path) -> None:
    book.put(WISHES, book.row(WISHES, region.rows[0]), "evidence:", "foto_loket.jpg; ANTREAN")
    book.put("programme", book.row("programme", region.programme), "evidence:", "sk.pdf")
    row = book.free(WISHES)
    book.put(WISHES, row, "wish", "Usulan dengan bukti")
    book.put(WISHES, row, "evidence:", "antrean.jpg")
    with Evidence.open([along]) as files:
        found = compare(region.workspace, read(book.save()), files)
        assert not found.doubts
        assert found.loose_files == ()
        taken = take_over(region.workspace, read(book.path), files)
    assert taken.files == 4
    assert names(region) == {
        "Foto Loket.JPG": ["row:"],
        "antrean.jpeg": ["row:", "row:"],
        "sk.pdf": ["programme:"],
    }
    largest = max(region.workspace.plan().evidence, key=lambda file: file.size)
    data = region.workspace.evidence_bytes(largest.sha256)
    assert max(Image.open(io.BytesIO(data)).size) <= 2000
    with Evidence.open([along]) as files:
        assert take_over(region.workspace, read(book.path), files).is_empty


def test_a_row_of_the_guideline_that_nobody_wrote_in_takes_evidence(
    region: Any, book: Book, along: Path
) -> None:
    row = next(key for key in book.keys(READY) if key not in {"-", "key"})
    book.put(READY, book.row(READY, row), "evidence:level", "sk.pdf")
    with Evidence.open([along]) as files:
        take_over(region.workspace, read(book.save()), files)
    assert names(region) == {"sk.pdf": ["cell:level"]}
    assert [each.id for each in region.workspace.plan().rows["ready"]] == [row]


def test_a_name_nobody_sent_is_told_and_one_nearly_right_is_asked(
    region: Any, book: Book, along: Path
) -> None:
    book.put(WISHES, book.row(WISHES, region.rows[0]), "evidence:", "tidak ada sama sekali.docx; antrian.jpg")
    with Evidence.open([along]) as files:
        found = compare(region.workspace, read(book.save()), files)
        assert [note.id.rpartition(".")[2] for note in found.notes] == ["no_file"]
        (doubt,) = found.doubts
        assert doubt.kind == "file"
        assert set(found.loose_files) == {"Dinas Kominfo/Foto Loket.JPG", "sk.pdf"}
        taken = take_over(region.workspace, read(book.path), files, {doubt.id: doubt.choices[0].id})
    assert taken.files == 1


def test_two_files_of_one_name_are_asked(region: Any, book: Book, along: Path) -> None:
    photo(along / "Dinas Kominfo" / "antrean.jpeg", colour="green")
    book.put(WISHES, book.row(WISHES, region.rows[0]), "evidence:", "antrean.jpeg")
    with Evidence.open([along]) as files:
        (doubt,) = compare(region.workspace, read(book.save()), files).doubts
    assert [choice.label for choice in doubt.choices[:2]] == ["Dinas Kominfo/antrean.jpeg", "antrean.jpeg"]


@pytest.mark.slow
def test_names_that_were_taken_out_are_asked(region: Any, book: Book, along: Path) -> None:
    book.put(WISHES, book.row(WISHES, region.rows[0]), "evidence:", "sk.pdf")
    with Evidence.open([along]) as files:
        take_over(region.workspace, read(book.save()), files)
    later = Book(make(region.workspace, region.agency, region.folder / "lagi.xlsx").path)
    row = later.row(WISHES, region.rows[0])
    assert later.get(WISHES, row, "evidence:") == "sk.pdf"
    later.put(WISHES, row, "evidence:", None)
    (doubt,) = compare(region.workspace, read(later.save())).doubts
    assert doubt.kind == "unclaim"
    take_over(region.workspace, read(later.path), answers={doubt.id: "unclaim"})
    assert names(region) == {"sk.pdf": []}


def packed(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


@pytest.mark.slow
def test_a_zip_is_unpacked_beside_nothing_else(region: Any, book: Book, tmp_path: Path) -> None:
    path = packed(
        tmp_path / "bukti.zip",
        {"../../jahat.pdf": b"%PDF-1.4 a", "/etc/sk.pdf": b"%PDF-1.4 b", "__MACOSX/._sk.pdf": b"x"},
    )
    book.put(WISHES, book.row(WISHES, region.rows[0]), "evidence:", "jahat.pdf; sk.pdf")
    with Evidence.open([path]) as files:
        assert len(files.files) == 2
        assert take_over(region.workspace, read(book.save()), files).files == 2
        inside = files.path("../../jahat.pdf")
        assert inside.name == "jahat.pdf"
        assert "rancang-evidence-" in str(inside)
    assert not inside.exists()
    assert not (tmp_path.parent / "jahat.pdf").exists()


def test_hostile_and_broken_archives_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.exchange.agency_workbook import evidence

    bomb = packed(tmp_path / "bom.zip", {"a.pdf": bytes(5_000_000)})
    monkeypatch.setattr(evidence, "ALL", 1_000_000)
    with pytest.raises(BadArchive):
        Evidence.open([bomb])
    text = tmp_path / "bukan.zip"
    text.write_text("bukan arsip")
    with pytest.raises(BadArchive):
        Evidence.open([text])
    whole = packed(tmp_path / "rusak.zip", {"a.pdf": b"%PDF-1.4 " + bytes(range(256)) * 40})
    data = bytearray(whole.read_bytes())
    data[60:90] = bytes(30)
    whole.write_bytes(data)
    with Evidence.open([whole]) as files, pytest.raises(BadArchive):
        files.path("a.pdf")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damaged_bytes_in_an_archive_of_any_manner_are_told(tmp_path: Path, method: int) -> None:
    path = tmp_path / "rusak.zip"
    path.write_bytes(damaged({"a.pdf": b"%PDF-1.4 " + bytes(range(256)) * 40}, "a.pdf", method))
    with Evidence.open([path]) as files, pytest.raises(BadArchive):
        files.path("a.pdf")
