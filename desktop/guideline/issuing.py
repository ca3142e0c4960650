"""What an issuer does: begin a pack from another one, and sign it."""

from __future__ import annotations

import datetime as dt
import errno
import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from desktop.base import LocalText
from desktop.base.errors import FileProblem
from desktop.guideline.container import read_members, write_zip
from desktop.guideline.loading import PackFile, open_pack, write_pack, written
from desktop.guideline.pack import Pack

if TYPE_CHECKING:
    from desktop.trust.anchors import Anchors
    from desktop.trust.fitness import KeyCheck
    from desktop.trust.signer import KeySource


@dataclass(frozen=True, slots=True)
class Begun:
    """A folder in which a new pack is written."""

    id: str
    version: str
    based_on: str
    files: tuple[str, ...]


def begin_from(pack: Pack, folder: Path, id: str = "", version: str = "0.1") -> Begun:  # noqa: A002
    """Write every file of a pack into a new folder, as a draft with an id and version of its own.

    Without ``id`` the folder's name becomes it. Raises FileProblem where something lies there already.
    """
    base = pack.pack
    name = id or re.sub(r"[^A-Za-z0-9._-]+", "-", folder.name).strip("-.").casefold() or f"{base.id}-2"
    title = LocalText({key: f"{text} – {name}" for key, text in base.title.texts.items()})
    info = msgspec.structs.replace(
        base, id=name, version=version, title=title, status="draft", verified=False, based_on=base.id
    )
    values = written(msgspec.structs.replace(pack, pack=info))
    files = tuple(f"{name}.json" for name in values)
    try:
        if folder.exists() and any(folder.iterdir()):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))
        folder.mkdir(parents=True, exist_ok=True)
        for file in files:
            text = json.dumps(values[file.removesuffix(".json")], ensure_ascii=False, indent=2)
            (folder / file).write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise FileProblem.from_os(error, str(folder)) from error
    return Begun(name, version, base.id, files)


def to_sign(source: Path) -> PackFile:
    """A pack file or folder as this program writes it: that gets signed. Raises BrokenPack, FileProblem."""
    return open_pack(write_pack(source))


def sign_pack(
    content: PackFile, key: KeySource, anchors: Anchors, now: dt.datetime
) -> tuple[PackFile, tuple[KeyCheck, ...]]:
    """The pack with the issuer's signature over its canonical files, and what was noted about the key.

    ``content`` was read, and shown, before the key was asked for: a file may be another one by then. A
    signature that was there before is replaced. Raises BrokenPack, KeyUnfit, and what opening the key raises.
    """
    from desktop.trust import require_fit, sign_detached
    from desktop.trust.signer import opened_with_issuers

    with opened_with_issuers(key.open, anchors, now) as signer:
        checks = require_fit(signer, anchors, now)
        signature = sign_detached(content.signed, signer, now)
    return open_pack(write_zip(read_members(content.signed).json, signature)), checks
