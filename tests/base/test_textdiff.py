"""What is shown of two stored texts is all in which they differ: words, links, marks, shape."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.base import Language, render, richtext
from desktop.base.textdiff import apart, compared, readable, sides, written_out
from desktop.base.worddiff import compare, excerpt

LINK = '<p>Lihat <a href="https://www.komdigi.go.id/">pedoman resmi</a> dulu.</p>'


def say(message):
    return render(message, Language.ID)


def told(old, new):
    return [(each.kind, each.text.strip()) for each in compared(old, new, say) if each.kind != "same"]


@pytest.mark.parametrize(
    ("old", "new", "gone", "came"),
    [
        (
            LINK,
            LINK.replace("https://www.komdigi.go.id/", "http://tipuan.example/"),
            "‹pedoman resmi → https://www.komdigi.go.id/›",
            "‹pedoman resmi → http://tipuan.example/›",
        ),
        ("<p>10<sup>2</sup> meter</p>", "<p>102 meter</p>", "10‹huruf naik: 2›", "102"),
        ("<p><s>tidak</s> boleh</p>", "<p>tidak boleh</p>", "‹dicoret: tidak›", "tidak"),
        (
            "<p>Air <b>bersih</b></p>",
            "<h2>Air <b>bersih</b></h2>",
            "Air ‹tebal: bersih›",
            "‹judul tingkat 2: Air ‹tebal: bersih››",
        ),
        ("<p>a<fn>isi</fn> b</p>", "<p>a [isi] b</p>", "‹catatan kaki: isi›", "[isi]"),
        # what a text writes like our own signs is no sign, and no letter turns those around it
        ("<p>a</p>", "<p>‹x → https://a.id/› \u202eb</p>", "a", "<x → https://a.id/> ‹U+202E›b"),
        # where the words are what they were, nothing but the words is told
        ("<ul><li>satu dua</li></ul>", "<ul><li>satu tiga</li></ul>", "dua", "tiga"),
        ("<p><b>satu</b> dua</p>", "<p><b>lain</b> dua</p>", "satu", "lain"),
        ("<table><tr><td>1</td></tr></table>", "<table><tr><td>9</td></tr></table>", "1", "9"),
    ],
)  # fmt: skip
def test_what_words_are_is_told_where_it_changes(old, new, gone, came):
    assert told(old, new) == [("gone", gone), ("new", came)]


def test_words_that_stay_are_not_struck_out_because_others_follow():
    assert told("Air bersih", "Air bersih di desa") == [("new", "di desa")]
    assert told("Air bersih", "<p id='x'>Air bersih</p>") == []


def test_a_shape_that_shows_in_no_word_is_told():
    ((_, said),) = [each for each in told("<h2></h2><p>a</p>", "<p>a</p>") if each[1]]
    assert "tata letak" in said


_INLINE = st.sampled_from(
    ["a", "b ", " ", "<b>a</b>", "<s>b</s>", "<sup>a</sup>", "<fn>b</fn>", "<br/>"]
    + [f'<a href="https://{where}/">a</a>' for where in "xy"]
)
_BLOCKS = st.tuples(
    st.sampled_from(["<p>{}</p>", "<h2>{}</h2>", "<ul><li>{}</li></ul>", "<table><td>{}</td></table>"]),
    st.lists(_INLINE, max_size=4).map("".join),
).map(lambda both: both[0].format(both[1]))  # fmt: skip
_TEXTS = st.lists(_BLOCKS, max_size=3).map("".join)


@given(_TEXTS, _TEXTS)
def test_two_texts_that_differ_are_shown_to_differ(old, new):
    differ = [x.runs or x.rows for x in richtext.parse(old)] != [
        x.runs or x.rows for x in richtext.parse(new)
    ]
    shown = [text for kind, text in told(old, new) if text]
    assert shown or not differ
    assert not told(old, old)
    assert sides(compared(old, old, say))[0] == sides(compared(old, old, say))[1]


def test_a_text_is_read_with_what_makes_it_say_something_else():
    text = "<h2>Judul</h2><p><b>Tebal</b> <s>tidak</s> <a href='https://a.id/'>di sini</a><fn>isi</fn>.</p>"
    assert readable(text, say) == "Judul\nTebal ‹dicoret: tidak› ‹di sini → https://a.id/› [isi]."
    assert written_out("<h2>Judul</h2>", say) == "‹judul tingkat 2: Judul›"


def test_values_held_against_each_other_are_told_by_what_differs():
    same = "Kalimat pertama yang sama. " * 9
    one, other, short = f"{same}Sepuluh juta.", f"{same}Sepuluh MILIAR.", "Lain \u202esama sekali"
    assert apart(["juta", "MILIAR"]) == ["juta", "MILIAR"]
    assert apart([one, other, "", one]) == [
        "… pertama yang sama. Sepuluh juta.",
        "… pertama yang sama. Sepuluh MILIAR.",
        "",
        "… pertama yang sama. Sepuluh juta.",
    ]
    assert apart([one, other, short]) == [one, other, "Lain ‹U+202E›sama sekali"], "nothing is alike in all"


def test_what_two_of_three_have_and_the_third_has_not_is_shown_of_each():
    """Each was held against the one most alike only: a word that two of them share stood in no line."""
    said = (
        "Anggaran layanan publik tahun 2027 sebesar 1.000.000.000 rupiah dari dana alokasi khusus daerah"
        " yang ditetapkan dengan peraturan bupati dan wajib dilaporkan"
    )
    denied = said.replace("dan wajib", "dan tidak wajib")
    end = "dari dana alokasi … dengan peraturan bupati dan {} dilaporkan"
    assert apart([said, denied, denied.replace("1.000", "1.500")]) == [
        f"… publik tahun 2027 sebesar 1.000.000.000 rupiah {end.format('wajib')}",
        f"… publik tahun 2027 sebesar 1.000.000.000 rupiah {end.format('tidak wajib')}",
        f"… publik tahun 2027 sebesar 1.500.000.000 rupiah {end.format('tidak wajib')}",
    ]
    same = " ".join(f"kata-{n}" for n in range(40))
    assert apart([same, f"Tidak {same}", f"{same} batal"]) == [
        "kata-0 kata-1 kata-2 kata-3 … kata-36 kata-37 kata-38 kata-39",
        "Tidak kata-0 kata-1 kata-2 kata-3 … kata-36 kata-37 kata-38 kata-39",
        "kata-0 kata-1 kata-2 kata-3 … kata-36 kata-37 kata-38 kata-39 batal",
    ]


def test_where_somebody_decides_every_change_is_shown():
    """The ninth change of a suggestion was an ellipsis, the very sign for words that stay."""
    old = " ".join(f"Bagian {n} menjelaskan keadaan daerah dengan rinci sekali." for n in range(9)) + " juta"
    new = old.replace("daerah", "daerah,").replace("juta", "MILIAR")
    assert "MILIAR" in "".join(each.text for each in excerpt(compare(old, new)))
    *shown, more = excerpt(compare(old, new), 8)
    assert [each.kind for each in shown].count("gone") == 8
    assert (more.kind, more.text) == ("more", "2")
