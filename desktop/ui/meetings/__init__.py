"""Meetings as people work with them: the list by date, one meeting in full, its attendance.

Guidance sessions, meetings of bodies, consultations and visits share one table, so they share these parts.
"""
