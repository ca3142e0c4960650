"""axe-core in a headless Chromium, over every document, in both languages and both lights."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.browser import NAMES, Browser, found

pytestmark = pytest.mark.slow

_ASK = """
axe.run(document, {resultTypes: ["violations"]}).then(told => told.violations.map(
    each => `${each.impact} ${each.id}: ${each.help}; ${each.nodes[0].html.slice(0, 200)}`))
"""


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, which .ci/test brings from npm."""
    path = Path(os.environ.get("RANCANG_AXE", Path(__file__).parents[3] / ".venv/axe/package/axe.min.js"))
    if not path.is_file():
        sentence = f"axe-core is not at {path}, so nobody else judged this"
        if os.environ.get("CI") or os.environ.get("RANCANG_TOOLS") == "required":
            pytest.fail(sentence)
        pytest.skip(sentence)
    return path.read_text(encoding="utf-8")


@pytest.fixture
def browser(tool, tmp_path):
    program = found() or tool(NAMES[0])
    assert shutil.which(program)
    with Browser(program, tmp_path / "profile") as made:
        yield made


def test_axe_finds_no_fault(pages, browser, axe, tmp_path):
    faults = []
    for page in pages:
        file = tmp_path / f"{page}.html"
        file.write_bytes(page.data)
        for dark in (False, True):
            browser.look(dark=dark)
            browser.open(file)
            browser.run(f"{axe};0")
            faults += [f"{page} {'dark' if dark else 'light'}: {each}" for each in browser.run(_ASK)]
    assert not faults, "\n".join(faults)


def test_nothing_runs_over_the_edge_of_a_telephone(pages, browser, tmp_path):
    for page in pages:
        file = tmp_path / f"{page}.html"
        file.write_bytes(page.data)
        browser.look(width=360, height=740)
        browser.open(file)
        assert browser.run("document.documentElement.scrollWidth") <= 360, str(page)


def test_a_page_loads_nothing_but_itself(pages, browser, tmp_path):
    file = tmp_path / "page.html"
    file.write_bytes(pages[0].data)
    browser.open(file)
    assert browser.run("performance.getEntriesByType('resource').length") == 0


def test_a_fault_would_be_found(browser, axe, tmp_path):
    file = tmp_path / "fault.html"
    file.write_text("<html><body><img src='data:,'><p style='color:#ccc'>pucat</p></body></html>")
    browser.look()
    browser.open(file)
    browser.run(f"{axe};0")
    told = " ".join(browser.run(_ASK))
    assert all(name in told for name in ("image-alt", "html-has-lang", "color-contrast"))
