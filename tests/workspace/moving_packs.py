"""Two small guidelines and a mapping between them, to move a workspace there and back."""

from __future__ import annotations

import msgspec

from desktop.base import LocalText
from desktop.guideline import write_pack
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
    Mapping,
    Measure,
    Output,
    Pack,
    PackInfo,
    PageRef,
    Planning,
    Role,
    Session,
    Stage,
    SubDimension,
    Worksheet,
)


def both(text: str) -> LocalText:
    """A text of a pack."""
    return LocalText({"id": text, "en": f"{text} (en)"})


def choices(*names: str) -> tuple[Choice, ...]:
    """Choices by id."""
    return tuple(Choice(id=name, label=both(name)) for name in names)


def field(name: str, kind: str = "text", *picks: str, required: bool = False) -> Field:
    """A field."""
    return Field(id=name, label=both(name), type=kind, choices=choices(*picks), required=required)  # type: ignore[arg-type]


def _pack(name: str, **parts: object) -> Pack:
    info = PackInfo(
        format=2, id=name, version="1", title=both(f"Pedoman {name}"), status="example", min_years=1
    )
    stage = Stage(id="start", title=both("Mulai"), pages=(PageRef(page="profile"),))
    return Pack(pack=info, stages=(stage,), **parts)  # type: ignore[arg-type]


def old() -> Pack:
    """The earlier guideline."""
    return _pack(
        "old",
        dimensions=(
            Dimension(
                id="gov",
                name=both("Tata kelola"),
                sub_dimensions=(
                    SubDimension(id="service", name=both("Layanan")),
                    SubDimension(id="move", name=both("Gerak")),
                ),
            ),
            Dimension(id="brand", name=both("Citra")),
            Dimension(id="env", name=both("Lingkungan")),
        ),
        forms=(
            Form(
                id="f",
                title=both("Formulir"),
                groups=(
                    FieldGroup(
                        title=both("Satu"),
                        fields=(
                            field("vision"),
                            field("story", "long_text"),
                            field("people", "integer"),
                            field("grade", "choice", "good", "fair", "poor"),
                            field("tags", "choices", "a", "b", "c"),
                            field("gone"),
                            field("swap_a"),
                            field("swap_b"),
                            field("clash"),
                        ),
                    ),
                ),
            ),
        ),
        worksheets=(
            Worksheet(
                id="needs",
                title=both("Kebutuhan"),
                columns=(field("what"), field("weight", "integer"), field("level", "choice", "low", "high")),
            ),
            Worksheet(id="lost", title=both("Hilang"), columns=(field("what"),)),
            Worksheet(
                id="ready",
                title=both("Kesiapan"),
                columns=(field("rating", "choice", "good", "poor"), field("condition", "long_text")),
                fixed_rows=(
                    FixedRow(id="net", label=both("Jaringan")),
                    FixedRow(id="law", label=both("Hukum")),
                ),
                free_rows=False,
            ),
        ),
        planning=Planning(
            funding=(
                Funding(id="apbd", label=both("APBD"), kind="apbd"),
                Funding(id="dak", label=both("DAK"), kind="apbd"),
            ),
            action_areas=choices("rules", "tools"),
            extra_fields=(field("impact", "long_text"),),
        ),
        books=(
            Book(id="b", code="I", title=both("Buku"), chapters=(Chapter(id="one", title=both("Satu")),)),
        ),
        roles=(Role(id="head", label=both("Kepala")), Role(id="clerk", label=both("Sekretaris"))),
        bodies=(
            Body(id="council", name=both("Dewan")),
            Body(id="group", name=both("Pokja"), per_dimension=True),
        ),
        figures=(Measure(id="pop", label=both("Penduduk")), Measure(id="hdi", label=both("IPM"))),
        sessions=(
            Session(id="s1", title=both("Bimtek I"), outputs=(Output(id="o1", label=both("Keluaran")),)),
        ),
    )


def new() -> Pack:
    """The later guideline, with its mapping from the earlier one."""
    return _pack(
        "new",
        dimensions=(
            Dimension(
                id="bureau",
                name=both("Birokrasi"),
                sub_dimensions=(SubDimension(id="service", name=both("Layanan")),),
            ),
            Dimension(id="mobility", name=both("Mobilitas")),
            Dimension(id="env", name=both("Lingkungan")),
        ),
        forms=(
            Form(
                id="g",
                title=both("Lembar"),
                groups=(
                    FieldGroup(
                        title=both("Satu"),
                        fields=(
                            field("dream"),
                            field("people", "decimal"),
                            field("grade", "choice", "yes", "no"),
                            field("swap_a"),
                            field("swap_b"),
                            field("fresh", required=True),
                        ),
                    ),
                ),
            ),
            Form(
                id="f",
                title=both("Formulir"),
                groups=(
                    FieldGroup(
                        title=both("Satu"),
                        fields=(field("tags", "choices", "a", "b", "d"), field("clash", "choice", "x", "y")),
                    ),
                ),
            ),
        ),
        worksheets=(
            Worksheet(
                id="wants",
                title=both("Keinginan"),
                columns=(field("weight"), field("size", "decimal"), field("level", "choice", "low", "mid")),
            ),
            Worksheet(
                id="state",
                title=both("Keadaan"),
                columns=(field("mark", "choice", "1", "2"), field("condition", "rich_text")),
                fixed_rows=(
                    FixedRow(id="wire", label=both("Kabel")),
                    FixedRow(id="law", label=both("Hukum")),
                ),
                free_rows=False,
            ),
        ),
        planning=Planning(
            funding=(Funding(id="apbd", label=both("APBD"), kind="apbd"),),
            action_areas=choices("policy"),
            extra_fields=(field("impact", "rich_text"),),
        ),
        books=(
            Book(
                id="b",
                code="I",
                title=both("Buku"),
                chapters=(Chapter(id="uno", title=both("Satu")), Chapter(id="two", title=both("Dua"))),
            ),
        ),
        roles=(Role(id="head", label=both("Kepala")),),
        bodies=(
            Body(id="force", name=both("Gugus tugas")),
            Body(id="group", name=both("Pokja"), per_dimension=True),
        ),
        figures=(Measure(id="population", label=both("Penduduk")),),
        sessions=(
            Session(id="b1", title=both("Tahap I"), outputs=(Output(id="x1", label=both("Keluaran")),)),
        ),
        mappings=(
            Mapping(
                pack="old",
                dimensions={"gov": "bureau"},
                sub_dimensions={"move": "mobility"},
                items={
                    "f.vision": "g.dream",
                    "f.story": "chapter.two",
                    "f.people": "g.people",
                    "f.grade": "g.grade",
                    "f.swap_a": "g.swap_b",
                    "f.swap_b": "g.swap_a",
                    "chapter.one": "chapter.uno",
                    "needs": "wants",
                    "needs.what": "wants.weight",
                    "needs.weight": "wants.size",
                    "ready": "state",
                    "ready.rating": "state.mark",
                },
                choices={
                    "f.grade.good": "g.grade.yes",
                    "f.grade.fair": "g.grade.yes",
                    "f.grade.poor": "g.grade.no",
                    "ready.rating.good": "state.mark.2",
                    "ready.rating.poor": "state.mark.1",
                },
                rows={"ready.net": "state.wire"},
                bodies={"council": "force"},
                measures={"pop": "population"},
                sessions={"s1": "b1", "s1.o1": "b1.x1"},
                areas={"rules": "policy"},
            ),
        ),
    )


def renamed(pack: Pack, version: str) -> Pack:
    """Another version of a pack."""
    return msgspec.structs.replace(pack, pack=msgspec.structs.replace(pack.pack, version=version))


OLD, NEW = write_pack(old()), write_pack(new())
