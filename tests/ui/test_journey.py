"""The whole journey through the window, as acceptance asks: from nothing to a signed package that verifies.

The guideline is the tiny one (seven dimensions, two books, a scale of five, other forms): the window has
no line about any particular guideline.
"""

import datetime as dt
import hashlib

import pytest
from PySide6.QtCore import Qt

from desktop.guideline import open_pack
from desktop.submission.standing import standing
from desktop.ui.dialogs import files, preflight, returned
from desktop.ui.pages import checks
from desktop.ui.pages.package import by_key, signing
from desktop.ui.pages.package.signers import CONTAINER, signed_roles
from tests.ui.desk import TINY

WAIT = 60_000
PASSWORD = "uji"


@pytest.fixture(scope="module")
def identity(tmp_path_factory):
    from desktop.trust import make_test_identity

    names = {"mayor": "Ibu Ratna", "elder": "Pak Tua"}
    folder = tmp_path_factory.mktemp("keys")
    return make_test_identity(folder, names, PASSWORD, now=dt.datetime.now(dt.UTC))


def pick(desk, box, label):
    combo = box.bindings[0].editor.combo
    combo.setCurrentIndex(combo.findText(label))
    assert combo.currentText() == label
    combo.activated.emit(combo.currentIndex())
    desk.session.drafts.flush()
    desk.settle()


def write(desk, box, text):
    desk.type_into(box.bindings[0].editor.inner, text)
    desk.session.drafts.flush()
    desk.settle()


def new_document(desk):
    window = desk.window
    window.commands.run("new")
    form = window.start.new
    form.guideline.add(open_pack(TINY))
    desk.qtbot.keyClicks(form.search, "lamp tim")
    desk.qtbot.waitUntil(lambda: form.list.count() == 1)
    form.first.setValue(2027)
    form.last.setCurrentIndex(form.last.findData(2030))
    assert set(form.problems()) == {"name"}
    desk.qtbot.keyClicks(form.name, "Sari")
    assert form.problems() == {}
    form.make(desk.folder / "kota")
    desk.settle()
    assert desk.session.workspace.path == desk.folder / "kota.rancang"
    assert desk.plan.region.code == "18.07"


def agencies_and_people(desk):
    page = desk.visit("agencies")
    agencies, people = page.grids
    agencies.table.setCurrentIndex(agencies.model.index(0, 0))
    agencies.table.paste("1.03\tDinas Air\tDA\tIr. Banyu")
    desk.settle()
    people.table.setCurrentIndex(people.model.index(0, 0))
    people.table.paste("Ibu Ratna\tWali Kota\tWali Kota\tDinas Air\nPak Tua\tTetua Kota\tTetua\t")
    desk.settle()
    assert [each.role for each in desk.plan.people] == ["mayor", "elder"]


def answers(desk):
    town = desk.visit("form", "town")
    write(desk, desk.box(town, "mayor"), "Ibu Ratna")
    write(desk, desk.box(town, "trees"), "12500")
    pick(desk, desk.box(town, "happy"), "Ya")
    pick(desk, desk.box(town, "mood"), "Gembira")
    oath = desk.visit("form", "oath")
    for box in oath.boxes:
        if box.field.required:
            write(desk, box, "Kami berikrar melayani warga dengan jujur dan terbuka setiap hari.")
    ready = desk.visit("worksheet", "ready").grid
    ready.table.setCurrentIndex(ready.model.index(1, 1))
    ready.table.paste(
        "Tingkat 4\tCukup tenaga\nTingkat 3\tMasih belajar\nTingkat 5\tBanyak gagasan\nTingkat 4\tGuyub"
    )
    wishes = desk.visit("worksheet", "wishes").grid
    wishes.table.setCurrentIndex(wishes.model.index(0, 0))
    wishes.table.paste(
        "Taman di setiap desa\tRatna\t1500000\tAir\tya\nJalan setapak teduh\tBudi\t2000000\tUdara\ttidak"
    )
    desk.settle()
    assert len(desk.plan.rows["wishes"]) == 2


def chapters(desk):
    texts = {
        "A.start": "Kota ini berdiri di tepi sungai dan warganya hidup dari kebun serta perdagangan.",
        "A.ready": "Lembar siap menunjukkan tangan yang cukup kuat dan akal yang penuh gagasan baru.",
        "B.plan": "Sumur, taman, dan jalan teduh dikerjakan bertahap bersama warga sampai tahun keempat.",
    }
    for name, text in texts.items():
        page = desk.visit("chapter", name)
        page.open_ref(name)
        editor = page.bindings[0].editor
        desk.qtbot.mouseClick(editor.tools.bar.buttons["bold"], Qt.MouseButton.LeftButton)
        desk.type_into(editor.inner, text)
        desk.session.drafts.flush()
    assert desk.plan.answer("chapter.A.start").text.values["id"].startswith("<p id=")
    assert "<b>" in desk.plan.answer("chapter.A.start").text.values["id"]


def programmes(desk):
    for number, dimension in enumerate(desk.session.pack.dimensions):
        page = desk.visit("programmes")
        page.new.click()
        desk.settle()
        form = page.form
        name = dimension.name.read("id")
        write(desk, desk.box(form, "title"), f"Layanan {name.lower()} yang dekat dengan warga")
        write(desk, desk.box(form, "code"), f"T-{number:03d}")
        pick(desk, desk.box(form, "dimension"), name)
        pick(desk, desk.box(form, "lead"), "Dinas Air")
        write(desk, desk.box(form, "service"), "Pelayanan keluhan warga selesai dalam satu hari")
        budget = form.budget
        budget.table.setCurrentIndex(budget.model.index(0, 0))
        budget.table.paste("1.000.000\t2.000.000\t3.000.000\t4.000.000")
        desk.settle()
        write(desk, budget.total, "10000000")
        assert budget.mismatch.property("look") == "good"
        grid = form.indicators
        grid.table.setCurrentIndex(grid.model.index(0, 0))
        grid.table.paste(
            "Lama menunggu\tmenit\tMakin rendah makin baik\t60\t2026\t50\t40\t30\t20\tCatatan dinas"
        )
        desk.settle()
    first = desk.plan.programmes[0]
    page = desk.visit("programmes", first.id)
    write_years(desk, page.form)
    pick(desk, desk.box(page.form, "quick_win"), "Ya")
    write(desk, desk.box(page.form, "joy"), "Warga tersenyum karena air jernih mengalir setiap pagi")
    write(desk, desk.box(page.form, "speed"), "Selesai dalam dua tahun anggaran")


def write_years(desk, form):
    """A quick win ends within its term, and no money lies outside its years."""
    end = desk.box(form, "end_year")
    end.bindings[0].editor.inner.clear()
    write(desk, end, "2028")
    form.budget.table.setCurrentIndex(form.budget.model.index(0, 2))
    form.budget.table.paste("\t")
    desk.settle()
    total = form.budget.total
    total.bindings[0].editor.inner.clear()
    write(desk, total, "3000000")


def evidence(desk):
    file = desk.folder / "pohon.pdf"
    file.write_bytes(b"%PDF-1.4 daftar pohon")
    town = desk.visit("form", "town")
    desk.box(town, "trees").slot.take([file])
    page = desk.visit("worksheet", "ready")
    for row in (1, 2, 4, 5):
        page.grid.table.setCurrentIndex(page.grid.model.index(row, 1))
        (kept,) = desk.plan.evidence
        page._slot._claim(kept)
        desk.settle()
    listed = desk.visit("evidence")
    write(desk, listed.boxes[0], "Daftar pohon dan catatan kesiapan")
    assert len(desk.plan.evidence[0].claims) == 5
    assert desk.plan.evidence[0].caption.values["id"].startswith("Daftar pohon")


def check_to_zero_mandatory(desk, monkeypatch):
    page = desk.visit("checks")
    report = desk.check()
    assert [desk.session.say(each.message) for each in report.mandatory] == []
    aside = next(each for each in report.findings if each.may_set_aside)
    monkeypatch.setattr(checks, "ask_reason", lambda *_: "Sudah dibahas dalam rapat tim")
    page._set_aside(aside)
    desk.settle()
    assert aside.key in desk.plan.set_aside
    assert "siap" in page._state.text()


def books(desk):
    page = desk.visit("books")
    page.print()
    desk.qtbot.waitUntil(lambda: not page.runner.running, timeout=WAIT)
    desk.settle()
    assert desk.said == []
    assert [file.book for file in page.printed] == ["look", "do"]
    assert not any(file.draft for file in page.printed)
    assert all(file.path.read_bytes().startswith(b"%PDF") for file in page.printed)
    desk.qtbot.waitUntil(lambda: page.preview.pages == page.printed[0].pages)
    page.preview.turn(1)
    assert page.preview.page == 1
    desk.qtbot.waitUntil(lambda: page.preview.sheet.image is not None)
    page.preview.close_file()


def grades(package):
    """What the manifest says of each signed PDF."""
    from desktop.submission.frame.container import open_package

    with open_package(package) as opened:
        return [file.signed for file in opened.manifest.files]


def sign_one_elsewhere(desk, page, wait, identity):
    """The elder's service signs one book outside of Rancang; it comes back into the package."""
    from desktop.submission.pdf.sign import sign_pdf
    from desktop.submission.stamp import Stamp, StampStanding
    from desktop.trust import P12Key

    folder = desk.folder / "keluar"
    page.signing.elsewhere.export(folder)
    wait()
    assert sorted(path.name for path in (folder / "books").iterdir()) == ["do.id.pdf", "look.id.pdf"]
    pdf = folder / "books" / "do.id.pdf"
    with P12Key(identity.signers["elder"].path, PASSWORD).open() as signer:
        stamp = Stamp("Pak Tua", "Tetua", dt.datetime.now(dt.UTC), StampStanding.TEST, "uji")
        pdf.write_bytes(sign_pdf(pdf.read_bytes(), signer, "elder", stamp, pdf.name))
    # what the service hands back is called by no name of ours, and is simply let go on the window
    back = pdf.rename(folder / "unduhan (3).pdf")

    def answer(dialog):
        (card,) = dialog.cards
        assert card.came.document == "books/do.id.pdf"
        (combo,) = card.roles.values()
        assert combo.currentData() == "elder", "told by the field that was signed"
        assert dialog.ok.isEnabled()
        return 1

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(returned.ReturnedPdfs, "exec", answer)
        desk.window.receive([back])
        wait()
    wait()
    wait()
    assert desk.said == []
    assert {each.role for each in page.verifying.view.verdict.signatures} == {"elder"}


def seal_sign_and_verify(desk, identity, monkeypatch):
    page = desk.visit("package")

    def wait():
        desk.qtbot.waitUntil(lambda: not page.runner.running, timeout=WAIT)
        desk.settle()

    target = desk.folder / "kota.asice"
    page.sealing.seal(target)
    wait()
    wait()
    assert desk.said == []
    assert page.verifying.view.verdict.kind.value == "sealed"
    assert signed_roles(standing(target)) == set()
    page.verifying.trust_also(identity.root)
    wait()
    sign_one_elsewhere(desk, page, wait, identity)
    assert signed_roles(standing(target)) == {"elder"}
    asked, doubted = [], []

    def answer(_parent, _session, file):
        asked.append(file)
        return PASSWORD

    def agree(_parent, session, message, _action):
        doubted.append(session.say(message))
        return True

    monkeypatch.setattr(signing, "confirm", agree)
    # what was found of each key is told before it is used; here somebody agrees
    monkeypatch.setattr(preflight, "ask_preflight", lambda *asked: doubted.append(asked[2]) or True)
    monkeypatch.setattr(by_key, "ask_password", answer)
    for role, _, _ in page.signing.signers():
        if role == "elder":
            continue
        holder = "elder" if role == CONTAINER else role
        key = identity.signers[holder].path
        monkeypatch.setattr(files.QFileDialog, "getOpenFileName", lambda *_, key=key: (str(key), ""))
        page.signing.by_key.choose_file(role)
        for _ in range(3):  # looked at, signed, verified
            wait()
        assert desk.said == []
    assert len(asked) == len(page.signing.signers()) - 1 == 2
    assert next(each.grade for each in grades(target) if each is not None) == "same-bytes"
    assert signed_roles(standing(target)) == {"mayor", "elder", CONTAINER}
    verdict = page.verifying.view.verdict
    assert verdict.kind.value == "valid-with-notes", [
        desk.session.say(each.message) for each in verdict.reasons
    ]
    assert {each.role for each in verdict.signatures if each.file} == {"mayor", "elder"}

    record_and_resubmission(desk, page, wait, target, monkeypatch)
    damaged = bytearray(target.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    other = desk.folder / "rusak.asice"
    other.write_bytes(damaged)
    assert signed_roles(standing(desk.folder / "pohon.pdf")) == set()
    page.verifying.verify(other)
    wait()
    assert page.verifying.view.verdict.kind.value == "refused"


def record_and_resubmission(desk, page, wait, target, monkeypatch):
    """The record is printed, and what is sealed next names the package that was handed in."""
    from desktop.submission.frame.container import open_package

    record = desk.folder / "bukti.pdf"
    monkeypatch.setattr(files.QFileDialog, "getSaveFileName", lambda *_: (str(record), ""))
    page.receipt.button.click()
    wait()
    assert record.read_bytes().startswith(b"%PDF")
    page.sealing.refresh()
    # closed here, and believed: of the next one nobody has said anything yet
    assert page.sealing.replacing.unsaid
    assert page.sealing.replacing._offered == [target]
    page.sealing.replacing.offer(target)
    again = desk.folder / "kota-2.asice"
    page.sealing.seal(again, target)
    wait()
    wait()
    with open_package(again) as opened:
        assert opened.manifest.previous == hashlib.sha256(target.read_bytes()).hexdigest()
    # by certificates of a training root
    assert [each.id for each in desk.said] == ["submission.replaces.practice"]
    desk.said.clear()
    page.take(target)
    wait()


def test_the_whole_journey_through_the_window(empty_desk, identity, monkeypatch):
    desk = empty_desk
    new_document(desk)
    agencies_and_people(desk)
    answers(desk)
    chapters(desk)
    programmes(desk)
    evidence(desk)
    check_to_zero_mandatory(desk, monkeypatch)
    books(desk)
    seal_sign_and_verify(desk, identity, monkeypatch)
    assert desk.said == []
    assert all(each.author == "Sari" for each in desk.session.workspace.recent())
