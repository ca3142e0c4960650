"""Rancang: a regency team prepares its smart-city application and masterplan offline and signs it."""

__version__ = "0.1.0"
