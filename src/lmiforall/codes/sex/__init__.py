"""Sex, as the surveys ask it."""

from lmiforall.base.code_list import listed

SEX = listed("sex", "Sex", (("all", "All"), ("male", "Male"), ("female", "Female")), whole="all")
