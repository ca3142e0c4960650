"""The words of a list of initials, which stand on the sheet that officials sign: whose office, whose name.

Who gave a paraf, and that it was given, is the team's word. What the program works out itself, and what an
office is called, is the plan's and the guideline's: in their place a sealer could write whatever he likes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from desktop.base import Message
from desktop.base.plain import plain
from desktop.guideline.pack import Pack
from desktop.guideline.signing import label_of
from desktop.submission.judging import Judge
from desktop.submission.manifest import MAXIMUM_TEXT, Manifest
from desktop.workspace.offices import ACTING, signed_office
from desktop.workspace.plan_data_form import Data

if TYPE_CHECKING:
    from desktop.checks.initials import Paraf

_WORD = re.compile(r"(?:[^\W\d_]|[.,'\u2019`/&-])+")
"""Of letters with the marks of names and degrees: neither the brackets and semicolons of a list of initials
nor sums and years."""
_LAST = re.compile(r"\([^\W\d_]+\.?\)$")
"""What may stand in brackets behind a name: *(alm.)*, *(contoh)*."""
_OF_NAME, _OF_OFFICE = 5, 8
"""Words, but for titles and degrees, which have a full stop: more is a sentence and no name."""
_SHORT = {"sekretaris daerah": "sekda", "wakil bupati": "wabup", "wakil wali kota": "wawali"}
"""As they are said and written everywhere."""
_LONGEST, _SHORTENED = 150, 5
_SHOWN = 200


def note_worded(
    pack: Pack, manifest: Manifest, data: Data, wanted: Mapping[tuple[int, str], Paraf], judge: Judge
) -> None:
    """Tell of entries whose office or name is none that the program would write there.

    ``wanted`` are the parafs of officials by step and label, as they are on the day of the documents.
    """
    language = data.workspace.source_language
    offices = {each.number: frozenset(_offices(pack, data, each)) for each in wanted.values()}
    people = _people(data)
    for one in manifest.initials if isinstance(manifest.initials, tuple) else ():
        paraf = wanted.get((one.step, one.label))
        if paraf is not None and one.state == "waiting":
            fits = (one.office, one.name, one.date) == (*_own(paraf, language), "")
        else:
            # sheets only count what agencies have given
            known = offices.get(one.step)
            named = _flat(one.name) in people or _is_name(_LAST.sub("", one.name), _OF_NAME)
            fits = known is None or (named and _is_office(one.office, known))
        if not fits:
            own = _own(paraf, language) if paraf is not None else ("", "")
            better = ", ".join(filter(None, own)) or "\N{EN DASH}"
            said = ", ".join(filter(None, (one.office, one.name, one.date if one.state == "waiting" else "")))
            told = {"label": one.label, "said": said[:_SHOWN], "wanted": better[:_SHOWN]}
            judge.note(Message("submission.note.initials_worded", **told))


def _own(paraf: Paraf, language: str) -> tuple[str, str]:
    """Office and name of a paraf that nobody has given yet, as sealing writes them."""
    return paraf.title(language)[:MAXIMUM_TEXT], paraf.expected[:MAXIMUM_TEXT]


def _offices(pack: Pack, data: Data, paraf: Paraf) -> Iterator[str]:
    """What an official may be called who has initialled: in the guideline's words or the plan's."""
    role = paraf.step.role
    words = [*label_of(pack, role).texts.values()]
    words += [part for word in words for part in word.split("/")]
    words += [office for one in data.people if one.role == role for office in one.office.values()]
    region = data.region.name.strip()
    words += [_SHORT[_flat(word)] for word in words if _flat(word) in _SHORT]
    for word in dict.fromkeys(filter(None, map(str.strip, words))):
        for acting in ("", *ACTING):
            for place in ("", f" {region}", f" {region.partition(' ')[2]}"):
                yield _flat(signed_office(acting, f"{word}{place}")[:MAXIMUM_TEXT])


def _people(data: Data) -> frozenset[str]:
    """Everybody whom the plan names: whoever is not among them is called by a name all the same."""
    names = [one.name for one in data.people] + [one.head for one in data.agencies]
    names += [member.name for body in data.bodies for member in body.members]
    return frozenset(map(_flat, names))


def _is_office(text: str, known: frozenset[str]) -> bool:
    """One of the words for it, or a few words with it among them: of a deputy, of the region, shortened."""
    if _flat(text) in known:
        return True
    said = _bare(text)
    return _is_name(text, _OF_OFFICE) and any(f" {_bare(each)} " in f" {said} " for each in known)


def _is_name(text: str, most: int) -> bool:
    words = plain(text).split()
    long = [each for each in words if "." not in each]
    # what is shortened is short: a longer word with a full stop ends a sentence
    ends = any(len(part) > _SHORTENED for each in words for part in each.split(".")[:-1])
    return len(text) <= _LONGEST and len(long) <= most and not ends and all(map(_WORD.fullmatch, words))


def _flat(text: str) -> str:
    return " ".join(plain(text).split()).casefold()


def _bare(text: str) -> str:
    """The words alone, without marks."""
    return " ".join(re.sub(r"[^\w ]+", " ", _flat(text)).split())
