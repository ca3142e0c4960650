"""Hundreds of packages in one run: each verdict as the generator knows it, nothing read twice."""

from __future__ import annotations

import collections
import time
from pathlib import Path

import msgspec
import pytest

from desktop.base import Cancelled, Message
from desktop.base.bounded.limits import PATIENT, STANDARD
from desktop.base.jobs import quiet
from desktop.base.resources import resource
from desktop.guideline.loading import load_pack
from desktop.submission import container_hash
from desktop.submission.register.crew import Lost
from desktop.submission.register.file import RegisterUnusable
from desktop.submission.register.listing import entries
from desktop.submission.register.run import receive
from desktop.submission.register.store import DUE as DUE_SETTING
from desktop.submission.register.store import GUIDELINE as GUIDELINE_SETTING
from desktop.submission.register.store import Register
from desktop.trust.anchors import Anchors
from desktop.workspace.plan_data import read_data
from tests.submission.register.at_once import AtOnce
from tests.submission.register.many import DUE, GUIDELINE, NOW, Case, Country, plan, programme
from tests.submission.whole import TINY
from tests.trust import pki


def opened(path: Path) -> Register:
    register = Register(path, create=True)
    register.keep_setting(DUE_SETTING, DUE.isoformat())
    register.keep_setting(GUIDELINE_SETTING, GUIDELINE)
    return register


def wrong(case: Case, entry) -> str:
    """What an entry says otherwise than the generator knows, or an empty text."""
    if entry is None:
        return "not listed"
    codes = {one.code for one in entry.reasons}
    told = {
        "result": (entry.result, case.result),
        "codes": (codes >= case.codes, True),
        "region": (entry.region, case.region),
        "basis": (entry.basis.value, case.basis),
        "late": (entry.late, case.late),
    }
    if case.current is not None:
        told["current"] = (entry.current, case.current)
    if case.programmes is not None:
        told["programmes"] = (entry.plan and entry.plan.programmes, case.programmes)
    return ", ".join(f"{name}: {is_} instead of {be}" for name, (is_, be) in told.items() if is_ != be)


def faults(register: Register, cases: list[Case]) -> list[str]:
    found = {one.path: one for one in entries(register)}
    told = []
    for case in cases:
        entry = found.get(str(case.path))
        said = wrong(case, entry)
        if said:
            codes = [one.code for one in entry.reasons] if entry else []
            told.append(f"{case.kind} {case.path.name}: {said} {codes}")
    return told


@pytest.fixture(scope="module")
def country(tmp_path_factory) -> Country:
    made = Country(tmp_path_factory.mktemp("country") / "inbox")
    made.fill(60)
    return made


@pytest.fixture(scope="module")
def filled(country, tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("register") / "meja.sqlite"
    opened(path).close()
    receive(quiet, path, [country.inbox], country.keys.anchors, 2, NOW)
    return path


def test_every_answer_is_right(country, filled):
    kinds = collections.Counter(case.kind for case in country.cases)
    assert len(kinds) > 25
    with Register(filled, read_only=True) as register:
        assert faults(register, country.cases) == []


def test_a_second_run_reads_nothing(country, filled):
    # what another profile has judged is judged once more
    receive(quiet, filled, [country.inbox], country.keys.anchors, 2, NOW)
    ran = receive(quiet, filled, [country.inbox], country.keys.anchors, 2, NOW)
    assert (ran.read, ran.judged, ran.vanished) == (0, 0, 0)
    assert ran.found >= 60


@pytest.mark.slow
def test_all_514(tmp_path):
    """The whole country: time and memory are printed."""
    from tests.submission.register.memory import Watch

    country = Country(tmp_path / "inbox")
    begun = time.monotonic()
    cases = country.fill(514)
    made = time.monotonic() - begun
    path = tmp_path / "meja.sqlite"
    register = opened(path)
    begun = time.monotonic()
    with Watch() as watch:
        ran = receive(quiet, path, [country.inbox], country.keys.anchors, 2, NOW)
    took = time.monotonic() - begun
    begun = time.monotonic()
    assert faults(register, cases) == []
    listed = time.monotonic() - begun
    begun = time.monotonic()
    again = receive(quiet, path, [country.inbox], country.keys.anchors, 2, NOW)
    second = time.monotonic() - begun
    assert again.read == 0
    print(  # noqa: T201 - what the run is for
        f"\n{ran.found} files, {ran.judged} packages: made in {made:.1f} s, received in {took:.1f} s, "
        f"listed in {listed:.2f} s, second run {second:.2f} s; memory {watch.told()}"
    )
    assert watch.growth < 40 << 20
    assert watch.largest_child < 200 << 20


# -- a small desk, changed step by step --------------------------------------------------------------
@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setattr("desktop.submission.register.run.Crew", AtOnce)
    country = Country(tmp_path / "inbox")
    for number, code in enumerate(("18.07", "35.07", "35.73")):
        country.good(code, number + 1, country.inbox / f"{code}.asice")
    path = tmp_path / "meja.sqlite"
    opened(path).close()
    return country, path


def received(country, path, report=quiet):
    return receive(report, path, [country.inbox], country.keys.anchors, 1, NOW)


def listed(path) -> dict:
    with Register(path, read_only=True) as register:
        return {Path(one.path).name: one for one in entries(register)}


def test_changed_files_are_read_again_and_vanished_ones_kept(desk):
    country, path = desk
    received(country, path)
    one, other = country.inbox / "18.07.asice", country.inbox / "35.07.asice"
    one.unlink()
    other.write_bytes(other.read_bytes() + b"x")
    ran = received(country, path)
    assert (ran.read, ran.judged, ran.vanished) == (1, 1, 1)
    found = listed(path)
    assert (found["18.07.asice"].vanished, found["18.07.asice"].result) == (True, "valid")
    assert found["35.07.asice"].result == "refused"
    assert received(country, path).vanished == 0


def test_a_moved_file_is_recognised_by_its_content(desk):
    country, path = desk
    received(country, path)
    (country.inbox / "baru").mkdir()
    (country.inbox / "18.07.asice").rename(country.inbox / "baru" / "x.asice")
    ran = received(country, path)
    assert (ran.read, ran.judged, ran.vanished) == (1, 0, 1)
    assert listed(path)["x.asice"].result == "valid"


def test_what_was_touched_is_read_but_judged_no_second_time(desk):
    country, path = desk
    received(country, path)
    file = country.inbox / "18.07.asice"
    file.write_bytes(file.read_bytes())
    ran = received(country, path)
    assert (ran.read, ran.judged) == (1, 0)
    assert len(listed(path)) == 3


@pytest.mark.slow
def test_other_anchors_judge_anew(desk):
    country, path = desk
    received(country, path)
    ran = receive(quiet, path, [country.inbox], country.keys.anchors.__class__(), 1, NOW)
    assert ran.judged == 3
    assert {one.result for one in listed(path).values()} == {"refused"}
    assert received(country, path).judged == 3
    assert {one.result for one in listed(path).values()} == {"valid"}


def test_an_interrupted_run_goes_on_where_it_was(desk):
    country, path = desk

    def stop(done, total, message):
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        received(country, path, stop)
    kept = len(listed(path))
    assert kept >= 1
    assert received(country, path).read == 3 - kept


def test_a_new_date_needs_no_new_reading(desk):
    country, path = desk
    received(country, path)
    with Register(path) as register:
        register.keep_setting(DUE_SETTING, (DUE.replace(year=2020)).isoformat())
    assert {one.result for one in listed(path).values()} == {"incomplete"}
    assert {one.late for one in listed(path).values()} == {True}


def test_the_register_itself_is_not_received(desk, tmp_path):
    country, _ = desk
    path = country.inbox / "meja.sqlite"
    opened(path).close()
    received(country, path)
    assert set(listed(path)) == {"18.07.asice", "35.07.asice", "35.73.asice"}


def test_figures_are_those_of_the_plan(filled):
    with Register(filled, read_only=True) as register:
        (entry,) = (one for one in entries(register, "11.01") if one.current)
    plan = entry.plan
    assert plan is not None
    # no document of this guideline prints activities
    assert (plan.programmes, plan.quick_wins, plan.activities, plan.indicators) == (2, 1, 0, 2)
    assert (plan.indicative, plan.ceiling, plan.realised) == (2 * 1_500_000, 2 * 400_000, None)
    assert plan.readiness
    assert plan.readiness_most == 5
    assert 0 < plan.readiness_rated <= plan.readiness_items


def test_what_a_plan_says_stands_on_one_line_and_reads_forward(tmp_path):
    """A signed plan may hold any sign: none may turn the desk's writing or begin a line of its own."""
    from desktop.submission.register.extract import extract
    from desktop.submission.verifying import verify

    country = Country(tmp_path / "inbox")
    path = country.place("18.07", "Lampung Timur", 1)
    loud = "Program\u202e\n=1+1\x1b[2J\u200b"
    parts = (msgspec.structs.replace(programme(1, 0), title={"id": loud}, code=loud, dimension=loud),)
    country.signed("18.07", 1, path, data=plan("18.07", 1, programmes=parts))
    verdict = verify(path, country.keys.anchors, NOW)
    found = extract(path, container_hash(path), verdict).plan
    assert found is not None
    (one,) = found.programmes
    assert {one.title, one.code} == {"Program =1+1 [2J"}
    # what the guideline does not know no document prints
    assert one.dimension == ""
    assert {budget.dimension for budget in found.budgets} == {""}


def test_activities_are_counted_that_documents_print():
    """Most guidelines print them area by area; one that lies in no area stands in no document."""
    from desktop.submission.register.extract import _facts

    part = programme(1, 0)
    some = tuple(
        msgspec.structs.replace(part.activities[0], area=each) for each in ("hr", "literacy", "", "x")
    )
    data = read_data(plan("18.07", 1, programmes=(msgspec.structs.replace(part, activities=some),)))
    tiny, whole = load_pack(TINY), load_pack(resource("guidelines", "smart-city-2021"))
    # what goes to each agency is in no package
    apart = tuple(msgspec.structs.replace(each, per="agency") for each in tiny.books)
    packs = (tiny, whole, msgspec.structs.replace(tiny, books=apart))
    assert [_facts(data, pack).programmes[0].activities for pack in packs] == [4, 2, 0]


def test_a_package_changed_after_its_verdict_gives_no_data(desk):
    from desktop.submission.register.extract import ChangedMeanwhile, extract
    from desktop.submission.verifying import verify

    country, _ = desk
    one, other = country.inbox / "18.07.asice", country.inbox / "35.07.asice"
    verdict = verify(one, country.keys.anchors, NOW)
    hashed = container_hash(one)
    assert extract(one, hashed, verdict).plan is not None
    one.write_bytes(other.read_bytes())
    with pytest.raises(ChangedMeanwhile):
        extract(one, hashed, verdict)
    with pytest.raises(ChangedMeanwhile):
        extract(one, container_hash(one), verdict)


def test_a_register_that_holds_what_ours_never_would_is_a_sentence(tmp_path):
    import contextlib
    import sqlite3

    path = tmp_path / "meja.sqlite"
    with opened(path) as register:
        run = register.begin_run([tmp_path], NOW, "")
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute(
            "INSERT INTO file VALUES (1, '/x/a.zip', '/x', '/x', 'many', 1, '', 'ab', 'unheard of', 'here',"
            " '', ?, '', ?, '')",
            (run, run),
        )
    with Register(path, read_only=True) as register, pytest.raises(RegisterUnusable):
        entries(register)


@pytest.mark.slow
def test_what_ran_out_of_time_is_tried_again(desk, monkeypatch):
    country, path = desk
    # mail programs call packages .zip
    (country.inbox / "35.73.asice").rename(country.inbox / "35.73.zip")
    (country.inbox / "lain.pdf").write_bytes(b"%PDF-1.4 of strangers")

    class Slow(AtOnce):
        def run(self, items, idle=quiet):
            for item in items:
                yield item, Lost("time")

    with monkeypatch.context() as patch:
        patch.setattr("desktop.submission.register.run.Crew", Slow)
        assert received(country, path).judged == 3
        told = {name: one.reasons[0].message.id for name, one in listed(path).items()}
        assert set(told.values()) == {"submission.limit.time"}
        assert {one.ran_out for one in listed(path).values()} == {True}
    assert received(country, path).judged == 3
    assert {one.result for one in listed(path).values() if one.package} == {"valid"}
    assert listed(path)["lain.pdf"].sort.value == "pdf"
    assert received(country, path).read == 0


@pytest.mark.parametrize("patient", [False, True])
def test_a_patient_desk_gives_each_file_more(desk, monkeypatch, *, patient: bool) -> None:
    country, path = desk
    given = set()

    class Asked(AtOnce):
        def __init__(self, prepare, material, size, limits, *rest) -> None:
            super().__init__(prepare, material, size, limits, *rest)
            given.update(limits(each) for each in (*country.inbox.iterdir(), country.inbox / "none"))

    monkeypatch.setattr("desktop.submission.register.run.Crew", Asked)
    receive(quiet, path, [country.inbox], country.keys.anchors, 1, NOW, patient=patient)
    assert given == {PATIENT if patient else STANDARD}


@pytest.mark.slow
def test_what_was_not_looked_through_is_read_again_by_a_patient_desk(desk, monkeypatch) -> None:
    country, path = desk
    monkeypatch.setattr("desktop.submission.register.run.Crew", AtOnce)

    def told(package, file, judge, _allowed) -> None:
        judge.note(Message("submission.note.not_looked_through", file=file.path))

    with monkeypatch.context() as patch:
        patch.setattr("desktop.submission.own._documents", lambda package, _: package.manifest.files[:1])
        patch.setattr("desktop.submission.own._look_through", told)
        received(country, path)
    half = {name for name, one in listed(path).items() if one.ran_out}
    assert half
    assert all(listed(path)[name].result == "valid-with-notes" for name in half)
    # nobody reads them again unasked
    assert received(country, path).read == 0
    again = receive(quiet, path, [country.inbox], country.keys.anchors, 1, NOW, patient=True)
    assert again.judged == len(half)
    assert not any(one.ran_out for one in listed(path).values())
    assert receive(quiet, path, [country.inbox], country.keys.anchors, 1, NOW, patient=True).read == 0


@pytest.mark.slow
def test_a_slow_day_after_something_changed_takes_no_accepted_package_from_a_region(desk, monkeypatch):
    country, path = desk
    received(country, path)
    before = {name: one.current for name, one in listed(path).items()}
    assert any(before.values())

    class Slow(AtOnce):
        def run(self, items, idle=quiet):
            for item in items:
                yield item, Lost("time")

    more = pki.believe(pki.make("Root Baru", ca=True))
    wider = Anchors((*country.keys.anchors.anchors, *more.anchors), country.keys.anchors.crls)
    with monkeypatch.context() as patch:
        patch.setattr("desktop.submission.register.run.Crew", Slow)
        receive(quiet, path, [country.inbox], wider, 1, NOW)
    after = listed(path)
    assert {name: one.current for name, one in after.items()} == before
    assert all(one.plan is not None for one in after.values() if one.current)
    ran = receive(quiet, path, [country.inbox], wider, 1, NOW)
    assert ran.judged, "and they are tried again"


def test_a_successor_signed_by_somebody_else_or_of_another_region_is_told(desk):
    from desktop.submission.register.words import standing

    country, path = desk
    first = container_hash(country.inbox / "18.07.asice")
    package = country.sealed("18.07", 5, previous=first)
    country.close(package, country.inbox / "b.asice", country.keys.mayor)
    package = country.sealed("18.08", 5, previous=first)
    country.close(package, country.inbox / "c.asice", country.keys.team)
    received(country, path)
    found = listed(path)
    told = {name: {each.id.rpartition(".")[2] for each in standing(one)} for name, one in found.items()}
    assert told["b.asice"] == {"current", "follows", "other_signer"}
    assert told["c.asice"] == {"current", "follows", "other_region"}
    assert told["18.07.asice"] == set()


def test_a_folder_is_kept_as_the_one_it_was_when_it_was_named(tmp_path, monkeypatch):
    """The window begins somewhere else: "." would be another folder there, and read by nobody's wish."""
    box = tmp_path / "kotak"
    box.mkdir()
    monkeypatch.chdir(box)
    register = tmp_path / "meja.sqlite"
    for named in (Path(), Path("../kotak")):
        receive(quiet, register, [named], Anchors(), now=NOW)
        with Register(register) as opened:
            assert opened.last_folders() == (box.resolve(),)
    # a link is kept as the link, which may lead elsewhere next week; one that leads in a circle is away
    link, circle = tmp_path / "minggu-ini", box / "lingkar"
    link.symlink_to(box)
    circle.symlink_to(circle)
    ran = receive(quiet, register, [Path("../minggu-ini"), Path("lingkar")], Anchors(), now=NOW)
    assert any("lingkar" in str(each) for each in ran.problems)
    with Register(register) as opened:
        assert opened.last_folders() == (link, circle)
    # one that an earlier version kept so is none
    with Register(register) as opened:
        opened.begin_run([Path("kotak"), box], NOW, "")
        assert opened.last_folders() == (box,)


@pytest.mark.parametrize("value", ["5", "x'5b'", f"'{'[' * 200_000}'", "'{}'", "'[1, null]'"])
def test_folders_that_are_none_are_none(tmp_path, value):
    path = tmp_path / "meja.sqlite"
    with Register(path, create=True) as register:
        register.begin_run((), NOW, "")
        with register.engine.begin() as connection:
            connection.exec_driver_sql(f"UPDATE run SET folders = {value}")
        assert register.last_folders() == ()
