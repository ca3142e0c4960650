"""Where what is not code lies: in the wheel, in a frozen build, or in a source checkout."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


@cache
def _root() -> Path:
    """The folder of ``resources`` and ``i18n``: ``desktop/_data`` when installed, else the checkout."""
    packed = _PACKAGE / "_data"
    return packed if packed.is_dir() else _PACKAGE.parent


def resource(*parts: str) -> Path:
    """A file or folder under ``resources``; it is the caller's to open. Raises FileNotFoundError."""
    path = _root().joinpath("resources", *parts)
    if not path.exists():
        raise FileNotFoundError(path)
    return path


def catalogue_file(language: str, domain: str, suffix: str) -> Path | None:
    """The catalogue ``i18n/<language>/LC_MESSAGES/<domain><suffix>``, if it is there."""
    path = _root() / "i18n" / language / "LC_MESSAGES" / f"{domain}{suffix}"
    return path if path.is_file() else None
