"""Makes the packages in ``tests/data/package-1``, which every later program has to judge as this one did.

``python -m tests.submission.golden FOLDER`` was run once; its keys were thrown away. A later format gets a
folder of its own (``package-2``), and this one stays.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding

from desktop.base.jobs import quiet
from desktop.base.resources import resource
from desktop.submission import Verdict, seal, sign_container, sign_pdfs, verify
from desktop.trust import Anchors
from desktop.trust.anchors import AnchorKind, read_anchor_file
from tests.submission.making import MAYOR, NOW, SECRETARY, TEAM, make_stage, seal_input
from tests.trust import pki

KEPT = Path(str(resource("."))).parent / "tests" / "data" / "package-1"
PACKAGES = ("sealed", "half", "signed", "certified")
"""Locked only; with the mayor's signature; signed by all with test identities; signed by all, certified."""


def anchors(folder: Path = KEPT) -> Anchors:
    """Whom to believe: the test roots, and one that stands for a recognised authority."""
    certified = read_anchor_file(folder / "root-certified.pem", AnchorKind.CERTIFIED)
    return Anchors(tuple(certified)).plus(folder / "root-rsa.pem", folder / "root-ec.pem")


def told(verdict: Verdict) -> dict[str, Any]:
    """What must stay the same of a verdict: the answer, the codes, who signed, and which package."""
    return {
        "verdict": verdict.kind.value,
        "reasons": [[one.weight.value, one.code] for one in verdict.reasons],
        "signatures": [
            [one.file, one.role, one.holder, one.certificate, str(one.claimed_at), one.test, one.anchor]
            for one in verdict.signatures
        ],
        "package": verdict.package.id if verdict.package else None,
    }


class _Key:
    """A key in memory."""

    def __init__(self, signer: Any) -> None:
        self.signer = signer

    def open(self) -> contextlib.AbstractContextManager[Any]:
        """The signer, nothing to close."""
        return contextlib.nullcontext(self.signer)


def _certified(folder: Path) -> None:
    root = pki.make("Induk", ca=True)
    issuer = pki.make("Penerbit", root, ca=True, length=0)
    (folder / "root-certified.pem").write_bytes(root.certificate.public_bytes(Encoding.PEM))
    believed, path = pki.believe(root), folder / "certified.asice"
    seal(quiet, seal_input(), path)
    names = {MAYOR: "Contoh Bupati", SECRETARY: "Contoh Sekda", TEAM: "Contoh Tim"}
    keys = {role: _Key(pki.make(name, issuer).signer(issuer, root)) for role, name in names.items()}
    for role in (MAYOR, SECRETARY):
        sign_pdfs(quiet, path, path, keys[role], role, believed, NOW, other_holder=True)
    sign_container(quiet, path, path, keys[TEAM], TEAM, believed, NOW, other_holder=True)


def main(folder: Path) -> None:
    """Make the packages, their roots and the verdicts of the present program."""
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as place:
        stage = make_stage(Path(place))
        for name in ("sealed", "half", "signed"):
            shutil.copy(Path(place) / f"{name}.asice", folder)
        shutil.copy(stage.rsa.root, folder / "root-rsa.pem")
        shutil.copy(stage.ec.root, folder / "root-ec.pem")
    _certified(folder)
    verdicts = {name: told(verify(folder / f"{name}.asice", anchors(folder), NOW)) for name in PACKAGES}
    (folder / "verdicts.json").write_text(json.dumps(verdicts, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
