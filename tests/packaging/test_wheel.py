"""The wheel carries the program with what it reads, and the code finds it there."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

ASK = """
from desktop.base.language import Language
from desktop.base.message import Message
from desktop.base.resources import catalogue_file, resource
from desktop.base.speech import render
import desktop
assert desktop.__file__.startswith({site!r}), desktop.__file__
assert resource("fonts", "NotoSans-Regular.ttf").stat().st_size > 100_000
assert len(resource("regions", "regions.csv").read_text(encoding="utf-8").splitlines()) == 515
assert catalogue_file("id", "qtbase", ".qm") is not None
assert render(Message("base.cancelled"), Language.ID).startswith("Pekerjaan dihentikan")
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = target.glob("*.whl")
    return path


def test_it_holds_code_resources_and_compiled_catalogues_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    roots = {name.split("/")[0] for name in names}
    assert roots == {"desktop", next(root for root in roots if root.endswith(".dist-info"))}
    catalogues = {name for name in names if name.startswith("desktop/_data/i18n/")}
    assert catalogues >= {f"desktop/_data/i18n/{code}/LC_MESSAGES/rancang.mo" for code in ("id", "en")}
    assert "desktop/_data/i18n/id/LC_MESSAGES/qtbase.qm" in catalogues
    assert not any(name.endswith(".po") for name in names)
    assert "desktop/_data/resources/NOTICE.md" in names
    icons = [
        name for name in names if name.startswith("desktop/_data/resources/icons/") and name.endswith(".svg")
    ]
    assert len(icons) == len(list((ROOT / "resources" / "icons").glob("*.svg")))


def test_what_it_carries_is_found_by_the_code(wheel, tmp_path):
    site = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    script = f"import sys; sys.path.insert(0, {str(site)!r})\n" + ASK.format(site=str(site))
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, check=True)
