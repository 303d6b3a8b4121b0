"""Titles -> the parts of a search: which titles hold a word, which words have a pair of letters, how rare a word is."""

from collections.abc import Iterable, Mapping, Sequence
from math import log

import numpy as np

from lmiforall.match.search import spoken
from lmiforall.match.search.kept import Lists, Parts
from lmiforall.match.search.titles import Title


def make(titles: Sequence[Title], people: Mapping[str, float]) -> Parts:
    """Index the titles; the same titles give the same parts."""
    said = [spoken.words_of(title.text) for title in titles]
    around = [_around(title, own) for title, own in zip(titles, said, strict=True)]
    vocabulary = sorted({word for own in (*said, *around) for word in own})
    number = {word: at for at, word in enumerate(vocabulary)}
    own, more = ([[number[word] for word in words] for words in texts] for texts in (said, around))
    holding, within = _turned(own, len(vocabulary)), _turned(more, len(vocabulary))
    counts = np.diff(holding.starts) + np.diff(within.starts)
    pairs = sorted({pair for word in vocabulary for pair in pairs_of(word)})
    pair_number = {pair: at for at, pair in enumerate(pairs)}
    words_with = _turned([[pair_number[pair] for pair in pairs_of(word)] for word in vocabulary], len(pairs))
    groups = ["", *sorted({code for title in titles for code in _codes(title) if code})]
    at = {code: place for place, code in enumerate(groups)}
    texts = [_text(title) for title in titles]
    return Parts(
        words=vocabulary,
        rarity=np.array([log(1 + len(titles) / count) for count in counts], np.float32),
        titles_of=holding, within=within, words_of=_lists(own, small=len(vocabulary) < 1 << 16),
        heads=np.array([number.get(spoken.head(title.text), -1) for title in titles], np.int32),
        pairs=pairs, words_with=words_with, groups=groups,
        people=np.array([people.get(code, 0.0) for code in groups], np.float32),
        soc2020=np.array([at[_codes(title)[0]] for title in titles], np.uint16),
        soc2010=np.array([at[_codes(title)[1]] for title in titles], np.uint16),
        source=np.array([title.source for title in titles], np.uint8),
        limited=np.array([bool(title.within) for title in titles], np.bool_),
        texts=np.frombuffer(b"".join(texts), np.uint8), text_starts=_starts(texts),
    )  # fmt: skip


def pairs_of(word: str) -> list[str]:
    """Give the pairs of letters of a word, its edges among them, each once."""
    edged = f"<{word}>"
    return list(dict.fromkeys(edged[at : at + 2] for at in range(len(edged) - 1)))


def _around(title: Title, own: Sequence[str]) -> list[str]:
    return [word for word in dict.fromkeys(spoken.words_of(title.within)) if word not in own] if title.within else []


def _codes(title: Title) -> tuple[str, str]:
    return title.soc2020 and f"20:{title.soc2020}", title.soc2010 and f"10:{title.soc2010}"


def _text(title: Title) -> bytes:
    return (f"{title.text}\t{title.within}" if title.within else title.text).encode("utf-8")


def _starts(lists: Iterable[Sequence[object]]) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
    return np.array([0, *np.cumsum([len(own) for own in lists])], np.int32)


def _lists(lists: Sequence[Sequence[int]], *, small: bool = False) -> Lists:
    items = [item for own in lists for item in own]
    return Lists(_starts(lists), np.array(items, np.uint16) if small else np.array(items, np.int32))


def _turned(lists: Sequence[Sequence[int]], count: int) -> Lists:
    """Turn lists round: from what each has to who has it."""
    items = np.array([item for own in lists for item in dict.fromkeys(own)], np.int64)
    owners = np.repeat(np.arange(len(lists), dtype=np.int32), [len(dict.fromkeys(own)) for own in lists])
    order = np.argsort(items, kind="stable")
    starts = np.searchsorted(items[order], np.arange(count + 1))
    return Lists(starts.astype(np.int32), owners[order])
