"""The age groups of the Annual Survey of Hours and Earnings; those under 18 are left out of its copy."""

from lmiforall.base.code_list import listed

# SOURCE: ASHE table 20, the groups that the copy of 2025 has.
AGE_BAND = listed(
    "age_band",
    "Age group",
    (
        ("all", "All ages"),
        ("18-21", "18 to 21"),
        ("22-29", "22 to 29"),
        ("30-39", "30 to 39"),
        ("40-49", "40 to 49"),
        ("50-59", "50 to 59"),
        ("60+", "60 and over"),
    ),
    whole="all",
)
