"""Which of the government's planning tables a sheet is, how its levels are told, and whose sheet it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from desktop.base import Message
from desktop.exchange.columns import Role, bare
from desktop.exchange.header import Header
from desktop.exchange.levels import Lines, Told, is_agency
from desktop.exchange.table import Table

Kind = Literal["rpjmd", "renstra", "renja", "rkpd", "dpa", "sipd", "list"]
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("rpjmd", re.compile(r"\brpjmd\b|\bindikasi rencana program\b|\bpembangunan jangka menengah daerah\b")),
    ("renstra", re.compile(r"\brenstra\b|\brencana strategis\b|\bt c 27\b|\bkegiatan dan pendanaan\b")),
    ("rkpd", re.compile(r"\brkpd\b|\brencana kerja pemerintah daerah\b")),
    ("renja", re.compile(r"\brenja\b|\brencana kerja\b|\bt c ?33\b|\bprakiraan maju\b")),
    ("dpa", re.compile(r"\bdpa\b|\brka\b|\bdppa\b|\bpelaksanaan anggaran\b|\brencana kerja dan anggaran\b")),
)  # fmt: skip
_OF_RENJA = re.compile(r"\bprakiraan maju\b")
"""What only the head of a Renja's or an RKPD's table says."""
_WHOSE = re.compile(
    r"(?:nama\s+)?(?:perangkat daerah|organisasi(?: perangkat daerah)?|opd|skpd|unit organisasi|unit kerja)"
    r"\s*[:=]\s*"
    r"(?:[\d.X]+\s*[-–:]?\s*)?(.+)",
    re.IGNORECASE | re.DOTALL,
)
_NAMED = re.compile(
    r"\b((?:dinas|badan|inspektorat|sekretariat|satuan polisi|kecamatan|rumah sakit|rsud)\b.*?)"
    r"(?=\s+(?:tahun|kabupaten|kab\.|kota|provinsi|periode|pada)\b|\s*[\d(]|$)",
    re.IGNORECASE,
)
KINDS: dict[Kind, Message] = {
    "rpjmd": Message("exchange.kind.rpjmd"),
    "renstra": Message("exchange.kind.renstra"),
    "renja": Message("exchange.kind.renja"),
    "rkpd": Message("exchange.kind.rkpd"),
    "dpa": Message("exchange.kind.dpa"),
    "sipd": Message("exchange.kind.sipd"),
    "list": Message("exchange.kind.list"),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with a table of programmes, and how it is understood."""

    table: Table
    header: Header
    lines: Lines
    kind: Kind
    told: Told
    agency: str
    """Whose programmes these are, where the title or the sheet's name says so."""


def recognised(table: Table, header: Header, *, several: bool, known: Iterable[str] = ()) -> Sheet:
    """What a sheet is. ``several`` when the file has more than one; ``known`` are agencies' bare names."""
    lines = Lines(table, header)
    # a column that only refers to a document ("Sasaran RPJMD") does not make the list a part of it
    words = bare(" ".join(header.titles))
    kind: Kind = next((kind for kind, pattern in _KINDS if pattern.search(words)), "list")
    if kind == "list" and _OF_RENJA.search(bare(header.above)):
        kind = "renja"
    if header.adds:
        kind = "sipd"
    agency = _whose(header.titles)
    if not agency and several and (is_agency(table.sheet) or bare(table.sheet) in set(known)):
        agency = table.sheet
    elif bare(agency) == bare(table.sheet):
        agency = table.sheet  # titles are in capitals, names of sheets mostly are not
    return Sheet(table, header, lines, kind, lines.told, "" if header.of(Role.REGION) else agency)


def _whose(titles: Iterable[str]) -> str:
    """The agency that a title names: ``Perangkat Daerah : Dinas Kesehatan``, or a line of its own."""
    lines = [line.strip() for title in titles for line in title.splitlines()]
    for at, line in enumerate(lines):
        found = _WHOSE.fullmatch(line)
        if found:
            return found[1].strip()
        if at + 1 < len(lines) and re.fullmatch(
            r"(?i)(nama )?(perangkat daerah|opd|skpd|organisasi)\s*:?", line
        ):
            return lines[at + 1].lstrip(": ").strip()
    named = (found[1].strip() for line in lines if (found := _NAMED.search(line)))
    return next((name for name in named if len(name) < 90), "")
