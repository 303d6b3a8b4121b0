"""/api/v2/code: job titles -> unit groups, how likely each is, and why; one with GET, up to 1,000 with POST.

Rule 1: what can't be coded says why, in its own place; the others are coded all the same.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from lmiforall.base.code_list import CodeList
from lmiforall.base.problem import Problem, Stop
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.match import kept
from lmiforall.match.coder import Choice, Coded, Coder, Job
from lmiforall.release.opened import Release
from lmiforall.serve import query
from lmiforall.serve.answer import Answer, Missing, encode, found

PATH = "/api/v2/code"
FIELDS = ("title", "description", "industry", "pay", "qualification")
# So many jobs a request may have.
MOST_JOBS = 1000
NO_CODER = Problem(
    "this release has no coder",
    do="A full release has one, made with `lmi build`: the coder learns from job titles that the starter lacks",
)


@lru_cache(maxsize=4)
def coder(release: Release) -> Coder:
    """Open the coder of a release, when it is first asked; refuses where it has none."""
    if not has_coder(release):
        raise Missing(NO_CODER)
    return Coder(kept.load(release.folder))


def has_coder(release: Release) -> bool:
    """Say whether a release has a coder."""
    return kept.is_there(release.folder)


def one(release: Release, raw: bytes) -> Answer:
    """Answer about the one job that a query describes."""
    return found(_content(release, _asked(raw)[1], results(release, raw)))


def results(release: Release, raw: bytes) -> list[dict[str, Any]]:
    """Give the result, one, of a query."""
    job, threshold = _asked(raw)
    return [_shown(*coder(release).code([job], threshold))]


def _asked(raw: bytes) -> tuple[Job, float]:
    asked = query.declared(query.pairs(raw), (*FIELDS, "threshold"))
    if not asked.get("title", "").strip():
        raise Stop(Problem("title is missing", "parameter title", "A job title, such as title=head+chef"))
    return Job(*(asked.get(name, "") for name in FIELDS)), _threshold_text(asked.get("threshold", "0"))


def many(release: Release, body: bytes) -> Answer:
    """Answer about each of the jobs of a JSON body, in their order."""
    jobs, threshold = _read(body)
    read = [_job(given) for given in jobs]
    fine = [job for job in read if isinstance(job, Job)]
    coded = iter(coder(release).code(fine, threshold))
    results = [_shown(next(coded)) if isinstance(job, Job) else {"error": str(job)} for job in read]
    return Answer(encode(_content(release, threshold, results)), lasting=False)


def _content(release: Release, threshold: float, results: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"release": release.number, "threshold": threshold, "results": results}


def _read(body: bytes) -> tuple[Sequence[Any], float]:
    """Read a body: an object with ``jobs``, or one job by itself; either may have a ``threshold``."""
    try:
        given = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Stop(Problem(f"the body is no JSON: {str(error)[:100]}", do=_FORM)) from None
    except RecursionError:
        raise Stop(Problem("the body is nested too deeply", do=_FORM)) from None
    if not isinstance(given, dict):
        raise Stop(Problem("the body is no object", do=_FORM))
    threshold = _threshold(given.pop("threshold", 0))
    if "jobs" not in given:
        return [given], threshold
    jobs = given.pop("jobs")
    if given:
        raise Stop(Problem(f"there is no {next(iter(given))[:80]!r} beside jobs", do=_FORM))
    if not isinstance(jobs, list) or not 1 <= len(jobs) <= MOST_JOBS:
        raise Stop(Problem(f"jobs is no list of 1 to {MOST_JOBS:,} jobs", "jobs", _FORM))
    return jobs, threshold


_FORM = 'Such as {"jobs": [{"title": "head chef"}], "threshold": 0.7}'


def _job(given: object) -> Job | Problem:
    """Read one job; what is wrong about it is said in its place."""
    if not isinstance(given, dict):
        return Problem("this job is no object", do='Such as {"title": "head chef"}')
    for name, value in given.items():
        if name not in FIELDS:
            return Problem(f"a job has no {name[:80]!r}", do=f"It has {', '.join(FIELDS)}")
        if not isinstance(value, str | None):
            return Problem(f"{name} is no text")
    return Job(*(given.get(name) or "" for name in FIELDS))


def _threshold_text(text: str) -> float:
    try:
        return _threshold(float(text))
    except ValueError:
        raise Stop(_no_threshold(text)) from None


def _threshold(given: object) -> float:
    if isinstance(given, int | float) and not isinstance(given, bool) and 0 <= given <= 1:
        return float(given)
    raise Stop(_no_threshold(given))


def _no_threshold(given: object) -> Problem:
    return Problem(f"{str(given)[:80]!r} is no threshold", "threshold", "A number from 0 to 1, such as 0.7")


def _shown(coded: Coded) -> dict[str, Any]:
    content: dict[str, Any] = {}
    for name, codes, choice, others in (
        ("soc2020", SOC2020, coded.soc2020, coded.alternatives),
        ("soc2010", SOC2010, coded.soc2010, coded.alternatives_2010),
    ):
        content[name] = _choice(choice, codes) if choice.code else None
        content[f"{name}_alternatives"] = [_choice(other, codes) for other in others]
    return {**content, "evidence": coded.evidence, "reason": coded.reason}


def _choice(choice: Choice, codes: CodeList) -> dict[str, Any]:
    title = codes.title_of(choice.code) if choice.code in codes else ""
    return {"code": choice.code, "level": choice.level, "title": title, "probability": round(choice.probability, 4)}
