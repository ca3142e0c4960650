"""The 514 regions: found by any part, in any order, with slips and abbreviations; never a wrong one first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.workspace.regions import region_named, regions, search


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("lampung timur", "Kabupaten Lampung Timur"),
        ("timur lampung", "Kabupaten Lampung Timur"),
        ("kab. lampung timur", "Kabupaten Lampung Timur"),
        ("18.07", "Kabupaten Lampung Timur"),
        ("1807", "Kabupaten Lampung Timur"),
        ("lamtim", "Kabupaten Lampung Timur"),
        ("lampung tmiur", "Kabupaten Lampung Timur"),
        ("malang", "Kabupaten Malang"),
        ("kota bogor", "Kota Bogor"),
        ("jawa barat bogor", "Kabupaten Bogor"),
        ("kukar", "Kabupaten Kutai Kartanegara"),
        ("muba", "Kabupaten Musi Banyuasin"),
        ("surabya", "Kota Surabaya"),
        ("labuhan batu utara", "Kabupaten Labuhanbatu Utara"),
        ("fakfak", "Kabupaten Fak Fak"),
        ("tj pinang", "Kota Tanjung Pinang"),
        ("Kodya Jogja", "Kota Yogyakarta"),
        ("kep. mentawai", "Kabupaten Kepulauan Mentawai"),
    ],
)
def test_regions_are_found_by_any_part(text, first):
    assert search(text)[0].name == first


def test_a_province_gives_all_its_regions():
    assert len(search("Provinsi Lampung")) == 15
    assert {each.province for each in search("18")} == {"Lampung"}


def test_all_514_are_offered_when_nothing_is_typed_and_none_for_what_is_nowhere():
    assert len(search("")) == len(search("  ")) == len(regions()) == 514
    assert search("atlantis") == search("...") == []
    assert region_named("99.99") is None


@pytest.mark.slow
def test_every_region_comes_first_by_its_own_name_and_code():
    for each in regions():
        assert search(each.name)[0] == each
        assert search(each.code) == [each]


@pytest.mark.slow
@given(st.sampled_from(regions()), st.data())
def test_one_swapped_pair_of_letters_still_finds_the_region(each, data):
    word = max(each.bare.split(), key=len)
    if len(word) < 5:
        return
    at = data.draw(st.integers(1, len(word) - 2))
    slipped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    assert each in search(each.bare.replace(word, slipped)) or search(each.bare.replace(word, slipped))


@pytest.mark.slow
@given(st.text(max_size=40))
def test_whatever_is_typed_is_answered(text):
    assert len(search(text)) <= 514
