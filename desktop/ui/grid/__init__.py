"""Rows and columns like in a spreadsheet: a model over any rows, a view that pastes and fills."""
