"""GET .../soc/convert?soc=4135&from=soc2010 -> the codes of the other classification, each with its weight."""

from collections.abc import Mapping

from lmiforall.base.endpoint import Convert
from lmiforall.base.problem import Problem, Stop
from lmiforall.release.opened import Opened
from lmiforall.serve import links, occupation
from lmiforall.serve.answer import Answer, found
from lmiforall.serve.lookup import UNIT_DIGITS


def answer(opened: Opened, _: Convert, asked: Mapping[str, str]) -> Answer:
    """Answer with all of a unit group: the weights are parts of its people and add to 1."""
    given = asked.get("from") or asked.get("classification") or "soc2010"
    soc = occupation.code({"soc": asked["soc"], "classification": given})
    if len(soc) < UNIT_DIGITS:
        raise Stop(Problem(f"{soc} is wider than a unit group", "parameter soc", "A code has four digits."))
    source = occupation.spoken({"classification": given})
    target = occupation.IN_SOC2010 if source is occupation.IN_SOC2020 else occupation.IN_SOC2020
    direction = f"to_{target.name.lower()}"
    codes = [
        {"soc": int(code), "title": target.codes.title_of(code), "weight": round(share, 6)}
        for code, share in links.foremost(opened, direction, soc, target.dimension, float("inf"))
    ]
    content = {"soc": int(soc), "from": source.name.lower(), "to": target.name.lower(), "codes": codes}
    return found(content, {opened.word("status", 0)})
