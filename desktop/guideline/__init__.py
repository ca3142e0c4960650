"""What does the ministry ask? A guideline pack - data, not code - loaded, checked and queried.

Names are handed on lazily: the pack's types cost 30 ms, and a command that needs no guideline pays nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from desktop.guideline.broken import BrokenPack, Fault
    from desktop.guideline.loading import PackFile, load_pack, open_pack, write_pack
    from desktop.guideline.lookup import Bundled, Guideline, Numbered, bundled, bundled_bytes
    from desktop.guideline.pack import Pack
    from desktop.guideline.schema import make_schema

__all__ = [
    "BrokenPack",
    "Bundled",
    "Fault",
    "Guideline",
    "Numbered",
    "Pack",
    "PackFile",
    "bundled",
    "bundled_bytes",
    "load_pack",
    "make_schema",
    "open_pack",
    "write_pack",
]

_HOME = {
    "broken": ("BrokenPack", "Fault"),
    "loading": ("PackFile", "load_pack", "open_pack", "write_pack"),
    "lookup": ("Bundled", "Guideline", "Numbered", "bundled", "bundled_bytes"),
    "pack": ("Pack",),
    "schema": ("make_schema",),
}


def __getattr__(name: str) -> Any:
    from importlib import import_module

    for module, names in _HOME.items():
        if name in names:
            return getattr(import_module(f"desktop.guideline.{module}"), name)
    raise AttributeError(name)
