"""Timestamps in the window: an address, a button that asks, and whatever comes of it told."""

from __future__ import annotations

import shutil

import pytest

from desktop.base import Message, clock
from desktop.base.jobs import quiet
from desktop.submission import seal, sign_container
from desktop.submission.extending import Extended
from desktop.trust.anchors import AnchorClass, Anchors
from desktop.ui.pages.package import stamping
from tests.authority import running
from tests.submission.making import TEAM, seal_input


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    with running(tmp_path_factory.mktemp("authority")) as found, found.clock(clock.now()):
        yield found


@pytest.fixture(scope="module")
def anchors(authority):
    anchors = Anchors().plus(*authority.pem("root"))
    return anchors.plus(*authority.pem("time-root"), purpose=AnchorClass.TIMESTAMP)


@pytest.fixture(scope="module")
def signed(authority, anchors, tmp_path_factory):
    path = tmp_path_factory.mktemp("signed") / "paket.asice"
    seal(quiet, seal_input(files=seal_input().files[1:]), path)
    sign_container(quiet, path, path, authority.key("team"), TEAM, anchors, clock.now())
    return path


@pytest.fixture
def page(desk, anchors, signed, tmp_path, monkeypatch):
    page = desk.visit("package")
    monkeypatch.setattr(page.verifying, "_anchors", lambda: anchors)
    page._hold(shutil.copyfile(signed, tmp_path / "paket.asice"))
    return page


def ended(desk, page):
    desk.qtbot.waitUntil(lambda: not page.runner.running, timeout=60_000)


def address(page, text):
    page.stamping.address.setText(text)
    page.stamping.address.editingFinished.emit()


@pytest.mark.slow
def test_without_an_address_nobody_is_asked(desk, page):
    assert not page.stamping.press.isEnabled()
    address(page, "tsa.contoh.go.id")
    assert len(desk.said) == 1
    assert not page.stamping.press.isEnabled()
    assert desk.session.settings.timestamp_service == ""


@pytest.mark.slow
def test_the_package_gets_its_timestamp_and_the_verdict_says_so(desk, page, authority):
    address(page, f"  {authority.tsa()}  ")
    assert desk.session.settings.timestamp_service == authority.tsa()
    page.stamping.press.click()
    ended(desk, page)
    ended(desk, page)
    (signature,) = page.verdict.signatures
    assert signature.proven_by == "Contoh tsa"
    assert desk.said == []


def test_all_that_is_noted_is_told(desk, page, monkeypatch):
    told = []
    monkeypatch.setattr(stamping, "tell_all", lambda _card, _session, _head, notes: told.append(notes))
    monkeypatch.setattr(page.stamping, "_verify", lambda _path: None)
    notes = tuple(Message("submission.note.other_document", file=name) for name in "ab")
    page.stamping._on_stamped(Extended(page.package, (), notes))
    assert told == [notes]


@pytest.mark.slow
def test_giving_up_leaves_the_package_alone(desk, page, authority):
    before = page.package.read_bytes()
    address(page, authority.fault("slow"))
    page.stamping.press.click()
    assert page.runner.running
    page.runner.cancel.click()
    assert not page.runner.running
    assert page.package.read_bytes() == before


@pytest.mark.slow
def test_an_authority_that_is_wrong_is_told(desk, page, authority):
    before = page.package.read_bytes()
    address(page, authority.fault("html"))
    page.stamping.press.click()
    ended(desk, page)
    assert len(desk.said) == 1
    assert page.package.read_bytes() == before
