"""The tables of the store: adverts, where each was seen, what was deleted, and how far each run has come.

Dates are texts (``YYYY-MM-DD``): they sort as dates, in both databases. None of a text is "not told" or "not yet".
"""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text

# Rises with every change of the tables; a store of another version is refused.
VERSION = 1

metadata = MetaData()

# ``version`` of the tables, and ``next_job``: a number is never given twice, even where the last advert is deleted.
about = Table("about", metadata, Column("name", Text, primary_key=True), Column("number", Integer, nullable=False))

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("employer", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("postcode", Text, nullable=False),
    Column("area", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("pay_low", Float),
    Column("pay_high", Float),
    Column("pay_per", Text),
    Column("pay_yearly_low", Float),
    Column("pay_yearly_high", Float),
    Column("pay_note", Text),
    Column("soc2020", Text, nullable=False),
    Column("soc2020_probability", Float, nullable=False),
    Column("soc2010", Text, nullable=False),
    Column("soc2010_probability", Float, nullable=False),
    Column("reason", Text, nullable=False),
    # JSON: [id, label, first character, end] of each; they are read with their advert, never by themselves.
    Column("skills", Text, nullable=False),
    Column("link", Text, nullable=False),
    Column("posted", Text, nullable=False),
    Column("expires", Text, nullable=False),
    Column("first_seen", Text, nullable=False),
    Column("last_seen", Text, nullable=False),
    Column("closed", Text),
    # The source and the id whose words stand here; the same advert may be seen elsewhere in other words.
    Column("told_by", Text, nullable=False),
    Column("block", LargeBinary, nullable=False),
    Column("sketch", LargeBinary, nullable=False),
    Index("jobs_by_block", "block"),
    Index("jobs_by_last_seen", "last_seen"),
    Index("jobs_by_area", "area", "soc2020"),
)

sightings = Table(
    "sightings",
    metadata,
    Column("source", Text, primary_key=True),
    Column("source_id", Text, primary_key=True),
    Column("job", Integer, ForeignKey("jobs.id"), nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("first_seen", Text, nullable=False),
    Column("last_seen", Text, nullable=False),
    Index("sightings_by_job", "job"),
)

# What was deleted on request. A sketch is of hashes: no words of the advert are kept.
deleted = Table(
    "deleted",
    metadata,
    Column("source", Text, primary_key=True),
    Column("source_id", Text, primary_key=True),
    Column("block", LargeBinary, nullable=False),
    Column("sketch", LargeBinary, nullable=False),
    Column("day", Text, nullable=False),
    Index("deleted_by_block", "block"),
)

# How far an import has come that isn't done yet.
runs = Table("runs", metadata, Column("run", Text, primary_key=True), Column("read", Integer, nullable=False))

# What a crawler knows of a page: by what to ask whether it has changed, and which adverts stand on it.
visited = Table(
    "visited",
    metadata,
    Column("source", Text, primary_key=True),
    Column("page", Text, primary_key=True),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
    Column("ids", Text, nullable=False),
)
