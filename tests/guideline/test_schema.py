import json
from pathlib import Path

import jsonschema
import pytest

from desktop.base.resources import resource
from desktop.guideline.container import read_members
from desktop.guideline.schema import make_schema, schema_text

TINY = Path(__file__).parents[1] / "data" / "tiny-pack"
REMEDY = "write desktop.guideline.schema.schema_text() to resources/schemas/guideline.schema.json"


def whole(folder: Path) -> dict[str, object]:
    """The files of a pack, those that it takes over from the pack it is based on too."""
    return {name: json.loads(data) for name, data in read_members(folder).json.items()}


def test_the_published_schema_is_the_one_of_the_types():
    published = resource("schemas", "guideline.schema.json").read_text()
    assert published == schema_text(), REMEDY


def test_the_schema_is_a_valid_schema():
    jsonschema.Draft202012Validator.check_schema(make_schema())


@pytest.mark.parametrize(
    "folder", [TINY, *sorted(resource("guidelines").iterdir())], ids=lambda path: path.name
)
def test_an_independent_validator_accepts_our_packs(folder):
    validator = jsonschema.Draft202012Validator(make_schema())
    assert [error.json_path for error in validator.iter_errors(whole(folder))] == []


def test_an_independent_validator_refuses_what_the_types_refuse():
    validator = jsonschema.Draft202012Validator(make_schema())
    pack = whole(TINY)
    pack["forms"][0]["groups"][0]["fields"][1]["type"] = "colour"
    pack["dimensions"][0]["name"] = {"en": "Water"}
    pack["books"][0]["id"] = "two words"
    assert {error.json_path for error in validator.iter_errors(pack)} == {
        "$.forms[0].groups[0].fields[1].type",
        "$.dimensions[0].name",
        "$.books[0].id",
    }
