"""What of a package's own words the desk repeats in letters, receipts and lists: little, as somebody else's.

Whoever seals a package writes offices, names, paths and titles into it, and whoever asks for a certificate
the name in that. In a sentence of the ministry's they would be read as the ministry's. So what the guideline
at hand or the ministry's own lists call a thing stands in its place; else what a package says stands between
quotation marks, short, and in letters and receipts only where it looks like what it should be and somebody
believed vouches for the package. Otherwise the sentence is said that the table of codes has for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING

from desktop.base import Language, LocalText, Message
from desktop.base.message import Param
from desktop.base.speech import is_sentence
from desktop.guideline.signing import closing_role
from desktop.submission.called import (
    NOT_KNOWN_HERE,
    Title,
    Titles,
    document_titles,
    names_in,
    pack_at_hand,
    role_title,
)
from desktop.submission.codes import find
from desktop.submission.quoting import (
    GUIDELINES,
    MOST,
    PATHS,
    SHOWN,
    bounded,
    guideline_called,
    is_ours,
    quoted,
    quoted_once,
)
from desktop.submission.register.entry import UNSIGNED, Basis, Entry
from desktop.submission.register.reading import Signer, Told
from desktop.submission.verdict import VerdictKind, Weight
from desktop.workspace.appellations import is_name, is_office

if TYPE_CHECKING:
    from desktop.guideline.pack import Pack, Role

_BELIEVE = "trust.path.unknown"
"""What to do about it is for whoever verifies, and the code means the same."""
_WHOM = Message("submission.letter.whom_asked")
_SHA256 = re.compile("[0-9a-f]{64}")
_DIGITS = 16
"""Of a SHA-256 as many are told: enough to know a certificate again by."""
_KEY = re.compile(r"[A-Za-z0-9./_]{1,40}")
"""Object identifiers, algorithms, roles."""
_BY_THE_DESK = frozenset(
    {
        ("submission.register.other_guideline", "wanted"),
        ("submission.note.other_region", "known"),
    }
)
"""What a sentence is told by the desk itself or the ministry's list of regions."""
_OFFICES = frozenset({"role", "office", "roles", "label", "labels", "other"})


class _How(Enum):
    """What becomes of a text that is nobody's but the package's."""

    QUOTED = "quoted"
    HELD = "held"
    """Quoted where it looks like what it should be."""
    LEFT_OUT = "left out"
    DOTS = "dots"
    """Three dots stand for it."""


class _NotRepeated(Exception):
    """A sentence has a text in it that is not to be repeated."""


def listed(names: Iterable[str]) -> str:
    """Names of files, each between quotation marks."""
    return ", ".join(f"\u201c{bounded(name)}\u201d" for name in names)


def guideline_label(entry: Entry, pack: Pack | None) -> Message | str:
    """What the guideline is called where this very version is at hand, else its id and version as stated."""
    return guideline_called(entry.guideline, entry.guideline_version, pack)


def packs_of(found: Iterable[Entry]) -> dict[tuple[str, str], Pack | None]:
    """The guidelines at hand that packages say to follow, by id and version: each is looked for once."""
    named = {(one.guideline, one.guideline_version) for one in found}
    return {each: pack_at_hand(*each) for each in named if each[0]}


def role_called(pack: Pack | None, signer: Signer) -> Title | str:
    """What a guideline at hand calls a role, else that it is one, by its id; a claim is told as one."""
    if not signer.role:
        return "\N{EM DASH}"
    if not signer.asked and not signer.document:
        return Message("submission.signer.claims", office=bounded(signer.role))
    return role_title(pack, signer.role) or Message("submission.signer.role", role=bounded(signer.role))


class Repeating:
    """Says of one entry what is to be said, with no words of the package's for the desk's own.

    ``pack``: the guideline at hand that the package says to follow. ``inward``: for the desk alone, which has
    to find a thing again; there everything is quoted, longer, and nothing left out.
    """

    def __init__(self, entry: Entry, pack: Pack | None, *, inward: bool = False) -> None:
        refused = entry.result == VerdictKind.REFUSED.value
        self._entry, self._pack = entry, pack
        # of what is no package only the names of files are told, which stand in the letter anyway
        vouched = entry.basis is Basis.SIGNED and not refused
        self._how = (
            _How.QUOTED if inward or entry.result == UNSIGNED else _How.HELD if vouched else _How.LEFT_OUT
        )
        self._most = MOST if inward else SHOWN
        self._roles: tuple[Role, ...] = pack.roles if pack is not None else ()
        # a refused package names no document of the guideline's
        self.titles: Titles = document_titles(pack, set() if refused else self._paths())
        self._known = names_in(pack) if pack is not None else frozenset()

    def _paths(self) -> set[str]:
        told = (value for each in self._entry.reasons for value in each.message.params.values())
        paths = {value for value in told if isinstance(value, str)}
        return paths | {each.document for each in self._entry.signers}

    def reason(self, one: Told) -> Told:
        """The reason, said so that it may stand in a letter."""
        row = find(one.code)
        ours = row is not None or is_sentence(Message(f"submission.{one.code}"))
        code = one.code if ours else "\N{EN DASH}"
        meaning = row.meaning if row is not None else Message("submission.letter.no_words")
        try:
            return replace(one, code=code, message=self._said(one.message, self._how))
        except _NotRepeated:
            return replace(one, code=code, message=self._more(meaning, one.message))

    def whose(self, one: Told) -> Told:
        """The reason, and which certificate it is about if it is about one, in no word of the package's."""
        said, params = self.reason(one), one.message.params
        certificate, role, path = (str(params.get(key, "")) for key in ("certificate", "role", "document"))
        if one.weight != Weight.REFUSAL.value or not _SHA256.fullmatch(certificate):
            return said
        told: dict[str, Param] = {"reason": said.message, "end": certificate[-_DIGITS:]}
        label = next((each.label for each in self._roles if each.id == role), None)
        title = document_titles(self._pack, {path}).get(path)
        if label is None:
            return replace(said, message=Message("submission.letter.of_certificate", **told))
        if title is None:
            return replace(said, message=Message("submission.letter.of_role", role=label, **told))
        told |= {"role": label, "document": title}
        return replace(said, message=Message("submission.letter.of_role_in", **told))

    def _more(self, meaning: Message, message: Message) -> Message:
        """What a code means, and why where a sentence says that."""
        why = message.params.get("reason")
        if not isinstance(why, Message) or why.id == _BELIEVE:
            return meaning
        try:
            said = self._said(why, _How.DOTS)
        except _NotRepeated:
            return meaning
        return Message("submission.letter.because", meaning=meaning, reason=said)

    def doubt(self, message: Message) -> Message:
        """What the desk itself finds odd, with the names of people and files that it is about."""
        try:
            return self._said(message, _How.QUOTED)
        except _NotRepeated:
            return Message("submission.letter.no_words")

    def document(self, path: str) -> Title | str:
        """What a document is called, else its path; empty for the package."""
        return self.titles.get(path) or (quoted(path, self._most) if path else "")

    # ---- one sentence

    def _said(self, message: Message, how: _How) -> Message:
        if not is_sentence(message):
            raise _NotRepeated
        return message.with_named(lambda key, value: self._param(message, key, value, how))

    def _param(self, message: Message, key: str, value: Param, how: _How) -> Param:
        match value:
            case Message():
                return value if value == NOT_KNOWN_HERE else self._said(value, how)
            case str() if (message.id, key) in _BY_THE_DESK:
                # a register may come from anybody
                return self._quoted(message, key, value)
            case str() | LocalText() if is_ours(key, value, self._known):
                return value
            case LocalText():
                return self._text(message, key, value.read(Language.ID), how)
            case str():
                return self.titles.get(value) or self._text(message, key, value, how)
            case _:
                return value

    def _text(self, message: Message, key: str, text: str, how: _How) -> Param:
        if key in GUIDELINES:
            return self._guideline(how)
        role = self._role(text) if key in _OFFICES else None
        if role is not None and text in {role.id, *role.label.texts.values()}:
            return role.label
        if how is _How.QUOTED or (how is _How.HELD and _looks_right(key, text)):
            return self._quoted(message, key, text)
        if how is _How.DOTS:
            return self._quoted(message, key, "\N{HORIZONTAL ELLIPSIS}")
        if key == "role" and message.id.startswith("submission.missing."):
            whose = self._closing(message) or role
            return whose.label if whose is not None else _WHOM
        raise _NotRepeated

    def _quoted(self, message: Message, key: str, text: str) -> Param:
        return quoted_once(message, key, text, self._most)

    def _closing(self, message: Message) -> Role | None:
        """Whom the guideline at hand asks to close a package, where that is missing."""
        closes = message.id == "submission.missing.container_signature" and self._pack is not None
        return closing_role(self._pack) if closes and self._pack is not None else None

    def _guideline(self, how: _How) -> Param:
        label = guideline_label(self._entry, self._pack)
        at_hand = isinstance(label, Message) and label.id == "books.guideline"
        if not at_hand and how is not _How.QUOTED and how is not _How.HELD:
            return NOT_KNOWN_HERE
        return label

    def _role(self, text: str) -> Role | None:
        """The role of the guideline at hand that is called so, and nothing more.

        The deputy of a mayor, his assistants and his staff have his title in theirs.
        """
        said = _flat(text)
        return next((role for role in self._roles if said and said in _names_of(role)), None)


def _names_of(role: Role) -> Iterator[str]:
    """What a role is called, in small letters: *Bupati/Wali Kota* is either."""
    for text in (role.id, *(part for each in role.label.texts.values() for part in (each, *each.split("/")))):
        yield _flat(text)


def _flat(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _looks_right(key: str, text: str) -> bool:
    """Like the name of a file, a person or an office, or several of them."""
    return key in PATHS or _is_appellation(text) or all(map(_is_appellation, _parts(text)))


def _is_appellation(text: str) -> bool:
    return is_name(text) or is_office(text) or _KEY.fullmatch(text) is not None


def _parts(text: str) -> list[str]:
    return re.split(r"[;,] ", text)
