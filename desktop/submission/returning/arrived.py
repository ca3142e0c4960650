"""A package as it will be with documents that came back: looked at, and not written anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from io import BufferedReader
from pathlib import Path

import msgspec

from desktop.submission.frame.container import OpenPackage
from desktop.submission.frame.window import Joined
from desktop.submission.manifest import PackedFile


@dataclass(frozen=True, slots=True)
class Arrived:
    """A document that came back: its new line in the manifest, and where its new bytes lie."""

    packed: PackedFile
    pdf: Path


@contextmanager
def put_in(source: OpenPackage, arrived: Sequence[Arrived]) -> Iterator[OpenPackage]:
    """The package as if these lay in it; one that is closed is so no more. Raises OSError."""
    if not arrived:
        yield source
        return
    with ExitStack() as stack:
        files, entries, at = [(source.file, source.size)], dict(source.entries), source.size
        for one in arrived:
            entry, size = entries[one.packed.path], one.packed.present_size
            entries[entry.name] = replace(entry, start=at, size=size, packed=size)
            files.append((stack.enter_context(one.pdf.open("rb")), size))
            at += size
        lines = {one.packed.path: one.packed for one in arrived}
        packed = tuple(lines.get(one.path, one) for one in source.manifest.files)
        manifest = msgspec.structs.replace(source.manifest, files=packed)
        joined = stack.enter_context(BufferedReader(Joined(files)))
        yield replace(source, file=joined, size=at, entries=entries, manifest=manifest, signatures=())
