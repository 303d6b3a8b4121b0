"""The groups of ISCO-08, as the International Labour Organization lists them."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, Source
from lmiforall.base.licence import ILO
from lmiforall.codes.isco08 import ISCO08
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "structure": Flat(sheet="ISCO-08 structure Eng09", keys={"isco_code": "isco08"}, values={"title": "title"}),
}

DATASET = Dataset(
    name="isco08_groups",
    title="Groups of ISCO-08",
    summary="The 619 groups of the International Standard Classification of Occupations 2008, at four levels.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("isco08", ISCO08, "ISCO-08 group"),),
    fields=(Field("title", "Title"),),
    sources=(
        Source(
            name="structure",
            publisher="International Labour Organization",
            title="ISCO-08: structure",
            page="https://isco.ilo.org/en/isco-08/",
            licence=ILO,
            files=r"ilo_isco08_struct08\.xls$",
            count=(1, 1),
            holds=(619, 619),
            by_hand="The ILO's page has the structure as a workbook; a copy is in "
            "nestauk/mapping-career-causeways on GitHub (commit cb8c57a2c4a0). "
            "Save it as `crosswalks/ilo_isco08_struct08.xls`.",
        ),
    ),
    read=records(LISTS),
    rows=(619, 619),
    history=(Edition("ISCO-08", "2009", "The sheet's name says 2009."),),
)
