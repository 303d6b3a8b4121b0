"""O*NET-SOC 2019, the occupations of the O*NET database: US SOC 2018 with two more digits."""

from dataclasses import replace
from pathlib import Path

from lmiforall.base.code_list import Code, Pattern, from_csv

# SOURCE: O*NET 29 database, "Occupation Data", codes and titles; tests hold it against the workbook.
ONET_SOC2019 = from_csv(Path(__file__).with_name("codes.csv"), "onet_soc2019", "O*NET-SOC 2019", ("occupation",))

# For what is said of a unit group as a whole, whatever occupations are joined to it.
ONET_SOC2019_OR_ALL = replace(
    ONET_SOC2019, name="onet_soc2019_or_all", codes=(Code("all", "All occupations"), *ONET_SOC2019.codes), whole="all"
)

# Any edition's codes, for files that are older than the list.
ONET_SOC = Pattern("onet_soc", "O*NET-SOC, any edition", r"\d\d-\d{4}\.\d\d")

ELEMENT = Pattern("onet_element", "Element of the O*NET content model", r"\d(\.[A-Z0-9]+)*(\.[a-z0-9]+)*")
SCALE = Pattern("onet_scale", "O*NET scale", r"[A-Z]{2}[A-Z0-9]?")
