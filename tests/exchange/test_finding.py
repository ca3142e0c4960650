"""Finding and replacing in the whole plan: every text, one step, and nothing but the words changes."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.base import Message, richtext
from desktop.base.richtext import Kind
from desktop.exchange.finding import BadPattern, Query, Source, by_page, find
from desktop.exchange.replacing import changes, replaced, write
from desktop.guideline import write_pack
from desktop.guideline.pack import PageRef
from desktop.workspace import Author, Workspace
from desktop.workspace.plan import Place, Text
from tests.effort import effort, steps
from tests.ui.desk import TINY

DO = Message("ui.op.add_programme")


@pytest.fixture
def workspace(tmp_path):
    made = Workspace.create(
        tmp_path / "kota.rancang",
        region="18.07",
        first_year=2027,
        last_year=2030,
        pack=write_pack(TINY),
        author=Author("Sari", "secretary"),
        title={"id": "Rencana Kota", "en": "Town plan"},
    )
    with made.operation(DO) as op:
        rich = richtext.normalise("<p>Kota di <b>tepi ko</b>ta lain; kotanya</p>\n<ul><li>Kota</li></ul>")
        op.answer_text("chapter.A.start", "id", rich)
        op.answer_text("chapter.A.start", "en", richtext.normalise("<p>Town</p>"))
        programme = op.insert("programme", title={"id": "Taman kota", "en": "Town park"}, code="T-1")
        op.write("programme", programme, "service", "id", "Pelayanan kota")
    yield made
    made.close()


def every(workspace, query):
    return find(workspace.plan(), workspace.pack(), query)


def swap(workspace, query, by, chosen=None):
    plan = workspace.plan()
    made = changes(plan, workspace.pack(), query, by, chosen)
    with workspace.operation(Message("ui.op.replace", words=query.words, new=by, n=1)) as op:
        return write(op, plan, made)


def test_words_are_found_in_every_kind_of_text_also_across_marks(workspace):
    found = every(workspace, Query("kota"))
    tables = {hit.source.place.table for hit in found}
    assert {"plan", "answer", "programme"} <= tables
    chapter = [hit.found for hit in found if hit.source.place.item == "chapter.A.start"]
    assert chapter == ["Kota", "kota", "kota", "Kota"]


def test_case_whole_words_and_language_narrow_it(workspace):
    chapter = lambda query: [  # noqa: E731 - three times the same question
        hit.found for hit in every(workspace, query) if hit.source.place.item == "chapter.A.start"
    ]
    assert chapter(Query("kota", case=True)) == ["kota", "kota"]
    assert chapter(Query("kota", whole=True)) == ["Kota", "kota", "Kota"]
    english = every(workspace, Query("town", languages=frozenset({"en"})))
    assert {hit.source.language for hit in english} == {"en"}
    assert every(workspace, Query("town", languages=frozenset({"id"}))) == []


def test_replacing_is_one_step_and_keeps_marks(workspace):
    before = workspace.plan()
    head = workspace.position
    assert swap(workspace, Query("kota", whole=True), "daerah") >= 5
    assert workspace.position == head + 1
    text = workspace.plan().answer("chapter.A.start").text.values["id"]
    assert "<b>tepi daerah</b> lain; kotanya" in text
    assert workspace.plan().programmes[0].title.values["id"] == "Taman daerah"
    workspace.undo()
    assert workspace.plan().answers == before.answers
    assert workspace.plan().programmes == before.programmes


def test_only_what_was_chosen_is_replaced(workspace):
    query = Query("kota", whole=True)
    second = [hit.key for hit in every(workspace, query) if hit.source.place.item == "chapter.A.start"][1]
    assert swap(workspace, query, "desa", [second]) == 1
    plain = richtext.plain_text(workspace.plan().answer("chapter.A.start").text.values["id"])
    assert plain == "Kota di tepi desa lain; kotanya\nKota"


def test_a_translation_changed_along_with_its_source_stays_up_to_date_and_a_stale_one_stale(workspace):
    plan = workspace.plan()
    assert not plan.answer("chapter.A.start").text.stale("en", "id")
    swap(workspace, Query("kota"), "x")
    assert workspace.plan().answer("chapter.A.start").text.stale("en", "id")
    swap(workspace, Query("Town"), "City")
    text = workspace.plan().answer("chapter.A.start").text
    assert "City" in text.values["en"]
    assert text.stale("en", "id")
    title = workspace.plan().programmes[0].title
    assert title.values["en"] == "City park"
    assert title.stale("en", "id")


def test_both_languages_changed_together_stay_a_pair(workspace):
    swap(workspace, Query("kota|town", pattern=True), "Metro")
    assert not workspace.plan().answer("chapter.A.start").text.stale("en", "id")
    assert not workspace.plan().programmes[0].title.stale("en", "id")


@pytest.mark.parametrize("pattern", ["(", "x*", "", "a|"])
def test_a_pattern_that_finds_nothing_or_everything_is_refused(pattern):
    with pytest.raises(BadPattern):
        Query(pattern, pattern=True).compiled()


def test_groups_of_a_pattern_may_be_used_and_backslashes_else_stand_for_themselves(workspace):
    swap(workspace, Query(r"Taman (\w+)", pattern=True), r"Kebun \1")
    assert workspace.plan().programmes[0].title.values["id"] == "Kebun kota"
    swap(workspace, Query("Kebun"), r"A\1B")
    assert workspace.plan().programmes[0].title.values["id"] == r"A\1B kota"


def test_hits_are_grouped_by_their_page(workspace):
    grouped = by_page(every(workspace, Query("kota")))
    assert ("chapter", "A.start") in grouped
    assert all(hit.source.page.page == page for (page, _), hits in grouped.items() for hit in hits)


def rich(html):
    place = Place("answer", language="id", item="chapter.x")
    return Source(
        place, Message("x"), PageRef(page="chapter"), Text({"id": richtext.normalise(html)}), rich=True
    )


def test_the_words_of_a_reference_are_not_ours_to_change():
    made = rich('<p>kota <a href="ref:chapter/A">Kota lama</a> <a href="https://x.id">kota</a></p>')
    after = replaced(made, Query("kota"), "desa")
    assert richtext.plain_text(after) == "desa Kota lama desa"
    assert 'href="https://x.id"' in after


words = st.text(alphabet="abc ñ<&", min_size=1, max_size=12)
marks = st.sampled_from(["b", "i", "u", "sup"])
pieces = st.lists(st.tuples(words, st.none() | marks), min_size=1, max_size=5)
kinds = st.sampled_from(["p", "h2", "li"])


@st.composite
def texts(draw):
    import html

    lines = []
    for _ in range(draw(st.integers(1, 4))):
        inside = "".join(
            f"<{tag}>{html.escape(word)}</{tag}>" if tag else html.escape(word) for word, tag in draw(pieces)
        )
        kind = draw(kinds)
        lines.append(f"<ul><li>{inside}</li></ul>" if kind == "li" else f"<{kind}>{inside}</{kind}>")
    return rich("\n".join(lines))


@settings(deadline=None)
@given(texts(), st.text(alphabet="abcñ<&", min_size=1, max_size=2))
def test_the_letters_are_replaced_as_in_plain_text_and_everything_else_stays(source, wanted):
    after = replaced(source, Query(wanted, case=True), "ZZ")
    old, new = richtext.parse(source.value), richtext.parse(after)
    assert [block.text for block in new] == [re.sub(re.escape(wanted), "ZZ", block.text) for block in old]
    assert [(b.id, b.kind, b.depth) for b in new] == [(b.id, b.kind, b.depth) for b in old]
    assert replaced(source, Query("qq"), "ZZ") == source.value


@settings(deadline=None)
@given(texts())
def test_letters_that_are_not_replaced_keep_their_marks(source):
    after = replaced(source, Query("a", case=True), "Z")
    for old, new in zip(richtext.parse(source.value), richtext.parse(after), strict=True):
        if old.kind is Kind.TABLE:
            continue
        styles = [
            [(run.bold, run.italic, run.underline, run.raised) for run in block.runs for _ in run.text]
            for block in (old, new)
        ]
        assert styles[0] == styles[1]


def forty_thousand(op):
    """A chapter of as many words."""
    sentence = "Pemerintah daerah mendorong pelayanan publik yang <b>mudah</b> cepat dan terukur. "
    html = richtext.normalise("\n".join(f"<p>{sentence * 5}{number}</p>" for number in range(800)))
    op.answer_text("chapter.A.start", "id", html)


def test_forty_thousand_words_are_looked_through_in_a_few_steps(workspace):
    """Milliseconds: tests/bench/bench_rooms.py."""
    with workspace.operation(DO) as op:
        forty_thousand(op)
    plan, pack = workspace.plan(), workspace.pack()
    assert find(plan, pack, Query("anggaran")) == []
    assert steps(find, plan, pack, Query("anggaran")) < 5_000
    assert effort(lambda: find(plan, pack, Query("anggaran")), 400) < 400


def test_names_and_numbers_that_have_no_language_are_found_and_replaced(workspace):
    with workspace.operation(DO) as op:
        op.insert("decree", kind="sk", number="188/KOTA/2026", title={"id": "Dewan kota"})
        op.insert("stakeholder", name="Kota Raya", kind="industry", interest={"id": "Minat kota"})
        op.answer("town.mayor", "Ibu Kota", policy="conflict")
    query = Query("kota", languages=frozenset({"id"}))
    places = {(hit.source.place.table, hit.source.place.field, hit.source.language)
              for hit in every(workspace, query)}  # fmt: skip
    assert {
        ("decree", "number", ""), ("decree", "title", "id"),
        ("stakeholder", "name", ""), ("stakeholder", "interest", "id"),
    } <= places  # fmt: skip
    swap(workspace, Query("kota"), "desa")
    plan = workspace.plan()
    assert plan.decrees[0].number == "188/desa/2026"
    assert plan.decrees[0].title.values == {"id": "Dewan desa"}
    assert (plan.stakeholders[0].name, plan.answer("town.mayor").value) == ("desa Raya", "Ibu desa")
    assert every(workspace, Query("kota")) == []


def test_texts_of_all_rows_are_found_with_what_they_are_called_and_their_page(workspace):
    from desktop.base import Language, render

    with workspace.operation(DO) as op:
        agency = op.insert("agency", code="1", name={"id": "Dinas batu"}, short_name="DB")
        op.insert("person", name="Batu", office={"id": "Kepala batu"}, agency=agency)
        op.insert("figure", measure="x", year=2026, value="1", source="batu")
        body = op.insert("body", body="x", dimension="", name={"id": "Batu"}, task={"id": "Tugas batu"})
        op.insert("member", body=body, name="Batu", office={"id": "Wakil batu"}, institution="batu")
        meeting = op.insert("meeting", kind="meeting", title={"id": "Rapat batu"}, agenda={"id": "batu"},
                            result={"id": "batu"}, place="Batu", leader="batu")  # fmt: skip
        op.insert("attendance", meeting=meeting, name="batu", institution="batu", office="batu")
        op.insert("session_output", session="x", output="y", note="batu", signed_by="batu")
        op.insert("input", author="batu", body={"id": "batu"}, answer={"id": "batu"}, answered_by="batu")
        programme = op.insert("programme", title={"id": "P"}, code="T-2")
        activity = op.insert("activity", programme=programme, title={"id": "Kegiatan"})
        op.insert("sub_activity", activity=activity, title={"id": "batu"}, output={"id": "batu"})
    found = every(workspace, Query("batu"))
    fields = {(hit.source.place.table, hit.source.place.field) for hit in found}
    assert len(fields) == len(found) == 25  # and none of them twice
    assert {hit.source.page.page for hit in found} == {
        "agencies", "figures", "bodies", "sessions", "inputs", "programmes"
    }  # fmt: skip
    for hit in found:
        assert "exchange." not in render(hit.source.where, Language.EN)
