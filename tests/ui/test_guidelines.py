"""Guideline packs in the window: the list in the settings, installing after a warning, marks of doubt."""

import json
import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from desktop.base import Message
from desktop.guideline import write_pack
from desktop.guideline.container import read_members, write_zip
from desktop.guideline.store import available, install
from desktop.ui.dialogs import arrived, guidelines
from desktop.ui.pages import guideline_picker
from desktop.ui.pages.settings import guidelines as guidelines_card
from desktop.ui.unverified import doubts

TINY = Path(__file__).parents[1] / "data" / "tiny-pack"


@pytest.fixture
def pack_file(tmp_path):
    def make(**changes):
        folder = tmp_path / "source"
        shutil.copytree(TINY, folder, dirs_exist_ok=True)
        info = json.loads((folder / "pack.json").read_text()) | changes
        (folder / "pack.json").write_text(json.dumps(info))
        path = tmp_path / f"p-{info['version']}.rancang-guideline"
        path.write_bytes(write_pack(folder))
        return path

    return make


@pytest.fixture
def asked(monkeypatch):
    """What was asked before installing; the answer is yes."""
    questions = []

    def confirm(_parent, session, message, _action, *, careful=False):
        questions.append((session.say(message), careful))
        return True

    monkeypatch.setattr(guidelines, "confirm", confirm)
    monkeypatch.setattr(guidelines_card, "confirm", confirm)
    monkeypatch.setattr(guideline_picker, "confirm", confirm)
    return questions


@pytest.fixture
def lines(monkeypatch):
    """What the dialogs of sentences said."""
    shown = []
    monkeypatch.setattr(
        guidelines,
        "show_lines",
        lambda _parent, session, title, said: shown.append(
            [session.say(title), *(each if isinstance(each, str) else session.say(each) for each in said)]
        ),
    )
    return shown


@pytest.mark.slow
def test_the_list_tells_state_and_origin_and_removes_only_installed_ones(desk, pack_file, asked):
    install(pack_file(version="9", status="draft"), confirmed=True)
    card = desk.visit("settings").guidelines
    texts = [card.list.item(row).text() for row in range(card.list.count())]
    assert any("(2021.3)" in each and "berlaku" in each and "bawaan program" in each for each in texts)
    assert any("rancangan" in each and "tidak ditandatangani" in each for each in texts)
    for row, one in enumerate(card.packs):
        card.list.setCurrentRow(row)
        assert card.remove_button.isEnabled() == (not one.bundled)
    card.list.setCurrentRow(next(row for row, one in enumerate(card.packs) if not one.bundled))
    card.remove_button.click()
    assert asked[0][1], "Enter alone removes nothing"
    assert all(one.bundled for one in available())
    assert card.list.count() == len(available())


@pytest.mark.slow
def test_installing_warns_plainly(desk, pack_file, asked):
    made = guidelines.install_pack(desk.window, desk.session, pack_file(version="9"))
    assert made.name == "tiny@9"
    (question, careful), *_ = asked
    assert "tidak ditandatangani" in question
    assert careful
    card = desk.visit("settings").guidelines
    assert any(one.name == "tiny@9" for one in card.packs)


def test_what_was_asked_about_is_what_is_kept(desk, pack_file, monkeypatch):
    """Another guideline took the file's place while the question was read, and was kept in its name."""
    path = pack_file(version="9")
    other = pack_file(version="10").read_bytes()

    def exchanged(*_parts, **_how):
        path.write_bytes(other)
        return True

    monkeypatch.setattr(guidelines, "confirm", exchanged)
    assert guidelines.install_pack(desk.window, desk.session, path).name == "tiny@9"


def test_who_says_no_installs_nothing(desk, pack_file, monkeypatch):
    monkeypatch.setattr(guidelines, "confirm", lambda *_parts, **_how: False)
    assert guidelines.install_pack(desk.window, desk.session, pack_file(version="9")) is None
    assert all(one.bundled for one in available())


def test_a_broken_signature_is_never_asked_about(desk, pack_file, asked):
    path = pack_file(version="9")
    path.write_bytes(write_zip(read_members(path).json, b"no signature"))
    failures = []
    desk.session.failed.connect(failures.append)
    assert guidelines.install_pack(desk.window, desk.session, path) is None
    assert [each.id for each in failures] == ["guideline.signature.broken"]
    assert asked == []


@pytest.mark.slow
def test_a_damaged_installed_file_stands_in_the_list_with_its_sentence(desk, pack_file):
    one = install(pack_file(version="9"), confirmed=True)
    one.path.write_bytes(b"PK")
    card = desk.visit("settings").guidelines
    assert "tidak dapat dipakai" in card.list.item(card.list.count() - 1).text()
    card.list.setCurrentRow(card.list.count() - 1)
    assert card.remove_button.isEnabled()
    assert not card.compare_button.isEnabled()


@pytest.mark.slow
def test_two_guidelines_are_compared_and_one_is_checked(desk, pack_file, lines):
    install(pack_file(version="9"), confirmed=True)
    card = desk.visit("settings").guidelines
    card.list.setCurrentRow(0)
    card.other.setCurrentIndex(card.other.findData("tiny@9"))
    card.compare_button.click()
    assert any("Baru – dimensi" in each for each in lines[-1])
    card.check_button.click()
    assert any("Belum terverifikasi" in each for each in lines[-1])


def test_every_fault_of_a_file_is_shown(desk, tmp_path, lines):
    members = dict(read_members(TINY).json)
    members["roles"] = members["roles"].replace(b'"label"', b'"lable"')
    path = tmp_path / "bad.rancang-guideline"
    path.write_bytes(write_zip(members))
    arrived.show_guideline(desk.window, path)
    assert len(lines[-1]) > 2


def test_a_dropped_pack_offers_to_be_installed(empty_desk, pack_file, asked, monkeypatch):
    seen = []
    monkeypatch.setattr(arrived.Shown, "exec", lambda dialog: seen.append(dialog) or 0)
    empty_desk.window.receive([pack_file(version="9", status="draft")])
    labels = [each.text() for each in seen[0].findChildren(QLabel)]
    assert any("tidak ditandatangani" in each for each in labels)
    seen[0]._install()
    assert any(one.name == "tiny@9" for one in available())
    empty_desk.window.start.show_new()
    form = empty_desk.window.start.new
    offered = [form.guideline.itemText(row) for row in range(form.guideline.count())]
    assert any("rancangan" in each and "9" in each for each in offered)


def test_a_document_is_begun_with_the_guideline_that_was_shown(empty_desk, pack_file, monkeypatch, asked):
    """Another file lies at its path by then; and what nobody vouches for speaks for itself alone."""
    seen = []
    monkeypatch.setattr(arrived.Shown, "exec", lambda dialog: seen.append(dialog) or 0)
    path = pack_file(version="9", note={"id": "Rancang telah memeriksa pedoman ini."})
    empty_desk.window.receive([path])
    labels = [each.text() for each in seen[0].findChildren(QLabel)]
    assert "Catatan di dalam berkas: “Rancang telah memeriksa pedoman ini.”" in labels
    assert any(each.startswith("Menurut berkas ini sendiri: “Pedoman ini") for each in labels)
    shown = seen[0].opened.content
    pack_file(version="10").replace(path)
    seen[0]._new()
    form = empty_desk.window.start.new
    assert form.guideline.content == shown
    form.guideline.add_file(path)
    assert "10" in form.guideline.currentText()
    assert "tidak ditandatangani" in asked[-1][0]


def test_what_is_unsure_is_said_over_a_part_and_at_a_field(desk):
    pack = desk.session.pack
    speaker = desk.session.speaker
    import msgspec

    sure = msgspec.structs.replace(pack.forms[0], verified=True)
    unsure = msgspec.structs.replace(pack.forms[0], verified=False)
    assert doubts(speaker, sure) is None
    assert desk.session.say(Message("guideline.part.form")) in doubts(speaker, unsure).text()
    field = msgspec.structs.replace(next(iter(sure.fields)), verified=False)
    said = doubts(speaker, sure, field).text()
    assert desk.session.say(field.label) in said
