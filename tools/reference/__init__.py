"""The declarations, the command line and the running application -> the pages that nobody writes by hand."""

from collections.abc import Mapping
from pathlib import Path

from lmiforall import datasets
from tools.reference import (
    answers,
    api_page,
    command_line_page,
    dataset_page,
    examples_page,
    licence_page,
    printed,
    rooms_page,
    sure_page,
    v1_page,
)


def pages(root: Path) -> Mapping[str, str]:
    """Give the text of each page by its path below the repository's root."""
    every = datasets.every()
    return {
        "docs/data/index.md": dataset_page.index(every),
        **{f"docs/data/{name}.md": dataset_page.page(dataset, every) for name, dataset in every.items()},
        "docs/data/licences.md": licence_page.page(every),
        "docs/api.md": api_page.page(every),
        "docs/v1.md": v1_page.page(every),
        "docs/v1-examples.md": examples_page.page(every),
        "docs/command-line.md": command_line_page.page(),
        "docs/rooms.md": rooms_page.page(),
        **dict(sure_page.pages(root)),
        **{path: printed.filled(answers.filled((root / path).read_text("utf-8"))) for path in answers.PAGES},
    }
