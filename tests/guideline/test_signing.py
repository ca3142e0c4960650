"""Steps of initials and signatures: the order a guideline says or leaves open, and what is refused in one."""

import pytest

from desktop.guideline import BrokenPack, load_pack
from desktop.guideline.comparing import compare
from desktop.guideline.signing import closing_role, initials_steps, signing_steps, step_numbers
from tests.guideline.test_broken import TINY, packed, read

OTHER = TINY.parent / "other-pack"

STEPS = [
    {"id": "p", "kind": "initials", "role": "elder", "label": {"id": "Paraf tetua"}},
    {"id": "a", "kind": "initials", "role": "mayor", "label": {"id": "Paraf dinas"}, "per": "agency"},
    {"id": "e", "kind": "signature", "role": "elder", "label": {"id": "Tetua"}},
    {"id": "m", "kind": "signature", "role": "mayor", "label": {"id": "Wali Kota"}},
    {"id": "c", "kind": "closing", "role": "elder", "label": {"id": "Penutup"}},
]


def with_steps(*steps):
    return load_pack(packed(read(TINY) | {"signing": list(steps)}))


def without_steps(folder):
    return load_pack(packed({name: part for name, part in read(folder).items() if name != "signing"}))


def faults(*steps, **files):
    with pytest.raises(BrokenPack) as caught:
        load_pack(packed(read(TINY) | files | {"signing": list(steps)}))
    return [(fault.key, fault.problem.id.removeprefix("guideline.problem.")) for fault in caught.value.faults]


def test_without_steps_the_head_of_region_signs_last_and_the_closing_role_last_of_all():
    tiny = [(step.kind, step.role) for step in signing_steps(without_steps(TINY))]
    assert tiny == [("signature", "elder"), ("signature", "mayor"), ("closing", "elder")]
    other = [(step.kind, step.role) for step in signing_steps(load_pack(OTHER))]
    assert other[-2:] == [("signature", "kepala-kabupaten"), ("closing", "ketua-majelis")]
    assert initials_steps(without_steps(TINY)) == ()


def test_the_steps_of_a_guideline_are_taken_in_its_order():
    pack = with_steps(*STEPS)
    assert [step.id for step in signing_steps(pack)] == ["p", "a", "e", "m", "c"]
    assert [(number, step.per) for number, step in initials_steps(pack)] == [(1, ""), (2, "agency")]
    assert step_numbers(pack)["signature", "mayor"] == 4
    assert closing_role(pack).id == "elder"


@pytest.mark.parametrize("name", ["smart-city-2021", "kota-cerdas-2026", "smart-city-2021-four-books"])
def test_in_the_bundled_guidelines_the_head_signs_after_everybody_and_nothing_is_verified(name):
    from desktop.guideline.lookup import bundled_bytes

    steps = signing_steps(load_pack(bundled_bytes(name)))
    assert [(step.kind, step.role) for step in steps][-2:] == [
        ("signature", "head_of_region"),
        ("closing", "team_secretary"),
    ]
    assert [step.role for step in steps if step.kind == "initials"] == [
        "agency_head", "legal_bureau", "regional_secretary",
    ]  # fmt: skip
    assert not any(step.verified for step in steps)


def test_each_fault_of_the_order_is_told():
    p, a, e, m, c = STEPS
    assert faults(p, e, m) == [("signing", "one_closing")]
    assert faults(e, m, c, {**c, "id": "d", "role": "mayor"}) == [("signing[3].kind", "one_closing")]
    assert ("signing[1].kind", "step_order") in faults(e, p, m, c)
    assert ("signing[0].kind", "step_order") not in faults(c, e, m, p)
    assert faults(e, c) == [("signing", "no_step")]
    assert faults({**e, "per": "agency"}, m, c) == [("signing[0].per", "step_per")]
    assert faults(p, {**p, "id": "q"}, e, m, c) == [("signing[1].role", "step_twice")]
    assert faults({**p, "role": "king"}, e, m, c) == [("signing[0].role", "unknown_reference")]
    assert faults(p, a, e, m, {**c, "id": "m"}) == [("signing[4].id", "duplicate_id")]


def test_the_closing_step_and_the_role_that_closes_are_one():
    roles = [*read(TINY)["roles"], {"id": "clerk", "label": {"id": "Panitera"}, "closes_package": True}]
    assert faults(*STEPS, roles=roles) == [("signing[4].role", "other_closing")]


def test_an_office_of_the_ministry_or_one_that_signs_nothing_is_no_step():
    p, a, e, m, c = STEPS
    roles = [*read(TINY)["roles"], {"id": "minister", "label": {"id": "Menteri"}, "party": "ministry"}]
    assert faults({**p, "role": "minister"}, e, m, c, roles=roles) == [("signing[0].role", "foreign_step")]
    clerk = [*read(TINY)["roles"], {"id": "clerk", "label": {"id": "Panitera"}}]
    extra = {**e, "id": "x", "role": "clerk"}
    assert faults(a, extra, e, m, c, roles=clerk) == [("signing[1].role", "step_signs_nothing")]


def test_a_changed_order_is_told_when_two_guidelines_are_compared():
    p, a, e, m, c = STEPS
    told = compare(with_steps(p, e, m, c), with_steps({**p, "label": {"id": "Paraf baru"}}, a, e, m, c))
    assert [(one.change, one.kind, one.id) for one in told] == [
        ("changed", "signing_step", "p"),
        ("new", "signing_step", "a"),
    ]
