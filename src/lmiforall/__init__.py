"""LMI for All: official statistics about work in the UK, linked by occupation, as an open service."""

__version__ = "0.1.0"
