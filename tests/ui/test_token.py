"""Signing with a hardware token in the window, with a software token (SoftHSM2) behind the real driver."""

import datetime as dt

import pytest

from desktop.base import Message
from desktop.submission.standing import standing
from desktop.trust import P12Key, PinState, TokenCertificate, make_test_identity
from desktop.trust.certificate import der
from desktop.ui.dialogs import preflight as preflight_dialog
from desktop.ui.dialogs import token as token_dialog
from desktop.ui.dialogs.token import TokenDialog
from desktop.ui.pages.package.signers import signed_roles
from desktop.ui.settings import SettingsFile
from tests import softhsm
from tests.trust import pki

WAIT = 60_000


@pytest.fixture
def plugged(desk):
    """A token with the key of the mayor's test identity; the root it is judged by."""
    identity = make_test_identity(desk.folder / "uji", {"mayor": "Ratna"}, now=dt.datetime.now(dt.UTC))
    softhsm.make_token("kota")
    with P12Key(identity.signers["mayor"].path, "uji").open() as signer:
        softhsm.put("kota", signer, "0a", "Ratna", desk.folder)
    return identity


def ready(desk, dialog):
    desk.qtbot.waitUntil(lambda: not dialog.runner.running, timeout=WAIT)


def choose(desk, dialog, pin):
    """What a person does: choose the driver, the certificate, and type the PIN."""
    ready(desk, dialog)
    dialog.use(softhsm.library())
    ready(desk, dialog)
    rows = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    dialog.list.setCurrentRow(next(row for row, text in enumerate(rows) if "token kota" in text))
    assert not dialog.ok.isEnabled()
    dialog.pin.setText(pin)
    assert dialog.ok.isEnabled()


@pytest.mark.slow
def test_documents_are_signed_with_the_token_and_a_wrong_pin_is_told(desk, plugged, monkeypatch):
    desk.change(lambda op: op.insert("person", name="Ratna", office={"id": "Wali Kota"}, role="mayor"))
    page = desk.visit("package")
    pins = iter(["000000", softhsm.PIN])

    def answer(dialog):
        choose(desk, dialog, next(pins))
        dialog.add_issuer(desk.folder / "uji" / "uji-penerbit.pem")
        return TokenDialog.DialogCode.Accepted

    def wait():
        desk.qtbot.waitUntil(lambda: not page.runner.running, timeout=WAIT)
        desk.settle()

    monkeypatch.setattr(TokenDialog, "exec", answer)
    asked = []
    monkeypatch.setattr("desktop.ui.pages.package.signing.confirm", lambda *_, **__: not asked.append(1))
    looked = []
    monkeypatch.setattr(preflight_dialog, "ask_preflight", lambda *asked: looked.append(asked[2]) or True)
    target = desk.folder / "kota.asice"
    page.sealing.seal(target)
    wait()
    wait()
    page.verifying.trust_also(plugged.root)
    wait()
    page.signing.by_key.choose_token("mayor")
    wait()
    assert [message.id for message in desk.said] == ["trust.token.wrong_pin_low"]
    assert looked == []
    assert signed_roles(standing(target)) == set()
    desk.said.clear()
    page.signing.by_key.choose_token("mayor")
    wait()
    wait()
    wait()
    assert desk.said == []
    assert [(each.holder, each.person, each.stopped) for each in looked] == [("Ratna", "Ratna", False)]
    assert signed_roles(standing(target)) == {"mayor"}
    assert {each.holder for each in page.verifying.view.verdict.signatures} == {"Ratna"}
    assert SettingsFile().value.token_library == str(softhsm.library())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("state", "message"),
    [
        (PinState.FINE, ""),
        (PinState.LOW, "trust.token.pin_low"),
        (PinState.FINAL, "trust.token.pin_final"),
        (PinState.LOCKED, "trust.token.pin_locked"),
    ],
)
def test_the_tries_left_are_told_before_a_pin_is_typed(desk, state, message):
    holder = pki.make("Ratna")
    dialog = TokenDialog(desk.session, desk.window)
    desk.qtbot.addWidget(dialog)
    ready(desk, dialog)
    dialog._show((TokenCertificate("kota", "Ratna", "0a", der(holder.certificate), state),))
    dialog.pin.setText("123456")
    assert dialog.tries.text() == (desk.session.say(Message(message)) if message else "")
    assert dialog.ok.isEnabled() is (state is not PinState.LOCKED)


@pytest.mark.slow
def test_what_is_no_driver_is_told_and_nothing_can_be_signed(desk):
    dialog = TokenDialog(desk.session, desk.window)
    ready(desk, dialog)
    wrong = desk.folder / "bukan.so"
    wrong.write_bytes(b"bukan")
    desk.said.clear()
    dialog.use(wrong)
    ready(desk, dialog)
    assert [message.id for message in desk.said] == ["trust.token.library"]
    dialog.pin.setText("1234")
    assert not dialog.ok.isEnabled()
    assert dialog.state.isVisibleTo(dialog)
    dialog.reject()
    dialog.deleteLater()


def test_giving_up_gives_no_key(desk, monkeypatch):
    monkeypatch.setattr(TokenDialog, "exec", lambda _: TokenDialog.DialogCode.Rejected)
    monkeypatch.setattr(token_dialog.tokens, "proposed", lambda _: "")
    assert token_dialog.ask_token(desk.window, desk.session) is None
