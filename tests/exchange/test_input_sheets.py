"""Input sheets go out, are filled in by people with other programs, and come back without a guess."""

from __future__ import annotations

import io
import subprocess
import zipfile

import docx
import pytest
from docx.oxml import OxmlElement

from desktop.base import Language, Message, render
from desktop.base.jobs import quiet
from desktop.books.hearing.codes import programme_codes, read_programme_code, read_sheet_code, sheet_code
from desktop.exchange.input_sheets import Standing, read_sheet, take_in, write_answers, write_sheets
from desktop.exchange.input_sheets.docx import read_docx
from desktop.exchange.input_sheets.reading import ForeignSheet, NoSheet, is_sheet
from desktop.exchange.word import NotADocument
from desktop.guideline import bundled_bytes
from desktop.workspace import Author, Workspace
from tests.archives import damaged

WORK = Message("exchange.sheet.operation", file="x")
TITLES = ("Perizinan tanpa loket", "Pasar panen bagi petani kakao", "Sekolah siaga bencana")


@pytest.fixture
def heard(workspace):
    """A plan with three programmes and two stakeholders."""
    with workspace.operation(WORK) as op:
        for title, dimension in zip(TITLES, ("governance", "economy", "society"), strict=True):
            op.insert("programme", title={"id": title}, dimension=dimension, start_year=2026, end_year=2028)
        op.insert("stakeholder", name="PT Maju Jaya", kind="industry", contact="0812-3456")
        op.insert("stakeholder", name="Karang Taruna", kind="community")
    return workspace


@pytest.fixture
def sheet(heard, tmp_path):
    """The sheet of the first stakeholder."""
    return written(heard, tmp_path / "out", heard.plan().stakeholders[0].id)


def written(workspace, folder, *who, language="id"):
    (one,) = write_sheets(quiet, workspace.path, folder, (language,), ("docx",), who, blank=not who)
    return one.path


def row_of(document, title):
    return next(
        row
        for table in document.tables
        for row in table.rows
        if any(title in cell.text for cell in row.cells)
    )


def free_table(document):
    return next(t for t in document.tables if t.rows[0].cells[0].text in {"Tentang", "About"})


def fill(path, inputs=(), others=(), facts=()):
    """Write into a sheet as a person would."""
    document = docx.Document(str(path))
    for title, text in inputs:
        row_of(document, title).cells[-1].text = text
    table = free_table(document)
    for number, row in enumerate(others, 1):
        cells = table.rows[number].cells if number < len(table.rows) else table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
    for label, text in facts:
        row_of(document, label).cells[1].text = text
    document.save(str(path))


def read(workspace, path):
    return read_sheet(path, workspace.plan(), workspace.pack())


def item(workspace, title):
    return "programme/" + next(p.id for p in workspace.plan().programmes if p.title.read("id") == title)


# ---- going out -----------------------------------------------------------------------------------------
@pytest.mark.slow
def test_everybody_gets_a_sheet_in_each_language_and_format(heard, tmp_path):
    files = write_sheets(quiet, heard.path, tmp_path / "out", ("id", "en"))
    names = sorted(each.path.name for each in files)
    assert names == [
        "Input-Sheet-Karang-Taruna.en.docx", "Input-Sheet-Karang-Taruna.en.pdf",
        "Input-Sheet-PT-Maju-Jaya.en.docx", "Input-Sheet-PT-Maju-Jaya.en.pdf",
        "Lembar-Masukan-Karang-Taruna.id.docx", "Lembar-Masukan-Karang-Taruna.id.pdf",
        "Lembar-Masukan-PT-Maju-Jaya.id.docx", "Lembar-Masukan-PT-Maju-Jaya.id.pdf",
    ]  # fmt: skip
    assert all(each.path.stat().st_size > 3000 for each in files)


def test_stakeholders_of_one_name_do_not_overwrite_each_other(heard, tmp_path):
    with heard.operation(WORK) as op:
        op.insert("stakeholder", name="karang taruna!", kind="community")
    files = write_sheets(quiet, heard.path, tmp_path / "out", ("id",), ("docx",))
    assert len({each.path for each in files}) == 3


@pytest.mark.slow
def test_a_sheet_holds_no_way_to_reach_anybody(heard, tmp_path):
    for each in write_sheets(quiet, heard.path, tmp_path / "out", ("id",)):
        assert b"0812-3456" not in each.path.read_bytes()
    contents = read_docx(written(heard, tmp_path / "again", heard.plan().stakeholders[0].id))
    assert "0812" not in repr(contents)


def test_the_same_plan_makes_the_same_bytes(heard, tmp_path):
    one = written(heard, tmp_path / "a", heard.plan().stakeholders[0].id)
    other = written(heard, tmp_path / "b", heard.plan().stakeholders[0].id)
    assert one.read_bytes() == other.read_bytes()


def test_codes_read_back():
    code = sheet_code("0" * 24 + "0198abcd", "f" * 22 + "1a2b3c4d5e", Language.EN)
    found = read_sheet_code(f"x {code.lower()} y")
    assert (found.language, found.workspace, found.stakeholder) == (Language.EN, "0198abcd", "1a2b3c4d5e")
    assert read_sheet_code(code.replace("ABCD", "ABCE")) is None
    assert read_sheet_code(sheet_code("0198abcd", "", Language.ID)).stakeholder == ""
    codes = programme_codes(["a" * 28 + "0001", "b" * 28 + "0001", "c" * 28 + "0002"])
    assert len(set(codes.values())) == 3
    assert read_programme_code(codes["b" * 28 + "0001"]) == "bbbb0001"


# ---- coming back ---------------------------------------------------------------------------------------
def test_an_untouched_sheet_says_nothing(heard, sheet):
    returned = read(heard, sheet)
    assert (returned.said, returned.stakeholder) == ((), heard.plan().stakeholders[0].id)
    assert take_in(heard, returned) == 0


def test_what_was_written_comes_back(heard, sheet):
    fill(
        sheet,
        [(TITLES[0], "Loket tetap perlu\nuntuk lansia"), (TITLES[1], "-")],
        [
            ("II.4", "Peta jalan terlalu lambat", "Mulai 2026"),
            ("Smart Economy", "Tambahkan koperasi", ""),
            ("", "Baik", ""),
            ("pasar panen bagi petani kakoa", "Kapan mulai?", ""),
            ("Ruang angkasa", "Bangun roket", ""),
        ],
        [("Nama pengisi", "Sari"), ("Tanggal", "3 Februari 2026")],
    )
    returned = read(heard, sheet)
    assert [(each.item, each.text) for each in returned.said] == [
        (item(heard, TITLES[0]), "Loket tetap perlu\nuntuk lansia"),
        ("chapter.II.4", "Peta jalan terlalu lambat\nUsulan perubahan: Mulai 2026"),
        ("dimension/economy", "Tambahkan koperasi"),
        ("", "Baik"),
        (item(heard, TITLES[1]), "Kapan mulai?"),
        ("", "[Ruang angkasa] Bangun roket"),
    ]
    assert [bool(each.doubt) for each in returned.said] == [False] * 5 + [True]
    assert (returned.author, returned.date) == ("Sari", "2026-02-03")
    assert take_in(heard, returned) == 6
    heard.undo()
    assert heard.plan().inputs == ()


def test_the_same_sheet_twice_adds_nothing(heard, sheet):
    fill(sheet, [(TITLES[0], "Loket tetap perlu")], [("", "Baik", ""), ("", "baik.", "")])
    assert take_in(heard, read(heard, sheet)) == 2
    again = read(heard, sheet)
    assert [each.standing for each in again.said] == [Standing.SAME, Standing.SAME]
    assert take_in(heard, again) == 0


def test_other_words_replace_what_was_not_answered(heard, sheet):
    fill(sheet, [(TITLES[0], "Loket tetap perlu")])
    take_in(heard, read(heard, sheet))
    fill(sheet, [(TITLES[0], "Loket perlu di kecamatan")])
    (said,) = read(heard, sheet).said
    assert (said.standing, said.before) == (Standing.CHANGED, "Loket tetap perlu")
    take_in(heard, read(heard, sheet))
    (kept,) = heard.plan().inputs
    assert kept.body.read("id") == "Loket perlu di kecamatan"
    with heard.operation(WORK) as op:
        op.set("input", kept.id, decision="rejected")
    fill(sheet, [(TITLES[0], "Sungguh perlu")])
    (said,) = read(heard, sheet).said
    assert said.standing is Standing.NEW


def test_only_what_was_agreed_is_written(heard, sheet):
    fill(sheet, [(TITLES[0], "Satu"), (TITLES[1], "Dua")])
    returned = read(heard, sheet)
    assert take_in(heard, returned, returned.said[1:]) == 1
    assert [each.body.read("id") for each in heard.plan().inputs] == ["Dua"]


def test_a_sheet_for_anybody_finds_its_stakeholder_by_name(heard, tmp_path):
    path = written(heard, tmp_path)
    fill(path, [(TITLES[0], "Satu")], facts=[("Lembaga", "karang  taruna")])
    assert read(heard, path).stakeholder == heard.plan().stakeholders[1].id
    fill(path, facts=[("Lembaga", "RT 05"), ("Nama pengisi", "Budi")])
    returned = read(heard, path)
    take_in(heard, returned)
    (one,) = heard.plan().inputs
    assert (one.stakeholder, one.author) == ("", "Budi, RT 05")
    assert read(heard, path).said[0].standing is Standing.SAME


def test_an_english_sheet_is_read_as_english(heard, tmp_path):
    path = written(heard, tmp_path, heard.plan().stakeholders[0].id, language="en")
    fill(
        path, [(TITLES[0], "Keep a counter")], [("Plan", "x", "")], [("Name", "Sari"), ("Date", "2026-02-03")]
    )
    returned = read(heard, path)
    take_in(heard, returned)
    assert heard.plan().inputs[0].body.values == {"en": "Keep a counter"}
    assert (returned.language, returned.author, returned.date) == (Language.EN, "Sari", "2026-02-03")


def test_a_programme_deleted_meanwhile_is_told(heard, sheet):
    fill(sheet, [(TITLES[0], "Satu")])
    with heard.operation(WORK) as op:
        op.delete("programme", heard.plan().programmes[0].id)
    (said,) = read(heard, sheet).said
    assert (said.item, said.text, bool(said.doubt)) == ("", f"[{TITLES[0]}] Satu", True)


# ---- what people and programs do to a sheet ----------------------------------------------------------
def test_rows_added_merged_and_moved(heard, sheet):
    document = docx.Document(str(sheet))
    table = next(t for t in document.tables if t.rows[0].cells[0].text == "Kode")
    added = table.add_row()
    added.cells[1].text, added.cells[2].text = TITLES[2], "Tambah latihan"
    row = row_of(document, TITLES[1])
    row.cells[-1].text = "Dengan gudang"
    row._tr.getparent().append(row._tr)
    free = free_table(document)
    merged = free.rows[1].cells[1].merge(free.rows[1].cells[2])
    merged.text = "Digabung"
    document.save(str(sheet))
    assert {(each.item, each.text) for each in read(heard, sheet).said} == {
        (item(heard, TITLES[2]), "Tambah latihan"),
        (item(heard, TITLES[1]), "Dengan gudang"),
        ("", "Digabung"),
    }


def test_tracked_changes_count_as_accepted(heard, sheet):
    document = docx.Document(str(sheet))
    cell = row_of(document, TITLES[0]).cells[-1]
    paragraph = cell.paragraphs[0]._p
    for tag, holder, text in (("w:del", "w:delText", "dicoret"), ("w:ins", "w:t", "disisipkan")):
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(holder)
        words.text = text
        run.append(words)
        change.append(run)
        paragraph.append(change)
    document.save(str(sheet))
    assert [each.text for each in read(heard, sheet).said] == ["disisipkan"]


def test_content_controls_are_read_and_their_hints_are_not(heard, sheet):
    document = docx.Document(str(sheet))
    for title, hint in ((TITLES[0], False), (TITLES[1], True)):
        paragraph = row_of(document, title).cells[-1].paragraphs[0]._p
        control, settings, content = (OxmlElement(f"w:{n}") for n in ("sdt", "sdtPr", "sdtContent"))
        if hint:
            settings.append(OxmlElement("w:showingPlcHdr"))
        run, words = OxmlElement("w:r"), OxmlElement("w:t")
        words.text = "Klik di sini"
        run.append(words)
        content.append(run)
        control.append(settings)
        control.append(content)
        paragraph.append(control)
    document.save(str(sheet))
    assert [each.item for each in read(heard, sheet).said] == [item(heard, TITLES[0])]


def test_the_code_on_the_page_is_enough(heard, sheet):
    fill(sheet, [(TITLES[0], "Satu")])
    rewritten(sheet, lambda name, data: None if name == "docProps/custom.xml" else data)
    assert len(read(heard, sheet).said) == 1


# ---- what is no sheet, or a trap -----------------------------------------------------------------------
def rewritten(path, change, extra=()):
    """The archive with every member changed; None leaves it out."""
    target = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = change(member.filename, old.read(member))
            if data is not None:
                new.writestr(member.filename, data)
        for name, data in extra:
            new.writestr(name, data)
    path.write_bytes(target.getvalue())


def told(heard, path):
    with pytest.raises(NotADocument) as caught:
        read(heard, path)
    for language in Language:
        assert path.name in render(caught.value.message, language)
    assert not is_sheet(path)
    return caught.value.message.id.rpartition(".")[2]


def test_a_document_of_something_else(heard, tmp_path):
    path = tmp_path / "surat.docx"
    document = docx.Document()
    document.add_paragraph("Dengan hormat")
    document.save(str(path))
    with pytest.raises(NoSheet):
        read(heard, path)
    assert not is_sheet(path)


def test_a_sheet_of_another_document(heard, sheet, tmp_path):
    other = Workspace.create(
        tmp_path / "other.rancang", region="18.07", first_year=2026, last_year=2030,
        pack=bundled_bytes("smart-city-2021"), author=Author("x", ""), title={"id": "y"},
    )  # fmt: skip
    with other, pytest.raises(ForeignSheet):
        read(other, sheet)


@pytest.mark.slow
def test_a_bomb(heard, sheet):
    rewritten(sheet, lambda name, data: b" " * (70 << 20) if name == "word/document.xml" else data)
    assert sheet.stat().st_size < 1 << 20
    assert told(heard, sheet) == "too_large"


def test_entities(heard, sheet, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("rahasia")
    head = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()

    def change(name, data):
        return data.replace(b"?>", b"?>" + head, 1).replace(b"</w:t>", b"&e;</w:t>", 1) if (
            name == "word/document.xml"
        ) else data  # fmt: skip

    rewritten(sheet, change)
    assert told(heard, sheet) == "entities"


def test_macros(heard, sheet):
    rewritten(sheet, lambda _name, data: data, [("word/vbaProject.bin", b"x")])
    assert told(heard, sheet) == "macros"


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello", b"\xd0\xcf\x11\xe0" * 100])
def test_other_bytes(heard, tmp_path, data):
    path = tmp_path / "x.docx"
    path.write_bytes(data)
    assert told(heard, path) == "broken"


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damaged_bytes_inside(heard, tmp_path, method):
    path = tmp_path / "x.docx"
    path.write_bytes(damaged({"word/document.xml": b"<w/>" * 900}, "word/document.xml", method))
    assert told(heard, path) == "broken"


def test_broken_xml(heard, sheet):
    rewritten(sheet, lambda name, data: data[:-200] if name == "word/document.xml" else data)
    assert told(heard, sheet) == "broken"


def test_nested_too_deep(heard, sheet):
    deep = b"<w:sdt><w:sdtContent>" * 150 + b"</w:sdtContent></w:sdt>" * 150
    rewritten(
        sheet,
        lambda name, data: (
            data.replace(b"<w:body>", b"<w:body>" + deep, 1) if name == "word/document.xml" else data
        ),
    )
    assert told(heard, sheet) == "broken"


# ---- answers -------------------------------------------------------------------------------------------
def test_answers_go_back_to_those_who_spoke(heard, sheet, tmp_path):
    fill(sheet, [(TITLES[0], "Loket tetap perlu")])
    take_in(heard, read(heard, sheet))
    (one,) = heard.plan().inputs
    with heard.operation(WORK) as op:
        op.set("input", one.id, decision="rejected")
        op.write("input", one.id, "answer", "id", "Loket dibuka di kecamatan.")
    files = write_answers(quiet, heard.path, tmp_path / "answers", ("id",))
    assert [each.path.name for each in files] == [
        "Jawaban-Masukan-PT-Maju-Jaya.id.docx",
        "Jawaban-Masukan-PT-Maju-Jaya.id.pdf",
    ]
    text = repr(read_docx(files[0].path))
    assert "Loket dibuka di kecamatan." in text
    assert "Tidak diterima" in text


# ---- another program -----------------------------------------------------------------------------------
@pytest.mark.slow
def test_through_libreoffice(heard, sheet, tmp_path, tool):
    """What was filled in comes back the same after LibreOffice has opened and saved it."""
    office = tool("soffice")
    fill(sheet, [(TITLES[0], "Loket tetap perlu\nuntuk lansia")], [("II.4", "Terlalu lambat", "Mulai 2026")])
    before = read(heard, sheet)
    for kind in ("odt", "docx"):  # by way of its own format, as if somebody had worked there
        source = sheet if kind == "odt" else tmp_path / "lo" / sheet.with_suffix(".odt").name
        subprocess.run(
            [office, "--headless", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--convert-to",
             kind, "--outdir", str(tmp_path / "lo"), str(source)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    after = read(heard, tmp_path / "lo" / sheet.name)
    assert (after.said, after.stakeholder) == (before.said, before.stakeholder)
    assert len(after.said) == 2
