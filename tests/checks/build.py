"""Small plans and guidelines for the tests of checks: everything right until a test makes it wrong."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from desktop.base import LocalText
from desktop.checks import check
from desktop.guideline.pack import (
    Body,
    Book,
    Chapter,
    Choice,
    Dimension,
    Field,
    FieldGroup,
    FixedRow,
    Form,
    Funding,
    Pack,
    PackInfo,
    Planning,
    QuickWin,
    Readiness,
    Role,
    RowGroup,
    Rule,
    SubDimension,
    Worksheet,
)
from desktop.workspace.plan import (
    Activity,
    Agency,
    Answer,
    BudgetLine,
    Cell,
    EvidenceFile,
    GuidelineRef,
    Indicator,
    Place,
    Plan,
    Programme,
    Region,
    Risk,
    Row,
    Target,
    Text,
    text_hash,
)


def local(indonesian, english=""):
    return LocalText({"id": indonesian, "en": english or indonesian})


def text(indonesian="", english=None, *, stale=False):
    values = {"id": indonesian}
    made_from = {}
    if english is not None:
        values["en"] = english
        made_from["en"] = "old" if stale else text_hash(indonesian)
    return Text(values, made_from)


HELP = "Jelaskan kondisi wilayah, jumlah penduduk, dan mata pencaharian utama warganya."

PACK = Pack(
    pack=PackInfo(format=1, id="test", version="1", title=local("Pedoman uji"), status="example"),
    dimensions=(
        Dimension(
            id="governance",
            name=local("Tata Kelola", "Governance"),
            sub_dimensions=(
                SubDimension(id="service", name=local("Layanan publik", "Public service")),
                SubDimension(id="policy", name=local("Kebijakan publik", "Public policy")),
            ),
        ),
        Dimension(id="mobility", name=local("Mobilitas", "Mobility")),
    ),
    forms=(
        Form(
            id="profile",
            title=local("Profil daerah", "Region profile"),
            groups=(
                FieldGroup(
                    title=local("Umum", "General"),
                    fields=(
                        Field(
                            id="about",
                            label=local("Gambaran umum", "Overview"),
                            type="long_text",
                            help=local(HELP),
                            required=True,
                            min_words=5,
                            max_words=40,
                        ),
                        Field(
                            id="decree",
                            label=local("Peraturan", "Regulation"),
                            type="boolean",
                            evidence="required",
                        ),
                        Field(id="meetings", label=local("Rapat dewan", "Council meetings"), type="integer"),
                        Field(id="outsiders", label=local("Anggota luar", "Outside members"), type="integer"),
                        Field(id="motto", label=local("Semboyan", "Motto"), type="text", translated=False),
                    ),
                ),
            ),
        ),
    ),
    worksheets=(
        Worksheet(
            id="readiness",
            title=local("Kesiapan", "Readiness"),
            groups=(
                RowGroup(id="structure", label=local("Struktur", "Structure")),
                RowGroup(id="infra", label=local("Infrastruktur", "Infrastructure")),
            ),
            fixed_rows=(
                FixedRow(id="hr", label=local("SDM", "Human resources"), group="structure"),
                FixedRow(id="money", label=local("Anggaran", "Budget"), group="structure"),
                FixedRow(id="ict", label=local("TIK", "ICT"), group="infra"),
            ),
            columns=(
                Field(
                    id="rating",
                    label=local("Nilai", "Rating"),
                    type="choice",
                    choices=(
                        Choice(id="good", label=local("baik", "good"), score=3, tone="good"),
                        Choice(id="moderate", label=local("sedang", "moderate"), score=2, tone="moderate"),
                        Choice(id="poor", label=local("buruk", "poor"), score=1, tone="poor"),
                    ),
                ),
                Field(id="condition", label=local("Kondisi", "Condition"), type="text"),
            ),
        ),
        Worksheet(
            id="swot",
            title=local("SWOT"),
            min_rows=1,
            columns=(
                Field(id="strength", label=local("Kekuatan", "Strength"), type="text", required=True),
                Field(id="weakness", label=local("Kelemahan", "Weakness"), type="text"),
            ),
        ),
    ),
    readiness=Readiness(worksheet="readiness", rating="rating", condition="condition"),
    planning=Planning(
        funding=(
            Funding(id="apbd", label=local("APBD"), kind="apbd"),
            Funding(id="csr", label=local("TJSL/CSR", "CSR"), kind="non_apbd"),
        ),
        extra_fields=(Field(id="place", label=local("Lokasi", "Location"), type="text"),),
        quick_win=QuickWin(
            max_years=1,
            aspects=(
                Field(id="benefit", label=local("Manfaat", "Benefit"), type="long_text"),
                Field(id="appeal", label=local("Daya tarik", "Appeal"), type="long_text"),
            ),
        ),
        code_patterns=(r"^\d\.\d{2}\.\d{2}$", r"^\d\.\d{2}\.\d{2}\.\d\.\d{2}\.\d{4}$"),
    ),
    books=(
        Book(
            id="I",
            code="I",
            title=local("Buku I", "Book I"),
            chapters=(
                Chapter(
                    id="I.1",
                    title=local("Pendahuluan", "Introduction"),
                    guidance=local("Tulis latar belakang, maksud, tujuan, dan dasar hukum penyusunan."),
                    min_words=6,
                    chapters=(Chapter(id="I.1.1", title=local("Metode", "Method"), required=False),),
                ),
            ),
        ),
    ),
    roles=(Role(id="head", label=local("Kepala daerah", "Head of region")),),
    bodies=(Body(id="council", name=local("Dewan", "Council"), needs_outsiders=True, meetings_per_year=1),),
)


def rules(*entries):
    """A guideline with these rules: a name, or (name, params), or (name, params, list)."""
    made = []
    for entry in entries:
        name, params, which = ((entry, {}, "mandatory") if isinstance(entry, str) else (*entry, "mandatory"))[
            :3
        ]
        made.append(Rule(id=f"R.{len(made) + 1}", check=name, list=which, params=params))
    return replace_pack(PACK, rules=tuple(made))


def replace_pack(pack, **changes):
    import msgspec

    return msgspec.structs.replace(pack, **changes)


def line(year, amount, source="apbd", **more):
    return BudgetLine(
        f"line-{year}-{source}", year, source, amount, more.get("ceiling"), more.get("realised")
    )


def indicator(direction="up", baseline="50", targets=("60", "70", "80"), first=2026, **more):
    values = tuple(
        Target(f"target-{first + at}", first + at, None if value is None else Decimal(value), None)
        for at, value in enumerate(targets)
    )
    return Indicator(
        id=more.get("id", "indicator"),
        name=more.get("name", text("Kepuasan warga", "Satisfaction")),
        unit=more.get("unit", "%"),
        direction=direction,
        baseline=None if baseline is None else Decimal(baseline),
        baseline_year=2025,
        source="",
        targets=values,
        order="",
    )


def activity(**changes):
    made = Activity("act1", "app", text("Latih petugas", "Train staff"), text(""), "a1", 2026, 2027, 50, "")
    return replace(made, **changes)


def risk(**changes):
    made = Risk("risk1", text("Petugas berganti", "Staff turnover"), "high", "low", text(""), "a1", "")
    return replace(made, **changes)


def programme(**changes):
    made = Programme(
        id="p1",
        code="2.16.03",
        title=text("Perizinan usaha kecil dalam sehari", "Licensing for small firms in a day"),
        dimension="governance",
        sub_dimension="service",
        lead="a1",
        supporting=(),
        service=text("Perizinan usaha mikro", "Licensing of micro businesses"),
        before=text("Pemohon datang tiga kali dan menunggu dua minggu", "Three visits, two weeks"),
        after=text("Pemohon mendaftar satu kali dan menerima izin hari itu", "One visit, one day"),
        served=text("Pelaku usaha mikro", "Micro businesses"),
        technology=text("Aplikasi perizinan", "Licensing application"),
        start_year=2026,
        end_year=2028,
        quick_win=False,
        status="",
        total_budget=600,
        origin="typed",
        source="",
        order="",
        budget=(line(2026, 100), line(2027, 200), line(2028, 300)),
        indicators=(indicator(),),
    )
    return replace(made, **changes)


def answer(item, value=None, words=None, scope=""):
    return (item, scope), Answer(item, scope, value, words or Text(), "typed")


def row(name, worksheet, fixed="", agency="", **cells):
    made = {
        column: Cell(None, value) if isinstance(value, Text) else Cell(value, Text())
        for column, value in cells.items()
    }
    return Row(name, worksheet, agency, fixed, name, made)


def evidence(claims=(), *, present=True, caption=None):
    caption = text("Salinan keputusan", "Copy") if caption is None else caption
    return EvidenceFile("e1", "0" * 64, "sk.pdf", "application/pdf", 10, caption, present, tuple(claims))


AGENCY = Agency("a1", "", text("Dinas Penanaman Modal", "Investment agency"), "DPMPTSP", "", "")


def plan(**changes):
    answers = dict(
        (
            answer(
                "profile.about",
                words=text("Daerah pesisir dengan nelayan dan petani garam", "A coastal region of fishers"),
            ),
            answer("profile.decree", value=True),
            answer("profile.meetings", value=2),
            answer("profile.outsiders", value=3),
            answer(
                "chapter.I.1",
                words=text(
                    '<p id="a">Rencana ini lahir dari keluhan warga tentang izin usaha.</p>',
                    '<p id="b">This plan was born of complaints about licences.</p>',
                ),
            ),
        )
    )
    made = Plan(
        workspace="w",
        head="0",
        changed_at=dt.datetime(2026, 11, 24, tzinfo=dt.UTC),
        region=Region("18.07", "Kabupaten Uji", "kabupaten", "Lampung"),
        first_year=2026,
        last_year=2030,
        title=text("Masterplan", "Masterplan"),
        source_language="id",
        guideline=GuidelineRef("test", "1", ""),
        example=False,
        agencies=(AGENCY,),
        people=(),
        programmes=(programme(),),
        answers=answers,
        rows={
            "readiness": (
                row("r1", "readiness", "hr", rating="good", condition=text("Cukup", "Enough")),
                row("r2", "readiness", "money", rating="poor", condition=text("Kurang", "Too little")),
                row("r3", "readiness", "ict", rating="moderate", condition=text("Sebagian", "In part")),
            ),
            "swot": (row("s1", "swot", strength=text("Nelayan terampil", "Skilled fishers")),),
        },
        evidence=(evidence(claims=[Place("answer", item="profile.decree")]),),
        set_aside={},
        conflicts=(),
    )
    return replace(made, **changes)


def with_answers(*entries, without=(), **changes):
    made = plan(**changes)
    kept = {key: value for key, value in made.answers.items() if key[0] not in without}
    return replace(made, answers={**kept, **dict(entries)})


def found(made, *entries):
    """What a plan is told by these rules: message ids, in order."""
    return [finding.message.id for finding in check(made, rules(*entries)).findings]
