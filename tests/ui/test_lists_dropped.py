"""A file of earlier times may hold the revocation lists of several issuers: they go together, as is asked."""

from __future__ import annotations

from cryptography.hazmat.primitives.serialization import Encoding

from desktop.base.jobs import quiet
from desktop.base.paths import folder
from desktop.trust import known_lists
from desktop.ui.pages.settings import anchors
from tests.trust import pki
from tests.trust.crls import entry, revoke


def test_whoever_removes_a_file_of_lists_is_asked_about_all_of_them(desk, monkeypatch) -> None:
    one, two = pki.make("CA Satu", ca=True), pki.make("CA Dua", ca=True)
    file = folder("anchors", "crl") / "bersama.crl"
    file.write_bytes(b"".join(revoke(each, entry(7), encoding=Encoding.PEM) for each in (one, two)))
    card = anchors.AnchorsCard(desk.session)
    desk.qtbot.addWidget(card)
    card._show(anchors.read_held(quiet))
    asked = []
    monkeypatch.setattr(anchors, "confirm", lambda *about, **_: bool(asked.append(about[2])))
    card._remove_list(card.held.lists[0])
    assert asked[0].params["issuer"] == "CA Satu, CA Dua"
    assert len(known_lists()) == 2
