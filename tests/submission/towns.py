"""Small workspaces whose head signs an approval sheet."""

from __future__ import annotations

from pathlib import Path

import msgspec

from desktop.guideline import load_pack, write_pack
from desktop.workspace import Author, Workspace

TINY = Path(__file__).resolve().parents[1] / "data" / "tiny-pack"
PEOPLE = {"mayor": "Contoh Wali Kota", "elder": "Contoh Tetua"}


def pack_by_sheet() -> bytes:
    """The tiny guideline, with a mayor who signs one sheet in the place of each book."""
    pack = load_pack(TINY)
    roles = tuple(msgspec.structs.replace(each, signs_by_sheet=each.id == "mayor") for each in pack.roles)
    return write_pack(msgspec.structs.replace(pack, roles=roles))


def make_town(folder: Path, title: str, pack: bytes) -> Path:
    """A workspace of this guideline with nothing in it but its title."""
    path = folder / f"{title}.rancang"
    Workspace.create(
        path, region="18.07", first_year=2026, last_year=2029, pack=pack, author=Author("Sari"),
        title={"id": title},
    ).close()  # fmt: skip
    return path
