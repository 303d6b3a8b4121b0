"""Full-time and part-time: of employees by ONS's rule of paid hours, of people in surveys by what they say."""

from lmiforall.base.code_list import listed

# SOURCE: ASHE counts 30 paid hours a week or more as full-time (25 for teachers).
WORKING_PATTERN = listed(
    "working_pattern",
    "Working pattern",
    (("all", "All employees"), ("full_time", "Full-time"), ("part_time", "Part-time")),
    whole="all",
)

AS_THEY_SAY = listed(
    "working_pattern_as_they_say",
    "Working pattern, as people say of themselves",
    (("all", "All"), ("full_time", "Full-time"), ("part_time", "Part-time")),
    whole="all",
)
