"""Files that came along with a workbook, in a folder or a ZIP, found by the names written in its cells."""

from __future__ import annotations

import contextlib
import hashlib
import re
import shutil
import tempfile
import unicodedata
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, auto
from functools import cached_property
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

from desktop.base import Message, RancangError, archives
from desktop.base.folders import is_so
from desktop.base.ordinary import check_ordinary, open_ordinary
from desktop.exchange.arrival import is_byproduct, people_files

TABLES = (".xlsx", ".xlsm", ".xls", ".ods", ".xlsb")
"""How workbooks end."""
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
    """A file that came along: its name, and its path among the others.

    Where several folders or ZIPs came, the path begins with which: agencies call their files alike.
    """

    id: str
    name: str
    size: int


Home = tuple[int, PurePosixPath]
"""A folder: with which of the folders, ZIPs and single files it came, and its path there."""


class Near(IntEnum):
    """How near a file lies to a workbook, the nearest first."""

    BESIDE = auto()
    """In its folder or below, and in none of another workbook there."""
    TOGETHER = auto()
    """It came in the same folder or ZIP."""
    FOR_ALL = auto()
    """It came with no workbook."""
    OTHERS = auto()
    """It came with other workbooks."""


@dataclass(frozen=True, slots=True)
class _Lying:
    """Where a file lies: on the disk, or as a member of a ZIP."""

    came: Came
    source: int
    """With which of the folders, ZIPs and single files it came."""
    path: Path
    inside: str
    """Its path in the folder or ZIP."""
    member: str = ""

    @property
    def folders(self) -> list[Home]:
        """The folders in which it lies, from its own up to the one that came."""
        return [(self.source, each) for each in PurePosixPath(self.inside).parents]


class Evidence:
    """The files of folders and ZIPs, and single ones; what is unpacked is gone when it is closed."""

    def __init__(self, files: dict[str, _Lying]) -> None:
        self._files = files
        self._folder: Path | None = None
        self._tidy: weakref.finalize[..., Evidence] | None = None
        self._unpacked: dict[str, Path] = {}

    @classmethod
    def open(cls, paths: Iterable[Path]) -> Evidence:
        """Look at what came along. Raises FileProblem, BadArchive."""
        files: dict[str, _Lying] = {}
        known: set[tuple[Path, str]] = set()
        sources = list({path.resolve(): path for path in paths}.values())
        for source, (path, called) in enumerate(zip(sources, _called(sources), strict=True)):
            for lying in _lying_in(path, source):
                there = lying.path.resolve(), lying.member
                if there not in known:
                    known.add(there)
                    named = _named(lying, called, files)
                    files[named.came.id] = named
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
        return tuple(self._files[key].came for key in sorted(self._files))

    @property
    def packed(self) -> tuple[Came, ...]:
        """What lies in ZIPs."""
        return tuple(came for came in self.files if self._files[came.id].member)

    def __bool__(self) -> bool:
        return bool(self._files)

    def homes(self, sha256: str) -> frozenset[Home]:
        """The folders in which a workbook itself lies, also within ZIPs."""
        return frozenset(home for home, books in self._books.items() if sha256 in books)

    def nearness(self, came: Came, homes: frozenset[Home]) -> Near:
        """How near a file lies to the workbook of these homes: beside another's it is another's."""
        lying = self._files[came.id]
        above = next((home for home in lying.folders if home in self._books), None)
        if above is not None:
            return Near.BESIDE if above in homes else Near.OTHERS
        if lying.source in {source for source, _ in homes}:
            return Near.TOGETHER
        return Near.OTHERS if lying.source in {source for source, _ in self._books} else Near.FOR_ALL

    @cached_property
    def _books(self) -> dict[Home, set[str]]:
        """The SHA-256 of every workbook of ours that came, by where it lies."""
        from desktop.exchange.agency_workbook.reading import is_ours

        found: dict[Home, set[str]] = {}
        for key, lying in self._files.items():
            # what cannot be opened is told by whoever reads it
            with contextlib.suppress(RancangError, OSError):
                if lying.came.name.casefold().endswith(TABLES) and is_ours(path := self.path(key)):
                    with open_ordinary(path) as file:
                        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                    found.setdefault(lying.folders[0], set()).add(sha256)
        return found

    def find(self, name: str, homes: frozenset[Home] = frozenset()) -> list[Came]:
        """The files that a name can mean: letter by letter, then whatever case, blanks and ending.

        Of several those that lie nearest to the workbook.
        """
        base = PurePosixPath(name.replace("\\", "/")).name
        for manner in (_exactly, loosely, _without_ending):
            wanted = manner(base)
            found = [came for came in self.files if wanted and manner(came.name) == wanted]
            if found:
                near = min(self.nearness(came, homes) for came in found)
                return [came for came in found if self.nearness(came, homes) is near]
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
        lying = self._files[came]
        if not lying.member:
            return lying.path
        if came not in self._unpacked:
            self._unpacked[came] = self._unpack(lying.path, lying.member)
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


def _holds_several(path: Path) -> bool:
    return path.is_dir() or path.suffix.casefold() == ".zip"


def _called(sources: Sequence[Path]) -> list[str]:
    """What stands before the paths of each: nothing where one alone holds several files."""
    names = [path.resolve().name if _holds_several(path) else "" for path in sources]
    if sum(map(bool, names)) < 2:
        return [""] * len(names)
    return [
        f"{name} ({names[:at].count(name) + 1})" if name and name in names[:at] else name
        for at, name in enumerate(names)
    ]


def _lying_in(path: Path, source: int) -> Iterator[_Lying]:
    """What came in a folder or a ZIP, or a single file. Raises FileProblem, BadArchive."""
    if path.is_dir():
        for found in _walk(path):
            came = Came(found.relative_to(path).as_posix(), found.name, found.stat().st_size)
            yield _Lying(came, source, found, came.id)
        return
    check_ordinary(path)
    if path.suffix.casefold() == ".zip":
        for came in _members(path):
            yield _Lying(came, source, path, came.id.replace("\\", "/"), came.id)
    else:
        yield _Lying(Came(path.name, path.name, path.stat().st_size), source, path, path.name)


def _named(lying: _Lying, called: str, taken: Mapping[str, _Lying]) -> _Lying:
    """The same with an id that no other has, which people read: where it came, then its path there."""
    free = wanted = f"{called}/{lying.came.id}" if called else lying.came.id
    number = 1
    while free in taken:
        number += 1
        free = f"({number})/{wanted}"
    return replace(lying, came=replace(lying.came, id=free))


def _walk(folder: Path) -> Iterator[Path]:
    for found in people_files(folder):
        if _may_be_evidence(found.name) and not is_so(found.is_symlink) and is_so(found.is_file):
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
