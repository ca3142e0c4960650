"""Changes files that were damaged, cut off or made to harm: nothing is written, and one sentence says why."""

from __future__ import annotations

import io
import json
import random
import struct
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop.base import Language, RancangError, render
from desktop.base.canonical import canonical
from desktop.exchange.arrival import Kind, look
from desktop.exchange.changes_file import SUFFIX, send
from desktop.exchange.handing_out import hand_out
from desktop.guideline import write_pack
from desktop.workspace import Author, Workspace, changes_file, incoming, wire
from desktop.workspace.errors import TooManyChanges
from desktop.workspace.handouts import MadeFor
from desktop.workspace.merge import ALGORITHM
from tests.effort import effort
from tests.workspace.conftest import TINY
from tests.workspace.test_operation import LABEL

LONG = "Layanan perizinan masih dilayani tatap muka di kantor. " * 8


@dataclass
class Case:
    """A workspace, a good changes file for it, and what must not change."""

    hub: Workspace
    good: Path
    programme: str

    def members(self) -> dict[str, bytes]:
        with zipfile.ZipFile(self.good) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def refused(self, data: bytes, *, name: str = "buruk.rancang-changes") -> str:
        """Bring a file back that must be refused; the id of the sentence."""
        path = self.good.with_name(name)
        path.write_bytes(data)
        before, head = self.hub.path.read_bytes(), self.hub.head
        found = []
        for deed in (self.hub.preview, self.hub.bring_back):
            with pytest.raises(RancangError) as caught:
                deed(path)
            found.append(caught.value.message)
        assert self.hub.path.read_bytes() == before
        assert self.hub.head == head
        for language in Language:
            said = render(found[0], language)
            assert "{" not in said
            assert len(said) > 20
        look(path)
        return found[0].id


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    folder = tmp_path_factory.mktemp("hostile")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(folder / "kantor"))
        hub = Workspace.create(
            folder / "kota.rancang", region="18.07", first_year=2026, last_year=2030,
            pack=write_pack(TINY), author=Author("Sari"), title={"id": "Rencana"},
        )  # fmt: skip
        with hub.operation(LABEL) as op:
            row = op.insert("programme", title={"id": "Sumur"}, before={"id": LONG})
        made = hand_out(hub, folder / "salinan.rancang", MadeFor(role="agency", person="Budi"), evidence=True)
        patch.setenv("RANCANG_HOME", str(folder / "budi"))
        with Workspace.open(made.path, author=Author("Budi", "agency")) as copy:
            for number in range(4):
                with copy.operation(LABEL) as op:
                    op.set("programme", row, code=f"A-{number}", before={"id": LONG + f"Kalimat {number}."})
            with copy.operation(LABEL) as op:
                op.attach(b"bukti" * 500, name="a.txt", media_type="text/plain")
            sent = send(copy, folder / f"budi{SUFFIX}", evidence=True)
        patch.setenv("RANCANG_HOME", str(folder / "kantor"))
        with hub:
            yield Case(hub, sent.path, row)


# -- making bad ones ---------------------------------------------------------------------------------
def zipped(members: dict[str, bytes] | list[tuple[str, bytes]], *, kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    pairs = list(members.items()) if isinstance(members, dict) else members
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in pairs:
            stored = name.startswith("blobs/")
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_STORED if stored else kind)
    return target.getvalue()


def described(members: dict[str, bytes], /, **manifest: Any) -> dict[str, bytes]:
    """The members with a manifest that tells the truth about them, but for what is given."""
    said = json.loads(members["manifest.json"])
    others = {name: data for name, data in members.items() if name != "manifest.json"}
    said["members"] = {name: changes_file._described(data) for name, data in others.items()}
    said |= manifest
    return {**others, "manifest.json": canonical(said)}


def lines(members: dict[str, bytes]) -> list[list[Any]]:
    return [json.loads(text) for text in members["changes.jsonl"].decode().splitlines()]


def with_lines(members: dict[str, bytes], series: list[Any]) -> bytes:
    text = "".join(each if isinstance(each, str) else json.dumps(each) + "\n" for each in series)
    return zipped(described({**members, "changes.jsonl": text.encode()}))


# -- damaged on the way ------------------------------------------------------------------------------
def test_the_good_one_is_good(case: Case) -> None:
    report = case.hub.preview(case.good)
    assert (report.change_sets, report.files) == (5, 1)
    remade = case.good.with_name("remade.rancang-changes")
    remade.write_bytes(zipped(described(case.members())))
    assert case.hub.preview(remade).change_sets == 5


def test_cut_off_anywhere(case: Case) -> None:
    data = case.good.read_bytes()
    places = {
        *range(0, 80, 3),
        *range(0, len(data), max(1, len(data) // 60)),
        *range(len(data) - 60, len(data)),
    }
    for length in sorted(places):
        case.refused(data[:length])


@pytest.mark.slow
def test_bytes_changed_anywhere(case: Case) -> None:
    data = case.good.read_bytes()
    rng = random.Random(4)
    path = case.good.with_name("bit.rancang-changes")
    before = case.hub.path.read_bytes()
    for _ in range(150):
        at = rng.randrange(len(data))
        path.write_bytes(data[:at] + bytes([data[at] ^ (1 << rng.randrange(8))]) + data[at + 1 :])
        try:
            report = case.hub.preview(path)
        except RancangError:
            continue
        # what no reader looks at (a day in a directory entry), or an attachment that is told as damaged
        assert report.change_sets == 5
        assert report.files == 1 or report.damaged
    assert case.hub.path.read_bytes() == before


def test_other_files_are_told_apart(case: Case) -> None:
    assert case.refused(zipped({"a.txt": b"x"})) == "workspace.error.not_changes"
    assert case.refused(b"hello", name="a.rancang-changes") == "workspace.error.not_a_workspace"
    case.refused(b"", name="a.rancang-changes")
    assert case.refused(b"PK\3\4" + b"\0" * 26 + b"replicas.json") == "workspace.error.damaged_changes"


def test_a_damaged_attachment_is_missing_and_the_rest_is_read(case: Case) -> None:
    members = case.members()
    blob = next(name for name in members if name.startswith("blobs/"))
    path = case.good.with_name("foto.rancang-changes")
    path.write_bytes(zipped({**members, blob: b"x" * 10}))
    report = case.hub.preview(path)
    assert (report.change_sets, report.files, report.damaged) == (5, 0, ("a.txt",))


# -- not for us, or not yet --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"workspace": "0" * 32}, "workspace.error.other_workspace"),
        ({"version": 2}, "workspace.error.too_new"),
        ({"algo": ALGORITHM + 1}, "workspace.error.too_new"),
        ({"lines": 2}, "workspace.error.too_new"),
        ({"schema": 99}, "workspace.error.too_new"),
        ({"version": "1"}, "workspace.error.damaged_changes"),
        ({"version": True}, "workspace.error.damaged_changes"),
        ({"workspace": "../../etc"}, "workspace.error.damaged_changes"),
        ({"since": "x"}, "workspace.error.damaged_changes"),
        ({"heads": [1]}, "workspace.error.damaged_changes"),
        ({"from": []}, "workspace.error.damaged_changes"),
        ({"counts": 3}, "workspace.error.damaged_changes"),
        ({"format": "other"}, "workspace.error.not_changes"),
    ],
)
def test_what_the_manifest_says(case: Case, said: dict[str, Any], sentence: str) -> None:
    assert case.refused(zipped(described(case.members(), **said))) == sentence


def test_a_sender_with_an_odd_name_has_none(case: Case) -> None:
    path = case.good.with_name("nama.rancang-changes")
    sender = {
        "name": "x" * 5_000,
        "role": "a\u202eb",
        "agency": 7,
        "person": "  Budi ",
        "handout": "",
        "replica": "",
    }
    path.write_bytes(zipped(described(case.members(), **{"from": sender})))
    told = case.hub.preview(path).per_file[0].sender
    assert (len(told.name), told.role, told.agency, told.person) == (200, "", "", "Budi")


def test_hashes_that_are_not_those_of_the_members(case: Case) -> None:
    members = case.members()
    assert case.refused(zipped({**members, "changes.jsonl": members["changes.jsonl"] + b"\n"})) == DAMAGED
    assert case.refused(zipped({**members, "replicas.json": b"[]"})) == DAMAGED


DAMAGED = "workspace.error.damaged_changes"
TOO_MANY = "workspace.error.too_many_changes"


# -- archives made to harm -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name",
    [
        "../outside", "/etc/passwd", "C:\\Windows\\x", "blobs/../x", "blobs/" + "g" * 64, "BLOBS/" + "a" * 64,
        "blobs/" + "A" * 64, "Manifest.json", "changes.jsonl/", "changes.jsonl.x", "nul", "blobs/",
    ],
)  # fmt: skip
def test_names_that_are_none_of_ours(case: Case, name: str) -> None:
    before = sorted(case.good.parent.rglob("*"))
    pairs = [*described(case.members()).items()]
    assert case.refused(zipped([*pairs, (name, b"x")]), name="nama.zip") == DAMAGED
    after = set(case.good.parent.rglob("*")) - set(before)
    assert {each.name for each in after} <= {"nama.zip"}


def test_a_member_twice(case: Case) -> None:
    pairs = [*described(case.members()).items()]
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped([*pairs, ("manifest.json", b"{}")])
    assert case.refused(data) == DAMAGED


def test_a_member_nobody_named(case: Case) -> None:
    data = zipped([*described(case.members()).items(), ("blobs/" + "a" * 64, b"x")])
    assert case.refused(data) == DAMAGED


def test_links_and_locked_members(case: Case) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in described(case.members()).items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = (0o120777 if name == "manifest.json" else 0o100644) << 16
            archive.writestr(entry, data)
    assert case.refused(target.getvalue()) == DAMAGED
    data = bytearray(zipped(described(case.members())))
    at = data.rfind(b"PK\1\2")
    data[at + 8] |= 1  # encrypted
    assert case.refused(bytes(data)) == DAMAGED


@pytest.mark.slow
def test_bombs_are_not_inflated(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    members = case.members()
    big = zipped({"replicas.json": members["replicas.json"], "changes.jsonl": b"\n" * 210_000_000,
                  "manifest.json": members["manifest.json"]})  # fmt: skip
    assert len(big) < 400_000
    unpacked: list[object] = []
    with monkeypatch.context() as patch:
        patch.setattr(zipfile.ZipFile, "open", lambda _archive, name, *_: unpacked.append(name))
        assert case.refused(big) == TOO_MANY
    assert unpacked == []
    assert case.refused(zipped({**members, "changes.jsonl": b" " * 20_000_000})) == TOO_MANY
    # an attachment that unpacks to more than it is
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    assert case.refused(target.getvalue()) == DAMAGED


def test_a_size_that_lies(case: Case) -> None:
    data = bytearray(zipped(described(case.members())))
    at = data.find(b"changes.jsonl", data.find(b"PK\1\2")) - 46
    size = struct.unpack_from("<L", data, at + 24)[0]
    struct.pack_into("<L", data, at + 24, size - 100)
    assert case.refused(bytes(data)) == DAMAGED
    struct.pack_into("<L", data, at + 24, size + 100)
    assert case.refused(bytes(data)) == DAMAGED


def test_members_over_each_other(case: Case) -> None:
    """Many directory entries that name the same bytes."""
    data = zipped(described(case.members()))
    at, end = data.find(b"PK\1\2"), data.rfind(b"PK\5\6")
    entry = bytearray(data[data.rfind(b"PK\1\2") : end])
    more = b"".join(bytes(entry).replace(b"manifest.json", b"blobs/" + b"%064x" % n) for n in range(3))
    directory = data[at:end] + more
    tail = bytearray(data[end:])
    struct.pack_into("<HHLL", tail, 8, 7, 7, len(directory), at)
    case.refused(data[:at] + directory + bytes(tail))


def test_a_directory_without_end(case: Case) -> None:
    data = zipped(described(case.members()))
    end = data.rfind(b"PK\5\6")
    tail = bytearray(data[end:])
    struct.pack_into("<HH", tail, 8, 65_000, 65_000)
    assert case.refused(data[:end] + bytes(tail)) == TOO_MANY
    assert case.refused(data + b"x") == DAMAGED
    assert case.refused(b"x" + data) == "workspace.error.not_a_workspace"


# -- contents made to harm -------------------------------------------------------------------------------
def change(position: int, value: Any) -> Callable[[list[list[Any]]], None]:
    def done(series: list[list[Any]]) -> None:
        series[1][position] = value

    return done


def change_edit(position: int, value: Any) -> Callable[[list[list[Any]]], None]:
    def done(series: list[list[Any]]) -> None:
        series[1][-1][0][position] = value

    return done


@pytest.mark.parametrize(
    "harm",
    # one wrong thing in the second of the lines, whose order is: replica, seq, lamport, wall, time zone,
    # suspect, author, role, kind, label, undoes, schema, parents, edits
    [
        change(0, "x"), change(0, None), change(1, -1), change(1, 1.5), change(2, 10**30),
        change(3, "yesterday"),
        change(4, "now"), change(9, "no label"), change(10, 0), change(10, 5), change(10, "undone"),
        change(11, 0), change(12, [0]), change(12, [2]), change(12, [-1]), change(12, [True]),
        change(12, ["x"]),
        change(12, [1, 1]), change(12, []), change(12, "ab"), change(13, {}), change(13, [[]]),
        change(13, [None]),
        change(13, [["programme"]]),
        change_edit(0, 7), change_edit(0, None), change_edit(1, "x"),
        change_edit(1, []), change_edit(2, "X"),
        change_edit(3, "*"), change_edit(4, {"a": {"b": 1.5}}), change_edit(4, ["\ud800"]),
        change_edit(5, ["f" * 64 + ".0"]), change_edit(5, [[1, -1]]), change_edit(5, [[1, True]]),
        change_edit(5, [[9, 0]]), change_edit(5, [[0, 0]]), change_edit(5, [[1]]), change_edit(5, ["x.y"]),
        change_edit(5, 5), change_edit(5, [["a", "b"]]),
    ],
)  # fmt: skip
def test_lines_of_the_wrong_shape(case: Case, harm: Callable[[list[list[Any]]], None]) -> None:
    members = case.members()
    series = lines(members)
    harm(series)
    case.refused(with_lines(members, series))


@pytest.mark.parametrize(
    "between",
    [[0, 0], [0, 0, 5], [-1, 0, "x"], [0, -1, "x"], [0, 10**9, "x"], [10**9, 0, "x"], [True, 0, "x"],
     ["0", 0, "x"],
     None, {}, [1.5, 0, "x"], [10**40, 0, "x"]],
)  # fmt: skip
def test_differences_to_what_is_not_there(case: Case, between: Any) -> None:
    members = case.members()
    series = lines(members)
    edit = next(each for each in series[1][-1] if len(each) == 7)
    edit[4] = between
    case.refused(with_lines(members, series))


@pytest.mark.parametrize("base", [[1, 10**9], [1, 0], "f" * 64 + ".0", "x", ["x", 0], [[], 0], 7])
def test_differences_to_another_text(case: Case, base: Any) -> None:
    members = case.members()
    series = lines(members)
    edit = next(each for each in series[2][-1] if len(each) == 7)
    edit[5][0] = base
    case.refused(with_lines(members, series))


def test_texts_that_grow_without_end(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MOST_TEXT", 1 << 24)
    members = case.members()
    series = lines(members)
    edit = next(each for each in series[1][-1] if len(each) == 7)
    edit[4] = [0, 0, "x" * 2_000_000]
    row, field = edit[1], edit[3]
    for _ in range(400):
        again = [*series[1]]
        again[12], again[13] = [1], [["programme", row, "U", field, [2_000_000, 0, "y"], [[1, 0]], 1]]
        series.append(again)
    # each rests on the one before it, so that all of them have to be made
    series[5][-1][0][5] = [[4, series[1][-1].index(edit)]]
    assert case.refused(with_lines(members, series)) == TOO_MANY


@pytest.mark.slow
def test_a_million_operations(case: Case) -> None:
    members = case.members()
    series = lines(members)
    edit = json.dumps(["figure", "0" * 32, "U", "value", "x", []])
    head = json.dumps(series[0][:-1])[:-1]
    text = head + ", [" + ",".join([edit] * 1_000_000) + "]]\n"
    data = with_lines(members, [text])
    assert effort(lambda: case.refused(data) == TOO_MANY, 3_000) < 3_000
    assert case.refused(data) == TOO_MANY


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "NaN\n", "[1e999]\n", "[" + "9" * 10_000 + "]\n", "{}\n", "null\n", '"' + "x" * 1_000,
     "\ufeff[]\n",
     '{"a":' * 50_000],
)  # fmt: skip
def test_text_that_is_no_line(case: Case, text: str) -> None:
    case.refused(with_lines(case.members(), [text]))


@pytest.mark.parametrize("data", [b"\xff\xfe", b"[" * 100_000, b"NaN", b"[1.5]", b"", b"{}", b'[{"id": 1}]'])
def test_other_members_that_are_no_json(case: Case, data: bytes) -> None:
    members = case.members()
    case.refused(zipped(described({**members, "replicas.json": data})))
    case.refused(zipped({**members, "manifest.json": data}))


def test_what_a_newer_program_writes_is_kept_and_does_nothing_here(case: Case) -> None:
    members = case.members()
    series = lines(members)
    series[4][-1][0][0] = "sync_op"
    path = case.good.with_name("baru.rancang-changes")
    path.write_bytes(with_lines(members, series))
    assert case.hub.preview(path).change_sets == 5


def test_what_earlier_lines_were_taken_away_from(case: Case) -> None:
    members = case.members()
    assert case.refused(with_lines(members, lines(members)[1:])) in {DAMAGED, "workspace.error.forged"}


def test_a_plan_that_would_lose_its_guideline(case: Case) -> None:
    members = case.members()
    series = lines(members)
    series[0][-1] = [["plan", "5a1f" * 8, "I", "", {"guideline_sha256": "a" * 64}, []]]
    case.refused(with_lines(members, series))


def test_it_is_recognised_whatever_happened_to_it(case: Case) -> None:
    path = case.good.with_name("entah")
    data = case.good.read_bytes()
    for kept in (len(data), len(data) // 2, 60):
        path.write_bytes(data[:kept])
        assert look(path).kind is Kind.CHANGES


def test_a_whole_file_of_more_than_anybody_writes(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A workspace file that brings next to nothing known here is read from end to end, up to a measure."""
    other = tmp_path / "besar.rancang"
    case.hub.snapshot(other)
    assert case.hub.preview(other).change_sets == 0
    monkeypatch.setattr(incoming, "_MOST", 1)
    with pytest.raises(TooManyChanges):
        incoming.read_incoming(other)
    # of a colleague's file almost all is known, and only the rest is read
    assert case.hub.preview(other).change_sets == 0


def test_parts_of_a_line_are_counted_before_it_is_read() -> None:
    """Two letters of it become sixty bytes of memory: 16 MB of file were 4.9 GB."""
    for said in ("[]", "{}", '"a"'):
        text = f"[{','.join([said] * 100_000)}]"
        with pytest.raises(wire.TooMuch):
            list(wire.parse([text], 1_000))
    with pytest.raises(ValueError, match=r"\d+"):
        changes_file._json(b"[" + b"[]," * 200_000 + b"[]]")
