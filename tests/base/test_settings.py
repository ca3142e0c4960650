"""What is remembered on this computer: kept, read back, understood when damaged, changed by name."""

import json

import pytest

from desktop.base import Language, render
from desktop.base.settable import ROLES, SETTABLE, NoSuchFolder, NoSuchSetting, NotAValue, change
from desktop.base.settings import Purpose, Settings, SettingsFile, Side, Theme, start_folder
from desktop.ui.roles import Role


def test_everything_kept_is_read_back(own_home):
    value = Settings(
        language=Language.EN,
        name="Sari",
        role="mentor",
        second_language=True,
        findings_shown=False,
        theme=Theme.DARK,
        text_percent=150,
        token_library="/a.so",
        side=Side.HIDDEN,
        side_width=300,
        recent_choices=("command:open",),
        backup_place="/stik",
        folders={"imports": "/masuk"},
        last_folders={"exports": "/keluar"},
    ).opened(own_home / "a.rancang", "A", "0" * 32)
    SettingsFile().keep(value)
    assert SettingsFile().value == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "7",
        '{"folders": 3}',
        '{"recent": [{}]}',
        '{"text_percent": "x"}',
        '{"text_percent": 1e400}',
        "[" * 100_000,
    ],
)
def test_a_damaged_file_counts_as_none(own_home, text):
    (own_home / "window.json").write_text(text)
    assert SettingsFile().value == Settings()


@pytest.mark.parametrize("text", ['"side": "oben"', '"theme": "pink"', '"language": "jv"', '"side": 7'])
def test_a_choice_of_a_newer_version_costs_nobody_their_other_settings(own_home, text):
    (own_home / "window.json").write_text('{"name": "Sari", ' + text + "}")
    assert SettingsFile().value == Settings(name="Sari")


def test_what_an_older_version_wrote_is_understood_and_foreign_folders_are_not(own_home):
    (own_home / "window.json").write_text(
        json.dumps({"name": "Sari", "folders": {"imports": "/a", "x": "/b"}})
    )
    value = SettingsFile().value
    assert (value.name, value.folders) == ("Sari", {"imports": "/a"})


def test_a_dialog_begins_in_the_folder_set_then_the_last_then_beside_the_document(tmp_path):
    fixed, last, beside = (tmp_path / name for name in ("tetap", "akhir", "samping"))
    for folder in (fixed, last, beside):
        folder.mkdir()
    settings = Settings(
        folders={"imports": str(fixed)}, last_folders={"imports": str(last), "keys": str(last)}
    )
    assert start_folder(settings, Purpose.IMPORTS, beside) == fixed
    assert start_folder(settings, Purpose.KEYS, beside) == last
    assert start_folder(settings, Purpose.EXPORTS, beside) == beside
    fixed.rmdir()
    assert start_folder(settings, Purpose.IMPORTS) == last
    assert start_folder(settings, Purpose.EXPORTS, fixed).is_dir()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("name", "Sari"),
        ("role", "assessor"),
        ("language", "en"),
        ("theme", "dark"),
        ("text-size", "175"),
        ("second-language", "on"),
    ],
)
def test_a_setting_is_changed_by_name_and_told_in_the_same_words(name, text):
    assert SETTABLE[name].read(change(Settings(), name, text)) == text


def test_folders_must_be_there_and_can_be_cleared(tmp_path):
    for name in ("backup-place", *(f"folder-{purpose.value}" for purpose in Purpose)):
        changed = change(Settings(), name, str(tmp_path))
        assert SETTABLE[name].read(changed) == str(tmp_path)
        assert SETTABLE[name].read(change(changed, name, "")) == ""
        with pytest.raises(NoSuchFolder):
            change(Settings(), name, str(tmp_path / "tidak"))


@pytest.mark.parametrize(
    ("name", "text"),
    [("language", "de"), ("theme", "blau"), ("text-size", "90"), ("second-language", "ya"), ("role", "x")],
)
def test_what_a_setting_cannot_be_is_refused_with_what_it_can(name, text):
    with pytest.raises(NotAValue) as refused:
        change(Settings(), name, text)
    assert text in render(refused.value.message, Language.ID)


def test_an_unknown_name_is_answered_with_the_known_ones():
    with pytest.raises(NoSuchSetting) as refused:
        change(Settings(), "warna", "x")
    assert "theme" in render(refused.value.message, Language.EN)


def test_roles_are_those_of_the_window():
    assert set(ROLES) == set(Role)


def test_every_setting_is_called_something_in_both_languages():
    for each in SETTABLE.values():
        assert render(each.title, Language.ID) != render(each.title, Language.EN)
