"""Names and titles that are nearly alike are found, however many there are, and no list holds things up."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from desktop.exchange import matching
from desktop.exchange.agency_workbook.evidence import Came, Evidence, _Lying
from desktop.exchange.matching import Agencies, renamed


def plan_of(agencies=(), titles=()):
    """As much of a plan as is looked at."""
    return SimpleNamespace(
        region=SimpleNamespace(name="Kabupaten Uji"),
        agencies=[
            SimpleNamespace(id=name, short_name="", code="", name=SimpleNamespace(values={"id": name}))
            for name in agencies
        ],
        programmes=[
            SimpleNamespace(id=title, lead="", title=SimpleNamespace(values={"id": title}))
            for title in titles
        ],
    )


def drafts_of(*titles):
    return [SimpleNamespace(key=title, title=title, agency="") for title in titles]


NAMES = ["Dinas Kesehatan", "Dinas Pendidikan dan Kebudayaan", "Badan Pengelola Keuangan Daerah"]


def test_the_likest_is_found_and_asked_for_once(monkeypatch):
    agencies = Agencies(plan_of(NAMES))
    assert agencies.like("Dinas Kesehatn").id == "Dinas Kesehatan"
    assert agencies.like("Dinas Pendidkan dan Kebudayaan").id == NAMES[1]
    assert agencies.like("Rumah Sakit") is None
    monkeypatch.setattr(matching, "SequenceMatcher", None)
    assert agencies.like("Dinas Kesehatn").id == "Dinas Kesehatan"


@pytest.mark.parametrize("pairs", [0, 2])
def test_beyond_so_many_pairs_nothing_is_like_another(monkeypatch, pairs):
    monkeypatch.setattr(matching, "_PAIRS", pairs)
    agencies = Agencies(plan_of(NAMES))
    found = [agencies.like(f"Dinas Kesehatan{sign}") for sign in "abcd"]
    assert [each is not None for each in found] == [n < pairs for n in range(4)]
    titles = [f"Layanan Air Bersih Desa {n}" for n in range(4)]
    drafts = drafts_of(*(f"Layanan Air Bersih Dess {n}" for n in range(4)))
    plan = plan_of(titles=titles[:1])
    assert len(list(renamed(drafts, plan, {}, Agencies(plan)))) == pairs


def test_what_is_longer_than_any_name_is_compared_by_its_first_letters():
    long = "Dinas " + "kesehatan masyarakat " * 3_000
    agencies = Agencies(plan_of([long]))
    assert agencies.like(long.replace("masyarakat", "masyarakt", 1)) is not None
    plan = plan_of(titles=[long])
    ((_, found),) = renamed(drafts_of(long.replace("Dinas", "Dines")), plan, {}, Agencies(plan))
    assert [each.id for each in found] == [long]
    name = "ab" * 30_000
    lying = _Lying(Came(name, f"{name}.jpg", 1), 0, Path("berkas"), f"{name}.jpg")
    here = Evidence({name: lying})
    assert [came.id for came in here.near(f"{name}c.jpg")] == [name]
    assert here.near("lain.pdf") == []
