"""The other bundled editions: 2017-2019, four books, and the draft of 2026, each with what sets it apart."""

import re

import pytest

from desktop.guideline import Guideline, bundled, bundled_bytes, load_pack

BASE = "smart-city-2021"
OTHERS = {
    "smart-city-2017": "superseded",
    "smart-city-2021-four-books": "in-force",
    "kota-cerdas-2026": "draft",
}


@pytest.fixture(scope="module")
def packs():
    return {one.id: load_pack(bundled_bytes(one.id)) for one in bundled()}


def test_four_guidelines_come_along_those_in_force_first(packs):
    assert {one.id: one.status for one in bundled()} == {BASE: "in-force", **OTHERS}
    assert [one.id for one in bundled()][:2] == [BASE, "smart-city-2021-four-books"]
    assert all(packs[name].pack.based_on == BASE for name in OTHERS)


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_as_in_the_base_does_not_lie_there_twice(name):
    folders = {one.id: one.path for one in bundled()}
    base = folders[BASE]
    same = [
        file.name
        for file in folders[name].glob("*.json")
        if (base / file.name).exists() and (base / file.name).read_bytes() == file.read_bytes()
    ]
    assert same == []


@pytest.mark.parametrize("name", OTHERS)
def test_every_edition_says_what_is_not_known_of_it(packs, name):
    info = packs[name].pack
    assert not info.verified
    assert info.note.read("id")
    assert info.note.read("en")


class TestSmartCity2017:
    @pytest.fixture
    def guideline(self, packs):
        return Guideline(packs["smart-city-2017"])

    def test_three_books_six_dimensions_as_in_2021(self, packs, guideline):
        assert [book.code for book in guideline.pack.books if book.kind == "book"] == ["I", "II", "III"]
        assert guideline.pack.dimensions == packs[BASE].dimensions

    def test_it_knows_the_three_selections(self, guideline):
        rounds = {one.year: one for one in guideline.pack.rounds}
        assert {year: (one.invited, one.attended, one.chosen) for year, one in rounds.items()} == {
            2017: (80, 0, 25),
            2018: (165, 0, 50),
            2019: (165, 107, 25),
        }
        assert "mengajukan diri" in rounds[2019].note.read("id")
        assert "didalami" in rounds[2019].note.read("id")
        by_year = {year: {one.id for one in guideline.pack.selection if year in one.years} for year in rounds}
        assert by_year[2017] == {
            "fiscal_capacity", "green_city", "sustainable_city", "government_performance"
        }  # fmt: skip
        assert by_year[2018] == {"fiscal_capacity", "green_city", "sustainable_city", "high_performing"}
        assert by_year[2019] >= {"leading_sector", "equity", "vision"}
        assert "priority_area" not in {one.id for one in guideline.pack.selection}

    def test_a_region_may_nominate_itself_and_then_says_why(self, guideline):
        assert guideline.field("criteria.self_nominated").type == "boolean"
        rule = next(rule for rule in guideline.pack.rules if rule.id == "self_nomination")
        assert rule.params["if_item"] == "criteria.self_nominated"

    def test_priority_areas_and_their_collaboration_came_later(self, guideline):
        assert guideline.field("criteria.priority_area") is None
        assert not any("collaboration" in item for item, _ in guideline.items())
        assert {section.id for section in guideline.pack.evaluation.sections} == {
            "baseline", "output", "outcome", "impact", "quick_win"
        }  # fmt: skip

    def test_its_regions_are_weighed_as_their_cohort(self, guideline):
        weights = guideline.pack.evaluation.weights
        assert weights["first_2023"] == {
            "baseline": 10, "output": 20, "outcome": 30, "impact": 20, "quick_win": 20
        }  # fmt: skip
        assert weights.keys() == {"first_2023", "sleman"}

    @pytest.mark.parametrize(
        ("code", "fits"),
        [("2.16.03", True), ("2.16.03.2.02", True), ("2.16.03.2.02.35", True), ("X.XX.01.2.02.07", True),
         ("2.16.03.2.02.0035", False), ("2.16.03.2.02.035", False)],
    )  # fmt: skip
    def test_sub_activities_have_two_digits(self, guideline, code, fits):
        patterns = guideline.pack.planning.code_patterns
        assert any(re.fullmatch(pattern, code) for pattern in patterns) is fits
        for sample in guideline.pack.planning.sample_codes:
            assert any(re.fullmatch(pattern, sample.code) for pattern in patterns), sample.code

    def test_it_stands_on_no_later_rule(self, guideline):
        titles = " ".join(basis.title for basis in guideline.pack.legal)
        assert not re.search(r"Tahun 202\d", titles)
        assert "Nomor 90 Tahun 2019" in titles


class TestFourBooks:
    @pytest.fixture
    def guideline(self, packs):
        return Guideline(packs["smart-city-2021-four-books"])

    def test_quick_wins_and_roadmap_are_books_of_their_own(self, guideline):
        books = [(book.code, book.id) for book in guideline.pack.books if book.kind == "book"]
        assert books == [("I", "I"), ("II", "II"), ("III", "quick_wins"), ("IV", "roadmap")]
        second = {block.show for one in guideline.chapters("II") for block in one.chapter.blocks}
        assert not second & {"roadmap", "quick_wins"}
        assert {block.show for one in guideline.chapters("quick_wins") for block in one.chapter.blocks} >= {
            "quick_wins"
        }
        assert {block.show for one in guideline.chapters("roadmap") for block in one.chapter.blocks} >= {
            "roadmap"
        }

    def test_it_says_that_one_region_is_known_to_have_it(self, guideline):
        assert "satu daerah" in guideline.pack.pack.note.read("id")
        assert "one region only" in guideline.pack.pack.note.read("en")
        own = [one.chapter for book in ("quick_wins", "roadmap") for one in guideline.chapters(book)]
        assert own
        assert not any(chapter.verified for chapter in own)


class TestKotaCerdas2026:
    @pytest.fixture
    def guideline(self, packs):
        return Guideline(packs["kota-cerdas-2026"])

    def test_six_aspects_with_mobility_and_without_branding(self, guideline):
        assert [(one.id, one.name.read("id")) for one in guideline.pack.dimensions] == [
            ("governance", "Tata Kelola Birokrasi"), ("economy", "Ekonomi"),
            ("living", "Kehidupan Berkota"), ("society", "Masyarakat"),
            ("environment", "Lingkungan"), ("mobility", "Mobilitas"),
        ]  # fmt: skip
        assert all(one.verified and one.source for one in guideline.pack.dimensions)
        subs = [sub for one in guideline.pack.dimensions for sub in one.sub_dimensions]
        assert subs
        assert not any(sub.verified or sub.elements_verified for sub in subs)

    def test_the_three_bodies_of_the_draft(self, guideline):
        known = [body for body in guideline.pack.bodies if body.verified]
        assert {body.id for body in known} == {"task_force", "team", "forum"}
        assert not guideline.dimension("branding")
        assert not any(body.required for body in guideline.pack.bodies if not body.verified)

    def test_nothing_but_aspects_bodies_and_laws_claims_a_source(self, guideline):
        pack = guideline.pack
        for part in (pack.forms, pack.worksheets, pack.books, pack.sessions, pack.roles, pack.figures):
            assert not any(item.verified or item.source for item in part)
        assert pack.evaluation is None
        assert (pack.selection, pack.rounds) == ((), ())

    def test_its_note_says_that_it_is_a_draft_and_that_indicators_are_not_known(self, guideline):
        note = guideline.pack.pack.note
        assert note.read("id").startswith("RANCANGAN")
        assert "indikatornya belum diketahui" in note.read("id")
        assert "list of indicators is not known" in note.read("en")

    def test_it_speaks_of_aspects_and_of_no_council(self, packs):
        from tests.guideline.test_bundled_packs import texts

        pack = packs["kota-cerdas-2026"]
        for key, text in texts(pack):
            if key.startswith(("pack.pack.note", "pack.legal", "pack.figures")):
                continue
            assert not re.search(r"\b(Dewan|dimensi|Smart City|branding)\b", text.read("id")), key
            assert not re.search(r"\b(council|dimension|branding)\b", text.read("en"), re.IGNORECASE), key

    def test_its_first_law_is_the_one_that_asks_for_it(self, guideline):
        assert [basis.id for basis in guideline.pack.legal][:2] == ["pp-59-2022", "rpm-kota-cerdas-2026"]


# What a base gained later must not be forgotten in the packs that have these files of their own.
@pytest.mark.parametrize("name", OTHERS)
def test_no_page_and_no_kind_of_block_is_missing_that_the_base_has(packs, name):
    def pages(pack):
        return {page.page for stage in pack.stages for page in stage.pages}

    def blocks(pack):
        guideline = Guideline(pack)
        return {
            block.show
            for book in pack.books
            for one in guideline.chapters(book)
            for block in one.chapter.blocks
        }

    assert pages(packs[BASE]) - pages(packs[name]) <= (
        {"assessment"} if not packs[name].evaluation else set()
    )
    assert blocks(packs[BASE]) - blocks(packs[name]) == set()
