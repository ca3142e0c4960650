"""Identities: fresh ones sort by time, derived ones are the same everywhere and for ever."""

from __future__ import annotations

import uuid

from desktop.base.ids import derived_id, new_id


def test_fresh_ids_are_version_7_and_sort_by_time() -> None:
    ids = [new_id() for _ in range(2000)]
    assert len(set(ids)) == len(ids)
    assert {uuid.UUID(each).version for each in ids} == {7}
    assert [each[:12] for each in ids] == sorted(each[:12] for each in ids)


def test_derived_ids_never_change() -> None:
    """A changed value here would tear every two copies of a workspace apart."""
    assert derived_id("plan") == "8d45cd3b52d85c508379c00108fd8dcc"
    assert derived_id("budget_line", "p", "2027", "apbd") == "f0e41351b70f54828df0bcda659259ce"
    assert derived_id("a", "bc") != derived_id("ab", "c")
    assert uuid.UUID(derived_id("answer", "profile.population", "", "")).version == 5
