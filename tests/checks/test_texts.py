import dataclasses

import pytest

from desktop.checks import check
from desktop.guideline.pack import Choice, FieldGroup
from desktop.workspace.plan import Place
from tests.checks.build import (
    HELP,
    PACK,
    answer,
    evidence,
    found,
    local,
    plan,
    programme,
    replace_pack,
    row,
    rules,
    text,
    with_answers,
)


@pytest.mark.parametrize(
    "said", ["-", "--", "…", "n/a", "N.A.", "tidak ada", "TIDAK ADA!", "xxx", "TBD", "<p>-</p>"]
)
def test_a_filler_is_told(said):
    made = plan(programmes=(programme(technology=text(said)),))
    assert found(made, "text_empty") == ["checks.text.filler"]


@pytest.mark.parametrize(
    "said", ["0", "Ada", "tidak ada jaringan di tiga desa", "x", "100", "SK", "no fees", "%"]
)
def test_a_short_answer_is_no_filler(said):
    assert found(plan(programmes=(programme(technology=text(said)),)), "text_empty") == []


def test_a_filler_in_a_translation_or_in_a_field_without_languages_is_told():
    assert found(plan(programmes=(programme(technology=text("Aplikasi", "n/a")),)), "text_empty") == [
        "checks.text.filler"
    ]
    assert found(with_answers(answer("profile.motto", value="...")), "text_empty") == ["checks.text.filler"]


def test_a_choice_called_none_is_a_full_answer():
    import msgspec

    form = PACK.forms[0]
    (motto,) = (field for field in form.fields if field.id == "motto")
    none = Choice(id="none", label=local("Belum ada", "None"))
    chosen = msgspec.structs.replace(motto, type="choice", choices=(none,), required=True)
    group = FieldGroup(title=local("Semboyan"), fields=(chosen,))
    pack = replace_pack(
        rules("required_answers", "text_empty"), forms=(msgspec.structs.replace(form, groups=(group,)),)
    )
    told = check(with_answers(answer("profile.motto", value="none")), pack).findings
    assert [finding for finding in told if finding.place.item == "profile.motto"] == []
    left_out = check(with_answers(answer("profile.motto", value="")), pack).findings
    assert [finding.check for finding in left_out if finding.place.item == "profile.motto"] == [
        "required_answers"
    ]


def test_a_missing_answer_is_not_also_a_filler():
    made = with_answers(answer("profile.about", words=text("-")))
    assert found(made, "required_answers", "text_empty", "text_too_short") == ["checks.required_answer"]
    assert found(made, "text_empty") == ["checks.text.filler"]


def test_a_stricter_list_is_never_silenced_by_a_milder_one():
    made = with_answers(answer("profile.about", words=text("-")))
    told = check(made, rules(("required_answers", {}, "weak"), ("text_empty", {}, "mandatory")))
    assert [finding.check for finding in told.mandatory] == ["text_empty"]


@pytest.mark.parametrize(
    "said",
    [
        HELP,
        HELP.upper().replace(",", ""),
        HELP.replace("utama ", ""),
        f"<p>Kami menulis sendiri bagian ini.</p>\n<p>{HELP}</p>",
    ],
)
def test_copied_guidance_is_told(said):
    made = with_answers(answer("profile.about", words=text(said)))
    assert found(made, "text_is_guidance") == ["checks.text.guidance"]


@pytest.mark.parametrize(
    "said",
    [
        "Wilayah pesisir ini dihuni 1.105.990 jiwa, sebagian besar petani lada dan nelayan.",
        "Kondisi wilayah: datar. Jumlah penduduk: 1,1 juta. Mata pencaharian utama: lada.",
        "",
    ],
)
def test_own_words_about_what_was_asked_are_no_copy(said):
    assert found(with_answers(answer("profile.about", words=text(said))), "text_is_guidance") == []


def test_copied_chapter_guidance_is_told_and_standard_wording_is_not():
    import msgspec

    guidance = PACK.books[0].chapters[0].guidance.read("id")
    made = with_answers(answer("chapter.I.1", words=text(f'<p id="a">{guidance}</p>')))
    assert found(made, "text_is_guidance") == ["checks.text.guidance"]
    chapter = msgspec.structs.replace(PACK.books[0].chapters[0], standard=PACK.books[0].chapters[0].guidance)
    book = msgspec.structs.replace(PACK.books[0], chapters=(chapter,))
    assert check(made, replace_pack(rules("text_is_guidance"), books=(book,))).findings == ()


def test_text_too_short_and_too_long():
    assert found(plan(), "text_too_short", "text_too_long") == []
    short = with_answers(answer("profile.about", words=text("Daerah pesisir")))
    assert found(short, "text_too_short") == ["checks.text.short"]
    long = with_answers(answer("profile.about", words=text("kata " * 41)))
    assert found(long, "text_too_long") == ["checks.text.long"]
    chapter = with_answers(answer("chapter.I.1", words=text("<p>Tiga kata saja.</p>")))
    assert found(chapter, "text_too_short") == ["checks.text.short"]


def test_translation_stale():
    assert found(plan(), "translation_stale") == []
    made = plan(programmes=(programme(service=text("Perizinan baru", "Licensing", stale=True)),))
    (finding,) = check(made, rules("translation_stale")).findings
    assert (finding.place.field, finding.place.language) == ("service", "en")


def test_translation_missing():
    assert found(plan(), "translation_missing") == []
    made = plan(programmes=(programme(service=text("Perizinan baru")),))
    (finding,) = check(made, rules("translation_missing")).findings
    assert (finding.place.field, finding.place.language) == ("service", "en")
    noted = text("<p>Naik<fn>BPS</fn> dan<fn>Bappeda</fn>.</p>", "<p>Up<fn>BPS</fn> and.</p>")
    made = with_answers(answer("chapter.I.1", words=noted))
    (finding,) = check(made, rules("translation_missing")).findings
    assert (finding.message.id, finding.message.params["there"]) == ("checks.translation.footnotes", 1)


def test_untranslated_cells_of_a_worksheet_are_one_remark():
    rows = {"swot": tuple(row(f"s{n}", "swot", strength=text(f"Kekuatan {n}")) for n in range(5))}
    (finding,) = check(plan(rows=rows), rules("translation_missing")).findings
    assert finding.message.params["n"] == 5
    assert finding.place.row == "s0"
    fewer = {"swot": rows["swot"][2:]}
    (later,) = check(plan(rows=fewer), rules("translation_missing")).findings
    assert later.key == finding.key


def test_evidence_missing():
    assert found(plan(), "evidence_missing") == []
    assert found(plan(evidence=()), "evidence_missing") == ["checks.evidence.missing"]
    elsewhere = plan(evidence=(evidence(claims=[Place("answer", item="profile.about")]),))
    assert found(elsewhere, "evidence_missing") == ["checks.evidence.missing"]


def test_evidence_expired_and_undated():
    claims = [Place("answer", item="profile.decree")]
    day = plan().changed_at.date()
    for until, fires in (("", False), (day.isoformat(), False), ("2020-01-31", True)):
        made = plan(evidence=(dataclasses.replace(evidence(claims=claims), valid_until=until),))
        assert found(made, "evidence_expired") == (["checks.evidence.expired"] if fires else [])
    unused = plan(evidence=(dataclasses.replace(evidence(), valid_until="2020-01-31"),))
    assert found(unused, "evidence_expired") == found(unused, "evidence_undated") == []
    assert found(plan(evidence=(evidence(claims=claims),)), "evidence_undated") == ["checks.evidence.undated"]
    dated = plan(evidence=(dataclasses.replace(evidence(claims=claims), taken_on="2026-01-31"),))
    assert found(dated, "evidence_undated") == []


def test_no_claims_nothing_and_needs_no_evidence():
    made = with_answers(answer("profile.decree", value=False), evidence=())
    assert found(made, "evidence_missing") == []
    assert found(with_answers(without=["profile.decree"], evidence=()), "evidence_missing") == []


def test_evidence_absent_unused_and_without_caption():
    assert found(plan(), "evidence_absent", "evidence_unused", "evidence_caption") == []
    assert found(plan(evidence=(evidence(present=False),)), "evidence_absent") == ["checks.evidence.absent"]
    assert found(plan(evidence=(evidence(),)), "evidence_unused") == ["checks.evidence.unused"]
    assert found(plan(evidence=(evidence(caption=text("")),)), "evidence_caption") == [
        "checks.evidence.caption"
    ]
