"""Entries of the coding indexes -> other ways to code a title: each answers up to five codes, and how sure it is."""

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from math import log

from bench import coder_occupationcoder
from bench.coder_occupationcoder import Answer, Guess
from lmiforall.match import words
from lmiforall.match.lessons import QUALIFIED, Entry

# How many of the nearest titles have a say.
NEAREST = 30


def ways(entries: Sequence[Entry]) -> dict[str, Answer | str]:
    """Give every way by its name; one that isn't installed is a sentence that says so."""
    grams = _Nearest(entries, _trigrams, weighed=False)
    terms = _Nearest(entries, _terms, weighed=True)
    return {
        "exact look-up": exact(entries),
        "nearest title by trigrams": grams.answer,
        "TF-IDF of words and letters": terms.answer,
        "tantivy (BM25)": _tantivy(entries),
        "occupationcoder (PyPI)": coder_occupationcoder.answer(),
    }


def exact(entries: Sequence[Entry]) -> Answer:
    """Look the plain title up; the codes of its entries, unqualified ones first."""
    held: dict[str, Counter[str]] = defaultdict(Counter)
    for entry in entries:
        held[entry.plain][entry.soc2010] += QUALIFIED if entry.industry else 1.0  # type: ignore[assignment]
    return lambda titles: [_voted(held.get(words.plain(title), Counter())) for title in titles]


def _voted(votes: Mapping[str, float]) -> Guess:
    best = sorted(votes, key=lambda code: -votes[code])[:5]
    return best, votes[best[0]] / sum(votes.values()) if best else 0.0


def _trigrams(plain: str) -> set[str]:
    """Cut words as pg_trgm does."""
    return {f"  {word} "[at : at + 3] for word in plain.split() for at in range(len(word) + 1)}


def _terms(plain: str) -> set[str]:
    own, letters = words.features(plain.split())
    return {*own, *letters}


class _Nearest:
    """Votes of the nearest titles, by the share of their parts in common, or by the cosine of TF-IDF."""

    def __init__(self, entries: Sequence[Entry], cut: Callable[[str], set[str]], *, weighed: bool) -> None:
        self._entries, self._cut = entries, cut
        parts = [cut(entry.plain) for entry in entries]
        count = Counter(part for own in parts for part in own)
        self._rare = {part: log(len(parts) / held) + 1 if weighed else 1.0 for part, held in count.items()}
        self._sizes = [self._size(own) for own in parts]
        self._weighed = weighed
        self._held: dict[str, list[int]] = defaultdict(list)
        for number, own in enumerate(parts):
            for part in sorted(own):
                self._held[part].append(number)

    def _size(self, parts: set[str]) -> float:
        return sum(self._rare.get(part, 1.0) ** 2 for part in parts)

    def answer(self, titles: Sequence[str]) -> list[Guess]:
        """Code titles."""
        return [self._one(self._cut(words.plain(title))) for title in titles]

    def _one(self, parts: set[str]) -> Guess:
        shared: Counter[int] = Counter()
        for part in sorted(parts):
            weight = int(1000 * self._rare.get(part, 0.0) ** 2)
            for number in self._held.get(part, ()):
                shared[number] += weight
        size = self._size(parts)
        alike = {number: self._alike(weight / 1000, size, self._sizes[number]) for number, weight in shared.items()}
        votes: dict[str, float] = defaultdict(float)
        for number in sorted(alike, key=lambda number: -alike[number])[:NEAREST]:
            entry = self._entries[number]
            if entry.soc2010:
                votes[entry.soc2010] += alike[number] ** 8 * (QUALIFIED if entry.industry else 1.0)
        return _voted(votes)

    def _alike(self, shared: float, one: float, other: float) -> float:
        return shared / (one * other) ** 0.5 if self._weighed else shared / (one + other - shared)


def _tantivy(entries: Sequence[Entry]) -> Answer | str:
    if not find_spec("tantivy"):
        return "not installed here (`make rivals`)"
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", stored=False, tokenizer_name="en_stem")
    builder.add_text_field("soc2010", stored=True, tokenizer_name="raw")
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=50_000_000, num_threads=1)
    for entry in entries:
        if entry.soc2010:
            writer.add_document(tantivy.Document(title=entry.title, soc2010=entry.soc2010))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def one(title: str) -> Guess:
        query, _ = index.parse_query_lenient(words.plain(title), ["title"])
        votes: dict[str, float] = defaultdict(float)
        for score, at in searcher.search(query, NEAREST).hits:
            votes[str(searcher.doc(at).get_first("soc2010"))] += score**4
        return _voted(votes)

    return lambda titles: [one(title) for title in titles]
