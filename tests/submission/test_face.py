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
