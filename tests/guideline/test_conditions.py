"""Questions that are asked only of some regions, as the rules of a guideline tell them."""

from desktop.guideline import bundled_bytes, load_pack
from desktop.guideline.conditions import Condition, condition_of, conditions
from desktop.guideline.pack import Rule
from tests.guideline.test_broken import TINY, packed, read


def rule(**params):
    return {"id": f"r{len(params)}", "check": "answer_present", "list": "weak", "params": params}


def tiny(*rules):
    return load_pack(packed(read(TINY) | {"rules": list(rules)}))


def test_collaboration_is_asked_of_regions_in_a_priority_area():
    found = conditions(load_pack(bundled_bytes("smart-city-2021")))
    assert found["criteria.collaboration_economy"] == (
        Condition("criteria.priority_area", ("tourism", "capital")),
    )
    assert "criteria.leading_sector" not in found


def test_without_a_value_the_answer_must_be_yes():
    pack = tiny(rule(item="town.words", if_item="town.happy"))
    assert conditions(pack) == {"town.words": (Condition("town.happy", (True,)),)}


def test_what_is_required_or_asked_of_everybody_has_no_condition():
    assert conditions(tiny(rule(items=["town.trees", "oath.text"], if_item="town.happy"))) == {}
    asked = rule(item="town.words", if_item="town.happy")
    assert conditions(tiny(asked, rule(item="town.words"))) == {}


def test_a_rule_without_a_condition_always_applies():
    assert condition_of(Rule(id="r", check="answer_present", list="weak", params={"item": "a"})) is None
