"""An XMP packet written so that every program finds the same properties in it.

Programs read packets each by a parser of its own: some go by prefixes, some mend what they take for slips,
some look for the letters of a tag wherever they stand. So a packet is held against one grammar before it
is read, and what programs that sign may write as they like is plain words, or a day.
"""

from __future__ import annotations

import re

from lxml import etree

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_ADOBE = "{http://ns.adobe.com/"
_BLANKS = rb"[\t\n\r ]*+"
_ENTITY = rb"&(?:amp|lt|gt|quot|apos|#x[0-9A-Fa-f]{1,6}|#[0-9]{1,7});"
_NAME = rb"[A-Za-z][A-Za-z0-9_.-]*+(?::[A-Za-z][A-Za-z0-9_.-]*+)?"
_VALUE = rb"(?:\"(?:[^<>&\"]|" + _ENTITY + rb")*+\"|'(?:[^<>&']|" + _ENTITY + rb")*+')"
_ENTRY = rb"[\t\n\r ]++" + _NAME + rb"=" + _VALUE
_TAG = rb"<(?:" + _NAME + rb"(?:" + _ENTRY + rb")*+" + _BLANKS + rb"/?|/" + _NAME + _BLANKS + rb")>"
_WORDS = rb"(?<=>)(?!\\376\\377)(?:[^<>&]|" + _ENTITY + rb")++"
"""What begins so Firefox takes for the numbers of letters, and whatever comes next with it."""
_BODY = re.compile(rb"(?:" + _TAG + rb"|" + _WORDS + rb")*+")
_REMARK = re.compile(rb"(?<=>)[\t\n\r ]*+<!--(?!-?>)(?:[\t\n\r !-,.-;=?-~]|-(?!-))*+-->(?=[\t\n\r ]*+<)")
"""Between elements, of plain signs."""
_MARK = rb"(?:\"(?:\xef\xbb\xbf)?\"|'(?:\xef\xbb\xbf)?')"
_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?" + _BLANKS + rb"(?:<\?xpacket begin=" + _MARK
    + rb" id=[\"']W5M0MpCehiHzreSzNTczkc9d[\"'](?: bytes=[\"'][0-9]*[\"'])?(?: encoding=[\"']UTF-8[\"'])?"
    + _BLANKS + rb"\?>" + _BLANKS + rb"(?:<\?adobe-xap-filters esc=\"CRLF\"\?>" + _BLANKS + rb")?)?"
    + rb"(?P<meta><x:xmpmeta(?=[^<>]* xmlns:x=)(?:[\t\n\r ]++"
    + rb"(?:xmlns:x=[\"']adobe:ns:meta/[\"']|x:xmptk=(?:\"[\w .,:/()-]*+\"|'[\w .,:/()-]*+')))++"
    + _BLANKS + rb">" + _BLANKS + rb")?(?=<rdf:RDF[\t\n\r >])"
)  # fmt: skip
"""As Adobe has it, and ghostscript."""
_TAIL = re.compile(
    _BLANKS + rb"(</x:xmpmeta>)?" + _BLANKS + rb"(?:<\?xpacket end=[\"'][rw][\"']\?>)?[\s\0]*+"
)
_LAST = b"</rdf:RDF>"

_DAYS = frozenset({f"{_ADOBE}xap/1.0/}}ModifyDate", f"{_ADOBE}xap/1.0/}}MetadataDate"})
_PRODUCER = f"{_ADOBE}pdf/1.3/}}Producer"
_MANAGEMENT = frozenset(
    f"{_ADOBE}xap/1.0/mm/}}{name}"
    for name in (
        *("DocumentID", "InstanceID", "OriginalDocumentID", "VersionID", "RenditionClass", "DerivedFrom"),
        *("History", "RenditionParams", "SaveID", "NextVersionID"),
    )
)
"""Which copy and version of a file it is: programs that sign write it as they like, and nobody shows it."""
_WITHIN = tuple(f"{_ADOBE}xap/1.0/sType/Resource{kind}#}}" for kind in ("Event", "Ref"))
_FRAME = frozenset(f"{RDF}{name}" for name in ("Seq", "Bag", "li", "Description"))
_DAY = re.compile(
    r"[0-9]{4}(?:-[0-9]{2}){0,2}(?:T[0-9]{2}(?::[0-9]{2}){1,2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
_PDF_DAY = re.compile(r"(?:D:)?[0-9]{4,14}(?:Z(?:00'00'?)?|[+-][0-9]{2}'?(?:[0-9]{2}'?)?)?")
_LONGEST = 400
_WRITTEN_BY = re.compile(r"(?:; pyHanko [0-9.]{1,12}){1,30}\Z")
"""What is added to the name of the program when somebody signs here; what stood there was taken before."""


def body_of(packet: bytes) -> bytes | None:
    """The properties of a packet as RDF; None unless it is written as every program reads it alike."""
    head, end = _HEAD.match(packet), packet.rfind(_LAST) + len(_LAST)
    if head is None or end < head.end():
        return None
    body, tail = _REMARK.sub(b"", packet[head.end() : end]), _TAIL.fullmatch(packet, end)
    plain = tail is not None and bool(tail[1]) == bool(head["meta"]) and _BODY.fullmatch(body)
    return body if plain else None


def is_plain_words(said: str) -> bool:
    """Whether a text is one that a program calls itself by, and no markup in any eyes."""
    return (
        len(_WRITTEN_BY.sub("", said)) <= _LONGEST and said.isprintable() and not set("<>&\"'\\") & set(said)
    )


def is_day(said: str) -> bool:
    """Whether a text is a moment, as XMP or as PDF writes it."""
    return (_DAY.fullmatch(said) or _PDF_DAY.fullmatch(said)) is not None


def is_free(key: str, value: etree._Element | str) -> bool:
    """Whether a property, or an attribute, may be written anew: which file it is, when and by what."""
    if key not in _DAYS | _MANAGEMENT | {_PRODUCER}:
        return False
    if isinstance(value, str):
        return _says_plainly(key, value)
    if key in _MANAGEMENT:
        return all(_is_of_a_history(one, value) for one in value.iter())
    return not len(value) and not value.keys() and _says_plainly(key, value.text or "")


def _says_plainly(key: str, said: str) -> bool:
    said = said.strip()
    return not said or (is_day(said) if key in _DAYS else is_plain_words(said))


def _is_of_a_history(one: etree._Element, property_: etree._Element) -> bool:
    """Whether it is a list, or says something of a version in plain words."""
    named = one is property_ or one.tag in _FRAME or str(one.tag).startswith(_WITHIN)
    texts = [one.text or "", *(inner.tail or "" for inner in one)]
    return (
        named
        and all(is_plain_words(text.strip()) for text in texts)
        and all(
            (str(key), str(said)) == (f"{RDF}parseType", "Resource")
            or (str(key).startswith(_WITHIN) and is_plain_words(str(said)))
            for key, said in one.items()
        )
    )
