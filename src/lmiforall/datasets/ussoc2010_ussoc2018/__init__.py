"""What became of each occupation of the United States when their classification changed in 2018."""

from pathlib import Path

from lmiforall.base.dataset import Address, Dataset, Dimension, Download, Edition, Field, Source
from lmiforall.base.licence import US_PUBLIC_DOMAIN
from lmiforall.codes.ussoc2010 import USSOC2010
from lmiforall.codes.ussoc2018 import USSOC2018
from lmiforall.datasets.flat import Flat, records

LISTS = {
    "crosswalk": Flat(
        sheet="Sorted by 2010",
        keys={"2010 SOC Code": "ussoc2010", "2018 SOC Code": "ussoc2018"},
        values={"2010 SOC Title": "title", "2018 SOC Title": "ussoc2018_title"},
        preamble=True,
    ),
}

DATASET = Dataset(
    name="ussoc2010_ussoc2018",
    title="From US SOC 2010 to US SOC 2018",
    summary="The 900 links between the occupations of the United States of 2010 and those of 2018.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("ussoc2010", USSOC2010, "Occupation (US SOC 2010)"),
        Dimension("ussoc2018", USSOC2018, "Occupation (US SOC 2018)"),
    ),
    fields=(
        Field("title", "Title of US SOC 2010; (#) where it was divided"),
        Field("ussoc2018_title", "Title of US SOC 2018; (##) where it was put together"),
    ),
    sources=(
        Source(
            name="crosswalk",
            publisher="U.S. Bureau of Labor Statistics",
            title="2010 SOC to 2018 SOC crosswalk",
            page="https://www.bls.gov/soc/2018/crosswalks.htm",
            licence=US_PUBLIC_DOMAIN,
            files=r"bls_ussoc2010_to_ussoc2018\.xlsx$",
            downloads=(
                Download(
                    (Address("https://www.bls.gov/soc/2018/soc_2010_to_2018_crosswalk.xlsx"),),
                    "crosswalks/bls_ussoc2010_to_ussoc2018.xlsx",
                ),
            ),
            count=(1, 1),
            holds=(900, 900),
        ),
    ),
    read=records(LISTS),
    rows=(900, 900),
    history=(Edition("November 2017", "2017-11"),),
)
