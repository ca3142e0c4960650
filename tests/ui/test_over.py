"""What somebody edited is not printed over before its person was asked, and what they say is done."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMessageBox

from desktop.base import Message, written
from desktop.base.jobs import quiet
from desktop.base.placing import put
from desktop.base.written import (
    ChangedInTheWay,
    Decision,
    Stranger,
    as_decided,
    chosen,
    decided,
    keep_strangers,
    strangers,
)
from desktop.books.printing import file_names
from desktop.exchange.evidence_export import Caps, export_files, export_names
from desktop.exchange.evidence_folders import folder_names, save_folders
from desktop.exchange.input_sheets.writing import sheet_names, write_sheets
from desktop.exchange.plan_workbook.making import Wanted
from desktop.exchange.plan_workbook.tables import export_tables, table_names
from desktop.submission.elsewhere import Lying, export_for_signing, lying_there
from desktop.ui import over
from desktop.ui.dialogs import cheat_sheet
from tests.ui.desk import DO


@pytest.fixture
def asked(monkeypatch):
    """What is asked, and how the person answers: by the place of the button, None = gave up."""

    class Asked:
        answer: int | None = 0
        said: list[str]
        buttons: list[str]

        def exec(self, box: QMessageBox) -> None:
            self.said.append(box.text())
            self.buttons = [each.text() for each in box.buttons()]
            wanted = {0: "Simpan dengan nama lain", 1: "Ganti"}.get(self.answer)
            hit = next((each for each in box.buttons() if each.text() == wanted), box.escapeButton())
            monkeypatch.setattr(QMessageBox, "clickedButton", lambda _box: hit)

    made = Asked()
    made.said = []
    made.buttons = []

    def shown(box: QMessageBox) -> None:
        made.exec(box)

    monkeypatch.setattr(QMessageBox, "exec", shown)
    return made


def drafted(page):
    page.drafts.made = None
    page.drafts.regulation.click()
    return page.drafts.made


@pytest.mark.slow
def test_a_draft_that_was_edited_is_asked_about_and_kept_replaced_or_left(desk, asked, monkeypatch):
    page = desk.visit("decrees")
    monkeypatch.setattr(page.drafts.runner, "start", lambda done, work, *given: done(work(quiet, *given)))
    first = drafted(page)
    assert drafted(page) == first
    assert asked.said == []  # ours, untouched: written anew without a word
    first.write_bytes(b"edited by the legal bureau")
    beside = drafted(page)
    assert beside == first.with_stem(f"{first.stem} (2)")
    assert first.read_bytes() == b"edited by the legal bureau"
    assert first.name in asked.said[0]
    asked.answer = None
    assert drafted(page) is None
    assert first.read_bytes() == b"edited by the legal bureau"
    asked.answer = 1
    assert drafted(page) == first
    assert first.read_bytes().startswith(b"PK")
    first.write_bytes(b"%PDF /ByteRange [0 1 2 3]")
    asked.answer = 1
    assert drafted(page) is None
    assert "Ganti" not in asked.buttons
    assert desk.said == []


@pytest.mark.slow
def test_the_books_are_asked_about_in_one_question(desk, asked, monkeypatch):
    page = desk.visit("books")
    page.formats["html"].setChecked(True)
    begun = []
    monkeypatch.setattr(page.runner, "start", lambda *what: begun.append(what))
    page.print()
    assert asked.said == []
    ((_done, work, decision, *rest),) = begun
    assert work is as_decided
    assert decision == Decision()
    names = file_names(
        desk.plan,
        desk.session.pack,
        rest[3:5][1],
        [desk.session.source],
        together=True,
        formats=("pdf", "html"),
    )
    for name in names[:2]:
        put(page.target() / name, b"ours")
        (page.target() / name).write_bytes(b"theirs")
    page.print()
    assert len(asked.said) == 1
    assert all(name in asked.said[0] for name in names[:2])
    assert begun[1][2].beside
    asked.answer = None
    page.print()
    assert len(begun) == 2


@pytest.mark.slow
def test_documents_for_signing_are_asked_about(desk, asked, monkeypatch, tmp_path):
    elsewhere = desk.visit("package").signing.elsewhere
    elsewhere.package = tmp_path / "a.asice"
    begun = []
    mine, theirs = (Stranger(tmp_path / f"{name}.pdf", name, signed=True) for name in "ab")

    def start(done, work, *given):
        if work is lying_there:
            done(Lying((theirs,), (mine,)))
        else:
            begun.append((work, given))

    monkeypatch.setattr(elsewhere._runner, "start", start)
    elsewhere.export(tmp_path)
    ((work, (decision, then, *rest)),) = begun
    assert (work, then, rest[:2]) == (as_decided, export_for_signing, [elsewhere.package, tmp_path])
    assert (decision.beside, decision.replace) == (True, (mine,))
    assert "b.pdf" in asked.said[0]
    assert "a.pdf" not in asked.said[0]
    assert "Ganti" not in asked.buttons
    asked.answer = None
    elsewhere.export(tmp_path)
    assert len(begun) == 1


@pytest.mark.slow
def test_much_to_read_is_read_beside_the_window(desk, asked, monkeypatch, tmp_path):
    monkeypatch.setattr(over, "_AT_ONCE", 1)
    page = desk.visit("decrees")
    path = tmp_path / "x.docx"
    path.write_bytes(b"theirs")
    answers = []
    over.when_free(page, desk.session, page.drafts.runner, [path], answers.append)
    assert page.drafts.runner.running
    desk.qtbot.waitUntil(lambda: bool(answers), timeout=60_000)
    assert answers == [Decision(beside=True)]
    (tmp_path / "folder.docx").mkdir()
    monkeypatch.setattr(over, "_AT_ONCE", 1 << 30)
    over.when_free(page, desk.session, page.drafts.runner, [tmp_path / "folder.docx"], answers.append)
    assert len(answers) == 1
    assert len(desk.said) == 1


def test_one_file_takes_the_place_of_what_lay_there_when_its_dialog_answered(tmp_path):
    """A job of minutes: the name was free, and a colleague's file that came meanwhile was replaced."""
    free, theirs = tmp_path / "free.pdf", tmp_path / "theirs.pdf"
    theirs.write_bytes(b"theirs")

    def work(report, target):
        report(0, 1, Message("base.cancelled"))
        put(target, b"ours")

    def another(*_):
        free.write_bytes(b"a colleague's")

    with pytest.raises(ChangedInTheWay):
        as_decided(another, chosen(free), work, free)
    assert free.read_bytes() == b"a colleague's"
    as_decided(quiet, chosen(theirs), work, theirs)
    assert theirs.read_bytes() == b"ours", "which the dialog asked about"
    theirs.write_bytes(b"changed")
    there = chosen(theirs)
    theirs.write_bytes(b"changed again")
    with pytest.raises(ChangedInTheWay):
        decided(there, lambda: put(theirs, b"ours"))
    keep_strangers(theirs)  # only that work is held to it
    decided(chosen(theirs), lambda: put(theirs, b"ours"))
    assert theirs.read_bytes() == b"ours"


@pytest.mark.slow
def test_a_report_of_the_window_leaves_what_came_while_it_was_made(desk, monkeypatch):
    page, target = desk.visit("agencies"), desk.folder / "serah.pdf"
    snapshot = page.runner.snapshot

    def taken():
        target.write_bytes(b"a colleague's")
        return snapshot()

    monkeypatch.setattr(page.runner, "snapshot", taken)
    refused = []

    def start(_done, work, *given):
        with pytest.raises(ChangedInTheWay) as error:
            work(quiet, *given)
        refused.append(error.value)

    monkeypatch.setattr(page.runner, "start", start)
    page.report_to(target, "")
    assert len(refused) == 1
    assert target.read_bytes() == b"a colleague's"


def test_the_keys_are_printed_through_no_link_and_over_nothing_that_is_signed(desk, monkeypatch):
    """Qt writes straight into whatever a name leads to."""
    private, target = desk.folder / "skripsi.pdf", desk.folder / "keys.pdf"
    private.write_bytes(b"private")
    target.symlink_to(private)
    monkeypatch.setattr(cheat_sheet, "ask_save", lambda *_: target)
    sheet = cheat_sheet.CheatSheet(desk.window)
    desk.qtbot.addWidget(sheet)
    sheet._print()
    assert private.read_bytes() == b"private"
    assert target.read_bytes().startswith(b"%PDF")
    target.write_bytes(b"%PDF /ByteRange [0 1 2 3]")
    desk.said.clear()
    sheet._print()
    assert target.read_bytes().endswith(b"[0 1 2 3]")
    assert len(desk.said) == 1


def test_what_is_too_large_to_read_is_known_again_by_its_size_and_time(monkeypatch, tmp_path):
    path = tmp_path / "x.pdf"
    path.write_bytes(b"a film")
    monkeypatch.setattr(written, "_LARGEST_PDF", 3)
    (found,) = strangers([path])
    assert found.signed
    assert Decision(replace=(found,)).allows(path)
    path.write_bytes(b"another")
    assert not Decision(replace=(found,)).allows(path)


@pytest.mark.slow
def test_names_are_known_before_anything_is_written_and_give_way(desk, tmp_path):
    """Of each writer of several files: what it says it writes is what it writes; beside, if decided."""
    workspace, pack = desk.session.workspace, desk.session.pack
    with workspace.operation(DO) as operation:
        operation.attach(b"surat", name="sk.txt", media_type="text/plain")
    plan, path, source = workspace.plan(), workspace.path, desk.session.source
    wanted, zipped = Wanted(source.value), Caps(zipped=True)
    writers = [
        (save_folders, (source.value,), folder_names(plan, pack, source)),
        (export_files, (source.value, Caps()), export_names(plan, pack, source, Caps())),
        (export_files, (source.value, zipped), export_names(plan, pack, source, zipped)),
        (export_tables, (wanted, "comma"), table_names(plan, pack, wanted)),
        (
            write_sheets,
            ((source.value,), ("docx",), (), True),
            sheet_names(plan, (source.value,), ("docx",), (), blank=True),
        ),
    ]
    for number, (work, arguments, names) in enumerate(writers):
        folder = tmp_path / f"out-{number}"
        as_decided(quiet, Decision(), work, path, folder, *arguments)
        there = {each.relative_to(folder).as_posix() for each in folder.rglob("*") if each.is_file()}
        assert there == set(names)
        assert names
        for name in names:
            (folder / name).write_bytes(b"theirs")
        with pytest.raises(ChangedInTheWay):
            as_decided(quiet, Decision(), work, path, folder, *arguments)
        as_decided(quiet, Decision(beside=True), work, path, folder, *arguments)
        assert {(folder / name).read_bytes() for name in names} == {b"theirs"}
        assert sum(each.is_file() for each in folder.rglob("*")) == 2 * len(names)
        found = strangers(folder / name for name in names)
        as_decided(quiet, Decision(replace=found), work, path, folder, *arguments)
        assert b"theirs" not in {(folder / name).read_bytes() for name in names}
