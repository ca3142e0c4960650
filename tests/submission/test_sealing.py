"""Sealing: the same bytes every time, an identity that survives signing, names that fool nobody."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import rfc8785

from desktop.base import Cancelled, Message
from desktop.base.errors import FileProblem
from desktop.base.jobs import quiet
from desktop.base.resources import resource
from desktop.submission import CannotSeal, SealFile, SealSigner, StampBox, seal
from desktop.submission.manifest import NAME, Manifest
from desktop.submission.pdf.fields import NoPlaceToSign
from desktop.workspace.plan_data_form import Data, schema_text
from tests.submission import tamper
from tests.submission.making import BOOK, CHANGED, DATA, MAYOR, PHOTO, SECRETARY, draw_pdf, seal_input


def test_the_same_bytes_twice_wherever_and_whenever(stage, tmp_path) -> None:
    """In another process, time zone, language and hash seed, from a file instead of bytes."""
    script = (
        "import sys; from pathlib import Path; from desktop.base.jobs import quiet;"
        "from desktop.submission import seal; from tests.submission.making import seal_input;"
        "seal(quiet, seal_input(), Path(sys.argv[1]))"
    )
    target = tmp_path / "lain.asice"
    environment = {
        **os.environ,
        "TZ": "Asia/Jayapura",
        "PYTHONHASHSEED": "77",
        "LC_ALL": "C",
        "PYTHONPATH": ".",
    }
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", script, str(target)], check=True, cwd=root, env=environment)
    assert target.read_bytes() == stage.sealed.read_bytes()
    photo = tmp_path / "foto.jpg"
    what = seal_input()
    photo.write_bytes(what.files[2].content)
    files = (dataclasses.replace(what.files[2], content=photo), *what.files[:2])
    seal(quiet, dataclasses.replace(what, files=files), target)
    assert target.read_bytes() == stage.sealed.read_bytes()


def test_the_manifest_says_everything_in_canonical_form(stage) -> None:
    files, manifest = tamper.read(stage.sealed)
    told = json.loads(files[NAME])
    assert rfc8785.dumps(told) == files[NAME]
    jsonschema.validate(told, json.loads(resource("schemas", "manifest.schema.json").read_text("utf-8")))
    assert told["created_at"] == CHANGED.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert [file["path"] for file in told["files"]] == sorted([BOOK, DATA, PHOTO], key=str.encode)
    assert manifest.moment == CHANGED
    book = next(file for file in manifest.files if file.path == BOOK)
    assert [one.role for one in book.signers] == [MAYOR, SECRETARY]
    assert book.sha256 == hashlib.sha256(files[BOOK]).hexdigest()


def test_the_identity_survives_signatures_but_no_change(stage, tmp_path) -> None:
    sealed, half, signed = (tamper.read(path)[1] for path in (stage.sealed, stage.half, stage.signed))
    assert sealed.id == half.id == signed.id
    other = seal(quiet, seal_input(open_mandatory=1), tmp_path / "x.asice")
    assert other.id != sealed.id
    later = seal(quiet, seal_input(changed_at=CHANGED + dt.timedelta(seconds=1)), tmp_path / "x.asice")
    assert later.id not in {sealed.id, other.id}
    previous = seal(quiet, seal_input(previous="ab" * 32), tmp_path / "x.asice")
    assert previous.id == sealed.id
    assert tamper.read(tmp_path / "x.asice")[1].previous == "ab" * 32


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("../keluar.pdf", "submission.name.path"),
        ("mimetype", "submission.name.reserved"),
        ("Manifest.json", "submission.name.reserved"),
        ("meta-inf/x", "submission.name.reserved"),
        ("META-INF", "submission.name.reserved"),
        (DATA.upper(), "submission.name.twice"),
        ("CON.pdf", "submission.name.device"),
    ],
)
def test_names_that_cannot_be_sealed(tmp_path, path, code) -> None:
    files = (*seal_input().files[1:], SealFile(path, "text/plain", "other", b""))
    with pytest.raises(CannotSeal) as caught:
        seal(quiet, seal_input(files=files), tmp_path / "x.asice")
    assert caught.value.message.params["reason"].id == code
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_signed_is_not_sealed_as_such(tmp_path) -> None:
    target = tmp_path / "x.asice"

    def attempt(data: bytes, kind: str, *signers: SealSigner) -> None:
        seal(quiet, seal_input(files=(SealFile("a", kind, "book", data, signers),)), target)

    with pytest.raises(CannotSeal):
        attempt(b"teks", "text/plain", SealSigner(MAYOR))
    with pytest.raises(CannotSeal):
        attempt(draw_pdf(), "application/pdf", SealSigner(MAYOR), SealSigner(MAYOR))
    with pytest.raises(NoPlaceToSign):
        attempt(b"bukan pdf", "application/pdf", SealSigner(MAYOR))
    with pytest.raises(NoPlaceToSign):
        attempt(draw_pdf(), "application/pdf", SealSigner(MAYOR, box=StampBox(9, 0, 0, 100, 50)))
    with pytest.raises(NoPlaceToSign):
        attempt(draw_pdf(), "application/pdf", SealSigner(MAYOR, box=StampBox(0, 100, 0, 50, 50)))
    with pytest.raises(FileProblem):
        seal(quiet, seal_input(files=(SealFile("a", "text/plain", "other", tmp_path / "tidak-ada"),)), target)
    with pytest.raises(FileProblem):
        seal(quiet, seal_input(), tmp_path / "tidak" / "ada.asice")
    assert not list(tmp_path.iterdir())


def test_a_cancelled_seal_leaves_what_was_there(tmp_path) -> None:
    target = tmp_path / "x.asice"
    target.write_bytes(b"lama")

    def stop(done: int, total: int, message: Message) -> None:
        if done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        seal(stop, seal_input(), target)
    assert target.read_bytes() == b"lama"
    assert [one.name for one in tmp_path.iterdir()] == ["x.asice"]


@pytest.mark.parametrize(
    ("file", "kind", "title"),
    [
        ("manifest.schema.json", Manifest, "manifest.json of a Rancang package, version 1"),
        ("data.schema.json", Data, "data.json of a Rancang package, version 2"),
    ],
)
def test_published_schemas_are_those_of_the_types(file, kind, title) -> None:
    published = resource("schemas", file).read_text("utf-8")
    assert published == schema_text(kind, title)
    jsonschema.Draft202012Validator.check_schema(json.loads(published))


def test_nothing_is_sealed_that_every_verification_would_refuse(tmp_path):
    target = tmp_path / "x.asice"
    with pytest.raises(CannotSeal):
        seal(quiet, seal_input(files=(SealFile("a.bin", "x" * 200_000, "evidence", b"isi"),)), target)
    assert not list(tmp_path.iterdir())
