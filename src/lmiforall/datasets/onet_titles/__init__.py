"""Other titles by which people call O*NET occupations, as O*NET lists and as people report them."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Field
from lmiforall.codes.onet_soc2019 import ONET_SOC2019
from lmiforall.datasets import onet
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "alternate": Flat(
        sheet="Alternate Titles",
        keys={"O*NET-SOC Code": "onet"},
        values={"Alternate Title": "title", "Short Title": "short_title", "Source(s)": "given_by"},
        ignored=("Title",),
        fixed={"kind": "alternate", "shown": ""},
    ),
    "reported": Flat(
        sheet="Sample of Reported Titles",
        keys={"O*NET-SOC Code": "onet"},
        values={"Reported Job Title": "title", "Shown in My Next Move": "shown"},
        ignored=("Title",),
        fixed={"kind": "reported", "short_title": "", "given_by": ""},
    ),
}

DATASET = Dataset(
    name="onet_titles",
    title="O*NET job titles",
    summary="Alternate titles and titles that people in the job reported, by O*NET occupation.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("onet", ONET_SOC2019, "Occupation (O*NET-SOC 2019)"),),
    fields=(
        Field("title", "Title"),
        Field("short_title", "Abbreviation"),
        Field("kind", "alternate or reported"),
        Field("given_by", "O*NET's numbers of the sources"),
        Field("shown", "Shown on O*NET's site for job seekers"),
    ),
    sources=(
        onet.source("alternate", "Alternate Titles", holds=(53_000, 74_000)),
        onet.source("reported", "Sample of Reported Titles", holds=(7_400, 11_000)),
    ),
    read=records(LISTS),
    rows=(60_000, 80_000),
    history=(onet.EDITION,),
)
