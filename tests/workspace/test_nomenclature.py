import pickle
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base import Message
from desktop.workspace.nomenclature import (
    CodeList,
    Entry,
    NotAList,
    level_of,
    pack_list,
    unpack_list,
)
from tests.effort import steps

FEW = (
    Entry("2.16.03", "Program Pengelolaan Aplikasi Informatika"),
    Entry("2.16.03.2.02", "Pengelolaan E-government di Lingkup Pemerintah Daerah"),
    Entry("2.16.03.2.02.0035", "Koordinasi dan Fasilitasi Promosi Literasi SPBE"),
    Entry("1.02.02", "Program Pemenuhan Upaya Kesehatan Perorangan"),
    Entry("X.XX.01", "Program Penunjang Urusan Pemerintahan Daerah"),
)
WORDS = (
    "pengelolaan",
    "layanan",
    "data",
    "informatika",
    "kesehatan",
    "sekolah",
    "jalan",
    "air",
    "warga",
    "pasar",
)


KEYS = ("p", "pe", "pengelolaan", "pengelolaan data", "a", "layanan warga air", "1", "1.0", "zz")
"""What is typed into the search."""


def large(n):
    """So many codes as a national list has, with titles of some ten words."""
    chance = random.Random(4)
    return tuple(
        Entry(f"{1 + n_ % 9}.{n_ // 9 % 30:02}.{n_ // 270 % 9:02}.2.{n_ // 2430 % 99:02}.{n_:04}"[:17],
              " ".join(chance.choices(WORDS, k=9)) + f" {n_}")
        for n_ in range(n)
    )  # fmt: skip


@given(
    st.dictionaries(
        st.text("0123456789X.", min_size=1, max_size=17),
        st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=60).map(
            lambda text: " ".join(text.split())
        ),
    )
)
def test_what_is_kept_is_read_again(titles):
    entries = tuple(Entry(*each) for each in sorted(titles.items()))
    assert unpack_list(pack_list(reversed(entries))) == entries


@pytest.mark.parametrize(
    "data", [b"", b"nothing", zlib.compress(b"another file\n1\ta"), pack_list(FEW)[:-4], b"\xff"]
)
def test_other_bytes_are_no_list(data):
    with pytest.raises(NotAList):
        unpack_list(data)
    assert CodeList("x", "y", data).entries == ()


@pytest.mark.parametrize(
    ("code", "level"),
    [("2", "field"), ("2.16", "division"), ("2.16.03", "programme"), ("2.16.03.2", ""),
     ("2.16.03.2.02", "activity"), ("X.XX.01.2.02.0035", "sub_activity"), ("", "")],
)  # fmt: skip
def test_levels(code, level):
    assert level_of(code) == level


def codes(found):
    return [entry.code for entry in found]


def test_it_is_searched_by_the_beginning_of_a_code():
    listed = CodeList.of(FEW)
    assert codes(listed.search("2.16")) == ["2.16.03", "2.16.03.2.02", "2.16.03.2.02.0035"]
    assert codes(listed.search("2.16", "activity"))[0] == "2.16.03.2.02"
    assert codes(listed.search("x.xx")) == ["X.XX.01"]
    assert codes(listed.search("9")) == []
    assert codes(listed.search("  ")) == []


def test_it_is_searched_by_words_of_the_title():
    listed = CodeList.of(FEW)
    assert codes(listed.search("aplikasi")) == ["2.16.03"]
    assert codes(listed.search("program kesehatan")) == ["1.02.02"]
    assert codes(listed.search("KESEHATAN program")) == ["1.02.02"]
    assert codes(listed.search("e-gov")) == ["2.16.03.2.02"]
    assert codes(listed.search("pengelolaan", "activity"))[0] == "2.16.03.2.02"
    assert codes(listed.search("tidak ada")) == []
    assert codes(listed.search("--")) == []


def test_titles_are_looked_up():
    listed = CodeList.of(FEW, "SIPD")
    assert listed.title(" 2.16.03 ") == "Program Pengelolaan Aplikasi Informatika"
    assert listed.title("9.99.99") == ""
    assert pickle.loads(pickle.dumps(listed)).titles == listed.titles


def test_a_key_costs_a_few_steps_for_each_row():
    """Milliseconds: tests/bench/bench_rooms.py."""
    listed = CodeList.of(large(2_000)).prepare()
    many = len(listed.entries)
    assert many > 1_900
    for typed in KEYS:
        assert steps(listed.search, typed, "activity") < 15 * many, typed


def test_a_list_is_one_change_that_can_be_undone(workspace):
    with workspace.operation(Message("x")) as op:
        op.take_codes(FEW, "sipd.xlsx")
    plan = workspace.plan()
    assert plan.nomenclature_name == "sipd.xlsx"
    assert plan.codes.title("1.02.02").startswith("Program")
    workspace.undo()
    assert not workspace.plan().codes
    assert workspace.plan().nomenclature == ""
    workspace.redo()
    assert len(workspace.plan().codes.entries) == len(FEW)
    with workspace.operation(Message("x")) as op:
        op.take_codes((), "")
    assert workspace.plan().nomenclature == ""
    assert not workspace.plan().codes


def test_it_comes_along_with_a_colleague_s_file(make):
    mine = make("a")
    theirs = make("b", copy_of=mine, person="Budi")
    with theirs.operation(Message("x")) as op:
        op.take_codes(FEW, "sipd.xlsx")
    theirs.close()
    mine.bring_back(theirs.path)
    assert mine.plan().codes.title("2.16.03") == "Program Pengelolaan Aplikasi Informatika"
