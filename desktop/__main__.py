"""The one entry of the program: a window when called alone or with files, else the command line."""

from __future__ import annotations

import os
import sys
import warnings


def main() -> int:
    """Start the window or run a command; the exit code. Everything else is imported only when it is known."""
    if not sys.warnoptions:
        # libraries warn whoever writes programs with them, by lines of their code
        warnings.simplefilter("ignore")
    arguments = sys.argv[1:]
    if not arguments or _files(arguments):
        if not _screen():
            from desktop.cli.main import no_screen

            return no_screen()
        from desktop.ui.application import run as open_window

        return open_window(sys.argv)
    if arguments == ["--check-window"]:
        from desktop.ui.application import check

        return check()
    if arguments == ["--judge-files"]:
        from desktop.submission.judge_process import main as judge

        return judge()
    if arguments == ["--read-files"]:
        from desktop.base.bounded.serving import main as read_files

        return read_files()
    if arguments == ["--open-key-file"]:
        from desktop.trust.key_process import main as open_key_file

        return open_key_file()
    from desktop.cli.main import run

    return run(arguments)


def _files(arguments: list[str]) -> bool:
    """Whether only files are named, as a file manager does; a word that is a verb too is the verb."""
    if len(arguments) == 1 and arguments[0].endswith(".rancang"):
        return True
    if any(word.startswith("-") or not os.path.isfile(word) for word in arguments):  # noqa: PTH113 - pathlib costs start-up
        return False
    from desktop.cli.verbs import VERBS

    return not set(VERBS).intersection(arguments)


def _screen() -> bool:
    """Whether a window can be shown: on Linux Qt ends the process where there is no display."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform in {"win32", "darwin"} or any(os.environ.get(name) for name in names)


if __name__ == "__main__":
    sys.exit(main())
