"""Whatever a list says, and however it is laid out and written, it is read as it was meant."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.exchange import preview_programmes
from desktop.exchange.columns import bare
from tests.exchange.lists import csv_file, xlsx_file

YEARS = (2026, 2027)
words = st.text("abcdefgh éü", min_size=1, max_size=12).map(lambda text: " ".join(text.split())).filter(bool)
figures = st.none() | st.decimals(-9999, 99_999, places=2)
money = st.none() | st.integers(1, 10**6).map(lambda millions: millions * 10**6)
indicators = st.lists(
    st.tuples(words.map("Cakupan {}".format), st.sampled_from(["persen", "orang", ""]), figures, figures),
    max_size=4,
    unique_by=lambda each: bare(each[0]),
)
programmes = st.lists(
    st.tuples(
        words.map("Layanan {}".format), words.map("Dinas {}".format), st.tuples(money, money), indicators
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda each: bare(each[0]),
)
manners = st.fixed_dictionaries(
    {
        "several": st.sampled_from(["rows", "lines", "1. ", "a) ", "• "]),
        "english": st.booleans(),
        "grouped": st.booleans(),
        "unknown": st.sampled_from(["-", "N/A", "tidak ada"]),
        "kind": st.sampled_from(["xlsx", "utf-8", "utf-16", "cp1252"]),
        "delimiter": st.sampled_from([";", ",", "\t"]),
        "titles": st.integers(0, 4),
        "signed": st.booleans(),
    }
)


def written(value, how):
    if value is None:
        return how["unknown"]
    if isinstance(value, Decimal):
        text = f"{value:,.2f}" if how["grouped"] else f"{value:.2f}"
    else:
        text = f"{value:,}" if how["grouped"] else str(value)
    return text if how["english"] else text.translate(str.maketrans(",.", ".,"))


def listed(entries, how):
    """Several entries in one cell."""
    if how["several"] == "lines" or len(entries) == 1:
        return "\n".join(entries)
    marks = {"1. ": "123456789", "a) ": "abcdefghi"}.get(how["several"], "•" * 9)
    return "\n".join(
        f"{mark}{how['several'][1:]}{entry}" for mark, entry in zip(marks, entries, strict=False)
    )


def laid_out(plan, how):
    head = ["Program", "OPD", "Indikator", "Satuan", "Kondisi awal", "Target 2026", "Pagu 2026", "Pagu 2027"]
    rows = [*([f"Daftar program {at}"] for at in range(how["titles"])), head]
    for title, agency, amounts, parts in plan:
        sums = [written(each, how) for each in amounts]
        if how["several"] == "rows" or not parts:
            first = [title, agency]
            for name, unit, *values in parts or [("", "", None, None)]:
                said = [written(each, how) if name else "" for each in values]
                rows.append([*first, name, unit, *said, *sums])
                first, sums = ["", ""], ["", ""]
            continue
        cells = [
            listed([written(each, how) if at > 1 else each or "-" for each in column], how)
            for at, column in enumerate(zip(*parts, strict=True))
        ]
        rows.append([title, agency, *cells, *sums])
    if how["signed"]:
        said = ("Pringsewu, 12 Januari 2026", "Kepala Bappeda", "Sari")
        rows += [[], *([""] * 5 + [line] for line in said)]
    return rows


def read(ground, path):
    preview = preview_programmes(path, *ground)
    assert preview.problems == ()
    assert preview.left == ()
    assert not [each for each in preview.questions if each.kind in {"cells", "numbers"}]
    return [
        (
            draft.title,
            draft.agency,
            tuple(
                next((amount.value for amount in draft.amounts.get((year, "", "indicative"), ())), None)
                for year in YEARS
            ),
            [
                (each.name, "" if each.unit == "-" else each.unit, each.baseline, each.targets.get(2026))
                for each in draft.indicators.values()
            ],
        )
        for draft in preview.programmes
    ]


def the_law(ground, folder, plan, how):
    rows = laid_out(plan, how)
    if how["kind"] == "xlsx":
        path = xlsx_file(folder, rows)
    else:
        path = csv_file(folder, rows, delimiter=how["delimiter"], encoding=how["kind"])
    assert read(ground, path) == plan


@pytest.mark.slow
@given(programmes, manners)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_list_is_read_as_it_was_meant(ground, tmp_path, plan, how):
    the_law(ground, tmp_path, plan, how)


@pytest.mark.torture
@given(programmes, manners)
@settings(max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_many_lists_are_read_as_they_were_meant(ground, tmp_path, plan, how):
    the_law(ground, tmp_path, plan, how)
