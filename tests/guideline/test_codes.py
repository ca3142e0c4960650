import pytest

from desktop.base import Language, Message, render
from desktop.guideline.codes import CodeForms

PATTERNS = (
    r"^[X1-9]\.(?:XX|\d{2})\.\d{2}$",
    r"^[X1-9]\.(?:XX|\d{2})\.\d{2}\.[1-9]\.\d{2}$",
    r"^[X1-9]\.(?:XX|\d{2})\.\d{2}\.[1-9]\.\d{2}\.\d{2}$",
    r"^[X1-9]\.(?:XX|\d{2})\.\d{2}\.[1-9]\.\d{2}\.\d{4}$",
)
FORMS = CodeForms(PATTERNS, ("2.16.03", "2.16.03.2.02", "2.16.03.2.02.0035"))


@pytest.mark.parametrize(
    "code",
    ["2.16.03", "X.XX.01", "2.16.03.2.02", "2.16.03.2.02.01", "2.16.03.2.02.0035", "X.XX.01.1.02.0003"],
)
def test_codes_of_every_form_fit(code):
    assert FORMS.wrong(code) is None


@pytest.mark.parametrize(
    ("code", "id_", "values"),
    [
        ("2.16.3", "guideline.code.part", {"place": 3, "part": "3", "sample": "2.16.03"}),
        ("0.16.03", "guideline.code.part", {"place": 1, "part": "0"}),
        ("2.1X.03", "guideline.code.part", {"place": 2, "part": "1X"}),
        ("2.16.03.0.02", "guideline.code.part", {"place": 4, "part": "0", "sample": "2.16.03.2.02"}),
        ("2.16.03.2.2", "guideline.code.part", {"place": 5, "part": "2"}),
        ("2.16.03.2.02.035", "guideline.code.part",
         {"place": 6, "part": "035", "sample": "2.16.03.2.02.0035"}),
        ("2.16.", "guideline.code.part", {"place": 3, "part": "-"}),
        ("2.16. 03", "guideline.code.part", {"place": 3, "part": " 03"}),
        ("2.16", "guideline.code.short", {"parts": 2, "least": 3, "sample": "2.16.03"}),
        ("2.16.03.2", "guideline.code.short", {"parts": 4, "least": 5}),
        ("2.16.03.2.02.0035.1", "guideline.code.long", {"parts": 7, "most": 6}),
        ("Program 2", "guideline.code.part", {"place": 1, "part": "Program 2"}),
    ],
)  # fmt: skip
def test_the_wrong_part_is_named(code, id_, values):
    said = FORMS.wrong(code)
    assert said is not None
    assert said.id == id_
    assert {key: said.params[key] for key in values} == values
    for language in Language:
        assert code in render(said, language)


def test_other_guidelines_have_other_forms():
    forms = CodeForms((r"^T-\d{3}$", "("), ())
    assert forms.fits("T-001")
    said = forms.wrong("T-01")
    assert said is not None
    assert said.id == "guideline.code.other_only"
    assert CodeForms(()).wrong("anything") is None


def test_parts_bear_the_nomenclatures_names_only_where_the_guideline_uses_it() -> None:
    said = CodeForms([r"^KH-\d{2}$"], ["KH-01"]).wrong("KX-1")
    assert said is not None
    assert said.id == "guideline.code.other"
    national = CodeForms([r"^\d\.\d{2}\.\d{2}$"], ["2.16.01"]).wrong("2.1.01")
    assert national is not None
    assert national.params["name"] == Message("guideline.code.part.division")
