"""Handing out, sending changes, bringing back: what leaves, what comes, and who is known to have what."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.base.canonical import canonical
from desktop.base.written import ChangedInTheWay
from desktop.checks.evidence import evidence_absent
from desktop.checks.reading import Reading
from desktop.exchange.authors import Authors
from desktop.exchange.changes_file import SUFFIX, read_changes, send, waiting, waiting_evidence
from desktop.exchange.handing_out import (
    HandedOut,
    NobodyCalled,
    expected_size,
    for_agency,
    for_all_agencies,
    hand_out,
    hand_out_all,
)
from desktop.guideline import write_pack
from desktop.guideline.pack import Rule
from desktop.workspace import Author, Place, Workspace, handing, opening, selfcheck, story, tables
from desktop.workspace.errors import IncompleteChanges, NothingToSend
from desktop.workspace.handouts import MadeFor, Vouched
from desktop.workspace.reviewing import NotAReview
from tests.workspace.conftest import TINY
from tests.workspace.test_operation import LABEL

LONG = "Layanan perizinan masih dilayani tatap muka. Warga datang dua kali. Berkas dicatat di buku. " * 6


class Office:
    """A coordinator's workspace, and the homes of those it is given to."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, pack: bytes) -> None:
        self.folder, self._monkeypatch = folder, monkeypatch
        self._opened: list[Workspace] = []
        self.at("kantor")
        self.hub = Workspace.create(
            folder / "kota.rancang", region="18.07", first_year=2026, last_year=2030, pack=pack,
            author=Author("Sari", "secretary"), title={"id": "Rencana"},
        )  # fmt: skip
        self._opened.append(self.hub)
        with self.hub.operation(LABEL) as op:
            self.water = op.insert("agency", code="1", name={"id": "Dinas Air"}, short_name="AIR")
            self.land = op.insert("agency", code="2", name={"id": "Dinas Tanah"}, short_name="TANAH")
        with self.hub.operation(LABEL) as op:
            self.wells = op.insert("programme", title={"id": "Sumur"}, before={"id": LONG}, lead=self.water)
            self.roads = op.insert("programme", title={"id": "Jalan"}, lead=self.land)
            self.photo = op.attach(b"x" * 200_000, name="foto.jpg", media_type="image/jpeg")

    def at(self, place: str) -> None:
        """Go on at another computer."""
        self._monkeypatch.setenv("RANCANG_HOME", str(self.folder / f"home of {place}"))

    def open(self, made: HandedOut | Path, place: str, author: Author | None = None) -> Workspace:
        """Open a copy as it would be opened at another place, and stay there."""
        self.at(place)
        path = made.path if isinstance(made, HandedOut) else made
        person = author or opening.author_of(path, Author("somebody"))
        copy = Workspace.open(path, author=person)
        self._opened.append(copy)
        return copy

    def give(self, whom: MadeFor, name: str = "salinan", *, evidence: bool = False) -> HandedOut:
        return hand_out(self.hub, self.folder / f"{name}.rancang", whom, evidence=evidence)

    def close(self) -> None:
        for workspace in self._opened:
            workspace.close()


@pytest.fixture(scope="module")
def pack() -> bytes:
    return write_pack(TINY)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pack: bytes) -> Iterator[Office]:
    office = Office(tmp_path, monkeypatch, pack)
    yield office
    office.close()


def edit(workspace: Workspace, row: str, **values: object) -> None:
    with workspace.operation(LABEL) as op:
        op.set("programme", row, **values)


# -- handing out -------------------------------------------------------------------------------------
def test_a_copy_for_one_person_opens_without_asking_and_is_theirs(office: Office) -> None:
    whom = MadeFor(role="agency", agency=office.water, person="Budi")
    made = office.give(whom)
    assert made.fits_chat
    assert made.size < 600_000
    copy = office.open(made, "air")
    assert (copy.author, opening.asks_who(copy)) == (Author("Budi", "agency"), False)
    told = opening.made_for(copy)
    assert told is not None
    assert (told.agency, told.person, told.given_by) == (office.water, "Budi", "Sari")
    assert copy._journal.meta("replica") != office.hub._journal.meta("replica")
    assert copy.plan().programmes == office.hub.plan().programmes
    assert opening.made_for(office.hub) is None
    (given,) = handing.given(office.hub)
    assert (given.id, given.person, given.heads) == (told.handout, "Budi", office.hub._journal.newest())


def test_whoever_works_in_a_copy_for_several_is_asked_once(office: Office) -> None:
    made = office.give(MadeFor(role="agency", agency=office.water))
    copy = office.open(made, "air", Author("Ani"))
    assert opening.asks_who(copy)
    opening.work_as(copy, Author("Ani", "agency"))
    copy.close()
    assert not opening.asks_who(office.open(made, "air"))
    assert opening.author_of(made.path, Author("x")) == Author("Ani", "agency")
    office.at("elsewhere")
    assert opening.author_of(made.path, Author("x", "")) == Author("x", "agency")


def test_the_giver_who_looks_into_a_copy_stays_who_they_are(office: Office) -> None:
    made = office.give(MadeFor(role="agency", agency=office.water, person="Wayan"))
    assert opening.author_of(made.path, Author("Sari", "secretary")) == Author("Sari", "secretary")
    copy = office.open(made, "kantor")
    assert not opening.asks_who(copy)
    copy.close()
    edit(copy := office.open(made, "wayan"), office.wells, code="W")
    assert copy.author.name == "Wayan"
    copy.close()
    office.at("kantor")
    office.hub.bring_back(made.path)
    assert opening.made_for(office.hub) is None


def test_without_evidence_only_the_guideline_goes_along(office: Office) -> None:
    bare = office.give(MadeFor(role="mentor", person="W"), "tanpa")
    full = office.give(MadeFor(role="mentor", person="W"), "dengan", evidence=True)
    assert full.size - bare.size > 190_000
    copy = office.open(bare, "w")
    (photo,) = copy.plan().evidence
    assert not photo.present
    assert copy.pack().pack.id == office.hub.pack().pack.id
    assert office.open(full, "w").plan().evidence[0].present
    assert abs(expected_size(office.hub, evidence=False) - bare.size) < 40_000


def test_what_only_the_giver_should_see_does_not_leave(office: Office) -> None:
    office.give(MadeFor(role="agency", agency=office.land, person="RAHASIA-TANAH"), "tanah")
    with office.hub._writing() as journal:
        journal.set_meta("workers", '{"x": ["RAHASIA-CATATAN", ""]}')
    made = office.give(MadeFor(role="agency", agency=office.water), "air")
    data = made.path.read_bytes()
    assert b"RAHASIA" not in data
    assert b"RAHASIA" in office.hub.path.read_bytes()


def test_a_copy_per_agency_named_in_the_plan_s_language(office: Office, tmp_path: Path) -> None:
    made = hand_out_all(office.hub, tmp_path, for_all_agencies(office.hub.plan()), evidence=False)
    assert [each.path.name for each in made] == [
        "Masterplan Kabupaten Lampung Timur - untuk Dinas Air.rancang",
        "Masterplan Kabupaten Lampung Timur - untuk Dinas Tanah.rancang",
    ]
    again = hand_out_all(office.hub, tmp_path, [for_agency(office.hub.plan(), "air")], evidence=False)
    assert again[0].path.name.endswith("Dinas Air (2).rancang")
    with pytest.raises(NobodyCalled):
        for_agency(office.hub.plan(), "Dinas Api")


def test_what_comes_to_a_copys_name_while_others_are_made_stays(office: Office, tmp_path: Path) -> None:
    wanted = for_all_agencies(office.hub.plan())
    made = hand_out_all(office.hub, tmp_path, wanted, evidence=False)
    for each in made:
        each.path.unlink()
    last = made[-1].path

    def come(done: int, *_: object) -> None:
        if done == 1:
            last.write_bytes(b"a colleague's")

    with pytest.raises(ChangedInTheWay):
        hand_out_all(office.hub, tmp_path, wanted, evidence=False, report=come)
    assert last.read_bytes() == b"a colleague's"


def test_a_copy_for_an_agency_is_made_for_its_one_contact_by_name(office: Office) -> None:
    def whom(**values: bool) -> list[str]:
        return [each.person for each in for_all_agencies(office.hub.plan(), **values)]

    assert whom() == ["", ""]
    with office.hub.operation(LABEL) as op:
        op.insert("person", name="Budi", agency=office.water, task="contact")
        op.insert("person", name="Dewi", agency=office.water, task="superior")
        op.insert("person", name="Lama", agency=office.water, task="contact", until="2001-01-31")
    assert whom() == ["Budi", ""]
    assert whom(several=True) == ["", ""]
    plan = office.hub.plan()
    assert for_agency(plan, "air").person == "Budi"
    assert for_agency(plan, "air", person="Ani").person == "Ani"
    assert for_agency(plan, "air", several=True).person == ""
    made = office.give(for_agency(plan, "air"), "budi")
    assert not opening.asks_who(office.open(made, "budi"))
    assert opening.author_of(made.path, Author("x")) == Author("Budi", "agency")
    office.at("kantor")
    with office.hub.operation(LABEL) as op:
        op.insert("person", name="Citra", agency=office.water, task="contact")
    assert whom() == ["", ""]


# -- sending and bringing back -------------------------------------------------------------------------
def test_changes_go_back_and_forth_until_both_are_equal(office: Office) -> None:
    made = office.give(MadeFor(role="agency", agency=office.water, person="Budi"))
    copy = office.open(made, "air")
    edit(copy, office.wells, code="A-1", before={"id": LONG.replace("dua kali", "satu kali", 1)})
    assert waiting(copy) == 1
    sent = send(copy, office.folder / f"budi{SUFFIX}")
    assert (sent.change_sets, sent.fits_chat, sent.operations) == (1, True, 2)
    assert sent.size < 3_000
    office.at("kantor")
    edit(office.hub, office.roads, code="T-1")
    preview = office.hub.preview(sent.path)
    report = office.hub.bring_back(sent.path)
    assert preview.rows == report.rows
    assert (report.authors, report.per_file[0].sender.agency) == (("Budi",), office.water)
    (given,) = handing.given(office.hub)
    assert set(given.heads) == set(copy._journal.newest())
    back = send(office.hub, office.folder / f"semua{SUFFIX}")
    assert back.change_sets == 1
    office.at("air")
    copy.bring_back(back.path)
    assert selfcheck.state(copy._connection) == selfcheck.state(office.hub._connection)
    assert copy.head == office.hub.head
    assert waiting(copy) == 0
    with pytest.raises(NothingToSend):
        send(copy, office.folder / f"lagi{SUFFIX}")


@pytest.mark.slow
def test_for_whom_a_copy_was_made_is_known_where_it_was_given_from(office: Office) -> None:
    """Whatever its file says when it comes back: by its number, and by the copy once it came with it."""
    other = office.give(MadeFor(role="agency", agency=office.land, person="Citra"))
    raw = sqlite3.connect(other.path)
    (others,) = raw.execute("SELECT value FROM sync_meta WHERE key = 'made_for'").fetchone()
    raw.close()
    made = office.give(MadeFor(role="agency", agency=office.water, person="Budi"))
    copy = office.open(made, "air")
    edit(copy, office.roads, title={"id": "Jalan yang dialihkan"})
    copy.close()
    office.at("kantor")
    office.hub.bring_back(made.path)
    raw = sqlite3.connect(made.path)
    raw.execute("UPDATE sync_gate SET open = 1")
    (said,) = raw.execute("SELECT value FROM sync_meta WHERE key = 'made_for'").fetchone()
    # the number of another copy is no better than a name
    for change in ({"agency": office.land}, {"agency": "", "handout": ""}, json.loads(others)):
        raw.execute(
            "UPDATE sync_meta SET value = ? WHERE key = 'made_for'", (json.dumps(json.loads(said) | change),)
        )
        raw.commit()
        (told,) = office.hub.preview(made.path).per_file
        assert (told.sender.agency, told.sender.person) == (office.water, "Budi")
    raw.close()
    # one that never came back and leaves its number out says itself whose it is, and nobody vouches for it
    third = office.give(MadeFor(role="agency", agency=office.land, person="Dewi"))
    for agency, vouched in ((office.water, Vouched.DOUBTFUL), (office.roads, Vouched.OWN_WORD)):
        raw = sqlite3.connect(third.path)
        raw.execute("UPDATE sync_gate SET open = 1")
        raw.execute(
            "UPDATE sync_meta SET value = json_set(value, '$.handout', '', '$.agency', ?)"
            " WHERE key = 'made_for'",
            (agency,),
        )
        raw.commit()
        raw.close()
        assert office.hub.preview(third.path).per_file[0].vouched is vouched


def test_the_same_changes_are_the_same_bytes(office: Office) -> None:
    copy = office.open(office.give(MadeFor(role="agency", agency=office.water, person="Budi")), "air")
    edit(copy, office.wells, code="A-1")
    one, two = (send(copy, office.folder / f"{name}{SUFFIX}").path.read_bytes() for name in "ab")
    assert one == two


def test_the_coordinator_sends_what_the_last_of_them_lacks(office: Office) -> None:
    office.give(MadeFor(role="agency", agency=office.water, person="Budi"), "air")
    edit(office.hub, office.wells, code="1")
    later = office.give(MadeFor(role="agency", agency=office.land, person="Cici"), "tanah")
    edit(office.hub, office.wells, code="2")
    assert send(office.hub, office.folder / f"semua{SUFFIX}").change_sets == 2
    heads = later.whom.heads
    assert send(office.hub, office.folder / f"cici{SUFFIX}", since=heads).change_sets == 1
    assert send(office.hub, office.folder / f"penuh{SUFFIX}", full=True).change_sets == 5


def test_evidence_goes_along_when_asked(office: Office) -> None:
    copy = office.open(office.give(MadeFor(role="agency", agency=office.water, person="Budi")), "air")
    with copy.operation(LABEL) as op:
        op.attach(b"y" * 5_000, name="baru.jpg", media_type="image/jpeg")
    bare = send(copy, office.folder / f"a{SUFFIX}")
    assert (bare.files, bare.left_out) == (0, 1)
    office.at("kantor")
    office.hub.bring_back(bare.path)
    office.at("air")
    whole = send(copy, office.folder / f"b{SUFFIX}", evidence=True)
    assert (whole.files, whole.left_out) == (1, 0)
    office.at("kantor")
    report = office.hub.bring_back(whole.path)
    assert report.files == 1
    assert all(each.present for each in office.hub.plan().evidence)


def test_the_photos_of_the_giver_are_not_sent_back_to_them(office: Office) -> None:
    copy = office.open(office.give(MadeFor(role="agency", agency=office.water, person="Budi")), "air")
    office.at("kantor")
    with office.hub.operation(LABEL) as op:
        op.attach(b"z" * 5_000, name="sumur.jpg", media_type="image/jpeg")
    sent = send(office.hub, office.folder / f"foto{SUFFIX}", evidence=True)
    assert sent.files == 1
    office.at("air")
    copy.bring_back(sent.path)
    assert waiting_evidence(copy) == (0, 0)
    with copy.operation(LABEL) as op:
        op.attach(b"y" * 4_000, name="pompa.jpg", media_type="image/jpeg")
    assert waiting_evidence(copy) == (1, 4_000)


def test_that_files_stayed_with_the_team_is_no_fault_of_the_plan(office: Office) -> None:
    def absent(workspace: Workspace) -> int:
        rule = Rule(id="absent", check="evidence_absent", list="mandatory")
        return len(list(evidence_absent(Reading(workspace.plan(), workspace.pack()), rule)))

    made = office.give(MadeFor(role="mentor", person="W"))
    copy = office.open(made, "w")
    assert [each.present for each in copy.plan().evidence] == [False]
    assert absent(copy) == 0
    office.at("kantor")
    assert not office.hub.plan().for_somebody
    assert copy.plan().for_somebody


def test_a_file_is_what_it_holds_whatever_it_is_called(office: Office) -> None:
    copy = office.open(office.give(MadeFor(role="agency", agency=office.water, person="Budi")), "air")
    edit(copy, office.wells, code="A-1")
    sent = send(copy, office.folder / "laporan.pdf")
    assert read_changes(sent.path).sender.called == "Budi"
    copy.close()
    disguised = office.folder / "foto.rancang-changes"
    shutil.copy(copy.path, disguised)
    office.at("kantor")
    assert office.hub.bring_back(sent.path).change_sets == 1
    assert office.hub.bring_back(disguised).change_sets == 0


def test_missing_earlier_changes_name_whom_to_ask(office: Office) -> None:
    copy = office.open(office.give(MadeFor(role="agency", agency=office.water, person="Budi")), "air")
    edit(copy, office.wells, code="A-1")
    middle = copy._journal.newest()
    edit(copy, office.wells, code="A-2")
    sent = send(copy, office.folder / f"a{SUFFIX}", since=middle)
    office.at("kantor")
    with pytest.raises(IncompleteChanges) as caught:
        office.hub.preview(sent.path)
    assert caught.value.message.id == "workspace.error.incomplete_ask"
    assert caught.value.message.params["whom"] == "Budi"


def test_several_files_at_once_in_any_order_and_one_of_them_bad(office: Office) -> None:
    copy = office.open(office.give(MadeFor(role="agency", agency=office.water, person="Budi")), "air")
    edit(copy, office.wells, code="A-1")
    middle = copy._journal.newest()
    first = send(copy, office.folder / f"a{SUFFIX}")
    edit(copy, office.wells, code="A-2")
    second = send(copy, office.folder / f"b{SUFFIX}", since=middle)
    bad = office.folder / f"c{SUFFIX}"
    bad.write_bytes(first.path.read_bytes()[:-40])
    office.at("kantor")
    preview = office.hub.preview(second.path, bad, first.path)
    assert [each.change_sets for each in preview.per_file] == [1, 0, 1]
    assert [each.file for each in preview.refused] == [bad.name]
    head = office.hub.head
    report = office.hub.bring_back(second.path, bad, first.path)
    assert (report.change_sets, len(report.rows), office.hub.head == head) == (2, 1, False)
    assert [each.file for each in office.hub.arrivals()] == [first.path.name, second.path.name]
    office.hub.self_check()


def test_a_damaged_photo_is_missing_and_named_and_the_rest_comes(office: Office) -> None:
    copy = office.open(office.give(MadeFor(role="agency", agency=office.water, person="Budi")), "air")
    with copy.operation(LABEL) as op:
        op.attach(b"y" * 5_000, name="a.jpg", media_type="image/jpeg", caption={"id": "Sumur warga"})
    copy.close()
    with sqlite3.connect(copy.path) as opened:
        opened.execute(
            "UPDATE blob_chunk SET data = x'00' WHERE sha256 IN (SELECT sha256 FROM blob WHERE size = 5000)"
        )
    opened.close()
    office.at("kantor")
    report = office.hub.bring_back(copy.path)
    assert (report.change_sets, report.files, report.damaged) == (1, 0, ("Sumur warga",))
    assert [each.present for each in office.hub.plan().evidence] == [True, False]


def test_texts_of_two_hands_are_reported(office: Office) -> None:
    copy = office.open(office.give(MadeFor(role="agency", agency=office.water, person="Budi")), "air")
    theirs = LONG.replace("dua kali", "satu kali", 1)
    edit(copy, office.wells, before={"id": theirs})
    sent = send(copy, office.folder / f"a{SUFFIX}")
    office.at("kantor")
    ours = LONG + "Antrean panjang."
    edit(office.hub, office.wells, before={"id": ours})
    (merged,) = office.hub.preview(sent.path).merged
    assert (merged.table, merged.row, merged.field) == ("programme", office.wells, "before:id")
    assert (merged.before, merged.theirs) == (ours, (theirs,))
    assert merged.result == theirs + "Antrean panjang."


def test_what_a_mentor_sends_is_a_review_and_is_judged(office: Office) -> None:
    copy = office.open(office.give(MadeFor(role="mentor", person="Wayan")), "wayan")
    with copy.operation(LABEL) as op:
        op.comment(Place("programme", office.wells, "service"), "Layanan yang mana?", copy.author)
    sent = send(copy, office.folder / f"reviu{SUFFIX}")
    assert sent.review
    office.at("kantor")
    told = office.hub.preview(sent.path).per_file[0]
    assert (told.review, told.sender.role, told.refused) == (True, "mentor", None)
    office.hub.bring_back(sent.path)
    assert [each.author for each in office.hub.plan().comments] == ["Wayan"]
    # whoever gets past the guard of the copy with another program is told apart here
    office.at("wayan")
    with copy._writing() as journal:
        journal.connection.execute(tables.meta.delete().where(tables.meta.c.key == "made_for"))
    copy.author = dataclasses.replace(copy.author, role="agency")
    edit(copy, office.wells, code="X")
    bad = send(copy, office.folder / f"palsu{SUFFIX}", full=True)
    with zipfile.ZipFile(bad.path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    said = json.loads(members["manifest.json"])
    said["from"] |= {"role": "mentor", "handout": handing.given(office.hub)[0].id}
    with zipfile.ZipFile(bad.path, "w") as archive:
        for name, data in {**members, "manifest.json": canonical(said)}.items():
            archive.writestr(name, data)
    office.at("kantor")
    with pytest.raises(NotAReview):
        office.hub.preview(bad.path)


def test_members_of_a_changes_file(office: Office) -> None:
    copy = office.open(office.give(MadeFor(role="agency", agency=office.water, person="Budi")), "air")
    edit(copy, office.wells, code="A-1")
    with zipfile.ZipFile(send(copy, office.folder / "a.zip", review=True).path) as archive:
        assert archive.namelist() == ["replicas.json", "changes.jsonl", "manifest.json"]
    assert read_changes(office.folder / "a.zip").review


def test_whoever_worked_in_an_agencys_copy_wrote_for_it_though_no_list_names_them(office: Office) -> None:
    made = office.give(MadeFor(role="agency", agency=office.water))
    clerk = Author("Ani", "agency")
    copy = office.open(made, "ani", clerk)
    with copy.operation(LABEL) as op:
        op.set("programme", office.wells, code="A")
    file = send(copy, office.folder / "ani.rancang-changes").path
    office.at("kantor")
    office.hub.bring_back(file)
    office.hub.bring_back(file)
    authors = Authors(office.hub.plan(), story.hands(office.hub))
    replica = story.hands(copy).replica
    assert authors.agency("Ani", "agency", replica) == office.water
    assert authors.agency("Ani", "secretary", replica) == ""
    assert authors.agency("Ani", "agency", "elsewhere") == ""
    (given,) = handing.given(office.hub)
    assert given.copies == (replica,)
