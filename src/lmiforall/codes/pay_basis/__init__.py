"""The time over which pay is counted."""

from lmiforall.base.code_list import listed

PAY_BASIS = listed("pay_basis", "Pay for which time", (("week", "A week"), ("hour", "An hour"), ("year", "A year")))
