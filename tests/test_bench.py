"""The benchmarks run, and every rival gives our answers, byte for byte; how fast they are is no test."""

import json
import random
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bench import contenders, equal, servers
from bench.endpoint_questions import drawing, questions, variants
from bench.questions import SEED, Workload, workloads
from lmiforall import datasets
from lmiforall.release.opened import Release
from lmiforall.serve.application import application
from lmiforall.serve.v1 import endpoints

ROOT = Path(__file__).parents[1]
STARTER = ROOT / "src" / "lmiforall" / "starter"

# So many questions of each workload are asked of every rival.
ASKED = 200
# A small dataset that is read from a JSON file: the benchmark of the build changes one.
JSON = "apprenticeship_frameworks"

pytestmark = pytest.mark.skipif(
    bool(servers.missing_programs()), reason=f"not installed: {', '.join(servers.missing_programs())}"
)

WORKLOADS = {one.name: one for one in workloads(Release(STARTER, datasets.every()))}


@pytest.fixture(scope="module")
def up() -> Iterator[dict[str, servers.Server]]:
    core, _ = servers.cores()
    with contenders.lasting(STARTER, core) as started:
        yield started


@pytest.mark.parametrize("workload", WORKLOADS.values(), ids=WORKLOADS.keys())
def test_every_rival_gives_our_answers_byte_for_byte(workload: Workload, up: dict[str, servers.Server]) -> None:
    wanted = equal.bodies(up[contenders.OURS], workload.questions[:ASKED])
    assert len(wanted) == ASKED
    equal.prove(wanted, {name: server for name, server in up.items() if name != contenders.OURS})


def test_an_answer_that_differs_ends_the_benchmark(up: dict[str, servers.Server]) -> None:
    wanted = equal.bodies(up[contenders.OURS], WORKLOADS["v2 figure"].questions[:1])
    changed = {question: body.replace(b'"total":1', b'"total":2') for question, body in wanted.items()}
    with pytest.raises(SystemExit, match="another answer than ours"):
        equal.prove(changed, {"a rival": up[contenders.FRAMEWORK]})


def test_the_constant_handler_sends_our_answer_with_and_without_our_headers(up: dict[str, servers.Server]) -> None:
    ours, question = up[contenders.OURS], WORKLOADS["held"].questions[0]
    wanted, core = equal.bodies(ours, [question]), servers.cores()[0]
    constant = partial(servers.rival, "constant", ours=ours.port, question=question)
    with servers.running(core, constant) as like, servers.running(core, partial(constant, bare=True)) as bare:
        equal.prove(wanted, {"like": like, "bare": bare})
        assert equal.etags(ours, [question]) == {question: equal.headers(like, question)["etag"]}
        assert "etag" not in equal.headers(bare, question)


@pytest.mark.parametrize("name", [name for name, one in WORKLOADS.items() if not one.again])
def test_no_question_stands_twice_where_every_one_is_to_be_distinct(name: str) -> None:
    questions = WORKLOADS[name].questions
    assert len(questions) > 10_000
    assert len(set(questions)) == len(questions)


def test_the_benchmark_measures_every_server_and_reports_as_json() -> None:
    report = _run(
        "bench.answers", "--seconds", "1", "--rounds", "1", "--only", "unchanged", "--only", "v2 group", "--json"
    )
    found = {one["name"]: one for one in report["workloads"]}
    assert set(found["v2 group"]["runs"]) == set(contenders.ABOUT)
    assert set(found["unchanged"]["runs"]) < set(contenders.ABOUT)
    for one in found.values():
        for name, runs in one["runs"].items():
            assert runs[0]["per_second"] > 0, name
            assert 0 < runs[0]["p50_ms"] <= runs[0]["p99_ms"], name
            assert 0 < one["memory_mib"][name]["pss"] <= one["memory_mib"][name]["rss"], name


def test_each_endpoint_is_measured_beside_a_constant_handler() -> None:
    paths = ("wf/predict", "ashe/filters", "vacancies/search")
    options = [option for path in paths for option in ("--only", path)]
    report = _run("bench.endpoints", "--seconds", "1", "--rounds", "1", "--json", *options)
    found = {one["path"]: one for one in report["endpoints"]}
    assert set(found) == set(paths)
    for one in found.values():
        assert set(one["runs"]) == {"ours", "constant"}
        assert all(run["per_second"] > 0 and not run["repeated"] for runs in one["runs"].values() for run in runs)
    # There are 351 spans of years for each occupation, one list of filters, and nothing to ask for among vacancies.
    assert found["wf/predict"]["questions"] > 1000
    assert found["ashe/filters"]["questions"] == found["vacancies/search"]["questions"] == 1


def test_the_questions_of_an_endpoint_are_answered_and_no_two_are_the_same() -> None:
    release = Release(STARTER, datasets.every())
    draw = drawing(release, random.Random(SEED))
    client = TestClient(application(release, datasets.every()))
    for _, declared in endpoints(datasets.every()):
        for endpoint in variants(declared):
            if {one.name for one in endpoint.parameters} & {"onet", "onetCodes", "skills"}:
                # These are drawn from ratings that the starter release hasn't got.
                continue
            asked = questions(endpoint, draw, 30)
            assert len(set(asked.addresses)) == 30
            for address in asked.addresses[:3]:
                assert client.get(address).status_code == endpoint.status, address


def test_the_build_and_the_server_are_measured(sources: Path) -> None:
    """Of a few datasets, one of them from a JSON file: building everything is what `make prove` does."""
    few = ("hours_soc2010", "vacancies_by_industry", JSON)
    report = _run("bench.build", "--sources", str(sources), "--json", *(f"--only={name}" for name in few))
    assert report["build"]["seconds"] > 0
    assert set(report["build"]["parts_s"]) == set(few)
    assert set(report["second_build"]["made_s"]) == {JSON}
    assert all(held["rss"] >= held["pss"] > 0 for held in report["worker_mib"].values())


def _run(module: str, *options: str) -> dict[str, dict[str, dict[str, float]]]:
    done = subprocess.run(
        [sys.executable, "-m", module, *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
