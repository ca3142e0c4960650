"""What speaks against a package that another one names as the one before."""

from __future__ import annotations

from desktop.base.jobs import quiet
from desktop.submission import seal, sign_container, verify
from desktop.submission.container import open_package
from desktop.submission.mark import open_sha256
from desktop.submission.replaced import closed_before, doubt_about
from tests.submission.making import NOW, TEAM, seal_named


def test_it_was_closed_by_whom_it_asks(stage, tmp_path) -> None:
    """There are tens of thousands of certified officials: anybody may carry it and close it for himself."""
    for holder, told in (("Contoh Tim", None), ("Budi", "submission.replaces.not_asked")):
        path = tmp_path / f"{holder}.asice"
        seal(quiet, seal_named({TEAM: holder}), path)
        found = doubt_about(path.name, verify(path, stage.anchors, NOW))
        assert found is not None
        assert found.id == "submission.replaces.open"
        sign_container(quiet, path, path, stage.key(TEAM), TEAM, stage.anchors, NOW, other_holder=True)
        found = doubt_about(path.name, verify(path, stage.anchors, NOW))
        assert (found.id if found else None) == told
        with open_package(path) as source:
            named = closed_before(source, stage.anchors, NOW)
            assert named == (None if told else open_sha256(source.file, path.stat().st_size))
