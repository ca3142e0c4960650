"""How far is the team, by stage, by chapter and by agency."""

from desktop.checks import progress
from desktop.checks.progress import by_agency, by_chapter, by_person, by_stage, chapters_of, measuring
from desktop.guideline.pack import Measure, Output, PageRef, Session, Stage
from desktop.workspace.hearing import Input
from desktop.workspace.organisation import Body, Figure, SessionOutput
from desktop.workspace.plan import Person, Text
from tests.checks.build import (
    AGENCY,
    HELP,
    PACK,
    answer,
    local,
    plan,
    programme,
    replace_pack,
    text,
    with_answers,
)


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


def test_copied_guidance_and_dashes_fill_nothing():
    about = ("profile.about", "")
    whole = progress(plan(), PACK).of("form", "profile")
    assert whole is not None
    for words in ("-", "tidak ada", HELP, "Contoh: " + HELP):
        copied = with_answers(answer("profile.about", words=text(words)))
        part = progress(copied, PACK).of("form", "profile")
        assert part is not None
        assert part.filled == whole.filled - 1, (about, words)
    guidance = "Tulis latar belakang, maksud, tujuan, dan dasar hukum penyusunan."
    chapter = progress(with_answers(answer("chapter.I.1", words=text(guidance))), PACK).of("chapter", "I.1")
    assert chapter is not None
    assert chapter.filled == 0


def test_a_person_in_charge_has_the_part_of_the_dimension_or_of_the_agency():
    people = (
        Person("p1", "Ratna", Text(), "", "", "", "", dimension="governance"),
        Person("p2", "Budi", Text(), "", AGENCY.id, "", ""),
        Person("p3", "Tono", Text(), "", "", "", ""),
    )
    made = plan(people=people, programmes=(programme(lead=AGENCY.id),))
    measured = progress(made, PACK)
    parts = by_person(made, PACK, measured)
    assert [each.ref for each in parts] == ["p1", "p2"]
    dimension = measured.of("dimension", "governance")
    assert dimension is not None
    assert (parts[0].filled, parts[0].required) == (dimension.filled, dimension.required)
    assert parts[1].required == by_agency(made, PACK)[0].required


def test_pages_with_rows_of_their_own_count_too():
    pack = replace_pack(
        PACK,
        figures=(
            Measure(id="spbe", label=local("SPBE"), required=True),
            Measure(id="hdi", label=local("IPM")),
        ),
        sessions=(
            Session(id="s1", title=local("Bimtek I"), outputs=(Output(id="o1", label=local("Draf")),)),
        ),
    )
    empty = progress(plan(), pack)
    assert [empty.of(kind, "").required for kind in ("figures", "bodies", "sessions", "inputs")] == [
        1,
        0,
        0,
        0,
    ]
    made = plan(
        figures=(Figure("f1", "spbe", 2025, "2.7", "PANRB"), Figure("f2", "hdi", 2025, "71", "BPS")),
        outputs=(SessionOutput("o", "s1", "o1", "done", "", "", "", ""),),
        bodies=(Body("b1", "council", "", Text(), "d1", Text(), ()),),
        inputs=(
            Input("i1", "", "", "", "", "other", "", Text(), "accepted", Text(), "", "", (), ""),
            Input("i2", "", "", "", "", "other", "", Text(), "open", Text(), "", "", (), ""),
        ),
    )
    parts = [progress(made, pack).of(kind, "") for kind in ("figures", "bodies", "sessions", "inputs")]
    assert [(each.filled, each.required) for each in parts] == [(1, 1), (1, 1), (1, 1), (1, 2)]
