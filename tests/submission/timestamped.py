"""Packages whose signers have an authority that can be asked, and what is done to them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.base import Language, render
from desktop.base.jobs import quiet
from desktop.submission import (
    Verdict,
    VerdictKind,
    Weight,
    seal,
    sign_container,
    sign_pdfs,
    verify,
)
from desktop.submission.extending import extend
from desktop.submission.frame.container import data_files
from desktop.submission.own import parts_of, read_own_signature
from desktop.submission.xades.writing import write_xades
from desktop.trust.anchors import AnchorClass, Anchors
from desktop.trust.online import Limits
from desktop.trust.timeservice import TimeService, request_timestamp
from desktop.trust.timestamps import plain_token
from tests.authority import NOW, Authority, running
from tests.submission import tamper
from tests.submission.making import MAYOR, SECRETARY, TEAM, seal_input

SIGNATURE = "META-INF/signatures0.xml"
DAY = dt.timedelta(days=1)
LIMITS = Limits(connect=30, total=60)


@dataclass(frozen=True)
class Scene:
    """Packages whose signers have an authority that can be asked."""

    authority: Authority
    anchors: Anchors
    half: Path
    """The documents are signed, the container is not."""
    signed: Path
    stamped: Path
    """B-T."""
    whole: Path
    """B-LT."""

    def service(self, address: str = "") -> TimeService:
        return TimeService(address or self.authority.tsa(), limits=LIMITS)

    def extend(self, package: Path, target: Path, level: str = "t", address: str = "", now=NOW):
        return extend(quiet, package, target, self.service(address), level, self.anchors, now)

    def ask(self, path: Path, now: dt.datetime = NOW, anchors: Anchors | None = None) -> Verdict:
        return verify(path, anchors or self.anchors, now)

    def container(self, name: str, path: Path) -> Path:
        """A package of data alone, signed by somebody."""
        seal(quiet, seal_input(files=seal_input().files[1:]), path)
        sign_container(
            quiet, path, path, self.authority.key(name), TEAM, self.anchors, NOW, other_holder=True
        )
        return path


@contextmanager
def made_scene(folder: Path) -> Iterator[Scene]:
    """The packages in every state, and their authority at work."""
    with running(folder) as authority:
        anchors = Anchors().plus(*authority.pem("root"))
        anchors = anchors.plus(*authority.pem("time-root"), purpose=AnchorClass.TIMESTAMP)
        # as if they had been compared and kept
        anchors = Anchors(tuple(dataclasses.replace(one, passing=False) for one in anchors.anchors))
        half, signed, stamped, whole = (folder / f"{name}.asice" for name in ("half", "signed", "t", "lt"))
        seal(quiet, seal_input(), half)
        for role in (MAYOR, SECRETARY):
            sign_pdfs(quiet, half, half, authority.key(role), role, anchors, NOW, other_holder=True)
        sign_container(quiet, half, signed, authority.key(TEAM), TEAM, anchors, NOW, other_holder=True)
        scene = Scene(authority, anchors, half, signed, stamped, whole)
        scene.extend(signed, stamped)
        scene.extend(signed, whole, "lt")
        yield scene


def codes(verdict: Verdict, weight: Weight = Weight.NOTE) -> list[str]:
    for reason in verdict.reasons:
        for language in Language:
            sentence = render(reason.message, language)
            assert "submission." not in sentence
            assert "trust." not in sentence
    return [reason.code for reason in verdict.reasons if reason.weight is weight]


def refused(verdict: Verdict) -> str:
    assert verdict.kind is VerdictKind.REFUSED
    (code,) = codes(verdict, Weight.REFUSAL)
    return code


def proven(verdict: Verdict) -> list[tuple[dt.datetime | None, str, bool]]:
    return [(one.proven_at, one.proven_by, one.revocation) for one in verdict.signatures]


def stamped_anew(scene: Scene, package: Path, target: Path, token: bytes, **attached: object) -> Path:
    """The package with other things attached than we would attach."""
    files, manifest = tamper.read(package)
    covered = data_files(manifest)
    found = read_own_signature(files[SIGNATURE], 0, covered)
    parts = parts_of(found, 0)
    parts = replace(parts, attached=replace(parts.attached, tokens=(token,), **attached))
    return tamper.write({**files, SIGNATURE: write_xades(parts, covered, found.value)}, manifest, target)


def token(scene: Scene, package: Path, name: str = "tsa", at: dt.datetime = NOW, about: bytes = b"") -> bytes:
    """A token over a package's signature by one of the authorities, believed or not."""
    from desktop.submission.xades.writing import stamped_bytes

    files, manifest = tamper.read(package)
    found = read_own_signature(files[SIGNATURE], 0, data_files(manifest))
    digest = hashlib.sha256(about or stamped_bytes(parts_of(found, 0), found.value)).digest()
    roots = scene.authority.pem("time-root", "strange-root")
    believed = Anchors().plus(*roots, purpose=AnchorClass.TIMESTAMP)
    service = TimeService(scene.authority.tsa(name), limits=LIMITS)
    with scene.authority.clock(at):
        return plain_token(request_timestamp(service, digest, believed, at, lambda: None).token)


def token_of_no_clock(scene: Scene, name: str) -> bytes:
    """By one whose certificate has ended, or that is no clock's: asked without believing anybody."""
    import urllib.request

    from asn1crypto import tsp

    from desktop.submission.xades.writing import stamped_bytes

    files, manifest = tamper.read(scene.signed)
    found = read_own_signature(files[SIGNATURE], 0, data_files(manifest))
    digest = hashlib.sha256(stamped_bytes(parts_of(found, 0), found.value)).digest()
    imprint = {"hash_algorithm": {"algorithm": "sha256"}, "hashed_message": digest}
    request = tsp.TimeStampReq({"version": "v1", "message_imprint": imprint, "cert_req": True})
    query = urllib.request.Request(
        scene.authority.tsa(name), request.dump(), {"Content-Type": "application/timestamp-query"}
    )
    with urllib.request.urlopen(query, timeout=60) as answer:
        return plain_token(tsp.TimeStampResp.load(answer.read())["time_stamp_token"].dump())


def with_store(book: bytes, key: str, values: list[bytes]) -> bytes:
    """The document with something of one's own kept in its store."""
    import io

    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(book))
    streams = [writer.add_object(generic.StreamObject(stream_data=value)) for value in values]
    store = generic.DictionaryObject({generic.NameObject(key): generic.ArrayObject(streams)})
    writer.root["/DSS"] = writer.add_object(store)
    writer.update_root()
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def foreign(scene: Scene, target: Path, change=lambda text: text) -> Verdict:
    """A container of another program with a timestamp and answers, its signature file changed."""
    from desktop.submission.xades.writing import sign_xades
    from tests.submission.test_foreign import FILES, container

    with scene.authority.key("team").open() as signer:
        signature = sign_xades(FILES, signer, 0, NOW, ())
    found = read_own_signature(signature, 0, FILES)
    parts = parts_of(found, 0)
    from desktop.submission.xades.writing import stamped_bytes

    digest = hashlib.sha256(stamped_bytes(parts, found.value)).digest()
    stamp = request_timestamp(scene.service(), digest, scene.anchors, NOW, lambda: None)
    answers = (scene.authority.answer("team", "interm"),)
    attached = replace(parts.attached, tokens=(stamp.token,), answers=answers)
    text = write_xades(replace(parts, attached=attached), FILES, found.value).decode()
    return verify(container(target.parent, change(text).encode()), scene.anchors, NOW, any_=True)
