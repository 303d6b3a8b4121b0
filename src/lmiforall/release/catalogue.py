"""What a release says about itself: for each dataset its declaration in plain data, its files and its counts."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from lmiforall.base.dataset import Dataset, Source
from lmiforall.base.table import Table

Entry = dict[str, Any]


def entry(table: Table, counts: Mapping[str, int], digest: str, every: Mapping[str, Dataset]) -> Entry:
    """Describe one dataset of a release; ``counts`` says what each rule withheld, ``digest`` from what it was made."""
    dataset, frame = table.dataset, table.frame
    statuses = dict(sorted(frame["status"].cast(pl.String).value_counts().rows()))
    return {
        "title": dataset.title,
        "summary": dataset.summary,
        "kind": "figures" if dataset.of_figures else "records",
        "rows": frame.height,
        "statuses": statuses,
        "withheld": dict(counts),
        "dimensions": [
            {
                "name": dimension.name,
                "label": dimension.label or dimension.codes.title,
                "classification": dimension.codes.name,
                "default": dimension.default,
                "codes": frame[dimension.name].n_unique(),
            }
            for dimension in dataset.dimensions
        ],
        "measures": [
            {"name": measure.name, "label": measure.label, "unit": measure.unit, "quality": measure.quality}
            for measure in dataset.measures
        ],
        "fields": [{"name": field.name, "label": field.label, "kind": field.kind} for field in dataset.fields],
        "sources": [_source(source) for source in dataset.sources],
        "licences": licences(dataset, every),
        "inputs": _inputs(dataset, every),
        "method": dataset.model.method if dataset.model else "",
        "history": [
            {"edition": edition.name, "published": edition.published, "note": edition.note}
            for edition in dataset.history
        ],
        "files": [
            {
                "path": file.path,
                "sha256": file.sha256,
                "source": file.source,
                "edition": dict(file.edition),
                "quality_path": file.quality_path,
                "places": dict(file.places),
                "fetched": file.fetched,
            }
            for file in table.files
        ],
        "digest": digest,
        "precision": "float64",
        "left_to_the_full_release": [],
    }


def licences(dataset: Dataset, every: Mapping[str, Dataset]) -> list[Entry]:
    """Collect the licences under which a dataset and all that it is modelled from travel, each once."""
    own = [
        {"id": licence.id, "title": licence.title, "url": licence.url, "notice": licence.notice}
        for licence in dataset.licences
    ]
    inherited = [licence for name in _inputs(dataset, every) for licence in licences(every[name], every)]
    return list({licence["id"]: licence for licence in [*own, *inherited]}.values())


def _inputs(dataset: Dataset, every: Mapping[str, Dataset]) -> list[str]:
    """Name what a dataset is modelled from, of all that are in the release."""
    return [name for name in dataset.inputs if name in every]


def _source(source: Source) -> Entry:
    return {
        "name": source.name,
        "publisher": source.publisher,
        "title": source.title,
        "page": source.page,
        "licence": source.licence.id,
        "derived": source.derived,
        "marks": {mark.sign: {"status": str(mark.status), "meaning": mark.meaning} for mark in source.marks},
    }
