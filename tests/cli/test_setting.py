"""``set``: every type of field, fields of rows, and what is refused."""

import io
import re

import pytest

TYPED = [
    ("town.mayor", "Ibu Rahayu", "Ibu Rahayu"),
    ("town.trees", "1.234.567", 1234567),
    ("town.trees", "-5", -5),
    ("town.rain", "2.750,5", "2750.5"),
    ("town.cash", "Rp 5.000.000,-", 5000000),
    ("town.green", "12,5%", "12.5"),
    ("town.founded", "1 April 1999", "1999-04-01"),
    ("town.founded", "1999-04-01", "1999-04-01"),
    ("town.census", "2020", 2020),
    ("town.happy", "ya", True),
    ("town.happy", "No", False),
    ("town.mood", "Gembira", "glad"),
    ("town.mood", "glad", "glad"),
    ("town.tools", "Cangkul; net", ["hoe", "net"]),
    ("town.first", "Soil", "tanah"),
    ("town.trees", "", None),
]


@pytest.mark.parametrize(("item", "text", "value"), TYPED)
def test_each_type_of_field_keeps_its_value(call, town, item, text, value):
    call.ok("set", town, item, "--", text)
    assert call.ok("show", town, item, json=True).record["value"] == value


@pytest.mark.slow
def test_an_agency_is_found_by_code_short_name_name_and_end_of_id(call, town):
    agency = call.ok("row", town, "agency", json=True).records[0]["id"]
    for wanted in ("AIR", "1", "dinas air", "Water office", agency, agency[-8:]):
        call.ok("set", town, "town.office", wanted)
        assert call.ok("show", town, "town.office", json=True).record["value"] == agency
    assert "SUNGAI" in call.fails("set", town, "town.office", "SUNGAI")


@pytest.mark.slow
def test_texts_are_written_in_the_language_asked_for(call, town):
    call.ok("set", town, "town.words", "Selamat datang")
    call.ok("set", town, "town.words", "Welcome", "--text", "en")
    call.ok("set", town, "town.song", "Baris satu\n\nBaris dua")
    assert call.ok("show", town, "town.words", json=True).record["texts"] == {
        "id": "Selamat datang",
        "en": "Welcome",
    }
    song = call.ok("show", town, "town.song", json=True).record["texts"]["id"]
    assert song.count("<p ") == 2
    call.ok("set", town, "chapter.A.start", "<p>Isi <b>tebal</b><script>x</script></p>")
    chapter = call.ok("show", town, "chapter.A.start", json=True).record["texts"]["id"]
    assert "<b>tebal</b>" in chapter
    assert "<script" not in chapter
    call.ok("set", town, "chapter.A.start", "Naik<fn>BPS & <b>2025</b></fn> < turun.\nLalu")
    chapter = call.ok("show", town, "chapter.A.start", json=True).record["texts"]["id"]
    assert re.sub(r' id="\w+"', "", chapter) == (
        "<p>Naik<fn>BPS &amp; &lt;b&gt;2025&lt;/b&gt;</fn> &lt; turun.</p>\n<p>Lalu</p>"
    )


def test_a_value_comes_from_a_file_or_from_standard_input(call, town, tmp_path, monkeypatch):
    file = tmp_path / "words.txt"
    file.write_bytes("\ufeffDari berkas\r\n".encode())
    call.ok("set", town, "town.words", f"@{file}")
    assert call.ok("show", town, "town.words", json=True).record["texts"]["id"].strip() == "Dari berkas"
    monkeypatch.setattr("sys.stdin", io.StringIO("Dari masukan"))
    call.ok("set", town, "town.words", "-")
    assert call.ok("show", town, "town.words", json=True).record["texts"]["id"] == "Dari masukan"


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["town.trees", "many"], '"many"'),
        (["town.trees", "1.5e3"], '"1.5e3"'),
        (["town.founded", "31/02/2020"], "31/02/2020"),
        (["town.census", "20"], '"20"'),
        (["town.happy", "perhaps"], "perhaps"),
        (["town.mood", "angry"], "sad, fine, glad"),
        (["town.tools", "hoe; axe"], "hoe, net"),
        (["town.first", "metal"], "air, udara, tanah"),
        (["town.tree", "5"], "town.trees"),
        (["nothing", "5"], "nothing"),
        (["town.trees", "5", "--text", "en"], "town.trees"),
        (["town.trees", "5", "--about", "T-001"], "--about"),
        (["programme.place", "x"], "--about"),
        (["programme.place", "x", "--about", "T-999"], "T-999"),
        (["ready.level", "s1"], "rancang row WORKSPACE ready level=VALUE"),
        (["plan/-/region", "xx"], "xx"),
        (["plan/-/region", ""], "18.07"),
        (["plan/-/first_year", "1066"], "1066"),
        (["plan/-/last_year", "2060"], "2060"),
        (["plan/-/last_year", ""], "last_year"),
        (["plan/-/guideline", "x"], "guideline"),
        (["plan/-/example", "x"], "example"),
        (["agency/AIR/nothing", "x"], "short_name"),
        (["agency/XX/name", "x"], "XX"),
        (["claim/x/name", "x"], "agency"),
        (["person/x/name", "x"], "x"),
        (["programme/T-001/quick_win", "perhaps"], "perhaps"),
        (["programme/T-001/start_year", "soon"], "soon"),
        (["programme/T-001/start_year", "2026", "--text", "en"], "start_year"),
    ],
)
def test_what_does_not_fit_is_told_and_changes_nothing(call, town, words, part):
    head = call.ok("show", town, json=True).record["head"]
    assert part in call.fails("set", town, *words)
    assert call.ok("show", town, json=True).record["head"] == head


@pytest.mark.slow
def test_fields_of_rows(call, town):
    call.ok("set", town, "programme/T-001/title", "Sumur dalam")
    call.ok("set", town, "programme/T-001/title", "Deep wells", "--text", "en")
    call.ok("set", town, "programme/T-001/quick_win", "ya")
    call.ok("set", town, "programme/T-001/total_budget", "Rp1.000")
    call.ok("set", town, "programme/T-001/lead", "")
    call.ok("set", town, "plan/-/title", "Rencana kota")
    call.ok("set", town, "plan/-/last_year", "2030")
    programme = call.ok("programme", town, "list", json=True).record
    assert programme["title"] == {"id": "Sumur dalam", "en": "Deep wells"}
    assert programme["quick_win"] is True
    assert programme["total_budget"] == 1000
    assert programme["lead"] == ""
    assert call.ok("show", town, json=True).record["years"] == [2026, 2030]


def test_one_value_is_one_step_of_the_history(call, town):
    call.ok("set", town, "town.trees", "5", "--name", "Budi", "--role", "clerk")
    change = call.ok("history", town, "--limit", "1", json=True).record
    assert (change["author"], change["role"], change["text"]) == ("Budi", "clerk", "Answer: Number of trees")
    call.ok("undo", town)
    assert call.ok("show", town, "town.trees", json=True).out == ""


def test_an_answer_tells_where_it_comes_from(call, town):
    call.ok("set", town, "town.words", "Selamat datang")
    call.ok("set", town, "town.words", "Welcome", "--text", "en")
    said = call.ok("show", town, "town.words", "--from")
    assert said.out.count("Typed by") == 2
    assert "Diketik oleh" in call.ok("show", town, "town.words", "--from", language="id").out
    found = call.ok("show", town, "town.words", "--from", json=True).record
    assert {key for key in found if key.startswith("from")} == {"from:id", "from:en"}
    assert found["from:en"]["manner"] == "typed"
    assert "from" not in call.ok("show", town, "town.words").out.lower()


def test_answering_the_same_confirms_a_suggestion(call, town):
    from desktop.base import Message
    from desktop.workspace import Workspace

    with Workspace.open(town) as workspace, workspace.operation(Message("workspace.label.test")) as op:
        op.answer("town.mayor", "Ibu Ratna", origin="suggested")
    assert "suggestion" in call.ok("show", town, "town.mayor", "--from").out
    call.ok("set", town, "town.mayor", "Ibu Ratna")
    assert call.ok("show", town, "town.mayor", "--from", json=True).record["from"]["manner"] == "typed"


def test_what_was_said_elsewhere_keeps_its_source(call, town):
    source = "WhatsApp, Bu Rina, 2026-11-20"
    call.ok("set", town, "programme/T-001/service", "Air bersih", "--source", source)
    (entry, *_) = call.ok("history", town, json=True).records
    assert source in entry["text"]


def test_a_row_that_was_told_elsewhere_keeps_its_source(call, town):
    call.ok("row", town, "wishes", "wish=Sumur", "--agency", "AIR", "--source", "WhatsApp, Bu Rina")
    (entry, *_) = call.ok("history", town, json=True).records
    assert "WhatsApp, Bu Rina" in entry["text"]


def test_paragraphs_written_anew_stay_the_ones_they_were(call, town):
    def now():
        return call.ok("show", town, "chapter.A.start", json=True).record["texts"]["id"]

    call.ok("set", town, "chapter.A.start", "Satu.\n\nDua.")
    first = re.findall(r' id="(\w+)"', now())
    call.ok("set", town, "chapter.A.start", "Satu diubah.\n\nDua.")
    assert "diubah" in now()
    assert re.findall(r' id="(\w+)"', now()) == first
