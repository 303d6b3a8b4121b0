"""Full-time and part-time employees, by ONS's rule of 30 paid hours a week (25 for teachers)."""

from lmiforall.base.code_list import listed

WORKING_PATTERN = listed(
    "working_pattern",
    "Working pattern",
    (("all", "All employees"), ("full_time", "Full-time"), ("part_time", "Part-time")),
    whole="all",
)
