"""Every check there is: importing this module makes all of them known to the registry."""

from __future__ import annotations

from desktop.checks import (
    bodies,
    budget,
    completeness,
    coverage,
    differing,
    evidence,
    indicators,
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
    "bodies",
    "budget",
    "completeness",
    "coverage",
    "differing",
    "evidence",
    "indicators",
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
