"""Table -> safe table: what could disclose somebody, or rests on too few, is kept back by a rule that has a name.

Rule 1: only `protect` makes a `Safe`, and `freeze` takes nothing else.
Rule 2: a withheld figure loses its value and its quality, and keeps its place, its status and the rule's name.
Rule 3: a publisher's own sign is never undone.
"""

from lmiforall.guard.protect import Safe, protect

__all__ = ["Safe", "protect"]
