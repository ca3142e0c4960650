"""Whatever a file holds, the import answers with a preview or a sentence."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base import RancangError
from desktop.exchange.figures import Ways
from desktop.exchange.flat import Collector
from desktop.exchange.header import find_header
from desktop.exchange.number_styles import Styles
from desktop.exchange.numbers import NumberStyle
from desktop.exchange.table import Table, read_tables

pytestmark = pytest.mark.uncounted

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
