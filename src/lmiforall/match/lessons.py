"""Tables of a release -> what there is to learn from: texts, each with the unit groups that it may be."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

from lmiforall.match import words

# The datasets that the coder learns from; a release that lacks one has no coder.
NEEDED = (
    "soc2020_index",
    "soc2010_index",
    "soc2010_soc2020_weights",
    "soc2020_groups",
    "esco_occupations",
    "onet_titles",
    "onet_occupations",
    "onet_at_soc2010",
    "onet_at_soc2020",
    "ssc_sub_unit_groups",
    "pay",
    "employment_estimates",
)

Tables = Mapping[str, pl.DataFrame]
Shares = dict[str, float]

# An entry that holds only in one industry or with a qualification says less of its ISCO-08 group than one without.
QUALIFIED = 0.15
# What one of ESCO's or O*NET's titles weighs beside one of the index: its groups come through a crosswalk.
WEAK = 0.3
# What an index title with its industry before it weighs beside the bare title.
WITH_INDUSTRY = 0.5


@dataclass(frozen=True)
class Lesson:
    """A plain text and what it may be: shares of SOC2010 and of SOC2020 unit groups; ``sure`` where coders said so."""

    text: str
    soc2010: Mapping[str, float]
    soc2020: Mapping[str, float]
    weight: float
    sure: bool
    shown: str = ""  # the title as its publisher writes it, of ESCO's and O*NET's


@dataclass
class _Both:
    soc2010: Shares = field(default_factory=lambda: defaultdict(float))
    soc2020: Shares = field(default_factory=lambda: defaultdict(float))

    def add(self, soc2010: str, soc2020: str, weight: float) -> None:
        if soc2010:
            self.soc2010[soc2010] += weight
        if soc2020:
            self.soc2020[soc2020] += weight

    def lesson(self, text: str, weight: float, *, sure: bool, shown: str = "") -> Lesson:
        return Lesson(text, _parts(self.soc2010), _parts(self.soc2020), weight, sure, shown)


# PERF: with slots 50,000 entries take 8 MiB less (bench/coder.py).
@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an index: a title as it is shown, its plain words, in which industry it holds, its codes."""

    title: str
    plain: str
    industry: str
    soc2010: str
    soc2020: str
    isco08: str = ""
    weight: float = 1.0  # how much it says of the bare title; see ``meant``
    trust: float = 0.95  # how likely the title means one of its entries; see ``meant``


def entries(tables: Tables) -> list[Entry]:
    """Give the entries of both indexes; those of the older have a SOC2020 code only where nearly all people agree."""
    columns = ("title", "additional", "industry", "soc2010", "soc", "isco08")
    found = [
        Entry(title, words.plain(title), f"{more} {industry}".strip(), soc2010, soc2020, isco)
        for title, more, industry, soc2010, soc2020, isco in tables["soc2020_index"].select(columns).iter_rows()
        if soc2010 or soc2020
    ]
    known = {entry.plain for entry in found}
    moved = _only(tables["soc2010_soc2020_weights"])
    older = tables["soc2010_index"].select("index_title", "additional", "industry", "soc2010")
    for indexed, more, industry, soc2010 in older.iter_rows():
        title = words.natural_order(indexed)
        if soc2010 and (plain := words.plain(title)) not in known:
            place = " ".join(part.strip("() ") for part in (more, industry)).strip()
            found.append(Entry(title, plain, place, soc2010, moved.get(soc2010, "")))
    return found


def lessons(tables: Tables, known: Iterable[Entry]) -> list[Lesson]:
    """Give all that there is to learn from, each text once a kind, in an order that is always the same."""
    known = list(known)
    titles = {entry.plain for entry in known}
    found = [*_bare(known), *_in_industries(known), *_related(tables, titles)]
    found += (lesson for lesson in (*esco(tables), *onet(tables)) if lesson.text not in titles)
    met = {lesson.text for lesson in found}
    return [*found, *(lesson for lesson in of_units(tables) if lesson.text not in met)]


def _bare(known: Iterable[Entry]) -> list[Lesson]:
    found: dict[str, _Both] = defaultdict(_Both)
    for entry in known:
        found[entry.plain].add(entry.soc2010, entry.soc2020, entry.weight)
    return [both.lesson(text, 1.0, sure=True) for text, both in sorted(found.items()) if text]


def _in_industries(known: Iterable[Entry]) -> list[Lesson]:
    found: dict[str, _Both] = defaultdict(_Both)
    for entry in known:
        if entry.industry:
            found[within(entry.industry, entry.plain)].add(entry.soc2010, entry.soc2020, 1.0)
    return [both.lesson(text, WITH_INDUSTRY, sure=True) for text, both in sorted(found.items())]


def within(industry: str, plain: str) -> str:
    """Put the words of an industry before a title, so that the title's head stays last."""
    return f"{words.plain(industry)} {plain}".strip()


def _related(tables: Tables, titles: set[str]) -> list[Lesson]:
    """Give the titles of unit groups, and the related ones that no index has."""
    groups = tables["soc2020_groups"].filter(pl.col("level") == "unit").select("soc", "title", "related_titles")
    found = [(words.plain(title), soc) for soc, own, related in groups.iter_rows() for title in (own, *related)]
    return [
        Lesson(text, {}, {soc: 1.0}, 1.0, sure=True) for text, soc in dict(found).items() if text and text not in titles
    ]


def of_units(tables: Tables) -> list[Lesson]:
    """Give the titles and descriptions of the parts of unit groups, and the tasks of unit groups, each once.

    Their SOC2010 groups are those to which the people of the unit group go.
    """
    parts = tables["ssc_sub_unit_groups"].select("sub_unit_group", "title", "description").rows()
    texts = [(words.without_brackets(title), code[:4], 1.0) for code, title, _ in parts]
    texts += [(description, code[:4], WEAK) for code, _, description in parts]
    units = tables["soc2020_groups"].filter(pl.col("level") == "unit").select("soc", "tasks").iter_rows()
    texts += [(task, soc, WEAK) for soc, tasks in units for task in tasks]
    older: dict[str, Shares] = defaultdict(dict)
    for soc2010, soc, share in shares(tables["soc2010_soc2020_weights"], "to_soc2010").iter_rows():
        older[soc][soc2010] = share
    found: dict[str, Lesson] = {}
    for text, soc, weight in texts:
        if (plain := words.plain(text)) and plain not in found:
            found[plain] = Lesson(plain, _parts(older[soc]), {soc: 1.0}, weight, sure=False)
    return list(found.values())


def esco(tables: Tables) -> list[Lesson]:
    """Give ESCO's titles: an ISCO-08 group may be any unit group that the index gives with it."""
    groups: dict[str, _Both] = defaultdict(_Both)
    for more, industry, soc2010, soc2020, isco in (
        tables["soc2020_index"].select("additional", "industry", "soc2010", "soc", "isco08").iter_rows()
    ):
        groups[isco].add(soc2010, soc2020, QUALIFIED if more or industry else 1.0)
    found: dict[str, _Both] = defaultdict(_Both)
    shown: dict[str, str] = {}
    for own, others, isco in tables["esco_occupations"].select("title", "other_titles", "isco08").iter_rows():
        for title in dict.fromkeys((own, *others)):
            text = words.plain(title)
            shown.setdefault(text, title)
            _mix(found[text], groups.get(isco, _Both()))
    return [
        both.lesson(text, WEAK, sure=False, shown=shown[text])
        for text, both in sorted(found.items())
        if text and both.soc2020
    ]


def onet(tables: Tables) -> list[Lesson]:
    """Give O*NET's titles: an occupation may be any unit group to which its people convert."""
    groups: dict[str, _Both] = defaultdict(_Both)
    for year, column in (("2010", "soc2010"), ("2020", "soc")):
        table = tables[f"onet_at_soc{year}"].cast({"onet": pl.String, column: pl.String})
        shares = table.filter(pl.col("direction") == f"to_soc{year}", pl.col("measure") == "share")
        for onet, soc, share in shares.select("onet", column, "value").iter_rows():
            if share and len(soc) == 4:
                older, newer = (soc, "") if year == "2010" else ("", soc)
                groups[onet].add(older, newer, share)
    found: dict[str, _Both] = defaultdict(_Both)
    shown: dict[str, str] = {}
    named = [
        *tables["onet_titles"].select("onet", "title", "short_title").iter_rows(),
        *((onet, title, "") for onet, title in tables["onet_occupations"].select("onet", "title").iter_rows()),
    ]
    for onet, title, short in named:
        bare = words.without_brackets(title)
        for text, written in {words.plain(bare): bare, words.plain(short): short}.items():
            if text:
                shown.setdefault(text, written.strip())
                _mix(found[text], groups.get(onet, _Both()))
    return [
        both.lesson(text, WEAK, sure=False, shown=shown[text]) for text, both in sorted(found.items()) if both.soc2020
    ]


def _mix(into: _Both, more: _Both) -> None:
    for own, other in ((into.soc2010, _parts(more.soc2010)), (into.soc2020, _parts(more.soc2020))):
        for soc, share in other.items():
            own[soc] += share


def _parts(weights: Mapping[str, float]) -> Shares:
    total = sum(weights.values())
    return {soc: weight / total for soc, weight in weights.items() if weight} if total else {}


# A group goes over whole where at least this part of its people do.
NEARLY_ALL = 0.95


def _only(weights: pl.DataFrame) -> dict[str, str]:
    whole = shares(weights, "to_soc2020").filter(pl.col("value") >= NEARLY_ALL)
    return dict(whole.select("soc2010", "soc").iter_rows())


def shares(weights: pl.DataFrame, direction: str) -> pl.DataFrame:
    """Give the shares of people by which unit groups convert: ``soc2010``, ``soc``, ``value``."""
    told = weights.cast({"soc2010": pl.String, "soc": pl.String, "direction": pl.String, "measure": pl.String})
    units = pl.col("soc2010").str.len_chars() == 4, pl.col("soc").str.len_chars() == 4, pl.col("value") > 0
    return told.filter(pl.col("direction") == direction, pl.col("measure") == "share", *units).select(
        "soc2010", "soc", "value"
    )
