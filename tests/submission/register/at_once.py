"""The desk's work without processes of its own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from desktop.base.jobs import quiet
from desktop.submission.register.crew import Lost
from desktop.submission.register.entry import Entry
from desktop.submission.register.listing import entries
from desktop.submission.register.run import Ran, receive
from desktop.submission.register.store import Register
from tests.submission.register.many import NOW, Country, Keys


class AtOnce:
    """In place of a crew: the same work in this process, which need not be started first."""

    def __init__(self, prepare, material, size, limits, wire, short):
        self._do, self._wire = prepare(*material).do, wire

    def run(self, items, idle=quiet):
        for item in items:
            yield item, self._wire.unpacked(item, self._wire.packed(self._do(item)))


class Slow(AtOnce):
    """No time is enough for anything."""

    def run(self, items, idle=quiet):
        for item in items:
            yield item, Lost("time")


class Desk(Country):
    """A country and the register of its ministry."""

    def __init__(self, top: Path, keys: Keys) -> None:
        super().__init__(top / "inbox", keys)
        self.register = top / "meja.sqlite"

    def read(self, *folders: Path, anchors=None, now: dt.datetime = NOW) -> Ran:
        return receive(quiet, self.register, folders or [self.inbox], anchors or self.keys.anchors, 1, now)

    def listed(self) -> dict[str, Entry]:
        with Register(self.register, read_only=True) as register:
            return {Path(one.path).name: one for one in entries(register)}
