"""Mutants of documents inside packages: whoever takes one in silence has to see what everybody else sees.

``python -m tests.submission.fuzzing.differ FOLDER SECONDS [DOCUMENT...]`` goes on with the seeds behind those
of earlier runs, keeps what looks like a finding in ``FOLDER/found``, and prints the totals. A seed makes the
same mutant again: ``python -m tests.submission.fuzzing.differ FOLDER again DOCUMENT SEED``.
"""

from __future__ import annotations

import io
import json
import random
import sys
import time
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Name
from PIL import Image, ImageChops, ImageFilter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import SigningError

from desktop.submission.pdf.sign import CannotSignPdf
from tests.submission.fuzzing.pdf_bends import Bends, pool
from tests.submission.fuzzing.pdf_ground import NAMES, Document, State, ground, stamps
from tests.submission.fuzzing.pdf_judged import UNREADABLE, places, told
from tests.submission.fuzzing.pdf_later import later
from tests.submission.fuzzing.pdf_program import Programs, steps, written
from tests.submission.fuzzing.pdf_readers import (
    Pictures,
    Readers,
    apart,
    cells,
    most,
    shades,
    text_of,
    unexplained,
)
from tests.submission.pdf.bending import AS_IT_IS, said

_BATCH, _LONGEST = 24, 90.0
"""Documents that are drawn at once, and seconds after which as many are as there are."""
_STEPS, _MANY = (1, 10, 24), 100
"""Mutants made one of the other before what came of them is drawn: drawing costs most."""
_ALIKE, _FEW = 40, 2
"""How far (of 255) a cell may be apart, and how many may be further."""
_CELLS = ((4, 75), (8, 50))
"""Points of a cell, and how much more two programs may be apart in one than they were."""
_BESIDE = 8
_WITH_STAMPS = frozenset({State.STAMPED, State.LATER})
_WIDER = ImageFilter.MaxFilter(3)


@dataclass(frozen=True)
class Mutant:
    document: Document
    seed: int
    data: bytes
    ways: tuple[str, ...]


_UNWRITTEN = (
    *(pikepdf.PdfError, NotImplementedError, zlib.error, PdfError, SigningError, CannotSignPdf),
    *UNREADABLE,
)
Pool = dict[str, list[str]]


@cache
def everything() -> Pool:
    """What stands in any of the documents, by key."""
    return pool([ground(name).data for name in NAMES])


def mutant(document: Document, seed: int, known: Pool) -> Mutant | None:
    """One to three changes by chance; None where nothing can be written or nothing is another."""
    rng = random.Random(f"{document.name} {seed}")
    target = io.BytesIO()
    try:
        if document.state is State.LATER:
            made, what = later(document.sealed, rng, known)
            return Mutant(document, seed, made, (what,))
        with pikepdf.open(io.BytesIO(document.data)) as opened:
            count = rng.choice((1, 1, 2, 3))
            ways = [_change(document, opened, rng, known) for _ in range(count)]
            opened.save(target, **_options(document, rng))
    except (
        pikepdf.PdfError,
        NotImplementedError,
        zlib.error,
        PdfError,
        SigningError,
        CannotSignPdf,
        *UNREADABLE,
    ):
        return None
    data = target.getvalue()
    return Mutant(document, seed, data, tuple(ways)) if data != document.data else None


def _options(document: Document, rng: random.Random) -> dict[str, Any]:
    if document.state is not State.ANEW:
        return AS_IT_IS
    mode = rng.choice((pikepdf.ObjectStreamMode.generate, pikepdf.ObjectStreamMode.disable))
    return {**AS_IT_IS, "preserve_pdfa": False, "object_stream_mode": mode, "linearize": rng.random() < 0.05}


def _change(document: Document, opened: pikepdf.Pdf, rng: random.Random, known: Pool) -> str:
    page = opened.pages[0].obj
    chance = rng.random()
    if document.state is State.STAMPED:
        # the first is the one by whatever program the document says
        places = stamps(opened)[: 1 if rng.random() < 0.6 else None]
        place = rng.choice(places)
        if chance < 0.5:
            forms = _forms(place.AP.N)
            form = rng.choice(forms)
            # what a form is not lent by itself some programs look for in the page's
            lent = form.get("/Resources") if rng.random() < 0.7 else page.Resources
            return _program(form, lent, rng, wild=True)
        return Bends(opened, [place], rng, known).mutate()
    if chance < (0.75 if document.state is State.SEALED else 0.4):
        contents = page.Contents
        parts = list(contents) if isinstance(contents, Array) else [contents]
        part = parts[len(parts) // 2] if rng.random() < 0.95 else rng.choice(parts)
        return _program(part, page.Resources, rng, wild=document.state is State.ANEW)
    starts = rng.choice(([opened.trailer], [page], [page], [page.Resources], [page.Resources]))
    return Bends(opened, starts, rng, known).mutate()


def _forms(form: Any) -> list[Any]:
    """A stamp and the forms within it."""
    found = [form]
    for one in found:
        lent = one.get("/Resources", {}).get("/XObject", {})
        found += [each for each in lent.values() if each.get("/Subtype") == Name.Form and len(found) < 9]
    return found


def _program(stream: Any, resources: Any, rng: random.Random, *, wild: bool) -> str:
    names = {
        key: [str(one) for one, _ in resources[key].items()]
        for key in ("/Font", "/XObject", "/ExtGState", "/ColorSpace")
        if resources is not None and key in resources
    }
    content = stream.read_bytes()
    ours = content.startswith(b"1 0 0 1 0 0 cm ") and content.endswith(b"\n \n")
    program = steps(content[15:] if ours else content)
    programs = Programs(rng, names, wild=wild)
    ways = [programs.mutate(program) for _ in range(rng.choice((1, 1, 2)))] if program else []
    made = written(program)
    if ours:
        made = b"1 0 0 1 0 0 cm \n" + made + b"\n \n"
    stream.write(zlib.compress(made, 9), filter=Name.FlateDecode)
    return "draws " + "+".join(ways)


class Differ:
    """Draws what is taken in silence, and holds it against the document as it was."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.readers = Readers(folder / "drawn")
        self._first: dict[str, tuple[Pictures, dict[str, str]]] = {}

    def _before(self, document: Document) -> tuple[Pictures, dict[str, str]]:
        if document.name not in self._first:
            drawn = self.readers.draw([document.data])[0]
            self._first[document.name] = drawn, text_of(document.data, self.folder)
        return self._first[document.name]

    def findings(self, taken: list[Mutant]) -> dict[int, list[str]]:
        """What is drawn or read otherwise, by the place of the mutant."""
        befores = [self._before(one.document) for one in taken]
        found: dict[int, list[str]] = {}
        for at, drawn in enumerate(self.readers.draw([one.data for one in taken])):
            before, text = befores[at]
            state = taken[at].document.state
            what = (
                drawn_apart(before, drawn)
                if state is State.SEALED
                else _each(taken[at].document, before, drawn)
            )
            if state not in _WITH_STAMPS:
                what += read_apart(text, text_of(taken[at].data, self.folder))
            if what:
                found[at] = what
        return found


def _boxes(document: Document) -> list[tuple[float, float, float, float]]:
    """Where a stamp may show what it likes."""
    if document.state is State.SEALED:
        return []
    return [(one.left, one.bottom, one.right, one.top) for one in places(document.sealed)]


def _each(document: Document, before: Pictures, now: Pictures) -> list[str]:
    """No program may draw another page than it did."""
    boxes = _boxes(document)
    found = []
    for program, picture in now.items():
        difference = apart(cells(before[program], boxes), cells(picture, boxes))
        if (count := most(difference, _ALIKE)) > _FEW:
            found.append(f"{program} {count}")
    return found


def drawn_apart(before: Pictures, now: Pictures) -> list[str]:
    """Where two programs differ more than they did."""
    found = [program for program, picture in now.items() if (picture is None) != (before[program] is None)]
    both = {
        program: (was, is_)
        for program, is_ in now.items()
        if is_ is not None and (was := before[program]) is not None
    }
    sizes = [one.size for each in both.values() for one in each]
    least = (min(width for width, _ in sizes), min(height for _, height in sizes))
    found += [
        f"{program} {is_.size}"
        for program, (_, is_) in both.items()
        if max(is_.width - least[0], is_.height - least[1]) > 1
    ]
    area = _changed(list(both.values()), least)
    if area is None:
        return found
    was, is_ = ({program: shades(each[at], area) for program, each in both.items()} for at in (0, 1))
    for one, other in combinations(both, 2):
        more, known = unexplained(is_[one], is_[other]), unexplained(was[one], was[other])
        counts = [
            most(ImageChops.subtract(more.reduce(cell), known.reduce(cell).filter(_WIDER)), apart_by)
            for cell, apart_by in _CELLS
        ]
        if any(count > _FEW for count in counts):
            found.append(f"{one} {other} {counts}")
    return found


def _changed(
    pictures: Sequence[tuple[Image.Image, Image.Image]], size: tuple[int, int]
) -> tuple[int, int, int, int] | None:
    """Where any program draws something new, with what lies beside it."""
    boxes = [
        box
        for was, is_ in pictures
        if (box := ImageChops.difference(was.crop((0, 0, *size)), is_.crop((0, 0, *size))).getbbox())
    ]
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    left, top = (max(0, min(one) - 2 * _BESIDE) // _BESIDE * _BESIDE for one in (lefts, tops))
    return left, top, min(size[0], max(rights) + 2 * _BESIDE), min(size[1], max(bottoms) + 2 * _BESIDE)


def read_apart(before: dict[str, str], now: dict[str, str]) -> list[str]:
    """The letters that only one of two programs reads, and read before."""
    one, other = (Counter(now.get(program, "")) for program in ("pdfium", "poppler"))
    was = [Counter(before.get(program, "")) for program in ("pdfium", "poppler")]
    if one - other != was[0] - was[1] or other - one != was[1] - was[0]:
        return [f"text +{''.join((one - other).elements())[:40]} -{''.join((other - one).elements())[:40]}"]
    return []


class Run:
    """Goes on where the last one stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "found").mkdir(parents=True, exist_ok=True)
        self._state = folder / "state.json"
        kept = json.loads(self._state.read_text()) if self._state.exists() else {}
        self.next: dict[str, int] = kept.get("next", {})
        self.totals: Counter[str] = Counter(kept.get("totals", {}))
        self.differ = Differ(folder)

    def batch(self, document: Document, count: int = _BATCH) -> list[str]:
        """So many that are taken in silence, drawn; what was found."""
        taken: list[Mutant] = []
        end = time.monotonic() + _LONGEST
        while len(taken) < count and time.monotonic() < end:
            seed = self.next.get(document.name, 0)
            self.next[document.name] = seed + 1
            one = self.grown(document, seed)
            if one is not None:
                taken.append(one)
        found = self.differ.findings(taken)
        self.totals[f"{document.name} drawn"] += len(taken)
        self.totals[f"{document.name} to look at"] += len(found)
        lines = [self._keep(taken[at], what) for at, what in found.items()]
        self._state.write_text(json.dumps({"next": self.next, "totals": self.totals}))
        return lines

    def grown(self, document: Document, seed: int) -> Mutant | None:
        """What is taken in silence of several mutants, each made of the one before; None where none is."""
        found: Mutant | None = None
        for step in range(1 if document.state is State.LATER else _STEPS[seed % len(_STEPS)]):
            before = document if found is None else replace(document, data=found.data)
            one = mutant(before, seed * _MANY + step, everything())
            if one is None:
                continue
            self.totals[f"{document.name} mutants"] += 1
            if told(document, one.data):
                continue
            self.totals[f"{document.name} accepted"] += 1
            found = replace(one, seed=seed, ways=(*(found.ways if found else ()), *one.ways))
        same = (
            found is not None and document.state is State.SEALED and said(found.data) == said(document.data)
        )
        return None if same else found

    def go(self, seconds: float, names: Sequence[str]) -> list[str]:
        """One document after the other, until the time is over; what was found."""
        found: list[str] = []
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for name in names:
                for line in self.batch(ground(name)):
                    found.append(line)
                    sys.stdout.write(line + "\n")
                    sys.stdout.flush()
        return found

    def _keep(self, one: Mutant, what: list[str]) -> str:
        name = f"{one.document.name}-{one.seed}"
        (self.folder / "found" / f"{name}.pdf").write_bytes(one.data)
        line = f"{name}: {'; '.join(what)} | {'; '.join(one.ways)}"
        with (self.folder / "found" / "list.txt").open("a") as file:
            file.write(line + "\n")
        return line


def main(folder: Path, seconds: float, names: Sequence[str]) -> None:
    run = Run(folder)
    run.go(seconds, names or NAMES)
    for key, count in sorted(run.totals.items()):
        sys.stdout.write(f"{key}: {count}\n")


def again(folder: Path, name: str, seed: int) -> None:
    """The same mutant, and how it came about."""
    one = Run(folder).grown(ground(name), seed)
    if one is not None:
        sys.stdout.write("\n".join(one.ways) + "\n")
        (folder / f"{name}-{seed}.pdf").write_bytes(one.data)


if __name__ == "__main__":
    place, seconds, *rest = sys.argv[1:]
    if seconds == "again":
        again(Path(place), rest[0], int(rest[1]))
    else:
        main(Path(place), float(seconds), rest)
