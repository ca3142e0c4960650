"""What Word puts into a file that somebody edited: tracked changes, comments, notes, lost marks, more."""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

import docx
import msgspec
import pytest

from desktop import __version__
from desktop.base import Language, LocalText, Message, render
from desktop.base.ids import derived_id
from desktop.base.richtext import plain_text
from desktop.base.textdiff import compared, sides
from desktop.exchange.edited import Standing, compare, read, take_over
from desktop.exchange.edited.comparing import ForeignFile, NothingKnown
from desktop.exchange.edited.taking_over import certain, everything
from desktop.guideline import bundled_bytes, load_pack, write_pack
from desktop.workspace import Author, Workspace
from tests.exchange.edited.conftest import TEXT
from tests.exchange.edited.word import commented, edit, in_body, put, rewritten, seen, sent, tracked


def taken(workspace, path, chosen=certain):
    contents = read(path)
    found = compare(workspace, contents)
    take_over(workspace, found, chosen(found))
    return workspace.plan().answer("chapter.I.1").text.values["id"]


def test_tracked_changes_are_accepted_and_named(written, path):
    tracked(path, "Dua kalimat", gone="kalimat", come="ucapan", who="Budi Santoso")
    found = seen(written, path)
    (passage,) = found.passages
    assert [(step.before, step.after) for step in passage.steps] == [("Dua kalimat.", "Dua ucapan.")]
    assert passage.authors == found.authors == ("Budi Santoso",)
    taken(written, path)
    label = written.recent(1)[0].message
    assert label == Message("exchange.edited.label_by", file="bab.docx", who="Budi Santoso")


def test_a_paragraph_struck_out_while_tracking(written, path):
    def strike(text):
        start = text.rindex("<w:p>", 0, text.index("Lihat "))
        end = text.index("</w:p>", start)
        gone = text[start:end]
        mark = '<w:del w:id="1" w:author="Budi" w:date="2026-11-29T10:00:00Z"/>'
        struck = gone.replace("</w:pPr>", f"<w:rPr>{mark}</w:rPr></w:pPr>", 1)
        head, _, rest = struck.partition("</w:pPr>")
        # the whole line, as Word writes it: the runs within, the fields and marks outside
        rest = rest.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        return f'{text[:start]}{head}</w:pPr><w:del w:id="2" w:author="Budi">{rest}</w:del>{text[end:]}'

    in_body(path, strike)
    (passage,) = seen(written, path).passages
    assert passage.authors == ("Budi",)
    assert [step.after for step in passage.steps] == [""]
    assert plain_text(taken(written, path)) == "Satu kalimat. Dua kalimat. Tiga kalimat."


def test_marks_that_end_in_what_was_struck_out(written, path):
    """Word puts the end of a mark, also of a reference, into the deletion that reaches over it."""

    def of_the_reference(text):
        number = re.search(r'<w:bookmarkStart w:id="(\d+)" w:name="_rcR', text)[1]
        end = f'<w:bookmarkEnd w:id="{number}"/>'
        assert text.count(end) == 1
        return text.replace(end, f'<w:del w:id="901" w:author="Budi">{end}</w:del>')

    def of_the_text(text):
        end = '<w:bookmarkEnd w:id="2"/>'
        last = text.rindex("<w:r>", 0, text.index(" yang baru."))
        run = text[last : text.index("</w:r>", last) + len("</w:r>")]
        gone = run.replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
        assert text.count(end) == 1
        text = text.replace(end, "")
        return text.replace(run, f'<w:del w:id="901" w:author="Budi">{gone}{end}</w:del>')

    in_body(path, of_the_reference)
    assert not seen(written, path).passages
    in_body(path, of_the_text)
    (passage,) = seen(written, path).passages
    assert passage.place.item == "chapter.I.1"
    assert plain_text(taken(written, path)).endswith("untuk angkanya [BPS, 2025.]")


def test_a_text_struck_out_with_both_its_marks_is_asked_about(written, path):
    def strike(text):
        start = text.rindex("<w:bookmarkStart", 0, text.index("Yang lain."))
        at = text.index("<w:p>", start)
        run = text[text.index("<w:r>", at) : text.index("</w:p>", at)]
        mark = text[start:at]
        number = re.search(r'w:id="(\d+)"', mark)[1]
        end = f'<w:bookmarkEnd w:id="{number}"/>'
        gone = run.replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
        text = text.replace(end, "").replace(mark, "")
        return text.replace(run, f'<w:del w:id="901" w:author="Budi">{mark}{gone}{end}</w:del>')

    in_body(path, strike)
    (passage,) = seen(written, path).passages
    assert passage.place.item == "chapter.I.2"
    assert [each.id for each in passage.reasons] == ["exchange.edited.doubt.emptied"]


@pytest.mark.slow
def test_comments_become_remarks(written, path):
    commented(path, "Satu kalimat.", "Angkanya dari mana?")
    contents = read(path)
    found = compare(written, contents)
    assert not found.passages
    (remark,) = found.remarks
    assert remark.is_new
    assert remark.said.quote == "Satu kalimat. Dua kalimat. Tiga kalimat."
    assert take_over(written, found, {}).remarks == 1
    (one,) = written.plan().comments
    assert one.block == "p1"
    assert (one.author, one.body, one.place.item) == ("Ibu Rina", "Angkanya dari mana?", "chapter.I.1")
    assert compare(written, contents).is_empty
    # the same words about another text, or a second time in this one, are another remark
    (said,) = contents.said
    other = next(item.mark for item in contents.items if item.mark and item.mark != said.mark)
    more = [replace(said, mark=other), said, replace(said, quote="Tiga")]
    again = compare(written, replace(contents, said=tuple(more)))
    assert [each.is_new for each in again.remarks] == [True, False, True]
    edited = compare(written, replace(contents, said=(replace(said, quote="Satu kalimat"),)))
    assert edited.is_empty, "the words it is about were changed in the file"


def test_a_reference_and_a_note_stay_when_the_words_around_them_change(written, path):
    edit(path, " yang baru.", " yang terbaru.")
    text = taken(written, path)
    assert '<a href="ref:chapter/I.2">bab lain</a>' in text
    assert "<fn>BPS, 2025.</fn>" in text
    assert "yang terbaru." in text


def test_words_written_within_a_reference_stay(written, path):
    """Word puts what is typed at the end of a link into the link."""
    number = '<w:t xml:space="preserve">2</w:t></w:r>'
    edit(path, number, number.replace("2", "3 dan lampirannya"))
    assert len(seen(written, path).passages) == 1
    text = taken(written, path)
    assert '<a href="ref:chapter/I.2">bab lain</a> dan lampirannya untuk' in text
    edit(path, "3 dan lampirannya", "Dua")
    found = seen(written, path)
    assert "Lihat Bab Dua untuk" in plain_text(found.passages[0].with_steps(range(9)))
    assert [note.id for note in found.notes] == ["exchange.edited.lost.reference"]


def test_a_note_written_in_word(written, path):
    rewritten(
        path,
        lambda name, data: data.replace(b"BPS, 2025.", b"BPS, 2026.") if "footnotes" in name else data,
    )
    assert "<fn>BPS, 2026.</fn>" in taken(written, path)


def test_look_alone_is_told_as_such(written, path):
    document = docx.Document(str(path))
    paragraph = next(p for p in document.paragraphs if "Satu kalimat" in p.text)
    paragraph.runs[0].bold = True
    document.save(str(path))
    (passage,) = seen(written, path).passages
    assert all(step.is_look for step in passage.steps)
    shown = [
        sides(compared(*step.kept, lambda message: render(message, Language.ID))) for step in passage.steps
    ]
    assert any("tebal" in after and "tebal" not in before for before, after in shown)
    assert "<b>Satu kalimat. Dua kalimat. Tiga kalimat.</b>" in taken(written, path)


def test_marks_lost_headings_found(written, path):
    """As an online editor leaves it: no properties, no bookmarks."""
    document = docx.Document(str(path))
    for mark in list(document.element.body.iter("{*}bookmarkStart", "{*}bookmarkEnd")):
        mark.getparent().remove(mark)
    document.save(str(path))
    edit(rewritten(path, lambda name, data: None if name == "docProps/custom.xml" else data),
         "Dua kalimat.", "Dua ucapan.")  # fmt: skip
    found = seen(written, path)
    assert [note.id for note in found.notes][:1] == ["exchange.edited.by_headings"]
    first = next(each for each in found.passages if each.place.item == "chapter.I.1")
    assert first.standing is Standing.DOUBTFUL
    assert ("Dua kalimat.", "Dua ucapan.") in [(step.before, step.after) for step in first.steps]
    assert "Dua kalimat." in taken(written, path)
    assert "Dua ucapan." in taken(written, path, everything)


@pytest.mark.slow
def test_properties_lost_marks_kept(written, path):
    rewritten(path, lambda name, data: None if name == "docProps/custom.xml" else data)
    assert not seen(written, path).passages
    edit(path, "Dua kalimat.", "Dua ucapan.")
    found = seen(written, path)
    assert [each.standing for each in found.passages] == [Standing.DOUBTFUL]
    assert [note.id for note in found.notes] == ["exchange.edited.no_slip"]


def test_a_file_of_ones_own(workspace, tmp_path):
    put(workspace, {"I.1": TEXT})
    title = workspace.pack().books[0].chapters[0].title.read("id")
    document = docx.Document()
    document.add_heading(f"BAB I {title.upper()}", 1)
    document.add_paragraph("Satu kalimat. Dua kalimat. Empat kalimat.")
    document.add_heading("Daftar pustaka", 1)
    document.add_paragraph("Buku.")
    document.save(str(tmp_path / "sendiri.docx"))
    (passage,) = seen(workspace, tmp_path / "sendiri.docx").passages
    assert passage.standing is Standing.DOUBTFUL
    assert passage.place.item == "chapter.I.1"
    assert ("Tiga kalimat.", "Empat kalimat.") in [(step.before, step.after) for step in passage.steps]


def test_a_letter_has_no_chapter(workspace, tmp_path):
    document = docx.Document()
    document.add_paragraph("Dengan hormat")
    document.save(str(tmp_path / "surat.docx"))
    with pytest.raises(NothingKnown):
        seen(workspace, tmp_path / "surat.docx")


def test_a_file_of_another_document(path, tmp_path):
    other = Workspace.create(
        tmp_path / "other.rancang", region="18.07", first_year=2026, last_year=2030,
        pack=bundled_bytes("smart-city-2021"), author=Author("x", ""), title={"id": "y"},
    )  # fmt: skip
    with other, pytest.raises(ForeignFile):
        seen(other, path)


def test_a_state_nobody_here_knows(written, path):
    rewritten(
        path,
        lambda name, data: (
            data.replace(written.journal.newest()[0].encode(), b"f" * 64)
            if name == "docProps/custom.xml"
            else data
        ),
    )
    edit(path, "Dua kalimat.", "Dua ucapan.")
    found = seen(written, path)
    assert [note.id for note in found.notes] == ["exchange.edited.unknown_state"]
    assert [each.standing for each in found.passages] == [Standing.DOUBTFUL]
    # what stands beside the marks is not theirs for sure, and said all the same
    behind(path)
    for slip in (True, False):
        if not slip:
            rewritten(path, lambda name, data: None if name == "docProps/custom.xml" else data)
        found = seen(written, path)
        assert [len(each.steps) for each in found.passages] == [1]
        (note,) = [each for each in found.notes if each.id == "exchange.edited.beside_unknown"]
        assert note.params["n"] == 1
        assert all("Di belakang." in render(note, language) for language in Language)


def behind(path):
    """A paragraph behind the marks of the first chapter."""
    end = '<w:bookmarkEnd w:id="2"/>'
    new = "<w:p><w:r><w:t>Di belakang.</w:t></w:r></w:p>"
    in_body(path, lambda text: text.replace(end, end + new))


def test_a_guideline_that_changed_since_hides_nothing(written, path):
    """What was printed is known by the guideline of then."""
    bundled = load_pack(bundled_bytes("smart-city-2021"))
    first, *others = bundled.books
    chapter, *rest = first.chapters
    renamed = msgspec.structs.replace(chapter, title=LocalText({"id": "Judul baru", "en": "New title"}))
    books = (msgspec.structs.replace(first, chapters=(renamed, *rest)), *others)
    info = msgspec.structs.replace(bundled.pack, version="99")
    newer = write_pack(msgspec.structs.replace(bundled, books=books, pack=info))
    with written.operation(Message("books.room")) as op:
        op.keep(newer, "guideline")
        pinned = {"guideline_sha256": hashlib.sha256(newer).hexdigest(), "guideline_version": "99"}
        op.set("plan", derived_id("plan"), **pinned)
    behind(path)
    commented(path, "Di belakang.", "Betulkah?")
    found = seen(written, path)
    assert [[step.after for step in each.steps] for each in found.passages] == [["Di belakang."]]
    assert [each.said.body for each in found.remarks] == ["Betulkah?"]
    assert not found.notes


def test_an_emptied_text_is_asked_about(written, path):
    edit(path, "Yang lain.", "")
    (passage,) = seen(written, path).passages
    assert passage.standing is Standing.DOUBTFUL
    assert [each.id for each in passage.reasons] == ["exchange.edited.doubt.emptied"]


def test_pictures_and_formulas_are_told(written, path):
    drawing = "<w:r><w:drawing/></w:r>"
    formula = (
        '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">'
        "<m:r><m:t>x=1</m:t></m:r></m:oMath>"
    )
    in_body(
        path, lambda text: text.replace("Yang lain.</w:t></w:r>", f"Yang lain.</w:t></w:r>{drawing}{formula}")
    )
    found = seen(written, path)
    assert [note.id.rpartition(".")[2] for note in found.notes] == ["picture", "formula"]
    for note in found.notes:
        for language in Language:
            assert "1" in render(note, language)


@pytest.mark.slow
def test_the_other_language(workspace, tmp_path):
    put(workspace, {"I.1": TEXT})
    path = sent(workspace, tmp_path / "chapter.docx", "I.1", language="en")
    words = "\n".join(p.text for p in docx.Document(str(path)).paragraphs)
    assert "Satu kalimat. Dua kalimat." in words
    document = docx.Document(str(path))
    next(p for p in document.paragraphs if p.style.name == "Body Text").add_run("One sentence.")
    document.save(str(path))
    contents = read(path)
    found = compare(workspace, contents)
    assert [(each.standing, each.place.language) for each in found.passages] == [(Standing.NEW, "en")]
    take_over(workspace, found, certain(found))
    text = workspace.plan().answer("chapter.I.1").text
    assert plain_text(text.values["en"]) == "One sentence."
    assert not text.stale("en", "id")
    # what the translator never saw it does not follow
    path = sent(workspace, tmp_path / "again.docx", "I.1", language="en")
    put(workspace, {"I.1": TEXT.replace("Satu", "Sebuah")})
    edit(path, "One sentence.", "One sentence, at last.")
    found = compare(workspace, read(path))
    take_over(workspace, found, certain(found))
    text = workspace.plan().answer("chapter.I.1").text
    assert plain_text(text.values["en"]) == "One sentence, at last."
    assert text.stale("en", "id")
    # and where it was translated anew here since, that is what counts
    edit(path, "One sentence, at last.", "One sentence, at long last.")
    put(workspace, {"I.1": "<p>A sentence.</p>"}, "en")
    found = compare(workspace, read(path))
    take_over(workspace, found, everything(found))
    assert not workspace.plan().answer("chapter.I.1").text.stale("en", "id")


def test_two_paragraphs_made_one_while_tracking(written, path):
    """The end of the first is struck out: what follows goes on in it."""
    mark = '<w:rPr><w:del w:id="1" w:author="Budi" w:date="2026-11-29T10:00:00Z"/></w:rPr></w:pPr>'

    def join(text):
        at = text.rindex("</w:pPr>", 0, text.index("Satu kalimat"))
        return text[:at] + mark + text[at + len("</w:pPr>") :]

    in_body(path, join)
    text = taken(written, path, everything)
    assert plain_text(text).startswith("Satu kalimat. Dua kalimat. Tiga kalimat.Lihat")
    assert text.count("<p") == 1


@pytest.mark.slow
@pytest.mark.parametrize("between", ["", "<w:p/>", '<w:p><w:r><w:br w:type="page"/></w:r></w:p><w:p/>'])
def test_what_touches_a_text_belongs_to_it(written, path, between):
    """Programs put a new paragraph before or behind the marks as often as within, blanks between."""
    new = '<w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p>'

    def around(text):
        first = text.index('<w:bookmarkStart w:id="2" w:name="_rcT')
        last = text.index('<w:bookmarkEnd w:id="2"/>') + len('<w:bookmarkEnd w:id="2"/>')
        before, after = new.format("Di depan.") + between, between + new.format("Di belakang.")
        return f"{text[:first]}{before}{text[first:last]}{after}{text[last:]}"

    in_body(path, around)
    found = seen(written, path)
    assert not found.notes
    assert [[step.after for step in each.steps] for each in found.passages] == [["Di depan.", "Di belakang."]]
    rewritten(path, lambda name, data: data.replace(f">{__version__}<".encode(), b">0<"))
    assert [each.id for each in seen(written, path).passages[0].reasons] == ["exchange.edited.doubt.beside"]
    text = plain_text(taken(written, path, everything))
    assert text.startswith("Di depan.\nSatu kalimat.")
    assert text.endswith("yang baru.\nDi belakang.")


def test_what_is_changed_outside_is_told(written, path):
    put(written, {"I.1": TEXT.replace("Satu kalimat", "Sebuah kalimat"), "I.3": "<p>Tiga.</p>"})
    title = written.pack().books[0].chapters[1].title.read("id")
    edit(path, title, "Judul lain")
    found = seen(written, path)
    assert not found.passages
    (note,) = found.notes
    assert (note.id, note.params["n"]) == ("exchange.edited.outside", 1)
    assert "Judul lain" in str(note.params["texts"])


def test_a_text_that_stands_twice(written, path):
    """Changed in one place it is changed; changed in two ways it is asked about."""

    def again(words):
        def change(text):
            first = text.index('<w:bookmarkStart w:id="5"')
            end = text.index('<w:bookmarkEnd w:id="5"/>') + len('<w:bookmarkEnd w:id="5"/>')
            other = text[first:end].replace('w:id="5"', 'w:id="905"').replace('_1"', '_2"')
            at = text.index('<w:bookmarkEnd w:id="2"/>') + len('<w:bookmarkEnd w:id="2"/>')
            return text[:at] + other.replace("Yang lain.", words) + text[at:]

        return change

    good = path.read_bytes()
    in_body(path, again("Yang lain."))
    assert seen(written, path).is_empty
    path.write_bytes(good)
    in_body(path, again("Yang baru."))
    (once,) = seen(written, path).passages
    assert [(step.after, once.standing) for step in once.steps] == [("Yang baru.", Standing.CHANGED)]
    in_body(path, lambda text: text.replace("Yang lain.", "Yang lama."))
    (twice,) = seen(written, path).passages
    assert [each.id for each in twice.reasons] == ["exchange.edited.doubt.several"]
