"""Why a finding matters: the reason its rule in the guideline gives, and where the guideline has it from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.base import LocalText, Message

if TYPE_CHECKING:
    from desktop.checks.finding import Finding


def reason_of(finding: Finding) -> Message | LocalText | None:
    """The reason with its source; None where the guideline says neither."""
    if finding.note and finding.source:
        return Message("checks.reason.both", reason=finding.note, source=finding.source)
    if finding.source:
        return Message("checks.reason.source", source=finding.source)
    return finding.note or None
