"""Archives from elsewhere: whatever is wrong with one is one kind of error, and little is unpacked."""

from __future__ import annotations

import io
import zipfile

import pytest

from desktop.base import archives
from tests.archives import damaged, packed

METHODS = [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


@pytest.mark.parametrize("method", METHODS)
def test_damaged_bytes_are_one_kind_of_error(method):
    with (
        zipfile.ZipFile(io.BytesIO(damaged({"a": b"words " * 900}, "a", method))) as archive,
        pytest.raises(archives.DAMAGED),
    ):
        archives.member(archive, "a", 1 << 20)


@pytest.mark.parametrize("method", METHODS[1:])
def test_what_python_would_unpack_whole_is_not_unpacked(method):
    with zipfile.ZipFile(io.BytesIO(packed({"a": b"0" * 10_000}, method))) as archive:
        for read in (archives.member, archives.beginning):
            with pytest.raises(zipfile.BadZipFile):
                read(archive, "a", 100)


def test_no_more_is_read_than_is_wanted():
    with zipfile.ZipFile(io.BytesIO(packed({"a": b"0123456789"}))) as archive:
        assert archives.member(archive, "a", 10) == b"0123456789"
        assert archives.beginning(archive, "a", 4) == b"0123"
        with pytest.raises(archives.Swollen):
            archives.member(archive, "a", 9)
        with pytest.raises(archives.DAMAGED):
            archives.member(archive, "b", 9)
