"""No process goes on when the one that started it is gone."""

from __future__ import annotations

import signal
import subprocess
import sys

import pytest

from desktop.base.bounded.orphans import undisturbed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such way there")

CHILD = """
import os, signal, sys
sys.path.insert(0, {root!r})
from desktop.base.bounded import orphans
orphans._PR_SET_PDEATHSIG = {told}
orphans.end_with(os.getppid())
print("ready", flush=True)
signal.pause()
"""
PARENT = """
import signal, subprocess, sys
subprocess.Popen([sys.executable, "-c", {child!r}])
signal.pause()
"""


@pytest.mark.slow
@pytest.mark.parametrize("told", ["1", "0"], ids=["by the system", "by looking"])
def test_a_child_ends_with_its_parent(told):
    from pathlib import Path

    child = CHILD.format(root=str(Path(__file__).parents[2]), told=told)
    parent = subprocess.Popen([sys.executable, "-c", PARENT.format(child=child)], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    assert parent.stdout.readline() == b"ready\n"
    parent.kill()
    # the child holds the other end of the pipe until it ends
    assert parent.stdout.read() == b""
    parent.wait()
    parent.stdout.close()


def test_what_is_started_undisturbed_sees_no_interrupt():
    with undisturbed():
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, ())
        assert signal.SIGINT in mask
        with undisturbed():
            pass
        assert signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())
