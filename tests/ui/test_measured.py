"""Every screen, measured: nothing cut off and nothing faint, in both languages and both themes."""

from __future__ import annotations

import shutil

import pytest

from desktop.base import Language
from desktop.ui.theme import Theme
from tests import pictures
from tests.apart import run_apart
from tests.measuring import cut, faint, unnamed
from tests.walk import screens, settle

pytestmark = [pytest.mark.uncounted, pytest.mark.slow]


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory):
    """The demo region, made once."""
    folder = tmp_path_factory.mktemp("demo")
    run_apart("-c", f"from pathlib import Path; from tests.pictures import demo; demo(Path({str(folder)!r}))")
    return pictures.demo(folder)


@pytest.fixture
def shown(empty_desk, demo_file, tmp_path):
    """The window at 1280x720, and how it is dressed and made to speak."""
    window = empty_desk.window

    def dress(language=Language.ID, theme=Theme.LIGHT, percent=100):
        window.session.remember(theme=theme, text_percent=percent)
        window.speak_language(language)
        window.resize(1280, 720)
        settle()
        return window

    def opened():
        path = tmp_path / demo_file.name
        shutil.copy(demo_file, path)
        window.open_path(path)
        window.session.check_now()
        settle()

    return dress, opened


def faults(window):
    """What is cut off, and what has no name."""
    return [*cut(window), *(f"no name: {each}" for each in unnamed(window))]


@pytest.mark.parametrize(
    ("language", "percent", "theme"),
    [
        (Language.ID, 150, Theme.LIGHT),
        (Language.EN, 100, Theme.DARK),
        (Language.ID, 100, Theme.LIGHT),
        (Language.EN, 150, Theme.LIGHT),
    ],
)
def test_no_word_is_cut_off_and_nothing_is_nameless(shown, language, percent, theme):
    """The walk in the dark also tells what is too faint there."""
    dress, opened = shown
    window = dress(language, theme, percent)
    measured = (lambda shown: [*faults(shown), *faint(shown)]) if theme is Theme.DARK else faults
    found = {"start": measured(window)}
    window.start.show_new()
    settle()
    found["new"] = faults(window)
    opened()
    found |= {name: measured(widget) for name, widget in screens(window)}
    assert {name: lines for name, lines in found.items() if lines} == {}


def test_no_word_is_too_faint_in_the_light(shown):
    dress, opened = shown
    window = dress(theme=Theme.LIGHT)
    found = {"start": faint(window)}
    opened()
    found |= {name: faint(widget) for name, widget in screens(window)}
    assert {name: lines for name, lines in found.items() if lines} == {}
