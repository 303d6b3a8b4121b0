"""The two samples that ONS coded to both SOC2010 and SOC2020."""

from lmiforall.base.code_list import listed

SURVEY_SAMPLE = listed(
    "survey_sample", "Sample", (("lfs", "Labour Force Survey"), ("census", "Census 2011 sample of England and Wales"))
)
