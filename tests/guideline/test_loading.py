from pathlib import Path

import pytest

from desktop.base.errors import FileProblem
from desktop.guideline import load_pack, open_pack, write_pack
from desktop.guideline.container import write_zip

TINY = Path(__file__).parents[1] / "data" / "tiny-pack"


def test_a_folder_and_its_zip_say_the_same():
    packed = write_pack(TINY)
    assert load_pack(packed) == load_pack(TINY)
    assert load_pack(TINY).pack.id == "tiny"


def test_the_same_pack_gives_the_same_bytes():
    packed = write_pack(TINY)
    assert packed == write_pack(TINY) == write_pack(packed) == write_pack(load_pack(packed))


def test_a_pack_is_read_from_a_file(tmp_path):
    file = tmp_path / "tiny.rancang-guideline"
    file.write_bytes(write_pack(TINY))
    assert load_pack(file) == load_pack(str(file)) == load_pack(TINY)


def test_a_missing_file_is_said_by_name(tmp_path):
    with pytest.raises(FileProblem) as error:
        load_pack(tmp_path / "none.rancang-guideline")
    assert error.value.message.id == "base.file.missing"


@pytest.mark.parametrize("name", ["signature.p7s", "signature.sig"])
def test_a_detached_signature_travels_inside_and_covers_the_rest(name):
    unsigned = open_pack(TINY)
    assert unsigned.signature is None
    from desktop.guideline.container import read_members

    signed = open_pack(write_zip(read_members(unsigned.content).json, b"signature", name))
    assert (signed.signature, signed.signature_name) == (b"signature", name)
    assert signed.content == unsigned.content
    assert signed.sha256 == unsigned.sha256
    assert write_pack(TINY, b"signature") != unsigned.content
