"""bench.crosswalks: a line for each pair, counted as an answer of the service counts it."""

from pathlib import Path

import polars as pl
import pytest
from starlette.testclient import TestClient

from bench import crosswalks
from lmiforall import datasets
from lmiforall.base.model import Crosswalks
from lmiforall.release import folder


@pytest.fixture(scope="module")
def summary(full_release: Path) -> pl.DataFrame:
    return crosswalks.summary(pl.read_parquet(folder.parquet(full_release, "crosswalks")))


def test_every_pair_has_a_line_and_none_gains_on_a_round_trip(summary: pl.DataFrame) -> None:
    model = datasets.every()["crosswalks"].model
    assert isinstance(model, Crosswalks)
    lines = crosswalks.lines(summary, model)
    count = len(model.schemes)
    assert len(lines) == count * (count - 1)
    assert summary.filter((pl.col("returns") > 1 + 1e-6) | (pl.col("arrives") > 1 + 1e-6)).is_empty()


def test_what_comes_back_between_the_socs_is_the_mean_of_the_answers(
    summary: pl.DataFrame, full_client: TestClient
) -> None:
    row = summary.filter(pl.col("from") == "soc2010", pl.col("to") == "soc2020").row(0, named=True)
    asked = "/api/v2/datasets/crosswalks/observations?from=soc2010&to=soc2020&target=all&measure=returns&limit=10000"
    found = [one["value"] for one in full_client.get(asked).json()["observations"]]
    assert row["codes"] == len(found) == 369
    assert row["returns"] == pytest.approx(sum(found) / len(found))
    # Weighed by people, more than nine tenths come home.
    assert row["returns"] > 0.9


def test_a_link_that_was_lost_is_seen_in_the_summary(full_release: Path, summary: pl.DataFrame) -> None:
    """A check that can't fail is none: without half of its links a pair has fewer targets."""
    frame = pl.read_parquet(folder.parquet(full_release, "crosswalks")).with_columns(
        pl.when(pl.col("measure").cast(pl.String) == "targets").then(0).otherwise(pl.col("value")).alias("value")
    )
    assert crosswalks.summary(frame)["most"].max() == 0
    most = summary["most"].max()
    assert isinstance(most, float)
    assert most > 100
