"""Rating from the command line: by number, id and name; others' scores; the paper form."""

import pypdfium2
import pytest


@pytest.fixture
def city(call, tmp_path):
    path = tmp_path / "city.rancang"
    call.ok("new", path, "--region", "18.07", "--years", "2026-2030")
    return path


def records(said, kind):
    return [each for each in said.records if each["kind"] == kind]


def test_rate_by_number_id_and_name_in_one_step(call, city):
    before = records(call.ok("assess", city, json=True), "rating")
    assert [each["number"] for each in before] == list(range(1, len(before) + 1))
    call.ok("assess", city, "1=3", f"{before[1]['id']}=sedang", "3=poor")
    said = call.ok("assess", city, json=True)
    assert [each["ratings"]["own"] for each in records(said, "rating")[:3]] == ["good", "moderate", "poor"]
    assert records(said, "result")[0]["results"]["own"] == "2.00"
    assert records(said, "gain")
    call.ok("undo", city)
    assert records(call.ok("assess", city, json=True), "rating")[0]["ratings"]["own"] == ""


def test_an_assessor_is_kept_beside_the_region(call, city):
    call.ok("assess", city, "1=3", "2=2")
    call.ok("assess", city, "1=2", "2=2", "--by", "assessor", "--note", "Bukti kurang")
    said = records(call.ok("assess", city, "--differences", json=True), "rating")
    assert len(said) == 1
    assert said[0]["ratings"] == {"own": "good", "assessor": "moderate"}
    assert said[0]["notes"] == {"assessor": "Bukti kurang"}
    text = call.ok("assess", city, language="id").out
    assert "Asesor: Sedang" in text
    assert "Penilaian mandiri: 2,50 dari 3; Asesor: 2,00" in text


def test_the_yearly_evaluation_with_its_weights(call, city):
    call.ok("assess", city, "1=4", "--kind", "evaluation", "--cohort", "new_2022")
    result = records(call.ok("assess", city, "--kind", "evaluation", json=True), "result")[0]
    assert result["cohort"] == "new_2022"
    assert "own" in result["results"]
    assert "new_2022" in call.fails("assess", city, "--kind", "evaluation", "--cohort", "old")


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["1=9"], "9"),
        (["99=1"], "99"),
        (["nothing=1"], "nothing"),
        (["1"], "ITEM=VALUE"),
        (["1=2", "2=x"], "x"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(call, city, words, part):
    assert part in call.fails("assess", city, *words)
    assert all(not each["ratings"]["own"] for each in records(call.ok("assess", city, json=True), "rating"))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("kind", ["readiness", "evaluation"])
def test_the_form_on_paper_has_every_item_under_its_number(call, city, tmp_path, kind, language):
    target = tmp_path / "form.pdf"
    call.ok("assess", city, "1=3")
    call.ok("assess", city, "--kind", kind, "--form", target, language=language)
    pdf = pypdfium2.PdfDocument(target)
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    plain = " ".join(text.split())
    items = records(call.ok("assess", city, "--kind", kind, json=True, language=language), "rating")
    assert len(items) > 5
    assert ("Formulir" if language == "id" else "form") in plain
    if kind == "readiness":
        assert ("3 Baik" if language == "id" else "3 Good") in plain
    call.ok("assess", city, "--kind", kind, "--form", tmp_path / "filled.pdf", "--filled")
    if language == "id":
        call.ok("assess", city, "--kind", kind, "--form", tmp_path / "form.html")
        assert (tmp_path / "form.html").read_bytes().startswith(b"<!DOCTYPE html>")


@pytest.mark.slow
def test_the_form_is_not_written_over_a_folder(call, city, tmp_path):
    for path in ("", tmp_path):
        assert "folder" in call.fails("assess", city, "--form", path)
