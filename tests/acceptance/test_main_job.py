"""The main job, end to end: the demo region from an empty folder to a package that other tools verify.

The demo is made once, the way a user makes it: the command in a process of its own, no screen, no
keyboard, every warning an error. Everything below looks at what lies in the folder afterwards.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import random
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from desktop.base import clock
from desktop.base.fingerprint import words_of
from desktop.base.jobs import quiet
from desktop.base.language import Language
from desktop.base.resources import resource
from desktop.base.speech import catalogue
from desktop.cli.main import run
from desktop.guideline import Guideline, bundled_bytes
from desktop.guideline.loading import load_pack
from desktop.guideline.signing import package_books, package_signers, sheet_signers
from desktop.submission import verify
from desktop.submission.fingerprint import package_fingerprint
from desktop.trust import load_anchors
from desktop.workspace import Workspace
from desktop.workspace.plan_data import plan_fingerprint
from tests.submission import tamper
from tests.submission.independent.tsl import write_list

GUIDELINE = "smart-city-2021"
FLIPS = 200
SEED = 20261124
BOOKS = 8
"""Documents that are submitted; the sheets of agency heads are printed at home."""
SIGNATURE = "META-INF/signatures0.xml"
"""The signature over the whole package."""
PROGRAMMES = 11
"""Real rows of the region's medium-term plan."""


@dataclass(frozen=True)
class Made:
    """What ``rancang demo`` left behind, and what it said."""

    folder: Path
    code: int
    records: list[dict[str, Any]]
    errors: str

    @property
    def package(self) -> Path:
        return self.folder / "paket.asice"

    @property
    def root(self) -> Path:
        return self.folder / "uji" / "uji-root.pem"

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [record for record in self.records if record["kind"] == kind]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("main")
    environment = {**os.environ, "RANCANG_HOME": str(folder / "home"), "PYTHONWARNINGS": "error"}
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        environment.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-m", "desktop", "demo", str(folder / "demo"), "--json", "--language", "en"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    records = [json.loads(line) for line in done.stdout.splitlines()]
    return Made(folder / "demo", done.returncode, records, done.stderr)


@pytest.fixture(scope="module")
def unpacked(made: Made, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(made.package) as archive:
        archive.extractall(folder)
    return folder


@pytest.fixture
def judge(made: Made) -> Callable[[Path], Any]:
    """Verify a file as the command does, with the demo's own root as anchor."""
    anchors, now = load_anchors([made.root]), clock.now()
    return lambda path: verify(path, anchors, now)


SHEET = "approval/lembar-pengesahan.id.pdf"


def pdfs(folder: Path) -> list[Path]:
    found = sorted((folder / "books").glob("*.pdf"))
    assert len(found) == 2 * BOOKS
    return found


@cache
def text_of(path: Path) -> str:
    command = ["pdftotext", str(path), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


# -- what was made -----------------------------------------------------------------------------------
def test_it_ends_valid_with_notes_and_warns_of_nothing(made: Made) -> None:
    assert made.errors == ""
    assert made.code == 0
    (verdict,) = made.of("verdict")
    assert verdict["verdict"] == "valid-with-notes"
    assert {reason["code"] for reason in verdict["reasons"]} == {"note.test", "note.plan_example"}
    (checked,) = made.of("check")
    assert (checked["mandatory"], checked["weak"]) == (0, 0)
    (workspace,) = made.of("workspace")
    assert workspace["imported"] == PROGRAMMES
    assert len(made.of("decision")) >= PROGRAMMES
    assert len(made.of("book")) == 2 * BOOKS
    for record in (*made.of("book"), workspace, *made.of("sealed")):
        assert Path(record["file"]).is_file()


@pytest.mark.slow
def test_its_documents_are_printed_again_from_its_data_to_the_byte(made: Made) -> None:
    from desktop.submission.frame.container import open_package
    from desktop.submission.printed.reprinted import Match
    from desktop.submission.printed.reprinting import _Press

    with open_package(made.package) as package:
        press = _Press(package, quiet)
        # with citizens who were heard, with evidence and its claims; all sixteen took ten times as long
        for path in ("books/II.id.pdf", "books/application.en.pdf"):
            file = next(each for each in package.manifest.files if each.path == path)
            assert press.again(file).match is Match.SAME


def test_the_real_rows_came_in_as_the_source_has_them(made: Made, capsys) -> None:
    (workspace,) = made.of("workspace")
    assert run(["programme", workspace["file"], "list", "--json"]) == 0
    programmes = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    imported = {each["title"]["id"]: each for each in programmes if each["origin"] == "imported"}
    assert len(imported) == PROGRAMMES
    assert all(each["dimension"] and each["indicators"] for each in imported.values())
    with resource("demo", "programmes.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["region_code"] == "18.07"]
    assert {row["programme"] for row in rows} == set(imported)
    for row in rows:
        lines = {line["year"]: line["indicative"] for line in imported[row["programme"]]["budget"]}
        assert lines[int(row["year"])] == int(row["budget_idr_as_in_source"]), row


@pytest.mark.parametrize("place", [pytest.param("folder", marks=pytest.mark.slow), "package"])
def test_no_page_carries_the_draft_mark(made: Made, unpacked: Path, place: str) -> None:
    for path in pdfs(made.folder if place == "folder" else unpacked):
        assert not re.search(r"\bDRAFT?\b", text_of(path)), path.name


def test_every_font_is_embedded(made: Made, unpacked: Path, tool) -> None:
    for path in (*pdfs(made.folder), *pdfs(unpacked)):
        command = [tool("pdffonts"), str(path)]
        lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[2:]
        assert lines
        assert all(line.split()[-5] == "yes" for line in lines), (path.name, lines)


@pytest.mark.parametrize("language", ["id", pytest.param("en", marks=pytest.mark.slow)])
def test_chapters_stand_in_the_guidelines_order(made: Made, language: str, tool) -> None:
    tool("pdftotext")
    pack = load_pack(bundled_bytes(GUIDELINE))
    guideline = Guideline(pack)
    for book in (each for each in pack.books if each.submitted):
        text = " ".join(text_of(made.folder / "books" / f"{book.id}.{language}.pdf").split())
        places = []
        for chapter in guideline.chapters(book):
            opens = {"id": "BAB ", "en": "CHAPTER "}[language] if chapter.level == 1 else ""
            heading = " ".join(f"{opens}{chapter.number} {chapter.chapter.title.read(language)}".split())
            # the contents come before; a table that names a chapter writes the book's number first (II.6)
            found = re.finditer(rf"(?<![\w.]){re.escape(heading)}", text)
            places.append(max((each.start() for each in found), default=-1))
        if book.kind == "book":
            assert -1 not in places
            assert places == sorted(places), book.id


@pytest.mark.slow
def test_both_languages_are_numbered_alike(made: Made, tool) -> None:
    tool("pdftotext")
    names = {"id": ("Tabel", "Gambar"), "en": ("Table", "Figure")}
    numbers: dict[tuple[str, str], list[set[str]]] = {}
    for path in pdfs(made.folder):
        book, language = path.stem.split(".")
        text = text_of(path)
        numbers[book, language] = [
            set(re.findall(rf"^{name} (\d+)\b", text, re.MULTILINE)) for name in names[language]
        ]
    assert any(tables for tables, _ in numbers.values())
    for (book, language), found in numbers.items():
        assert found == numbers[book, "en" if language == "id" else "id"], book


# -- what others say of it ---------------------------------------------------------------------------
def test_libdigidocpp_accepts_the_container(made: Made, unpacked: Path, tmp_path: Path) -> None:
    trusted, certificate = write_list([made.folder / "uji" / "uji-penerbit.pem", made.root], tmp_path)
    script = Path(__file__).parents[1] / "submission" / "independent" / "digidoc.py"
    command = [sys.executable, str(script), str(trusted), str(certificate), str(made.package)]
    told = subprocess.run(command, capture_output=True, text=True, check=False)
    answer = json.loads(told.stdout)
    assert answer["opened"], told.stderr
    assert answer["complaints"] == []
    assert answer["signatures"] == 1
    assert answer["files"] == sorted(files_in(unpacked))


def files_in(unpacked: Path) -> list[str]:
    """Every file of the package but its frame."""
    names = [path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*") if path.is_file()]
    return [name for name in names if name != "mimetype" and not name.startswith("META-INF/")]


def test_xmlsec1_verifies_every_reference(made: Made, unpacked: Path, tool) -> None:
    command = [tool("xmlsec1"), "--verify", "--enabled-key-data", "x509", "--trusted-pem", str(made.root)]
    command += ["--verification-gmt-time", f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M:%S}", "--id-attr:Id"]
    command += ["http://uri.etsi.org/01903/v1.3.2#:SignedProperties", "META-INF/signatures0.xml"]
    told = subprocess.run(command, cwd=unpacked, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    # every file, and the signed properties
    references = len(files_in(unpacked)) + 1
    assert f"SignedInfo References (ok/all): {references}/{references}" in told.stdout + told.stderr


def test_pdfsig_accepts_every_signature_in_every_pdf(
    made: Made, unpacked: Path, tool, tmp_path: Path
) -> None:
    store = tmp_path / "nss"
    store.mkdir()
    certutil = [tool("certutil"), "-d", f"sql:{store}"]
    subprocess.run([*certutil, "-N", "--empty-password"], check=True, capture_output=True)
    add = [*certutil, "-A", "-n", "root", "-t", "CT,CT,CT", "-i", str(made.root)]
    subprocess.run(add, check=True, capture_output=True)
    (verdict,) = made.of("verdict")
    signed = [each["file"] for each in verdict["signatures"] if each["file"]]
    pack = load_pack(bundled_bytes(GUIDELINE))
    by_sheet = set(sheet_signers(pack))
    assert by_sheet == {"head_of_region"}
    others = {book.id for book in package_books(pack) if set(package_signers(pack, book)) - by_sheet}
    assert set(signed) == {SHEET, *(f"books/{book}.id.pdf" for book in others)}
    assert [each["file"] for each in verdict["signatures"] if each["role"] in by_sheet] == [SHEET]
    for name in set(signed):
        command = [tool("pdfsig"), "-nssdir", str(store), "-no-ocsp", str(unpacked / name)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert told.count("Signature Validation: Signature is Valid.") == signed.count(name), told
        assert told.count("Certificate Validation: Certificate is Trusted.") == signed.count(name), told
        assert told.count("Total document signed") == 1, told


def test_what_is_printed_bears_the_fingerprint_of_the_package(made: Made, unpacked: Path) -> None:
    _, manifest = tamper.read(made.package)
    (workspace,) = made.folder.glob("*.rancang")
    with Workspace.open(workspace, read_only=True) as opened:
        assert plan_fingerprint(opened.plan()) == package_fingerprint(manifest)
    words = words_of(package_fingerprint(manifest))
    for pdf in [*pdfs(unpacked), unpacked / SHEET, *(made.folder / "books").glob("II.*.pdf")]:
        assert set(words) <= set(re.findall("[a-z]+", text_of(pdf))), pdf.name


# -- the receiver ------------------------------------------------------------------------------------
@pytest.mark.slow
def test_verify_says_the_same_every_time_and_in_both_languages(made: Made, capsys) -> None:
    answers = []
    for language in ("id", "en", "en"):
        words = ["verify", str(made.package), "--trust", str(made.root), "--language", language]
        assert run(words) == 0
        answers.append(capsys.readouterr().out)
    assert answers[1] == answers[2]
    assert answers[0] != answers[1]
    assert "Sah dengan catatan" in answers[0]
    assert run(["verify", str(made.package)]) == 1, "without the root nobody knows these signers"
    assert "[signature.unknown]" in capsys.readouterr().out


@pytest.mark.slow
def test_any_flipped_bit_is_refused_with_a_code_and_a_sentence(
    made: Made, judge, tmp_path: Path, capsys
) -> None:
    data = made.package.read_bytes()
    chance = random.Random(SEED)
    # the frame is small beside the PDFs: half of the bits are taken from its two ends
    ends = [*range(4096), *range(len(data) - 16384, len(data))]
    places = [chance.randrange(len(data)) for _ in range(FLIPS // 2)]
    places += [chance.choice(ends) for _ in range(FLIPS - FLIPS // 2)]
    broken = tmp_path / "broken.asice"
    unnoticed = []
    for place in places:
        changed = bytearray(data)
        changed[place] ^= 1 << chance.randrange(8)
        broken.write_bytes(changed)
        verdict = judge(broken)
        refusals = [reason for reason in verdict.reasons if reason.weight.value == "refusal"]
        if verdict.exit_code != 1 or verdict.kind.value != "refused" or not refusals:
            unnoticed.append(place)
        for reason in refusals:
            assert re.fullmatch(r"[a-z0-9_.]+", reason.code)
            for language in Language:
                assert catalogue(language).gettext(reason.message.id) != reason.message.id
    assert unnoticed == []
    assert run(["verify", str(broken), "--trust", str(made.root), "--language", "en"]) == 1
    assert re.search(r"^    \[[a-z0-9_.]+\] \S", capsys.readouterr().out, re.MULTILINE)


def variants(made: Made) -> Iterator[tuple[str, Callable[[tamper.Files], None]]]:
    """Every file removed and renamed, and a file added at every kind of place."""
    files, _ = tamper.read(made.package)
    for name in files:
        yield f"without {name}", lambda found, name=name: found.pop(name)
        yield f"renamed {name}", lambda found, name=name: found.update({f"{name}x": found.pop(name)})
    for name in (
        "extra.txt",
        "books/extra.pdf",
        "META-INF/extra.xml",
        "META-INF/signatures1.xml",
        "mimetype2",
    ):
        yield f"with {name}", lambda found, name=name: found.update({name: b"extra"})


@pytest.mark.slow
def test_any_file_added_removed_or_renamed_is_refused(made: Made, judge, tmp_path: Path) -> None:
    files, manifest = tamper.read(made.package)
    passed = []
    changes = list(variants(made))
    assert len(changes) > 50
    for label, change in changes:
        changed = dict(files)
        change(changed)
        verdict = judge(tamper.write(changed, manifest, tmp_path / "changed.asice"))
        if label == f"without {SIGNATURE}":
            # what is left is the package as it was before somebody closed it: genuine, and not valid
            assert (verdict.kind.value, verdict.exit_code) == ("sealed", 1)
            assert "missing.container_signature" in [reason.code for reason in verdict.reasons]
        elif verdict.kind.value != "refused" or verdict.exit_code != 1 or not verdict.reasons:
            passed.append(label)
    assert passed == []
