"""What graduates in each occupation had studied, and in which occupations graduates of each subject are."""

from pathlib import Path

from lmiforall.base.code_list import Pattern
from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Source
from lmiforall.base.endpoint import CourseList, CourseOccupations, Courses
from lmiforall.base.licence import CC_BY4
from lmiforall.base.status import Mark, Status
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.datasets.flat import Flat, figures

# SOURCE: HESA prints a subject of JACS 3.0 so: "(H3) Mechanical engineering".
SUBJECT = Pattern("jacs3_subject", "Principal subject (JACS 3.0)", r"\([A-Z]\d\) .+")
ACADEMIC_YEAR = Pattern("academic_year", "Academic year", r"(19|20)\d\d/\d\d")

DATASET = Dataset(
    name="graduate_destinations",
    title="Graduates by occupation and subject",
    summary="Of the graduates in each occupation the part from each subject, and of each subject's the part in each.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("soc2010", SOC2010, "Occupation (SOC2010)"),
        Dimension("subject", SUBJECT, "Principal subject (JACS 3.0)"),
        Dimension("year", ACADEMIC_YEAR, "Academic year in which they left"),
    ),
    measures=(
        Measure("of_occupation_pct", "Part of the occupation's graduates", "per cent"),
        Measure("of_subject_pct", "Part of the subject's graduates", "per cent"),
    ),
    sources=(
        Source(
            name="survey",
            publisher="Higher Education Statistics Agency",
            title="Destinations of Leavers from Higher Education, by SOC2010 unit group and principal subject",
            page="https://www.hesa.ac.uk/data-and-analysis/graduates",
            licence=CC_BY4,
            files=r"hesa_destinations_soc2010_jacs3\.csv$",
            dialect="csv",
            count=(1, 1),
            marks=(Mark("..", Status.SUPPRESSED, "A percentage of fewer than 22.5 people."),),
            by_hand="It is made to order. Ask for the survey's leavers by academic year, SOC2010 unit group and "
            "principal subject, with both percentages, as a list. Save it as "
            "`hesa/hesa_destinations_soc2010_jacs3.csv`.",
            closed="the survey ended with the leavers of 2016/17",
        ),
    ),
    read=figures(
        {
            "survey": Flat(
                keys={"Academic year": "year", "SOC2010": "soc2010", "Principal subject": "subject"},
                values={
                    "Percentage of occupation": "of_occupation_pct",
                    "Percentage of subject": "of_subject_pct",
                },
            )
        }
    ),
    rows=(1, 2_000_000),
    endpoints=(
        # SOURCE: contract, section 0.6: a client takes the last of the years, so an empty list of them would break it.
        Courses(
            path="hesa/courses/{soc}",
            summary="What graduates in an occupation had studied",
            example="hesa/courses/3113",
            measure="of_occupation_pct",
            status=404,
        ),
        CourseList(
            path="hesa/list-courses", summary="The subjects of courses", example="hesa/list-courses", empty="list"
        ),
        CourseOccupations(
            path="hesa/occupations",
            summary="The occupations of graduates of courses",
            example="hesa/occupations?courses=A1",
            measure="of_subject_pct",
            empty="list",
        ),
    ),
    history=(Edition("leavers of 2011/12 to 2014/15, as the old service had them", "2016"),),
    not_held="HESA's graduate destinations by occupation are not among the sources: there is no public file of them. "
    "In which industries graduates of each subject work is under /api/v2/datasets/graduate_industries.",
)
