"""v2 gives an estimate with its interval, the interval's own level, its grade and how it was made."""

from typing import Any

from starlette.testclient import TestClient

PATH = "/api/v2/datasets/pay_estimates/observations"


def one(client: TestClient, **asked: str) -> dict[str, Any]:
    answer = client.get(PATH, params={"soc": "2134", "basis": "year", "measure": "median_gbp", **asked})
    assert answer.status_code == 200
    (figure,) = answer.json()["observations"]
    return dict(figure)


def test_an_estimate_comes_with_an_interval_of_the_level_that_its_dataset_declares(full_client: TestClient) -> None:
    figure = one(full_client, region="S92000003", age="all", industry="all")
    assert figure["status"] == "modelled"
    assert figure["interval"]["level"] == 0.9
    assert figure["interval"]["lower"] < figure["value"] < figure["interval"]["upper"]
    assert figure["quality"] == {"kind": "grade_1_to_3", "value": 2.0}
    assert "mixed model" in figure["origin"]["method"]


def test_a_published_median_comes_as_it_was_published(full_client: TestClient) -> None:
    figure = one(full_client, region="E12000007", age="all", industry="all")
    assert (figure["status"], figure["value"]) == ("direct", 74284.0)
    assert figure["quality"]["value"] == 1.0


def test_a_borrowed_interval_is_graded_lowest(full_client: TestClient) -> None:
    assert one(full_client, region="K02000001", age="22-29", industry="all")["quality"]["value"] == 3.0


def test_other_datasets_keep_their_intervals_of_95_per_cent(full_client: TestClient) -> None:
    asked = {"soc2010": "2136", "sex": "all", "pattern": "all", "year": "2024", "measure": "median_gbp"}
    answer = full_client.get("/api/v2/datasets/pay_at_soc2010/observations", params=asked)
    assert answer.json()["observations"][0]["interval"]["level"] == 0.95


def test_the_old_api_tells_pay_by_region(full_client: TestClient) -> None:
    """In London programmers earn more than in Scotland, and the newest year is the only one."""
    pay = {}
    for number in (1, 11):
        answer = full_client.get(f"/api/v1/ashe/estimatePay?soc=2136&filters=region:{number}")
        assert answer.headers["X-LMI-Status"] == "converted"
        (year,) = answer.json()["series"]
        pay[number] = year["estpay"]
    assert pay[1] > 1.1 * pay[11]


def test_the_old_api_breaks_pay_down_by_region(full_client: TestClient) -> None:
    (year,) = full_client.get("/api/v1/ashe/estimatePay?soc=21&breakdown=region").json()["series"]
    assert [part["region"] for part in year["breakdown"]] == list(range(1, 13))
    assert max(year["breakdown"], key=lambda part: part["estpay"])["region"] == 1


def test_the_deciles_of_a_region_rise(full_client: TestClient) -> None:
    answer = full_client.get("/api/v1/ashe/estimatePayMD?soc=2136&filters=region:3").json()
    deciles = list(answer["deciles"].values())
    assert len(deciles) == 9
    assert deciles == sorted(deciles)


def test_a_region_and_a_sex_together_have_no_figure(full_client: TestClient) -> None:
    answer = full_client.get("/api/v1/ashe/estimatePay?soc=2136&filters=region:1|gender:2").json()
    assert list(answer) == ["soc", "error"]


def employed(client: TestClient, dataset: str, **asked: str) -> dict[str, Any]:
    answer = client.get(f"/api/v2/datasets/{dataset}/observations", params=asked)
    assert answer.status_code == 200
    (figure,) = answer.json()["observations"]
    return dict(figure)


def test_an_occupation_in_a_local_area_comes_with_its_interval_and_the_lowest_grade(full_client: TestClient) -> None:
    asked = {"soc": "2134", "area": "GM_LSIP", "year": "2024"}
    figure = employed(full_client, "employment_estimates_by_area", **asked)
    assert figure["status"] == "balanced"
    assert figure["interval"]["lower"] < figure["value"] < figure["interval"]["upper"]
    assert (figure["interval"]["level"], figure["quality"]["value"]) == (0.9, 3)
    printed = employed(full_client, "employment_estimates_by_area", **{**asked, "soc": "21"})
    assert (printed["status"], printed["quality"]["value"]) == ("direct", 1)
    assert "interval" not in printed


def test_too_few_people_in_a_local_area_are_answered_by_the_wider_group(full_client: TestClient) -> None:
    asked = {"soc": "5313", "area": "CU_LSIP", "year": "2024"}
    assert employed(full_client, "employment_estimates_by_area", **asked)["instead_of"]["soc"] == "5313"
    hint = employed(full_client, "employment_estimates_by_area", **asked, quality="any")
    assert (hint["soc"], hint["status"]) == ("5313", "unreliable")
    assert hint["interval"]["upper"] > hint["value"]


def test_employment_by_sex_has_an_interval_and_a_grade(full_client: TestClient) -> None:
    whole = {"industry": "all", "employment_status": "all", "qualification": "all"}
    asked = {"soc": "2134", "region": "K02000001", "year": "2024", "sex": "female", **whole}
    figure = employed(full_client, "employment_estimates", **asked)
    assert figure["interval"]["lower"] < figure["value"] < figure["interval"]["upper"]
    assert figure["quality"] == {"kind": "grade_1_to_3", "value": 2}
