"""How much of what an occupation does generative AI could speed up, as two studies scored it: research."""

from pathlib import Path

from lmiforall.base.dataset import Dataset, Dimension, Edition, LeftOut, Measure, Source, Total
from lmiforall.base.licence import MIT
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.datasets.flat import Flat, figures

WEIGHT = "tasks, each by its relatedness to the occupation"
PART = "part of the tasks"

# By which heading each measure stands in the two files; N is the weight of all tasks there.
GAISI = {
    "N": "gaisi_tasks",
    "E1": "gaisi_tasks_direct",
    "E2": "gaisi_tasks_with_software",
    "gaisi_alpha": "gaisi_low",
    "gaisi_beta": "gaisi",
    "gaisi_gamma": "gaisi_high",
}
OF_HIGH = ("hi_E1", "hi_E2", "hi_gaisi")
GPTS = {
    "N": "gpts_tasks",
    "w_gpt_E1": "gpts_model_tasks_direct",
    "w_gpt_E2": "gpts_model_tasks_with_software",
    "w_human_E1": "gpts_people_tasks_direct",
    "w_human_E2": "gpts_people_tasks_with_software",
    "emmr_gpt": "gpts_model",
    "emmr_human": "gpts_people",
}


def source(name: str, title: str, file: str, holds: int) -> Source:
    """Declare one of the files that the authors made."""
    return Source(
        name=name,
        publisher="Golo Henseke, UCL",
        title=title,
        page="https://github.com/drGolo/gaisi-index",
        licence=MIT,
        files=rf"ai_exposure/{file}\.csv$",
        dialect="csv",
        count=(1, 1),
        holds=(holds, holds),
        by_hand="It is in drGolo/gaisi-index on GitHub (read at commit 0783f0315a59). "
        f"Save it as `ai_exposure/{file}.csv`.",
    )


DATASET = Dataset(
    name="ai_exposure",
    title="Exposure to generative AI by occupation",
    summary="Which part of an occupation's tasks generative AI could speed up, scored by two studies; research.",
    folder=Path(__file__).parent,
    dimensions=(Dimension("soc", SOC2020, "Occupation (SOC2020 unit group)"),),
    measures=(
        Measure("gaisi", "Exposure by GAISI: direct ones, and half of those with software", PART),
        Measure("gaisi_low", "The same, direct ones only", PART),
        Measure("gaisi_high", "The same, direct ones and all with software", PART),
        Measure("gaisi_tasks", "Tasks that were scored for GAISI", WEIGHT),
        Measure("gaisi_tasks_direct", "Those that a language model alone could speed up", WEIGHT),
        Measure("gaisi_tasks_with_software", "Those that it could with software built on it", WEIGHT),
        Measure("gpts_model", "Exposure by the scores of a language model (Eloundou et al.)", PART),
        Measure("gpts_people", "Exposure by the scores of people (Eloundou et al.)", PART),
        Measure("gpts_tasks", "Tasks that were scored by Eloundou et al.", WEIGHT),
        Measure("gpts_model_tasks_direct", "Direct ones, by a language model", WEIGHT),
        Measure("gpts_model_tasks_with_software", "Those with software, by a language model", WEIGHT),
        Measure("gpts_people_tasks_direct", "Direct ones, by people", WEIGHT),
        Measure("gpts_people_tasks_with_software", "Those with software, by people", WEIGHT),
    ),
    sources=(
        source(
            "gaisi",
            "Generative AI Susceptibility Index (GAISI), on the UK Standard Skills Classification",
            "soc2020_4digit_gaisi_ssc",
            412 * len(GAISI),
        ),
        source(
            "gpts",
            "Scores of Eloundou et al., GPTs are GPTs, carried to SOC2020",
            "soc2020_4digit_gpts_are_gpts",
            412 * len(GPTS),
        ),
    ),
    read=figures(
        {
            "gaisi": Flat(keys={"soc20m": "soc"}, values=GAISI, ignored=OF_HIGH),
            "gpts": Flat(keys={"soc20m": "soc"}, values=GPTS),
        }
    ),
    rows=(5_300, 5_400),
    totals=(
        Total({"soc": "2136"}, "gaisi", 0.59827679, because="IT quality and testing, the second highest"),
        Total({"soc": "9222"}, "gaisi", 0.025842696, because="street cleaners, the lowest"),
    ),
    left_out=(LeftOut("what 'hi' counts isn't told with the file", source="gaisi", column_text=r"^hi_"),),
    history=(Edition("on the UK-SSC of November 2025", "2025-11"),),
)
