"""What somebody else wrote, within a sentence of the program's: between quotation marks, and short.

Whoever seals a package writes offices, names and codes into it, and a guideline of his own besides; whoever
makes a certificate writes the name in that. Without marks his sentence would go on as the program's own. So
nothing that is text stands without them unless it is known to be ours: by a guideline at hand, or because it
is so narrow that nothing else can be said with it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from typing import TYPE_CHECKING

from desktop.base import Language, LocalText, Message, render
from desktop.base.message import Param
from desktop.base.quoting import SHOWN, bounded, bounded_each
from desktop.base.speech import is_sentence
from desktop.submission.called import VERSION, AtHand, Titles, guideline_said
from desktop.submission.codes import find
from desktop.workspace.regions import region_named

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack
    from desktop.submission.verdict import PackageInfo

__all__ = [
    "GUIDELINES", "MOST", "PATHS", "SHOWN", "as_said", "bounded", "guideline_called", "is_ours",
    "marked", "program_called", "quoted", "quoted_once", "region_called", "with_marks",
]  # fmt: skip

MOST = 4 * SHOWN
"""Of a text that is itself what is odd, or by which something must be found again."""
_PLACE = "\N{REPLACEMENT CHARACTER}"
_NOBODY = frozenset({"", "-", "\N{EN DASH}", "\N{EM DASH}"})
_PEOPLE = frozenset(
    {
        *("role", "roles", "office", "other", "label", "labels"),
        *("holder", "issuer", "other_issuer", "authority", "root", "person"),
        *("names", "plan", "before", "after"),
    }
)
"""Places in sentences where people and offices are told as a package or certificate says."""
PATHS = frozenset({"file", "files", "name", "document"})
GUIDELINES = frozenset({"guideline", "found"})
"""Where a guideline is told by id and version, which are words of a sealer's own."""
_FIGURES = re.compile(r"[0-9]{1,10}(?:, [0-9]{1,10}){0,40}(?:, …)?|[0-9]{1,6}\.[0-9]{1,3}")
_EDITION = re.compile(rf"(?:{VERSION.pattern})(?:/[0-9]{{1,4}})?")
_REGION = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){0,4}")
_HEXADECIMAL = re.compile(r"[0-9a-f]{4,64}|(?:[0-9a-f]{4} ){1,15}[0-9a-f]{4}")
_OBJECT = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,40}){1,20}")
_ALGORITHM = re.compile(r"(?:blake2|ecdsa|md|dsa|rsa|sha)[a-z0-9_/-]{0,16}|\?")
_CURVE = re.compile(r"[A-Za-z]{1,12}[0-9]{2,3}[a-z0-9]{0,4}")
_FRAME = re.compile(
    r"mimetype|manifest\.json|data\.json|approval|META-INF/(?:manifest|signatures[0-9]{1,4})\.xml"
)
"""What is called like this in every package."""
_OURS: Mapping[str, tuple[re.Pattern[str], ...]] = {
    **dict.fromkeys(("page", "pages", "at", "seconds", "bits"), (_FIGURES,)),
    **dict.fromkeys(("version", "sealed", "own"), (_FIGURES, _EDITION)),
    **dict.fromkeys(("oid", "policy"), (_OBJECT,)),
    **dict.fromkeys(("algorithm", "hash"), (_ALGORITHM, _OBJECT)),
    **dict.fromkeys(PATHS, (_FRAME,)),
    "code": (_REGION,),
    "curve": (_CURVE,),
    "sha256": (_HEXADECIMAL,),
    "kind": (
        re.compile(r"[A-Z][A-Za-z]{1,30}Error|DH|DSA|Ed[0-9]{3,5}|X[0-9]{3,5}"),
    ),  # of a fault, of a key
    "status": (re.compile("malformed_request|internal_error|try_later|sign_required|unauthorized"),),
}
"""By its place, what can be nothing but what stands there by right."""
_NO_TITLES: Titles = {}


def is_ours(key: str, said: str | LocalText, at_hand: Container[object]) -> bool:
    """Whether a text in a place of a sentence is no word of a sender's, and may stand there without marks.

    ``at_hand``: what a guideline at hand calls things.
    """
    if isinstance(said, LocalText):
        return not said or said in at_hand
    if said in _NOBODY or (key == "code" and find(said) is not None):
        return True
    if key in GUIDELINES:
        return said in at_hand
    return any(grammar.fullmatch(said) for grammar in _OURS.get(key, ()))


def marked(text: str) -> str:
    """A text of somebody else's between quotation marks, for lists: they are the same in every language."""
    return f"\u201c{bounded(text)}\u201d"


def quoted(text: str | LocalText, most: int = SHOWN) -> Message:
    """The same between quotation marks."""
    return Message("submission.letter.quoted", text=_bounded(text, most))


def somebody(text: str) -> Message | str:
    """A person, an office or an agency between quotation marks; what names nobody stands as it is."""
    return text if text in _NOBODY else quoted(text)


def path_said(path: str) -> Message | str:
    """A path between quotation marks, but for those that every package has."""
    return path if is_ours("file", path, ()) else quoted(path, MOST)


def quoted_once(message: Message, key: str, text: str | LocalText, most: int = SHOWN) -> Param:
    """A text for a place of a sentence, between quotation marks once: many sentences have them already."""
    told = message.with_named(
        lambda name, value: _PLACE if name == key else value if isinstance(value, int) else ""
    )
    has_marks = f"\u201c{_PLACE}\u201d" in render(told, Language.ID)
    return _bounded(text, most) if has_marks else quoted(text, most)


def as_said(
    message: Message,
    package: PackageInfo | None = None,
    titles: Titles = _NO_TITLES,
    *,
    people: int = SHOWN,
) -> Message:
    """A reason such as a person reads it: whatever is not known to be ours stands in quotation marks.

    ``package``: which guideline at hand may call its roles and documents; one inside it never does.
    ``titles``: what documents are called here. ``people``: how many letters of a person or office are shown.
    """
    known = AtHand(package.guideline_id, package.guideline_version) if package is not None else ()
    return with_marks(message, known, titles, people)


def with_marks(
    message: Message, at_hand: Container[object], titles: Titles = _NO_TITLES, people: int = SHOWN
) -> Message:
    """The same, where it is known what the guideline ``at_hand`` calls things."""

    def told(key: str, value: Param) -> Param:
        match value:
            case Message():
                return with_marks(value, at_hand, titles, people)
            case str() if key in PATHS and value in titles:
                return titles[value]
            case str() | LocalText() if not is_ours(key, value, at_hand):
                return quoted_once(message, key, value, people if key in _PEOPLE else MOST)
            case _:
                return value

    return message.with_named(told) if is_sentence(message) else quoted(message.id)


def guideline_called(guideline: str, version: str, pack: Pack | None) -> Message | str:
    """What the guideline is called where this very version is at hand, else its id and version as stated."""
    info = pack.pack if pack is not None else None
    if info is not None and (info.id, info.version) == (guideline, version):
        return Message("books.guideline", title=info.called, version=info.edition)
    said = guideline_said(guideline, version)
    return quoted(said) if isinstance(said, str) and said else said


def region_called(code: str, name: str) -> Message | str:
    """A region's name where it is that of the ministry's list, else as a package has it."""
    known = region_named(code)
    return name if known is not None and known.name == name else quoted(name)


def program_called(program: str) -> Message | str:
    """The program that sealed, by its name and version; whatever else is a sealer's own word."""
    name, _, version = program.partition(" ")
    return program if name == "Rancang" and VERSION.fullmatch(version) else quoted(program)


def _bounded(text: str | LocalText, most: int) -> str | LocalText:
    return bounded(text, most) if isinstance(text, str) else bounded_each(text, most)
