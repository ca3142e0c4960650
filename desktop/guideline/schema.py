"""The published JSON Schema of packs, made from the same types that read them."""

from __future__ import annotations

from typing import Any

import msgspec

from desktop.base import LocalText
from desktop.guideline.pack import FORMAT, Pack

SCHEMA_ID = f"urn:rancang:guideline:{FORMAT}"


def make_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a whole pack: property ``forms`` describes forms.json, and so on.

    It says what types can say; unique ids and references are checked on loading only.
    """
    (reference,), definitions = msgspec.json.schema_components((Pack,), schema_hook=_text_schema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        "title": f"Rancang guideline pack, format {FORMAT}",
        "description": "Each property is one JSON file of a *.rancang-guideline ZIP or folder.",
        **reference,
        "$defs": definitions,
    }


def _text_schema(kind: type) -> dict[str, Any]:
    if kind is not LocalText:
        raise NotImplementedError(kind)
    text = {"type": "string", "pattern": r"\S"}
    return {
        "title": "LocalText",
        "description": "One text by language (ISO 639-1); Indonesian is always there.",
        "type": "object",
        "properties": {"id": text, "en": text},
        "required": ["id"],
        "additionalProperties": text,
    }
