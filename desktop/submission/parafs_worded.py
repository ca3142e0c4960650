"""The words of a list of initials, which stand on the sheet that officials sign: whose office, whose name.

Who gave a paraf, and that it was given, is the team's word. What the program works out itself, and what an
office is called, is the plan's and the guideline's: in their place a sealer could write whatever he likes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from desktop.base import LocalText, Message
from desktop.base.plain import plain
from desktop.guideline.pack import Pack
from desktop.guideline.signing import initials_steps, label_of, sheet_signers
from desktop.submission.acting import ACTING_WORDS, BEHALF, in_full
from desktop.submission.appellations_told import note_odd, odd
from desktop.submission.judging import Judge
from desktop.submission.manifest import MAXIMUM_TEXT, Manifest
from desktop.workspace.appellations import is_name, is_office
from desktop.workspace.offices import ACTING, signed_office
from desktop.workspace.plan_data_form import Data

if TYPE_CHECKING:
    from desktop.checks.initials import Paraf

_WORD = re.compile(r"(?:[^\W\d_]|[.,'\u2019`/&-])+|\((?:[^\W\d_]|[.-]){2,9}\),?")
"""Of letters with their marks, a short one in brackets. Neither the semicolons of a list of initials nor sums
and years."""
_OF_OFFICE = 12
"""Words: more is a sentence."""
_LONGEST = 150
_SHOWN = 200
_BEFORE_PLACE = ((), ("sekretariat", "daerah"), ("pemerintah",))
_DEPUTY = frozenset({"wakil", "asisten", "staf", "kepala", "sekretaris", "deputy", "assistant", "head"})
"""How the office of whoever initials for somebody begins."""
_OF_DEPUTIES = (
    "ahli bagian biro bidang seksi sub subbagian sekretariat daerah i ii iii iv pemerintahan perekonomian "
    "pembangunan administrasi umum kesejahteraan rakyat kemasyarakatan hukum organisasi politik keuangan "
    "perundang undangan bantuan dokumentasi informasi sumber manusia dan expert staff legal bureau "
    "general administration affairs government economy development welfare regional secretary of for the "
    "and"
)
_DEPUTIES = ACTING_WORDS | _DEPUTY | frozenset(_OF_DEPUTIES.split())
"""What it is made of: with these words nobody promises anything."""


def note_worded(
    pack: Pack, manifest: Manifest, data: Data, wanted: Mapping[tuple[int, str], Paraf], judge: Judge
) -> None:
    """Tell of entries whose office or name is none that the program would write there.

    ``wanted`` are the parafs of officials by step and label, as they are on the day of the documents. Each
    official has one: a second one of the same step would stand on the sheet beside it.
    """
    language = data.workspace.source_language
    offices = {each.number: _offices(pack, data, each.step.role) for each in wanted.values()}
    called = {number: label_of(pack, step.role) for number, step in initials_steps(pack)}
    signs = [_offices(pack, data, role, language) for role in sheet_signers(pack)]
    once = set[int]()
    for one in manifest.initials if isinstance(manifest.initials, tuple) else ():
        known, role = offices.get(one.step), called.get(one.step, LocalText({}))
        paraf, again = wanted.get((one.step, one.label)), known is not None and one.step in once
        once.add(one.step)
        own = _own(paraf, language) if paraf is not None and not again else ("", "")
        if known is None:
            # which agencies were at work the data do not say, and whoever heads one may be called anything
            fits = not any(each.is_begun(text) for each in signs for text in (one.office, one.name))
            own = role.read(language), ""
        elif paraf is not None and one.state == "waiting":
            fits = (one.office, one.name, one.date) == (*_own(paraf, language), "")
        else:
            expected = paraf is not None and one.name == paraf.expected[:MAXIMUM_TEXT]
            fits = (expected or is_name(one.name)) and known.has(one.office)
        if again or not fits:
            better = ", ".join(filter(None, own)) or "\N{EN DASH}"
            said = ", ".join(filter(None, (one.office, one.name, one.date if one.state == "waiting" else "")))
            told = {"label": one.label, "said": said[:_SHOWN], "wanted": better[:_SHOWN]}
            judge.note(Message("submission.note.initials_worded", **told))
        else:
            # the plan's own words may be at fault; of an agency's head it has one field, often for his office
            name = "" if known is None and is_office(one.name) else one.name
            for text in odd(one.office, name):
                note_odd(role if role.texts else one.label, text, judge)


def _own(paraf: Paraf, language: str) -> tuple[str, str]:
    """Office and name of a paraf that nobody has given yet, as sealing writes them."""
    return paraf.title(language)[:MAXIMUM_TEXT], paraf.expected[:MAXIMUM_TEXT]


@dataclass(frozen=True, slots=True)
class _Offices:
    """What an official may be called who has initialled: in the guideline's words or the plan's."""

    texts: frozenset[str]
    words: frozenset[tuple[str, ...]]
    places: frozenset[tuple[str, ...]]

    def has(self, text: str) -> bool:
        """The very words, or those of who acts in the office or for whoever holds it; of the region."""
        if _flat(text) in self.texts:
            return True
        said = _tokens(text)
        if (
            len(text) > _LONGEST
            or len(said) > _OF_OFFICE
            or not all(map(_WORD.fullmatch, plain(text).split()))
        ):
            return False
        own = [each[1:] if each[0] in ACTING_WORDS else each for each in (said, *_for_whom(said)) if each]
        return any((*office, *place) in own for office in self.words for place in self.places)

    def is_begun(self, text: str) -> bool:
        """Whether somebody is called like that, wherever, or like whoever acts for him."""
        said = _tokens(text)
        behalf = (
            at + len(one) for one in BEHALF for at in range(len(said)) if said[at : at + len(one)] == one
        )
        own = (said[at + (said[at] in ACTING_WORDS) :] for at in (0, *behalf) if at < len(said))
        return any(word and each[: len(word)] == word for each in own for word in self.words)


def _for_whom(said: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """What stands behind a deputy's office: *Asisten Administrasi Umum a.n. Sekretaris Daerah*."""
    for at in range(len(said)):
        deputy = said[:at]
        if deputy and not (deputy[0] in _DEPUTY | ACTING_WORDS and _DEPUTIES.issuperset(deputy)):
            return
        yield from (said[at + len(one) :] for one in BEHALF if said[at : at + len(one)] == one)


def _offices(pack: Pack, data: Data, role: str, language: str = "") -> _Offices:
    """In one ``language`` or in all: a *mayor* is a soldier in Indonesian."""

    def said(texts: Mapping[str, str]) -> list[str]:
        return [text for each, text in texts.items() if not language or each == language]

    words = said(label_of(pack, role).texts)
    words += [part for word in words for part in word.split("/")]
    words += [office for one in data.people if one.role == role for office in said(one.office)]
    words = list(dict.fromkeys(filter(None, map(str.strip, words))))
    texts = {_flat(signed_office(acting, word)[:MAXIMUM_TEXT]) for word in words for acting in ("", *ACTING)}
    region = _tokens(data.region.name)
    kind = _tokens(data.region.kind)
    called = (region, region[1:], (*kind, *region), ())
    places = {(*before, *place) for before in _BEFORE_PLACE for place in called}
    return _Offices(frozenset(texts), frozenset(map(_tokens, words)), frozenset(places))


def _flat(text: str) -> str:
    return " ".join(plain(text).split()).casefold()


def _tokens(text: str, *, full: bool = True) -> tuple[str, ...]:
    """The words alone, without marks; ``full``: what is shortened is written out."""
    said = re.sub(r"[^\w ]+", " ", _flat(text)).split()
    return in_full(said) if full else tuple(said)
