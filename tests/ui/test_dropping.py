"""Files of any kind let go anywhere: what will happen is shown, and the right thing happens."""

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel

from desktop.base import Message
from desktop.exchange import arrival
from desktop.guideline import write_pack
from desktop.ui import dropping
from desktop.ui.dialogs import arrived, bring_back, importing
from desktop.ui.fields.evidence_slot import EvidenceSlot
from desktop.workspace import Author, Workspace
from tests.ui.desk import TINY

MIDDLE = QPoint(400, 300)
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010100000000376ef9240000000a494441"
    "54789c636000000002000148afa4710000000049454e44ae426082"
)
"""One black pixel."""


@pytest.fixture
def shown(monkeypatch):
    """Every dialog that would have been shown, instead of waiting for a person."""
    seen = []
    monkeypatch.setattr(arrived.Shown, "exec", lambda dialog: seen.append(dialog) or 0)
    return seen


def drag(desk, paths, where=MIDDLE, text=""):
    """Hold files over the window; the answer is whether they may fall."""
    data = QMimeData()
    if paths:
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    if text:
        data.setText(text)
    event = QDragEnterEvent(
        where, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    )
    QApplication.sendEvent(desk.window.windowHandle(), event)
    return event.isAccepted(), data


def let_go(desk, paths, where=MIDDLE):
    _, data = drag(desk, paths, where)
    QApplication.sendEvent(
        desk.window.windowHandle(),
        QDropEvent(
            QPointF(where), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
        ),
    )
    desk.settle()


def overlay(desk):
    veil = desk.window.dropping.overlay
    return [label.text() for label in veil.findChildren(QLabel) if label.text()] if veil.isVisible() else None


def file(desk, name, data=b"x"):
    path = desk.folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


# -- while they hover -----------------------------------------------------------------------------
def test_what_will_happen_is_told_while_files_hover_and_goes_when_they_leave(desk):
    files = [file(desk, "a.csv", "Program;Pagu\nAir;1\n"), file(desk, "b.png", PNG), file(desk, "c.png", PNG)]
    accepted, _ = drag(desk, files)
    assert accepted
    assert overlay(desk) == [
        "Lepaskan untuk:",
        "Impor 1 berkas Excel atau CSV",
        "Lampirkan 2 berkas sebagai bukti dukung",
    ]
    assert "Impor 1 berkas" in desk.window.dropping.overlay.accessibleName()
    QApplication.sendEvent(desk.window.windowHandle(), QDragLeaveEvent())
    assert overlay(desk) is None


def test_text_dragged_into_an_editor_arrives_there_and_a_file_does_not(desk):
    page = desk.visit("form", "town")
    editor = desk.box(page, "mayor").bindings[0].editor.inner
    where = editor.mapTo(desk.window, editor.rect().center())
    _, data = drag(desk, [], where, text="Ratna")
    QApplication.sendEvent(
        desk.window.windowHandle(),
        QDropEvent(
            QPointF(where), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
        ),
    )
    desk.settle()
    assert editor.text() == "Ratna"
    let_go(desk, [file(desk, "foto.png", PNG)], where)
    assert editor.text() == "Ratna"
    assert [each.name for each in desk.plan.evidence] == ["foto.png"]


def test_text_that_is_dragged_is_left_to_the_editors(desk):
    _, _ = drag(desk, [], text="halo")
    assert overlay(desk) is None


def test_the_start_screen_says_that_a_list_begins_a_document(empty_desk):
    drag(empty_desk, [file(empty_desk, "a.csv", "Program;Pagu\nAir;1\n")])
    assert overlay(empty_desk) == ["Lepaskan untuk:", "Mulai dokumen kerja baru dari 1 berkas Excel atau CSV"]


def test_over_a_field_the_field_takes_evidence_itself(desk):
    page = desk.visit("form", "town")
    slot = next(each for each in page.findChildren(EvidenceSlot) if not each.visibleRegion().isEmpty())
    where = slot.mapTo(desk.window, slot.rect().center())
    drag(desk, [file(desk, "a.png", PNG)], where)
    assert overlay(desk) is None
    let_go(desk, [file(desk, "a.png", PNG)], where)
    (kept,) = desk.plan.evidence
    assert len(kept.claims) == 1


# -- when they fall -------------------------------------------------------------------------------
def test_a_list_is_imported(desk, monkeypatch):
    taken = []
    monkeypatch.setattr(importing, "import_path", lambda _parent, _session, path: taken.append(path.name))
    let_go(desk, [file(desk, "b.csv", "a;b\n1;2\n"), file(desk, "a.csv", "a;b\n1;2\n")])
    assert taken == ["b.csv", "a.csv"]


def test_pictures_become_evidence_and_are_shown(desk):
    desk.visit("books")
    let_go(desk, [file(desk, "foto.png", PNG), file(desk, "surat.pdf", b"%PDF-1.7 x")])
    assert sorted(each.name for each in desk.plan.evidence) == ["foto.png", "surat.pdf"]
    assert desk.window.workbench.stop.page == "evidence"


@pytest.mark.slow
def test_another_document_is_opened_and_a_copy_of_this_one_brought_back(desk, monkeypatch):
    copy, other = desk.folder / "budi.rancang", desk.folder / "lain.rancang"
    desk.session.workspace.snapshot(copy)
    with (
        Workspace.open(copy, author=Author("Budi")) as theirs,
        theirs.operation(Message("ui.op.add_programme")) as op,
    ):
        op.answer("town.mayor", "Pak Budi")
    Workspace.create(
        other, region="32.71", first_year=2027, last_year=2030, pack=write_pack(TINY), author=Author("Ani"),
        title={"id": "Kota lain"},
    ).close()  # fmt: skip
    monkeypatch.setattr(bring_back.BringBack, "exec", lambda _: 1)
    monkeypatch.setattr(bring_back.Brought, "exec", lambda _: 1)
    drag(desk, [copy])
    assert overlay(desk)[1] == "Terima kembali 1 berkas rekan dan gabungkan"
    let_go(desk, [copy])
    assert desk.plan.answer("town.mayor").value == "Pak Budi"
    let_go(desk, [other])
    assert desk.plan.region.code == "32.71"


@pytest.mark.slow
def test_several_copies_of_one_document_are_opened_and_merged(desk, monkeypatch):
    copy = desk.folder / "budi.rancang"
    desk.session.workspace.snapshot(copy)
    desk.session.leave()
    back = []
    monkeypatch.setattr(bring_back, "bring_back_paths", lambda _parent, _session, paths: back.extend(paths))
    desk.window.receive([desk.path, copy])
    assert desk.session.workspace.path == desk.path
    assert back == [copy]


def test_evidence_without_a_document_says_what_to_do_first(empty_desk, shown):
    let_go(empty_desk, [file(empty_desk, "foto.png", PNG)])
    (dialog,) = shown
    assert any("Buka atau buat dokumen kerja dahulu" in label.text() for label in dialog.findChildren(QLabel))


@pytest.mark.slow
def test_a_document_that_is_only_read_refuses_kindly(desk, shown):
    desk.session.leave()
    desk.session.open(desk.path, read_only=True)
    desk.settle()
    let_go(desk, [file(desk, "foto.png", PNG), file(desk, "a.csv", "a;b\n1;2\n")])
    (dialog,) = shown
    assert any("hanya untuk dibaca" in label.text() for label in dialog.findChildren(QLabel))
    assert desk.plan.evidence == ()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("kunci.p12", b"\x30\x82\x0a\x10\x02\x01\x03" + b"x" * 300, "halaman Paket"),
        ("daftar.xls", b"<html><table>", "simpan sebagai .xlsx"),
        ("semua.zip", b"PK\x03\x04", "Ekstrak dahulu"),
        ("kosong.csv", b"", "kosong"),
        ("apa.bin", b"\1\2\3", "tidak dikenali"),
    ],
)
def test_what_cannot_be_taken_says_what_to_do(desk, shown, name, data, words):
    let_go(desk, [file(desk, name, data)])
    (dialog,) = shown
    assert any(words in label.text() for label in dialog.findChildren(QLabel))
    assert desk.plan.evidence == ()


def test_a_folder_is_looked_through_and_an_empty_one_says_so(desk, monkeypatch):
    folder = desk.folder / "kiriman"
    folder.mkdir()
    desk.window.receive([folder])
    assert [message.id for message in desk.said] == ["exchange.receive.nothing"]
    (folder / "foto.png").write_bytes(PNG)
    desk.window.receive([folder])
    assert [each.name for each in desk.plan.evidence] == ["foto.png"]


# -- packages and guidelines ----------------------------------------------------------------------
@pytest.mark.slow
def test_a_package_is_verified_and_its_verdict_shown(empty_desk, shown):
    let_go(empty_desk, [file(empty_desk, "paket.asice", b"PK\x03\x04rusak")])
    (dialog,) = shown
    empty_desk.qtbot.waitUntil(lambda: dialog.verdict is not None, timeout=60_000)
    assert dialog.verdict.kind.value == "refused"
    assert len(dialog.buttons.buttons()) == 1


@pytest.mark.slow
def test_a_package_of_the_open_document_gives_its_data_and_is_gone_on_with(desk, shown):
    from desktop.base.jobs import quiet
    from desktop.submission.assembling import seal_workspace

    package = desk.folder / "paket kami.asice"
    seal_workspace(quiet, desk.path, package, ("id",))
    desk.window.receive([package])
    (dialog,) = shown
    desk.qtbot.waitUntil(lambda: dialog.verdict is not None, timeout=60_000)
    assert dialog.verdict.kind.value == "sealed"
    target = desk.folder / "data.json"
    dialog.save_data(target)
    assert b"rancang" in target.read_bytes()
    dialog._use()
    page = desk.window.workbench.current
    desk.qtbot.waitUntil(lambda: page.verdict is not None and not page.runner.running, timeout=60_000)
    assert page.package == package


def test_a_guideline_shows_what_it_is_and_begins_a_document(empty_desk, shown, monkeypatch):
    monkeypatch.setattr("desktop.ui.pages.guideline_picker.confirm", lambda *_, **__: True)
    path = file(empty_desk, "pedoman.rancang-guideline", write_pack(TINY))
    let_go(empty_desk, [path])
    (dialog,) = shown
    dialog._new()
    form = empty_desk.window.start.new
    assert form.isVisible()
    assert form.guideline.currentIndex() == form.guideline.count() - 1


def test_a_guideline_is_tried_out_in_an_example(empty_desk, shown):
    empty_desk.window.receive([file(empty_desk, "p.rancang-guideline", write_pack(TINY))])
    shown[0].try_out()
    assert empty_desk.plan.example
    assert empty_desk.said == []


def test_a_broken_guideline_says_what_is_wrong(empty_desk, shown):
    empty_desk.window.receive([file(empty_desk, "p.rancang-guideline", b"PK\x03\x04")])
    assert shown == []
    assert len(empty_desk.said) == 1


def test_not_too_much_is_looked_at_while_files_hover(desk, monkeypatch):
    looked = []
    monkeypatch.setattr(arrival, "gather", lambda paths, *, deep: looked.extend(paths) or [])
    drag(desk, [file(desk, f"{number}.png", PNG) for number in range(dropping.HOVERED + 20)])
    assert len(looked) == dropping.HOVERED
