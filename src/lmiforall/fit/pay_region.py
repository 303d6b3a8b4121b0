"""What is known of pay -> the median of annual pay in every unit group and region, how sure it is, and diagnostics.

Modelled is z, the log-ratio of a cell's median to the unit group's in the UK. The UK's is (nearly) the mean of the
regions', weighted by jobs, so each effect enters as its value in the cell less its weighted mean over the regions;
so does the noise of sampling, whose size follows from the published CV, and from the jobs and the spread of pay.
"""

from dataclasses import dataclass

import numpy as np

from lmiforall.fit import mixed
from lmiforall.fit.mixed import Component, Floats, Ints, Mixed
from lmiforall.fit.pay_inputs import LONDON, MAJOR_OF, REGIONS, SECTIONS, UNITS, Known, figure

# SOURCE: ASHE's sample is one job in a hundred, so a thousand jobs are ten in the sample.
SAMPLED = 10.0
# Industries that pay by national scales: public administration, education, health.
PUBLIC = ("O", "P", "Q")


@dataclass(frozen=True, eq=False)
class Regional:
    """By unit group and region: log-ratio to the UK's median, and its standard error; ``scale`` calibrates the error.

    ``ratio +- scale * error`` holds the figure that the survey would publish, at the level that was asked for.
    ``smooth`` is the ratio without the noise of sampling, which a published median has, too.
    """

    ratio: Floats
    smooth: Floats
    error: Floats
    scale: float
    model: Mixed


def observed(known: Known) -> tuple[Ints, Floats]:
    """Give the numbers of the cells whose median is published, and their log-ratios to the UK's."""
    ratio = np.log(known.published / known.median[:, None]).ravel()
    seen = np.flatnonzero(np.isfinite(ratio))
    return seen, ratio[seen]


def fit(known: Known, level: float) -> Regional:
    """Fit to all published cells, and predict every cell from them."""
    model = fitted(known, *observed(known))
    every, shape = np.arange(len(UNITS) * len(REGIONS)), (len(UNITS), len(REGIONS))
    ratio, error, smooth = (found.reshape(shape) for found in (*model.predict(every), model.expected(every)))
    return Regional(ratio, smooth, error, calibrated(model, level), model)


def fitted(known: Known, seen: Ints, z: Floats) -> Mixed:
    """Fit to the log-ratios of these cells."""
    return mixed.fit(components(known), fixed(known), seen, z)


def calibrated(model: Mixed, level: float) -> float:
    """Say how many standard errors an interval takes: as many as hold this part of the cells, each left out."""
    off, error = model.left_out()
    return float(np.quantile(np.abs(off) / error, level))


def fixed(known: Known) -> Floats:
    """Lay out the fixed effects: the major group's regional ratio, all employees', and one.

    A cell that is a large part of its major group in the region moves that group's median; so the ratio enters
    once more times the cell's part of the jobs.
    """
    major = known.regional[MAJOR_OF]
    columns = [major, np.broadcast_to(known.overall, major.shape), part_of_total(known) * major]
    within = [(values - (known.share * values).sum(axis=1, keepdims=True)).ravel() for values in columns]
    return np.column_stack([*within, np.ones(major.size)])


def part_of_total(known: Known) -> Floats:
    """Give each cell's part of the jobs of its major group in the region: how far that total gives it away."""
    jobs = known.jobs[:, None] * known.share
    totals = np.array([jobs[major == MAJOR_OF].sum(axis=0) for major in range(MAJOR_OF.max() + 1)])
    found: Floats = jobs / totals[MAJOR_OF]
    return found


def components(known: Known) -> list[Component]:
    """Lay out the random effects, wide groups of occupations before narrow ones, then the noise of sampling."""
    less_mean = (np.eye(len(REGIONS))[None] - known.share[:, None, :]).reshape(-1, len(REGIONS))
    level = less_mean @ known.overall[:, None]
    london = less_mean[:, [LONDON]]
    by_jobs = less_mean / np.sqrt(np.repeat(known.share, len(REGIONS), axis=0))
    about = features(known)
    return [
        Component("region x minor group", _groups(3), less_mean),
        Component("London x sub-major group", _groups(2), london),
        Component("regional level x sub-major group", _groups(2), level),
        Component("regional level x unit group", _groups(4), level),
        *(Component(f"regional level x {name}", _groups(0), level * about[name]) for name in ("skew", "spread", "it")),
        *(Component(f"region x {name}", _groups(0), less_mean * about[name]) for name in ("pay", "public")),
        Component("sampling, by the CV", _groups(4), by_jobs * _by_cell(known.variation), noise=True),
        Component("sampling, by jobs and spread", _groups(4), by_jobs * _by_cell(_median_error(known)), noise=True),
    ]


def features(known: Known) -> dict[str, Floats]:
    """Describe unit groups: how uneven their pay is, how high, and where they work; each standardised, by cell."""
    year = known.uk["year"]
    people = known.people / np.maximum(known.people.sum(axis=1, keepdims=True), 1.0)
    plain = {
        "skew": np.log(year["mean_gbp"] / year["median_gbp"]),
        "spread": np.log(year[figure(70)] / year[figure(30)]),
        "pay": np.log(year["median_gbp"]),
        "public": people[:, [SECTIONS.index(code) for code in PUBLIC]].sum(axis=1),
        "it": people[:, SECTIONS.index("J")],
    }
    return {name: _by_cell(_standard(of_group(values))) for name, values in plain.items()}


def _median_error(known: Known) -> Floats:
    """Give the relative standard error of a median of all of a unit group's jobs: half over density and root of n."""
    year = known.uk["year"]
    gap = of_group(np.log(year[figure(60)] / year[figure(40)]))
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


def _standard(values: Floats) -> Floats:
    found: Floats = (values - values.mean()) / values.std()
    return found


def _by_cell(values: Floats) -> Floats:
    return np.repeat(values, len(REGIONS))[:, None]


def _groups(digits: int) -> Ints:
    codes = np.unique([code[:digits] for code in UNITS], return_inverse=True)[1]
    return np.repeat(codes, len(REGIONS)).astype(np.int64)
