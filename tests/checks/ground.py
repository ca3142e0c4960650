"""Figures, decrees, bodies and meetings for the tests of checks."""

from desktop.guideline.pack import Measure
from desktop.workspace.organisation import Body, Decree, Figure, Meeting, Member
from tests.checks.build import PACK, local, replace_pack, rules, text


def figure(measure="people", year=2026, value="1000", source="BPS"):
    return Figure(f"{measure}-{year}", measure, year, value, source)


def decree(key="d1", **changes):
    made = {
        "kind": "sk", "number": "188/1/2026", "date": "2026-01-15", "title": text("Dewan", "Council"),
        "state": "issued", "signer": "", "since": "", "until": "", "order": key,
    }  # fmt: skip
    return Decree(key, **(made | changes))


def member(key="m1", *, name="Ani", person="", outsider=False, position="member"):
    return Member(key, person, name, text(""), "", position, outsider, key)


def body(key="b1", body="council", dimension="", decree="", members=()):
    return Body(key, body, dimension, text(""), decree, text(""), tuple(members))


def meeting(key="t1", body="b1", start="2026-10-01"):
    return Meeting(
        key, "meeting", "", body, text("Rapat"), start, "", "", "", text(""), text(""), (), key
    )  # fmt: skip


MEASURES = (
    Measure(
        id="people", label=local("Penduduk", "People"), type="integer", required=True, item="profile.meetings"
    ),
    Measure(id="money", label=local("Anggaran", "Budget"), type="rupiah"),
    Measure(id="wages", label=local("Belanja pegawai", "Wages"), type="rupiah", part_of="money"),
    Measure(id="works", label=local("Belanja modal", "Works"), type="rupiah", part_of="money"),
    Measure(id="index", label=local("Indeks", "Index"), type="decimal", evidence="required"),
)


def pack(*entries, measures=MEASURES):
    """The small guideline with measures, and these rules."""
    return replace_pack(rules(*entries), figures=measures)


__all__ = ["MEASURES", "PACK", "body", "decree", "figure", "meeting", "member", "pack"]
