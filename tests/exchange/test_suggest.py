import csv
import json
from decimal import Decimal

import pytest

from desktop.exchange.drafts import IndicatorDraft
from desktop.exchange.suggest import (
    DimensionSuggester,
    named_dimension,
    named_sub_dimension,
    suggest_direction,
)
from desktop.guideline import load_pack
from tests.exchange.lists import DECISIONS, REAL, ROOT

PACK = load_pack(ROOT / "resources" / "guidelines" / "smart-city-2021")


def indicator(name, baseline=None, *targets):
    values = {2026 + at: Decimal(value) for at, value in enumerate(targets)}
    return IndicatorDraft(name, baseline=None if baseline is None else Decimal(baseline), targets=values)


@pytest.mark.parametrize(
    ("name", "figures", "direction"),
    [
        ("Angka Kematian Ibu", ("98.8", "90", "78"), "down"),
        ("Prevalensi Stunting pada Balita", (), "down"),
        ("Persentase penduduk miskin", ("14", "15"), "down"),
        ("Persentase baduta stunting yang tertangani", ("80", "90"), "up"),
        ("Waktu verifikasi berkas", ("14", "1"), "down"),
        ("Indeks SPBE", ("2.84", "3.12"), "up"),
        ("Realisasi terhadap target investasi", ("202.65", "100", "100"), "keep"),
        ("Warga memperoleh rumah layak huni", ("83", "100", "100"), "up"),
        ("Sesuatu yang belum pernah didengar", ("9", "7", "5"), "down"),
        ("Unemployment rate", (), "down"),
    ],
)
def test_direction(name, figures, direction):
    baseline, *targets = figures or (None,)
    assert suggest_direction(indicator(name, baseline, *targets)) == direction


def test_suggestions_for_the_real_programmes_are_what_people_decided():
    decided = json.loads(DECISIONS.read_text("utf-8"))["programmes"]
    rows = {row["programme"]: row for row in csv.DictReader(REAL.read_text("utf-8").splitlines())}
    suggester = DimensionSuggester(PACK)
    wrong = [
        title
        for title, entry in decided.items()
        if suggester.suggest(title, [rows[title]["indicator"], rows[title]["owner_opd"]])
        != (entry["dimension"], entry["sub_dimension"])
    ]
    assert wrong == []


def test_another_guideline_is_suggested_from_its_own_words():
    tiny = load_pack(ROOT / "tests" / "data" / "tiny-pack")
    for dimension in tiny.dimensions:
        for sub in dimension.sub_dimensions:
            assert DimensionSuggester(tiny).suggest(sub.name.read("id"))[0] == dimension.id


def test_nothing_is_suggested_where_no_word_speaks_for_it():
    assert DimensionSuggester(PACK).suggest("Qwerty zxcvb") == ("", "")


def test_dimensions_by_the_names_lists_use():
    assert named_dimension("Smart Governance", PACK) == "governance"
    assert named_dimension("smart_branding", PACK) == "branding"
    assert named_dimension("living", PACK) == "living"
    assert named_dimension("Smart", PACK) == ""
    assert named_dimension("Smart Mobility", PACK) == ""
    assert named_sub_dimension("Layanan Publik", "governance", PACK) == "service"
    assert named_sub_dimension("Layanan Publik", "living", PACK) == ""
