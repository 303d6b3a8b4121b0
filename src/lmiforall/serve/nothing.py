"""A question whose answer isn't to be had -> the old API's form of having none, and the reason; never a figure.

Rule 1: an object says why under ``error``, a list is empty, and the reason stands in X-LMI-Note as well. What
clients go through without a look at ``error`` is there, and empty.
"""

from collections.abc import Mapping

from lmiforall.base.endpoint import Endpoint
from lmiforall.serve import occupation
from lmiforall.serve.answer import Answer, encode

# Why an endpoint has nothing although its dataset is declared.
LEFT_OUT = "This is in the full release only, which is built from the publishers' files."
NOT_IN_SOC2020 = "This has no figures in SOC2020: leave classification out."


def answer(ask: Endpoint, asked: Mapping[str, str], why: str) -> Answer:
    """Answer as the endpoint always did where it had nothing."""
    fine = ask.refuses_fine and asked.get("coarse", "").lower() in ("false", "0")
    return of(ask, asked, why, 404 if fine else ask.status)


def of(ask: Endpoint, asked: Mapping[str, str], why: str, status: int = 200) -> Answer:
    """Answer that there is nothing, and why, in the form of an endpoint; a code that doesn't exist is refused."""
    note = (("X-LMI-Note", why),)
    code = asked.get("soc") or asked.get("code")
    soc = occupation.code({**asked, "soc": code}) if code else ""
    if ask.empty == "list":
        return Answer(encode([]), status, headers=note)
    content = occupation.nothing(soc, why) if soc else {"error": why}
    return Answer(encode(content | {key: [] for key in ask.lists}), status, headers=note)
