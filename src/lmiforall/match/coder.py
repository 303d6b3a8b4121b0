"""A job title, with what else is known of the job -> its SOC2020 and SOC2010 unit groups, how likely, and why.

Two opinions are joined. The coding index says which unit groups a title has that it knows; the net says what
titles of like words have. Where the index has a title, it is trusted as far as others code the title alike (``meant``),
and the net decides between its entries; where it hasn't, the net's word alone counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from lmiforall.match import net, words
from lmiforall.match.index import Found, Index
from lmiforall.match.kept import Parts
from lmiforall.match.net import Floats, Vocabulary

# How many times the odds that people mean something else than the index are where only the order of the words differs.
OTHER_ORDER = 3.5
# How much the net's opinion counts between entries of one title, and what it can't fall below.
BETWEEN, FLOOR = 0.4, 0.01
# How the net's probabilities are softened for the part in which the index isn't trusted.
SPREAD = 1 / 3
# How much a description counts beside a title, as a power of its probabilities; more adds little to what is right and
# makes the answers too sure (docs/coder.md).
DESCRIPTION = 0.1
# Softens the net's probabilities so that they say how often it is right; chosen on held-out titles.
TEMPERATURE = 1.5
# How many unit groups an answer names.
RUNNERS_UP = 5
# PERF: the probabilities of so many stay in the cache; thousands at once take a third longer (bench/coder.py).
TOGETHER = 256
# The levels of SOC by their digits, and what they are called.
LEVELS = {4: "unit group", 3: "minor group", 2: "sub-major group", 1: "major group"}


@dataclass(frozen=True)
class Job:
    """What is known of a job; only the title is needed."""

    title: str
    description: str = ""
    industry: str = ""
    pay: str = ""
    qualification: str = ""


@dataclass(frozen=True)
class Choice:
    """A group and how likely it is the right one; a code of fewer digits is a wider group, none is no answer."""

    code: str
    probability: float

    @property
    def level(self) -> str:
        """Name the level of the code."""
        return LEVELS.get(len(self.code), "")


@dataclass(frozen=True)
class Coded:
    """The answer for one job; ``evidence`` is the title that matched, ``reason`` says how, or why there is no code."""

    soc2020: Choice
    soc2010: Choice
    alternatives: Sequence[Choice]
    alternatives_2010: Sequence[Choice]
    evidence: str
    reason: str


NOTHING = Choice("", 0.0)


class Coder:
    """Codes jobs with the parts that a release holds."""

    def __init__(self, parts: Parts) -> None:
        self._net = parts.net
        self._vocabulary = Vocabulary({name: number for number, name in enumerate(parts.features)})
        self._index = Index(parts.entries)
        self._people = parts.people
        self._groups = (parts.soc2010, parts.soc2020)
        self._wider = tuple([_wider(groups, digits) for digits in (3, 2, 1)] for groups in self._groups)
        self._columns = tuple({soc: at for at, soc in enumerate(groups)} for groups in self._groups)

    def code(self, jobs: Iterable[Job], threshold: float = 0.0) -> list[Coded]:
        """Code jobs; below the threshold an answer is the narrowest wider group that reaches it, or none."""
        came, coded = iter(jobs), list[Coded]()
        while some := list(islice(came, TOGETHER)):
            coded += self._code(some, threshold)
        return coded

    def _code(self, jobs: Sequence[Job], threshold: float) -> list[Coded]:
        texts = [words.plain(words.natural_order(words.without_brackets(job.title))) for job in jobs]
        texts = [text or words.plain(job.title) for text, job in zip(texts, jobs, strict=True)]
        chances = self._chances(jobs, texts)
        return [self._answer(job, text, row, threshold) for job, text, row in zip(jobs, texts, chances, strict=True)]

    def _chances(self, jobs: Sequence[Job], texts: Sequence[str]) -> Floats:
        """Ask the net of the titles, within their industry where it is told, and of the descriptions."""
        asked = [f"{words.plain(job.industry)} {text}".strip() for job, text in zip(jobs, texts, strict=True)]
        chances = self._net.probabilities(net.rows(asked, self._vocabulary), TEMPERATURE)
        described = [row for row, job in enumerate(jobs) if job.description.strip()]
        if described:
            told = net.rows([words.plain(jobs[row].description) for row in described], self._vocabulary)
            joined = chances[described] * (self._net.probabilities(told) + np.float32(1e-4)) ** np.float32(DESCRIPTION)
            for part in (slice(None, self._net.edge), slice(self._net.edge, None)):
                joined[:, part] /= joined[:, part].sum(axis=1, keepdims=True)
            chances[described] = joined
        return chances

    def _answer(self, job: Job, text: str, chances: Floats, threshold: float) -> Coded:
        if not text:
            why = "the title is empty" if not job.title.strip() else "the title has no word in Latin letters"
            return Coded(NOTHING, NOTHING, (), (), "", why)
        found = self._index.find(job.title, job.industry)
        older, newer = chances[: self._net.edge], chances[self._net.edge :]
        if found:
            trust = _trust(found)
            older = self._joined(0, older, [entry.soc2010 for entry in found.entries], found.weights, trust)
            newer = self._joined(1, newer, [entry.soc2020 for entry in found.entries], found.weights, trust)
        if (job.pay or job.qualification) and (fits := self._people.likelihood(job.pay, job.qualification)):
            older, newer = (chances * fit for chances, fit in zip((older, newer), fits, strict=True))
            older, newer = older / older.sum(), newer / newer.sum()
        alternatives, earlier = self._best(1, newer), self._best(0, older)
        first = self._sure(1, newer, alternatives[0], threshold)
        evidence = _matched(found, alternatives[0].code) or self._index.most_alike(text.split(), alternatives[0].code)
        reason = _reason(found, evidence, alternatives[0], first, threshold)
        return Coded(first, self._sure(0, older, earlier[0], threshold), alternatives, earlier, evidence, reason)

    def _joined(
        self, which: int, chances: Floats, codes: Sequence[str], weights: Sequence[float], trust: float
    ) -> Floats:
        """Join what the index says of a title with what the net makes of it."""
        columns, said = self._columns[which], np.zeros_like(chances)
        for code, weight in zip(codes, weights, strict=True):
            if code in columns:
                said[columns[code]] += weight
        said *= (chances + np.float32(FLOOR)) ** np.float32(BETWEEN)
        total = said.sum()
        if total == 0:
            return chances
        # The net has learnt this very title, so that it agrees proves nothing: what is left is spread by it, softened.
        rest = chances ** np.float32(SPREAD)
        joined: Floats = np.float32(trust) * said / total + np.float32((1 - trust) / rest.sum()) * rest
        return joined

    def _best(self, which: int, chances: Floats) -> list[Choice]:
        first = np.argpartition(-chances, RUNNERS_UP)[:RUNNERS_UP]
        ordered = first[np.argsort(-chances[first], kind="stable")]
        groups = self._groups[which]
        return [
            Choice(groups[at], chance) for at, chance in zip(ordered.tolist(), chances[ordered].tolist(), strict=True)
        ]

    def _sure(self, which: int, chances: Floats, best: Choice, threshold: float) -> Choice:
        """Give the best unit group, or the narrowest group around it that is likely enough."""
        if best.probability >= threshold:
            return best
        for names, within in self._wider[which]:
            # PERF: a sum over the groups in Python took as long as all else about a title (bench/adverts.py).
            totals = np.bincount(within, chances)
            at = int(totals.argmax())
            if totals[at] >= threshold:
                return Choice(names[at], float(totals[at]))
        return NOTHING


def _wider(groups: Sequence[str], digits: int) -> tuple[list[str], NDArray[np.intp]]:
    """Give the groups of fewer digits, and in which of them each unit group lies."""
    names = list(dict.fromkeys(soc[:digits] for soc in groups))
    return names, np.array([names.index(soc[:digits]) for soc in groups], np.intp)


def _trust(found: Found) -> float:
    """Say how likely it is that a title means one of the entries that the index has of it."""
    trust = max(entry.trust for entry in found.entries)
    return trust if found.exactly else trust / (trust + OTHER_ORDER * (1 - trust))


def _matched(found: Found | None, soc2020: str) -> str:
    """Name the index entry that has the code."""
    if not found:
        return ""
    for entry in found.entries:
        if entry.soc2020 == soc2020:
            return f"{entry.title} ({entry.industry})" if entry.industry else entry.title
    return ""


def _reason(found: Found | None, evidence: str, best: Choice, given: Choice, threshold: float) -> str:
    if found and evidence:
        how = f"title of the coding index: {evidence}" if found.exactly else f"the words of the index title: {evidence}"
    else:
        how = f"like the index title: {evidence}" if evidence else "by parts of words"
    if given is best:
        return how
    sure = f"{given.level} {given.code} is sure enough" if given.code else "no wider group is sure enough"
    return f"unit group {best.code} has {best.probability:.2f}, below {threshold:g}: {sure}; {how}"
