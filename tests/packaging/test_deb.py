"""The installer for Debian: made by its one command, put in a bare system, judged by its self-test there."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
LARGEST = 62_000_000
"""Bytes of the package. It travels by stick and chat; 56 MB were measured."""

SECRET_WORDS = ("LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "RANCANG_HOME")
"""What would let the program in the bare system lean on ours."""


@pytest.fixture(scope="module")
def package():
    subprocess.run(["sh", ".build/deb"], cwd=ROOT, check=True)
    (path,) = (ROOT / "build").glob("rancang_*.deb")
    return path


@pytest.fixture(scope="module")
def bare(package, tmp_path_factory):
    """A smallest Debian 12 with the package installed; a function that runs a command line in it."""
    if os.geteuid() != 0:
        pytest.fail("making a bare system needs root")
    if shutil.which("debootstrap") is None:
        pytest.fail("the program debootstrap is not installed")
    root = tmp_path_factory.mktemp("bare") / "root"
    subprocess.run(
        ["debootstrap", "--variant=minbase", "bookworm", str(root)], check=True, capture_output=True
    )
    shutil.copy("/etc/resolv.conf", root / "etc/resolv.conf")
    shutil.copy(package, root / "root/rancang.deb")
    subprocess.run(["mount", "-t", "proc", "proc", str(root / "proc")], check=True)
    subprocess.run(["mount", "--bind", "/dev", str(root / "dev")], check=True)

    def run(line):
        environment = {key: value for key, value in os.environ.items() if key not in SECRET_WORDS}
        environment |= {
            "HOME": "/root",
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "DEBIAN_FRONTEND": "noninteractive",
        }
        command = ["chroot", str(root), "/bin/sh", "-c", line]
        return subprocess.run(command, env=environment, capture_output=True, text=True, cwd="/", check=False)

    try:
        installed = run(
            "apt-get update -qq && apt-get install -y -qq --no-install-recommends /root/rancang.deb"
        )
        assert installed.returncode == 0, installed.stdout + installed.stderr
        yield run
    finally:
        for place in ("proc", "dev"):
            subprocess.run(["umount", str(root / place)], check=True)


def test_it_is_small_enough_to_travel(package):
    assert package.stat().st_size < LARGEST


def test_every_library_is_carried_or_depended_on(bare):
    done = bare(
        "find /usr/lib/rancang -type f -name '*.so*' -o -type f -name rancang "
        "| LD_LIBRARY_PATH=/usr/lib/rancang/_internal xargs ldd 2>/dev/null | grep 'not found' | sort -u"
    )
    assert done.stdout == ""


def test_the_self_test_passes_in_a_bare_system(bare):
    done = bare("rancang self-test")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_window_is_in_the_menu_and_opens_its_files(bare):
    assert (
        bare(
            "test -x /usr/bin/rancang && test -f /usr/share/icons/hicolor/scalable/apps/rancang.svg"
        ).returncode
        == 0
    )
    entry = bare("cat /usr/share/applications/rancang.desktop").stdout
    assert "Exec=rancang %F" in entry
    assert "application/x-rancang" in entry


def test_it_goes_away_without_a_trace(bare):
    done = bare("apt-get purge -y -qq rancang && test ! -e /usr/lib/rancang && test ! -e /usr/bin/rancang")
    assert done.returncode == 0, done.stdout + done.stderr
