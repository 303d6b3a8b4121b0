"""The tables of one version of ESCO, each a CSV file in English."""

from lmiforall.base.dataset import Download, Range, Source
from lmiforall.base.licence import ESCO_REUSE
from lmiforall.datasets.addresses import on_github

PAGE = "https://esco.ec.europa.eu/en/use-esco/download"
VERSION = "1.2"


def source(name: str, title: str, table: str, holds: Range) -> Source:
    """Declare one table, by the name of its file; it holds no figures."""
    return Source(
        name=name,
        publisher="European Commission",
        title=f"ESCO, {title}",
        page=PAGE,
        licence=ESCO_REUSE,
        files=rf"esco/v(?P<version>[\d.]+)/{table}_en\.csv$",
        dialect="csv",
        downloads=(
            Download(
                (on_github("OzLe/esco-semantic", "08e104822027", f"data/esco/{table}_en.csv"),),
                f"esco/v{{version}}/{table}_en.csv",
            ),
        ),
        editions=({"version": VERSION},),
        by_hand=f"ESCO sends a link by mail to who asks on its page for version {VERSION}, the classification, in "
        f"English, as CSV. Save it as `esco/v{VERSION}/{table}_en.csv`.",
        count=(1, 1),
        holds=holds,
    )
