"""Every value can say where it comes from, also after undo, and a suggestion can be confirmed."""

from desktop.base import Message
from desktop.base.ids import derived_id
from desktop.workspace import Author
from desktop.workspace.provenance import Manner, newest

DO = Message("workspace.label.test")
IMPORT = Message("exchange.import.label", file="renja.xlsx", n=2)


def answer(item: str, language: str = "") -> tuple[str, str, str]:
    return "answer", derived_id("answer", item, "", language), "value"


def told(workspace, register):
    return workspace.provenance([register]).get(register)


def test_what_was_never_written_comes_from_nowhere(workspace):
    assert workspace.provenance([answer("town.mayor")]) == {}


def test_a_typed_answer_names_who_typed_it_last_and_when(workspace):
    for name, value in (("Sari", "Satu"), ("Budi", "Dua")):
        workspace.author = Author(name, "agency")
        with workspace.operation(DO) as op:
            op.answer("town.mayor", value)
    found = told(workspace, answer("town.mayor"))
    assert (found.manner, found.author, found.role) == (Manner.TYPED, "Budi", "agency")
    assert found.when == workspace.plan().changed_at
    assert found.label == DO


def test_rows_of_an_imported_list_name_the_file_until_somebody_types_over_them(workspace):
    with workspace.operation(IMPORT, kind="import") as op:
        row = op.insert(
            "programme", title={"id": "Air bersih"}, code="1.03", origin="imported", source="renja.xlsx; 12"
        )
    title, code = ("programme", row, "title"), ("programme", row, "code")
    assert told(workspace, title).manner is Manner.IMPORTED
    assert told(workspace, title).detail == "renja.xlsx; 12"
    with workspace.operation(DO) as op:
        op.write("programme", row, "title", "id", "Air minum")
    both = workspace.provenance([title, code])
    assert both[title].manner is Manner.TYPED
    assert both[code].manner is Manner.IMPORTED


def test_a_cell_of_a_worksheet_has_an_origin_too(workspace):
    with workspace.operation(IMPORT, kind="import") as op:
        row = op.add_row("stock")
        cell = op.cell(row, "count", 3)
    found = told(workspace, ("cell", cell, "value"))
    assert (found.manner, found.detail) == (Manner.IMPORTED, "renja.xlsx")
    with workspace.operation(DO) as op:
        op.cell(row, "count", 4)
    assert told(workspace, ("cell", cell, "value")).manner is Manner.TYPED


def test_undo_and_redo_bring_back_where_a_value_came_from(workspace):
    with workspace.operation(IMPORT, kind="import") as op:
        row = op.add_row("stock")
        cell = op.cell(row, "count", 3)
    register = ("cell", cell, "value")
    with workspace.operation(DO) as op:
        op.cell(row, "count", 4)
    workspace.undo()
    assert told(workspace, register).manner is Manner.IMPORTED
    workspace.redo()
    assert told(workspace, register).manner is Manner.TYPED
    assert told(workspace, register).label == DO
    workspace.undo()
    assert told(workspace, register).detail == "renja.xlsx"


def test_a_suggested_answer_is_confirmed_in_one_operation_that_can_be_undone(workspace):
    with workspace.operation(DO) as op:
        op.answer("town.mayor", "Ibu Ratna", origin="suggested")
    register = answer("town.mayor")
    assert told(workspace, register).manner is Manner.SUGGESTED
    before = workspace.position
    with workspace.operation(DO) as op:
        op.confirm("answer", register[1])
    assert workspace.position == before + 1
    assert told(workspace, register).manner is Manner.TYPED
    assert workspace.plan().answer("town.mayor").value == "Ibu Ratna"
    workspace.undo()
    assert told(workspace, register).manner is Manner.SUGGESTED
    workspace.self_check()


def test_a_suggested_cell_is_confirmed_by_stating_it_once_more(workspace):
    with workspace.operation(DO, kind="suggest") as op:
        row = op.add_row("stock")
        cell = op.cell(row, "count", 3)
    register = ("cell", cell, "value")
    assert told(workspace, register).manner is Manner.SUGGESTED
    workspace.author = Author("Sari", "secretary")
    with workspace.operation(DO) as op:
        op.confirm("cell", cell)
    assert told(workspace, register).manner is Manner.TYPED
    assert told(workspace, register).author == "Sari"
    workspace.undo()
    assert told(workspace, register).manner is Manner.SUGGESTED
    workspace.self_check()


def test_of_several_languages_the_one_written_last_speaks(workspace):
    with workspace.operation(IMPORT, kind="import") as op:
        op.answer_text("town.words", "id", "Halo")
    with workspace.operation(DO) as op:
        op.answer_text("town.words", "en", "Hello")
    registers = [answer("town.words", language) for language in ("id", "en")]
    found = workspace.provenance(registers)
    assert newest(found.get(each) for each in registers) == found[registers[1]]
    assert newest([None]) is None


def test_a_page_of_a_thousand_cells_is_told_at_once(workspace):
    with workspace.operation(IMPORT, kind="import") as op:
        row = op.add_row("stock")
        cells = [op.cell(row, f"c{number}", number) for number in range(1000)]
    seen: list[str] = []
    from sqlalchemy import event

    event.listen(workspace._connection, "before_cursor_execute", lambda *given: seen.append(given[2]))
    found = workspace.provenance([("cell", cell, "value") for cell in cells])
    assert len(found) == 1000
    assert len(seen) == 3
