"""Packages of ours that hide from our own rules, judged as containers of another program (``--any``)."""

from __future__ import annotations

from collections.abc import Callable

from desktop.submission.manifest import NAME
from tests.submission import tamper
from tests.submission.hostile.ground import Ground, Table, covered
from tests.submission.making import DATA

CASES = Table("disguise")
GUIDELINE = "guideline/smart-city.rancang-guideline"


def broken(change: Callable[[tamper.Files], None]) -> Callable[[Ground], bytes]:
    """The files of a half signed package, closed by somebody in another program's way."""

    def make(ground: Ground) -> bytes:
        files, _ = tamper.read(ground.half)
        plain = {name: data for name, data in files.items() if not name.startswith("META-INF/")}
        change(plain)
        return covered(plain)

    return make


def named(new: str) -> Callable[[tamper.Files], None]:
    return lambda files: files.__setitem__(new, files.pop(NAME))


def other_key(files: tamper.Files) -> None:
    files[NAME] = files[NAME].replace(b'"format":', b'"Format":')


def without(files: tamper.Files) -> None:
    """No manifest at all, but data and guideline."""
    del files[NAME]
    files[GUIDELINE.upper()] = b"PK"


for title, change in (
    ("the manifest in capitals", named("Manifest.json")),
    ("the manifest under another name", named("lampiran/isi.txt")),
    ("the manifest's format under another key", other_key),
    ("data and guideline without a manifest", without),
):
    CASES.case(title, "manifest.malformed", broken(change))


def alone(ground: Ground) -> bytes:
    """A plan's data signed in another program are no package, and may be."""
    return covered({DATA: tamper.read(ground.half)[0][DATA]})
