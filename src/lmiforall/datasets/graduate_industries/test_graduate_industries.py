"""What only this dataset can get wrong: years that aren't one and three after graduation, and titles of others."""

import pytest

from lmiforall.base.problem import Stop
from lmiforall.base.sheet import Block, Book, Sheet
from lmiforall.codes.cah import CAH, SUBJECT_OR_QUALIFICATION
from lmiforall.datasets.graduate_industries import read

HEADINGS = [
    "",
    "sex.x",
    "subject_name",
    "YAG.x",
    "SECTIONNAME.x",
    "YAG.y",
    "SECTIONNAME.y",
    "count",
    "qualification_TR.x",
]
WATER = "WATER SUPPLY - SEWERAGE, WASTE MANAGEMENT AND REMEDIATION ACTIVITIES"


def block(subject: str = "Celtic studies", before: str = WATER, after: str = "3") -> Block:
    row = ["1", "F+M", subject, "1", before, after, "RADIO BROADCASTING", "5", "Level 8"]
    (found,) = read(Book("flows", "leo.csv", {"leo": Sheet("leo.csv", "leo", [HEADINGS, row])}))
    assert isinstance(found, Block)
    return found


def test_a_row_goes_from_the_industry_after_one_year_to_that_after_three() -> None:
    assert block().rows == {
        1: {"sex": "all", "subject": "CAH19-02", "industry_1": "E", "industry_3": "radio", "qualification": "level_8"}
    }


def test_another_number_of_years_stops_the_build() -> None:
    with pytest.raises(Stop, match=r"cell F2: YAG.y isn't 3 years after graduation"):
        block(after="5")


@pytest.mark.parametrize("wrong", [{"subject": "Alchemy"}, {"before": "ALCHEMY"}])
def test_a_subject_or_an_industry_that_nobody_knows_stops_the_build(wrong: dict[str, str]) -> None:
    with pytest.raises(Stop, match=r"(?i)nobody knows what 'alchemy' stands for"):
        block(**wrong)


def test_all_subjects_of_the_hierarchys_second_level_are_there() -> None:
    assert len(CAH.at_level("subject")) == 35
    assert {entry.code for entry in CAH.at_level("subject")} < set(SUBJECT_OR_QUALIFICATION.by_code)
