"""Another guideline, another shape: the same commands carry a workspace of it to a valid package.

Seven dimensions, two books, a scale of five, other forms and worksheets, some texts in Indonesian only;
nothing in the code knows any of it.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop.base import clock
from desktop.cli.main import run
from desktop.trust import make_test_identity

TINY = Path(__file__).parents[1] / "data" / "tiny-pack"
DIMENSIONS = {
    "air": ("Sumur bersih warga", "Clean wells"),
    "udara": ("Kebun penyaring udara", "Gardens that clean the air"),
    "tanah": ("Bank tanah subur", "Fertile soil bank"),
    "api": ("Listrik surya balai warga", "Solar power for halls"),
    "orang": ("Kelas membaca malam", "Evening reading class"),
    "waktu": ("Antrean layanan daring", "Queueing from home"),
    "ruang": ("Ruang bermain bersama", "Shared play space"),
}
SERVICE = "Warga lebih cepat dilayani di balai kota"


class Town:
    """The workspace, and the commands called on it."""

    def __init__(self, path: Path, capsys) -> None:
        self.path = path
        self._capsys = capsys

    def __call__(self, verb: str, *words: object, code: int = 0) -> list[dict[str, Any]]:
        self._capsys.readouterr()
        found = run([verb, str(self.path), *map(str, words), "--json"])
        out = self._capsys.readouterr().out
        records = [json.loads(line) for line in out.splitlines()]
        assert found == code, [(verb, *words), *(each.get("text", each) for each in records)]
        return records


@pytest.fixture
def town(tmp_path: Path, capsys) -> Town:
    town = Town(tmp_path / "town.rancang", capsys)
    town("new", "--region", "18.07", "--years", "2026-2029", "--guideline", TINY, "--title", "Kota Bahagia")
    return town


def fill(town: Town, folder: Path) -> None:
    """Answer what the guideline asks, with commands."""
    for code, (name, english) in enumerate(
        [("Dinas Air", "Water office"), ("Dinas Warga", "People office")], 1
    ):
        town("row", "agency", f"code={code}", f"name={name}", f"name.en={english}", f"short_name=D{code}")
    town("row", "person", "name=Contoh Wali Kota", "role=mayor", "office=Wali Kota", "office.en=Mayor")
    town("row", "person", "name=Contoh Tetua", "role=elder", "office=Tetua", "office.en=Elder")
    letter = folder / "hitungan pohon.pdf"
    letter.write_bytes(b"%PDF-1.4 contoh")
    for item, value in {
        "town.mayor": "Contoh Wali Kota",
        "town.trees": "12.345",
        "town.rain": "2.750,5",
        "town.cash": "Rp 5.000.000",
        "town.happy": "ya",
        "town.mood": "Gembira",
        "town.tools": "Cangkul; Jala",
        "town.first": "Air",
        "town.office": "D1",
        "town.words": "Selamat datang di kota kami yang ramah dan hijau.",
        "oath.text": "Kami berjanji menanam satu pohon setiap hari.",
    }.items():
        town("set", item, value)
    town("set", "town.words", "Welcome to our friendly and green town.", "--text", "en")
    town("set", "oath.text", "We promise to plant a tree a day.", "--text", "en")
    town(
        "evidence",
        letter,
        "--caption",
        "Hitungan pohon 2026",
        "--caption-en",
        "Tree count 2026",
        "--for",
        "town.trees",
    )
    for number, row in enumerate(("left", "right", "mind", "heart"), 2):
        text = f"Keadaan nomor {number} sudah diperiksa bersama warga."
        english = f"Condition {number} was checked together with citizens."
        town("row", "ready", "--fixed", row, f"level=s{number}", f"state={text}", f"state.en={english}")
        town("evidence", "--of", "1", "--for", "ready.level", "--about", row)
    for wish, english in (("Taman bermain", "A playground"), ("Air mancur", "A fountain")):
        town("row", "wishes", f"wish={wish}", f"wish.en={english}", "by=Warga", "cost=1000", "--agency", "D1")
    for number, (dimension, (title, english)) in enumerate(DIMENSIONS.items(), 1):
        programme(town, f"T-{number:03d}", dimension, title, english)
    for chapter in ("A.start", "A.ready", "B.plan"):
        town("set", f"chapter.{chapter}", f"Bagian {chapter} menceritakan keadaan kota dan rencana warganya.")
        town(
            "set",
            f"chapter.{chapter}",
            f"Part {chapter} tells of the town and what its people plan.",
            "--text",
            "en",
        )


def programme(town: Town, code: str, dimension: str, title: str, english: str) -> None:
    texts = [f"service={SERVICE}", "service.en=Citizens are served sooner at the town hall"]
    texts += ["before=Warga datang tiga kali", "before.en=Citizens come three times"]
    texts += ["after=Warga cukup datang sekali", "after.en=Citizens come once"]
    texts += ["served=Semua warga kota", "served.en=All citizens", "place=Balai kota", "place.en=Town hall"]
    quick = (
        ["quick_win=ya", "quick_win.joy=Warga senang", "quick_win.joy.en=Citizens are glad"]
        if code == "T-001"
        else []
    )
    years = ["start_year=2026", "end_year=2027"]
    names = [f"code={code}", f"title={title}", f"title.en={english}", f"dimension={dimension}", "lead=D2"]
    town("programme", "add", *names, *texts, *years, *quick)
    for year in ("2026", "2027"):
        town("programme", "budget", code, year, "purse", "indicative=1.500.000")
    measured = ["name=Warga terlayani", "name.en=Citizens served", "unit=orang", "direction=up"]
    (made,) = town("programme", "indicator", code, *measured, "baseline=100", "baseline_year=2025")
    for year, value in (("2026", "150"), ("2027", "200")):
        town("programme", "target", made["row"][-8:], year, value)


@pytest.mark.slow
def test_from_an_empty_file_to_a_valid_package(town: Town, tmp_path: Path, capsys, tool) -> None:
    fill(town, tmp_path)
    findings = town("check", code=0)
    assert [each["text"] for each in findings if each.get("list") == "mandatory"] == []
    books = town("books", "--output", tmp_path / "books", "--book-language", "id", "--book-language", "en")
    assert [(each["book"], each["language"], each["draft"]) for each in books] == [
        (book, language, False) for book in ("look", "do") for language in ("id", "en")
    ]
    for book in books:
        text = subprocess.run(
            [tool("pdftotext"), book["file"], "-"], capture_output=True, text=True, check=True
        ).stdout
        assert not re.search(r"\bDRAFT?\b", text)
        assert "Kabupaten Lampung Timur" in text
    package = tmp_path / "package.asice"
    town("seal", package, "--book-language", "id", "--book-language", "en")
    town("seal", tmp_path / "again.asice", "--book-language", "id", "--book-language", "en")
    assert package.read_bytes() == (tmp_path / "again.asice").read_bytes()
    sign_and_verify(package, tmp_path, capsys)


def sign_and_verify(package: Path, folder: Path, capsys) -> None:
    roles = {"mayor": "Contoh Wali Kota", "elder": "Contoh Tetua"}
    identity = make_test_identity(folder / "id", roles, "rahasia", now=clock.now())
    (folder / "password").write_text("rahasia\n", encoding="utf-8")
    secret = ["--password-file", str(folder / "password"), "--trust", str(identity.root)]
    sealed = shutil.copyfile(package, folder / "sealed.asice")
    call = _caller(capsys)
    for role in roles:
        assert call("sign", package, "--role", role, "--p12", identity.signers[role].path, *secret)[0] == 0
    closing = ("sign", package, "--container", "--p12", identity.signers["elder"].path, *secret)
    assert call(*closing)[0] == 0
    code, (verdict,) = call("verify", package, "--trust", identity.root)
    assert (code, verdict["verdict"]) == (0, "valid-with-notes"), verdict
    assert {(each["file"], each["role"]) for each in verdict["signatures"]} == {
        ("", "elder"),
        ("books/look.id.pdf", "mayor"),
        ("books/do.id.pdf", "mayor"),
        ("books/do.id.pdf", "elder"),
    }
    code, verdicts = call("verify", sealed, package, "--trust", identity.root)
    judged = [each["verdict"] for each in verdicts if each["kind"] == "verdict"]
    assert (code, judged) == (1, ["sealed", "valid-with-notes"])


def _caller(capsys) -> Callable[..., tuple[int, list[dict[str, Any]]]]:
    def call(*words: object) -> tuple[int, list[dict[str, Any]]]:
        capsys.readouterr()
        code = run([*map(str, words), "--json"])
        return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return call
