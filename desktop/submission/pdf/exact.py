"""Objects written so that every program reads the same.

Programs forgive different slips: one takes the byte 0x80 for a space, another a vertical tab, a third a
number that is too large for zero. Who knows that writes one object that is two. So each object is held
against the grammar of ISO 32000-1, 7.3, as all programs that write PDFs keep it, before it is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from pyhanko.pdf_utils.generic import ArrayObject, IndirectObject

from desktop.submission.pdf.inflate import inflated

_SPACE = rb"[\t\n\f\r ]"
_END = rb"(?=[\t\n\f\r ()<>\[\]/%]|\Z)"
_PLAIN = rb"[!-~](?<![()<>\[\]{}/%#])"
_IN_DISGUISE = rb"00|2[Dd]|2[Ee]|3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9Aa]"
"""Letters and figures, which need no disguise, and the byte where some programs end a name."""
_REMARK = rb"%[\t -~]*+\r?\n"
"""Some programs write remarks into objects; where one ends is beyond doubt only so."""
_NULL = rb"(?!(?:" + _SPACE + rb"|" + _REMARK + rb")*+null" + _END + rb")"
"""An entry of ``null`` is none for some programs, for others it hides what stands above it."""
_NOTHING = rb"(?:(?<=/XYZ)|(?<=/FitH)|(?<=/FitV)|(?<=/FitBH)|(?<=/FitBV)|" + _NULL + rb")"
"""Places within a document leave numbers out so."""
_SHORT = rb"(?![^\t\n\f\r ()<>\[\]/%]{128})"
_NAME = (
    rb"/" + _SHORT + rb"(?:" + _PLAIN + rb"|#(?!" + _IN_DISGUISE + rb")[0-9A-Fa-f]{2})++" + _END + _NOTHING
)
"""No longer than ISO 32000-1, annex C, has it: of a longer one each program keeps as much as it likes."""
_NUMBER = rb"[+-]?(?:(?:[0-9]{1,9}|[01][0-9]{9})(?:\.[0-9]{0,30})?|\.[0-9]{1,30})" + _END
"""No whole number beyond what the smallest of programs keep (ISO 32000-1, annex C)."""
_REFERENCE = rb"[1-9][0-9]{0,8}" + _SPACE + rb"{1,2}+0" + _SPACE + rb"{1,2}+R" + _END
"""Some programs look at the number only: no object of a second generation. No zeros before it."""
_GOES_ON = rb"(?![\r\n])"
"""Behind a bracket within a text PDFBox takes a line end and what reads like an entry for the text's end."""
_LETTERS = rb"[^()\\]|\\(?:[nrtbf(\\0-7\r\n]|\)" + _GOES_ON + rb")"
_TEXT = _LETTERS
for _ in range(3):
    _TEXT = _LETTERS + rb"|\((?:" + _TEXT + rb")*+\)" + _GOES_ON
_NO_NAME = rb"(?!/|\\0?57|\\[\r\n])"
"""A text that looks like a name is one for some programs; only how fields are written begins with one, and
what signs a piece of a font has (ISO 32000-1, table 122)."""
_SIGN, _SIGN_IN_HEX = (
    rb"[A-Za-z0-9._-]{1,60}",
    rb"(?:2[DdEe]|3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9Aa])",
)
_SIGNS = rb"(?:\((?:(?:/|\\057)" + _SIGN + rb" ?)*+\)|<(?:2[Ff]" + _SIGN_IN_HEX + rb"{1,60}+(?:20)?)*+>)"
_NO_NAME_EITHER = rb"(?!" + _SPACE + rb"*+2[Ff](?!(?:[0-9A-Fa-f]{30}|[0-9A-Fa-f]{38,})>))"
"""The same in hexadecimal figures; numbers drawn by chance may begin so."""
_PLAIN_TEXT = rb"\(" + _NO_NAME + rb"(?:" + _TEXT + rb")*+\)"
_HEX_TEXT = rb"<" + _NO_NAME_EITHER + rb"(?:(?:[0-9A-Fa-f]{2})++|" + _SPACE + rb"++)*+>"
_NUMBERED = (
    rb"(?:[A-Za-z]*B[Oo]x|AvgWidth|Ascent|BPC|BitsPer[A-Za-z]+|Border|Bounds|C|C0|C1|CA|CapHeight|Colors|Columns|Count|DL|DW|DamagedRowsBeforeError|"
    rb"Decode|Descent|Domain|Dur|EarlyChange|Encode|FL?|Ff|First|FirstChar|Flags|FontWeight|[A-Z][a-z]+Type|Gamma|H|Height|"
    rb"ItalicAngle|L|L[CJW]|LastChar|Leading|Length[123]?|ML|Matrix|MaxLen|MaxWidth|MCID|MissingWidth|N|Order|"
    rb"Predictor|Prev|Q|R|Range|Rect|Rotate|Rows|SM|SMaskInData|SigFlags|Size|Stem[HV]|StructParents?|Supplement|"
    rb"UserUnit|V|W|Widths?|XHeight|XRefStm|[XY]Step|ca)"
)
_TRUTH = (
    rb"(?:"
    rb"/(?!" + _NUMBERED + _END + rb")" + _SHORT + rb"(?:" + _PLAIN + rb")++" + _SPACE + rb"++(?:true|false)"
    rb"|/Extend"
    + _SPACE
    + rb"*+\["
    + _SPACE
    + rb"*+(?:true|false)"
    + _SPACE
    + rb"++(?:true|false)"
    + _SPACE
    + rb"*+\]"
    rb")"
) + _END
"""Right behind the name of an entry that is no number: CUPS takes a truth among numbers for nought."""
_NOBODY = rb"".join(
    part + _SPACE + rb"*+"
    for part in (rb"/Prop_Build", rb"<<", rb"/App", rb"<<", rb"/Name", rb"/", rb">>", rb">>")
)
"""What made a signature, by iText from 7 on where nobody calls it anything: the one name without letters."""
_TOKENS = (
    rb"(?:"
    + rb"|".join(
        (
            _SPACE + rb"++",
            _NOBODY,
            rb"/DA" + _SPACE + rb"*+\((?:" + _TEXT + rb")*+\)",
            rb"/CharSet" + _SPACE + rb"*+" + _SIGNS,
            _TRUTH,
            _NAME,
            _REFERENCE,
            _NUMBER,
            rb"<<|>>|\[|\]",
            _PLAIN_TEXT,
            _HEX_TEXT,
            rb"null" + _END,
            _REMARK,
        )
    )
    + rb")*+"
)
_OBJECT = re.compile(
    rb"obj(?=[\t\n\f\r <(\[/%])(" + _TOKENS + rb")(?:endobj|(stream\r?\n))",
    re.DOTALL,
)
_TRAILER = re.compile(
    rb"trailer(" + _SPACE + rb"*+(?=<<)" + _TOKENS + rb")(?:%[^\r\n]*+[\r\n]|" + _SPACE + rb")*+startxref",
    re.DOTALL,
)
_INDIRECT = rb"[0-9]++" + _SPACE + rb"++0" + _SPACE + rb"++R" + _END
_REFERRED = re.compile(
    rb"/Filter"
    + _SPACE
    + rb"*+"
    + _INDIRECT
    + rb"|/(?:Filter|DecodeParms)"
    + _SPACE
    + rb"*+\[(?:[^\[\]<]|<<[^<>]*+>>)*?(?<![0-9])"
    + _INDIRECT
)
"""How a stream is packed it says itself: PDFBox follows no reference in a list, and leaves the stream out.
No list is within this one, and no number begins within another, so each part is gone through once."""
_INSIDE = re.compile(_TOKENS + rb"\Z", re.DOTALL)
_GAP = rb"(?:" + _SPACE + rb"|" + _REMARK + rb")*+"
_EMPTY = re.compile(_GAP + rb"\Z")
_ALONE = re.compile(
    _GAP + rb"(?:" + rb"|".join((_NAME, _NUMBER, _PLAIN_TEXT, _HEX_TEXT)) + rb")" + _GAP + rb"\Z",
    re.DOTALL,
)
"""An object without brackets. A reference is none, nor is ``null``: some programs follow, others do not; nor
a truth, which stands where it belongs."""
_WITHIN_A_WORD = re.compile(rb"[^\t\n\f\r ()<>\[\]/%]{2}")
_LISTED = re.compile(
    rb"(?:"
    + _SPACE
    + rb"*+[0-9]{1,9}"
    + _SPACE
    + rb"++[0-9]{1,9}(?="
    + _SPACE
    + rb"|\Z))*+"
    + _SPACE
    + rb"*+\Z"
)
_HEX = rb"<[0-9A-Fa-f\t\n\f\r ]*+>|"
_NAMED = rb"/[^\t\n\f\r ()<>\[\]/%]++|"
"""Passed over as a whole: what would be looked for behind each of many thousand figures."""
_SILENT = rb"\((?:" + _TEXT + rb")*+\)|%[^\r\n]*+|" + _HEX + _NAMED
_REFERENCES = re.compile(_SILENT + rb"([0-9]++)" + _SPACE + rb"++0" + _SPACE + rb"++R" + _END, re.DOTALL)
_PART = re.compile(
    _SILENT
    + rb"<<|>>|\[|\]|([0-9]++)"
    + _SPACE
    + rb"++0"
    + _SPACE
    + rb"++R"
    + _END
    + rb"|[^\t\n\f\r ()<>\[\]/%]++",
    re.DOTALL,
)
_BRACKETS = re.compile(
    rb"\((?:" + _TEXT + rb")*+\)|%[^\r\n]*+|<[0-9A-Fa-f\t\n\f\r ]*+>|<<|>>|\[|\]", re.DOTALL
)
_TEXTS = re.compile(rb"\((?:" + _TEXT + rb")*+\)|%[^\r\n]*+|(?<!<)" + _HEX.rstrip(b"|"), re.DOTALL)
"""What says nothing of a stream, whatever letters stand in it."""
_PAIRS = {b"<<": b">>", b"[": b"]"}
_DEEPEST = 30
"""Of dictionaries and lists within each other; ours and those of services have fewer than ten, and of a few
hundred some programs give up the whole file."""
_COMPRESSED, _LARGEST = 2, (1 << 31) - 1
"""The last kind of a line in a table that is a stream, and the largest number in any."""
_LAST = (0xFFFF, 0, _LARGEST)
"""The largest third number of each kind: a generation, one of none but the first, a place among others."""
_PIECES = (1 << 10, 1 << 15, (1 << 20) + (1 << 16))
"""Bytes looked at, until an object ends; the last is more than any may have."""


def check_object(file: BinaryIO, place: int) -> bytes:
    """What begins with the word ``obj`` at a place, up to ``endobj`` or to what its stream holds.

    Raises ValueError unless it is one object, written exactly.
    """
    found = _found(file, place, _OBJECT)
    if not _is_one(found[1], b"<<" if found[2] else b"") or (
        found[2] and _REFERRED.search(_TEXTS.sub(b" ", found[1]))
    ):
        raise ValueError(place)
    return found[0]


def check_trailer(file: BinaryIO, place: int) -> bytes:
    """The same for what begins with the word ``trailer``, up to ``startxref``."""
    found = _found(file, place, _TRAILER)
    if not _is_one(found[1], b"<<"):
        raise ValueError(place)
    return found[0]


def _found(file: BinaryIO, place: int, grammar: re.Pattern[bytes]) -> re.Match[bytes]:
    for size in _PIECES:
        file.seek(place)
        if found := grammar.match(file.read(size)):
            return found
    raise ValueError(place)


def _is_one(text: bytes, kind: bytes = b"") -> bool:
    """Whether exact tokens are one object, which begins with ``kind``; few brackets within each other.

    No remark lies in a dictionary of which we look for single entries: a stream's, or a trailer.
    """
    if _ALONE.match(text):
        return not kind
    start, end, closing = -1, -1, list[bytes]()
    for part in _BRACKETS.finditer(text):
        if part[0] in _PAIRS:
            if end >= 0 or len(closing) == _DEEPEST:
                return False
            start = part.start() if start < 0 else start
            closing.append(_PAIRS[part[0]])
        elif part[0].startswith(b"%"):
            if kind and closing:
                return False
        elif part[0] in _PAIRS.values():
            if not closing or closing.pop() != part[0]:
                return False
            end = end if closing else part.end()
    return (
        end >= 0
        and not closing
        and text.startswith(kind, start)
        and _EMPTY.match(text[:start]) is not None
        and _EMPTY.match(text[end:]) is not None
    )


def references(text: bytes) -> set[int]:
    """The numbers of the objects that an exact text refers to."""
    return {int(found[1]) for found in _REFERENCES.finditer(text) if found[1] is not None}


def stream_length(text: bytes) -> tuple[int, bool]:
    """``/Length`` of an object's own dictionary, and whether it is only a reference to the number.

    Raises ValueError where there is none, or two.
    """
    found = numbers_at(text, b"/Length")
    if len(found) != 1:
        raise ValueError(found)
    return found[0]


def numbers_at(text: bytes, name: bytes) -> list[tuple[int, bool]]:
    """Each number by that name in an object's own dictionary, and whether it is only a reference to one.

    Raises ValueError where there is something else.
    """
    found: list[tuple[int, bool]] = []
    depth, key = 0, b""
    for part in _PART.finditer(text):
        depth += {b"<<": 1, b"[": 1, b">>": -1, b"]": -1}.get(part[0], 0)
        if key == name and depth == 1:
            found.append((int(part[1] or part[0]), part[1] is not None))
        key = part[0] if depth == 1 else b""
    return found


def keys_of(text: bytes) -> set[bytes]:
    """The entries of the dictionary that an exact text is, or begins with."""
    return {key for key, _ in _entries(text)}


def kind_of(text: bytes) -> bytes:
    """``/Type`` of an object's own dictionary, a name; empty where there is none.

    Raises ValueError where there are two, or something else: not every program follows a reference there.
    """
    found = [value for key, value in _entries(text) if key == b"/Type"]
    if len(found) > 1 or not all(value.startswith(b"/") for value in found):
        raise ValueError(found)
    return found[0] if found else b""


def _entries(text: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The entries of the dictionary that an exact text is, or begins with, and with what each begins."""
    depth, key = 0, b""
    for part in _PART.finditer(text):
        word = part[0]
        if word in {b">>", b"]"}:
            depth -= 1
            if not depth:
                return
        elif not word.startswith(b"%"):
            if depth == 1:
                if key:
                    yield key, word
                key = b"" if key else word
            depth += word in {b"<<", b"["}


def _check_direct(stream: Any, *keys: str) -> None:
    """Some programs do not follow a reference where they only begin to read. Raises ValueError."""
    for key in keys:
        value = stream.raw_get(key) if key in stream else None
        inside = [value.raw_get(at) for at in range(len(value))] if isinstance(value, ArrayObject) else []
        if any(isinstance(one, IndirectObject) for one in (value, *inside)):
            raise ValueError(key)


def check_table(stream: Any) -> None:
    """Raise ValueError unless a stream that is a table has three columns and nothing besides."""
    _check_direct(stream, "/W", "/Index", "/Size", "/Filter", "/DecodeParms", "/Prev")
    parts = [int(one) for one in stream.get("/Index", ())]
    if any(first and not count for first, count in zip(parts[::2], parts[1::2], strict=True)):
        raise ValueError(parts)
    widths = [int(one) for one in stream["/W"]]
    if len(widths) != 3 or widths[0] != 1 or not 1 <= widths[1] <= 8 or not 0 <= widths[2] <= 4:
        raise ValueError(widths)
    entries = stream.get("/DecodeParms")
    if entries is not None and (
        # beside a list of ways some programs do not heed the parameters of one
        not isinstance(stream.get("/Filter"), str)
        or not set(entries) <= {"/Columns", "/Predictor"}
        or int(entries.get("/Predictor", 1)) not in {1, 12}
        or int(entries.get("/Columns", 1)) != sum(widths)
    ):
        raise ValueError(entries)
    one_reading(stream)
    data, length = stream.data, sum(widths)
    if not all(_is_line(data[at : at + length], widths[1]) for at in range(0, len(data), length)):
        raise ValueError(stream)
    if (parts or [0])[0] == 0 and data[:1] not in {b"", b"\0"}:
        # number 0 is free, or some look for the objects themselves
        raise ValueError(stream)


def _is_line(line: bytes, width: int) -> bool:
    """Whether a table's line says nothing that some program finds too large: it reads none behind it."""
    kind, number, last = line[0], int.from_bytes(line[1 : 1 + width]), int.from_bytes(line[1 + width :])
    return kind <= _COMPRESSED and number <= _LARGEST and last <= _LAST[kind]


def objects_listed(stream: Any) -> dict[int, bytes]:
    """The objects that a stream of objects holds, in their order, by number.

    Raises ValueError where it is not written exactly.
    """
    _check_direct(stream, "/N", "/First", "/Filter")
    data = one_reading(stream)
    first = int(stream["/First"])
    head, rest = data[:first], data[first:]
    if "/DecodeParms" in stream or "/Extends" in stream or not _LISTED.match(head):
        raise ValueError(stream)
    numbers = [int(one) for one in head.split()]
    listed, places = numbers[::2], numbers[1::2]
    if len(set(listed)) != len(listed) or int(stream["/N"]) != len(listed):
        raise ValueError(listed)
    if places != sorted(set(places)) or places[:1] not in ([], [0]) or any(at >= len(rest) for at in places):
        raise ValueError(places)
    if any(_WITHIN_A_WORD.match(data, first + at - 1) for at in places):
        raise ValueError(places)
    ends = [*places[1:], len(rest)]
    found = {number: rest[at:end] for number, at, end in zip(listed, places, ends, strict=True)}
    if not all(_INSIDE.match(one) and _is_one(one) for one in found.values()):
        raise ValueError(listed)
    return found


def one_reading(stream: Any) -> bytes:
    """What a stream holds, packed in the one way that has one reading. Raises ValueError."""
    packing = stream.get("/Filter")
    names = (
        [] if packing is None else [str(one) for one in ([packing] if isinstance(packing, str) else packing)]
    )
    data: bytes = stream.encoded_data
    if names not in ([], ["/FlateDecode"]) or {"/F", "/FFilter", "/DP", "/FDecodeParms"} & set(stream):
        raise ValueError(names)
    return inflated(data) if names else data
