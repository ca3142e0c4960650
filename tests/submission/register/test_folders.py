"""What lies in the folders of the desk: nothing is lost there, and nobody hides behind somebody else."""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
import zipfile
from pathlib import Path

import pytest

from desktop.base import Language, render
from desktop.base.errors import FileProblem
from desktop.submission.register import walking
from desktop.submission.register.words import standing
from tests.submission.register.many import IN_TIME, NOW, Case, book

CODE = "18.07"


def test_what_lies_where_a_package_was_is_told(desk):
    folder = desk.inbox / f"{CODE} Lampung Timur"
    folder.mkdir()
    desk.signed(CODE, 1, folder / "paket.asice")
    (folder / "lampiran.pdf").write_bytes(book())
    desk.read()
    assert set(desk.listed()) == {"paket.asice"}
    (folder / "paket.asice").unlink()
    desk.read()
    found = desk.listed()
    assert found["paket.asice"].vanished
    assert (found[folder.name].result, found[folder.name].vanished) == ("unsigned", False)


def test_what_lies_beside_a_refused_package_is_told(desk):
    folder = desk.inbox / f"{CODE} Lampung Timur"
    folder.mkdir()
    case: Case = desk.cut_off(CODE, 1, folder / "paket.asice")
    (folder / "kiriman.pdf").write_bytes(book())
    desk.read()
    found = desk.listed()
    assert found[case.path.name].result == "refused"
    assert found[folder.name].result == "unsigned"


def test_one_package_in_a_provinces_folder_hides_nobody_else(desk):
    folder = desk.inbox / "18 Lampung"
    folder.mkdir()
    desk.signed(CODE, 1, folder / f"paket-{CODE}.asice")
    for name in ("18.01 Lampung Selatan - pindaian.pdf", "18.02 Lampung Tengah.pdf", "lampiran.pdf"):
        (folder / name).write_bytes(book() + name.encode())
    desk.read()
    found = desk.listed()
    assert {one.region for one in found.values()} == {CODE, "18.01", "18.02", ""}
    # whose the third is nobody can tell here
    assert (found[folder.name].files, found[f"paket-{CODE}.asice"].beside) == (1, 0)
    # and where two regions have theirs there, nobody knows whose the rest is
    desk.signed("18.08", 1, folder / "paket-18.08.asice")
    desk.read()
    assert desk.listed()[folder.name].region == ""


def test_what_lies_beside_a_package_goes_with_it_and_is_counted(desk):
    folder = desk.inbox / "kiriman 7"
    folder.mkdir()
    desk.signed("35.07", 1, folder / "paket.asice")
    for name in ("lampiran.pdf", "Malang.pdf"):
        (folder / name).write_bytes(book() + name.encode())
    desk.read()
    found = desk.listed()
    assert found["paket.asice"].beside == 1
    # *Malang* may be the city
    assert found[folder.name].files == 1


@pytest.mark.slow
def test_what_may_hold_a_package_of_its_own_never_goes_with_another(desk):
    """A revision that came as ZIP beside the first package, or the region's own beside a stranger's."""
    folder = desk.inbox / f"{CODE} Lampung Timur"
    folder.mkdir()
    desk.signed(CODE, 1, folder / "paket.asice")
    (folder / "lampiran.pdf").write_bytes(book())
    desk.read()
    assert set(desk.listed()) == {"paket.asice"}
    revision = desk.inbox.parent / "revisi.asice"
    desk.signed(CODE, 2, revision)
    with zipfile.ZipFile(folder / "revisi.zip", "w") as archive:
        archive.write(revision, "revisi.asice")
    desk.read()
    (packed,) = (one for one in desk.listed().values() if one.result == "unsigned")
    assert (packed.sort.value, packed.region, packed.files) == ("packed", CODE, 1)
    (folder / "pindaian.zip").write_bytes((folder / "revisi.zip").read_bytes()[:-4])
    (folder / "paket-baru.url").write_text("[InternetShortcut]\nURL=https://contoh.go.id/paket.asice\n")
    (folder / "kosong.asice").write_bytes(b"")
    (folder / "rusak.asice").write_bytes(b"\1rusak")
    desk.read()
    found = desk.listed()
    (others,) = (one for one in found.values() if one.result == "unsigned")
    assert (others.files, found["paket.asice"].beside, found["paket.asice"].current) == (5, 1, True)
    (folder / "surat.eml").write_bytes(b"Subject: Paket\nContent-Type: multipart/mixed; boundary=x\n\n--x\n")
    (folder / "paket.asice.crdownload").write_bytes(revision.read_bytes()[:2000])
    # all of it is there, and nobody has given it its name yet
    desk.close(desk.sealed("18.08", 3), desk.inbox / "lain.asice.part", desk.keys.team)
    desk.read()
    assert desk.listed()[folder.name].files == 7
    assert desk.listed()["lain.asice.part"].current


def test_a_copy_of_a_package_that_came_elsewhere_hides_nothing(desk):
    """Anybody lays a public package into the folder in which another region handed in its signed PDFs."""
    first, other = desk.inbox / f"{CODE} Lampung Timur", desk.inbox / "0 kiriman"
    for folder in (first, other):
        folder.mkdir()
        (folder / "lampiran.pdf").write_bytes(book() + folder.name.encode())
    desk.signed(CODE, 1, first / "paket.asice")
    desk.read()
    assert set(desk.listed()) == {"paket.asice", other.name}
    shutil.copy(first / "paket.asice", other / "a.asice")
    desk.read()
    found = desk.listed()
    assert found[other.name].files == 1
    (entry,) = (one for one in found.values() if one.current)
    assert (len(entry.copies), entry.beside) == (1, 1)


def test_what_goes_with_a_package_is_named_with_it_and_is_called_what_it_is(desk):
    """A saved mail with a letter and a package attached has the marks of the letter."""
    folder = desk.inbox / f"{CODE} Lampung Timur"
    folder.mkdir()
    desk.signed(CODE, 1, folder / "paket.asice")
    name = "WordDocument".encode("utf-16-le").ljust(128, b"\0")
    letter = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + name
    (folder / "surat.doc").write_bytes(letter)
    (folder / "kirim paket.msg").write_bytes(letter + b"\0")
    page = b"<html><table><tr><td>" + b"x" * 17_000 + b"<a href='https://contoh.go.id/paket.asice'>"
    (folder / "surat.html").write_bytes(page)
    for number in range(25):
        (folder / f"foto {number:02}.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes([number]))
    desk.read()
    found = desk.listed()
    assert found[folder.name].files == 2
    entry = found["paket.asice"]
    assert (entry.beside, len(entry.attached)) == (26, 20)
    (told,) = (each for each in standing(entry) if each.id.endswith("with_files"))
    for language in Language:
        assert render(told, language).endswith("“foto 18.png”, “foto 19.png”, \N{HORIZONTAL ELLIPSIS}.")


def test_a_package_of_nobody_in_a_regions_folder_hides_nothing(desk):
    folder = desk.inbox / "18.01 Lampung Selatan"
    folder.mkdir()
    shutil.copy(desk.sealed("35.07", 1), folder / "x.asice")
    (folder / "pindaian.pdf").write_bytes(book())
    desk.read()
    assert desk.listed()[folder.name].region == "18.01"
    # nor does a valid one of another region
    desk.signed("35.07", 1, folder / "x.asice")
    desk.read()
    assert desk.listed()[folder.name].region == "18.01"


def test_scans_of_several_regions_in_a_provinces_folder_are_each_told(desk):
    folder = desk.inbox / "17 Bengkulu"
    folder.mkdir()
    for name in ("17.01 Bengkulu Selatan.pdf", "17.02 Rejang Lebong.pdf", "surat.pdf"):
        (folder / name).write_bytes(book() + name.encode())
    desk.read()
    assert sorted(one.region for one in desk.listed().values()) == ["", "17.01", "17.02"]


@pytest.mark.slow
def test_a_folder_named_in_two_ways_is_one(desk, tmp_path):
    desk.signed(CODE, 1, desk.inbox / "a.asice")
    (tmp_path / "tautan").symlink_to(desk.inbox)
    desk.read()
    for named in ([desk.inbox / ".." / "inbox"], [tmp_path / "tautan", desk.inbox]):
        assert desk.read(*named).found == 1
    (one,) = desk.listed().values()
    assert one.copies == ()


def test_a_folder_that_is_a_link_is_told(desk, tmp_path):
    (tmp_path / "lain").mkdir()
    (desk.inbox / "tautan").symlink_to(tmp_path / "lain")
    assert [each.id for each in desk.read().problems] == ["submission.register.no_plain_file"]
    assert desk.listed()["tautan"].result == "unsigned"


def test_a_folder_that_cannot_be_read_loses_nothing(desk, monkeypatch):
    """A share that fails for a moment: what lay there is not gone, and somebody is told."""
    folder = desk.inbox / CODE
    folder.mkdir()
    desk.signed(CODE, 1, folder / "a.asice")
    desk.signed("11.01", 1, desk.inbox / "b.asice")
    desk.read()
    real = os.scandir

    def fails(path):
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", fails)
        (desk.inbox / "b.asice").unlink()
        ran = desk.read()
    assert [each.id for each in ran.problems] == ["submission.register.folder_unreadable"]
    assert ran.vanished == 1
    assert not desk.listed()["a.asice"].vanished


@pytest.mark.parametrize("place", ["0", ".git"])
def test_folders_too_deep_within_each_other_cost_themselves(desk, place):
    """A tar of 158 bytes, unpacked anywhere in the inbox, ended every run before anything was read."""
    desk.signed(CODE, 1, desk.inbox / "a.asice")
    deep = desk.inbox.joinpath(place, *["z"] * 100)
    deep.mkdir(parents=True)
    (deep / "b.pdf").write_bytes(book())
    (told,) = desk.read().problems
    assert told.id == "submission.register.folder_unreadable"
    assert str(told.params["folder"]).startswith(str(desk.inbox / place)[:200])
    assert set(desk.listed()) == {"a.asice"}


def test_links_that_lead_on_and_on_end_nothing(tmp_path):
    """Where a link leads in the end the system itself gives up to say; Python calls itself for each."""
    for number in range(1_500):
        (tmp_path / f"{number}").symlink_to(f"{number - 1}")
    assert len(list(walking.Walk([tmp_path]).found())) == 1_500


def test_what_can_be_listed_and_not_entered_costs_itself(desk, monkeypatch):
    """Rights that came out of an archive: of what lies there nothing can be asked, not even what it is."""
    desk.signed(CODE, 1, desk.inbox / "z.asice")
    (desk.inbox / "kiriman" / "foto").mkdir(parents=True)
    (desk.inbox / "kiriman" / "a.jpg").write_bytes(b"\xff\xd8\xff")
    real = {each: getattr(os, each) for each in ("stat", "lstat", "scandir", "open")}

    def failing(name):
        def asked(path, *more, **named):
            if isinstance(path, os.PathLike | str) and Path(path).parent == desk.inbox / "kiriman":
                raise PermissionError(13, "Permission denied", str(path))
            return real[name](path, *more, **named)

        return asked

    with monkeypatch.context() as patch:
        for each in real:
            patch.setattr(os, each, failing(each))
        ran = desk.read()
    assert sorted(each.id.rpartition(".")[2] for each in ran.problems) == ["folder_unreadable", "unreadable"]
    assert set(desk.listed()) == {"z.asice", "kiriman"}


def test_a_folder_that_fails_once_a_run_has_begun_loses_nothing(desk, monkeypatch):
    """All that was handed in was no longer there, and no region was asked any more."""
    (desk.inbox / "35.07").mkdir()
    (desk.inbox / "35.07" / "surat.pdf").write_bytes(book())
    desk.read()
    asks, inbox = Path.stat, desk.inbox.resolve()
    asked = []

    def stat(path, **how):
        if path == inbox:
            asked.append(path)
            if len(asked) > 1:  # at the start of the run it was there
                raise OSError(errno.ESTALE, "Stale file handle")
        return asks(path, **how)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", stat)
        ran = desk.read()
    assert len(asked) > 1
    assert ran.vanished == 0
    assert set(desk.listed()) == {"35.07"}


def test_of_several_folders_one_that_is_away_costs_itself(desk, tmp_path):
    """Its stick was drawn out; what lay in the other was not read either, as long as it was away."""
    stick, away = tmp_path / "stik", tmp_path / "di-tas"
    stick.mkdir()
    desk.signed(CODE, 1, stick / "a.asice")
    folders = [stick, desk.inbox]
    desk.read(*folders)
    stick.rename(away)
    desk.signed("18.08", 2, desk.inbox / "b.asice")
    ran = desk.read(*folders)
    assert (ran.read, ran.vanished) == (1, 0)
    assert [each.id.rpartition(".")[2] for each in ran.problems] == ["folder_unreadable"]
    assert {name: one.vanished for name, one in desk.listed().items()} == {"a.asice": False, "b.asice": False}
    with pytest.raises(FileProblem):
        desk.read(stick)


def test_a_link_to_the_register_is_no_submission(desk):
    """Many keep it where the packages are."""
    desk.read()
    (desk.inbox / "daftar.sqlite").symlink_to(desk.register)
    desk.read()
    assert desk.listed() == {}


def test_more_files_than_are_looked_at_lose_nothing(desk, monkeypatch):
    desk.signed(CODE, 1, desk.inbox / "z.asice")
    desk.read()
    for name in ("a", "b"):
        (desk.inbox / name).write_text("x")
    (desk.inbox / ".paket.asice").write_bytes(b"PK")
    monkeypatch.setattr(walking, "MOST", 2)
    ran = desk.read()
    assert (ran.found, ran.vanished) == (2, 0)
    assert [each.id.rpartition(".")[2] for each in ran.problems] == ["too_many", "hidden"]


def test_a_name_that_begins_with_a_full_stop_hides_nothing(desk):
    """A folder of a region that was called so was passed over without a word."""
    for name in (".18.07 Lampung Timur", "__MACOSX 18.07", ".Trash-1000", "__MACOSX", ".git"):
        (desk.inbox / name).mkdir()
        (desk.inbox / name / "buku.pdf").write_bytes(book())
    (desk.inbox / ".paket.asice").write_bytes(b"PK")
    (desk.inbox / "~$surat.pdf").write_bytes(b"%PDF")
    (desk.inbox / "._paket.asice").write_bytes(b"\x00\x05\x16\x07\x00")
    (desk.inbox / "~$surat.docx").write_bytes(b"x" * 162)
    (desk.inbox / "__MACOSX" / "._buku.pdf").write_bytes(b"\x00\x05\x16\x07\x00")
    (desk.inbox / ".git" / "objects").mkdir()
    (desk.inbox / ".git" / "objects" / "paket.asice").write_bytes(b"PK")
    (desk.inbox / ".18.09.asice.icloud").write_bytes(b"bplist00")
    (desk.inbox / ".catatan.txt.icloud").write_bytes(b"bplist00")
    ran = desk.read()
    assert set(desk.listed()) == {".18.07 Lampung Timur", "__MACOSX 18.07"}
    told = {each.id.rpartition(".")[2]: each for each in ran.problems}
    assert {name: each.params["n"] for name, each in told.items()} == {"hidden": 2, "away": 1, "aside": 3}
    for language in Language:
        assert ".paket.asice" in render(told["hidden"], language)
        assert f"{os.sep}18.09.asice" in render(told["away"], language)
        assert f".git{os.sep}buku.pdf" in render(told["aside"], language)


@pytest.mark.parametrize(
    "bin_", ["$RECYCLE.BIN", "found.000", "#recycle", ".snapshot", "System Volume Information"]
)
def test_what_was_thrown_away_is_not_handed_in(desk, bin_):
    """A memory stick brings its bin along: what was deleted there counted, signed later than the other."""
    desk.signed("18.07", 1, desk.inbox / "paket-18.07.asice")
    (desk.inbox / bin_).mkdir()
    later = IN_TIME + dt.timedelta(hours=1)
    desk.close(desk.sealed("18.07", 5, "alt"), desk.inbox / bin_ / "$RX3.asice", desk.keys.team, later)
    desk.read()
    assert [(name, one.current) for name, one in desk.listed().items()] == [("paket-18.07.asice", True)]


def test_that_not_every_name_in_a_programs_folder_was_looked_at_is_told(desk, monkeypatch):
    monkeypatch.setattr(walking, "_MOST_ASIDE", 5)
    (desk.inbox / ".git").mkdir()
    for number in range(7):
        (desk.inbox / ".git" / f"{number}").write_bytes(b"x")
    desk.signed(CODE, 1, desk.inbox / ".git" / "paket.asice")
    told = [one.id for one in desk.read().problems]
    assert told == ["submission.register.aside_many"]


def test_a_moved_file_came_when_it_came_first(desk):
    first, moved = desk.inbox / "a.asice", desk.inbox / "selesai" / "a.asice"
    desk.signed(CODE, 1, first)
    desk.read()
    moved.parent.mkdir()
    first.rename(moved)
    desk.read(now=NOW + dt.timedelta(days=40))
    assert dt.datetime.fromisoformat(desk.listed()["a.asice"].first_seen) == NOW
    # nor where something else lies there now
    shutil.copy(moved, desk.inbox / "b.asice")
    moved.write_bytes(b"x")
    first.write_bytes(b"x")
    desk.read(now=NOW + dt.timedelta(days=41))
    assert dt.datetime.fromisoformat(desk.listed()["b.asice"].first_seen) == NOW


def test_what_lies_in_a_regions_own_folder_is_of_no_other(desk):
    own, loose = desk.inbox / "3507 Kabupaten Malang", desk.inbox / "kiriman surel 12 Nov"
    for place in (own / "Foto peletakan batu pertama", own / "Studi banding Kota Surabaya", loose):
        place.mkdir(parents=True)
        (place / "Aplikasi SIAK.pdf").write_bytes(book())
        (place / f"{CODE} surat.pdf").write_bytes(book())
    desk.signed("35.07", 1, own / "paket.asice")
    desk.signed(CODE, 2, loose / f"paket {CODE}.asice")
    desk.read()
    found = desk.listed()
    # whose the paper with a word in its name is, that is a place as well, a person has to say
    assert {name: one.region for name, one in found.items()} == {
        "paket.asice": "35.07", "Foto peletakan batu pertama": "35.07",
        "Studi banding Kota Surabaya": "35.07", f"paket {CODE}.asice": CODE, loose.name: "",
    }  # fmt: skip
    assert found[f"paket {CODE}.asice"].beside == 1


def test_a_regions_folder_that_was_received_by_itself_is_its_own(desk):
    own = desk.inbox / "3507 Kabupaten Malang"
    own.mkdir()
    (own / "masterplan.pdf").write_bytes(book())
    desk.read(own)
    assert desk.listed()["masterplan.pdf"].region == "35.07"
    # by a name that says two regions nobody knows whose it is
    two = own.rename(desk.inbox / "3507 Kota Malang")
    (two / "masterplan kota.pdf").write_bytes(book() + b"2")
    desk.read(two)
    assert desk.listed()["masterplan kota.pdf"].region == ""
    # a word or figures in the name of an inbox may be anything
    for name in ("3507 kiriman", "Aplikasi SIAK"):
        inbox = desk.inbox.with_name(name)
        inbox.mkdir()
        (inbox / f"{name}.txt").write_bytes(b"%PDF-1.7 x")
        desk.read(inbox)
        assert desk.listed()[f"{name}.txt"].region == ""


def test_from_where_it_was_received_is_brought_up_to_date(desk):
    own = desk.inbox / "3507"
    own.mkdir()
    (own / "masterplan.pdf").write_bytes(book())
    desk.read(own)
    assert desk.listed()["masterplan.pdf"].region == ""
    desk.read()
    assert {name: one.region for name, one in desk.listed().items()} == {own.name: "35.07"}
    assert desk.read().read == 0


def test_what_lies_directly_in_a_days_folder_is_its_own_names(desk):
    """A desk saves a day's attachments in one folder: regions that sent nothing were asked about them."""
    days = {
        "Masuk 12.11": ("Kab. Malang - masterplan.pdf", "Kabupaten Jember.pdf", "scan0001.pdf"),
        "1311": ("3523 Kabupaten Tuban.zip",),
        "Masuk 11.12": ("surat.pdf", "Aplikasi SIAK.pdf"),
    }
    for day, names in days.items():
        (desk.inbox / day).mkdir()
        for name in names:
            (desk.inbox / day / name).write_bytes(book() + name.encode())
    desk.read()
    assert {name: one.region for name, one in desk.listed().items()} == {
        "Kab. Malang - masterplan.pdf": "35.07", "Kabupaten Jember.pdf": "35.09", "Masuk 12.11": "",
        "3523 Kabupaten Tuban.zip": "35.23", "Masuk 11.12": "",
    }  # fmt: skip


@pytest.mark.parametrize("letter", ["Surat pengantar Kab. Lampung Timur.pdf", "scan0001.pdf"])
def test_a_letter_beside_a_package_in_a_days_folder_is_not_of_the_day(desk, letter):
    day = desk.inbox / "Masuk 13.11"
    day.mkdir()
    desk.signed(CODE, 1, day / "paket.asice")
    (day / letter).write_bytes(book())
    desk.read()
    found = desk.listed()
    if "Lampung" in letter:
        assert found["paket.asice"].beside == 1
    else:
        # whose it is a person has to say
        assert (found[day.name].region, found["paket.asice"].beside) == ("", 0)


def test_a_paper_of_another_region_below_a_folder_that_may_be_a_day_is_not_its_own(desk):
    for place in ("1807/foto", "Masuk 12.11/3509 Kabupaten Jember"):
        (desk.inbox / place).mkdir(parents=True)
        (desk.inbox / place / "Masterplan Kota Surabaya.pdf").write_bytes(book() + place.encode())
    desk.read()
    assert {one.region for one in desk.listed().values()} == {"", "35.09"}
