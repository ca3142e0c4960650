"""From the tables to the frozen picture everybody reads: after an edit only what it touched is read again."""

from desktop.workspace.reading.reader import Reader, head_of, read_plan, stands
from desktop.workspace.region import region, regions

__all__ = ["Reader", "head_of", "read_plan", "region", "regions", "stands"]
