"""ONS's coding index of SOC2020: 32,195 job titles, each with its code in every classification since 1990."""

from pathlib import Path

from lmiforall.base.code_list import Pattern
from lmiforall.base.dataset import Dataset, Dimension, Download, Edition, Field, LeftOut, Source
from lmiforall.base.licence import OGL3
from lmiforall.datasets import soc_index
from lmiforall.datasets.addresses import of_ons, on_github

PAGE = (
    "https://www.ons.gov.uk/methodology/classificationsandstandards/standardoccupationalclassificationsoc/soc2020/"
    "soc2020volume2codingrulesandconventions"
)
FILE = "soc2020volume2thecodingindexexcel{edition}.xlsx"
SHEET = "SOC2020 coding index"

COLUMNS = {
    "INDEXOCC_-_natural_word_order": "title",
    "INDEXOCC": "index_title",
    "ADD": "additional",
    "IND": "industry",
    "SOC_2020": "soc",
    "SOC_2020_ext": "sub_unit_group",
    "SOC_2010": "soc2010",
    "SOC_2000": "soc2000",
    "SOC_90": "soc90",
    "ISCO-08 code based on SOC2020": "isco08",
}
IGNORED = (
    *("RECNO", "D", "SEE", "VERSNO", "CHANGE"),
    *(f"{soc}_unit_group_title" for soc in ("SOC90", "SOC2000", "SOC2010", "SOC2020", "ISCO08")),
    "SOC2020_ext_SUG_title",
)

DATASET = Dataset(
    name="soc2020_index",
    title="Job titles of SOC2020",
    summary="The coding index: job titles with their codes in SOC2020, SOC2010, SOC2000, SOC90 and ISCO-08.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("entry", Pattern("index_entry", "Entry of the index", r"[a-z0-9]{3,6}"), "Entry"),),
    fields=(
        Field("title", "Job title in natural word order"),
        Field("index_title", "Job title as it is indexed"),
        Field("additional", "What else must hold"),
        Field("industry", "In which industry"),
        Field("soc", "SOC2020 unit group; empty where the title can't be coded alone"),
        Field("sub_unit_group", "SOC2020 extension: sub-unit group"),
        Field("soc2010", "SOC2010 unit group"),
        Field("soc2000", "SOC2000 unit group"),
        Field("soc90", "SOC90 unit group"),
        Field("isco08", "ISCO-08 unit group"),
    ),
    sources=(
        Source(
            name="volume_2",
            publisher="Office for National Statistics",
            title="SOC2020 Volume 2: the coding index, version 12",
            page=PAGE,
            licence=OGL3,
            files=r"soc2020volume2thecodingindexexcel(?P<edition>\d{8})\.xlsx$",
            downloads=(
                Download(
                    (
                        of_ons(PAGE, FILE),
                        on_github(
                            "ONSdigital/soc-classification-vector-store",
                            "7b8cab0e5aea",
                            f"src/soc_classification_vector_store/data/soc_index/{FILE}",
                        ),
                    ),
                    f"soc2020/{FILE}",
                ),
            ),
            editions=({"edition": "16042025"},),
            count=(1, 1),
            holds=(30_000, 42_000),
        ),
    ),
    read=soc_index.reader(SHEET, ("UNIQUE ID",), COLUMNS, IGNORED),
    rows=(32_000, 34_000),
    left_out=(
        LeftOut("the number of a record, no figure; its code is served", sheet=SHEET, columns=(2, 2)),
        LeftOut("a code of the classification, not a figure", sheet="(SOC2020|ISCO-08) framework"),
        LeftOut("a page or version number in the file's own description", sheet="Information|FILE SPEC|Abbreviations"),
    ),
    history=(
        Edition("version 12, April 2025", "2025-04-16", "Newer versions exist (14 in 2026) and weren't to be had."),
    ),
)
