"""Bodies as people work with them: the list, one body with its members and meetings, who answers for what."""

from __future__ import annotations

__all__: list[str] = []
