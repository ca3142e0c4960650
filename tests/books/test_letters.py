"""Documents of a page or two: statement, presentation, memorandum, commitment sheets, records of meetings."""

import io
import re

import pikepdf
import pytest

from desktop.base import Language, Message
from desktop.base.jobs import quiet
from desktop.books.approving import Approval, Approved, compose_approval
from desktop.books.compose import compose
from desktop.books.document import Heading, ListBlock, Paragraph, Signatures, Table, text_of
from desktop.books.pdf import render_pdf
from desktop.books.pdfa import check_pdfa
from desktop.books.printing import ALL, agency_slugs, once_printed, print_books, write_books
from desktop.books.record import UnknownMeeting, compose_attendance, compose_record, file_name, write_record
from desktop.checks import check
from desktop.guideline import bundled_bytes
from desktop.guideline.signing import package_books, sheet_signers
from desktop.workspace import Author, Workspace
from desktop.workspace.plan import Place
from desktop.workspace.wording import write as word

DO = Message("books.room")


@pytest.fixture
def region(tmp_path):
    """A document of the guideline in force with two agencies, two programmes and a visit."""
    with Workspace.create(
        tmp_path / "a.rancang", region="18.07", first_year=2026, last_year=2030,
        pack=bundled_bytes("smart-city-2021"), author=Author("Rina", "secretary"), title={"id": "Rencana"},
    ) as workspace:  # fmt: skip
        with workspace.operation(DO) as op:
            health = op.insert("agency", name={"id": "Dinas Kesehatan"}, short_name="Dinkes", head="dr. Ani")
            water = op.insert("agency", name={"id": "Dinas Air"}, short_name="Dinkes")
            op.insert("person", name="Budi", office={"id": "Bupati Lampung Timur"}, role="head_of_region")
            op.insert("person", name="Wati", role="agency_head", agency=water, nip="19800101")
            for owner, title, wins in ((health, "Kartu Sehat", True), (water, "Sumur Warga", False)):
                made = op.insert(
                    "programme", title={"id": title}, dimension="living", lead=owner, start_year=2026,
                    end_year=2027, quick_win=wins, origin="typed", served={"id": "Warga desa"},
                )  # fmt: skip
                op.put("budget_line", programme=made, year=2026, source="apbd_kabkota", indicative=5_000_000)
            visit = op.insert(
                "meeting", kind="visit", start="2026-05-12", end="2026-05-13", place="Sukadana",
                leader="Rina", title={"id": "Kunjungan pertama"}, agenda={"id": "Telaah Buku I\nKesiapan"},
                result={"id": "Buku I diperbaiki"},
            )  # fmt: skip
            op.insert("attendance", meeting=visit, agency=health, name="dr. Ani", present=True)
            op.insert("attendance", meeting=visit, name="Rina", institution="Unila", present=True)
            op.insert("attendance", meeting=visit, name="Tidak Datang", present=False)
        yield workspace


def words(document):
    lines = []
    for element in document.elements:
        match element:
            case Heading():
                lines.append(element.text)
            case Paragraph():
                lines.append(text_of(element.line))
            case Table():
                lines += [" | ".join(map(text_of, row.cells)) for row in element.rows]
            case Signatures():
                lines += [f"{each.office}: {each.name}" for each in element.signers]
    return lines


def letter(workspace, book, language=Language.ID, **more):
    return compose(workspace.plan(), workspace.pack(), book, language, draft=False, **more)


def test_a_statement_has_head_identity_and_a_place_for_the_duty_stamp(region):
    made = letter(region, "statement")
    assert made.letterhead == ("PEMERINTAH KABUPATEN LAMPUNG TIMUR", "BUPATI LAMPUNG TIMUR")
    assert "Nama | Budi" in words(made)
    (signed,) = [each for each in made.elements if isinstance(each, Signatures)]
    assert [each.duty_stamp for each in signed.signers] == [True]
    printed = render_pdf(made)
    assert printed.pages == 1
    # the head of region signs the approval sheet in its place, so it says where
    assert printed.stamp_boxes == {}
    assert [each.instead for each in signed.signers] == ["Disahkan dengan Lembar Pengesahan"]
    assert check_pdfa(printed.pdf) == ()


def test_a_letter_nobody_has_worded_has_the_words_of_the_guideline_marked(region):
    assert " [rumusan dari pedoman]" in words(letter(region, "statement"))
    with region.operation(DO) as op:
        op.answer_text("chapter.S.2", "id", "<p>Kami siap.</p>")
    said = words(letter(region, "statement"))
    assert "Kami siap." in said
    assert " [rumusan dari pedoman]" not in said


def test_a_memorandum_names_both_parties_and_counts_its_articles(region):
    with region.operation(DO) as op:
        for title, text in (("Kerahasiaan", "Data dijaga.\nDipakai seperlunya."), ("", "Tanpa judul.")):
            row = op.add_row("clauses")
            op.cell_text(row, "title", "id", title)
            op.cell_text(row, "text", "id", text)
        op.add_row("clauses")  # says nothing, and is no article
        op.insert("person", name="Dina", office={"id": "Direktur Jenderal"}, role="director_general")
        op.answer_text("memorandum.name_ministry", "id", "Kementerian Contoh")
        op.answer("memorandum.date", "2026-06-02")
        op.answer("memorandum.place", "Jakarta")
    said = words(letter(region, "memorandum"))
    assert any("Selasa" in line and "2 Juni 2026" in line and "Jakarta" in line for line in said)
    assert any(line.endswith("Kementerian Contoh, selanjutnya disebut PIHAK KEDUA.") for line in said)
    articles = [line for line in said if line.startswith("Pasal ")]
    assert articles[:2] == ["Pasal 1: Maksud dan Tujuan", "Pasal 2: Ruang Lingkup"]
    assert articles[-3:] == ["Pasal 8: Kerahasiaan", "Pasal 9", "Pasal 10: Perubahan dan Penutup"]
    assert said[-2:] == ["Bupati Lampung Timur: Budi", "Direktur Jenderal: Dina"]


def test_what_is_not_known_yet_is_left_to_be_written_by_hand(region):
    said = words(letter(region, "memorandum", Language.EN))
    assert "Number of the ministry: ……………………" in said
    assert any(line.startswith("On this day, ……") for line in said)


def test_a_presentation_says_the_figures_of_this_moment_and_quotes_the_plan(region):
    with region.operation(DO) as op:
        op.answer_text("chapter.III.1", "id", "<p>Dekat dan cepat.</p><p>Dua.</p><p>Tiga.</p>")
    said = words(letter(region, "presentation"))
    assert "Program | 2 program pada 1 dimensi, 1 di antaranya program percepatan (quick win)" in said
    assert "Yang diminta dari Kepala Daerah" in said
    asked = [text_of(i.line) for e in letter(region, "presentation").elements if isinstance(e, ListBlock)
             for i in e.items]  # fmt: skip
    assert asked[0] == "Menandatangani satu Lembar Pengesahan yang mengesahkan 6 dokumen."
    assert "Memerintahkan penyusunan peraturan kepala daerah tentang masterplan." in asked
    assert "Menyediakan Rp10.000.000 dari seluruh sumber untuk tahun pertama, 2026." in asked
    assert "Anggaran indikatif | Rp10.000.000" in said
    assert {"Dekat dan cepat.", "Dua."} <= set(said)
    assert "Tiga." not in said
    assert not any(line == "Catatan untuk Kepala Daerah" for line in said)  # nobody wrote any
    assert render_pdf(letter(region, "presentation")).pages <= 2


def test_a_commitment_sheet_is_the_agencys_own(region):
    health, water = (agency.id for agency in region.plan().agencies)
    first = words(letter(region, "commitment_agency", agency=health))
    assert "Kepala Dinas Kesehatan: dr. Ani" in first
    assert any("Kartu Sehat" in line for line in first)
    assert not any("Sumur Warga" in line for line in first)
    second = letter(region, "commitment_agency", agency=water)
    assert second.title.startswith("Lembar Komitmen Perangkat Daerah – Dinas Air")
    assert "Kepala Perangkat Daerah: Wati" in words(second)


@pytest.mark.slow
def test_sheets_are_printed_one_by_one_or_together(region, tmp_path):
    plan, pack = region.plan(), region.pack()
    assert "commitment_agency" not in once_printed(pack)
    assert list(agency_slugs(plan).values()) == ["dinkes", "dinkes-2"]
    findings = check(plan, pack)
    made = print_books(quiet, plan, pack, findings, [Language.ID], ["commitment_agency"])
    assert [each.name for each in made] == [
        "commitment_agency.dinkes.id.pdf",
        "commitment_agency.dinkes-2.id.pdf",
    ]
    (whole,) = print_books(quiet, plan, pack, findings, [Language.ID], ["commitment_agency"], together=True)
    assert (whole.name, whole.agency) == ("commitment_agency.id.pdf", ALL)
    assert whole.pages == sum(each.pages for each in made)
    with pikepdf.open(io.BytesIO(whole.data)) as pdf:
        assert len(pdf.pages) == whole.pages
    assert check_pdfa(whole.data) == ()
    (again,) = print_books(quiet, plan, pack, findings, [Language.ID], ["commitment_agency"], together=True)
    assert again.data == whole.data
    target = tmp_path / "snapshot.rancang"
    region.snapshot(target)
    (one,) = write_books(quiet, target, tmp_path, ("id",), ("commitment_agency",), (plan.agencies[0].id,))
    assert one.path.name == "commitment_agency.dinkes.id.pdf"


# ---------------------------------------------------------------------------------- records
def visit(workspace):
    (meeting,) = workspace.plan().meetings
    return meeting.id


def test_a_record_says_when_where_what_and_who(region):
    said = words(compose_record(region.plan(), region.pack(), visit(region), Language.ID))
    assert said[0].startswith("NOMOR ...")
    assert "Demikian berita acara ini dibuat dengan sebenarnya" in said[-4]
    assert said[1].startswith("Pada hari Selasa, tanggal 12 Mei 2026, bertempat di Sukadana")
    assert "Waktu | 12 Mei 2026 sampai 13 Mei 2026" in said
    assert {"Telaah Buku I", "Kesiapan", "Buku I diperbaiki"} <= set(said)
    assert "Hadir 2 dari 3 nama: Dinkes 1, luar pemerintah daerah 1." in said
    assert not any("Tidak Datang" in line for line in said)
    with region.operation(DO) as op:  # Wati is of an agency of the plan, whatever the list leaves open
        (wati,) = (each.id for each in region.plan().people if each.name == "Wati")
        op.insert("attendance", meeting=visit(region), person=wati, present=True)
    said = words(compose_record(region.plan(), region.pack(), visit(region), Language.ID))
    assert any("Hadir 3 dari 4 nama" in line and "luar pemerintah daerah 1" in line for line in said)
    assert "Pimpinan pertemuan: Rina" in said
    assert any(line.startswith("Pendamping: ") for line in said)


def test_it_holds_what_was_agreed_on_its_days_and_nothing_else(region, monkeypatch):
    from desktop.base import clock

    plan = region.plan()
    programme, agency = plan.programmes[0], plan.agencies[0]

    def remark(at, body, **more):
        monkeypatch.setattr(clock, "now", lambda: __import__("datetime").datetime.fromisoformat(at))
        with region.operation(DO) as op:
            op.comment(Place("programme", programme.id, "service"), body, region.author, **more)

    remark("2026-05-11T10:00:00+00:00", "Sehari sebelumnya")
    remark(
        "2026-05-12T20:00:00+00:00", "Perbaiki layanan", owner=agency.id, due="2026-06-01"
    )  # the 13th here
    remark("2026-05-13T03:00:00+00:00", "Bagus")
    remark("2026-05-13T20:00:00+00:00", "Sudah tanggal 14 di sini")
    said = words(compose_record(region.plan(), region.pack(), visit(region), Language.ID))
    assert "Perbaiki layanan | Kartu Sehat | Dinkes | 1 Juni 2026" in said
    assert "Bagus | Kartu Sehat | Rina" in said
    assert not any("Sehari sebelumnya" in line or "tanggal 14" in line for line in said)


def test_a_record_of_a_session_lists_its_outputs(region):
    with region.operation(DO) as op:
        made = op.insert("meeting", kind="bimtek", session="bimtek-1", start="2026-06-01")
        op.put("session_output", session="bimtek-1", output="draft_book_1", state="drafted")
    said = words(compose_record(region.plan(), region.pack(), made, Language.EN))
    assert any(line.startswith("Draft of Book I |  [Draft]") for line in said)


def test_the_list_to_be_signed_has_who_is_expected_and_empty_lines(region):
    made = compose_attendance(region.plan(), region.pack(), visit(region), Language.ID, lines=4)
    (table,) = [each for each in made.elements if isinstance(each, Table) and each.number]
    assert [text_of(row.cells[1]).strip() for row in table.rows] == [
        "dr. Ani", "Rina", "Tidak Datang", "", "", "", "",
    ]  # fmt: skip
    assert [text_of(row.cells[0]) for row in table.rows] == list("1234567")


def test_a_record_is_written_as_a_job_would(region, tmp_path):
    target = tmp_path / "snapshot.rancang"
    region.snapshot(target)
    plan = region.plan()
    name = file_name(plan, visit(region), "record", Language.ID)
    assert name == "berita-acara-2026-05-12.id.pdf"
    path, pages = write_record(quiet, target, tmp_path / name, visit(region), "id")
    assert path.read_bytes().startswith(b"%PDF")
    assert pages in {1, 2}
    with pytest.raises(UnknownMeeting):
        write_record(quiet, target, tmp_path / "x.pdf", "nobody", "id")


def test_an_undated_meeting_has_a_record_too(region):
    with region.operation(DO) as op:
        made = op.insert("meeting", kind="consultation")
    document = compose_record(region.plan(), region.pack(), made, Language.EN)
    assert render_pdf(document).pages == 1
    assert file_name(region.plan(), made, "attendance", Language.EN) == "daftar-hadir-tanpa-tanggal.en.pdf"
    with region.operation(DO) as op:
        word(op, "record", "opening", "en", "We met on {day}, did we not?")
    (_, said, *_) = words(compose_record(region.plan(), region.pack(), made, Language.EN))
    assert re.fullmatch(r"We met on \.+, did we not\?", said)


def test_what_was_suggested_on_the_day_is_in_the_record_too_and_word_opens_it(region, tmp_path, monkeypatch):
    from desktop.base import clock
    from desktop.workspace import Author

    programme = region.plan().programmes[0]
    at = __import__("datetime").datetime.fromisoformat("2026-05-12T03:00:00+00:00")
    monkeypatch.setattr(clock, "now", lambda: at)
    mentor = Author("Rina Lestari", "mentor")
    with region.operation(DO) as op:
        place = Place("programme", programme.id, "service", "id")
        op.comment(place, "Layanannya apa?", mentor)
        op.suggest(place, "", "<p>Berobat tanpa antre</p>", mentor, reason="Sebut layanannya.")
    said = words(compose_record(region.plan(), region.pack(), visit(region), Language.ID))
    assert "Kartu Sehat | Berobat tanpa antre | Sebut layanannya. | menunggu jawaban" in said
    assert "Pendamping: Rina Lestari" in said
    target = tmp_path / "snapshot.rancang"
    region.snapshot(target)
    path, pages = write_record(quiet, target, tmp_path / "berita.docx", visit(region), "id")
    assert (path.read_bytes()[:2], pages) == (b"PK", 0)


def test_who_remarked_on_a_visit_did_not_promise_to_do_it_and_signs_once(region, monkeypatch):
    from desktop.base import clock
    from desktop.workspace import Author

    at = __import__("datetime").datetime.fromisoformat("2026-05-12T03:00:00+00:00")
    monkeypatch.setattr(clock, "now", lambda: at)
    with region.operation(DO) as op:
        op.set("meeting", visit(region), leader="Rina Lestari", kind="visit")
        whole = Place("plan", region.plan_row)
        op.comment(whole, "Lengkapi peta", Author("Rina Lestari", "mentor"), due="2026-06-01")
    said = words(compose_record(region.plan(), region.pack(), visit(region), Language.ID))
    assert "Lengkapi peta | Seluruh dokumen | – | 1 Juni 2026" in said
    assert "Pimpinan pertemuan: Rina Lestari" in said
    assert not any(line.startswith("Pendamping: ") for line in said)


# --------------------------------------------------------------------------- the approval sheet
@pytest.mark.parametrize("language", list(Language))
def test_the_approval_sheet_is_one_page_and_says_who_initialled(region, language):
    with region.operation(DO) as op:
        op.initial("paraf-legal", state="initialled", by="Nadia", office="Kabag Hukum", at="2026-10-12")
    plan, pack = region.plan(), region.pack()
    documents = tuple(
        Approved(book.id, Language.ID, 3, f"{number:x}" * 64)
        for number, book in enumerate(package_books(pack), 1)
    )
    what = Approval(documents, "ab" * 32, "kata", "cd" * 32)
    made = compose_approval(plan, pack, language, sheet_signers(pack), what)
    said = " ".join(words(made))
    day = "12 Oktober 2026" if language is Language.ID else "12 October 2026"
    assert day in said
    assert "0" in said.split("Paraf" if language is Language.ID else "Initials")[1]
    (signed,) = [each for each in made.elements if isinstance(each, Signatures)]
    assert [(each.role, each.duty_stamp, each.instead) for each in signed.signers] == [
        ("head_of_region", False, "")
    ]
    printed = render_pdf(made)
    assert printed.pages == 1
    assert set(printed.stamp_boxes) == {"head_of_region"}
    assert check_pdfa(printed.pdf) == ()
