"""Guideline and plans for the books' tests: small but with everything a book can show, empty, huge."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from desktop.base import LocalText
from desktop.base.ids import derived_id
from desktop.guideline.pack import (
    Block,
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
    SubDimension,
    Term,
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
    OpenConflict,
    Person,
    Place,
    Plan,
    Programme,
    Region,
    Risk,
    Row,
    SetAside,
    Target,
    Text,
)

EMPTY = Text()


def both(indonesian: str, english: str = "") -> LocalText:
    return LocalText({"id": indonesian, "en": english} if english else {"id": indonesian})


def text(indonesian: str, english: str = "") -> Text:
    return Text({"id": indonesian, "en": english} if english else {"id": indonesian})


_DIMENSIONS = (
    (
        "governance",
        "Smart Governance (Tata Kelola Cerdas)",
        "Smart Governance",
        ("Layanan Publik", "Birokrasi", "Kebijakan"),
    ),
    (
        "branding",
        "Smart Branding (Citra Daerah Cerdas)",
        "Smart Branding",
        ("Pariwisata", "Bisnis", "Wajah Kota"),
    ),
    (
        "economy",
        "Smart Economy (Ekonomi Cerdas)",
        "Smart Economy",
        ("Industri", "Kesejahteraan", "Transaksi"),
    ),
    ("living", "Smart Living (Kehidupan Cerdas)", "Smart Living", ("Harmoni", "Kesehatan", "Mobilitas")),
    (
        "society",
        "Smart Society (Masyarakat Cerdas)",
        "Smart Society",
        ("Komunitas", "Pembelajaran", "Keamanan"),
    ),
    (
        "environment",
        "Smart Environment (Lingkungan Cerdas)",
        "Smart Environment",
        ("Proteksi", "Sampah", "Energi"),
    ),
)
_RATING = Field(
    id="rating",
    label=both("Penilaian", "Rating"),
    type="choice",
    choices=(
        Choice(id="poor", label=both("Buruk", "Poor"), score=1, tone="poor"),
        Choice(id="moderate", label=both("Sedang", "Moderate"), score=2, tone="moderate"),
        Choice(id="good", label=both("Baik", "Good"), score=3, tone="good"),
    ),
)
_COMPONENTS = (
    ("structure", "Struktur", "Structure", ("Sumber daya manusia", "Anggaran", "Proses birokrasi")),
    ("infrastructure", "Infrastruktur", "Infrastructure", ("Fisik", "Digital", "Sosial")),
    ("superstructure", "Suprastruktur", "Superstructure", ("Kebijakan", "Kelembagaan", "Pelaksanaan")),
    ("nature", "Alam dan potensi", "Nature and potential", ("Potensi unggulan", "Kebencanaan")),
    ("culture", "Budaya", "Culture", ("Literasi digital", "Partisipasi warga")),
)


def dimensions() -> tuple[Dimension, ...]:
    return tuple(
        Dimension(
            id=key,
            name=both(name, english),
            goal=both(
                f"Mewujudkan {name.lower()} yang dirasakan warga.",
                f"To bring about {english.lower()} that people feel.",
            ),
            sub_dimensions=tuple(
                SubDimension(
                    id=f"{key}_{place}",
                    name=both(sub, f"Sub-dimension {place} of {english}"),
                    target=both(
                        "Layanan daring, transparan, lebih cepat, dan terjangkau.",
                        "Online, transparent, faster, affordable.",
                    ),
                )
                for place, sub in enumerate(subs, 1)
            ),
        )
        for key, name, english, subs in _DIMENSIONS
    )


def forms() -> tuple[Form, ...]:
    field = Field
    return (
        Form(
            id="profile",
            title=both("Profil daerah", "Region profile"),
            groups=(
                FieldGroup(
                    title=both("Angka dasar", "Basic figures"),
                    fields=(
                        field(
                            id="population",
                            label=both("Jumlah penduduk", "Population"),
                            type="integer",
                            unit=both("jiwa", "people"),
                        ),
                        field(
                            id="area", label=both("Luas wilayah", "Area"), type="decimal", unit=both("km²")
                        ),
                        field(
                            id="spbe", label=both("Tahun indeks SPBE", "Year of the SPBE index"), type="year"
                        ),
                        field(id="apbd", label=both("Nilai APBD", "Regional budget"), type="rupiah"),
                        field(
                            id="online",
                            label=both("Layanan daring", "Share of services online"),
                            type="percent",
                        ),
                    ),
                ),
                FieldGroup(
                    title=both("Kelembagaan", "Institutions"),
                    fields=(
                        field(
                            id="decree",
                            label=both("Apakah Dewan Smart City sudah ditetapkan?"),
                            type="boolean",
                        ),
                        field(
                            id="signed", label=both("Tanggal penetapan", "Date of the decree"), type="date"
                        ),
                        field(id="lead", label=both("Koordinator", "Coordinator"), type="agency"),
                        field(
                            id="partners",
                            label=both("Mitra", "Partners"),
                            type="choices",
                            choices=(
                                Choice(id="campus", label=both("Perguruan tinggi", "Universities")),
                                Choice(id="industry", label=both("Pelaku usaha", "Businesses")),
                            ),
                        ),
                        field(id="story", label=both("Latar belakang", "Background"), type="rich_text"),
                        field(
                            id="grade",
                            label=both("Kesiapan umum", "Overall readiness"),
                            type="choice",
                            choices=_RATING.choices,
                        ),
                    ),
                ),
            ),
        ),
    )


def worksheets() -> tuple[Worksheet, ...]:
    return (
        Worksheet(
            id="readiness",
            title=both("Analisis kesiapan daerah", "Readiness analysis"),
            columns=(_RATING, Field(id="condition", label=both("Kondisi", "Condition"), type="long_text")),
            groups=tuple(
                RowGroup(id=key, label=both(name, english)) for key, name, english, _ in _COMPONENTS
            ),
            fixed_rows=tuple(
                FixedRow(id=f"{key}_{place}", label=both(item, f"Item {place}"), group=key)
                for key, _, _, items in _COMPONENTS
                for place, item in enumerate(items, 1)
            ),
            free_rows=False,
        ),
        Worksheet(
            id="swot",
            title=both("Analisis SWOT", "SWOT analysis"),
            scope="agency",
            columns=(
                Field(id="strength", label=both("Kekuatan", "Strengths"), type="long_text"),
                Field(id="weakness", label=both("Kelemahan", "Weaknesses"), type="long_text"),
                Field(id="cost", label=both("Biaya", "Cost"), type="rupiah"),
            ),
        ),
        Worksheet(
            id="actions",
            title=both("Rencana aksi", "Action plan"),
            binding="activity",
            columns=(
                Field(id="programme", label=both("Program", "Programme"), type="programme"),
                Field(id="area", label=both("Bidang", "Area"), type="choice"),
                Field(id="title", label=both("Kegiatan", "Activity"), type="long_text"),
                Field(id="output", label=both("Keluaran", "Output"), type="long_text"),
                Field(id="lead", label=both("Penanggung jawab", "Lead"), type="agency"),
                Field(id="start_year", label=both("Mulai", "Start"), type="year"),
                Field(id="budget", label=both("Anggaran", "Budget"), type="rupiah"),
                Field(id="venue", label=both("Tempat", "Venue")),
            ),
        ),
    )


def books() -> tuple[Book, ...]:
    def chapter(
        key: str, indonesian: str, english: str, *shows: str, chapters: tuple[Chapter, ...] = ()
    ) -> Chapter:
        pairs = (show.partition(":") for show in ("text", *shows))
        blocks = tuple(Block(show=show, ref=ref) for show, _, ref in pairs)
        return Chapter(id=key, title=both(indonesian, english), blocks=blocks, chapters=chapters)

    return (
        Book(
            id="everything",
            code="II",
            title=both("Masterplan Smart City Daerah", "Smart City Masterplan"),
            signers=("head", "secretary", "chair"),
            chapters=(
                chapter(
                    "II.1",
                    "Pendahuluan",
                    "Introduction",
                    chapters=(
                        chapter("II.1.1", "Latar belakang", "Background"),
                        chapter(
                            "II.1.2", "Profil daerah", "The region", "region", "form:profile", "agencies"
                        ),
                    ),
                ),
                chapter(
                    "II.2",
                    "Kesiapan daerah",
                    "Readiness",
                    "readiness_radar",
                    "readiness_shares",
                    "worksheet:readiness",
                    "worksheet:swot",
                ),
                chapter(
                    "II.3",
                    "Strategi pembangunan enam dimensi",
                    "Strategy in six dimensions",
                    "programmes",
                    chapters=tuple(
                        chapter(f"II.3.{key}", name, english, f"dimensions:{key}", f"programmes:{key}")
                        for key, name, english, _ in _DIMENSIONS
                    ),
                ),
                chapter("II.4", "Program percepatan", "Quick wins", "quick_wins"),
                chapter(
                    "II.5",
                    "Rencana aksi dan pembiayaan",
                    "Action plan and funding",
                    "activities:hr",
                    "activities:literacy",
                    "budget",
                    "indicators",
                ),
                chapter("II.6", "Peta jalan", "Roadmap", "roadmap"),
                chapter(
                    "II.7",
                    "Risiko, bukti, dan catatan",
                    "Risks, evidence, remarks",
                    "risks",
                    "evidence",
                    "set_aside",
                ),
            ),
        ),
        Book(
            id="pledge",
            code="K",
            kind="commitment",
            title=both("Pernyataan komitmen kepala daerah", "Statement of commitment"),
            signers=("head",),
            chapters=(chapter("K.1", "Pernyataan", "Statement", "form:profile", "signatures"),),
        ),
    )


def pack() -> Pack:
    return Pack(
        pack=PackInfo(
            format=1,
            id="uji",
            version="2024.1",
            title=both("Pedoman uji Masterplan Smart City", "Test guideline"),
            status="draft",
            verified=False,
        ),
        dimensions=dimensions(),
        forms=forms(),
        worksheets=worksheets(),
        readiness=Readiness(worksheet="readiness", rating="rating", condition="condition"),
        planning=Planning(
            terms=(
                Term(id="short", label=both("Pendek", "Short"), years=1),
                Term(id="medium", label=both("Menengah", "Medium"), years=5),
                Term(id="long", label=both("Panjang", "Long"), years=10),
            ),
            funding=(
                Funding(id="apbd", label=both("APBD Kabupaten", "Regional budget"), kind="apbd"),
                Funding(id="dak", label=both("DAK Fisik", "Special allocation"), kind="apbd"),
                Funding(id="csr", label=both("TJSL/CSR", "Corporate social responsibility"), kind="non_apbd"),
            ),
            action_areas=(
                Choice(id="hr", label=both("Kapasitas SDM", "Human capacity")),
                Choice(id="literacy", label=both("Literasi", "Literacy")),
            ),
            extra_fields=(Field(id="place", label=both("Lokasi", "Place")),),
            quick_win=QuickWin(
                max_years=1,
                aspects=(
                    Field(id="benefit", label=both("Manfaat", "Benefit"), type="long_text"),
                    Field(id="appeal", label=both("Daya tarik", "Appeal"), type="long_text"),
                ),
            ),
        ),
        books=books(),
        roles=(
            Role(id="head", label=both("Bupati Lampung Timur", "Regent of Lampung Timur")),
            Role(id="secretary", label=both("Sekretaris Daerah", "Regional Secretary")),
            Role(id="chair", label=both("Ketua Dewan Smart City", "Chair of the Smart City Council")),
        ),
    )


_TITLES = (
    ("governance", 1, "Perizinan satu pintu tanpa tatap muka", "One-stop licensing without a counter"),
    ("governance", 2, "Surat desa dalam satu hari", "Village letters within a day"),
    (
        "branding",
        1,
        "Satu tiket wisata Way Kambas dan desa penyangga",
        "One ticket for Way Kambas and its villages",
    ),
    (
        "economy",
        1,
        "Pasar panen bagi petani singkong dan kakao",
        "A harvest market for cassava and cocoa growers",
    ),
    ("living", 2, "Rujukan ibu melahirkan tanpa menunggu", "Referral of mothers without waiting"),
    ("living", 3, "Perbaikan jalan rusak berdasarkan laporan warga", "Road repairs from citizens' reports"),
    ("society", 2, "Program Pengelolaan Pendidikan", ""),
    ("environment", 1, "Peringatan dini banjir sampai ke rumah", "Flood warnings that reach the house"),
)


def _programme(place: int, entry: tuple[str, int, str, str], years: range) -> Programme:
    dimension, sub, title, english = entry
    key = derived_id("test", "programme", str(place))
    start = years[place % len(years)]
    quick = place in {1, 5}
    end = start if quick else min(start + 2 + place % 3, years[-1])
    sources = ("apbd", "dak", "csr")[: 1 + place % 3]
    budget = tuple(
        BudgetLine(
            f"{key}-{year}-{source}",
            year,
            source,
            1_250_000_000 * (place + 1) + year * 1_000_000,
            900_000_000 if year == years[0] else None,
            None,
        )
        for year in range(start, end + 1)
        for source in sources
    )
    down = place % 2 == 1
    indicator = Indicator(
        f"{key}-i",
        text(
            "Waktu tunggu layanan" if down else "Warga yang terlayani",
            "Waiting time" if down else "People served",
        ),
        "hari" if down else "%",
        "down" if down else "up",
        Decimal(14) if down else Decimal("41.5"),
        2025,
        "RPJMD",
        tuple(
            Target(f"{key}-{year}", year, Decimal(13 - n) if down else Decimal("45.25") + 5 * n, None)
            for n, year in enumerate(years)
        ),
        "a",
    )
    return Programme(
        id=key,
        code=f"2.16.{place + 1:02d}",
        title=text(title, english),
        dimension=dimension,
        sub_dimension=f"{dimension}_{sub}",
        lead="dinas" if place % 2 else "kominfo",
        supporting=("bappeda",) if place % 2 else ("bappeda", "dinas"),
        service=text(
            "Warga memperoleh izin usaha mikro dari rumah dan tahu kapan izinnya selesai; tidak perlu lagi "
            "datang berkali-kali ke kantor.",
            "People obtain a micro-business licence from home and know when it will be ready.",
        ),
        before=text(
            "Pemohon datang tiga kali: mengambil formulir, menyerahkan berkas, mengambil izin. Rata-rata 14 "
            "hari, tanpa kabar.",
            "Applicants come three times: for the form, to hand it in, for the licence. 14 days on average, "
            "without news.",
        ),
        after=text(
            "Permohonan diisi sekali, data penduduk diambil dari sumbernya, kabar dikirim di tiap tahap. "
            "Paling lama 2 hari.",
            "The application is filled in once, civil data comes from its source, news at each stage. At "
            "most 2 days.",
        ),
        served=text(
            "Pelaku usaha mikro, terutama di 24 kecamatan", "Micro businesses, above all in the 24 districts"
        ),
        technology=text(
            "Aplikasi perizinan yang sudah ada, pesan singkat, dan sambungan data ke Dukcapil (≤ 2 detik)", ""
        ),
        start_year=start,
        end_year=end,
        quick_win=quick,
        status="",
        total_budget=None,
        origin="imported" if place == 6 else "example",
        source="RPJMD 2025–2029, Tabel 4.3",
        order=f"{place:04d}",
        budget=budget,
        indicators=(indicator,),
        activities=_activities(key, place, start),
        risks=(
            Risk(
                f"{key}-risk",
                text("Pegawai berpindah tugas", "Staff are moved"),
                "moderate",
                "high",
                text("Dua orang dilatih untuk tiap tugas"),
                "Diskominfo",
                "a",
            ),
        ),
    )


def _activities(key: str, place: int, start: int) -> tuple[Activity, ...]:
    if place > 1:
        return ()
    return (
        Activity(
            f"{key}-activity",
            "hr",
            text("Pelatihan petugas loket", "Training of counter staff"),
            text("40 petugas terlatih", "40 people trained"),
            "kominfo",
            start,
            start,
            75_000_000,
            "a",
        ),
    )


NARRATIVE = (
    '<p id="a1">Kabupaten Lampung Timur menyusun <b>masterplan</b> ini bersama warga, pelaku usaha, dan '
    "perguruan tinggi. Teknologi hanyalah <i>pendukung</i>; yang diperbaiki adalah layanan dan proses bisnis "
    'pemerintah (lihat <a href="ref:table/budget">tabel</a> dan <a href="ref:chapter/II.6">bab</a>).</p>\n'
    '<h3 id="a2">Maksud dan tujuan</h3>\n'
    '<ol><li id="a3">memperjelas arah pembangunan;</li></ol>\n'
    '<ul><ul><li id="a4">lima sampai sepuluh tahun</li></ul></ul>\n'
    '<ol><li id="a5">menyelaraskan program perangkat daerah; dan</li></ol>\n'
    '<ol><li id="a6">membuka ruang bagi masukan pelaku usaha.</li></ol>\n'
    '<table id="a7"><tr><td><b>Dokumen</b></td><td><b>Tahun</b></td></tr>'
    "<tr><td>RPJMD</td><td>2025–2029</td></tr></table>\n"
    '<p id="a8">CO<sub>2</sub> &amp; 10<sup>3</sup> → 5 &lt; 6, lihat '
    '<a href="https://lampungtimurkab.go.id">laman daerah</a>.</p>'
)


def plan(programmes: tuple[Programme, ...] | None = None, *, last_year: int = 2030) -> Plan:
    years = range(2026, last_year + 1)
    made = (
        programmes
        if programmes is not None
        else tuple(_programme(n, entry, years) for n, entry in enumerate(_TITLES))
    )
    agencies = (
        Agency(
            "bappeda",
            "5.01",
            text("Badan Perencanaan Pembangunan Daerah", "Regional Development Planning Agency"),
            "Bappeda",
            "Drs. Ahmad",
            "a",
        ),
        Agency(
            "kominfo",
            "2.16",
            text("Dinas Komunikasi dan Informatika", "Communication and Informatics Office"),
            "Diskominfo",
            "Sri Lestari",
            "b",
        ),
        Agency(
            "dinas",
            "2.18",
            text("Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"),
            "DPMPTSP",
            "",
            "c",
        ),
    )
    people = (
        Person(
            "p1",
            "Ela Siti Nuryamah",
            text("Bupati Lampung Timur", "Regent of Lampung Timur"),
            "head",
            "",
            "",
            "",
        ),
        Person("p2", "Ir. Budi Santoso, M.T.", EMPTY, "secretary", "bappeda", "19720304 199803 1 002", "plt"),
    )
    answers = [
        Answer("chapter.II.1", "", None, Text({"id": NARRATIVE}), "example"),
        Answer(
            "chapter.II.1.1",
            "",
            None,
            Text({"id": "<p>Latar belakang singkat.</p>", "en": "<p>A short background.</p>"}),
            "typed",
        ),
        Answer(
            "chapter.K.1",
            "",
            None,
            Text(
                {
                    "id": "<p>Kami berkomitmen menjalankan masterplan ini.</p>",
                    "en": "<p>We commit ourselves to this masterplan.</p>",
                }
            ),
            "typed",
        ),
        Answer("profile.population", "", 1_105_990, EMPTY, "typed"),
        Answer("profile.area", "", "5325.03", EMPTY, "typed"),
        Answer("profile.spbe", "", 2025, EMPTY, "typed"),
        Answer("profile.apbd", "", 2_312_000_000_000, EMPTY, "typed"),
        Answer("profile.online", "", "37.5", EMPTY, "example"),
        Answer("profile.decree", "", True, EMPTY, "typed"),
        Answer("profile.signed", "", "2025-03-04", EMPTY, "typed"),
        Answer("profile.lead", "", "bappeda", EMPTY, "typed"),
        Answer("profile.partners", "", ("industry", "campus"), EMPTY, "typed"),
        Answer("profile.grade", "", "moderate", EMPTY, "typed"),
        Answer("profile.story", "", None, Text({"id": "<p>Satu.</p><ul><li>dua</li></ul>"}), "typed"),
    ]
    for programme in made:
        if programme.quick_win:
            answers.append(
                Answer(
                    "quick_win.benefit",
                    programme.id,
                    None,
                    text("Warga tidak lagi antre.", "No more queues."),
                    "example",
                )
            )
            answers.append(
                Answer(
                    "programme.place", programme.id, None, text("Seluruh kecamatan", "All districts"), "typed"
                )
            )
    ratings = (
        "good",
        "moderate",
        "poor",
        "moderate",
        "good",
        "moderate",
        "poor",
        "moderate",
        "moderate",
        "good",
        "poor",
        "moderate",
    )
    fixed = [row.id for row in worksheets()[0].fixed_rows]
    ready = tuple(
        Row(
            f"r-{key}",
            "readiness",
            "",
            key,
            key,
            {
                "rating": Cell(rating, EMPTY),
                "condition": Cell(
                    None,
                    text(
                        "Pegawai cukup, tetapi belum merata di kecamatan.", "Enough staff, unevenly spread."
                    ),
                ),
            },
        )
        for key, rating in zip(fixed, ratings, strict=False)
    )
    swot = tuple(
        Row(
            f"s-{agency}",
            "swot",
            agency,
            "",
            "a",
            {
                "strength": Cell(None, text("Regulasi lengkap", "Complete rules")),
                "weakness": Cell(None, text("Anggaran terbatas")),
                "cost": Cell(150_000_000, EMPTY),
            },
        )
        for agency in ("bappeda", "kominfo")
    )
    claims = (
        Place("answer", "", "value", "", "profile.population"),
        Place("programme", made[0].id if made else ""),
    )
    return Plan(
        workspace="0" * 32,
        head="3f2a9c0d4e5b" + "0" * 52,
        changed_at=dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC),
        region=Region("18.07", "Kabupaten Lampung Timur", "kabupaten", "Lampung"),
        first_year=2026,
        last_year=last_year,
        title=text(
            "Masterplan Smart City Kabupaten Lampung Timur",
            "Smart City Masterplan of Kabupaten Lampung Timur",
        ),
        source_language="id",
        guideline=GuidelineRef("uji", "2024.1", "a" * 64),
        example=True,
        agencies=agencies,
        people=people,
        programmes=made,
        answers={(answer.item, answer.scope): answer for answer in answers},
        rows={"readiness": ready, "swot": swot},
        evidence=(
            EvidenceFile(
                "e1",
                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "bps-2025.pdf",
                "application/pdf",
                1_482_113,
                text("Lampung Timur Dalam Angka 2025", "Lampung Timur in Figures 2025"),
                True,
                claims,
            ),
            EvidenceFile(
                "e2",
                "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
                "foto.jpg",
                "image/jpeg",
                912,
                EMPTY,
                True,
                (),
            ),
        ),
        set_aside={"budget.sum:x": SetAside("s1", "budget.sum:x", "Pagu provinsi belum ditetapkan.", "Sari")},
        conflicts=(OpenConflict("programme", made[0].id, "value", "title"),) if made else (),
    )


def empty_plan() -> Plan:
    return Plan(
        workspace="0" * 32,
        head="0" * 64,
        changed_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
        region=Region("73.71", "Kota Makassar", "kota", "Sulawesi Selatan"),
        first_year=2026,
        last_year=2030,
        title=EMPTY,
        source_language="id",
        guideline=GuidelineRef("uji", "2024.1", ""),
        example=False,
        agencies=(),
        people=(),
        programmes=(),
        answers={},
        rows={},
        evidence=(),
        set_aside={},
        conflicts=(),
    )


def many(count: int, last_year: int = 2030) -> Plan:
    years = range(2026, last_year + 1)
    return plan(
        tuple(_programme(n, _TITLES[n % len(_TITLES)], years) for n in range(count)), last_year=last_year
    )
