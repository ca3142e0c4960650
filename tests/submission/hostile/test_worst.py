"""Files that cost too much: each reader ends early on its own, and in bounds whatever comes."""

from __future__ import annotations

import io
import sys
import time
import zlib

import pytest

from desktop.base.bounded.limits import STANDARD
from desktop.submission import VerdictKind, verify
from desktop.submission.bounded import judge
from desktop.submission.frame.container import open_package
from desktop.submission.judging import MOST_OF_A_CODE
from desktop.submission.pdf.extent import check_extent
from desktop.submission.refusal import Refused, code_of
from desktop.submission.verdict import Weight
from tests.effort import effort
from tests.submission.hostile.ground import ANCHORS, NOW, Ground
from tests.submission.hostile.worst import MB, WORST
from tests.submission.making import PHOTO

SLOW_TO_MAKE = ("our format", "zip: ten thousand", "xml: ten thousand", "zip: ratio")


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Ground:
    return Ground(tmp_path_factory.mktemp("worst"))


@pytest.mark.parametrize("name", [one for one in WORST if not one.startswith(SLOW_TO_MAKE)])
def test_two_megabytes_cost_little(name, ground, tmp_path) -> None:
    path = tmp_path / "x.asice"
    path.write_bytes(WORST[name](ground, 2 * MB))
    found = []
    assert effort(lambda: found.append(verify(path, ANCHORS, NOW, any_=True)), 1_500) < 1_500
    assert found[0].kind is not VerdictKind.VALID


@pytest.mark.slow
@pytest.mark.parametrize("name", WORST)
def test_fifty_megabytes_end_in_bounds(name, ground, tmp_path) -> None:
    path = tmp_path / "x.asice"
    path.write_bytes(WORST[name](ground, 50 * MB))
    started = time.perf_counter()
    verdict = judge(path, ANCHORS, NOW)
    seconds = time.perf_counter() - started
    code = verdict.reasons[0].code if verdict.reasons else ""
    sys.stdout.write(f"{name}: {path.stat().st_size / MB:.0f} MB, {seconds:.1f} s, {code}\n")
    assert verdict.kind is not VerdictKind.VALID
    # The clock of a busy computer goes on while the process waits; the limit is of its own work.
    assert seconds < STANDARD.seconds * 6


def test_files_of_more_than_a_megabyte_are_read_whole(ground, tmp_path) -> None:
    """A list of contents as long is one of thousands of files (test_hogs)."""
    path = tmp_path / "x.asice"
    photo = bytes(range(256)) * (3 << 12)
    path.write_bytes(ground.forged(lambda files: files.__setitem__(PHOTO, photo)))
    with open_package(path) as package:
        assert package.read(PHOTO) == photo


@pytest.mark.slow
def test_reasons_end_somewhere(ground, tmp_path) -> None:
    path = tmp_path / "x.asice"
    path.write_bytes(WORST["our format: signers without number"](ground, MB))
    verdict = verify(path, ANCHORS, NOW)
    assert verdict.kind is not VerdictKind.VALID
    assert len(verdict.reasons) <= MOST_OF_A_CODE[Weight.MISSING] + 4


def extent(data: bytes) -> str:
    try:
        check_extent(io.BytesIO(data), "buku")
    except Refused as error:
        return code_of(error.message)
    return "good"


def test_the_extent_of_a_pdf() -> None:
    picture = b"1 0 obj<</Length 9>>stream\n" + bytes(9 * MB) + b"endstream endobj\n"
    packed = b"1 0 obj<<>>stream\r\n" + zlib.compress(bytes(MB)) + b"x" * 3 * MB + b"\nendstream endobj "
    many = b"1 0 obj [ 1 2 3 ] endobj\n"
    assert extent(b"%PDF-1.7\n" + picture * 3 + packed + many * 1000) == "good"
    assert extent(b"%PDF-1.7\n" + b"startxref /Prev " * 30) == "good"
    for too_much in (
        many * 400_000,
        b"1 0 obj [" + b"1 " * MB + b"] endobj",
        b"1 0 obj " + b"9" * 200_000 + b" endobj",
        b"startxref\n0\n%%EOF\n" * 500,
        b"<</Prev 1>>" * 500,
        picture + b"/" + b"A" * 200_000,
    ):
        assert extent(b"%PDF-1.7\n" + too_much) == "pdf.too_complex"
