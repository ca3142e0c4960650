"""The laws of merging, on random histories: equal everywhere, nothing lost, in any order, twice or once."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.workspace import Workspace
from tests.workspace.histories import Copies, integrity, oracle, seed, state, take


def run(make: Callable[..., Workspace], tmp_path: Path, number: int) -> None:
    rng = random.Random(number)
    first = make("first")
    seed(first)
    world = Copies(first, tmp_path, rng.choice([2, 2, 3]))
    try:
        for _ in range(rng.randrange(4, 24)):
            world.act(rng)
        for copy in world.copies:
            integrity(copy)
            oracle(copy, world.seen_when_written)
        gossip = [*itertools.permutations(range(len(world.copies)), 2)] * 2
        rng.shuffle(gossip)
        for source, target in [*gossip, *itertools.permutations(range(len(world.copies)), 2)]:
            world.sync(source, target)
        for target in range(1, len(world.copies)):
            world.sync(0, target)
            world.sync(target, 0)
        reference = state(world.copies[0])
        for copy in world.copies:
            assert state(copy) == reference
            integrity(copy)
        oracle(first, world.seen_when_written)
        take(first, world.copies[1])
        assert state(first) == reference
    finally:
        world.close()


@pytest.mark.parametrize("block", range(10))
def test_random_histories_end_equal_with_nothing_lost(
    make: Callable[..., Workspace], tmp_path: Path, block: int
) -> None:
    """500 histories in ten blocks (acceptance 7); the seed of a failure is in its message."""
    for number in range(block * 50, block * 50 + 50):
        folder = tmp_path / str(number)
        folder.mkdir()
        try:
            run(lambda name, number=number: make(f"{number}-{name}"), folder, number)
        except AssertionError as error:
            error.add_note(f"history number {number}")
            raise
