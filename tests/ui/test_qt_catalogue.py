"""The compiled catalogue of Qt's own texts is one that Qt reads, word for word."""

import io
import runpy
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from PySide6.QtCore import QTranslator

ROOT = Path(__file__).resolve().parents[2]
qm = runpy.run_path(str(ROOT / ".build" / "catalogues.py"))["qm"]


def load(catalogue, folder):
    file = folder / "qtbase.qm"
    file.write_bytes(qm(catalogue))
    translator = QTranslator()
    assert translator.load(str(file))
    return translator


def test_contexts_keep_equal_sources_apart(tmp_path):
    catalogue = Catalog(locale="id")
    catalogue.add("&Open", "&Buka", context="QFileDialog")
    catalogue.add("&Open", "Bu&ka", context="QPlatformTheme")
    catalogue.add("%1 already exists.\nReplace?", "%1 sudah ada.\nGanti? ✓", context="QFileDialog")
    catalogue.add("Untranslated", "", context="QFileDialog")
    translator = load(catalogue, tmp_path)
    assert translator.translate("QFileDialog", "&Open") == "&Buka"
    assert translator.translate("QPlatformTheme", "&Open") == "Bu&ka"
    assert translator.translate("QFileDialog", "%1 already exists.\nReplace?") == "%1 sudah ada.\nGanti? ✓"
    assert not translator.translate("QFileDialog", "Untranslated")
    assert not translator.translate("QWizard", "&Open")
    assert translator.language() == "id"


def test_every_entry_of_our_catalogue_is_found(tmp_path):
    files = sorted((ROOT / "i18n").glob("*/LC_MESSAGES/qtbase.po"))
    assert files
    for path in files:
        catalogue = read_po(io.BytesIO(path.read_bytes()), locale=path.parts[-3])
        translator = load(catalogue, tmp_path)
        entries = [entry for entry in catalogue if entry.id and entry.string]
        for entry in entries:
            assert translator.translate(entry.context, entry.id) == entry.string
