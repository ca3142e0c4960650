"""What a file is: by content and not by name, for files of all kinds, hostile and broken ones among them."""

import io
import os
import sqlite3
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from desktop.base import RancangError
from desktop.base.archives import MEMBERS
from desktop.exchange.agency_workbook.evidence import Evidence
from desktop.exchange.arrival import Arrival, Kind, gather, look
from desktop.exchange.receiving import Deed, Situation, decide
from desktop.guideline import write_pack
from desktop.workspace.file import APPLICATION_ID
from tests.archives import damaged
from tests.exchange.lists import REAL

TINY = Path(__file__).resolve().parents[1] / "data" / "tiny-pack"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole(*names):
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)
    return OLE.ljust(512, b"\0") + entries


def zipped(**members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return target.getvalue()


def workbook():
    target = io.BytesIO()
    Workbook().save(target)
    return target.getvalue()


def asice():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", "application/vnd.etsi.asic-e+zip")
        archive.writestr("META-INF/manifest.xml", "<x/>")
    return target.getvalue()


CASES = [
    ("daftar.xlsx", workbook(), Kind.TABLE),
    ("daftar.pdf", workbook(), Kind.TABLE),
    ("tanpa-nama", workbook(), Kind.TABLE),
    ("daftar.csv", b"Program;Pagu\nAir;1\n", Kind.TABLE),
    ("daftar.txt", b"Program;Unit;Pagu\nAir;x;1\nTaman;y;2\n", Kind.TABLE),
    ("catatan.txt", b"Halo Bapak, terlampir.\nTerima kasih.\n", Kind.UNKNOWN),
    ("x.csv", b"\0\1\2\3", Kind.UNKNOWN),
    ("utf16.csv", "Program;Pagu\n".encode("utf-16"), Kind.TABLE),
    ("paket.asice", asice(), Kind.PACKAGE),
    ("paket.zip", asice(), Kind.PACKAGE),
    ("terputus.zip", asice()[:90], Kind.PACKAGE),
    ("rusak.asice", b"PK\x03\x04rusak", Kind.PACKAGE),
    ("pedoman.rancang-guideline", write_pack(TINY), Kind.GUIDELINE),
    ("pedoman.zip", write_pack(TINY), Kind.GUIDELINE),
    ("rusak.rancang-guideline", b"PK\x03\x04", Kind.GUIDELINE),
    ("foto.jpg", b"\xff\xd8\xff\xe0" + b"x" * 90, Kind.PICTURE),
    ("foto.xlsx", b"\x89PNG\r\n\x1a\n", Kind.PICTURE),
    ("foto.heic", b"\0\0\0\x18ftypheic\0\0", Kind.PICTURE),
    ("foto.webp", b"RIFF\0\0\0\0WEBPVP8 ", Kind.PICTURE),
    ("film.mp4", b"\0\0\0\x18ftypisom\0\0", Kind.UNKNOWN),
    ("surat.pdf", b"%PDF-1.7\n1 0 obj", Kind.PDF),
    ("surat.pdf", b"\n\n%PDF-1.4", Kind.PDF),
    ("ttd.pdf", b"%PDF-1.7\n/Type /Sig /ByteRange [0 1 2 3]", Kind.SIGNED_PDF),
    ("surat.docx", zipped(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), Kind.DOCUMENT),
    ("lama.xls", ole("Root Entry", "Workbook"), Kind.TABLE),
    ("lama.xlsx", ole("Root Entry", "Book"), Kind.TABLE),
    ("web.xls", b"<html><body><table><tr><td>Program</td></tr></table>", Kind.OLD_TABLE),
    ("xml.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
     Kind.OLD_TABLE),
    ("lama.doc", ole("Root Entry", "WordDocument"), Kind.OLD_DOCUMENT),
    ("lama.rtf", rb"{\rtf1 halo}", Kind.OLD_DOCUMENT),
    ("sandi.xlsx", ole("Root Entry", "EncryptedPackage"), Kind.LOCKED_OFFICE),
    ("lain.msi", ole("Root Entry"), Kind.UNKNOWN),
    ("kunci.p12", b"\x30\x82\x0a\x10\x02\x01\x03" + b"x" * 300, Kind.KEY),
    ("kunci.dat", b"\x30\x82\x0a\x10\x02\x01\x03" + b"x" * 300, Kind.KEY),
    ("kunci.pem", b"-----BEGIN ENCRYPTED PRIVATE KEY-----\n", Kind.KEY),
    ("akar.pem", b"-----BEGIN CERTIFICATE-----\n", Kind.CERTIFICATE),
    ("akar.cer", b"\x30\x82\x04\x10\x30\x82" + b"x" * 300, Kind.CERTIFICATE),
    ("semua.zip", zipped(a=b"1"), Kind.ARCHIVE),
    ("semua.rar", b"Rar!\x1a\x07\x01\0", Kind.ARCHIVE),
    ("pemasang.exe", b"MZ\x90\0", Kind.PROGRAM),
    ("daftar.xlsx.exe", b"MZ\x90\0", Kind.PROGRAM),
    ("kosong.xlsx", b"", Kind.EMPTY),
    ("nol.rancang", b"\0" * 5000, Kind.EMPTY),
    ("~$daftar.xlsx", b"\x05Sari", Kind.DOWNLOADING),
    ("daftar.xlsx.crdownload", b"PK\x03\x04", Kind.DOWNLOADING),
    ("halo.rancang", b"halo", Kind.UNKNOWN),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "kind"), CASES, ids=[f"{case[0]}-{case[2]}" for case in CASES])
def test_what_a_file_is(tmp_path, name, data, kind):
    path = tmp_path / name
    path.write_bytes(data)
    assert look(path).kind is kind


def test_an_open_document_foundation_sheet(tmp_path):
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    assert look(path).kind is Kind.TABLE


def test_a_workspace_tells_its_identity_whatever_it_is_called(workspace, tmp_path):
    path = tmp_path / "salinan budi.dat"
    workspace.snapshot(path)
    assert look(path) == Arrival(path, Kind.WORKSPACE, workspace.id, path.stat().st_size)


def test_a_damaged_or_lying_workspace_is_still_a_workspace(workspace, tmp_path):
    cut, lying = tmp_path / "potong.rancang", tmp_path / "bohong.rancang"
    workspace.snapshot(cut)
    workspace.snapshot(lying)
    cut.write_bytes(cut.read_bytes()[:3000])
    with sqlite3.connect(lying) as file:
        for (name,) in file.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            file.execute(f'DROP TRIGGER "{name}"')
        file.execute("UPDATE sync_meta SET value = '../../etc' WHERE key = 'workspace'")
    file.close()
    assert look(cut).kind is look(lying).kind is Kind.WORKSPACE
    assert look(lying).workspace == ""


@pytest.mark.parametrize(
    "made",
    [
        (
            "CREATE VIEW sync_meta AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            "SELECT 'workspace' AS key, i AS value FROM n WHERE i < 0"
        ),
        "CREATE TABLE sync_meta (key, of, value AS (hex(zeroblob(of))))",
        "CREATE TABLE sync_meta (key, value)",
    ],
)
def test_a_file_that_runs_for_ever_is_not_asked_for_long(tmp_path, made):
    """It hovers over the window: a view without an end would hold it."""
    path = tmp_path / "a.rancang"
    with sqlite3.connect(path) as file:
        file.execute(made)
        file.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        if "value)" in made:
            count = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400000)"
            file.execute(f"{count} INSERT INTO sync_meta SELECT 'x', i FROM n")
    file.close()
    assert look(path).workspace == ""


def test_another_programs_database(tmp_path):
    path = tmp_path / "chat.rancang"
    with sqlite3.connect(path) as file:
        file.execute("CREATE TABLE t (x)")
    file.close()
    assert look(path).kind is Kind.OTHER_DATABASE


def test_what_is_not_there_and_what_may_not_be_read(tmp_path):
    assert look(tmp_path / "hilang.xlsx").kind is Kind.MISSING
    assert look(tmp_path / ("x" * 4000)).kind in {Kind.MISSING, Kind.UNREADABLE}
    pipe = tmp_path / "pipa"
    os.mkfifo(pipe)
    assert look(pipe).kind is Kind.UNREADABLE


@pytest.mark.parametrize("ending", ["plain", "far", "letters"])
def test_an_archive_of_countless_members_is_not_looked_into(tmp_path, monkeypatch, ending):
    """By the length of its directory, as the reader takes it: in the end mark for very many too, and where
    the letters of an end mark stand within the end mark. A directory of a million was 825 MB."""
    entry = b"PK\1\2\x14\0\x14\0" + bytes(38)
    start, length = b"PK\3\4" + bytes(60), len(entry) * (MEMBERS + 1)
    counts, size, far = (5, 5), length, b""
    if ending == "far":
        far = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 5, 5, length, len(start))
        far += struct.pack("<4sLQL", b"PK\6\7", 0, len(start) + length, 1)
        size = 0xFFFFFFFF
    elif ending == "letters":
        counts = struct.unpack("<HH", b"PK\5\6")
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, *counts, size, len(start), 0)
    path = tmp_path / "bom.xlsx"
    path.write_bytes(start + entry * (MEMBERS + 1) + far + end)
    with zipfile.ZipFile(path) as archive:
        assert len(archive.infolist()) == MEMBERS + 1, "that is how Python reads it"
    for reader in (path.name, "b.rancang-guideline"):
        again = path.rename(tmp_path / reader)
        with monkeypatch.context() as patch:
            patch.setattr(zipfile.ZipFile, "__init__", None)
            assert look(again).kind is Kind.ARCHIVE
            with pytest.raises(RancangError):
                Evidence.open([again.rename(tmp_path / "foto.zip")])
        path = tmp_path / "foto.zip"


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
@pytest.mark.parametrize(
    ("name", "inside", "kind"),
    [
        ("foto.zip", "buku.xlsx", Kind.ARCHIVE),
        ("sheet.docx", "word/document.xml", Kind.DOCUMENT),
        ("buku.xlsx", "xl/workbook.xml", Kind.TABLE),
    ],
)
def test_damaged_bytes_inside_an_archive_do_not_make_it_fail(tmp_path, name, inside, kind, method):
    path = tmp_path / name
    members = {inside: b"kata-kata " * 900}
    if kind is not Kind.ARCHIVE:
        members["[Content_Types].xml"] = b"<Types/>"
    path.write_bytes(damaged(members, inside, method))
    assert look(path).kind is kind


def test_a_huge_file_is_told_from_its_beginning(tmp_path):
    path = tmp_path / "besar.jpg"
    with path.open("wb") as file:
        file.write(b"\xff\xd8\xff")
        file.truncate(3_000_000_000)
    assert look(path).kind is Kind.PICTURE


def test_a_folder_is_looked_through_without_what_systems_leave_behind(tmp_path):
    folder = tmp_path / "Bappeda" / "2026"
    folder.mkdir(parents=True)
    (folder / "a.csv").write_text("x;y\n1;2\n")
    for name in ("~$a.xlsx", ".DS_Store", "Thumbs.db", "k.rancang.lock"):
        (folder / name).write_text("x")
    assert [(each.path.name, each.kind) for each in gather([tmp_path / "Bappeda"])] == [("a.csv", Kind.TABLE)]


def test_a_folder_that_cannot_be_looked_into_is_told(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text("x;y\n1;2\n")
    (tmp_path / "tertutup").mkdir()
    real = os.scandir

    def fails(path):
        if str(path).endswith("tertutup"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", fails)
    found = {each.path.name: each.kind for each in gather([tmp_path])}
    assert found == {"a.csv": Kind.TABLE, "tertutup": Kind.UNREADABLE}


@given(st.binary(max_size=3000), st.sampled_from(["", ".xlsx", ".rancang", ".asice", ".pdf", ".p12"]))
def test_no_bytes_make_it_fail(tmp_path_factory, data, suffix):
    path = tmp_path_factory.getbasetemp() / f"apa-saja{suffix}"
    path.write_bytes(data)
    assert look(path).kind in Kind


# ---- what is done with it ----------------------------------------------------------------------------
def arrival(kind, name="a", workspace=""):
    return Arrival(Path(name), kind, workspace)


OPEN = Situation("w" * 32, Path("mine.rancang"))


@pytest.mark.parametrize(
    ("kind", "closed", "opened", "reading"),
    [
        (Kind.TABLE, Deed.START, Deed.IMPORT, Deed.READ_ONLY),
        (Kind.PICTURE, Deed.NEEDS_DOCUMENT, Deed.EVIDENCE, Deed.READ_ONLY),
        (Kind.DOCUMENT, Deed.NEEDS_DOCUMENT, Deed.EVIDENCE, Deed.READ_ONLY),
        (Kind.SIGNED_PDF, Deed.NEEDS_DOCUMENT, Deed.RETURN, Deed.RETURN),
        (Kind.PACKAGE, Deed.VERIFY, Deed.VERIFY, Deed.VERIFY),
        (Kind.GUIDELINE, Deed.GUIDELINE, Deed.GUIDELINE, Deed.GUIDELINE),
        (Kind.WORKSPACE, Deed.OPEN, Deed.OPEN, Deed.OPEN),
        (Kind.KEY, Deed.EXPLAIN, Deed.EXPLAIN, Deed.EXPLAIN),
        (Kind.OLD_TABLE, Deed.EXPLAIN, Deed.EXPLAIN, Deed.EXPLAIN),
    ],
)
def test_what_is_done_depends_on_what_is_open(kind, closed, opened, reading):
    reader = Situation(OPEN.workspace, OPEN.path, read_only=True)
    deeds = [decide([arrival(kind)], now)[0].deed for now in (Situation(), OPEN, reader)]
    assert deeds == [closed, opened, reading]


def test_a_copy_of_the_open_document_is_brought_back_and_another_one_opened():
    copy = arrival(Kind.WORKSPACE, "budi.rancang", OPEN.workspace)
    assert decide([copy], OPEN)[0].deed is Deed.BRING_BACK
    assert decide([copy], Situation(OPEN.workspace, OPEN.path, read_only=True))[0].deed is Deed.READ_ONLY
    assert decide([arrival(Kind.WORKSPACE, "mine.rancang", OPEN.workspace)], OPEN)[0].deed is Deed.OPEN
    assert decide([arrival(Kind.WORKSPACE, "lain.rancang", "o" * 32)], OPEN)[0].deed is Deed.OPEN


def test_several_files_are_sorted_into_what_is_done_in_turn():
    kinds = [Kind.PICTURE, Kind.UNKNOWN, Kind.TABLE, Kind.PICTURE, Kind.PACKAGE]
    tasks = decide([arrival(kind, str(number)) for number, kind in enumerate(kinds)], OPEN)
    assert [(task.deed, len(task.arrivals)) for task in tasks] == [
        (Deed.VERIFY, 1),
        (Deed.IMPORT, 1),
        (Deed.EVIDENCE, 2),
        (Deed.EXPLAIN, 1),
    ]


def test_every_kind_and_deed_has_its_sentence():
    from desktop.base import Language, render

    for language in Language:
        for kind in Kind:
            said = render(arrival(kind, "a.bin").explanation, language)
            assert "a.bin" in said
        for deed in Deed:
            from desktop.exchange.receiving import Task

            said = render(Task(deed, (arrival(Kind.TABLE), arrival(Kind.TABLE))).promise, language)
            assert not said.startswith("exchange.")


def test_the_real_list_is_a_table():
    assert look(REAL).kind is Kind.TABLE
