"""Qt's own texts that the window can show are in our catalogue: it never falls into English."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import QCoreApplication, Qt, QTranslator
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import (
    QCalendarWidget,
    QComboBox,
    QDateEdit,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QScrollBar,
    QSpinBox,
    QTextBrowser,
    QTextEdit,
    QTreeView,
    QWidget,
)

ROOT = Path(__file__).resolve().parents[2]
KEYS = ["Alt+Left", "Alt+Right", "Ctrl+Up", "Down", "Space", "Return"]
OTHERS = {"QIODevice", "QImageWriter", "QMimeType", "QGuiApplication", "QProgressBar", "QShortcut"}
"""Contexts of which we show nothing, or (keys) only some."""


class Asked(QTranslator):
    """Notes what Qt wants translated, and translates nothing."""

    def __init__(self):
        super().__init__()
        self.what = set()

    def isEmpty(self):
        return False

    def translate(self, context, source, _disambiguation=None, _n=-1):
        self.what.add(tuple(each.decode() if isinstance(each, bytes) else each for each in (context, source)))


@pytest.fixture(scope="module")
def known():
    with (ROOT / "i18n/id/LC_MESSAGES/qtbase.po").open("rb") as file:
        return {(entry.context, entry.id): entry.string for entry in read_po(file, locale="id") if entry.id}


@pytest.fixture
def asked(qapp):
    translator = Asked()
    QCoreApplication.installTranslator(translator)
    yield translator
    QCoreApplication.removeTranslator(translator)


@pytest.fixture
def host(qtbot):
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def missing(asked, known):
    return sorted(each for each in asked.what - set(known) if each[0] not in OTHERS)


def tell(interface, depth=0):
    """Ask as a screen reader does for names and actions."""
    if interface is None or depth > 2:
        return
    actions = interface.actionInterface()
    for name in actions.actionNames() if actions else ():
        actions.localizedActionName(name)
        actions.localizedActionDescription(name)
    for number in range(min(interface.childCount(), 5)):
        tell(interface.child(number), depth + 1)


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit, QTextEdit, QTextBrowser])
def test_menus_of_texts(kind, host, asked, known):
    edit = kind(host)
    menu = edit.createStandardContextMenu()
    assert menu.actions()
    menu.deleteLater()
    assert missing(asked, known) == []


@pytest.mark.parametrize("kind", [QSpinBox, QDateEdit, QComboBox, QLabel, QCalendarWidget])
def test_other_widgets(kind, host, asked, known):
    widget = kind(host)
    if isinstance(widget, QLabel):
        widget.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
    widget.show()
    tell(QAccessible.queryAccessibleInterface(widget))
    assert missing(asked, known) == []


@pytest.mark.parametrize("mode", list(QFileDialog.FileMode))
@pytest.mark.parametrize("accept", list(QFileDialog.AcceptMode))
def test_file_dialogs(mode, accept, host, asked, known, qtbot, tmp_path):
    (tmp_path / "satu").mkdir()
    (tmp_path / "dua.xlsx").write_bytes(b"")
    dialog = QFileDialog(host)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setFileMode(mode)
    dialog.setAcceptMode(accept)
    dialog.setViewMode(QFileDialog.ViewMode.Detail)
    dialog.setDirectory(str(tmp_path))
    dialog.show()
    for view in dialog.findChildren(QTreeView):
        columns = range(view.model().columnCount())
        assert all(view.model().headerData(each, Qt.Orientation.Horizontal) for each in columns)
    dialog.close()
    dialog.deleteLater()
    assert missing(asked, known) == []


def test_buttons_of_dialogs(host, asked, known):
    box = QDialogButtonBox(host)
    ours = ("Ok", "Cancel", "Close", "Save", "Yes", "No", "Discard", "Open", "Retry", "Help", "Apply")
    for name in ours:
        assert box.addButton(QDialogButtonBox.StandardButton[name]).text()
    told = QMessageBox(QMessageBox.Icon.Warning, "Rancang", "…", QMessageBox.StandardButton.Ok, host)
    told.setDetailedText("…")
    told.show()
    told.close()
    assert missing(asked, known) == []


@pytest.mark.parametrize("way", list(Qt.Orientation))
def test_menus_of_scroll_bars(way, host, asked, known):
    bar = QScrollBar(way, host)
    bar.show()
    sides = ("Left edge", "Right edge") if way is Qt.Orientation.Horizontal else ("Top", "Bottom")
    assert all(("QScrollBar", each) in known for each in (*sides, "Scroll here"))
    tell(QAccessible.queryAccessibleInterface(bar))
    assert missing(asked, known) == []


@pytest.mark.slow
def test_keys_have_indonesian_names_and_are_still_understood_in_english(desk, known):
    native = QKeySequence.SequenceFormat.NativeText
    assert QKeySequence("Alt+Left").toString(native) == "Alt+Panah Kiri"
    assert QKeySequence("Ctrl+PgDown").toString(native) == "Ctrl+PgDown", "as on the keys themselves"
    for keys in KEYS:
        sequence = QKeySequence(keys)
        assert sequence == QKeySequence.fromString(keys, QKeySequence.SequenceFormat.PortableText)
        assert sequence == QKeySequence(sequence.toString(native)), "what is shown leads back to the key"
    desk.window.commands.run("language-en")
    assert QKeySequence("Alt+Left").toString(native) == "Alt+Left"
    desk.window.commands.run("language-id")


def test_what_a_file_dialog_asks_before_it_replaces_is_known(known):
    texts = [
        "%1 already exists.\nDo you want to replace it?",
        "%1\nFile not found.\nPlease verify the correct file name was given.",
        "%1\nDirectory not found.\nPlease verify the correct directory name was given.",
    ]
    assert [text for text in texts if not known.get(("QFileDialog", text))] == []
