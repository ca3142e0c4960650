"""Sets (answers with several choices) merge by member: what one adds and another takes out both hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from desktop.workspace import Workspace
from tests.workspace.test_conflicts import agree
from tests.workspace.test_merge_laws import LABEL


def choose(copy: Workspace, members: str) -> None:
    with copy.operation(LABEL) as op:
        op.answer("profile.members", list(members), policy="set")


def chosen(copy: Workspace) -> Any:
    return "".join(copy.plan().answer("profile.members").value)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "together"),
    [
        ("abc", "ab", "abcd", "abd"),  # one takes out, the other adds
        ("abc", "ab", "bc", "b"),  # each takes out another
        ("a", "ab", "ac", "abc"),  # each adds another
        ("ab", "", "abc", "c"),
        ("abc", "abd", "abe", "abde"),  # both take the same out
    ],
)
def test_members_come_together(
    make: Callable[..., Workspace], base: str, mine: str, theirs: str, together: str
) -> None:
    ours = make("ours")
    choose(ours, base)
    other = make("other", copy_of=ours, person="Budi")
    choose(ours, mine)
    choose(other, theirs)
    agree(ours, other)
    assert chosen(ours) == chosen(other) == together
    assert ours.conflicts() == []


@pytest.mark.slow
def test_what_was_taken_out_stays_out_through_further_merges(make: Callable[..., Workspace]) -> None:
    ours = make("ours")
    choose(ours, "abc")
    other = make("other", copy_of=ours, person="Budi")
    choose(ours, "ab")
    choose(other, "abcd")
    agree(ours, other)
    choose(ours, "abde")
    choose(other, "abdf")
    agree(ours, other)
    assert chosen(ours) == "abdef"
