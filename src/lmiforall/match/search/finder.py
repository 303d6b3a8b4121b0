"""What somebody types -> occupations, best first, each with the title that matched and in which way.

A title's relevance is how much of what was asked it has, by weight of its words, and a little how much of it was asked.
An occupation is as relevant as its best title; where two are equally relevant, the one with more people is first.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lmiforall.match import words as plain_words
from lmiforall.match.search import alike, spoken, titles
from lmiforall.match.search.alike import Alike, Likes, Term
from lmiforall.match.search.kept import Parts
from lmiforall.match.search.trades import Trades

# How much a title must have of what was asked, by weight: less is enough where the trade is the same but for an error
# of spelling, and still less where it is the same and a common one ("nurse nightingale ward").
ENOUGH, ENOUGH_WITH_HEAD, ENOUGH_WITH_COMMON_HEAD = 0.82, 0.7, 0.5
# What stands before the trade says which it is ("air fryer"): a title without it must have more of the rest.
ENOUGH_LATER_HEAD = 0.58
# What a word after the trade counts, such as a place; one before it says which trade it is.
AFTERWARDS = 0.45
# What the word that names a trade counts where it is a vague one.
VAGUE = 0.6
# How relevant a title must be that has another such word.
ENOUGH_VAGUE, LEAST_VAGUE = 0.6, 0.5
# A title that is less relevant is no answer.
LEAST = 0.4
# Hits that are so much worse than the best are no answer to the same question.
BESIDE_THE_BEST = 0.6
# How much of a title's relevance depends on whether all of the title was asked.
WHOLE = 0.45
# The title of a unit group lists several trades: whoever asks for one of them means the group as much as this.
WHOLE_GROUP = 0.75
# What an industry or qualifier counts beside a word of the title; what a title loses that holds only in one that wasn't
# asked; what one loses whose trade was not asked, that only an everyday word leads to, or the query without some words.
WITHIN, LIMITED, OTHER_HEAD, OTHERWISE_SAID, ASKED_AROUND, FEWER_WORDS = 0.85, 0.97, 0.93, 0.985, 0.98, 0.9
# What is nearly as relevant is as relevant; within a step people count.
STEP = 0.04
# So many of the best titles are looked at, and those as good as the last; more would be of the same occupations.
LOOKED_AT = 400
# A query has so many words at most; the rest isn't read.
MOST_WORDS = 8
MOST_HITS = 50
# How relevant a title of ESCO or O*NET is beside one of the same words of an index: its group came by a crosswalk.
BY_CROSSWALK = 0.96
# PERF: the titles of words that are like a common one ("assistant") are remembered, of so many words: 2 MB; of others
# for a while: the ways to take a query have words in common, and so has what is typed next.
MANY_TITLES, SPREADS, LATE_SPREADS = 500, 100, 32
UNIT_DIGITS = 4

_CODE = re.compile(r"\d{1,4}")


@dataclass(frozen=True)
class Hit:
    """An occupation: its code, how relevant it is (at most 1), the title that matched, where that is from, and how."""

    code: str
    relevance: float
    title: str
    within: str
    source: str
    how: str
    people: float


@dataclass(frozen=True, eq=False)
class _Spread:
    """The titles that have words that are like a given one: each once, how alike, and whether in the title itself."""

    titles: NDArray[np.int64]
    alike: NDArray[np.float32]
    own: NDArray[np.bool_]


@dataclass(frozen=True)
class _Reading:
    """One way to take a query: its words, the word that names the trade, whether more of the last may follow."""

    words: Sequence[str]
    head: str
    begun: bool = False
    factor: float = 1.0  # how much what it leads to is worth beside what the query itself leads to
    said: bool = False  # by an everyday word
    strict: bool = False  # only titles whose trade was asked


class Finder:
    """Finds occupations in the parts of a search."""

    def __init__(self, parts: Parts) -> None:
        self.parts = self._parts = parts
        self._alike = Alike(parts)
        count = len(parts.source)
        self._asked, self._own = np.zeros(count, np.float32), np.zeros(count, np.float32)
        self._place = np.zeros(count, np.int64)
        self._kept_spread = lru_cache(maxsize=SPREADS)(self._spread)
        self._late_spread = lru_cache(maxsize=LATE_SPREADS)(self._spread)
        self._length = np.maximum(np.diff(parts.words_of.starts), 1).astype(np.float32)
        self._trust = np.where(parts.source >= titles.ESCO, np.float32(BY_CROSSWALK), np.float32(1))
        self._trust *= np.where(parts.limited, np.float32(LIMITED), np.float32(1))
        units = np.array([len(group) == len("20:") + UNIT_DIGITS for group in parts.groups])
        named = (parts.source == titles.GROUP) & units[np.maximum(parts.soc2020, parts.soc2010)]
        self._least_whole = np.where(named, np.float32(WHOLE_GROUP), np.float32(0))
        self._trades = Trades(parts, self._alike)
        self._columns = {"soc2020": parts.soc2020, "soc2010": parts.soc2010}
        self._codes = [group[3:] for group in parts.groups]

    def find(self, asked: str, most: int = 10, *, classification: str = "soc2020", units: bool = False) -> list[Hit]:
        """Give the occupations of a classification that are meant; with ``units`` no wider groups."""
        if _CODE.fullmatch(asked.strip()):
            return self._by_code(asked.strip(), classification)
        best: dict[int, tuple[float, int, _Reading, Sequence[Term]]] = {}
        typed = dict(spoken.as_typed(asked))
        for reading in self._readings(asked):
            terms = self._terms(reading, typed)
            for group, relevance, title in self._groups(reading, terms, classification, units=units):
                if group not in best or best[group][0] < relevance:
                    best[group] = (relevance, title, reading, terms)
        if not best:
            return []
        floor = max(found[0] for found in best.values()) * BESIDE_THE_BEST
        kept = [group for group in best if best[group][0] >= floor]
        kept.sort(key=lambda group: (-round(best[group][0] / STEP), -float(self._parts.people[group]), group))
        return [self._hit(group, *best[group]) for group in kept[: min(most, MOST_HITS)]]

    def _terms(self, reading: _Reading, typed: Mapping[str, str]) -> list[Term]:
        """Look up what the words of a reading may mean."""
        last, head = len(reading.words) - 1, reading.words.index(reading.head)
        terms = [
            self._alike.term(word, own := typed.get(word, word), own if reading.begun and at == last else "")
            for at, word in enumerate(reading.words)
        ]
        if head and self._trades.is_vague(reading.head):
            terms[head] = replace(terms[head], weight=terms[head].weight * VAGUE)
        return [replace(term, weight=term.weight * AFTERWARDS) if at > head else term for at, term in enumerate(terms)]

    def _by_code(self, code: str, classification: str) -> list[Hit]:
        """Give the group of a code that was typed itself."""
        prefix = "20" if classification == "soc2020" else "10"
        if f"{prefix}:{code}" not in self._parts.groups:
            return []
        group = self._parts.groups.index(f"{prefix}:{code}")
        title = int(np.flatnonzero(self._columns[classification] == group)[0])
        text, within = self._parts.text(title)
        people = float(self._parts.people[group])
        return [Hit(code, 1.0, text, within, titles.SOURCES[self._parts.source[title]], "its code", people)]

    def _readings(self, asked: str) -> list[_Reading]:
        """Give the ways to take a query: as it stands, with everyday words for it, words apart or together."""
        asked = asked[: plain_words.MOST_CHARACTERS]
        whole = spoken.words_of(asked)[: 2 * MOST_WORDS]
        words = spoken.without(whole, spoken.ASKING)
        if not any(word.isalpha() for word in words):
            return []
        begun, strict = asked[-1].isalnum(), spoken.is_question(whole)
        ways = ((whole, 1.0), (words, ASKED_AROUND), (spoken.without(words, spoken.BESIDE), FEWER_WORDS))
        found: list[_Reading] = []
        for said, factor in ways:
            if said and not any(len(said) == len(own.words) for own in found):
                last = begun and said[-1] == whole[-1]
                found.append(self._reading(said, spoken.head(asked), factor, begun=last, strict=strict))
        others = next(filter(None, (spoken.readings(own.words) for own in found)), [])
        everyday = [replace(self._reading(other, "", OTHERWISE_SAID), said=True) for other in others]
        return [*found, *everyday, *(self._reading(other, "", 1.0) for other in self._respaced(words))]

    def _reading(
        self, words: Sequence[str], head: str, factor: float, *, begun: bool = False, strict: bool = False
    ) -> _Reading:
        words = words[:MOST_WORDS]
        return _Reading(words, self._trade(words, head), begun, factor, strict=strict)

    def _trade(self, words: Sequence[str], head: str) -> str:
        """Give the word of a query that names the trade: its head, or the last that names one; else the last."""
        if head in words and self._alike.heads(head):
            return head
        return next((word for word in reversed(words) if self._alike.heads(word)), words[-1])

    def _respaced(self, words: Sequence[str]) -> list[list[str]]:
        """Give a query with two words as one, or one as two, where that gives known words."""
        found = []
        for at, word in enumerate(words):
            joined = word + words[at + 1] if at + 1 < len(words) else ""
            if joined and joined in self._alike and (word not in self._alike or words[at + 1] not in self._alike):
                found.append([*words[:at], joined, *words[at + 2 :]])
            if word not in self._alike and (halves := self._alike.apart(word)):
                found.append([*words[:at], *halves, *words[at + 1 :]])
        return found[:2]

    def _groups(
        self, reading: _Reading, terms: Sequence[Term], classification: str, *, units: bool
    ) -> Iterable[tuple[int, float, int]]:
        """Give for each group its best title under a reading, and how relevant that is."""
        found, relevance = self._titles(reading, terms)
        groups = self._columns[classification][found]
        _, first = np.unique(groups, return_index=True)
        for at in first.tolist():
            group = int(groups[at])
            if group and not (units and len(self._codes[group]) != UNIT_DIGITS):
                yield group, float(relevance[at]), int(found[at])

    def _titles(self, reading: _Reading, terms: Sequence[Term]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Give the titles that are relevant enough, best first."""
        total = sum(term.weight for term in terms)
        touched, all_touched = self._add_up(terms, total)
        share = self._asked[touched] / np.float32(total)
        near = share >= ENOUGH_WITH_COMMON_HEAD
        found, share = touched[near], share[near]
        last = self._last(found)
        found, share = found[last], share[last]
        whole = np.clip(self._own[found] / self._length[found], self._least_whole[found], 1)
        for those in all_touched:
            self._asked[those] = 0
            self._own[those] = 0
        relevance = share * ((1 - WHOLE) + WHOLE * whole) * self._trust[found]
        if len(found) > LOOKED_AT:
            # All that are as relevant as the last one: which of them came first is chance.
            chosen = relevance >= np.partition(relevance, -LOOKED_AT)[-LOOKED_AT]
            found, share, relevance = found[chosen], share[chosen], relevance[chosen]
        ways = terms[reading.words.index(reading.head)].ways
        has_head, same_head = self._trades.asked(found, ways, strict=reading.strict)
        vague = self._trades.as_vague(found, reading.words, reading.head) & ~has_head & (not reading.strict)
        relevance = relevance * np.where(has_head, np.float32(1), np.float32(OTHER_HEAD))
        relevance *= np.float32(reading.factor)
        enough = np.where(has_head, np.float32(ENOUGH_WITH_HEAD), np.float32(2 if reading.strict else ENOUGH))
        first = reading.words[0] == reading.head
        enough[same_head] = ENOUGH_WITH_COMMON_HEAD if first else ENOUGH_LATER_HEAD
        enough[vague] = ENOUGH_VAGUE
        least = np.where(vague, np.float32(LEAST_VAGUE), np.float32(LEAST))
        kept = np.flatnonzero((share >= enough) & (relevance >= least))
        order = kept[np.lexsort((found[kept], -relevance[kept]))]
        return found[order].astype(np.int64), relevance[order]

    def _add_up(self, terms: Sequence[Term], total: float) -> tuple[NDArray[np.int64], list[NDArray[np.int64]]]:
        """Add up for each title what it has of the query; give those that can have enough, and all that were touched.

        PERF: the heaviest words are looked up first, and the titles that have only light ones are never collected.
        """
        left, able, touched = total, [np.zeros(0, np.int64)], []
        for term in sorted(terms, key=lambda term: -term.weight):
            many = self._alike.count_of_titles(term.likes.words) >= MANY_TITLES
            spread = (self._kept_spread if many else self._late_spread)(term.likes)
            self._asked[spread.titles] += spread.alike * np.float32(term.weight)
            self._own[spread.titles] += spread.own
            touched.append(spread.titles)
            if left >= ENOUGH_WITH_COMMON_HEAD * total:
                able.append(spread.titles)
            left -= term.weight
        return np.concatenate(able), touched

    def _spread(self, likes: Likes) -> _Spread:
        """Give the titles that have one of some words; of several in one title the likest counts."""
        around, lengths_around = self._parts.within.of_all(likes.words)
        held, lengths_held = self._parts.titles_of.of_all(likes.words)
        titles = np.concatenate([around, held])
        alike = np.concatenate([
            np.repeat(likes.alike * np.float32(WITHIN), lengths_around),
            np.repeat(likes.alike, lengths_held),
        ])  # fmt: skip
        # The likest words are last, those of the title itself after those around it.
        last = self._last(titles)
        return _Spread(titles[last], alike[last], last >= len(around))

    def _last(self, titles: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give where each title stands last."""
        # PERF: of several values that are put in one place the last stays; sorting them takes ten times as long.
        places = np.arange(len(titles))
        self._place[titles] = places
        return np.flatnonzero(self._place[titles] == places)

    def _hit(self, group: int, relevance: float, title: int, reading: _Reading, terms: Sequence[Term]) -> Hit:
        text, within = self._parts.text(title)
        source = titles.SOURCES[self._parts.source[title]]
        people = float(self._parts.people[group])
        how = self._how(title, reading, terms)
        return Hit(self._codes[group], round(float(relevance), 3), text, within, source, how, people)

    def _how(self, title: int, reading: _Reading, terms: Sequence[Term]) -> str:
        """Say in which way the title's words are those of the query: by the farthest of them."""
        own = self._parts.words_of.of(title).tolist()
        if self._parts.limited[title]:
            own += self._alike.numbers(spoken.words_of(self._parts.text(title)[1]))
        ways = [max((term.ways[word] for word in own if word in term.ways), default=None) for term in terms]
        worst = max((way[1] for way in ways if way), default=alike.SAME)
        said = "an everyday word for it" if reading.said else alike.WAYS[worst]
        return said if all(ways) else f"{said}, and not all that was asked"
