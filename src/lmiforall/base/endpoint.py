"""The words in which a dataset declares the answers that it gives, by their shape."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Endpoint:
    """A route and a query string that shows it; ``example`` is the docs', the contract test's and the load test's."""

    path: str
    summary: str
    example: str
