"""What the desk has to deal with itself makes nobody prepare, seal and sign anew what lies beside it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from desktop.base import Language, Message, render
from desktop.base.jobs import quiet
from desktop.submission import container_hash
from desktop.submission.register import run
from desktop.submission.register.addressees import asked_of, left_to_desk, refused_beside, wants_letter
from desktop.submission.register.crew import Lost
from desktop.submission.register.entry import Basis
from desktop.submission.register.examine import Sort
from desktop.submission.register.letters import Desk as Writer
from desktop.submission.register.posting import write_letters
from desktop.submission.register.reading import Told
from desktop.submission.register.waiting import with_waiting
from desktop.submission.register.words import remedy, remedy_here
from desktop.trust import Anchors
from tests.submission.register.at_once import AtOnce
from tests.submission.register.many import NOW, book
from tests.submission.register.test_repeating import entry

CODE, OTHER = "18.07", "11.17"


def folder(desk, code: str = CODE, *names: str) -> Path:
    made = desk.inbox / code[:2] / code
    made.mkdir(parents=True, exist_ok=True)
    for name in names:
        (made / name).write_bytes(book() if name.endswith(".pdf") else b"\xff\xd8\xff\xe0" + name.encode())
    return made


def zipped(archive: Path, *packages: Path) -> None:
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("catatan.txt", "terlampir")
        for each in packages:
            made.write(each, each.name)


def codes(one) -> list[str]:
    return [each.code for each in one.reasons]


def remedies(one) -> set[str]:
    return {remedy_here(one, each).id.rpartition(".")[2] for each in one.reasons if each.weight != "note"}


@pytest.mark.parametrize("beside", [("Surat pengantar.pdf",), ("Surat pengantar.pdf", "foto.jpg")])
def test_a_package_in_an_archive_is_seen_whatever_lies_beside_it(desk, beside) -> None:
    """A ZIP and a covering letter made a folder of loose files, and the region was asked for everything."""
    desk.signed(CODE, 1, desk.work / "a.asice")
    zipped(folder(desk, CODE, *beside) / "paket.zip", desk.work / "a.asice")
    desk.read()
    (one,) = desk.listed().values()
    assert (one.sort, codes(one)) == (Sort.FOLDER, ["unsigned.packed", "unsigned.folder"])
    assert (wants_letter([one]), left_to_desk([one]), remedies(one)) == (False, 1, {"packed"})


@pytest.mark.slow
def test_a_revision_in_an_archive_is_told_whatever_lies_beside_it(desk) -> None:
    there = folder(desk)
    desk.signed(CODE, 1, there / "paket.asice")
    revision = desk.sealed(CODE, 2, name="v2", previous=container_hash(there / "paket.asice"))
    desk.close(revision, desk.work / "v2.asice", desk.keys.team)
    zipped(there / "revisi.zip", desk.work / "v2.asice")
    zipped(there / "foto.zip")
    desk.read()
    assert refused_beside(desk.listed().values()) == 1
    (there / "revisi.zip").unlink()
    (there / "foto.zip").unlink()
    (there / "revisi.url").write_text("[InternetShortcut]\nURL=https://contoh.go.id/x\n")
    (there / "catatan.xyz").write_text("revisi kami ada di tautan")
    desk.register.unlink()
    desk.read()
    assert refused_beside(desk.listed().values()) == 1


@pytest.mark.parametrize("problem", ["submission.register.unreadable", "submission.register.too_large"])
def test_what_could_not_be_read_is_told_of_a_folder_too(desk, monkeypatch, problem) -> None:
    """It may be the package; but for what is too large, which is its own fault."""
    from desktop.submission.register import examine

    def refuses(path: Path):
        if path.suffix == ".asice":
            raise examine._NotToBeRead(Message(problem, file=path.name, reason="x"))
        return opened(path)

    opened = examine._open
    monkeypatch.setattr(examine, "_open", refuses)
    (folder(desk, CODE, "surat.pdf", "foto.jpg") / "paket.asice").write_bytes(b"x")
    desk.read()
    (one,) = desk.listed().values()
    passes = problem.endswith("unreadable")
    assert codes(one)[:2] == ["unsigned.unreadable", "unsigned.folder"]
    assert (one.reasons[0].message.id, wants_letter([one])) == (problem, not passes)
    assert remedies(one) == ({"receive_again"} if passes else {"unsigned"})


def test_a_covering_letter_beside_a_package_that_waits_asks_for_nothing(desk) -> None:
    """Every honest region with an attachment was told to prepare, seal and sign, and send a package."""
    there = folder(desk, CODE, "Surat pengantar.pdf", "foto.jpg")
    desk.signed(CODE, 1, there / "paket.asice")
    desk.read(anchors=Anchors())
    found = desk.listed()
    loose = found[there.name]
    assert (wants_letter(found.values()), left_to_desk(found.values())) == (False, 1)
    assert asked_of(tuple(found.values())).ours == 2
    assert (codes(loose), remedies(loose)) == (["unsigned.folder", "register.waits"], {"waits"})
    for language in Language:
        assert "{" not in render(loose.reasons[-1].message, language)
    desk.read()
    assert set(desk.listed()) == {"paket.asice"}


@pytest.mark.slow
def test_loose_files_beside_what_ran_out_wait_for_it(desk, monkeypatch) -> None:
    class SlowPackages(AtOnce):
        def run(self, items, idle=None):
            for item in items:
                if item.suffix == ".asice":
                    yield item, Lost("time")
                else:
                    yield from super().run([item], idle)

    desk.signed(CODE, 1, folder(desk, CODE, "Surat pengantar.pdf") / f"{CODE}.asice")
    monkeypatch.setattr(run, "Crew", SlowPackages)
    desk.read()
    assert not wants_letter(tuple(desk.listed().values()))
    run.receive(quiet, desk.register, [desk.inbox], desk.keys.anchors, 1, NOW, patient=True)
    found = tuple(desk.listed().values())
    assert wants_letter(found), "it ran out with more time as well"
    assert {code for _, told in asked_of(found).about for code in (each.code for each in told)} == {
        *("limit.time", "unsigned.pdf")
    }


@pytest.mark.slow
def test_loose_files_beside_a_shared_issuer_s_are_asked_about_with_it(desk, tmp_path) -> None:
    for place, code in enumerate((CODE, OTHER), 1):
        desk.stranger(code, place, folder(desk, code, "Surat pengantar.pdf") / f"{code}.asice")
    desk.read()
    for asks, wanted in ((False, set()), (True, {CODE, OTHER})):
        how = Writer(ask_unknown=asks)
        written = write_letters(quiet, desk.register, tmp_path / str(asks), how, NOW)
        assert {each.region for each in written} == wanted
    found = tuple(one for one in desk.listed().values() if one.region == CODE)
    assert all(one.reasons == again.reasons for one, again in zip(found, with_waiting(found), strict=True))


def test_what_waits_hides_nothing_of_another_region_or_place() -> None:
    ours = Told("missing", "unsigned.packed", Message("submission.unsigned.packed"))
    theirs = Told("missing", "unsigned.pdf", Message("submission.unsigned.pdf"))
    waiting = entry(Basis.GUESSED, result="unsigned", reasons=(ours,))
    for region, waits in ((waiting.region, True), ("35.73", False), ("", False)):
        loose = entry(Basis.GUESSED, result="unsigned", reasons=(theirs,), region=region)
        _, told = with_waiting([waiting, loose])
        assert ("register.waits" in codes(told)) is waits
        assert remedy_here(told, theirs).id == (
            "submission.remedy.waits" if waits else remedy(theirs.code, theirs.weight).id
        )
    far = entry(Basis.GUESSED, result="unsigned", reasons=(theirs,), path="/lain/b.pdf")
    assert codes(tuple(with_waiting([waiting, far]))[1]) == ["unsigned.pdf"]
    nobody = entry(Basis.GUESSED, result="unsigned", reasons=(ours,), region="")
    loose = entry(Basis.GUESSED, result="unsigned", reasons=(theirs,), region="")
    assert codes(tuple(with_waiting([nobody, loose]))[1]) == ["unsigned.pdf"]
