"""Sentences in a language: placeholders, plurals, numbers, dates and money by locale."""

from __future__ import annotations

import datetime as dt
import time
from decimal import Decimal

import pytest

from desktop.base import Language, LocalText, Message, Rupiah, render
from desktop.base.speech import file_size, number, rupiah, value_text

ID, EN = Language.ID, Language.EN


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (1234567, "1.234.567", "1,234,567"),
        (Decimal("-1234.50"), "-1.234,50", "-1,234.50"),
        (Decimal("1E+3"), "1.000", "1,000"),
        (Rupiah(18_400_000_000), "Rp18.400.000.000", "IDR 18,400,000,000"),
        (Rupiah(-5), "-Rp5", "-IDR 5"),
        (dt.date(2026, 1, 2), "2 Januari 2026", "2 January 2026"),
        (dt.datetime(2026, 11, 24, 10, 42), "24 November 2026 10.42", "24 November 2026 10:42"),  # noqa: DTZ001
        ("2026", "2026", "2026"),
        (LocalText({"id": "satu", "en": "one"}), "satu", "one"),
        (LocalText({"id": "satu"}), "satu", "satu"),
        (True, "True", "True"),
    ],
)
def test_values_are_written_as_readers_write_them(value: object, indonesian: str, english: str) -> None:
    assert (value_text(value, ID), value_text(value, EN)) == (indonesian, english)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        ("Asia/Jakarta", "24 November 2026 10.42 WIB"),
        ("Asia/Makassar", "24 November 2026 11.42 WITA"),
        ("Asia/Jayapura", "24 November 2026 12.42 WIT"),
        ("Asia/Kolkata", "24 November 2026 09.12 UTC+5.5"),
    ],
)
def test_a_moment_says_in_which_zone_it_is_read(monkeypatch, place: str, shown: str) -> None:
    monkeypatch.setenv("TZ", place)
    time.tzset()
    try:
        assert value_text(dt.datetime(2026, 11, 24, 3, 42, tzinfo=dt.UTC), ID) == shown
        last = value_text(dt.datetime.max.replace(tzinfo=dt.UTC), EN)
        assert last.startswith("31 December 9999")
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_sentence_is_filled_and_nothing_in_a_value_is_evaluated() -> None:
    message = Message("base.file.missing", file="{file} {0} {x!r} %s")
    assert render(message, EN) == "The file “{file} {0} {x!r} %s” was not found. Check its name and folder."
    assert "tidak ditemukan" in render(message, ID)


def test_a_message_within_a_message_speaks_the_same_language() -> None:
    inner = Message("base.cancelled")
    outer = Message("base.file.failed", file="a", reason=inner)
    assert render(inner, ID) in render(outer, ID)
    assert render(inner, EN) in render(outer, EN)


def test_english_counts_and_indonesian_does_not() -> None:
    one, two = Message("cli.label.evidence_add", n=1), Message("cli.label.evidence_add", n=2)
    assert render(one, EN) == "Add 1 piece of evidence"
    assert render(two, EN) == "Add 2 pieces of evidence"
    assert render(two, ID) == "Tambah 2 bukti dukung"


def test_an_unknown_id_is_shown_with_what_it_was_told() -> None:
    assert render(Message("no.such.id", a=1000), ID) == "no.such.id a=1.000"


def test_sizes() -> None:
    assert file_size(999, ID) == "999 B"
    assert file_size(1_440_000, ID) == "1,4 MB"
    assert file_size(1_440_000, EN) == "1.4 MB"
    assert file_size(12_000_000_000, EN) == "12.0 GB"


def test_numbers_and_money_take_any_size() -> None:
    assert number(10**18, ID).count(".") == 6
    assert rupiah(10**15, EN) == "IDR 1,000,000,000,000,000"
