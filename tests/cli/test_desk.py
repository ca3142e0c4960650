"""``receive --register``: the ministry's desk on the command line."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from desktop.base import Language, Message, render
from desktop.base.speech import moment_in_zone
from desktop.cli.console import Console
from desktop.cli.desk import NotADate, moment_of
from desktop.cli.desk_told import Telling
from desktop.submission.register.entry import Basis, Entry
from desktop.submission.register.examine import Sort
from desktop.submission.register.reading import Signer
from desktop.submission.register.store import DUE, GUIDELINE, Register
from desktop.submission.signed import UNASKED
from tests.submission.register.at_once import AtOnce, Slow
from tests.submission.register.many import NOW, Country, Opened, know_guideline
from tests.trust import pki


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    made = Country(tmp_path_factory.mktemp("country") / "inbox")
    made.good("18.07", 1, made.inbox / "18.07.asice")
    made.late("35.07", 2, made.inbox / "35.07.asice")
    (made.inbox / "Kota Malang.pdf").write_bytes(b"%PDF-1.7 x")
    (made.inbox.parent / "root.pem").write_bytes(pem(made))
    return made


def pem(country) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return country.keys.root.certificate.public_bytes(Encoding.PEM)


@pytest.fixture
def desk(call, country, tmp_path, monkeypatch):
    monkeypatch.setenv("RANCANG_NOW", "2026-11-24T03:00:00+00:00")
    know_guideline(tmp_path)
    path = tmp_path / "meja.sqlite"
    trust = country.inbox.parent / "root.pem"

    def run(*words, **more):
        return call("receive", country.inbox, "--register", path, "--trust", trust, *words, **more)

    run.path = path
    return run


@pytest.mark.slow
def test_everything_is_listed(desk):
    said = desk("--due", "2026-11-22T10:00:00+07:00", json=True)
    assert said.code == 1
    assert said.kinds == ["run", "received", "received", "received"]
    assert said.records[0] == {
        "kind": "run",
        "found": 3,
        "read": 3,
        "judged": 2,
        "vanished": 0,
        "replaced": 0,
    }
    assert [(one["region"], one["result"], one["region_basis"], one["late"]) for one in said.records[1:]] == [
        ("18.07", "valid-with-notes", "signed", False),
        ("35.07", "incomplete", "signed", True),
        ("35.73", "unsigned", "guessed", None),
    ]
    assert desk(json=True).records[0]["read"] == 0


@pytest.mark.slow
def test_a_guideline_that_is_not_at_hand_is_not_asked_for(desk):
    """Of a register from another computer it is told beside the list."""
    said = desk("--guideline", "tinny@3")
    assert said.code == 2
    assert "tiny@3" in said.err
    with Register(desk.path, create=True) as register:
        assert register.setting(GUIDELINE) == ""
        register.keep_setting(GUIDELINE, "tinny@3")
    assert "tinny@3" in desk().err


@pytest.mark.parametrize("language", ["id", pytest.param("en", marks=pytest.mark.slow)])
def test_the_plain_list_says_all_that_a_desk_goes_by(call, tmp_path, monkeypatch, language):
    """Region, guideline, signers, verdict, reason, open findings, resubmission of which, late or in time."""
    monkeypatch.setenv("RANCANG_NOW", "2026-11-24T03:00:00+00:00")
    know_guideline(tmp_path)
    made = Country(tmp_path / "inbox")
    made.resubmitted("18.07", 1, made.inbox / "18.07.asice")
    made.late("35.07", 2, made.inbox / "35.07.asice")
    (tmp_path / "root.pem").write_bytes(pem(made))
    words = ("--register", tmp_path / "meja.sqlite", "--trust", tmp_path / "root.pem")
    said = call("receive", made.inbox, *words, "--due", "2026-11-22T10:00:00+07:00", language=language).out
    told, indonesian = " ".join(said.split()).replace('"', ""), language == "id"
    guideline = (
        "Pedoman: Pedoman Uji Kota Bahagia, versi 3, tahun 2026–2030; isian wajib terbuka: {}; "
        "ketepatan waktu: {}"
        if indonesian
        else "Guideline: Happy Town Test Guideline, version 3, years 2026–2030; open mandatory findings: {}; "
        "by the date due: {}"
    )
    assert told.count(guideline.format(0, "tepat waktu" if indonesian else "in time")) == 2
    assert guideline.format(1, "tepat waktu" if indonesian else "in time") in told
    assert guideline.format(0, "terlambat" if indonesian else "late") in told
    assert told.count(f"{'Penanda tangan' if indonesian else 'Signed by'}: Sekretaris Tim (Tetua)") == 4
    assert f"{'Susulan dari' if indonesian else 'Resubmission of'}: b-18.07.asice" in told
    assert "[missing.late]" in told
    assert "elder" not in told
    one = call("receive", "--list", *words[:2], "--region", "35.07", language=language).out
    assert "Sekretaris Tim" in one
    assert "(Tetua" in one
    sheet = tmp_path / "daftar"
    sheet.mkdir()
    call("receive", "--list", *words[:2], "--csv", sheet, language=language)
    signers = (sheet / "signers.csv").read_text("utf-8")
    assert "Tetua" in signers
    assert "elder" not in signers


@pytest.mark.slow
def test_the_register_is_looked_at_without_a_run(desk, call):
    desk()
    told = call("receive", "--register", desk.path, "--region", "35.73", language="id")
    assert "Tidak bertanda tangan, tidak lengkap" in told.out
    assert "35.73 Kota Malang (dugaan)" in told.out
    told = call("receive", "--register", desk.path, "--list")
    assert "The register holds 3 submissions" in told.out
    told = call("receive", "--register", desk.path, "--region", "99.99")
    assert told.code == 1
    assert "holds nothing of region 99.99" in told.err


@pytest.mark.slow
def test_what_tells_no_region_is_told_beside_the_figures(desk, call, country, tmp_path):
    desk(json=True)
    assert "region not known" not in call("receive", "--register", desk.path, "--list").err
    inbox = tmp_path / "kiriman"
    inbox.mkdir()
    country.cut_off("18.08", 4, inbox / "rusak.asice")
    trust = country.inbox.parent / "root.pem"
    said = call("receive", inbox, "--register", desk.path, "--trust", trust, json=True)
    assert "submission.standing.no_region" in [one["id"] for one in said.records if one["kind"] == "warning"]
    told = call("receive", "--register", desk.path, "--list")
    assert "1 submission tells no region" in told.err
    assert "region not known" in told.out
    assert "1 Refused" in told.out


@pytest.mark.slow
def test_what_ran_out_of_time_is_told_with_what_helps(desk, call, monkeypatch):
    from desktop.submission.register import run

    monkeypatch.setattr(run, "Crew", Slow)
    said = desk(json=True)
    half = sum(one["ran_out"] for one in said.records if one["kind"] == "received")
    assert half == 3
    told = call("receive", "--register", desk.path, "--list")
    assert f"{half} submissions were not read to the end" in told.err
    assert "--patient" in told.err
    assert "for the desk itself to deal with" in told.err
    monkeypatch.setattr(run, "Crew", AtOnce)
    again = desk("--patient", json=True)
    assert not any(one["ran_out"] for one in again.records if one["kind"] == "received")


@pytest.mark.slow
def test_a_desk_that_believes_nobody_says_so(desk, call, country, tmp_path, monkeypatch):
    """Every region was written to, and neither the run nor the figures said why."""
    monkeypatch.setattr("desktop.submission.register.run.Crew", AtOnce)
    letters = ("--letters", tmp_path / "surat")
    said = call("receive", country.inbox, "--register", desk.path, *letters, json=True)
    told = [each["text"] for each in said.records if each["kind"] == "warning"]
    assert [each["id"] for each in said.records if each["kind"] == "warning"] == [
        "submission.standing.left_to_desk",
        "submission.standing.shared_issuer",
        "submission.standing.believes_nobody",
    ]
    assert "rancang trust add" in told[-1]
    # the loose PDF of another region is asked about all the same
    assert {each.name[:18] for each in (tmp_path / "surat").iterdir()} == {"klarifikasi-35.73-"}
    # also where nothing is read, and not where somebody is believed
    assert "rancang trust add" in call("receive", "--list", "--register", desk.path).err
    assert "rancang trust add" not in desk().err


@pytest.mark.slow
def test_an_issuer_of_several_regions_is_asked_about_where_the_desk_says_so(
    desk, call, tmp_path, monkeypatch
):
    made = Country(tmp_path / "lain")
    other = pki.make("Root Lain", ca=True, start=NOW - 900 * pki.DAY)
    key = Opened(pki.make("Orang Lain", other, start=NOW - 400 * pki.DAY), other)
    for place, code in enumerate(("18.07", "35.07")):
        made.close(made.sealed(code, place), made.inbox / f"{code}.asice", key)
    root = tmp_path / "root.pem"
    root.write_bytes(pem(made))
    monkeypatch.setattr("desktop.submission.register.run.Crew", AtOnce)
    words = ("receive", made.inbox, "--register", tmp_path / "lain.sqlite", "--trust", root, "--letters")
    assert '"Root Lain"' in call(*words, tmp_path / "satu").err
    assert list((tmp_path / "satu").iterdir()) == []
    call(*words, tmp_path / "dua", "--ask-unknown")
    assert len(list((tmp_path / "dua").glob("*.pdf"))) == 2


def test_nobody_is_named_in_the_list_without_his_marks(country, capsys):
    """A trainee and a stranger stood there like the region's own secretary."""
    signers = tuple(
        Signer("buku.pdf", "elder", name, "", "", name, "", test, "", timestamped=False, asked=asked)
        for name, test, asked in (("Tim", False, True), ("Peserta", True, True), ("Asing", False, False))
    )
    entry = Entry(
        1, "/a.asice", 1, Sort.PACKAGE, "valid-with-notes", "18.07", "", Basis.SIGNED, package="b" * 64,
        signers=signers, current=True,
    )  # fmt: skip
    Telling((entry,), Console(Language.EN, as_json=False)).tell(entry, reasons=False)
    (line,) = (each for each in capsys.readouterr().out.splitlines() if "Signed by" in each)
    said = re.findall(r"“(\w+)” \(([^)]*)\)", line)
    assert [(name, len(marks.split("; "))) for name, marks in said] == [
        ("Tim", 1),
        ("Peserta", 2),
        ("Asing", 2),
    ]


@pytest.mark.parametrize("language", list(Language))
def test_whoever_signed_stands_in_one_line_each_once(language, capsys):
    """The line was put together by hand, in one language."""
    signers = tuple(
        Signer("", role, name, "", "", "c", "", test, "", timestamped=False, asked=not test)
        for name, role, test in (
            ("Tim", "elder", False), ("Tim", "elder", False), ("Peserta", "elder", True),
            *((f"Orang {number}", "", False) for number in range(12)),
        )
    )  # fmt: skip
    entry = Entry(1, "/a.asice", 1, Sort.PACKAGE, "valid", "18.07", "", Basis.SIGNED, signers=signers)
    telling = Telling((entry,), Console(language, as_json=False))
    telling.tell(entry, reasons=False)
    (line,) = (each for each in capsys.readouterr().out.splitlines() if "Orang 0" in each)
    unasked, test = (render(each, language) for each in (UNASKED, Message("submission.anchor.test")))
    office = {Language.ID: "mengaku sebagai “elder”", Language.EN: "self-described as “elder”"}[language]
    assert "“Tim” (peran “elder”)" in line or "“Tim” (role “elder”)" in line
    assert line.count("“Tim”") == 1
    assert f"“Peserta” ({office}; {unasked}; {test})" in line
    assert "“Orang 9” (\N{EM DASH})" in line
    assert "Orang 10" not in line
    assert line.endswith({Language.ID: ", dan 2 lainnya", Language.EN: ", and 2 more"}[language])
    telling.tell(entry, reasons=True)
    assert f"    - {render(Message('cli.verify.package'), language)}: “Tim” (" in capsys.readouterr().out


@pytest.mark.parametrize("text", ["2026-12-31", "20261231", "2026-W53-4", "2026W534"])
def test_a_day_in_any_form_is_due_until_its_end_and_that_is_said(call, tmp_path, text):
    """Written without dashes it was the beginning of the day: who signed on the last one was late."""
    (tmp_path / "masuk").mkdir()
    register = tmp_path / "meja.sqlite"
    said = call("receive", tmp_path / "masuk", "--register", register, "--due", text, language="en")
    ends = moment_in_zone(dt.datetime.fromisoformat("2026-12-31T23:59:59+07:00"), Language.EN)
    assert f"Due until {ends}" in said.out
    with Register(register, read_only=True) as kept:
        assert kept.setting(DUE) == "2026-12-31T23:59:59+07:00"


def test_a_time_is_what_it_says_and_a_week_is_no_day():
    assert moment_of("20261231T1600").isoformat() == "2026-12-31T16:00:00+07:00"
    for text in ("2026-W53", "2026W53"):
        with pytest.raises(NotADate):
            moment_of(text)


def test_what_is_wrong_with_the_call_is_a_sentence(desk, call, tmp_path):
    assert "no date" in desk("--due", "tomorrow").err
    assert "Name the files" in call("receive").err
    assert "Name the files" in call("receive", "--register", desk.path).err
    assert "--register" in call("receive", tmp_path, "--list").err
    assert "--register" in call("receive", tmp_path, "--patient").err
    other = tmp_path / "x.sqlite"
    other.write_bytes(b"no register at all")
    said = call("receive", tmp_path, "--register", other)
    assert (said.code, "is not a register" in said.err) == (2, True)
    assert other.read_bytes() == b"no register at all"
    assert call("receive", tmp_path / "none", "--register", desk.path).code == 2


def test_lists_letters_and_receipts_are_written(desk, tmp_path, country):
    out = tmp_path / "out"
    said = desk(
        "--xlsx", tmp_path / "x.xlsx", "--csv", tmp_path / "x.csv", "--csv-excel",
        "--letters", out, "--receipts", out, "--office", "Kementerian Contoh", json=True,
    )  # fmt: skip
    assert said.kinds.count("exported") == 2
    assert [one["region"] for one in said.records if one["kind"] == "letter"] == ["35.73", "35.73"]
    assert [(one["region"], one["signed"]) for one in said.records if one["kind"] == "receipt"] == [
        ("18.07", False),
        ("35.07", False),
    ]
    assert "warning" in said.kinds
    told = said.records[: said.kinds.index("receipt")]
    assert "submission.receipt.signed_for" in [each.get("id") for each in told]
    assert sorted(re.sub(r"(terima-[0-9.]{5})-[0-9a-f]{8}", r"\1", each.name) for each in out.iterdir()) == [
        "klarifikasi-35.73-20261124.docx",
        "klarifikasi-35.73-20261124.pdf",
        "konsep-tanda-terima-18.07.pdf",
        "konsep-tanda-terima-35.07.pdf",
    ]


@pytest.mark.slow
def test_a_letter_that_is_not_written_is_told(desk, tmp_path, call, monkeypatch):
    desk()
    monkeypatch.setattr("desktop.submission.register.proofs.own_word", lambda: "x" * 64)
    words = ("receive", "--register", desk.path, "--list", "--letters", tmp_path / "out")
    said = call(*words, json=True)
    assert (said.code, "letter" in said.kinds) == (1, False)
    assert "submission.letter.read_elsewhere" in [
        one["id"] for one in said.records if one["kind"] == "warning"
    ]
    assert not list((tmp_path / "out").iterdir())


@pytest.mark.slow
def test_a_key_for_practice_is_told_before_anything_is_signed_with_it(desk, tmp_path, country, monkeypatch):
    monkeypatch.setattr("desktop.cli.sign.key", lambda *_: country.keys.trial)
    monkeypatch.setattr("desktop.submission.register.posting.write_receipts", lambda *_: ())
    said = desk("--receipts", tmp_path / "out", json=True)
    assert "trust.examine.test" in [one["id"] for one in said.records if one["kind"] == "warning"]


def test_who_gives_up_is_told_that_what_was_read_is_kept(desk, monkeypatch):
    def given_up(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("desktop.submission.register.run.receive", given_up)
    said = desk()
    assert said.code == 1
    assert "is kept in the register" in said.err
