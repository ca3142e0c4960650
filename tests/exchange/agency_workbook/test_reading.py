"""What a returned file is: ours, damaged, locked, of another document; whatever program saved it."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.base import Cancelled, Message, RancangError
from desktop.exchange.agency_workbook import compare, is_ours, make, read, take_over
from desktop.exchange.agency_workbook.batch import look
from desktop.exchange.agency_workbook.memory import ForeignWorkbook, NothingToGoBy, standing
from desktop.exchange.agency_workbook.reading import DamagedWorkbook, LockedWorkbook, NotOurs
from desktop.exchange.agency_workbook.slip import unpack
from desktop.workspace import Author, Workspace
from tests.exchange.agency_workbook.books import LABEL, Book, filled


def test_a_plain_workbook_is_none_of_ours(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "lain.xlsx"
    openpyxl.Workbook().save(path)
    with pytest.raises(NotOurs):
        read(path)
    assert not is_ours(path)
    assert is_ours(book.path)
    assert not is_ours(tmp_path / "tidak ada.xlsx")


@pytest.mark.parametrize("share", [0, 1, 10, 50, 90, 99])
def test_a_file_cut_short_is_told_so(book: Book, share: int) -> None:
    whole = book.path.read_bytes()
    book.path.write_bytes(whole[: len(whole) * share // 100])
    with pytest.raises(DamagedWorkbook) as problem:
        read(book.path)
    assert problem.value.message.params["file"] == "buku.xlsx"


def test_a_locked_file_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "terkunci.xlsx"
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    path.write_bytes(ole + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600))
    with pytest.raises(LockedWorkbook):
        read(path)


def test_a_workbook_of_another_region_is_refused(
    region: Any, book: Book, tmp_path: Path, pack_bytes: bytes
) -> None:
    with Workspace.create(
        tmp_path / "lain.rancang", region="35.07", first_year=2026, last_year=2030, pack=pack_bytes,
        author=Author("Budi"),
    ) as other, pytest.raises(ForeignWorkbook):  # fmt: skip
        compare(other, read(book.path))


def test_a_workbook_that_lost_everything_says_where_to_bring_it(region: Any, book: Book) -> None:
    from desktop.workspace import tables
    from desktop.workspace.filled_elsewhere import remembering

    with remembering(region.workspace) as journal:
        journal.connection.execute(tables.handout.delete())
    page = book.book["rancang"]
    for row in range(1, page.max_row + 1):
        if page.cell(row, 1).value == "values":
            page.cell(row, 2).value = page.cell(row, 2).value[:-40]
    with pytest.raises(NothingToGoBy):
        compare(region.workspace, read(book.save()))


def test_values_altered_in_the_hidden_sheet_are_not_believed(region: Any, book: Book) -> None:
    page = book.book["rancang"]
    for row in range(1, page.max_row + 1):
        if page.cell(row, 1).value == "sha256":
            page.cell(row, 2).value = "0" * 64
    returned = read(book.save())
    assert returned.slip is not None
    assert returned.slip.base is None
    assert compare(region.workspace, returned).is_empty, "the workspace remembers what it gave"


@pytest.mark.parametrize("text", ["", "x", "####", "eJwrSS0uAQAEXQHB", "A" * 5000])
def test_packed_values_that_are_none_are_none(text: str) -> None:
    assert unpack(text) is None


@pytest.mark.slow
def test_a_bomb_of_values_is_not_unpacked() -> None:
    import base64
    import zlib

    assert unpack(base64.b64encode(zlib.compress(b'{"sheets": []' + bytes(80_000_000))).decode()) is None


def test_the_same_file_is_noticed_and_nothing_happens_twice(region: Any, book: Book) -> None:
    book.put("programme", book.row("programme", region.programme), "start_year", 2027)
    returned = read(book.save())
    assert not take_over(region.workspace, returned).is_empty
    head = region.workspace.head
    again = take_over(region.workspace, returned)
    assert again.is_empty
    assert [note.id for note in again.notes] == ["exchange.agency_book.note.seen"]
    assert region.workspace.head == head


def test_what_is_refused_leaves_the_file_as_it_was(region: Any, book: Book) -> None:
    before = region.workspace.path.read_bytes()
    book.path.write_bytes(b"PK\x03\x04" + bytes(300))
    with pytest.raises(RancangError):
        take_over(region.workspace, read(book.path))
    assert region.workspace.path.read_bytes() == before


def test_texts_that_look_like_formulas_and_codes_stay_texts(region: Any) -> None:
    with region.workspace.operation(LABEL) as op:
        op.cell_text(region.rows[0], "wish", "id", "=HYPERLINK(1)")
        op.cell_text(region.rows[1], "wish", "id", "+62 812")
        op.set("programme", region.programme, code="2.16.01")
    made = make(region.workspace, region.agency, region.folder / "lain.xlsx")
    with zipfile.ZipFile(made.path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet for sheet in sheets)
    assert compare(region.workspace, read(made.path)).is_empty


@pytest.mark.slow
def test_long_texts_are_shown_by_their_beginning_and_not_lost(region: Any) -> None:

    long = "Kalimat panjang sekali. " * 2000
    filled(region.workspace, lambda op: op.write("programme", region.programme, "service", "id", long))
    book = Book(make(region.workspace, region.agency, region.folder / "lain.xlsx").path)
    assert compare(region.workspace, read(book.save())).is_empty
    row = book.row("programme", region.programme)
    book.put("programme", row, "service", str(book.get("programme", row, "service"))[:-10] + "diubah" * 5)
    (doubt,) = compare(region.workspace, read(book.save())).doubts
    assert doubt.kind == "value"


def test_giving_up_while_a_workbook_is_read_is_heard(region: Any, book: Book) -> None:
    told: list[int] = []

    def report(done: int, total: int, message: Message) -> None:
        told.append(total)
        if len(told) > 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        look(standing(region.workspace), [book.save()], report=report)
    assert told == [1, 1]
