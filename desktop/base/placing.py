"""Files put in place whole or not at all, through no link that somebody else laid there.

The unfinished file has a name that nobody can foresee and is made new: a foreseeable one in a shared folder
may be a link to another file of the same user.
"""

from __future__ import annotations

import contextlib
import glob
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import BinaryIO

from desktop.base.aside import Aside
from desktop.base.errors import FileProblem
from desktop.base.ordinary import check_room
from desktop.base.written import keep_strangers, remember

_LONG_NAME = 230
_mark: ContextVar[str] = ContextVar("mark", default="")


def _open_to_others(handle: int) -> None:
    """A temporary file is private; what we write is handed on, so it gets what any new file gets."""
    if os.name == "posix":
        mask = os.umask(0)
        os.umask(mask)
        os.fchmod(handle, 0o666 & ~mask)


@contextmanager
def replacing(
    target: Path,
    last_look: Callable[[], None] | None = None,
    judge: Callable[[Path], None] | None = None,
    *,
    checked: bool = False,
    aside: Aside | None = None,
) -> Iterator[BinaryIO]:
    """A new file that takes ``target``'s place only when it is complete and safely on the disk.

    ``judge`` is shown the finished file where it lies, then ``last_look`` is asked right before the place is
    taken (both may come seconds later): whatever they raise prevents that. ``checked``: whoever writes has
    seen to what lies there (a package takes the place of the one it is made of); otherwise, where care is
    taken (:func:`~desktop.base.written.careful`), only of a file of ours. What lies there is kept where
    ``aside`` wants it by then. Raises FileProblem; whatever goes wrong, ``target`` stays as it was: also a
    pipe or a device, whose place no file of ours takes.
    """
    check_room(target)
    if not checked:
        keep_strangers(target)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
        part = Path(name)
        _open_to_others(handle)
        try:
            with os.fdopen(handle, "w+b") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
                file.seek(0)
                sha256 = "" if checked else hashlib.file_digest(file, "sha256").hexdigest()
            if judge is not None:
                judge(part)
            check_room(target)
            if last_look is not None:
                last_look()
            if not checked:
                keep_strangers(target)
            with (aside or Aside()).kept(target):
                part.replace(target)
            if not checked:
                remember(target, sha256)
        except BaseException:  # an interrupt, too, leaves nothing half-written; raised again
            with contextlib.suppress(OSError):
                part.unlink()
            raise
    except OSError as error:
        raise FileProblem.from_os(error, str(target)) from error


@contextmanager
def marked(word: str) -> Iterator[None]:
    """Unfinished files bear a word meanwhile, by which whoever stops the job finds them, and nothing else."""
    token = _mark.set(f"{word}-")
    try:
        yield
    finally:
        _mark.reset(token)


def clear(folder: Path, word: str) -> None:
    """Take away what a job that was stopped left unfinished in a folder."""
    for left in folder.glob(f"*.part-{glob.escape(word)}-*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def own_place(target: Path) -> Iterator[Path]:
    """Where a file is made ready that a library writes by its path: a folder that nobody can foresee.

    Under a name that can be foreseen may lie a link to another file of the user's, or beside it what SQLite
    would play into it. Whoever is done puts it in ``target``'s place; the folder goes. Raises FileProblem.
    """
    # of a name that fills a folder's a short one
    name = target.name if len(os.fsencode(target.name)) < _LONG_NAME else ".rancang"
    try:
        folder = Path(tempfile.mkdtemp(prefix=f"{name}.part-{_mark.get()}", dir=target.parent))
    except OSError as error:
        raise FileProblem.from_os(error, str(target)) from error
    try:
        yield folder / target.name
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def lay(part: Path, target: Path) -> None:
    """Put a finished file where nothing lies; what came there meanwhile stays. Raises OSError."""
    try:
        if os.name == "nt":
            part.rename(target)  # takes no other one's place there
        else:
            os.link(part, target)
    except OSError:
        # a link to nowhere lies there, or no file has two names on this disk
        if not target.exists():
            part.replace(target)
    else:
        part.unlink(missing_ok=True)


def put(target: Path, data: bytes) -> None:
    """Put finished bytes in place, whole or not at all; folders on the way are made. Raises FileProblem."""
    check_room(target)
    make_folder(target.parent)
    with replacing(target) as file:
        file.write(data)


def make_folder(folder: Path) -> None:
    """Make a folder and those on the way, where they are not there yet. Raises FileProblem."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem.from_os(error, str(folder)) from error
