"""The guard of this folder does catch what it is there for."""

import pytest

LEAKS = {
    "timer": """
        from PySide6.QtCore import QTimer
        def test_it(qapp):
            QTimer(qapp).start(60_000)
        """,
    "single_shot": """
        from PySide6.QtCore import QTimer
        def later(): ...
        def test_it(qapp):
            QTimer.singleShot(60_000, later)
        """,
    "thread": """
        from PySide6.QtCore import QThread
        kept = []
        def test_it(qapp):
            kept.append(QThread())
            kept[0].start()
        """,
    "animation": """
        from PySide6.QtCore import QVariantAnimation
        def test_it(qapp):
            grow = QVariantAnimation(qapp)
            grow.setStartValue(0)
            grow.setEndValue(9)
            grow.setDuration(60_000)
            grow.start()
        """,
}

TIDY = """
    from PySide6.QtCore import QObject, QTimer
    from PySide6.QtWidgets import QWidget
    def test_shot_that_came(qtbot):
        seen = []
        QTimer.singleShot(0, lambda: seen.append(1))
        qtbot.waitUntil(lambda: bool(seen))
    def test_timer_of_a_closed_window(qtbot):
        window = QWidget()
        qtbot.addWidget(window)
        QTimer(window).start(60_000)
    """


@pytest.fixture
def inner(pytester):
    """A test run of its own, guarded by the very conftest that guards this folder."""
    import inspect

    from tests.ui import conftest

    pytester.makeini("[pytest]\nqt_api = pyside6\n")
    pytester.makeconftest(inspect.getsource(conftest))
    return pytester


def test_each_leak_fails_its_test(inner):
    for kind, source in LEAKS.items():
        inner.makepyfile(**{f"test_{kind}": source.replace("test_it", f"test_{kind}")})
    outcome = inner.runpytest_subprocess("-p", "no:xdist", "-p", "no:cacheprovider")
    outcome.assert_outcomes(passed=len(LEAKS), errors=len(LEAKS))
    outcome.stdout.fnmatch_lines_random([f"*test_{kind} left running: *" for kind in LEAKS])


def test_what_is_tidied_up_passes(inner):
    inner.makepyfile(TIDY)
    inner.runpytest_subprocess("-p", "no:xdist", "-p", "no:cacheprovider").assert_outcomes(passed=2)
