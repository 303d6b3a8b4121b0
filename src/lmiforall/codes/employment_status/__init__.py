"""How people are employed: by somebody, full-time or part-time, or by themselves."""

from lmiforall.base.code_list import Code, CodeList

EMPLOYMENT_STATUS = CodeList(
    "employment_status",
    "Employment status",
    (
        Code("all", "All in employment"),
        Code("employees", "Employees", 1, "all"),
        Code("full_time", "Full-time employees", 2, "employees"),
        Code("part_time", "Part-time employees", 2, "employees"),
        Code("self_employed", "Self-employed", 1, "all"),
    ),
    ("all", "status", "working_pattern"),
    whole="all",
)
