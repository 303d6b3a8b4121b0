"""The model of pay's parts -> what each foretells of figures that were kept aside, with the two rivals' guesses.

Sexes and working patterns in the UK; groups of people in regions; industries; a year. What is hidden with a
figure is said beside each trial.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from bench.pay_blocks import SEED, Bools, Floats, Foretold, Ints, cut
from lmiforall.codes.soc2020 import SOC2020
from lmiforall.fit import pay_grown, pay_people, pay_scale
from lmiforall.fit.pay_inputs import MAJOR_OF, MAJORS, UNITS, Known
from lmiforall.fit.pay_people import DIVISIONS, EVERYONE, Divided, People

TENTHS = 10
AT_RANDOM = "tenths of the unit groups"
# What is known of one sex can be learnt from the other alone; of part-time nothing can be learnt from full-time (it was
# tried: 36% off, where the major group's ratio is 17% off). So a working pattern that is published for no unit group
# would have to take the major group's ratio; there is none.
MIRRORED = (DIVISIONS["sex"],)
HIDDEN = (
    "A unit group's figures of both groups in all years; with all of one sex, the other's of the same unit groups as "
    "well (what is known of women then comes from men of other unit groups). No minor or sub-major group is used."
)
TOGETHER = (
    " How far off a group is that is hidden whole can't be learnt from others: so half-widths are read off the errors "
    "of the other nine tenths of the unit groups, foretold with the same group hidden. The last column is what those "
    "held that are read off what the model was fitted to, as if nothing at all were known of the group."
)
RIVALS = "everyone's median in the unit group; that times the major group's ratio"
BASES = {"year": "annual", "week": "weekly"}


@dataclass(frozen=True)
class Trial:
    """What was foretold, in blocks of (kind, name, cells), and in words what was hidden and what the rivals are.

    ``alone`` are the half-widths that are read off what the model was fitted to, where others are tried.
    """

    name: str
    hidden: str
    rivals: str
    foretold: Foretold
    blocks: Sequence[tuple[str, str, Bools]]
    alone: Floats | None = None


@dataclass(frozen=True, eq=False)
class Read:
    """What the trials take: the model's input as arrays, and the frames of pay by occupation and by region."""

    known: Known
    level: float
    frames: Mapping[str, pl.DataFrame]

    @cached_property
    def pay(self) -> pl.DataFrame:
        """Pay by occupation, with plain codes."""
        return self.frames["pay"].with_columns(pl.col(pl.Enum).cast(pl.String))


def people(read: Read) -> Iterator[Trial]:
    """Try sexes and working patterns: tenths of the unit groups, all of one group, one major group."""
    for division in DIVISIONS:
        for basis, word in BASES.items():
            about = pay_people.divided(read.known, read.pay, read.frames["pay_by_region"], division, basis)
            seen = np.flatnonzero(np.isfinite(about.z))
            variation = _variation(read, about.people, basis)
            hands = _hands(seen)
            for way, folds in _ways(about, seen, hands).items():
                foretold, alone = _foretell(about, seen, folds, None if way == AT_RANDOM else hands, read.level)
                blocks = _blocks(read, about, foretold, variation)
                hidden = HIDDEN if alone is None else HIDDEN + TOGETHER
                yield Trial(f"{word} medians by {division}: {way}", hidden, RIVALS, foretold, blocks, alone)


def _hands(seen: Ints) -> Ints:
    """Deal the unit groups out into tenths at random; gives the tenth of each cell."""
    units = seen // 2
    dealt = np.array_split(np.random.default_rng(SEED).permutation(np.unique(units)), TENTHS)
    found = np.zeros(len(seen), np.int64)
    for hand, some in enumerate(dealt):
        found[np.isin(units, some)] = hand
    return found


def _ways(about: Divided, seen: Ints, hands: Ints) -> dict[str, list[tuple[Ints, Ints]]]:
    """Say for each way which cells (places in ``seen``) are foretold, and from which, fold by fold."""
    units, which = np.divmod(seen, 2)
    inside = [hands == hand for hand in range(TENTHS)]
    majors = [MAJOR_OF[units] == major for major in np.unique(MAJOR_OF[units])]
    every = {
        AT_RANDOM: [(fold, ~fold) for fold in inside],
        "one major group": [(fold, ~fold) for fold in majors],
    }
    for place, group in enumerate(about.people if about.people in MIRRORED else ()):
        aside, other = which == place, which != place
        every[f"all of one sex: {told(group)}"] = [(fold & aside, ~fold & other) for fold in inside]
    return {way: [(np.flatnonzero(a), np.flatnonzero(b)) for a, b in folds] for way, folds in every.items()}


def _foretell(
    about: Divided, seen: Ints, folds: list[tuple[Ints, Ints]], hands: Ints | None, level: float
) -> tuple[Foretold, Floats | None]:
    """Foretell each fold from the rest; with ``hands`` half-widths are read off the errors of other hands.

    Gives besides, where there are hands, the half-widths that are read off what the model was fitted to.
    """
    z, major = about.z.ravel()[seen], about.major.ravel()[seen]
    ratio, error, width = (np.full(len(seen), np.nan) for _ in range(3))
    rivals = np.stack([np.zeros(len(seen)), major])
    plain = np.full(rivals.shape, np.nan)
    for aside, rest in folds:
        model = pay_people.fitted(about, seen[rest])
        ratio[aside], error[aside] = model.predict(seen[aside])
        width[aside] = pay_people.widths(model, error[aside], seen[aside], level)
        plain[:, aside] = np.nanquantile(np.abs(z[rest] - rivals[:, rest]), level, axis=1)[:, None]
    tried = np.flatnonzero(np.isfinite(ratio) & np.isfinite(major))
    found = Foretold(seen[tried], z[tried], ratio[tried], width[tried], rivals[:, tried], plain[:, tried])
    if hands is None:
        return found, None
    return replace(found, width=_of_other_hands(found, error[tried], hands[tried], level)), found.width


def _of_other_hands(found: Foretold, error: Floats, hands: Ints, level: float) -> Floats:
    """Give the half-widths that hold what was foretold in the same way of the unit groups of other hands."""
    width, majors = np.empty(len(hands)), MAJOR_OF[found.cells // 2]
    for hand in np.unique(hands):
        own, others = hands == hand, hands != hand
        off = (found.z - found.ratio)[others]
        width[own] = pay_scale.like(off, error[others], error[own], level, (majors[others], majors[own]))
    return width


def _blocks(read: Read, about: Divided, foretold: Foretold, variation: Floats) -> list[tuple[str, str, Bools]]:
    units, which = np.divmod(foretold.cells, 2)
    jobs = (read.known.jobs[:, None] * about.share).ravel()[foretold.cells]
    blocks = [("group", told(group), which == place) for place, group in enumerate(about.people)]
    blocks += [*majors_of(units), *cut("size", jobs, (5.0, 10.0, 20.0, 50.0), "thousand jobs")]
    blocks += cut("published CV", variation.ravel()[foretold.cells], (3.0, 5.0, 10.0, 15.0), "% CV")
    return [one for one in blocks if one[2].any()]


def year(read: Read) -> Iterator[Trial]:
    """Try 2024 from 2021 to 2023, as a figure that ONS withheld this year is carried on."""
    for basis, word in BASES.items():
        for group in (EVERYONE, *(group for groups in DIVISIONS.values() for group in groups)):
            yield _of_year(read, basis, group, f"{word} medians of 2024, {told(group)}")


def _of_year(read: Read, basis: str, group: People, name: str) -> Trial:
    rows = _of(read.pay, basis, group).filter(pl.col("year") <= "2024")
    medians = rows.filter(pl.col("measure") == "median_gbp")
    change = rows.filter(pl.col("measure") == "median_change_pct")
    known = pay_grown.years(medians, medians.clear(), change)
    grown = pay_grown.carried(known, "2024", read.level, shown=False)
    last = np.full(len(UNITS), np.nan)
    for earlier in ("2023", "2022", "2021"):
        last = np.where(np.isnan(last), known[earlier].units, last)
    national = _national(medians)
    tried = np.flatnonzero(np.isfinite(known["2024"].units) & np.isfinite(grown.value))
    plain = np.stack([last + national, last])[:, tried]
    foretold = Foretold(
        tried,
        known["2024"].units[tried],
        grown.value[tried],
        grown.width[tried],
        plain,
        _before(known, len(tried), read.level),
    )
    variation = known["2024"].variation[tried]
    blocks = [*majors_of(tried), *cut("published CV", variation, (3.0, 5.0, 10.0, 15.0), "% CV")]
    return Trial(
        name,
        "Every figure of unit groups of 2024. 2021 is what ONS's published changes to 2022 say, which rest on its "
        "dual coding. The major groups' growth to 2024 is known, as it is when one unit group is withheld.",
        "last year's figure grown as all employees' pay grew; last year's figure",
        foretold,
        [one for one in blocks if one[2].any()],
    )


def _national(medians: pl.DataFrame) -> float:
    every = dict(medians.filter(pl.col("soc") == "all").select("year", "value").iter_rows())
    return float(np.log(every["2024"] / every["2023"]))


def _before(known: Mapping[str, pay_grown.Year], count: int, level: float) -> Floats:
    """Give the rivals' half-widths: as wide as held what changed from 2022 to 2023."""
    change = known["2023"].units - known["2022"].units
    offs = (change - np.nanmedian(change), change)
    return np.repeat([[np.nanquantile(np.abs(off), level)] for off in offs], count, axis=1)


def told(group: People) -> str:
    """Say whose figures they are."""
    return {EVERYONE: "everyone"}.get(group, " ".join(word for word in group if word != "all").replace("_", "-"))


def _variation(read: Read, groups: Sequence[People], basis: str) -> Floats:
    """Give the published CV of each group's median in the newest year that has one; the bound where none has."""
    found = np.full((len(UNITS), len(groups)), np.nan)
    for place, group in enumerate(groups):
        rows = _of(read.pay, basis, group).filter(pl.col("measure") == "median_gbp")
        known = pay_grown.years(rows, rows.clear())
        found[:, place] = known["2024"].variation
    return found


def _of(frame: pl.DataFrame, basis: str, group: People) -> pl.DataFrame:
    codes = {"basis": basis, "sex": group[0], "pattern": group[1]}
    return frame.filter(*(pl.col(name) == code for name, code in codes.items()))


def majors_of(units: Ints) -> Iterator[tuple[str, str, Bools]]:
    """Give the blocks of major groups."""
    for place, code in enumerate(MAJORS):
        yield "major group", f"{code} {SOC2020.title_of(code)}", MAJOR_OF[units] == place
