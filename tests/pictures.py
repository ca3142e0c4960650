"""Pictures of every screen, to be looked at: both languages, light and dark, two sizes of window and of text.

What is cut off or faint on them is told. From the checkout's folder:
python -m tests.pictures FOLDER [--every] [--states] [--only id-dark-1280-150 ...]
Nothing of it belongs into the repository except the three pictures of the README (resources/pictures).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
SIZES = {"1280": (1280, 720), "1920": (1920, 1080)}
VARIANTS = [
    "-".join(parts) for parts in product(("id", "en"), ("light", "dark"), SIZES, ("100", "150"))
]  # fmt: skip


ALONE = ("apart", "signed", "books")
"""Groups of states that can be looked at without any other."""


def main(argv: list[str]) -> int:
    """Make the pictures; the number of them is told."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--every", action="store_true", help="every page, not one of each kind")
    parser.add_argument("--states", action="store_true", help="dialogs and states of pages, too")
    parser.add_argument("--apart", action="store_true", help="only the states of working apart")
    parser.add_argument("--signed", action="store_true", help="only the states of signing and verifying")
    parser.add_argument("--books", action="store_true", help="only the states of books and lists")
    parser.add_argument("--packages", nargs="*", type=Path, default=[], help="packages shown as they come in")
    parser.add_argument("--only", nargs="*", default=VARIANTS, choices=VARIANTS, metavar="VARIANT")
    wanted = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as home:
        os.environ["RANCANG_HOME"] = home
        made = sum(
            variant(
                home,
                wanted.folder,
                each,
                every=wanted.every,
                dialogs=wanted.states,
                alone=next((each for each in ALONE if getattr(wanted, each)), ""),
                packages=wanted.packages,
            )
            for each in wanted.only
        )
    sys.stdout.write(f"{made} pictures in {wanted.folder}\n")
    return 0


def variant(
    home: str,
    folder: Path,
    name: str,
    *,
    every: bool,
    dialogs: bool = False,
    alone: str = "",
    packages: Sequence[Path] = (),
) -> int:
    """All screens (and dialogs and states where wanted) in one language, theme, window and text size.

    ``alone`` is the group of states (:data:`ALONE`) that is wanted without any other.
    """
    from PySide6.QtWidgets import QApplication

    from desktop.base import Language
    from desktop.ui import application
    from desktop.ui.theme import Theme
    from tests import states, states_apart, states_books, states_signed
    from tests.walk import screens, settle

    language, theme, size, percent = name.split("-")
    existing = QApplication.instance()
    qapp = existing if isinstance(existing, QApplication) else QApplication([])
    window = application.build(qapp)
    window.session.remember(theme=Theme(theme), text_percent=int(percent))
    window.speak_language(Language(language))
    window.resize(*SIZES[size])
    window.show()
    settle()
    target = folder / name
    target.mkdir(parents=True, exist_ok=True)
    made = [_take(window, target / "000-start.png")]
    window.start.show_new()
    settle()
    made.append(_take(window, target / "001-new.png"))
    beside = Path(home) / "beside"
    beside.mkdir(exist_ok=True)

    def seen() -> Iterator[tuple[str, QWidget]]:
        ways = {"apart": states_apart.apart, "signed": states_signed.signed, "books": states_books.books}
        if alone:
            yield from ways[alone](window, beside, demo(Path(home)))
            return
        if dialogs:
            yield from states.without_document(window, beside, packages)
        window.open_path(demo(Path(home)))
        window.session.check_now()
        settle()
        yield from screens(window, every=every)
        if dialogs:
            yield from states.with_document(window, beside)
            yield from states.fresh(window, beside)
            for way in ways.values():
                yield from way(window, beside, demo(Path(home)))

    for number, (screen, widget) in enumerate(seen(), 2):
        made.append(_take(widget, target / f"{number:03}-{screen}.png"))
    window.session.leave()
    window.close()
    window.deleteLater()
    settle()
    return len(made)


def _take(widget: Any, path: Path) -> Path:
    from tests.measuring import cut, faint
    from tests.walk import rest

    rest(0.08)  # what follows a moment later, such as the totals of a table
    widget.grab().save(str(path))
    veiled = "drop" in path.stem  # what lies below the veil is faint on purpose
    for found in (*cut(widget), *(() if veiled else faint(widget))):
        sys.stdout.write(f"{path.parent.name}/{path.stem}: {found}\n")
    return path


def demo(folder: Path) -> Path:
    """The demo region, made once."""
    from desktop.exchange.demo import build_demo

    there = list(folder.glob("*.rancang"))
    return there[0] if there else build_demo(lambda *_: None, folder).path


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
