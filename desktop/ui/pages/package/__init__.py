"""The package: lock the documents, have them signed, verify any file; one module per card."""

from desktop.ui.pages.package.page import PackagePage

__all__ = ["PackagePage"]
