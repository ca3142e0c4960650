"""``emblem``: the region's emblem is taken in, printed, sealed, taken back, merged and taken away."""

import io
import shutil
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from PIL import Image, ImageDraw

from desktop.workspace import Workspace
from desktop.workspace.emblem import emblem, emblems


def picture(path, colour="#b5121b", size=(1300, 1500), kind="PNG"):
    """A shield on nothing, as an emblem is drawn."""
    made = Image.new("RGBA" if kind == "PNG" else "RGB", size, (0, 0, 0, 0) if kind == "PNG" else "white")
    ImageDraw.Draw(made).ellipse((20, 20, size[0] - 20, size[1] - 20), fill=colour)
    made.save(path, kind)
    return path


@pytest.fixture
def shield(tmp_path):
    return picture(tmp_path / "lambang.png")


def pictures_of(pdf):
    """How many pictures the first page shows."""
    with pikepdf.open(pdf) as opened:
        return len(opened.pages[0].get_images())


@pytest.mark.slow
def test_it_is_one_change_scaled_named_and_taken_back(call, town, shield, tmp_path):
    assert "Belum ada" in call.ok("emblem", town, language="id").out
    call.ok("emblem", town, shield)
    facts = call.ok("emblem", town, "--save", tmp_path / "kembali.png", json=True).record
    with Image.open(tmp_path / "kembali.png") as kept:
        assert max(kept.size) == 900
        assert kept.mode == "RGBA"
    assert facts["file"] == "lambang.png"
    said = call.ok("evidence", town, language="id").out
    assert "Lambang daerah (sampul dan kop surat)" in said
    assert "evidence_undated" not in call("check", town, json=True).out
    assert "Lambang daerah dipasang" in call.ok("history", town, "--limit", "1", language="id").out
    call.ok("emblem", town, picture(tmp_path / "baru.jpg", "navy", (300, 300), "JPEG"))
    assert call.ok("evidence", town, json=True).record["name"] == "baru.jpg", "the old one was nothing else"
    call.ok("undo", town)
    assert call.ok("emblem", town, json=True).record["sha256"] == facts["sha256"]
    call.ok("emblem", town, "--remove")
    assert call.ok("evidence", town, json=True).out == ""


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("lambang.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "as PNG"),
        ("lambang.txt", b"tulisan", "no PNG or JPEG"),
        ("lambang.png", b"\x89PNG\r\n\x1a\nrusak", "lambang.png"),
        ("tiny.png", b"", "fewer than 60"),
    ],
)
def test_what_is_no_picture_is_refused_in_words_and_nothing_changes(call, town, tmp_path, name, data, said):
    path = tmp_path / name
    path.write_bytes(data)
    if name == "tiny.png":
        picture(path, size=(50, 400))
    assert said in call.fails("emblem", town, path)
    assert call.ok("evidence", town, json=True).out == ""


@pytest.mark.slow
def test_books_and_letters_show_it_in_every_form(call, town, shield, tmp_path):
    call.ok("emblem", town, shield)
    words = ("books", town, "look", "--output", tmp_path, "--book-language", "id")
    html, docx = call.ok(*words, "--format", "html", "--format", "docx", json=True).records
    assert Path(html["file"]).read_text("utf-8").count('class="emblem"') == 1
    with ZipFile(docx["file"]) as zipped:
        (jpeg,) = (name for name in zipped.namelist() if name.endswith((".jpg", ".jpeg")))
        with Image.open(io.BytesIO(zipped.read(jpeg))) as drawn:
            assert drawn.getpixel((1, 1))[0] > 240, "what can be seen through is white"
    call.ok("legal", town, "decree", tmp_path / "sk.pdf", "--book-language", "id")
    assert pictures_of(tmp_path / "sk.pdf") == 1


@pytest.mark.slow
def test_a_sealed_package_holds_with_it_and_is_printed_again_the_same(call, town, shield, tmp_path):
    call.ok("emblem", town, shield)
    package = tmp_path / "usulan.asice"
    call("seal", town, package)
    with ZipFile(package) as sealed:
        (name,) = (each for each in sealed.namelist() if each.endswith("look.id.pdf"))
        assert pictures_of(io.BytesIO(sealed.read(name))) == 1
    verdict, again = call("verify", package, "--reprint", json=True).records
    assert verdict["verdict"] in {"sealed", "incomplete"}
    assert (again["kind"], again["agrees"]) == ("reprint", True)


@pytest.mark.slow
def test_two_that_come_together_are_told_and_the_last_taken_in_counts(call, town, tmp_path, monkeypatch):
    theirs = tmp_path / "theirs.rancang"
    shutil.copyfile(town, theirs)
    call.ok("emblem", town, picture(tmp_path / "a.png", "red"))
    with monkeypatch.context() as patch:
        patch.setenv("RANCANG_HOME", str(tmp_path / "their-home"))
        call.ok("emblem", theirs, picture(tmp_path / "b.png", "blue"), "--name", "Dewi")
    call.ok("bring-back", town, theirs, "--yes")
    with Workspace.open(town, read_only=True) as workspace:
        plan = workspace.plan()
    assert [each.name for each in emblems(plan)] == ["a.png", "b.png"]
    assert emblem(plan).name == "b.png"
    assert "More than one emblem" in call.ok("emblem", town).err
    call.ok("emblem", town, picture(tmp_path / "c.png", "green"))
    assert "More than one" not in call.ok("emblem", town).err
