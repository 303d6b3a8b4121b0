"""O*NET-SOC 2010, the 1,110 occupations of the O*NET database until November 2020: US SOC 2010 with two more digits."""

from pathlib import Path

from lmiforall.base.code_list import from_csv

# SOURCE: O*NET, O*NET-SOC 2010 to 2010 SOC crosswalk, codes and titles; tests/test_code_lists.py holds them against it.
ONET_SOC2010 = from_csv(Path(__file__).with_name("codes.csv"), "onet_soc2010", "O*NET-SOC 2010", ("occupation",))
