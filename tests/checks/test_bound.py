"""Worksheets that are views: of programmes, activities, indicators and risks."""

from desktop.checks import check, progress
from desktop.guideline.pack import Field, Worksheet
from tests.checks.build import (
    PACK,
    activity,
    answer,
    indicator,
    local,
    plan,
    programme,
    replace_pack,
    risk,
    rules,
    text,
    with_answers,
)


def sheet(binding, *columns, min_rows=0):
    return Worksheet(
        id="view",
        title=local("Tampilan", "View"),
        binding=binding,
        columns=tuple(Field(id=name, label=local(name), type=kind, required=True) for name, kind in columns),
        min_rows=min_rows,
    )


def told(made, worksheet, *names):
    pack = replace_pack(rules(*names), worksheets=(worksheet,), readiness=None)
    return [(f.place.table, f.place.row, f.place.field, f.place.item) for f in check(made, pack).findings]


ACTION = sheet(
    "activity", ("programme", "programme"), ("title", "text"), ("lead", "agency"), ("proof", "text")
)


def test_own_fields_and_added_ones_are_asked_for():
    made = plan(programmes=(programme(activities=(activity(title=text(""), lead=""),)),))
    assert told(made, ACTION, "required_answers") == [
        ("activity", "act1", "title", ""),
        ("activity", "act1", "lead", ""),
        ("answer", "", "", "view.proof"),
    ]


def test_an_added_column_is_an_answer_about_the_row():
    made = with_answers(
        answer("view.proof", words=text("Foto", "Photo"), scope="act1"),
        programmes=(programme(activities=(activity(),)),),
    )
    assert told(made, ACTION, "required_answers") == []


def test_columns_of_risks_indicators_and_programmes():
    made = plan(programmes=(programme(risks=(risk(),), indicators=(indicator(baseline=None, unit=""),)),))
    assert told(made, sheet("risk", ("title", "text"), ("mitigation", "long_text")), "required_answers") == [
        ("risk", "risk1", "mitigation", "")
    ]
    assert told(made, sheet("indicator", ("unit", "text"), ("baseline", "decimal")), "required_answers") == [
        ("indicator", "indicator", "unit", ""),
        ("indicator", "indicator", "baseline", ""),
    ]
    assert told(made, sheet("programme", ("budget", "text"), ("place", "text")), "required_answers") == [
        ("answer", "", "", "programme.place")
    ]


def test_a_field_missing_in_sheet_and_programme_is_told_once():
    made = plan(programmes=(programme(lead=""),))
    both = told(made, sheet("programme", ("lead", "agency")), "required_answers", "programme_complete")
    assert both == [("programme", "p1", "lead", "")]


def test_rows_of_a_view_are_counted():
    made = plan(programmes=(programme(activities=(activity(),), risks=(risk(), risk(id="risk2"))),))
    assert told(made, sheet("activity", ("title", "text"), min_rows=1), "worksheet_rows") == []
    assert told(made, sheet("activity", ("title", "text"), min_rows=2), "worksheet_rows") != []
    assert told(made, sheet("risk", ("title", "text"), min_rows=2), "worksheet_rows") == []


def test_progress_counts_the_cells_of_a_view():
    made = plan(programmes=(programme(activities=(activity(lead=""),)),))
    pack = replace_pack(PACK, worksheets=(ACTION,), readiness=None)
    part = progress(made, pack).of("worksheet", "view")
    assert (part.filled, part.required) == (1, 3)


def test_texts_of_activities_and_risks_are_read_like_all_others():
    made = plan(
        programmes=(
            programme(
                activities=(activity(output=text("-", "x")),),
                risks=(risk(mitigation=text("Latihan", "Training", stale=True)),),
            ),
        )
    )
    findings = check(made, rules("text_empty", "translation_stale")).findings
    assert [(f.place.table, f.place.field) for f in findings] == [
        ("activity", "output"),
        ("risk", "mitigation"),
    ]
    assert findings[0].page.ref == "p1"
