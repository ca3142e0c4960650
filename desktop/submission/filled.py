"""Which signature fields of a PDF in a package are filled: a quick look, worth nothing against a forger."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from desktop.base.bounded.limits import Limits, read_or
from desktop.base.jobs import Report, quiet
from desktop.base.ordinary import open_ordinary
from desktop.submission.frame.window import Window
from desktop.submission.mark import Mark, mark_of
from desktop.submission.refusal import code_of

if TYPE_CHECKING:
    import pikepdf

    from desktop.submission.frame.container import OpenPackage
    from desktop.submission.manifest import PackedFile

_DEEPEST = 8
"""Fields within fields."""
_MOST = 1000
"""Fields looked at; a document of ours has one for each of its signers."""
_LIMITS = Limits(3.0)
"""Less than for a verdict: somebody waits for a page of the window."""
_PACKAGES = 20
_KNOWN: dict[tuple[Path, Mark], Mapping[str, frozenset[str]]] = {}
"""What was found in packages, each as it stood."""


def filled_fields(
    package: OpenPackage, files: Iterable[PackedFile], report: Report = quiet
) -> Mapping[str, frozenset[str]]:
    """The names of the fields that hold a signature, of each PDF; none of what cannot be read in bounds.

    Asked in a process of its own, and once for each state of a package: pages of the window ask often.
    Raises Cancelled.
    """
    from desktop.submission.returning.comparing import Looker, NotFinished

    mark = mark_of(os.fstat(package.file.fileno()))
    key = package.path.absolute(), mark
    known = _KNOWN.get(key)
    if known is None:
        places = tuple((one.path, package.entries[one.path]) for one in files)
        look = _Look(key[0], tuple((name, one.start, one.size) for name, one in places), _LIMITS)
        found: Mapping[str, Any] = {}
        try:
            with Looker(report, keep=True) as looker:
                found = looker.ask(look)
        except NotFinished as error:
            if code_of(error.message) not in {"limit.time", "limit.memory"}:
                return {}
        if len(_KNOWN) >= _PACKAGES:
            _KNOWN.clear()
        known = _KNOWN[key] = {
            name: frozenset(str(one) for one in fields) if isinstance(fields, list) else frozenset()
            for name, fields in found.items()
        }
    return known


@dataclass(frozen=True, slots=True)
class _Look:
    """PDFs that lie in a file: name, beginning, size."""

    package: Path
    places: tuple[tuple[str, int, int], ...]
    limits: Limits

    def run(self, report: Report) -> Mapping[str, Any]:  # noqa: ARG002 - it is done soon, or ended
        with open_ordinary(self.package) as file:
            return {name: sorted(_names(file, start, size)) for name, start, size in self.places}


def _names(file: BinaryIO, start: int, size: int) -> frozenset[str]:
    import pikepdf

    def found() -> frozenset[str]:
        with (
            BufferedReader(Window(file, start, size)) as window,
            pikepdf.open(window, attempt_recovery=False) as document,
        ):
            form = document.Root.get("/AcroForm")
            fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
            return frozenset(_filled(fields, "", _DEEPEST, [_MOST]))

    return read_or(found, frozenset())


def _filled(fields: pikepdf.Object | None, above: str, depth: int, left: list[int]) -> Iterator[str]:
    import pikepdf

    if not isinstance(fields, pikepdf.Array) or not depth:
        return
    for field in fields:
        left[0] -= 1
        if left[0] < 0:
            return
        if not isinstance(field, pikepdf.Dictionary):
            continue
        name = f"{above}.{field.T}" if above and "/T" in field else str(field.get("/T", above))
        value = field.get("/V")
        if (
            field.get("/FT") == pikepdf.Name.Sig
            and isinstance(value, pikepdf.Dictionary)
            and len(bytes(value.get("/Contents", b""))) > 0
            and "/ByteRange" in value
        ):
            yield name
        yield from _filled(field.get("/Kids"), name, depth - 1, left)
