"""The table of codes: whole, said in both languages, in the help, and each raised by a test."""

from __future__ import annotations

import ast
import dataclasses
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest

from desktop.base import Language, Message, manual, render
from desktop.submission import (
    Group,
    Reason,
    Verdict,
    VerdictKind,
    Weight,
    code_help,
    verify,
    verifying,
)
from desktop.submission.codes import TABLE, find
from desktop.submission.deciding import decide
from desktop.submission.frame.asic import manifest_xml
from desktop.submission.frame.container import PackageWriter
from desktop.submission.judging import Judge
from desktop.submission.manifest import NAME
from desktop.submission.pdf import read as pdfread
from desktop.submission.proving import Proof
from desktop.submission.refusal import Refused, code_of
from tests.submission import tamper
from tests.submission.making import BOOK, NOW, Stage
from tests.submission.test_foreign import FILES, GOOD, container
from tests.trust import pki

ROOT = Path(__file__).resolve().parents[2]
ROOM = ROOT / "desktop" / "submission"
CODES = {row.code: row for row in TABLE}

WEIGHTS = {
    "Refused": Weight.REFUSAL,
    "_refused": Weight.REFUSAL,
    "_out": Weight.REFUSAL,
    "note": Weight.NOTE,
    "missing": Weight.MISSING,
}
"""What gives a message its weight: the exception, the judge's methods, and the two that make verdicts."""
ELSEWHERE = frozenset(
    {"name.reserved", "reprint.no_data", "reprint.no_guideline", "returned.unreadable", "sign.already"}
)
"""Said while sealing or printing again, before somebody signs, or of a PDF that goes out or comes back;
never in a verdict."""


def raised() -> Iterator[tuple[str, Weight]]:
    """Every message that the code makes a reason of, and its weight."""
    for path in ROOM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in WEIGHTS:
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Call) and getattr(inner.func, "id", "") == "Message":
                        (first, *_) = inner.args
                        assert isinstance(first, ast.Constant), f"{path.name}:{inner.lineno}"
                        yield str(first.value), WEIGHTS[name]


def literals(folder: Path, *without: str) -> set[str]:
    """Every text that stands in the code of a folder."""
    return {
        node.value
        for path in folder.rglob("*.py")
        if path.name not in without
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


# -- the table ---------------------------------------------------------------------------------------
def test_every_reason_of_the_code_is_in_the_table_with_its_weight() -> None:
    found = {
        (id_.removeprefix("submission."), weight) for id_, weight in raised() if id_[:11] == "submission."
    }
    assert len(found) > 80
    assert {code for code, _ in found} - set(CODES) - ELSEWHERE == set()
    assert [(code, weight) for code, weight in found if code in CODES and CODES[code].weight != weight] == []


def test_no_row_is_about_what_nobody_says() -> None:
    said = literals(ROOM, "codes.py")
    # notes of the trust room keep its name
    of_trust = {code for code in CODES if code.startswith("trust.")}
    assert of_trust <= literals(ROOT / "desktop" / "trust")
    assert [code for code in CODES if f"submission.{code}" not in said and code not in of_trust] == []


def test_every_code_is_raised_by_a_test() -> None:
    """The tests compare codes as texts; one that no test names is one that nobody has seen raised."""
    folders = ("submission", "cli", "trust")
    texts = {text for folder in folders for text in literals(ROOT / "tests" / folder)}
    seen = {word for text in texts for word in text.split()}
    assert [code for code in CODES if code not in seen] == []


def test_rows_are_unique_and_weights_fit_their_groups() -> None:
    assert len(CODES) == len(TABLE)
    assert {(row.weight, row.group) for row in TABLE} == {
        (Weight.REFUSAL, Group.CRYPTOGRAPHIC),
        (Weight.REFUSAL, Group.TECHNICAL),
        (Weight.MISSING, Group.ADMINISTRATIVE),
        (Weight.NOTE, Group.NOTE),
    }


@pytest.mark.parametrize("language", Language)
def test_every_row_is_said_in_both_languages_and_stands_in_the_help(language) -> None:
    code_help.offer()
    topic = manual.topic("codes", language)
    for row in TABLE:
        for message in (row.meaning, row.remedy, row.group.message):
            said = render(message, language)
            assert said != message.id
            assert said in topic.text
        assert f"\n### {row.code}\n" in topic.text
    assert topic.title
    assert [name for group in manual.groups() for name in group.topics if name == "codes"] == ["codes"]
    assert "codes" in [found.topic.id for found in manual.search("zip.gap", language)]


def test_a_reason_knows_its_group_and_remedy_and_an_unknown_code_is_no_error() -> None:
    known = Reason(Weight.REFUSAL, Message("submission.zip.gap", at="3"))
    assert (known.group, known.remedy) == (Group.CRYPTOGRAPHIC, CODES["zip.gap"].remedy)
    limit = Reason(Weight.REFUSAL, Message("submission.limit.time", seconds=10))
    assert limit.group is Group.TECHNICAL
    newer = Reason(Weight.MISSING, Message("submission.missing.something_new"))
    assert (newer.group, newer.remedy, find(newer.code)) == (Group.ADMINISTRATIVE, None, None)


# -- the verdict -------------------------------------------------------------------------------------
@pytest.mark.parametrize("signed", [True, False])
def test_administrative_faults_never_refuse_and_nothing_outweighs_a_refusal(signed) -> None:
    refusal, missing, note = (Reason(weight, Message("submission.parser", kind="")) for weight in Weight)
    wanted = {
        (): VerdictKind.VALID,
        (note,): VerdictKind.VALID_WITH_NOTES,
        (missing,): VerdictKind.INCOMPLETE,
        (note, missing): VerdictKind.INCOMPLETE,
        (note, missing, refusal): VerdictKind.REFUSED,
    }
    for reasons, kind in wanted.items():
        # what is sealed can no more be added to, but for signatures
        left = kind if missing in reasons else VerdictKind.SEALED
        assert decide(reasons, signed=signed) is (kind if signed else left)
    to_come = Reason(Weight.MISSING, Message("submission.missing.container_signature", role=""))
    assert decide((to_come,), signed=False) is VerdictKind.SEALED
    exits = {kind: Verdict(kind, "", ()).exit_code for kind in VerdictKind}
    assert [kind.value for kind, code in exits.items() if code == 0] == ["valid", "valid-with-notes"]


# -- codes that no other test raises -----------------------------------------------------------------
def code(path: Path, stage: Stage, **options: bool) -> str:
    verdict = verify(path, stage.anchors, NOW, **options)
    assert verdict.kind is VerdictKind.REFUSED
    return verdict.reasons[0].code


def with_manifest(stage: Stage, target: Path, data: bytes) -> Path:
    files, manifest = tamper.read(stage.signed)
    return tamper.write({**files, NAME: data}, manifest, target)


def test_manifests(stage, tmp_path) -> None:
    data = tamper.read(stage.signed)[0][NAME]
    path = tmp_path / "x.asice"
    for changed in (b"{", b"[]", data.replace(b'"created_at":"2026', b'"created_at":"20x6'), b"\xff"):
        assert code(with_manifest(stage, path, changed), stage) in {"manifest.malformed", "manifest.unknown"}
    assert code(with_manifest(stage, path, b"{"), stage) == "manifest.unknown"
    assert code(with_manifest(stage, path, data.replace(b'"version":1', b'"version":0')), stage) == (
        "manifest.malformed"
    )
    assert code(with_manifest(stage, path, b'{"format":"lain"}'), stage) == "manifest.unknown"
    assert code(with_manifest(stage, path, data + b" "), stage) == "manifest.not_canonical"

    def turn(manifest):
        return msgspec.structs.replace(manifest, files=manifest.files[::-1])

    assert code(tamper.forge(stage.signed, path, lambda files: None, turn), stage) == "manifest.order"


def test_the_frame_at_another_time(stage, tmp_path) -> None:
    files, manifest = tamper.read(stage.signed)
    path = tmp_path / "x.asice"
    with path.open("w+b") as out:
        writer = PackageWriter(out, manifest.moment + dt.timedelta(days=1))
        for name, data in files.items():
            writer.add(name, [data])
        writer.finish()
    assert code(path, stage) == "zip.not_canonical"


def test_content_changed_where_it_lies(stage, tmp_path) -> None:
    data = bytearray(stage.signed.read_bytes())
    data[data.index(bytes(range(256))) + 7] ^= 1
    path = tmp_path / "x.asice"
    path.write_bytes(data)
    assert code(path, stage) == "content.changed"


def test_foreign_containers_without_documents_or_signatures(tmp_path) -> None:
    import zipfile

    believed = SimpleNamespace(anchors=pki.believe(pki.make("Root", ca=True)))
    path = container(tmp_path, GOOD)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for without, manifest, wanted in (
        ("META-INF/signatures0.xml", manifest_xml(FILES), "xades.none"),
        ("surat", manifest_xml(()), "content.empty"),
    ):
        kept = {name: data for name, data in parts.items() if without not in name and "lampiran" not in name}
        if wanted == "xades.none":
            kept = {name: data for name, data in parts.items() if name != without}
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in kept.items():
                archive.writestr(zipfile.ZipInfo(name), manifest if name.endswith("manifest.xml") else data)
        assert code(path, believed, any_=True) == wanted


@pytest.mark.parametrize("language", list(Language))
def test_nobody_is_advised_to_say_any_who_may_have_said_it(language) -> None:
    """What is refused whether or not containers of others are accepted was answered with that very advice."""
    for said in ("content.empty", "zip.not_zip", "manifest.malformed", "xades.none"):
        assert "--any" not in render(CODES[said].remedy, language)
        assert "--any" not in render(CODES[said].meaning, language)
    assert "--any" in render(CODES["manifest.missing"].remedy, language)


def test_a_parser_that_gives_up(stage, monkeypatch) -> None:
    def fail(*arguments: object) -> None:
        raise KeyError("/Root")

    monkeypatch.setattr(verifying, "judge_own", fail)
    assert code(stage.signed, stage) == "parser"


def pdf_code(data: bytes, sealed: int | None = None) -> str:
    with pytest.raises(Refused) as caught:
        pdfread.read_signatures(io.BytesIO(data), "buku", sealed)
    return code_of(caught.value.message)


def test_signatures_of_pdfs(stage, monkeypatch) -> None:
    signed = tamper.read(stage.signed)[0][BOOK]
    other = signed.replace(b"/ETSI.CAdES.detached", b"/ETSI.CAdES.detachex")
    assert other != signed
    assert pdf_code(other) == "pdf.kind"
    assert pdf_code(signed.replace(b"/ETSI.CAdES.detached", b"/adbe.pkcs7.sha1    ")) == "pdf.kind"
    start = signed.index(b"/Contents <") + 2000
    digit = b"0" if signed[start : start + 1] != b"0" else b"1"
    assert pdf_code(signed[:start] + digit + signed[start + 1 :]) == "pdf.signature"
    monkeypatch.setattr(pdfread, "WHOLE", dataclasses.replace(pdfread.WHOLE, signatures=1))
    assert pdf_code(signed) == "pdf.too_many"


def test_a_pdf_signature_that_says_no_time_zone(monkeypatch) -> None:
    monkeypatch.setattr(pdfread.generic, "parse_pdf_date", lambda text: dt.datetime(2026, 11, 24))  # noqa: DTZ001 - that is the fault
    one = SimpleNamespace(sig_object={"/M": "D:20261124"}, field_name="mayor")
    with pytest.raises(Refused) as caught:
        pdfread._claimed(one, SimpleNamespace(claimed_at=None), "x.pdf")
    assert code_of(caught.value.message) == "pdf.time"


def test_a_pdf_signature_that_does_not_bind_its_certificate(stage, monkeypatch) -> None:
    original = pdfread.read_signatures

    def unbound(*arguments: object, **named: object):
        return tuple(dataclasses.replace(one, pades=False) for one in original(*arguments, **named))

    monkeypatch.setattr(pdfread, "read_signatures", unbound)
    verdict = verify(stage.signed, stage.anchors, NOW)
    assert verdict.kind is VerdictKind.VALID_WITH_NOTES
    assert [reason.code for reason in verdict.reasons].count("note.not_pades") == 2


def test_a_signature_without_a_time_is_noted() -> None:
    root = pki.make("Root", ca=True)
    judge = Judge(pki.believe(root), NOW)
    leaf = pki.make("Budi", root).certificate
    judge.believe(leaf, (), None, file="", role="")
    assert [reason.code for reason in judge.reasons] == ["note.no_time"]
    # what was made over it proves since when it is there, never in which order it came
    judge = Judge(pki.believe(root), NOW)
    judge.believe(leaf, (), None, file="a.pdf", role="", above=Proof(NOW, "Jam", test=False))
    assert [reason.code for reason in judge.reasons] == ["note.no_time"]


def test_an_archive_cut_within_a_name() -> None:
    from desktop.submission.frame.zipframe import read_frame
    from tests.submission.zips import Item, build

    data = bytearray(build([Item(b"a.txt")]))
    data[26:28] = b"\xff\xff"  # the length of the name in the local header
    with pytest.raises(Refused) as caught:
        read_frame(io.BytesIO(bytes(data)), len(data))
    assert code_of(caught.value.message) == "zip.cut"
