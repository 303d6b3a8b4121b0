"""From any classification of occupations to any other, by steps along official links, with what each step loses."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, Measure
from lmiforall.base.model import Crosswalks, Scheme, Step
from lmiforall.codes.crosswalk import CODE, SCHEME
from lmiforall.codes.isco08 import ISCO08
from lmiforall.codes.onet_soc2010 import ONET_SOC2010
from lmiforall.codes.onet_soc2019 import ONET_SOC2019
from lmiforall.codes.soc2010 import SOC2010
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.codes.ussoc2010 import USSOC2010
from lmiforall.codes.ussoc2018 import USSOC2018

SCHEMES = (
    Scheme("soc2010", "SOC2010 unit group", "four digits, such as 2231", SOC2010, "unit"),
    Scheme("soc2020", "SOC2020 unit group", "four digits, such as 2231", SOC2020, "unit"),
    Scheme("isco08", "ISCO-08 unit group", "four digits, such as 2221", ISCO08, "unit"),
    Scheme("ussoc2010", "US SOC 2010 occupation", "such as 29-1141", USSOC2010),
    Scheme("ussoc2018", "US SOC 2018 occupation", "such as 29-1141", USSOC2018),
    Scheme("onet2010", "O*NET-SOC 2010 occupation", "such as 29-1141.00", ONET_SOC2010),
    Scheme("onet", "O*NET-SOC 2019 occupation", "such as 29-1141.00", ONET_SOC2019),
    Scheme("esco", "ESCO occupation", "its address, or the last part of it", table="esco_occupations",
           column="occupation", prefix="http://data.europa.eu/esco/occupation/"),
    Scheme("ncs", "National Careers Service job profile", "the last part of its address, such as zoologist",
           table="ncs_profiles", column="profile"),
    Scheme("apprenticeship", "apprenticeship standard", "such as ST0001", table="apprenticeship_standards",
           column="standard"),
)  # fmt: skip

STEPS = (
    Step("soc2010", "soc2020", "soc2010_soc2020_weights", ("soc2010", "soc"), "shares", "people", "people", 0.5,
         "people were coded to both: there is nothing better"),
    Step("soc2010", "isco08", "soc2010_isco08", ("soc2010", "isco08"), "parts", "publisher", "equal", 1.0,
         "ONS's own table, made for this direction; a third of ISCO-08's groups have no link back", partial=True),
    Step("soc2020", "isco08", "soc2020_index", ("soc", "isco08"), "rows", "titles", "titles", 1.5,
         "ONS gives both codes to each job title; titles are no people"),
    Step("isco08", "ussoc2010", "isco08_ussoc2010", ("isco08", "ussoc2010"), "rows", "equal", "equal", 1.0,
         "the table of the Bureau of Labor Statistics"),
    Step("ussoc2010", "ussoc2018", "ussoc2010_ussoc2018", ("ussoc2010", "ussoc2018"), "rows", "equal", "equal", 1.0,
         "the table of the Bureau of Labor Statistics"),
    Step("onet", "ussoc2018", "onet_occupations", ("onet", "onet"), "digits", "one", "equal", 1.0,
         "an O*NET-SOC code begins with its US occupation"),
    Step("onet2010", "ussoc2010", "onet_soc2010_ussoc2010", ("onet2010", "ussoc2010"), "rows", "one", "equal", 1.0,
         "O*NET's own table"),
    Step("onet", "soc2020", "onet_at_soc2020", ("onet", "soc"), "shares", "model", "model", 2.6,
         "a model of this service: official links are taken before it, up to two steps more"),
    Step("onet", "soc2010", "onet_at_soc2010", ("onet", "soc2010"), "shares", "model", "model", 2.6,
         "a model of this service: official links are taken before it, up to two steps more"),
    Step("esco", "isco08", "esco_occupations", ("occupation", "isco08"), "rows", "one", "equal", 1.0,
         "ESCO's own group"),
    Step("esco", "onet2010", "esco_onet_soc2010", ("occupation", "onet2010"), "rows", "one", "equal", 0.5,
         "people compared each occupation; nearer than any way through ISCO-08", partial=True),
    Step("ncs", "soc2010", "ncs_profiles", ("profile", "soc2010"), "rows", "one", "equal", 1.0,
         "the content team's own code"),
    Step("ncs", "onet2010", "ncs_profiles", ("profile", "onet2010"), "rows", "one", "equal", 0.5,
         "the content team's own code", partial=True),
    Step("apprenticeship", "soc2010", "apprenticeship_standard_soc2010", ("standard", "soc2010"), "rows", "equal",
         "equal", 1.0, "pairs of the National Careers Service"),
    Step("ncs", "apprenticeship", "ncs_profiles", ("profile", "standards"), "lists", "equal", "equal", 0.5,
         "the profile names them itself", partial=True),
)  # fmt: skip

DATASET = Dataset(
    name="crosswalks",
    title="Crosswalks between classifications of occupations",
    summary="From each of ten classifications of occupations to each other one: weights, and what is lost on the way.",
    folder=Path(__file__).parent,
    dimensions=(
        Dimension("from", SCHEME, "From"),
        Dimension("to", SCHEME, "To"),
        Dimension("code", CODE, "Code of the first"),
        Dimension("target", CODE, "Code of the second", default="all"),
    ),
    measures=(
        Measure("weight", "Part of the code that is the target", "proportion"),
        Measure("back", "Part of the target that is the code, by the same way back", "proportion"),
        Measure("targets", "Targets of the code", "targets"),
        Measure("arrives", "Part of the code that arrives: the rest has no link on the way", "proportion"),
        Measure("returns", "Part of the code that comes back to itself, there and back", "proportion"),
        Measure("way", "Which way: 1 the first, 2 the one for codes that the first leaves out", "number"),
    ),
    model=Crosswalks(
        inputs=(
            *dict.fromkeys([*(step.table for step in STEPS), *(scheme.table for scheme in SCHEMES if scheme.table)]),
        ),
        method="Steps along official links, each dividing a code among its counterparts; then the parts that arrive.",
        schemes=SCHEMES,
        steps=STEPS,
    ),
    rows=(500_000, 6_000_000),
    history=(Edition("the tables that it is made from", "2026-11-25"),),
)
