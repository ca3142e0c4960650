"""What one field of a row that comes back becomes, in the window."""

from __future__ import annotations

from desktop.base import Language, render
from desktop.cli.coming_told import ToldField
from desktop.ui.coming.looked import _told


def test_a_paragraph_that_becomes_a_heading_is_shown_as_such(qapp) -> None:
    letters = "Kewajiban daerah"
    field = ToldField(
        "isi", letters, letters, (letters, letters), (f"<p>{letters}</p>", f"<h2>{letters}</h2>")
    )
    html = _told(field, lambda message: render(message, Language.ID))
    assert "<u" in html
    assert f"judul tingkat 2: {letters}" in html
