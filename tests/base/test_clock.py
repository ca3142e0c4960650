"""Which day it is in a region: its day begins seven to nine hours before that of UTC."""

from __future__ import annotations

import csv
import datetime as dt

import pytest

from desktop.base import clock
from desktop.base.resources import resource


@pytest.mark.parametrize(
    ("region", "until"),
    [("18.07", 16), ("", 16), ("x", 16), ("51.03", 15), ("76", 15), ("81.71", 14), ("96.71", 14), ("9", 16)],
)
def test_the_day_begins_in_the_east(region: str, until: int, monkeypatch) -> None:
    monkeypatch.setenv("RANCANG_NOW", f"2026-12-01T{until}:59:59+00:00")
    assert clock.today(region) == dt.date(2026, 12, 1)
    monkeypatch.setenv("RANCANG_NOW", f"2026-12-01T{until + 1}:00:00+00:00")
    assert clock.today(region) == dt.date(2026, 12, 2)


def test_every_province_has_its_time() -> None:
    """By Presidential Decree 41/1987, with the provinces made since."""
    with resource("regions", "regions.csv").open(encoding="utf-8", newline="") as file:
        codes = {next(iter(row.values()))[:2] for row in csv.DictReader(file)}
    hours = {code: clock.zone_of(code).utcoffset(None) // dt.timedelta(hours=1) for code in codes if code}
    eastern = {code for code, each in hours.items() if each == 9}
    central = {code for code, each in hours.items() if each == 8}
    assert eastern == {"81", "82", "91", "92", "93", "94", "95", "96"}
    assert central == {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
    assert len(hours) == 38


def test_days_at_the_end_of_time_and_held_ones() -> None:
    assert clock.day_of(dt.datetime.max.replace(tzinfo=dt.UTC)) == dt.date.max
    for region in ("18", "51", "91"):
        with clock.held(dt.date(2026, 12, 1)):
            assert clock.today(region) == dt.date(2026, 12, 1)
