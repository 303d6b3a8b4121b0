"""The outlines of the UK's nations, regions and authorities, for maps on a screen."""

import json
from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, Source
from lmiforall.base.licence import OGL3_OS
from lmiforall.base.sheet import Book, Records
from lmiforall.codes.gss import AREA, AREA_LEVEL
from lmiforall.datasets.area_boundaries.topology import Topology

PARTS = ("arcs", "transform", "objects")


def read(book: Book) -> Iterable[Records]:
    """Give one record for each area at each level; its geometry is GeoJSON."""
    sheet = book.only
    headings = [sheet.text(0, column) for column in range(len(sheet.cells[0]))]
    if odd := {"type", *PARTS} ^ set(headings):
        raise sheet.stop(f"this is no quantised TopoJSON: {', '.join(sorted(odd))} is new or missing")
    parts = {heading: sheet.text(1, headings.index(heading)) for heading in PARTS}
    topology = Topology(json.loads(parts["arcs"]), json.loads(parts["transform"]))
    found = [
        (level, entry["properties"], topology.geometry(entry))
        for level, collection in json.loads(parts["objects"]).items()
        for entry in collection["geometries"]
    ]
    yield Records(
        sheet,
        rows=[1] * len(found),
        columns={
            "level": [level for level, _, _ in found],
            "area": [about["areacd"] for _, about, _ in found],
            "name": [about["areanm"] for _, about, _ in found],
            "until": [str(about.get("end", "")) for _, about, _ in found],
            "geometry": [json.dumps(shape, separators=(",", ":")) for _, _, shape in found],
        },
    )


DATASET = Dataset(
    name="area_boundaries",
    title="Boundaries of areas",
    summary="Outlines of nations, regions, upper and lower tier authorities as GeoJSON, simplified for the screen.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("level", AREA_LEVEL, "Level"),
        Dimension("area", AREA, "Area (GSS code)"),
    ),
    fields=(
        Field("name", "Name"),
        Field("until", "The last year in which it stood; empty for an area of today"),
        Field("geometry", "GeoJSON geometry, longitude and latitude"),
    ),
    sources=(
        Source(
            name="boundaries",
            publisher="Office for National Statistics",
            title="Explore Local Statistics: boundaries of UK areas (TopoJSON)",
            page="https://www.ons.gov.uk/explore-local-statistics/",
            licence=OGL3_OS,
            files=r"ons_els_uk_topo\.json$",
            dialect="json",
            by_hand="ONS keeps the boundaries of its page in the repository ONSdigital/explore-local-statistics-app "
            "on GitHub (the file that was read is of commit ca9faecc8cab). Save it as "
            "`geography/ons_els_uk_topo.json`.",
            count=(1, 1),
            holds=(670, 930),
        ),
    ),
    read=read,
    rows=(650, 900),
    history=(Edition("2023 and before", "2023", "Areas that ended keep the last year in which they stood."),),
)
