"""The built-in help in a window of its own, beside the work."""
