"""``resolve``: sides, base, totals and sentences; every way to settle works, every misuse is told."""

import re
import shutil

import pytest

from desktop.cli.main import run


@pytest.fixture(scope="module")
def differing(template, tmp_path_factory):
    """Ours, in which what Dewi of AIR wrote elsewhere came back: money, a text and a title differ."""
    folder = tmp_path_factory.mktemp("differing")
    ours, theirs = folder / "ours.rancang", folder / "theirs.rancang"
    shutil.copyfile(template, ours)

    def do(home, path, name, *commands):
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("RANCANG_HOME", str(folder / home))
            for verb, *words in commands:
                assert run([verb, str(path), *words, *name]) == 0, (verb, words)

    sari, dewi = ("--name", "Sari"), ("--name", "Dewi", "--role", "agency")
    do(
        "home", ours, sari,
        ("row", "person", "name=Dewi", "agency=AIR"),
        ("programme", "budget", "T-001", "2026", "gift", "indicative=100"),
        ("programme", "budget", "T-001", "2027", "gift", "indicative=1"),
        ("set", "chapter.A.start", "Satu lama. Dua lama."),
    )  # fmt: skip
    shutil.copyfile(ours, theirs)
    do(
        "their-home", theirs, dewi,
        ("programme", "budget", "T-001", "2027", "gift", "indicative=700"),
        ("programme", "set", "T-001", "title=Sumur dalam"),
        ("set", "chapter.A.start", "Satu Dewi. Dua Dewi."),
    )  # fmt: skip
    do(
        "home", ours, sari,
        ("programme", "budget", "T-001", "2027", "gift", "indicative=500"),
        ("programme", "set", "T-001", "title=Sumur dangkal"),
        ("set", "chapter.A.start", "Satu Sari. Dua Sari."),
        ("bring-back", str(theirs), "--yes"),
    )  # fmt: skip
    return ours


@pytest.fixture
def apart(differing, tmp_path):
    """A copy of it for one test."""
    return shutil.copyfile(differing, tmp_path / "town.rancang")


def listed(call, town, table):
    records = call("resolve", town, json=True).records
    return next(each for each in records if each["kind"] == "case" and each["table"] == table)


def letter(case, author):
    return next(s["letter"] for s in case["sides"] if author in {w["author"] for w in s["writers"]})


@pytest.mark.slow
def test_both_values_are_listed_with_who_and_what_was_before(call, apart):
    said = call("resolve", apart, "--name", "Sari")
    assert said.code == 1
    for part in ("of AIR", "700", "500", "difference: ", "200", "before: ", "Sumur dalam", "Sumur dangkal"):
        assert part in said.out, part
    money = listed(call, apart, "budget_line")
    assert money["base"] == 1
    assert {w["author"] for s in money["sides"] for w in s["writers"]} >= {"Dewi"}
    totals = {each["kind"]: set(each["amounts"]) for each in money["totals"]}
    assert totals["programme"] == {600, 800}
    shown = call("resolve", apart, "--conflict", money["key"])
    assert "total of" in shown.out
    assert "selisih" in call("resolve", apart, language="id").out
    assert not re.search(r"[0-9a-f]{12,}", shown.out)


@pytest.mark.slow
def test_one_side_another_value_and_sentences(call, apart):
    money = listed(call, apart, "budget_line")
    side = letter(money, "Dewi")
    assert call("resolve", apart, "--conflict", money["key"], "--take", side).code == 1
    title = listed(call, apart, "programme")
    call("resolve", apart, "--conflict", title["key"], "--value", "Sumur bersama")
    record = call.ok("programme", apart, "list", json=True).record
    assert record["title"]["id"] == "Sumur bersama"
    text = listed(call, apart, "answer")
    assert text["sentences"]
    whole = call("resolve", apart, "--conflict", text["key"])
    assert "before: Satu lama" in whole.out
    mine = letter(text, "Dewi")
    words = ["--words", f"{text['sentences'][0]['number']}=Kata kami sendiri."]
    more = [f"{each['number']}={mine}" for each in text["sentences"][1:]]
    settled = call("resolve", apart, "--conflict", text["key"], "--sentences", ",".join(more) or " ", *words)
    assert settled.code == 0, settled
    assert "Kata kami sendiri." in str(call.ok("show", apart, "chapter.A.start", json=True).record)
    assert "No field is filled differently" in call.ok("resolve", apart).out
    call.ok("undo", apart)


@pytest.mark.slow
def test_all_from_the_owner_is_one_step(call, apart):
    said = call("resolve", apart, "--owner", "--agency", "AIR")
    assert said.code == 1
    assert "2 differing fields settled" in said.out
    record = call.ok("programme", apart, "list", json=True).record
    assert record["title"]["id"] == "Sumur dalam"
    history = call.ok("history", apart, json=True).records
    assert sum("2 differing fields settled" in str(each.get("text", each)) for each in history) == 1
    rest = call("resolve", apart, "--owner")
    assert "stays open" in rest.out
    assert "0 differing fields settled" in rest.out


@pytest.mark.parametrize(
    ("role", "name", "part"),
    [("agency", "Budi", "not known which agency"), ("mentor", "Rina", "do not fill in the plan")],
)
def test_who_is_not_entitled_is_told_why(call, apart, role, name, part):
    money = listed(call, apart, "budget_line")
    who = ("--role", role, "--name", name)
    assert part in call.fails("resolve", apart, "--conflict", money["key"], "--take", "A", *who)
    said = call("resolve", apart, "--owner", *who)
    assert part in said.out
    assert listed(call, apart, "budget_line")["sides"] == money["sides"]
    # the same question is asked where it is settled by number
    by_number = ("--settle", money["number"], "--choose", "1")
    assert part in call.fails("conflicts", apart, *by_number, *who)
    assert listed(call, apart, "budget_line")["sides"] == money["sides"]
    theirs = ("--role", "agency", "--name", "Dewi")
    assert call("resolve", apart, "--conflict", money["key"], "--take", "B", *theirs).code == 1


@pytest.mark.slow
def test_a_row_is_kept_or_deleted(call, town, tmp_path):
    theirs = tmp_path / "theirs.rancang"
    shutil.copyfile(town, theirs)
    call.ok("programme", theirs, "delete", "T-001", "--name", "Dewi")
    call.ok("programme", town, "budget", "T-001", "2027", "gift", "indicative=500")
    call.ok("programme", town, "set", "T-001", "title=Sumur baru")
    call.ok("bring-back", town, theirs, "--yes")
    case = listed(call, town, "programme")
    assert case["hangs"]["budget_line"] == 1
    assert "deleted along with it: 1 " in call("resolve", town).out
    assert "--value" in call.fails("resolve", town, "--conflict", case["key"], "--value", "x")
    assert "--sentences" in call.fails("resolve", town, "--conflict", case["key"], "--sentences", "1=A")
    call.ok("resolve", town, "--conflict", case["key"], "--delete")
    assert call.ok("programme", town, "list", json=True).records == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--take", "A"], "--conflict"),
        (["--conflict", "zzzzzzzz", "--take", "A"], "zzzzzzzz"),
        (["--conflict", "99"], '"99"'),
        (["--conflict", "²"], "²"),
        (["--conflict", "{money}", "--take", "Q"], '"Q"'),
        (["--conflict", "1", "--take", "A", "--keep"], "cannot be used with"),
        (["--conflict", "1", "--take", "A"], "--conflict {first}"),
        (["--conflict", "1", "--owner"], "--conflict {first}"),
        (["--conflict", "{money}", "--value", "banyak"], "banyak"),
        (["--conflict", "{money}", "--keep"], "--keep"),
        (["--conflict", "{money}", "--sentences", "1=A"], "--sentences"),
        (["--conflict", "{text}", "--sentences", "7=A"], "7=A"),
        (["--conflict", "{text}", "--sentences", "1"], '"1"'),
        (["--conflict", "{text}", "--words", "x"], '"x"'),
        (["--conflict", "{text}", "--sentences", "1=Z"], '"Z"'),
        (["--owner", "--agency", "NOWHERE"], "NOWHERE"),
    ],
)
def test_what_cannot_be_settled_so_is_told_and_nothing_changes(call, apart, words, part):
    keys = {
        "{money}": listed(call, apart, "budget_line")["key"],
        "{text}": listed(call, apart, "answer")["key"],
    }
    part = part.format(first=call("resolve", apart, json=True).records[0]["key"])
    head = call.ok("show", apart, json=True).record["head"]
    assert part in call.fails("resolve", apart, *[keys.get(word, word) for word in words])
    assert call.ok("show", apart, json=True).record["head"] == head


def test_what_differs_is_not_sealed(call, apart, tmp_path):
    package = tmp_path / "paket.asice"
    assert "3 fields are filled differently" in call.fails("seal", apart, package)
    assert not package.exists()
