"""Texts of new groups -> texts for the old groups that mostly became them, in the form of the old API."""

from collections.abc import Mapping, Sequence

import polars as pl

from lmiforall.base.dataset import Dataset
from lmiforall.base.model import Described
from lmiforall.base.status import Status
from lmiforall.base.table import Table
from lmiforall.codes.soc2010 import SOC2010

Texts = Mapping[str, Mapping[str, object]]


def fit(dataset: Dataset, tables: Mapping[str, Table]) -> Table:
    """Give one record for each unit group of SOC2010; ``described_by`` names the groups whose text it is."""
    model = dataset.model
    if not isinstance(model, Described):
        raise TypeError(f"{dataset.name} declares no descriptions")
    became = _became(tables[model.weights].frame, model.most)
    texts: Texts = {row["soc"]: row for row in tables[model.texts].frame.iter_rows(named=True)}
    titles = _titles(tables[model.titles].frame)
    records = [_record(entry.code, became[entry.code], texts, titles) for entry in SOC2010.at_level("unit")]
    frame = pl.DataFrame(records).with_columns(pl.lit(str(Status.CONVERTED)).alias("status"))
    return Table(dataset, frame.sort("soc2010"))


def _became(frame: pl.DataFrame, most: float) -> dict[str, list[str]]:
    """Give for each old group the new groups that hold ``most`` of it, largest first."""
    shares = (
        frame.filter(pl.col("measure").cast(pl.String) == "share", pl.col("direction").cast(pl.String) == "to_soc2020")
        .select(pl.col("soc2010", "soc").cast(pl.String), "value")
        .sort(["soc2010", "value", "soc"], descending=[False, True, False])
        .with_columns((pl.col("value").cum_sum().over("soc2010") - pl.col("value")).alias("before"))
        .filter(pl.col("before") < most)
    )
    return dict(shares.group_by("soc2010", maintain_order=True).agg("soc").rows())


def _titles(frame: pl.DataFrame) -> dict[str, list[str]]:
    """Give the job titles of each old group as the old API wrote them, ``Clerk (library)``, in the index's order."""
    found: dict[str, list[str]] = {}
    for row in frame.filter(pl.col("soc2010") != "").sort("row").iter_rows(named=True):
        extra = " ".join(text for text in (row["additional"], row["industry"]) if text)
        title = " ".join(f"{row['index_title']} {extra}".split())
        known = found.setdefault(row["soc2010"], [])
        if title not in known:
            known.append(title)
    return found


def _record(code: str, groups: Sequence[str], texts: Texts, titles: Mapping[str, list[str]]) -> dict[str, object]:
    tasks = dict.fromkeys(task for group in groups for task in texts[group]["tasks"])  # type: ignore[attr-defined]
    return {
        "soc2010": code,
        "title": SOC2010.title_of(code),
        "description": _together(groups, texts, "description"),
        "qualifications": _together(groups, texts, "entry_routes"),
        "tasks": "".join([" ", ";\n ".join(tasks), "."]) if tasks else "",
        "add_titles": titles.get(code, []),
        "described_by": ", ".join(groups),
    }


def _together(groups: Sequence[str], texts: Texts, field: str) -> str:
    """Put the texts of several groups one after another, each under its title; a single one stands alone."""
    given = [(str(texts[group]["title"]), str(texts[group][field])) for group in groups if texts[group][field]]
    if len(given) == 1:
        return given[0][1]
    return " ".join(f"{title}: {text}" for title, text in given)
