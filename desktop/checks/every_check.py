"""Every check there is: importing this module makes all of them known to the registry."""

from __future__ import annotations

from desktop.checks import (
    action_plan,
    bodies,
    budget,
    ceilings,
    codes,
    completeness,
    coverage,
    differing,
    evidence,
    indicators,
    links,
    programmes,
    quick_wins,
    readiness,
    references,
    service_test,
    sessions,
    texts,
    translations,
    years,
)

__all__ = [
    "action_plan",
    "bodies",
    "budget",
    "ceilings",
    "codes",
    "completeness",
    "coverage",
    "differing",
    "evidence",
    "indicators",
    "links",
    "programmes",
    "quick_wins",
    "readiness",
    "references",
    "service_test",
    "sessions",
    "texts",
    "translations",
    "years",
]
