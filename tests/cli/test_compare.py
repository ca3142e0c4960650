"""``rancang compare``: two states of one document, from a copy, a day or a package."""

import datetime as dt
import re
import shutil
from dataclasses import replace

import pytest

from desktop.base import Language, Message, clock
from desktop.cli.revisions import differing
from desktop.cli.revisions.states import NoPlanInside, PackageRefused, of_file
from desktop.cli.revisions.submitted import submitted
from desktop.guideline import load_pack, write_pack
from desktop.workspace import Author, Workspace
from desktop.workspace.plan import EvidenceFile, Place, Text
from tests.books import plans
from tests.cli.calling import TINY

DATA = TINY.parent


@pytest.fixture
def older(town, tmp_path):
    """The document as it was, after which a programme was changed, one added and an agency removed."""
    copy = tmp_path / "older.rancang"
    shutil.copyfile(town, copy)
    with Workspace.open(town, author=Author("Sari")) as workspace:
        plan = workspace.plan()
        with workspace.operation(Message("books.room")) as op:
            wells = plan.programmes[0].id
            op.set("programme", wells, title={"id": "Sumur bersih warga"}, end_year=2029)
            op.insert("budget_line", programme=wells, year=2026, source="apbd", indicative=5_000_000)
            bridge = op.insert("programme", title={"id": "Jembatan"}, dimension="air", start_year=2027)
            op.insert("budget_line", programme=bridge, year=2027, source="apbd", indicative=1_000)
            op.delete("agency", plan.agencies[1].id)
    return copy


def changes(said):
    return [each for each in said.records if each["kind"] == "change"]


def test_what_differs_is_told_thing_by_thing_and_written(call, town, older, tmp_path):
    target = tmp_path / "out.html"
    said = call("compare", town, older, "--output", target, json=True)
    assert said.code == 0
    found = [
        (each["what"], each["name"], [tuple(one.values()) for one in each["fields"]])
        for each in changes(said)
    ]
    assert [what for what, *_ in found].count("added") == 2  # a line of the budget; the bridge with its own
    changed = next(fields for what, _, fields in found if what == "changed")
    assert ("title (Indonesian)", "Sumur warga", "Sumur bersih warga") in changed
    added = next(fields for _, name, fields in found if name == "programme" and fields[0][1] == "")
    assert any("1,000" in after for *_, after in added)
    assert [name for what, name, _ in found if what == "removed"] == ["agency “Dinas Tanah”"]
    page = target.read_text(encoding="utf-8")
    assert "<s>Sumur warga</s>" in page
    assert "+5.001.000" in page


@pytest.mark.slow
def test_what_a_text_becomes_besides_its_letters_is_told(call, town, tmp_path):
    """A paragraph that became a heading was no change, and the paper said that both states say the same."""
    call.ok("set", town, "chapter.A.start", "<p>Kewajiban</p><ol><li>Lahan</li></ol>", "--name", "Sari")
    call.ok("set", town, "town.song", "<p>Sama</p>", "--name", "Sari")
    copy = tmp_path / "older.rancang"
    shutil.copyfile(town, copy)
    call.ok("set", town, "chapter.A.start", "<h2>Kewajiban</h2><p>Lahan</p>", "--name", "Sari")
    target = tmp_path / "out.html"
    said = call("compare", town, copy, "--output", target, "--book-language", "en", json=True)
    (change,) = changes(said)
    (field,) = change["fields"]
    assert field["before"] == "Kewajiban\n‹numbered item level 1: Lahan›"
    assert field["after"] == "‹heading level 2: Kewajiban›\nLahan"
    assert "heading level 2: Kewajiban" in re.sub("<[^>]*>", "", target.read_text(encoding="utf-8"))


def test_a_copy_against_itself_says_the_same(call, town, tmp_path):
    copy = tmp_path / "copy.rancang"
    shutil.copyfile(town, copy)
    assert changes(call("compare", town, copy, "--output", tmp_path / "a.html", json=True)) == []


def test_the_state_of_a_day_stands_against_now(call, town, tmp_path):
    said = call("compare", town, "--since", "2999-01-01", "--output", tmp_path / "a.html", json=True)
    assert changes(said) == []
    early = call("compare", town, "--since", "2001-01-01", "--output", tmp_path)
    assert early.code != 0
    assert "2001" in early.err


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["{town}", "--since", "2026-11-01"],
        ["--since", "yesterday"],
        ["--since", "2026-02-31"],
        ["--since", "0001-01-01"],
        ["--since", "2999-01-02", "--until", "2999-01-01"],
    ],
)
def test_what_cannot_be_meant_is_asked_again(call, town, arguments):
    said = call("compare", town, *[each.format(town=town) for each in arguments])
    assert said.code == 2
    assert said.err


def test_another_document_is_none_of_its_states(call, town, tmp_path):
    other = tmp_path / "other.rancang"
    call("new", other, "--region", "18.07", "--years", "2026-2029", "--guideline", TINY)
    said = call("compare", town, other, "--output", tmp_path / "x.pdf")
    assert said.code != 0
    assert "other.rancang" in said.err
    assert not (tmp_path / "x.pdf").exists()


def test_the_later_file_is_not_taken_for_the_earlier_one(call, town, tmp_path):
    older = tmp_path / "older.rancang"
    shutil.copyfile(town, older)
    with (
        clock.held(dt.date(2999, 1, 1)),
        Workspace.open(town, author=Author("Sari")) as workspace,
        workspace.operation(Message("books.room")) as op,
    ):
        op.insert("programme", title={"id": "Jembatan"}, dimension="air", start_year=2027)
    said = call("compare", older, town, "--output", tmp_path / "x.pdf")
    assert said.code == 2
    assert "older.rancang" not in said.err  # it is told as the document itself
    assert "town" in said.err
    assert not (tmp_path / "x.pdf").exists()


def test_a_package_tells_its_plan_and_a_broken_one_is_refused(tmp_path):
    pack = load_pack(write_pack(TINY))
    state = of_file(DATA / "package-2" / "sheet.asice", Language.EN, pack)
    assert state.plan.workspace
    assert state.pack.pack.id == state.plan.guideline.id
    broken = tmp_path / "broken.asice"
    broken.write_bytes(b"PK\x03\x04 nothing more")
    with pytest.raises(PackageRefused):
        of_file(broken, Language.EN, pack)
    with pytest.raises(NoPlanInside):
        of_file(DATA / "package-1" / "sealed.asice", Language.EN, pack)


def test_every_row_of_a_submitted_plan_has_a_name_of_its_own():
    plan = submitted(plans.plan())
    ids = [line.id for each in plan.programmes for line in (*each.budget, *each.ceilings)]
    ids += [one.id for each in plan.programmes for one in each.indicators]
    ids += [one.id for each in plan.programmes for part in each.indicators for one in part.targets]
    assert all(ids)
    assert len(ids) == len(set(ids))


def test_rows_alike_what_evidence_supports_and_the_region_are_told_too():
    one = plans.plan()
    programme = one.programmes[0]
    line = programme.budget[0]
    alike = replace(line, id="twin", indicative=200)

    def having(*lines, **changed):
        return replace(one, programmes=(replace(programme, budget=lines), *one.programmes[1:]), **changed)

    def said(before, after):
        pack = plans.pack()
        found = differing.changes(submitted(before), pack, submitted(after), pack, Language.EN)
        return [(each.what, [(s.label, s.before, s.after) for s in each.said]) for each in found]

    both = having(replace(line, indicative=100), alike)
    assert said(both, both) == []
    ((what, fields),) = said(both, having(replace(line, indicative=150), alike))
    assert what == "changed"
    assert len(fields) == 1
    assert [what for what, _ in said(both, having(replace(line, indicative=100)))] == ["removed"]
    file = EvidenceFile("e1", "ab" * 32, "sk.pdf", "application/pdf", 9, Text({}), True, ())
    claims = [replace(file, claims=(Place("programme", each.id),)) for each in one.programmes[:2]]
    before, after = (replace(one, evidence=(each,)) for each in claims)
    ((what, ((label, first, then),)),) = said(before, after)
    assert (what, label) == ("changed", "Supports")
    assert first
    assert then not in {"", first}
    moved = replace(one, region=replace(one.region, name="Kota Metro"))
    ((what, ((label, first, then),)),) = said(one, moved)
    assert (what, label.casefold(), then.split(",")[0]) == ("changed", "region", "Kota Metro")
    assert one.region.name in first
