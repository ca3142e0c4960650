"""Questions in a window of their own: identity, reasons, imports, passwords."""
