"""``bring-back``, ``conflicts``, ``backups``: a colleague's copy comes home, told in words."""

import re
import shutil

import pytest

from desktop.base import Language, Message
from desktop.base.jobs import quiet
from desktop.base.speech import value_text
from desktop.cli.coming_told import Told
from desktop.cli.naming import Names
from desktop.exchange.coming_back import look
from desktop.workspace import Author, Workspace

HEX = re.compile(r"\b[0-9a-f]{12,}\b")


@pytest.fixture
def copies(call, town, tmp_path, monkeypatch):
    """Ours and a colleague's, who works on another computer."""
    theirs = tmp_path / "theirs.rancang"
    shutil.copyfile(town, theirs)
    home = tmp_path / "their-home"
    with monkeypatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(home))
        name = ("--name", "Dewi")
        call.ok("programme", theirs, "budget", "T-001", "2027", "gift", "indicative=700", *name)
        call.ok("programme", theirs, "indicator", "T-001", "name=Sumur jadi", *name)
        call.ok("programme", theirs, "target", "Sumur jadi", "2027", "4", *name)
        call.ok("programme", theirs, "support", "T-001", "TANAH", *name)
        call.ok("row", theirs, "wishes", "wish=Taman", "--agency", "AIR", *name)
        call.ok("row", theirs, "ready", "--fixed", "left", "level=s4", *name)
        call.ok("set", theirs, "town.trees", "77", *name)
        call.ok("set", theirs, "chapter.A.start", "Teks bab", *name)
        call.ok("row", theirs, "activity", "programme=T-001", "title=Gali", *name)
        photo = tmp_path / "foto.jpg"
        photo.write_bytes(b"foto")
        call.ok("evidence", theirs, photo, "--for", "town.trees", *name)
        call.ok("row", theirs, "agency", "--delete", "TANAH", *name)
        # last, so that theirs is the newer of the two differing titles on every run
        call.ok("programme", theirs, "set", "T-001", "title=Sumur dalam", "title.en=Deep wells", *name)
    call.ok("programme", town, "set", "T-001", "title=Sumur dangkal")
    call.ok("set", town, "town.trees", "88")
    return town, theirs


@pytest.mark.slow
def test_a_change_in_the_middle_of_a_long_text_and_what_new_rows_say_are_shown(
    call, town, tmp_path, monkeypatch
):
    """Two long texts were two equal beginnings; of a new row there was nothing but its name."""
    theirs, name = tmp_path / "theirs.rancang", ("--name", "Dewi")
    text = f"{'Kalimat pertama. ' * 20}Anggaran sepuluh juta rupiah.{' Kalimat penutup.' * 20}"
    call.ok("set", town, "town.words", text)
    shutil.copyfile(town, theirs)
    with monkeypatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(tmp_path / "their-home"))
        call.ok("set", theirs, "town.words", text.replace("juta", "MILIAR"), *name)
        call.ok("programme", theirs, "budget", "T-001", "2027", "gift", "indicative=999000000", *name)
        call.ok("row", theirs, "person", "name=Orang Lain", "role=mayor", "since=2026-01-02", *name)
    said = call.ok("bring-back", town, theirs, "--preview", "--report", tmp_path / "laporan.html").out
    assert "Anggaran sepuluh [-juta-] {+MILIAR+} rupiah." in said
    assert "indicative budget: - → IDR 999,000,000" in said
    assert "since: - → 2 January 2026" in said
    paper = (tmp_path / "laporan.html").read_text(encoding="utf-8")
    assert "MILIAR" in paper
    assert "IDR 999,000,000" in paper


@pytest.mark.slow
def test_what_a_text_becomes_besides_its_letters_is_shown(call, town, tmp_path, monkeypatch):
    """A paragraph made a heading, a list made paragraphs: the field was named, and nothing behind it."""
    theirs, name = tmp_path / "theirs.rancang", ("--name", "Dewi")
    end = "Ketentuan ini berlaku bagi semua perangkat daerah sampai akhir tahun 2030 dan seterusnya."
    call.ok(
        "set", town, "chapter.A.start", f"<p>Kewajiban</p><ol><li>Menyediakan lahan</li></ol><p>{end}</p>"
    )
    call.ok("set", town, "town.song", "<p>Pendek</p>")
    shutil.copyfile(town, theirs)
    with monkeypatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(tmp_path / "their-home"))
        made = f"<h2>Kewajiban</h2><p>Menyediakan lahan</p><p>{end}</p>"
        call.ok("set", theirs, "chapter.A.start", made, *name)
        call.ok("set", theirs, "town.song", "<h2>Pendek</h2>", *name)
    said = call.ok("bring-back", town, theirs, "--preview", "--report", tmp_path / "laporan.html").out
    for told in (said, re.sub("<[^>]*>", "", (tmp_path / "laporan.html").read_text(encoding="utf-8"))):
        assert re.search(r"heading level \d: Kewajiban›", told)
        assert "numbered item level 1: Menyediakan lahan›" in told
        assert re.search(r"Pendek → ‹heading level \d: Pendek›", told)
        assert "Ketentuan ini berlaku" in told


@pytest.mark.slow
def test_the_preview_names_everything_and_changes_nothing(call, copies):
    ours, theirs = copies
    before = ours.read_bytes()
    said = call.ok("bring-back", ours, theirs, "--preview")
    assert ours.read_bytes() == before
    for part in (
        "from Dewi",
        'changed: programme "Wells"',
        "title (Indonesian): Sumur dangkal → Sumur dalam",
        "title (English): Wells → Deep wells",
        'new: budget 2027 from Gifts, programme "Wells"',
        'new: indicator "Sumur jadi", programme "Wells"',
        'new: target 2027, indicator "Sumur jadi"',
        'new: activity "Gali", programme "Wells"',
        "deleted: agency",
        "new: The beginning",
        "content (Indonesian): - → Teks bab",
        "changed: Number of trees",
        "content: 88 → 77",
        'evidence "foto.jpg" supports Number of trees',
        'new: Level, row "Left hand" (Ready sheet)',
        "filled differently: Number of trees, content",
        'filled differently: programme "Wells", title (Indonesian)',
    ):
        assert part in said.out, part
    assert not HEX.search(said.out), HEX.findall(said.out)
    indonesian = call.ok("bring-back", ours, theirs, "--preview", language="id").out
    assert 'berubah: program "Sumur dangkal"' in indonesian
    assert "isian berbeda: Jumlah pohon, isi" in indonesian
    record = call.ok("bring-back", ours, theirs, "--preview", json=True).record
    assert record["authors"] == ["Dewi"]
    assert len(record["new_conflicts"]) == 2
    assert all(row["text"] for row in record["rows"])


@pytest.mark.slow
def test_a_report_takes_the_place_of_reports_alone(call, copies, tmp_path):
    ours, theirs = copies
    report = tmp_path / "laporan.pdf"
    for language in ("en", "id"):
        call.ok("bring-back", ours, theirs, "--preview", "--report", report, language=language)
    report.write_bytes(b"mine")
    assert "laporan.pdf" in call.fails("bring-back", ours, theirs, "--yes", "--report", report)
    assert report.read_bytes() == b"mine"
    assert "Dewi" in call.ok("bring-back", ours, theirs, "--preview", "--report", report, "--force").out


@pytest.mark.slow
def test_the_preview_works_while_somebody_else_has_the_file_open(call, copies):
    ours, theirs = copies
    ours.with_name(ours.name + ".lock").write_text('{"person": "Ani", "host": "elsewhere", "process": 1}')
    assert "Deep wells" in call.ok("bring-back", ours, theirs, "--preview").out
    assert "Ani" in call.fails("bring-back", ours, theirs, "--yes")


@pytest.mark.slow
def test_without_consent_nothing_is_written(call, copies, monkeypatch):
    ours, theirs = copies
    head = call.ok("show", ours, json=True).record["head"]
    assert "--yes" in call.ok("bring-back", ours, theirs).out
    assert call.ok("bring-back", ours, theirs, json=True).kinds == ["preview"]
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda prompt: "no")
    call.ok("bring-back", ours, theirs)
    assert call.ok("show", ours, json=True).record["head"] == head
    monkeypatch.setattr("builtins.input", lambda prompt: "Y")
    call.ok("bring-back", ours, theirs)
    assert call.ok("show", ours, json=True).record["head"] != head


@pytest.mark.slow
def test_brought_back_settled_and_nothing_left(call, copies):
    ours, theirs = copies
    said = call.ok("bring-back", ours, theirs, "--yes", json=True)
    assert said.kinds == ["preview", "brought-back"]
    assert said.records[1]["conflicts"] == 2
    assert said.records[1]["files"] == 1
    listed = call("conflicts", ours)
    assert listed.code == 1
    assert "1. Number of trees, content" in listed.out
    assert ": 88" in listed.out
    records = call("conflicts", ours, json=True).records
    trees = next(each for each in records if each["table"] == "answer")
    choice = next(each["number"] for each in trees["choices"] if each["value"] == 77)
    assert call("conflicts", ours, "--settle", trees["number"], "--choose", choice).code == 1
    assert call.ok("show", ours, "town.trees", json=True).record["value"] == 77
    assert call.ok("conflicts", ours, "--settle", 1, "--choose", 1, json=True).kinds == ["settled"]
    assert "No field is filled differently" in call.ok("conflicts", ours).out
    assert "Nothing new" in call.ok("bring-back", ours, theirs, "--yes").out


@pytest.mark.slow
def test_a_row_deleted_there_and_changed_here_is_told_as_such(call, town, tmp_path):
    theirs = tmp_path / "theirs.rancang"
    shutil.copyfile(town, theirs)
    call.ok("programme", theirs, "delete", "T-001", "--name", "Dewi")
    call.ok("programme", town, "set", "T-001", "title=Sumur baru")
    call.ok("bring-back", town, theirs, "--yes")
    said = call("conflicts", town)
    assert said.code == 1
    assert "(deleted)" in said.out
    assert "the whole" in said.out
    choices = call("conflicts", town, json=True).records[0]["choices"]
    keep = next(each["number"] for each in choices if not each["deletes"])
    call.ok("conflicts", town, "--settle", 1, "--choose", keep)
    assert call.ok("programme", town, "list", json=True).record["title"]["id"] == "Sumur baru"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--settle", "1"], "--choose"),
        (["--choose", "1"], "--settle"),
        (["--settle", "1", "--choose", "1"], "1"),
        (["--settle", "x", "--choose", "1"], '"x"'),
        (["--settle", "-1", "--choose", "1"], "-1"),
    ],
)
def test_settling_what_is_not_there_is_told(call, town, words, part):
    assert part in call.fails("conflicts", town, *words)


@pytest.mark.slow
def test_files_that_are_no_copy_of_ours_are_refused(call, town, tmp_path):
    other = tmp_path / "other.rancang"
    call.ok("new", other, "--region", "18.07", "--years", "2026-2030")
    junk = tmp_path / "junk.rancang"
    junk.write_bytes(b"\x00\xffjunk" * 100)
    assert "other.rancang" in call.fails("bring-back", town, other, "--preview")
    assert "junk.rancang" in call.fails("bring-back", town, junk, "--yes")
    assert "none.rancang" in call.fails("bring-back", town, tmp_path / "none.rancang")
    assert call.ok("bring-back", town, town, "--yes").code == 0


# -- backups -----------------------------------------------------------------------------------------
@pytest.mark.slow
def test_backups_are_listed_and_put_back(call, town):
    call.ok("set", town, "town.trees", "5")
    call.ok("set", town, "town.trees", "6")
    backups = call.ok("backups", town, json=True).records
    assert [each["reason"] for each in backups] == ["close", "close", "open"]
    assert "when opened" in call.ok("backups", town).out
    assert "saat dibuka" in call.ok("backups", town, language="id").out
    assert "when closed" in call.ok("backups", town).out
    earlier = backups[1]["name"]
    said = call.ok("backups", town, "--restore", earlier)
    assert earlier in said.out
    assert call.ok("show", town, "town.trees", json=True).record["value"] == 5
    assert len(list(town.parent.glob("town (*).rancang"))) == 1


@pytest.mark.slow
def test_the_id_of_a_damaged_workspace_is_told_so_that_it_can_be_put_back(call, town):
    call.ok("set", town, "town.trees", "5")
    call.ok("set", town, "town.trees", "6")
    town.write_bytes(b"\xff" * 5000)
    said = call("backups", town)
    assert said.code == 2
    assert "town.rancang" in said.err
    identity = re.search(r"--workspace-id (\w+)", said.out)[1]
    assert "Kabupaten Lampung Timur 2026-2029" in said.out
    newest = call.ok("backups", town, "--workspace-id", identity, json=True).records[0]["name"]
    call.ok("backups", town, "--workspace-id", identity, "--restore", newest)
    assert call.ok("show", town, "town.trees", json=True).record["value"] == 6
    assert call("backups", "nowhere.rancang", json=True).kinds == ["error", "backups-of"]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--restore", "nope"], "nope"),
        (["--restore", "../../secret"], "../../secret"),
        (["--workspace-id", ".."], ".."),
        (["--workspace-id", "0" * 32], "0" * 32),
    ],
)
def test_backups_that_are_not_there_are_told(call, town, words, part, own_home):
    assert part in call.fails("backups", town, *words)
    made = {each.name for each in own_home.iterdir()}
    # the last is how the town lay there before anything was asked
    assert made <= {"backups", "device.json", "left"}


@pytest.mark.slow
def test_figures_bodies_sessions_ratings_and_inputs_are_told_by_their_names(call, smart, tmp_path):
    body = call.ok("row", smart, "body", "body=council", json=True).record["row"]
    member = call.ok("row", smart, "member", f"body={body}", "name=Ani", json=True).record["row"]
    call.ok("input", smart, "add", "Jalan desa rusak")
    programme = call.ok("programme", smart, "add", "title=Air", json=True).record["row"]
    theirs = tmp_path / "theirs.rancang"
    shutil.copyfile(smart, theirs)
    for path, year, word in ((smart, "2026", "partly"), (theirs, "2027", "rejected")):
        call.ok("figure", path, "population", "2025", year)
        call.ok("row", path, "body", "--row", body, f"task={word}")
        call.ok("row", path, "member", "--row", member, f"institution={word}")
        call.ok("sessions", path, "--output", "final_books", "--due", f"{year}-01-01")
        call.ok("budget", path, "ceiling", programme, f"2026={year}")
        call.ok("assess", path, "1=3" if word == "partly" else "1=1", "--by", "assessor")
        call.ok("input", path, "answer", "1", word, word)
    call.ok("bring-back", smart, theirs, "--yes")
    for language in ("en", "id"):
        said = call("conflicts", smart, language=language)
        lines = [line for line in said.out.splitlines() if not line.startswith(" ")]
        assert len(lines) >= 8, lines
        assert not [line for line in lines if re.search(r"[0-9a-f]{8}", line)], lines


def test_a_meeting_without_a_title_and_a_remark_on_everything_are_named_in_words(smart):
    with Workspace.open(smart, author=Author("Sari", "secretary")) as workspace:
        names = Names(workspace.plan(), workspace.pack())
    names.learn("meeting", "m" * 32, {"kind": "visit", "start": "2026-05-12"})
    names.learn("comment", "c" * 32, {"table": "plan", "author": "Wayan", "body": "Siap."})
    held, said = (
        value_text(names.row(*row), Language.ID) for row in (("meeting", "m" * 32), ("comment", "c" * 32))
    )
    assert held == "pertemuan “Kunjungan” 12 Mei 2026"
    assert said == "catatan pendamping dari Wayan tentang rencana secara keseluruhan"


def test_what_was_set_aside_is_named_by_its_reason_and_a_remark_is_answered_in_words(smart):
    with Workspace.open(smart, author=Author("Sari", "secretary")) as workspace:
        names = Names(workspace.plan(), workspace.pack())
    names.learn("set_aside", "f" * 32, {"finding": "0751e2e5" * 4, "reason": "Perbup terbit Januari."})
    told = value_text(names.row("set_aside", "f" * 32), Language.ID)
    assert told == "catatan pemeriksaan yang dikesampingkan (“Perbup terbit Januari.”)"
    assert names.value("comment", "c" * 32, "state", "answered", Language.ID) == "terjawab"


@pytest.mark.slow
def test_a_meeting_deleted_here_that_got_a_guest_there_can_be_kept(call, smart, tmp_path):
    meeting = call.ok("row", smart, "meeting", "kind=visit", "title=Kunjungan", json=True).record["row"]
    theirs = tmp_path / "theirs.rancang"
    shutil.copyfile(smart, theirs)
    call.ok("row", smart, "meeting", "--delete", meeting)
    call.ok("row", theirs, "attendance", f"meeting={meeting}", "name=Ani")
    call.ok("bring-back", smart, theirs, "--yes")
    assert "2. keep it" in call("conflicts", smart).out
    call("conflicts", smart, "--settle", "1", "--choose", "2")
    assert call("conflicts", smart).code == 0
    assert "Kunjungan" in call.ok("row", smart, "meeting").out


def test_what_rows_and_people_are_called_in_a_copy_hides_nothing(town, tmp_path):
    """Of a new row its name is all that is shown before it is taken."""
    theirs = tmp_path / "theirs.rancang"
    shutil.copyfile(town, theirs)
    with (
        Workspace.open(theirs, author=Author("Dewi\u202e\nSah")) as workspace,
        workspace.operation(Message("x")) as op,
    ):
        op.insert("programme", title={"id": "Baru \u202egnaruk\nTanda tangan: sah"})
    with Workspace.open(town, author=Author("Tim")) as workspace:
        words = Told(look(workspace, [theirs], quiet), Language.ID).words()
    (row,) = [row for group in words.groups for row in group.rows]
    assert "Baru ‹U+202E›gnaruk Tanda tangan: sah" in row.title
    assert words.report.authors == ("Dewi Sah",)
    assert "Dewi Sah" in words.files[0]
