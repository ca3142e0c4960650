"""What is said of a part in two copies: it comes together, or stands beside each other, and is never lost."""

import datetime as dt
import shutil
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.base import Message
from desktop.checks.owing import Owing, Standing, late, tally
from desktop.exchange import duties
from desktop.guideline import write_pack
from desktop.workspace import Author, Workspace
from tests.cli.calling import TINY
from tests.workspace.histories import state, take

LABEL = Message("cli.label.duty")
TODAY = dt.date(2027, 3, 1)
SARI, BUDI = Author("Sari", "secretary"), Author("Budi", "agency")
COPIES = count()
SAID = (duties.OPEN, duties.SENT, duties.APPROVED, duties.RETURNED, duties.NOT_OURS)


@pytest.fixture
def town(tmp_path, monkeypatch):
    made = Workspace.create(
        tmp_path / "kota.rancang", region="18.07", first_year=2027, last_year=2030, title={"id": "Rencana"},
        pack=write_pack(TINY), author=SARI,
    )  # fmt: skip
    with made.operation(LABEL) as op:
        agency = op.insert("agency", name={"id": "Dinas Air"}, short_name="AIR")
        row = op.add_row("wishes", agency=agency)
        op.cell_text(row, "wish", "id", "Sumur")
    opened = [made]

    def copy(name):
        monkeypatch.setenv("RANCANG_HOME", str(tmp_path / f"home of {name}"))
        path = tmp_path / f"{name}.rancang"
        shutil.copy(made.path, path)
        opened.append(Workspace.open(path, author=Author(name, "agency")))
        return opened[-1]

    made.copy = copy
    made.agency = agency
    yield made
    for each in opened:
        each.close()


def owing(workspace):
    return Owing(workspace.plan(), workspace.pack(), TODAY)


def part(workspace, agency):
    found = owing(workspace).find(("worksheet", "wishes", agency))
    assert found is not None
    return found


def say(workspace, agency, said, author=SARI, note="x"):
    picture = owing(workspace)
    with workspace.operation(LABEL) as op:
        duties.say(op, picture, picture.find(("worksheet", "wishes", agency)), said, author, note)


def test_what_two_copies_say_differently_is_listed_and_settled(town):
    say(town, town.agency, duties.SENT)
    other = town.copy("Budi")
    say(town, town.agency, duties.RETURNED, note="Sebutkan tempatnya")
    say(other, town.agency, duties.APPROVED, note="")
    for target, source in ((town, other), (other, town)):
        take(target, source)
    assert state(town) == state(other)
    assert [(each.table, each.field) for each in town.conflicts() if each.field == "state"] == [
        ("duty", "state")
    ]
    assert {each.field for each in town.conflicts()} <= {"state", "note"}
    assert part(town, town.agency).differs
    for conflict in town.conflicts():
        value = "returned" if conflict.field == "state" else "Sebutkan tempatnya"
        town.resolve(conflict, value)
    take(other, town)
    assert town.conflicts() == other.conflicts() == []
    assert part(other, town.agency).standing is Standing.RETURNED


@pytest.mark.slow
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.tuples(st.sampled_from(SAID), st.sampled_from(SAID)), st.tuples(st.booleans(), st.booleans()))
def test_whatever_two_copies_say_apart_is_shown_or_listed_and_the_same_everywhere(town, said, spoke):
    """Nothing said is lost: the one who spoke is heard, two who differ are both listed."""
    start = "filled"
    with town.operation(LABEL) as op:
        op.duty("worksheet", "wishes", town.agency, state=start)
    for conflict in town.conflicts():
        town.resolve(conflict, start)
    other = town.copy(f"Budi {next(COPIES)}")
    for copy, state_, speaks in zip((town, other), said, spoke, strict=True):
        if speaks:
            with copy.operation(LABEL) as op:
                op.duty("worksheet", "wishes", town.agency, state=state_)
    take(town, other)
    take(other, town)
    assert state(town) == state(other)
    heard = {state_ for state_, speaks in zip(said, spoke, strict=True) if speaks}
    listed = [each for each in town.conflicts() if each.field == "state"]
    (duty,) = [each for each in town.plan().duties if each.page == "worksheet"]
    if len(heard) == 2:
        assert {choice.value for choice in town.choices(listed[0])} == heard
    else:
        assert listed == []
        assert duty.state == (heard.pop() if heard else start)


def test_the_same_said_twice_is_no_difference(town):
    other = town.copy("Budi")
    say(town, town.agency, duties.SENT)
    say(other, town.agency, duties.SENT, BUDI)
    take(town, other)
    take(other, town)
    assert town.conflicts() == other.conflicts() == []
    assert part(town, town.agency).standing is Standing.SENT
    assert state(town) == state(other)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(SAID), max_size=6), st.booleans(), st.booleans())
def test_only_what_may_be_said_is_said_and_each_answer_follows_from_the_one_before(said, filled, agency):
    """A small machine beside the real rules: no path leads to *approved* but by way of *sent*."""
    from dataclasses import replace

    from desktop.checks.owed_content import Measure

    now = Standing.FILLED if filled else Standing.EMPTY
    here = _part(now, Measure(int(filled), 1, 1, 0, 0, filled))
    author = BUDI if agency else SARI
    for wanted in said:
        written = {}

        class Op:
            def duty(self, *_key, **values):
                written.update(values)  # noqa: B023 - looked at before the next turn
                return "row"

        before = here.standing
        try:
            duties.say(Op(), _Nobody(), here, wanted, author, "why")
        except (duties.NotEntitled, duties.NotThere, duties.NothingToSend):
            assert not written
            continue
        if wanted == duties.APPROVED:
            assert before is Standing.SENT
            assert not agency
        if wanted == duties.SENT:
            assert filled
        computed = Standing.FILLED if filled else Standing.EMPTY
        here = replace(here, standing=Standing(wanted) if wanted else computed)


class _Nobody:
    def person(self, _agency, _task):
        return None


def _part(standing, measure):
    from desktop.checks.owing import Owed

    return Owed("worksheet", "wishes", "a", "", standing, False, measure, "", False, None, None, None, False)


def test_a_part_without_a_reason_is_neither_returned_nor_refused(town):
    for said in (duties.RETURNED, duties.NOT_OURS):
        with pytest.raises(duties.NeedsReason):
            say(town, town.agency, said, note="  ")


def test_sending_marks_what_is_filled_and_not_sent_yet_and_nothing_else(town):
    with town.operation(LABEL) as op:
        op.insert("programme", title={"id": "Sumur"}, lead=town.agency)
    picture = owing(town)
    with town.operation(LABEL) as op:
        sent = duties.send(op, picture, town.agency, BUDI)
    assert [each.ref for each in sent] == ["wishes"]
    assert duties.to_send(owing(town).of(town.agency)) == ()
    assert tally(owing(town).parts).settled == 1


def test_evidence_belongs_to_what_was_sent(town):
    from desktop.workspace import Place

    say(town, town.agency, duties.SENT)
    row = town.plan().rows["wishes"][0].id
    town = town.copy("Budi")
    with town.operation(LABEL) as op:
        file = op.attach(b"photo", name="a.jpg", media_type="image/jpeg")
        op.claim(file, Place("cell", row, "wish"))
    found = part(town, town.plan().agencies[0].id)
    assert found.measure.files == 1
    assert found.changed


@pytest.mark.parametrize(
    ("key", "due"),
    [
        (("", "", ""), "2027-12-31"),
        (("worksheet", "wishes", ""), "2027-06-30"),
        (("", "", "agency"), "2027-05-31"),
        (("worksheet", "wishes", "agency"), "2027-02-28"),
    ],
)
def test_the_nearest_due_date_counts(town, key, due):
    order = [
        (("", "", ""), "2027-12-31"), (("worksheet", "wishes", ""), "2027-06-30"),
        (("", "", "agency"), "2027-05-31"), (("worksheet", "wishes", "agency"), "2027-02-28"),
    ]  # fmt: skip
    with town.operation(LABEL) as op:
        for (page, ref, agency), day in order[: order.index((key, due)) + 1]:
            op.deadline(day, page=page, ref=ref, agency=town.agency if agency else "")
    found = part(town, town.agency)
    assert found.due == due
    assert found.late is (due < TODAY.isoformat())
    assert bool(late(owing(town).parts)) is found.late


def test_a_worksheet_given_to_some_is_owed_by_those_and_by_whoever_wrote_in_it(town):
    with town.operation(LABEL) as op:
        other = op.insert("agency", name={"id": "Dinas Tanah"})
        third = op.insert("agency", name={"id": "Dinas Api"})
    assert {each.agency for each in owing(town).parts} == {town.agency, other, third}
    picture = owing(town)
    with town.operation(LABEL) as op:
        duties.assign(op, picture, [("worksheet", "wishes")], [other])
    assert {each.agency for each in owing(town).parts} == {town.agency, other}


def test_what_was_given_to_one_is_owed_by_no_other_when_that_one_sent_it(town):
    with town.operation(LABEL) as op:
        op.insert("agency", name={"id": "Dinas Tanah"})
    picture = owing(town)
    with town.operation(LABEL) as op:
        duties.assign(op, picture, [("worksheet", "wishes")], [town.agency])
    picture = owing(town)
    with town.operation(LABEL) as op:
        duties.send(op, picture, town.agency, BUDI)
    assert part(town, town.agency).standing.value == "sent"
    assert {each.agency for each in owing(town).parts} == {town.agency}


def test_the_others_owe_their_part_still_when_the_first_agency_sent_its_own(town):
    with town.operation(LABEL) as op:
        other = op.insert("agency", name={"id": "Dinas Tanah"})
    picture = owing(town)
    with town.operation(LABEL) as op:
        duties.send(op, picture, town.agency, BUDI)
    assert part(town, town.agency).standing.value == "sent"
    assert {each.agency for each in owing(town).parts} == {town.agency, other}


def test_an_office_that_ceased_to_be_owes_nothing_new(town):
    with town.operation(LABEL) as op:
        gone = op.insert("agency", name={"id": "Dinas Lama"}, until="2027-01-31")
    assert owing(town).of(gone) == ()


# -- what changed since it was sent ----------------------------------------------------------------------
def write(workspace, words, *, sheet="wishes", column="wish"):
    row = workspace.plan().rows[sheet][0].id
    with workspace.operation(LABEL) as op:
        op.cell_text(row, column, "id", words)


def test_a_difference_settled_by_the_team_leaves_the_part_sent_and_it_is_approved(town):
    other = town.copy("Budi")
    write(other, "Sumur bor")
    say(other, town.agency, duties.SENT, BUDI)
    write(town, "Sumur gali")
    take(town, other)
    (conflict,) = town.conflicts()
    town.resolve(conflict, next(each.value for each in town.choices(conflict) if "gali" in str(each.value)))
    take(other, town)
    for copy in (town, other):
        found = part(copy, town.agency)
        assert (found.standing, found.changed, found.moved) == (Standing.SENT, False, True)
        assert duties.to_send(owing(copy).of(town.agency)) == ()
    assert duties.approved_anew([part(town, town.agency)]) is not None
    say(town, town.agency, duties.APPROVED, note="")
    found = part(town, town.agency)
    assert (found.standing, found.moved) == (Standing.APPROVED, False)


@pytest.mark.slow
def test_what_the_agency_wrote_after_sending_is_not_sent_yet_also_when_it_was_written_elsewhere(town):
    other = town.copy("Budi")
    third = town.copy("Citra")
    say(other, town.agency, duties.SENT, BUDI)
    write(third, "Dua sumur")
    take(town, other)
    assert part(town, town.agency).standing is Standing.SENT
    take(town, third)
    found = part(town, town.agency)
    assert (found.standing, found.changed) == (Standing.FILLED, True)
    say(town, town.agency, duties.APPROVED, note="")
    assert part(town, town.agency).standing is Standing.APPROVED
    take(other, town)
    assert part(other, town.agency).standing is Standing.APPROVED
    write(other, "Tiga sumur")
    assert part(other, town.agency).changed
    say(other, town.agency, duties.SENT, BUDI)
    assert part(other, town.agency).standing is Standing.SENT


def test_what_was_written_before_it_was_sent_again_is_sent(town, monkeypatch):
    """The state is the same when a part is sent again: its day tells which writing came before."""
    other = town.copy("Budi")
    for day, words in ((1, "Sumur bor"), (2, "Dua sumur")):
        monkeypatch.setenv("RANCANG_NOW", f"2027-03-0{day}T08:00:00Z")
        write(other, words)
        say(other, town.agency, duties.SENT, BUDI)
    take(town, other)
    write(town, "Sumur gali")
    found = part(town, town.agency)
    assert (found.standing, found.changed, found.moved) == (Standing.SENT, False, True)


def test_what_somebody_of_another_office_wrote_asks_nothing_of_this_one(town):
    with town.operation(LABEL) as op:
        tanah = op.insert("agency", name={"id": "Dinas Tanah"})
        op.insert("person", name="Citra", agency=tanah)
        op.insert("person", name="Budi", agency=town.agency)
    other, third = town.copy("Budi"), town.copy("Citra")
    say(other, town.agency, duties.SENT, BUDI)
    write(third, "Dua sumur")
    take(town, other)
    take(town, third)
    found = part(town, town.agency)
    assert (found.standing, found.changed, found.moved) == (Standing.SENT, False, True)


def test_a_row_deleted_after_sending_and_another_part_written_in(town):
    with town.operation(LABEL) as op:
        programme = op.insert("programme", title={"id": "Sumur"}, lead=town.agency)
        op.put("budget_line", programme=programme, year=2027, source="APBD", indicative=5)
    other = town.copy("Budi")
    picture = owing(other)
    with other.operation(LABEL) as op:
        duties.send(op, picture, town.agency, BUDI)
    with other.operation(LABEL) as op:
        op.put("budget_line", programme=programme, year=2027, source="APBD", indicative=7)
    take(town, other)
    write(town, "Sumur gali")
    stands = {each.ref: (each.standing, each.changed) for each in owing(town).parts}
    assert stands["wishes"] == (Standing.SENT, False)
    assert stands[programme] == (Standing.FILLED, True)
    with other.operation(LABEL) as op:
        op.delete("row", other.plan().rows["wishes"][0].id)
    assert part(other, town.agency).changed
