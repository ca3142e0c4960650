"""The words of the glossary: what may not be said on screen or paper, and how it is punctuated."""

import json
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = sorted((ROOT / "i18n").glob("*/LC_MESSAGES/*.po"))
TEXTS = sorted(
    [
        *(ROOT / "resources/guidelines").glob("*/*.json"),
        *(ROOT / "resources/demo").glob("*.json"),
        *(ROOT / "resources/help").glob("*/*.md"),
    ]
)

# Indonesian words that are not ours, and what to say instead.
INSTEAD = {
    r"temuan(?:nya)?": "catatan pemeriksaan",
    r"(?:ber)?konflik\w*": "isian berbeda",
    r"(?:(?:di|ter)?segel|menyegel|penyegel)\w*": "Kunci dokumen",
    r"(?:me)?replika\w*": "salinan kerja",
    r"\w*sinkron\w*": "gabungkan",
    r"(?<!\()(?<!Bagikan ke )OPD": "perangkat daerah",
    r"notulen": "notula",
    r"sumber dana": "sumber pendanaan",
    r"nota kesepahaman": "nota kesepakatan",
    r"flash ?disk\w*": "diska lepas",
    r"papan tik": "papan ketik",
    r"dikomentari": "diberi catatan",
    r"(?<!-)file": "berkas",
    r"e-?mail": "surel",
    r"mouse": "tetikus",
}
WRITES_JSON = {"guideline.remedy.texts"}  # shows what to type in a pack, where quotes are straight
WRITES_YEARS = {"cli.bad_years"}  # shows what to type at the prompt


def sentences(path):
    """Key, language and text of every sentence of a catalogue, a guideline pack, the demo or the help."""
    if path.suffix == ".md":
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield f"{path.name} {number}", path.parent.name, re.sub(r"`[^`]*`", "", line)
        return
    if path.suffix == ".json":
        yield from values(json.loads(path.read_text(encoding="utf-8")), "", "")
        return
    language = path.parents[1].name
    with path.open("rb") as file:
        entries = [entry for entry in read_po(file, locale=language) if entry.id]
    for entry in entries:
        key = entry.id[0] if isinstance(entry.id, tuple) else entry.id
        for text in entry.string if isinstance(entry.string, (tuple, list)) else [entry.string]:
            yield key, language, text


def values(node, key, language):
    if isinstance(node, dict):
        for name, value in node.items():
            yield from values(value, f"{key}.{name}", name if name in ("id", "en") else language)
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from values(value, f"{key}.{number}", language)
    elif isinstance(node, str):
        yield key, language, re.sub(r"<[^>]*>", "", node)


@pytest.mark.parametrize("path", [*CATALOGUES, *TEXTS], ids=lambda path: str(path.relative_to(ROOT)))
def test_words_and_signs(path):
    faults = []
    for key, language, text in sentences(path):
        if '"' in text and key not in WRITES_JSON:
            faults.append(f"{key}: straight quotes, write “…”")
        if re.search(r"\b20\d\d-20\d\d\b", text) and key not in WRITES_YEARS:
            faults.append(f"{key}: years run from first–last with an en dash")
        if re.search(r"[A-Za-z}]'[a-z ]", text):
            faults.append(f"{key}: straight apostrophe, write ’")
        if language == "en":
            if re.search(r"\bremarks?\b", text):
                faults.append(f"{key}: say “finding” or “comment”: {text}")
            continue
        for wrong, right in INSTEAD.items():
            if re.search(rf"\b(?:{wrong})\b", re.sub(r"\{\w+\}", "", text), re.IGNORECASE):
                faults.append(f"{key}: say “{right}”: {text}")
    assert faults == []


def test_the_forbidden_words_would_be_found():
    caught = ["Temuan", "konflik", "disegel", "penyegelan", "replikanya", "disinkronkan", "semua OPD"]
    spared = ["pertemuan", "ditemukan", "perangkat daerah (OPD)", "Bagikan ke OPD", "terkunci", "pendanaan"]

    def found(text):
        return any(re.search(rf"\b(?:{wrong})\b", text, re.IGNORECASE) for wrong in INSTEAD)

    assert [found(text) for text in caught] == [True] * len(caught)
    assert [found(text) for text in spared] == [False] * len(spared)
