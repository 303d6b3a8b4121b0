"""From a posting to an advert: what is cleaned, removed, parsed, looked up and coded."""

from collections.abc import Callable
from time import perf_counter

import polars as pl
import pytest

from lmiforall.base.advert import DAY, HOUR, MONTH, WEEK, YEAR, Pay, Posting
from lmiforall.match.adverts import clean, pay, personal, place, skills

# Cleaning.


@pytest.mark.parametrize(
    ("told", "plain"),
    [
        ("<p>Fit <b>boi</b>lers</p><ul><li>one<li>two</ul>", "Fit boilers\none\ntwo"),
        ("Plain text\n\n\n\nin lines", "Plain text\nin lines"),
        ("Fish &amp; chips &pound;12", "Fish & chips £12"),
        ("&lt;p&gt;Written &amp;amp; escaped&lt;/p&gt;", "Written & escaped"),
        ("<div>One<script>alert('x')</script><style>p{}</style></div>", "One"),
        ("Before<script>never closed", "Before"),
        ("<p>in HTML\na line break\nis a space</p>", "in HTML a line break is a space"),
        ("pay < £20,000 and > £10,000", "pay < £20,000 and > £10,000"),
        ("<img src=x onerror=alert(1)>Text<!-- hidden -->", "Text"),
        ("\u202eturned\u202c, hid\u200bden, \ufeffmarked\x00", "turned, hidden, marked"),
        ("🚒 Fire fighter", "🚒 Fire fighter"),
        ("", ""),
        ("<html><head><title>no</title></head><body>yes</body></html>", "yes"),
    ],
)
def test_html_scripts_and_hidden_signs_are_gone_and_the_text_stays(told: str, plain: str) -> None:
    assert clean.text(told) == plain


def test_a_title_is_one_line_of_bounded_length() -> None:
    assert clean.line("<b>Plumber</b>\n (Leeds)") == "Plumber (Leeds)"
    assert len(clean.line("x" * 10_000_000)) == clean.LONGEST_LINE


def test_html_nested_nineteen_thousand_deep_is_cleaned() -> None:
    assert clean.text("<div>" * 19_000 + "text") == "text"


# Personal data.


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ("Mail jane.smith@pipes.example. Closing soon", "Mail [e-mail]. Closing soon"),
        ("jane (at) pipes (dot) example", "[e-mail]"),
        ("Call 0113 496 0000 or +44 (0)7700 900123.", "Call [phone] or [phone]."),
        ("Contact Jane Smith on 0113 496 0000", "Contact [name] on [phone]"),
        ("please call Jane on 07700 900123", "please call [name] on [phone]"),
        ("Ask for Mary O'Brien-Jones, thank you", "Ask for [name], thank you"),
        ("You report to Mrs A. McDonald daily", "You report to [name] daily"),
        ("Dr Smith will be glad", "[name] will be glad"),
        ("Jane Smith (jane@pipes.example)", "[name] ([e-mail])"),
        ("Jane Smith, tel: 0113 496 0000", "[name], tel: [phone]"),
        ("write to j.bloggs@x.example, says J Bloggs", "write to [e-mail], says J Bloggs"),
        ("jo.bloggs@x.example: Jo Bloggs leads the team", "[e-mail]: [name] leads the team"),
        ("Kind regards, Anne Lee", "Kind regards, [name]"),
    ],
)
def test_addresses_numbers_and_names_of_people_to_turn_to_are_removed(told: str, left: str) -> None:
    assert personal.removed(told) == left


@pytest.mark.parametrize(
    "told",
    [
        "Pay £25,000 - £30,000, 37.5 hours, 2026-03-02, ref 12345678",
        "Contact Human Resources or Customer Services on Monday",
        "We look after 1 000 000 000 parcels at Leeds City Council",
        "Work in Leeds, York and Hull with Microsoft Excel",
    ],
)
def test_what_is_nobodys_name_and_no_number_of_a_telephone_stays(told: str) -> None:
    assert personal.removed(told) == told


def test_people_whom_the_source_names_are_removed_wherever_they_stand() -> None:
    told = "Jo Bloggs founded the firm. Bloggs is proud; jo loves pipes. Mark it."
    assert personal.removed(told, ("Jo  Bloggs", "Mark Er")) == (
        "[name] founded the firm. [name] is proud; jo loves pipes. [name] it."
    )


@pytest.mark.parametrize("told", ["A" + "a" * 50_000, "Aa " * 20_000, "a@" * 20_000, "0 " * 20_000, "Contact " * 9_000])
def test_no_text_takes_long(told: str) -> None:
    began = perf_counter()
    personal.removed(told[: clean.LONGEST])
    pay.pay(Posting("s", "1", "t"), "t", told[: clean.LONGEST])
    assert perf_counter() - began < 2


# Pay.


def of_words(words: str) -> Pay | None:
    return pay.pay(Posting("s", "1", "Plumber", pay=words), "Plumber", "")


@pytest.mark.parametrize(
    ("words", "low", "high", "per", "yearly"),
    [
        ("£25,000 - £30,000 per annum", 25_000, 30_000, YEAR, (25_000, 30_000)),
        ("£25k-£30k", 25_000, 30_000, YEAR, (25_000, 30_000)),
        ("£25-30k", 25_000, 30_000, YEAR, (25_000, 30_000)),
        ("25000 to 30000", 25_000, 30_000, YEAR, (25_000, 30_000)),
        ("Up to £45K", 45_000, 45_000, YEAR, (45_000, 45_000)),
        ("£12.50 per hour", 12.5, 12.5, HOUR, (24_375, 24_375)),
        ("£12.21-£13/hr", 12.21, 13, HOUR, (23_809.5, 25_350)),
        ("£14 ph", 14, 14, HOUR, (27_300, 27_300)),
        ("Hourly rate: £15.00", 15, 15, HOUR, (29_250, 29_250)),
        ("£13.68", 13.68, 13.68, HOUR, (26_676, 26_676)),
        ("£150 - £200 per day", 150, 200, DAY, (39_000, 52_000)),
        ("£500 a week", 500, 500, WEEK, (26_000, 26_000)),
        ("£2,100 pcm", 2_100, 2_100, MONTH, (25_200, 25_200)),
        ("£2,000 monthly", 2_000, 2_000, MONTH, (24_000, 24_000)),
        ("£40 000 a year", 40_000, 40_000, YEAR, (40_000, 40_000)),
        ("25 000 - 30 000", 25_000, 30_000, YEAR, (25_000, 30_000)),
        ("£450 p/d", 450, 450, DAY, (117_000, 117_000)),
        ("£600 p/w", 600, 600, WEEK, (31_200, 31_200)),
        ("£2,100 p/m", 2_100, 2_100, MONTH, (25_200, 25_200)),
        ("£28,407.50 p.a.", 28_407.5, 28_407.5, YEAR, (28_407.5, 28_407.5)),
    ],
)
def test_pay_in_words_is_a_range_a_time_and_a_year(
    words: str, low: float, high: float, per: str, yearly: tuple[float, float]
) -> None:
    found = of_words(words)
    assert found is not None
    assert (found.low, found.high, found.per) == (low, high, per)
    assert (found.yearly_low, found.yearly_high) == yearly


@pytest.mark.parametrize(
    "words",
    [
        "Competitive", "competitive salary", "Negotiable", "DOE", "", "0", "£0", "£0 - £0", "£500", "£1,500",
        "£3 per hour", "€30,000", "$40k per year", "£2m turnover", "£100 voucher", "£5,000 sign-on bonus", "37.5 hours",
        "Band 5",        "2026", "£9,999,999 per annum", "salary 1", "12 months", "£20,000,000",
    ],
)  # fmt: skip
def test_what_says_no_amount_or_not_of_what_is_no_pay_and_not_nought(words: str) -> None:
    assert of_words(words) is None


@pytest.mark.parametrize(
    ("words", "low", "note"),
    [
        ("£25,000 basic, £40,000 OTE", 25_000, ""), ("OTE £40,000, basic £25,000", 25_000, ""),
        ("Basic £22k, OTE £35k", 22_000, ""), ("£22k basic plus OTE £35k", 22_000, ""),
        ("£25k to £40k OTE", 25_000, "OTE"),
        ("£40,000 OTE", 40_000, "OTE"), ("£24,000 pro rata", 24_000, "pro rata"),
        ("£22,000 + commission", 22_000, "plus commission"), ("£11.90 an hour plus bonus", 11.9, "plus bonus"),
    ],
)  # fmt: skip
def test_what_might_be_earned_and_part_time_are_noted(words: str, low: float, note: str) -> None:
    found = of_words(words)
    assert found is not None
    assert (found.low, found.note) == (low, note)


@pytest.mark.parametrize(
    ("text", "low"),
    [
        ("We pay £12.50 per hour and have a £5m turnover.", 12.5), ("A £500 voucher. Salary: £30,000.", 30_000),
        ("You manage a budget of £250,000 a year.", None), ("Save £20,000 with our cover", None),
        ("Our shop sells 25000 items a year", None), ("Refer a friend and get £1,000 per month", None),
        ("OTE £30,000 incl tips; £26k basic", 26_000), ("Uncapped OTE £45,000", 45_000), ("£28,000 salary", 28_000),
        ("We raised £26,000 last year", None),
    ],
)  # fmt: skip
def test_in_a_description_only_what_is_called_pay_is_pay(text: str, low: float | None) -> None:
    found = pay.pay(Posting("s", "1", "Plumber"), "Plumber", text)
    assert (found.low if found else None) == low


def test_figures_of_the_source_come_before_words() -> None:
    posting = Posting("s", "1", "t", pay="£99,000", pay_low=15, pay_high=14, pay_per=HOUR)
    found = pay.pay(posting, "t", "")
    assert found is not None
    assert (found.low, found.high, found.yearly_low) == (14, 15, 27_300)
    assert pay.pay(Posting("s", "1", "t", pay_low=30_000), "t", "") == Pay(30_000, 30_000, YEAR, 30_000, 30_000)
    assert pay.pay(Posting("s", "1", "t", pay_low=500), "t", "") is None


# Places.


@pytest.fixture(scope="module")
def places(table_of: Callable[..., object]) -> place.Places:
    return place.places({name: _frame(table_of, name) for name in place.NEEDED})


def _frame(table_of: Callable[..., object], name: str) -> pl.DataFrame:
    frame: pl.DataFrame = table_of(name).frame  # type: ignore[attr-defined]
    return frame


@pytest.mark.parametrize(
    ("told", "postcode", "area", "region"),
    [
        ("Leeds", "", "E08000035", "E12000003"),
        ("Leeds, West Yorkshire", "", "E08000035", "E12000003"),
        ("Leeds City Centre", "", "E08000035", "E12000003"),
        ("nowhere", "LS1 1AA", "E08000035", "E12000003"),
        ("Office, 1 High Street, ls11aa", "LS1", "E08000035", "E12000003"),
        ("Bristol", "", "E06000023", "E12000009"),
        ("Glasgow", "", "S12000049", "S92000003"),
        ("London", "", "", "E12000007"),
        ("Central London, UK", "", "", "E12000007"),
        ("City of London", "", "E09000001", "E12000007"),
        ("Westminster, London", "", "E09000033", "E12000007"),
        ("Newport, Isle of Wight", "", "E06000046", "E12000008"),
        ("West Yorkshire", "", "", "E12000003"),
        ("South East", "", "", "E12000008"),
        ("Wales", "", "", "W92000004"),
        ("Craven", "", "E06000065", "E12000003"),
        ("Broadstairs", "", "E07000114", "E12000008"),
        ("Remote", "", "", ""),
        ("", "", "", ""),
        ("ZZ99 9ZZ", "", "", ""),
    ],
)
def test_a_place_is_an_authority_of_today_and_a_region(
    places: place.Places, told: str, postcode: str, area: str, region: str
) -> None:
    assert places.find(told, postcode) == place.Place(area, region)


@pytest.mark.parametrize(
    ("one", "other", "miles"),
    [
        # SOURCE: distances as the crow flies between the middles, as maps tell them, to the nearest few miles.
        ("Leeds", "Bradford", (7, 12)), ("London", "Manchester", (155, 170)), ("LS1", "LS2", (0.1, 1)),
        ("Newport", "Newport, Isle of Wight", (80, 100)), ("Central London, UK", "Westminster", (0, 5)),
        ("SW1A 1AA", "Office, 1 High Street, sw1a2aa", (0, 0)), ("Inverness", "Aberdeen", (75, 90)),
    ],
)  # fmt: skip
def test_how_far_places_are_apart_is_told_between_their_middles(
    places: place.Places, one: str, other: str, miles: tuple[float, float]
) -> None:
    here, there = places.point(one, ""), places.point(other, "")
    assert here is not None
    assert there is not None
    assert miles[0] <= place.apart(here, there) <= miles[1]
    assert places.find(other).area in {"", *places.around(here, miles[1])}


@pytest.mark.parametrize("told", ["West Yorkshire", "Wales", "Remote", "ZZ99", ""])
def test_what_is_wider_than_a_town_has_no_middle(places: place.Places, told: str) -> None:
    assert places.point(told, "") is None


# Skills.

TERMS = skills.Terms(
    {
        "Scala": ("s1", "Scala"), "SQL": ("s2", "SQL"), "C++": ("s3", "C++"),
        "project management": ("s4", "manage projects"),
        "management": ("s5", "management"), "JavaScript": ("s6", "JavaScript"), "Java": ("s7", "Java"),
        "İstanbul method": ("s8", "x"), "C#": ("s9", "C#"),
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("We use Scala and SQL.", ["s1", "s2"]),
        ("La scala and mysql", []),
        ("Project Management of C++ and C#", ["s4", "s3", "s9"]),
        ("management, JavaScript; not Javanese", ["s5", "s6"]),
        ("Java/SQL", ["s7", "s2"]),
        ("İİİ Scala", ["s1"]),
        ("", []),
    ],
)
def test_skills_are_found_as_words_of_their_own_and_the_longest_counts(text: str, found: list[str]) -> None:
    assert [skill.id for skill in TERMS.find(text)] == found


def test_a_skill_says_where_in_the_text_it_stands() -> None:
    text = "İ 🚒 You know project management"
    (skill,) = TERMS.find(text)
    assert text[skill.start : skill.end] == "project management"
    assert skill.label == "manage projects"


def test_real_terms_are_found_in_a_real_sentence(table_of: Callable[..., object]) -> None:
    terms = skills.terms({name: _frame(table_of, name) for name in skills.NEEDED})
    text = "You know Python (computer programming), JavaScript, Microsoft Excel and MS Excel, and care about biology."
    labels = [skill.label for skill in terms.find(text)]
    assert {"JavaScript", "biology"} <= set(labels)
    assert labels.count("Microsoft Excel") == 2
    assert terms.find("We plan less, and improvise in the office. R and C. Go on! You hold a driver's CPC.") == ()
