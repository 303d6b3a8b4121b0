"""The parts of O*NET's content model by which occupations are rated."""

from lmiforall.base.code_list import listed

ONET_DOMAIN = listed(
    "onet_domain",
    "Part of the content model",
    (
        ("skills", "Skills"),
        ("knowledge", "Knowledge"),
        ("interests", "Occupational interests"),
        ("work_styles", "Work styles"),
        ("work_values", "Work values"),
        ("abilities", "Abilities"),
    ),
)
