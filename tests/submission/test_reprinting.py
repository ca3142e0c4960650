"""The documents of a package printed again from its data: the same bytes, or page and words that differ."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.base import Language, Message, RancangError, render
from desktop.base.jobs import quiet
from desktop.submission import assembling, reprinting, seal
from desktop.submission.comparing import Looker
from desktop.submission.container import open_package
from desktop.submission.limits import PATIENT
from desktop.submission.pdf.fields import with_fields
from desktop.submission.reprinting import CannotReprint, Match, Reprint, reprint
from desktop.workspace import Author, Workspace
from desktop.workspace.plan_from_data import plan_from_data
from tests.cli.calling import Caller
from tests.submission.making import seal_input
from tests.submission.towns import make_town, pack_by_sheet


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Path:
    return make_town(tmp_path_factory.mktemp("town"), "Kota Hijau", pack_by_sheet())


@pytest.fixture(scope="module")
def sealed(town) -> Path:
    return assembling.seal_workspace(quiet, town, town.with_name("a.asice"), ("id", "en")).path


def told(package: Path) -> Reprint:
    """What is found, in this process."""
    with open_package(package) as opened:
        id_ = opened.manifest.id
    found = reprinting._Reprinting(package, id_, PATIENT).run(quiet)
    assert "cannot" not in found, found
    return msgspec.convert(found, Reprint)


def test_every_document_is_found_again_to_the_byte(sealed):
    with open_package(sealed) as opened:
        found = reprint(quiet, sealed, opened.manifest.id)
    assert {one.match for one in found.documents} == {Match.SAME}
    assert len(found.documents) > 1
    assert found.agrees
    assert "persis" in render(found.message, Language.ID)


def lie(monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    """Documents of another plan than the data: printed by our own program."""

    def other(data: Any) -> Any:
        return dataclasses.replace(plan_from_data(data), **changes)

    monkeypatch.setattr("desktop.workspace.plan_from_data.plan_from_data", other)


@pytest.fixture(scope="module")
def lying(town) -> Path:
    with pytest.MonkeyPatch.context() as patched:
        lie(patched, last_year=2031)
        return assembling.seal_workspace(quiet, town, town.with_name("b.asice")).path


def test_a_document_that_says_something_else_is_shown_with_page_and_words(lying):
    found = told(lying)
    assert not found.agrees
    assert found.message.id == "submission.reprint.not_all"
    place = next(one for one in found.documents if one.match is Match.DIFFERENT).places[0]
    assert place.page == 1
    assert "2031" in place.printed
    assert "2029" in place.data
    assert "2031" in render(place.message, Language.EN)


def test_another_edition_that_draws_otherwise_is_read_by_its_words(sealed, monkeypatch):
    with open_package(sealed) as opened:
        version = opened.manifest.application.version
    monkeypatch.setattr("desktop.__version__", "99.0")
    monkeypatch.setattr("desktop.submission.sealing.with_fields", lambda *given: with_fields(*given) + b"\n%")
    found = told(sealed)
    assert {one.match for one in found.documents} <= {Match.SAME, Match.WORDS}
    assert found.agrees
    assert (found.sealed_by, found.own) == (version, "99.0")


def test_of_another_edition_it_is_said_that_differences_may_come_from_it(sealed, monkeypatch):
    monkeypatch.setattr("desktop.__version__", "99.0")
    lie(monkeypatch, last_year=2031)
    assert told(sealed).message.id == "submission.reprint.other_edition"


def test_a_finding_set_aside_whose_sentence_stays_at_home_is_no_difference(town, tmp_path):
    path = tmp_path / "aside.rancang"
    path.write_bytes(town.read_bytes())
    with Workspace.open(path, author=Author("Sari")) as workspace:
        with workspace.operation(Message("workspace.label.set_aside")) as op:
            op.set_aside("comments.open:x", "Sudah dibahas", "Sari")
        plan, pack = workspace.plan(), workspace.pack()
    found = reprinting._findings(plan, pack)
    (aside,) = [one for one in found.set_aside if one.finding.key == "comments.open:x"]
    assert aside.finding.message is reprinting.UNRECORDED
    sentence = render(reprinting.UNRECORDED, Language.ID)
    printed = [(1, word) for word in ["1", "Catatan", "terbuka.", "Sudah"]]
    again = [(1, word) for word in f"1 {sentence} Sudah".split()]
    words = {b"old": printed, b"new": again}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reprinting, "_words", words.__getitem__)
        assert list(reprinting._differing(b"old", b"new")) == []


def test_what_is_no_plan_is_told(tmp_path):
    package = tmp_path / "a.asice"
    seal(quiet, seal_input(), package)
    with open_package(package) as opened:
        id_ = opened.manifest.id
    with pytest.raises(CannotReprint) as told_:
        reprint(quiet, package, id_)
    assert "tidak dapat dicetak ulang" in render(told_.value.message, Language.ID)
    with pytest.raises(RancangError):
        reprint(quiet, tmp_path / "none.asice", id_)


def test_another_package_than_the_one_verified_is_not_printed(sealed):
    found = reprinting._Reprinting(sealed, "0" * 64, PATIENT).run(quiet)
    assert Message.from_json(found["cannot"]).id == "submission.file.changed"


def test_the_command_prints_again_and_says_where_it_differs(sealed, lying, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(Looker, "ask", lambda _self, look: look.run(quiet))  # the process is tested above
    call = Caller(capsys)
    said = call("verify", sealed, "--reprint", language="id")
    assert said.code == 1, "not signed yet"
    assert "persis seperti yang dicetak" in said.out
    said = call("verify", lying, "--reprint")
    assert "ask the region for an explanation" in said.out
    assert 'printed "' in said.out
    record = call("verify", lying, "--reprint", json=True).records[-1]
    assert (record["kind"], record["agrees"]) == ("reprint", False)
    (tmp_path / "none.asice").write_bytes(b"PK")
    said = call("verify", tmp_path / "none.asice", "--reprint")
    assert "not proven to be whole" in said.out
