"""What an advert says of pay, in figures or in words -> a range, its time, and a full-time year of it; or nothing.

Rule 1: "competitive" is nothing, not 0; so is what could be of an hour as well as of a day.
Rule 2: what somebody might earn (OTE) is no pay if pay is told beside; alone it is pay with a note.
Rule 3: a year is of full-time work, so that it can be compared; "pro rata" is noted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lmiforall.base.advert import DAY, HOUR, MONTH, WEEK, YEAR, Pay, Posting

# SOURCE: ASHE table 14.9a, 2024: employees who work full-time are paid for 37.5 hours a week (median).
HOURS_A_WEEK = 37.5
# A year has 52 weeks of five days: employees are paid for their leave, too. Contractors aren't, so that theirs is high.
A_YEAR = {HOUR: HOURS_A_WEEK * 52, DAY: 5 * 52, WEEK: 52, MONTH: 12, YEAR: 1}
# What a full-time year can be. SOURCE: the minimum wage of apprentices was £4.30 an hour in 2021, a year of it £8,385;
# over the second are turnovers and prices.
LEAST, MOST = 8_000, 1_000_000
# Without a time, an amount is of an hour or of a year only where it can't be of anything else.
MOST_AN_HOUR, LEAST_A_YEAR = 100, 10_000

_AMOUNT = (
    r"(?P<{0}>\d{{1,3}}(?:[, \u00a0]\d{{3}})+(?!\d)(?:\.\d{{1,2}})?|\d{{1,7}}(?:\.\d{{1,2}})?)\s?(?P<{0}k>[kK]\b)?"
)
_BETWEEN = re.compile("[, \u00a0]")
_TO = r"\s?(?:-|–|—|\bto\b|\band\b|/)\s?"
_RANGE = re.compile(rf"(?P<sign>£)?\s?{_AMOUNT.format('low')}(?:{_TO}£?\s?{_AMOUNT.format('high')})?(?![\d%])")
_TIMES = (
    (HOUR, r"(?:per|an|each|/|p)\s?\.?/?\s?(?:hour|hr|h)\b|\bhourly\b|\bph\b"),
    (DAY, r"(?:per|a|each|/)\s?day\b|\bdaily\b|\bp[./]?d\b|\bday rate\b"),
    (WEEK, r"(?:per|a|each|/)\s?week\b|\bweekly\b|\bp[./]?w\b"),
    (MONTH, r"(?:per|a|each|/)\s?(?:calendar )?month\b|\bmonthly\b|\bp\.?c\.?m\b|\bp/m\b"),
    (YEAR, r"(?:per|a|each|/)\s?(?:annum|year|yr)\b|\bp[./]?\s?a\b|\bannual(?:ly)?\b|\byearly\b|\bsalary\b"),
)
_TIME = tuple((per, re.compile(pattern, re.IGNORECASE)) for per, pattern in _TIMES)
_OTE = re.compile(r"\bO\.?T\.?E\b|on[- ]target|uncapped|realistic earnings", re.IGNORECASE)
_PRO_RATA = re.compile(r"pro[- ]?rata", re.IGNORECASE)
_EXTRA = re.compile(
    r"(?:\+|\bplus\b|&|\band\b)\s*(?:excellent |generous )?(commission|bonus|tips|overtime)", re.IGNORECASE
)
# Of what else money is told, right before or after it.
_OTHER = re.compile(
    r"bonus|voucher|turnover|budget|million|(?<!/)\bm\b|\bbn\b|saving|discount|worth|reward|refer|relocation|allowance|fee|"
    r"funding|investment|cover|insurance|mileage|assets|revenue|portfolio|sign",
    re.IGNORECASE,
)
_CUE = re.compile(r"salary|\bpay(?:ing|s)?\b|\brate\b|wage|earn|basic|remuneration|package|£", re.IGNORECASE)
# The same where it stands right after the amount: "£26k basic", or before it: "OTE £30,000".
_CUE_AFTER = re.compile(r"\s*(?:basic|base|salary|package|wage|pay)\b", re.IGNORECASE)
_CURRENCY = re.compile(r"[£€$]|\b(?:EUR|USD)\b")
_SENTENCE = re.compile(r"[.;!?\n]")
# What comes with pay, and isn't what the amount is of.
_BESIDES = re.compile(r"\+|&|,|\bplus\b|\band\b")
# How far before and after an amount its meaning stands, and what is right beside it.
BEFORE, AFTER, NEXT = 40, 30, 14


@dataclass(frozen=True)
class _Said:
    low: float
    high: float
    per: str
    ote: bool


def pay(posting: Posting, title: str, description: str) -> Pay | None:
    """Find the pay: in the source's figures, else in its words, else in the texts."""
    words = posting.pay
    told = f"{words} {title} {description[:2000]}"
    if posting.pay_low or posting.pay_high:
        low, high = sorted((posting.pay_low or posting.pay_high or 0, posting.pay_high or posting.pay_low or 0))
        per = posting.pay_per or _time_of(low, high)
        return _made(_Said(low, high, per, ote=False), words or told) if per else None
    for text, free in ((words, True), (title, False), (description, False)):
        found = list(_said(text, free=free))
        best = next((one for one in found if not one.ote), found[0] if found else None)
        if best and (made := _made(best, text)):
            return made
    return None


def _said(text: str, *, free: bool) -> Iterator[_Said]:
    """Find ranges with a time; in free text only such as are called pay and have a pound sign."""
    end = 0
    for match in _RANGE.finditer(text) if free or "£" in text else ():
        before, after = text[max(end, match.start() - BEFORE) : match.start()], text[match.end() : match.end() + AFTER]
        end = match.end()
        if not (match["sign"] or (free and not _CURRENCY.search(text))):
            continue
        (after, another, _), before = after.partition("£"), _SENTENCE.split(before)[-1]
        # In "basic £22k, OTE £35k" OTE is of the second.
        of_this = _BESIDES.split(after)[0] if another else after
        if _OTHER.search(before) or _OTHER.search(_BESIDES.split(after)[0][:NEXT]):
            continue
        low, high = _amounts(match)
        per = next((per for text in (after, before) for per, pattern in _TIME if pattern.search(text)), "")
        # Bare figures may be hours, bands and months.
        bare = not match["sign"] and not per and low < LEAST_A_YEAR
        ote = bool(_OTE.search(of_this) or _OTE.search(before[-NEXT:]))
        called = free or per or ote or _CUE.search(before) or _CUE_AFTER.match(after)
        if not bare and called and (per := _fitting(per, low, high)):
            yield _Said(low, high, per, ote=ote)


def _amounts(match: re.Match[str]) -> tuple[float, float]:
    """Read a range; in £25-30k and £25k-30 both are thousands."""
    told = [float(_BETWEEN.sub("", match[name])) if match[name] else None for name in ("low", "high")]
    thousands = bool(match["lowk"] or match["highk"])
    amounts = [amount * 1000 if thousands and amount < 1000 else amount for amount in told if amount is not None]
    return min(amounts), max(amounts)


def _fitting(per: str, low: float, high: float) -> str:
    """Give the time if the amounts can be of it, else one of which alone they can be."""
    if per and low * A_YEAR[per] >= LEAST and high * A_YEAR[per] <= MOST:
        return per
    return _time_of(low, high)


def _time_of(low: float, high: float) -> str:
    if LEAST / A_YEAR[HOUR] <= low and high < MOST_AN_HOUR:
        return HOUR
    return YEAR if low >= LEAST_A_YEAR and high <= MOST else ""


def _made(said: _Said, text: str) -> Pay | None:
    yearly = [round(amount * A_YEAR[said.per], 2) for amount in (said.low, said.high)]
    if not LEAST <= yearly[0] <= yearly[1] <= MOST:
        return None
    notes = ["OTE"] if said.ote else []
    notes += ["pro rata"] if _PRO_RATA.search(text) else []
    notes += [f"plus {extra[1].casefold()}" for extra in [_EXTRA.search(text)] if extra]
    return Pay(said.low, said.high, said.per, yearly[0], yearly[1], ", ".join(notes))
