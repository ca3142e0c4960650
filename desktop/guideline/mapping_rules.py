"""What the mappings from other packs say, and this pack does not have."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from desktop.base import Message
from desktop.guideline.broken import Fault
from desktop.guideline.names import Names
from desktop.guideline.pack import Mapping as PackMapping
from desktop.guideline.pack import Pack
from desktop.guideline.remarks import exists, fault, unique


def mapping_faults(pack: Pack, names: Names) -> Iterator[Fault]:
    """Every mapping is from another pack, once, and ends at ids that are there.

    The ids of the other pack are not at hand and so are not looked at.
    """
    yield from unique((f"mappings[{index}].pack", each.pack) for index, each in enumerate(pack.mappings))
    for index, each in enumerate(pack.mappings):
        key = f"mappings[{index}]"
        if each.pack == pack.pack.id:
            problem = Message("guideline.problem.mapped_itself")
            yield fault(f"{key}.pack", problem, Message("guideline.remedy.mapped_itself"))
        for name, ends, kind in _ends(each, pack, names):
            known, what = kind
            for other, own in ends.items():
                if not own:
                    continue  # nothing here means the same
                yield from exists(f"{key}.{name}.{other}", own, known, what)


def _ends(
    each: PackMapping, pack: Pack, names: Names
) -> Iterator[tuple[str, Mapping[str, str], tuple[Collection[str], Message]]]:
    """Name of the attribute, other id to own id, what own ids there are and what such a thing is called."""
    subs = {sub.id for dimension in pack.dimensions for sub in dimension.sub_dimensions}
    rows = {f"{sheet.id}.{row.id}" for sheet in pack.worksheets for row in sheet.fixed_rows}
    choices = {
        f"{item}.{choice.id}" for item, field in names.items.items() if field for choice in field.choices
    }
    parts = {*names.items, *names.forms, *names.worksheets}
    yield "dimensions", each.dimensions, (names.dimensions, Message("guideline.kind.dimension"))
    yield (
        "sub_dimensions",
        each.sub_dimensions,
        (subs | names.dimensions, Message("guideline.kind.sub_dimension")),
    )
    yield "items", each.items, (parts, Message("guideline.kind.item"))
    yield "choices", each.choices, (choices, Message("guideline.kind.choice"))
    yield "rows", each.rows, (rows, Message("guideline.kind.row"))
    outputs = {f"{session.id}.{out.id}" for session in pack.sessions for out in session.outputs}
    yield "roles", each.roles, (names.roles, Message("guideline.kind.role"))
    yield "sessions", each.sessions, (names.sessions | outputs, Message("guideline.kind.session"))
    yield "areas", each.areas, (names.areas, Message("guideline.kind.area"))
    yield "bodies", each.bodies, (names.bodies, Message("guideline.kind.body"))
    yield "measures", each.measures, (names.measures, Message("guideline.kind.figure"))
