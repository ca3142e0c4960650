"""The emblem of the region on its way into the workspace: a picture, scaled, and nothing besides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import Language, Message, RancangError
from desktop.base.speech import render
from desktop.exchange.photos import Prepared, Wishes, prepare
from desktop.workspace import emblem

if TYPE_CHECKING:
    from desktop.workspace.operation import Operation
    from desktop.workspace.plan import Plan

EDGE = 900
"""Pixels of the longer side: three inches at 300 dots, more than any cover shows."""
_LEAST = 60
"""Pixels of the shorter side: what has fewer is an icon, and prints as a stain."""


class EmblemProblem(RancangError):
    """A file that cannot be the emblem."""

    def __init__(self, file: str, why: str) -> None:
        messages = {
            "kind": Message("exchange.emblem.kind", file=file),
            "drawing": Message("exchange.emblem.drawing", file=file),
            "small": Message("exchange.emblem.small", file=file, least=_LEAST),
        }
        super().__init__(messages[why])


def prepared(path: Path) -> Prepared:
    """The picture as it will be kept. Raises EmblemProblem, PhotoProblem, FileProblem."""
    made = prepare(path, Wishes(edge=EDGE))
    if made.facts is None:
        raise EmblemProblem(path.name, "drawing" if path.suffix.casefold() in {".svg", ".svgz"} else "kind")
    if min(made.facts.width, made.facts.height) < _LEAST:
        raise EmblemProblem(path.name, "small")
    return replace(made, facts=None)


def take(operation: Operation, plan: Plan, picture: Prepared) -> str:
    """Make a picture the emblem: the file of the evidence it is. Raises FileProblem."""
    here = next((each.id for each in plan.evidence if each.sha256 == picture.sha256), "")
    caption = Message("exchange.emblem.caption", region=plan.region.name)
    row = here or operation.attach(
        picture.data,
        name=picture.name,
        media_type=picture.media_type,
        caption={language.value: render(caption, language) for language in Language},
    )
    emblem.put(operation, plan, row)
    return row
