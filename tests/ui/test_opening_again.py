"""The button that opens a closed package again, as a person meets it."""

import pytest

from desktop.base.jobs import quiet
from desktop.submission import sign_container
from desktop.submission.standing import standing
from desktop.trust import Anchors, P12Key, make_test_identity
from desktop.ui.pages.package import opening_again
from tests.submission import making
from tests.submission.making import NOW, TEAM

PASSWORD = "rahasia"


@pytest.fixture
def package(desk, tmp_path):
    """A package that somebody closed with a key of his own making."""
    package = desk.folder / "paket.asice"
    making.seal(quiet, making.seal_input(), package)
    made = make_test_identity(tmp_path / "id", {TEAM: "Contoh Tim"}, PASSWORD, now=NOW)
    key = P12Key(made.signers[TEAM].path, PASSWORD)
    sign_container(quiet, package, package, key, TEAM, Anchors(), NOW)
    return package


@pytest.fixture
def page(desk, package, monkeypatch):
    page = desk.visit("package")
    monkeypatch.setattr(page.verifying, "verify", lambda *_: None)
    page.take(package)
    desk.qtbot.waitUntil(lambda: page.signing.known)
    page.signing.refresh()
    return page


@pytest.mark.slow
@pytest.mark.parametrize("agreed", [True, False])
def test_a_closed_package_is_opened_where_that_is_wanted(desk, page, package, monkeypatch, agreed):
    opening, asked, before = page.signing.opening, [], package.read_bytes()
    assert opening.isVisibleTo(page)

    def confirm(_parent, session, question, _action, *, careful):
        asked.append((session.say(question), careful))
        return agreed

    monkeypatch.setattr(opening_again, "confirm", confirm)
    told = []
    desk.session.told.connect(lambda message: told.append(desk.session.say(message)))
    opening.button.click()
    desk.qtbot.waitUntil(lambda: bool(asked) and not page.runner.running)
    ((said, careful),) = asked
    assert careful, "Enter alone changes nothing"
    assert "“paket (tanggal dan jam).asice”" in said
    assert "tidak dipercaya di komputer ini" in said
    beside = list(package.parent.glob("paket (*.asice"))
    assert standing(package).closed is not agreed
    if not agreed:
        assert (beside, package.read_bytes()) == ([], before)
        return
    assert [each.read_bytes() for each in beside] == [before]
    assert [beside[0].name in each for each in told] == [True]
    desk.qtbot.waitUntil(lambda: page.signing.known)
    page.signing.refresh()
    assert not opening.isVisibleTo(page), "there is nothing to open any more"


@pytest.mark.slow
def test_another_package_in_its_place_is_not_opened(desk, page, package, monkeypatch):
    """It may have been exchanged while the question was in view."""
    opening = page.signing.opening
    monkeypatch.setattr(opening_again, "confirm", lambda *_, careful: True)
    monkeypatch.setattr(opening_again, "asked_id", lambda _: "0" * 32)
    before = package.read_bytes()
    opening.button.click()
    desk.qtbot.waitUntil(lambda: bool(desk.said) and not page.runner.running)
    assert package.read_bytes() == before
