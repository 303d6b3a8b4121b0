"""The examples of the old API's endpoints -> a page with each in curl, Python, JavaScript and R."""

from collections.abc import Mapping
from dataclasses import dataclass

from lmiforall.base.dataset import Dataset
from lmiforall.serve import v1
from tools.reference.asked import BASE
from tools.reference.markdown import render

# By language: the program that runs it, what stands above all examples, and one example.
LANGUAGES: Mapping[str, tuple[str, str, str]] = {
    "sh": ("curl", "", 'curl -s "{address}"'),
    "python": ("python", "import httpx", 'print(httpx.get("{address}").json())'),
    "javascript": ("node", "", 'console.log(await (await fetch("{address}")).json());'),
    "r": ("Rscript", "", 'print(jsonlite::fromJSON("{address}"))'),
}


@dataclass(frozen=True)
class Example:
    """One endpoint with its example in each language."""

    path: str
    summary: str
    written: Mapping[str, str]


def examples(every: Mapping[str, Dataset], base: str = BASE) -> list[Example]:
    """Write the example of each endpoint that answers with 200, as it is asked at ``base``."""
    return [
        Example(
            f"/api/v1/{one.path}",
            one.summary,
            {name: form.format(address=f"{base}/api/v1/{one.example}") for name, (_, _, form) in LANGUAGES.items()},
        )
        for _, one in sorted(v1.endpoints(every), key=lambda one: one[1].path)
        if getattr(one, "status", 200) == 200
    ]


def page(every: Mapping[str, Dataset]) -> str:
    """Write the page."""
    return render("v1-examples.md", "the declarations of src/lmiforall/datasets", examples=examples(every))
