"""What ids are called in another guideline: declared, read backwards, or simply the same."""

from __future__ import annotations

import msgspec
import pytest

from desktop.guideline import BrokenPack, Guideline, load_pack, write_pack
from desktop.guideline.mapping import Crossing
from desktop.guideline.pack import Mapping
from tests.workspace.moving_packs import new, old, renamed


@pytest.fixture
def there() -> Crossing:
    return Crossing(Guideline(old()), Guideline(new()))


@pytest.fixture
def back(there: Crossing) -> Crossing:
    return there.back


def test_items_go_by_their_entry_else_by_their_form_else_by_their_name(there, back):
    assert there.items("f.vision") == ("g.dream",)
    assert there.items("f.tags") == ("f.tags",)
    assert there.items("f.gone") == ()
    assert there.items("needs.level") == ("wants.level",)
    assert back.items("g.dream") == ("f.vision",)
    assert back.items("wants.level") == ("needs.level",)
    assert back.items("g.fresh") == ()
    assert back.back is there


def test_what_is_called_the_same_but_is_something_else_does_not_go_there(back, there):
    assert there.items("f.swap_a") == ("g.swap_b",)
    assert back.items("g.swap_b") == ("f.swap_a",)
    # of the earlier guideline this is declared to go elsewhere
    assert back.items("f.vision") == ()


def test_columns_rows_and_choices(there, back):
    assert there.worksheet("needs") == "wants"
    assert there.worksheet("lost") == ""
    assert there.column("needs", "what", "wants") == "weight"
    assert back.column("wants", "weight", "needs") == "what"
    assert there.fixed("ready", "net") == ("state", "wire")
    assert there.fixed("ready", "law") == ("state", "law")
    assert back.fixed("state", "wire") == ("ready", "net")
    assert there.choice("f.grade", "g.grade", "fair") == "yes"
    assert back.choice("g.grade", "f.grade", "yes") == "good"
    assert there.choice("needs.level", "wants.level", "low") == "low"
    assert there.choice("needs.level", "wants.level", "high") == ""


def test_a_sub_dimension_may_have_become_a_dimension(there, back):
    assert there.place("gov", "service") == ("bureau", "service")
    assert there.place("gov", "move") == ("mobility", "")
    assert there.place("gov", "") == ("bureau", "")
    assert there.place("brand", "") == ("", "")
    assert back.place("mobility", "") == ("gov", "move")
    assert back.place("bureau", "service") == ("gov", "service")


def test_bodies_figures_sessions_offices_and_areas(there, back):
    assert there.body("council") == "force"
    assert there.measure("pop") == "population"
    assert there.session("s1") == "b1"
    assert there.output("s1", "o1") == ("b1", "x1")
    assert there.role("head") == "head"
    assert there.role("clerk") == ""
    assert there.area("rules") == "policy"
    assert back.area("policy") == "rules"
    assert back.output("b1", "x1") == ("s1", "o1")


def test_an_empty_target_says_that_nothing_means_the_same():
    mapping = Mapping(pack="old", items={"f.tags": ""}, areas={"rules": ""})
    other = msgspec.structs.replace(new(), mappings=(mapping,))
    crossing = Crossing(Guideline(old()), Guideline(load_pack(write_pack(other))))
    assert crossing.items("f.tags") == ()
    assert crossing.known


def test_two_versions_of_one_pack_need_no_mapping():
    crossing = Crossing(Guideline(old()), Guideline(renamed(old(), "2")))
    assert crossing.known
    assert all(crossing.items(item) == (item,) for item, _ in crossing.here.items())


@pytest.mark.parametrize("section", ["roles", "sessions", "areas"])
def test_a_mapping_that_ends_nowhere_is_told(section):
    mapping = Mapping(pack="old", **{section: {"a": "none-such"}})
    broken = msgspec.structs.replace(new(), mappings=(mapping,))
    with pytest.raises(BrokenPack) as told:
        load_pack(write_pack(broken))
    assert told.value.faults[0].key == f"mappings[0].{section}.a"
