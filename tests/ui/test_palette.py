"""The palette: what can be reached is found by a few letters, quickly; what was used last comes first."""

import pytest
from PySide6.QtCore import Qt

from desktop.base import Language, Message
from desktop.ui.shell import choices
from desktop.ui.shell.choices import everything
from desktop.ui.shell.finding import Haystack, fold
from desktop.ui.shell.palette import SHOWN, Palette, open_palette
from desktop.ui.shell.sections import Entry, RowPainter
from desktop.ui.theme import Theme
from tests.effort import steps
from tests.ui.test_language import fill

NAMES = [
    "Layanan perizinan satu pintu",
    "Air bersih untuk desa",
    "Kebersihan pantai",
    "Peringatan dini banjir",
    "Kabupaten Air Mata",
]


def names(typed, known=NAMES):
    return [known[place] for place in Haystack((name, "") for name in known).find(typed)]


# -- finding ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("air", "Air bersih untuk desa"),
        ("pintu izin", "Layanan perizinan satu pintu"),
        ("BANJIR", "Peringatan dini banjir"),
        ("bersih", "Air bersih untuk desa"),
        ("prngtn", "Peringatan dini banjir"),
        ("dini perin", "Peringatan dini banjir"),
    ],
)
def test_words_are_found_in_any_order_and_by_their_letters(typed, first):
    assert names(typed)[0] == first


def test_nothing_typed_finds_all_in_order_and_nonsense_finds_nothing():
    assert names("") == NAMES
    assert names("xyzzy") == []
    assert names("?!") == NAMES


def test_what_stands_beside_a_name_finds_it_after_names_do():
    hay = Haystack(
        [("Kota Bogor", "32.71 Jawa Barat"), ("Jawa", ""), ("Kabupaten Bogor", "32.01 Jawa Barat")]
    )
    assert hay.find("jawa") == [1, 0, 2]
    assert hay.find("32 01") == [2]


def test_folding_keeps_words_and_drops_signs():
    assert fold("  Bab_II: «Visi»-Misi ") == " bab ii visi misi"


def test_searching_costs_a_few_steps_for_each_entry():
    """Milliseconds: tests/bench/bench_frames.py."""
    many = 2_000
    hay = Haystack(
        (f"Program {number} layanan terpadu desa {number % 97}", str(number)) for number in range(many)
    )
    for typed in ("p", "pr", "pro", "layanan 77", "desa 9 program", "lynn 1711", "zzz"):
        assert steps(lambda typed=typed: hay.find(typed)) < 20 * many, typed


# -- what is offered ----------------------------------------------------------------------------------
def test_every_kind_of_thing_is_offered(desk):
    desk.change(fill)
    desk.check()
    entries = list(everything(desk.window))
    kinds = {entry.section for entry in entries}
    assert kinds == {
        choices.PAGES,
        choices.COMMANDS,
        choices.PROGRAMMES,
        choices.AGENCIES,
        choices.SETTINGS,
        choices.FINDINGS,
        choices.REGIONS,
    }
    ids = [entry.id for entry in entries]
    assert len(ids) == len(set(ids))
    assert sum(entry.section == choices.REGIONS for entry in entries) == 514
    undo = next(entry for entry in entries if entry.id == "command:undo")
    assert (undo.keys, undo.title.startswith("Urungkan: ")) == ("Ctrl+Z", True)


def test_an_agency_is_offered_only_its_own_selection(desk):
    desk.session.remember(role="agency")
    ids = {entry.id for entry in everything(desk.window)}
    assert "page:package/" not in ids
    assert "command:bring-back" in ids  # what the team sends to all copies
    assert "command:seal" not in ids
    assert not any(name.startswith("agency:") for name in ids)
    assert "page:programmes/" in ids


def test_without_a_document_commands_settings_and_regions_are_offered(empty_desk):
    entries = list(everything(empty_desk.window))
    assert {entry.section for entry in entries} == {choices.COMMANDS, choices.SETTINGS, choices.REGIONS}
    assert "command:go-settings" in {entry.id for entry in entries}
    assert "command:save" not in {entry.id for entry in entries}


def give(desk, monkeypatch, typed):
    """Type into the palette and press Enter; what was shown."""
    shown = []

    def answer(self):
        self.search.setText(typed)
        shown.extend(entry.id for entry in self.list.rows.entries())
        desk.qtbot.keyClick(self.search, Qt.Key.Key_Return)
        return self.result()

    monkeypatch.setattr(Palette, "exec", answer)
    open_palette(desk.window)
    desk.settle()
    return shown


def test_a_region_begins_a_new_document(empty_desk, monkeypatch):
    give(empty_desk, monkeypatch, "lampung timur")
    form = empty_desk.window.start.new
    assert form.isVisible()
    assert form.list.currentItem().text().startswith("Kabupaten Lampung Timur")


def test_a_setting_leads_to_its_control(desk, monkeypatch):
    give(desk, monkeypatch, "warna tampilan")
    page = desk.window.workbench.current
    assert page.controls["theme"].hasFocus()
    desk.session.remember(theme=Theme.SYSTEM)


@pytest.mark.slow
def test_an_agency_leads_to_its_row(desk, monkeypatch):
    desk.change(fill)
    give(desk, monkeypatch, "dinas air")
    assert desk.window.workbench.stop.page == "agencies"


def test_a_finding_leads_to_its_field(desk, monkeypatch):
    desk.check()
    finding = next(each for each in desk.session.report.findings if each.page.ref == "town")
    give(desk, monkeypatch, desk.session.say(finding.message))
    assert desk.window.workbench.stop.ref == "town"


@pytest.mark.slow
def test_what_was_used_last_comes_first(desk, monkeypatch):
    give(desk, monkeypatch, "pemeriksaan")
    give(desk, monkeypatch, "bahasa kedua")
    assert len(desk.session.settings.recent_choices) == 2
    shown = give(desk, monkeypatch, "")
    assert shown[0] == desk.session.settings.recent_choices[0]
    assert len(shown) == len(set(shown))


def entry(name, number=0):
    return Entry(f"x:{name}{number}", name, Message("ui.palette.page"))


def test_arrows_go_over_headings_and_stop_at_the_ends(desk):
    other = Entry("y", "Dua", Message("ui.palette.command"))
    dialog = Palette(desk.session, [entry("Satu"), other], desk.window)
    assert dialog.list.rows.rowCount() == 4
    assert dialog.list.chosen().title == "Satu"
    desk.qtbot.keyClick(dialog.search, Qt.Key.Key_Up)
    assert dialog.list.chosen().title == "Satu"
    desk.qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    assert dialog.list.chosen().title == "Dua"
    desk.qtbot.keyClick(dialog.search, Qt.Key.Key_PageDown)
    assert dialog.list.chosen().title == "Dua"
    dialog.search.setText("zzzz")
    assert dialog.list.chosen() is None
    assert not dialog.nothing.isHidden()
    desk.qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.picked is None
    dialog.deleteLater()


def test_a_key_among_thousands_of_entries_shows_few_and_paints_what_is_seen(desk, monkeypatch):
    """Milliseconds: tests/bench/bench_frames.py."""
    many, painted, resets, real = 2_000, [], [], RowPainter.paint
    monkeypatch.setattr(RowPainter, "paint", lambda *about: (painted.append(1), real(*about))[1])
    entries = [entry(f"Program {number} layanan terpadu", number) for number in range(many)]
    dialog = Palette(desk.session, entries, desk.window)
    rows = dialog.list.rows
    rows.modelReset.connect(lambda: resets.append(1))
    dialog.show()
    desk.settle()

    def key(typed):
        dialog.search.setText(typed)
        dialog.list.viewport().repaint()

    for typed in ("p", "la", "layanan 77"):
        dialog.search.clear()
        desk.settle()
        resets.clear()
        painted.clear()
        assert steps(lambda typed=typed: key(typed)) < 25 * many
        assert len(resets) == 1
        assert sum(each.section == entries[0].section for each in rows.entries()) <= SHOWN
        assert 0 < len(painted) < SHOWN / 2, "only what is seen"
    dialog.close()
    dialog.deleteLater()


def test_a_screen_reader_hears_title_note_keys_and_kind(desk):
    rows = Palette(desk.session, list(everything(desk.window)), desk.window).list.rows
    texts = [rows.index(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(rows.rowCount())]
    assert any("Ctrl+2" in text and "Bukti dukung" in text and "Halaman" in text for text in texts)
    assert all(texts)
    desk.window.speak_language(Language.EN)
