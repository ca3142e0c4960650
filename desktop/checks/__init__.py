"""What is missing, weak or contradictory? Findings that point at a field; progress; readiness scores.

:func:`check` runs the rules of a guideline over a plan: a :class:`Report` of :class:`Finding`. Everything
here is a pure function of a plan and a guideline.
"""

from desktop.checks.finding import Finding, Report, SetAsideFinding, State
from desktop.checks.progress import Part, PlanProgress, progress
from desktop.checks.readiness import ComponentScore, ReadinessScores, readiness_scores
from desktop.checks.run import check, checking

__all__ = [
    "ComponentScore",
    "Finding",
    "Part",
    "PlanProgress",
    "ReadinessScores",
    "Report",
    "SetAsideFinding",
    "State",
    "check",
    "checking",
    "progress",
    "readiness_scores",
]
