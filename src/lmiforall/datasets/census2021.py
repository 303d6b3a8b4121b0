"""The shape of the copies of the 2021 Census by local authority: a row for each area and answer, a column of people."""

from lmiforall.base.dataset import Edition, Source
from lmiforall.base.licence import OGL3
from lmiforall.datasets.flat import Clean, Flat, plain

PAGE = "https://www.ons.gov.uk/census"
HISTORY = (Edition("Census of 21 March 2021", "2022-12", "The ten local authorities of Greater Manchester."),)


def source(name: str, table: str, title: str, file: str, holds: tuple[int, int]) -> Source:
    """Declare the copy of one table; ``file`` is the middle of its name."""
    return Source(
        name=name,
        publisher="Office for National Statistics",
        title=f"2021 Census, {table}: {title}, Greater Manchester",
        page=PAGE,
        licence=OGL3,
        files=rf"trafforddatalab_2021_{file}_la_gm\.csv$",
        dialect="csv",
        count=(1, 1),
        holds=holds,
        derived=True,
        by_hand=f"traffordDataLab/open_data on GitHub has it (commit a33a7d949483, in "
        f"census2021/labour_market_travel_to_work), made from ONS's table {table}. Save it as "
        f"`census2021/trafforddatalab_2021_{file}_la_gm.csv`.",
        closed="the 2021 Census is published in full",
    )


def answers(heading: str, dimension: str, clean: Clean = plain, **fixed: str) -> Flat:
    """Describe the list of one table; ``heading`` is the column with the answers."""
    return Flat(
        keys={"area_code": "area", heading: dimension},
        values={"value": "people"},
        ignored=("area_name", "geography", "period", "indicator", "measure", "unit"),
        clean={dimension: clean},
        fixed=fixed,
    )
