"""Which occupation of the US classification of 2010 each occupation of O*NET-SOC 2010 is, or is a part of."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, Source
from lmiforall.base.licence import ONET_CC_BY4
from lmiforall.codes.onet_soc2010 import ONET_SOC2010
from lmiforall.codes.ussoc2010 import USSOC2010
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "crosswalk": Flat(
        sheet="Sheet1",
        keys={"O*NET-SOC 2010 Code": "onet2010", "2010 SOC Code": "ussoc2010"},
        values={"O*NET-SOC 2010 Title": "title", "2010 SOC Title": "ussoc2010_title"},
    ),
}

DATASET = Dataset(
    name="onet_soc2010_ussoc2010",
    title="From O*NET-SOC 2010 to US SOC 2010",
    summary="The 1,110 occupations of O*NET-SOC 2010, each with its occupation of the US SOC 2010.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("onet2010", ONET_SOC2010, "Occupation (O*NET-SOC 2010)"),
        Dimension("ussoc2010", USSOC2010, "Occupation (US SOC 2010)"),
    ),
    fields=(Field("title", "Title of O*NET-SOC 2010"), Field("ussoc2010_title", "Title of US SOC 2010")),
    sources=(
        Source(
            name="crosswalk",
            publisher="U.S. Department of Labor, Employment and Training Administration",
            title="O*NET-SOC 2010 Taxonomy: crosswalk to the 2010 SOC",
            page="https://www.onetcenter.org/taxonomy/2010/soc.html",
            licence=ONET_CC_BY4,
            files=r"onet_to_ussoc2010\.xlsx$",
            count=(1, 1),
            holds=(1_110, 1_110),
            by_hand="The page of the taxonomy of 2010 has it as a spreadsheet; a copy is in "
            "nestauk/mapping-career-causeways on GitHub (commit cb8c57a2c4a0). "
            "Save it as `crosswalks/onet_to_ussoc2010.xlsx`.",
        ),
    ),
    read=records(LISTS),
    rows=(1_110, 1_110),
    history=(Edition("O*NET-SOC 2010", "2010", "Undated in the file. The taxonomy was in use until November 2020."),),
)
