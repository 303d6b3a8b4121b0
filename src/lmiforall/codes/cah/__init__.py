"""The Common Aggregation Hierarchy of subjects of higher education: 21 groups, 35 subjects, without their parts."""

from pathlib import Path

from lmiforall.base.code_list import Code, CodeList, from_csv

# SOURCE: HESA and Jisc, Common Aggregation Hierarchy, levels 1 and 2 (CC BY 4.0).
CAH = from_csv(Path(__file__).with_name("cah.csv"), "cah", "Subject (CAH)", ("all", "group", "subject"), whole="all")

# SOURCE: DfE counts two qualifications among the subjects of its longitudinal education outcomes.
SUBJECT_OR_QUALIFICATION = CodeList(
    "subject_or_qualification",
    "Subject (CAH level 2), or a qualification that is counted as one",
    (
        Code("all", "All subjects"),
        *(Code(entry.code, entry.title, 1, "all") for entry in CAH.at_level("subject")),
        Code("MBA", "Master of Business Administration", 1, "all"),
        Code("PGCE", "Postgraduate Certificate in Education", 1, "all"),
    ),
    ("all", "subject"),
    whole="all",
)
