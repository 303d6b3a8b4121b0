"""What can go wrong when a service is asked -> an error that says at which address, what, and what to do."""


class LMIError(Exception):
    """Any of the errors below; ``address`` is what was asked."""

    def __init__(self, address: str, what: str) -> None:
        self.address = address
        self.what = what
        super().__init__(f"{address}: {what}")


class Unreachable(LMIError):  # noqa: N818 - the world is at fault, not the program
    """Nobody answered in time, or the connection broke, as often as it was tried."""


class Refused(LMIError):  # noqa: N818 - the world is at fault, not the program
    """The service answered with an error.

    ``what`` went wrong, ``where`` and ``do`` where the service says so. ``retry_after`` is how many seconds it asks
    to wait, where it does: it was more than the client's patience, or it said so too often.
    """

    def __init__(
        self, address: str, status: int, what: str, *, where: str = "", do: str = "", retry_after: float | None = None
    ) -> None:
        self.status, self.where, self.do, self.retry_after = status, where, do, retry_after
        super().__init__(address, f"{status} {what.rstrip('.')}.{f' {do}' if do else ''}")
        self.what = what


class Misunderstood(LMIError):  # noqa: N818 - the world is at fault, not the program
    """What came isn't what this service answers: a web page, half an answer, too much, another release's page."""


class NoFigures(LMIError):  # noqa: N818 - the world is at fault, not the program
    """The old API knows the occupation and has no figure for it: 200 with a reason in place of figures."""
