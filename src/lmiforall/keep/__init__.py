"""What changes while the service runs is kept here: the one room with a database.

Rule 1: PostgreSQL and SQLite are used through one interface; nobody outside knows which it is.
Rule 2: what belongs together is written in one transaction: a process that dies leaves none of it, or all.
Rule 3: what was deleted on request doesn't come back.
"""
