"""The licences -> the page of notices that must travel with every copy of the data, and which datasets need which."""

from collections.abc import Mapping

from lmiforall.base import licence
from lmiforall.base.dataset import Dataset
from lmiforall.base.licence import Licence
from lmiforall.release import catalogue
from tools.reference.markdown import render


def page(every: Mapping[str, Dataset]) -> str:
    """Write the page; a licence that no dataset uses isn't listed."""
    under: dict[str, list[str]] = {}
    for name, dataset in sorted(every.items()):
        for entry in catalogue.licences(dataset, every):
            under.setdefault(entry["id"], []).append(name)
    used = [one for one in known() if one.id in under]
    return render("licences.md", "src/lmiforall/base/licence.py", licences=used, under=under)


def known() -> list[Licence]:
    """Give every licence that is declared, in the order of the file."""
    return [value for value in vars(licence).values() if isinstance(value, Licence)]
