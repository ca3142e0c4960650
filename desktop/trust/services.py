"""Which authority is asked for timestamps: data, never in the code.

``resources/trust/services.json`` names those that every copy knows (none so far: no public service is
bound to answer us); the user's settings name their own; a call may name another.
"""

from __future__ import annotations

import msgspec

from desktop.base import LocalText, Message, RancangError
from desktop.base.resources import resource
from desktop.trust.online import host_of
from desktop.trust.timeservice import TimeService

SERVICES = "services.json"


class NoTimeService(RancangError):
    """It was not said whom to ask, and nobody is known."""

    def __init__(self) -> None:
        super().__init__(Message("trust.service.none"))


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of ``services.json``."""

    address: str
    name: LocalText
    source: str
    policy: str = ""


class _Services(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``services.json``."""

    format: int
    timestamp: tuple[_Entry, ...] = ()


def _local_text(kind: type, value: object) -> object:
    if kind is LocalText and isinstance(value, dict):
        return LocalText({str(key): str(text) for key, text in value.items()})
    raise NotImplementedError(kind)


def shipped(data: bytes) -> tuple[TimeService, ...]:
    """The services that a ``services.json`` names."""
    found = msgspec.json.decode(data, type=_Services, dec_hook=_local_text)
    return tuple(TimeService(one.address, one.policy) for one in found.timestamp)


def time_service(*addresses: str) -> TimeService:
    """The first of these addresses that says something, else the first shipped one.

    Raises :class:`NoTimeService`, and NoAnswer for what is no address.
    """
    for address in addresses:
        if address.strip():
            host_of(address.strip())
            return TimeService(address.strip())
    known = shipped(resource("trust", SERVICES).read_bytes())
    if not known:
        raise NoTimeService
    return known[0]
