"""Reviews as they travel: what a file from a mentor, assessor or the ministry may hold, and the refusal.

The rules stand in the workspace room, which keeps them for every copy at work (see there).
"""

from __future__ import annotations

from desktop.workspace.reviewing import (
    REVIEW_TABLES,
    REVIEWERS,
    SCORES,
    Beyond,
    NotAReview,
    ReviewOnly,
    judge,
    reviewer_here,
)

__all__ = [
    "REVIEWERS",
    "REVIEW_TABLES",
    "SCORES",
    "Beyond",
    "NotAReview",
    "ReviewOnly",
    "judge",
    "reviewer_here",
]
