"""Mappings end at ids that the pack has; the bundled ones begin at ids that the other pack has."""

import pytest

from desktop.guideline import Guideline, Pack, bundled, bundled_bytes, load_pack
from desktop.guideline.pack import Mapping
from tests.guideline.test_broken import TINY, packed, problem, read, refused

CASES = [
    ({"dimensions": {"water": "ait"}}, "dimensions.water", "did_you_mean"),
    ({"sub_dimensions": {"wet": "air_c"}}, "sub_dimensions.wet", "did_you_mean"),
    ({"items": {"a.b": "town.treees"}}, "items.a.b", "did_you_mean"),
    ({"items": {"a": "towns"}}, "items.a", "did_you_mean"),
    ({"choices": {"a.b.c": "town.mood.gladd"}}, "choices.a.b.c", "did_you_mean"),
    ({"rows": {"a.b": "xyz"}}, "rows.a.b", "declare"),
    ({"bodies": {"council": "xyz"}}, "bodies.council", "declare"),
    ({"measures": {"people": "xyz"}}, "measures.people", "declare"),
]


@pytest.mark.parametrize(("mapping", "key", "remedy"), CASES, ids=lambda item: str(item)[:40])
def test_a_mapping_to_what_is_not_there_is_told(mapping, key, remedy):
    pack = read(TINY) | {"mappings": [{"pack": "other", **mapping}]}
    expected = ("mappings.json", f"mappings[0].{key}", "unknown_reference", remedy)
    assert problem(refused(packed(pack))) == expected


def test_a_mapping_may_end_at_whole_parts_and_a_sub_dimension_at_a_dimension():
    mapping = {
        "pack": "other",
        "dimensions": {"water": "air"},
        "sub_dimensions": {"wet": "air_a", "dry": "udara"},
        "items": {"a": "town", "b": "wishes", "c.d": "town.trees", "chapter.X": "chapter.A.start"},
        "choices": {"c.e.f": "town.mood.glad"},
    }
    assert load_pack(packed(read(TINY) | {"mappings": [mapping]})).mappings[0].pack == "other"


def test_each_other_pack_is_mapped_once_and_none_is_this_one():
    pack = read(TINY) | {"mappings": [{"pack": "other"}, {"pack": "other"}]}
    assert problem(refused(packed(pack)))[1:3] == ("mappings[1].pack", "duplicate_id")
    pack = read(TINY) | {"mappings": [{"pack": "tiny"}]}
    assert problem(refused(packed(pack)))[1:] == ("mappings[0].pack", "mapped_itself", "mapped_itself")


# -- the bundled ones --------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def packs() -> dict[str, Pack]:
    return {one.id: load_pack(bundled_bytes(one.id)) for one in bundled()}


NAMES = [one.id for one in bundled()]
PAIRS = [(old, new) for old in NAMES for new in NAMES if old != new]


def mapping_of(packs: dict[str, Pack], old: str, new: str) -> Mapping:
    return next(one for one in packs[new].mappings if one.pack == old)


def ids(pack: Pack) -> dict[str, set[str]]:
    """Every id of a pack by the attribute of a mapping that speaks of it."""
    items = dict(Guideline(pack).items())
    return {
        "dimensions": {one.id for one in pack.dimensions},
        "sub_dimensions": {sub.id for one in pack.dimensions for sub in one.sub_dimensions},
        "items": {*items, *(one.id for one in pack.forms), *(one.id for one in pack.worksheets)},
        "choices": {f"{item}.{choice.id}" for item, field in items.items() for choice in field.choices},
        "rows": {f"{sheet.id}.{row.id}" for sheet in pack.worksheets for row in sheet.fixed_rows},
        "bodies": {one.id for one in pack.bodies},
        "measures": {one.id for one in pack.figures},
    }


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_every_pack_maps_from_every_other_and_from_nothing_that_is_not_there(packs, old, new):
    mapping, there = mapping_of(packs, old, new), ids(packs[old])
    for name, known in there.items():
        assert set(getattr(mapping, name)) - known == set(), name


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_what_is_mapped_away_and_back_is_where_it_was(packs, old, new):
    there, back = mapping_of(packs, old, new), mapping_of(packs, new, old)
    for name in ("items", "choices", "rows", "bodies", "measures"):
        forth, home = getattr(there, name), getattr(back, name)
        assert {own: other for other, own in forth.items()}.items() == home.items(), name


def gone(packs: dict[str, Pack], old: str, new: str) -> dict[str, set[str]]:
    """What of the old pack has no place in the new one, neither by its name nor by the mapping."""
    mapping, before, after = mapping_of(packs, old, new), ids(packs[old]), ids(packs[new])
    return {name: before[name] - after[name] - set(getattr(mapping, name)) for name in before}


def test_between_2017_and_2021_only_what_one_of_them_asks_falls_away(packs):
    away = gone(packs, "smart-city-2017", "smart-city-2021")
    assert away["items"] == {"criteria.round", "criteria.self_nominated", "criteria.nomination_reason"}
    assert not away["dimensions"] | away["rows"] | away["bodies"] | away["measures"]
    back = gone(packs, "smart-city-2021", "smart-city-2017")
    assert {item.partition("_")[0] for item in back["items"]} == {
        "criteria.area", "criteria.collaboration", "criteria.priority", "evaluation.collaboration",
    }  # fmt: skip


def test_the_executive_summary_alone_falls_away_with_four_books(packs):
    away = gone(packs, "smart-city-2021", "smart-city-2021-four-books")
    summary = {f"chapter.III.{number}" for number in (*range(1, 7), "foreword")}
    assert away["items"] == summary | {"chapter.P.7"}


@pytest.mark.parametrize("old", ["smart-city-2017", "smart-city-2021"])
def test_in_2026_mobility_is_a_dimension_and_branding_falls_away(packs, old):
    mapping = mapping_of(packs, old, "kota-cerdas-2026")
    assert mapping.sub_dimensions == {"mobility": "mobility"}
    away = gone(packs, old, "kota-cerdas-2026")
    assert away["dimensions"] == {"branding"}
    assert away["sub_dimensions"] == {"tourism", "business", "appearance"}
    assert away["rows"] == {"gap.branding"}
    parts = {item.partition(".")[0] for item in away["items"]}
    assert parts == {"criteria", "evaluation", "rpjmd", "chapter"}
    assert {item for item in away["items"] if item.startswith(("rpjmd", "chapter"))} >= {
        "rpjmd.branding", "chapter.II.2.branding",
    }  # fmt: skip
    assert not away["measures"] | away["bodies"]
