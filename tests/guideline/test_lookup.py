import subprocess
import sys
from pathlib import Path

import pytest

from desktop.base import LocalText
from desktop.guideline import Guideline, load_pack

TINY = Path(__file__).parents[1] / "data" / "tiny-pack"


@pytest.fixture(scope="module")
def tiny():
    return Guideline(load_pack(TINY))


@pytest.mark.parametrize(
    ("item", "label", "kind"),
    [
        ("town.trees", "Jumlah pohon", "integer"),
        ("wishes.cost", "Biaya", "rupiah"),
        ("chapter.A.ready.wish", "Harapan", "rich_text"),
        ("programme.place", "Tempat", "text"),
        ("quick_win.joy", "Kegembiraan", "long_text"),
    ],
)
def test_an_item_has_a_field(tiny, item, label, kind):
    field = tiny.field(item)
    assert (field.label.read("id"), field.type) == (label, kind)
    assert tiny.title_of(item) == field.label


def test_a_chapter_asks_as_it_is_written(tiny):
    field = tiny.field("chapter.A.start")
    assert (field.required, field.min_words, field.help.read("en")) == (True, 5, "Tell of this town.")
    assert field.bilingual
    assert field.policy == "text"


@pytest.mark.parametrize("item", ["", "town", "town.nothing", "chapter.Z", "trees"])
def test_an_unknown_item_has_none(tiny, item):
    assert tiny.field(item) is None


def test_titles_of_forms_worksheets_and_the_unknown(tiny):
    assert tiny.title_of("town").read("en") == "Town data"
    assert tiny.title_of("wishes").read("en") == "Wish list"
    assert tiny.title_of("what.ever") == LocalText({"id": "what.ever"})


def test_items_come_in_pack_order(tiny):
    items = [item for item, _ in tiny.items()]
    assert items[0] == "town.mayor"
    assert len(items) == len(set(items))
    assert items.index("oath.text") < items.index("ready.level") < items.index("chapter.A.start")


def test_chapters_are_numbered_inside_their_book(tiny):
    walk = [(one.number, one.level, one.chapter.id) for one in tiny.chapters("look")]
    assert walk == [("1", 1, "A.start"), ("2", 1, "A.ready"), ("2.1", 2, "A.ready.wish"), ("3", 1, "A.end")]
    assert list(tiny.chapters("nothing")) == []
    assert tiny.book_of("A.ready.wish").id == "look"
    assert tiny.book_of("Z") is None


def test_parts_are_found_by_id(tiny):
    assert tiny.form("oath").id == "oath"
    assert tiny.worksheet("ready").number == "A"
    assert tiny.chapter("B.plan").title.read("en") == "The plan"
    assert tiny.dimension("api").name.read("en") == "Energy"
    assert tiny.sub_dimension("api_b").name.read("en") == "Energy second"
    assert tiny.dimension_of("api_b").id == "api"
    assert tiny.dimension_of("nothing") is None
    assert tiny.book("do").code == "B"
    assert tiny.funding("gift").kind == "non_apbd"
    assert tiny.action_area("dig").label.read("en") == "Digging"
    assert tiny.term("soon").years == 2
    assert tiny.role("elder").label.falls_back("en")
    finders = (
        tiny.form,
        tiny.worksheet,
        tiny.chapter,
        tiny.dimension,
        tiny.sub_dimension,
        tiny.book,
        tiny.funding,
    )
    assert [find("nothing") for find in finders] == [None] * 7
    assert [find("nothing") for find in (tiny.action_area, tiny.term, tiny.role)] == [None] * 3


def test_the_room_is_cheap_to_enter():
    code = "import sys, desktop.guideline; print('msgspec' in sys.modules, 'zipfile' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "False"]


def test_an_unknown_name_of_the_room_is_an_attribute_error():
    import desktop.guideline

    with pytest.raises(AttributeError):
        _ = desktop.guideline.nothing
    assert all(getattr(desktop.guideline, name) for name in desktop.guideline.__all__)
