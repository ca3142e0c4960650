import copy
import io
import json
import re
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base import Language, render
from desktop.base.resources import resource
from desktop.guideline import BrokenPack, load_pack, write_pack
from desktop.guideline.container import FILES, MAX_PACK

UNWRITTEN = re.compile(r"guideline\.(broken|problem|remedy|kind)\.|\{[a-z_]+\}")
TINY = Path(__file__).parents[1] / "data" / "tiny-pack"


def read(folder: Path) -> dict[str, object]:
    return {
        name: json.loads((folder / f"{name}.json").read_text())
        for name in FILES
        if (folder / f"{name}.json").exists()
    }


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return target.getvalue()


def packed(pack: dict[str, object]) -> bytes:
    return zipped({f"{name}.json": json.dumps(value).encode() for name, value in pack.items()})


def refused(data: bytes) -> BrokenPack:
    with pytest.raises(BrokenPack) as error:
        load_pack(data)
    for fault in error.value.faults:
        for language in Language:
            sentence = render(fault.message, language)
            assert not UNWRITTEN.search(sentence)
            assert fault.file in sentence
            assert fault.key in sentence
    return error.value


def sentence_of(data: bytes) -> str | None:
    """What a person is told about a broken pack; None for one that loads; nothing else is caught."""
    try:
        load_pack(data)
    except BrokenPack as error:
        indonesian, english = (render(error.message, language) for language in Language)
        assert not UNWRITTEN.search(indonesian + english)
        return indonesian
    return None


def problem(error: BrokenPack) -> tuple[str, str, str, str]:
    first = error.faults[0]
    return (
        first.file,
        first.key,
        first.problem.id.removeprefix("guideline.problem."),
        first.remedy.id.removeprefix("guideline.remedy."),
    )


@pytest.fixture
def tiny():
    return read(TINY)


def place(pack, path):
    for step in path:
        pack = pack[step]
    return pack


FIELD = ("forms", 0, "groups", 0, "fields", 1)

# where, what to write there (... = remove); key (§ = the field above), problem and remedy expected
CASES = [
    ((*FIELD, "type"), "whole", "§.type", "not_allowed", "one_of"),
    ((*FIELD, "type"), "intger", "§.type", "not_allowed", "did_you_mean"),
    ((*FIELD, "label"), ..., "§.label", "key_missing", "key_missing"),
    ((*FIELD, "label"), "Pohon", "§.label", "wrong_kind", "texts"),
    ((*FIELD, "label"), {"en": "Trees"}, "§.label.id", "text_without_id", "text_without_id"),
    ((*FIELD, "label"), {"id": " "}, "§.label", "text_empty", "text_empty"),
    ((*FIELD, "lable"), {"id": "x"}, "§.lable", "key_unknown", "did_you_mean"),
    ((*FIELD, "required"), "yes", "§.required", "wrong_kind", "wrong_kind"),
    ((*FIELD, "min_words"), -1, "§.min_words", "out_of_range", "out_of_range"),
    ((*FIELD, "min_words"), 1.5, "§.min_words", "float", "float"),
    ((*FIELD, "min_words"), 10**30, "§.min_words", "huge_number", "float"),
    ((*FIELD, "max_words"), None, "§.max_words", "wrong_kind", "wrong_kind"),
    ((*FIELD, "id"), "two words", "§.id", "id_form", "id_form"),
    ((*FIELD, "id"), "trees\n", "§.id", "id_form", "id_form"),
    ((*FIELD, "id"), "a.b", "§.id", "id_form", "id_form"),
    ((*FIELD, "id"), "mayor", "§.id", "duplicate_id", "duplicate_id"),
    ((*FIELD, "source"), "a\x00b", "§.source", "character", "character"),
    ((*FIELD, "source"), "\ud800", "§.source", "character", "character"),
    ((*FIELD, "choices"), [{"id": "a", "label": {"id": "A"}}],
     "§.type", "choices_unused", "choices_unused"),
    ((*FIELD, "type"), "choice", "§.choices", "no_choices", "no_choices"),
    (("forms", 0, "groups", 1, "fields", 5, "max_words"), 2,
     "forms[0].groups[1].fields[5].max_words", "words_order", "words_order"),
    (("forms", 0, "groups"), [], "forms[0].groups", "empty_list", "empty_list"),
    (("forms",), {}, "forms", "wrong_kind", "wrong_kind"),
    (("forms", 1, "id"), "town", "forms[1].id", "duplicate_id", "duplicate_id"),
    (("forms", 1, "id"), "chapter", "forms[1].id", "reserved_id", "duplicate_id"),
    (("worksheets", 1, "id"), "ready", "worksheets[1].id", "duplicate_id", "duplicate_id"),
    (("worksheets", 1, "id"), "town", "worksheets[1].id", "form_and_worksheet", "duplicate_id"),
    (("worksheets", 0, "fixed_rows", 1, "group"), "feet",
     "worksheets[0].fixed_rows[1].group", "unknown_reference", "declare"),
    (("worksheets", 0, "fixed_rows"), [], "worksheets[0].free_rows", "no_rows", "no_rows"),
    (("worksheets", 0, "binding"), "risk", "worksheets[0].fixed_rows", "bound_rows", "bound_rows"),
    (("worksheets", 1, "term"), "never", "worksheets[1].term", "unknown_reference", "declare"),
    (("readiness", "worksheet"), "redy", "readiness.worksheet", "unknown_reference", "did_you_mean"),
    (("readiness", "rating"), "colour", "readiness.rating", "unknown_reference", "declare"),
    (("readiness", "rating"), "state", "readiness.rating", "rating_scores", "rating_scores"),
    ((*FIELD, "type"), "row", "§.worksheet", "unknown_reference", "declare"),
    ((*FIELD, "worksheet"), "wishes", "§.worksheet", "rows_unused", "rows_unused"),
    ((*FIELD, "dimension"), "air", "§.dimension", "only_columns", "only_columns"),
    (("planning", "extra_fields", 1, "worksheet"), "wishs",
     "planning.extra_fields[1].worksheet", "unknown_reference", "did_you_mean"),
    (("planning", "extra_fields", 1, "worksheet"), "deeds",
     "planning.extra_fields[1].worksheet", "bound_choice", "bound_choice"),
    (("worksheets", 1, "columns", 0, "dimension"), "air",
     "worksheets[1].columns[0].type", "mark_kind", "mark_kind"),
    (("worksheets", 1, "columns", 0, "difference"), ["cost", "dim"],
     "worksheets[1].columns[0].difference", "difference", "difference"),
    (("worksheets", 1, "columns", 0, "difference"), ["cost", "costs"],
     "worksheets[1].columns[0].difference[1]", "unknown_reference", "did_you_mean"),
    (("readiness", "swot"), {"worksheet": "none", "strengths": "a", "weaknesses": "b"},
     "readiness.swot.worksheet", "unknown_reference", "declare"),
    (("readiness", "swot"), {"worksheet": "wishes", "strengths": "wish", "weaknesses": "cost"},
     "readiness.swot.weaknesses", "unknown_reference", "declare"),
    (("planning", "funding"), [], "planning.funding", "empty_list", "empty_list"),
    (("planning", "funding", 1, "id"), "purse", "planning.funding[1].id", "duplicate_id", "duplicate_id"),
    (("planning", "funding", 1, "kind"), "magic", "planning.funding[1].kind", "not_allowed", "one_of"),
    (("planning", "terms", 1, "years"), 1, "planning.terms[1].years", "terms_order", "terms_order"),
    (("planning", "extra_fields", 0, "id"), "title",
     "planning.extra_fields[0].id", "reserved_id", "duplicate_id"),
    (("planning", "code_patterns", 0), "(a|a){30}", "planning.code_patterns[0]", "pattern", "pattern"),
    (("planning", "code_patterns", 0), "a?" * 30 + "a" * 30,
     "planning.code_patterns[0]", "pattern", "pattern"),
    (("planning", "code_patterns", 0), "(a|a)" * 30, "planning.code_patterns[0]", "pattern", "pattern"),
    (("planning", "code_patterns", 0), "a" * 201, "planning.code_patterns[0]", "pattern", "pattern"),
    (("planning", "code_patterns", 0), "(a+)+$", "planning.code_patterns[0]", "pattern", "pattern"),
    (("planning", "code_patterns", 0), "[z-a]", "planning.code_patterns[0]", "pattern", "pattern"),
    (("planning", "quick_win", "aspects"), [], "planning.quick_win.aspects", "empty_list", "empty_list"),
    (("dimensions",), [], "dimensions", "empty_list", "empty_list"),
    (("dimensions", 1, "id"), "air", "dimensions[1].id", "duplicate_id", "duplicate_id"),
    (("dimensions", 1, "sub_dimensions", 0, "id"), "air_a",
     "dimensions[1].sub_dimensions[0].id", "duplicate_id", "duplicate_id"),
    (("books", 0, "signers", 0), "king", "books[0].signers[0]", "unknown_reference", "declare"),
    (("books", 1, "chapters", 0, "id"), "A.start",
     "books[1].chapters[0].id", "duplicate_id", "duplicate_id"),
    (("books", 1, "code"), "A", "books[1].code", "duplicate_id", "duplicate_id"),
    (("books", 0, "chapters", 1, "blocks", 1, "ref"), "nothing",
     "books[0].chapters[1].blocks[1].ref", "unknown_reference", "declare"),
    (("books", 0, "chapters", 1, "blocks", 1, "ref"), ...,
     "books[0].chapters[1].blocks[1].ref", "unknown_reference", "declare"),
    (("books", 0, "chapters", 1, "chapters", 0, "blocks", 1, "show"), "film",
     "books[0].chapters[1].chapters[0].blocks[1].show", "not_allowed", "one_of"),
    (("books", 0, "chapters"), [], "books[0].chapters", "empty_list", "empty_list"),
    (("stages", 0, "pages", 2, "ref"), "twon",
     "stages[0].pages[2].ref", "unknown_reference", "did_you_mean"),
    (("rules", 1, "id"), "required_answers", "rules[1].id", "duplicate_id", "duplicate_id"),
    (("rules", 0, "check"), "required_answer", "rules[0].check", "unknown_reference", "did_you_mean"),
    (("rules", 0, "list"), "must", "rules[0].list", "not_allowed", "one_of"),
    (("rules", 16, "params", "worksheet"), "wishs",
     "rules[16].params.worksheet", "unknown_reference", "did_you_mean"),
    (("rules", 16, "params", "min"), "two", "rules[16].params.min", "out_of_range", "out_of_range"),
    (("rules", 16, "params", "mim"), 2, "rules[16].params.mim", "unknown_reference", "did_you_mean"),
    (("rules", 16, "params", "min"), [1], "rules[16].params.min[0]", "wrong_kind", "wrong_kind"),
    (("rules", 17, "params", "item"), "town.mod",
     "rules[17].params.item", "unknown_reference", "did_you_mean"),
    (("rules", 17, "params"), {}, "rules[17].params", "key_missing", "key_missing"),
    (("rules", 17, "params", "equals"), "gladd",
     "rules[17].params.equals", "unknown_reference", "did_you_mean"),
    (("rules", 17, "check"), "body_meetings", "rules[17].params", "key_missing", "key_missing"),
    (("rules", 4, "params", "fields"), ["titel"],
     "rules[4].params.fields", "unknown_reference", "did_you_mean"),
    (("rules", 6, "params"), {"year": 3}, "rules[6].params.year", "out_of_range", "out_of_range"),
    (("pack", "format"), 3, "pack.format", "newer", "newer"),
    (("pack", "format"), 0, "pack.format", "out_of_range", "out_of_range"),
    (("pack", "min_years"), 9, "pack.max_years", "years_order", "years_order"),
    (("pack", "languages"), ["en"], "pack.languages", "no_indonesian", "no_indonesian"),
    (("pack", "status"), "old", "pack.status", "not_allowed", "one_of"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "value", "key", "what", "remedy"), CASES, ids=lambda item: str(item)[:60])
def test_a_broken_pack_is_refused_with_file_key_and_remedy(tiny, path, value, key, what, remedy):
    holder = place(tiny, path[:-1])
    if value is ...:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    key = key.replace("§", "forms[0].groups[0].fields[1]")
    assert problem(refused(packed(tiny))) == (f"{path[0]}.json", key, what, remedy)


EVALUATION = {
    "sections": [
        {"id": "a", "title": {"id": "A"}, "fields": []},
        {"id": "b", "title": {"id": "B"}, "fields": []},
    ]
}


@pytest.mark.parametrize(
    ("weights", "key", "what"),
    [
        ({"all": {"a": 60, "b": 30}}, "evaluation.weights.all", "weights"),
        ({"all": {"a": 130, "b": -30}}, "evaluation.weights.all", "weights"),
        ({"all": {"a": 60, "c": 40}}, "evaluation.weights.all.c", "unknown_reference"),
        ({"all": {"a": "60"}}, "evaluation.weights.all.a", "wrong_kind"),
        ({"all": {"a": True, "b": 99}}, "evaluation.weights.all.a", "wrong_kind"),
        ({"good": {"a": 100}, "bad": 7}, "evaluation.weights.bad", "wrong_kind"),
        ({"all": {}}, "evaluation.weights.all", "weights"),
    ],
)
def test_weights_must_name_sections_and_make_a_hundred(tiny, weights, key, what):
    tiny["evaluation"] = EVALUATION | {"weights": weights}
    assert problem(refused(packed(tiny)))[:3] == ("evaluation.json", key, what)


def test_a_law_has_a_real_day(tiny):
    tiny["legal"] = [{"id": "uu", "title": "UU", "issued": "2019-13-01"}]
    assert problem(refused(packed(tiny))) == ("legal.json", "legal[0].issued", "day", "day")


def test_chapters_go_four_levels_deep(tiny):
    chapter = tiny["books"][0]["chapters"][1]["chapters"][0]
    for level in range(3, 6):
        deeper = {"id": f"deep{level}", "title": {"id": "x"}}
        chapter["chapters"] = [deeper]
        chapter = deeper
    error = refused(packed(tiny))
    assert problem(error)[1:3] == (
        "books[0].chapters[1].chapters[0].chapters[0].chapters[0].chapters[0]",
        "too_deep",
    )


def test_every_fault_of_a_consistent_kind_is_told_at_once(tiny):
    tiny["roles"] = []
    del tiny["signing"]
    tiny["rules"][0]["check"] = "nothing"
    assert {fault.key for fault in refused(packed(tiny)).faults} == {
        "books[0].signers[0]", "books[1].signers[0]", "books[1].signers[1]", "rules[0].check",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["pack", "dimensions", "planning", "books"])
def test_a_required_file_may_not_be_missing(tiny, name):
    del tiny[name]
    assert problem(refused(packed(tiny)))[::2] == (f"{name}.json", "file_missing")


@pytest.mark.parametrize(
    "name", ["selection", "rounds", "evaluation", "legal", "sessions", "bodies", "stages"]
)
def test_an_optional_file_may_be_missing(tiny, name):
    tiny.pop(name, None)
    assert load_pack(packed(tiny)).pack.id == "tiny"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (b"{", "syntax"),
        (b"", "syntax"),
        (b"\xff\xfe", "not_utf8"),
        (b'{"a": 1, "a": 2}', "key_twice"),
        (b'{"a": NaN}', "float"),
        (b'{"a": 1e3}', "float"),
        (b"[" * 100 + b"]" * 100, "too_deep"),
        (b"[" * 100_000, "too_deep"),
        (b'{"a": ' + b"9" * 6000 + b"}", "huge_number"),
        (b"null", "wrong_kind"),
    ],
)
def test_json_is_read_strictly(tiny, text, what):
    members = {f"{name}.json": json.dumps(value).encode() for name, value in tiny.items()}
    error = refused(zipped(members | {"forms.json": text}))
    assert (error.file, problem(error)[2]) == ("forms.json", what)


class TestHostileZip:
    @pytest.fixture
    def members(self, tiny):
        return {f"{name}.json": json.dumps(value).encode() for name, value in tiny.items()}

    @pytest.mark.parametrize(
        "name", ["../pack.json", "/etc/passwd", "readme.txt", "Pack.json", "sub/pack.json"]
    )
    def test_other_names(self, members, name):
        assert problem(refused(zipped(members | {name: b""})))[2:] == ("foreign_member", "known_files")

    def test_a_member_twice(self, members):
        target = io.BytesIO(zipped(members))
        with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("pack.json", b"{}")
        assert problem(refused(target.getvalue()))[2] == "member_twice"

    def test_a_bomb(self, members):
        bomb = zipped(members | {"forms.json": b" " * 40_000_000}, zipfile.ZIP_DEFLATED)
        assert len(bomb) < 100_000
        assert problem(refused(bomb))[:3:2] == ("forms.json", "too_large")

    def test_a_bomb_that_lies_about_its_size(self, members):
        bomb = bytearray(zipped({"forms.json": b" " * 40_000_000} | members, zipfile.ZIP_DEFLATED))
        entry = bomb.index(b"PK\x01\x02")
        while bomb[entry + 46 : entry + 56] != b"forms.json":
            entry = bomb.index(b"PK\x01\x02", entry + 4)
        bomb[entry + 24 : entry + 28] = struct.pack("<I", 1000)
        assert problem(refused(bytes(bomb)))[2] in {"too_large", "not_a_pack"}

    def test_too_large_as_a_whole(self):
        assert problem(refused(b"PK" + bytes(MAX_PACK)))[2] == "too_large"

    def test_an_encrypted_member(self, members):
        data = bytearray(zipped(members))
        data[data.index(b"PK\x01\x02") + 8] |= 1
        assert problem(refused(bytes(data)))[2] == "member_form"

    def test_another_compression(self, members):
        assert problem(refused(zipped(members, zipfile.ZIP_BZIP2)))[2] == "member_form"

    @pytest.mark.parametrize(
        "data", [b"", b"PK", b"%PDF-1.7", b"PK\x05\x06" + bytes(18), b"PK\x03\x04" + bytes(60)]
    )
    def test_no_zip_at_all(self, data):
        assert problem(refused(data))[2] in {"not_a_pack", "file_missing"}


@pytest.fixture(scope="module")
def tiny_bytes():
    return write_pack(TINY)


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(st.integers(min_value=0), st.integers(0, 7))
def test_one_flipped_bit_never_ends_in_a_traceback(tiny_bytes, position, bit):
    data = bytearray(tiny_bytes)
    data[position % len(data)] ^= 1 << bit
    sentence = sentence_of(bytes(data))
    assert sentence is None or sentence.startswith("Paket pedoman tidak dapat dipakai.")


@settings(max_examples=100, deadline=None)
@given(st.integers(min_value=0))
def test_a_cut_pack_is_refused(tiny_bytes, length):
    assert refused(tiny_bytes[: length % len(tiny_bytes)]).faults


# ---- any key of the real pack ----

BUNDLED = read(resource("guidelines", "smart-city-2021"))


def paths(value, here=()):
    yield here
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*here, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*here, index))


PATHS = [path for path in paths(BUNDLED) if path]
JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 10**20), st.floats(), st.text(max_size=20),
    st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
    st.sampled_from(["id", "I.1", "profile", "readiness", "governance", "choice", "text", {"id": "Teks"}]),
)  # fmt: skip


CHANGES = given(st.sampled_from(PATHS), st.sampled_from(["delete", "replace", "double", "add"]), JUNK)
FEW = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def changed(path, change, junk):
    """A changed key loads or is refused."""
    pack = dict(BUNDLED)
    pack[path[0]] = copy.deepcopy(pack[path[0]])
    holder = place(pack, path[:-1])
    match change:
        case "delete":
            del holder[path[-1]]
        case "double" if isinstance(holder, list):
            holder.append(copy.deepcopy(holder[path[-1]]))
        case "add" if isinstance(holder, dict):
            holder["unheard"] = junk
        case _:
            holder[path[-1]] = junk
    data = packed({name: value for name, value in pack.items() if name in FILES})
    if sentence_of(data) is None:
        loaded = load_pack(data)
        assert load_pack(write_pack(loaded)) == loaded


test_a_changed_key_loads_or_is_refused = FEW(CHANGES(changed))
test_many_changed_keys = pytest.mark.torture(settings(FEW, max_examples=3_000)(CHANGES(changed)))


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"part_of": "nothing"}, "figures[0].part_of"),
        ({"part_of": "people"}, "figures[0].part_of"),
        ({"item": "nowhere.people"}, "figures[0].item"),
        ({"type": "choice"}, "figures[0].choices"),
        ({"choices": [{"id": "a", "label": {"id": "A"}}]}, "figures[0].type"),
    ],
)
def test_measures_that_mean_nothing_are_refused(wrong, key):
    measure = {"id": "people", "label": {"id": "Penduduk"}, "type": "integer"}
    error = refused(packed(read(TINY) | {"figures": [measure | wrong]}))
    assert key in [fault.key for fault in error.faults]
    load_pack(packed(read(TINY) | {"figures": [measure]}))
