"""The 21 sections of the Standard Industrial Classification 2007, by letter."""

from lmiforall.base.code_list import listed

# SOURCE: ONS, UK SIC 2007, summary of structure.
SIC2007_SECTION = listed(
    "sic2007_section",
    "Industry (SIC 2007 section)",
    (
        ("all", "All industries"),
        ("A", "Agriculture, forestry and fishing"),
        ("B", "Mining and quarrying"),
        ("C", "Manufacturing"),
        ("D", "Electricity, gas, steam and air conditioning supply"),
        ("E", "Water supply; sewerage, waste management and remediation activities"),
        ("F", "Construction"),
        ("G", "Wholesale and retail trade; repair of motor vehicles and motorcycles"),
        ("H", "Transportation and storage"),
        ("I", "Accommodation and food service activities"),
        ("J", "Information and communication"),
        ("K", "Financial and insurance activities"),
        ("L", "Real estate activities"),
        ("M", "Professional, scientific and technical activities"),
        ("N", "Administrative and support service activities"),
        ("O", "Public administration and defence; compulsory social security"),
        ("P", "Education"),
        ("Q", "Human health and social work activities"),
        ("R", "Arts, entertainment and recreation"),
        ("S", "Other service activities"),
        ("T", "Activities of households as employers"),
        ("U", "Activities of extraterritorial organisations and bodies"),
    ),
    whole="all",
)

# The two-digit divisions of each section: first and last.
# SOURCE: ONS, UK SIC 2007, summary of structure.
_DIVISIONS = {
    "A": (1, 3), "B": (5, 9), "C": (10, 33), "D": (35, 35), "E": (36, 39), "F": (41, 43), "G": (45, 47),
    "H": (49, 53), "I": (55, 56), "J": (58, 63), "K": (64, 66), "L": (68, 68), "M": (69, 75), "N": (77, 82),
    "O": (84, 84), "P": (85, 85), "Q": (86, 88), "R": (90, 93), "S": (94, 96), "T": (97, 98), "U": (99, 99),
}  # fmt: skip


def section_of(division: str) -> str:
    """Give the section of a two-digit division; KeyError for a number that SIC2007 leaves free."""
    for section, (first, last) in _DIVISIONS.items():
        if first <= int(division) <= last:
            return section
    raise KeyError(division)
