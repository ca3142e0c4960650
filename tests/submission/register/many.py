"""A ministry's inbox: one thing from each of 514 regions, good and bad in every way, and what is right.

The generator knows what each of them is (its oracle); nothing of it comes from the code under test.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding
from msgspec import structs

from desktop.base.canonical import canonical, moment_text
from desktop.base.jobs import quiet
from desktop.base.placing import replacing
from desktop.guideline import load_pack, write_pack
from desktop.guideline.pack import Worksheet
from desktop.guideline.store import install
from desktop.submission import SealFile, SealSigner, StampBox, container_hash, seal, sign_pdfs
from desktop.submission.frame.container import open_package
from desktop.submission.resealing import rewrite
from desktop.submission.xades.writing import sign_xades
from desktop.trust import Anchors
from desktop.trust.certificate import TEST_POLICY
from desktop.workspace.plan_data_form import (
    ActivityPart,
    AgencyPart,
    AnswerPart,
    BudgetPart,
    CellPart,
    Data,
    GuidelinePart,
    IndicatorPart,
    PersonPart,
    PlanPart,
    ProgrammePart,
    RegionPart,
    RowPart,
    TargetPart,
    WorksheetPart,
    WorkspacePart,
)
from desktop.workspace.regions import regions
from tests.submission import tamper
from tests.submission.making import draw_pdf, seal_input
from tests.trust import pki

NOW = pki.NOW
DUE = NOW - dt.timedelta(days=2)
IN_TIME, LATE = DUE - dt.timedelta(hours=5), DUE + dt.timedelta(hours=5)
SEALED_AT = DUE - dt.timedelta(days=1)
TINY_PACK = Path(__file__).parents[2] / "data" / "tiny-pack"
TEAM, MAYOR = "elder", "mayor"
GUIDELINE = "tiny@3"


@dataclass(frozen=True)
class Case:
    """One thing in the inbox, and what the desk has to say of it."""

    kind: str
    path: Path
    region: str
    result: str
    codes: frozenset[str] = frozenset()
    """Codes that must be among its reasons."""
    basis: str = "signed"
    current: bool | None = None
    late: bool | None = False
    programmes: int | None = None


class Opened:
    """A key that is open already: no file, no password."""

    def __init__(self, holder: pki.Holder, *chain: pki.Holder) -> None:
        self.signer = holder.signer(*chain)

    @contextmanager
    def open(self) -> Iterator[object]:
        yield self.signer


@dataclass
class Keys:
    """The certificates of the whole country, made once."""

    root: pki.Holder = field(
        default_factory=lambda: pki.make("Root Nasional", ca=True, start=NOW - 3000 * pki.DAY)
    )

    def __post_init__(self) -> None:
        long_ago = NOW - 2000 * pki.DAY
        self.issuer = pki.make("Penerbit Nasional", self.root, ca=True, length=0, start=long_ago)
        self.team = Opened(self._leaf("Sekretaris Tim"), self.issuer)
        self.mayor = Opened(self._leaf("Bupati"), self.issuer)
        self.expired = Opened(self._leaf("Kedaluwarsa", end=NOW - 90 * pki.DAY), self.issuer)
        revoked = self._leaf("Dicabut")
        self.revoked = Opened(revoked, self.issuer)
        self.crl = self._revoke(revoked)
        stranger = pki.make("Root Lain", ca=True)
        self.stranger = Opened(pki.make("Orang Lain", stranger), stranger)
        policy = x509.CertificatePolicies([x509.PolicyInformation(TEST_POLICY, None)])
        trial = pki.make("Root UJI", ca=True, start=long_ago, extra=((policy, False),))
        self.trial_root = trial
        self.trial = Opened(
            pki.make("Peserta Latihan", trial, start=NOW - 400 * pki.DAY, extra=((policy, False),)), trial
        )

    def _leaf(self, common: str, end: dt.datetime = NOW + 700 * pki.DAY) -> pki.Holder:
        return pki.make(common, self.issuer, start=NOW - 400 * pki.DAY, end=end)

    def _revoke(self, holder: pki.Holder) -> bytes:
        entry = x509.RevokedCertificateBuilder().serial_number(holder.certificate.serial_number)
        made = entry.revocation_date(NOW - 30 * pki.DAY).build()
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.issuer.certificate.subject)
        builder = builder.last_update(NOW - 30 * pki.DAY).next_update(NOW + 30 * pki.DAY)
        signed = builder.add_revoked_certificate(made).sign(self.issuer.key, hashes.SHA256())
        return signed.public_bytes(Encoding.PEM)

    @property
    def anchors(self) -> Anchors:
        believed = pki.believe(self.root, crls=(self.crl,))
        from desktop.trust.anchors import AnchorKind

        trial = pki.believe(self.trial_root, kind=AnchorKind.TEST)
        return Anchors((*believed.anchors, *trial.anchors), believed.crls)


@cache
def pack_bytes(name: str = "tiny", version: str = "3") -> bytes:
    """The tiny guideline, but in force and with no documents and answers asked for: packages stay small."""
    pack = load_pack(TINY_PACK)
    info = structs.replace(pack.pack, status="in-force", id=name, version=version)
    books = tuple(structs.replace(book, submitted=False) for book in pack.books)
    return write_pack(structs.replace(pack, pack=info, books=books, signing=(), rules=()))


def know_guideline(folder: Path) -> None:
    """This computer knows that guideline from now on."""
    source = folder / "tiny.rancang-guideline"
    source.write_bytes(pack_bytes())
    install(source, confirmed=True)


@cache
def ready() -> Worksheet:
    return next(one for one in load_pack(TINY_PACK).worksheets if one.id == "ready")


@cache
def book() -> bytes:
    return draw_pdf(1)


def plan(code: str, number: int, **changes: object) -> bytes:
    """A region's data, a little different for each."""
    entry = next((each for each in regions() if each.code == code), None)
    name, province = (entry.name, entry.province) if entry else ("Entah", "")
    sheet = ready()
    ratings = [f"s{1 + (number + place) % 5}" for place in range(len(sheet.fixed_rows))]
    data = Data(
        workspace=WorkspacePart(
            id="0" * 32, head="a" * 64, changed_at=moment_text(SEALED_AT),
            source_language="id", example=False,
        ),
        region=RegionPart(code=code, name=name, kind="kabupaten", province=province),
        plan=PlanPart(title={"id": f"Masterplan {name}"}, first_year=2026, last_year=2030),
        guideline=GuidelinePart(id="tiny", version="3", sha256=sha256(pack_bytes()).hexdigest()),
        agencies=(AgencyPart(id="a1", code="", name={"id": "Dinas"}, short_name="Diskominfo", head=""),),
        people=tuple(
            PersonPart(id=role, name=name, office={"id": name}, role=role, agency="", nip="", acting="")
            for role, name in ((TEAM, "Sekretaris Tim"), (MAYOR, "Bupati"))
        ),
        programmes=tuple(programme(number, place) for place in range(programmes_of(number))),
        answers=(AnswerPart(item="town.mayor", scope="", value=None, text={"id": "Contoh"}, origin=""),),
        worksheets=(
            WorksheetPart(
                worksheet="ready",
                rows=tuple(
                    RowPart(
                        id=f"r{place}", agency="", fixed=fixed.id,
                        cells=(CellPart(column="level", value=rating, text={}),),
                    )
                    for place, (fixed, rating) in enumerate(zip(sheet.fixed_rows, ratings, strict=True))
                ),
            ),
        ),
        evidence=(),
        set_aside=(),
    )  # fmt: skip
    return canonical(msgspec.to_builtins(msgspec.structs.replace(data, **changes)))


def programmes_of(number: int) -> int:
    return 2 + number % 5


def programme(number: int, place: int) -> ProgrammePart:
    activity = ActivityPart(
        id="x",
        area="",
        title={"id": "Kegiatan"},
        output={},
        lead="a1",
        start_year=2026,
        end_year=2027,
        budget=None,
    )
    return ProgrammePart(
        id=f"p{place}", code=f"{place + 1}", title={"id": f"=Program {place + 1} daerah {number}"},
        dimension=("air", "udara", "api")[place % 3], sub_dimension="", lead="a1", supporting=(),
        service={"id": "Layanan"}, before={}, after={}, served={}, technology={},
        start_year=2026, end_year=2028, quick_win=place == 0, status="",
        total_budget=1_000_000 * (number + 1), origin="", source="",
        budget=(
            BudgetPart(
                year=2026, source="apbd", indicative=1_000_000 * (number + 1), ceiling=None, realised=None
            ),
            BudgetPart(year=2027, source="csr", indicative=500_000, ceiling=400_000, realised=None),
        ),
        indicators=(
            IndicatorPart(
                id="i", name={"id": "Waktu layanan"}, unit="menit", direction="down", baseline="90",
                baseline_year=2025, source="", targets=(TargetPart(year=2028, target="30.5", realised=None),),
            ),
        ),
        activities=(activity,) * (place + 1), risks=(),
    )  # fmt: skip


class Country:
    """Makes the inbox."""

    def __init__(self, folder: Path, keys: Keys | None = None) -> None:
        self.inbox, self.keys = folder, keys or Keys()
        self.work = folder.parent / "work"
        for each in (folder, self.work):
            each.mkdir(parents=True, exist_ok=True)
        self.cases: list[Case] = []

    def fill(self, count: int) -> list[Case]:
        """One thing of each of so many regions: every third is one of the bad kinds, in turn."""
        kinds = (*BAD, *MORE)
        for number, entry in enumerate(regions()[:: max(1, 514 // count)][:count]):
            kind = kinds[(number // 2) % len(kinds)] if number % 2 else "good"
            made = getattr(self, kind)(entry.code, number, self.place(entry.code, entry.name, number))
            self.cases += made if isinstance(made, list) else [made]
        return self.cases

    def place(self, code: str, name: str, number: int) -> Path:
        """Some regions have a folder of their own, some only a file."""
        folder = self.inbox / code[:2] if number % 3 else self.inbox / code[:2] / f"{code} {name}"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / f"paket-{code} {name}.asice"

    # -- pieces ---------------------------------------------------------------------------------------
    def sealed(self, code: str, number: int, name: str = "", **changes: object) -> Path:
        entry = next((each for each in regions() if each.code == code), None)
        data = changes.pop("data", None)
        pdf = changes.pop("pdf", None)
        guideline, version = changes.get("guideline_id", "tiny"), changes.get("guideline_version", "3")
        pack = pack_bytes(guideline, version)
        files = [
            SealFile("data.json", "application/json", "data", data or plan(code, number)),
            SealFile(f"guideline/{guideline}.rancang-guideline", "application/zip", "other", pack),
            SealFile("evidence/001-foto.jpg", "image/jpeg", "evidence", bytes([number % 256]) * 3000),
        ]
        if pdf:
            signer = SealSigner(MAYOR, "Bupati", "Bupati", box=StampBox(0, 60, 300, 300, 370))
            files.append(SealFile("surat/pengantar.pdf", "application/pdf", "other", book(), (signer,)))
        values = {
            "region_code": code, "region_name": entry.name if entry else "Entah", "guideline_id": "tiny",
            "guideline_version": "3", "changed_at": SEALED_AT, "files": tuple(files), "notes": (),
            "signers": (SealSigner(TEAM, "Sekretaris Tim", "Sekretaris Tim"),), **changes,
        }  # fmt: skip
        target = self.work / f"{code}{name}.asice"
        seal(quiet, seal_input(**values), target)
        return target

    def close(
        self, package: Path, target: Path, key: Opened, moment: dt.datetime = IN_TIME, role: str = TEAM
    ) -> None:
        """Sign the container without asking whether the key is fit for it."""
        with open_package(package) as source, replacing(target) as out:
            new = sign_xades(source.data_files(), key.signer, 0, moment, (role,))
            rewrite(quiet, source, out, {}, None, (new,))

    def signed(self, code: str, number: int, path: Path, **changes: object) -> None:
        self.close(self.sealed(code, number, **changes), path, self.keys.team)

    # -- good ones ------------------------------------------------------------------------------------
    def good(self, code: str, number: int, path: Path) -> Case:
        """Every 30th with a document signed by the mayor, as it is in life."""
        if number % 30 == 0:
            return self.with_document(code, number, path)
        self.signed(code, number, path)
        return Case("good", path, code, "valid", current=True, programmes=programmes_of(number))

    def with_document(self, code: str, number: int, path: Path) -> Case:
        package, half = self.sealed(code, number, pdf=True), self.work / "half.asice"
        sign_pdfs(quiet, package, half, self.keys.mayor, MAYOR, self.keys.anchors, IN_TIME)
        self.close(half, path, self.keys.team)
        return Case("with_document", path, code, "valid", current=True, programmes=programmes_of(number))

    def copied(self, code: str, number: int, path: Path) -> Case:
        self.signed(code, number, path)
        shutil.copy(path, path.with_name(f"lagi-{code}.asice"))
        return Case("copied", path.with_name(f"lagi-{code}.asice"), code, "valid", current=True)

    def resubmitted(self, code: str, number: int, path: Path) -> list[Case]:
        first = path.with_name(f"a-{code}.asice")
        self.signed(code, number, first)
        second = path.with_name(f"b-{code}.asice")
        self.signed(code, number + 1, second, previous=container_hash(first), open_mandatory=1)
        third = path.with_name(f"c-{code}.asice")
        self.signed(code, number + 2, third, previous=container_hash(second))
        return [
            Case("resubmitted", first, code, "valid", current=False),
            Case("resubmitted", second, code, "incomplete", frozenset({"missing.mandatory"}), current=False),
            Case("resubmitted", third, code, "valid", current=True, programmes=programmes_of(number + 2)),
        ]

    def rivals(self, code: str, number: int, path: Path) -> list[Case]:
        other = path.with_name(f"lain-{code}.asice")
        self.signed(code, number, path)
        package = self.sealed(code, number + 3)
        self.close(package, other, self.keys.team, IN_TIME + dt.timedelta(hours=1))
        return [
            Case("rivals", path, code, "valid", current=False),
            Case("rivals", other, code, "valid", current=True),
        ]

    def trial(self, code: str, number: int, path: Path) -> Case:
        self.close(self.sealed(code, number), path, self.keys.trial)
        told = frozenset({"note.test", "note.other_person"})
        return Case("trial", path, code, "valid-with-notes", told, "claimed", current=True)

    def follows_unknown(self, code: str, number: int, path: Path) -> Case:
        self.signed(code, number, path, previous="ab" * 32)
        return Case("follows_unknown", path, code, "valid", current=True)

    # -- administrative faults ------------------------------------------------------------------------
    def unsigned_seal(self, code: str, number: int, path: Path) -> Case:
        shutil.copy(self.sealed(code, number), path)
        codes = frozenset({"missing.container_signature"})
        return Case("unsigned_seal", path, code, "sealed", codes, "claimed", late=None)

    def document_unsigned(self, code: str, number: int, path: Path) -> Case:
        self.signed(code, number, path, pdf=True)
        return Case("document_unsigned", path, code, "incomplete", frozenset({"missing.pdf_signature"}))

    def wrong_role(self, code: str, number: int, path: Path) -> Case:
        self.close(self.sealed(code, number), path, self.keys.team, role="somebody")
        told = frozenset({"missing.container_signature", "note.not_asked"})
        return Case("wrong_role", path, code, "incomplete", told, "claimed")

    def late(self, code: str, number: int, path: Path) -> Case:
        self.close(self.sealed(code, number), path, self.keys.team, LATE)
        return Case("late", path, code, "incomplete", frozenset({"missing.late"}), late=True)

    def open_entries(self, code: str, number: int, path: Path) -> Case:
        self.signed(code, number, path, open_mandatory=7)
        return Case("open_entries", path, code, "incomplete", frozenset({"missing.mandatory"}))

    def other_guideline(self, code: str, number: int, path: Path) -> Case:
        named = GuidelinePart(id="lain", version="1", sha256=sha256(pack_bytes("lain", "1")).hexdigest())
        data = plan(code, number, guideline=named)
        self.signed(code, number, path, guideline_id="lain", guideline_version="1", data=data)
        return Case("other_guideline", path, code, "incomplete", frozenset({"register.other_guideline"}))

    def region_differs(self, code: str, number: int, path: Path) -> Case:
        self.signed(code, number, path, data=plan("18.07" if code != "18.07" else "18.08", number))
        codes = frozenset({"data.differs"})
        return Case("region_differs", path, code, "refused", codes, "claimed")

    def unknown_region(self, code: str, number: int, path: Path) -> Case:
        data = plan("99.99", number)
        package = self.sealed(code, number, region_code="99.99", region_name="Entah", data=data)
        self.close(package, path, self.keys.team)
        codes = frozenset({"register.unknown_region"})
        return Case("unknown_region", path, "99.99", "incomplete", codes)

    def odd_data(self, code: str, number: int, path: Path) -> Case:
        self.signed(code, number, path, data=b'{"format":"rancang-data","version":2}')
        return Case("odd_data", path, code, "incomplete", frozenset({"missing.data"}))

    def newer_data(self, code: str, number: int, path: Path) -> Case:
        self.signed(code, number, path, data=b'{"format":"rancang-data","version":99}')
        return Case("newer_data", path, code, "incomplete", frozenset({"missing.data_newer"}))

    # -- refused --------------------------------------------------------------------------------------
    def bit_turned(self, code: str, number: int, path: Path) -> Case:
        self.signed(code, number, path)
        data = bytearray(path.read_bytes())
        data[200 + number] ^= 4
        path.write_bytes(data)
        return Case("bit_turned", path, code, "refused", basis="claimed", late=None)

    def cut_off(self, code: str, number: int, path: Path) -> Case:
        self.signed(code, number, path)
        path.write_bytes(path.read_bytes()[: -1 - number])
        return Case("cut_off", path, code, "refused", basis="guessed", late=None)

    def appended(self, code: str, number: int, path: Path) -> Case:
        self.signed(code, number, path)
        path.write_bytes(path.read_bytes() + b"x")
        return Case("appended", path, code, "refused", basis="guessed", late=None)

    def forged(self, code: str, number: int, path: Path) -> Case:
        self.signed(code, number, self.work / "before.asice")

        def change(files: dict[str, bytes]) -> None:
            files["data.json"] = plan(code, number + 1)

        tamper.forge(self.work / "before.asice", path, change)
        return Case("forged", path, code, "refused", frozenset({"xades.digest"}), "claimed", late=None)

    def stranger(self, code: str, number: int, path: Path) -> Case:
        self.close(self.sealed(code, number), path, self.keys.stranger)
        return Case("stranger", path, code, "refused", frozenset({"signature.unknown"}), "claimed", late=None)

    def expired(self, code: str, number: int, path: Path) -> Case:
        self.close(self.sealed(code, number), path, self.keys.expired)
        codes = frozenset({"signature.untrusted"})
        return Case("expired", path, code, "refused", codes, "claimed", late=None)

    def revoked(self, code: str, number: int, path: Path) -> Case:
        self.close(self.sealed(code, number), path, self.keys.revoked)
        codes = frozenset({"signature.untrusted"})
        return Case("revoked", path, code, "refused", codes, "claimed", late=None)

    def from_the_future(self, code: str, number: int, path: Path) -> Case:
        self.close(self.sealed(code, number), path, self.keys.team, NOW + dt.timedelta(days=3))
        codes = frozenset({"signature.future"})
        return Case("from_the_future", path, code, "refused", codes, "claimed", late=None)

    # -- no packages at all ---------------------------------------------------------------------------
    def _file(self, kind: str, code: str, path: Path, name: str, content: bytes) -> Case:
        target = path.parent / name.format(code=code)
        if path.parent.name == code[:2]:  # in a province's own folder it would belong to the province
            target = path.parent / code / target.name
            target.parent.mkdir()
        target.write_bytes(content)
        return Case(
            kind, target.parent, code, "unsigned", frozenset({f"unsigned.{kind}", "unsigned.ask"}),
            "guessed", late=None,
        )  # fmt: skip

    def archive(self, code: str, number: int, path: Path) -> Case:
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w") as archive:
            archive.writestr("Buku I.pdf", b"%PDF-1.7 x")
        starts = (kept.getvalue(), b"Rar!\x1a\x07\x01\0" + b"x" * 50, b"7z\xbc\xaf\x27\x1c" + b"x" * 50)
        return self._file("archive", code, path, "usulan {code}.zip", starts[number % 3])

    def packed(self, code: str, number: int, path: Path) -> Case:
        self.signed(code, number, self.work / "inner.asice")
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w") as archive:
            archive.write(self.work / "inner.asice", "usulan/paket.ASICE")
        case = self._file("packed", code, path, "usulan {code}.zip", kept.getvalue())
        return replace(case, codes=frozenset({"unsigned.packed"}))

    def pdf(self, code: str, _number: int, path: Path) -> Case:
        return self._file("pdf", code, path, "masterplan {code}.pdf", book())

    def picture(self, code: str, _number: int, path: Path) -> Case:
        return self._file("picture", code, path, "pindaian {code}.jpg", b"\xff\xd8\xff\xe0" + b"x" * 900)

    def document(self, code: str, _number: int, path: Path) -> Case:
        kept = io.BytesIO()
        with zipfile.ZipFile(kept, "w") as archive:
            archive.writestr("[Content_Types].xml", "<Types/>")
            archive.writestr("word/document.xml", "<w:document/>")
        return self._file("document", code, path, "masterplan {code}.docx", kept.getvalue())

    def link(self, code: str, _number: int, path: Path) -> Case:
        said = b"Berkas kami ada di https://drive.google.com/drive/folders/abc\r\n"
        return self._file("link", code, path, "tautan {code}.txt", said)

    def empty(self, code: str, _number: int, path: Path) -> Case:
        return self._file("empty", code, path, "paket {code}.asice", b"")

    def folder(self, code: str, number: int, path: Path) -> Case:
        case = self._file("pdf", code, path, "masterplan {code}.pdf", book())
        (case.path / "foto.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes([number % 200]) * 400)
        codes = frozenset({"unsigned.folder", "unsigned.ask"})
        return Case("folder", case.path, code, "unsigned", codes, "guessed", late=None)


BAD = (
    "unsigned_seal", "bit_turned", "archive", "stranger", "late", "resubmitted", "pdf", "cut_off",
    "document_unsigned", "expired", "picture", "rivals", "forged", "open_entries", "link", "revoked",
    "trial", "other_guideline", "folder", "appended", "copied", "wrong_role", "document", "region_differs",
    "from_the_future", "odd_data", "empty",
)  # fmt: skip
MORE = ("newer_data", "packed", "unknown_region", "follows_unknown")
