"""Postings as sources give them -> adverts: clean, without personal data, with codes, pay, place and skills."""
