"""A person before a real display: a screen of its own, a window manager, a keyboard and a mouse."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("Xvfb", "openbox", "xdotool")
PATIENCE = 60.0


def missing() -> list[str]:
    """What this machine lacks for it."""
    return [name for name in TOOLS if shutil.which(name) is None]


class Person:
    """Types and presses as the window manager lets anybody; sees names of windows, and files."""

    def __init__(self, environment: dict[str, str]) -> None:
        self.environment = environment
        self.home = Path(environment["HOME"])
        self._started: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str) -> None:
        """Start the program."""
        command = [sys.executable, "-m", "desktop", *arguments]
        self._started.append(subprocess.Popen(command, env=self.environment))

    def stop(self) -> None:
        """End what was started."""
        for each in self._started:
            each.terminate()
        for each in self._started:
            each.wait(20)

    def _do(self, *words: str) -> str:
        done = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, check=False, timeout=60
        )
        return done.stdout.strip()

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self._do("key", "--clearmodifiers", key)
            time.sleep(0.25)

    def write(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", "12", "--", text)
        time.sleep(0.4)

    def click(self, across: float, down: float) -> None:
        """Click at a place of the screen, in parts of it."""
        wide, high = (int(each) for each in self._do("getdisplaygeometry").split())
        self._do("mousemove", str(int(wide * across)), str(int(high * down)), "sleep", "0.1", "click", "1")
        time.sleep(0.3)

    def sees(self, name: str) -> None:
        """Wait until the window in front is called so."""
        self.until(lambda: name in self._in_front(), f"a window called {name}")
        time.sleep(0.6)

    def is_asked(self) -> None:
        """Wait until a box with a sentence is in front; it bears the program's name and nothing else."""
        self.until(lambda: self._in_front() == "Rancang", "a box")
        time.sleep(0.6)

    def _in_front(self) -> str:
        return self._do("getactivewindow", "getwindowname")

    def goes_to(self, words: str) -> None:
        """Go somewhere with the search over everything."""
        self.press("ctrl+k")
        self.sees("Cari")
        self.write(words)
        self.press("Return")

    def until(self, seen: Callable[[], object], what: str, patience: float = PATIENCE) -> None:
        """Wait for something; say what did not come."""
        end = time.monotonic() + patience
        while not seen():
            assert time.monotonic() < end, f"{what} did not come; in front: {self._in_front()}"
            time.sleep(0.2)

    def asks(self, *arguments: str) -> list[dict[str, object]]:
        """What the command line says, line by line."""
        done = subprocess.run(
            [sys.executable, "-m", "desktop", "--json", *arguments],
            env=self.environment, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
        return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]

    def verdict(self, package: Path) -> str:
        """How the command line judges a package."""
        return next(
            (str(each["verdict"]) for each in self.asks("verify", str(package)) if "verdict" in each), ""
        )


@contextmanager
def at_the_screen(folder: Path, size: str = "1366x768") -> Iterator[Person]:
    """A display nobody else uses, with a window manager on it and a home of its own."""
    home = folder / "home"
    home.mkdir()
    with ExitStack() as stack:
        reads, writes = os.pipe()
        command = ["Xvfb", "-displayfd", str(writes), "-screen", "0", f"{size}x24", "-nolisten", "tcp"]
        server = subprocess.Popen(command, pass_fds=[writes], stderr=subprocess.DEVNULL)
        stack.callback(server.wait, 20)
        stack.callback(server.terminate)
        os.close(writes)
        with os.fdopen(reads) as told:
            number = told.readline().strip()
        environment = {
            **os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT),
            "RANCANG_HOME": str(home / "rancang"), "HOME": str(home), "LANG": "id_ID.UTF-8",
        }  # fmt: skip
        manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
        stack.callback(manager.wait, 20)
        stack.callback(manager.terminate)
        person = Person(environment)
        stack.callback(person.stop)
        yield person
