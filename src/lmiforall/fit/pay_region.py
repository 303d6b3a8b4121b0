"""What is known of pay -> the median of annual pay in every unit group and region, how sure it is, and diagnostics.

Modelled is z, the log-ratio of a cell's median to the unit group's in the UK. The UK's is (nearly) the mean of the
regions', weighted by jobs, so each effect enters as its value in the cell less its weighted mean over the regions;
so does the noise of sampling, whose size follows from the published CV, and from the jobs and the spread of pay.
"""

from dataclasses import dataclass

import numpy as np

from lmiforall.fit import mixed, pay_scale
from lmiforall.fit.mixed import Component, Floats, Ints, Mixed
from lmiforall.fit.pay_inputs import LONDON, MAJOR_OF, REGIONS, SECTIONS, UNITS, Known
from lmiforall.fit.pay_uk import describe, median_error, of_group, standard

# Industries that pay by national scales: public administration, education, health.
PUBLIC = ("O", "P", "Q")


@dataclass(frozen=True, eq=False)
class Regional:
    """By unit group and region: log-ratio to the UK's median, its standard error, and the half-width of its interval.

    ``ratio +- width`` holds the figure that the survey would publish, at the level that was asked for. ``smooth`` is
    the ratio without the noise of sampling, which a published median has, too; ``noise`` is that noise's variance.
    """

    ratio: Floats
    smooth: Floats
    error: Floats
    width: Floats
    noise: Floats
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
    ratio, error = model.predict(every)
    width = pay_scale.widths(model, error, level)
    found = [one.reshape(shape) for one in (ratio, model.expected(every), error, width, model.noise(every))]
    return Regional(found[0], found[1], found[2], found[3], found[4], model)


def fitted(known: Known, seen: Ints, z: Floats) -> Mixed:
    """Fit to the log-ratios of these cells."""
    return mixed.fit(components(known), fixed(known), seen, z)


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
    about = {name: _by_cell(standard(of_group(values))) for name, values in features(known).items()}
    return [
        Component("region x minor group", _groups(3), less_mean),
        Component("London x sub-major group", _groups(2), london),
        Component("regional level x sub-major group", _groups(2), level),
        Component("regional level x unit group", _groups(4), level),
        *(Component(f"regional level x {name}", _groups(0), level * about[name]) for name in ("skew", "spread", "it")),
        *(Component(f"region x {name}", _groups(0), less_mean * about[name]) for name in ("pay", "public")),
        Component("sampling, by the CV", _groups(4), by_jobs * _by_cell(known.variation), noise=True),
        Component(
            "sampling, by jobs and spread", _groups(4), by_jobs * _by_cell(median_error(known, "year")), noise=True
        ),
    ]


def features(known: Known) -> dict[str, Floats]:
    """Describe unit groups: how uneven their pay is, how high, and where they work."""
    people = known.people / np.maximum(known.people.sum(axis=1, keepdims=True), 1.0)
    return describe(known, "year") | {
        "public": people[:, [SECTIONS.index(code) for code in PUBLIC]].sum(axis=1),
        "it": people[:, SECTIONS.index("J")],
    }


def _by_cell(values: Floats) -> Floats:
    return np.repeat(values, len(REGIONS))[:, None]


def _groups(digits: int) -> Ints:
    codes = np.unique([code[:digits] for code in UNITS], return_inverse=True)[1]
    return np.repeat(codes, len(REGIONS)).astype(np.int64)
