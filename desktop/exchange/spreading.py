"""A total spread over years and sources: equally, or by what stands there already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.workspace.plan import Programme

Key = tuple[str, int]
"""A source of money and a year."""


def shares(total: int, weights: Sequence[int]) -> list[int]:
    """A total in whole rupiah by weights; what rounding leaves goes where most was cut off."""
    whole = sum(weights)
    if whole <= 0:
        weights, whole = [1] * len(weights), len(weights)
    if not weights:
        return []
    out = [total * weight // whole for weight in weights]
    fractions = sorted(range(len(weights)), key=lambda place: -(total * weights[place] % whole))
    for place in fractions[: total - sum(out)]:
        out[place] += 1
    return out


def spread(
    programme: Programme,
    figure: str,
    total: int,
    years: Iterable[int],
    sources: Iterable[str],
    *,
    as_now: bool = False,
) -> dict[Key, int | None]:
    """What each source and year of a programme gets of a total; None where an amount is taken away.

    The figure is spread anew: amounts outside the years and sources named do not stay.
    """
    keys = [(source, year) for source in dict.fromkeys(sources) for year in dict.fromkeys(years)]
    now = {
        (line.source, line.year): amount
        for line in programme.budget
        if (amount := getattr(line, figure)) is not None
    }
    weights = [max(0, now.get(key, 0)) if as_now else 1 for key in keys]
    made: dict[Key, int | None] = dict.fromkeys(now, None)
    made |= {key: amount or None for key, amount in zip(keys, shares(total, weights), strict=True)}
    return {key: amount for key, amount in made.items() if amount is not None or key in now}
