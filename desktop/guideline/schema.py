"""The published JSON Schema of packs, made from the same types that read them."""

from __future__ import annotations

import inspect as python
import json
from typing import Any

import msgspec
from msgspec import inspect

from desktop.base import LocalText
from desktop.guideline.pack import FORMAT, Pack

SCHEMA_ID = f"urn:rancang:guideline:{FORMAT}"
_TEXT = {"type": "string", "pattern": r"\S"}
_LOCAL_TEXT = {
    "description": "One text by language (ISO 639-1); Indonesian is always there.",
    "type": "object",
    "properties": {"id": _TEXT, "en": _TEXT},
    "required": ["id"],
    "additionalProperties": _TEXT,
}


def make_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a whole pack: property ``forms`` describes forms.json, and so on.

    It says what types can say; unique ids and references are checked on loading only. Written from
    :mod:`msgspec.inspect`, because msgspec's own generator cannot write the default of a LocalText.
    """
    definitions: dict[str, Any] = {"LocalText": _LOCAL_TEXT}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": f"Rancang guideline pack, format {FORMAT}",
        "description": "Each property is one JSON file of a *.rancang-guideline ZIP or folder.",
        **_schema(inspect.type_info(Pack), definitions),
        "$defs": definitions,
    }


def schema_text() -> str:
    """The schema as it is published in ``resources/schemas/guideline.schema.json``."""
    return json.dumps(make_schema(), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _schema(kind: inspect.Type, definitions: dict[str, Any]) -> dict[str, Any]:
    match kind:
        case inspect.StructType():
            return _struct(kind, definitions)
        case inspect.CustomType(cls=cls) if cls is LocalText:
            return {"$ref": "#/$defs/LocalText"}
        case inspect.VarTupleType():
            return {"type": "array", "items": _schema(kind.item_type, definitions)}
        case inspect.DictType():
            return {"type": "object", "additionalProperties": _schema(kind.value_type, definitions)}
        case inspect.UnionType():
            return {"anyOf": [_schema(part, definitions) for part in kind.types]}
        case inspect.LiteralType():
            return {"enum": list(kind.values)}
        case inspect.StrType():
            return {"type": "string"} | _given(pattern=kind.pattern, maxLength=kind.max_length)
        case inspect.IntType():
            return {"type": "integer"} | _given(minimum=kind.ge, maximum=kind.le)
        case inspect.BoolType():
            return {"type": "boolean"}
        case inspect.NoneType():
            return {"type": "null"}
        case _:
            raise NotImplementedError(kind)


def _given(**facets: Any) -> dict[str, Any]:
    return {name: value for name, value in facets.items() if value is not None}


def _struct(kind: inspect.StructType, definitions: dict[str, Any]) -> dict[str, Any]:
    name = kind.cls.__name__
    if name not in definitions:
        definitions[name] = None  # taken, so that a chapter within a chapter ends here
        definitions[name] = {
            "description": python.cleandoc(kind.cls.__doc__ or ""),
            "type": "object",
            "properties": {field.encode_name: _field(field, definitions) for field in kind.fields},
            "required": [field.encode_name for field in kind.fields if field.required],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}


def _field(field: inspect.Field, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = _schema(field.type, definitions)
    default = field.default
    if default is msgspec.NODEFAULT or isinstance(default, LocalText):
        return schema
    return schema | {"default": msgspec.to_builtins(default)}
