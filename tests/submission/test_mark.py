"""A file that is exchanged or written at while it is read gets no verdict, and no hash of something else."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from desktop.base.bounded.limits import LARGEST, STANDARD
from desktop.base.jobs import quiet
from desktop.submission import judge_process, verifying
from desktop.submission.mark import Held
from desktop.submission.task import Setup, Task
from desktop.submission.verdict import Verdict, VerdictKind
from tests.submission.golden import KEPT, anchors
from tests.submission.making import NOW


def exchange(path: Path) -> None:
    other = path.with_name("other")
    other.write_bytes(b"another package")
    other.replace(path)


def write_at(path: Path) -> None:
    before = path.stat()
    data = path.read_bytes()
    path.write_bytes(data[:-1] + b"x")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def there_and_back(path: Path) -> None:
    aside = path.with_name("aside")
    path.replace(aside)
    path.write_bytes(b"another package")
    aside.replace(path)


@pytest.mark.skipif(os.name != "posix", reason="an open file cannot be exchanged on Windows")
@pytest.mark.parametrize("meanwhile", [exchange, write_at, there_and_back, Path.unlink])
def test_what_changes_while_it_is_judged_is_told_as_that(tmp_path, monkeypatch, meanwhile) -> None:
    path = tmp_path / "paket.asice"
    path.write_bytes((KEPT / "signed.asice").read_bytes())

    def judging(*_: object) -> Verdict:
        meanwhile(path)
        return Verdict(VerdictKind.VALID, path.name, ())

    monkeypatch.setattr(verifying, "verify", judging)
    setup = Setup(anchors(), False, None, digest=True)
    verdict = Verdict.from_json(judge_process._work(setup, Task(str(path), NOW, STANDARD))(quiet))
    assert [reason.code for reason in verdict.reasons] == ["file.changed"]
    assert (verdict.kind, verdict.sha256) == (VerdictKind.REFUSED, "")


def test_the_hash_is_that_of_the_file_that_was_held(tmp_path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"one")
    with Held(path) as held:
        assert held.same()
        assert held.sha256() == hashlib.sha256(b"one").hexdigest()
    for nothing in (tmp_path, tmp_path / "gone", Path("\0")):
        with Held(nothing) as held:
            assert (held.same(), held.sha256()) == (True, "")


def test_a_file_of_any_size_costs_no_more_than_the_largest_package(tmp_path) -> None:
    """An empty file can claim a terabyte; its hash would take hours, and its limits would allow them."""
    path = tmp_path / "huge.asice"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with Held(path) as held:
        assert held.sha256() == ""
    assert STANDARD.of(1 << 40) == STANDARD.of(LARGEST)
