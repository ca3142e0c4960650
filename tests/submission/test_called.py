"""What packages call by ids and paths has the names of the guideline, where it is at hand."""

from desktop.base import Message
from desktop.guideline import bundled, load_pack
from desktop.guideline.store import FOLDER, install
from desktop.submission import called
from desktop.submission.called import AtHand, document_titles, pack_at_hand, role_title, with_titles
from tests.cli.calling import TINY

GIVEN = next(each for each in bundled() if each.status == "in-force")


def test_the_version_asked_for_is_read_else_another_else_none(own_home):
    pack = load_pack(GIVEN.path)
    assert pack_at_hand(GIVEN.id, GIVEN.version) == pack
    assert pack_at_hand(GIVEN.id, "0.0.1") == pack
    assert pack_at_hand("nobody-knows", "1") is None


def test_whoever_asks_for_one_guideline_reads_no_other(own_home, monkeypatch):
    """Each verdict and each signing asks, in a process of its own: reading all took a tenth of a second."""
    called._called.cache_clear()
    read, truly = [], called._read
    monkeypatch.setattr(called, "_read", lambda name, *about: (read.append(name), truly(name, *about))[1])
    assert "x" not in AtHand("nobody-knows", "1")
    assert not read
    assert f"{GIVEN.id} {GIVEN.version}" in AtHand(GIVEN.id, GIVEN.version)
    assert f"{GIVEN.id} 0.0.1" not in AtHand(GIVEN.id, "0.0.1")
    assert set(read) == {GIVEN.id}


def test_installed_guidelines_count_and_damaged_ones_do_not(own_home, tmp_path):
    (own_home / FOLDER).mkdir()
    (own_home / FOLDER / "x-0123456789abcdef.rancang-guideline").write_bytes(b"no pack")
    kept = install(TINY, confirmed=True)
    pack = pack_at_hand(kept.id, kept.version)
    assert pack is not None
    assert pack.pack.id == kept.id
    role = pack.roles[0]
    assert role_title(pack, role.id) == role.label
    assert role_title(pack, "nobody") is None
    assert role_title(None, role.id) is None


def test_documents_say_their_language_only_where_there_are_two():
    pack = load_pack(GIVEN.path)
    book = next(each for each in pack.books if each.submitted and not each.per)
    path, other = f"books/{book.id}.id.pdf", f"books/{book.id}.en.pdf"
    sheet = "approval/lembar-pengesahan.id.pdf"
    assert document_titles(pack, [path, sheet]) == {path: book.title, sheet: Message("books.approval.title")}
    both = document_titles(pack, [path, other])
    assert both[other].params["language"] == Message("checks.language.en")
    strangers = [f"books/{book.id}.xx.pdf", f"books/{book.id}.id.docx", "books/nope.id.pdf", "data.json", ""]
    assert document_titles(pack, strangers) == {}
    assert document_titles(None, [path]) == {}


def test_a_sentence_has_the_title_in_the_place_of_the_path():
    told = Message("submission.missing.pdf_signature", file="books/I.id.pdf", role="Bupati")
    title = Message("books.approval.title")
    assert with_titles(told, {"books/I.id.pdf": title}).params == {"file": title, "role": "Bupati"}
    assert with_titles(told, {}) is told
