"""Files that came along with a workbook, in a folder or a ZIP, found by the names written in its cells."""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
import unicodedata
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

from desktop.base import Message, RancangError, archives
from desktop.base.ordinary import check_ordinary, open_ordinary
from desktop.exchange.arrival import is_byproduct, people_files

MOST = 2_000
"""Files that are looked at; nobody photographs more for one plan."""
LARGEST = 200 * 1024 * 1024
"""Bytes of one file of a ZIP."""
_NEAR, _NAMED = 0.6, 200
"""How like a name has to be, and how many of its letters are compared; no system keeps longer ones."""
ALL = 1024 * 1024 * 1024
"""Bytes of all of them."""


class BadArchive(RancangError):
    """A ZIP that cannot be unpacked, or that nobody should unpack."""

    def __init__(self, file: str) -> None:
        super().__init__(Message("exchange.agency_book.bad_archive", file=file))


@dataclass(frozen=True, slots=True)
class Came:
    """A file that came along: its name, and its path among the others."""

    id: str
    name: str
    size: int


class Evidence:
    """The files of folders and ZIPs, and single ones; what is unpacked is gone when it is closed."""

    def __init__(self, files: dict[str, tuple[Came, Path | None, Path | None]]) -> None:
        self._files = files
        self._folder: Path | None = None
        self._tidy: weakref.finalize[..., Evidence] | None = None
        self._unpacked: dict[str, Path] = {}

    @classmethod
    def open(cls, paths: Iterable[Path]) -> Evidence:
        """Look at what came along. Raises FileProblem, BadArchive."""
        files: dict[str, tuple[Came, Path | None, Path | None]] = {}
        for path in paths:
            if path.is_dir():
                for found in _walk(path):
                    came = Came(found.relative_to(path).as_posix(), found.name, found.stat().st_size)
                    files.setdefault(came.id, (came, found, None))
                continue
            check_ordinary(path)
            if path.suffix.casefold() == ".zip":
                for came in _members(path):
                    files.setdefault(came.id, (came, None, path))
            else:
                came = Came(path.name, path.name, path.stat().st_size)
                files.setdefault(came.id, (came, path, None))
            if len(files) > MOST:
                raise BadArchive(path.name)
        return cls(files)

    @classmethod
    def none(cls) -> Evidence:
        """Nothing came along."""
        return cls({})

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Take away what was unpacked."""
        if self._tidy is not None:
            self._tidy()
        self._folder = self._tidy = None
        self._unpacked.clear()

    @property
    def files(self) -> tuple[Came, ...]:
        """Everything that came along, by its path."""
        return tuple(self._files[key][0] for key in sorted(self._files))

    @property
    def packed(self) -> tuple[Came, ...]:
        """What lies in ZIPs."""
        return tuple(came for came in self.files if self._files[came.id][2] is not None)

    def __bool__(self) -> bool:
        return bool(self._files)

    def find(self, name: str) -> list[Came]:
        """The files that a name can mean: letter by letter, then whatever case, blanks and ending."""
        base = PurePosixPath(name.replace("\\", "/")).name
        for manner in (_exactly, loosely, _without_ending):
            wanted = manner(base)
            found = [came for came in self.files if wanted and manner(came.name) == wanted]
            if found:
                return found
        return []

    def near(self, name: str, most: int = 4) -> list[Came]:
        """The files whose names are nearest to one that none of them has."""
        from difflib import SequenceMatcher

        compared = SequenceMatcher(None, autojunk=False)
        compared.set_seq2(_without_ending(name[-_NAMED:]))
        close: list[tuple[float, Came]] = []
        for came in self.files:
            compared.set_seq1(_without_ending(came.name[-_NAMED:]))
            if compared.real_quick_ratio() >= _NEAR and compared.quick_ratio() >= _NEAR:
                rating = compared.ratio()
                close += [(rating, came)] if rating >= _NEAR else []
        return [came for _, came in sorted(close, key=lambda each: (-each[0], each[1].id))[:most]]

    def path(self, came: str) -> Path:
        """A file on this computer. Raises FileProblem, BadArchive."""
        _, lying, archive = self._files[came]
        if lying is not None:
            return lying
        if archive is None:
            raise BadArchive(came)
        if came not in self._unpacked:
            self._unpacked[came] = self._unpack(archive, came)
        return self._unpacked[came]

    def _unpack(self, archive: Path, member: str) -> Path:
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="rancang-evidence-"))
            # also when whoever looked at it gave up and nobody closes it
            self._tidy = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        # The name in the archive may be anything: only its last part is used, in a folder of its own.
        place = self._folder / str(len(self._unpacked))
        place.mkdir()
        target = place / (
            re.sub(r'[\x00-\x1f<>:"/\\|?*]+', "_", PurePosixPath(member).name).strip(" .") or "x"
        )
        try:
            with (
                open_ordinary(archive) as packed,
                archives.reading(packed) as opened,
                archives.opened(opened, member) as source,
                target.open("wb") as out,
            ):
                left = LARGEST
                while block := source.read(1 << 20):
                    left -= len(block)
                    if left < 0:
                        raise BadArchive(archive.name)
                    out.write(block)
        except archives.DAMAGED as error:
            raise BadArchive(archive.name) from error
        return target


def _walk(folder: Path) -> Iterator[Path]:
    for found in people_files(folder):
        if _may_be_evidence(found.name) and not found.is_symlink() and found.is_file():
            yield found


def _may_be_evidence(name: str) -> bool:
    """Not what systems leave beside people's files, and no document of ours."""
    return not (is_byproduct(name) or name.casefold().endswith(".rancang"))


def _members(path: Path) -> Iterator[Came]:
    try:
        with open_ordinary(path) as file, archives.reading(file) as archive:
            members = [each for each in archive.infolist() if not each.is_dir()]
    except archives.DAMAGED as error:
        raise BadArchive(path.name) from error
    if len(members) > MOST or sum(each.file_size for each in members) > ALL:
        raise BadArchive(path.name)
    for each in members:
        name = PurePosixPath(each.filename.replace("\\", "/")).name
        parts = PurePosixPath(each.filename).parts
        hidden = any(part.startswith(("__MACOSX", ".")) and part.strip(".") for part in parts)
        if name and not hidden and _may_be_evidence(name) and each.file_size <= LARGEST:
            yield Came(each.filename, name, each.file_size)


def _exactly(name: str) -> str:
    return unicodedata.normalize("NFC", name.strip())


def loosely(name: str) -> str:
    """A name whatever its case, blanks and dashes."""
    plain = re.sub(r"[\s_\-]+", "", _exactly(name).casefold())
    return re.sub(r"\.jpeg$", ".jpg", plain)


def _without_ending(name: str) -> str:
    plain = loosely(name)
    stem, dot, ending = plain.rpartition(".")
    return stem if dot and stem and len(ending) <= 5 else plain


@contextlib.contextmanager
def along(paths: Iterable[Path]) -> Iterator[Evidence]:
    """What came along, for as long as it is looked at. Raises FileProblem, BadArchive."""
    evidence = Evidence.open(paths)
    try:
        yield evidence
    finally:
        evidence.close()
