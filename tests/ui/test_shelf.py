"""The shelf: several regions on the start screen of who reviews them, without opening any."""

import shutil

import pytest
from PySide6.QtCore import Qt

from desktop.workspace import Author
from tests.reviewers import make_for


@pytest.fixture
def folder(desk):
    desk.change(lambda op: op.comment(_whole(desk), "Apa?", Author("Wati", "assessor")))
    made = desk.folder / "daerah"
    (made / "lagi").mkdir(parents=True)
    shutil.copy(desk.path, made / "satu.rancang")
    shutil.copy(desk.path, made / "lagi" / "dua.rancang")
    (made / "rusak.rancang").write_bytes(b"bukan dokumen")
    return made


def _whole(desk):
    from desktop.workspace import Place

    return Place("plan", desk.session.workspace.plan_row)


def shelf(desk):
    found = desk.window.start.shelf
    desk.qtbot.waitUntil(lambda: bool(found.rows) and not found.runner.running, timeout=30_000)
    return found


@pytest.mark.slow
def test_a_mentors_start_screen_is_a_shelf_of_the_folder_and_what_was_open(desk, folder):
    desk.session.remember(role="mentor", name="Rina", shelf=str(folder))
    desk.session.leave()
    desk.settle()
    found = shelf(desk)
    read = [row.shelved for row in found.rows if row.shelved.problem is None]
    assert {each.path.name for each in read} == {"kota.rancang", "satu.rancang", "dua.rancang"}
    assert all(each.remarks == 1 and each.region and each.percent >= 0 for each in read)
    assert [row.shelved.path.name for row in found.rows][-1] == "rusak.rancang"
    # several copies of one region lie in one folder
    assert all(row._about().endswith(row.shelved.path.name) for row in found.rows)
    row = next(row for row in found.rows if row.shelved.path.name == "satu.rancang")
    desk.qtbot.mouseClick(row.title, Qt.MouseButton.LeftButton)
    desk.settle()
    assert desk.session.workspace.path.name == "satu.rancang"


@pytest.mark.slow
def test_who_was_given_a_review_copy_finds_the_folder_of_it_on_the_shelf_next_time(desk, folder):
    path = folder / "satu.rancang"
    desk.session.open(path)
    make_for(desk.session.workspace, "mentor")
    desk.session.leave()
    desk.session.open(path)
    desk.session.leave()
    desk.settle()
    assert desk.session.settings.shelf == str(folder)
    assert {row.shelved.path.name for row in shelf(desk).rows} >= {"satu.rancang", "dua.rancang"}


def test_everybody_else_has_the_documents_used_before(desk):
    desk.session.leave()
    desk.settle()
    assert desk.window.start.shelf is None
