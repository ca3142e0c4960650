"""``evidence``: files kept with what they show and what they support; got back as plain numbered files."""

import pytest
from PIL import Image

from desktop.exchange.photos import facts_of
from desktop.workspace import Workspace


@pytest.fixture
def files(tmp_path):
    made = [tmp_path / "sk.pdf", tmp_path / "foto: kota?.jpg"]
    for number, path in enumerate(made):
        path.write_bytes(b"bukti %d" % number)
    return made


@pytest.mark.slow
def test_files_are_added_described_claimed_and_listed(call, town, files):
    call.ok("evidence", town, *files, "--caption", "Surat", "--caption-en", "Letter", "--for", "town.trees")
    records = call.ok("evidence", town, json=True).records
    assert [each["number"] for each in records] == [1, 2]
    assert records[0]["caption"] == {"id": "Surat", "en": "Letter"}
    assert records[0]["items"] == ["town.trees"]
    assert records[0]["present"] is True
    out = call.ok("evidence", town).out
    assert "sk.pdf" in out
    assert "supports: Number of trees" in out
    assert "mendukung: Jumlah pohon" in call.ok("evidence", town, language="id").out
    assert len(call.ok("history", town, "--limit", "1", json=True).records) == 1
    call.ok("undo", town)
    assert call.ok("evidence", town, json=True).out == ""


@pytest.mark.slow
def test_evidence_for_programmes_and_for_cells_of_worksheets(call, town, files):
    call.ok("evidence", town, files[0], "--for", "programme.place", "--about", "T-001")
    call.ok("evidence", town, "--of", "1", "--for", "ready.state", "--about", "left")
    call.ok("row", town, "ready", "--fixed", "right", "level=s2")
    row = call.ok("row", town, "ready", json=True).records[1]["row"]
    call.ok("evidence", town, "--of", "sk.pdf", "--for", "ready.level", "--about", row[-8:])
    out = call.ok("evidence", town).out
    assert 'supports: Place, programme "Wells"' in out
    assert out.count("supports:") == 3


def test_evidence_closes_its_finding(call, town, files):
    call.ok("set", town, "town.trees", "12")
    rules = [each["rule"] for each in call("check", town, json=True).records]
    assert "evidence_missing" in rules
    call.ok("evidence", town, files[0], "--for", "town.trees")
    assert rules.count("evidence_missing") - 1 == [
        each["rule"] for each in call("check", town, json=True).records
    ].count("evidence_missing")


def test_files_come_back_numbered_under_names_any_computer_can_write(call, town, files, tmp_path):
    call.ok("evidence", town, *files)
    said = call.ok("evidence", town, "--save", tmp_path / "out", json=True)
    saved = sorted((tmp_path / "out").iterdir())
    assert [path.read_bytes() for path in saved] == [b"bukti 0", b"bukti 1"]
    assert [each["saved"] for each in said.records] == [str(path) for path in saved]
    assert not any(set(':?*<>|"') & set(path.name) for path in saved)


@pytest.mark.parametrize("wanted", ["1", "sk.pdf", "tail"])
def test_a_file_is_taken_out_by_number_name_or_id(call, town, files, wanted):
    call.ok("evidence", town, files[0])
    tail = call.ok("evidence", town, json=True).record["id"][-8:]
    call.ok("evidence", town, "--delete", tail if wanted == "tail" else wanted)
    assert call.ok("evidence", town, json=True).out == ""


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["none.pdf"], "none.pdf"),
        (["."], "folder"),
        (["--for", "town.trees"], "--of"),
        (["--of", "7", "--for", "town.trees"], '"7"'),
        (["--of", "0", "--for", "town.trees"], '"0"'),
        (["--delete", "nobody.pdf"], "nobody.pdf"),
        (["--of", "1", "--for", "town.tree"], "town.trees"),
        (["--of", "1", "--for", "programme.place"], "--about"),
        (["--of", "1", "--for", "ready.state"], "--about"),
        (["--of", "1", "--for", "ready.state", "--about", "nowhere"], "nowhere"),
        (["--of", "1", "--for", "town.trees", "--about", "T-001"], "--about"),
    ],
)
def test_what_does_not_fit_is_told_and_changes_nothing(call, town, files, words, part):
    call.ok("evidence", town, files[0])
    head = call.ok("show", town, json=True).record["head"]
    assert part in call.fails("evidence", town, *words)
    assert call.ok("show", town, json=True).record["head"] == head


def test_a_folder_that_cannot_be_written_is_told(call, town, files):
    call.ok("evidence", town, files[0])
    assert "sk.pdf" in call("evidence", town, "--save", files[0]).err


@pytest.fixture
def camera(tmp_path):
    """A photo as it comes from a telephone: large, turned, with date, place and serial number."""
    picture = Image.new("RGB", (2600, 1300), "teal")
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8769).update({0x9003: "2026:03:12 08:00:00", 0xA431: "SERIAL-1"})
    exif.get_ifd(0x8825).update({1: "S", 2: (5.0, 6.0, 7.0), 3: "E", 4: (105.0, 1.0, 2.0)})
    path = tmp_path / "IMG_1.jpg"
    picture.save(path, exif=exif)
    return path


@pytest.mark.slow
def test_photos_are_scaled_on_entry_with_their_date_and_the_place_only_if_wanted(
    call, town, camera, tmp_path
):
    call.ok("evidence", town, camera)
    call.ok("evidence", town, camera, "--keep-place", "--edge", "800")
    call.ok("evidence", town, camera, "--original")
    call.ok("evidence", town, "--save", tmp_path / "out")
    small, placed, same = [path.read_bytes() for path in sorted((tmp_path / "out").iterdir())]
    seen = [facts_of(data) for data in (small, placed)]
    assert [(each.width, each.height) for each in seen] == [(1000, 2000), (400, 800)]
    assert [each.taken.date().isoformat() for each in seen] == ["2026-03-12"] * 2
    assert [each.place is None for each in seen] == [True, False]
    assert same == camera.read_bytes()
    captions = [each["caption"] for each in call.ok("evidence", town, json=True).records]
    assert captions[0] == {"id": "Foto, 12 Maret 2026", "en": "Photo, 12 March 2026"}


def test_a_file_that_is_here_already_is_told_and_only_claimed(call, town, files):
    call.ok("evidence", town, files[0])
    assert "sk.pdf" in call.ok("evidence", town, files[0], "--for", "town.trees").err
    records = call.ok("evidence", town, json=True).records
    assert [each["items"] for each in records] == [["town.trees"]]


def test_all_evidence_as_plain_numbered_folders_with_a_list(call, town, files, tmp_path):
    call.ok("evidence", town, *files)
    call.ok("evidence", town, "--of", "1", "--for", "town.trees")
    call.ok("evidence", town, "--of", "1", "--for", "programme.place", "--about", "T-001")
    out = tmp_path / "bukti"
    call.ok("evidence", town, "--save-folders", out, language="id")
    found = sorted(path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file())
    assert [name.split(" ")[0] for name in found[:3]] == ["01", "02", "03"]
    assert [name.rpartition("/")[2] for name in found] == [
        "001 sk.pdf",
        "001 sk.pdf",
        "002 foto kota.jpg",
        "daftar.csv",
    ]
    assert "Belum dikaitkan" in found[2]
    told = (out / "daftar.csv").read_text("utf-8-sig").splitlines()
    assert len(told) == 4
    assert told[0].startswith("No.;Berkas;Keterangan")
    assert "sk.pdf" in call("evidence", town, "--save-folders", files[0]).err


def test_export_with_names_index_and_days(call, town, files, tmp_path):
    call.ok("evidence", town, files[0], "--for", "town.trees", "--taken-on", "2026-02-01",
            "--valid-until", "31-12-2027", "--caption", "SK Dewan")  # fmt: skip
    out = tmp_path / "keluar"
    said = call.ok("evidence", town, "--export", out, json=True)
    (entry, index) = said.records
    assert (out / "bukti" / entry["exported"]).is_file()
    assert entry["exported"].endswith("_SK-Dewan.pdf")
    assert index["file"].endswith(".xlsx")
    assert index["missing"] == len(call.ok("evidence", town, "--missing", json=True).records)
    zipped = call.ok("evidence", town, "--export", tmp_path / "zip", "--zip", json=True).records
    assert [each["kind"] for each in zipped] == ["evidence", "part", "index"]
    assert "2O26" in call.fails("evidence", town, "--of", "1", "--taken-on", "2O26-02-01")
    assert "abc" in call.fails("evidence", town, "--export", out, "--max-file", "abc")
    assert "sk.pdf" in call("evidence", town, "--export", files[0]).err


def test_claims_without_evidence_are_listed(call, town, files):
    call.ok("set", town, "town.trees", "12")
    before = call.ok("evidence", town, "--missing", json=True).records
    assert "town.trees" in [each["item"] for each in before]
    call.ok("evidence", town, files[0], "--for", "town.trees")
    after = call.ok("evidence", town, "--missing", json=True).records
    assert "town.trees" not in [each["item"] for each in after]


def test_the_day_of_a_photo_is_kept(call, town, tmp_path):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9003] = "2026:03:12 08:00:00"
    Image.new("RGB", (300, 200)).save(tmp_path / "a.jpg", exif=exif)
    call.ok("evidence", town, tmp_path / "a.jpg")
    with Workspace.open(town, read_only=True) as workspace:
        assert workspace.plan().evidence[0].taken_on == "2026-03-12"
