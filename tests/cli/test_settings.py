"""``settings``: the same settings as the window's, shown, changed, refused; and whom we believe."""

from desktop.base.settable import SETTABLE
from desktop.base.settings import SettingsFile


def test_all_are_shown_with_their_values(call):
    assert [each["name"] for each in call.ok("settings", json=True).records] == list(SETTABLE)
    out = call.ok("settings", language="id").out
    assert "language" in out
    assert "Bahasa jendela" in out


def test_one_is_changed_and_the_window_knows(call):
    (said,) = call.ok("settings", "text-size", "150", json=True).records
    assert (said["name"], said["value"]) == ("text-size", "150")
    assert SettingsFile().value.text_percent == 150
    (said,) = call.ok("settings", "text-size", json=True).records
    assert said["value"] == "150"


def test_what_cannot_be_is_refused_and_nothing_is_changed(call):
    assert call("settings", "theme", "blau").code == 2
    assert call("settings", "warna").code == 2
    assert call("settings", "warna", "x").code == 2
    assert call("settings", "backup-place", "/tidak/ada").code == 2
    assert SettingsFile().value.backup_place == ""


def test_the_name_set_is_the_author_where_none_is_given(call, town):
    call.ok("settings", "name", "Budi")
    call.ok("programme", str(town), "add", "code=T-002", "title=Taman")
    assert call.ok("history", str(town), json=True).records[0]["author"] == "Budi"


def test_backups_are_made_now_and_copied_to_the_second_place(call, town, tmp_path):
    place = tmp_path / "stik"
    place.mkdir()
    call.ok("settings", "backup-place", str(place))
    (said,) = call.ok("backups", str(town), "--now", json=True).records
    assert said["copied"] >= 1
    assert len(list(place.glob("Cadangan Rancang/*/*.rancang"))) == said["copied"]
    place.rename(tmp_path / "lain")
    changed = call.ok("programme", str(town), "add", "code=T-003", "title=Taman", language="id")
    assert "Tempat cadangan kedua" in changed.err


def test_what_was_asked_here_before_names_the_verb_that_does_it_now(call):
    for words in (["--add-anchor", "x.pem"], ["--add-anchor"], ["--anchors"], ["--remove-anchor", "x"]):
        assert "rancang trust add" in call.fails("settings", *words)
    assert "anchor" not in call.ok("settings", "--help").out
