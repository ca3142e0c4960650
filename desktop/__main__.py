"""The one entry of the program: a window when called alone or with a workspace, else the command line."""

from __future__ import annotations

import sys


def main() -> int:
    """Start the window or run a command; the exit code. Everything else is imported only when it is known."""
    arguments = sys.argv[1:]
    if not arguments or (len(arguments) == 1 and arguments[0].endswith(".rancang")):
        from desktop.ui.application import run as open_window

        return open_window(sys.argv)
    if arguments == ["--check-window"]:
        from desktop.ui.application import check

        return check()
    from desktop.cli.main import run

    return run(arguments)


if __name__ == "__main__":
    sys.exit(main())
