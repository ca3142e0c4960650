"""How far is the team, by stage, by chapter and by agency."""

from desktop.checks import progress
from desktop.checks.progress import by_agency, by_chapter, by_stage, chapters_of, measuring
from desktop.guideline.pack import PageRef, Stage
from desktop.workspace.plan import Text
from tests.checks.build import AGENCY, PACK, local, plan, programme, replace_pack, with_answers


def test_small_steps_measure_the_same():
    found = list(measuring(plan(), PACK))
    assert found[:-1] == [None] * (len(found) - 1)
    assert found[-1] == progress(plan(), PACK)
    assert len(found) > len(PACK.forms) + len(PACK.worksheets)


def test_a_stage_is_the_sum_of_its_pages_each_counted_once():
    pages = (
        PageRef(page="form", ref="profile"),
        PageRef(page="worksheet", ref="swot"),
        PageRef(page="chapter", ref="I"),
        PageRef(page="chapter", ref="I.1"),
        PageRef(page="programmes"),
        PageRef(page="books"),
    )
    pack = replace_pack(
        PACK,
        stages=(
            Stage(id="s1", title=local("Semua"), pages=pages),
            Stage(id="s2", title=local("Paket"), pages=(PageRef(page="package"),)),
        ),
    )
    measured = progress(plan(), pack)
    (whole,) = by_stage(measured, pack)
    wanted = [
        part
        for part in measured.parts
        if part.kind in {"dimension", "chapter"}
        or (part.kind, part.ref) in {("form", "profile"), ("worksheet", "swot")}
    ]
    assert (whole.filled, whole.required) == (
        sum(part.filled for part in wanted),
        sum(part.required for part in wanted),
    )


def test_a_chapter_stands_with_those_below_it():
    (done,) = by_chapter(progress(plan(), PACK), PACK)
    assert (done.ref, done.filled, done.required) == ("I.1", 1, 1)
    unwritten = with_answers(without=("chapter.I.1",))
    assert by_chapter(progress(unwritten, PACK), PACK)[0].filled == 0
    assert chapters_of(PACK, "I") == ["I.1", "I.1.1"]
    assert chapters_of(PACK, "I.1") == ["I.1", "I.1.1"]
    assert chapters_of(PACK, "gone") == []


def test_an_agency_has_the_programmes_it_leads():
    whole = plan(programmes=(programme(lead=AGENCY.id),))
    (part,) = by_agency(whole, PACK)
    assert part.ref == AGENCY.id
    assert part.filled == part.required > 0
    lacking = plan(programmes=(programme(lead=AGENCY.id, served=Text(), start_year=None),))
    assert by_agency(lacking, PACK)[0].filled == part.filled - 2
    assert by_agency(plan(programmes=()), PACK)[0].required == 0
