"""The rooms' faces: cheap to import, and every name they promise is there."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

SLOW = (
    "asn1crypto",
    "cryptography",
    "lxml",
    "msgspec",
    "pikepdf",
    "pkcs11",
    "pyhanko",
    "pypdfium2",
    "reportlab",
)


@pytest.mark.parametrize("room", ["desktop.trust", "desktop.submission"])
def test_importing_a_room_loads_nothing_slow(room) -> None:
    script = f"import sys, {room}; print(*(name for name in {SLOW!r} if name in sys.modules))"
    root = Path(__file__).parents[2]
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == []


@pytest.mark.parametrize("room", ["desktop.trust", "desktop.submission"])
def test_every_public_name_exists(room) -> None:
    module = import_module(room)
    assert all(getattr(module, name) is not None for name in module.__all__)
    assert sorted(module.__all__) == sorted(set(module.__all__))
    with pytest.raises(AttributeError):
        module.tidak_ada  # noqa: B018 - asking is the test


LAZY = sorted(
    file.parent
    for file in (Path(__file__).parents[2] / "desktop").rglob("__init__.py")
    if "def __getattr__" in file.read_text("utf-8")
)
"""The rooms that hand on their names when they are asked for."""


@pytest.mark.parametrize("room", LAZY, ids=lambda room: room.name)
def test_no_module_bears_a_name_that_its_room_hands_on(room) -> None:
    """Once imported, the module would stand in the place of what is handed on."""
    names = import_module(".".join(room.relative_to(Path(__file__).parents[2]).parts)).__all__
    assert set(names) & {each.stem for each in room.iterdir()} == set()
