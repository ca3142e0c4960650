"""Stands in for aiohttp in the installers: Rancang works without a network.

pyHanko imports aiohttp for its online timestamp and revocation clients as soon as it signs or verifies
anything. Those clients are never used here; leaving the real library out saves 10 MB and 90 ms.
"""

from __future__ import annotations


class _Offline:
    """Any class of aiohttp: it can be named in an annotation or an except clause, not used."""

    def __init__(self, *_arguments: object, **_options: object) -> None:
        raise RuntimeError("Rancang's installers carry no network client")


class ClientError(Exception):
    """Named in except clauses; never raised."""


def __getattr__(name: str) -> type:
    if name.startswith("__"):
        raise AttributeError(name)
    return type(name, (_Offline,), {})
