"""What an examining process hands back, as JSON: a hostile file may have got hold of that process.

Nothing that comes back can be more than the facts of one file; bytes that are anything else raise ValueError.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

from desktop.base import Message
from desktop.submission.mark import Mark
from desktop.submission.register.examine import Examined, Sort
from desktop.submission.register.extract import Extract, PlanFacts
from desktop.submission.verdict import Reason, Verdict, Weight


def packed(seen: Examined) -> bytes:
    """An examination as JSON."""
    import msgspec

    extract = seen.extract
    return json.dumps(
        {
            "mark": msgspec.to_builtins(seen.mark),
            "sha256": seen.sha256,
            "sort": seen.sort.value,
            "verdict": seen.verdict.to_json() if seen.verdict is not None else None,
            "until": until.isoformat() if (until := getattr(seen.verdict, "until", None)) else "",
            "problem": seen.problem.to_json() if seen.problem is not None else None,
            "open_mandatory": extract.open_mandatory,
            "plan": msgspec.to_builtins(extract.plan),
            "reasons": [
                {"weight": one.weight.value, "message": one.message.to_json()} for one in extract.reasons
            ],
        }
    ).encode()


def unpacked(path: Path, data: bytes) -> Examined:
    """Read what :func:`packed` wrote of the file at ``path``. Raises ValueError (msgspec's among them)."""
    import msgspec

    said = msgspec.convert(json.loads(data), dict[str, Any])
    verdict, problem = said.get("verdict"), said.get("problem")
    extract = Extract(
        msgspec.convert(said.get("open_mandatory"), int | None),
        msgspec.convert(said.get("plan"), PlanFacts | None),
        tuple(_reason(one) for one in msgspec.convert(said.get("reasons"), list[dict[str, Any]])),
    )
    mark = msgspec.convert(said.get("mark"), Mark)
    if max(abs(mark.size), abs(mark.mtime_ns)) >> 63:
        raise ValueError(mark)
    return Examined(
        path,
        mark,
        msgspec.convert(said.get("sha256"), Annotated[str, msgspec.Meta(pattern="^([0-9a-f]{64})?$")]),
        Sort(str(said.get("sort"))),
        _verdict(verdict, said.get("until")) if verdict is not None else None,
        extract,
        Message.from_json(msgspec.convert(problem, dict[str, Any])) if problem is not None else None,
    )


def _verdict(said: object, until: object) -> Verdict:
    import msgspec

    moment = dt.datetime.fromisoformat(text) if (text := msgspec.convert(until, str)) else None
    if moment is not None and moment.tzinfo is None:
        raise ValueError(until)
    return replace(Verdict.from_json(msgspec.convert(said, dict[str, Any])), until=moment)


def _reason(said: dict[str, Any]) -> Reason:
    import msgspec

    return Reason(
        Weight(str(said.get("weight"))), Message.from_json(msgspec.convert(said.get("message"), dict))
    )
