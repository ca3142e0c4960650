"""What the palette offers: pages, commands, documents, programmes, agencies, settings, findings, regions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.base import LocalText, Message
from desktop.ui.commands import key_text
from desktop.ui.journey import Journey, Stop
from desktop.ui.pages.directory import KINDS
from desktop.ui.settings import SIZES
from desktop.ui.shell.sections import Entry
from desktop.workspace.plan import Place

if TYPE_CHECKING:
    from desktop.checks import Finding
    from desktop.ui.shell.workbench import Workbench
    from desktop.ui.window import MainWindow

PAGES = Message("ui.palette.page")
COMMANDS = Message("ui.palette.command")
DOCUMENTS = Message("ui.palette.document")
PROGRAMMES = Message("ui.palette.programme")
AGENCIES = Message("ui.palette.agency")
SETTINGS = Message("ui.palette.setting")
FINDINGS = Message("ui.palette.finding")
REGIONS = Message("ui.palette.region")
FINDINGS_SHOWN = 200


def everything(window: MainWindow) -> Iterator[Entry]:
    """Whatever the role at work can reach now."""
    bench = window.workbench
    if bench is not None:
        yield from _pages(window, bench.journey)
    yield from _commands(window)
    yield from _documents(window)
    if bench is not None:
        yield from _plan(window, bench)
    yield from _settings(window)
    if bench is not None:
        yield from _findings(window, bench)
    yield from _regions(window)


def _pages(window: MainWindow, journey: Journey) -> Iterator[Entry]:
    say = window.session.say
    for leg in (*journey.legs, journey.advanced):
        for stop in leg.stops:
            command = f"go-{stop.page}"
            keys = key_text(window.commands.command(command).keys) if command in window.commands else ""
            title = say(journey.title(stop))
            yield Entry(
                f"page:{stop.page}/{stop.ref}",
                title,
                PAGES,
                partial(window.session.show, stop.page, stop.ref),
                note=say(leg.title),
                keys=keys,
                icon=KINDS[stop.page].icon,
            )


def _commands(window: MainWindow) -> Iterator[Entry]:
    pages = window.workbench is not None
    for command in window.commands.offered():
        # Pages stand among the pages already.
        if command.id == "palette" or (pages and command.id.startswith("go-")) or not command.when(window):
            continue
        yield Entry(
            f"command:{command.id}",
            window.commands.name(command.id),
            COMMANDS,
            partial(window.commands.run, command.id),
            beside=window.session.say(command.hint),
            note=window.session.say(command.hint),
            keys=key_text(command.keys),
            icon=command.icon,
        )


def _documents(window: MainWindow) -> Iterator[Entry]:
    present = str(window.session.workspace.path) if window.session.is_open else ""
    for each in window.session.settings.recent:
        path = Path(each.path)
        if each.path != present and path.is_file():
            yield Entry(
                f"document:{each.path}",
                each.title or path.stem,
                DOCUMENTS,
                partial(window.open_path, path),
                note=path.name,
                icon="file-text",
            )


def _both(text: LocalText) -> str:
    return " ".join(text.texts.values())


def _plan(window: MainWindow, bench: Workbench) -> Iterator[Entry]:
    session = window.session
    language = session.speaker.language
    for programme in session.plan.programmes:
        yield Entry(
            f"programme:{programme.id}",
            programme.title.read(language) or session.say(Message("ui.palette.unnamed")),
            PROGRAMMES,
            partial(session.show, "programmes", programme.id),
            beside=" ".join((programme.code, *programme.title.values.values())),
            note=programme.code,
            icon="target",
        )
    if not bench.journey.sees(Stop("agencies")):
        return
    for agency in session.plan.agencies:
        yield Entry(
            f"agency:{agency.id}",
            agency.name.read(language),
            AGENCIES,
            partial(session.show, "agencies", "", Place("agency", agency.id, "name")),
            beside=" ".join((agency.code, *agency.name.values.values())),
            note=agency.code,
            icon="building-2",
        )


def _settings(window: MainWindow) -> Iterator[Entry]:
    from desktop.ui.pages.settings import SETTINGS as KNOWN

    for name, title in KNOWN.items():
        yield Entry(
            f"setting:{name}",
            window.session.say(title),
            SETTINGS,
            partial(window.show_page, "settings", name),
            beside=" ".join(f"{size}%" for size in SIZES) if name == "text-size" else "",
            icon="settings",
        )


def _findings(window: MainWindow, bench: Workbench) -> Iterator[Entry]:
    report = window.session.report
    for finding in report.findings[:FINDINGS_SHOWN] if report is not None else ():
        yield Entry(
            f"finding:{finding.key}",
            window.session.say(finding.message),
            FINDINGS,
            partial(_go_to, bench, finding),
            icon="circle-alert",
        )


def _go_to(bench: Workbench, finding: Finding) -> None:
    bench.show_finding(finding)


def _regions(window: MainWindow) -> Iterator[Entry]:
    from desktop.workspace import regions

    for region in regions.regions():
        yield Entry(
            f"region:{region.code}",
            region.name,
            REGIONS,
            partial(window.begin_region, region.code),
            beside=f"{region.code} {region.province}",
            note=f"{region.province} \N{MIDDLE DOT} {region.code}",
            icon="map-pin",
        )
