"""A mistake in a guideline nobody has seen before: told with file, key and remedy; nothing is installed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.base import Language
from desktop.base.speech import catalogue
from desktop.guideline.store import installed
from tests.cli.calling import Caller

pytestmark = pytest.mark.uncounted

OTHER = Path(__file__).parents[1] / "data" / "other-pack"
KEY = re.compile(r"[.\[\]]+")
GONE = object()


@dataclass(frozen=True)
class Mistake:
    """What is written where, and how it must be told: which file and key, which problem."""

    key: str
    value: Any
    problem: str
    told: str = ""
    """The key that is told, where it is another than the one written."""

    @property
    def file(self) -> str:
        return f"{self.key.split('[')[0].split('.')[0]}.json"

    def make(self, folder: Path) -> None:
        path = folder / self.file
        whole: Any = {"": json.loads(path.read_text(encoding="utf-8"))}
        steps: list[Any] = [
            "",
            *(int(one) if one.isdigit() else one for one in KEY.split(self.key)[1:] if one),
        ]
        inner = whole
        for step in steps[:-1]:
            inner = inner[step]
        if self.value is GONE:
            del inner[steps[-1]]
        elif isinstance(inner, list) and steps[-1] == len(inner):
            inner.append(self.value)
        else:
            inner[steps[-1]] = self.value
        path.write_text(json.dumps(whole[""], ensure_ascii=False), encoding="utf-8")


TEXT = {"id": "Baru"}
DEEP: dict[str, Any] = {"id": "dalam.1", "title": TEXT}
for _level in (2, 3, 4, 5):
    DEEP = {"id": f"dalam.{_level}", "title": TEXT, "chapters": [DEEP]}


def column(sheet: int, place: int, name: str) -> str:
    return f"worksheets[{sheet}].columns[{place}].{name}"


MISTAKES = (
    # ids: twice, unknown, malformed, reserved
    Mistake("dimensions[1].id", "hulu", "duplicate_id"),
    Mistake("dimensions[0].sub_dimensions[1].id", "pesisir-bakau", "duplicate_id",
            "dimensions[1].sub_dimensions[0].id"),
    Mistake("forms[1].id", "potret", "duplicate_id"),
    Mistake("forms[0].groups[1].fields[0].id", "jumlah-desa", "duplicate_id"),
    Mistake("forms[0].groups[1].fields[2].choices[1].id", "sawah-basah", "duplicate_id"),
    Mistake("forms[0].id", "chapter", "reserved_id"),
    Mistake("worksheets[1].id", "ikrar-hijau", "form_and_worksheet"),
    Mistake("worksheets[0].id", "dua kata", "id_form"),
    Mistake("worksheets[0].fixed_rows[0].group", "langit", "unknown_reference"),
    Mistake("worksheets[5].term", "panen-raya", "unknown_reference"),
    Mistake("books[1].id", "buku-akar", "duplicate_id"),
    Mistake("books[0].signers[0]", "kepala-kabupate", "unknown_reference"),
    Mistake("books[1].chapters[1].id", "akar.mula", "duplicate_id"),
    Mistake("rules[1].id", "jawab-wajib", "duplicate_id"),
    # blocks and pages that lead nowhere
    Mistake("books[0].chapters[0].blocks[2].ref", "potrait", "unknown_reference"),
    Mistake("books[0].chapters[2].blocks[2].ref", "majelis-biru", "unknown_reference"),
    Mistake("books[0].chapters[2].blocks[5].ref", "kelas-bunga", "unknown_reference"),
    Mistake("books[1].chapters[0].blocks[0].ref", "akar.muka", "unknown_reference"),
    Mistake("books[1].chapters[2].blocks[2].ref", "tanah", "unknown_reference"),
    Mistake("books[0].chapters[3].blocks[0].ref", "hulu", "ref_unused"),
    Mistake("books[0].chapters[0].blocks[0].show", "texts", "not_allowed"),
    Mistake("books[0].chapters[5]", DEEP, "too_deep",
            "books[0].chapters[5].chapters[0].chapters[0].chapters[0].chapters[0]"),
    Mistake("books[2].signers", [], "per_agency"),
    Mistake("books[2].submitted", True, "per_agency"),
    Mistake("stages[0].pages[5].ref", "potret-lama", "unknown_reference"),
    Mistake("stages[0].pages[0].page", "profil", "not_allowed"),
    Mistake("sessions[0].outputs[0].page.ref", "tingkat-biru", "unknown_reference"),
    Mistake("planning.quick_win", None, "nothing_to_show", "books[1].chapters[3].blocks[1].show"),
    Mistake("readiness", None, "nothing_to_show", "books[0].chapters[1].blocks[1].show"),
    Mistake("sessions", [], "nothing_on_page", "stages[0].pages[6].page"),
    Mistake("figures", [], "nothing_on_page", "stages[0].pages[2].page"),
    # scales, figures, money, years
    Mistake(f"{column(0, 0, 'choices')}[2].score", GONE, "rating_scores", "readiness.rating"),
    Mistake("readiness.rating", "uraian", "rating_scores"),
    Mistake("readiness.worksheet", "tingkat-merah", "unknown_reference"),
    Mistake("readiness.swot.strengths", "model", "unknown_reference"),
    Mistake("figures[2].part_of", "belanja-hijau", "part_of_itself"),
    Mistake("figures[2].part_of", "luas-hijau", "part_kind"),
    Mistake("figures[3].item", "potret.jumlah-kota", "unknown_reference"),
    Mistake("figures[4].choices", [], "no_choices"),
    Mistake("planning.funding", [], "empty_list"),
    Mistake("planning.terms[1].years", 2, "terms_order"),
    Mistake("planning.code_patterns[0]", "^(a+)+$", "pattern"),
    Mistake("planning.extra_fields[0].id", "title", "reserved_id"),
    Mistake("pack.max_years", 2, "years_order"),
    Mistake("pack.languages", ["en"], "no_indonesian"),
    Mistake("pack.format", 3, "newer"),
    Mistake("evaluation.sections[0].fields[1].id", "nilai-hulu", "duplicate_id"),
    Mistake("evaluation.weights", {"semua": {"akar-nilai": 60, "buah-nilai": 50}}, "weights",
            "evaluation.weights.semua"),
    # fields of every kind
    Mistake("forms[0].groups[1].fields[9].worksheet", "harapan-kota", "unknown_reference"),
    Mistake("forms[0].groups[1].fields[9].worksheet", "kerja-lapangan", "bound_choice"),
    Mistake("forms[0].groups[1].fields[2].choices", [], "no_choices"),
    Mistake("forms[0].groups[0].fields[0].type", "kata", "not_allowed"),
    Mistake("forms[0].groups[0].fields[0].required", "ya", "wrong_kind"),
    Mistake("forms[0].groups[1].fields[10].max_words", 2, "words_order"),
    Mistake("forms[0].groups[0].fields[2].difference", ["a", "b"], "only_columns"),
    Mistake("forms[1].groups[0].fields[0].says", "title", "says_nowhere"),
    Mistake("forms[1].groups[0].fields[3].says", "place", "says_twice"),
    Mistake(column(2, 5, "difference"), ["butuh", "cukup"], "unknown_reference",
            "worksheets[2].columns[5].difference[1]"),
    Mistake(column(2, 5, "difference"), ["butuh"], "difference"),
    Mistake(column(2, 5, "difference"), ["butuh", "harapan"], "difference"),
    Mistake(column(3, 1, "dimension"), "hilir", "unknown_reference"),
    Mistake(column(3, 1, "type"), "text", "mark_kind"),
    Mistake(column(1, 4, "made_of"), ["modal"], "made_of"),
    Mistake(column(1, 4, "made_of"), ["modal", "peluang"], "unknown_reference",
            "worksheets[1].columns[4].made_of[1]"),
    Mistake("worksheets[0].columns", [], "empty_list"),
    Mistake("worksheets[0].judul", TEXT, "key_unknown"),
    Mistake("worksheets[0].title", GONE, "key_missing"),
    Mistake("worksheets[0].title.id", GONE, "text_without_id"),
    # rules and mappings
    Mistake("rules[0].check", "required_answer", "unknown_reference"),
    Mistake("rules[6].params", {"persen": 3}, "unknown_reference", "rules[6].params.persen"),
    Mistake("rules[7].params.item", "potret.nomor", "unknown_reference"),
    Mistake("rules[7].params.if_value", "rawa", "unknown_reference"),
    Mistake("rules[9].params.min", -1, "out_of_range"),
    Mistake("rules[14].params.body", GONE, "key_missing", "rules[14].params"),
    Mistake("mappings[0].dimensions.environment", "udara", "unknown_reference"),
    Mistake("mappings[0].roles.agency_head", "camat", "unknown_reference"),
    Mistake("roles[0].closes_package", True, "two_closing", "roles[1].closes_package"),
    Mistake("legal[0].issued", "1 Maret 2029", "day"),
)  # fmt: skip


@pytest.fixture
def call(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("RANCANG_HOME", str(tmp_path / "home"))
    return Caller(capsys)


@pytest.fixture
def folder(tmp_path) -> Path:
    made = tmp_path / "hijau"
    shutil.copytree(OTHER, made)
    return made


def told(call: Caller, folder: Path, file: str, key: str) -> dict[str, Any]:
    """The fault at a key as the commands tell it: in both languages, with no success, nothing installed."""
    said = call("guideline", "check", folder, json=True)
    assert said.code != 0
    found = [one["params"] for one in said.records]
    (fault,) = [one for one in found if (one.get("file"), one.get("key", "")) == (file, key)] or [found]
    for language in Language:
        answer = call("guideline", "check", folder, language=language.value)
        assert answer.code != 0
        assert file in answer.err
        assert key in answer.err
        remedy = fault["remedy"]["message"]["id"]
        words = catalogue(language).gettext(remedy)
        assert words != remedy
        beginning = re.split(r"[{“]", words)[0].strip()
        assert beginning in answer.err
    before = list(installed())
    assert call("guideline", "install", folder, "--yes").code != 0
    assert list(installed()) == before
    return fault


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: f"{one.key} {one.problem}")
def test_a_mistake_is_told_with_file_key_and_remedy(call, folder, mistake: Mistake) -> None:
    mistake.make(folder)
    key = mistake.told or mistake.key
    fault = told(call, folder, f"{re.split(r'[.[]', key)[0]}.json", key)
    assert fault["problem"]["message"]["id"] == f"guideline.problem.{mistake.problem}"


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def _latin(path: Path) -> None:
    path.write_bytes('[{"id": "hulu", "name": {"id": "Café"}}]'.encode("latin-1"))


def _float(path: Path) -> None:
    path.write_text('[{"id": "hulu", "name": {"id": "Hulu"}, "sub_dimensions": 1.5}]', encoding="utf-8")


def _twice(path: Path) -> None:
    path.write_text('[{"id": "hulu", "id": "hilir", "name": {"id": "Hulu"}}]', encoding="utf-8")


WHOLE_FILES: tuple[tuple[str, Callable[[Path], None], str, str], ...] = (
    ("dimensions", _cut, "syntax", ""),
    ("dimensions", _latin, "not_utf8", ""),
    ("dimensions", _float, "float", "dimensions[0].sub_dimensions"),
    ("dimensions", _twice, "key_twice", "dimensions[0].id"),
    ("dimensions", Path.unlink, "file_missing", ""),
    ("books", Path.unlink, "file_missing", ""),
    ("planning", lambda path: path.write_text("[]"), "wrong_kind", "planning"),
)


@pytest.mark.parametrize(("name", "spoil", "problem", "key"), WHOLE_FILES)
def test_a_file_that_cannot_be_read_is_told(
    call, folder, name: str, spoil: Callable[[Path], None], problem: str, key: str
) -> None:
    spoil(folder / f"{name}.json")
    fault = told(call, folder, f"{name}.json", key)
    assert fault["problem"]["message"]["id"] == f"guideline.problem.{problem}"


def test_a_file_that_no_guideline_has_is_told(call, folder) -> None:
    (folder / "dimensi.json").write_text("[]", encoding="utf-8")
    said = call("guideline", "check", folder, json=True)
    assert said.code != 0
    assert "dimensi.json" in said.out
