"""Answers by their address -> those that can be asked for by ETag; the least used go first where they are too many."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

# Because a page of 1,000 figures has about 300 kB: some fifty of them, or thousands of short answers.
HELD_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class Held:
    """An answer with its ETag: it is still right where the service says 304."""

    etag: str
    headers: dict[str, str]
    body: bytes


class HeldAnswers:
    """What is held in memory, at most ``most`` bytes of bodies; several threads may share it."""

    def __init__(self, most: int = HELD_BYTES) -> None:
        self._most = most
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def get(self, address: str) -> Held | None:
        """Give what is held of an address."""
        with self._lock:
            if address in self._held:
                self._held.move_to_end(address)
            return self._held.get(address)

    def put(self, address: str, held: Held) -> None:
        """Hold an answer in place of an earlier one of the same address."""
        with self._lock:
            if earlier := self._held.pop(address, None):
                self._bytes -= len(earlier.body)
            self._held[address] = held
            self._bytes += len(held.body)
            while self._bytes > self._most:
                self._bytes -= len(self._held.popitem(last=False)[1].body)

    def __len__(self) -> int:
        return len(self._held)
