"""The unit of money: read where it is said, asked where sizes speak for thousands, never guessed."""

from decimal import Decimal

import pytest

from desktop.exchange import preview_programmes, refine, suggested_answers
from desktop.exchange.money_unit import suggest_unit, unit_named
from desktop.exchange.questions import open_questions
from tests.exchange.lists import csv_file, xlsx_file


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("RENCANA PROGRAM (dalam ribuan rupiah)", "thousand"),
        ("Pagu (Rp. 000)", "thousand"),
        ("Pagu Rp.000,-", "thousand"),
        ("Pagu (000)", "thousand"),
        ("Pagu (x 1.000)", "thousand"),
        ("Pagu (x Rp1.000)", "thousand"),
        ("Pagu (Rp. 000.000)", "million"),
        ("Anggaran (x 1.000.000)", "million"),
        ("(juta)", "million"),
        ("Rp juta", "million"),
        ("in millions of rupiah", "million"),
        ("Kebutuhan dana (miliar rupiah)", "billion"),
        ("Pagu (Rp)", None),
        ("Pagu 2026", None),
        ("Jumlah penduduk 1.000 jiwa", None),
        ("Dinas 000", None),
        ("Jumlah seluruhnya Rp1.400.000.000", None),
    ],
)
def test_what_heads_and_titles_say(text, unit):
    assert unit_named(text) == unit


@pytest.mark.parametrize(
    ("largest", "above", "suggestion"),
    [
        ("539632687000", "Pagu", ("rupiah", "likely")),
        ("539632687000", "Pagu (ribu rupiah)", ("", "")),  # thousands would be 539 trillion
        ("539632687", "Pagu (ribu rupiah)", ("thousand", "stated")),
        ("539632687", "Pagu", ("rupiah", "likely")),
        ("539632", "Pagu", ("", "")),
        ("5396", "dalam jutaan rupiah", ("million", "stated")),
        ("539", "dalam miliar rupiah", ("billion", "stated")),
        ("5", "Pagu", ("rupiah", "weak")),
    ],
)
def test_a_size_that_speaks_for_thousands_is_a_reason_to_ask(largest, above, suggestion):
    assert suggest_unit({2026: Decimal(largest)}, [above]) == suggestion


def test_nothing_is_taken_over_before_somebody_said_so(ground, tmp_path):
    path = csv_file(tmp_path, [["Program", "Pagu 2026"], ["A", "539632"]])
    preview = preview_programmes(path, *ground)
    (question,) = [each for each in preview.questions if each.id == "rupiah_unit"]
    assert (question.required, question.suggestion) == (True, "")
    assert question in open_questions(preview.questions, suggested_answers(preview.questions))
    assert {option.id for option in question.options} == {"rupiah", "thousand", "million", "billion"}


def test_columns_may_be_in_units_of_their_own(ground, tmp_path):
    rows = [
        ["Program", "Pagu 2026 (Rp juta)", "Realisasi Anggaran 2026 (Rp)"],
        ["A", "1.500", "1.400.000.000"],
    ]
    preview = refine(
        preview_programmes(csv_file(tmp_path, rows), *ground), {"number_style": "comma"}, *ground
    )
    assert "rupiah_unit" not in {each.id for each in preview.questions}
    (draft,) = preview.programmes
    assert {figure: (each.value, each.absolute) for (_, _, figure), (each,) in draft.amounts.items()} == {
        "indicative": (1_500_000_000, True),
        "realised": (1_400_000_000, True),
    }


def test_sheets_may_be_in_units_of_their_own(ground, tmp_path):
    first = [["(dalam ribuan rupiah)"], ["Program", "Pagu 2026"], ["A", 1_500_000]]
    second = [["(dalam jutaan rupiah)"], ["Program", "Pagu 2026"], ["B", 700]]
    preview = preview_programmes(xlsx_file(tmp_path, first, more={"Kedua": second}), *ground)
    assert "rupiah_unit" not in {each.id for each in preview.questions}
    assert [each.id for each in preview.notes] == ["exchange.note.units"] * 2
    assert [each.value for draft in preview.programmes for (each,) in draft.amounts.values()] == [
        1_500_000_000, 700_000_000,
    ]  # fmt: skip
