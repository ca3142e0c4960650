"""A book of 250 pages as PDF/A-2b: time, memory and size beside WeasyPrint, LibreOffice and Typst.

Run by hand, with the folder of the checkout as PYTHONPATH: python tests/bench/bench_books.py [--rounds 3]
The content is one tree (tests/bench/big_book.py): WeasyPrint is given our HTML of it with a style for paper,
LibreOffice our DOCX, Typst the same in its own language; writing these is not counted. Each is asked for
PDF/A-2b and runs in a process of its own with nothing cached. Our own time has everything in it: starting,
scaling the photos to print, judging the file. Peers that scale no photos are given them scaled before,
so that nobody carries more pixels than we do; ``--pixels`` says how wide the photos are that we start from.

WeasyPrint and Typst are no part of the project: they are installed into ``--peers`` (a folder that may be
kept) when this is run. Who cannot be had is said and left out. Printed is the median of all rounds: seconds
by the clock and of processors (user and system, children too; on a busy machine the only just measure), the
peak of resident memory of all processes together, and how many times ours the others took.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.books.docx import render_docx
from desktop.books.html import render_html
from tests.bench.big_book import book, pictures, scale_photos, write_photos
from tests.bench.typst_source import write_typst

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "resources" / "fonts"
TIMES = {"WeasyPrint": 5.0, "LibreOffice": 2.0}
"""How many times as long they may take at least."""
MEMORY = 220
"""Megabytes that ours may hold."""
_PRINT = """
@page { size: A4; margin: 74pt 62pt 66pt;
  @bottom-right { content: "Halaman " counter(page) " dari " counter(pages); font-size: 7.6pt }
  @top-left { content: string(title); font-size: 7.6pt } }
html { font-size: 9.8pt; hyphens: auto } body { line-height: 1.49 } main p { text-align: justify }
.cover h1 { string-set: title content() } .chapter > h2 { break-before: page }
nav li a::after { content: leader(".") target-counter(attr(href), page) } details > *  { display: block }
table { font-size: 8.2pt; line-height: 1.32 } tr { break-inside: avoid } thead { display: table-header-group }
figure { break-inside: avoid } main, .wide { max-width: none; padding: 0; overflow: visible }
"""
_OURS = """
import pickle, sys
from pathlib import Path
from desktop.books.pdf import render_pdf
folder = Path(sys.argv[2])
book = pickle.loads(Path(sys.argv[1]).read_bytes())
made = render_pdf(book, pictures=lambda name: (folder / f"{name}.jpg").read_bytes())
Path(sys.argv[3]).write_bytes(made.pdf)
"""
_WEASYPRINT = """
import sys
from weasyprint import CSS, HTML
HTML(sys.argv[1]).write_pdf(sys.argv[3], stylesheets=[CSS(sys.argv[2])], pdf_variant="pdf/a-2b")
"""
_TYPST = """
import sys
import typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], pdf_standards="a-2b")
"""


@dataclass(frozen=True)
class Taken:
    """What one run took: seconds by the clock and of processors, megabytes."""

    clock: float
    processor: float
    memory: float


def _tree(root: int) -> list[int]:
    found, left = [], [root]
    while left:
        pid = left.pop()
        found.append(pid)
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            left += map(int, task.read_text().split())
    return found


def _resident(root: int) -> float:
    """Megabytes of a process and its children; what they share is counted once (PSS)."""
    total = 0
    for pid in _tree(root):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            total += int(line.split()[1]) if line.startswith("Pss:") else 0
    return total / 1024


def run(command: Sequence[str], home: Path, more: Mapping[str, str]) -> Taken:
    """One cold run; its own home, so that nothing is found that an earlier one left."""
    environment = {**os.environ, "HOME": str(home), "PYTHONSAFEPATH": "1", **more}
    started = time.perf_counter()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=home
    )
    most = 0.0
    while True:
        pid, status, used = os.wait4(process.pid, os.WNOHANG)
        if pid:
            break
        try:
            most = max(most, _resident(process.pid))
        except (OSError, ValueError):
            continue
        time.sleep(0.05)
    clock = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    said = process.stderr.read().decode(errors="replace") if process.stderr else ""
    if process.returncode:
        raise OSError(said.strip().splitlines()[-1] if said.strip() else f"ended with {process.returncode}")
    return Taken(clock, used.ru_utime + used.ru_stime, max(most, used.ru_maxrss / 1024))


def prepare(folder: Path, pixels: int) -> None:
    """Everything that a printer starts from; what is there is kept."""
    kept, scaled = folder / f"photos-{pixels}", folder / f"scaled-{pixels}"
    if not scaled.exists():
        write_photos(kept, pixels)
        scale_photos(kept, scaled)
    tree = book()
    (folder / "book.pickle").write_bytes(pickle.dumps(tree))
    (folder / "book.html").write_bytes(render_html(tree, pictures=pictures(kept)))
    (folder / "book.docx").write_bytes(render_docx(tree, pictures=pictures(kept)))
    (folder / "print.css").write_text(_PRINT, encoding="utf-8")
    write_typst(tree, folder, scaled.name)


def installed(peers: Path) -> Path:
    """The Python that has the peers; those that cannot be had are said when they are asked."""
    python = peers / "bin" / "python"
    if not python.exists():
        venv.create(peers, with_pip=True)
        for name in ("weasyprint", "typst"):
            subprocess.run([python, "-m", "pip", "install", "--quiet", name], check=False)
    return python


def commands(folder: Path, python: Path, pixels: int) -> dict[str, list[str]]:
    """What each printer is started with; what it writes is named like it."""
    soffice = shutil.which("soffice")
    asked = json.dumps(
        {
            "SelectPdfVersion": {"type": "long", "value": "2"},
            "ExportBookmarks": {"type": "boolean", "value": "true"},
        }
    )
    found = {
        "Rancang": [
            sys.executable, "-c", _OURS, f"{folder}/book.pickle", f"{folder}/photos-{pixels}",
            f"{folder}/Rancang.pdf",
        ],
        "WeasyPrint": [
            str(python), "-c", _WEASYPRINT, f"{folder}/book.html", f"{folder}/print.css",
            f"{folder}/WeasyPrint.pdf",
        ],
        "Typst": [
            str(python), "-c", _TYPST, f"{folder}/book.typ", f"{folder}/Typst.pdf", str(FONTS)
        ],
    }  # fmt: skip
    if soffice:
        found["LibreOffice"] = [
            soffice, f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to",
            f"pdf:writer_pdf_Export:{asked}", "--outdir", f"{folder}/out", f"{folder}/book.docx",
        ]  # fmt: skip
    return found


def _finished(folder: Path, name: str) -> tuple[str, str]:
    """Pages and size of what a printer wrote."""
    path = folder / "out" / "book.pdf" if name == "LibreOffice" else folder / f"{name}.pdf"
    said = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    pages = next(line.split()[1] for line in said.splitlines() if line.startswith("Pages:"))
    return pages, f"{path.stat().st_size / 1e6:.1f}"


def _print_fonts(folder: Path) -> dict[str, str]:
    """Fontconfig finds the fonts of the books, as a computer has them that prints with them."""
    path = folder / "fonts.conf"
    path.write_text(
        f"<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig><dir>{FONTS}</dir>"
        f"<cachedir>{folder}/fontcache</cachedir></fontconfig>"
    )
    return {"FONTCONFIG_FILE": str(path)}


def main() -> int:
    """Measure all of them by turns and print the comparison; 1 where a limit was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pixels", type=int, default=2000)
    parser.add_argument("--folder", type=Path, help="kept, with what each of them printed")
    parser.add_argument("--peers", type=Path, help="kept, with WeasyPrint and Typst")
    parser.add_argument("--only", nargs="*", default=[])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="rancang-bench-") as thrown_away:
        folder = (options.folder or Path(thrown_away)).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        prepare(folder, options.pixels)
        python = installed(options.peers.absolute() if options.peers else folder / "peers")
        asked = commands(folder, python, options.pixels)
        asked = {name: each for name, each in asked.items() if name in (options.only or asked)}
        missed = measure(asked, folder, options.rounds)
    if missed:
        sys.stdout.write(f"limits MISSED: {', '.join(missed)}\n")
    return 1 if missed else 0


def measure(asked: Mapping[str, list[str]], folder: Path, rounds: int) -> list[str]:
    """Round by round, so that a busy minute meets all alike; which limits were missed."""
    fonts, taken = _print_fonts(folder), dict[str, list[Taken]]()
    for number in range(rounds):
        for name, command in asked.items():
            own = {"PYTHONPATH": str(ROOT)} if name == "Rancang" else fonts
            home = folder / f"home-{number}"
            home.mkdir(exist_ok=True)
            try:
                taken.setdefault(name, []).append(run(command, home, own))
            except OSError as error:
                sys.stdout.write(f"{name} cannot: {error}\n")
                taken.pop(name, None)
    middle = {
        name: Taken(
            *(statistics.median(getattr(each, key) for each in runs) for key in Taken.__annotations__)
        )
        for name, runs in taken.items()
    }
    if "LibreOffice" not in asked:
        sys.stdout.write("LibreOffice is not installed: not compared\n")
    return _told(middle, folder)


def _told(middle: Mapping[str, Taken], folder: Path) -> list[str]:
    ours, missed = middle.get("Rancang"), list[str]()
    sys.stdout.write(
        f"{'':<14}{'clock s':>9}{'cpu s':>8}{'MB':>7}{'pages':>7}{'file MB':>9}   x ours: clock, cpu\n"
    )
    for name, it in middle.items():
        pages, size = _finished(folder, name)
        line = f"{name:<14}{it.clock:9.2f}{it.processor:8.2f}{it.memory:7.0f}{pages:>7}{size:>9}"
        if ours is not None and name != "Rancang":
            clock, work = it.clock / ours.clock, it.processor / ours.processor
            line += f"   {clock:5.1f} {work:5.1f}"
            if name in TIMES:
                held = min(clock, work) >= TIMES[name]
                missed += [f"time beside {name}"] * (not held)
                line += f"   limit {TIMES[name]:.0f}: {'held' if held else 'MISSED'}"
        elif ours is not None:
            held = ours.memory <= MEMORY
            missed += ["memory"] * (not held)
            line += f"   limit {MEMORY} MB: {'held' if held else 'MISSED'}"
        sys.stdout.write(line + "\n")
    return missed


if __name__ == "__main__":
    sys.exit(main())
