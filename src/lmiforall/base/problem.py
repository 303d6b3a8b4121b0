"""What went wrong, where, and what to do: the one shape of every complaint, at build or at the door."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One fault, placed as narrowly as is known.

    ``where`` goes from wide to narrow (``dataset pay, file x.xls, sheet All, cell D9``).
    """

    what: str
    where: str = ""
    do: str = ""

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.what}" if self.where else self.what]
        if self.do:
            parts.append(self.do)
        return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts)


class Stop(Exception):  # noqa: N818 - it is not an error of the program: the input is refused
    """The work can't go on: the input is not what its declaration says."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))

    def __reduce__(self) -> tuple[type["Stop"], tuple[Problem, ...]]:
        """Let it travel whole between processes."""
        return (Stop, self.problems)
