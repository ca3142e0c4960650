"""Sessions, records, sheets for agencies, and answers to be copied, from the command line."""

import pytest

from desktop.cli.main import run


@pytest.fixture
def region(tmp_path, monkeypatch):
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home"))
    path = tmp_path / "daerah.rancang"
    for command in (
        ["new", path, "--region", "18.07", "--years", "2026-2030", "--guideline", "smart-city-2021"],
        ["row", path, "agency", "name=Dinas Air", "short_name=AIR", "head=Ani"],
        ["row", path, "meeting", "kind=visit", "start=2026-05-12", "title=Kunjungan", "place=Sukadana"],
    ):
        assert run([*map(str, command), *(["--name", "Sari"] if command[0] != "show" else [])]) == 0
    return path


def test_an_output_is_written_and_listed(call, region, tmp_path):
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    said = call.ok(
        "sessions", region, "--output", "bimtek-4/signed_commitment", "--state", "done",
        "--due", "1 Juni 2026", "--by", "Pendamping", "--file", scan, "--json",
    )  # fmt: skip
    found = {one["output"]: one for one in said.records if one["kind"] == "output"}
    assert found["signed_commitment"]["state"] == "done"
    assert found["signed_commitment"]["due"] == "2026-06-01"
    assert found["signed_commitment"]["evidence"] == 1
    assert found["draft_book_1"]["state"] == "open"
    again = call.ok("sessions", region, "--output", "signed_commitment", "--note", "Lengkap", "--json")
    assert next(one for one in again.records if one.get("output") == "signed_commitment")["state"] == "done"


def test_a_signed_sheet_is_attached_to_its_agency(call, region, tmp_path):
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 scan")
    before = call.ok("sessions", region, "--json").records
    assert [one["signed"] for one in before if one["kind"] == "commitment"] == [False]
    after = call.ok("sessions", region, "--signed", "AIR", "--file", scan, "--json").records
    assert [one["signed"] for one in after if one["kind"] == "commitment"] == [True]


def test_what_cannot_be_done_is_told(call, region):
    assert call("sessions", region, "--output", "nothing", "--state", "done").code != 0
    assert call("sessions", region, "--state", "done").code != 0
    assert call("record", region, "2030-01-01").code != 0
    assert call("show", region, "--form", "nothing").code != 0


@pytest.mark.slow
def test_a_record_and_a_list_are_printed(call, region, tmp_path):
    said = call.ok("record", region, "2026-05-12", tmp_path / "ba.pdf", "--json")
    assert said.record["pages"] == 2
    assert (tmp_path / "ba.pdf").read_bytes().startswith(b"%PDF")
    both = ["--book-language", "id", "--book-language", "en"]
    listed = call.ok("record", region, "2026-05-12", tmp_path, "--attendance-list", *both, "--json")
    assert [one["file"].rpartition("/")[2] for one in listed.records] == [
        "daftar-hadir-2026-05-12.id.pdf",
        "daftar-hadir-2026-05-12.en.pdf",
    ]


@pytest.mark.slow
def test_what_the_list_calls_a_meeting_is_known_and_several_forms_are_written_at_once(call, region, tmp_path):
    listed = call.ok("sessions", region).out
    (name,) = {line.split()[0] for line in listed.splitlines() if "2026-05-12" in line}
    forms = ["--format", "pdf", "--format", "docx", "--format", "html"]
    call.ok("record", region, name, tmp_path, "--attendance-list", *forms)
    assert {each.suffix for each in tmp_path.glob("daftar-hadir-2026-05-12.id.*")} == {
        ".pdf",
        ".docx",
        ".html",
    }


@pytest.mark.slow
def test_sheets_are_printed_for_one_agency_or_all_together(call, region, tmp_path):
    one = call.ok(
        "books", region, "commitment_agency", "--agency", "AIR", "--output", tmp_path, "--json"
    ).record  # fmt: skip
    assert one["file"].endswith("commitment_agency.air.id.pdf")
    together = call.ok(
        "books", region, "commitment_agency", "--together", "--output", tmp_path, "--json"
    ).record
    assert together["agency"] == "*"


@pytest.mark.slow
def test_a_form_is_copied_as_plain_text(call, region, tmp_path):
    call.ok("set", region, "commitment.statement", "Kami siap.", "--name", "Sari")
    said = call.ok("show", region, "--form", "commitment", "--json").records
    assert said[0]["answer"] == "Kami siap."
    assert (said[0]["words"], said[0]["characters"]) == (2, 10)
    plain = call.ok("show", region, "--form", "commitment", "--copy")
    assert "Kami siap." in plain.out
    assert "commitment.statement" not in plain.out
    target = tmp_path / "isian.txt"
    call.ok("show", region, "--form", "commitment", "--output", target)
    assert b"Kami siap.\r\n" in target.read_bytes()
    target.write_bytes(b"mine")
    assert "isian.txt" in call.fails("show", region, "--form", "commitment", "--output", target)
    assert target.read_bytes() == b"mine"
    call.ok("show", region, "--form", "commitment", "--output", target, "--force")
    assert b"Kami siap.\r\n" in target.read_bytes()


def test_one_output_alone_is_shown_and_a_signature_needs_its_file(call, region, tmp_path):
    (only,) = call.ok("sessions", region, "--output", "bimtek-4/final_books", json=True).records
    assert only["output"] == "final_books"
    assert "no output" in call.fails("sessions", region, "--output", "nonsense")
    for words in ([], ["--note", "x"], ["--state", "done", "--file", tmp_path]):
        assert "--file" in call.fails("sessions", region, "--signed", "AIR", *words)
