"""The main path by hand, on a real display: an old Excel becomes rows, a finished plan a signed package."""

from __future__ import annotations

import time

import pytest

from desktop.base import clock
from desktop.trust import make_test_identity
from tests import pictures
from tests.data.planning import tables
from tests.screen.person import at_the_screen, missing

THREE_MINUTES = 180.0
PASSWORD = "rahasia"


@pytest.mark.slow
def test_last_years_excel_is_rows_within_three_minutes(tmp_path):
    assert missing() == [], "a judge that is not there has not agreed"
    source = tables.renstra(tmp_path)
    with at_the_screen(tmp_path) as person:
        person.start()
        person.sees("Rancang")
        began = time.monotonic()
        person.press("ctrl+shift+i")
        person.sees("Pilih berkas")
        person.write(str(source))
        person.press("Return")
        person.sees("Rancang")
        time.sleep(1.5)  # the list is read beside the window, which keeps its name
        person.write("Siti Rahmawati")
        person.press("Return")
        person.sees("Impor dari")
        person.press("Return", "Return", "Return")
        person.sees("Masterplan")
        made = [*(person.home / "Documents").rglob("*.rancang")]
        assert len(made) == 1
        rows = list[dict[str, object]]()
        person.until(lambda: rows.extend(person.asks("programme", str(made[0]))) or rows, "rows")
        assert time.monotonic() - began < THREE_MINUTES
        assert len([each for each in rows if each["kind"] == "programme"]) == 6


@pytest.mark.slow
def test_a_finished_plan_is_sealed_and_signed_with_the_keyboard(tmp_path):
    assert missing() == [], "a judge that is not there has not agreed"
    keys = make_test_identity(
        tmp_path / "kunci", {"head_of_bappeda": "Citra Contoh"}, PASSWORD, now=clock.now()
    )
    package = tmp_path / "usulan.asice"
    with at_the_screen(tmp_path) as person:
        person.start(str(pictures.demo(tmp_path)))
        person.sees("Masterplan")
        person.goes_to("paket usulan")
        person.sees("Masterplan")
        person.press("Tab", "Tab", "space")
        person.sees("Kunci dokumen")
        person.write(str(package))
        person.press("Return")
        person.until(package.exists, "the package")
        person.sees("Masterplan")
        person.until(lambda: person.verdict(package) == "sealed", "a sealed package")
        time.sleep(1.5)  # the window verifies what it sealed, and shows who signs
        # the keyboard is at the first signature already; parafs are missing, so that is asked about first
        person.press("space")
        person.is_asked()
        person.press("Tab", "space")
        person.sees("Pilih kunci")
        person.write(str(keys.signers["head_of_bappeda"].path))
        person.press("Return")
        for typed in ("salah", PASSWORD):
            person.sees("Kata sandi")
            person.write(typed)
            person.press("Return")
            if typed != PASSWORD:
                person.is_asked()
                person.press("Return")
        person.sees("Sebelum menandatangani")
        person.press("Return")
        person.until(lambda: "Citra Contoh" in str(person.asks("verify", str(package))), "a signature")
