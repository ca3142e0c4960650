"""What is fuzzed, and what must hold for whatever bytes come in.

Each target takes bytes and either answers or refuses; anything else is a finding. Nobody who fuzzes has
the keys, so whatever is accepted must be something that was really signed (``known``).
"""

from __future__ import annotations

import io
import os
import re
import tempfile
import warnings
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from desktop.submission.frame.container import MAXIMUM_SIGNATURE
from desktop.submission.frame.zipframe import contents, read_frame
from desktop.submission.manifest import read_manifest
from desktop.submission.names import check_names
from desktop.submission.refusal import Refused

# Other libraries' warnings about bent certificates are no finding.
warnings.simplefilter("ignore")

Target = Callable[[bytes], object]
LIMIT = 1 << 22
"""Bytes that a bomb may unpack to while it is fuzzed; the readers' own limits are tested elsewhere."""


_VALUE = re.compile(rb"(?<=<)[0-9A-Fa-f]{1000,}(?=>)")
"""What stands between the two signed ranges of a PDF."""


class Accepted(AssertionError):
    """Something was accepted that nobody signed."""


def zip_(data: bytes) -> object:
    """The frame, the names, and every file's bytes."""
    file = io.BytesIO(data)
    try:
        frame = read_frame(file, len(data))
        check_names(entry.name for entry in frame)
        if sum(entry.size for entry in frame) > LIMIT:
            return None
        covered = 0
        for entry in frame:
            crc = size = 0
            for piece in contents(file, entry):
                crc, size = zlib.crc32(piece, crc), size + len(piece)
            if size != entry.size:
                raise AssertionError(entry)
            covered += entry.packed
        if covered > len(data):
            raise AssertionError(covered)
    except Refused:
        return None
    return frame


class Xml:
    """A signature file over the files of the good container."""

    def __init__(self, seeds: list[bytes]) -> None:
        from tests.submission.hostile.ground import CONTENT

        self._content = CONTENT
        self._kinds = dict.fromkeys(CONTENT, "text/plain")
        self._known: set[Any] = set()
        for seed in seeds:
            self._known |= set(self._read(seed))
        self._people = {one[0] for one in self._known}

    def _read(self, data: bytes) -> tuple[Any, ...]:
        import hashlib

        from desktop.submission.xades.reading import read_xades

        def digest(name: str, algorithm: str) -> bytes:
            return hashlib.new(algorithm, self._content[name]).digest()

        try:
            found = read_xades(data, "x", self._kinds, digest)
        except Refused:
            return ()
        return tuple((one.certificate, one.moment, one.roles) for one in found)

    def __call__(self, data: bytes) -> object:
        if len(data) > MAXIMUM_SIGNATURE:
            return None
        # A corpus of an earlier run has signatures of keys that no longer are.
        found = {one for one in self._read(data) if one[0] in self._people}
        if not found <= self._known:
            raise Accepted(found)
        return found


def manifest(data: bytes) -> object:
    """What is read is exactly what would be written."""
    try:
        found = read_manifest(data)
    except Refused:
        return None
    if found.to_bytes() != data:
        raise AssertionError(found)
    return found


class Package:
    """Whole packages; only the very bytes that were made may be better than refused, sealed or incomplete."""

    def __init__(self, seeds: Iterable[bytes]) -> None:
        from tests.submission.hostile.ground import ANCHORS, NOW

        self._anchors, self._now = ANCHORS, NOW
        folder = "/dev/shm" if Path("/dev/shm").is_dir() else None
        self._path = Path(tempfile.mkdtemp(prefix="rancang", dir=folder)) / f"{os.getpid()}.asice"
        self._known = {seed for seed in map(self.bytes_of, seeds) if self._good(seed)}
        if not self._known:
            raise AssertionError

    def bytes_of(self, data: bytes) -> bytes:
        """The package that this input stands for."""
        return data

    def _good(self, data: bytes) -> bool:
        from desktop.submission import VerdictKind, verify

        self._path.write_bytes(data)
        verdict = verify(self._path, self._anchors, self._now)
        if "parser" in {reason.code for reason in verdict.reasons}:
            raise AssertionError(verdict.reasons)
        return verdict.kind in {VerdictKind.VALID, VerdictKind.VALID_WITH_NOTES}

    def __call__(self, data: bytes) -> object:
        package = self.bytes_of(data)
        good = self._good(package)
        if good and package not in self._known:
            raise Accepted
        return good


class Inside(Package):
    """One file of a sound package replaced (its number is the first byte), within a perfect frame."""

    def __init__(self, package: bytes, seeds: Iterable[bytes]) -> None:
        import zipfile

        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            self._files = {name: archive.read(name) for name in archive.namelist() if name != "mimetype"}
        self._manifest = read_manifest(self._files["manifest.json"])
        super().__init__(seeds)

    def bytes_of(self, data: bytes) -> bytes:
        from desktop.submission.frame.container import PackageWriter

        name = list(self._files)[(data or b"\0")[0] % len(self._files)]
        out = io.BytesIO()
        writer = PackageWriter(out, self._manifest.moment)
        for one, content in self._files.items():
            writer.add(one, [data[1:] if one == name else content])
        writer.finish()
        return out.getvalue()


class Pdf:
    """A signed book; what is accepted with a known signer's name is one that was made, or its earlier state.

    Only a signature's value is free: the certificates of issuers that it carries are covered by nothing, and
    whether they lead to a root is asked of the path. Its signer has to be one who is known.
    """

    def __init__(self, seeds: list[bytes], sealed_size: int) -> None:
        self._sealed_size = sealed_size
        self._known: list[bytes] = []
        self._people: set[Any] = set()
        for seed in seeds:
            found = self._read(seed)
            self._people.update(found)
            if found:
                self._known.append(_VALUE.sub(b"", seed))

    def _read(self, data: bytes) -> tuple[Any, ...]:
        from desktop.submission.pdf.read import read_signatures

        try:
            found = read_signatures(io.BytesIO(data), "x", self._sealed_size)
        except Exception:  # noqa: BLE001 - what pyHanko raises over bent files becomes a refusal (verifying)
            return ()
        return tuple(one.certificate for one in found)

    def __call__(self, data: bytes) -> object:
        found = self._read(data)
        outside = _VALUE.sub(b"", data)
        if self._people.intersection(found) and not any(one.startswith(outside) for one in self._known):
            raise Accepted(found)
        return found
