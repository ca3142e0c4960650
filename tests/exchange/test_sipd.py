"""Tables out of SIPD: accounts add up, and indicators belong to their own level."""

from decimal import Decimal

from desktop.exchange import apply_import, preview_programmes, suggested_answers
from desktop.exchange.columns import Role
from desktop.exchange.sipd import sipd_header
from desktop.exchange.table import read_tables
from tests.data.planning import sipd, tables

MILLION = sipd.MILLION


def amounts(planned):
    return {figure: sum(each.value for each in made) for figure, made in planned.amounts.items()}


def test_accounts_of_the_flat_list_add_up_to_programmes_and_their_parts(workspace, tmp_path):
    preview = preview_programmes(sipd.flat(tmp_path), workspace.plan(), workspace.pack())
    (sheet,) = preview.sheets
    assert (sheet.kind, sheet.told, sheet.programmes) == ("sipd", "columns", 3)
    assert preview.problems == ()
    assert "several_amounts" not in {each.id for each in preview.questions}
    apps, running, of_health = preview.programmes
    assert (apps.title, apps.code, apps.agency) == (sipd.APPS[1], "2.16.03", sipd.KOMINFO[1])
    (activity,) = apps.activities
    assert (activity.code, activity.title) == sipd.EGOV
    assert [part.code for part in activity.activities] == ["2.16.03.2.02.0035", "2.16.03.2.02.0036"]
    own, general = "Pendapatan Asli Daerah", "Dana Alokasi Umum"
    assert amounts(activity.activities[0]) == {
        (2026, own, "ceiling"): 200 * MILLION, (2026, own, "realised"): 100 * MILLION,
        (2026, general, "ceiling"): 50 * MILLION, (2026, general, "realised"): 0,
    }  # fmt: skip
    assert amounts(apps)[2026, own, "ceiling"] == 500 * MILLION
    assert (running.agency, of_health.agency) == (sipd.KOMINFO[1], sipd.HEALTH[1])
    assert running.code == of_health.code == "X.XX.01"
    assert amounts(of_health) == {(2026, own, "ceiling"): 20 * MILLION, (2026, own, "realised"): 15 * MILLION}


def test_the_flat_list_is_taken_over_and_again_says_the_same(workspace, tmp_path):
    from desktop.exchange.holding import held_against

    preview = preview_programmes(sipd.flat(tmp_path), workspace.plan(), workspace.pack())
    answers = suggested_answers(preview.questions)
    report = apply_import(workspace, preview, answers)
    assert (report.new, report.activities, report.agencies) == (3, 3, 2)
    again = preview_programmes(sipd.flat(tmp_path), workspace.plan(), workspace.pack())
    assert set(held_against(again, answers, workspace.plan()).states.values()) == {"same"}


def test_indicators_of_the_report_belong_to_their_level(ground, tmp_path):
    preview = preview_programmes(sipd.report(tmp_path), *ground)
    (sheet,) = preview.sheets
    assert (sheet.kind, sheet.told) == ("renja", "codes")
    assert preview.refused == ()
    (programme,) = preview.programmes
    assert (programme.title, programme.code) == (sipd.APPS[1], "2.16.03")
    spbe = programme.indicators["indeks spbe"]
    assert (spbe.unit, spbe.targets) == ("indeks", {2026: Decimal("3.2")})
    (activity,) = programme.activities
    assert [(each.unit, each.targets) for each in activity.indicators.values()] == [
        ("%", {2026: Decimal("85.5")})
    ]
    first, second = activity.activities
    assert [(each.name, each.unit, each.targets) for each in first.indicators.values()] == [
        ("Jumlah dokumen promosi", "dokumen", {2026: 12}), ("Jumlah peserta", "orang", {2026: 200}),
    ]  # fmt: skip
    assert first.location == "Kab. Pringsewu, Semua Kecamatan"
    assert amounts(second) == {
        (2026, "", "indicative"): 300 * MILLION,
        (2027, "", "indicative"): 330 * MILLION,
    }
    assert amounts(programme) == {
        (2026, "", "indicative"): 700 * MILLION,
        (2027, "", "indicative"): 750 * MILLION,
    }
    assert all(stated.agrees for stated in preview.stated)
    assert {each.header.rpartition(" ")[2] for each in preview.left} == {"Ukur", "Target"}


def test_other_tables_are_none_of_sipds(tmp_path):
    for make in (tables.rpjmd, tables.renstra, tables.renja, tables.dpa, tables.columns):
        assert all(sipd_header(table, {}) is None for table in read_tables(make(tmp_path)))


def test_a_person_may_read_its_columns_otherwise(tmp_path):
    (table,) = read_tables(sipd.flat(tmp_path))
    header = sipd_header(table, {"nama sub unit": Role.AGENCY, "nama skpd": Role.IGNORE})
    assert [column.header for column in header.of(Role.AGENCY)] == ["NAMA SUB UNIT"]
