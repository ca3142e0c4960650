"""What goes out to Word and comes back: untouched it says nothing, touched it says exactly that."""

from __future__ import annotations

from dataclasses import replace

import docx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop.base import Language
from desktop.base.jobs import quiet
from desktop.base.richtext import Block, Kind, Run, normalise, plain_text, serialise
from desktop.books.compose import compose
from desktop.books.docx import render_docx
from desktop.books.editing import compose_chapters
from desktop.books.printing import write_books
from desktop.books.returnable import returning
from desktop.exchange.edited import Standing, compare, read, take_over
from desktop.exchange.edited.carrying import References, carried
from desktop.exchange.edited.contents import Para
from desktop.exchange.edited.steps import Steps
from desktop.exchange.edited.taking_over import certain, everything
from desktop.workspace import Workspace
from desktop.workspace.plan import Answer, Text
from desktop.workspace.since import heads
from tests.exchange.edited.word import edit, in_body, put, seen, sent

RICH = """<h2 id="h1">Latar belakang<fn>Lihat Buku II.</fn></h2>
<p id="p1">Kabupaten ini <b>tumbuh</b> cepat. Warganya 1,1 juta. Lihat \
<a href="ref:chapter/I.2">bab lain</a> dahulu.</p>
<ul><li id="l1">Layanan <i>sehari</i> selesai.</li></ul>
<ul><ul><li id="l2">Tanpa antre.</li></ul></ul>
<ol><li id="o1">Pertama.</li></ol>
<ol><li id="o2">Kedua.</li></ol>
<p id="e1"></p>
<table id="t1"><tr><td>Tahun</td><td>Warga</td></tr><tr><td>2026</td><td>1,1 juta</td></tr></table>
<p id="p2">Angka dari survei <fn>BPS, 2025.</fn> tahun lalu. H<sub>2</sub>O bersih.</p>"""


@pytest.fixture(scope="module")
def region(gone_out):
    """A document to be printed of."""
    with Workspace.open(gone_out.empty, read_only=True) as made:
        yield made


def test_untouched_it_says_nothing(workspace, tmp_path):
    put(workspace, {"I.1": RICH, "I.2": "<p>Satu.</p>"})
    found = seen(workspace, sent(workspace, tmp_path / "bab.docx", "I.1", "I.2", "I.3"))
    assert found.is_empty
    assert (found.same, found.notes) == (3, ())


@pytest.mark.slow
def test_one_sentence_is_shown_and_taken(workspace, tmp_path):
    put(workspace, {"I.1": RICH, "I.2": "<p>Satu.</p>"})
    path = edit(
        sent(workspace, tmp_path / "bab.docx", "I.1", "I.2"), "Warganya 1,1 juta.", "Warganya 1,2 juta."
    )
    contents = read(path)
    found = compare(workspace, contents)
    (passage,) = found.passages
    (step,) = passage.steps
    assert (step.before, step.after) == ("Warganya 1,1 juta.", "Warganya 1,2 juta.")
    assert (passage.standing, found.same, passage.place.item) == (Standing.CHANGED, 1, "chapter.I.1")
    taken = take_over(workspace, found, certain(found))
    assert (taken.texts, taken.steps, taken.left) == (1, 1, 0)
    now = workspace.plan().answer("chapter.I.1").text.values["id"]
    assert now == RICH.replace("1,1 juta. Lihat", "1,2 juta. Lihat")
    assert workspace.recent(1)[0].kind == "import"
    assert compare(workspace, contents).is_empty
    workspace.undo()
    assert workspace.plan().answer("chapter.I.1").text.values["id"] == RICH


@pytest.mark.slow
def test_what_only_we_changed_is_no_change_of_theirs(workspace, tmp_path):
    put(workspace, {"I.1": RICH})
    path = sent(workspace, tmp_path / "bab.docx", "I.1")
    put(workspace, {"I.1": RICH.replace("Tanpa antre.", "Tanpa antre sama sekali.")})
    assert seen(workspace, path).is_empty
    both = seen(workspace, edit(path, "Warganya 1,1 juta.", "Warganya banyak."))
    assert [each.standing for each in both.passages] == [Standing.CHANGED]
    text = both.passages[0].with_steps([0])
    assert "Tanpa antre sama sekali." in text
    assert "Warganya banyak." in text


@pytest.mark.slow
def test_the_same_sentence_here_and_there(workspace, tmp_path):
    put(workspace, {"I.1": RICH})
    path = edit(sent(workspace, tmp_path / "bab.docx", "I.1"), "Warganya 1,1 juta.", "Warganya 1,2 juta.")
    edit(path, "Pertama.", "Yang pertama.")
    put(workspace, {"I.1": RICH.replace("Warganya 1,1 juta.", "Warganya 1,3 juta.")})
    contents = read(path)
    found = compare(workspace, contents)
    (passage,) = found.passages
    assert passage.standing is Standing.CONFLICTING
    assert [step.clash for step in passage.steps] == [True, False]
    assert take_over(workspace, found, certain(found)).left == 1
    text = plain_text(workspace.plan().answer("chapter.I.1").text.values["id"])
    assert "1,3 juta" in text
    assert "Yang pertama." in text
    found = compare(workspace, contents)
    take_over(workspace, found, everything(found))
    assert "1,2 juta" in workspace.plan().answer("chapter.I.1").text.values["id"]


def test_a_chapter_nobody_had_written(workspace, tmp_path):
    path = sent(workspace, tmp_path / "bab.docx", "I.1", "I.2")
    document = docx.Document(str(path))
    place = next(at for at, p in enumerate(document.paragraphs) if p.style.name == "Body Text")
    document.paragraphs[place].add_run("Ditulis di Word. Dua kalimat.")
    document.save(str(path))
    contents = read(path)
    found = compare(workspace, contents)
    assert [each.standing for each in found.passages] == [Standing.NEW]
    take_over(workspace, found, certain(found))
    assert (
        plain_text(workspace.plan().answer("chapter.I.1").text.values["id"])
        == "Ditulis di Word. Dua kalimat."
    )


def test_paragraphs_come_go_and_move(workspace, tmp_path):
    put(workspace, {"I.1": RICH})
    path = sent(workspace, tmp_path / "bab.docx", "I.1")
    document = docx.Document(str(path))
    first, item, second = (
        next(p for p in document.paragraphs if words in p.text)
        for words in ("tumbuh", "Tanpa antre", "Angka dari")
    )
    new = first.insert_paragraph_before("Paragraf baru. Dua kalimat.", style="Body Text")
    new.runs[0].bold = False
    item._p.getparent().remove(item._p)
    second.insert_paragraph_before("Satu butir.", style="List Bullet")
    document.save(str(path))
    contents = read(path)
    found = compare(workspace, contents)
    (passage,) = found.passages
    assert passage.standing is Standing.CHANGED
    take_over(workspace, found, certain(found))
    blocks = workspace.plan().answer("chapter.I.1").text.values["id"].split("\n")
    assert "Paragraf baru. Dua kalimat." in blocks[1]
    assert not any("Tanpa antre" in block for block in blocks)
    assert [b for b in blocks if 'id="p1"' in b or 'id="t1"' in b] == [
        b for b in RICH.split("\n") if 'id="p1"' in b or 'id="t1"' in b
    ]
    assert any("Satu butir." in block and block.startswith("<ul>") for block in blocks)


@pytest.mark.slow
def test_each_step_can_be_left(workspace, tmp_path):
    put(workspace, {"I.1": RICH})
    path = sent(workspace, tmp_path / "bab.docx", "I.1")
    edit(edit(path, "Warganya 1,1 juta.", "Warganya banyak."), "Pertama.", "Yang pertama.")
    (passage,) = seen(workspace, path).passages
    assert passage.with_steps([]) == passage.now == RICH
    assert passage.with_steps([1]) == RICH.replace("Pertama.", "Yang pertama.")
    assert passage.with_steps([0, 1]) == RICH.replace("Pertama.", "Yang pertama.").replace(
        "Warganya 1,1 juta.", "Warganya banyak."
    )


@pytest.mark.slow
def test_a_book_with_its_fields(workspace, tmp_path):
    """A whole book: chapters, questions and cells each come back to their field."""
    from desktop.base import Message

    put(workspace, {"II.1": RICH, "I.6": "<p>Visi.</p>"})
    with workspace.operation(Message("exchange.edited.label", file="x")) as op:
        op.insert(
            "programme", title={"id": "Izin sehari"}, service={"id": "Izin terbit sehari."},
            before={"id": "Dua minggu."}, after={"id": "Satu hari."}, dimension="governance",
        )  # fmt: skip
    (file,) = write_books(quiet, workspace.path, tmp_path, ("id",), ("II",), formats=("docx",))
    found = seen(workspace, file.path)
    assert found.is_empty, [p.steps for p in found.passages]
    assert found.same > 3
    assert not found.notes
    found = seen(workspace, edit(file.path, "Dua minggu.", "Tiga minggu."))
    assert [(p.place.table, p.place.field, p.standing) for p in found.passages] == [
        ("programme", "before", Standing.CHANGED)
    ]
    take_over(workspace, found, certain(found))
    assert workspace.plan().programmes[0].before.values["id"] == "Tiga minggu."
    # the title stands in a table and, as a heading, where nothing is taken over: that is told
    in_body(file.path, lambda text: text.replace(">Izin sehari<", ">Izin sejam<"))
    found = seen(workspace, file.path)
    assert [(each.place.field, each.standing) for each in found.passages] == [("title", Standing.CHANGED)]
    assert [note.id for note in found.notes] == ["exchange.edited.outside"]


@pytest.mark.slow
def test_a_foreword_goes_out_alone_and_with_its_book_and_comes_back(workspace, tmp_path):
    put(
        workspace,
        {"II.foreword": "<p>Puji syukur<fn>Ucapan.</fn>. Terima kasih.</p>", "II.1": "<p>Visi.</p>"},
    )
    alone = sent(workspace, tmp_path / "kata.docx", "II.foreword", "II.1")
    (book,) = write_books(quiet, workspace.path, tmp_path, ("id",), ("II",), formats=("docx",))
    for path in (alone, book.path):
        assert seen(workspace, path).is_empty
        (passage,) = seen(workspace, edit(path, "Terima kasih.", "Banyak terima kasih.")).passages
        assert (passage.place.item, passage.standing) == ("chapter.II.foreword", Standing.CHANGED)


# ---- laws ----------------------------------------------------------------------------------------------
words = st.text("ab Zé9<>&;\"'=/\u00a0\u2013\u2022\u201c\u8a9e", min_size=1, max_size=12)
looks = {
    "bold": st.booleans(), "italic": st.booleans(), "underline": st.booleans(), "strike": st.booleans(),
    "raised": st.sampled_from(["", "", "sub", "sup", "fn"]),
}  # fmt: skip
runs = st.lists(
    st.builds(Run, text=words | st.just("\n"), href=st.sampled_from(["", "https://x.go.id/a?b=1"]), **looks)
    | st.builds(Run, text=st.just("bab lain"), href=st.sampled_from(["ref:chapter/I.2", "ref:a/b"]), **looks),
    max_size=4,
).map(tuple)


def without_notes(found):
    return tuple(run for run in found if run.raised != "fn")


blocks = st.one_of(
    st.builds(Block, kind=st.just(Kind.P), runs=runs),
    # the footnotes of a heading stand below it on paper, like a paragraph that has nothing but one
    st.builds(Block, kind=st.sampled_from([Kind.H1, Kind.H3]), runs=runs.map(without_notes)),
    st.builds(Block, kind=st.just(Kind.LI), runs=runs, depth=st.integers(1, 6), ordered=st.booleans()),
    st.integers(1, 3).flatmap(
        lambda width: st.builds(
            Block, kind=st.just(Kind.TABLE),
            rows=st.lists(st.tuples(*[runs] * width), min_size=1, max_size=2).map(tuple),
        )
    ),
)  # fmt: skip
texts = st.lists(blocks, max_size=5).map(serialise)


def written_as(plan, pack, folder, text):
    """The text as the only chapter of a Word file, read back: what stands in its place."""
    answer = Answer("chapter.I.1", "", None, Text({"id": text}), "typed")
    plan = replace(plan, answers={("chapter.I.1", ""): answer})
    path = folder / "bab.docx"
    path.write_bytes(render_docx(compose_chapters(plan, pack, ["I.1"], Language.ID, ["0" * 64])))
    return [item for mark, item in read(path).parts() if mark]


def comes_back(region, folder, text):
    references = References()
    references.learn(text)
    items = written_as(region.plan(), region.pack(), folder, text)
    assert carried(normalise(text), items, references) == normalise(text)
    assert not references.lost


@pytest.mark.slow
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts)
@example(RICH)
def test_any_text_comes_back_the_same(region, tmp_path, text):
    comes_back(region, tmp_path, text)


@pytest.mark.torture
@settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts)
def test_very_many_texts_come_back_the_same(region, tmp_path, text):
    comes_back(region, tmp_path, text)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["Satu", "Dua", "Tiga"]), min_size=1, max_size=8), st.data())
def test_any_one_sentence_is_exactly_shown(starts, data):
    said = [f"{word} kalimat nomor {place}." for place, word in enumerate(starts)]
    parts = [part for part in (said[: len(said) // 2], said[len(said) // 2 :]) if part]
    text = serialise(Block(Kind.P, runs=(Run(" ".join(part)),)) for part in parts)
    at = data.draw(st.integers(0, len(said) - 1))
    lines = plain_text(text).replace(said[at], f"Lain {at}.").split("\n")
    edited = [Para("p", (Run(line),)) for line in lines]
    steps = Steps(text, text, carried(text, edited, References()), rich=True)
    assert [(step.before, step.after) for step in steps.all] == [(said[at], f"Lain {at}.")]
    assert plain_text(steps.taken([0])) == plain_text(text).replace(said[at], f"Lain {at}.")
    assert steps.taken([]) == text


def test_a_book_says_nothing_about_itself_elsewhere(region):
    """What is printed for a package stays as it was: marks are only in what can come back."""
    document = compose(region.plan(), region.pack(), "I", Language.ID, draft=False)
    assert b"_rcT" not in render_docx(document)
    assert returning(document, region.plan(), region.pack(), heads(region)).returning is not None


@pytest.mark.slow
def test_a_book_that_comes_back_another_day(workspace, tmp_path, monkeypatch):
    """What it says of its own day is not taken for something that somebody wrote."""
    put(workspace, {"II.foreword": "<p>Puji syukur.</p>", "II.1": "<p>Visi.</p>"})
    (book,) = write_books(quiet, workspace.path, tmp_path, ("id",), ("II",), formats=("docx",))
    monkeypatch.setenv("RANCANG_NOW", "2031-01-01T00:00:00+00:00")
    found = seen(workspace, book.path)
    assert (found.passages, found.notes) == ((), ())
