"""The dimensions marked in the RPJMD mapping: counted, suggested to programmes, held against them."""

from desktop.checks import check
from desktop.checks.marks import mapped, suggested
from desktop.guideline.pack import Field, Rule, Worksheet
from tests.checks.build import PACK, answer, local, plan, programme, replace_pack, row, text

MAPPING = Worksheet(
    id="rpjmd",
    title=local("Pemetaan RPJMD", "RPJMD mapping"),
    columns=(
        Field(id="target", label=local("Sasaran"), type="long_text", required=True),
        Field(id="gov", label=local("Tata kelola"), type="boolean", dimension="governance"),
        Field(id="mob", label=local("Mobilitas"), type="boolean", dimension="mobility"),
    ),
)


def pack(check_name):
    linked = Field(id="rpjmd", label=local("Sasaran RPJMD"), type="row", worksheet="rpjmd")
    return replace_pack(
        PACK,
        worksheets=(*PACK.worksheets, MAPPING),
        planning=replace_pack(PACK.planning, extra_fields=(linked,)),
        rules=(Rule(id="r", check=check_name, list="weak"),),
    )


def made(*rows, link="", **changes):
    base = plan(programmes=(programme(**changes),))
    from dataclasses import replace

    answers = (
        {**base.answers, **dict([answer("programme.rpjmd", link, scope="p1")])} if link else base.answers
    )
    return replace(base, answers=answers, rows={**base.rows, "rpjmd": rows})


GOV = row("m1", "rpjmd", target=text("Layanan cepat", "Quick services"), gov=True, mob=False)
MOB = row("m2", "rpjmd", target=text("Jalan mulus"), mob=True)
NONE = row("m3", "rpjmd", target=text("Lain"))
BLANK = row("m4", "rpjmd")


def found(which, made_plan):
    return [each.message.id for each in check(made_plan, pack(which)).findings if each.rule == "r"]


def test_rows_are_counted_by_dimension_and_empty_ones_are_none():
    counted = mapped(made(GOV, NONE, BLANK), pack("dimension_unmarked"), MAPPING)
    assert (counted.rows, counted.unmarked) == (2, 1)
    assert [(each.dimension.id, each.rows) for each in counted.counts] == [("governance", 1), ("mobility", 0)]
    assert [each.id for each in counted.without] == ["mobility"]
    assert mapped(made(GOV), pack("dimension_unmarked"), PACK.worksheets[1]) is None


def test_a_programme_outside_the_dimensions_of_its_target_is_found():
    assert found("programme_outside_marks", made(MOB, link="m2")) == ["checks.outside_marks"]
    (hint,) = suggested(made(MOB, link="m2"), pack("programme_outside_marks"), programme())
    assert hint.dimensions == ("mobility",)


def test_a_programme_within_them_without_a_target_or_of_a_target_that_marks_none_is_no_finding():
    which = "programme_outside_marks"
    assert found(which, made(GOV, link="m1")) == []
    assert found(which, made(MOB)) == []
    assert found(which, made(NONE, link="m3")) == []
    assert found(which, made(MOB, link="m2", dimension="")) == []


def test_a_dimension_no_row_marks_and_a_row_that_marks_none_are_found():
    assert found("dimension_unmarked", made(GOV, NONE)) == [
        "checks.unmarked_dimension",
        "checks.unmarked_row",
    ]


def test_a_mapping_that_marks_all_or_is_empty_is_no_finding():
    assert found("dimension_unmarked", made(GOV, MOB)) == []
    assert found("dimension_unmarked", made(BLANK)) == []
