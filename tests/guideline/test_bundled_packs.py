"""What every bundled guideline owes a person: both languages, reasons, a place in the journey, honesty."""

import re

import msgspec
import pytest

from desktop.base import LocalText
from desktop.guideline import Guideline, Pack, bundled, bundled_bytes, load_pack
from desktop.guideline.pack import Part


@pytest.fixture(scope="module", params=[one.id for one in bundled()])
def pack(request: pytest.FixtureRequest) -> Pack:
    return load_pack(bundled_bytes(request.param))


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


def test_required_chapters_carry_guidance(guideline):
    for book in guideline.pack.books:
        for _, _, chapter in guideline.chapters(book):
            if chapter.required:
                assert chapter.guidance, chapter.id
                assert chapter.written, chapter.id


def test_every_form_worksheet_and_written_chapter_has_a_place_in_the_journey(pack, guideline):
    pages = {(page.page, page.ref) for stage in pack.stages for page in stage.pages}
    assert {("form", form.id) for form in pack.forms} <= pages
    assert {("worksheet", sheet.id) for sheet in pack.worksheets} <= pages
    written = {
        ("chapter", chapter.id)
        for book in pack.books
        for _, _, chapter in guideline.chapters(book)
        if chapter.written and ("chapter", book.id) not in pages
    }
    assert written <= pages
    assert {"profile", "agencies", "programmes", "evidence", "checks", "books", "package"} <= {
        page for page, _ in pages
    }
    assert len(pages) == sum(len(stage.pages) for stage in pack.stages)


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


def test_every_form_and_worksheet_is_printed_in_a_book(pack, guideline):
    """A bound worksheet is a view of rows that have blocks of their own; parties print their form."""
    shown = {
        ("form" if block.show == "parties" else block.show, block.ref)
        for book in pack.books
        for one in guideline.chapters(book)
        for block in one.chapter.blocks
    }
    assert {form.id for form in pack.forms if ("form", form.id) not in shown} == set()
    assert {
        sheet.id for sheet in pack.worksheets if not sheet.binding and ("worksheet", sheet.id) not in shown
    } == set()
