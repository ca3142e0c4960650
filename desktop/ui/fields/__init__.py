"""Editors for single values, and what binds them to the workspace."""
