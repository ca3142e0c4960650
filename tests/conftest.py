"""What every test stands on: no screen, a home of its own, outside tools by name, no thread left."""

from __future__ import annotations

import functools
import gc
import os
import runpy
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import coverage
import hypothesis
import pytest

from desktop.base.bounded import asking, pace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
pytest_plugins = ["pytester"]
ROOT = Path(__file__).resolve().parent.parent
APART = asking.apart
KEPT = "hashing"
"""A thread that stays, as submission/frame/container.py says: it waits, and keeps no program alive."""

_MEMORY, _ENOUGH = Path("/dev/shm"), 2 << 30
"""Where Linux keeps files in memory, and how many bytes have to be free there."""


def _write_to_memory() -> None:
    """Let tests, and the processes they start, write to memory: each operation waits for the disk, and a
    shared disk makes that the larger part of the whole time (measured: 27 s instead of 303 s)."""
    if "TMPDIR" in os.environ or sys.platform != "linux" or not os.access(_MEMORY, os.W_OK):
        return
    if shutil.disk_usage(_MEMORY).free >= _ENOUGH:
        os.environ["TMPDIR"], tempfile.tempdir = str(_MEMORY), None


_write_to_memory()

# Two shared cores make any deadline a matter of luck; CI tries the same examples every time.
hypothesis.settings.register_profile(
    "rancang", deadline=None, derandomize=bool(os.environ.get("CI")), max_examples=60
)
hypothesis.settings.load_profile("rancang")


def pytest_configure(config: pytest.Config) -> None:
    """Compile the catalogues once per run, so that a checkout is tested with what it says now."""
    if not hasattr(config, "workerinput"):
        compile_all = runpy.run_path(str(ROOT / ".build" / "catalogues.py"))["compile_all"]
        compile_all(ROOT / "i18n", ROOT / "i18n")


def pytest_collection(session: pytest.Session) -> None:
    """Nothing of what is collected goes, and looking for what goes took a third of the time."""
    # whoever only hands tests out to others collects none
    if hasattr(session.config, "workerinput") or not session.config.getoption("numprocesses", None):
        gc.disable()


def pytest_collection_finish() -> None:
    """Thousands of tests are no garbage: each look for some would go through them all, a second each time."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder, never the one of the person who runs the tests; processes inherit it."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("RANCANG_HOME", str(home))
    return home


@pytest.fixture(autouse=True, scope="session")
def a_usual_computer() -> Iterator[None]:
    """Limits are the same wherever tests run (tests/base/test_bounded.py has the real thing)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pace, "slowness", lambda: 1.0)
        yield


@pytest.fixture(autouse=True, scope="session")
def key_files_opened_here() -> Iterator[None]:
    """Key files of the tests' own are opened in this process: one of its own takes a tenth of a second, and
    there are hundreds (tests/trust/test_p12.py has the real thing)."""
    from desktop.base import clock
    from desktop.trust import p12

    @functools.cache
    def unfold(password: bytes, data: bytes, _day: date) -> list[bytes]:
        # half of a tenth of a second goes into making a password a key, for the same few files each time
        return p12.unfold(password, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            p12, "apart", lambda password, data, _begun=None: unfold(password, data, clock.now().date())
        )
        yield


@pytest.fixture(autouse=True, scope="session")
def files_read_here() -> Iterator[None]:
    """Files are read in this process: one of its own takes a fifth of a second, and there are thousands
    (``read_apart`` has the real thing, and so have tests of the command line's own process)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(asking, "apart", lambda look, _file, report, _kept: look.run(report))
        yield


@pytest.fixture
def read_apart(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Files are read in a process with limits, as everywhere but in tests; it ends with the test."""
    monkeypatch.setattr(asking, "apart", APART)
    yield
    asking.THEIRS.close()
    asking.OURS.close()


@pytest.fixture(autouse=True)
def no_thread_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread running which would keep the program alive after its window closed."""
    before = set(threading.enumerate())
    yield
    left = [thread for thread in threading.enumerate() if thread not in before and not thread.daemon]
    for thread in left:
        thread.join(timeout=0 if thread.name.startswith(KEPT) else 10.0)
    names = sorted(thread.name for thread in left if thread.is_alive() and not thread.name.startswith(KEPT))
    if names:
        pytest.fail(f"{request.node.name} left threads running: {', '.join(names)}")


@pytest.fixture(autouse=True)
def lines_uncounted(request: pytest.FixtureRequest) -> Iterator[None]:
    """For tests marked ``uncounted``: counting lines is the larger part of their time."""
    marked = request.node.get_closest_marker("uncounted") is not None
    counting = coverage.Coverage.current() if marked else None
    if counting is None:
        yield
        return
    counting.stop()
    try:
        yield
    finally:
        counting.start()


@pytest.fixture
def tool() -> Callable[[str], str]:
    """Ask for a program that is not ours by name; the path of it.

    Where it is not installed the test is skipped and says so; under CI, and in the README's test
    command (RANCANG_TOOLS=required), it fails instead, since a judge that was not asked has not agreed.
    """

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            sentence = f"the program {name} is not installed, so nothing outside judged this"
            if os.environ.get("CI") or os.environ.get("RANCANG_TOOLS") == "required":
                pytest.fail(sentence)
            pytest.skip(sentence)
        return path

    return find
