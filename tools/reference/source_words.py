"""The parts of a declaration that say what is read, kept and left out -> the words that a page has for them."""

from collections.abc import Iterator

from lmiforall.base.code_list import CodeList, Pattern
from lmiforall.base.dataset import Address, Dataset, LeftOut, Range, Source, Total, Withhold
from lmiforall.base.sheet import a1
from lmiforall.base.status import SHADED, Mark

# So many files of a source mean that their number isn't known: an edition more is welcome.
ANY_NUMBER = 1000


def sizes(codes: CodeList | Pattern) -> str:
    """Say how many codes a list has at each level, or which form the codes of an open one have."""
    if isinstance(codes, Pattern):
        return f"open: {_code(codes.form)}"
    counts = [(level, len(codes.at_level(level))) for level in codes.levels]
    if len(counts) == 1:
        return f"{len(codes.codes):,} codes: {_few(codes)}"
    named = ", ".join(f"{count:,} {level}" for level, count in counts if count)
    return f"{len(codes.codes):,} codes ({named})"


def _few(codes: CodeList, most: int = 14) -> str:
    """Name the codes of a short list; of a longer one the first."""
    shown = ", ".join(_code(entry.code) for entry in codes.codes[:most])
    return f"{shown}, ..." if len(codes.codes) > most else shown


def address(one: Address) -> str:
    """Give an address, whose copy it is where it isn't the publisher's own, and whether anybody has tried it."""
    text = f"<{one.url}>" if "{" not in one.url else _code(one.url)
    through = f", through {one.through}" if one.through else ""
    tried = f"the right file came from it on {one.verified}" if one.verified else "nobody has tried it yet"
    return f"{text}{through} ({tried})"


def fields(source: Source) -> str:
    """Say what the fields in a source's addresses may be; empty where there are none."""
    urls = [one.url for download in source.downloads for one in download.addresses]
    known: dict[str, list[str]] = {}
    for edition in source.editions:
        for name, value in edition.items():
            known.setdefault(name, []).append(value)
    said = [
        f"`{name}` is {_any(values)}" for name, values in known.items() if any(f"{{{name}}}" in url for url in urls)
    ]
    return "; ".join(said)


def _any(values: list[str], most: int = 6) -> str:
    shown = ", ".join(_code(value) for value in dict.fromkeys(values[:most]))
    return f"{shown} or another of {len(values)}" if len(values) > most else shown


def expected(source: Source, dataset: Dataset) -> str:
    """Say how many files, and how much in each, the build takes; anything else stops it."""
    low, high = source.count
    files = f"{low} file or more" if high >= ANY_NUMBER else f"{between(source.count)} file{'' if high == 1 else 's'}"
    return f"{files}, each with {between(source.holds)} {'numbers' if dataset.of_figures else 'records'}"


def sign(mark: Mark) -> str:
    """Say what stands in the cell in place of a number, or with it."""
    return {"": "a blank cell", SHADED: "a shaded number"}.get(mark.sign, _code(mark.sign))


def between(bounds: Range) -> str:
    """Write a range of whole numbers."""
    low, high = bounds
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def place(left_out: LeftOut) -> str:
    """Say in words which cells are left out."""
    return "; ".join(_parts(left_out)) or "all that nobody reads"


def _parts(left_out: LeftOut) -> Iterator[str]:
    if left_out.source != ".*":
        yield f"source {_code(left_out.source)}"
    if left_out.sheet != ".*":
        yield f"sheet {_code(left_out.sheet)}"
    if left_out.rows:
        yield f"row{'s' if left_out.rows[0] < left_out.rows[1] else ''} {between(left_out.rows)}"
    if left_out.columns:
        first, last = (a1(0, column - 1)[:-1] for column in left_out.columns)
        yield f"columns {first} to {last}" if first != last else f"column {first}"
    if left_out.row_text:
        yield f"rows with a text like {_code(left_out.row_text)}"
    if left_out.column_text:
        yield f"columns below a text like {_code(left_out.column_text)}"
    if left_out.years:
        yield "whole numbers from 1990 to 2060"


def rule(withhold: Withhold) -> str:
    """Say what a rule does to which figures."""
    bound = f"below {withhold.below:,}" if withhold.below is not None else f"above {withhold.above:,}"
    name, code = withhold.base
    what = f"`{withhold.measure}` beside one {bound} at `{name}={code}`" if name else f"`{withhold.measure}` {bound}"
    if withhold.only_modelled:
        what = f"modelled {what}"
    if withhold.only_flag:
        return f"{what}: given, marked `unreliable`"
    if withhold.reason == "quality":
        return f"{what}: `unreliable`, given to who asks for any quality"
    return f"{what}: withheld, with status `suppressed`"


def question(total: Total) -> str:
    """Write the codes of a total."""
    return ", ".join(f"`{name}={code}`" for name, code in total.where.items())


def number(value: float) -> str:
    """Write a number as it was declared, with commas."""
    return f"{value:,}"


def _code(text: str) -> str:
    return f"`` {text} ``" if "`" in text else f"`{text}`"
