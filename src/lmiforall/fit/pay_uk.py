"""What is known of pay -> every measure of every unit group in the UK, how pay is spread in it, and how sure it is."""

import numpy as np

from lmiforall.fit.mixed import Floats
from lmiforall.fit.pay_inputs import UNITS, Known, figure

# SOURCE: ASHE's sample is one job in a hundred, so a thousand jobs are ten in the sample.
SAMPLED = 10.0


def uk(known: Known, basis: str, name: str) -> Floats:
    """Give a measure of each unit group in the UK; a withheld one has the place that it has in the wider group."""
    pay = known.uk[basis]
    shape = of_group(np.log(pay[name] / pay["median_gbp"]))
    return np.where(np.isnan(pay[name]), pay["median_gbp"] * np.exp(shape), pay[name])


def describe(known: Known, basis: str) -> dict[str, Floats]:
    """Describe how high pay is in unit groups, and how uneven, as far as it is published."""
    pay = known.uk[basis]
    return {
        "skew": np.log(pay["mean_gbp"] / pay["median_gbp"]),
        "spread": np.log(pay[figure(70)] / pay[figure(30)]),
        "pay": np.log(pay["median_gbp"]),
        "low": np.log(pay["median_gbp"] / pay[figure(20)]),
    }


def median_error(known: Known, basis: str) -> Floats:
    """Give the relative standard error of a median of all of a unit group's jobs: half over density and root of n."""
    pay = known.uk[basis]
    gap = of_group(np.log(pay[figure(60)] / pay[figure(40)]))
    found: Floats = 0.5 * gap / 0.2 / np.sqrt(SAMPLED * known.jobs)
    return found


def of_group(values: Floats) -> Floats:
    """Fill what misses with the mean of the nearest wider group that has a figure."""
    found = values.copy()
    for digits in (3, 2, 1, 0):
        groups = np.array([code[:digits] for code in UNITS])
        for place in np.flatnonzero(np.isnan(found)):
            alike = values[groups == groups[place]]
            if np.isfinite(alike).any():
                found[place] = np.nanmean(alike)
    return found


def standard(values: Floats) -> Floats:
    """Bring values to a mean of nil and a spread of one."""
    found: Floats = (values - values.mean()) / values.std()
    return found
