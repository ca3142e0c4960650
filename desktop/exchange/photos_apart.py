"""Makes photos ready in a process with limits: a small file may be a wall, and no library holds still."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.base import bounded
from desktop.base.bounded.shapes import Unfit, packed, unpacked
from desktop.base.jobs import Report
from desktop.exchange.photos import PhotoProblem, Prepared, Wishes, facts_of, made

COST = bounded.Limits(30.0, 1 << 30)
"""For one photo; the largest of 130 megapixels takes six seconds and 0.9 GB, one of a telephone a tenth."""


@dataclass(frozen=True, slots=True)
class _Making:
    """One photo, and what may be spent on it."""

    as_it_is: Prepared
    data: bytes = field(repr=False)
    wishes: Wishes
    limits: bounded.Limits

    def run(self, report: Report) -> Mapping[str, Any]:  # noqa: ARG002 - it is done at once
        """The photo as it will be kept, or what is wrong with it."""
        if self.wishes.original:
            return {"data": packed(replace(self.as_it_is, facts=facts_of(self.data)))}
        try:
            return {"data": packed(made(self.as_it_is, self.data, self.wishes))}
        except PhotoProblem as error:
            return {"bad": error.why}


def made_apart(as_it_is: Prepared, data: bytes, wishes: Wishes, report: Report) -> Prepared:
    """A photo as it will be kept. Raises PhotoProblem, Unfinished, Cancelled."""
    name, path = as_it_is.name, as_it_is.data
    try:
        answer = bounded.ask(_Making(as_it_is, data, wishes, COST.of(len(data))), name, report)
    except bounded.Unfinished as error:
        if wishes.original:  # kept to the byte, whatever it is
            return as_it_is
        if error.why == "crash":
            raise PhotoProblem("broken", name) from error
        raise
    if "bad" in answer:
        raise PhotoProblem("huge" if answer["bad"] == "huge" else "broken", name)
    try:
        found = unpacked(Prepared, answer.get("data"))
    except Unfit as error:  # it says what no process of ours would say
        raise PhotoProblem("broken", name) from error
    # which file it is, is ours to say
    return replace(found, data=found.data if isinstance(found.data, bytes) else path)
