"""References of apprenticeship standards, frameworks and occupations, open at the end."""

from lmiforall.base.code_list import Pattern

STANDARD = Pattern(
    "apprenticeship_standard", "Apprenticeship standard; none where it has no reference", r"ST\d{4}|none"
)
OCCUPATION = Pattern("skills_england_occupation", "Occupation of Skills England", r"OCC\d{4}[A-Z]?")
FRAMEWORK = Pattern("apprenticeship_framework", "Apprenticeship framework", r"\d{1,4}-\d{1,3}-\d{1,3}")
ACADEMIC_YEAR = Pattern(
    "academic_year", "Academic year, or the part of it that is out", r"20\d\d/\d\d( \([A-Za-z ]+\))?"
)
TITLE = Pattern("title", "By its title", r".+")
