"""Custom document properties (ECMA-376 part 2, ``docProps/custom.xml``), which python-docx does not write."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document as Docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part

_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format id that every custom property has."""
PATH = "docProps/custom.xml"
"""Where they stand in the file."""


def add_properties(document: Docx, properties: Mapping[str, str]) -> None:
    """Add text properties to a document that has none yet."""
    entries = "".join(
        f"<property fmtid={quoteattr(_SET)} pid={quoteattr(str(number))} name={quoteattr(name)}>"
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties.items(), 2)
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{_NAMESPACE}" xmlns:vt="{_VALUES}">{entries}</Properties>'
    )
    package = document.part.package
    part = Part(PackURI(f"/{PATH}"), _TYPE, xml.encode(), package)
    package.relate_to(part, _RELATION)
