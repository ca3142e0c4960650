"""Names inside a package: only such as mean the same file on every computer and look like what they are."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from desktop.base import Message
from desktop.base.plain import hides, within_quotes
from desktop.submission.refusal import Refused

MAXIMUM_LENGTH = 200
"""Characters of a whole path; Windows allows 260 with the folder it is unpacked into."""

_DEVICES = frozenset({"con", "prn", "aux", "nul", "conin$", "conout$"}) | {
    f"{device}{digit}" for device in ("com", "lpt") for digit in "0123456789¹²³"
}
_FORBIDDEN = frozenset('<>:"|?*\\')
_LOOK_ALIKES = str.maketrans(
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445\u0455\u0456\u0458\u04bb\u0501\u051b\u051d"
    "\u03b1\u03b2\u03b5\u03b7\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7\u0131\u0261",
    "abekmhopctyxsijhdqwabenikmvoptuxig",
)
"""Cyrillic and Greek letters (small, as case folding leaves them) that people read as Latin ones."""

_CHANGES = re.compile(r"[`',<>]|  ")
"""What is not always shown as it is, of ASCII."""

_FRAME = frozenset({"mimetype", "meta-inf"})
"""What lies at the top of each ASiC container, as :func:`in_frame` compares it."""


def check_name(name: str) -> None:
    """Raise :class:`Refused` for a name that could lead out of a folder or deceive its reader."""
    shown = ascii(name)[1:-1][:MAXIMUM_LENGTH]
    if not name or len(name) > MAXIMUM_LENGTH:
        raise Refused(Message("submission.name.length", name=shown))
    if name.startswith("/") or name.endswith("/") or "//" in name:
        raise Refused(Message("submission.name.path", name=shown))
    if any(_deceives(sign) for sign in set(name)):
        raise Refused(Message("submission.name.sign", name=shown))
    if unicodedata.normalize("NFC", name) != name:
        raise Refused(Message("submission.name.form", name=shown))
    # What some systems make of it (full-width slashes, dots in one sign) must be as harmless.
    general = unicodedata.normalize("NFKC", name)
    # a half is one sign to everybody, though it has a stroke
    alone = "".join(sign for sign in name if len(unicodedata.normalize("NFKC", sign)) == 1)
    slashes = {one.count("/") for one in (name, general, shape(alone))}
    if _FORBIDDEN & set(general) or len(slashes) > 1:
        raise Refused(Message("submission.name.sign", name=shown))
    for part in (*name.split("/"), *general.split("/")):
        _check_part(part, shown)
    if any(part != part.strip(" ") or part.endswith(".") for part in name.split("/")):
        raise Refused(Message("submission.name.edge", name=shown))


@lru_cache(maxsize=4096)
def _deceives(sign: str) -> bool:
    return sign in _FORBIDDEN or (sign.isspace() and sign != " ") or hides(sign)


def _check_part(part: str, shown: str) -> None:
    if part in {".", ".."}:
        raise Refused(Message("submission.name.path", name=shown))
    if part.split(".", maxsplit=1)[0].strip(" ").casefold() in _DEVICES:
        raise Refused(Message("submission.name.device", name=shown))


def folded(name: str) -> str:
    """The name as the most forgiving file system sees it: two equal ones would overwrite each other."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


@lru_cache(maxsize=4096)
def shape(name: str) -> str:
    """The name as a person reads it, who is shown it as all of them are (``within_quotes``)."""
    as_it_is = name.isascii() and not _CHANGES.search(name)
    return read_alike(name if as_it_is else within_quotes(name))


def read_alike(name: str) -> str:
    """The same of a name that is shown as it is, in other programs."""
    plain = unicodedata.normalize("NFKD", folded(name).translate(_LOOK_ALIKES))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def in_frame(name: str) -> bool:
    """Whether programs read a name as part of an ASiC container's frame, in whatever letters it is written.

    EN 319 162-1 gives each name below ``META-INF`` a meaning (signatures, manifests, timestamps, evidence
    records), whether its container has such a file or not: no data file may lie there.
    """
    return any(read(name).split("/", 1)[0] in _FRAME for read in (shape, read_alike))


def check_names(names: Iterable[str]) -> None:
    """Check every name, and that no two collide and no file is also a folder."""
    seen: set[str] = set()
    shapes: set[str] = set()
    folders: set[str] = set()
    for name in names:
        check_name(name)
        key = folded(name)
        looks = {shape(name), read_alike(name)}
        if key in seen or looks & shapes:
            raise Refused(Message("submission.name.twice", name=name))
        seen.add(key)
        shapes |= looks
        folder = key
        while (at := folder.rfind("/")) > 0 and (folder := folder[:at]) not in folders:
            # those above a folder that is known are known
            folders.add(folder)
    clash = seen & folders
    if clash:
        raise Refused(Message("submission.name.file_and_folder", name=min(clash)))


def plain_name(name: str) -> str:
    """A file name in ASCII letters, digits, dot, dash and underscore; the rest becomes a dash."""
    flat = unicodedata.normalize("NFKD", Path(name).name).encode("ascii", "ignore").decode()
    kept = "".join(letter if letter.isalnum() or letter in "._" else "-" for letter in flat).strip(".-")
    return kept[-80:].lstrip(".-") or "file"
