"""The whole plan as one workbook for any spreadsheet program, taken back however it was edited.

Its sheets are laid out here; what came back is compared and taken over as an agency's workbook is
(:mod:`desktop.exchange.agency_workbook`), of which this is the one that belongs to no agency.
"""
