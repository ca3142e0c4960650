"""Names inside a package: only such as mean the same file on every computer and look like what they are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from desktop.base import Message
from desktop.submission.refusal import Refused

MAXIMUM_LENGTH = 200
"""Characters of a whole path; Windows allows 260 with the folder it is unpacked into."""

_DEVICES = frozenset({"con", "prn", "aux", "nul", "conin$", "conout$"}) | {
    f"{device}{digit}" for device in ("com", "lpt") for digit in "0123456789¹²³"
}
_FORBIDDEN = frozenset('<>:"|?*\\')
# Bidi marks and overrides, zero-width characters: Cf; private use and unassigned: Co, Cn; surrogates: Cs.
_FORBIDDEN_KINDS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def check_name(name: str) -> None:
    """Raise :class:`Refused` for a name that could lead out of a folder or deceive its reader."""
    shown = ascii(name)[1:-1][:MAXIMUM_LENGTH]
    if not name or len(name) > MAXIMUM_LENGTH:
        raise Refused(Message("submission.name.length", name=shown))
    if name.startswith("/") or name.endswith("/") or "//" in name:
        raise Refused(Message("submission.name.path", name=shown))
    if any(sign in _FORBIDDEN or unicodedata.category(sign) in _FORBIDDEN_KINDS for sign in name):
        raise Refused(Message("submission.name.sign", name=shown))
    if any(sign.isspace() and sign != " " for sign in name):
        raise Refused(Message("submission.name.sign", name=shown))
    if unicodedata.normalize("NFC", name) != name:
        raise Refused(Message("submission.name.form", name=shown))
    for part in name.split("/"):
        _check_part(part, shown)


def _check_part(part: str, shown: str) -> None:
    if part in {".", ".."}:
        raise Refused(Message("submission.name.path", name=shown))
    if part != part.strip(" ") or part.endswith("."):
        raise Refused(Message("submission.name.edge", name=shown))
    if part.split(".", maxsplit=1)[0].strip(" ").casefold() in _DEVICES:
        raise Refused(Message("submission.name.device", name=shown))


def folded(name: str) -> str:
    """The name as the most forgiving file system sees it: two equal ones would overwrite each other."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def check_names(names: Iterable[str]) -> None:
    """Check every name, and that no two collide and no file is also a folder."""
    seen: set[str] = set()
    folders: set[str] = set()
    for name in names:
        check_name(name)
        key = folded(name)
        if key in seen:
            raise Refused(Message("submission.name.twice", name=name))
        seen.add(key)
        parts = key.split("/")
        folders.update("/".join(parts[:depth]) for depth in range(1, len(parts)))
    clash = seen & folders
    if clash:
        raise Refused(Message("submission.name.file_and_folder", name=min(clash)))
