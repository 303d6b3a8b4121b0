"""A dataset of which nobody has a file: the build goes on without it and says so, and reads a file that turns up."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from lmiforall import datasets
from lmiforall.base.problem import Stop
from lmiforall.release.build import build
from lmiforall.release.folder import read_catalogue
from lmiforall.watch.audit import audit
from tests import not_held

V1 = "/api/v1/"
EVERY = datasets.every()
ENDPOINTS = [(name, one) for name in not_held.NAMES for one in EVERY[name].endpoints]


def quiet(_name: str, _state: str) -> None:
    """Take what a build or an audit tells of its progress."""


def built(sources: Path, release: Path) -> str:
    """Build a release anew with the command, and give what it prints."""
    command = [sys.executable, "-m", "lmiforall", "build", "--sources", str(sources), "--out", str(release)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def release(full_release: Path, tmp_path: Path) -> Path:
    """A full release that may be built over."""
    shutil.copytree(full_release, tmp_path / "release", copy_function=os.link)
    return tmp_path / "release"


def test_the_build_goes_on_without_them_and_says_so(release: Path, sources: Path) -> None:
    assert not set(not_held.NAMES) & set(read_catalogue(release)["datasets"])
    said = built(sources, release)
    for name in not_held.NAMES:
        assert f"{name}: left out, for no file of it is in {sources}. {EVERY[name].not_held}" in said


def test_a_file_that_turns_up_is_read_and_once_it_is_gone_so_are_its_figures(
    release: Path, sources: Path, tmp_path: Path
) -> None:
    files = tmp_path / "files"
    for path in sources.rglob("*"):
        if path.is_file():
            (files / path.relative_to(sources)).parent.mkdir(parents=True, exist_ok=True)
            (files / path.relative_to(sources)).symlink_to(path)
    before = read_catalogue(release)
    (files / "ordered").mkdir()
    turned_up = shutil.copy(not_held.MADE_UP / "hesa" / "hesa_destinations_soc2010_jacs3.csv", files / "ordered")
    assert "graduate_destinations" not in built(files, release)
    assert set(read_catalogue(release)["datasets"]) == {*before["datasets"], "graduate_destinations"}
    Path(turned_up).unlink()
    assert "graduate_destinations: left out" in built(files, release)
    assert read_catalogue(release)["release"] == before["release"]


@pytest.mark.parametrize("name", not_held.NAMES)
def test_one_that_is_asked_for_by_its_name_stops_the_build(name: str, tmp_path: Path) -> None:
    with pytest.raises(Stop, match=f"dataset {name}: no file of it is there"):
        build(tmp_path, tmp_path / "release", [name], progress=quiet)


def test_half_of_its_files_are_no_files(tmp_path: Path) -> None:
    wards = "Ward names and codes UK as at 05_99.csv"
    shutil.copyfile(not_held.MADE_UP / "postcodes" / wards, tmp_path / wards)
    with pytest.raises(Stop, match="dataset postcode_names, source districts"):
        build(tmp_path, tmp_path / "release", ["postcode_names"], progress=quiet)


def test_nobody_is_asked_to_fetch_them(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "lmiforall", "fetch", "--into", str(tmp_path), "--list"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "by hand" in said
    assert not [name for name in not_held.NAMES if f"{name}/" in said]


def test_every_cell_of_the_made_up_files_comes_back_out_of_the_api(made_up_release: Path) -> None:
    report = audit(made_up_release, not_held.MADE_UP, progress=lambda _path, _state: None)
    assert report.clean, [*report.problems, *(what for one in report.accounts.values() for what in one.shown)]
    assert set(report.accounts) == set(not_held.NAMES)


def test_no_made_up_figure_is_in_the_package(starter_release: Path) -> None:
    assert not set(not_held.NAMES) & set(read_catalogue(starter_release)["datasets"])
    assert not [name for name in not_held.NAMES if EVERY[name].starter or (EVERY[name].folder / "golden.csv").exists()]


@pytest.mark.parametrize(("name", "endpoint"), ENDPOINTS, ids=[one.path for _, one in ENDPOINTS])
def test_an_endpoint_without_its_figures_says_why_and_with_them_gives_them(
    name: str, endpoint: object, client: TestClient, made_up_client: TestClient
) -> None:
    example = endpoint.example  # type: ignore[attr-defined]
    without, with_them = client.get(V1 + example), made_up_client.get(V1 + example)
    if name.startswith("census"):
        # It needs two datasets more, and any of them may be the one that is missed.
        assert without.json()["error"] in {EVERY[one].not_held for one in not_held.NAMES}
    else:
        assert without.headers["x-lmi-note"] == EVERY[name].not_held
    assert with_them.status_code == 200
    assert "error" not in with_them.text
    assert with_them.headers.get("x-lmi-status", "direct") == "direct"
    assert f"</api/v2/datasets/{name}" in with_them.headers["link"]


def test_a_place_is_a_postcode_in_any_spelling_or_a_point(made_up_client: TestClient) -> None:
    wanted = made_up_client.get(f"{V1}census/jobs_breakdown?area=SW1H 0DJ").content
    for area in ("SW1H0DJ", "sw1h0dj", "SW1H%200DJ", "SW1H+0DJ", "51.4901,-0.1301", "51.4901, -0.1301"):
        assert made_up_client.get(f"{V1}census/jobs_breakdown?area={area}").content == wanted
    assert made_up_client.get(f"{V1}census/jobs_breakdown?area=SW1A1AA").content != wanted


@pytest.mark.parametrize("area", ["SW99ZZ", "SW1A9ZZ", "ZZ99ZZ", "0,0"])
def test_a_place_without_figures_gets_none(made_up_client: TestClient, area: str) -> None:
    response = made_up_client.get(f"{V1}census/resident_occupations?area={area}")
    assert response.status_code == 200
    assert list(response.json()) == ["error"]


def test_what_is_no_place_is_refused(made_up_client: TestClient) -> None:
    for area in ("nowhere", "", "91.5.1,2", "1,2,3"):
        assert made_up_client.get(f"{V1}census/jobs_breakdown?area={area}").status_code == 400


def test_the_people_of_a_place_add_up(made_up_client: TestClient) -> None:
    for path, total, parts in (
        ("jobs_breakdown", "totalJobs", "jobsBreakdown"),
        ("resident_occupations", "totalResidents", "residentOccupations"),
    ):
        given = made_up_client.get(f"{V1}census/{path}?area=SW1A1AA").json()
        assert sum(one["value"] for one in given[parts]) == given[total]
        assert sum(one["percentage"] for one in given[parts]) == pytest.approx(100)


def test_an_occupation_without_graduates_is_no_empty_list_of_years(made_up_client: TestClient) -> None:
    # SOURCE: contract, section 0.6: a client takes the last of the years.
    response = made_up_client.get(f"{V1}hesa/courses/4135")
    assert response.status_code == 404
    assert list(response.json()) == ["soc", "error"]


def test_where_graduates_of_a_subject_went_is_told_most_first(made_up_client: TestClient) -> None:
    given = made_up_client.get(f"{V1}hesa/occupations?courses=H3").json()
    assert [one["year"] for one in given] == ["2011/12", "2012/13"]
    assert given[0]["occupations"][0] == {"soc": 2122, "title": "Mechanical engineers", "percentage": 58.0}
    for courses in ("Z9", "A1,H3"):
        assert made_up_client.get(f"{V1}hesa/occupations?courses={courses}").json() == []
    listed = made_up_client.get(f"{V1}hesa/list-courses").json()
    assert listed[0] == {"id": "A1", "name": "Pre-clinical medicine"}


def test_shortages_are_of_the_newest_year_that_is_told(made_up_client: TestClient) -> None:
    given = made_up_client.get(f"{V1}ess/region/01/4135").json()
    keys = ["soc", "year", "percentSSV", "percentHTF", "percentHTFisSSV", "reliability", "region"]
    assert list(given) == keys
    # The figures of 2013 are withheld.
    assert (given["year"], given["region"]) == (2011, {"name": "London", "code": 1})
    assert made_up_client.get(f"{V1}ess/uk/4135").json()["year"] == 2013
    assert made_up_client.get(f"{V1}ess/uk/4135?coarse=true").json()["soc"] == 41
    for query, status in (("year=2013", 200), ("year=2013&coarse=false", 404), ("year=2012", 200)):
        response = made_up_client.get(f"{V1}ess/region/1/4135?{query}")
        assert (response.status_code, list(response.json())) == (status, ["soc", "error"])


def test_occupations_are_ranked_by_how_hard_they_are_to_fill(made_up_client: TestClient) -> None:
    # Of 4135 the newest year has nothing, and 41 is no unit group.
    (first,) = made_up_client.get(f"{V1}ess/regions/ranksocs/1").json()
    assert first == {"soc": 5314, "percentSSV": 12.5, "percentHTF": 22, "percentHTFisSSV": 52.5, "reliability": 3}
    assert made_up_client.get(f"{V1}ess/regions/ranksocs/2").json() == []


def test_unemployment_by_year_takes_the_place_of_the_sample_of_2011(
    made_up_client: TestClient, client: TestClient
) -> None:
    # SOURCE: contract, section 3: {"soc": 1115, "years": [{"year": 2020, "unemprate": 10.15}]}, the last year last.
    given = made_up_client.get(f"{V1}lfs/unemployment?soc=1115&minYear=2019").json()
    assert given == {"soc": 1115, "years": [{"year": 2019, "unemprate": 3}, {"year": 2020, "unemprate": 4.05}]}
    women = made_up_client.get(f"{V1}lfs/unemployment?soc=1115&filterBy=gender%3A2").json()
    assert [one["year"] for one in women["years"]] == [2019, 2020]
    assert "by year" not in client.get(f"{V1}lfs/unemployment?soc=1&coarse=true").text


def test_in_soc2020_they_say_that_they_have_none(made_up_client: TestClient) -> None:
    for path in ("census/jobs_breakdown?area=SW1A1AA", "ess/uk/4135?coarse=true"):
        response = made_up_client.get(f"{V1}{path}&classification=soc2020")
        assert "SOC2020" in response.json()["error"]
