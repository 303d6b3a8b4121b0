"""Weights between SOC2010 and SOC2020, both ways, pooled from ONS's dual-coded samples."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure, Starter
from lmiforall.base.endpoint import Convert, Soc2020
from lmiforall.base.model import Weights
from lmiforall.codes.direction import DIRECTION
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.soc2020 import SOC2020

DATASET = Dataset(
    name="soc2010_soc2020_weights",
    title="Weights between SOC2010 and SOC2020",
    summary="Of each unit group of one classification, the part that belongs to each unit group of the other.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("direction", DIRECTION, "Direction"),
        Dimension("soc2010", SOC2010, "Occupation (SOC2010)"),
        Dimension("soc", SOC2020, "Occupation (SOC2020)"),
    ),
    measures=(
        Measure("share", "Part of the group, by people", "proportion"),
        Measure("people", "People in the samples with both codes", "people"),
    ),
    model=Weights(
        inputs=("soc2010_soc2020",),
        method="Men and women, LFS and Census samples pooled by people; the way back by Bayes with the samples' sizes.",
        old="soc2010",
        new="soc",
        base="base",
        share="share",
    ),
    rows=(2_500, 3_000),
    endpoints=(
        Convert(
            path="soc/convert",
            summary="From SOC2010 to SOC2020 or back, with the part of the people that each code gets",
            example="soc/convert?soc=4135",
            soc2020=Soc2020(dataset="soc2010_soc2020_weights"),
        ),
    ),
    history=(Edition("from the dual coding of 2021", "2021"),),
    starter=Starter(keep={}),
)
