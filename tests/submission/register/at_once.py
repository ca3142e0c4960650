"""The desk's work without processes of its own."""

from __future__ import annotations

from desktop.base.jobs import quiet


class AtOnce:
    """In place of a crew: the same work in this process, which need not be started first."""

    def __init__(self, prepare, material, size, limits, wire):
        self._do, self._wire = prepare(*material), wire

    def run(self, items, idle=quiet):
        for item in items:
            yield item, self._wire.unpacked(item, self._wire.packed(self._do(item)))
