"""Which occupation of O*NET-SOC 2010 is nearest to each occupation of ESCO, by Nesta."""

import ast
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, LeftOut, Source
from lmiforall.base.licence import MIT
from lmiforall.base.sheet import Book, Records
from lmiforall.codes.esco import URI
from lmiforall.codes.onet_soc2010 import ONET_SOC2010
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "crosswalk": Flat(
        keys={"concept_uri": "occupation", "onet_code": "onet2010"},
        values={
            "esco_occupation": "title",
            "isco_code": "isco08",
            "onet_occupation": "onet_title",
            "matching_job_titles": "titles_in_common",
            "semantic_similarity": "similarity",
            "confidence": "confidence",
        },
        ignored=("id",),
        numbers=("similarity", "confidence"),
    ),
}

# What the file prints where no job title is in common.
# SOURCE: "na", and by a slip the ISCO code of transport planners in row 212.
NO_TITLES = ("na", "2164")


def read(book: Book) -> Iterable[Records]:
    """Give the links, with the job titles that are printed as a list of Python, ``['senator']``, one by one."""
    for links in records(LISTS)(book):
        titles = [_titles(str(text)) for text in links.columns["titles_in_common"]]
        yield replace(links, columns=dict(links.columns) | {"titles_in_common": titles})


def _titles(text: str) -> list[str]:
    return [] if text in NO_TITLES else list(ast.literal_eval(text))


DATASET = Dataset(
    name="esco_onet_soc2010",
    title="From ESCO to O*NET",
    summary="1,680 occupations of ESCO, each with its nearest occupation of O*NET-SOC 2010, by people's judgement.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("occupation", URI, "ESCO occupation (URI)"),
        Dimension("onet2010", ONET_SOC2010, "Occupation (O*NET-SOC 2010)"),
    ),
    fields=(
        Field("title", "ESCO's title"),
        Field("isco08", "ISCO-08 unit group of the ESCO occupation"),
        Field("onet_title", "O*NET's title"),
        Field("titles_in_common", "Job titles that both have", kind="texts"),
        Field("similarity", "Likeness of the two descriptions, 0 to 1", kind="number"),
        Field("confidence", "The authors' own score: 0.5, 1 or 2", kind="number"),
    ),
    sources=(
        Source(
            name="crosswalk",
            publisher="Nesta",
            title="Mapping Career Causeways: crosswalk from ESCO to O*NET, November 2020",
            page="https://github.com/nestauk/mapping-career-causeways",
            licence=MIT,
            files=r"nesta_esco_onet_crosswalk_(?P<edition>\w+)\.csv$",
            dialect="csv",
            count=(1, 1),
            holds=(1_680, 1_680),
            by_hand="It is among the outputs in nestauk/mapping-career-causeways on GitHub (commit cb8c57a2c4a0). "
            "Save it as `crosswalks/nesta_esco_onet_crosswalk_Nov2020.csv`.",
        ),
    ),
    read=read,
    rows=(1_680, 1_680),
    left_out=(LeftOut("the number of a row in its authors' work", columns=(1, 1)),),
    history=(Edition("November 2020", "2020-11"),),
)
