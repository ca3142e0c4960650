"""Whatever a plan holds: nothing of a chart lies outside its drawing, and no label on another."""

from __future__ import annotations

import io
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.base import Language
from desktop.books import charts, palette
from desktop.books.charted import (
    Amount,
    Area,
    AreaGroup,
    Coverage,
    Heard,
    Layer,
    Participation,
    Path,
    Paths,
    Point,
    Share,
    Shares,
    Stacked,
)
from desktop.books.charts import base
from desktop.books.document import Bar, BarGroup, Radar, Roadmap, Series
from desktop.books.fonts import BOLD
from desktop.books.scales import Money, short
from desktop.books.words import Words

WORDS = {language: Words(language, "id") for language in Language}
LONG = "Kerja sama pemerintah dengan badan usaha dalam penyediaan infrastruktur dan layanan"
NAMES = st.one_of(
    st.sampled_from(["APBD", "Smart Branding (Pemasaran Daerah Cerdas)", LONG, "W" * 90, ""]),
    st.text("abc WMÅgjpq-(/)", max_size=120),
)
MONEY = st.one_of(st.just(0), st.integers(1, 999), st.integers(0, 10**12), st.integers(10**12, 10**16))
NUMBERS = st.one_of(
    st.decimals(-(10**4), 10**4, places=3, allow_nan=False),
    st.sampled_from([Decimal(0), Decimal("0.000001"), Decimal("123456789012.5"), Decimal(10) ** 18]),
)
WIDTHS = st.floats(300, 780)
FEW = settings(max_examples=25)


def boxes(drawing):
    """Every text and shape as a rectangle (left, low, right, high)."""
    for each in drawing.contents:
        kind = type(each).__name__
        if kind == "String":
            wide = base.wide(each.text, each.fontSize, bold=each.fontName == BOLD)
            left = each.x - {"start": 0, "middle": wide / 2, "end": wide}[each.textAnchor]
            yield each.text, (left, each.y - 0.2 * each.fontSize, left + wide, each.y + 0.72 * each.fontSize)
        else:
            left, low, right, high = each.getBounds()
            yield "", (left, low, right, high)


def check(drawing):
    found = list(boxes(drawing))
    for text, (left, low, right, high) in found:
        assert left >= -0.6, (text, left)
        assert low >= -0.6, (text, low)
        assert right <= drawing.width + 0.6, (text, right, drawing.width)
        assert high <= drawing.height + 0.6, (text, high, drawing.height)
    texts = [each for each in found if each[0].strip()]
    for (one, a), (other, b) in combinations(texts, 2):
        apart = a[2] <= b[0] + 0.3 or b[2] <= a[0] + 0.3 or a[3] <= b[1] + 0.3 or b[3] <= a[1] + 0.3
        assert apart, (one, a, other, b)


@st.composite
def stacked(draw):
    words = WORDS[draw(st.sampled_from(Language))]
    years = draw(st.integers(1, 12))
    values = draw(st.lists(st.tuples(NAMES, st.lists(MONEY, min_size=years, max_size=years)), max_size=14))
    sums = [sum(row[place] for _, row in values) for place in range(years)]
    money = Money(words, sums)
    layers = tuple(Layer(name, tuple(row), money.text(sum(row))) for name, row in values)
    columns = tuple(str(2024 + place) for place in range(years))
    return Stacked(columns, layers, tuple(map(money.text, sums)), money.axis(max(sums)))


@st.composite
def shares(draw):
    words = WORDS[draw(st.sampled_from(Language))]
    given_ = draw(st.lists(st.tuples(NAMES, MONEY), max_size=9))
    money = Money(words, [amount for _, amount in given_])
    return Shares(
        tuple(Share(name, Amount(float(amount), money.text(amount)), "33,3%") for name, amount in given_),
        money.unit,
    )


@st.composite
def paths(draw):
    words = WORDS[draw(st.sampled_from(Language))]

    def line(years):
        some = sorted(draw(st.sets(st.sampled_from(years), max_size=10)))
        values = draw(st.lists(NUMBERS, min_size=len(some), max_size=len(some)))
        return tuple(
            Point(year, Amount(float(value), short(words, value)))
            for year, value in zip(some, values, strict=True)
        )

    def path():
        years = range(2026, draw(st.integers(2027, 2036)))
        first = line([2019, 2025])
        return Path(draw(NAMES), draw(NAMES), first[0] if first else None, line(years), line(years))

    return Paths(tuple(path() for _ in range(draw(st.integers(1, 7)))), "Kondisi awal", "Target", "Realisasi")


@st.composite
def participation(draw):
    counts = st.lists(st.integers(0, 2000), min_size=3, max_size=3)
    kinds = draw(st.lists(st.tuples(NAMES, counts), min_size=1, max_size=7))
    made = tuple(Heard(name, tuple(Amount(float(n), str(n)) for n in row)) for name, row in kinds)
    return Participation(made, ("Terdaftar", "Hadir dalam konsultasi", "Memberi masukan"))


@st.composite
def coverage(draw):
    areas = st.lists(st.tuples(NAMES, st.integers(0, 60), st.none() | MONEY), max_size=7)
    groups = draw(st.lists(st.tuples(NAMES, areas), min_size=1, max_size=8))
    money = [amount or 0 for _, row in groups for _, _, amount in row]
    made = tuple(
        AreaGroup(name, tuple(Area(*area, f"{area[1]} program · Rp999,9 triliun") for area in row))
        for name, row in groups
    )
    key = ("Belum ada program", "Ada program, belum beranggaran", "Anggaran kecil", "Sedang", "Besar")
    return Coverage(made, key, max(money, default=0))


@st.composite
def roadmap(draw):
    years = tuple(range(2026, 2026 + draw(st.integers(1, 10))))
    bar = st.builds(Bar, NAMES, st.sampled_from(years), st.integers(2024, 2040), st.booleans(), st.booleans())
    groups = draw(st.lists(st.tuples(NAMES, st.lists(bar, min_size=1, max_size=9)), min_size=1, max_size=4))
    ends = sorted(draw(st.sets(st.sampled_from(years), max_size=3)))
    starts = [years[0], *(end + 1 for end in ends)]
    terms = tuple(Bar(draw(NAMES), start, end) for start, end in zip(starts, ends, strict=False))
    made = tuple(BarGroup(name, tuple(bars)) for name, bars in groups)
    return Roadmap(years, made, "Program percepatan (quick win)", terms)


@st.composite
def radar(draw):
    axes = draw(st.lists(NAMES, min_size=3, max_size=12))
    score = st.none() | st.floats(0, 3)
    row = st.lists(score, min_size=len(axes), max_size=len(axes)).map(tuple)
    series = draw(
        st.lists(
            st.builds(Series, st.sampled_from(["Penilaian mandiri", "Asesor"]), row), min_size=1, max_size=4
        )
    )
    return Radar(tuple(axes), tuple(series), 3, ("Buruk", "Sedang", "Baik"))


@pytest.mark.parametrize("kind", [stacked, shares, paths, participation, coverage, roadmap, radar])
def test_nothing_is_cut_and_no_label_lies_on_another(kind):
    @FEW
    @given(kind(), WIDTHS)
    def law(chart, width):
        for part in charts.parts(chart, width, 660):
            drawing = charts.draw(part, width)
            check(drawing)
            assert drawing.height <= 660 or not isinstance(chart, Roadmap | Paths | Coverage)

    law()


def test_a_short_name_above_a_small_radar_lies_not_on_that_of_the_ring():
    for axes in (3, 4, 8, 12):
        scores = (3.0, *[None] * (axes - 1))
        made = Radar(("APBD",) * axes, (Series("Asesor", scores),), 3, ("Buruk", "Sedang", "Baik"))
        check(charts.draw(made, 300))


@FEW
@given(st.sampled_from(Language), st.lists(MONEY, min_size=1, max_size=9))
def test_an_axis_reaches_as_far_as_the_largest_amount(language, amounts):
    money = Money(WORDS[language], amounts)
    axis = money.axis(max(amounts))
    assert axis.highest >= max(amounts)
    assert axis.lowest == 0
    assert 2 <= len(axis.ticks) <= 7
    assert len({tick.text for tick in axis.ticks}) == len(axis.ticks)


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        ("0", "0", "0"),
        ("12.5000", "12,5", "12.5"),
        ("1234", "1.234", "1,234"),
        ("0.000004", "0,000004", "0.000004"),
        ("202.65", "202,65", "202.65"),
        ("1500000", "1,5 juta", "1.5 million"),
        ("-98765.4321", "−98.765", "−98,765"),
        ("0.0000000004", "4,0e-10", "4.0e-10"),
    ],
)
def test_a_number_of_a_label_is_short(value, indonesian, english):
    assert short(WORDS[Language.ID], Decimal(value)) == indonesian
    assert short(WORDS[Language.EN], Decimal(value)) == english


@pytest.mark.parametrize(
    ("amount", "indonesian", "english"),
    [
        (545_400_000_000, "Rp545,4 miliar", "IDR 545.4 billion"),
        (1_700_000_000_000, "Rp1,7 triliun", "IDR 1.7 trillion"),
        (205_300_000, "Rp205,3 juta", "IDR 205.3 million"),
        (950, "Rp950", "IDR 950"),
        (0, "Rp0", "IDR 0"),
    ],
)
def test_money_is_said_in_its_largest_unit(amount, indonesian, english):
    assert Money(WORDS[Language.ID], (amount,)).full(amount) == indonesian
    assert Money(WORDS[Language.EN], (amount,)).full(amount) == english


def test_an_amount_too_small_for_the_unit_is_not_nothing():
    assert Money(WORDS[Language.ID], (10**12,)).text(10**6) == "<0,1"


def light(colour: str) -> float:
    """How light a colour is on grey paper, from 0 to 1."""
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_neighbours_in_a_column_differ_on_grey_paper():
    looks = [base.colour_of(place) for place in range(18)]
    assert len(set(looks)) == len(looks)
    for (one, first), (other, second) in pairwise(looks):
        assert abs(light(one) - light(other)) > 0.15
        assert first != second


def test_every_colour_of_a_chart_has_another_on_dark_paper():
    named = {
        colour
        for name in ("SERIES", "GROUPS", "AREAS", "SHADES", "DEPTHS")
        for colour in getattr(palette, name)
    }
    named |= {*palette.TONES.values(), palette.INK, palette.NAVY, palette.MUTED, palette.RULE, palette.WHITE}
    assert named <= palette.ON_DARK.keys()
    assert light(palette.ON_DARK[palette.INK]) > 0.7
    for ground in palette.DEPTHS:
        assert light(palette.ON_DARK[palette.INK]) - light(palette.ON_DARK[ground]) > 0.4


def test_on_dark_paper_every_colour_is_exchanged_once():
    chart = Radar(("A", "B", "C"), (Series("Sendiri", (1.0, 2.0, 3.0)),), 3)
    before, after = charts.svg(chart), charts.dark_svg(chart)
    assert before != after
    assert "rgb(" in before
    assert "rgb(" not in after, "a colour of no name"
    assert charts.recoloured("fill: rgb(100%,100%,100%)", {"#ffffff": "#000000", "#000000": "#ff0000"}) == (
        "fill: #000000"
    )
    known = [charts.percents(colour) for colour in palette.ON_DARK]
    assert len(set(known)) == len(known)


HUNDRED = 10**11
PRINTED = (
    Stacked(
        ("2026", "2027"),
        tuple(Layer(f"Sumber {n}", (HUNDRED * n, 0), "1") for n in range(9)),
        ("3.600", "0"),
        Money(WORDS[Language.ID], (36 * HUNDRED,)).axis(36 * HUNDRED),
    ),
    Shares((Share("A", Amount(3.0, "3"), "100%"), Share("B", Amount(0.0, "0"), "0%")), "Rp"),
    Paths(
        (
            Path("Naik", "%", Point(2025, Amount(1.0, "1")), (Point(2026, Amount(2.0, "2")),),
                 (Point(2026, Amount(2.0, "2")),)),
            Path("Satu tahun", "", None, (Point(2026, Amount(2.0, "2")),)),
            Path("Kosong", "", None, ()),
        ),
        "Kondisi awal", "Target", "Realisasi",
    ),
    Participation((Heard("Warga", (Amount(2.0, "2"), Amount(0.0, "0"), Amount(1.0, "1"))),), ("a", "b", "c")),
    Coverage(
        (AreaGroup("A", tuple(Area(f"S{n}", n, n * 10, "x") for n in range(5))), AreaGroup("B", ())),
        ("0", "1", "2", "3", "4"), 40,
    ),
    Roadmap(
        (2026, 2027),
        (BarGroup("A", (Bar("x", 2026, 2026, quick_win=True), Bar("y", 2027, 2027, example=True))),),
        "Quick win",
        (Bar("Jangka pendek", 2026, 2026), Bar("Jangka menengah", 2027, 2027)),
    ),
    Radar(
        ("A", "B", "C"),
        (Series("Sendiri", (1, 2, 3)), Series("Asesor", (1, 2, None)), Series("Evaluator", (0, 0, 1))),
        3,
    ),
    Radar(
        ("A", "B", "C"),
        tuple(Series(who, (1, 2, 3)) for who in ("Sendiri", "Asesor", "Evaluator", "Mentor")),
        3,
    ),
)  # fmt: skip


@pytest.mark.parametrize("chart", PRINTED, ids=lambda chart: type(chart).__name__)
def test_the_verifier_finds_nothing_unusual_in_a_chart(chart):
    """What a package's verifier would note in a book stands in no chart: pens, corners, dashes, grammar."""
    from reportlab.graphics import renderPDF
    from reportlab.pdfgen.canvas import Canvas

    from desktop.books.fonts import REGULAR, register
    from desktop.books.pdfa import to_pdfa
    from desktop.submission.pdf.usual import unusual

    register()
    target = io.BytesIO()
    canvas = Canvas(target, initialFontName=REGULAR, invariant=1)
    renderPDF.draw(charts.draw(chart, 481), canvas, 50, 300)
    canvas.save()
    assert unusual(io.BytesIO(to_pdfa(target.getvalue()))) == ()


@pytest.mark.parametrize("chart", PRINTED, ids=lambda chart: type(chart).__name__)
def test_the_screen_gets_the_same_chart(chart):
    import xml.etree.ElementTree as ET

    assert "rgb(" not in charts.dark_svg(chart), "a colour of no name"
    for text in (charts.svg(chart), charts.dark_svg(chart)):
        assert ET.fromstring(text).tag.endswith("svg")
        assert "clip" not in text
