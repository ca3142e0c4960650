"""States of signing, verifying and receiving: from the parafs to the ministry's desk.

For pictures, like :mod:`tests.states`; the keys are test identities, made for the pictures and left behind.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog

from desktop.base import Message, clock
from desktop.base.jobs import quiet
from desktop.ui.journey import Stop
from desktop.ui.running import Runner
from desktop.ui.standings import Standings
from tests import copies
from tests.states import Seen, asked, held
from tests.walk import rest, settle

EDIT = Message("ui.op.add_programme")
PASSWORD = "uji"


def signed(window: Any, folder: Path, demo: Path) -> Iterator[Seen]:
    """The whole way of a package."""
    home = folder / "signed"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    with copies.at(home / "office"):
        yield from _signed(window, home, demo)


def _signed(window: Any, home: Path, demo: Path) -> Iterator[Seen]:
    from desktop.trust import make_test_identity

    path = home / "Masterplan Lampung Timur.rancang"
    shutil.copy(demo, path)
    session = window.session
    session.leave()
    session.remember(name="Laras Contoh", role="secretary", visited={}, seen={})
    window.open_path(path)
    session.check_now()
    names = {each.role: each.name for each in session.plan.people if each.role}
    keys = make_test_identity(home / "kunci", names, PASSWORD, now=clock.now())
    yield from _before(window)
    yield from _locked(window, home, keys)
    yield from _signing(window, home, keys)
    yield from _verdicts(window, home, keys)
    yield from _believed(window, home, keys)
    session.leave()
    yield from desk(window, home)
    session.remember(role="secretary")


def _visit(window: Any, page: str, ref: str = "", seconds: float = 0.0) -> Any:
    window.workbench.visit(Stop(page, ref))
    window.workbench.current.complete()
    settle()
    rest(seconds)
    return window.workbench.current


def _home(window: Any) -> None:
    window.session.check_now()
    home = _visit(window, "home")
    home.finish()
    _known(window.session)
    home.finish()
    settle()


def _ended(runner: Any) -> None:
    rest(0.1)
    for _ in range(1200):
        if not runner.running:
            break
        rest(0.05)
    settle()
    _known(runner._session)


def _known(session: Any) -> None:
    """Wait for what pages asked of packages."""
    for _ in range(600):
        if not Standings.of(session).busy:
            break
        rest(0.02)
    settle()


def _whole(page: Any) -> Any:
    """All of a page, however long it is."""
    return page.widget()


def _shown(name: str, dialog: QDialog) -> Iterator[Seen]:
    dialog.show()
    settle()
    yield name, dialog
    dialog.close()
    dialog.deleteLater()
    settle()


# -- before anything is locked ----------------------------------------------------------------------
def _before(window: Any) -> Iterator[Seen]:
    from desktop.exchange.initials import Said
    from desktop.ui.dialogs.initial import InitialDialog, note

    session = window.session
    page = _visit(window, "package")
    yield "package-open", window
    yield "package-open-whole", _whole(page)
    found = page.signing.initials.found
    yield from _shown("initial", InitialDialog(session, found[0], window))
    note(session, found[0], "initialled", Said())
    note(session, found[1], "returned", Said(note="Pagu di lampiran belum sama dengan RKPD."))
    session.check_now()
    settle()
    with session.change(EDIT) as operation:
        operation.write("programme", session.plan.programmes[0].id, "technology", "id", "Satu akun warga.")
    note(session, page.signing.initials.found[2], "initialled", Said())
    session.check_now()
    settle()
    page = _visit(window, "package")
    if hasattr(page.signing.initials, "_toggle"):
        page.signing.initials._toggle()
        settle()
    yield "package-initials", _whole(page)
    _home(window)
    yield "home-initials", window


def _locked(window: Any, home: Path, keys: Any) -> Iterator[Seen]:
    from desktop.submission.standing import standing
    from desktop.ui.dialogs.returned import ForWhom, waiting_people

    page = _visit(window, "package")
    page.sealing.seal(home / "Masterplan Lampung Timur.asice")
    rest(0.3)
    yield "package-locking", window
    _ended(page.runner)
    _ended(page.runner)
    yield "package-locked", window
    yield "package-locked-whole", _whole(page)
    yield from asked(lambda: page.signing._begin("regional_secretary", print), "order-asked")
    people = waiting_people(window.session, standing(page.package))
    yield from _shown("for-whom", ForWhom(window.session, people, window))
    out = home / "keluar"
    out.mkdir()
    page.signing.elsewhere.export(out, "regional_secretary")
    _ended(page.runner)
    yield "package-out", window
    yield from _came_back(window, page.package, out, keys)
    _home(window)
    yield "home-locked", window


def _came_back(window: Any, package: Path, out: Path, keys: Any) -> Iterator[Seen]:
    """One as it went out, one that another program wrote anew, one that says something else."""
    from desktop.submission import look_at
    from desktop.submission.pdf.sign import sign_pdf
    from desktop.submission.stamp import Stamp, StampStanding
    from desktop.trust import P12Key
    from desktop.ui.dialogs.pages_apart import PagesApart
    from desktop.ui.dialogs.returned import ReturnedPdfs
    from tests.ui.test_returned import anew

    role = "regional_secretary"
    first, second, third = (next(out.rglob(f"{name}.id.pdf")) for name in ("I", "II", "commitment"))
    back = home_of(out)
    stamp = Stamp("Bunga Contoh", "Sekretaris Daerah", clock.now(), StampStanding.TEST, "RANCANG:X")
    came = []
    black = anew(third.read_bytes(), b"q 0 g 60 650 200 12 re f Q")
    for path, data in (first, first.read_bytes()), (second, anew(second.read_bytes())), (third, black):
        target = back / path.name
        with P12Key(keys.signers[role].path, PASSWORD).open() as signer:
            target.write_bytes(sign_pdf(data, signer, role, stamp, path.name))
        came.append(target)
    looked = look_at(quiet, package, came)
    yield from _shown("returned", ReturnedPdfs(window.session, package, looked, window))
    apart = PagesApart(window.session, package, looked[2], window)
    apart.show()
    apart.begin()
    _ended(apart.runner)
    yield "pages-apart", apart
    apart.close()
    apart.deleteLater()


def home_of(out: Path) -> Path:
    """A folder beside, for what comes back."""
    made = out.with_name("kembali")
    made.mkdir()
    return made


def _signing(window: Any, home: Path, keys: Any) -> Iterator[Seen]:
    from desktop.trust import P12Key

    page = _visit(window, "package")
    page.verifying.trust_also(keys.root)
    _ended(page.runner)
    key = P12Key(keys.signers["head_of_region"].path, PASSWORD)
    other = P12Key(keys.signers["legal_bureau"].path, PASSWORD)
    yield from _preflight(window, page, "head_of_region", key, "preflight")
    yield from _preflight(window, page, "head_of_region", other, "preflight-other")
    page.signing.by_key.sign_with("head_of_region", key)
    _ended(page.runner)
    _ended(page.runner)
    settle()
    yield "package-half", window
    yield "package-half-whole", _whole(page)
    _home(window)
    yield "home-half", window
    page = _visit(window, "package")
    shutil.copy(page.package, home / "half.asice")
    for role, *_ in page.signing.signers():
        if role in ("head_of_region", "*"):
            continue
        page.signing.by_key.sign_with(role, P12Key(keys.signers[role].path, PASSWORD))
        _ended(page.runner)
        _ended(page.runner)
    page.signing.by_key.sign_with("*", P12Key(keys.signers["team_secretary"].path, PASSWORD))
    _ended(page.runner)
    _ended(page.runner)
    yield "package-signed", window
    yield "package-signed-whole", _whole(page)
    _home(window)
    yield "home-signed", window


def _preflight(window: Any, page: Any, role: str, key: Any, name: str) -> Iterator[Seen]:
    from desktop.submission import preflight
    from desktop.ui.dialogs.preflight import PreflightDialog

    person = next(name for each, _, name in page.signing.signers() if each == role)
    found = preflight(
        quiet, page.package, key, role, page.verifying.anchors(), clock.now(), closing=False, person=person
    )
    yield from _shown(name, PreflightDialog(window.session, window, found))


# -- verifying --------------------------------------------------------------------------------------
def _verdicts(window: Any, home: Path, keys: Any) -> Iterator[Seen]:
    page = _visit(window, "package")
    card, package = page.verifying, page.package
    whole = package.read_bytes()
    bent, cut, scan = home / "diubah.asice", home / "terpotong.asice", home / "Kab Contoh.pdf"
    place = len(whole) // 2
    bent.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
    cut.write_bytes(whole[:-500])
    scan.write_bytes(b"%PDF-1.7 scan")
    for name, path in (
        ("half", home / "half.asice"), ("bent", bent), ("cut", cut), ("scan", scan), ("signed", package),
    ):  # fmt: skip
        card.verify(path)
        _ended(page.runner)
        yield f"verdict-{name}", card
    from desktop.ui.pages.verdict_files import FilesInside

    files = card.view.findChild(FilesInside)
    if files is not None:
        files.turn()
        settle()
        yield "verdict-files", card
    card.trust.clear()
    card.verify(package)
    _ended(page.runner)
    yield "verdict-unknown", card
    with held() as kept:
        window.receive([package])
        settle()
        (dialog,) = kept
        for runner in dialog.findChildren(Runner):
            _ended(runner)
        yield "arrived-package", dialog


# -- whom is believed -------------------------------------------------------------------------------
def _believed(window: Any, home: Path, keys: Any) -> Iterator[Seen]:
    from desktop.trust import AnchorClass, adopt, adopt_list, known
    from desktop.ui.dialogs.anchor import AnchorDialog
    from tests.submission.register.many import Keys

    country = Keys()
    root, revoked = home / "root-nasional.pem", home / "dicabut.crl"
    from cryptography.hazmat.primitives.serialization import Encoding

    root.write_bytes(country.root.certificate.public_bytes(Encoding.PEM))
    for name, file in (("test", keys.root), ("national", root)):
        yield from _shown(f"anchor-{name}", AnchorDialog(window.session, window, known(file)))
    adopt(root, AnchorClass.NATIONAL)
    adopt(keys.root, AnchorClass.TEST)
    crl = country.crl
    revoked.write_bytes(crl if isinstance(crl, bytes) else crl.public_bytes(Encoding.DER))
    window.session.attempt(lambda: adopt_list(revoked))
    window.show_page("settings")
    settle()
    page = window.workbench.current
    for card in page.findChildren(_card_of("AnchorsCard")):
        card.read()
        _ended(card.runner)
    page.ensureWidgetVisible(page.findChildren(_card_of("AnchorsCard"))[0], 0, 0)
    settle()
    yield "settings-believed", window
    yield "settings-whole", _whole(page)


def _card_of(name: str) -> type:
    from desktop.ui.pages.settings import anchors

    made: type = getattr(anchors, name)
    return made


# -- the ministry -----------------------------------------------------------------------------------
def desk(window: Any, home: Path) -> Iterator[Seen]:
    """What came in, one beside the other."""
    from tests.submission.register.many import Country

    session = window.session
    session.remember(role="ministry")
    with copies.at(home / "ministry"):
        session.remember(name="Yoga Contoh", role="ministry")
        window.show_page("desk")
        settle()
        yield "desk-empty", window
        made = Country(home / "inbox")
        inbox = made.inbox
        made.good("18.07", 1, inbox / "18.07.asice")
        made.rivals("35.07", 2, inbox / "35.07.asice")
        made.stranger("35.73", 3, inbox / "35.73.asice")
        made.late("11.01", 4, inbox / "11.01.asice")
        made.document_unsigned("12.01", 5, inbox / "12.01.asice")
        made.resubmitted("13.01", 6, inbox / "13.01.asice")
        made.trial("14.01", 7, inbox / "14.01.asice")
        made.forged("15.01", 8, inbox / "15.01.asice")
        made.open_entries("16.01", 9, inbox / "16.01.asice")
        (inbox / "Kab Blitar.pdf").write_bytes(b"%PDF-1.7 x")
        yield from _desk(window, home, made)


def _desk(window: Any, home: Path, made: Any) -> Iterator[Seen]:
    from desktop import trust

    page = window._aside.page
    before, trust.load_anchors = trust.load_anchors, lambda *_: made.keys.anchors
    try:
        page.begin(home / "meja.sqlite")
        page.receive((made.inbox,))
        rest(0.3)
        yield "desk-running", window
        _ended(page.runner)
        yield "desk", window
        for row in range(page.list.model().rowCount()):
            page.list.selectRow(row)
            settle()
            entry = page.detail.entry
            if entry is not None:
                yield f"desk-{entry.result}-{row}", window
        page.tabs.setCurrentIndex(1)
        settle()
        yield "desk-compared", window
        page.tabs.setCurrentIndex(0)
        yield from asked(page.handing.write_letters, "desk-letters")
        yield from asked(page.handing.write_receipts, "desk-receipts")
    finally:
        trust.load_anchors = before


__all__ = ["signed"]
