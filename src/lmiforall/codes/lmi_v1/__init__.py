"""The numbers by which the old API names regions, sexes, working patterns and qualifications."""

from dataclasses import replace

from lmiforall.base.endpoint import Wire

# SOURCE: the names and numbers that recorded answers and the old service's clients use.
REGION = Wire(
    "region",
    "region",
    {
        1: ("E12000007", "London"),
        2: ("E12000008", "South East (England)"),
        3: ("E12000006", "East of England"),
        4: ("E12000009", "South West (England)"),
        5: ("E12000005", "West Midlands (England)"),
        6: ("E12000004", "East Midlands (England)"),
        7: ("E12000003", "Yorkshire and the Humber"),
        8: ("E12000002", "North West (England)"),
        9: ("E12000001", "North East (England)"),
        10: ("W92000004", "Wales"),
        11: ("S92000003", "Scotland"),
        12: ("N92000002", "Northern Ireland"),
    },
    "Nation, or region of England",
)

GENDER = Wire("gender", "sex", {1: ("male", "male"), 2: ("female", "female")}, "Sex")

# Pay has employees only, so it has no third code.
PATTERN = Wire(
    "status", "pattern", {1: ("full_time", "Full-Time"), 2: ("part_time", "Part-Time")}, "Full-time or part-time"
)

STATUS = Wire(
    "status",
    "employment_status",
    {1: ("full_time", "Full-Time"), 2: ("part_time", "Part-Time"), 3: ("self_employed", "Self-Employed")},
    "Employment status",
)

# Doctorate first, as the old API numbers them; the names are the frameworks' levels of 2014.
QUALIFICATION = Wire(
    "qualification",
    "qualification",
    {number: (f"rqf{level}", f"NQF {level}") for number, level in enumerate(range(8, 0, -1), start=1)}
    | {9: ("no_qualification", "No Qualification")},
    "Highest qualification",
)

# SOURCE: contract, section 0.7: the Labour Force Survey's endpoints called the same filter so.
NQF8 = replace(QUALIFICATION, name="nqf8")
