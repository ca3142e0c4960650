"""The installer for Debian: made by its one command, put in a bare system, judged by its self-test there."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from desktop.base import clock
from tests.authority import running

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
LARGEST = 62_000_000
"""Bytes of the package. It travels by stick and chat; 60.4 MB were measured."""

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


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    with running(tmp_path_factory.mktemp("authority")) as found, found.clock(clock.now()):
        yield found


@pytest.fixture(scope="module")
def demo(bare, authority):
    """The demo's folder in the bare system, beside it a password and the root of the timestamps."""
    done = bare(
        "cd /root && rancang demo contoh && printf uji > password && mkdir kotak "
        "&& cp contoh/paket.asice belum.asice && cp contoh/paket.asice kotak/"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (time_root,) = authority.pem("time-root")
    assert bare(f"cat > /root/time.pem <<'END'\n{time_root.read_text('ascii')}\nEND").returncode == 0
    return "/root/contoh"


TRUST = "--trust contoh/uji/uji-root.pem"
HEAD = (
    "--role head_of_bappeda --out-of-order --p12 contoh/uji/uji-head_of_bappeda.p12 --password-file password"
)
DESK = "--p12 contoh/uji/uji-team_secretary.p12 --password-file password"
TOKEN = "--role regional_secretary --out-of-order --token /nowhere.so --password-file password"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"verify contoh/paket.asice {TRUST} --report laporan.pdf", "[note."),
        ("seal contoh/*.rancang kedua.asice --replaces contoh/paket.asice", "kedua.asice"),
        (f"sign kedua.asice {HEAD} {TRUST}", "kedua.asice"),
        ("sign kedua.asice --export luar", "lembar"),
        (
            f"receive kotak --register meja.sqlite {TRUST} --xlsx meja.xlsx --receipts terima {DESK}",
            "terima/",
        ),
    ],
)
def test_packages_are_signed_judged_and_received(bare, demo, line, told):
    done = bare(f"cd /root && rancang --language id {line}")
    assert done.returncode == 0, done.stdout + done.stderr
    assert told in done.stdout
    assert "Traceback" not in done.stderr


def test_a_timestamp_is_asked_for_and_proven(bare, demo, authority):
    trust = f"{TRUST} --trust-time time.pem"
    done = bare(f"cd /root && rancang extend belum.asice --tsa {authority.tsa()} {trust}")
    assert done.returncode == 0, done.stdout + done.stderr
    proven = bare(f"cd /root && rancang --language id verify belum.asice {trust}")
    assert proven.returncode == 0, proven.stdout + proven.stderr
    assert "(cap waktu “Contoh tsa”)" in proven.stdout


@pytest.mark.parametrize(
    "line",
    [
        f"extend contoh/paket.asice --tsa http://127.0.0.1:9/tsa {TRUST} --trust-time time.pem",
        f"sign kedua.asice {TOKEN}",
    ],
)
def test_what_is_not_there_is_a_sentence(bare, demo, line):
    done = bare(f"cd /root && rancang {line}")
    assert done.returncode != 0
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr
    assert "crash" not in done.stderr


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
