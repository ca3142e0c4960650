"""A verdict on a package that no open document explains: its signers have the package's own words."""

import hashlib
import json
import os
from dataclasses import replace
from itertools import count

import pytest
from PySide6.QtWidgets import QFrame, QLabel, QPushButton

from desktop.base import Language, LocalText, Message
from desktop.base.fingerprint import Match, words_of
from desktop.base.jobs import quiet
from desktop.submission import (
    Group,
    Reason,
    Verdict,
    VerdictKind,
    Weight,
    bounded,
    child,
    verify,
    verify_many,
)
from desktop.submission.called import with_titles
from desktop.submission.mark import Mark
from desktop.submission.quoting import as_said
from desktop.submission.signed import OWN_STAMPS, SHOWN_IN_BOX
from desktop.submission.verdict import UNASKED
from desktop.trust import Anchors
from desktop.ui import standings
from desktop.ui.helping.window import HelpWindow
from desktop.ui.pages import verdict as verdict_view
from desktop.ui.pages import verdict_saving
from desktop.ui.pages.package import verifying
from desktop.ui.pages.package.verifying import VerifyCard
from desktop.ui.pages.paper_words import PaperWords
from desktop.ui.pages.verdict import VerdictView
from desktop.ui.pages.verdict_files import FilesInside
from desktop.ui.pages.verdict_names import names
from desktop.ui.pages.verdict_saving import SaveReport
from desktop.ui.running import Runner
from desktop.ui.session import Session
from tests.submission.golden import KEPT, anchors
from tests.submission.making import NOW


def test_roles_are_called_what_the_package_calls_them(desk, monkeypatch):
    view = VerdictView(desk.session)
    desk.qtbot.addWidget(view)
    (signed,) = verify(KEPT / "half.asice", anchors(), NOW).signatures
    elder = replace(signed, role="elder", office="Tetua Kota")
    assert view._role(elder) != "elder"
    monkeypatch.setattr(Session, "is_open", False)
    assert desk.session.say(view._role(elder)) == "“Tetua Kota”"
    assert desk.session.say(view._role(replace(signed, role="stranger", office=""))) == "“stranger”"
    assert view._role(replace(signed, role="", office="")) == "\N{EM DASH}"


def texts(widget):
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget)]


def button(widget, text):
    return next(each for each in widget.findChildren(QPushButton) if each.text() == text)


@pytest.mark.slow
@pytest.mark.parametrize("foreign", [False, True])
def test_what_somebody_nobody_asked_calls_himself_is_told_as_his_own_word(desk, foreign):
    view = VerdictView(desk.session)
    desk.qtbot.addWidget(view)
    verdict = verify(KEPT / "signed.asice", anchors(), NOW)
    closing = next(each for each in verdict.signatures if not each.file)
    claimed = replace(closing, asked=False, office="", role="Menteri. Disetujui")
    note = (Reason(Weight.NOTE, Message("submission.note.foreign")),) if foreign else ()
    view.show_verdict(replace(verdict, signatures=(claimed,), reasons=note))
    said = texts(view)
    office = desk.session.say(Message("submission.signer.claims", office=claimed.role))
    assert len([each for each in said if office in each]) == 1
    assert (desk.session.say(UNASKED) in said) is not foreign, "there nobody asks for anybody"
    assert desk.session.say(Message("submission.report.claims")) in said


@pytest.mark.slow
def test_reasons_stand_by_what_they_are_about_with_what_to_do(desk):
    view = VerdictView(desk.session)
    desk.qtbot.addWidget(view)
    verdict = verify(KEPT / "half.asice", anchors(), NOW)
    view.show_verdict(verdict)
    said = texts(view)
    heads = [desk.session.say(group.message) for group in (Group.ADMINISTRATIVE, Group.NOTE)]
    places = [said.index(each) for each in heads]
    assert places == sorted(places)
    assert desk.session.say(Group.CRYPTOGRAPHIC.message) not in said
    missing = next(each for each in verdict.reasons if each.code == "missing.pdf_signature")
    place = said.index(desk.session.say(as_said(missing.message)))
    assert places[0] < place < places[1]
    assert said[place + 1] == desk.session.say(missing.remedy)
    assert desk.session.say(verdict.kind.meaning) in said


@pytest.mark.slow
def test_reasons_of_one_code_stand_in_one_box_with_what_to_do_once(desk):
    view = VerdictView(desk.session)
    desk.qtbot.addWidget(view)
    verdict = verify(KEPT / "signed.asice", anchors(), NOW)
    test = next(each for each in verdict.reasons if each.code == "note.test")
    other = Reason(Weight.NOTE, Message("submission.note.foreign"))
    several = [replace(test, message=Message("submission.note.test", holder=f"Orang {number}"))
               for number in range(15)]  # fmt: skip
    view.show_verdict(replace(verdict, reasons=(*several[:7], other, *several[7:])))
    said = texts(view)
    assert said.count(desk.session.say(test.remedy)) == 1
    assert len([each for each in said if "Orang " in each]) == 12
    assert desk.session.say(Message("ui.verdict.more", n=3)) in said
    assert [each.text() for each in view.findChildren(QPushButton)].count("note.test") == 1


@pytest.mark.slow
def test_the_code_makes_no_line_higher_and_an_empty_view_takes_no_room(desk):
    card = VerifyCard(desk.session, Runner(desk.session), lambda *_: None)
    desk.qtbot.addWidget(card)
    card.resize(700, 900)
    card.show()
    assert not card.view.isVisible()
    verdict = verify(KEPT / "half.asice", anchors(), NOW)
    few = replace(verdict, reasons=verdict.reasons[:1])
    card.view.show_verdict(few)
    desk.settle()
    assert card.view.isVisible()
    (box,) = (each for each in card.view.findChildren(QFrame) if each.property("look") == "aside")
    first, second = box.findChildren(QLabel)
    assert second.y() - first.geometry().bottom() < 8, "the remedy stands right below what it is for"


@pytest.mark.slow
def test_the_process_that_judged_waits_in_the_window_for_the_next_verdict(desk, tmp_path, monkeypatch):
    """Each job is a process of its own, with which all that it started ends: so this one is none."""
    started = []
    monkeypatch.setattr(bounded.VERDICTS, "start", lambda: started.append(child.Child()) or started[-1])
    path, seen = tmp_path / "paket.asice", []
    card = VerifyCard(desk.session, Runner(desk.session), lambda judged: seen.append(card.of(judged)))
    desk.qtbot.addWidget(card)
    monkeypatch.setattr(card, "_anchors", anchors)
    for name in ("half", "signed"):
        path.write_bytes((KEPT / f"{name}.asice").read_bytes())
        card.verify(path)
        desk.qtbot.waitUntil(lambda: not card.runner.running, timeout=60_000)
    assert VerdictKind.REFUSED not in {verdict.kind for verdict in seen}
    assert [len(seen), *(each.asked for each in started)] == [2, 2]
    bounded.VERDICTS.close()


@pytest.mark.slow
def test_a_verdict_is_of_one_state_of_a_file_and_of_no_later_one(desk, tmp_path, monkeypatch):
    page, path, other = desk.visit("package"), tmp_path / "paket.asice", KEPT / "signed.asice"
    card = page.verifying
    monkeypatch.setattr(card, "_anchors", anchors)
    path.write_bytes((KEPT / "half.asice").read_bytes())
    page.take(path)
    desk.qtbot.waitUntil(lambda: page.verdict is not None, timeout=60_000)
    first = page.verdict
    assert card.view.verdict is first
    assert page.signing._verdict(path) is first
    # another in its place, by whoever may write there
    path.write_bytes((KEPT / "signed.asice").read_bytes()[:-1])
    assert card.outdated
    assert page.verdict is page.signing._verdict(path) is None
    desk.visit("home")
    desk.visit("package")
    desk.settle()
    assert not card.view.isVisible() or card.view.verdict is not first
    desk.qtbot.waitUntil(lambda: page.verdict is not None, timeout=60_000)
    assert card.view.verdict is page.verdict
    assert page.verdict.kind is VerdictKind.REFUSED
    # whoever is believed no more is behind no verdict either
    shown = page.verdict
    monkeypatch.setattr(card, "_anchors", Anchors)
    page.refresh()
    assert page.verdict is None
    assert card.view.verdict is None
    desk.qtbot.waitUntil(lambda: page.verdict is not None, timeout=60_000)
    assert page.verdict is not shown
    # another is chosen while one is judged: its own verdict comes, and that of the one before is not shown
    path.write_bytes((KEPT / "half.asice").read_bytes())
    page.take(path)
    assert card.runner.running
    page.take(other)
    assert card.view.verdict is None
    desk.qtbot.waitUntil(lambda: page.verdict is not None, timeout=60_000)
    assert card.view.verdict is page.verdict
    assert page.verdict.file == other.name
    page.take(path)
    desk.qtbot.waitUntil(lambda: card.view.verdict is not None, timeout=60_000)
    # a stick that was pulled out: what was found of it may still be saved
    path.unlink()
    page.refresh()
    assert page.verdict is None
    assert card.view.verdict is not None
    assert not page.runner.running


@pytest.mark.slow
def test_a_drive_that_cannot_tell_files_apart_has_verdicts_for_one_look(desk, tmp_path, monkeypatch):
    page, path, numbers = desk.visit("package"), tmp_path / "paket.asice", count()
    card, begun = page.verifying, []
    changed = "7"

    def marks(path):
        facts = path.stat()
        return Mark(facts.st_size, facts.st_mtime_ns, f"1:{next(numbers)}:{changed}")

    for module in (verifying, standings):
        monkeypatch.setattr(module, "mark_at", marks)
    begin = page.runner.begin
    monkeypatch.setattr(page.runner, "begin", lambda *given: (begun.append(1), begin(*given)))
    monkeypatch.setattr(card, "_anchors", anchors)
    path.write_bytes((KEPT / "signed.asice").read_bytes())
    page.take(path)
    desk.known()
    desk.qtbot.waitUntil(lambda: page.verdict is not None, timeout=60_000)
    first = page.verdict
    assert first.kind is not VerdictKind.REFUSED
    page.refresh()
    desk.settle()
    assert (page.verdict, len(begun)) == (first, 1), "not judged without end"
    # another of the same size and time in its place, by whoever may write there
    facts = path.stat()
    path.write_bytes((KEPT / "signed.asice").read_bytes().replace(b"%PDF-", b"%PDG-"))
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    desk.visit("home")
    desk.visit("package")
    assert page.verdict is None
    desk.qtbot.waitUntil(lambda: page.verdict is not None, timeout=60_000)
    assert (page.verdict.kind, len(begun)) == (VerdictKind.REFUSED, 2)
    # a time of change that is another is no such drive's doing, whoever set the other one back
    changed = "8"
    assert page.verdict is None


def test_a_code_leads_to_its_place_in_the_help(desk):
    desk.visit("package")
    card = desk.window.findChild(VerifyCard)
    card.view.show_verdict(verify(KEPT / "half.asice", anchors(), NOW))
    button(card.view, "missing.pdf_signature").click()
    there = desk.window.findChild(HelpWindow)
    assert there._topic == "codes"
    assert there.text.textCursor().block().text() == "missing.pdf_signature"


def test_what_a_refused_file_says_of_its_signers_is_not_repeated(desk, tmp_path):
    view = VerdictView(desk.session)
    desk.qtbot.addWidget(view)
    path = tmp_path / "x.asice"
    path.write_bytes((KEPT / "signed.asice").read_bytes().replace(bytes(range(256)), bytes(256), 1))
    verdict = verify(path, anchors(), NOW)
    view.show_verdict(verdict)
    said = texts(view)
    assert desk.session.say(Message("submission.report.claims")) in said
    assert not [each for each in said if "Contoh Bupati" in each]
    assert view.findChild(FilesInside) is None


def test_what_one_person_signed_stands_together_under_the_names_of_the_documents(desk, monkeypatch):
    verdict = verify(KEPT / "signed.asice", anchors(), NOW)
    book = next(each.path for each in verdict.files if each.path.startswith("buku/"))
    first = next(each for each in verdict.signatures if each.file == book)
    twice = (*verdict.signatures, replace(first, file="books/I.id.pdf"))
    monkeypatch.setattr(verdict_view, "names", lambda *_: {"books/I.id.pdf": LocalText({"id": "Buku Satu"})})
    view = VerdictView(desk.session)
    desk.qtbot.addWidget(view)
    view.show_verdict(replace(verdict, signatures=twice))
    (together,) = [each for each in texts(view) if "Buku Satu" in each]
    assert together.startswith(f"\u201c{first.holder}\u201d")
    mark = desk.session.say(SHOWN_IN_BOX)
    assert together.endswith(f"\u201c{book}\u201d ({mark}), Buku Satu ({mark})")
    # what is shown there is told once, as a fact and no reason
    assert texts(view).count(desk.session.say(OWN_STAMPS)) == 1
    invisible = tuple(replace(each, own_stamp=False) for each in twice)
    view.show_verdict(replace(verdict, signatures=invisible))
    assert desk.session.say(OWN_STAMPS) not in texts(view)


def test_documents_are_called_by_the_guideline_of_the_open_document(desk):
    own, book = desk.plan.guideline, desk.session.pack.books[0]
    verdict = verify(KEPT / "signed.asice", anchors(), NOW)
    path = f"books/{book.id}.id.pdf"
    files = (*verdict.files, replace(verdict.files[0], path=path, role="book"))
    package = replace(verdict.package, guideline_id=own.id, guideline_version=own.version)
    named = names(desk.session, replace(verdict, files=files, package=package))
    assert named == {path: book.title}
    message = with_titles(Message("submission.missing.pdf_signature", file=path, role="Bupati"), named)
    assert message.params["file"] == book.title
    assert names(desk.session, replace(verdict, files=files)) == {}
    refused = replace(verdict, kind=VerdictKind.REFUSED, files=files, package=package)
    assert names(desk.session, refused) == {}


def test_the_files_inside_are_listed_when_asked_for(desk):
    view = VerdictView(desk.session)
    desk.qtbot.addWidget(view)
    verdict = verify(KEPT / "signed.asice", anchors(), NOW)
    view.show_verdict(verdict)
    files = view.findChild(FilesInside)
    assert files.list.isHidden()
    files.button.click()
    assert not files.list.isHidden()
    shown = [files.list.topLevelItem(row) for row in range(files.list.topLevelItemCount())]
    assert [(each.text(0), each.text(2)) for each in shown] == [
        (one.path, one.sha256) for one in verdict.files
    ]
    # every letter of a hash can be scrolled to
    header = files.list.header()
    assert header.sectionSize(2) >= files.list.fontMetrics().horizontalAdvance(verdict.files[0].sha256)
    files.button.click()
    assert files.list.isHidden()


@pytest.mark.parametrize(
    ("kind", "weight", "told"),
    [
        (VerdictKind.REFUSED, Weight.REFUSAL, Message("submission.limit.time", seconds=10)),
        (
            VerdictKind.VALID_WITH_NOTES,
            Weight.NOTE,
            Message("submission.note.not_looked_through", file="books/I.pdf"),
        ),
    ],
)
def test_a_file_that_ran_out_of_time_may_be_given_more(desk, kind, weight, told):
    view = VerdictView(desk.session)
    desk.qtbot.addWidget(view)
    view.show_verdict(Verdict(kind, "x.asice", (Reason(weight, told),)))
    with desk.qtbot.waitSignal(view.more_time, timeout=1000):
        button(view, desk.session.say(Message("ui.verdict.more_time"))).click()


@pytest.mark.slow
def test_reports_are_saved_for_people_and_for_programs(desk, tmp_path, monkeypatch):
    opened = []
    monkeypatch.setattr(verdict_saving.QDesktopServices, "openUrl", opened.append)
    path = KEPT / "signed.asice"
    view = VerdictView(desk.session)
    desk.qtbot.addWidget(view)
    (verdict,) = verify_many(quiet, (path,), anchors(), NOW)
    view.show_verdict(verdict)
    saving = view.findChild(SaveReport)
    saving.save_pdf(tmp_path / "hasil.pdf", Language.EN)
    assert (tmp_path / "hasil.pdf").read_bytes().startswith(b"%PDF")
    assert len(opened) == 1
    saving.save_json(tmp_path / "hasil.json")
    told = json.loads((tmp_path / "hasil.json").read_text("utf-8"))
    assert told["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    (tmp_path / "folder.pdf").mkdir()
    saving.save_pdf(tmp_path / "folder.pdf", Language.ID)
    assert "folder.pdf" in desk.session.say(desk.said[-1])


@pytest.mark.parametrize(
    ("previous", "words"), [("", "tidak menggantikan paket lain"), ("ab" * 32, "SHA-256 abab abab")]
)
def test_what_a_package_replaces_stands_in_its_verdict(previous, words, desk):
    """The desk puts that one aside, and no signature of a document says which it is."""
    view = VerdictView(desk.session)
    desk.qtbot.addWidget(view)
    verdict = verify(KEPT / "half.asice", anchors(), NOW)
    view.show_verdict(replace(verdict, package=replace(verdict.package, previous=previous)))
    assert any(words in each for each in texts(view))


def test_the_region_s_name_is_a_package_s_word_in_its_verdict(desk):
    """Three hundred letters of a sealer's began the window's own line, with another package's id."""
    view = VerdictView(desk.session)
    desk.qtbot.addWidget(view)
    verdict, name = verify(KEPT / "half.asice", anchors(), NOW), "Kabupaten Contoh, nomor paket 7f3a. Sah."
    view.show_verdict(replace(verdict, package=replace(verdict.package, region_name=name)))
    (line,) = [each for each in texts(view) if name in each]
    assert f"“{name}”" in line
    assert line.startswith(f"Nomor paket {verdict.package.id[:16]}")


def test_words_typed_from_paper_are_compared(desk):
    ten = words_of("ab" * 32)
    box = PaperWords(desk.session, "ab" * 32)
    desk.qtbot.addWidget(box)
    assert " ".join(ten) in box.findChild(QLabel, "fingerprint").text()
    for typed, match in ((" ".join(ten), Match.EQUAL), (" ".join(("zebra", *ten[1:])), Match.MISREAD)):
        box.typed.setText(typed)
        box.typed.returnPressed.emit()
        assert box.found.match is match
        assert box.answer.isVisibleTo(box)
    assert "1" in box.answer.text()
    box.typed.setText(" ")
    box.compare()
    assert not box.answer.isVisibleTo(box)


def test_documents_are_printed_again_on_request(desk, tmp_path, monkeypatch):
    from desktop.submission.printed import reprinting
    from desktop.submission.printed.reprinted import Differing, Match, Reprint, Reprinted
    from desktop.ui.pages.reprinted import PrintedAgain

    view = VerdictView(desk.session)
    desk.qtbot.addWidget(view)
    path = KEPT / "half.asice"
    verdict = verify(path, anchors(), NOW)
    view.show_verdict(verdict)
    assert view.findChild(PrintedAgain) is None, "nobody knows where it lies"
    view.show_verdict(verdict, path)
    again = view.findChild(PrintedAgain)
    asked = []

    def start(_self, done, work, *arguments):
        asked.append((work, arguments))
        places = (Differing(3, "7 miliar", "5 miliar"),)
        documents = (
            Reprinted("books/I.id.pdf", Match.SAME),
            Reprinted("books/II.id.pdf", Match.DIFFERENT, places, 4),
            Reprinted("books/III.id.pdf", Match.LOOK, pages=(2,), looks=1),
        )
        done(Reprint(documents, "0.1.0", "0.1.0"))

    monkeypatch.setattr(Runner, "start", start)
    again.button.click()
    assert asked == [(reprinting.reprint, (path, verdict.package.id, verdict.sha256))]
    said = "\n".join(texts(again))
    assert "7 miliar" in said
    assert "5 miliar" in said
    assert desk.session.say(Message("submission.reprint.more", n=3)) in said
    assert not again.found.agrees
    refused = replace(verdict, kind=VerdictKind.REFUSED)
    view.show_verdict(refused, path)
    assert view._again is None


def test_printing_again_ends_with_the_view(desk):
    from desktop.ui.pages.reprinted import PrintedAgain

    view = VerdictView(desk.session)
    desk.qtbot.addWidget(view)
    path = KEPT / "half.asice"
    view.show_verdict(verify(path, anchors(), NOW), path)
    again = view.findChild(PrintedAgain)
    again.begin()
    assert again.runner.running
    assert not again.button.isEnabled()
    view.stop()
    assert not again.runner.running
    assert again.button.isEnabled()


@pytest.mark.parametrize("office", ["Plt. Wali Kota", "Camat Sukamaju"])
def test_a_signer_is_called_as_the_package_calls_him(desk, office) -> None:
    """By the open document's guideline who only acts in an office held it."""
    view = VerdictView(desk.session)
    desk.qtbot.addWidget(view)
    verdict = verify(KEPT / "half.asice", anchors(), NOW)
    role = desk.session.pack.roles[0]
    (signed,) = verdict.signatures

    def called(said: str) -> str:
        one = replace(signed, role=role.id, office=said)
        view.show_verdict(replace(verdict, reasons=(), signatures=(one,)))
        return next(text for one in view.findChildren(QLabel) if signed.holder in (text := one.text()))

    assert office in called(office)
    label = role.label.texts[desk.session.speaker.language.value]
    assert label in called(next(iter(role.label.texts.values())))
    assert label in called("")
