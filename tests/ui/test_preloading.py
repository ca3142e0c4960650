"""What the first document needs is loaded while the start screen is read, and nothing goes on afterwards."""

import sys

from desktop.ui.preloading import Preloading


def test_modules_are_loaded_between_turns_and_then_it_rests(empty_desk):
    loading = Preloading(empty_desk.window)
    loading.begin()
    empty_desk.qtbot.waitUntil(lambda: not loading._turns.isActive(), timeout=20_000)
    assert not loading._thread.is_alive()
    assert {"sqlalchemy", "desktop.checks", "desktop.ui.pages.programmes"} <= set(sys.modules)
