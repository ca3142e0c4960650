"""The packs at hand: those that came with the program and those a person installed, in one list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import LocalText, Message, RancangError
from desktop.base.errors import FileProblem
from desktop.base.paths import folder, home
from desktop.base.placing import put
from desktop.guideline.container import SUFFIX
from desktop.guideline.loading import PackFile, open_pack
from desktop.guideline.lookup import bundled, bundled_bytes
from desktop.guideline.provenance import BUNDLED, UNJUDGED, Provenance, Standing, provenance

if TYPE_CHECKING:
    from desktop.guideline.pack import PackInfo

FOLDER = "guidelines"
"""Where installed packs lie, in the person's data folder."""
_STATUS = ("in-force", "draft", "superseded", "example")
"""The order in which packs are offered."""
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_HASH = re.compile(r"-([0-9a-f]{16})\Z")


class AnotherSame(RancangError):
    """A pack with this id and version is at hand already, and says something else."""

    exit_code = 1

    def __init__(self, there: Available) -> None:
        kind = "bundled" if there.bundled else "installed"
        super().__init__(
            Message(f"guideline.same_name.{kind}", id=there.id, version=there.version, file=there.path.name)
        )


class NotConfirmed(RancangError):
    """A pack that nobody known vouches for is installed only when a person agreed to it."""

    exit_code = 1

    def __init__(self, warning: Message) -> None:
        super().__init__(Message("guideline.not_confirmed", warning=warning))


class NotInstalled(RancangError):
    """No installed pack has this name; those that came with the program cannot be removed."""

    def __init__(self, wanted: str, known: str) -> None:
        super().__init__(Message("guideline.not_installed", wanted=wanted, known=known or "-"))


class ChangedSince(RancangError):
    """An installed file no longer holds what was installed."""

    exit_code = 1

    def __init__(self, file: str) -> None:
        super().__init__(Message("guideline.changed_since", file=file))


class WhichGuideline(RancangError):
    """No pack at hand has this id (and version)."""

    def __init__(self, wanted: str, known: str) -> None:
        super().__init__(Message("guideline.unknown", wanted=wanted, known=known))


@dataclass(frozen=True, slots=True)
class Available:
    """A pack at hand. One that cannot be used any more has its ``problem`` and no more than a file name."""

    id: str
    version: str
    title: LocalText
    status: str
    path: Path
    """The folder of a bundled pack's readable source, or the installed file."""
    verified: bool = True
    provenance: Provenance = BUNDLED
    problem: Message | None = None

    @property
    def bundled(self) -> bool:
        """Whether it came with the program."""
        return self.provenance.standing is Standing.BUNDLED

    @property
    def usable(self) -> bool:
        """Whether a document can be begun with it."""
        return self.problem is None

    @property
    def name(self) -> str:
        """What it is called on the command line: id and version."""
        return f"{self.id}@{self.version}" if self.usable else self.path.name

    def read(self) -> bytes:
        """The bytes to be pinned in a workspace. Raises BrokenPack, BrokenSignature, FileProblem, ..."""
        if self.bundled:
            return bundled_bytes(self.id)
        return checked(self.path, judge=False)[0].content


def available(*, judge: bool = True) -> tuple[Available, ...]:
    """Every pack at hand: in force first, the program's own before others, the newest version first.

    Installed files that are damaged come last, each with its sentence; never raises for them. Without
    ``judge`` signatures are only said to be there: a window must not wait for the library that judges them.
    """
    found = [
        Available(one.id, one.version, one.title, one.status, one.path, one.verified) for one in bundled()
    ]
    own = {one.id for one in found}
    found += installed(judge=judge)
    return tuple(sorted(found, key=lambda one: _order(one, own)))


def installed(*, judge: bool = True) -> Iterator[Available]:
    """The packs in the person's data folder, as they stand there now."""
    place = home() / FOLDER
    try:
        files = sorted(file for file in place.iterdir() if file.name.endswith(SUFFIX))
    except OSError:
        return
    for file in files:
        try:
            opened, signed = checked(file, judge=judge)
        except RancangError as error:
            text = LocalText({"id": file.name})
            unsigned = Provenance(Standing.UNSIGNED)
            yield Available("", "", text, "", file, False, unsigned, error.message)  # noqa: FBT003
        else:
            yield _described(opened.pack.pack, file, signed)


def _described(info: PackInfo, file: Path, signed: Provenance) -> Available:
    return Available(info.id, info.edition, info.called, info.status, file, info.verified, signed)


def checked(file: Path, *, judge: bool = True) -> tuple[PackFile, Provenance]:
    """An installed file, sound and as it was installed. Raises BrokenPack, BrokenSignature, ChangedSince."""
    opened = open_pack(file)
    named = _HASH.search(file.name.removesuffix(SUFFIX))
    if named is None or not _hash(opened).startswith(named[1]):
        raise ChangedSince(file.name)
    if judge or opened.signature is None:
        return opened, provenance(opened)
    return opened, UNJUDGED


def _hash(opened: PackFile) -> str:
    import hashlib

    return hashlib.sha256(opened.signed).hexdigest()


def _order(one: Available, own: set[str]) -> tuple[object, ...]:
    status = _STATUS.index(one.status) if one.status in _STATUS else len(_STATUS)
    return (not one.usable, status, one.id not in own, one.id, newest_first(one.version))


def newest_first(version: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts versions from the newest down; digits count as numbers (2021.10 after 2021.9)."""
    parts = re.findall(r"[0-9]{1,18}|[^0-9.]+", version)
    key = tuple(
        (-1, -int(part), "") if part.isdigit() else (1, 0, "".join(chr(0x10FFFF - ord(c)) for c in part))
        for part in parts
    )
    return (*key, (0, 0, ""))


def find(wanted: str) -> Available:
    """The pack at hand called ``id`` (its newest version, in force first) or ``id@version``.

    Raises :class:`WhichGuideline`, or what is wrong with the only file of that name.
    """
    everything = available()
    for one in everything:
        if one.usable and wanted in {one.id, one.name}:
            return one
    raise WhichGuideline(wanted, ", ".join(one.name for one in everything if one.usable))


def the_usual() -> Available:
    """The pack a new document takes unless told otherwise: in force, the newest."""
    return available(judge=False)[0]


def same_name(opened: PackFile) -> Available | None:
    """The pack at hand with this id and version. Raises :class:`AnotherSame` where it says something else."""
    info = opened.pack.pack
    for one in available(judge=False):
        if one.usable and (one.id, one.version) == (info.id, info.version):
            if one.read() != opened.content:
                raise AnotherSame(one)
            return one
    return None


def install(source: Path | PackFile, *, confirmed: bool) -> Available:
    """Keep a pack file (or folder) among the packs at hand; one that is there already stays as it is.

    Whoever was asked about one gives that very one: another may lie at its path by now.
    Without ``confirmed`` only what came with the program is taken. Raises BrokenPack,
    BrokenSignature, :class:`AnotherSame`, :class:`NotConfirmed`, FileProblem.
    """
    opened = open_pack(source) if isinstance(source, Path) else source
    signed = provenance(opened)
    there = same_name(opened)
    if there is not None and (there.bundled or opened.signature is None or not _is_better(signed, there)):
        return there
    if not confirmed and signed.warning is not None:
        raise NotConfirmed(signed.warning)
    info = opened.pack.pack
    stem = f"{_slug(info.id)}-{_slug(info.version)}-{_hash(opened)[:16]}"
    target = replace_whole(folder(FOLDER) / f"{stem}{SUFFIX}", opened.file_bytes)
    if there is not None and there.path != target:
        there.path.unlink(missing_ok=True)
    return _described(info, target, signed)


def _is_better(signed: Provenance, there: Available) -> bool:
    """Whether a signature is worth more than that of the same pack at hand: a stranger's takes no place."""
    try:
        kept = provenance(open_pack(there.path))
    except RancangError:
        return True
    ranks = list(Standing)

    def worth(one: Provenance) -> tuple[int, bool, bool]:
        return ranks.index(one.standing), one.ended, one.doubt is not None

    return worth(signed) < worth(kept)


def _slug(text: str) -> str:
    return _UNSAFE.sub("_", text).strip("._")[:60] or "_"


def replace_whole(target: Path, data: bytes) -> Path:
    """Whole or not at all: a file cut short by a full disk is never left. Raises FileProblem."""
    put(target, data)
    return target


def remove(wanted: str) -> Available:
    """Take an installed pack away: by id (if one version only), id@version, or file name of a damaged one.

    Documents pinned to it keep it inside them. Raises :class:`NotInstalled`, FileProblem.
    """
    own = list(installed(judge=False))
    found = [one for one in own if wanted in {one.name, one.path.name}]
    found = found or [one for one in own if one.usable and one.id == wanted]
    if len(found) != 1:
        raise NotInstalled(wanted, ", ".join(one.name for one in found or own))
    try:
        found[0].path.unlink()
    except OSError as error:
        raise FileProblem.from_os(error, found[0].path.name) from error
    return found[0]


def packed(source: Path | str) -> bytes:
    """The bytes to be pinned in a workspace, of a pack at hand, a file or a folder.

    Raises BrokenPack, BrokenSignature, WhichGuideline, FileProblem.
    """
    opened = open_named(str(source))
    provenance(opened)
    return opened.content


def open_named(wanted: str) -> PackFile:
    """A pack by what a person calls it: id, id@version, a file or a folder.

    Raises :class:`WhichGuideline`, BrokenPack, FileProblem.
    """
    try:
        return open_pack(find(wanted).read())
    except WhichGuideline:
        if not _lies_there(wanted):
            raise
    return open_pack(Path(wanted))


def _lies_there(name: str) -> bool:
    import os

    return os.path.lexists(name)


__all__ = [
    "AnotherSame", "Available", "ChangedSince", "NotConfirmed", "NotInstalled", "WhichGuideline", "available",
    "checked", "find", "install", "installed", "open_named", "packed", "remove", "same_name", "the_usual",
]  # fmt: skip
