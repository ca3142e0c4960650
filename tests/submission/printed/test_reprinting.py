"""The documents of a package printed again from its data: the same bytes, or page and words that differ."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import os
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.base import Language, Message, RancangError, render
from desktop.base.bounded.limits import PATIENT
from desktop.base.jobs import quiet
from desktop.books.compose import compose
from desktop.books.pdf import render_pdf
from desktop.books.printing import print_books
from desktop.submission import assembling, seal
from desktop.submission.assembling import book_file
from desktop.submission.frame.container import open_package
from desktop.submission.manifest import Manifest, SignedFile
from desktop.submission.pdf.fields import boxes_in, with_fields
from desktop.submission.printed import reprinting
from desktop.submission.printed.printed_from import UNRECORDED, printable
from desktop.submission.printed.reprinted import Differing, Match, Reprint, Reprinted
from desktop.submission.printed.reprinting import CannotReprint, reprint
from desktop.submission.refusal import Refused
from desktop.submission.returning import words_apart
from desktop.submission.returning.comparing import Looker, NotFinished
from desktop.submission.sealing import with_places
from desktop.workspace import Author, Workspace
from desktop.workspace.plan_data import plan_data
from desktop.workspace.plan_from_data import plan_from_data
from tests.books import plans
from tests.cli.calling import Caller
from tests.submission.golden_sheet import KEPT
from tests.submission.making import seal_input
from tests.submission.towns import make_town, pack_by_sheet


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Path:
    return make_town(tmp_path_factory.mktemp("town"), "Kota Hijau", pack_by_sheet())


@pytest.fixture(scope="module")
def sealed(town) -> Path:
    return assembling.seal_workspace(quiet, town, town.with_name("a.asice"), ("id", "en")).path


def digest_of(package: Path) -> str:
    return hashlib.sha256(package.read_bytes()).hexdigest()


def told(package: Path) -> Reprint:
    """What is found, in this process."""
    with open_package(package) as opened:
        id_ = opened.manifest.id
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Looker, "ask", lambda _self, look: look.run(quiet))
        reprinting._printables.clear()
        return reprint(quiet, package, id_, digest_of(package))


def test_every_document_is_found_again_to_the_byte(sealed):
    with open_package(sealed) as opened:
        found = reprint(quiet, sealed, opened.manifest.id, digest_of(sealed))
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


@pytest.mark.slow
def test_a_document_that_says_something_else_is_shown_with_page_and_words(lying):
    found = told(lying)
    assert not found.agrees
    assert found.message.id == "submission.reprint.not_all"
    place = next(one for one in found.documents if one.match is Match.DIFFERENT).places[0]
    assert place.page == 1
    assert "2031" in place.printed
    assert "2029" in place.data
    assert "2031" in render(place.message, Language.EN)


@pytest.mark.slow
def test_a_document_written_anew_is_read_and_looked_at(sealed, monkeypatch):
    monkeypatch.setattr("desktop.submission.sealing.with_fields", lambda *given: with_fields(*given) + b"\n%")
    found = told(sealed)
    assert {one.match for one in found.documents} == {Match.SAME, Match.ALIKE}
    assert not found.agrees, "nobody wrote it anew, and one drawing is not every program's"
    anew = tuple(dataclasses.replace(one, anew=True) for one in found.documents)
    found = dataclasses.replace(found, documents=anew)
    assert found.agrees
    assert found.message.id == "submission.reprint.all_alike"
    # drawn as services may, and as other programs may show otherwise: no accusation, but no praise
    odd = tuple(dataclasses.replace(one, unusual="/Contents") for one in anew)
    found = dataclasses.replace(found, documents=odd)
    assert found.agrees
    assert found.message.id == "submission.reprint.all_alike_here"
    sentences = {one.message.id for one in odd if one.match is Match.ALIKE}
    assert sentences == {"submission.reprint.alike_here"}


def covered(package: Path, target: Path, *, in_box: bool = False) -> Path:
    """The same package with a sheet of white over half of one unsigned page: every word is still there.

    ``in_box``: with a bar at a place to sign instead, where nobody has signed yet.
    """
    import pikepdf

    def cover(data: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(data)) as document:
            if in_box:
                box = next(iter(boxes_in(data).values()))
                drawn = f"q 0 g {box.left + 20} {box.bottom + 20} 60 9 re f Q".encode()
                document.pages[box.page].contents_add(drawn, prepend=False)
            else:
                document.pages[0].contents_add(b"q 1 g 0 400 600 400 re f Q", prepend=False)
            out = io.BytesIO()
            document.save(out)
        return out.getvalue()

    def covering(*given: Any, **more: Any) -> Any:
        printed = list(print_books(*given, **more))
        place = next(i for i, one in enumerate(printed) if bool(one.boxes) is in_box)
        data = printed[place].data
        if in_box:
            file = with_places(book_file(printed[place], *given[1:3]))
            made = dataclasses.replace(file, content=cover(file.data))

            def bent(one: Any, *more: Any) -> Any:
                return made if one is printed[place] else book_file(one, *more)

            patched.setattr(assembling, "book_file", bent)
        else:
            printed[place] = dataclasses.replace(printed[place], data=cover(data))
        return tuple(printed)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(assembling, "print_books", covering)
        return assembling.seal_workspace(quiet, package, target).path


@pytest.mark.slow
def test_what_is_covered_is_no_agreement(town, tmp_path, monkeypatch):
    package = covered(town, tmp_path / "a.asice")
    found = told(package)
    (one,) = [one for one in found.documents if one.match is not Match.SAME]
    assert (one.match, one.pages, one.looks) == (Match.LOOK, (1,), 1)
    assert not found.agrees
    assert found.message.id == "submission.reprint.not_all"
    assert "1" in render(one.look_message, Language.ID)
    monkeypatch.setattr(reprinting, "EDITION", 99)
    assert told(package).message.id == "submission.reprint.other_edition"
    assert not told(package).agrees, "the version is the sealer's word"


@pytest.mark.slow
def test_what_is_drawn_at_an_empty_place_to_sign_is_no_agreement(town, tmp_path):
    found = told(covered(town, tmp_path / "a.asice", in_box=True))
    (one,) = [one for one in found.documents if one.match is not Match.SAME]
    assert (one.match, one.looks) == (Match.LOOK, 1)
    assert not found.agrees


@pytest.mark.slow
def test_what_lies_in_the_package_counts_and_not_what_was_sealed(sealed, lying, monkeypatch):
    """Written anew by another service: the manifest's first hash is of a file that is not there."""
    with open_package(sealed) as opened:
        press = reprinting._Press(opened, quiet)
        file = next(one for one in opened.manifest.files if one.path == "books/do.id.pdf")
        with open_package(lying) as other:
            theirs = next(one for one in other.manifest.files if one.path == file.path)
            content = b"".join(bytes(one) for one in other.checked(theirs))
        signed = SignedFile(
            size=len(content), sha256="0" * 64, grade="same-pages", confirmed_by="Sari", fields=()
        )
        anew = msgspec.structs.replace(file, signed=signed)
        monkeypatch.setattr(type(opened), "checked", lambda *_: iter([content]))
        assert press.again(anew).match is Match.DIFFERENT


@pytest.mark.slow
def test_what_is_drawn_otherwise_than_by_us_is_told(sealed, monkeypatch):
    """pdfium sees nothing of it; what has three hundred decimals others leave out, and show what is below."""
    import pikepdf

    with open_package(sealed) as opened:
        press = reprinting._Press(opened, quiet)
        file = next(one for one in opened.manifest.files if one.path == "books/do.id.pdf")
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(b"".join(bytes(one) for one in opened.checked(file)))) as document:
            drawn = b"q 1 g 9." + b"0" * 300 + b" 9 5 5 re f Q"
            document.pages[0].contents_add(drawn, prepend=False)
            document.save(target)
        content = target.getvalue()
        signed = SignedFile(
            size=len(content), sha256="0" * 64, grade="same-pages", confirmed_by="Sari", fields=()
        )
        monkeypatch.setattr(type(opened), "checked", lambda *_: iter([content]))
        found = press.again(msgspec.structs.replace(file, signed=signed))
        assert (found.match, found.unusual) == (Match.ALIKE, "/Contents")


@pytest.mark.slow
def test_of_another_edition_it_is_said_that_differences_may_come_from_it(sealed, monkeypatch):
    monkeypatch.setattr(reprinting, "EDITION", 99)
    lie(monkeypatch, last_year=2031)
    assert told(sealed).message.id == "submission.reprint.other_edition"


@pytest.mark.slow
def test_a_finding_set_aside_whose_sentence_stays_at_home_is_printed_by_its_reason(town, tmp_path):
    path = tmp_path / "aside.rancang"
    path.write_bytes(town.read_bytes())
    with Workspace.open(path, author=Author("Sari")) as workspace:
        with workspace.operation(Message("workspace.label.set_aside")) as op:
            op.set_aside("comments.open:x", "Sudah dibahas", "Sari")
        data, pack = plan_data(workspace.plan()), workspace.pack()
    found = printable(data, pack, dt.date(2026, 11, 20)).findings
    (aside,) = [one for one in found.set_aside if one.finding.key == "comments.open:x"]
    assert aside.finding.message is UNRECORDED
    package = assembling.seal_workspace(quiet, path, tmp_path / "a.asice").path
    assert {one.match for one in told(package).documents} == {Match.SAME}


@pytest.mark.slow
def test_documents_count_as_printed_on_the_day_that_the_manifest_states(town, tmp_path, monkeypatch):
    """Terms end and begin between the last change and sealing, and after it."""
    path = tmp_path / "terms.rancang"
    path.write_bytes(town.read_bytes())
    monkeypatch.setenv("RANCANG_NOW", "2026-11-20T08:00:00+00:00")
    with (
        Workspace.open(path, author=Author("Sari")) as workspace,
        workspace.operation(Message("workspace.label.set_aside")) as op,
    ):
        op.insert("person", name="Lama", role="mayor", until="2026-11-22")
        op.insert("person", name="Baru", role="mayor", since="2026-11-23", until="2027-02-01")
        op.insert("person", name="Nanti", role="mayor", since="2027-02-02")
    # in the region the new one's first day has begun, in UTC it has not
    monkeypatch.setenv("RANCANG_NOW", "2026-11-22T17:30:00+00:00")
    package = assembling.seal_workspace(quiet, path, tmp_path / "a.asice").path
    with open_package(package) as opened:
        assert opened.manifest.printed_on == "2026-11-23"
        asked = {one.name for file in opened.manifest.files for one in file.signers if one.role == "mayor"}
        assert asked == {"Baru"}
    monkeypatch.setenv("RANCANG_NOW", "2028-01-01T08:00:00+00:00")
    assert told(package).agrees
    day = reprinting.stated_day
    monkeypatch.setattr(
        reprinting, "stated_day", lambda manifest, data: day(_stating(manifest, "2030-01-01"), data)
    )
    assert not told(package).agrees, "a day on which nothing happens is none"


def _stating(manifest: Manifest, day: str) -> Manifest:
    return msgspec.structs.replace(manifest, printed_on=day)


def test_what_is_no_plan_is_told(tmp_path):
    package = tmp_path / "a.asice"
    seal(quiet, seal_input(), package)
    with open_package(package) as opened:
        id_ = opened.manifest.id
    with pytest.raises(CannotReprint) as told_:
        reprint(quiet, package, id_, digest_of(package))
    assert "tidak dapat dicetak ulang" in render(told_.value.message, Language.ID)
    with pytest.raises(RancangError):
        reprint(quiet, tmp_path / "none.asice", id_, "")


def test_another_package_than_the_one_verified_is_not_printed(sealed):
    found = reprinting._Reprinting(sealed, "0" * 64, PATIENT).run(quiet)
    assert Message.from_json(found["cannot"]).id == "submission.file.changed"


def test_another_file_of_the_same_id_is_not_printed(sealed, tmp_path, monkeypatch):
    """The id says nothing of what was signed later: another file with it lay there once the verdict was read,
    and what it held was said to be exactly as printed."""
    with open_package(sealed) as opened:
        manifest = opened.manifest
        file = next(one for one in manifest.files if one.path == "books/do.id.pdf")
        signed = SignedFile(size=file.size, sha256="0" * 64, grade="same-bytes", confirmed_by="", fields=())
        press = reprinting._Press(opened, quiet)
        content = b"".join(bytes(one) for one in opened.checked(file))
        monkeypatch.setattr(type(opened), "checked", lambda *_: iter([content[:-1] + b"x"]))
        with pytest.raises(Refused) as told_:
            press.again(msgspec.structs.replace(file, signed=signed))
    assert told_.value.message.id == "submission.file.changed"
    monkeypatch.undo()
    digest = digest_of(sealed)
    there = tmp_path / "a.asice"
    there.write_bytes(sealed.read_bytes())
    asked = reprinting._Reprinting(there, manifest.id, PATIENT, sha256=digest)
    assert "documents" in asked.run(quiet)
    assert "documents" in asked.run(quiet), "hashed once"
    read, tries = reprinting._Reprinting._found, []

    def touched(*told, most=1):
        tries.append(read(*told))
        if len(tries) <= most:
            os.utime(there)
        return tries[-1]

    monkeypatch.setattr(reprinting._Reprinting, "_found", touched)
    assert "documents" in asked.run(quiet), "once, as a backup does"
    monkeypatch.setattr(reprinting._Reprinting, "_found", lambda *told: touched(*told, most=9))
    assert Message.from_json(asked.run(quiet)["cannot"]).id == "submission.file.changed", "again and again"

    with open_package(sealed) as opened:
        assert reprinting._is_still(opened, digest)
        assert not reprinting._is_still(opened, "0" * 64)


@pytest.mark.slow
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


def test_no_page_number_crowds_out_a_sum():
    numbers = tuple(Differing(page, str(page), str(page + 1)) for page in range(1, 40))
    lie = Differing(40, "Rp7.000.000.000", "Rp5.000.000.000")
    one = Reprinted("books/I.id.pdf", Match.DIFFERENT, (*numbers, lie), 40)
    assert one.shown[0] is lie
    assert len(one.shown) == 10


def test_a_citizens_name_is_printed_by_no_finding_that_was_set_aside(town, tmp_path):
    """Checks of the team's own file name people whom the data do not."""
    path = tmp_path / "citizen.rancang"
    path.write_bytes(town.read_bytes())
    with Workspace.open(path, author=Author("Sari")) as workspace:
        with workspace.operation(Message("workspace.label.set_aside")) as op:
            op.insert("stakeholder", name="Siti Aminah", kind="citizen")
        data, pack = plan_data(workspace.plan()), workspace.pack()
    told_ = printable(data, pack, dt.date(2026, 11, 20))
    assert [one.name for one in told_.plan.stakeholders] == ["#1"]
    assert "Siti" not in repr(told_.findings)


def test_a_table_that_repeats_itself_is_compared_at_once():
    dashes = [(1, "-")] * 3900
    filled = [(1, "x" if place % 3 else "-") for place in range(3900)]
    assert list(words_apart._stretches(dashes, filled, 1))
    assert len(list(words_apart._stretches(dashes[:1900], filled[:1900], 1))) >= 1


def test_what_cannot_be_printed_leaves_the_others(sealed, monkeypatch):
    printed = reprinting._Press._printed

    def failing(self, book, language):
        if language is Language.EN:
            raise KeyError(book)
        return printed(self, book, language)

    monkeypatch.setattr(reprinting._Press, "_printed", failing)
    found = told(sealed)
    assert {one.match for one in found.documents} == {Match.SAME, Match.UNKNOWN}
    assert not found.agrees


def test_one_that_takes_too_long_leaves_the_others(sealed, monkeypatch):
    def ask(_self, look):
        if look.path.endswith(".en.pdf"):
            raise NotFinished(Message("submission.limit.time", seconds=100))
        return look.run(quiet)

    monkeypatch.setattr(Looker, "ask", ask)
    with open_package(sealed) as opened:
        found = reprint(quiet, sealed, opened.manifest.id, digest_of(sealed))
    assert {one.match for one in found.documents} == {Match.SAME, Match.UNKNOWN}


def test_a_package_without_documents_agrees_with_nothing():
    none = Reprint((), "0.1.0", "0.1.0")
    assert not none.agrees
    assert none.message.id == "submission.reprint.none"


@pytest.mark.slow
def test_data_that_hold_more_than_a_plan_gives_are_no_agreement(sealed, monkeypatch):
    """An answer twice: one is printed, and a register may read the other."""
    monkeypatch.setattr(reprinting._Press, "whole", False)
    found = told(sealed)
    assert not found.agrees
    assert found.message.id == "submission.reprint.doubled"


@pytest.mark.slow
def test_a_package_of_before_there_were_editions_is_not_accused():
    found = told(KEPT / "sheet.asice")
    assert not found.agrees
    assert found.message.id == "submission.reprint.other_edition"


@pytest.mark.slow
def test_a_page_more_does_not_hide_what_differs():
    """Page numbers and running titles are no text, and lines may move to another page."""
    plan_, pack = plans.plan(), plans.pack()
    made = render_pdf(compose(plan_, pack, "everything", Language.ID, draft=False)).pdf
    (first, *others) = plan_.programmes
    longer = dataclasses.replace(first.before, values={"id": "<p>" + "Kata tambahan. " * 400 + "</p>"})
    line = dataclasses.replace(first.budget[0], indicative=987_654_000_000)
    first = dataclasses.replace(first, before=longer, budget=(line, *first.budget[1:]))
    told_ = dataclasses.replace(plan_, programmes=(first, *others))
    lie = render_pdf(compose(told_, pack, "everything", Language.ID, draft=False)).pdf
    found = tuple(words_apart.differing(lie, made))
    assert len(found) > 3
    assert any("987" in one.printed for one in found)
    one = Reprinted("books/I.id.pdf", Match.DIFFERENT, found, len(found))
    assert any("994.209" in each.printed for each in one.shown), "the sum with it"


@pytest.mark.slow
def test_what_is_written_at_the_foot_of_a_page_is_told(sealed):
    import pikepdf

    made = render_pdf(compose(plans.plan(), plans.pack(), "everything", Language.ID, draft=False)).pdf
    assert list(words_apart.differing(made, made)) == []
    with pikepdf.open(io.BytesIO(made)) as document:
        page = document.pages[3]
        font = next(iter(page.Resources.Font.keys()))
        page.contents_add(f"BT {font} 9 Tf 1 0 0 1 60 12 Tm (!!!!!!) Tj ET".encode(), prepend=False)
        out = io.BytesIO()
        document.save(out)
    found = list(words_apart.differing(out.getvalue(), made))
    assert [(one.page, one.data) for one in found] == [(4, "")]


def test_all_documents_together_have_an_end(sealed, monkeypatch):
    monkeypatch.setattr(reprinting, "_LONGEST", -1.0)
    assert {one.match for one in told(sealed).documents} == {Match.UNKNOWN}


@pytest.mark.slow
def test_more_that_is_open_than_the_package_says_is_told(town, tmp_path, monkeypatch):
    """A sealer whose program drops its findings: the draft mark is missing, and the number is nought."""
    from desktop.checks import finding

    honest = told(assembling.seal_workspace(quiet, town, tmp_path / "a.asice").path)
    assert (honest.agrees, honest.open) == (True, honest.stated)
    assert honest.open, "an empty plan lacks something"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(finding.Report, "mandatory", ())
        package = assembling.seal_workspace(quiet, town, tmp_path / "b.asice").path
    found = told(package)
    assert not found.agrees
    assert (found.stated, found.message.id) == (0, "submission.reprint.understated")
    assert str(found.open) in render(found.message, Language.ID)
    there = dataclasses.replace(found, sealed_by="0.1.0/1")
    assert (there.agrees, there.message.id) == (False, "submission.reprint.understated_there")
    assert "0.1.0/1" in render(there.message, Language.EN)


@pytest.mark.slow
def test_mandatory_entries_that_were_set_aside_are_told(town, tmp_path):
    """All of them, beyond the certain ones that a verdict counts: no draft mark says that any is missing."""
    path = tmp_path / "aside.rancang"
    path.write_bytes(town.read_bytes())
    with Workspace.open(path, author=Author("Sari")) as workspace:
        said = printable(plan_data(workspace.plan()), workspace.pack(), dt.date(2026, 11, 20))
        keys = [one.key for one in said.findings.mandatory]
        with workspace.operation(Message("workspace.label.set_aside")) as op:
            for key in keys:
                op.set_aside(key, "n", "Sari")
    found = told(assembling.seal_workspace(quiet, path, tmp_path / "a.asice", ("id",)).path)
    assert (found.agrees, found.open, found.excused) == (True, 0, len(keys))
    assert found.excused_message is not None
    assert str(len(keys)) in render(found.excused_message, Language.ID)
    assert dataclasses.replace(found, excused=0).excused_message is None


@pytest.mark.slow
def test_what_only_the_workspace_finds_open_makes_drafts_too(town, tmp_path):
    """What the data alone do not give (an empty list here) is drafted by the number that is stated."""
    with pytest.MonkeyPatch.context() as patched:
        real = reprinting.printable

        def nothing_open(*given: Any) -> Any:
            made = real(*given)
            return dataclasses.replace(made, findings=dataclasses.replace(made.findings, findings=()))

        patched.setattr(assembling, "printable", nothing_open)
        patched.setattr(reprinting, "printable", nothing_open)
        package = assembling.seal_workspace(quiet, town, tmp_path / "a.asice", ("id",)).path
        found = told(package)
    assert (found.open, found.stated > 0, found.agrees) == (0, True, True)
    with open_package(package) as opened:
        file = next(one for one in opened.manifest.files if one.path == "books/do.id.pdf")
        book = b"".join(bytes(one) for one in opened.checked(file))
    said = [word for part in words_apart._lines(book) for _, words in part for word in words]
    assert any(word.casefold().startswith("draf") for word in said)
