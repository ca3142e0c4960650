"""Which language the command line speaks: as asked, else as the system does, else Indonesian."""

from __future__ import annotations

import os
from collections.abc import Sequence

from desktop.base import Language


def chosen_language(arguments: Sequence[str]) -> Language:
    """``--language``, then ``RANCANG_LANGUAGE``, then the system's locale; Indonesian by default."""
    asked = ""
    for place, word in enumerate(arguments):
        if word == "--language" and place + 1 < len(arguments):
            asked = arguments[place + 1]
        elif word.startswith("--language="):
            asked = word.partition("=")[2]
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    for wish in (asked, os.environ.get("RANCANG_LANGUAGE", ""), system[:2]):
        if wish in set(Language):
            return Language(wish)
    return Language.ID
