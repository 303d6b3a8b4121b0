"""Servers and questions -> the answers of ours, once every rival was seen to give the same bytes."""

import http.client
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing

from bench.servers import Server

OK, UNCHANGED = 200, 304


def bodies(server: Server, questions: Iterable[str]) -> dict[str, bytes]:
    """Ask each question once, and give the bodies."""
    return {question: body for question, body, _ in _ask(server, [(question, "") for question in questions], OK)}


def etags(server: Server, questions: Iterable[str]) -> dict[str, str]:
    """Give the ETag of each answer, once it was seen to be answered by 304 to who has it."""
    found = {question: etag for question, _, etag in _ask(server, [(question, "") for question in questions], OK)}
    for question, body, _ in _ask(server, list(found.items()), UNCHANGED):
        if body:
            raise SystemExit(f"bench: a 304 with a body, from {server.address}{question}.")
    return found


def headers(server: Server, question: str) -> Mapping[str, str]:
    """Give the headers of one answer, their names in small letters."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port)) as connection:
        connection.request("GET", question)
        return {name.lower(): value for name, value in connection.getresponse().getheaders()}


def prove(wanted: Mapping[str, bytes], rivals: Mapping[str, Server]) -> None:
    """End the benchmark if a rival answers any of the questions with other bytes than are wanted."""
    for name, server in rivals.items():
        for question, body in bodies(server, wanted).items():
            if body != wanted[question]:
                raise SystemExit(
                    f"bench: {name} gives another answer than ours to {question}\n{name}: {body[:2000]!r}\n"
                    f"ours: {wanted[question][:2000]!r}"
                )


def _ask(server: Server, questions: Sequence[tuple[str, str]], status: int) -> Iterable[tuple[str, bytes, str]]:
    """Give question, body and ETag; ends the benchmark at another status."""
    with closing(http.client.HTTPConnection("127.0.0.1", server.port)) as connection:
        for question, etag in questions:
            connection.request("GET", question, headers={"If-None-Match": etag} if etag else {})
            response = connection.getresponse()
            body = response.read()
            if response.status != status:
                raise SystemExit(f"bench: {response.status} from {server.address}{question}: {body[:500]!r}")
            yield question, body, response.getheader("ETag") or ""
