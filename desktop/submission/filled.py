"""Which signature fields of a PDF in a package are filled: a quick look, worth nothing against a forger."""

from __future__ import annotations

from collections.abc import Iterator
from io import BufferedReader
from typing import TYPE_CHECKING

from desktop.submission.window import Window

if TYPE_CHECKING:
    import pikepdf

    from desktop.submission.container import OpenPackage
    from desktop.submission.manifest import PackedFile

_DEEPEST = 8
"""Fields within fields."""
_MOST = 1000
"""Fields looked at; a document of ours has one for each of its signers."""


def filled_fields(package: OpenPackage, file: PackedFile) -> frozenset[str]:
    """The names of the fields that hold a signature; none of what is no PDF that can be read."""
    import pikepdf

    entry = package.entries[file.path]
    try:
        with (
            BufferedReader(Window(package.file, entry.start, entry.size)) as window,
            pikepdf.open(window, attempt_recovery=False) as document,
        ):
            form = document.Root.get("/AcroForm")
            fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
            return frozenset(_filled(fields, "", _DEEPEST, [_MOST]))
    except Exception:  # noqa: BLE001 - whatever a hostile file makes a reader raise: no signature is seen
        return frozenset()


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
