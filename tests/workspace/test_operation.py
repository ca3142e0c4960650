"""Edits: one transaction, one history entry; everything can be read back, nothing half-done stays."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from sqlalchemy import event

from desktop.base import Message
from desktop.workspace import Place, Text, Workspace, draft, text_hash
from desktop.workspace.errors import ReadOnly, UnfitValue, UnknownRow

LABEL = Message("workspace.label.resolve")


def programme(workspace: Workspace) -> tuple[str, str]:
    """A programme with everything that can hang on it; returns (programme, agency)."""
    with workspace.operation(LABEL) as op:
        agency = op.insert("agency", code="2.16", name={"id": "Dinas Kominfo", "en": "ICT agency"})
        row = op.insert("programme", title={"id": "Layanan satu pintu"}, lead=agency, quick_win=True)
        op.put("budget_line", programme=row, year=2027, source="apbd", indicative=5_000_000_000)
        indicator = op.insert(
            "indicator", programme=row, name={"id": "Waktu layanan"}, direction="down", baseline="4.14"
        )
        op.put("target", indicator=indicator, year=2027, target=Decimal("3.5"))
        op.put("programme_agency", programme=row, agency=agency)
        op.answer_text("quick_win.benefit", "id", "Lebih cepat", scope=row)
    return row, agency


def test_everything_is_read_back(workspace: Workspace) -> None:
    row, agency = programme(workspace)
    found = workspace.plan().programmes[0]
    assert (found.id, found.lead, found.supporting, found.quick_win) == (row, agency, (agency,), True)
    assert found.title == Text({"id": "Layanan satu pintu"})
    assert found.budget[0].indicative == 5_000_000_000
    assert found.indicators[0].baseline == Decimal("4.14")
    assert found.indicators[0].targets[0].target == Decimal("3.5")
    assert workspace.plan().answer("quick_win.benefit", row).text.read("id") == "Lebih cepat"
    workspace.self_check()


def test_an_error_undoes_the_whole_operation(workspace: Workspace) -> None:
    head = workspace.head
    with pytest.raises(UnknownRow):
        _half_done(workspace)
    assert workspace.head == head
    assert workspace.plan().agencies == ()
    assert len(workspace.recent()) == 1


def _half_done(workspace: Workspace) -> None:
    with workspace.operation(LABEL) as op:
        op.insert("agency", name={"id": "Dinas"})
        op.set("programme", "0" * 32, quick_win=True)


def test_setting_what_already_is_writes_nothing(workspace: Workspace) -> None:
    row, _ = programme(workspace)
    head = workspace.head
    with workspace.operation(LABEL) as op:
        op.set("programme", row, quick_win=True)
        op.write("programme", row, "title", "id", "Layanan satu pintu")
        op.answer_text("quick_win.benefit", "id", "Lebih cepat", scope=row)
    assert workspace.head == head


def test_a_row_of_the_same_natural_key_is_updated(workspace: Workspace) -> None:
    row, _ = programme(workspace)
    with workspace.operation(LABEL) as op:
        op.put("budget_line", programme=row, year=2027, source="apbd", ceiling=4_000_000_000)
    line = workspace.plan().programmes[0].budget
    assert [(x.indicative, x.ceiling) for x in line] == [(5_000_000_000, 4_000_000_000)]


def test_a_translation_is_stale_when_its_source_changes(workspace: Workspace) -> None:
    row, _ = programme(workspace)
    with workspace.operation(LABEL) as op:
        op.write("programme", row, "title", "en", "One-stop service")
    title = workspace.plan().programmes[0].title
    assert title.made_from == {"en": text_hash("Layanan satu pintu")}
    assert not title.stale("en", "id")
    with workspace.operation(LABEL) as op:
        op.write("programme", row, "title", "id", "Layanan terpadu")
    assert workspace.plan().programmes[0].title.stale("en", "id")


def test_setting_only_a_translation_remembers_the_stored_source(workspace: Workspace) -> None:
    row, _ = programme(workspace)
    with workspace.operation(LABEL) as op:
        op.set("programme", row, title={"en": "One-stop service"})
    assert not workspace.plan().programmes[0].title.stale("en", "id")


def test_deleting_takes_the_parts_along_and_lets_go_of_mentions(workspace: Workspace) -> None:
    row, agency = programme(workspace)
    with workspace.operation(LABEL) as op:
        op.delete("agency", agency)
    assert workspace.plan().programmes[0].lead == ""
    assert workspace.plan().programmes[0].supporting == ()
    with workspace.operation(LABEL) as op:
        op.delete("programme", row)
    plan = workspace.plan()
    assert plan.programmes == ()
    assert plan.answers == {}
    workspace.self_check()
    workspace.undo()
    assert workspace.plan().programmes[0].budget[0].year == 2027


def test_worksheet_rows_keep_their_order(workspace: Workspace) -> None:
    with workspace.operation(LABEL) as op:
        first, second = op.add_row("swot"), op.add_row("swot")
        between = op.add_row("swot", before=second)
        op.cell_text(between, "strength", "id", "Kuat")
        op.cell(first, "rating", "good")
    rows = workspace.plan().rows["swot"]
    assert [row.id for row in rows] == [first, between, second]
    assert rows[1].cells["strength"].text.read("id") == "Kuat"
    with workspace.operation(LABEL) as op:
        op.move_row(second, before=first)
    assert [row.id for row in workspace.plan().rows["swot"]] == [second, first, between]


def test_a_fixed_row_is_the_same_row_everywhere(workspace: Workspace) -> None:
    with workspace.operation(LABEL) as op:
        row = op.fixed_row("readiness", "people")
        assert op.fixed_row("readiness", "people") == row
        op.cell(row, "rating", "good")
    assert workspace.plan().rows["readiness"][0].fixed == "people"


def test_evidence_is_kept_once_and_claims_point_at_fields(workspace: Workspace) -> None:
    place = Place("answer", item="profile.population")
    with workspace.operation(LABEL) as op:
        one = op.attach(b"isi" * 1_000_000, name="sk.pdf", media_type="application/pdf", caption={"id": "SK"})
        op.attach(b"isi" * 1_000_000, name="sama.pdf", media_type="application/pdf")
        op.claim(one, place)
    files = workspace.plan().evidence
    assert len({file.sha256 for file in files}) == 1
    assert files[0].claims == (place,)
    assert workspace.evidence_bytes(files[0].sha256) == b"isi" * 1_000_000
    with workspace.operation(LABEL) as op:
        op.unclaim(one, place)
    assert workspace.plan().evidence[0].claims == ()


@pytest.mark.parametrize("value", [1.5, "teks", True])
def test_a_value_that_does_not_fit_is_refused(workspace: Workspace, value: object) -> None:
    row, _ = programme(workspace)
    with pytest.raises(UnfitValue), workspace.operation(LABEL) as op:
        op.set("programme", row, start_year=value)


def test_a_natural_key_never_changes(workspace: Workspace) -> None:
    programme(workspace)
    line = workspace.plan().programmes[0].budget[0].id
    with pytest.raises(UnfitValue), workspace.operation(LABEL) as op:
        op.set("budget_line", line, year=2028)


def test_texts_are_stored_in_one_normal_form(workspace: Workspace) -> None:
    with workspace.operation(LABEL) as op:
        op.insert("agency", code="1\r\n2", name={"id": "Cafe\u0301"})
    agency = workspace.plan().agencies[0]
    assert (agency.code, agency.name.read("id")) == ("1\n2", "Caf\u00e9")


def test_a_read_only_workspace_refuses_edits(workspace: Workspace) -> None:
    path = workspace.path
    workspace.close()
    with (
        Workspace.open(path, read_only=True) as reader,
        pytest.raises(ReadOnly),
        reader.operation(LABEL) as op,
    ):
        op.insert("agency", name={"id": "Dinas"})


def test_history_tells_who_changed_a_field(workspace: Workspace) -> None:
    row, _ = programme(workspace)
    with workspace.operation(Message("workspace.label.create", region="x")) as op:
        op.write("programme", row, "title", "id", "Baru")
    newest = workspace.history("programme", row, "title")[0]
    assert (newest.author, newest.before, newest.after) == ("Sari", ("Layanan satu pintu",), "Baru")
    assert newest.label == Message("workspace.label.create", region="x")


def test_whoever_listens_hears_what_changed(workspace: Workspace) -> None:
    heard: list[frozenset[tuple[str, str]]] = []
    workspace.changed.append(lambda changes: heard.append(changes.rows))
    row, _ = programme(workspace)
    assert ("programme", row) in heard[0]


@pytest.mark.parametrize("value", [1.5, float("nan"), {"a": 1}, 2**53, "x" * 5_000_001])
def test_an_answer_given_again_is_held_to_the_same_rules(workspace: Workspace, value: object) -> None:
    """Only the first answer was looked at; a float got into the journal with the second."""
    with workspace.operation(LABEL) as op:
        op.answer("profile.population", 1)
        row = op.fixed_row("readiness", "people")
        op.cell(row, "rating", "good")
    head = workspace.head
    with pytest.raises(UnfitValue), workspace.operation(LABEL) as op:
        op.answer("profile.population", value)
    with pytest.raises(UnfitValue), workspace.operation(LABEL) as op:
        op.cell(row, "rating", value)
    assert workspace.head == head


def test_texts_given_again_are_stored_in_one_normal_form_too(workspace: Workspace) -> None:
    for _ in range(2):
        with workspace.operation(LABEL) as op:
            op.answer_text("chapter.I", "id", "Cafe\u0301\r\n\x00\ud83d")
            row = op.fixed_row("readiness", "people")
            op.cell_text(row, "condition", "id", "Cafe\u0301\r\n\x07")
    assert len(workspace.recent()) == 2
    with workspace.operation(LABEL) as op:
        op.answer_text("chapter.I", "id", "Lain")
        op.cell_text(row, "condition", "id", "Lain e\u0301")
    assert workspace.plan().rows["readiness"][0].cells["condition"].text.read("id") == "Lain \u00e9"
    with workspace.operation(LABEL) as op:
        op.answer_text("chapter.I", "id", "Cafe\u0301")
    assert workspace.plan().answer("chapter.I").text.read("id") == "Caf\u00e9"


def test_yes_is_not_one(workspace: Workspace) -> None:
    """To Python True equals 1, so the second answer was taken for the first."""
    for value in (1, True, 0, False):
        with workspace.operation(LABEL) as op:
            op.answer("profile.population", value)
            op.cell(op.fixed_row("readiness", "people"), "rating", value)
        assert workspace.plan().answer("profile.population").value is value
        assert workspace.plan().rows["readiness"][0].cells["rating"].value is value


def test_a_lead_changed_before_the_old_one_is_deleted_stays(workspace: Workspace) -> None:
    """In one operation the deletion looked at the file and took the new lead away."""
    row, agency = programme(workspace)
    with workspace.operation(LABEL) as op:
        other = op.insert("agency", name={"id": "Bappeda"})
        op.set("programme", row, lead=other)
        op.delete("agency", agency)
    assert workspace.plan().programmes[0].lead == other
    with workspace.operation(LABEL) as op:
        third = op.insert("agency", name={"id": "Dinas"})
        op.set("programme", row, lead=third)
        op.delete("agency", third)
    assert workspace.plan().programmes[0].lead == ""


def test_a_reference_to_no_row_is_refused_as_such(workspace: Workspace) -> None:
    """It was told as damage of the file."""
    row, _ = programme(workspace)
    with pytest.raises(UnknownRow), workspace.operation(LABEL) as op:
        op.set("programme", row, lead="0" * 32)
    with workspace.operation(LABEL) as op:
        op.set("programme", row, lead="")
    assert workspace.plan().programmes[0].lead == ""


@pytest.mark.parametrize("years", [{"first_year": None}, {"last_year": 10**9}, {"region": "99.99"}])
def test_the_plan_stays_readable(workspace: Workspace, years: dict[str, int | None]) -> None:
    with pytest.raises(UnfitValue), workspace.operation(LABEL) as op:
        op.set("plan", workspace.plan_row, **years)
    with pytest.raises(UnfitValue), workspace.operation(LABEL) as op:
        op.delete("plan", workspace.plan_row)
    assert workspace.plan().first_year == 2026


def test_whoever_listens_is_told_though_another_listener_fails(workspace: Workspace) -> None:
    heard: list[str] = []

    def fails(_: object) -> None:
        heard.append("fails")
        raise ZeroDivisionError

    workspace.changed += [fails, lambda _: heard.append("second"), fails, lambda _: heard.append("last")]
    with pytest.raises(ZeroDivisionError):
        programme(workspace)
    assert heard == ["fails", "second", "fails", "last"]
    assert len(workspace.plan().programmes) == 1
    workspace.changed.clear()
    with workspace.operation(LABEL) as op:
        op.answer("profile.population", 5)
    workspace.self_check()


def test_a_listener_may_edit(workspace: Workspace) -> None:
    def once(_: object) -> None:
        workspace.changed.clear()
        with workspace.operation(LABEL) as op:
            op.answer("profile.population", 5)

    workspace.changed.append(once)
    programme(workspace)
    assert workspace.plan().answer("profile.population").value == 5


def test_an_operation_within_another_is_the_program_s_fault_and_not_the_file_s(workspace: Workspace) -> None:
    def nested() -> None:
        with workspace.operation(LABEL) as outer:
            outer.answer("profile.population", 5)
            with workspace.operation(LABEL) as inner:
                inner.answer("profile.population", 6)

    for attempt in (nested, lambda: _within(workspace, workspace.undo)):
        with pytest.raises(RuntimeError):
            attempt()
        assert workspace.plan().answers == {}
    programme(workspace)
    workspace.self_check()


def _within(workspace: Workspace, act: Callable[[], object]) -> None:
    with workspace.operation(LABEL) as op:
        op.answer("profile.population", 5)
        act()


def test_an_error_after_a_file_was_taken_in_leaves_no_bytes(workspace: Workspace) -> None:
    def fail() -> None:
        with workspace.operation(LABEL) as op:
            op.attach(b"x" * 3_000_000, name="x.bin", media_type="application/octet-stream")
            op.set("programme", "0" * 32, code="x")

    chunks = "SELECT count(*) FROM blob_chunk"
    before = workspace._connection.exec_driver_sql(chunks).scalar()
    with pytest.raises(UnknownRow):
        fail()
    assert workspace._connection.exec_driver_sql(chunks).scalar() == before
    workspace.self_check()


@pytest.mark.slow
def test_hundreds_of_rows_in_one_operation(make: Callable[..., Workspace]) -> None:
    """Every new row once read the positions of all others: minutes for thousands of them."""
    costs = {}
    for many in (100, 400):
        with make(f"with {many}") as workspace:
            costs[many] = statements(workspace, lambda many=many: add(workspace, many))
            found = workspace.plan().programmes
            assert [each.title.read("id") for each in found[:3]] == ["Program 0", "Program 1", "Program 2"]
            assert found[-1].budget[0].indicative == many - 1
            last = workspace.plan().rows["swot"][-1]
            assert last.cells["strength"].text.read("id") == f"Kuat {many - 10}"
            costs[-many] = statements(workspace, workspace.undo)
            assert workspace.plan().programmes == ()
    assert costs[400] < 5 * costs[100]
    assert costs[-400] < 5 * costs[-100]


def add(workspace: Workspace, many: int) -> None:
    """Programmes with a budget line each, and a tenth as many rows of a worksheet."""
    with workspace.operation(LABEL) as op:
        for n in range(many):
            row = op.insert("programme", title={"id": f"Program {n}"})
            op.put("budget_line", programme=row, year=2027, source="apbd", indicative=n)
            if n % 10 == 0:
                op.cell_text(op.add_row("swot"), "strength", "id", f"Kuat {n}")


def statements(workspace: Workspace, act: Callable[[], object]) -> int:
    """What SQLite does meanwhile, in hundreds of its own instructions."""
    seen = [0]

    def count() -> None:
        seen[0] += 1

    raw = workspace._raw()
    raw.set_progress_handler(count, 100)
    act()
    raw.set_progress_handler(None, 0)
    return seen[0]


@pytest.mark.parametrize("few", [0, draft.FEW], ids=["all-at-once", "one-by-one"])
def test_a_large_paste_knows_which_cells_are_there(
    workspace: Workspace, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(draft, "FEW", few)
    with workspace.operation(LABEL) as op:
        row = op.add_row("innovations")
        for number in range(0, 40, 2):
            op.cell(row, f"c{number}", number)
    with workspace.operation(LABEL) as op:
        for number in range(40):
            op.cell(row, f"c{number}", number + 100)
        gone = op.add_row("innovations")
        op.cell(gone, "c1", 1)
        op.delete("row", gone)
        with pytest.raises(UnknownRow):
            op.set("row", gone, sort="z")
        kinds = [edit.kind for edit in op.edits() if edit.table == "cell"]
    assert (kinds.count("U"), kinds.count("I")) == (20, 20)
    (found,) = workspace.plan().rows["innovations"]
    assert {name: cell.value for name, cell in found.cells.items()} == {
        f"c{number}": number + 100 for number in range(40)
    }


def test_a_large_paste_asks_only_a_few_times(workspace: Workspace) -> None:
    with workspace.operation(LABEL) as op:
        row = op.add_row("innovations")
    asked: list[str] = []
    event.listen(workspace._connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
    with workspace.operation(LABEL) as op:
        for number in range(400):
            op.cell(row, f"c{number}", number)
        assert sum("FROM cell" in each for each in asked) <= draft.FEW + 1
