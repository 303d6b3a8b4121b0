"""Titles with their unit groups -> other ways to search them: each gives for a query the titles that are most alike."""

import sqlite3
from collections.abc import Callable, Sequence
from importlib.util import find_spec

from lmiforall.match import words

# A query -> the numbers of titles, best first.
Titles = Callable[[str], Sequence[int]]
# So many titles are asked for: several may be of one group.
ASKED = 50
# Of so many candidates the most alike are chosen, where a way has two steps.
CANDIDATES = 100


def trigrams(text: str) -> list[str]:
    """Cut the words of a text as pg_trgm does."""
    found = (f"  {word} "[at : at + 3] for word in words.as_written(text) for at in range(len(word) + 1))
    return list(dict.fromkeys(found))


def fts5(titles: Sequence[str]) -> Titles:
    """Search by SQLite's FTS5 with its own trigrams, joined by OR, ranked by BM25."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE titles USING fts5(title, tokenize='trigram')")
    connection.executemany("INSERT INTO titles(rowid, title) VALUES (?, ?)", list(enumerate(titles)))

    def find(asked: str) -> Sequence[int]:
        text = " ".join(words.as_written(asked))
        pieces = dict.fromkeys(text[at : at + 3] for at in range(len(text) - 2))
        if not pieces:
            return ()
        joined = " OR ".join(f'"{piece}"' for piece in pieces)
        rows = connection.execute(
            "SELECT rowid FROM titles WHERE titles MATCH ? ORDER BY bm25(titles) LIMIT ?", (joined, ASKED)
        )
        return [row for (row,) in rows]

    return find


def tantivy_fuzzy(titles: Sequence[str]) -> Titles | str:
    """Search by tantivy's own fuzzy terms: one error a word, the last word begun."""
    if not find_spec("tantivy"):
        return "not installed here (`make rivals`)"
    import tantivy

    searcher, schema = _tantivy(titles, lambda title: " ".join(words.as_written(title)))

    def find(asked: str) -> Sequence[int]:
        said = words.as_written(asked)
        parts = [
            (
                tantivy.Occur.Should,
                tantivy.Query.fuzzy_term_query(schema, "title", word, distance=1, prefix=word is said[-1]),
            )
            for word in said
        ]
        return _numbers(searcher, tantivy.Query.boolean_query(parts), ASKED) if parts else ()

    return find


def tantivy_trigrams(titles: Sequence[str]) -> Titles | str:
    """Search by tantivy over trigrams, and order the candidates by the part of their trigrams in common."""
    if not find_spec("tantivy"):
        return "not installed here (`make rivals`)"
    import tantivy

    searcher, schema = _tantivy(titles, lambda title: " ".join(_spelt(title)))
    cut = [frozenset(trigrams(title)) for title in titles]

    def find(asked: str) -> Sequence[int]:
        own = frozenset(trigrams(asked))
        parts = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "title", piece)) for piece in _spelt(asked)]
        near = _numbers(searcher, tantivy.Query.boolean_query(parts), CANDIDATES) if parts else []
        return sorted(near, key=lambda number: -len(own & cut[number]) / len(own | cut[number]))[:ASKED]

    return find


def _spelt(text: str) -> list[str]:
    """Give trigrams as words without blanks, for a tokenizer that cuts at blanks."""
    return [piece.replace(" ", "_") for piece in trigrams(text)]


def _tantivy(titles: Sequence[str], say: Callable[[str], str]):  # type: ignore[no-untyped-def]
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("title", stored=False, tokenizer_name="whitespace")
    builder.add_integer_field("number", stored=True, indexed=False)
    schema = builder.build()
    index = tantivy.Index(schema)
    writer = index.writer(heap_size=100_000_000, num_threads=1)
    for number, title in enumerate(titles):
        writer.add_document(tantivy.Document(title=say(title), number=number))
    writer.commit()
    index.reload()
    return index.searcher(), schema


def _numbers(searcher, query, most: int) -> list[int]:  # type: ignore[no-untyped-def]
    return [int(searcher.doc(at).get_first("number")) for _, at in searcher.search(query, most).hits]
