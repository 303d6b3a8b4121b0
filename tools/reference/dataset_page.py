"""A declaration -> the page of its dataset, and all of them -> the index; notes that don't state a rule stop it."""

import csv
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, urlencode

from lmiforall.base.dataset import SECONDARY, Dataset, Starter
from lmiforall.base.problem import Problem, Stop
from lmiforall.base.status import Mark
from lmiforall.release import catalogue
from tools.reference import model_words, source_words
from tools.reference.markdown import cut, demoted, render

GOLDEN_ROWS = 5
PROOFS = Path(__file__).resolve().parents[2] / "docs" / "proofs"
# Which reports measure a dataset, by the names under which bench/ writes them.
MEASURED = {
    "onet_at_soc2010": {"onet-agreement": "how often the National Careers Service chose the same"},
    "onet_at_soc2020": {"onet-agreement": "how often the National Careers Service chose the same"},
    "crosswalks": {"crosswalks": "what a round trip between any two classifications loses"},
    "ncs_profiles": {"onet-agreement": "how often this service's link to O*NET agrees with the profiles'"},
}
LONGEST_CELL = 90
OBSERVATIONS = "/api/v2/datasets/{}/observations"


def page(dataset: Dataset, every: Mapping[str, Dataset]) -> str:
    """Write the page of one dataset."""
    return render(
        "dataset.md",
        f"src/lmiforall/datasets/{dataset.name}",
        dataset=dataset,
        notes=demoted(stated(dataset)),
        example=example(dataset),
        golden=_shown(golden(dataset)),
        marks=marks(dataset),
        licences=catalogue.licences(dataset, every),
        used_by=[name for name, other in every.items() if dataset.name in other.inputs],
        starter=_starter(dataset),
        reports=reports(dataset.name),
        source_words=source_words,
        model_words=model_words,
    )


def index(every: Mapping[str, Dataset]) -> str:
    """Write the list of all datasets."""
    listed = sorted(every.values(), key=lambda dataset: dataset.name)
    return render(
        "index.md",
        "src/lmiforall/datasets",
        datasets=listed,
        from_whom={dataset.name: ", ".join(publishers(dataset)) or "modelled by this service" for dataset in listed},
    )


def reports(name: str) -> list[tuple[str, str]]:
    """Give the newest report of each kind that measures a dataset: its file, and what it says."""
    newest = {kind: sorted(PROOFS.glob(f"{kind}-2*.md"))[-1:] for kind in MEASURED.get(name, {})}
    return [(found[0].name, MEASURED[name][kind]) for kind, found in newest.items() if found]


def stated(dataset: Dataset) -> str:
    """Give the notes; stops where they don't name a rule by which figures are withheld."""
    notes = dataset.notes.read_text("utf-8")
    rules = [(rule.name, rule.measure, rule.because) for rule in dataset.withhold]
    rules += [(SECONDARY, one.measure, "sums would give away what is withheld") for one in dataset.adds]
    silent = [rule for rule in rules if not re.search(rf"\b{re.escape(rule[0])}\b", notes)]
    if silent:
        raise Stop(
            *(
                Problem(
                    f"the notes don't state the rule {name}, which withholds or flags {measure}",
                    f"dataset {dataset.name}, notes.md",
                    f"Say in plain words what it does and why: {because}",
                )
                for name, measure, because in silent
            )
        )
    return notes


def publishers(dataset: Dataset) -> list[str]:
    """Name the publishers of a dataset's own sources, each once."""
    return list(dict.fromkeys(source.publisher for source in dataset.sources))


def golden(dataset: Dataset) -> list[dict[str, str]]:
    """Give the figures that were checked by eye, those that are kept in the repository."""
    with (dataset.folder / "golden.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def example(dataset: Dataset) -> str:
    """Give a request for a figure that is known to be there: the first that was checked by eye."""
    keys = [dimension.name for dimension in dataset.dimensions] + (["measure"] if dataset.of_figures else [])
    row = _in_starter(dataset, golden(dataset))[0]
    # A comma joins codes in a request, so that a code which holds one can't be asked for.
    asked = {key: row[key] for key in keys if row.get(key) and "," not in row[key]}
    return f"{OBSERVATIONS.format(dataset.name)}?{urlencode(asked, quote_via=quote)}"


def _in_starter(dataset: Dataset, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Keep the rows that every release has; all, where the dataset isn't in the starter release."""
    kept = dataset.starter.keep if dataset.starter else {}
    return [row for row in rows if all(row[name] in codes for name, codes in kept.items())] or rows


def marks(dataset: Dataset) -> list[Mark]:
    """Collect the signs that the publishers print in place of numbers, each once."""
    return list(dict.fromkeys(mark for source in dataset.sources for mark in source.marks))


def _shown(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Keep the first rows, without columns that are empty in all of them, and long texts cut."""
    few = rows[:GOLDEN_ROWS]
    kept = [name for name in few[0] if any(row[name] for row in few)]
    return [{name: cut(row[name] or "", LONGEST_CELL) for name in kept} for row in few]


def _starter(dataset: Dataset) -> Iterator[str]:
    """Say in words what of a dataset ships with the package."""
    starter = dataset.starter
    if starter is None:
        yield "It isn't in the starter release: build the full one with `lmi fetch` and `lmi build`."
        return
    for name, codes in starter.keep.items():
        yield f"The starter release has {len(codes)} of the codes of `{name}`: {_first(codes)}."
    if starter.decimals is not None:
        yield f"In the starter release values are rounded to {starter.decimals} decimal places."
    elif starter.float32:
        yield "In the starter release values have seven digits (float32)."
    if starter.drop:
        yield f"The starter release leaves out {_first(starter.drop)}."
    if starter == Starter(keep={}):
        yield "It is whole in the starter release."


def _first(names: tuple[str, ...], most: int = 12) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:most])
    return f"{shown}, ..." if len(names) > most else shown
