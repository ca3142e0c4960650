"""What an examining process hands back: everything of it, and nothing else."""

from __future__ import annotations

import json
import pickle

import pytest

from desktop.submission.register.examine import examiner
from desktop.submission.register.wire import packed, unpacked
from tests.submission.register.many import NOW, Country


@pytest.fixture(scope="module")
def examined(tmp_path_factory):
    country = Country(tmp_path_factory.mktemp("country") / "inbox")
    country.signed("18.07", 1, country.inbox / "a.asice")
    country.region_differs("18.08", 1, country.inbox / "b.asice")
    country.stranger("35.07", 1, country.inbox / "c.asice")
    (country.inbox / "d.pdf").write_bytes(b"%PDF-1.7 x")
    do = examiner(country.keys.anchors, NOW, frozenset()).do
    return [do(each) for each in (*sorted(country.inbox.iterdir()), country.inbox / "none")]


def test_everything_comes_back_as_it_was(examined):
    assert [unpacked(each.path, packed(each)) for each in examined] == examined
    assert examined[0].extract.plan is not None


def test_what_is_no_result_is_refused(examined):
    good = json.loads(packed(examined[0]))
    for changes in (
        {"sha256": "../../x"},
        {"sort": "many"},
        {"mark": {"size": 1 << 80, "mtime_ns": 0, "inode": ""}},
        {"verdict": 5},
        {"plan": {"title": "x"}},
        {"reasons": [5]},
        {"problem": []},
    ):
        with pytest.raises(ValueError):  # noqa: PT011 - of any kind
            unpacked(examined[0].path, json.dumps({**good, **changes}).encode())
    for said in (b"", b"[]", pickle.dumps(examined[0])):
        with pytest.raises(ValueError):  # noqa: PT011 - of any kind
            unpacked(examined[0].path, said)
