"""The benchmark of fits runs, and a rival gives our tables or ends it; how fast they are is no test."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bench import ras, ras_report
from bench.memory import Memory
from bench.ras_report import Fitted, Grown, Measured
from bench.ras_tables import questions, sparse
from bench.rivals.ras import RIVALS, Question, installed
from lmiforall.fit.ras import TOLERANCE
from lmiforall.fit.sums import sums_of

ROOT = Path(__file__).parents[1]
SMALL = {question.name: question for question in questions(small=True)}


@pytest.mark.parametrize("name", RIVALS)
@pytest.mark.parametrize("question", SMALL.values(), ids=SMALL.keys())
def test_a_rival_gives_our_table(question: Question, name: str) -> None:
    if name not in installed():
        pytest.skip(f"{name} isn't installed; `make rivals` installs it (it needs a C++ compiler)")
    wanted = ras.ours(question)()
    assert ras.deviation(question, wanted) <= TOLERANCE
    off = ras.prove_equal(question, wanted, {name: RIVALS[name](question, TOLERANCE)()})
    assert off[name] <= ras.EQUAL


def test_a_table_that_differs_ends_the_benchmark() -> None:
    question = next(iter(SMALL.values()))
    wanted = ras.ours(question)()
    with pytest.raises(SystemExit, match="a rival gives another table than ours"):
        ras.prove_equal(question, wanted, {"a rival": wanted * (1 + 2 * ras.EQUAL)})


def test_a_table_of_so_many_cells_has_them_once_each_and_can_be_fitted() -> None:
    seed, margins = sparse(5_000)
    assert len(seed) == 5_000
    assert all(margin.groups.dtype == np.int32 for margin in margins)
    # The two margins of all but the last dimension, and those of the area, leave no two cells alike.
    assert len(set(zip(*(margin.groups.tolist() for margin in margins), strict=True))) == 5_000
    totals = [margin.lower.sum() for margin in margins]
    assert totals == pytest.approx([totals[0]] * 4)
    assert sums_of(seed, margins[0]).shape == margins[0].lower.shape


def test_the_report_says_met_and_missed_by_what_was_measured() -> None:
    fits = {"ours": Fitted([1.0], 0.0, 0.0), "ipfn": Fitted([501.0], 0.0, 0.0), "humanleague": Fitted([49.0], 0.0, 0.0)}
    growth = [
        Grown(10_000_000, 1.0, 1.0, 10, 0.0, Memory(900.0, 900.0)),
        Grown(100_000_000, 30.0, 20.0, 10, 0.0, Memory(17_000.0, 17_000.0)),
    ]
    said = ras_report.of({}, [Measured("a table", (2, 2), 4, fits)], growth, []).as_text()
    assert "| a table: times as fast as ipfn | at least 500 | 501 | met |" in said
    assert "| a table: times as fast as humanleague | at least 50 | 49 | **missed** |" in said
    assert "for ten times the cells | at most 15 | 20.0 | **missed** |" in said
    assert "| 100,000,000 cells, GiB | at most 16 | 16.6 | **missed** |" in said
    assert "humanleague isn't installed" in ras_report.of({}, [], growth, ["humanleague"]).as_text()


def test_the_benchmark_of_fits_measures_and_reports_as_json() -> None:
    command = [sys.executable, "-m", "bench.ras", "--small", "--repeats", "1", "--cells", "2000", "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    report = json.loads(done.stdout)
    assert report["tables"].keys() == SMALL.keys()
    for one in report["tables"].values():
        assert one["fits"].keys() == {"ours", *installed()}
        assert one["fits"]["ours"]["times_ours"] == 1
        assert all(fit["seconds"] and fit["worst"] < 1e-7 for fit in one["fits"].values())
    (grown,) = report["growth"]
    assert grown["cells"] == 2_000
    assert grown["worst"] <= TOLERANCE
    assert grown["peak"]["rss"] > 0
    assert report["not_installed"] == [name for name in RIVALS if name not in installed()]
