"""An evidence file is called by one plain name, wherever it came from: shown, proposed and written."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from desktop.exchange.evidence_folders import safe_name
from desktop.ui.files import viewing
from desktop.ui.files.model import Files, kind_name
from tests.workspace.test_operation import LABEL


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("foto kegiatan\u202egpj.exe", "foto kegiatangpj.exe"),
        ("foto\u200b.jpg\n.exe", "foto.jpg .exe"),
        ("../../evil.sh", "..-..-evil.sh"),
        ("/etc/x.desktop", "-etc-x.desktop"),
        ("\\\\host\\share\\x.pdf", "--host-share-x.pdf"),
        ("Foto Pasar é.jpg", "Foto Pasar é.jpg"),
    ],
)
def test_a_name_leads_nowhere_and_hides_nothing(desk, monkeypatch, name, plain) -> None:
    with desk.session.workspace.operation(LABEL) as op:
        row = op.attach(b"MZ no picture", name=name, media_type="image/jpeg")
    assert desk.session.workspace.plan().evidence[-1].name == plain
    with desk.session.workspace.operation(LABEL) as op:
        op.set("evidence", row, name=name)
    desk.settle()
    file = desk.session.plan.evidence[-1]
    assert (file.name, file.called) == (name, plain), "what a document says already stays as it is"
    asked = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *about: asked.append(about[2]) or ("", ""))
    viewing.save_copy(desk.session, file, desk.window)
    assert Path(asked[0]).name == plain
    (written,) = Files(desk.session).names_in([file], Path("x"))
    assert written.parent == Path("x")
    assert "\u202e" not in safe_name(name)
    assert kind_name(file) == (
        "JPEG" if plain.endswith(".jpg") else f"JPEG ({Path(plain).suffix.upper()[:6]})"
    )
