"""Makes the package in ``tests/data/package-2``: the first with a fingerprint and an approval sheet.

``python -m tests.submission.golden_sheet FOLDER`` was run once; its keys were thrown away. Words that stand
on paper, and sheets that were signed, must mean the same in every later program.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

from desktop.base.fingerprint import words_of
from desktop.base.jobs import quiet
from desktop.base.resources import resource
from desktop.submission import sign_container, sign_pdfs, verify
from desktop.submission.assembling import seal_workspace
from desktop.trust import Anchors, P12Key, make_test_identity
from tests.submission.golden import told
from tests.submission.making import CHANGED, NOW
from tests.submission.towns import PEOPLE, make_town, pack_by_sheet

KEPT = Path(str(resource("."))).parent / "tests" / "data" / "package-2"


def anchors(folder: Path = KEPT) -> Anchors:
    """The test root of the package."""
    return Anchors().plus(folder / "root.pem")


def main(folder: Path) -> None:
    """Make the package, its root, and the verdict and words of the present program."""
    folder.mkdir(parents=True)
    package = folder / "sheet.asice"
    with tempfile.TemporaryDirectory() as place:
        os.environ |= {"RANCANG_HOME": place, "RANCANG_NOW": CHANGED.isoformat()}
        town = make_town(Path(place), "Rencana", pack_by_sheet())
        seal_workspace(quiet, town, package)
        made = make_test_identity(Path(place) / "keys", PEOPLE, now=NOW)
        shutil.copyfile(made.root, folder / "root.pem")
        keys = {role: P12Key(one.path, one.password) for role, one in made.signers.items()}
        for role in PEOPLE:
            sign_pdfs(quiet, package, package, keys[role], role, anchors(folder), NOW)
        sign_container(quiet, package, package, keys["elder"], "elder", anchors(folder), NOW)
    verdict = verify(package, anchors(folder), NOW)
    assert verdict.package is not None
    fingerprint = verdict.package.fingerprint
    kept = {**told(verdict), "fingerprint": fingerprint, "words": list(words_of(fingerprint))}
    (folder / "verdict.json").write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
