"""Strict XML: no document type, entity, processing instruction, comment or CDATA; UTF-8; bounded; unique Ids.

A comment inside a signed value (``Ketua<!-- --> Panitia``) keeps the signature valid and cuts the text
for a careless reader, so there are none.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from lxml import etree

from desktop.base import Message
from desktop.submission.refusal import Refused

MAXIMUM_SIZE = 16 << 20
MAXIMUM_ELEMENTS = 150_000
MAXIMUM_ATTRIBUTES = 200_000
MAXIMUM_ATTRIBUTES_EACH = 500
"""In one element: libxml2 compares each attribute with each other one."""
MAXIMUM_NAMESPACES = 5_000
"""Declarations: each has to be looked through for each element below it."""

MAXIMUM_NAMESPACE = 300
"""Letters of one declaration; one that nothing uses is covered by no signature, and shown by nobody."""

_DECLARATION = re.compile(
    r"""<\?xml\s+version=(?:"1\.0"|'1\.0')(?:\s+encoding=(?:"utf-8"|'utf-8'))?(?:\s+standalone=["'](?:yes|no)["'])?\s*\?>""",
    re.IGNORECASE,
)
SCHEMA_LOCATION = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
_WITHOUT_SPACE = str.maketrans("", "", " \t\r\n")
_UNENDED = re.compile(r"""xmlns(?::[^\s=<>"']*)?\s*(?:=\s*(?:"[^"]*|'[^']*)?)?""")
_XML_NAMESPACE = "{http://www.w3.org/XML/1998/namespace}"


def parse(data: bytes, name: str, *, languages: bool = False) -> etree._Element:
    """The root element; ``languages`` permits ``xml:lang``. Raises :class:`Refused` (codes ``xml.*``)."""
    if len(data) > MAXIMUM_SIZE:
        raise Refused(Message("submission.xml.too_large", name=name))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused(Message("submission.xml.encoding", name=name)) from error
    declaration = _DECLARATION.match(text)
    body = text[declaration.end() :] if declaration else text
    if "<?" in body or "<!" in body or "\0" in body or body.startswith("\ufeff"):
        raise Refused(Message("submission.xml.forbidden", name=name))
    _check_extent(body, name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Refused(Message("submission.xml.malformed", name=name)) from error
    _check(root, name, {f"{_XML_NAMESPACE}lang"} if languages else set())
    return root


def _check_extent(text: str, name: str) -> None:
    """Bound what parsing costs before anything is parsed."""
    quotes = text.count('"') + text.count("'")
    too_many = (
        text.count("<") > 2 * MAXIMUM_ELEMENTS
        or quotes > 2 * MAXIMUM_ATTRIBUTES
        or text.count("xmlns") > MAXIMUM_NAMESPACES
    )
    if not too_many and quotes > 2 * MAXIMUM_ATTRIBUTES_EACH:
        at = text.find("<")
        while at >= 0 and not too_many:
            end = text.find("<", at + 1)
            stop = end if end >= 0 else len(text)
            each = text.count('"', at, stop) + text.count("'", at, stop)
            too_many = each > 2 * MAXIMUM_ATTRIBUTES_EACH
            at = end
    if too_many or _long_namespace(text):
        raise Refused(Message("submission.xml.too_large", name=name))


def _long_namespace(text: str) -> bool:
    """Whether a declaration goes on for long; each is looked at no further than it may reach."""
    at = text.find("xmlns")
    while at >= 0:
        seen = text[at : at + MAXIMUM_NAMESPACE]
        if len(seen) == MAXIMUM_NAMESPACE and _UNENDED.fullmatch(seen):
            return True
        at = text.find("xmlns", at + 5)
    return False


def _check(root: etree._Element, name: str, permitted: set[str]) -> None:
    seen: set[str] = set()
    for count, element in enumerate(root.iter()):
        if count > MAXIMUM_ELEMENTS:
            raise Refused(Message("submission.xml.too_large", name=name))
        if not isinstance(element.tag, str):
            raise Refused(Message("submission.xml.forbidden", name=name))
        for key, value in element.attrib.items():
            if str(key).startswith(_XML_NAMESPACE) and key not in permitted:
                raise Refused(Message("submission.xml.forbidden", name=name))
            if str(key).lower() == "id":
                if value in seen:
                    raise Refused(Message("submission.xml.ids", name=name))
                seen.add(str(value))


class Reader:
    """Takes an element's children one after another; whatever is left over is refused."""

    def __init__(self, element: etree._Element, name: str) -> None:
        self._children = list(element)
        self._name = name
        self._at = 0
        # Text between elements could only mislead.
        texts = [element.text, *(child.tail for child in element)]
        if self._children and any(text and text.strip() for text in texts):
            raise Refused(Message("submission.xml.structure", name=name))

    def take(self, tag: str) -> etree._Element:
        """The next child, which must be this one."""
        found = self.maybe(tag)
        if found is None:
            raise Refused(Message("submission.xml.structure", name=self._name))
        return found

    def maybe(self, *tags: str) -> etree._Element | None:
        """The next child, if it is one of these."""
        if self._at < len(self._children) and self._children[self._at].tag in tags:
            self._at += 1
            return self._children[self._at - 1]
        return None

    def many(self, tag: str) -> Iterator[etree._Element]:
        """All next children that are this one."""
        while (found := self.maybe(tag)) is not None:
            yield found

    def end(self) -> None:
        """Nothing else may follow."""
        if self._at != len(self._children):
            raise Refused(Message("submission.xml.structure", name=self._name))


def leaf_text(element: etree._Element, name: str) -> str:
    """The text of an element that has nothing but text."""
    if len(element):
        raise Refused(Message("submission.xml.structure", name=name))
    return element.text or ""


def decoded(text: str, name: str) -> bytes:
    """Base64 with line breaks allowed; anything else in it, and any second way to write it, is refused."""
    plain = text.translate(_WITHOUT_SPACE)
    try:
        value = base64.b64decode(plain, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused(Message("submission.xml.structure", name=name)) from error
    if base64.b64encode(value).decode() != plain:
        raise Refused(Message("submission.xml.structure", name=name))
    return value
