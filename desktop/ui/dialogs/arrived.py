"""What came in and is shown rather than taken over: a package's verdict, a guideline, what cannot be used."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPushButton,
)

from desktop.base import LocalText, Message, RancangError, clock
from desktop.base.ids import new_id
from desktop.base.jobs import ThreadedJob
from desktop.base.message import Param
from desktop.base.paths import folder
from desktop.base.written import chosen, decided
from desktop.submission.plainly import plain
from desktop.submission.quoting import quoted
from desktop.ui import theme, widgets
from desktop.ui.dialogs.files import Purpose, ask_open, ask_save
from desktop.ui.dialogs.scrolled import Scrolled
from desktop.ui.helping.asking import offer_help
from desktop.ui.running import Runner
from desktop.ui.speaker import Speech

if TYPE_CHECKING:
    from desktop.exchange.receiving import Task
    from desktop.guideline import PackFile
    from desktop.guideline.provenance import Provenance
    from desktop.submission import FileReport, Verdict
    from desktop.submission.manifest import PackedFile
    from desktop.ui.window import MainWindow

NAMED = 12
"""How many files are named one by one."""


class Shown(QDialog):
    """A dialog that tells something and offers what can be done next."""

    def __init__(self, window: MainWindow, title: Speech) -> None:
        super().__init__(window)
        self.window_, self.session = window, window.session
        speaker = self.session.speaker
        speaker.tie(self, QDialog.setWindowTitle, title)
        self.resize(theme.grown(640), theme.grown(440))
        outer = widgets.column(margins=(20, 18, 20, 16), spacing=12)
        self.setLayout(outer)
        outer.addWidget(widgets.label(speaker, title, "section", wrap=True))
        area = Scrolled()
        self.body = area.box
        outer.addWidget(area, 1)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setIcon(QIcon())
        self.buttons.rejected.connect(self.reject)
        outer.addWidget(self.buttons)

    def say(self, speech: Speech, look: str = "") -> None:
        """Add a sentence."""
        self.body.addWidget(widgets.label(self.session.speaker, speech, look, wrap=True))

    def offer(self, words: Message, press: Any, *, look: str = "", icon: str = "") -> QPushButton:
        """Add something to do."""
        made = widgets.button(self.session.speaker, words, press, look=look, icon=icon)
        self.buttons.addButton(made, QDialogButtonBox.ButtonRole.ActionRole)
        return made


def _plainly(value: Param) -> Param:
    """Names of files on one line, whatever is in them."""
    return plain(value) if isinstance(value, str) else value


# ---- packages --------------------------------------------------------------------------------------
class ChangedSince(RancangError):
    """The file is not the package any more whose verdict is shown."""

    exit_code = 1

    def __init__(self, path: Path) -> None:
        super().__init__(Message("ui.arrived.changed_since", file=plain(path.name)))


def _is_data(file: PackedFile | FileReport) -> bool:
    from desktop.workspace.plan_data_form import NAME

    return file.path == NAME and file.role == "data"


class PackageShown(Shown):
    """A package that came in: verified at once, then what can be done with it."""

    def __init__(self, window: MainWindow, path: Path) -> None:
        from desktop.ui.pages.verdict import VerdictView

        super().__init__(window, Message("ui.arrived.package", file=quoted(path.name)))
        offer_help(self, "verifying")
        self.path = path
        self.verdict: Verdict | None = None
        self.trust: list[Path] = []
        self._offers: list[QPushButton] = []
        self.runner = Runner(self.session)
        self.body.addWidget(self.runner)
        self.view = VerdictView(self.session)
        self.view.more_time.connect(partial(self.begin, patient=True))
        self.body.addWidget(self.view)
        self.body.addStretch(1)
        self.runner.cancel.clicked.connect(self.reject)

    def begin(self, *, patient: bool = False) -> None:
        """Judge the package in a process of its own; ``patient``: with more time and memory."""
        from desktop.submission import verify_many
        from desktop.trust import load_anchors

        anchors = self.session.attempt(lambda: load_anchors(self.trust))
        if anchors is not None and not self.runner.running:
            arguments = ((self.path,), anchors, clock.now(), False, patient)
            self.runner.begin(self._on_verdict, ThreadedJob(verify_many, *arguments))

    def _on_verdict(self, verdicts: tuple[Verdict, ...]) -> None:
        (self.verdict,) = verdicts
        self.view.show_verdict(self.verdict, self.path)
        for each in self._offers:
            self.buttons.removeButton(each)
            each.deleteLater()
        self._offers = []
        if any(reason.code == "signature.unknown" for reason in self.verdict.reasons):
            trust = self.offer(Message("ui.package.trust"), self._choose_trust, icon="shield-check")
            self._offers.append(trust)
        package = self.verdict.package
        if package is None or self.verdict.kind.value == "refused":
            return
        if any(_is_data(each) for each in self.verdict.files):
            save = self.offer(Message("ui.arrived.save_data"), self._choose_data, icon="download")
            self._offers.append(save)
        if self.session.is_open and package.workspace == self.session.workspace.id:
            use = self.offer(Message("ui.arrived.use_package"), self._use, look="primary", icon="package")
            self._offers.append(use)

    def _choose_trust(self) -> None:
        kinds = Message("ui.files.certificates")
        path = ask_open(self, self.session, Message("ui.package.trust"), kinds, Purpose.KEYS)
        if path is not None:
            from desktop.ui.dialogs.anchor import ask_passing

            compared = ask_passing(self, self.session, path)
            if compared is not None:
                self.trust_also(compared)

    def trust_also(self, certificate: Path) -> None:
        """Judge again with one more root trusted; refused when it is no certificate."""
        from desktop.trust import load_anchors

        if self.session.attempt(lambda: load_anchors([*self.trust, certificate])) is not None:
            self.trust.append(certificate)
            self.begin()

    def _choose_data(self) -> None:
        title = Message("ui.arrived.save_data")
        target = ask_save(self, self.session, title, f"{self.path.stem}.json", "JSON (*.json)")
        if target is not None:
            there = chosen(target)
            self.session.attempt(lambda: decided(there, lambda: self.save_data(target)))

    def save_data(self, target: Path) -> None:
        """Write the data of the plan that was verified; whatever lies at the path by now is proven again.

        The package's id is a hash over what it says of every file, the data among them. Raises
        ChangedSince, FileProblem.
        """
        from desktop.base.placing import replacing
        from desktop.submission.frame.container import open_package, whole
        from desktop.submission.refusal import Refused

        verified = self.verdict.package if self.verdict is not None else None
        try:
            with open_package(self.path) as package:
                data = next((each for each in package.manifest.files if _is_data(each)), None)
                if verified is None or data is None or package.manifest.id != verified.id:
                    raise ChangedSince(self.path)
                content = whole(package.checked(data))
        except Refused as error:
            raise ChangedSince(self.path) from error
        with replacing(target) as file:
            file.write(content)
        self.session.told.emit(Message("ui.arrived.data_saved", file=target.name))

    def _use(self) -> None:
        self.accept()
        self.session.show("package")
        bench = self.window_.workbench
        page = bench.current if bench is not None else None
        take = getattr(page, "take", None)
        if callable(take):
            take(self.path)

    def reject(self) -> None:
        self.view.stop()
        self.runner.stop()
        super().reject()


def show_package(window: MainWindow, path: Path) -> None:
    """Verify a package and show the verdict."""
    dialog = PackageShown(window, path)
    dialog.begin()
    dialog.exec()


# ---- signed PDFs -----------------------------------------------------------------------------------
def bring_signature_back(window: MainWindow, pdf: Path) -> bool:
    """Offer to put a signed PDF into the package it was sealed in; whether it belongs to one."""
    session = window.session
    package = _package_of(window)
    if package is None:
        return False
    from desktop.submission.returning.recognising import documents_like

    if not documents_like(package, pdf):
        return False
    session.show("package")
    page = window.workbench.current if window.workbench is not None else None
    offer = getattr(page, "offer_returned", None)
    if callable(offer):
        offer(package, pdf)
        return True
    return False


def _package_of(window: MainWindow) -> Path | None:
    """The package at work: the one chosen on the package's page, else the one beside the document."""
    from desktop.ui.journey import Stop

    bench = window.workbench
    if bench is None:
        return None
    chosen = getattr(bench.page(Stop("package")), "package", None)
    if isinstance(chosen, Path):
        return chosen
    beside = window.session.workspace.path.with_suffix(".asice")
    return beside if beside.is_file() else None


# ---- guidelines ------------------------------------------------------------------------------------
class GuidelineShown(Shown):
    """What a guideline file asks, and how to begin with it."""

    def __init__(self, window: MainWindow, path: Path, opened: PackFile, signed: Provenance) -> None:
        pack = opened.pack
        info = pack.pack
        sure = signed.warning is None

        def told(said: Message | LocalText) -> Message | LocalText:
            """Whatever did not come with the program says so of itself."""
            return said if sure else Message("ui.arrived.claims", said=said)

        super().__init__(window, told(info.called))
        offer_help(self, "guidelines")
        self.path, self.opened = path, opened
        self.say(Message("ui.arrived.guideline", file=plain(path.name), version=info.edition))
        if issuer := self.session.say(info.issuer):
            self.say(told(Message("ui.arrived.issuer", issuer=plain(issuer))))
        good = sure and info.status == "in-force"
        self.say(told(Message(f"ui.arrived.status.{info.status}")), "good" if good else "warn")
        self.say(Message("ui.arrived.years", least=info.min_years, most=info.max_years))
        self.say(
            Message(
                "ui.arrived.content",
                dimensions=len(pack.dimensions),
                forms=len(pack.forms),
                worksheets=len(pack.worksheets),
                books=len(pack.books),
            )
        )
        self.say(Message("guideline.remark.signature", signature=signed.message), "good" if sure else "warn")
        if note := self.session.say(info.note):
            self.say(Message("ui.arrived.note", note=plain(note)), "muted")
        self.body.addStretch(1)
        self.offer(Message("ui.arrived.trial"), self._trial, icon="eye")
        self.offer(Message("ui.guidelines.keep"), self._install, icon="download")
        self.offer(Message("ui.arrived.new_with"), self._new, look="primary", icon="file-plus")

    def _install(self) -> None:
        from desktop.ui.dialogs.guidelines import install_pack

        if install_pack(self, self.session, self.path, self.opened) is not None:
            self.accept()

    def _new(self) -> None:
        self.accept()
        self.window_.start.show_new_with(self.opened)

    def _trial(self) -> None:
        self.accept()
        self.session.attempt(self.try_out)

    def try_out(self) -> None:
        """Open an example document of this guideline, to be looked at and thrown away."""
        from desktop.workspace import Workspace

        if not self.session.may_leave():
            return
        info = self.opened.pack.pack
        first = clock.now().year + 1
        title = self.session.say(info.called)
        workspace = Workspace.create(
            folder("trial") / f"{new_id()[-8:]}.rancang",
            region="18.07",
            first_year=first,
            last_year=first + info.min_years - 1,
            pack=self.opened.content,
            author=self.session.author(),
            title={"id": self.session.say(Message("ui.arrived.trial_title", title=title))},
            example=True,
        )
        self.session.adopt(workspace)


def show_guideline(window: MainWindow, path: Path) -> None:
    """Show what a guideline file is and whose; a broken one says all that is wrong with it."""
    from desktop.guideline import BrokenPack, open_pack
    from desktop.guideline.provenance import provenance
    from desktop.ui.dialogs.guidelines import show_faults

    session = window.session
    try:
        opened = open_pack(path)
    except BrokenPack as error:
        show_faults(window, session, path, error)
        return
    except RancangError as error:
        session.failed.emit(error.message)
        return
    signed = session.attempt(lambda: provenance(opened))
    if signed is not None:
        GuidelineShown(window, path, opened, signed).exec()


# ---- what cannot be used ---------------------------------------------------------------------------
class Explained(Shown):
    """Files that are not taken, each with what it is and what to do."""

    def __init__(self, window: MainWindow, task: Task) -> None:
        super().__init__(window, Message("ui.arrived.not_taken", n=len(task.arrivals)))
        offer_help(self, "start")
        speaker = self.session.speaker
        if task.deed.value != "explain":
            self.say(task.promise)
        for arrival in task.arrivals[:NAMED]:
            told: Speech = plain(arrival.path.name)
            if task.deed.value == "explain":
                told = arrival.explanation.with_params(_plainly)
            row = widgets.line(widgets.picture("info", "warn", 18), spacing=10)
            row.addWidget(widgets.label(speaker, told, wrap=True), 1)
            self.body.addLayout(row)
        if len(task.arrivals) > NAMED:
            self.say(Message("ui.arrived.more", n=len(task.arrivals) - NAMED), "muted")
        self.body.addStretch(1)
        self.resize(theme.grown(560), theme.grown(180 + 46 * min(NAMED, len(task.arrivals))))
        if task.deed.value == "needs-document":
            self.offer(Message("ui.start.open"), partial(self._go, "open"), icon="folder-open")
            self.offer(Message("ui.start.new"), partial(self._go, "new"), look="primary", icon="file-plus")

    def _go(self, command: str) -> None:
        self.accept()
        self.window_.commands.run(command)


def explain(window: MainWindow, task: Task) -> None:
    """Say what files are that nothing is done with, and what to do instead."""
    Explained(window, task).exec()
