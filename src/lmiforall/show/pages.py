"""The pages about the data and the API, by path; rendered from the catalogue and the declarations."""

from collections.abc import Callable, Mapping

from lmiforall.base.dataset import Dataset
from lmiforall.release.opened import Release
from lmiforall.serve.answer import Answer

Handler = Callable[[str, bytes], Answer]


def handlers(release: Release, every: Mapping[str, Dataset]) -> dict[str, Handler]:
    """Give a handler for each page."""
    del release, every
    return {}
