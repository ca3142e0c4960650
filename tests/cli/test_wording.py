"""``rancang wording``: parts of drafts told, worded and given back."""

import shutil

import pytest

from desktop.base import Message
from desktop.checks import check
from desktop.workspace import Author, Workspace
from desktop.workspace.wording import conflicts_apart, write

ROOM = Message("books.room")


def parts(said):
    return {each["part"]: each for each in said.records if each["kind"] == "wording"}


@pytest.mark.slow
def test_a_part_is_worded_left_out_and_given_back(call, town, tmp_path):
    told = parts(call("wording", town, "decree", json=True))
    assert not any(each["own"] for each in told.values())
    assert told["why"]["text"] == told["why"]["template"] != ""
    words = tmp_path / "why.txt"
    words.write_text("bahwa satu;\nbahwa dua;\n", encoding="utf-8")
    worded = parts(call("wording", town, "decree", "why", f"@{words}", json=True))["why"]
    assert (worded["own"], worded["text"]) == (True, "bahwa satu;\nbahwa dua;")
    assert "Considering" in call("history", town).out
    english = parts(call("wording", town, "decree", "why", "--book-language", "en", json=True))["why"]
    assert (english["own"], english["text"]) == (False, "bahwa satu;\nbahwa dua;")  # so it is printed
    wanted = ["wording", town, "decree", "why", "--book-language", "en"]
    template = parts(call(*wanted, "--template", json=True))["why"]
    assert (template["own"], template["text"]) == (False, english["template"])
    assert parts(call("wording", town, "decree", "copies", "--leave-out", json=True))["copies"]["text"] == "-"
    target = tmp_path / "sk.html"
    call("legal", town, "decree", target)
    page = target.read_text(encoding="utf-8")
    assert "bahwa dua;" in page
    assert "Tembusan:" not in page
    back = parts(call("wording", town, "decree", "why", "--template", json=True))["why"]
    assert (back["own"], back["text"]) == (False, back["template"])


def test_all_drafts_are_told_without_a_name_and_what_cannot_be_meant_is_said(call, town):
    documents = {each["document"] for each in call("wording", town, json=True).records}
    assert documents == {"decree", "regulation", "note", "record", "attendance"}
    unknown = call("wording", town, "decree", "nothing", "x")
    assert unknown.code == 2
    assert "why" in unknown.err
    both = [["decree", "why", "x", each] for each in ("--template", "--leave-out")]
    for wrong in (["--template"], ["decree", "--template"], ["decree", "why", " "], *both):
        assert call("wording", town, *wrong).code == 2


def test_two_wordings_of_a_draft_hold_nothing_up(town, tmp_path):
    other = tmp_path / "other.rancang"
    shutil.copyfile(town, other)
    for path, author, words in ((town, "Sari", "satu"), (other, "Rina", "dua")):
        with Workspace.open(path, author=Author(author)) as workspace, workspace.operation(ROOM) as op:
            write(op, "note", "opening", "id", words)
    with Workspace.open(town, author=Author("Sari")) as workspace:
        workspace.bring_back(other)
        plan = workspace.plan()
        assert len(plan.conflicts) == 1
        assert conflicts_apart(plan) == ()
        assert "open_conflicts" not in {each.check for each in check(plan, workspace.pack()).findings}
