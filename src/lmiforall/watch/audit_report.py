"""The report of an audit -> a table for people, or JSON for machines."""

import json

from lmiforall.watch.account import Account
from lmiforall.watch.audit import Report

HEADINGS = ("cells", "equal", "as codes", "withheld", "left out", "findings")


def as_text(report: Report) -> str:
    """Say by dataset how many cells there are, and what became of them."""
    lines = [f"{'dataset':34}" + "".join(f"{heading:>12}" for heading in HEADINGS)]
    total = Account()
    for name, account in report.accounts.items():
        lines.append(_line(name, account))
        total.add(account)
    lines += [_line("all", total), ""]
    for title, counts in (("Withheld, by rule", total.withheld), ("Left out, because", total.left_out)):
        lines += [f"{title}:", *(f"{count:>12,}  {reason}" for reason, count in counts.most_common()), ""]
    lines += [f"Problem: {problem}" for problem in report.problems]
    lines += [f"Finding in {name}: {what}" for name, account in report.accounts.items() for what in account.shown]
    lines.append("Every published cell is accounted for." if report.clean else "Not every cell is accounted for.")
    return "\n".join(lines)


def as_json(report: Report) -> str:
    """Say the same for a program."""
    accounts = {
        name: {
            "cells": account.cells,
            "equal": account.equal,
            "codes": account.codes,
            "withheld": dict(account.withheld),
            "left_out": dict(account.left_out),
            "findings": account.findings,
            "shown": account.shown,
        }
        for name, account in report.accounts.items()
    }
    content = {"clean": report.clean, "problems": [str(problem) for problem in report.problems], "datasets": accounts}
    return json.dumps(content, ensure_ascii=False, indent=1)


def _line(name: str, account: Account) -> str:
    figures = (
        account.cells,
        account.equal,
        account.codes,
        account.withheld.total(),
        account.left_out.total(),
        account.findings,
    )
    return f"{name:34}" + "".join(f"{figure:>12,}" for figure in figures)
