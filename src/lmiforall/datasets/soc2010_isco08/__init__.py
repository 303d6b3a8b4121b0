"""To which group of ISCO-08 each unit group of SOC2010 belongs, as ONS decided; a few are divided between two."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Field, LeftOut, Source
from lmiforall.base.licence import OGL3
from lmiforall.base.sheet import Book, Records
from lmiforall.codes.isco08 import ISCO08
from lmiforall.codes.soc2010 import SOC2010

SHEET = "1to1s"
HEADING = {1: "SOC2010 Unit Group Titles", 2: "ISCO08", 3: "ISCO08 Unit Group Titles"}

# The sheets of those that are divided, and the parts of the first and the second group.
DIVIDED = {"1to2 50-50": ("50 of 100", "50 of 100"), "1to2 40-60": ("40 of 100", "60 of 100")}
WHOLE = "all"

Link = tuple[str, str]


def read(book: Book) -> Iterable[Records]:
    """Give the links of the list, which holds those of the other sheets too, each with its part."""
    sheet = book.sheet(SHEET)
    links, parts = _links(book, SHEET), _parts(book)
    if missing := set(parts) - set(links):
        raise sheet.stop(f"{sorted(missing)} are divided on a sheet of their own, and not in the list")
    whole = Counter(soc for soc, isco in links if (soc, isco) not in parts)
    if several := [soc for soc, count in whole.items() if count > 1]:
        raise sheet.stop(f"{several} have several groups, and no sheet says in which parts")
    columns = {
        "soc2010": [soc for soc, _ in links],
        "isco08": [isco for _, isco in links],
        "part": [parts.get(link, WHOLE) for link in links],
    }
    yield Records(sheet, list(links.values()), columns)


def _links(book: Book, name: str) -> dict[Link, int]:
    """Give the row of each link; a group of SOC2010 is printed once, beside the first of its links."""
    sheet = book.sheet(name)
    found: dict[Link, int] = {}
    soc = ""
    for row in range(sheet.find_row(HEADING) + 1, len(sheet.cells)):
        soc = sheet.text(row, 0) or soc
        found[soc, sheet.text(row, 2)] = row
    return found


def _parts(book: Book) -> dict[Link, str]:
    """Give the part of each link of a divided group."""
    found: dict[Link, str] = {}
    for name, parts in DIVIDED.items():
        groups: dict[str, list[Link]] = {}
        for link in _links(book, name):
            groups.setdefault(link[0], []).append(link)
        for soc, links in groups.items():
            if len(links) != len(parts):
                raise book.sheet(name).stop(f"{soc} has {len(links)} groups where it should have {len(parts)}")
            found |= dict(zip(links, parts, strict=True))
    return found


DATASET = Dataset(
    name="soc2010_isco08",
    title="From SOC2010 to ISCO-08",
    summary="The 369 unit groups of SOC2010, each with its group of ISCO-08, or with two and their parts.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc2010", SOC2010, "Occupation (SOC2010 unit group)"),
        Dimension("isco08", ISCO08, "ISCO-08 unit group"),
    ),
    fields=(Field("part", "Part of the SOC2010 group: all, or so many of 100"),),
    sources=(
        Source(
            name="mapping",
            publisher="Office for National Statistics",
            title="SOC2010 to ISCO-08 mapping, User Guide 2010:02.1",
            page="https://www.ons.gov.uk/methodology/classificationsandstandards/"
            "standardoccupationalclassificationsoc/soc2010",
            licence=OGL3,
            files=r"uk_SOC_2010_to_ISCO-08_mapping\.xls$",
            count=(1, 1),
            holds=(385, 385),
            by_hand="No address of ONS's own is known. A copy is in bayesimpact/bob-emploi on GitHub (commit "
            "6bdbeec316c7), in data_analysis/lib/test/testdata/crosswalks. "
            "Save it as `crosswalks/uk_SOC_2010_to_ISCO-08_mapping.xls`.",
        ),
    ),
    read=read,
    rows=(385, 385),
    left_out=(
        LeftOut("a link that also stands in the list", sheet="Text|1to2 .*"),
        LeftOut("the code of a group that has no link", sheet="Unmapped ISCO08"),
        LeftOut("a position in the file's own description", sheet="File specification"),
    ),
    history=(Edition("User Guide 2010:02.1", "2010", "Undated in the file."),),
)
