"""What a screen reader hears: walks the accessibility bus of the desktop and writes it down as JSON.

Run by the system's Python (it has the bindings of AT-SPI); see test_screen_reader.py.
"""

import json
import sys
import time
from pathlib import Path

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402 - the version must be asked for first


def application(name, patience=40):
    """The application of this name, once it is on the bus."""
    for _ in range(patience * 5):
        desktop = Atspi.get_desktop(0)
        for place in range(desktop.get_child_count()):
            found = desktop.get_child_at_index(place)
            if found is not None and name in (found.get_name() or "").casefold():
                return found
        time.sleep(0.2)
    sys.exit("not on the bus")


def walk(node, depth=0):
    """Every node that is shown, with its depth."""
    states = node.get_state_set()
    yield depth, node, states
    if states.contains(Atspi.StateType.MANAGES_DESCENDANTS) and node.get_child_count() > 400:
        return
    for place in range(min(node.get_child_count(), 400)):
        child = node.get_child_at_index(place)
        if child is not None:
            yield from walk(child, depth + 1)


def heard(root):
    """Role, name, description and state of everything that can have the keyboard."""
    told = []
    for _, node, states in walk(root):
        if states.contains(Atspi.StateType.SHOWING) and states.contains(Atspi.StateType.FOCUSABLE):
            told.append({
                "role": node.get_role_name(), "name": node.get_name() or "",
                "description": node.get_description() or "",
                "enabled": states.contains(Atspi.StateType.ENABLED),
            })  # fmt: skip
    return told


def press(root, name, patience=20):
    """Press the button of this name, as a screen reader does for its user; wait until it is there."""
    for _ in range(patience):
        if pressed(root, name):
            return True
        time.sleep(1)
    return False


def pressed(root, name):
    """Whether the button was there to be pressed."""
    for _, node, states in walk(root):
        if node.get_name() == name and states.contains(Atspi.StateType.SHOWING):
            action = node.get_action_iface()
            if action is not None and action.get_n_actions():
                action.do_action(0)
                return True
    return False


def main():
    """Hear the first page, press the buttons named, hear the page after each."""
    root = application("rancang")
    time.sleep(2)
    pages = [heard(root)]
    for name in sys.argv[2:]:
        if not press(root, name):
            sys.exit(f"no button {name!r}")
        time.sleep(2)
        pages.append(heard(root))
    Path(sys.argv[1]).write_text(json.dumps(pages), encoding="utf-8")


if __name__ == "__main__":
    main()
