"""How far packages are signed is read beside the window: nothing is held, flickers or is left behind."""

import os
import shutil
import threading
from dataclasses import replace
from types import SimpleNamespace

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QLabel

from desktop.base.bounded.limits import Limits
from desktop.base.jobs import quiet
from desktop.base.places import is_one
from desktop.submission import Verdict, VerdictKind, filled, seal
from desktop.submission import standing as reading
from desktop.submission.assembling import CannotReplace, _previous
from desktop.submission.elsewhere import Lying
from desktop.submission.frame.container import open_package
from desktop.submission.sealing import Sealed
from desktop.submission.standing import standing
from desktop.trust import Anchors
from desktop.ui import standings as module
from desktop.ui.pages import another
from desktop.ui.pages.package import signing
from desktop.ui.pages.package.replacing import Replacing
from desktop.ui.pages.package.said import Said
from desktop.ui.standings import Known, Standings, Unknown
from tests.submission.hogs import chain
from tests.submission.making import MAYOR, SECRETARY, draw_pdf, make_stage, seal_input
from tests.submission.test_standing import claims

WAIT = 30_000
READS = "Tanda tangan di dalam paket sedang dibaca…"


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    return make_stage(tmp_path_factory.mktemp("stage"))


class Slow:
    """In place of reading a package: takes until it is let go, and can be given up."""

    def __init__(self, monkeypatch):
        self.real, self.go_on = reading.standing, threading.Event()
        self.begun, self.ended, self.given_up, self.threads = [], [], [], set()
        monkeypatch.setattr(reading, "standing", self.read)

    def read(self, package, report, anchors):
        self.threads.add(threading.current_thread())
        self.begun.append(package)
        try:
            while not self.go_on.wait(0.005):
                report(0, 0, None)
            found = self.real(package, report, anchors)
        except BaseException:
            self.given_up.append(package)
            raise
        self.ended.append(package)
        return found


@pytest.fixture
def slow(monkeypatch):
    made = Slow(monkeypatch)
    yield made
    made.go_on.set()


@pytest.fixture
def page(desk, monkeypatch):
    """The page of the package, where nothing is verified."""
    page = desk.visit("package")
    monkeypatch.setattr(page.verifying, "verify", lambda _path: None)
    monkeypatch.setattr(page.signing, "signers", lambda: PEOPLE)
    return page


PEOPLE = [(MAYOR, "Bupati", "Contoh Bupati"), (SECRETARY, "Sekda", "Contoh Sekda")]


def remembered(desk, package):
    """Let it be one that the document was locked into."""
    workspace = desk.session.workspace
    with open_package(package) as opened:
        workspace.remember_package(package, opened.manifest.id, position=workspace.position)


def said(widget):
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisibleTo(widget)]


def presses(page):
    """Whose line can be pressed."""
    return [role for role, press in page.signing._presses.items() if press.isVisibleTo(page)]


@pytest.mark.slow
def test_the_window_goes_on_while_a_package_is_read_and_says_so_when_it_takes_long(desk, page, stage, slow):
    patience = Standings.of(desk.session)._patience
    patience.setInterval(60_000)
    page.take(stage.half)
    desk.qtbot.waitUntil(lambda: slow.begun == [stage.half], timeout=WAIT)
    desk.settle()
    assert slow.threads.isdisjoint({threading.main_thread()})
    assert page.signing.missing.text() != READS, "not for a moment"
    patience.start(0)
    desk.qtbot.waitUntil(lambda: page.signing.missing.text() == READS, timeout=WAIT)
    desk.settle()
    assert said(page.signing).count("Sedang dibaca…") == len(PEOPLE)
    assert presses(page) == [], "nobody knows yet who has signed"
    slow.go_on.set()
    desk.known()
    assert slow.begun == [stage.half]
    assert presses(page) == [SECRETARY]
    assert READS not in said(page)
    page.signing.refresh()
    assert presses(page) == [SECRETARY], "known at once"
    assert slow.begun == [stage.half]


@pytest.mark.slow
def test_what_is_read_in_a_moment_is_never_called_being_read(desk, page, stage, monkeypatch):
    monkeypatch.setattr(module, "GRACE", 60_000)
    Standings.of(desk.session)._patience.setInterval(60_000)
    told = []
    monkeypatch.setattr(
        page.signing,
        "_tell_missing",
        lambda real=page.signing._tell_missing: told.append(page.signing._reading) or real(),
    )
    for package in (stage.sealed, stage.half, stage.signed):
        page.take(package)
        desk.known()
    assert told == [False, False, False]
    assert presses(page) == []


@pytest.mark.slow
def test_a_page_that_was_left_hears_no_more_and_knows_when_it_comes_back(
    desk, page, stage, slow, monkeypatch
):
    other = shutil.copy(stage.half, desk.folder / "lain.asice")
    page.take(stage.half)
    Standings.of(desk.session).ask(other, page.signing)
    desk.visit("comments")
    shown = []
    with monkeypatch.context() as patch:
        patch.setattr(page.signing, "refresh", lambda: shown.append(1))
        slow.go_on.set()
        desk.qtbot.waitUntil(lambda: slow.ended == [stage.half], timeout=WAIT)
        desk.qtbot.waitUntil(lambda: not Standings.of(desk.session)._beside.running, timeout=WAIT)
        desk.settle()
    assert (shown, slow.begun) == ([], [stage.half]), "the other one is wanted no more"
    desk.visit("package")
    assert presses(page) == [SECRETARY]
    assert slow.begun == [stage.half], "known at once"


def test_a_document_that_is_closed_ends_the_reading(desk, page, stage, slow):
    page.take(stage.half)
    desk.qtbot.waitUntil(lambda: slow.begun == [stage.half], timeout=WAIT)
    thread = Standings.of(desk.session)._beside._run.thread
    desk.session.leave()
    standings = Standings.of(desk.session)
    assert not standings.busy
    assert not standings._patience.isActive()
    desk.qtbot.waitUntil(lambda: not thread.is_alive(), timeout=WAIT)
    assert slow.given_up == [stage.half]


def test_a_page_that_is_gone_is_not_told(desk, stage, slow):
    standings, gone = Standings.of(desk.session), QObject()
    standings.ask(stage.half, gone)
    heard = []
    standings.changed.connect(lambda: heard.append(1))
    shiboken6.delete(gone)
    slow.go_on.set()
    desk.known()
    assert not standings.busy


# -- what somebody asked for waits ------------------------------------------------------------------
@pytest.fixture
def asked(monkeypatch):
    """What was asked about the order; it is agreed to."""
    asked = []
    monkeypatch.setattr(signing, "confirm", lambda *given, careful: asked.append(given[2]) or True)
    return asked


@pytest.mark.slow
def test_signing_waits_for_who_comes_before(desk, page, stage, slow, asked):
    page.take(stage.sealed)
    begun = []
    page.signing._begin("*", begun.append)
    desk.qtbot.waitUntil(page.runner.isVisible, timeout=WAIT)
    assert page.runner._text.text() == READS
    assert (asked, begun) == ([], [])
    slow.go_on.set()
    desk.qtbot.waitUntil(lambda: begun == ["*"], timeout=WAIT)
    assert "Contoh Bupati" in asked[0].params["who"]
    assert not page.runner.isVisible()


@pytest.mark.slow
def test_waiting_can_be_given_up_and_the_page_still_learns_it(desk, page, stage, slow, asked):
    page.take(stage.half)
    begun = []
    page.signing._begin(SECRETARY, begun.append)
    desk.qtbot.waitUntil(page.runner.isVisible, timeout=WAIT)
    page.runner.cancel.click()
    assert not page.runner.running
    slow.go_on.set()
    desk.known()
    desk.settle()
    assert (asked, begun) == ([], [])
    assert presses(page) == [SECRETARY]


@pytest.mark.slow
def test_nobody_signs_again_where_the_signature_turns_out_to_be_there(desk, page, stage, slow, asked):
    page.take(stage.half)
    begun = []
    page.signing._begin(MAYOR, begun.append)
    slow.go_on.set()
    desk.known()
    desk.qtbot.waitUntil(lambda: not page.runner.running, timeout=WAIT)
    assert begun == []


@pytest.mark.slow
def test_what_was_asked_for_on_a_page_that_was_left_is_not_done(desk, page, stage, slow, asked):
    page.take(stage.half)
    begun = []
    page.signing._begin(SECRETARY, begun.append)
    desk.visit("comments")
    slow.go_on.set()
    desk.qtbot.waitUntil(lambda: not page.runner.running, timeout=WAIT)
    desk.settle()
    assert (asked, begun) == ([], [])


@pytest.mark.slow
def test_locking_waits_until_it_is_known_which_package_it_replaces(desk, page, stage, slow, monkeypatch):
    from desktop.ui.pages.package import sealing

    remembered(desk, stage.half)
    monkeypatch.setattr(sealing, "confirm", lambda *_: True)
    monkeypatch.setattr(sealing, "ask_save", lambda *_: desk.folder / "baru.asice")
    made = []
    monkeypatch.setattr(page.sealing, "seal", lambda _to, before, _id: made.append(before))
    Said.of(desk.session).say(stage.half)
    page.sealing.refresh()
    desk.qtbot.waitUntil(page.sealing.replacing.reading.isVisible, timeout=WAIT)
    assert not page.sealing.replacing.choice.isVisible()
    page.sealing.choose_target()
    desk.settle()
    assert made == []
    slow.go_on.set()
    desk.qtbot.waitUntil(lambda: made == [stage.half], timeout=WAIT)
    assert not page.sealing.replacing.reading.isVisible()
    assert page.sealing.replacing.choice.isVisible()


@pytest.mark.slow
def test_what_is_chosen_as_the_one_replaced_stays_and_is_asked_about(
    desk, page, stage, tmp_path, monkeypatch
):
    """Another package where one was locked was dropped, and the next one was locked as a first one."""
    from desktop.ui.pages.package import sealing

    package, asked, made = tmp_path / "usulan.asice", [], []
    shutil.copyfile(stage.sealed, package)
    remembered(desk, package)
    monkeypatch.setattr(sealing, "confirm", lambda *_: True)
    monkeypatch.setattr(sealing, "ask_save", lambda *_: desk.folder / "baru.asice")
    monkeypatch.setattr(page.sealing, "seal", lambda _to, before, _id: made.append(before))
    page.sealing.replacing.refresh()
    desk.known()
    # nothing of this document's is signed: what another copy knows of is chosen all the same
    assert page.sealing.replacing._other.isVisible()
    assert page.sealing.replacing.choice.placeholderText() == "Pilih dahulu"
    assert page.sealing.replacing.choice.currentIndex() == -1
    page.sealing.choose_target()
    desk.settle()
    assert [each.id for each in desk.said] == ["ui.package.replaces_unsaid"]
    desk.said.clear()
    shutil.copyfile(remade(tmp_path), package)
    page.sealing.replacing.offer(package)
    for answer in (False, True):
        monkeypatch.setattr(another, "confirm", lambda *told, _=answer, **_how: asked.append(told[2].id) or _)
        page.sealing.choose_target()
        desk.qtbot.waitUntil(lambda: not page.runner.running, timeout=WAIT)
        desk.settle()
    assert asked == ["ui.package.another_ask"] * 2
    assert made == [package]
    # nobody has closed what lies there: that is asked about by itself
    monkeypatch.setattr(sealing, "confirm", lambda *told: asked.append(told[2].id))
    page.sealing.choose_target()
    desk.qtbot.waitUntil(lambda: not page.runner.running, timeout=WAIT)
    desk.settle()
    assert asked[-1] == "submission.replaces.open"
    assert made == [package]
    # whatever signature somebody lays into what was locked with it, or takes out: it still follows that one
    new, renewed = tmp_path / "baru.asice", page.sealing.replacing
    for state in (stage.sealed, stage.half, stage.signed, stage.sealed):
        shutil.copyfile(state, new)
        page.sealing._on_sealed(Sealed(new, standing(new).id, 1, 1), package)
        for _ in range(2):
            renewed.refresh()
            desk.known()
        assert (renewed.chosen, renewed.unsaid) == (package, False)
        # a page that is made anew holds to it as well
        renewed = Replacing(desk.session)


@pytest.mark.slow
def test_what_this_document_offers_as_replaced_is_not_exchanged_in_silence(
    desk, page, stage, tmp_path, monkeypatch
):
    from desktop.ui.pages.package import sealing

    package, made = tmp_path / "usulan.asice", []
    shutil.copyfile(stage.half, package)
    remembered(desk, package)
    monkeypatch.setattr(sealing, "confirm", lambda *_: True)
    monkeypatch.setattr(sealing, "ask_save", lambda *_: desk.folder / "baru.asice")
    monkeypatch.setattr(page.sealing, "seal", lambda *given: made.append(given))
    replacing = page.sealing.replacing
    replacing.refresh()
    desk.known()
    replacing.refresh()
    assert (replacing._offered, replacing.chosen, replacing.unsaid) == ([package], None, True)
    replacing.choice.setCurrentIndex(1)
    replacing.choice.activated.emit(1)
    assert replacing.chosen == package
    shutil.copyfile(remade(tmp_path), package)
    page.sealing.choose_target()
    desk.qtbot.waitUntil(lambda: not page.runner.running, timeout=WAIT)
    desk.settle()
    assert [each.id for each in desk.said] == ["ui.package.replaces_changed"]
    assert made == []
    # what a person chose stays; chosen once more, it is what lies there by now, and is asked about
    assert replacing.chosen == package
    replacing.offer(tmp_path / "." / ".." / tmp_path.name / package.name)
    replacing.refresh()
    assert [each.name for each in replacing._offered] == [package.name]
    assert is_one(replacing.chosen, package)
    assert not replacing.exchanged
    # that there is none is a choice as well
    replacing.choice.setCurrentIndex(0)
    replacing.choice.activated.emit(0)
    shutil.copyfile(stage.half, package)
    replacing.refresh()
    desk.known()
    replacing.refresh()
    assert (replacing._offered, replacing.chosen, replacing.unsaid) == ([package], None, False)
    desk.session.closed.emit()
    assert replacing.unsaid, "it was said of another document"


@pytest.mark.slow
@pytest.mark.parametrize("over", ["", "buku.pdf"])
@pytest.mark.parametrize("kind", list(VerdictKind))
def test_a_choice_ends_by_a_verdict_that_the_signatures_over_the_whole_hold(
    desk, page, stage, tmp_path, monkeypatch, kind, over
):
    """It is handed in where an entry is open, too, and whoever closed it."""
    before, new = tmp_path / "lama.asice", tmp_path / "baru.asice"
    shutil.copyfile(stage.half, before)
    remembered(desk, before)
    shutil.copyfile(stage.signed, new)
    identity = standing(new).id
    page.sealing.replacing.offer(before)
    page.sealing._on_sealed(Sealed(new, identity, 1, 1), before)
    verdict = Verdict(kind, "", (), (SimpleNamespace(file=over),), SimpleNamespace(id=identity))
    monkeypatch.setattr(page.verifying, "of", lambda _path: verdict)
    page._on_verdict(new)
    desk.known()
    page.sealing.replacing.refresh()
    ended = not over and kind is not VerdictKind.REFUSED
    assert page.sealing.replacing.unsaid is ended
    assert page.sealing.replacing.chosen == (None if ended else before)
    # another choice that was made since is none of its business
    page.sealing.replacing.offer(before)
    page._on_verdict(new)
    assert page.sealing.replacing.chosen == before


@pytest.mark.slow
def test_that_the_first_one_was_the_first_nobody_has_said(desk, stage):
    """Closed by whom this computer does not know, as officials of an authority that is not installed are."""
    page = desk.visit("package")
    package = desk.folder / "paket.asice"
    shutil.copyfile(stage.sealed, package)
    page.sealing._on_sealed(Sealed(package, standing(package).id, 1, 1), None)
    assert page.sealing.replacing.unsaid
    assert page.sealing.replacing.chosen is None


@pytest.mark.slow
def test_a_choice_ends_where_what_was_locked_with_it_was_closed_elsewhere_or_is_gone(
    desk, page, stage, tmp_path
):
    new, replacing, standings = tmp_path / "baru.asice", page.sealing.replacing, Standings.of(desk.session)

    def ends(lies):
        if lies is None:
            new.unlink()
        else:
            shutil.copyfile(lies, new)
        for _ in range(2):
            replacing.refresh()
            desk.known()
        return replacing.unsaid

    shutil.copyfile(stage.sealed, new)
    remembered(desk, new)
    identity = standing(new).id
    for lies in (None, remade(tmp_path), stage.signed):
        shutil.copyfile(stage.sealed, new)
        Said.of(desk.session).say(None)
        page.sealing._on_sealed(Sealed(new, identity, 1, 1), None)
        assert not ends(stage.sealed)
        assert not ends(stage.signed), "nobody here believes who closed it"
        if lies == stage.signed:
            standings.believe(stage.anchors)
        assert ends(lies)


@pytest.mark.slow
def test_a_package_that_a_stranger_closed_is_asked_about_before_it_is_named(
    desk, page, stage, tmp_path, monkeypatch
):
    """Its signatures were taken out on the way, and a key of his own laid there instead."""
    from desktop.ui.pages.package import sealing

    package, asked, made, open_ = tmp_path / "usulan.asice", [], [], "ui.package.seal_draft"
    shutil.copyfile(stage.signed, package)
    monkeypatch.setattr(sealing, "confirm", lambda *told: asked.append(told[2].id) or told[2].id == open_)
    monkeypatch.setattr(sealing, "ask_save", lambda *_: desk.folder / "baru.asice")
    monkeypatch.setattr(page.sealing, "seal", lambda _to, before, _id: made.append(before))
    page.sealing.replacing.offer(package)
    for believed in (False, True):
        if believed:
            Standings.of(desk.session).believe(stage.anchors)
        page.sealing.choose_target()
        desk.qtbot.waitUntil(lambda: not page.runner.running, timeout=WAIT)
        desk.settle()
        assert [each for each in asked if each != open_] == ["submission.replaces.unbelieved"]
        assert made == [package] * believed


@pytest.mark.slow
def test_what_is_replaced_is_what_was_asked_about_before_a_place_was_chosen(
    desk, page, stage, tmp_path, monkeypatch
):
    """The system's dialog stands open for minutes, and the window goes on below it."""
    from desktop.ui.pages.package import sealing

    package, begun = tmp_path / "usulan.asice", []
    shutil.copyfile(stage.half, package)
    remembered(desk, package)
    asked_about = standing(package).id
    page.sealing.replacing.offer(package)
    desk.known()
    page.sealing.replacing.refresh()

    def exchanged(*_):
        shutil.copyfile(remade(tmp_path), package)
        page.sealing.replacing.refresh()
        desk.known()
        page.sealing.replacing.refresh()
        return desk.folder / "baru.asice"

    monkeypatch.setattr(sealing, "confirm", lambda *_: True)
    monkeypatch.setattr(sealing, "ask_save", exchanged)
    monkeypatch.setattr(page.runner, "start", lambda *given: begun.append(given[-3:-1]))
    page.sealing.choose_target()
    desk.settle()
    assert begun == [(package, asked_about)]
    with pytest.raises(CannotReplace):
        _previous(quiet, package, asked_about, desk.plan, None)


def remade(folder):
    """Another package of the same region, signed by nobody."""
    path = folder / "lain.asice"
    seal(quiet, seal_input(files=seal_input().files[:-1]), path)
    return path


@pytest.mark.slow
def test_for_whom_documents_go_out_is_asked_when_it_is_known(desk, page, stage, slow, monkeypatch):
    from desktop.ui.pages import elsewhere

    offered = []
    monkeypatch.setattr(
        elsewhere, "ForWhom", lambda _session, people, _parent: offered.append(people) or Refusing()
    )
    page.take(stage.half)
    page.signing.elsewhere._choose_folder()
    desk.settle()
    assert offered == []
    slow.go_on.set()
    desk.qtbot.waitUntil(lambda: bool(offered), timeout=WAIT)
    assert [role for role, _ in offered[0]] == [SECRETARY]


class Refusing:
    """A dialog that is closed at once."""

    def exec(self):
        return 0


# -- the page Home ----------------------------------------------------------------------------------
@pytest.mark.slow
def test_another_package_in_the_place_of_the_locked_one_is_told_before_anybody_signs_it(
    desk, page, stage, tmp_path, asked, monkeypatch
):
    """Its words on paper may be the same: the number of the locked one stands in this document alone."""
    package = tmp_path / "usulan.asice"
    shutil.copyfile(stage.sealed, package)
    remembered(desk, package)
    page.take(package)
    desk.known()
    assert not any("terletak paket lain" in each for each in said(page))
    with open_package(package) as opened:
        ours = opened.manifest.id
    replaced = seal(quiet, seal_input(files=seal_input().files[:-1]), package).id
    assert replaced != ours
    page.refresh()
    desk.known()
    page.refresh()
    assert any("terletak paket lain: “usulan.asice”" in each for each in said(page))
    answers = []
    monkeypatch.setattr(another, "confirm", lambda *told, **_: answers.append(told[2]) or False)
    page.signing._begin(SECRETARY, asked.append)
    desk.known()
    page.signing.elsewhere._choose_folder()
    assert [each.id for each in answers] == ["ui.package.another_ask"] * 2
    os.link(package, tmp_path / "lewat jalan lain.asice")
    found = page.signing._standing
    assert another.another_there(desk.session, tmp_path / "lewat jalan lain.asice", found)
    assert another.another_there(desk.session, stage.sealed, found) is None
    assert asked == []
    # a colleague has the document open: it remembers all the same, but not what is locked meanwhile
    monkeypatch.setattr(type(desk.session), "read_only", property(lambda _: True))
    assert another.another_there(desk.session, package, found)
    spoken = []
    desk.session.told.connect(spoken.append)
    page.sealing._on_sealed(Sealed(package, found.id, 1, 1))
    assert spoken[0].id == "ui.package.not_noted"
    assert another.another_there(desk.session, package, found) is None
    assert another.another_there(desk.session, package, replace(found, id="of a third"))
    monkeypatch.setattr(type(desk.session), "read_only", property(lambda _: False))
    page.sealing._on_sealed(Sealed(package, found.id, 1, 1))
    assert another.another_there(desk.session, package, replace(found, id="the earlier one put back"))
    desk.session.workspace.remember_package(package, "d" * 64, position=0)
    Standings.of(desk.session).locked[package] = found.id
    Standings.of(desk.session).forget()
    assert another.another_there(desk.session, package, found), "it was another document's"


@pytest.mark.slow
def test_what_was_asked_about_is_what_is_looked_at_and_what_goes_out(desk, page, stage, asked, monkeypatch):
    """Minutes may pass between the question and the look: a key file, a password, a folder."""
    page.take(stage.sealed)
    desk.known()
    looked, begun, card = [], [], page.signing
    monkeypatch.setattr(card.by_key.looking, "at", lambda what, *_: looked.append(what.identity))
    monkeypatch.setattr(page.runner, "start", lambda *given: begun.append(given))
    found = card._standing

    def choose(role):
        card._standing = replace(found, id="another")
        card.by_key.look(role, None)

    card._begin(MAYOR, choose)
    card.elsewhere.export(desk.folder, MAYOR, found.id)
    begun[-1][0](Lying((), ()))
    assert (looked, begun[-1][-1]) == ([found.id], found.id)
    assert another.asked_id(None), "what could not be read then is looked at by no other id either"


@pytest.mark.slow
def test_home_tells_of_a_package_when_it_is_read(desk, stage, slow):
    remembered(desk, stage.half)
    desk.session.check_now()
    home = desk.visit("home")
    home.mark_stale()
    desk.qtbot.waitUntil(lambda: READS in said(home.packages), timeout=WAIT)
    assert home.packages.missing.isHidden()
    assert "seal" not in {each.kind for each in home.steps.shown or ()}
    slow.go_on.set()
    desk.qtbot.waitUntil(
        lambda: any(text.startswith("Menunggu 2 tanda tangan") for text in said(home.packages)), timeout=WAIT
    )
    assert READS not in said(home.packages)


# -- what lies there --------------------------------------------------------------------------------
def ask(desk, package):
    standings = Standings.of(desk.session)
    if isinstance(standings.ask(package, desk.window), Unknown):
        desk.known()
    answer = standings.ask(package, desk.window)
    assert isinstance(answer, Known)
    return answer.standing


def test_a_package_that_was_written_anew_is_read_anew(desk, stage, tmp_path):
    package = tmp_path / "paket.asice"
    assert ask(desk, package) is None, "nothing is there"
    shutil.copy(stage.sealed, package)
    assert ask(desk, package).signed == frozenset()
    shutil.copy(stage.half, package)
    assert ask(desk, package).signed == {MAYOR}
    package.write_bytes(b"PK nothing")
    assert ask(desk, package) is None


def test_one_written_while_it_is_read_is_read_again(desk, stage, tmp_path, slow):
    package = tmp_path / "paket.asice"
    shutil.copy(stage.sealed, package)
    standings = Standings.of(desk.session)
    standings.ask(package, desk.window)
    desk.qtbot.waitUntil(lambda: slow.begun == [package], timeout=WAIT)
    os.utime(package, (1, 1))
    slow.go_on.set()
    desk.known()
    assert slow.ended == [package, package]


def test_a_drive_that_tells_other_numbers_each_time_is_not_asked_without_end(
    desk, stage, tmp_path, monkeypatch
):
    from itertools import count

    from desktop.submission.mark import Mark

    numbers = count()
    facts = stage.half.stat()
    monkeypatch.setattr(
        module, "mark_at", lambda _: Mark(facts.st_size, facts.st_mtime_ns, str(next(numbers)))
    )
    assert ask(desk, stage.half).signed == {MAYOR}


def test_where_the_time_differs_too_somebody_writes_and_the_drive_is_not_to_blame(desk, stage, monkeypatch):
    from itertools import count

    from desktop.submission.mark import Mark

    times, standings = count(), Standings.of(desk.session)
    monkeypatch.setattr(module, "mark_at", lambda _: Mark(1, next(times), "1:1:1"))
    standings.ask(stage.half, desk.window)
    desk.known()
    assert not standings.restless
    assert isinstance(standings.ask(stage.half, desk.window), Unknown)
    standings.drop(desk.window)


def test_what_breaks_while_it_is_read_is_told_once_and_read_no_second_time(desk, stage, monkeypatch):
    standings, broken = Standings.of(desk.session), []

    def breaks(_package, _report, _anchors):
        broken.append(1)
        raise ZeroDivisionError

    monkeypatch.setattr(reading, "standing", breaks)
    with desk.qtbot.captureExceptions() as caught:
        assert ask(desk, stage.half) is None
        desk.settle()
    assert [each[0] for each in caught] == [ZeroDivisionError]
    assert broken == [1]
    assert not standings.busy


@pytest.mark.slow
def test_a_hostile_package_ends_in_bounds_and_holds_nobody(desk, page, stage, tmp_path, monkeypatch):
    monkeypatch.setattr(filled, "_LIMITS", Limits(0.3))
    book = draw_pdf(1)
    package = claims(stage, tmp_path, book + chain(len(book)))
    beats = []
    beat = QTimer(page, interval=10)
    beat.timeout.connect(lambda: beats.append(1))
    beat.start()
    page.take(package)
    desk.known()
    beat.stop()
    assert len(beats) > 5
    assert presses(page) == [MAYOR, SECRETARY], "what nobody could read is no signature"


@pytest.mark.slow
def test_who_is_believed_by_now_is_asked_whenever_the_page_is_seen(desk, page, stage, tmp_path, monkeypatch):
    """A root taken in, or taken out, since a closed package was read."""
    package = shutil.copyfile(stage.signed, tmp_path / "usulan.asice")

    def believed():
        page.verifying.refresh()
        assert not Standings.of(desk.session).all_known([package], page)
        desk.known()
        return Standings.of(desk.session).ask(package, page).standing.believed

    answers = []
    for anchors in (Anchors(), stage.anchors, Anchors()):
        monkeypatch.setattr("desktop.trust.load_anchors", lambda *_, by=anchors: by)
        monkeypatch.setattr("desktop.trust.anchors.load_anchors", lambda *_, by=anchors: by)
        answers.append(believed())
    assert answers == [False, True, False]
    page.verifying.refresh()
    assert Standings.of(desk.session).all_known([package], page), "nothing is read again for the same"


@pytest.mark.parametrize("agreed", [True, False])
def test_that_it_is_the_first_is_asked_even_where_no_other_is_known(desk, tmp_path, monkeypatch, agreed):
    """One may have been locked on another computer, or out of a newer state of the file."""
    from desktop.ui.pages.package import sealing

    page, asked, made = desk.visit("package"), [], []
    monkeypatch.setattr(sealing, "confirm", lambda *told: asked.append(told[2].id) or agreed)
    monkeypatch.setattr(sealing, "ask_save", lambda *_: tmp_path / "baru.asice")
    monkeypatch.setattr(page.sealing, "seal", lambda _to, before, _id: made.append(before))
    assert page.sealing.replacing.choice.currentIndex() == -1
    page.sealing.choose_target()
    desk.settle()
    assert asked[0] == "ui.package.replaces_first"
    assert made == [None] * agreed
    assert page.sealing.replacing.unsaid is not agreed
    if not agreed:
        assert [each.id for each in desk.said] == ["ui.package.replaces_unsaid"]
