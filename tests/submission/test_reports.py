"""A verdict handed on: to machines as JSON by a published schema, to people as a PDF."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import jsonschema
import pytest

from desktop.base import Language, Message, render
from desktop.base.jobs import quiet
from desktop.base.resources import resource
from desktop.books.document import Callout, ListBlock, Paragraph, Table, text_of
from desktop.submission import Reason, Verdict, VerdictKind, Weight, seal, verify
from desktop.submission.codes import TABLE
from desktop.submission.manifest import Initials
from desktop.submission.quoting import as_said
from desktop.submission.signed import OWN_STAMPS, SHOWN_IN_BOX
from desktop.submission.verdict_paper import compose_verdicts, write_verdicts
from desktop.submission.verdict_report import TITLE, VerdictReport, report_of, to_builtins
from desktop.workspace.plan_data_form import schema_text
from tests.submission.golden import KEPT, PACKAGES, anchors
from tests.submission.making import BOOK, NOW, seal_input

SCHEMA = json.loads(resource("schemas", "verdict.schema.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory) -> list[Verdict]:
    """Every kind of answer: sealed, sealed, with notes, valid, refused."""
    data = bytearray((KEPT / "signed.asice").read_bytes())
    data[data.index(bytes(range(256))) + 7] ^= 1
    broken = tmp_path_factory.mktemp("broken") / "broken.asice"
    broken.write_bytes(data)
    known = anchors()
    return [verify(path, known, NOW) for path in (*(KEPT / f"{name}.asice" for name in PACKAGES), broken)]


def test_the_published_schema_is_that_of_the_types() -> None:
    """After a field is added: ``schema_text(VerdictReport, TITLE)`` is what to write to the file."""
    assert resource("schemas", "verdict.schema.json").read_text("utf-8") == schema_text(VerdictReport, TITLE)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("language", Language)
def test_every_report_fits_the_schema_and_says_what_it_should(verdicts, language) -> None:
    for verdict in verdicts:
        told = json.loads(json.dumps(to_builtins(report_of(verdict, language))))
        jsonschema.validate(told, SCHEMA)
        assert told["verdict"] == verdict.kind.value
        assert told["proven"] is (verdict.kind not in {VerdictKind.REFUSED, VerdictKind.SEALED})
        for reason, said in zip(verdict.reasons, told["reasons"], strict=True):
            assert (said["code"], said["group"]) == (reason.code, reason.group.value)
            assert said["text"] == render(as_said(reason.message), language)
            assert said["message"] == reason.message.to_json(), "for programs as it was"
            assert said["remedy"]
            assert said["meaning"]
    signed = to_builtins(report_of(verdicts[2], language))
    assert [one["office"] for one in signed["signatures"]] == [
        "Sekretaris Tim Pelaksana",
        "Bupati Contoh",
        "Sekretaris Daerah",
    ]
    assert all(one["valid_until"] > one["claimed_at"] for one in signed["signatures"])
    assert [(one["path"], one["signed"]) for one in signed["files"]][1] == (BOOK, ("mayor", "secretary"))
    assert signed["files"][1]["sha256"] != signed["files"][1]["sealed_sha256"]
    assert signed["package"]["program"].startswith("Rancang ")
    assert to_builtins(report_of(verdicts[-1], language))["files"] == ()


def test_every_code_of_the_table_fits_the_schema() -> None:
    reasons = tuple(Reason(row.weight, Message(f"submission.{row.code}")) for row in TABLE)
    verdict = Verdict(VerdictKind.REFUSED, "x.asice", reasons)
    jsonschema.validate(json.loads(json.dumps(to_builtins(report_of(verdict, Language.EN)))), SCHEMA)


def test_what_does_not_fit_would_be_found(verdicts) -> None:
    told = json.loads(json.dumps(to_builtins(report_of(verdicts[0], Language.ID))))
    for change in (
        {"verdict": "perfect"},
        {"sha256": "x"},
        {"version": 2},
        {"reasons": [{**told["reasons"][0], "code": "Zip Gap"}]},
        {"reasons": [{**told["reasons"][0], "weight": "heavy"}]},
        {"signatures": [{"file": "x"}]},
    ):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({**told, **change}, SCHEMA)
    del told["proven"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told, SCHEMA)


def cells(document) -> str:
    """All that stands in the tables."""
    tables = [each for each in document.elements if isinstance(each, Table)]
    return "\n".join(text_of(cell) for table in tables for row in table.rows for cell in row.cells)


@pytest.mark.parametrize("language", Language)
def test_paper_tells_answer_reasons_remedies_signers_and_files(verdicts, language) -> None:
    signed, refused = verdicts[2], verdicts[-1]
    document = compose_verdicts([signed], language)
    (answer,) = (each for each in document.elements if isinstance(each, Callout))
    assert answer.title == render(VerdictKind.VALID_WITH_NOTES.message, language)
    told = cells(document)
    for part in ("note.test", "Contoh Bupati", "Bupati Contoh", "Penerbit UJI", BOOK, "Kabupaten Contoh"):
        assert part in told
    assert render(signed.reasons[0].remedy, language) in told
    claims = render(Message("submission.report.claims"), language)
    elements = compose_verdicts([refused], language).elements
    assert claims in [text_of(each.line) for each in elements if isinstance(each, Paragraph)]
    assert "Contoh Bupati" not in cells(compose_verdicts([refused], language))


@pytest.mark.parametrize("language", Language)
def test_nobody_else_signed_for_everybody_in_the_headline(verdicts, language) -> None:
    """A stranger with a believed certificate who signed for everybody was 'everybody asked for'."""
    verdict = next(one for one in verdicts if one.kind is VerdictKind.VALID_WITH_NOTES and one.signatures)
    unasked = tuple(dataclasses.replace(one, asked=False) for one in verdict.signatures)
    told = dataclasses.replace(verdict, signatures=unasked)
    mark = render(Message("submission.signer.unasked"), language)
    for one, here in ((verdict, False), (told, True)):
        document = compose_verdicts([one], language)
        assert (mark in cells(document)) is here
        assert (one.meaning == Message("submission.meaning.unasked")) is here


@pytest.mark.parametrize("language", Language)
def test_what_signatures_show_in_their_boxes_is_told_once_and_marked(verdicts, language) -> None:
    """A fact beside the list, whoever drew it: no note, and no other answer."""
    signed = verdicts[2]
    assert [(one.file, one.own_stamp) for one in signed.signatures] == [
        ("", False),
        (BOOK, True),
        (BOOK, True),
    ]
    assert {one.code for one in signed.reasons} == {"note.test"}
    told = to_builtins(report_of(signed, language))
    assert [one["own_stamp"] for one in told["signatures"]] == [False, True, True]
    invisible = dataclasses.replace(
        signed, signatures=tuple(dataclasses.replace(one, own_stamp=False) for one in signed.signatures)
    )
    for verdict, marks, sentences in ((signed, 2, 1), (invisible, 0, 0), (verdicts[-1], 0, 0)):
        document = compose_verdicts([verdict], language)
        lines = [text_of(each.line) for each in document.elements if isinstance(each, Paragraph)]
        assert cells(document).count(render(SHOWN_IN_BOX, language)) == marks
        assert lines.count(render(OWN_STAMPS, language)) == sentences


@pytest.mark.parametrize("language", Language)
def test_paper_on_a_refused_file_names_no_signers(verdicts, language) -> None:
    whole = verdicts[2]
    reason = Reason(Weight.REFUSAL, Message("submission.sheet.differs", file="x"))
    refused = dataclasses.replace(whole, kind=VerdictKind.REFUSED, reasons=(reason,), files=())
    for verdict, shown in ((whole, True), (refused, False)):
        said = repr(compose_verdicts((verdict,), language))
        assert (whole.signatures[0].holder in said.replace(repr(whole.reasons), "")) is shown
        assert (render(Message("submission.report.signatures"), language) in said) is shown


def test_what_to_do_about_several_alike_is_said_once(verdicts) -> None:
    signed = verdicts[2]
    assert [each.code for each in signed.reasons].count("note.test") == 3
    told = cells(compose_verdicts([signed], Language.EN))
    assert told.count(render(signed.reasons[0].remedy, Language.EN)) == 1
    assert told.count("note.test") == 1


def test_a_report_on_many_begins_with_all_answers(verdicts, tmp_path) -> None:
    document = compose_verdicts(verdicts, Language.EN)
    first = document.elements[0]
    assert isinstance(first, Table)
    assert [text_of(row.cells[0]) for row in first.rows] == [each.file for each in verdicts]
    path = write_verdicts(tmp_path / "out", verdicts, Language.EN)
    assert path == tmp_path / "out.pdf"
    assert path.read_bytes().startswith(b"%PDF")
    for ending, begins in ((".docx", b"PK"), (".html", b"<!DOCTYPE html>")):
        path = write_verdicts(tmp_path / f"out{ending}", verdicts, Language.EN)
        assert path.read_bytes().startswith(begins)


def test_names_that_could_be_markup_or_never_end_are_printed_as_they_are(tmp_path) -> None:
    name = "<b>&amp;</i>" * 40 + "\N{RIGHT-TO-LEFT OVERRIDE}fdp.exe"
    reason = Reason(Weight.REFUSAL, Message("submission.content.extra", name=name))
    verdict = Verdict(VerdictKind.REFUSED, name[:100], (reason,))
    path = write_verdicts(Path(tmp_path / "x.pdf"), [verdict], Language.ID)
    assert path.stat().st_size > 1000


@pytest.mark.parametrize("language", Language)
def test_initials_are_told_as_the_teams_own_record(tmp_path, language) -> None:
    person = {"name": "Rina", "office": "Kabag", "date": "2026-11-20"}
    given = Initials(step=1, label="Bagian Hukum", state="initialled", **person)
    waits = Initials(step=2, label="Sekda", state="waiting")
    path = tmp_path / "x.asice"
    seal(quiet, seal_input(files=seal_input().files[1:], initials=(given, waits)), path)
    verdict = verify(path, anchors(), NOW)
    assert [(one.label, one.state) for one in verdict.package.initials] == [
        ("Bagian Hukum", "initialled"),
        ("Sekda", "waiting"),
    ]
    assert Verdict.from_json(json.loads(json.dumps(verdict.to_json()))) == verdict
    told = json.loads(json.dumps(to_builtins(report_of(verdict, language))))
    jsonschema.validate(told, SCHEMA)
    assert told["package"]["initials"][0]["name"] == "Rina"
    said = render(as_said(verdict.package.initials[0].message), language)
    assert "\u201cBagian Hukum\u201d: \u201cRina, Kabag\u201d" in said
    lists = [each for each in compose_verdicts([verdict], language).elements if isinstance(each, ListBlock)]
    assert text_of(lists[0].items[0].line) == said


def test_of_thousands_of_files_and_reasons_the_paper_counts_the_rest(verdicts) -> None:
    signed = verdicts[2]
    many = dataclasses.replace(
        signed,
        files=tuple(
            dataclasses.replace(signed.files[0], path=f"bukti/{number}.jpg") for number in range(9000)
        ),
        reasons=tuple(
            Reason(Weight.NOTE, Message("submission.note.same_pages", file=f"{number}.pdf", person="Sari"))
            for number in range(500)
        ),
    )
    told = cells(compose_verdicts([many], Language.EN))
    assert told.count("bukti/") == 200
    assert told.count("Sari") == 40
    assert "460 more" in told
    said = repr(compose_verdicts([many], Language.EN))
    assert "8,800 more" in said
