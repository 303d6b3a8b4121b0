"""`occupationcoder` from PyPI, made to run without its word lists, which come over the network only.

It brings words into the singular by NLTK's copy of WordNet: here the same rule asks Debian's copy. It cuts sentences
before words: titles are one sentence each. Its steps are called one by one: its `codedataframe` stumbles over today's
Dask. One code of three digits is its answer.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

Guess = tuple[list[str], float]
Answer = Callable[[Sequence[str]], list[Guess]]

WORDNET = Path("/usr/share/wordnet")
# SOURCE: "morphy" of WordNet 3.0, morphy(7WN): how nouns lose their endings.
ENDINGS = (
    ("s", ""), ("ses", "s"), ("ves", "f"), ("xes", "x"), ("zes", "z"), ("ches", "ch"), ("shes", "sh"), ("men", "man"),
    ("ies", "y"),
)  # fmt: skip


class Lemmatizer:
    """Brings nouns into the singular where WordNet has it."""

    def __init__(self) -> None:
        self._nouns, self._irregular = _nouns()

    def lemmatize(self, word: str) -> str:
        """Give the shortest form that WordNet has; the word as it is where it has none."""
        forms = [word, *self._irregular.get(word, ())]
        if word not in self._irregular:
            forms += [word[: -len(old)] + new for old, new in ENDINGS if word.endswith(old)]
        return min((form for form in forms if form in self._nouns), key=len, default=word)


@cache
def _nouns() -> tuple[frozenset[str], dict[str, list[str]]]:
    index = (WORDNET / "index.noun").read_text("utf-8").splitlines()
    irregular = (line.split() for line in (WORDNET / "noun.exc").read_text("utf-8").splitlines())
    return frozenset(line.split(" ", 1)[0] for line in index if line[:1] != " "), {one: own for one, *own in irregular}


def answer() -> Answer | str:
    """Give its way to code; or why it can't be had."""
    if not find_spec("occupationcoder"):
        return "not installed here (`make rivals`)"
    if not (WORDNET / "index.noun").is_file():
        return "lacks WordNet's nouns (`apt-get install wordnet-base`)"
    try:
        import nltk

        nltk.WordNetLemmatizer = Lemmatizer
        nltk.word_tokenize = nltk.NLTKWordTokenizer().tokenize
        from occupationcoder.utilities import utilities as theirs

        # pandas of today reads codes as numbers.
        theirs.mg_buckets["SOC_code"] = theirs.mg_buckets["SOC_code"].astype(str)

        def one(title: str) -> Guess:
            clean = theirs.clean_title({"job_title": title})
            code = theirs.exact_match(clean)
            if code == "NA":
                nearest = theirs.get_best_score_top5_2(clean)
                code = theirs.return_best_match_2({"title_nospace": clean, "top5": nearest})[0]
            return [str(code)], 1.0

        one("Physicist")
        one("Head of rock climbing")
    except Exception as error:  # Whatever it lacks, it says so.
        return f"is installed and does not run: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
    return lambda titles: [one(title) for title in titles]
