"""Everything written is found, at its place; an index brought up to date equals one made anew."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base import Message
from desktop.base.language import Language
from desktop.base.speech import value_text
from desktop.exchange.searching import Document, Index, Kind, Placing, build, filled, update
from desktop.exchange.searching import index as index_module
from desktop.guideline import bundled_bytes
from desktop.workspace import Author, Place, Workspace
from desktop.workspace.texts import WRITTEN
from tests.effort import steps

LABEL = Message("workspace.label.resolve")
TEXT = "<p>Sungai <b>Mas</b>uji meluap.</p><p>Pasar café ramai.</p>"
HASAN = Author("Prof. Hasan", "mentor")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A little of everything."""
    path = tmp_path_factory.mktemp("search") / "a.rancang"
    made = Workspace.create(
        path, region="18.07", first_year=2026, last_year=2030, pack=bundled_bytes("smart-city-2021"),
        author=Author("Sari", "secretary"), title={"id": "Masterplan"},
    )  # fmt: skip
    with made.operation(LABEL) as op:
        agency = op.insert("agency", code="1.02", name={"id": "Dinas Kesehatan"}, short_name="Dinkes")
        op.insert("person", name="dr. Wulan Kusumawati", office={"id": "Kepala Bidang"}, agency=agency)
        row = op.insert("programme", code="1.02.01", title={"id": "Layanan Puskesmas", "en": "Clinics"},
                        service={"id": "Pendaftaran pasien lewat telepon"}, lead=agency)  # fmt: skip
        op.insert("indicator", programme=row, name={"id": "Waktu tunggu pasien"}, unit="menit")
        op.insert("activity", programme=row, title={"id": "Pelatihan kader posyandu"})
        op.insert("risk", programme=row, title={"id": "Listrik padam"}, mitigation={"id": "Genset"})
        chapter = made.pack().books[0].chapters[0].id
        op.answer_text(
            f"chapter.{chapter}", "id", "<p>Sungai <b>Mas</b>uji meluap.</p><p>Pasar café ramai.</p>"
        )
        sheet = next(each for each in made.pack().worksheets if not each.binding and each.free_rows)
        column = next(each for each in sheet.columns if each.type in {"text", "long_text"})
        line = op.add_row(sheet.id, agency=agency)
        op.cell_text(line, column.id, "id", "Jembatan gantung rusak")
        file = op.attach(b"%PDF-1", name="SK-tim-cerdas.pdf", media_type="application/pdf",
                         caption={"id": "Keputusan bupati"})  # fmt: skip
        op.claim(file, Place("programme", row))
        place = Place("programme", row, "service", "id")
        op.comment(place, "Tulis jam bukanya", HASAN)
        op.suggest(place, "Pendaftaran", "Pendaftaran daring", HASAN, reason="Singkat")
        op.duty("programmes", row, agency, note="Menunggu anggaran perubahan")
        op.insert("stakeholder", name="PT Gula Manis", interest={"id": "Tebu rakyat"})
        op.insert("decree", number="188/12/2026", title={"id": "Pembentukan dewan"})
        op.insert("meeting", title={"id": "Bimtek pertama"}, place="Aula Bappeda")
    yield made
    made.close()


@pytest.fixture(scope="module")
def index(written: Workspace) -> Index:
    """Its index."""
    return filled(written)


@pytest.mark.parametrize(
    ("typed", "kind", "page", "shown"),
    [
        ("puskes", Kind.PROGRAMME, "programmes", "Layanan Puskesmas"),
        ("clinics", Kind.PROGRAMME, "programmes", "Clinics"),
        ("1.02.01", Kind.PROGRAMME, "programmes", "1.02.01"),
        ("pasien telepon", Kind.PROGRAMME, "programmes", "Pendaftaran pasien lewat telepon"),
        ("kader posy", Kind.PROGRAMME, "programmes", "Pelatihan kader posyandu"),
        ("genset", Kind.PROGRAMME, "programmes", "Genset"),
        ("masuji", Kind.CHAPTER, "chapter", "Sungai Masuji meluap. Pasar café ramai."),
        ("CAFE", Kind.CHAPTER, "chapter", "Sungai Masuji meluap. Pasar café ramai."),
        ("jembatan", Kind.WORKSHEET, "worksheet", "Jembatan gantung rusak"),
        ("tim cerdas pdf", Kind.EVIDENCE, "evidence", "SK-tim-cerdas.pdf"),
        ("keputusan bupati", Kind.EVIDENCE, "evidence", "Keputusan bupati"),
        ("jam buka", Kind.COMMENT, "programmes", "Tulis jam bukanya — Prof. Hasan"),
        ("pendaftaran daring", Kind.COMMENT, "programmes", "Pendaftaran daring — Prof. Hasan"),
        ("anggaran perubahan", Kind.TASK, "programmes", "Menunggu anggaran perubahan"),
        ("wulan", Kind.PEOPLE, "agencies", "dr. Wulan Kusumawati"),
        ("tebu", Kind.HEARING, "stakeholders", "Tebu rakyat"),
        ("188/12", Kind.MOVEMENT, "decrees", "188/12/2026"),
        ("aula", Kind.MOVEMENT, "sessions", "Aula Bappeda"),
    ],
)
def test_it_is_found_and_leads_there(
    written: Workspace, index: Index, typed: str, kind: Kind, page: str, shown: str
) -> None:
    found = index.find(typed, per_kind=50)
    group = next(each for each in found.groups if each.kind is kind)
    match = next(each for each in group.matches if each.plain == shown)
    placing = Placing(written.plan(), written.pack())
    spot = placing.spot(match)
    assert spot is not None
    assert spot.page == page
    assert value_text(placing.where(match), Language.ID)
    assert any(hit for _, hit in match.text), "what answers is marked"


def test_the_guidelines_own_words_are_found_in_both_languages(written: Workspace, index: Index) -> None:
    sheet = written.pack().worksheets[0]
    for words in set(sheet.title.texts.values()):
        found = index.find(f'"{words}"', kinds=[Kind.GUIDELINE])
        matches = [each for group in found.groups for each in group.matches]
        assert any(each.facts["ref"] == sheet.id for each in matches)
        spot = Placing(written.plan(), written.pack()).spot(matches[0])
        assert spot is not None


def test_a_phrase_is_whole_and_the_better_answer_comes_first(index: Index) -> None:
    assert not index.find('"telepon lewat"').total
    assert index.find("telepon lewat").total == 1
    first = index.find("layanan").groups[0]
    assert first.kind is Kind.PROGRAMME
    assert index.find("pa", per_kind=1).groups[0].total >= 1


def test_every_table_with_texts_has_a_kind_and_known_registers() -> None:
    from desktop.exchange.searching.documents import _KINDS
    from desktop.workspace.registers import TABLES

    assert WRITTEN.keys() == _KINDS.keys() | {"answer"}
    for table, registers in WRITTEN.items():
        assert all(TABLES[table].register(each) is not None for each in registers), table
    prose = {
        (name, register.name) for name, table in TABLES.items()
        for register in table.registers if register.shape == "bilingual" or register.policy == "text"
    }  # fmt: skip
    assert not {each for each in prose if each[1] not in WRITTEN.get(each[0], ())}, "texts nobody would find"


def test_without_full_text_search_it_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "_SCHEMA", "CREATE VIRTUAL TABLE doc USING no_such_module(x)")
    with pytest.raises(index_module.NoSearch):
        Index()


KEYS = ("ka", "kabupan", "labu pere", "ka pe la")
"""What is typed into the search."""


def many_texts(count: int) -> Index:
    """An index of so many texts of few words."""
    rng, index = random.Random(7), Index()
    words = [
        f"{a}{b}{c}" for a in ("ka", "pe", "la", "me") for b in ("bu", "re", "ti") for c in ("pan", "san")
    ]
    for _ in range(count // 250):
        texts = (" ".join(rng.choices(words, k=14)) for _ in range(250))
        index.put(
            Document(Kind.FORM, "answer", str(number), "value", "", text, {})
            for number, text in enumerate(texts)
        )
    return index


def test_a_key_reads_few_of_the_texts_that_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Milliseconds: tests/bench/bench_rooms.py."""
    index, read, match = many_texts(2_000), [], Index._match
    monkeypatch.setattr(Index, "_match", lambda *about: (read.append(about), match(*about))[1])
    for typed in KEYS:
        total = index.find(typed).total
        read.clear()
        assert steps(index.find, typed) < 20 * total + 10_000
        assert len(read) == index_module.PER_KIND
    index.close()


def test_a_build_can_be_stopped(written: Workspace) -> None:
    index = Index()
    assert not build(index, written.path, written.pack(), stopped=lambda: True)
    assert build(index, written.path, written.pack())
    index.close()


CHECKS = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.mark.slow
@pytest.mark.uncounted
@settings(max_examples=10, suppress_health_check=CHECKS)
@given(seed=st.integers(0, 2**32))
def test_brought_up_to_date_equals_made_anew(workspace: Workspace, seed: int) -> None:
    law(workspace, random.Random(seed))


@pytest.mark.torture
@settings(max_examples=500, suppress_health_check=CHECKS)
@given(seed=st.integers(0, 2**32))
def test_brought_up_to_date_equals_made_anew_many_times(workspace: Workspace, seed: int) -> None:
    law(workspace, random.Random(seed))


def law(workspace: Workspace, rng: random.Random) -> None:
    """Whatever is written, undone and read again in whatever portions: as if it were made anew."""
    index = filled(workspace)
    touched: set[tuple[str, str]] = set()
    workspace.changed.append(lambda changes: touched.update(changes.rows))
    try:
        for _ in range(rng.randrange(1, 6)):
            _edit(workspace, rng)
            if rng.random() < 0.3:
                workspace.undo()
            if rng.random() < 0.7:
                update(index, workspace.path, workspace.pack(), touched)
                touched.clear()
        update(index, workspace.path, workspace.pack(), touched)
        anew = filled(workspace)
        assert index.contents() == anew.contents()
        for typed in ("sat", "dua tig", '"satu dua"'):
            assert index.find(typed).total == anew.find(typed).total
        anew.close()
    finally:
        workspace.changed.pop()
        index.close()


def _edit(workspace: Workspace, rng: random.Random) -> None:
    plan = workspace.plan()
    words = lambda: " ".join(rng.choices(["satu", "dua", "tiga", "<p>empat</p>"], k=rng.randrange(0, 4)))  # noqa: E731
    with workspace.operation(LABEL) as op:
        for _ in range(rng.randrange(1, 4)):
            match rng.randrange(7):
                case 0:
                    op.insert("programme", title={"id": words()})
                case 1 if plan.programmes:
                    op.set("programme", rng.choice(plan.programmes).id, service={"en": words()})
                case 2:
                    op.answer_text("chapter.2.1", rng.choice(["id", "en"]), words())
                case 3:
                    row = op.add_row(rng.choice(workspace.pack().worksheets).id)
                    op.cell_text(row, rng.choice(["a", "b"]), "id", words())
                case 4:
                    op.comment(Place("plan", field="title"), words() or "x", workspace.author)
                case 5:
                    op.insert("stakeholder", name=words())
                case _:
                    pass
        if plan.programmes and rng.random() < 0.2:
            op.discard("programme", rng.choice(plan.programmes).id)
