"""The rule that datasets of modelled numbers of people share."""

from lmiforall.base.dataset import Withhold

MODELLED_UNDER_1000 = Withhold(
    "modelled_under_1000",
    "employment",
    below=1000.0,
    reason="quality",
    only_modelled=True,
    because="the projections' own warning: figures under 1,000 people are of little use",
)
