"""Mutants of what a page or a stamp draws: operators changed, left out, doubled, exchanged, put in."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from tests.submission.fuzzing.pdf_words import NUMBERS, OPERATORS, RAW

TOKEN = re.compile(
    rb"\s*(?P<text>\((?:[^()\\]|\\[\s\S]|\((?:[^()\\]|\\[\s\S])*\))*\)|<[0-9A-Fa-f\s]*>(?!>))"
    rb"|\s*(?P<part><<|>>|\[|\])|\s*(?P<word>[^\s()<>\[\]/]+|/[^\s()<>\[\]/]*)"
)
_NUMBER = re.compile(rb"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)")
_COUNTS = {
    **dict.fromkeys(("m", "l", "Td", "TD"), 2),
    **dict.fromkeys(("c", "cm", "Tm"), 6),
    **dict.fromkeys(("v", "y", "re", "k", "K"), 4),
    **dict.fromkeys(("rg", "RG"), 3),
    **dict.fromkeys(("w", "J", "j", "M", "i", "g", "G", "Tc", "Tw", "Tz", "TL", "Tr", "Ts", "sc", "SC"), 1),
}
_WAYS = (
    *("number", "number", "nudge", "text", "swap", "double", "leave out", "move"),
    *("put in", "snippet", "snippet", "within", "operator"),
)
_SIGNS = (*"Rp 0123456789.,-_=|/abcABC", *("\\001", "\\002", "\\040", "\\050", "\\\\"))
_SAID = ("Rp", "900", "500", "juta", "BATAL", "___", "====", "||||")


@dataclass
class Step:
    """An operator with what stands before it."""

    operands: list[bytes]
    word: bytes

    def __bytes__(self) -> bytes:
        return b" ".join([*self.operands, self.word])


def steps(content: bytes) -> list[Step]:
    """The operators of a program that is written as usual."""
    found: list[Step] = []
    operands: list[bytes] = []
    depth = 0
    for one in TOKEN.finditer(content):
        part = one[0].strip()
        depth += {b"[": 1, b"<<": 1, b"]": -1, b">>": -1}.get(part, 0)
        word = one["word"] is not None and not part.startswith(b"/") and not _NUMBER.fullmatch(part)
        if word and depth <= 0:
            found.append(Step(operands, part))
            operands = []
        else:
            operands.append(part)
    if operands:
        found.append(Step(operands, b""))
    return found


def written(program: list[Step]) -> bytes:
    return b"\n".join(map(bytes, program))


class Programs:
    """Changes programs by chance; ``names`` are what the resources lend, by category."""

    def __init__(self, rng: random.Random, names: dict[str, list[str]], *, wild: bool) -> None:
        self._rng = rng
        self._names = names
        self._wild = wild
        """Whether the rules that judge it take more than our own books have."""

    def number(self) -> bytes:
        rng = self._rng
        if rng.random() < 0.5:
            return f"{rng.choice((rng.uniform(0, 600), rng.uniform(-5, 30), rng.uniform(0, 1))):.3f}".encode()
        plain = NUMBERS if self._wild or rng.random() < 0.15 else NUMBERS[:48]
        return rng.choice(plain).encode()

    def name(self, kind: str) -> bytes:
        return self._rng.choice(self._names.get(kind) or ["/X0"]).encode()

    def mutate(self, program: list[Step]) -> str:
        """One change; what it was."""
        rng = self._rng
        way = rng.choice((*_WAYS, "number off", "raw") if self._wild else _WAYS)
        at = rng.randrange(len(program))
        one = program[at]
        match way:
            case "number" | "nudge" | "number off":
                self._number(program, way)
            case "text":
                said = [step for step in program if step.operands and step.operands[-1][:1] in b"(<"]
                if said:
                    rng.choice(said).operands[-1] = self.text()
            case "swap":
                other = rng.randrange(len(program))
                program[at], program[other] = program[other], program[at]
            case "double":
                program.insert(
                    rng.choice((at, rng.randrange(len(program) + 1))), Step(list(one.operands), one.word)
                )
            case "leave out":
                del program[at : at + rng.choice((1, 1, 1, 2, 3))]
            case "move":
                program.insert(rng.randrange(len(program)), program.pop(at))
            case "put in":
                program.insert(at, self.operator())
            case "snippet":
                program[at:at] = steps(self.snippet())
            case "within":
                end = min(len(program), at + rng.choice((1, 2, 5, 20, 100)))
                before, after = self.around()
                program[end:end] = steps(after)
                program[at:at] = steps(before)
            case "operator":
                one.word = rng.choice(OPERATORS).encode()
            case _:
                program.insert(at, Step([], rng.choice(RAW)))
        return way

    def _number(self, program: list[Step], way: str) -> None:
        rng = self._rng
        places = [
            (step, at) for step in program for at, one in enumerate(step.operands) if _NUMBER.fullmatch(one)
        ]
        if not places:
            return
        step, at = rng.choice(places)
        if way == "number off":
            del step.operands[at]
        elif way == "nudge":
            changed = float(step.operands[at]) * rng.choice(
                (-1, 0.1, 0.5, 0.99, 1.01, 2, 10, 1000)
            ) + rng.choice((0, 0, 1, -1))
            step.operands[at] = f"{changed:.3f}".encode()
        else:
            step.operands[at] = self.number()

    def text(self) -> bytes:
        rng = self._rng
        if rng.random() < 0.3:
            made = "".join(rng.choice(_SIGNS) for _ in range(rng.choice((0, 1, 3, 12, 60))))
        else:
            made = " ".join(rng.choice(_SAID) for _ in range(rng.choice((1, 2, 9))))
        return b"(" + made.encode() + b")"

    def operator(self) -> Step:
        """One with as many operands as it takes, or nearly."""
        rng = self._rng
        word = rng.choice(OPERATORS)
        count = _COUNTS.get(word, 0) + (rng.choice((-1, 1)) if rng.random() < 0.05 else 0)
        operands = [self.number() for _ in range(count)]
        if word in {"Tj", "'"}:
            operands = [self.text()]
        elif word == '"':
            operands = [self.number(), self.number(), self.text()]
        elif word == "TJ":
            operands = [b"[", self.text(), self.number(), self.text(), b"]"]
        elif word == "d":
            operands = [b"[", *(self.number() for _ in range(rng.randrange(4))), b"]", self.number()]
        elif word == "Tf":
            operands = [self.name("/Font"), self.number()]
        elif word in {"gs", "Do", "cs", "CS", "sh", "BMC", "MP", "ri"}:
            kind = {
                "gs": "/ExtGState",
                "Do": "/XObject",
                "cs": "/ColorSpace",
                "CS": "/ColorSpace",
                "sh": "/Shading",
            }
            operands = [self.name(kind.get(word, "/Properties"))]
        elif word in {"BDC", "DP"}:
            operands = [b"/Span", rng.choice((b"<</ActualText (Rp 9)>>", b"<</MCID 0>>", b"/P0"))]
        return Step(operands, word.encode())

    def _path(self) -> bytes:
        rng, number = self._rng, self.number
        kind = rng.randrange(5)
        if kind == 0:
            return b"%s %s %s %s re" % (number(), number(), number(), number())
        x, y = rng.uniform(20, 560), rng.uniform(20, 800)
        size = rng.choice((0.01, 0.2, 0.35, 1, 5, 20, 100, 400))
        if kind == 1:
            return b"%.3f %.3f %.3f %.3f re" % (x, y, size, rng.choice((size, 0.3, 0.35, 2, 12, 300)))
        points = [
            (x + rng.uniform(-size, size), y + rng.uniform(-size, size))
            for _ in range(rng.choice((1, 2, 3, 6, 12)))
        ]
        flat = [b"%.3f %.3f" % one for one in points]
        if kind == 2:
            return flat[0] + b" m " + b" ".join(one + b" l" for one in flat[1:])
        if kind == 3 and len(flat) >= 3:
            return flat[0] + b" m " + b" ".join((*flat[1:3], flat[-1], b"c"))
        return flat[0] + b" m " + b" ".join(one + b" l" for one in flat[1:]) + b" h"

    def matrix(self) -> bytes:
        rng = self._rng
        a = rng.choice((1, 1, 1, 0.05, 0.06, 0.5, 2, 12, 19.9, 300, 5000, -1, 0.001))
        d = rng.choice((a, a, a, -a, a * 1.5, 1))
        b = rng.choice((0, 0, 0, 0, 0.2, a, -a))
        c = rng.choice((0, 0, 0, 0, 0.2, -b, d))
        return b"%.4f %.4f %.4f %.4f %.3f %.3f" % (a, b, c, d, rng.uniform(-50, 600), rng.uniform(-50, 800))

    def paint(self) -> bytes:
        words = ("f*", "f", "S", "s", "B", "b", "f", "n", "B*", "b*", "W n", "W* n", "W f", "W* S")
        return self._rng.choice(words).encode()

    def state(self) -> bytes:
        rng, number = self._rng, self.number
        share = rng.choice((0, 0, 1, 0.5, 0.98, 0.02))
        made = (
            b"%.2f %.2f %.2f rg" % (share, share, rng.choice((share, 0.9))),
            b"%.2f %.2f %.2f RG" % (share, share, share),
            b"%s w" % number(),
            b"%.2f w" % rng.choice((0.25, 0.3, 0.5, 1, 3, 12, 40)),
            b"%d J %d j" % (rng.randrange(3), rng.randrange(3)),
            b"[%s %s] %s d" % (number(), number(), number()),
            b"[%.2f %.2f] 0 d" % (rng.choice((0.5, 1, 3, 20)), rng.choice((0.5, 0.6, 1, 3))),
            b"%s M" % number(),
            b"%s gs" % self.name("/ExtGState"),
            *(b"%s %s" % (number(), word) for word in (b"Tc", b"Tw", b"Ts", b"Tz")),
            b"%d Tr" % rng.randrange(8),
        )
        return rng.choice(made[:8] if not self._wild and rng.random() < 0.8 else made)

    def snippet(self) -> bytes:
        """A small drawing of its own."""
        rng = self._rng
        kind = rng.randrange(8)
        body = b" ".join(self.state() for _ in range(rng.randrange(3)))
        if kind < 3:
            body += b" n " * (kind == 0) + self._path() + b" " + self.paint()
        elif kind == 3:
            clip, more = self._path(), self._path()
            body = clip + rng.choice((b" W n ", b" W* n ")) + body + b" " + more + b" " + self.paint()
        elif kind in {4, 5}:
            place = (
                b"%s Tm" % self.matrix()
                if rng.random() < 0.7
                else b"%s %s Td" % (self.number(), self.number())
            )
            size = (
                self.number() if rng.random() < 0.5 else b"%.2f" % rng.choice((1, 3, 6, 9, 12, 24, 80, 240))
            )
            body += b" BT %s %s Tf %s %s Tj ET" % (self.name("/Font"), size, place, self.text())
        elif kind == 6:
            body += b" %s cm %s Do" % (self.matrix(), self.name("/XObject"))
        else:
            body += b" " + b" ".join(
                self._path() + b" " + self.paint() for _ in range(rng.choice((2, 5, 14)))
            )
        if rng.random() < 0.3:
            body = self.matrix() + b" cm " + body
        return b"q " + body + b" Q" if rng.random() < 0.8 else body

    def around(self) -> tuple[bytes, bytes]:
        """What goes before a part of a program and what behind it."""
        rng = self._rng
        kind = rng.randrange(5)
        if kind == 0:
            return b"q %s cm" % self.matrix(), b"Q"
        if kind == 1:
            return b"q %s %s n" % (self._path(), rng.choice((b"W", b"W*"))), b"Q"
        if kind == 2:
            return b"q " + self.state(), b"Q"
        if kind == 3:
            return (b"/Span BMC", b"EMC") if rng.random() < 0.5 else (b"BX", b"EX")
        depth = rng.choice((1, 5, 29, 300, 2000) if self._wild else (1, 5, 20))
        if self._wild and rng.random() < 0.5:
            again = rng.choice((b"%s cm " % self.matrix(), b"0 0 99 60 re W n ", b"10000 0 0 10000 0 0 cm "))
            return b"q " + again * depth, b"Q"
        return b"q " * depth, b"Q " * depth
