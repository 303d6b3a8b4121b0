"""bench.onet_agreement: what it counts, on pairs made up for it and on the National Careers Service's own."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import onet_agreement, onet_agreement_report
from bench.onet_agreement import Pair

ROOT = Path(__file__).parents[1]
RANKING = [("b", 0.5), ("a", 0.3), ("c", 0.2)]


def test_a_code_has_the_place_at_which_ours_has_it_or_none() -> None:
    assert [onet_agreement_report.rank(RANKING, code) for code in "bcx"] == [1, 3, None]


def test_the_old_api_gives_the_largest_until_they_hold_four_fifths() -> None:
    assert onet_agreement_report.given_by_old_api(RANKING) == ["b", "a"]
    assert onet_agreement_report.given_by_old_api([]) == []


def test_profiles_are_counted_by_group_once_each() -> None:
    pairs = [Pair("one", "2211", "b"), Pair("two", "2211", "c"), Pair("three", "2212", "x")]
    counted = onet_agreement_report._counted(pairs, [RANKING] * 3, 4)
    assert counted["2211"] == {"profiles": 2, "first": 1, "five": 2, "any": 2}
    assert counted["2212"] == {"profiles": 1, "first": 0, "five": 0, "any": 0}


@pytest.fixture(scope="module")
def report(full_release: Path) -> dict[str, object]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.onet_agreement", "--release", str(full_release), "--json"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def test_the_report_counts_every_profile_with_a_code_in_use(report: dict[str, object]) -> None:
    profiles = report["profiles"]
    assert isinstance(profiles, list)
    assert len(profiles) == 331
    minor = report["by_minor_group"]
    assert isinstance(minor, dict)
    assert sum(counts["profiles"] for counts in minor.values()) == 331


def test_theirs_is_among_ours_in_more_than_four_of_five(report: dict[str, object], full_release: Path) -> None:
    """Counted anew, from the release's own table: the report's figure is no other."""
    profiles = report["profiles"]
    assert isinstance(profiles, list)
    ours = onet_agreement.ranked(full_release, "onet_at_soc2010", "to_onet", "soc2010", "onet")
    found = [one["onet"] in dict(ours[one["soc2010"]]) for one in profiles]
    assert found == [one["rank"] is not None for one in profiles]
    assert sum(found) / len(found) > 0.8
