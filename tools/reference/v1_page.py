"""The old API's endpoints and their datasets -> a page: what each gave, what ours gives, and what is missing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lmiforall.base.dataset import Dataset
from lmiforall.base.endpoint import Endpoint, Filters, NoData
from lmiforall.base.problem import Problem, Stop
from lmiforall.serve import v1
from tools import recorded
from tools.reference.markdown import render

# What the old service gave, by the beginning of the path; the longest beginning counts.
OLD: Mapping[str, str] = {
    "soc/search": "SOC2010 unit groups by words, ten at most in 2017",
    "soc/code": "A SOC2010 unit group with ONS's description, tasks and job titles",
    "soc/convert": "Nothing: it is new",
    "ashe/estimatePay": "Estimates of pay from ASHE and the Labour Force Survey, 2012 to 2017",
    "ashe/estimatePayMD": "Median and deciles of pay",
    "ashe/estimateHours": "Hours a week from ASHE, 2015",
    "ashe/estimate": "The estimates of 2013",
    "ashe/annualChanges": "Changes of pay",
    "ashe/filter": "Names and codes of filters",
    "lfs/unemployment": "Unemployment rates from the Labour Force Survey, year by year",
    "lfs/weeklypay": "Pay from the Labour Force Survey",
    "lfs/filters": "Names and codes of filters",
    "wf/predict": "Working Futures: employment by SOC2010 unit group, ten years ahead",
    "wf/replacement_demand": "Working Futures: replacement demand",
    "wf/filters": "Names and codes of filters",
    "ess/": "Hard-to-fill and skill-shortage vacancies from the Employer Skills Survey, 2011 and 2013",
    "o-net/": "O*NET by the service's own mapping to SOC2010",
    "onet/": "O*NET, as in 2013",
    "hesa/": "Graduates' occupations and courses from HESA, 2011/12 to 2014/15",
    "census/": "Jobs and residents around a postcode from the 2011 Census",
    "vacancies/": "Live vacancies from the government's job site",
    "courses/": "Courses from a directory",
}


@dataclass(frozen=True)
class Line:
    """One endpoint on the page."""

    path: str
    old: str
    ours: str
    sources: str
    years: str
    missing: str


def page(every: Mapping[str, Dataset]) -> str:
    """Write the page."""
    lines = sorted((_line(every, name, one) for name, one in v1.endpoints(every)), key=lambda line: line.path)
    answers = [(one, recorded.differs(one)) for one in recorded.answers()]
    return render(
        "v1.md",
        "the declarations of src/lmiforall/datasets and tools/recorded.py",
        lines=lines,
        differences=recorded.DIFFERENCES,
        answers=[(*recorded.about(one), ", ".join(differs)) for one, differs in answers],
    )


def _line(every: Mapping[str, Dataset], name: str, endpoint: Endpoint) -> Line:
    if isinstance(endpoint, NoData):
        return Line(endpoint.path, _old(endpoint), f"No figures: {_form(endpoint)}", "none", "none", endpoint.why)
    if not name or isinstance(endpoint, Filters):
        return Line(endpoint.path, _old(endpoint), endpoint.summary, "declared here", "", _missing(endpoint))
    dataset = every[name]
    if dataset.not_held:
        ours = f"No figures: {_form(endpoint)}. With a file: {endpoint.summary.lower()}"
        return Line(endpoint.path, _old(endpoint), ours, f"none; [`{name}`](data/{name}.md)", "none", dataset.not_held)
    years = getattr(endpoint, "year", "") or "; ".join(edition.name for edition in dataset.history)
    return Line(endpoint.path, _old(endpoint), endpoint.summary, _sources(every, name), years, _missing(endpoint))


def _form(endpoint: Endpoint) -> str:
    return "`[]`" if endpoint.empty == "list" else f"`error`, with status {endpoint.status}"


def _old(endpoint: Endpoint) -> str:
    known = [start for start in OLD if endpoint.path.startswith(start)]
    if not known:
        raise Stop(Problem("nobody has said what the old service gave", endpoint.path, "Say it in v1_page.OLD."))
    return OLD[max(known, key=len)]


def _sources(every: Mapping[str, Dataset], name: str) -> str:
    """Name the dataset, and the publishers of all that it is made from."""
    publishers = dict.fromkeys(_publishers(every, name))
    return f"[`{name}`](data/{name}.md): {'; '.join(publishers)}"


def _publishers(every: Mapping[str, Dataset], name: str) -> Iterator[str]:
    yield from (source.publisher for source in every[name].sources)
    for needed in every[name].inputs:
        yield from _publishers(every, needed)


def _missing(endpoint: Endpoint) -> str:
    parts = [endpoint.note] if endpoint.note else []
    parts += [wire.note for wire in getattr(endpoint, "filters", ()) if wire.note]
    if unborne := getattr(endpoint, "unborne", ()):
        parts.append(f"Figures by {', '.join(unborne)}: the answer is then `error`.")
    if uncoded := getattr(endpoint, "uncoded", ()):
        parts.append(f"The codes of {', '.join(uncoded)}: nobody knows them any more.")
    if endpoint.soc2020 is None and any(one.name in ("soc", "code") for one in endpoint.parameters):
        parts += [] if getattr(endpoint, "links", "") else ["Figures in SOC2020."]
    return " ".join(parts)
