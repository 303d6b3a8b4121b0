"""The page that says how sure the estimates are has every trial of the newest reports, and nothing without them."""

import json
import shutil
from pathlib import Path

import pytest

from tools.reference import sure_page

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def made() -> dict[str, str]:
    return dict(sure_page.pages(ROOT))


def test_every_trial_of_the_reports_is_on_the_page(made: dict[str, str]) -> None:
    stem, employment = sure_page.newest(ROOT / "docs" / "proofs", sure_page.EMPLOYMENT) or ("", {})
    others, parts = sure_page.newest(ROOT / "docs" / "proofs", sure_page.OTHERS) or ("", {})
    page = made["docs/how-sure.md"]
    assert f"(proofs/{stem}.md)" in page
    for trial in employment["trials"]:
        assert f"| {trial['what']}; hidden: {trial['way']} | {trial['lines'][0]['figures']:,} |" in page
    assert "| tenths of the cells | 1,597 |" in page
    assert f"(proofs/{others}.md)" in page
    assert sum(f"| {name} |" in page for name, lines in parts.items() if isinstance(lines, list)) == 25


def test_what_would_be_held_least_if_nothing_were_known_of_it_is_told(made: dict[str, str]) -> None:
    assert "| GL_LSIP | 234 | 32.9% |" in made["docs/how-sure.md"]


def test_its_charts_draw_a_dot_for_every_trial(made: dict[str, str]) -> None:
    _, employment = sure_page.newest(ROOT / "docs" / "proofs", "employment") or ("", {})
    coverage = made["docs/how-sure-employment-coverage.svg"]
    # One more stands in the legend.
    assert coverage.count("<circle") == len(employment["trials"]) + 1
    assert made["docs/how-sure-track-record.svg"].count("<circle") == 2 * 26 + 2
    for name in (name for name in made if name.endswith(".svg")):
        assert f"({Path(name).name})" in made["docs/how-sure.md"]


def test_the_newest_report_is_taken_and_without_one_there_is_no_page(tmp_path: Path) -> None:
    proofs = tmp_path / "docs" / "proofs"
    proofs.mkdir(parents=True)
    assert dict(sure_page.pages(tmp_path)) == {}
    for day in ("2026-01-31", "2026-02-01"):
        (proofs / f"employment-{day}.json").write_text(json.dumps({"date": day}), "utf-8")
    assert sure_page.newest(proofs, "employment") == ("employment-2026-02-01", {"date": "2026-02-01"})
    shutil.rmtree(proofs)
