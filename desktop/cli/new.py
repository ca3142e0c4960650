"""``rancang new``: a workspace for a region, its years and its guideline."""

from __future__ import annotations

import argparse
import re

from desktop.base import Message, RancangError
from desktop.cli.arguments import Parser
from desktop.cli.console import Console
from desktop.cli.opening import add_author, add_workspace, author

SUFFIX = ".rancang"


class BadYears(RancangError):
    """The years are not written as first-last."""

    def __init__(self, text: str) -> None:
        super().__init__(Message("cli.bad_years", text=text))


def add_arguments(parser: Parser, console: Console) -> None:
    """Region, years, guideline, title, and who works."""
    add_workspace(parser, console)
    parser.add_argument(
        "--region", required=True, metavar="18.07", help=console.text(Message("cli.help.region"))
    )
    parser.add_argument(
        "--years", required=True, metavar="2026-2030", help=console.text(Message("cli.help.years"))
    )
    parser.add_argument(
        "--guideline",
        default="",
        metavar=console.text(Message("cli.metavar.guideline")),
        help=console.text(Message("cli.help.guideline")),
    )
    title = console.text(Message("cli.metavar.text"))
    parser.add_argument("--title", default="", metavar=title, help=console.text(Message("cli.help.title")))
    parser.add_argument(
        "--title-en", default="", metavar=title, help=console.text(Message("cli.help.title_en"))
    )
    add_author(parser, console)


def run(options: argparse.Namespace, console: Console) -> int:
    """Make the file; says where it is."""
    from desktop.workspace import Workspace

    match = re.fullmatch(r"(\d{4})\s*[-–]\s*(\d{4})", options.years)
    if match is None:
        raise BadYears(options.years)
    path = options.workspace
    if path.suffix != SUFFIX:
        # not with_suffix: "Kab. Lampung" has no suffix, only a dot
        path = path.with_name(path.name + SUFFIX)
    title = {"id": options.title, "en": options.title_en}
    workspace = Workspace.create(
        path,
        region=find_region(options.region),
        first_year=int(match[1]),
        last_year=int(match[2]),
        pack=guideline_bytes(options.guideline),
        author=author(options),
        title={key: text for key, text in title.items() if text},
    )
    with workspace:
        plan = workspace.plan()
        console.record(
            "workspace",
            {
                "file": str(path),
                "region": plan.region.code,
                "years": [plan.first_year, plan.last_year],
                "guideline": plan.guideline.id,
            },
            Message(
                "cli.new.made",
                file=str(path),
                region=plan.region.name,
                first=str(plan.first_year),
                last=str(plan.last_year),
            ),
        )
    return 0


class SeveralRegions(RancangError):
    """More than one region's name holds these words."""

    def __init__(self, wanted: str, found: str) -> None:
        super().__init__(Message("cli.several_regions", wanted=wanted, found=found))


def find_region(wanted: str) -> str:
    """A region's code, from the code or any part of its name that only it has.

    Raises SeveralRegions; a code nobody has is left for the workspace to refuse.
    """
    from desktop.workspace.reading import regions

    text = wanted.strip().casefold()
    if text in regions():
        return text
    found = [region for region in regions().values() if text in region.name.casefold()]
    exact = [region for region in found if text == region.name.casefold()]
    if len(exact or found) == 1:
        return (exact or found)[0].code
    if found:
        raise SeveralRegions(wanted, ", ".join(f"{region.code} {region.name}" for region in found[:6]))
    return wanted


def guideline_bytes(wanted: str) -> bytes:
    """The bytes of a pack at hand (``id`` or ``id@version``), of a pack file or folder, or of the usual one.

    Raises WhichGuideline, BrokenPack, BrokenSignature, FileProblem.
    """
    from desktop.guideline.store import packed, the_usual

    return packed(wanted) if wanted else the_usual().read()
