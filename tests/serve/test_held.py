"""Which answers are held: one that is asked for again, and not one that never comes back."""

from starlette.testclient import TestClient

from lmiforall.serve.answer import Answer
from lmiforall.serve.web import HELD_BYTES, Service


class Counting:
    """A handler that counts how often it has to answer, with a body of some size."""

    def __init__(self, size: int = 10) -> None:
        self.made: list[bytes] = []
        self._size = size

    def __call__(self, _: str, raw: bytes) -> Answer:
        self.made.append(raw)
        return Answer(raw.ljust(self._size, b"."))


def client_of(handler: Counting) -> TestClient:
    return TestClient(Service("r1", {"/figure": handler}, {}))


def test_an_answer_is_held_from_the_second_time_that_it_is_asked_for() -> None:
    handler = Counting()
    client = client_of(handler)
    answers = {client.get("/figure?soc=1").content for _ in range(5)}
    assert answers == {b"soc=1....."}
    assert handler.made == [b"soc=1"] * 2


def test_questions_that_never_come_back_push_nothing_out() -> None:
    handler = Counting(size=HELD_BYTES // 100)
    client = client_of(handler)
    for question in ("soc=1", "soc=1", *(f"soc={number}" for number in range(2, 300)), "soc=1"):
        client.get(f"/figure?{question}")
    assert handler.made.count(b"soc=1") == 2


def test_held_answers_keep_to_their_room_and_the_oldest_go_first() -> None:
    handler = Counting(size=HELD_BYTES // 100)
    client = client_of(handler)
    for number in range(100):
        for _ in range(2):
            client.get(f"/figure?soc={number}")
    made = len(handler.made)
    client.get("/figure?soc=99")
    assert len(handler.made) == made
    client.get("/figure?soc=0")
    assert len(handler.made) == made + 1
