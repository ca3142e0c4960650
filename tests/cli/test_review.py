"""``review``: suggestions by command, visits and their record, a reviewer's copy, the shelf of regions."""

import shutil

import pytest

from desktop.workspace import Author, Workspace
from desktop.workspace.plan import Place
from tests.reviewers import make_for
from tests.workspace.test_operation import LABEL

MENTOR = ("--name", "Rina", "--role", "mentor")


@pytest.fixture
def suggested(call, town):
    """Suggest another title for the programme; the suggestion's id."""
    said = ("--reason", "Says who.", "--text", "en", *MENTOR)
    call.ok("review", town, "--suggest", "programme/T-001/title", "Wells for all", *said)
    return call("review", town, json=True).records[0]["id"]


@pytest.mark.slow
def test_a_suggestion_is_listed_with_its_words_and_accepted(call, town, suggested):
    said = call("review", town)
    assert said.code == 1, "somebody waits for an answer"
    assert "Wells {+for all+}" in said.out
    assert "Says who." in said.out
    assert call.ok("review", town, "--author", "Nobody", json=True).out == ""
    call.ok("review", town, "--accept", suggested[-8:], "--name", "Sari")
    with Workspace.open(town, read_only=True) as workspace:
        assert workspace.plan().programmes[0].title.values["en"] == "Wells for all"
    assert call.ok("review", town).code == 0
    listed = call.ok("review", town, "--all", json=True).records
    assert (listed[0]["state"], listed[0]["clear"]) == ("accepted", None)
    call.fails("review", town, "--accept", suggested)
    call.ok("undo", town)
    assert call("review", town).code == 1


def test_all_that_a_suggestion_changes_is_shown(call, town):
    """The ninth change was an ellipsis; the target of a link was no change."""
    song = '<p>Lihat <a href="https://www.komdigi.go.id/">pedoman resmi</a>.</p>'
    old = " ".join(f"Bagian {n} tentang keadaan daerah dan warganya." for n in range(9)) + " Sepuluh juta."
    changed = old.replace("daerah", "daerah,").replace("juta", "MILIAR")
    with Workspace.open(town, author=Author("Sari", "secretary")) as workspace:
        with workspace.operation(LABEL) as op:
            op.answer_text("town.words", "id", old)
            op.answer_text("town.song", "id", song)
        with workspace.operation(LABEL) as op:
            for item, now, new in (
                ("town.words", old, changed),
                ("town.song", song, song.replace("https://www.komdigi.go.id/", "http://tipuan.example/")),
            ):
                place = Place("answer", language="id", item=item)
                op.suggest(place, now, new, Author("Rina", "mentor"), reason="Ejaan diperbaiki.")
    said = call("review", town).out
    assert "[-juta.-] {+MILIAR.+}" in said
    assert "{+‹pedoman resmi → http://tipuan.example/›" in said


@pytest.mark.slow
def test_what_was_changed_since_is_written_by_hand_or_declined(call, town, suggested):
    call.ok("set", town, "programme/T-001/title", "Deep wells", "--text", "en")
    refused = call("review", town, "--accept", suggested)
    assert refused.code == 1
    call.ok("review", town, "--accept", suggested, "--as", "Deep wells for all")
    with Workspace.open(town, read_only=True) as workspace:
        assert workspace.plan().programmes[0].title.values["en"] == "Deep wells for all"
    call.ok("review", town, "--suggest", "town.mayor", "Budi", *MENTOR)
    other = call("review", town, json=True).records[0]["id"]
    call.ok("review", town, "--decline", other, "--why", "Sudah diganti.")
    assert call.ok("review", town, "--all", json=True).records[-1]["answer"] == "Sudah diganti."
    call.fails("review", town, "--accept", other, "--decline", other)


def test_a_reviewers_copy_refuses_everything_else_by_command_too(call, town):
    with Workspace.open(town) as workspace:
        make_for(workspace, "mentor")
    call.fails("set", town, "town.mayor", "Budi", "--role", "secretary")
    call.fails("programme", town, "delete", "T-001")
    call.fails("row", town, "add", "agency", "code=9", "name=x")
    with Workspace.open(town, read_only=True) as workspace:
        assert workspace.plan().answer("town.mayor").value is None
    call.ok("comment", town, "add", "town.mayor", "Siapa?", "--name", "Rina")
    call.ok("review", town, "--suggest", "town.mayor", "Budi", "--name", "Rina")
    with Workspace.open(town, read_only=True) as workspace:
        plan = workspace.plan()
    assert [each.role for each in (*plan.comments, *plan.suggestions)] == ["mentor", "mentor"]


@pytest.mark.slow
def test_a_visit_is_written_down_and_its_record_printed(call, town, tmp_path):
    call.fails("review", town, "--record", tmp_path / "x.pdf")
    call.ok("review", town, "--visit", "Aula Bappeda", "--came", "Budi", "--came", "Wati", *MENTOR)
    call.ok(
        "comment",
        town,
        "add",
        "programme/T-001/title",
        "Perbaiki.",
        "--owner",
        "AIR",
        "--due",
        "2027-02-28",
        *MENTOR,
    )
    for name in ("catatan.pdf", "catatan.docx"):
        call.ok("review", town, "--record", tmp_path / name)
        assert (tmp_path / name).stat().st_size > 1000
    with Workspace.open(town, read_only=True) as workspace:
        (visit,) = workspace.plan().meetings
    assert (visit.place, visit.leader, [each.name for each in visit.attendance]) == (
        "Aula Bappeda", "Rina", ["Budi", "Wati"],
    )  # fmt: skip


def test_only_who_asked_settles_a_comment(call, town):
    made = call.ok("comment", town, "add", "town.mayor", "Siapa?", *MENTOR, json=True).record["id"]
    agency = ("--name", "Budi", "--role", "agency")
    call.fails("comment", town, "done", made, *agency)
    call.ok("comment", town, "answer", made, "Pak Budi.", *agency)
    assert call("comment", town, json=True).records[0]["state"] == "answered"
    call.ok("comment", town, "done", made, *MENTOR)
    assert call.ok("comment", town).code == 0


def test_the_shelf_tells_every_region_of_a_folder(call, town, tmp_path):
    folder = tmp_path / "shelf"
    (folder / "satu").mkdir(parents=True)
    call.ok("comment", town, "add", "town.mayor", "Siapa?", *MENTOR)
    shutil.copy(town, folder / "satu" / "timur.rancang")
    shutil.copy(town, folder / "barat.rancang")
    (folder / "rusak.rancang").write_bytes(b"bukan dokumen")
    before = (folder / "barat.rancang").read_bytes()
    said = call("review", folder, json=True)
    assert said.code == 1, "one cannot be read"
    good = [each for each in said.records if "problem" not in each]
    assert [each["remarks"] for each in good] == [1, 1]
    assert all(each["region"] and each["percent"] >= 0 and each["changes"] for each in good)
    assert (folder / "barat.rancang").read_bytes() == before
    assert call("review", folder, json=True).records == said.records, "told the same from what is remembered"
    assert call.ok("review", tmp_path / "shelf" / "satu").code == 0


def test_pages_and_headings_of_books_are_places_too(call, town):
    call.ok("comment", town, "add", "page:form/town", "Bagus.", *MENTOR)
    call.ok("comment", town, "add", "page:programmes/T-001", "Program ini baik.", *MENTOR)
    call.ok("comment", town, "add", "book:look/A.start", "Kurang jelas.", *MENTOR)
    listed = call("comment", town, json=True).records
    assert [(each["about"]["table"], each["about"]["item"]) for each in listed] == [
        ("page", "form/town"), ("programme", ""), ("page", "look/A.start"),
    ]  # fmt: skip
    assert all(each["where"] for each in listed)
    assert len(call("comment", town).out.splitlines()) == 6
    call.fails("comment", town, "add", "book:look/nowhere", "x")
    call.fails("comment", town, "add", "page:nowhere", "x")
