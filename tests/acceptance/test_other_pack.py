"""A guideline the code has never seen goes through everything: commands, window, paper, package, moving.

Five dimensions, two books and a sheet for each agency, a scale of five, figures with choices, other ids
everywhere, many texts in Indonesian only. The second variant asks for as little as a guideline can.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from desktop.base import Language, clock
from desktop.guideline import Guideline, bundled, open_pack, write_pack
from desktop.trust import make_test_identity
from desktop.workspace import Workspace
from desktop.workspace.plan_data import read_data
from tests.cli.calling import Caller
from tests.filling import Filled, fill

pytestmark = pytest.mark.uncounted

OTHER = Path(__file__).parents[1] / "data" / "other-pack"
LEAN_FILES = frozenset({"pack", "dimensions", "forms", "worksheets", "planning", "books"})


@pytest.fixture
def call(capsys, monkeypatch, tmp_path) -> Caller:
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home"))
    return Caller(capsys)


def lean(folder: Path) -> Path:
    """The least such a guideline can ask: one form, one worksheet, one book, one source of money."""

    def read(name: str) -> Any:
        return json.loads((OTHER / f"{name}.json").read_text(encoding="utf-8"))

    def keep(name: str, value: Any) -> None:
        (folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")

    folder.mkdir()
    keep("pack", {**read("pack"), "id": "kabupaten-ringkas"})
    keep("dimensions", read("dimensions"))
    keep("forms", read("forms")[1:])
    keep("worksheets", read("worksheets")[3:4])
    keep("planning", {"funding": read("planning")["funding"][:1]})
    every = ("text", "region", "dimensions", "programmes", "budget", "indicators", "roadmap", "agencies",
             "evidence", "set_aside", "signatures", "activities", "risks", "decrees", "stakeholders",
             "inputs")  # fmt: skip
    chapter = {"id": "semua", "title": {"id": "Semua"}, "blocks": [{"show": each} for each in every]}
    keep("books", [{"id": "buku", "code": "A", "title": {"id": "Buku"}, "chapters": [chapter]}])
    return folder


@pytest.fixture(scope="module")
def packs(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("packs")
    return {"other": OTHER, "lean": lean(folder / "lean")}


@pytest.fixture(scope="module", params=["other", pytest.param("lean", marks=pytest.mark.slow)])
def made(request, packs, tmp_path_factory) -> tuple[Path, Filled]:
    path = tmp_path_factory.mktemp(request.param) / "hijau.rancang"
    return path, fill(path, write_pack(packs[request.param]))


@pytest.fixture
def file(made, tmp_path) -> Path:
    """A copy of the full workspace, for one test."""
    return Path(shutil.copyfile(made[0], tmp_path / "hijau.rancang"))


@pytest.fixture
def whole(tmp_path) -> Path:
    """A full workspace of the guideline itself."""
    path = tmp_path / "hijau.rancang"
    fill(path, write_pack(OTHER))
    return path


# -- the guideline itself ----------------------------------------------------------------------------
def ids(value: Any) -> Iterator[str]:
    """Every id in the JSON of a pack, but those of a worksheet's columns that are fields of a table."""
    if isinstance(value, dict):
        if isinstance(value.get("id"), str) and not value.keys() <= {"id", "en"}:
            yield value["id"]
        for key, inner in value.items():
            if not (key == "columns" and value.get("binding")):
                yield from ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from ids(inner)


def in_folder(folder: Path) -> set[str]:
    return {one for path in folder.glob("*.json") for one in ids(json.loads(path.read_text("utf-8")))}


def test_it_shares_no_id_with_the_guidelines_that_come_along() -> None:
    known = set().union(*(in_folder(each.path) for each in bundled()), in_folder(OTHER.parent / "tiny-pack"))
    assert in_folder(OTHER) & known == set()


def test_it_is_checked_shown_compared_and_installed_with_a_warning(call, tmp_path) -> None:
    assert "5 dimensi" in call.ok("guideline", "check", OTHER, language="id").out
    said = call.ok("guideline", "check", OTHER)
    assert "5 dimensions" in said.out
    assert "not signed" in said.out
    assert "No text in language" in said.out
    for language in Language:
        shown = call.ok("guideline", "show", OTHER, language=language.value).out
        assert "Pesisir" in shown, "what has no English text is shown in Indonesian"
        assert ("Clean Energy" in shown) is (language is Language.EN)
    assert call.ok("guideline", "diff", "smart-city-2021", OTHER, json=True).records[-1]["new"] > 100
    file = tmp_path / "hijau.rancang-guideline"
    file.write_bytes(write_pack(OTHER))
    assert "not signed" in call.fails("guideline", "install", file, code=1)
    assert "not signed" in call.ok("guideline", "install", file, "--yes").err
    assert "kabupaten-hijau@2030.1" in call.ok("guideline", "list").out
    path = tmp_path / "baru.rancang"
    call.ok("new", path, "--region", "18.07", "--years", "2026-2028", "--guideline", "kabupaten-hijau")
    assert "kabupaten-hijau" in call.ok("show", path, json=True).out


def test_a_plan_of_too_few_or_too_many_years_is_told(call, tmp_path) -> None:
    for name, years in (("kurang", "2026-2027"), ("lebih", "2026-2033")):
        path = tmp_path / f"{name}.rancang"
        said = call("new", path, "--region", "18.07", "--years", years, "--guideline", OTHER)
        found = "" if said.code else call("check", path).out
        assert said.code or "years" in found


def test_signed_by_an_issuer_that_is_trusted_it_is_installed_without_a_warning(call, tmp_path) -> None:
    issuer = make_test_identity(tmp_path / "keys", {"issuer": "Penerbit Hijau"}, now=clock.now())
    (tmp_path / "password").write_text("uji\n", encoding="utf-8")
    file = tmp_path / "hijau.rancang-guideline"
    secret = ["--p12", issuer.signers["issuer"].path, "--password-file", tmp_path / "password"]
    call.ok("guideline", "sign", OTHER, "--output", file, *secret, "--trust", issuer.root)
    call.ok("trust", "add", issuer.root, "--yes")
    assert "Penerbit Hijau" in call.ok("guideline", "check", file).out
    done = call("guideline", "install", file)
    assert done.code in {0, 1}
    if done.code:  # an authority of one's own vouches for nobody in earnest: it is said so, and asked for
        assert "anybody" in done.err
        call.ok("guideline", "install", file, "--yes")
    assert "kabupaten-hijau" in call.ok("guideline", "list").out


# -- by command --------------------------------------------------------------------------------------
SHOWN = (
    ("show",), ("programme", "list"), ("budget",), ("assess",), ("assess", "--kind", "evaluation"),
    ("figure",), ("bodies",), ("sessions",), ("stakeholder",), ("input",), ("evidence",),
    ("evidence", "--missing"), ("check",), ("deadline",), ("history",), ("conflicts",), ("comment",),
    ("find", "q[a-z]+", "--pattern"), ("nomenclature",),
)  # fmt: skip
ABSENT = {"assess": 1, "sessions": 1, "bodies": 1, "figure": 1}
"""What a guideline may leave out; the command then says so in a sentence."""


@pytest.mark.parametrize("language", ["id", pytest.param("en", marks=pytest.mark.slow)])
def test_every_command_shows_it(call, file, language: str) -> None:
    asked_little = not open_pack_of(file).sessions
    for verb, *rest in SHOWN:
        said = call(verb, file, *rest, language=language)
        if asked_little and said.code:
            assert verb in ABSENT, (verb, rest, said)
            assert said.err.strip()
        else:
            assert said.code in ({0, 1} if verb == "check" else {0}), (verb, rest, said)
            assert "lahan-utama" not in said.out, "an id is no name"
    for sheet in open_pack_of(file).worksheets:
        if not sheet.binding:
            call.ok("row", file, sheet.id, language=language)


def open_pack_of(path: Path) -> Any:
    with Workspace.open(path, read_only=True) as workspace:
        return workspace.pack()


def pages(path: Path) -> str:
    told = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True)
    return told.stdout


@pytest.mark.slow
def test_every_book_is_printed_in_both_languages(call, file, tmp_path) -> None:
    pack = open_pack_of(file)
    names = [book.id for book in pack.books]
    languages = ["--book-language", "id", "--book-language", "en"]
    said = call.ok("books", file, *names, "--output", tmp_path / "b", *languages, json=True)
    printed = {(each["book"], each["language"]) for each in said.records if each["kind"] == "book"}
    assert printed == {(book.id, language) for book in pack.books for language in ("id", "en")}
    english = "".join(pages(path) for path in (tmp_path / "b").glob("*.en.pdf"))
    assert "Pesisir" in english
    assert "None" not in english
    for unsaid in ("quick win", "Quick win") if pack.planning.quick_win is None else ():
        assert unsaid not in english, "a guideline without quick wins has none on paper"


@pytest.mark.slow
def test_paper_forms_records_and_sheets_are_made(call, whole, tmp_path) -> None:
    for kind in ("readiness", "evaluation"):
        for language in ("id", "en"):
            form = tmp_path / f"{kind}.{language}.pdf"
            call.ok("assess", whole, "--kind", kind, "--form", form, language=language)
            assert form.read_bytes().startswith(b"%PDF")
    said = pages(tmp_path / "readiness.id.pdf")
    assert "Teladan" in said
    assert "Bank sampah" in said
    for more in ([], ["--attendance-list"]):
        record = tmp_path / f"berita{len(more)}.pdf"
        call.ok("record", whole, "kelas-benih", record, *more)
        assert "Kabupaten Lampung Timur" in pages(record)
    assert "Peta desa selesai" in pages(tmp_path / "berita0.pdf")
    call.ok("input", whole, "sheets", "--output", tmp_path / "sheets", "--blank")
    call.ok("input", whole, "sheets", "--output", tmp_path / "sheets")
    assert len(list((tmp_path / "sheets").glob("*.docx"))) == 2


def test_ratings_are_typed_by_number_and_name(call, whole) -> None:
    call.ok("assess", whole, "1=3", "peta-desa=wilis-dua")
    call.ok("assess", whole, "1=4", "--by", "assessor", "--note", "Belum lengkap")
    assert "Running" in call.ok("assess", whole, "--differences").out
    call.fails("assess", whole, "1=6")
    call.ok("assess", whole, "--kind", "evaluation", "1=10", "--by", "evaluator")
    call.fails("assess", whole, "--kind", "evaluation", "1=11", "--by", "evaluator")


def test_programmes_come_in_from_a_table(call, tmp_path) -> None:
    path, table = tmp_path / "kosong.rancang", tmp_path / "program.csv"
    call.ok("new", path, "--region", "18.07", "--years", "2026-2030", "--guideline", OTHER)
    table.write_text(
        "Program,Dimensi,OPD,Sumber Dana,Indikator,Satuan,Kondisi awal,Target 2026,Pagu 2026\n"
        "Tanam bakau,Pesisir,Dinas Laut,Hibah hijau,Luas bakau,ha,70,75,1000000\n"
        "Panel surya desa,Clean Energy,Dinas Daya,Kas kabupaten,Desa menyala,desa,7,9,2000000\n",
        encoding="utf-8",
    )
    assert call("import", path, table).code == 1, "what is open is asked first"
    taken = call.ok("import", path, table, "--accept", "--unit", "rupiah", json=True)
    assert taken.records[-1]["new"] == 2
    found = call.ok("programme", path, "list", json=True).records
    assert {(each["title"]["id"], each["dimension"]) for each in found} == {
        ("Tanam bakau", "pesisir"), ("Panel surya desa", "daya"),
    }  # fmt: skip
    assert {line["source"] for each in found for line in each["budget"]} <= {"hibah-hijau", "kas-kabupaten"}


def test_evidence_goes_out_as_folders_with_an_index(call, whole, tmp_path) -> None:
    call.ok("evidence", whole, "--export", tmp_path / "bukti", "--zip")
    (index,) = (tmp_path / "bukti").rglob("*.xlsx")
    cells = [str(cell.value) for sheet in load_workbook(index) for row in sheet.iter_rows() for cell in row]
    assert any("Jumlah desa" in cell for cell in cells)


# -- sealed, signed, verified ------------------------------------------------------------------------
@pytest.mark.slow
def test_it_is_sealed_signed_and_verified(call, whole, tmp_path) -> None:
    package = tmp_path / "paket.asice"
    call.ok("seal", whole, package, "--book-language", "id", "--book-language", "en")
    with zipfile.ZipFile(package) as archive:
        names = archive.namelist()
        data = read_data(archive.read(next(name for name in names if name.endswith("data.json"))))
    assert not any("lembar-ikrar" in name for name in names), "what stays at home is not handed in"
    assert {each.dimension for each in data.programmes} == {"hulu", "pesisir", "daya", "sisa", "ladang"}
    roles = {"ketua-majelis": "Contoh Ketua", "kepala-kabupaten": "Contoh Kepala"}
    identity = make_test_identity(tmp_path / "id", roles, now=clock.now())
    (tmp_path / "password").write_text("uji\n", encoding="utf-8")
    for role in roles:
        call.ok("sign", package, "--role", role, "--p12", identity.signers[role].path,
                "--password-file", tmp_path / "password", "--trust", identity.root,
                "--other-holder")  # fmt: skip
    call.ok("sign", package, "--container", "--p12", identity.signers["ketua-majelis"].path,
            "--password-file", tmp_path / "password", "--trust", identity.root, "--other-holder")  # fmt: skip
    for language in ("id", "en"):
        verdict = call.ok("verify", package, "--trust", identity.root, language=language, json=True).records[
            0
        ]
        assert verdict["verdict"] == "valid-with-notes"


# -- moving ------------------------------------------------------------------------------------------
def everything(path: Path) -> dict[str, Any]:
    """All answers, cells and rows of a plan, by where they stand."""
    with Workspace.open(path, read_only=True) as workspace:
        plan = workspace.plan()
    found: dict[str, Any] = {f"{item}|{scope}": answer for (item, scope), answer in plan.answers.items()}
    found |= {f"row|{row.id}": row for rows in plan.rows.values() for row in rows}
    for name in ("programmes", "figures", "bodies", "meetings", "outputs", "inputs", "scores", "people"):
        found |= {f"{name}|{each.id}": each for each in getattr(plan, name)}
    return found


@pytest.mark.slow
@pytest.mark.parametrize("there", ["smart-city-2021", "smart-city-2017", "kota-cerdas-2026"])
def test_there_and_back_nothing_is_lost(call, whole, there: str) -> None:
    before = everything(whole)
    preview = call.ok("guideline", "move", whole, there, "--preview", language="id").out
    assert preview.strip()
    call.ok("guideline", "move", whole, there, "--yes")
    assert call.ok("guideline", "leftover", whole, json=True).records
    call.ok("guideline", "move", whole, OTHER, "--yes")
    after = everything(whole)
    assert {key for key in before if before[key] != after.get(key)} == set()


@pytest.mark.slow
def test_from_the_guideline_in_force_and_back(call, tmp_path) -> None:
    path = tmp_path / "lama.rancang"
    fill(path, write_pack(next(each.path for each in bundled() if each.id == "smart-city-2021")))
    before = everything(path)
    call.ok("guideline", "move", path, OTHER, "--yes")
    with Workspace.open(path, read_only=True) as workspace:
        plan = workspace.plan()
    assert {each.dimension for each in plan.programmes} >= {"sisa", "ladang", "hulu"}, "as the pack maps them"
    call.ok("guideline", "move", path, "smart-city-2021", "--yes")
    after = everything(path)
    assert {key for key in before if before[key] != after.get(key)} == set()


# -- in the window -----------------------------------------------------------------------------------
@pytest.fixture
def opened(qtbot, qapp, tmp_path, monkeypatch) -> Iterator[Callable[[Path], Any]]:
    from tests.ui.desk import Desk

    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home"))
    desk = Desk(qtbot, qapp, tmp_path, monkeypatch)

    def open_(path: Path) -> Any:
        desk.session.remember(name="Sari")
        desk.window.open_path(path)
        desk.settle()
        return desk

    yield open_
    desk.end()


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_opens_in_every_view(opened, file, language: str) -> None:
    from PySide6.QtWidgets import QLabel

    from tests.walk import screens

    desk = opened(file)
    desk.window.speak_language(Language(language))
    desk.check()
    pack = desk.session.pack
    seen, texts = set(), []
    for name, window in screens(desk.window, every=True):
        seen.add(name)
        texts += [label.text() for label in window.findChildren(QLabel) if label.isVisible()]
    asked = {f"{page.page}-{page.ref}".rstrip("-") for stage in pack.stages for page in stage.pages}
    asked -= {f"chapter-{book.id}" for book in pack.books}
    assert asked <= {name.removesuffix("-book") for name in seen}
    assert [message for message in desk.said if message.id == "ui.crash"] == []
    guideline = Guideline(pack)
    ours = {form.id for form in pack.forms} | {sheet.id for sheet in pack.worksheets}
    assert ours & {text.strip() for text in texts} == set(), "an id is no name"
    assert guideline.pack.pack.id not in texts


def test_what_has_no_english_text_is_marked_in_the_window(opened, whole) -> None:
    from PySide6.QtWidgets import QLabel

    from desktop.ui.fields.box import FieldBox

    def shown(box: FieldBox) -> list[str]:
        return [label.text() for label in box.findChildren(QLabel) if not label.isHidden()]

    desk = opened(whole)
    desk.window.speak_language(Language.EN)
    page = desk.visit("form", "potret")
    marked = {box.field.id for box in page.findChildren(FieldBox) if "Indonesian text" in shown(box)}
    asked = {field.id: field for form in desk.session.pack.forms for field in form.fields}
    assert {"jumlah-desa", "tahun-peta", "juru-tulis"} <= marked
    assert marked == {
        box.field.id for box in page.findChildren(FieldBox) if not asked[box.field.id].label.texts.get("en")
    }
    desk.window.speak_language(Language.ID)
    desk.settle()
    assert not any("Teks Indonesia" in shown(box) for box in page.findChildren(FieldBox))


def test_the_packs_file_is_what_the_folder_says(tmp_path) -> None:
    packed = tmp_path / "x.rancang-guideline"
    packed.write_bytes(write_pack(OTHER))
    assert open_pack(packed).pack == open_pack(OTHER).pack
