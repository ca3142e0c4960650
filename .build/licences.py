"""The licence texts of everything an installer carries, gathered from what is installed."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

TEXT = re.compile(r"licen[cs]e|copying|notice|authors", re.IGNORECASE)
# Their wheels carry no text: Debian's own copies of what they name.
LGPL = {"pyside6-essentials", "shiboken6"}
COMMON = Path("/usr/share/common-licenses")


def carried(project: Path) -> dict[str, metadata.Distribution]:
    """Every library that Rancang needs to run, directly or not, by its canonical name."""
    table = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    waiting = [Requirement(line) for line in table["dependencies"]]
    found: dict[str, metadata.Distribution] = {}
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in found:
            continue
        found[name] = metadata.distribution(name)
        for line in found[name].requires or ():
            further = Requirement(line)
            environments = [{"extra": extra} for extra in ("", *wanted.extras)]
            if further.marker is None or any(further.marker.evaluate(each) for each in environments):
                waiting.append(further)
    return found


def licences(project: Path) -> Iterator[tuple[str, str]]:
    """Pairs of a licence file and the folder it goes to. Raises LookupError for a library without any."""
    for name, distribution in sorted(carried(project).items()):
        texts = [
            (str(distribution.locate_file(file)), "/".join(("licenses", name, *file.parts[1:-1])))
            for file in distribution.files or ()
            if file.parts[0].endswith(".dist-info") and TEXT.search("/".join(file.parts[1:]))
        ]
        if name in LGPL:
            texts = [(str(COMMON / each), f"licenses/{name}") for each in ("LGPL-3", "GPL-3")]
        if not texts:
            raise LookupError(f"no licence text found for {name}")
        yield from texts
    # Debian keeps Python's own text elsewhere than python.org does.
    ours, debians = (
        Path(sys.base_prefix, "lib/python3.11/LICENSE.txt"),
        Path("/usr/share/doc/python3.11/copyright"),
    )
    for place in (ours, debians):
        if place.is_file():
            yield str(place), "licenses/python"
            return
    raise LookupError("no licence text found for Python")
