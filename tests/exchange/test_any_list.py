"""Whatever a file holds, the import answers with a preview or a sentence."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base import Language, RancangError, render
from desktop.exchange import preview_programmes, refine, suggested_answers
from desktop.exchange.cells import Ways
from desktop.exchange.flat import Collector
from desktop.exchange.header import find_header
from desktop.exchange.number_styles import Styles
from desktop.exchange.numbers import NumberStyle
from desktop.exchange.programmes import changes_of
from desktop.exchange.table import Handed, Table, read_tables
from tests.data.planning import sipd

pytestmark = [pytest.mark.uncounted, pytest.mark.slow]

headers = st.sampled_from(
    ["Program", "OPD", "Tahun", "Indikator", "Satuan", "Target", "Target 2026", "Pagu", "2027", "Kode",
     "Dimensi", "Quick win", "Sumber dana", "kode daerah", "Arah", "Total", "Kondisi awal 2024", "apa", ""]
)  # fmt: skip
cells = (
    st.none()
    | st.sampled_from(
        ["", "A", "A\nB", "1\n2", "Jumlah", "2026", "2026-", "1.234", "4,14", "N/A", "#REF!", "<1", "ya"]
    )
    | st.text(max_size=8)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates(dt.date(1900, 1, 1))
    | st.booleans()
)  # fmt: skip
tables = st.builds(
    lambda header, rows: Table("x", tuple(tuple(row) for row in [header, *rows])),
    st.lists(headers, min_size=1, max_size=8).map(lambda row: ["Program", *row]),
    st.lists(st.lists(cells, max_size=9), max_size=6),
)


@given(tables, st.sampled_from([None, *NumberStyle]))
@settings(max_examples=300, deadline=None)
def test_no_sheet_brings_the_reader_down(table, style):
    header = find_header(table, {})
    assert header is not None
    drafts = Collector(table, header, Ways(Styles(style)), "18.07").collect()
    for programme in drafts.programmes:
        assert programme.title
        for amounts in programme.amounts.values():
            assert all(isinstance(amount.value, Decimal) for amount in amounts)
    for problem in drafts.problems:
        assert 1 <= problem.row <= len(table.rows)


@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_file_brings_the_reader_down(tmp_path, data):
    path = tmp_path / "any.csv"
    path.write_bytes(data)
    try:
        tables = read_tables(path)
    except RancangError:
        tables = ()
    for table in tables:
        header = find_header(table, {})
        assert header is None or header.columns


heads = headers | st.sampled_from(
    [*sipd.FLAT, "Capaian Program", "Hasil Kegiatan", "Keluaran Sub Kegiatan", "Tolok Ukur",
     "Urusan/ Bidang Urusan Pemerintahan Daerah Dan Program/ Kegiatan", "Indikator Kinerja",
     "Rencana Tahun 2026", "Prakiraan Maju Rencana Tahun 2027", "Nama Unggulan", "Pagu (juta)"]
)  # fmt: skip
odd_cells = cells | st.sampled_from(
    ["1. A 2. B", "- a\n- b", ":", "2.16.03", "X.XX.01", "Jan 2026", "46023", "80%"]
)
any_tables = st.builds(
    lambda first, rows: Table("x", tuple(map(tuple, [*first, *rows]))),
    st.lists(st.lists(heads, min_size=1, max_size=10), min_size=1, max_size=3),
    st.lists(st.lists(odd_cells, max_size=11), max_size=7),
)
NOTHING_BUT_A_COLON = Table("x", (("Program", "Kegiatan"), ("A", "B"), (":",)))
FROM_SIPD = Table(
    "x", (("Nama Program", "Kode Program", "Nama Kegiatan", "Kode Kegiatan"), ("A", "", "B", ""))
)
NAMELESS = {"column:nama program": "region", "column:nama kegiatan": "ignore"}


def decided_by_chance(ground, table, choose):
    """Read a list, answer what it asks by chance, and hold what it says then against the plan."""
    try:
        preview = preview_programmes(Handed("x", (table,)), *ground)
        answers = {question.id: choose(question) for question in preview.questions}
        again = refine(preview, {key: answer for key, answer in answers.items() if answer}, *ground)
    except RancangError:
        return
    for language in Language:
        assert all(render(each.message, language) for each in (*again.questions, *again.problems))
    assert changes_of(again, suggested_answers(again.questions), ground[0]) == ()


@given(any_tables, st.data())
@settings(max_examples=40, deadline=None)
def test_no_list_and_no_answer_brings_the_import_down(ground, table, data):
    def choose(question):
        return data.draw(st.sampled_from(["", *(option.id for option in question.options)]))

    decided_by_chance(ground, table, choose)


@pytest.mark.torture
@given(any_tables, st.data())
@settings(max_examples=5000, deadline=None)
def test_no_list_of_many_brings_the_import_down(ground, table, data):
    def choose(question):
        return data.draw(st.sampled_from(["", *(option.id for option in question.options)]))

    decided_by_chance(ground, table, choose)


@pytest.mark.parametrize("table", [NOTHING_BUT_A_COLON, FROM_SIPD])
def test_lists_that_once_brought_it_down(ground, table):
    """Found by chance: a row of a colon alone; a list of SIPD whose names somebody took away."""
    decided_by_chance(ground, table, lambda question: NAMELESS.get(question.id, ""))
