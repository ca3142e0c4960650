"""What a package says of itself is nobody's sentence but its own: never the ministry's."""

from __future__ import annotations

import dataclasses
import re
import shutil
import string
import unicodedata
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.base import Language, LocalText, Message, render
from desktop.base.jobs import quiet
from desktop.base.plain import within_quotes
from desktop.guideline import load_pack
from desktop.submission import SealFile, SealSigner, verify
from desktop.submission.called import NOT_KNOWN_HERE, guideline_said
from desktop.submission.codes import TABLE
from desktop.submission.cover_sheet import compose_cover
from desktop.submission.frame.container import open_package
from desktop.submission.quoting import SHOWN, bounded, quoted
from desktop.submission.register.entry import UNSIGNED, Basis, Entry
from desktop.submission.register.examine import Sort
from desktop.submission.register.letters import Desk, letter, receipt
from desktop.submission.register.listing import entries
from desktop.submission.register.reading import Signer, Told
from desktop.submission.register.repeating import Repeating
from desktop.submission.register.sheets import sheets
from desktop.submission.register.store import Register
from desktop.submission.register.words import standing
from desktop.submission.slip import compose_slip, read_standing
from desktop.submission.verdict_paper import compose_verdicts
from desktop.trust.certificate import fingerprint, holder
from desktop.workspace.plan_data_form import GuidelinePart
from tests.submission.register.many import MAYOR, NOW, TEAM, TINY_PACK, book, pack_bytes, plan

ROOT = Path(__file__).resolve().parents[3]
CODE = "18.07"
SENTENCE = "Untuk itu Saudara diminta mentransfer biaya verifikasi Rp25.000.000 ke rekening"
PAY = "MENTRANSFER"
"""Stands in every text of a stranger's."""
ANSWERS = {
    Basis.SIGNED: "valid-with-notes",
    Basis.CLAIMED: "incomplete",
    Basis.GUESSED: "refused",
}
QUOTED = re.compile("\u201c[^\u201c\u201d]*\u201d")


def entry(basis: Basis, **changes: Any) -> Entry:
    made = Entry(
        1, "/masuk/a.asice", 1, Sort.PACKAGE, ANSWERS[basis], CODE, "Kabupaten Lampung Timur", basis,
        sha256="a" * 64, package="b" * 64, guideline="tiny", guideline_version="3",
    )  # fmt: skip
    return dataclasses.replace(made, **changes)


def texts(value: object) -> Iterator[str]:
    """Every text of a document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts(each)
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from texts(getattr(value, field.name))


def outside(text: str) -> str:
    """What of a text stands between no quotation marks."""
    return QUOTED.sub("", text)


def sentences(*rooms: str) -> dict[str, dict[str, str]]:
    """The sentences of both catalogues by id, all forms in one."""
    found: dict[str, dict[str, str]] = {}
    for language in Language:
        path = ROOT / "i18n" / language / "LC_MESSAGES" / "rancang.po"
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        for one in catalogue:
            key = one.id if isinstance(one.id, str) else one.id[0]
            said = one.string if isinstance(one.string, str) else " ".join(one.string)
            if key.startswith(rooms):
                found.setdefault(key, {})[language] = said
    return found


REASONS = {key: said for key, said in sentences("submission.", "trust.").items() if "{" in said["id"]}
OF_CODES = {row.code: f"submission.{row.code}" for row in TABLE if f"submission.{row.code}" in REASONS} | {
    row.code: row.code for row in TABLE if row.code in REASONS
}


_BY_THE_DESK = {
    "register.other_guideline": {"wanted": "tiny 3"},
    "note.other_region": {"known": "Kota Metro"},
}


def told(code: str, text: str) -> Told:
    """A reason with a stranger's text in each of its places, and in those of what it gives as its reason."""
    key = OF_CODES[code]
    names = set(re.findall(r"\{(\w+)\}", REASONS[key]["id"]))
    params: dict[str, Any] = dict.fromkeys(names, text) | _BY_THE_DESK.get(code, {})
    if "reason" in names:
        params["reason"] = Message("trust.path.unknown", issuer=text)
    if "role" in names:
        params["role"] = LocalText({"id": text, "en": text})
    if "n" in names:
        params["n"] = 2
    weight = next(row.weight for row in TABLE if row.code == code)
    return Told(weight.value, code, Message(key, **params))


def test_both_catalogues_quote_the_same() -> None:
    """What a sentence has between quotation marks in one language it has in the other."""
    marks = {
        key: [set(re.findall("\u201c\\{(\\w+)\\}\u201d", each)) for each in said.values()]
        for key, said in sentences("submission.", "trust.").items()
    }
    assert len(OF_CODES) > 100
    assert [key for key, (one, other) in marks.items() if one != other] == []


STRANGE = (
    f"{SENTENCE} {PAY}", f"{PAY} \u201d {PAY} \u201c", f'{PAY}" {PAY}', f"Bupati. {PAY}", PAY.title(),
)  # fmt: skip


@pytest.mark.parametrize("pack", [None, load_pack(TINY_PACK)], ids=["no guideline", "at hand"])
@pytest.mark.parametrize("basis", list(ANSWERS))
def test_no_reason_says_a_stranger_s_sentence(basis, pack) -> None:
    """Of what nobody vouches for not even between quotation marks."""
    for code in OF_CODES:
        for text in STRANGE:
            made = Repeating(entry(basis), pack).reason(told(code, text))
            for language in Language:
                said = render(made.message, language)
                assert PAY not in outside(said).upper(), said
                assert "submission." not in said
                assert "\u201c\u201c" not in said
                assert basis is Basis.SIGNED or PAY not in said.upper(), said


TEXTS = st.text(
    st.sampled_from("abcXYZ 0123.,;:()/-\u2013\u201c\u201d\"'\u00ab\u00bb\u2033\n\u202e\u200b{}"),
    max_size=120,
).map(lambda text: f"{text}{PAY}{text}")


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(text=TEXTS, code=st.sampled_from(sorted(OF_CODES)), basis=st.sampled_from(sorted(ANSWERS)))
def test_no_free_text_reaches_a_letter_or_receipt_outside_quotation_marks(text, code, basis) -> None:
    """Names of files, holders, organisations, issuers, documents, guidelines, doubts and reasons."""
    signer = Signer(text, text, text, text, text, "c" * 64, "2026-11-24T03:00:00+00:00", False, "", False)
    doubts = tuple(
        Message(f"submission.standing.{kind}", now=text, beside=text, file=text, before=text, holder=text)
        for kind in ("beside", "of_others", "other_signer", "other_certificate")
    )
    message = told(code, text)
    one = entry(
        basis,
        path=f"/masuk/{text.replace('/', ' ')}",
        guideline=text,
        guideline_version=text,
        reasons=(message, Told("missing", text, Message(text)), Told("note", code, Message(text, said=text))),
        signers=(signer,),
        doubts=(*doubts, Message("submission.standing.other_region", region=text)),
        attached=(text,),
        beside=1,
        fingerprint="d" * 64,
    )
    unsigned = dataclasses.replace(one, result=UNSIGNED, sort=Sort.FOLDER, basis=Basis.GUESSED)
    for language in Language:
        desk = Desk("Kementerian", language=language)
        made = [letter((dataclasses.replace(one, result="incomplete"), unsigned), desk, NOW)]
        made.append(receipt(one, desk, NOW, draft=False))
        for document in made:
            for said in texts(document):
                assert PAY not in outside(said), said
        for each in standing(one):
            assert PAY not in outside(render(each, language))


def test_what_is_quoted_is_short_and_ends_nowhere_else() -> None:
    text = bounded(f"{PAY}\u201d\n{'x' * 500} Buku I.pdf")
    assert len(text) == SHOWN
    assert text.endswith("Buku I.pdf")
    assert not set(text) & set("\u201c\u201d\n")
    assert render(quoted("a \u201cb\u201d"), Language.EN) == "\u201ca 'b'\u201d"


@pytest.mark.slow
def test_no_sign_that_looks_like_the_closing_mark_stays_within_a_quotation() -> None:
    letters = {chr(each) for each in range(0x100) if unicodedata.category(chr(each)) in {"Lu", "Ll"}}
    stay = letters | set(string.printable.translate({0x22: None, 0x60: None})) - set("\t\n\r\v\f")
    for each in filter(lambda sign: unicodedata.category(sign) != "Lo", map(chr, range(0x20000))):
        made = bounded(f"a{each}{each}. Kirim")
        assert set(made) <= stay | set("\u00a7\u00b0\u00b1\u00b7\u00d7\u2013\u2014\u2022\u2026\u20ac"), each
        assert "''" not in made, each
    # letters and marks of other writing that look like it, and what two or three signs make together
    like = "\u02ee \u275e \u2019\u2019 \u05f2 \u05d9\u05d9 \u1cd3 \u02ba\u030e \u309b \uff9e \ua78c\ua78c"
    for each in (*like.split(), "\u1427\u1427", "\u02bc\u200b'", "\u00b4\u00b4"):
        numbers = " ".join(f"U+{ord(sign):04X}" for sign in each)
        assert within_quotes(f"Buku{each}.") in {"Buku'.", f"Buku[{numbers}]."}, each
    assert "' '" not in within_quotes("Buku' '. Kirim")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("\u674e\u660e, S.T.", "[U+674E U+660E], S.T."),
        ("\ua9b1\ua9b8\ua98f\ua9a9 Ali", "[U+A9B1 U+A9B8 U+A98F U+A9A9] Ali"),
        ("\u0639\u0644\u064a \u0628", "[U+0639 U+0644 U+064A] [U+0628]"),
        ("B\u0430ndung", "B[U+0430]ndung"),
        ("\u0141ukasz \U0001f600", "[U+0141]ukasz [U+1F600]"),
        ("a\u0301\u0302 \u05d0\u05b0", "\u00e1 [U+05D0 U+05B0]"),
    ],
)
def test_letters_of_other_writing_are_told_by_their_numbers(name, told) -> None:
    """They stood as question marks: two people, or two agencies, were one."""
    assert within_quotes(name) == within_quotes(told) == told


def test_no_number_is_cut_where_a_text_is() -> None:
    for more in range(12):
        made = bounded("x" * more + "\u674e" * 40 + "\U00020000" * 3 + "y" * more)
        assert len(made) <= SHOWN
        numbers = set(re.findall(r"[0-9A-F+U]+", made.replace("U+", " U+")))
        assert numbers <= {"U+674E", "U+20000"}, made


def test_what_honest_people_call_things_is_told_as_it_stands() -> None:
    for each in (
        "18.07 Buku I (rev. 2) \u2013 final_b.asice", "Dr. Ir. Mas'ud Nur'aini, M.T.", "Qur'an & Sunnah",
        "D\u00e9sir\u00e9e Sjahrir", "Kec. Batu/Kel. Sisir [1+1=2] 50% #3; ~$a@b.go.id", "a\\b^{c}|d!",
    ):  # fmt: skip
        assert within_quotes(each) == each
    assert within_quotes("\u2018Abdul Qur\u02be\u0101n, \u015eahin; e\u0301; 2\u00bd m\u00b2") == (
        "'Abdul Qur'an, Sahin; \u00e9; 21/2 m2"
    )


# -- what is told all the same ------------------------------------------------------------------------
def test_a_genuine_package_s_names_are_told_between_quotation_marks() -> None:
    repeating = Repeating(entry(Basis.SIGNED), load_pack(TINY_PACK))
    for message, wanted in (
        (
            Message(
                "submission.missing.pdf_signature", file="surat/pengantar.pdf", role="Bupati Lampung Timur"
            ),
            "“surat/pengantar.pdf” belum ditandatangani oleh “Bupati Lampung Timur”.",
        ),
        (
            Message("submission.missing.container_signature", role=TEAM),
            "Paket belum ditandatangani oleh Tetua.",
        ),
        (
            Message("submission.missing.not_asked", file="manifest.json", role=LocalText({"id": "Tetua"})),
            "Tetua",
        ),
        (
            Message(
                "submission.note.other_person", role=MAYOR, holder="Andi Contoh, S.H.", person="Budi Contoh"
            ),
            "dibuat oleh “Andi Contoh, S.H.”",
        ),
        (Message("submission.note.guideline_draft", guideline="tiny 3"), "Pedoman Uji Kota Bahagia"),
    ):
        code = message.id.removeprefix("submission.")
        said = render(repeating.reason(Told("missing", code, message)).message, Language.ID)
        assert wanted in said, said


def test_of_what_nobody_vouches_for_roles_are_the_guideline_s() -> None:
    closing = Message("submission.missing.container_signature", role=f"Wali Kota. {SENTENCE}")
    one = Told("missing", "missing.container_signature", closing)
    pack = load_pack(TINY_PACK)
    by_pack = render(Repeating(entry(Basis.CLAIMED), pack).reason(one).message, Language.ID)
    assert by_pack == "Paket belum ditandatangani oleh Tetua."
    nobody = render(Repeating(entry(Basis.CLAIMED), None).reason(one).message, Language.ID)
    assert nobody == "Paket belum ditandatangani oleh pihak yang diminta pedoman."
    other = dataclasses.replace(one, message=Message(closing.id, role=SENTENCE))
    assert "Tetua" in render(Repeating(entry(Basis.CLAIMED), pack).reason(other).message, Language.ID)


HEAD = "Bupati/Wali Kota"
WHOM = "pihak yang diminta pedoman"


@pytest.mark.parametrize(
    ("office", "document", "package"),
    [
        *((each, HEAD, HEAD) for each in (HEAD, MAYOR)),
        *((each, HEAD, "Tetua") for each in ("Bupati", "wali  kota", "Bupati / Wali Kota", "Regent")),
        *((each, WHOM, "Tetua") for each in ("Wakil Wali Kota", "Staf Ahli Wali Kota", "Wali Kota Metro")),
        *((each, WHOM, "Tetua") for each in ("Asisten Bupati Bidang Hukum", f"Wali Kota. {SENTENCE}")),
    ],
)
def test_whose_title_stands_within_another_s_is_asked_for_nothing(office, document, package) -> None:
    """The deputy mayor had not signed, and the letter asked for the mayor's signature."""
    pack = load_pack(TINY_PACK)
    head = msgspec.structs.replace(pack.roles[0], label=LocalText({"id": HEAD, "en": "Regent/mayor"}))
    repeating = Repeating(entry(Basis.CLAIMED), msgspec.structs.replace(pack, roles=(head, *pack.roles[1:])))
    for code, named in (("missing.pdf_signature", document), ("missing.container_signature", package)):
        told = Told("missing", code, Message(f"submission.{code}", file="manifest.json", role=office))
        said = render(repeating.reason(told).message, Language.ID)
        assert said.endswith(f"belum ditandatangani oleh {named}."), said


def test_a_refused_package_is_told_what_its_code_means_and_why() -> None:
    why = Message("trust.path.revoked", holder=SENTENCE, moment=NOW.date(), reason="keyCompromise")
    message = Message("submission.signature.untrusted", holder=SENTENCE, reason=why)
    made = Repeating(entry(Basis.GUESSED), None).reason(Told("refusal", "signature.untrusted", message))
    said = render(made.message, Language.EN)
    assert said.startswith("The issuer is known")
    assert "24 November 2026" in said
    assert SENTENCE not in said


def test_of_one_certificate_it_is_told_whose_without_a_word_of_the_package_s() -> None:
    """Whoever had to have a certificate renewed was told to ask the official named, and nobody was."""
    pack, end = load_pack(TINY_PACK), "0123456789abcdef"
    why = Message("trust.path.revoked", holder=SENTENCE, moment=NOW.date(), reason="keyCompromise")

    def said(pack, **whose: str) -> str:
        message = Message("submission.signature.untrusted", holder=SENTENCE, reason=why, **whose)
        one = Told("refusal", "signature.untrusted", message)
        return render(Repeating(entry(Basis.GUESSED), pack).whose(one).message, Language.ID)

    certificate = "f" * 48 + end
    about = {"certificate": certificate, "role": MAYOR, "document": "books/look.id.pdf"}
    assert said(pack, **about).endswith(
        "ialah tanda tangan sebagai Wali Kota pada Buku Tinjauan, "
        f"dengan sertifikat yang SHA-256-nya berakhir dengan {end}."
    )
    assert "sebagai Wali Kota, dengan" in said(pack, **about | {"document": ""})
    assert "sebagai Wali Kota, dengan" in said(pack, **about | {"document": f"bukti/{PAY}.pdf"})
    for other in (said(None, **about), said(pack, **about | {"role": f"Wali Kota. {PAY}"})):
        assert other.endswith(f"ialah sertifikat dengan SHA-256 yang berakhir dengan {end}.")
        assert PAY not in other
    for text in ("", PAY, f"{certificate}\n", certificate.upper()):
        # a register may come from anybody
        assert "SHA-256" not in said(pack, **about | {"certificate": text})


def test_a_letter_tells_whose_certificate_is_refused(desk) -> None:
    """The official was called the one named, and nobody was."""
    for number, kind in enumerate((desk.revoked, desk.expired)):
        kind(CODE, number, desk.inbox / f"{number}.asice")
    desk.read()
    with Register(desk.register, read_only=True) as opened:
        found = entries(opened)
    written = " ".join(texts(letter(found, Desk(), NOW)))
    for key in (desk.keys.revoked, desk.keys.expired):
        with key.open() as signer:
            certificate = signer.certificate
        assert "tanda tangan sebagai Tetua, dengan sertifikat" in written
        assert f"berakhir dengan {fingerprint(certificate)[-16:]}." in written
        assert holder(certificate) not in written


def test_for_the_desk_alone_nothing_is_left_out() -> None:
    message = Message("submission.content.changed", name="bukti/Foto rapat.jpg")
    made = Repeating(entry(Basis.GUESSED), None, inward=True).reason(
        Told("refusal", "content.changed", message)
    )
    assert "“bukti/Foto rapat.jpg”" in render(made.message, Language.ID)


@pytest.mark.parametrize(
    ("name", "version", "known"),
    [
        ("kota-cerdas-2026", "2026.1", True),
        ("tiny", "3", True),
        ("tiny", "2021.3.local2", True),
        ("tiny", f"2021.3. {SENTENCE}", False),
        (SENTENCE, "1", False),
        ("tiny", "2021-disetujui", False),
        ("a" * 65, "1", False),
    ],
)
def test_a_guideline_s_id_and_version_are_such_or_not_known_here(name, version, known) -> None:
    assert guideline_said(name, version) == (f"{name} {version}" if known else NOT_KNOWN_HERE)


# -- through the desk ---------------------------------------------------------------------------------
def said_in(document: object) -> str:
    return " ".join(texts(document))


def test_an_outsider_s_sentence_is_not_in_the_ministry_s_letter(desk) -> None:
    """An unsigned package of any region, whose closing office goes on with a sentence of its own."""
    signer = SealSigner(TEAM, "Sekretaris Tim", f"Sekretaris Tim. {SENTENCE}")
    shutil.copy(desk.sealed(CODE, 1, signers=(signer,), open_mandatory=3), desk.inbox / "a.asice")
    desk.read()
    (one,) = desk.listed().values()
    assert one.basis is Basis.CLAIMED
    text = said_in(letter((one,), Desk("Kementerian"), NOW))
    assert "[missing.container_signature]" in text
    assert "3 isian wajib" in text
    assert "mentransfer" not in text


def test_nor_in_a_receipt_for_a_genuine_package(desk) -> None:
    signers = (SealSigner(MAYOR, "Bupati", f"Bupati. {SENTENCE}"),)
    files = (
        SealFile("data.json", "application/json", "data", plan(CODE, 1)),
        SealFile("guideline/tiny.rancang-guideline", "application/zip", "other", pack_bytes()),
        SealFile("surat/pengantar.pdf", "application/pdf", "other", book(), signers),
    )
    desk.close(desk.sealed(CODE, 1, files=files), desk.inbox / "a.asice", key=desk.keys.team)
    desk.read()
    (one,) = desk.listed().values()
    assert one.genuine
    text = said_in(receipt(one, Desk("Kementerian"), NOW, draft=False))
    assert "“surat/pengantar.pdf” belum ditandatangani oleh " in text
    assert "[note.other_office]" in text
    assert "mentransfer" not in text


def test_nor_as_the_version_of_its_guideline(desk) -> None:
    version = f"2021.3. {SENTENCE}"
    named = GuidelinePart(id="tiny", version=version, sha256=sha256(pack_bytes("tiny", version)).hexdigest())
    data = plan(CODE, 1, guideline=named)
    desk.signed(CODE, 1, desk.inbox / "a.asice", guideline_id="tiny", guideline_version=version, data=data)
    desk.read()
    (one,) = desk.listed().values()
    assert not any("mentransfer" in render(each.message, Language.ID) for each in one.reasons)
    text = said_in(receipt(one, Desk("Kementerian"), NOW, draft=False))
    assert "(tidak dikenal di sini)" in text
    with Register(desk.register, read_only=True) as opened:
        text += " ".join(
            str(cell) for sheet in sheets(opened, Language.ID) for row in sheet.rows for cell in row
        )
    assert "mentransfer" not in text


@pytest.mark.slow
def test_nor_on_what_is_printed_of_a_package(desk) -> None:
    version = f"2021.3. {SENTENCE}"
    named = GuidelinePart(id="tiny", version=version, sha256=sha256(pack_bytes("tiny", version)).hexdigest())
    data, path = plan(CODE, 1, guideline=named), desk.inbox / "a.asice"
    desk.signed(CODE, 1, path, guideline_id="tiny", guideline_version=version, data=data)
    anchors = desk.keys.anchors
    with open_package(path) as package:
        papers = [compose_cover(package.manifest, (), Language.ID)]
    papers.append(compose_slip(read_standing(quiet, path, anchors, NOW), Language.ID))
    papers.append(compose_verdicts([verify(path, anchors, NOW)], Language.ID))
    for paper in papers:
        assert "(tidak dikenal di sini)" in said_in(paper)
        assert "mentransfer" not in said_in(paper)


def test_a_region_is_not_told_to_believe_a_root() -> None:
    """That is for whoever verifies."""
    for basis in ANSWERS:
        made = Repeating(entry(basis), None).reason(told("signature.unknown", SENTENCE))
        assert "--trust" not in render(made.message, Language.ID)


def test_what_a_register_says_the_desk_asks_for_is_quoted_too() -> None:
    """A register may come from anybody."""
    message = Message("submission.register.other_guideline", found="tiny 3", wanted=f"tiny {SENTENCE}")
    made = Repeating(entry(Basis.CLAIMED), None).reason(Told("missing", "register.other_guideline", message))
    assert "rekening" not in outside(render(made.message, Language.ID))
    assert "tidak dikenal di sini" in render(made.message, Language.ID)
