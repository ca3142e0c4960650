"""The editor for long texts: the document behind it, its keys and toolbar, and what stands beside it."""
