"""Word files that are none, are locked, or are traps: one sentence each, nothing unpacked or fetched."""

from __future__ import annotations

from collections import Counter

import pytest

from desktop.base import Language, bounded, render
from desktop.base.jobs import quiet
from desktop.exchange import word
from desktop.exchange.edited import is_ours, read, reading
from desktop.exchange.edited.walking import DEEPEST
from desktop.exchange.word import Limits, NotADocument
from tests.archives import damaged
from tests.exchange.edited.word import in_body, rewritten

_LOCKED = "EncryptedPackage".encode("utf-16-le")


def told(path):
    with pytest.raises(NotADocument) as caught:
        read(path)
    for language in Language:
        assert path.name in render(caught.value.message, language)
    is_ours(path)  # never raises
    return caught.value.message.id.rpartition(".")[2]


def test_traps(path, tmp_path, monkeypatch):
    good = path.read_bytes()

    def fresh(change=lambda _name, data: data, extra=None):
        path.write_bytes(good)
        return rewritten(path, change, extra)

    def document(data):
        return lambda name, old: data(old) if name == "word/document.xml" else old

    secret = tmp_path / "secret.txt"
    secret.write_text("rahasia")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    with monkeypatch.context() as patch:
        patch.setattr(reading, "LIMITS", Limits(1 << 20, 4 << 20))
        assert told(fresh(document(lambda _: b" " * (5 << 20)))) == "too_large"
        patch.setattr(reading, "LIMITS", Limits(1 << 10, 4 << 20))
        assert told(fresh()) == "too_large"
    assert reading.LIMITS.part < 32 << 20
    for head in (entity, laughs):
        assert told(fresh(document(lambda old, head=head: old.replace(b"?>", b"?>" + head, 1)))) == "entities"
    assert told(fresh(extra={"word/vbaProject.bin": b"x"})) == "macros"
    assert told(fresh(document(lambda old: old[:-200]))) == "broken"
    assert told(fresh(lambda name, data: None if name == "word/document.xml" else data)) == "other"
    assert told(fresh(document(lambda _: b"<x/>"))) == "other"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "broken"), (b"PK\x03\x04", "broken"), (b"Dengan hormat", "broken"), (b"{\\rtf1 x}", "old"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + _LOCKED, "locked"),
        (damaged({"mimetype": b"application/vnd.oasis.opendocument.text"}, "mimetype", 0), "other"),
    ],
)  # fmt: skip
def test_what_is_no_word_file(tmp_path, data, kind):
    path = tmp_path / "x.docx"
    path.write_bytes(data)
    assert told(path) == kind


def test_deep_and_long(path, monkeypatch):
    good = path.read_bytes()
    deep = "<w:ins>" * (DEEPEST + 20) + "</w:ins>" * (DEEPEST + 20)
    in_body(path, lambda text: text.replace("<w:body>", f"<w:body><w:p>{deep}</w:p>", 1))
    assert told(path) == "broken"
    path.write_bytes(good)
    monkeypatch.setattr(reading, "ITEMS", 200)
    in_body(path, lambda text: text.replace("<w:body>", "<w:body>" + "<w:p/>" * 201, 1))
    assert told(path) == "too_large"


def test_nothing_outside_is_looked_at(path, written):
    """A template, a picture and a link elsewhere are names: nobody opens them."""
    from desktop.exchange.edited import compare

    relation = (
        b'<Relationship Id="rId900" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        b'image" Target="file:///dev/zero" TargetMode="External"/></Relationships>'
    )
    rewritten(
        path,
        lambda name, data: (
            data.replace(b"</Relationships>", relation) if name == "word/_rels/document.xml.rels" else data
        ),
    )
    assert compare(written, read(path)).is_empty


def test_marks_and_numbers_that_make_no_sense(path, written):
    """Bookmarks that end before they begin, begin twice, or never end; lists that are none."""
    from desktop.exchange.edited import compare

    in_body(
        path,
        lambda text: text.replace(
            "<w:body>",
            '<w:body><w:bookmarkEnd w:id="x"/><w:bookmarkStart w:id="y" w:name="_rcT' + "0" * 24 + '_1"/>'
            '<w:p><w:pPr><w:numPr><w:ilvl w:val="-7"/><w:numId w:val="9999999999"/></w:numPr></w:pPr>'
            '<w:r><w:fldChar w:fldCharType="end"/><w:t>?</w:t></w:r></w:p>',
            1,
        ),
    )
    found = compare(written, read(path))
    assert [note.id for note in found.notes] == ["exchange.edited.gone"]
    assert not found.passages


def test_one_paragraph_thousands_of_times(path, written, monkeypatch):
    """Comparing takes no longer than reading: here with small limits."""
    from desktop.exchange.edited import carrying, compare, comparing, steps
    from tests.exchange.edited.word import put

    put(written, {"I.2": "".join(f'<p id="a{n}">x.</p>\n' for n in range(50))})
    new = '<w:p><w:r><w:t xml:space="preserve">x.</w:t></w:r></w:p>' * 100
    monkeypatch.setattr(carrying, "_PAIRS", 1_000)
    monkeypatch.setattr(steps, "_PAIRS", 1_000)
    monkeypatch.setattr(comparing, "LONGEST", 150)
    in_body(path, lambda text: text.replace('<w:bookmarkEnd w:id="5"/>', f'{new}<w:bookmarkEnd w:id="5"/>'))
    (passage,) = compare(written, read(path)).passages
    assert len(passage.steps) == 1
    in_body(path, lambda text: text.replace('<w:bookmarkEnd w:id="5"/>', f'{new}<w:bookmarkEnd w:id="5"/>'))
    with pytest.raises(NotADocument):
        compare(written, read(path))


def test_who_saved_it_is_named(path, written):
    from desktop.exchange.edited import compare
    from tests.exchange.edited.word import edit

    edit(path, "Yang lain.", "Yang baru.")
    rewritten(
        path,
        lambda name, data: (
            data.replace(b"</cp:lastModifiedBy>", b" - Budi</cp:lastModifiedBy>") if "core" in name else data
        ),
    )
    (who,) = compare(written, read(path)).authors
    assert who.endswith("Budi")


def run_of(text: str) -> str:
    return f"<w:p><w:r>{text}</w:r></w:p>"


ENDLESS = {
    "fields": run_of(
        '<w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/>' * 10_000
        + "<w:t>x</w:t>" * 10_000
    ),
    "comments": "".join(f'<w:commentRangeStart w:id="{n}"/>' for n in range(10_000))
    + run_of("<w:t>x</w:t>" * 10_000),
    "marks": "".join(
        f'<w:bookmarkStart w:id="q{n}" w:name="_rcT{n:024x}_1"/><w:bookmarkEnd w:id="z"/>'
        for n in range(10_000)
    )
    + "".join(f'<w:bookmarkEnd w:id="q{n}"/>' for n in range(10_000)),
}


@pytest.mark.parametrize("what", ENDLESS)
def test_what_is_begun_and_never_ended_costs_no_more_than_its_size(path, what):
    """Each of them was looked for, or told, once for every other: minutes for 50 KB."""
    in_body(path, lambda text: text.replace("<w:body>", f"<w:body>{ENDLESS[what]}", 1))
    if what == "marks":
        assert told(path) == "broken"
    else:
        assert read(path).items


def test_a_paragraph_of_a_million_words_is_compared_with_none(path, written, monkeypatch):
    from desktop.exchange.edited import carrying, compare, comparing

    one, other = ["dan"] * 3_000, ["dan"] * 2_990 + ["lain"] * 10
    likeness = carrying._likeness(one, Counter(one), other, Counter(other))
    assert likeness == pytest.approx(0.9967, abs=1e-4)
    assert carrying._likeness(one, Counter(one), ["dan"], Counter(["dan"])) == 0
    monkeypatch.setattr(comparing, "LETTERS", 9)
    with pytest.raises(NotADocument) as caught:
        compare(written, read(path))
    assert caught.value.kind == "too_large"


def test_it_is_read_in_a_process_with_limits(path, monkeypatch, read_apart):
    whole = read(path)
    assert whole == word.read_apart(path, reading.LIMITS, type(whole), reading.contents, quiet, "word")
    good = path.read_bytes()
    in_body(path, lambda text: text.replace("<w:body>", f"<w:body>{ENDLESS['comments']}", 1))
    monkeypatch.setattr(word, "COST", bounded.Limits(0.05))
    with pytest.raises(bounded.Unfinished) as caught:
        read(path)
    assert caught.value.message.id == "base.bounded.time"
    path.write_bytes(good[:-200])
    monkeypatch.undo()
    with pytest.raises(NotADocument):
        read(path)


def test_what_such_a_process_says_is_not_believed(path, monkeypatch):
    for answer in ({"data": b"x"}, {"bad": "nonsense"}, {}):
        monkeypatch.setattr(bounded, "ask", lambda *_, answer=answer: answer)
        assert told(path) == "broken"

    def crash(look, file, report):
        raise bounded.Unfinished(file, "crash", look.limits)

    monkeypatch.setattr(bounded, "ask", crash)
    assert told(path) == "broken"
