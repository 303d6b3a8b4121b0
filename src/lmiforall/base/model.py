"""The words in which a modelled dataset says how it is made; ``fit`` interprets them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from lmiforall.base.code_list import CodeList


@dataclass(frozen=True)
class Model:
    """``inputs`` are names of datasets, read or modelled before; ``method`` says in a line what is done.

    An input of which nobody has a file (``Dataset.not_held``) is left out, and the model does without.
    """

    inputs: tuple[str, ...]
    method: str


@dataclass(frozen=True)
class Weights(Model):
    """Weights between two classifications, both ways, from samples of people who were coded to both.

    ``old`` and ``new`` name the dimensions of the first input; a sample's people are its base times the share.
    """

    old: str
    new: str
    base: str
    share: str


@dataclass(frozen=True)
class Described(Model):
    """Describe an old group by the texts of the new groups that it mostly became.

    ``weights`` names the input with the weights, ``texts`` that with the new groups' texts, ``titles`` the
    index of the old one's job titles. New groups are taken, largest first, until they hold ``most`` of the people.
    """

    weights: str
    texts: str
    titles: str
    most: float


@dataclass(frozen=True)
class Mixture(Model):
    """Carry distributions (mean, percentiles) from SOC2020 to SOC2010 as mixtures of those of the unit groups.

    ``new`` and ``old`` name the inputs in SOC2020 and SOC2010, ``weights`` that with the shares. ``where`` chooses
    rows (one basis of pay). ``unit`` is the ending of the measures: ``median_gbp`` for ``gbp``. A figure is given
    where the unit groups that have one hold at least ``coverage`` of the jobs.
    """

    new: str
    old: str
    weights: str
    where: tuple[tuple[str, str], ...]
    unit: str
    coverage: float


@dataclass(frozen=True)
class MixtureByRegion(Mixture):
    """Mix the unit groups' estimates by region and by industry as well, of the newest year.

    ``estimates`` names the input with distributions by unit group and region (and there by sex or working pattern,
    where it has them), or industry; ``people`` that which says how minor groups divide over the regions,
    ``industries`` that with the people of unit groups by industry.
    """

    estimates: str
    people: str
    industries: str


@dataclass(frozen=True)
class Bridge(Model):
    """Join O*NET's occupations to the unit groups of SOC2020, both ways: by published links and by common job titles.

    ``occupations`` and ``titles`` name O*NET's datasets, ``us`` the links from US SOC 2010 to 2018, ``isco`` those
    between ISCO-08 and US SOC 2010, ``index`` the job titles of the unit groups, each with its ISCO-08 group.
    What the links say counts as much as ``links_weigh`` job titles in common.
    """

    occupations: str
    titles: str
    us: str
    isco: str
    index: str
    links_weigh: float


@dataclass(frozen=True)
class Carried(Model):
    """Carry shares between O*NET and SOC2020 (``shares``) on to SOC2010, by ``weights``."""

    shares: str
    weights: str


@dataclass(frozen=True)
class PayModel(Model):
    """Pay of unit groups by region, age and industry, from published totals and a mixed model of regional medians.

    ``pay`` names the input by occupation, ``regions``, ``ages`` and ``sections`` the tables of pay by
    region, age and industry, ``people`` and ``industries`` where a unit group's people work. ``level`` is that of
    the intervals, ``steps`` what estimates are rounded to, by basis: they aren't known to the pound.
    """

    pay: str
    regions: str
    ages: str
    sections: str
    people: str
    industries: str
    level: float
    steps: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class HoursModel(Model):
    """Paid hours of unit groups by region, age and industry, in the ratio of wider groups.

    ``hours`` names the input by occupation; the others are as in ``PayModel``. ``step`` is what estimates are rounded
    to.
    """

    hours: str
    regions: str
    ages: str
    sections: str
    people: str
    industries: str
    level: float
    step: float


@dataclass(frozen=True)
class Cross:
    """A published table that the employment cube adds up to, along ``levels`` such as ``submajor`` and ``sex``."""

    table: str
    levels: tuple[str, ...]


@dataclass(frozen=True)
class Cube(Model):
    """People in work by SOC2020 unit group, region, industry, sex, status and qualification, year by year.

    ``projections`` (of ``area``) has the totals in ``crosses``; ``anchors`` are the years with all of them, and the
    first of ``anchors`` is where the surveys' structure comes in. Structure: ``industries`` unit groups by section,
    ``classes`` SOC2010 by class of industry, ``jobs`` employees by sex and pattern, ``workers`` SOC2010 by sex and
    status, ``regions`` minor groups by region. ``weights`` join the two classifications of occupations. ``series``
    has unit groups year by year; it may be left out.
    """

    projections: str
    area: str
    crosses: tuple[Cross, ...]
    anchors: tuple[int, ...]
    industries: str
    classes: str
    jobs: str
    workers: str
    regions: str
    weights: str
    series: str


@dataclass(frozen=True)
class Areas(Model):
    """People in work by SOC2020 unit group in local areas, year by year, from England's by the areas' own totals.

    ``cube`` has the unit groups of England (``england``) by industry, ``projections`` the areas' books, ``regions``
    minor groups by region, ``industries`` the survey whose years say how sure shares are. ``inside`` names for each
    area the region that it lies in; one that lies in several isn't there.
    """

    cube: str
    england: str
    projections: str
    regions: str
    industries: str
    inside: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class People(Model):
    """Whole people by SOC2010 group, from the employment cube by ``weights``.

    ``breakdowns`` are the dimensions that are given one at a time, each with the codes that add up to everyone.
    """

    cube: str
    weights: str
    breakdowns: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Leavers(Model):
    """People who will be needed in place of those who leave: the published rate of the sub-major group times the level.

    ``projections`` has the sub-major groups' figures of ``area`` over ``span`` (``2020-2035``) in its ``table``;
    ``region`` is what the cube calls that area.
    """

    cube: str
    projections: str
    area: str
    region: str
    table: str
    span: str


@dataclass(frozen=True)
class LeaversAtSoc2010(Model):
    """The same of the United Kingdom by SOC2010 group: ``leavers`` carried by ``weights``."""

    leavers: str
    weights: str


@dataclass(frozen=True)
class Scheme:
    """One end of the crosswalks: a classification, by its ``name`` in addresses; ``form`` says how a code of it looks.

    Either its codes are those of one ``level`` of ``codes`` (all, where none is named), or an open list: column
    ``column`` of ``table``, with titles in its column ``titles``. ``prefix`` is what every code begins with: it may be
    left out in an address.
    """

    name: str
    title: str
    form: str
    codes: CodeList | None = None
    level: str = ""
    table: str = ""
    column: str = ""
    titles: str = "title"
    prefix: str = ""


# What weights rest on, and what that means.
BASES: Mapping[str, str] = {
    "one": "each code has one counterpart",
    "people": "people who were coded to both",
    "publisher": "parts that the publisher gives",
    "titles": "job titles that have both codes in ONS's index",
    "model": "estimated by this service from links and job titles",
    "equal": "equal parts: there are links, and nobody has counted who goes along them",
}
Basis = Literal["one", "people", "publisher", "titles", "model", "equal"]


@dataclass(frozen=True)
class Step:
    """Links between two schemes in one table, whose ``columns`` have the codes of the first and of the second.

    ``told`` is how: ``shares`` of both directions, ``rows`` (one a link, counted), ``parts`` (a column of them),
    ``lists`` (the second column has several), ``digits`` (a code begins with the other). ``there`` and ``back`` say
    what the weights rest on in either direction. Of several routes the one with the least ``cost`` is taken;
    ``because`` says why it costs that. ``partial`` links leave many codes without any.
    """

    first: str
    second: str
    table: str
    columns: tuple[str, str]
    told: Literal["shares", "rows", "parts", "lists", "digits"]
    there: Basis
    back: Basis
    cost: float
    because: str
    partial: bool = False


@dataclass(frozen=True)
class Crosswalks(Model):
    """From each scheme to each other one, by steps along links: weights, how much arrives, how much comes back."""

    schemes: tuple[Scheme, ...]
    steps: tuple[Step, ...]
