"""Safe tables -> a release: an immutable folder of columns, catalogue and checksums, and the way to open one.

Rule 1: a release is written beside its place and moved there whole; a failed build leaves no trace.
Rule 2: a release is never changed; the one that is replaced is kept beside it under its own number.
Rule 3: the same sources and the same code give the same bytes.
"""
