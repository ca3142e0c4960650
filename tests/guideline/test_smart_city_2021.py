"""The bundled guideline says what the domain asks, in both languages, with what is unsure marked."""

import hashlib
import re
from collections import Counter

import msgspec
import pytest

from desktop.base import LocalText
from desktop.guideline import Guideline, Pack, bundled, bundled_bytes, load_pack
from desktop.guideline.pack import Part


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(bundled_bytes("smart-city-2021"))


@pytest.fixture(scope="module")
def guideline(pack) -> Guideline:
    return Guideline(pack)


def texts(value, key="pack"):
    """Every text of a pack with its key."""
    if isinstance(value, LocalText):
        yield key, value
    elif isinstance(value, Part):
        for name in value.__struct_fields__:
            yield from texts(getattr(value, name), f"{key}.{name}")
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from texts(item, f"{key}[{index}]")


def test_it_is_bundled_and_in_force():
    first = bundled()[0]
    assert (first.id, first.status) == ("smart-city-2021", "in-force")
    assert (
        hashlib.sha256(bundled_bytes(first.id)).digest() == hashlib.sha256(bundled_bytes(first.id)).digest()
    )


def test_an_unknown_bundled_pack_is_a_key_error():
    with pytest.raises(KeyError):
        bundled_bytes("smart-city-1999")


def test_both_languages_are_complete(pack):
    short = [key for key, text in texts(pack) if text and set(text.texts) != {"id", "en"}]
    assert short == []


def test_texts_are_written_and_not_english_in_both(pack):
    """Only names and figures may be the same in both languages."""
    same = {text.read("id") for _, text in texts(pack) if text and text.read("id") == text.read("en")}
    sentences = {text for text in same if len(re.findall(r"[a-z]{3,}", text)) > 4}
    assert sentences == set()
    for _, text in texts(pack):
        for language, words in text.texts.items():
            assert words == words.strip(), (language, words)
            assert "  " not in words


def test_every_required_question_says_why_it_is_asked_and_gives_an_example(pack):
    asked = [(form.id, field) for form in pack.forms for field in form.fields]
    asked += [(sheet.id, field) for sheet in pack.worksheets for field in sheet.columns]
    if pack.planning.quick_win:
        asked += [("quick_win", field) for field in pack.planning.quick_win.aspects]
    short = [
        f"{where}.{field.id}"
        for where, field in asked
        if field.required and not (field.why and field.example)
    ]
    assert short == []


def test_texts_use_the_words_of_the_glossary(pack):
    for key, text in texts(pack):
        assert not re.search(r"\b(konflik|temuan|segel)\b", text.read("id"), re.IGNORECASE), key


def test_six_dimensions_eighteen_sub_dimensions_and_54_survey_items(pack):
    subs = [sub for dimension in pack.dimensions for sub in dimension.sub_dimensions]
    assert (len(pack.dimensions), len(subs)) == (6, 18)
    assert sum(len(sub.survey_items) for sub in subs) == 54
    assert all(sub.elements and sub.target for sub in subs)
    assert all(dimension.goal and dimension.outcome_indicators for dimension in pack.dimensions)


def test_readiness_has_three_components_of_three_items_and_three_steps(pack, guideline):
    sheet = guideline.worksheet(pack.readiness.worksheet)
    assert Counter(row.group for row in sheet.fixed_rows) == {
        "structure": 3,
        "infrastructure": 3,
        "superstructure": 3,
    }
    rating = guideline.field("readiness.rating")
    assert [(choice.id, choice.score, choice.tone) for choice in rating.choices] == [
        ("good", 3, "good"), ("moderate", 2, "moderate"), ("poor", 1, "poor"),
    ]  # fmt: skip
    assert [choice.label.read("id") for choice in rating.choices] == ["Baik", "Sedang", "Buruk"]
    assert rating.evidence == "required"


def test_every_known_worksheet_is_there_with_its_columns(pack, guideline):
    columns = {sheet.id: {column.id for column in sheet.columns} for sheet in pack.worksheets}
    assert columns["rpjmd"] >= {"mission", "goal", "goal_indicator", "target", "target_indicator"}
    assert columns["rpjmd"] >= {dimension.id for dimension in pack.dimensions}
    assert columns["swot"] == {
        "strengths", "weaknesses", "opportunities", "threats",
        "strategy_so", "strategy_wo", "strategy_st", "strategy_wt",
    }  # fmt: skip
    assert columns["gap"] == {"condition", "trend", "gap"}
    assert columns["gap_indicator"] >= {"sub_dimension", "indicator", "unit", "existing", "target", "gap"}
    assert columns["targets"] >= {"dimension", "sub_dimension", "target", "basis"}
    assert {sheet.number for sheet in pack.worksheets} >= {
        "0a",
        "0b",
        *"123456789",
        "10",
        "11a",
        "11b",
        "11c",
        "12",
    }
    assert {sheet.id: sheet.binding for sheet in pack.worksheets if sheet.binding} == {
        "action": "activity",
        "risk": "risk",
    }


def test_quick_wins_have_twelve_aspects_and_one_year(pack):
    assert pack.planning.quick_win.max_years == 1
    assert len(pack.planning.quick_win.aspects) == 12
    assert all(aspect.type == "long_text" and aspect.bilingual for aspect in pack.planning.quick_win.aspects)


@pytest.mark.parametrize(
    ("code", "fits"),
    [
        ("2.16.03", True), ("2.16.03.2.02", True), ("2.16.03.2.02.0035", True), ("2.16.03.2.02.35", True),
        ("X.XX.01", True), ("2.16", False), ("2.16.03.2", False),
        ("2.16.03.2.02.035", False), ("2,16,03", False),
    ],
)  # fmt: skip
def test_code_patterns_know_the_levels_of_the_nomenclature(pack, code, fits):
    assert any(re.fullmatch(pattern, code) for pattern in pack.planning.code_patterns) is fits


def test_every_question_is_explained(pack):
    """Help and an example for what a region writes in its own words; reasons where assessors ask."""
    for form in pack.forms:
        for field in form.fields:
            if field.type == "long_text" and not field.standard:
                assert field.help, f"{form.id}.{field.id}"
                assert field.example, f"{form.id}.{field.id}"
    assert all(
        field.why
        for field in next(form for form in pack.forms if form.id == "questionnaire").fields
        if field.type == "long_text"
    )


def test_books_have_their_chapters(guideline):
    assert [chapter.number for chapter in guideline.chapters("I")] == [str(number) for number in range(1, 8)]
    numbers = {chapter.chapter.id: chapter.number for chapter in guideline.chapters("II")}
    assert {f"II.3.{n}" for n in range(1, 5)} <= numbers.keys()
    assert all(
        f"II.{number}" == name for name, number in numbers.items() if re.fullmatch(r"II(\.\d+)+", name)
    )
    assert {book.kind for book in guideline.pack.books} == {"book", "application", "commitment", "memorandum"}


def test_required_chapters_carry_guidance(guideline):
    for book in guideline.pack.books:
        for _, _, chapter in guideline.chapters(book):
            if chapter.required:
                assert chapter.guidance, chapter.id
                assert any(block.show == "text" for block in chapter.blocks), chapter.id


def test_every_form_worksheet_and_written_chapter_has_a_place_in_the_journey(pack, guideline):
    pages = {(page.page, page.ref) for stage in pack.stages for page in stage.pages}
    assert {("form", form.id) for form in pack.forms} <= pages
    assert {("worksheet", sheet.id) for sheet in pack.worksheets} <= pages
    written = {
        ("chapter", chapter.id)
        for book in pack.books
        for _, _, chapter in guideline.chapters(book)
        if any(block.show == "text" for block in chapter.blocks)
    }
    assert written <= pages
    assert {"profile", "agencies", "programmes", "evidence", "checks", "books", "package"} <= {
        page for page, _ in pages
    }
    assert len(pages) == sum(len(stage.pages) for stage in pack.stages)


def test_evaluation_knows_its_items_and_four_weight_sets(pack):
    evaluation = pack.evaluation
    assert {section.id: len(section.fields) for section in evaluation.sections} == {
        "baseline": 5, "output": 7, "outcome": 33, "impact": 6, "quick_win": 12, "collaboration": 6,
    }  # fmt: skip
    assert {cohort.id for cohort in evaluation.cohorts} == evaluation.weights.keys()
    assert len(evaluation.weights) == 4


def test_what_no_source_confirms_is_marked(pack):
    assert not pack.pack.verified
    unsourced = []

    def look(value, key, certain):
        if isinstance(value, Part):
            mine = getattr(value, "verified", True)
            if "verified" in value.__struct_fields__ and "source" in value.__struct_fields__:
                if mine and not value.source and not certain:
                    unsourced.append(key)
                certain = certain or bool(value.source) or not mine
            for name in value.__struct_fields__:
                look(getattr(value, name), f"{key}.{name}", certain)
        elif isinstance(value, tuple):
            for index, item in enumerate(value):
                look(item, f"{key}[{index}]", certain)

    for name in (
        "dimensions",
        "forms",
        "worksheets",
        "planning",
        "books",
        "roles",
        "bodies",
        "sessions",
        "selection",
        "rounds",
        "evaluation",
    ):
        look(getattr(pack, name), name, certain=False)
    assert unsourced == []


def test_it_can_be_read_by_any_json_reader(pack):
    """No floats anywhere: the canonical form is the same everywhere."""

    def plain(value):
        if isinstance(value, dict):
            return all(plain(item) for item in value.values())
        if isinstance(value, list | tuple):
            return all(plain(item) for item in value)
        return value is None or isinstance(value, str | int)

    from desktop.guideline.loading import encode_text

    assert plain(msgspec.to_builtins(pack, enc_hook=encode_text))
