"""What packs may ask for is what the checks room can do: neither knows a name the other does not."""

import re
from pathlib import Path

import desktop.checks
from desktop.checks.registry import known_checks
from desktop.guideline.rules import CHECKS, PARAMS, REQUIRED


def test_the_checks_of_packs_are_those_of_the_program():
    assert set(known_checks()) == CHECKS
    assert REQUIRED.keys() <= CHECKS


def test_every_parameter_that_a_check_reads_may_be_written_in_a_pack():
    read = set()
    for file in Path(desktop.checks.__file__).parent.glob("*.py"):
        for call in re.findall(r"\b(?:number|flag|words?)\(rule, ([^)]*)\)", file.read_text()):
            read |= set(re.findall(r'"(\w+)"', call))
    assert read
    assert read - PARAMS.keys() == set()
