"""A corpus grown from the attack builders: every hostile case is a seed for the reader that it attacks."""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pikepdf

from desktop.submission.pdf.fields import with_fields
from tests.submission.fuzzing.targets import Inside, Package, Pdf, Target, Xml, manifest, zip_
from tests.submission.hostile.every import CASES
from tests.submission.hostile.ground import Ground, container, sign
from tests.submission.hostile.pdfchanges import CHANGES, update
from tests.submission.hostile.pdfs import signed
from tests.submission.making import MAYOR, SECRETARY

TARGETS = ("zip", "xml", "manifest", "inside", "package", "pdf")
LARGEST = 1 << 17
"""Bytes of a seed; bombs and the like teach a fuzzer nothing."""


@dataclass
class Seeds:
    """Seeds by target, and what is needed to judge."""

    by_target: dict[str, list[bytes]] = field(default_factory=lambda: {name: [] for name in TARGETS})
    sound: bytes = b""
    sealed_size: int = 0

    def target(self, name: str) -> Target:
        made = self.by_target[name]
        match name:
            case "zip":
                return zip_
            case "manifest":
                return manifest
            case "xml":
                return Xml(made)
            case "inside":
                return Inside(self.sound, made)
            case "package":
                return Package(made)
            case _:
                return Pdf(made, self.sealed_size)


def _parts(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, ValueError, KeyError, EOFError):
        return {}


def small_books() -> tuple[list[bytes], int]:
    """Signed documents of one empty page, sound and changed afterwards, and the size of the sealed one.

    A book of the tests is 90 KB of fonts, in which a change says nothing.
    """
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(200, 200))
        document.docinfo["/Title"] = "Buku I"
        document.save(out, deterministic_id=True)
    sealed = with_fields(out.getvalue(), {MAYOR: None, SECRETARY: None}, "buku")
    half = signed(sealed, MAYOR)
    both = signed(half, SECRETARY)
    found = [both, half, sealed]
    for _, change in CHANGES:
        for data in (both, sealed):
            # Some need what this document has not.
            with suppress(KeyError, StopIteration, AttributeError, AssertionError, IndexError):
                changed = update(data, change)
                found.append(changed if data is both else signed(changed, MAYOR))
    return found, len(sealed)


@cache
def grow() -> Seeds:
    """Make every case once, and the books."""
    seeds = Seeds()
    with tempfile.TemporaryDirectory() as name:
        ground = Ground(Path(name))
        seeds.sound = ground.signed.read_bytes()
        made = [container(), seeds.sound, ground.twice.read_bytes(), container(sign(), sign(number=1))]
        made += [case.make(ground) for case in CASES if not case.pdf]
    into = seeds.by_target
    into["pdf"], seeds.sealed_size = small_books()
    into["package"].append(seeds.sound)
    numbers = {one: index for index, one in enumerate(list(_parts(seeds.sound))[1:])}
    for data in made:
        if len(data) > LARGEST:
            continue
        parts = _parts(data)
        into["zip"].append(data)
        if b"manifest.json" in data:
            into["package"].append(data)
        for one, content in parts.items():
            if one.endswith(".xml") and "signatures" in one:
                into["xml"].append(content)
            if one == "manifest.json":
                into["manifest"].append(content)
            if one in numbers:
                into["inside"].append(bytes([numbers[one]]) + content)
    for name, found in into.items():
        into[name] = [one for one in dict.fromkeys(found) if len(one) <= LARGEST]
    return seeds
