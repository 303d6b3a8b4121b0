"""What each way answered -> the report of ``bench.coder``: right at each level, how sure, how fast, and the errors."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.report import Report, table
from lmiforall.match import words

NOTE = """The reference is one code a title, given by the National Careers Service; it is a test, and nothing is learnt
from it. A title is *in the index* where its plain words are those of an entry of ONS's SOC2020 or SOC2010 coding index.
Intervals are 95%, by 2,000 bootstrap samples of the titles.
An answer is right at fewer digits where it begins as the reference does."""

SAMPLES, SEED = 2000, 1
COVERED = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)

Asked = Sequence[tuple[str, str]]
Marks = NDArray[np.float64]


def of(
    about: Mapping[str, str], asked: Asked, known: Mapping[str, set[str]], results: Mapping[str, Any], used: float
) -> Report:
    """Write the report; ``known`` has the plain titles of the index with their codes, ``used`` the memory in MiB."""
    held = [known.get(words.plain(title), set()) for title, _ in asked]
    inside = np.array([bool(codes) for codes in held])
    ran = {name: result for name, result in results.items() if not isinstance(result, str)}
    left = [f"- {name}: {said}" for name, said in results.items() if isinstance(said, str)]
    own = ran["this coder"]["guesses"]
    right, sure = marks(asked, own, 4, 1), np.array([chance for _, chance in own])
    sections = [
        NOTE, "## Targets", _targets(asked, ran["this coder"], inside, used),
        "## Beside the others", _beside(asked, ran, inside), *(["Not measured:", "\n".join(left)] if left else []),
        "## By level", _levels(asked, own, inside),
        "## How much is coded, and how much of it is right", _curve(right, sure),
        "## What a probability means", _bins(right, sure), "## The errors", _errors(asked, own, held),
        "## The ceiling", _ceiling(asked, held),
    ]  # fmt: skip
    data = {"results": results, "in_index": inside.tolist(), "memory_mib": used}
    return Report("The occupation coder on the National Careers Service's titles", about, sections, data)


def marks(asked: Asked, guesses: Sequence[tuple[list[str], float]], digits: int, most: int) -> Marks:
    """Mark each title 1 where one of the first ``most`` codes is right at so many digits."""
    return np.array(
        [
            float(any(code[:digits] == soc[:digits] for code in codes[:most]))
            for (_, soc), (codes, _) in zip(asked, guesses, strict=True)
        ]
    )


def interval(right: Marks) -> tuple[float, float]:
    """Give the 95% interval of a mean by bootstrap."""
    draws = np.random.default_rng(SEED).integers(0, len(right), (SAMPLES, len(right)))
    low, high = np.quantile(right[draws].mean(axis=1), (0.025, 0.975))
    return float(low), float(high)


def calibration_error(right: Marks, sure: Marks) -> float:
    """Give the mean distance between probability and share of right answers, over ten bins of as many titles."""
    bins = np.array_split(np.argsort(sure, kind="stable"), 10)
    return float(sum(abs(sure[own].mean() - right[own].mean()) * len(own) for own in bins) / len(right))


def _at(right: Marks, sure: Marks, covered: float) -> float:
    return float(right[np.argsort(-sure, kind="stable")[: round(len(right) * covered)]].mean())


def _targets(asked: Asked, own: Mapping[str, Any], inside: NDArray[np.bool_], used: float) -> str:
    right, five, speed = marks(asked, own["guesses"], 4, 1), marks(asked, own["guesses"], 4, 5), own["titles_a_second"]
    sure = np.array([chance for _, chance in own["guesses"]])
    rows = [
        ("not in the index: first code right", 0.70, right[~inside], True),
        ("not in the index: one of five right", 0.90, five[~inside], True),
        ("all: first code right", 0.90, right, True),
        ("all: one of five right", 0.97, five, True),
    ]
    lines = [
        [name, f"{wanted:.2f}", "{:.3f} ({:.3f}-{:.3f})".format(own.mean(), *interval(own)), _met(own.mean() >= wanted)]
        for name, wanted, own, _ in rows
    ]
    at80, error = _at(right, sure, 0.8), calibration_error(right, sure)
    lines += [
        ["right at 80% coverage", "0.96", f"{at80:.3f}", _met(at80 >= 0.96)],
        ["calibration error, at most", "0.04", f"{error:.3f}", _met(error <= 0.04)],
        ["titles a second on one core", "5,000", f"{speed:,.0f}", _met(speed >= 5000)],
        ["memory of the model, MiB, at most", "60", f"{used:.0f}", _met(used <= 60)],
    ]
    return table(["what", "asked", "measured", ""], lines)


def _met(yes: object) -> str:
    return "met" if yes else "**missed**"


def _beside(asked: Asked, ran: Mapping[str, Any], inside: NDArray[np.bool_]) -> str:
    lines = []
    for name, result in ran.items():
        first, five = (marks(asked, result["guesses"], 4, most) for most in (1, 5))
        three = marks(asked, result["guesses"], 3, 1)
        sure = np.array([chance for _, chance in result["guesses"]])
        figures = [first.mean(), five.mean(), first[inside].mean(), first[~inside].mean(), five[~inside].mean()]
        figures += [three.mean(), _at(first, sure, 0.8)]
        lines.append([name, *(f"{figure:.3f}" for figure in figures), f"{result['titles_a_second']:,.0f}"])
    heads = ["way", "top 1", "top 5", "in the index", "not in it", "not in it, top 5", "3 digits", "at 80%", "titles/s"]
    return table(heads, lines)


def _levels(asked: Asked, own: Sequence[tuple[list[str], float]], inside: NDArray[np.bool_]) -> str:
    lines = []
    for digits in (4, 3, 2, 1):
        first, five = marks(asked, own, digits, 1), marks(asked, own, digits, 5)
        figures = [first.mean(), five.mean(), first[inside].mean(), five[inside].mean()]
        figures += [first[~inside].mean(), five[~inside].mean()]
        lines.append([str(digits), *(f"{figure:.3f}" for figure in figures)])
    both = [f"in the index ({inside.sum()})", "top 5", f"not in it ({(~inside).sum()})", "top 5"]
    return table(["digits", f"all ({len(asked)})", "top 5", *both], lines)


def _curve(right: Marks, sure: Marks) -> str:
    return table(
        ["coded", "right", "from probability"],
        [
            [f"{part:.0%}", f"{_at(right, sure, part):.3f}", f"{np.sort(sure)[::-1][round(len(sure) * part) - 1]:.3f}"]
            for part in COVERED
        ],
    )


def _bins(right: Marks, sure: Marks) -> str:
    bins = np.array_split(np.argsort(sure, kind="stable"), 10)
    lines = [[f"{number}", f"{sure[own].mean():.3f}", f"{right[own].mean():.3f}"] for number, own in enumerate(bins, 1)]
    return table(["tenth of the titles", "mean probability", "right"], lines)


def _errors(asked: Asked, own: Sequence[tuple[list[str], float]], known: Sequence[set[str]]) -> str:
    """Count the errors by how near they are; where the index has other codes only, the reference is in doubt."""
    wrong = [
        (soc, codes, held) for (_, soc), (codes, _), held in zip(asked, own, known, strict=True) if soc not in codes[:1]
    ]
    kinds = {
        "in the index, with other codes than the reference's only": sum(
            bool(held) and soc not in held for soc, _, held in wrong
        ),
        "in the index, which has the reference's code and others": sum(soc in held for soc, _, held in wrong),
        "not in the index; the right code is second": sum(
            not held and codes[1:2] == [soc] for soc, codes, held in wrong
        ),
        "not in the index; third to fifth": sum(not held and soc in codes[2:] for soc, codes, held in wrong),
        "not in the index; not among five, same minor group": sum(
            not held and soc not in codes and codes[0][:3] == soc[:3] for soc, codes, held in wrong if codes
        ),
        "not in the index; not among five, elsewhere": sum(
            not held and soc not in codes and codes[0][:3] != soc[:3] for soc, codes, held in wrong if codes
        ),
    }
    return table(["kind", "titles"], [[name, str(count)] for name, count in kinds.items()])


def _ceiling(asked: Asked, known: Sequence[set[str]]) -> str:
    """Say how many titles of the index a coder can be right for that only chooses among its entries."""
    inside = [(soc, held) for (_, soc), held in zip(asked, known, strict=True) if held]
    counts = {
        "titles in the index": len(inside),
        "the index has one code, the reference's": sum(held == {soc} for soc, held in inside),
        "the index has several codes, the reference's among them": sum(
            soc in held and len(held) > 1 for soc, held in inside
        ),
        "the index has other codes only: no follower of the index can be right": sum(
            soc not in held for soc, held in inside
        ),
    }
    return table(["what", "titles"], [[name, str(count)] for name, count in counts.items()])
