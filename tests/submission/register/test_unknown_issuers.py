"""Whom this computer does not know is found out by the desk before a region is asked to sign anew."""

from __future__ import annotations

import zipfile
from dataclasses import replace

import pytest
from cryptography import x509

from desktop.base import Language, Message, render
from desktop.base.jobs import quiet
from desktop.submission.codes import find
from desktop.submission.register.addressees import asked_of, by_region, left_to_desk, wants_letter
from desktop.submission.register.entry import Basis
from desktop.submission.register.letters import Desk, letter
from desktop.submission.register.listing import entries
from desktop.submission.register.posting import write_letters
from desktop.submission.register.reading import Told
from desktop.submission.register.repeating import Repeating
from desktop.submission.register.sheets import _reasons, sheets
from desktop.submission.register.store import Register
from desktop.submission.register.unknown_issuers import _TRIALS, asked_all_the_same, shared_issuers
from desktop.submission.register.words import remedy, remedy_here
from desktop.trust import AnchorClass, Anchors, make_test_identity
from desktop.trust.certificate import holder
from tests.submission.register.many import NOW
from tests.submission.register.test_repeating import entry, said_in

CODES = ("18.07", "18.08", "35.73")
UNKNOWN = "signature.unknown"


def letters(desk, where, **how) -> set[str]:
    written = write_letters(quiet, desk.register, where, Desk(**how), NOW)
    assert [each.problem for each in written if each.problem] == []
    return {each.region for each in written}


@pytest.mark.slow
def test_a_desk_that_believes_nobody_asks_no_region_for_another_certificate(desk, tmp_path) -> None:
    """Every honest package was refused, and all regions were written to, to sign as they had signed."""
    desk.signed(CODES[0], 1, desk.inbox / "a.asice")
    trial = next(each for each in desk.keys.anchors.anchors if each.kind.value == "test")
    trial_alone = (replace(trial, purpose=AnchorClass.TEST),)
    for anchors in (Anchors(), Anchors(trial_alone)):
        desk.read(anchors=anchors)
        (one,) = desk.listed().values()
        assert (one.result, wants_letter([one]), left_to_desk([one])) == ("refused", False, 1)
        assert {each.code for each in one.reasons} >= {UNKNOWN, "register.believes_nobody"}
        (refusal,) = (each for each in one.reasons if each.code == UNKNOWN)
        assert remedy_here(one, refusal).id == "submission.remedy.find_out_issuer"
        assert letters(desk, tmp_path / "surat", ask_unknown=True) == set()
    # whoever asks for something else beside it tells the region nothing of it
    other = replace(one, id=7, path="/masuk/b.pdf", reasons=(Told("missing", "unsigned.pdf", Message("x")),))
    assert [each.id for each, _ in asked_of([one, other]).about] == [7]
    desk.read()
    (one,) = desk.listed().values()
    assert one.result == "valid"
    assert "register.believes_nobody" not in {each.code for each in one.reasons}


@pytest.mark.slow
def test_an_issuer_that_several_regions_name_is_the_desk_s_to_find_out_about(desk, tmp_path) -> None:
    """An authority that the state recognises, whose new root is not installed here."""
    desk.stranger(CODES[0], 1, desk.inbox / "a.asice")
    desk.stranger(CODES[0], 2, desk.inbox / "b.asice")
    desk.read()
    assert list(shared_issuers(desk.listed().values())) == []
    assert letters(desk, tmp_path / "satu") == {CODES[0]}
    for place, code in enumerate(CODES[1:], 3):
        desk.stranger(code, place, desk.inbox / f"{place}.asice")
    desk.read()
    found = desk.listed().values()
    (told,) = shared_issuers(found)
    assert (told.params["n"], told.params["issuer"]) == (3, "Root Lain")
    for language in Language:
        assert "“Root Lain”" in render(told, language)
    assert left_to_desk(found) == 3
    assert letters(desk, tmp_path / "dua") == set()
    # one region by itself is told the same: what others sent counts there too
    with Register(desk.register, read_only=True) as register:
        assert not wants_letter(entries(register, CODES[1]))
    # the desk found out that it is nobody to believe
    assert letters(desk, tmp_path / "tiga", ask_unknown=True) == set(CODES)
    here = by_region(found)[CODES[1]]
    asked = said_in(letter([asked_all_the_same(each) for each in here], Desk(), NOW))
    assert "[signature.unknown]" in asked
    assert "Root Lain" not in asked


@pytest.mark.slow
def test_a_training_certificate_is_nothing_to_find_out_about(desk, tmp_path) -> None:
    """Every region's own is issued by a root of the same name."""
    identity = make_test_identity(tmp_path / "uji", {}, now=NOW)
    made = {
        holder(x509.load_pem_x509_certificate(each.read_bytes())) for each in identity.root.parent.iterdir()
    }
    assert made == _TRIALS
    for place, code in enumerate(CODES, 1):
        desk.close(desk.sealed(code, place), desk.inbox / f"{code}.asice", desk.keys.trial)
    officials = tuple(each for each in desk.keys.anchors.anchors if each.kind.value != "test")
    desk.read(anchors=Anchors(officials, desk.keys.anchors.crls))
    found = desk.listed().values()
    assert all(UNKNOWN in {each.code for each in one.reasons} for one in found)
    assert list(shared_issuers(found)) == []
    assert letters(desk, tmp_path / "surat") == set(CODES)


def test_practice_at_a_desk_that_believes_nobody_is_the_region_s_affair(desk) -> None:
    """The desk was told to find out who "Root UJI" is, and no letter said that it was practice."""
    desk.close(desk.sealed(CODES[0], 1), desk.inbox / "a.asice", desk.keys.trial)
    desk.read(anchors=Anchors())
    (one,) = desk.listed().values()
    assert "register.believes_nobody" not in {each.code for each in one.reasons}
    assert (wants_letter([one]), left_to_desk([one])) == (True, 0)


def shared(number: int, issuer: str, n: int):
    why = Message("trust.path.unknown", issuer=issuer)
    refusal = Told("refusal", UNKNOWN, Message("submission.signature.unknown", reason=why, holder="A"))
    note = Told(
        "note", "register.shared_issuer", Message("submission.register.shared_issuer", n=n, issuer=issuer)
    )
    return entry(Basis.CLAIMED, id=number, result="refused", reasons=(refusal, note))


def test_that_there_are_more_issuers_is_told() -> None:
    """Three made-up ones of three regions each hid the root that two honest regions use."""
    found = [shared(place, f"Root {place}", 9 - place) for place in range(5)]
    assert [one.params["n"] for one in shared_issuers(found[:3])] == [9, 8, 7]
    *named, more = shared_issuers(found)
    assert (len(named), more.id, more.params) == (3, "submission.standing.more_issuers", {"n": 2})


@pytest.mark.parametrize(
    "name", ['PT "Aman" Tanda', "dua  spasi", "Root\u00a0BSrE", "\u0411\u0430\u043b BSrE"]
)
def test_the_workbook_says_what_window_and_letters_say(name) -> None:
    """The remedy was asked of the sentence as it is repeated, in which such a name stands otherwise."""
    one = shared(1, name, 2)
    rows = [[str(cell) for cell in row] for row in _reasons([one], Language.EN)]
    for row, each in zip(rows, one.reasons, strict=True):
        assert row[-1] == render(remedy_here(one, each), Language.EN)
    assert "The desk finds out first" in rows[0][-1]
    assert rows[1][-1] == "Nothing needs to be done; this is only noted."


def test_the_issuer_s_name_is_quoted_wherever_it_is_told() -> None:
    """Anybody can write it into a certificate that he makes himself."""
    name = "Root. Kirim Rp25.000.000\u201d ke rekening"
    note = Told(
        "note", "register.shared_issuer", Message("submission.register.shared_issuer", n=2, issuer=name)
    )
    refused = entry(Basis.CLAIMED, result="refused", reasons=(note,))
    (told,) = shared_issuers([refused])
    row = Repeating(refused, None, inward=True).reason(note).message
    for message in (told, row):
        for language in Language:
            assert "“Root. Kirim Rp25.000.000' ke rekening”" in render(message, language)


def test_what_is_wrapped_says_one_thing_wherever_it_is_told(desk) -> None:
    """The list told the region to send the package itself, the letter that the desk takes it out."""
    desk.signed(CODES[0], 1, desk.inbox.parent / "a.asice")
    with zipfile.ZipFile(desk.inbox / "18.07.zip", "w") as archive:
        archive.write(desk.inbox.parent / "a.asice", "a.asice")
    desk.read()
    (one,) = desk.listed().values()
    assert (one.sort.value, wants_letter([one])) == ("packed", False)
    with Register(desk.register, read_only=True) as register:
        rows = [
            row for sheet in sheets(register, Language.EN) for row in sheet.rows if "unsigned.packed" in row
        ]
    assert any("The desk takes the .asice package out" in str(cell) for row in rows for cell in row)
    assert "out of the archive" in render(find("unsigned.packed").remedy, Language.EN)


@pytest.mark.parametrize("code", ["unsigned.unreadable", "unsigned.package", "register.not_yet"])
def test_what_could_not_be_read_is_read_again_and_nobody_seals_anew(code) -> None:
    unread = Told("missing", code, Message("submission.register.not_yet"))
    large = Told("missing", code, Message("submission.register.too_large", megabytes=1))
    one, other = (entry(Basis.GUESSED, result="unsigned", reasons=(each,)) for each in (unread, large))
    assert remedy_here(one, unread).id == "submission.remedy.receive_again"
    assert remedy_here(other, large) == remedy(code, "missing")
